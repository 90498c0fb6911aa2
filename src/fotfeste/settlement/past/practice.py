"""One county's total shared out as before: each municipality's share, and what must be said beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.past.choices import PastSettings, past_settings
from fotfeste.settlement.past.exact import exact_shares
from fotfeste.settlement.past.model import Fitted, fit
from fotfeste.settlement.past.record import Record, persons_asked, read_record
from fotfeste.settlement.past.words import PastStanding, remarks_of
from fotfeste.statistics.borders import CURRENT

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.store import Store


@dataclass(frozen=True, slots=True)
class PastPractice:
    """What each municipality would get of the total if the State went on as before.

    ``shares`` sum to one exactly, in the order asked for. ``fitted_years`` are the years of requests behind them,
    ``exponent`` what population was raised to and ``population_year`` the 1 January it is from. ``standing`` is what
    the remarks tell.
    """

    shares: Mapping[str, Fraction]
    fitted_years: tuple[int, ...]
    settings: PastSettings
    remarks: tuple[Message, ...]
    exponent: Decimal
    population_year: int
    standing: PastStanding


def past_shares(
    store: Store, regions: Regions, codes: Sequence[str], year: int, asked: Collection[str] | None = None
) -> PastPractice:
    """Return the share of each of ``codes`` (municipalities of today) in their total for ``year``, as before.

    Only requests and population from before ``year`` are used. ``asked`` are the municipalities that will be asked, when that
    is known: the others get nothing. Without it every share is multiplied by how often the municipality has been asked.
    Raises :class:`InputError` for codes that are no municipalities of today, come twice, or leave nobody to be asked,
    and :class:`DataMissing` when no request is known from before ``year``.
    """
    names = {one.code: one.name for one in regions.municipalities(CURRENT)}
    _check_codes(codes, asked, names)
    settings = past_settings()
    past = read_record(store, regions, settings.first_year, year).before(year)
    fitted = fit(past, settings) if past.requested and past.population else None
    if fitted is None or not fitted.years:
        raise DataMissing(
            "past.years",
            msg("Ingen anmodninger er kjent fra før {year}.", year=str(year)),
            remedy=msg("Velg et år etter {year}.", year=str(settings.first_year)),
        )
    if not all(fitted.size.get(code) for code in codes):
        lacking = ", ".join(names[code] for code in codes if not fitted.size.get(code))
        raise DataMissing(
            "past.population",
            msg(
                "Folketallet 1. januar {year} mangler for {names}.",
                year=str(fitted.population_year),
                names=lacking,
            ),
            remedy=msg("Importer folketallet for kommunene."),
        )
    weights = fitted.weights(codes, asked)
    never = asked is None and not any(weights.values())
    shares = exact_shares(fitted.weights(codes, codes) if never else weights)
    standing = _standing(past, fitted, codes, asked is not None, never)
    remarks = remarks_of(standing, names, year)
    return PastPractice(
        shares, fitted.years, settings, remarks, fitted.exponent, fitted.population_year, standing
    )


def _check_codes(codes: Sequence[str], asked: Collection[str] | None, names: Mapping[str, str]) -> None:
    unknown = sorted({*codes, *(asked or ())} - names.keys())
    if unknown:
        raise InputError(
            "past.unknown",
            msg("Ukjente kommuner: {codes}.", codes=", ".join(unknown)),
            remedy=msg("Bruk kommunenumrene som gjelder i dag."),
        )
    if not codes or len(set(codes)) != len(codes):
        raise InputError("past.codes", msg("Kommunene må nevnes én gang hver, og minst én må nevnes."))
    if asked is not None and not set(codes) & set(asked):
        raise InputError(
            "past.nobody",
            msg("Ingen av kommunene blir bedt om å bosette, så det er ikke noe å fordele."),
            remedy=msg("La listen over kommuner som blir bedt, stå tom hvis den ikke er kjent."),
        )


def _standing(
    past: Record, fitted: Fitted, codes: Sequence[str], asked_known: bool, never: bool
) -> PastStanding:
    gaps = {code: _unknown_years(past, fitted.years, code) for code in codes}
    return PastStanding(
        max(fitted.years),
        asked_known,
        never,
        () if asked_known or never else tuple(code for code in codes if not fitted.chance[code]),
        {code: years for code, years in gaps.items() if years},
        tuple(code for code in codes if not _ever_asked(past, fitted.years, code)),
    )


def _unknown_years(past: Record, years: Sequence[int], code: str) -> tuple[int, ...]:
    return tuple(year for year in years if persons_asked(past.requested[year][code]) is None)


def _ever_asked(past: Record, years: Sequence[int], code: str) -> bool:
    return any(persons_asked(past.requested[year][code]) for year in years)
