"""Markdown (CommonMark, with tables and footnotes), parsed by markdown-it-py; code and HTML in it are only text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt

from fotfeste.messages import msg
from fotfeste.plans.documents.bounds import Bounds, too_large
from fotfeste.plans.documents.building import Block, build
from fotfeste.plans.documents.model import Cell, Document, Origin, PassageKind
from fotfeste.plans.documents.plain import decoded

LARGEST = 5_000_000
"""Letters of a text in Markdown; nobody writes a plan of a thousand pages in it."""
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_HEAD = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,500}>")


def read_markdown(data: bytes, origin: Origin, bounds: Bounds) -> Document:
    """Return the document; raises :class:`InputError` for one that is no text or has no words."""
    text = decoded(data, origin.name).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST:
        raise too_large(origin.name, msg("Filen har mer tekst enn det som leses."))
    text = _HEAD.sub("", text, count=1)
    notes = set(_NOTE.findall(text))
    # CommonMark takes «[^1]: word» for the address of a link, and leaves it out.
    text = _MARK.sub(r"\\[\1\\]", _NOTE.sub(lambda found: f"\n\\[{found[1]}\\] ", text))
    tokens = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").parse(text)
    return build(_blocks(tokens, notes), origin, bounds)


def _blocks(tokens: Sequence[Any], notes: set[str]) -> Iterator[Block]:
    lists = 0
    table, row, column = -1, -1, -1
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "table_open":
            table, row = table + 1, -1
        elif token.type == "tr_open":
            row, column = row + 1, -1
        elif token.type in ("td_open", "th_open"):
            column += 1
        elif token.type in ("td_close", "th_close", "tr_close"):
            continue
        elif token.type == "table_close":
            row, column = -1, -1
        elif token.type == "inline":
            text = _words(token)
            if level:
                yield Block(PassageKind.HEADING, text, level)
            elif column >= 0:
                yield Block(PassageKind.TABLE_CELL, text, cell=Cell(table, row, column))
            elif (mark := re.match(r"\[([^\]]+)\] ", text)) and mark[1] in notes:
                yield Block(PassageKind.FOOTNOTE, text)
            else:
                yield Block(PassageKind.LIST_ITEM if lists else PassageKind.PARAGRAPH, text)
        elif token.type in ("fence", "code_block"):
            yield Block(PassageKind.PARAGRAPH, token.content)
        elif token.type == "html_block":
            yield Block(PassageKind.PARAGRAPH, _TAG.sub(" ", token.content))


def _words(token: Any) -> str:
    pieces = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif child.type == "image":
            pieces.append(_words(child))
    return "".join(pieces)
