"""What the classifier sees of a passage: the normal forms of its words and of the parts of compounds, and headings."""

from __future__ import annotations

from fotfeste.plans.documents.model import Document, Passage
from fotfeste.plans.words import normal, parts, tokens

HEADING = "overskrift:"
"""Stands before a word of a heading above, so that it counts apart from the passage's own words."""
SHORTEST = 2
# Words that say nothing of the matter, in normal form by the same rules as all others.
_EMPTY = """og i på av til for er som en et ei å det de dei den vi at med om fra frå har skal vil kan blir ble vart var
være vere ved også òg eller men så der her dette denne disse desse sin si sitt sine seg man mer meir enn etter ut inn
opp over under mot når hva kva hvor kor hvem kven hvilke kva alle andre noe noko noen nokon må bør få får fikk ha hver
kvar ikke ikkje uten utan kommune kommunen kommunar fylke""".split()  # noqa: SIM905


def features(document: Document, passage: Passage) -> tuple[str, ...]:
    """Return the features of a passage, each once, in the order they first stand; those of headings last.

    Negations are no features: what they do is for rules and people. Numbers are all one (``#``).
    """
    found: dict[str, None] = dict.fromkeys(_of_text(document.at(passage.span)))
    for heading in document.heading_path(passage):
        found.update(dict.fromkeys(HEADING + one for one in _of_text(heading)))
    return tuple(found)


def _of_text(text: str) -> list[str]:
    found: list[str] = []
    for token in tokens(text):
        if token.word.isdigit():
            found.append("#")
            continue
        whole = normal(token.word)
        if len(whole) < SHORTEST or token.word in EMPTY or whole in EMPTY:
            continue
        found.append(whole)
        inside = parts(token.word)
        if len(inside) > 1:
            found += [part for part in inside if len(part) >= SHORTEST and part not in EMPTY]
    return found


EMPTY = frozenset([*_EMPTY, *map(normal, _EMPTY)])
