"""Gather everything a recommendation rests on from the statistics, the criteria and the replies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.criteria import Criteria, RuleKind
from fotfeste.settlement.gather import (
    ALIKE,
    COUNTY_INDICATORS,
    SHOWN_INDICATORS,
    Gathered,
    counted_figures,
    county_facts,
    county_levels,
    municipality_facts,
    requested_in,
    settled_over,
    shown_figures,
    used_sources,
)
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepared import DataVersion, Prepared
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.result import Request
from fotfeste.settlement.revision import OWN, Revision

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.settlement.past import PastPractice
    from fotfeste.statistics import Store, UserData
    from fotfeste.statistics.sources import Source

__all__ = ["prepare"]

FIRST_YEAR = 2024
"""The first year with the municipalities of today, in which all figures stand."""
FIRST_HISTORY_YEAR = 2012
"""The first year with settled persons in the data."""


def prepare(
    county: str,
    year: int,
    total: int,
    *,
    minors: int = 0,
    criteria: Criteria | str | Path | None = None,
    replies: Replies | None = None,
    data: Path | None = None,
    store: Store | None = None,
    regions: Regions | None = None,
    ledger: Ledger | None = None,
    revision: Revision | None = None,
    beside: Sequence[Criteria | str | Path] = (),
    past: bool = False,
) -> Prepared:
    """Gather what a recommendation of ``total`` persons for ``county`` in ``year`` rests on.

    Arguments and errors are those of :func:`~fotfeste.settlement.recommendation.recommend`; ``beside`` are criteria
    to be compared with, and ``past`` asks for the shares that follow from earlier requests.
    """
    from fotfeste.regions import load_regions
    from fotfeste.statistics import open_store
    from fotfeste.statistics.indicator_catalogue import catalogue_for

    check_numbers(year, total, minors)
    regions = regions or load_regions()
    store = store or open_store()
    area = regions.county(county, year)
    chosen = _read(criteria, year)
    others = tuple(_read(one, year) for one in beside)
    check_belongs(replies, ledger, area.code, year)
    codes = tuple(one.code for one in regions.municipalities(year, area.code))
    user = None if data is None else _supplied(data, codes, year)
    wanted = indicators_wanted((chosen, *others))
    catalogue = catalogue_for(store.data_dir)
    known = [name for name in wanted if name in catalogue or (user is not None and name in user)]
    gathered = _gather(known, area.code, year, store, regions, user)
    used = [name for name in indicators_used((chosen, *others)) if name in known]
    sources = used_sources(gathered, known)
    practice = _past(store, regions, codes, year) if past else None
    return Prepared(
        Request(area.code, area.name, year, total, minors),
        chosen,
        replies,
        ledger,
        revision,
        {one.code: one.name for one in gathered.municipalities},
        counted_figures(gathered, used),
        shown_figures(gathered, used),
        county_levels(gathered, used, area.code),
        requested_in(gathered, year - 1),
        {span: settled_over(gathered, span) for span in spans_of((chosen, *others))},
        municipality_facts(gathered, regions, area.code),
        county_facts(gathered, regions, area.code),
        sources,
        _versions(sources, store, data),
        {name: declared for name in used if (declared := gathered.indicators.uncertainty(name)) is not None},
        others,
        practice.shares if practice else None,
        practice.standing if practice else None,
    )


def default_criteria(year: int, shipped: tuple[str, ...]) -> str:
    """Return the id of the shipped default: that of the newest year not after ``year``, else the oldest."""
    years = sorted(int(name.removeprefix("standard-")) for name in shipped if name.startswith("standard-"))
    fitting = [one for one in years if one <= year] or years[:1]
    return f"standard-{fitting[-1]}"


def _read(criteria: Criteria | str | Path | None, year: int) -> Criteria:
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria

    if isinstance(criteria, Criteria):
        return criteria
    return read_criteria(criteria or default_criteria(year, shipped_criteria()))


def check_numbers(year: int, total: int, minors: int) -> None:
    """Raise :class:`InputError` for a year without data, a total below one, or more minors than the total."""
    if year < FIRST_YEAR:
        raise InputError(
            "request.year",
            msg(
                "Anbefalinger kan lages fra {first}, ikke for {year}.", first=str(FIRST_YEAR), year=str(year)
            ),
            remedy=msg("Dataene står i kommunene slik de er fra {first}.", first=str(FIRST_YEAR)),
        )
    if total < 1:
        raise InputError(
            "request.total",
            msg("Totalen må være minst 1, men er {total}.", total=total),
            remedy=msg("Oppgi hvor mange personer som skal bosettes i fylket."),
            command=msg("Tallet gis med --total."),
        )
    if not 0 <= minors <= total:
        raise InputError(
            "request.minors",
            msg(
                "Enslige mindreårige ({minors}) må være mellom 0 og totalen ({total}).",
                minors=minors,
                total=total,
            ),
            remedy=msg("Enslige mindreårige er en del av totalen («herav»)."),
        )


def check_belongs(replies: Replies | None, ledger: Ledger | None, county_code: str, year: int) -> None:
    """Raise :class:`InputError` for replies or a ledger of another county or year."""
    if ledger is not None and (ledger.county_code, ledger.year) != (county_code, year):
        raise InputError(
            "ledger.other",
            msg(
                "Overstyringene gjelder fylke {county} og året {year}, ikke det som er bestilt.",
                county=ledger.county_code,
                year=str(ledger.year),
            ),
            remedy=msg("Bruk loggen for riktig fylke og år."),
        )
    if replies is not None and (replies.county_code, replies.year) != (county_code, year):
        raise InputError(
            "replies.other",
            msg(
                "Svarene gjelder fylke {county} og året {year}, ikke det som er bestilt.",
                county=replies.county_code,
                year=str(replies.year),
            ),
            place=replies.origin,
            remedy=msg("Bruk svarskjemaet for riktig fylke og år."),
        )


def _gather(
    known: Sequence[str], county_code: str, year: int, store: Store, regions: Regions, user: UserData | None
) -> Gathered:
    from fotfeste.statistics import compute
    from fotfeste.statistics.borders import borders_of
    from fotfeste.statistics.history import by_municipality, settlement_years

    municipalities = regions.municipalities(year, county_code)
    codes = tuple(one.code for one in municipalities)
    alike = {code: regions.similar(code, ALIKE) for code in codes}
    everyone = tuple(dict.fromkeys((*codes, *(one.code for group in alike.values() for one in group))))
    indicators = compute(store, regions, known, everyone, year, user=user)
    years = settlement_years(store, borders_of(regions), range(FIRST_HISTORY_YEAR, year))
    return Gathered(municipalities, indicators, by_municipality(years, codes), years, alike)


def indicators_used(criteria: Sequence[Criteria]) -> tuple[str, ...]:
    """Return the indicators that several criteria count, each once."""
    return tuple(dict.fromkeys(name for one in criteria for name in one.indicators))


def indicators_wanted(criteria: Sequence[Criteria]) -> tuple[str, ...]:
    """Return the indicators that a recommendation uses or shows, each once."""
    shown = (*SHOWN_INDICATORS, *COUNTY_INDICATORS, "requested_last", "settled_5y")
    return tuple(dict.fromkeys((*indicators_used(criteria), *shown)))


def spans_of(criteria: Sequence[Criteria]) -> tuple[int, ...]:
    """Return how many finished years the continuity rules look back on."""
    rules = [rule for one in criteria for rule in one.rules]
    return tuple(sorted({rule.years for rule in rules if rule.kind is RuleKind.CONTINUITY}))


def _supplied(data: Path, codes: tuple[str, ...], year: int) -> UserData:
    from fotfeste.statistics import read_user_indicators

    return read_user_indicators(data, codes, year)


def _versions(sources: Sequence[Source], store: Store, data: Path | None) -> tuple[DataVersion, ...]:
    """Return the version and checksum of every data set that was read, the user's own file last."""
    from fotfeste.statistics.publishing.datasets import shown_checksum

    found = {
        one.dataset: DataVersion(
            one.dataset, one.version, shown_checksum(store, store.dataset(one.dataset, one.version))
        )
        for one in sources
        if one.dataset in store.versions
    }
    own = [] if data is None else [DataVersion(f"{OWN}{data.name}", "", "")]
    return (*(found[name] for name in sorted(found)), *own)


def _past(store: Store, regions: Regions, codes: tuple[str, ...], year: int) -> PastPractice:
    from fotfeste.settlement.past import past_shares

    return past_shares(store, regions, codes, year)
