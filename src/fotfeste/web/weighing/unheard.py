"""Who has not answered, and who said no last year: what a reader must know before believing the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.wording import service_name

if TYPE_CHECKING:
    from fotfeste.reports.documents.basis import Basis
    from fotfeste.settlement.replies import Reply

MOST_NAMED = 8
"""Municipalities that are named in one sentence; of the rest it is told how many they are."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """What to say above the numbers, a sentence each, and the marks of each municipality's row by code."""

    told: tuple[Message, ...]
    marks: Mapping[str, tuple[Message, ...]]


def unheard(basis: Basis) -> Unheard:
    """Return who has not answered, who said no last year and is given somebody now, and what only partners have heard.

    Nobody is marked for silence where nobody at all has answered: then it is told once.
    """
    codes = [one.code for one in basis.results]
    silent = [code for code in codes if basis.reply(code) is None]
    refused = [one.code for one in basis.results if basis.last(one).decided.value == 0 and one.recommended]
    year = str(basis.last_year)
    marks: dict[str, tuple[Message, ...]] = {}
    for code in codes:
        own = []
        if code in silent and len(silent) < len(codes):
            own.append(msg("ikke svart"))
        if code in refused:
            own.append(msg("sa nei i {year}", year=year))
        own += _from_partners(basis.reply(code))
        if own:
            marks[code] = tuple(own)
    return Unheard(tuple(_told(basis, silent, refused, year)), marks)


def _from_partners(reply: Reply | None) -> Iterator[Message]:
    """Yield the capacity that only a partner has heard of, where it is lower than all that the municipality states."""
    heard = reply.lower_heard if reply else None
    if heard is not None:
        service, told = heard
        yield msg(
            "{organisation} fikk svaret {count} ({service}), ikke bekreftet av kommunen",
            organisation=told.organisation,
            count=told.persons,
            service=service_name(service),
        )


def _told(basis: Basis, silent: Sequence[str], refused: Sequence[str], year: str) -> Iterator[Message]:
    every = len(basis.results)
    if silent and len(silent) == every:
        yield msg("Ingen kommune har svart. Tallene er derfor ikke begrenset av hva kommunene kan ta imot.")
    elif silent:
        yield nmsg(
            "{count} av {all} kommuner har ikke svart, og kan ha fått det de andre ikke kan ta imot: {names}.",
            "{count} av {all} kommuner har ikke svart, og kan ha fått det de andre ikke kan ta imot: {names}.",
            len(silent),
            all=every,
            names=_names(basis, silent),
        )
    if refused:
        yield msg(
            "Vedtok ingen i {year}, men er gitt noen her: {names}.", year=year, names=_names(basis, refused)
        )


def _names(basis: Basis, codes: Sequence[str]) -> str:
    """Return names with the numbers they are given, the largest first."""
    numbers = {one.code: one.recommended for one in basis.results}
    names = {one.code: one.name for one in basis.results}
    order = sorted(codes, key=lambda code: (-numbers[code], code))
    told = [
        basis.words.text(msg("{name} ({count})", name=names[code], count=numbers[code]))
        for code in order[:MOST_NAMED]
    ]
    if rest := len(order) - len(told):
        told.append(basis.words.text(nmsg("og {count} kommune til", "og {count} kommuner til", rest)))
    return ", ".join(told)
