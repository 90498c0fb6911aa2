"""A bundle, a new total and how far the year has come: the recommendation as it is revised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import Infeasible, InputError
from fotfeste.messages import msg
from fotfeste.settlement.bundle import Bundle
from fotfeste.settlement.criteria import Criteria, RuleKind
from fotfeste.settlement.ledger import Ledger, continues
from fotfeste.settlement.prepare import check_belongs, check_numbers, prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.revision import (
    AlsoChanged,
    DecidedAs,
    Revision,
    Standing,
    Version,
    day_of,
    decided_as_for,
    most_of,
    settled_so_far,
)
from fotfeste.statistics.figure import Mark

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store


def revise(
    bundle: Bundle,
    total: int,
    *,
    standing: Mapping[str, Standing],
    as_of: str,
    origin: str = "",
    minors: int | None = None,
    decided_as: DecidedAs | None = None,
) -> Revision:
    """Return the revision of a bundle to a new ``total`` (minors included, those of the bundle when ``None``).

    ``standing`` is what is decided and settled so far by code, as of ``as_of`` (ISO date or a year), from ``origin``.
    ``decided_as`` is what decisions mean; by default a floor where the total holds them all, otherwise a cap. A
    bundle that is itself a revision passes on the versions before it.

    Raises :class:`InputError` for impossible numbers, municipalities outside the county and a day before anybody
    could be settled, and :class:`Infeasible` when more are settled already than the new total.
    """
    prepared = bundle.prepared
    request, names = prepared.request, prepared.names
    check_numbers(request.year, total, _minors(bundle, minors))
    outside = sorted(set(standing) - set(names))
    if outside:
        raise InputError(
            "revision.municipality",
            msg("Statusen nevner kommuner utenfor fylket: {codes}.", codes=", ".join(outside)),
            remedy=msg("Bruk kommunenumrene i fylket: {codes}.", codes=", ".join(names)),
        )
    whole = {code: standing.get(code, Standing()) for code in names}
    _refuse_settled_before_the_year(whole, as_of, request.year, names)
    _refuse_more_settled_than(total, whole)
    earlier = prepared.revision.versions if prepared.revision else ()
    revised_now = Version(bundle.checksum, bundle.made, request.total, request.minors, bundle.outcome.numbers)
    return Revision((*earlier, revised_now), whole, as_of, decided_as or decided_as_for(total, whole), origin)


def prepare_revision(
    bundle: Bundle,
    revision: Revision,
    total: int,
    *,
    minors: int | None = None,
    criteria: Criteria | None = None,
    replies: Replies | None = None,
    ledger: Ledger | None = None,
    data: Path | None = None,
    store: Store | None = None,
    regions: Regions | None = None,
) -> Prepared:
    """Return what the revised recommendation rests on: all that the bundle holds, save what is changed here.

    ``criteria``, ``replies`` and ``ledger`` take the place of the bundle's. The figures are those of the bundle, so
    that what is revised differs by what has happened and by nothing else; only for criteria that need other figures,
    or with the county's own ``data``, all figures are gathered anew. Raises what :func:`prepare` raises, and
    :class:`InputError` for a ledger that does not continue that of the bundle.
    """
    before = bundle.prepared
    request, held = before.request, before.ledger
    part = _minors(bundle, minors)
    check_numbers(request.year, total, part)
    check_belongs(replies, ledger, request.county_code, request.year)
    if held is not None and ledger is not None and not continues(ledger, held):
        raise InputError(
            "revision.ledger",
            msg("Loggen fortsetter ikke overstyringene i pakken: en føring der mangler eller er en annen."),
            remedy=msg("Bruk loggen som pakken ble laget med, med det som er ført siden."),
        )
    chosen = criteria or before.criteria
    replies, ledger = replies or before.replies, ledger or held
    kept = data is None and _has_figures_for(before, chosen)
    changed: dict[AlsoChanged, bool] = {
        "criteria": chosen != before.criteria,
        "replies": replies != before.replies,
        "overrides": ledger != held,
        "minors": part != request.minors,
        "data": not kept,
    }
    revision = replace(revision, also=tuple(name for name, is_so in changed.items() if is_so))
    if kept:
        return replace(
            before,
            request=replace(request, total=total, minors=part),
            criteria=chosen,
            replies=replies,
            ledger=ledger,
            revision=revision,
        )
    return prepare(
        request.county_code,
        request.year,
        total,
        minors=part,
        criteria=chosen,
        replies=replies,
        data=data,
        store=store,
        regions=regions,
        ledger=ledger,
        revision=revision,
        beside=before.beside,
        past=before.past is not None,
    )


def _minors(bundle: Bundle, minors: int | None) -> int:
    return bundle.prepared.request.minors if minors is None else minors


def _has_figures_for(prepared: Prepared, criteria: Criteria) -> bool:
    spans = {rule.years for rule in criteria.rules if rule.kind is RuleKind.CONTINUITY}
    return set(criteria.indicators) <= set(prepared.figures) and spans <= set(prepared.stocks)


def _refuse_settled_before_the_year(
    standing: Mapping[str, Standing], as_of: str, year: int, names: Mapping[str, str]
) -> None:
    if as_of[:4] >= str(year):
        return
    settled = [names[code] for code, one in standing.items() if most_of(one.settled)]
    if settled:
        raise InputError(
            "revision.day",
            msg(
                "Statusen er per {day}, men sier at noen alt er bosatt i {year}: {names}.",
                day=day_of(as_of),
                year=str(year),
                names=", ".join(settled),
            ),
            remedy=msg("Oppgi dagen statusen gjelder, eller sjekk at den gjelder riktig år."),
            command=msg("Dagen gis med --as-of."),
        )


def _refuse_more_settled_than(total: int, standing: Mapping[str, Standing]) -> None:
    settled = settled_so_far(standing)
    if settled <= total:
        return
    hidden = any(one.settled.mark is Mark.SUPPRESSED for one in standing.values())
    raise Infeasible(
        "revision.total",
        msg(
            "Den nye totalen er {total}, men {settled} er alt bosatt i år{hidden}.",
            total=total,
            settled=settled,
            hidden=msg(" når skjulte tall regnes som 4") if hidden else "",
        ),
        remedy=msg(
            "Totalen må være minst {settled} for at ingen kommune skal komme under dem som alt er bosatt.",
            settled=settled,
        ),
    )
