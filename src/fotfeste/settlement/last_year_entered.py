"""What a recommendation rests on, with last year's figures as the county has entered them where none are published.

IMDi's request and the council's decision of the year before are known to the county long before they stand in the
statistics. What is published goes first, by municipality and figure. The figures entered are a source of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from fotfeste.messages import language, msg
from fotfeste.settings import LOCALES
from fotfeste.settlement.comparison import figures_of
from fotfeste.settlement.facts import MunicipalityFacts, YearFigures
from fotfeste.settlement.follow_up.own_years import OwnYear, filled
from fotfeste.settlement.prepared import DataVersion, Prepared
from fotfeste.settlement.revision import OWN
from fotfeste.statistics.figure import Figure, Mark, total
from fotfeste.statistics.sources import ADDED_BY_COUNTY, STATED_BY_COUNTY, Source

DATASET = f"{OWN}last_year"
"""What the figures entered are called among the sources and the data."""
INDICATORS = ("requested_last", "decided_last")
"""The indicators that stand for a figure of last year."""


def with_last_year(prepared: Prepared, entered: Mapping[str, OwnYear]) -> Prepared:
    """Return ``prepared`` with what the county has entered of the year before, by code; other years are left out.

    A year whose settled persons are entered whole is told without them: the rules that look back on finished years do not
    know it.
    """
    year = prepared.request.year - 1
    used: dict[str, OwnYear] = {}
    facts = dict(prepared.facts)
    for code, own in entered.items():
        if code not in facts or own.year != year:
            continue
        history, found = filled(facts[code].history, _unfinished(own))
        if found is not None:
            used[code], facts[code] = found, replace(facts[code], history=history)
    if not used:
        return prepared
    asked = {code: one.requested.figure for code, one in used.items() if one.requested}
    said = {code: one.decided.figure for code, one in used.items() if one.decided}
    figures, shown, levels = dict(prepared.figures), dict(prepared.shown), dict(prepared.levels)
    for name, new in zip(INDICATORS, (asked, said), strict=True):
        if name in figures:
            figures[name], shown[name] = _over(figures[name], new), _over(shown[name], new)
            if levels[name].mark is Mark.MISSING:
                levels[name] = total(figures[name].values())
    return replace(
        prepared,
        last_requested=_over(prepared.last_requested, asked),
        facts=facts,
        county=replace(prepared.county, history=_of_county(prepared.county.history, year, facts)),
        figures=figures,
        shown=shown,
        levels=levels,
        sources=(*prepared.sources, source_of(used, year)),
        data=(*prepared.data, DataVersion(DATASET, "", _checksum(used))),
    )


def source_of(used: Mapping[str, OwnYear], year: int) -> Source:
    """Return where the figures entered come from, by the newest day among them."""
    title = msg("Anmodninger og vedtak i {year}, ført inn av fylkeskommunen", year=str(year))
    titles = tuple((locale, language(locale).text(title)) for locale in LOCALES)
    newest = max(figure.on for own in used.values() for _, figure in own.entered)
    return Source(
        dataset=DATASET,
        version="",
        title=dict(titles)["nb"],
        agency=STATED_BY_COUNTY.text,
        table="",
        period=str(year),
        retrieved=newest,
        licence="",
        remark=ADDED_BY_COUNTY.text,
        titles=titles,
    )


def _unfinished(own: OwnYear) -> OwnYear:
    whole = own.settled is not None and own.settled.on >= date(own.year, 12, 31)
    return replace(own, settled=None) if whole else own


def _over(figures: Mapping[str, Figure], new: Mapping[str, Figure]) -> dict[str, Figure]:
    return {
        code: new[code] if one.mark is Mark.MISSING and code in new else one for code, one in figures.items()
    }


def _of_county(
    history: Sequence[YearFigures], year: int, facts: Mapping[str, MunicipalityFacts]
) -> tuple[YearFigures, ...]:
    """Return the county's history with last year's sums; a sum is missing where the figure of one municipality is."""
    rows = [figures_of(one.history, year) for one in facts.values()]
    old = figures_of(history, year)
    days = [one.status_date for one in (*rows, old) if one.status_date]
    new = YearFigures(
        year,
        _kept(old.requested, [one.requested for one in rows]),
        _kept(old.decided, [one.decided for one in rows]),
        _kept(old.settled, [one.settled for one in rows]),
        max(days, default=None),
    )
    return tuple(sorted((*(one for one in history if one.year != year), new), key=lambda one: one.year))


def _kept(old: Figure, parts: Sequence[Figure]) -> Figure:
    return total(parts) if old.mark is Mark.MISSING else old


def _checksum(used: Mapping[str, OwnYear]) -> str:
    from fotfeste.settlement.kept_files import checksum_of_content

    return checksum_of_content(
        {
            code: [
                [name, str(one.figure.mark), str(one.figure.value), one.on.isoformat()]
                for name, one in own.entered
            ]
            for code, own in sorted(used.items())
        }
    )
