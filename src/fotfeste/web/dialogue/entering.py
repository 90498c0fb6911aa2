"""What meetings, needs and partners' input have in common when something is entered: whether the round takes it, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.reply_check import ABOUT_FEW, WRITE_OF_GROUPS, reads_as_somebody
from fotfeste.web.rounds.models import Round
from fotfeste.work.requirements import Stage


def takes_work(round_: Round) -> bool:
    """Whether meetings, needs and input can be entered: until the round is closed, and never in an example."""
    return not round_.is_example and round_.state != Stage.CLOSED


def must_take_work(round_: Round) -> None:
    """Raise :class:`InputError` when nothing can be entered in the round."""
    if not takes_work(round_):
        raise InputError(
            "dialogue.closed",
            msg("Runden er avsluttet."),
            remedy=msg("Åpne runden igjen for å endre den."),
        )


def refuse(problems: Iterable[Problem | None]) -> None:
    """Raise :class:`InputError` when anything is wrong; the first is what it says, and it carries them all."""
    wrong = [one for one in problems if one is not None]
    if wrong:
        first = wrong[0]
        raise InputError(first.code, first.what, place=first.place, remedy=first.remedy, problems=wrong)


def notices_about(text: str) -> tuple[Problem, ...]:
    """Return what should be looked at once more in a text: words that may tell of somebody."""
    if not reads_as_somebody(text):
        return ()
    return (Problem("dialogue.about_somebody", ABOUT_FEW, None, WRITE_OF_GROUPS),)
