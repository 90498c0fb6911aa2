"""Collect the texts for translation, bring the translations up to date and compile them.

Usage: `python tools/messages.py`, or with `--check` to change nothing and tell what is lacking or wrong (exit code 1).
Bokmål is the source language (decision 0001). The texts are the arguments of `msg` and `nmsg`, the help of the
commands, what templates say (`tools/template_texts.py`), and the texts in the files that come with the program:
criteria, national criteria, remarks on data sets.
The collection `src/fotfeste/locale/fotfeste.pot` is made anew each time and is not tracked; each
`locale/<language>/LC_MESSAGES/fotfeste.po` is a translation and is; its `.mo` is what the program reads. So it is with
`web/locale/<language>/LC_MESSAGES/django.po`, our translations of the libraries that the workspace rests on. To begin a
language, make an empty `fotfeste.po` in its folder and run this. See docs/method/languages.md.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import string
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fotfeste.statistics.remarks import sentences

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import template_texts  # noqa: E402

SOURCE = ROOT / "src" / "fotfeste"
# The same texts give the same bytes: the files carry no time of their own.
NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)
HELP_WORDS = {"help", "short_help", "epilog", "metavar"}
COMMAND_MAKERS = {"command", "group"}
TEMPLATES = {".html", ".txt"}

Text = str | tuple[str, str]

SHIPPED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "settlement/criteria_files/*.toml": {
        "": ("title", "owner", "source", "note"),
        "answers": ("*",),
        "criterion": ("name", "source", "note"),
        "rule": ("reason", "source"),
    },
    "settlement/national_files/*.toml": {
        "": ("title", "source", "note"),
        "criterion": ("text", "note"),
    },
    "statistics/indicators.toml": {"indicator": ("formula",)},
    "data/**/catalogue.toml": {"dataset": ("agency", "licence", "period", "remark")},
}
"""Files that come with the program, and where in them the texts for people stand. Titles of data sets and the
catalogue of indicators carry their own three languages."""


def collect(source: Path) -> Catalog:
    """Return every text of the package at ``source``, with the files it stands in.

    Reads the syntax tree, since the usual extraction does not see into formatted string literals.
    """
    catalogue = Catalog(project="Fotfeste", creation_date=NO_TIME, revision_date=NO_TIME, fuzzy=False)
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts: list[Text] = [*marked(tree)]
        if place.startswith(("cli/", "web/")):
            texts += help_texts(tree)
        for text in texts:
            catalogue.add(text, locations=[(place, 0)])
    for path in sorted(one for one in source.glob("web/*/templates/**/*") if one.suffix in TEMPLATES):
        place = path.relative_to(source).as_posix()
        try:
            texts = template_texts.said(path.read_text(encoding="utf-8"))
        except ValueError as error:
            sys.exit(f"{place}, {error}")
        for text in texts:
            catalogue.add(text, locations=[(place, 0)])
    for pattern, parts in SHIPPED.items():
        for path in sorted(source.glob(pattern)):
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            for text in shipped_texts(content, parts):
                catalogue.add(text, locations=[(path.relative_to(source).as_posix(), 0)])
    return catalogue


def marked(tree: ast.Module) -> Iterator[Text]:
    """Return the texts marked in a module, in its order; a text with a plural as a pair."""
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        texts = [text.value for text in call.args[:2] if isinstance(text, ast.Constant)]
        if name == "msg" and texts and isinstance(texts[0], str) and texts[0]:
            yield texts[0]
        elif name == "nmsg" and len(texts) == 2:
            yield str(texts[0]), str(texts[1])


def help_texts(tree: ast.Module) -> Iterator[str]:
    """Return the texts of help pages in a module of commands: docstrings in paragraphs, and help of the options."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(_makes_command(one) for one in node.decorator_list):
            found += [(node.lineno, text) for text in help_paragraphs(ast.get_docstring(node) or "")]
        if isinstance(node, ast.Call):
            for word in node.keywords:
                if word.arg in HELP_WORDS and isinstance(word.value, ast.Constant):
                    text = word.value.value
                    pieces = help_paragraphs(text) if isinstance(text, str) else []
                    found += [(node.lineno, one) for one in pieces]
    yield from (text for _, text in sorted(found, key=lambda one: one[0]))


def _makes_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in COMMAND_MAKERS


def help_paragraphs(text: str) -> list[str]:
    r"""Return the texts of a help page: each paragraph on one line; of one kept as it is (``\b``) its plain lines.

    Lines that are indented there are examples to type, and are the same in every language. The command line looks
    texts up in the same pieces (`fotfeste.cli.usage`).
    """
    pieces: list[str] = []
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text).partition("\f")[0]):
        lines = paragraph.split("\n")
        if lines[0].strip() == "\b":
            pieces += [line for line in lines[1:] if line.strip() and not line.startswith(" ")]
        elif paragraph.strip():
            pieces.append(" ".join(line.strip() for line in lines))
    return pieces


def shipped_texts(content: Mapping[str, Any], parts: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Return the texts for people in a file that comes with the program."""
    for part, names in parts.items():
        found = content.get(part, []) if part else content
        for entry in found if isinstance(found, list) else [found]:
            for name in entry if names == ("*",) else names:
                if isinstance(entry.get(name), str) and any(sign.isalpha() for sign in entry[name]):
                    yield from sentences(entry[name]) if name == "remark" else [entry[name]]


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue in the form that translators edit."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def updated(translation: bytes, locale: str, texts: Catalog) -> Catalog:
    """Return a translation with the texts of today: new ones empty, those no longer used gone."""
    catalogue = read_po(BytesIO(translation), locale=locale)
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.creation_date = catalogue.revision_date = NO_TIME
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return a translation in the form that the program reads."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def translated(message: Message) -> bool:
    """Whether a text, and its plural where it has one, is translated."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms)


def fields_of(text: str) -> set[str]:
    """Return the names of the fields in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def faults(translation: bytes, locale: str, texts: Catalog) -> list[str]:
    """Return what is lacking or wrong in a translation, a line each, as its file stands."""
    catalogue = read_po(BytesIO(translation), locale=locale)
    own = {_key(one): one for one in catalogue if one.id}
    wanted = {_key(one): one for one in texts if one.id}
    lines = [f"{locale}: lacks {key!r}" for key in wanted if key not in own]
    lines += [f"{locale}: no longer used: {key!r}" for key in own if key not in wanted]
    for key, message in own.items():
        if message.fuzzy:
            lines.append(f"{locale}: fuzzy: {key!r}")
        if not translated(message):
            lines.append(f"{locale}: untranslated: {key!r}")
        elif key in wanted and _forms(wanted[key].id) != _forms(message.id):
            lines.append(f"{locale}: another plural: {key!r}")
        elif wrong := _wrong_fields(message):
            lines.append(f"{locale}: fields {wrong}: {key!r}")
    return lines


def _key(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _wrong_fields(message: Message) -> str:
    """Return the fields that a translation has too many or too few of; «one» need not be said with its number."""
    ids, forms = _forms(message.id), _forms(message.string)
    known = set().union(*map(fields_of, ids))
    wrong: set[str] = set()
    for place, (text, form) in enumerate(zip(ids, forms, strict=True)):
        try:
            used = fields_of(form)
        except ValueError as error:
            return str(error)
        one = len(ids) > 1 and place == 0
        wrong |= (used - known) | (fields_of(text) - used - ({"count"} if one else set()))
    return ", ".join(sorted(wrong))


def not_compiled(path: Path, locale: str) -> list[str]:
    """Return that the program reads something else than what translators wrote in ``path``, if so."""
    read, wanted = path.with_suffix(".mo"), compiled(read_po(BytesIO(path.read_bytes()), locale=locale))
    if read.is_file() and read.read_bytes() == wanted:
        return []
    return [f"{locale}: {read.name} is not what {path.name} compiles to"]


def borrowed(source: Path, check: bool) -> list[str]:
    """Compile the texts of the libraries that the workspace rests on, which we translate; or return what is wrong.

    Their sources stand in the libraries, so nothing is collected here: `web/locale/<language>/LC_MESSAGES/django.po`.
    """
    wrong: list[str] = []
    for path in sorted(source.glob("web/locale/*/LC_MESSAGES/django.po")):
        locale = path.parents[1].name
        if not check:
            path.with_suffix(".mo").write_bytes(compiled(read_po(BytesIO(path.read_bytes()), locale=locale)))
            continue
        wrong += not_compiled(path, locale)
        for message in read_po(BytesIO(path.read_bytes()), locale=locale):
            if message.id and message.fuzzy:
                wrong.append(f"{locale}: django.po: fuzzy: {_key(message)!r}")
            if message.id and not translated(message):
                wrong.append(f"{locale}: django.po: untranslated: {_key(message)!r}")
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """Write the collection and every translation, or check them; return the exit code."""
    parser = argparse.ArgumentParser(description="Collect, update, compile or check the translations.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is wrong")
    check = parser.parse_args(arguments).check
    folder = SOURCE / "locale"
    texts = collect(SOURCE)
    print(f"{len(texts)} texts")
    if not check:
        folder.mkdir(exist_ok=True)
        (folder / "fotfeste.pot").write_bytes(as_po(texts))
    wrong = borrowed(SOURCE, check)
    for path in sorted(folder.glob("*/LC_MESSAGES/fotfeste.po")):
        locale = path.parents[1].name
        if check:
            wrong += faults(path.read_bytes(), locale, texts)
            wrong += not_compiled(path, locale)
            continue
        catalogue = updated(path.read_bytes(), locale, texts)
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{locale}: {sum(translated(text) for text in catalogue if text.id)} translated")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
