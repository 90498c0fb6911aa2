"""Collect the texts for translation, bring the translations up to date and compile them.

Usage: `python tools/messages.py`. Bokmål is the source language (decision 0001), so the texts are the arguments
of `msg` and `nmsg`. The collection `src/fotfeste/locale/fotfeste.pot` is made anew each time and is not tracked;
each `locale/<language>/LC_MESSAGES/fotfeste.po` is a translation and is; its `.mo` is what the program reads. To
begin a language, make an empty `fotfeste.po` in its folder and run this.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "fotfeste"
# The same texts give the same bytes: the files carry no time of their own.
NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def collect(source: Path) -> Catalog:
    """Return every text of the package at ``source``, with the files it stands in.

    Reads the syntax tree, since the usual extraction does not see into formatted string literals.
    """
    catalogue = Catalog(project="Fotfeste", creation_date=NO_TIME, revision_date=NO_TIME, fuzzy=False)
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source).as_posix()
        for text in marked(ast.parse(path.read_text(encoding="utf-8"))):
            catalogue.add(text, locations=[(place, 0)])
    return catalogue


def marked(tree: ast.Module) -> Iterator[str | tuple[str, str]]:
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


def main() -> None:
    """Write the collection and every translation."""
    folder = SOURCE / "locale"
    folder.mkdir(exist_ok=True)
    texts = collect(SOURCE)
    (folder / "fotfeste.pot").write_bytes(as_po(texts))
    print(f"{len(texts)} texts")
    for path in sorted(folder.glob("*/LC_MESSAGES/fotfeste.po")):
        locale = path.parents[1].name
        catalogue = updated(path.read_bytes(), locale, texts)
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{locale}: {sum(bool(text.string) for text in catalogue if text.id)} translated")


if __name__ == "__main__":
    main()
