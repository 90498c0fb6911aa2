"""What the alternative is, and what it is not, in words for documents and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fotfeste.messages import Message, msg, nmsg

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class PastStanding:
    """What is particular about one answer: who was left out of what, and how old the requests are.

    ``newest`` is the newest year of requests. ``asked_known`` tells that it is known who will be asked; ``never`` that
    nobody was asked last time; ``skipped`` are those taken as not asked. ``gaps`` are years without a known request,
    ``new`` those without any. All by code.
    """

    newest: int
    asked_known: bool = False
    never: bool = False
    skipped: tuple[str, ...] = ()
    gaps: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()


def what_it_is() -> tuple[Message, ...]:
    """Return the text that goes with the alternative wherever it is shown."""
    return (
        msg(
            "Alternativet viser hva som ville følge om staten fortsatte som før. "
            "Det er laget av anmodninger og folketall fra årene før det året det gjelder."
        ),
        msg(
            "Hver kommunes andel er størrelsen ganger hvor mye mer eller mindre enn størrelsen tilsier den har vært bedt om før. "
            "Størrelsen er folketallet, dempet slik tidligere anmodninger viser. "
            "De nyeste årene teller mest, og en kommune som sjelden er bedt, trekkes mot gjennomsnittet."
        ),
        msg(
            "Anmodningene rommer allerede det fylkeskommunene anbefalte. "
            "Samsvar med dem beskriver tidligere praksis og sier ikke om fordelingen var god."
        ),
        msg("Alternativet er ikke en prognose og ikke en målestokk for de andre alternativene."),
    )


def remarks_of(standing: PastStanding, names: Mapping[str, str], year: int) -> tuple[Message, ...]:
    """Return everything to be said beside the answer for ``year``: what it is, then what is particular about it."""
    return (*what_it_is(), *_particulars(standing, names, year))


def _particulars(standing: PastStanding, names: Mapping[str, str], year: int) -> Iterator[Message]:
    def listed(codes: tuple[str, ...]) -> str:
        return ", ".join(names[code] for code in codes)

    if standing.newest < year - 1:
        yield msg("De nyeste anmodningene er for {year}.", year=str(standing.newest))
    if standing.never:
        yield msg("Ingen av kommunene ble bedt sist. Andelene er regnet som om alle blir bedt.")
    elif not standing.asked_known:
        yield msg("Det er ikke kjent hvem som blir bedt. De som ble bedt sist, regnes som bedt igjen.")
        if standing.skipped:
            yield msg("Regnet som ikke bedt: {names}.", names=listed(standing.skipped))
    gaps = standing.gaps
    if gaps and len(gaps) <= MOST_NAMED:
        years = "; ".join(f"{names[code]} ({', '.join(map(str, found))})" for code, found in gaps.items())
        yield msg("Anmodninger som ikke er kjent, er utelatt: {listed}.", listed=years)
    elif gaps:
        yield nmsg(
            "Anmodninger som ikke er kjent, er utelatt for {count} kommune.",
            "Anmodninger som ikke er kjent, er utelatt for {count} kommuner.",
            len(gaps),
        )
    if standing.new:
        yield msg(
            "Uten kjente anmodninger fra før, og derfor regnet etter størrelsen alene: {names}.",
            names=listed(standing.new),
        )
