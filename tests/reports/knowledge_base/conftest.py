"""What tests of knowledge bases share: figures read once, and what is gathered of a few places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from fotfeste.reports.blocks import Aside, Block, Bullets, Document, Heading, Paragraph, Picture, Table
from fotfeste.reports.knowledge_base import Gathered, gather, knowledge_base
from fotfeste.reports.profiles import Knowledge, open_knowledge

TODAY = date(2026, 11, 21)
Place = Callable[[str], Gathered]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The embedded data as they were known in November 2026."""
    return open_knowledge(None, TODAY)


@pytest.fixture(scope="session")
def place(knowledge: Knowledge) -> Place:
    """Return a function that gives what is gathered of a place, each once."""
    known: dict[str, Gathered] = {}

    def gathered(code: str) -> Gathered:
        if code not in known:
            known[code] = gather(None, code, TODAY, knowledge=knowledge)
        return known[code]

    return gathered


@pytest.fixture(scope="session")
def kviteseid(place: Place) -> Document:
    """The knowledge base of a small municipality, in bokmål."""
    return knowledge_base(place("4028"), "nb")


@pytest.fixture(scope="session")
def telemark(place: Place) -> Document:
    """The knowledge base of a county, in bokmål."""
    return knowledge_base(place("40"), "nb")


def words_of(blocks: tuple[Block, ...] | list[Block]) -> str:
    """Return everything that blocks say, one line for each piece."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append("".join(one if isinstance(one, str) else one.text for one in block.content))
            case Bullets():
                found += [
                    "".join(one if isinstance(one, str) else one.text for one in item) for item in block.items
                ]
            case Table():
                found += [block.caption, block.note, block.source]
                found += [str(cell) for row in block.rows for cell in row]
            case Picture():
                found += [block.alternative, block.caption]
            case Aside():
                found.append(block.title)
            case _:
                pass
    return "\n".join(found)


def section(document: Document, anchor: str) -> list[Block]:
    """Return the blocks of the section whose heading has this anchor, up to the next of its level."""
    start = next(
        place
        for place, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.anchor == anchor
    )
    level = document.blocks[start].level  # type: ignore[union-attr]
    found = [document.blocks[start]]
    for block in document.blocks[start + 1 :]:
        if isinstance(block, Heading) and block.level <= level:
            break
        found.append(block)
    return found
