"""A codebook as TOML that reads back to the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fotfeste.plans.codebooks.model import Code, Codebook, Rule, Texts, Within
from fotfeste.plans.codebooks.reading import LANGUAGES, SCHEMA


def codebook_as_toml(book: Codebook) -> str:
    """Return a codebook as a file; the same codebook gives the same text."""
    lines = [f"schema = {SCHEMA}", f"id = {_text(book.id)}", f"dated = {book.dated.isoformat()}"]
    lines += _texts("title", book.title)
    if book.source:
        lines.append(f"source = {_text(book.source)}")
    colours: dict[str | None, str] = {}
    for code in book.codes:
        colours[code.id] = code.colour
        lines += ["", *_code(code, colours.get(code.parent))]
    return "\n".join(lines) + "\n"


def _code(code: Code, colour_above: str | None) -> Iterator[str]:
    yield "[[code]]"
    yield f"id = {_text(code.id)}"
    if code.parent is not None:
        yield f"parent = {_text(code.parent)}"
    if code.heading:
        yield "heading = true"
    if code.colour != colour_above:
        yield f"colour = {_text(code.colour)}"
    for key in ("name", "definition", "include", "exclude"):
        yield from _texts(key, getattr(code, key))
    if code.examples:
        yield "examples = ["
        for one in code.examples:
            yield f"  {{ language = {_text(one.language)}, text = {_text(one.text)} }},"
        yield "]"
    for rule in code.rules:
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield "[[code.rule]]"
    for key in ("patterns", "together", "couples", "apart_from", "unless", "under", "kinds"):
        if values := getattr(rule, key):
            yield f"{key} = {_list(values)}"
    if rule.within is not Within.SENTENCE:
        yield f"within = {_text(rule.within)}"
    for key in ("asserted", "inherited"):
        if getattr(rule, key):
            yield f"{key} = true"


def _texts(key: str, texts: Texts) -> Iterator[str]:
    for language in LANGUAGES:
        if language in texts:
            yield f"{key}.{language} = {_text(texts[language])}"


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _text(value: str) -> str:
    # JSON's strings are TOML's basic strings but for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
