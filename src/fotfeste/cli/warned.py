"""What nobody may overlook in a recommendation, directly under its table on the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fotfeste.cli.output import in_lines
from fotfeste.messages import Language

if TYPE_CHECKING:
    from fotfeste.cli.asked import Made


def warnings_in_words(made: Made, words: Language, issued: date) -> list[str]:
    """Return the warnings of the case paper, and the room that the municipalities state, as lines for a terminal."""
    from fotfeste.reports.blocks import Aside
    from fotfeste.reports.documents.basis import basis_of
    from fotfeste.reports.documents.effects import left_over, wish_but_get_none
    from fotfeste.reports.words import ASIDES
    from fotfeste.settlement.room import room_in_words, stated_room

    basis = basis_of(made.recommendation, made.regions, locale=words.locale, issued=issued)
    lines = []
    for block in (*left_over(basis), *wish_but_get_none(basis)):
        if isinstance(block, Aside):
            told = "".join(one if isinstance(one, str) else one.text for one in block.content)
            lines.append(in_lines(f"{words.text(ASIDES[block.kind])}: {block.title}. {told}", "  "))
    room = stated_room(made.recommendation)
    if room is not None:
        lines.append(in_lines(words.text(room_in_words(room)), "  "))
    return [*lines, ""] if lines else []
