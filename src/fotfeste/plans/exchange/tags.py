"""Tags of Taguette and codes of ours: one has its hierarchy in the names, the other beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.exchange.codes import Node
from fotfeste.plans.exchange.report import Tally, Why

LONGEST_PATH, MOST_LEVELS = 200, 20


def tag_nodes(tags: Sequence[tuple[str, str]], tally: Tally) -> tuple[list[Node], set[str]]:
    """Return codes of tags given by path and description; parts of a path that are no tag become headings."""
    described = dict(reversed(tags))
    known: set[str] = set()
    nodes: list[Node] = []
    for path, count in Counter(path for path, _ in tags).items():
        tally.leave("tags", Why.TWICE, path, count - 1)
        # A stop with nothing beside it divides nothing.
        parts = path.split(".")
        if len(parts) > 20 or not all(part.strip() for part in parts):
            parts = [path]
        for level in range(1, len(parts) + 1):
            here = ".".join(parts[:level])
            if here in known:
                continue
            known.add(here)
            heading = here not in described
            if heading:
                tally.leave("tags", Why.HEADING_MADE, here)
            above = ".".join(parts[: level - 1]) or None
            nodes.append(Node(here, parts[level - 1], above, described.get(here, ""), heading=heading))
    return nodes, known


def taguette_paths(book: Codebook) -> Mapping[str, str]:
    """Return the path of each code for Taguette: names with full stops between, those inside a name put as ``·``.

    A path is at most 200 signs and no two are the same: names are shortened and numbered where they must be.
    """
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for code in book.codes:
        own = " ".join(code.name["nb"].replace(".", "·").split()) or "kode"
        above = paths[code.parent] if code.parent is not None else ""
        whole = f"{above}.{own}" if above else own
        if len(whole) > LONGEST_PATH - 10:
            room = LONGEST_PATH - 10 - len(above)
            whole = f"{above}.{own[:room].rstrip()}" if room > 10 else own[: LONGEST_PATH - 10].rstrip()
        found, number = whole, 2
        while found in taken:
            found, number = f"{whole} {number}", number + 1
        taken.add(found)
        paths[code.id] = found
    return paths
