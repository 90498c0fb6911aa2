"""From codes as other programs name them to a codebook of ours: every code gets an id that no other has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.plans.codebooks.model import Code, Codebook
from fotfeste.plans.codebooks.reading import DEEPEST, DEFAULT_COLOUR, LONGEST_TEXT, MOST_CODES
from fotfeste.plans.exchange.report import Tally, Why

LONGEST_NAME, LONGEST_ID, MOST_LETTERS = 500, 60, 1_000_000
"""Signs of a name, of an id that is made from it, and of all definitions together."""
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Node:
    """A code as it stands in a file: its key there, and the key of the one above."""

    key: str
    name: str
    parent: str | None = None
    definition: str = ""
    colour: str = ""
    heading: bool = False


def clean(text: str, tally: Tally | None = None, what: str = "", longest: int = LONGEST_TEXT) -> str:
    """Return a text without signs that control something, and no longer than can be kept."""
    kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    kept = kept.strip()
    if len(kept) > longest:
        if tally is not None:
            tally.leave(what, Why.CUT, kept)
        kept = kept[:longest]
    return kept


def slug(name: str) -> str:
    """Return a name as an id is written: small letters a–z, figures and hyphens; ``kode`` for one without any."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode()).strip("-")
    return plain[:LONGEST_ID].strip("-") or "kode"


def codebook_of(
    nodes: Sequence[Node], title: str, source: str, dated: date, tally: Tally, what: str = "Code"
) -> tuple[Codebook | None, Mapping[str, str]]:
    """Return the codebook and our ids by the keys of the file; no codebook where there is no code.

    Codes with the same name at different places get ids of their own. Those in more levels than a codebook can have are
    moved up, and all that is changed is told in ``tally``.
    """
    ids: dict[str, str] = {}
    codes: list[Code] = []
    levels: dict[str, int] = {}
    above: dict[str, str | None] = {}
    names: set[str] = set()
    letters = 0
    colours: dict[str, str] = {}
    for node in _downwards(nodes):
        if len(codes) >= MOST_CODES:
            tally.leave(what, Why.TOO_MANY, node.name)
            continue
        name = " ".join(clean(node.name, tally, f"{what}@name", LONGEST_NAME).split()) or "Uten navn"
        parent = ids.get(node.parent) if node.parent is not None else None
        if parent is not None and levels[parent] >= DEEPEST:
            tally.leave(what, Why.TOO_DEEP, name)
            parent = above[parent]
        if name.casefold() in names:
            tally.leave(what, Why.SAME_NAME, name)
        names.add(name.casefold())
        code_id = _free(name, parent, levels)
        definition = clean(node.definition, tally, "Description")
        if letters + len(definition) > MOST_LETTERS:
            tally.leave("Description", Why.CUT, name)
            definition = ""
        letters += len(definition)
        colour = _colour(node.colour, tally) or (colours[parent] if parent else DEFAULT_COLOUR)
        colours[code_id] = colour
        levels[code_id] = levels[parent] + 1 if parent else 1
        above[code_id] = parent
        ids[node.key] = code_id
        codes.append(
            Code(
                code_id,
                {"nb": name},
                parent,
                node.heading,
                colour,
                {"nb": definition} if definition else {},
            )
        )
        tally.carry(what)
    if not codes:
        return None, ids
    heading = " ".join(clean(title, longest=LONGEST_NAME).split()) or "Kodebok"
    return Codebook(slug(heading), dated, {"nb": heading}, tuple(codes), clean(source, longest=200)), ids


def _downwards(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield every node after the one above it and before the next beside that; files may mix them."""
    keys = {node.key for node in nodes}
    under: dict[str | None, list[Node]] = {}
    for node in nodes:
        under.setdefault(node.parent if node.parent in keys else None, []).append(node)
    waiting = list(reversed(under.get(None, [])))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(under.pop(node.key, []))


def _free(name: str, parent: str | None, taken: Mapping[str, int]) -> str:
    short = slug(name)
    if short not in taken:
        return short
    placed = f"{parent}.{short}" if parent else short
    if len(placed) > 90:
        placed = short
    if placed not in taken:
        return placed
    number = 2
    while f"{placed}-{number}" in taken:
        number += 1
    return f"{placed}-{number}"


def _colour(stated: str, tally: Tally) -> str:
    colour = stated.strip().lower()
    if not colour:
        return ""
    if not _COLOUR.fullmatch(colour):
        tally.leave("@color", Why.INVALID, stated)
        return ""
    return colour if len(colour) == 7 else "#" + "".join(2 * one for one in colour[1:])
