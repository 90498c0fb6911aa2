"""What is about to be adopted, as whoever enters the decision must see it: the numbers, and what speaks against haste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from fotfeste.messages import Locale
from fotfeste.reports.blocks import Block, Table
from fotfeste.web.rounds import services, showing, stages
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.published import standing_adoption

if TYPE_CHECKING:
    from fotfeste.work.municipal_stages import ReplyFacts


@dataclass(frozen=True, slots=True)
class Difference:
    """A municipality whose number is another than in the adoption that stands; nothing where it was not in it."""

    name: str
    before: int | None
    now: int

    @property
    def change(self) -> int:
        """How many more; negative for fewer."""
        return self.now - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Content:
    """The recommendation that would be adopted.

    ``silent`` are the municipalities that have not replied, ``reply_by`` the deadline when it is not out. ``replaces`` is
    the number of the adoption that it would take the place of, and ``differences`` what is other than in that.
    """

    answer: Block
    total: int
    minors: int
    numbers: Table
    overrides: tuple[Block, ...]
    silent: tuple[str, ...]
    reply_by: date | None
    replaces: int | None
    differences: tuple[Difference, ...]


def content_of(round_: Round, locale: Locale) -> Content:
    """Return what would be adopted if the round's recommendation were adopted as it stands."""
    from fotfeste.reports.documents.overrides import override_blocks
    from fotfeste.web.dialogue.services import reply_facts

    basis = showing.basis_for(round_, locale)
    shown = showing.round_shown(round_, locale)
    request = basis.recommendation.request
    names = services.municipalities_of(round_)
    facts: dict[str, ReplyFacts] = dict(reply_facts(round_))
    asked = stages.deadline_of(round_, stages.REPLY)
    standing = standing_adoption(round_)
    before = dict(services.numbers_of(round_.pk, standing.bundle_checksum)) if standing else {}
    now = {one.code: one.recommended for one in basis.results}
    return Content(
        shown.answer,
        request.total,
        request.minors,
        shown.numbers,
        tuple(override_blocks(basis)[1:]),
        tuple(name for code, name in names.items() if code in facts and facts[code].delivered_on is None),
        asked if asked >= timezone.localdate() else None,
        standing.number if standing else None,
        tuple(
            Difference(names.get(code, code), before.get(code), now.get(code, 0))
            for code in dict.fromkeys([*now, *before])
            if standing and before.get(code) != now.get(code, 0)
        ),
    )
