"""The county's recommendation as the board takes it: numbers by municipality, minors apart, and the day it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import Message, msg

if TYPE_CHECKING:
    from fotfeste.settlement.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Recommended:
    """Recommended persons by code, unaccompanied ``minors`` included and apart, as of the day ``dated``."""

    numbers: Mapping[str, int]
    minors: Mapping[str, int]
    dated: date
    source: Message | str


def recommended_of(bundle: Bundle) -> Recommended:
    """Return the recommended numbers of a bundle, with the day it was made."""
    outcome = bundle.outcome
    return Recommended(
        outcome.numbers,
        {one.code: one.minors for one in outcome.municipalities},
        bundle.made,
        msg("fylkeskommunens anbefaling"),
    )
