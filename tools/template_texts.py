"""Texts for people in the templates of the workspace: those that are translated, and those that cannot be.

A text stands in `{% say "…" %}`, with a plural form in `{% say "…" plural="…" count=n %}`. Everything else that a reader
would see, hear or hover must come from the library or from people, never from the template itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

Text = str | tuple[str, str]

SEEN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title"}
NAMES = {
    "API", "Bokmål", "CSV", "DOCX", "English", "Fotfeste", "GET", "IMDi", "JSON", "Nynorsk", "PDF", "PNG", "SSB", "SVG", "XLSX", "ZIP", "zip",
}  # fmt: skip
"""Words that are the same in every language and may stand in a template as they are."""
OTHER_WAYS = {"blocktrans", "blocktranslate", "trans", "translate"}
HELD_BACK = {"comment": "endcomment", "verbatim": "endverbatim"}
AS_TYPED = {"code", "kbd", "samp", "script", "style"}
FILLED = "\ue000"
ADDRESS = re.compile(r"(?<!\w)/[\w/.?=&%#-]*")
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a template, and on which line."""

    line: int
    what: str


def said(source: str) -> list[Text]:
    """Return the texts that a template says, in its order; a text with a plural as a pair.

    Raises `ValueError` with the line for a text that is not written out, or is marked for translation in another way.
    """
    return [text for token in _tags(source) for text in _text_of(token)]


def _tags(source: str) -> Iterator[Token]:
    until = ""
    for token in Lexer(source).tokenize():
        if token.token_type != TokenType.BLOCK:
            continue
        name = token.contents.split(None, 1)[0]
        if until:
            until = "" if name == until else until
        elif name in HELD_BACK:
            until = HELD_BACK[name]
        else:
            yield token


def _text_of(token: Token) -> Iterator[Text]:
    name, *arguments = token.split_contents()
    if name in OTHER_WAYS:
        raise ValueError(f"line {token.lineno}: texts are said with say, not {name}")
    if name != "say":
        return
    if not arguments:
        raise ValueError(f"line {token.lineno}: say without a text")
    text = _literal(arguments[0], token)
    plural = [one.partition("=")[2] for one in arguments[1:] if one.startswith("plural=")]
    if not plural:
        yield text
        return
    if not any(one.startswith("count=") for one in arguments[1:]):
        raise ValueError(f"line {token.lineno}: a plural without count=")
    yield text, _literal(plural[0], token)


def _literal(argument: str, token: Token) -> str:
    quote = argument[:1]
    if quote not in {'"', "'"} or len(argument) < 3 or argument[-1] != quote:
        raise ValueError(f"line {token.lineno}: the text is not written out: {argument}")
    return argument[1:-1].replace(f"\\{quote}", quote).replace("\\\\", "\\")


def faults(source: str, markup: bool = True) -> list[Fault]:
    """Return words that stand in a template outside `say` and can therefore not be translated, and tags used wrongly.

    `markup` false: the template is plain text, such as a letter, and every word of it is seen.
    """
    found: list[Fault] = []
    for token in _tags(source):
        try:
            list(_text_of(token))
        except ValueError as error:
            found.append(Fault(token.lineno or 0, str(error).partition(": ")[2]))
    plain = _without_tags(source)
    seen = _Seen.of(plain) if markup else [(n, line) for n, line in enumerate(plain.split("\n"), start=1)]
    for line, text in seen:
        found += [Fault(line, word) for word in WORD.findall(ADDRESS.sub(" ", text)) if word not in NAMES]
    return sorted(found, key=lambda one: (one.line, one.what))


def _without_tags(source: str) -> str:
    """Return a template with a sign in place of every tag; its lines stay as they are."""
    parts: list[str] = []
    until = ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split(None, 1)[0]
            if until:
                until = "" if name == until else until
            else:
                until = HELD_BACK.get(name, "") if name == "comment" else ""
        if token.token_type == TokenType.TEXT and not until:
            parts.append(token.contents)
        elif token.token_type == TokenType.TEXT:
            parts.append("\n" * token.contents.count("\n"))
        elif token.token_type == TokenType.COMMENT:
            continue
        else:
            parts.append(FILLED)
    return "".join(parts)


class _Seen(HTMLParser):
    """What a reader meets in a page: its text but what is typed as it is, and attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.as_typed = 0

    @classmethod
    def of(cls, source: str) -> list[tuple[int, str]]:
        reader = cls()
        reader.feed(source)
        reader.close()
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.as_typed += tag in AS_TYPED
        given = dict(attrs)
        shown = [given.get(name) for name in SEEN_ATTRIBUTES]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            shown.append(given.get("value"))
        self.found += [(self.getpos()[0], text) for text in shown if text]

    def handle_endtag(self, tag: str) -> None:
        self.as_typed -= tag in AS_TYPED

    def handle_data(self, data: str) -> None:
        if self.as_typed:
            return
        line = self.getpos()[0]
        self.found += [(line + number, text) for number, text in enumerate(data.split("\n"))]
