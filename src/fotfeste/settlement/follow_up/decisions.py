"""What the municipal council decided on IMDi's request: a number, a refusal, or a day on which it will be handled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.reservations import Flag, reservations_in
from fotfeste.settlement.wording import minors_named
from fotfeste.statistics.figure import Figure

Answer = Literal["decided", "declined", "awaited"]
MOST = 20_000
"""More persons than this in one municipality and year is a slip of the pen."""


class Wrong(Protocol):
    """How a fault is noted: its code, what is wrong, and the way out."""

    def __call__(self, code: str, what: Message, remedy: Message | None = None) -> None:
        """Note one fault."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one council answered; numbers are persons, ``None`` means that nothing was said, never zero.

    ``persons`` include ``minors``. ``dated`` is the day of the decision by ``body``, with ``case_reference``.
    ``extra`` is what the municipality can take beyond it if the need rises. ``answer`` is ``awaited`` while the matter
    is still to be handled, on ``expected_handling``; a refusal is ``declined`` with zero persons. ``text`` is the
    decision in its own words.
    """

    code: str
    answer: Answer
    persons: int | None = None
    minors: int | None = None
    dated: date | None = None
    body: str = ""
    case_reference: str = ""
    extra: int | None = None
    expected_handling: date | None = None
    text: str = ""

    @property
    def given(self) -> bool:
        """Whether the council has answered, with a number or a refusal."""
        return self.answer != "awaited"

    @property
    def decided(self) -> Figure:
        """The persons decided; missing while the answer is awaited."""
        if self.answer == "declined":
            return Figure.observed(0)
        return Figure.missing(low=0) if self.persons is None else Figure.observed(self.persons)

    @property
    def decided_minors(self) -> Figure:
        """The unaccompanied minors decided; missing where the decision does not say."""
        if self.answer == "declined":
            return Figure.observed(0)
        return Figure.missing(low=0) if self.minors is None else Figure.observed(self.minors)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Words in the decision that a person should look at."""
        return reservations_in(self.text)


def decision_faults(decision: Decision, names: Mapping[str, str], today: date) -> list[Problem]:
    """Return everything that is wrong with one decision; ``names`` are the county's municipalities by code.

    Reservations are no fault: they are pointed to, and the decision stands as it is.
    """
    place = names.get(decision.code, decision.code)
    found: list[Problem] = []

    def wrong(code: str, what: Message, remedy: Message | None = None) -> None:
        found.append(Problem(f"decision.{code}", what, place, remedy))

    if decision.code not in names:
        wrong("municipality", msg("{code} er ikke i fylket.", code=decision.code))
    for name, count in (
        (msg("Vedtatt"), decision.persons),
        (msg("Enslige mindreårige"), decision.minors),
        (msg("Ekstra kapasitet"), decision.extra),
    ):
        if count is not None and not 0 <= count <= MOST:
            wrong("number", msg("{name} må være fra 0 til {most}.", name=name, most=MOST))
    if decision.answer == "decided" and decision.persons is None:
        wrong("persons", msg("Vedtaket mangler antall personer."), msg("Skriv 0 hvis ingen skal bosettes."))
    if decision.answer == "declined" and (decision.persons or decision.minors):
        wrong(
            "declined",
            msg("Et nei kan ikke ha et antall personer."),
            msg("Ta bort tallet, eller velg at kommunen har vedtatt det."),
        )
    known = decision.answer == "decided" and decision.persons is not None
    if known and (decision.minors or 0) > max(decision.persons or 0, 0):
        wrong(
            "minors",
            msg("Enslige mindreårige er flere enn alle som er vedtatt."),
            msg("Skriv tallet på alle med enslige mindreårige medregnet."),
        )
    if decision.given:
        _check_given(decision, today, wrong)
    elif decision.persons is not None or decision.minors is not None or decision.dated is not None:
        wrong("awaited", msg("Et vedtak som ventes, har verken antall eller dato ennå."))
    elif decision.expected_handling is None:
        wrong("handling", msg("Det mangler når saken ventes behandlet."))
    return found


def _check_given(decision: Decision, today: date, wrong: Wrong) -> None:
    if decision.dated is None:
        wrong("dated", msg("Vedtaket mangler dato."))
    elif decision.dated > today:
        wrong(
            "future",
            msg("Vedtaket er datert {day}, som ikke har vært ennå.", day=decision.dated),
            msg("Skriv dagen som ventet behandling i stedet."),
        )
    if not decision.body.strip():
        wrong("body", msg("Det mangler hvem som har vedtatt."), msg("Skriv for eksempel kommunestyret."))
    if not decision.case_reference.strip():
        wrong("case", msg("Saksnummeret mangler."))


def before_request(decision: Decision, asked_on: date | None) -> Message | None:
    """Return what is asked about a decision dated before the request it answers, which may be right; nothing otherwise."""
    if not decision.given or decision.dated is None or asked_on is None or decision.dated >= asked_on:
        return None
    return msg(
        "Vedtaket er datert {day}, før anmodningen fra IMDi {asked}. Rett datoen, eller kryss av for at den stemmer.",
        day=decision.dated,
        asked=asked_on,
    )


def checked_decisions(
    decisions: Iterable[Decision], names: Mapping[str, str], today: date
) -> dict[str, Decision]:
    """Return the decisions by municipality; the newest stands where a council has decided again.

    Raises :class:`InputError` with everything that is wrong.
    """
    given = tuple(decisions)
    problems = [fault for one in given for fault in decision_faults(one, names, today)]
    if problems:
        raise InputError(
            "decision.faults",
            msg("Vedtakene har feil som må rettes ({number}).", number=len(problems)),
            problems=problems,
        )
    found: dict[str, Decision] = {}
    for one in sorted(given, key=lambda one: one.dated or date.min):
        found[one.code] = one
    return found


def decision_in_words(decision: Decision) -> Message:
    """Return a decision in one sentence."""
    told = {"body": decision.body, "case": decision.case_reference, "day": decision.dated}
    if decision.answer == "awaited":
        return msg("Ventes behandlet {day}", day=decision.expected_handling)
    if decision.answer == "declined":
        return msg("Sagt nei: {body}, sak {case}, {day}", **told)
    if decision.minors is None and decision.extra is None:
        return msg("Vedtatt {count}: {body}, sak {case}, {day}", count=decision.persons, **told)
    return msg(
        "Vedtatt {count}, {minors}, ekstra kapasitet {extra}: {body}, sak {case}, {day}",
        count=decision.persons,
        minors=msg("antall enslige mindreårige ikke oppgitt")
        if decision.minors is None
        else msg("av dem {minors}", minors=minors_named(decision.minors)),
        extra=_said(decision.extra),
        **told,
    )


def _said(count: int | None) -> Message | int:
    return msg("ikke oppgitt") if count is None else count
