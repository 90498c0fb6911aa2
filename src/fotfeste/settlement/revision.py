"""A revision: a new total in the middle of the year, with what is decided and settled respected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.rules import Bound
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.figure import total as total_of

OWN = "bruker:"
"""What an origin begins with when it is the county's own list."""
DecidedAs = Literal["floor", "held", "cap", "none"]
AlsoChanged = Literal["criteria", "replies", "overrides", "minors", "data"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What has happened in a municipality so far this year: the council's decision, and persons settled.

    Both are whole numbers, unaccompanied minors included. One to four are hidden and count as four.
    """

    decided: Figure = field(default_factory=Figure.missing)
    settled: Figure = field(default_factory=Figure.missing)


@dataclass(frozen=True, slots=True)
class Version:
    """A recommendation that has been revised: the checksum of the bundle that holds it, the day it was made, its
    total, and its numbers by code (minors included)."""

    bundle: str
    made: date
    total: int
    minors: int
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Revision:
    """What a revision stands on: the recommendations before it, and how far the year has come.

    ``versions`` are oldest first: the original, then earlier revisions; the last is the one that is revised now.
    ``standing`` is by code, as of ``as_of`` (ISO date or a year), told by ``origin``. ``decided_as`` says what
    decisions mean for the new numbers: nobody below its decision (``floor``), the same and nobody at all where the council
    has said no (``held``), nobody above its decision (``cap``), or nothing (``none``). Nobody ever comes below those
    already settled. ``also`` names what else is another than in the last version, beside the total and what has
    happened.
    """

    versions: tuple[Version, ...]
    standing: Mapping[str, Standing]
    as_of: str
    decided_as: DecidedAs
    origin: str = ""
    also: tuple[AlsoChanged, ...] = ()

    @property
    def original(self) -> Version:
        """The recommendation that was made first."""
        return self.versions[0]

    @property
    def last(self) -> Version:
        """The recommendation that is revised now."""
        return self.versions[-1]

    @property
    def number(self) -> int:
        """Which revision this is, counted from one."""
        return len(self.versions)

    def sums(self) -> tuple[Figure, Figure]:
        """Return what is decided and settled in the whole county, marks kept."""
        standing = self.standing.values()
        return total_of(one.decided for one in standing), total_of(one.settled for one in standing)

    @property
    def hides_settled(self) -> bool:
        """Whether it is hidden for some municipality how many are settled."""
        return any(one.settled.mark is Mark.SUPPRESSED for one in self.standing.values())

    def bounds(self, hidden: Literal["low", "high"] = "high") -> tuple[Bound, ...]:
        """Return what is settled and decided as bounds on the whole numbers.

        Hidden persons settled count as the most they can be, or, to try out the other end, as the fewest (``low``).
        """
        found: list[Bound] = []
        for code, one in sorted(self.standing.items()):
            settled, decided = most_of(one.settled), most_of(one.decided)
            if hidden == "low" and one.settled.mark is Mark.SUPPRESSED:
                settled = int(one.settled.low or 0)
            if settled:
                reason = msg("{persons} er alt bosatt i år", persons=_told(one.settled))
                found.append(Bound(RuleKind.SETTLED, code, reason, settled))
            if self.decided_as == "none" or not is_told(one.decided):
                continue
            reason = msg("kommunestyret har vedtatt {persons}", persons=_told(one.decided))
            if self.decided_as == "held" and decided == 0:
                found.append(
                    Bound(RuleKind.DECIDED, code, msg("kommunestyret har sagt nei"), 0, max(decided, settled))
                )
            elif self.decided_as in ("floor", "held"):
                found.append(Bound(RuleKind.DECIDED, code, reason, decided))
            else:
                found.append(Bound(RuleKind.DECIDED, code, reason, 0, max(decided, settled)))
        return tuple(found)


def day_of(as_of: str) -> date | str:
    """Return the day that a status stands at, to be told in the reader's words; a year where no day is known."""
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        return as_of


def also_in_words(revision: Revision) -> tuple[Message, ...]:
    """Return what else is another than in the last version, each in a sentence."""
    told = {
        "criteria": msg("Kriteriene er andre enn i anbefalingen som revideres."),
        "replies": msg("Svarene fra kommunene er andre enn i anbefalingen som revideres."),
        "overrides": msg("Overstyringene er andre enn i anbefalingen som revideres."),
        "minors": msg("Tallet på enslige mindreårige er et annet enn i anbefalingen som revideres."),
        "data": msg("Tallene bak er hentet på nytt, og kan være andre enn i anbefalingen som revideres."),
    }
    return tuple(told[one] for one in revision.also)


def origin_in_words(origin: str) -> Message | str:
    """Return where decided and settled are from; a list of the county's own is said to be that.

    The name of its file is left out: it means nothing to those who receive the documents.
    """
    return msg("fylkeskommunens egen oversikt") if origin.startswith(OWN) else origin


def is_told(figure: Figure) -> bool:
    """Whether there is a number, be it hidden: neither missing nor not asked."""
    return figure.mark in (Mark.OBSERVED, Mark.SUPPRESSED)


def most_of(figure: Figure) -> int:
    """Return the persons that a figure may stand for; hidden ones count as their upper bound, unknown as none."""
    return int(figure.high) if is_told(figure) and figure.high is not None else 0


def settled_so_far(standing: Mapping[str, Standing]) -> int:
    """Return how many may be settled already in the whole county."""
    return sum(most_of(one.settled) for one in standing.values())


def committed(standing: Mapping[str, Standing]) -> int:
    """Return how many are decided or settled already: the larger of the two in every municipality, summed."""
    return sum(max(most_of(one.decided), most_of(one.settled)) for one in standing.values())


def committed_in_words(revision: Revision, total: int) -> Message | int:
    """Return how many are decided or settled already: the least it can be where a municipality is not known, and
    what it is counted as where hidden persons leave open on which side of ``total`` it lies."""
    standing = revision.standing.values()
    bound = committed(revision.standing)
    least = sum(max(int(one.decided.low or 0), int(one.settled.low or 0)) for one in standing)
    if any(one.decided.mark is Mark.MISSING or not is_told(one.settled) for one in standing):
        if bound <= total or least > total:
            return msg("minst {count}, med det høyeste av de to i hver kommune", count=least)
    elif least == bound:
        return bound
    return msg("regnet som {count}", count=bound)


def decided_as_for(total: int, standing: Mapping[str, Standing]) -> DecidedAs:
    """Return what decisions can mean under a new total: a floor where it holds them all, otherwise a cap."""
    return "floor" if committed(standing) <= total else "cap"


def meaning_for(total: int, standing: Mapping[str, Standing]) -> DecidedAs:
    """Return what decisions mean where nobody has chosen it: as :func:`decided_as_for`, and a no is a no."""
    meaning = decided_as_for(total, standing)
    return "held" if meaning == "floor" and any(has_said_no(one) for one in standing.values()) else meaning


def has_said_no(one: Standing) -> bool:
    """Whether the council has decided to settle nobody."""
    return is_told(one.decided) and most_of(one.decided) == 0


def decided_in_words(revision: Revision, total: int) -> Message:
    """Return what decisions mean for the new numbers, and why."""
    bound = committed_in_words(revision, total)
    meaning = {
        "floor": msg(
            "Kommunestyrenes vedtak er regnet som minstetall: ingen kommune får færre enn den har vedtatt."
        ),
        "held": msg(
            "Kommunestyrenes vedtak er regnet som minstetall: ingen kommune får færre enn den har vedtatt. De som har sagt nei, får ingen, om ikke noen alt er bosatt."
        ),
        "cap": msg(
            "Kommunestyrenes vedtak er regnet som tak: ingen kommune får flere enn den har vedtatt, om ikke flere alt er bosatt."
        ),
        "none": msg("Kommunestyrenes vedtak er ikke regnet som noen grense: bare bosatte binder."),
    }[revision.decided_as]
    if not any(is_told(one.decided) for one in revision.standing.values()):
        why = msg("Ingen vedtak er kjent.")
    elif committed(revision.standing) <= total:
        why = msg(
            "Den nye totalen ({total}) rommer alt som er vedtatt og bosatt ({bound}).",
            total=total,
            bound=bound,
        )
    else:
        why = msg(
            "Den nye totalen ({total}) rommer ikke alt som er vedtatt og bosatt ({bound}).",
            total=total,
            bound=bound,
        )
    own = (decided_as_for(total, revision.standing), meaning_for(total, revision.standing))
    chosen = revision.decided_as not in own
    by_choice = msg(" Fylket har valgt dette selv.") if chosen else ""
    return msg("{meaning} {why}{chosen}", meaning=meaning, why=why, chosen=by_choice)


def unknown_in_words(revision: Revision, names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return for which municipalities it is not known what is decided or how many are settled."""
    standing = {code: revision.standing.get(code, Standing()) for code in names}
    undecided = ", ".join(names[code] for code, one in standing.items() if one.decided.mark is Mark.MISSING)
    unsettled = ", ".join(names[code] for code, one in standing.items() if not is_told(one.settled))
    told = []
    if undecided:
        told.append(
            msg("Vedtaket i år er ikke kjent, og setter derfor ingen grense: {names}.", names=undecided)
        )
    if unsettled:
        told.append(
            msg("Bosatte så langt i år er ikke kjent, og er regnet som ingen: {names}.", names=unsettled)
        )
    return tuple(told)


def notes_on(revision: Revision, total: int, names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return what every reader must know of a revision: what decisions mean, what is unknown, what is hidden."""

    def those(codes: Iterable[str]) -> str:
        return ", ".join(names[code] for code in codes)

    standing = {code: revision.standing.get(code, Standing()) for code in names}
    hidden = [code for code, one in standing.items() if one.settled.mark is Mark.SUPPRESSED]
    beyond = [
        code
        for code, one in standing.items()
        if is_told(one.decided) and one.settled.value is not None and one.settled.value > most_of(one.decided)
    ]
    told = [decided_in_words(revision, total), *also_in_words(revision), *unknown_in_words(revision, names)]
    if hidden:
        told.append(
            msg("Færre enn 5 er bosatt så langt i år, og det er regnet som 4: {names}.", names=those(hidden))
        )
    if beyond:
        told.append(msg("Flere er alt bosatt enn kommunestyret har vedtatt: {names}.", names=those(beyond)))
    return tuple(told)


def _told(figure: Figure) -> object:
    if figure.value is not None:
        return int(figure.value)
    return msg("færre enn {limit}", limit=most_of(figure) + 1)
