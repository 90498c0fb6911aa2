"""One place at a glance: the sentence, key figures, every indicator beside others, settlement and people by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from fotfeste.messages import Language, Message, msg
from fotfeste.regions.names import norwegian_order
from fotfeste.reports import small_charts
from fotfeste.reports.blocks import Column
from fotfeste.reports.documents.wording import requested, said
from fotfeste.reports.profiles.charts import people_by_year
from fotfeste.reports.profiles.judged import trends
from fotfeste.reports.profiles.knowledge import Knowledge, YearFigures
from fotfeste.reports.profiles.sentences import about_place
from fotfeste.reports.profiles.shown import (
    is_comparable,
    note_of,
    of_place,
    period_beside,
    row_of,
    source_lines,
)
from fotfeste.reports.profiles.values import (
    DataColumn,
    DataTable,
    Drawing,
    Illustrated,
    IndicatorRow,
    KeyFigure,
    Overview,
    Place,
    PlaceRow,
    Shown,
    ThemeRows,
)
from fotfeste.statistics.figure import Figure, Mark, Number
from fotfeste.statistics.series.sentences import about_trend
from fotfeste.statistics.series.trends import Verdict

KEY_FIGURES = (
    "population",
    "population_change_5y",
    "requested_last",
    "decided_last",
    "settled_last",
    "settled_1y",
    "settled_per_1000_5y",
    "refugee_share",
)
LISTED = ("population", "population_change_5y", "settled_1y")
SETTLEMENT_SOURCES = ("settled_1y",)
FEWEST_YEARS = 2


def overview(knowledge: Knowledge, place: Place, words: Language) -> Overview:
    """Return one place at a glance."""
    themes = tuple(
        ThemeRows(
            theme.id,
            words.text(theme.name),
            tuple(row_of(knowledge, one, place, words) for one in theme.indicators),
        )
        for theme in knowledge.themes
    )
    rows = {row.indicator: row for theme in themes for row in theme.rows}
    listed = tuple(_listed(knowledge, one, words) for one in by_name(knowledge.inside(place)))
    every = [shown for row in rows.values() for shown in shown_in(row)]
    return Overview(
        place,
        about_place(knowledge, place, words),
        tuple(_key_figure(knowledge, rows[name], words) for name in KEY_FIGURES if _has_number(rows, name)),
        themes,
        settlement_by_year(knowledge, place, words),
        people(knowledge, place, words),
        knowledge.alike(place),
        listed,
        knowledge.period("settled_1y") if "settled_1y" in knowledge.indicator_ids else "",
        data_of(
            knowledge,
            place,
            rows,
            words,
            f"oversikt-{place.code}",
            msg("Alle tall for {name}, ved siden av andre", name=place.called(words)),
        ),
        source_lines(knowledge, rows, words),
        note_of(every, knowledge, words),
    )


def by_name(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return municipalities as people look them up: from A to Å, with ø before å; other places as they stand."""
    if any(one.kind != "municipality" for one in places):
        return tuple(places)
    return tuple(sorted(places, key=lambda one: (norwegian_order(one.name), one.code)))


def shown_in(row: IndicatorRow) -> tuple[Shown, ...]:
    """Return every figure of a row."""
    alike = (row.alike.median, row.alike.low, row.alike.high) if row.alike else ()
    return tuple(one for one in (row.own, row.county, row.country, *alike) if one is not None)


def _has_number(rows: dict[str, IndicatorRow], name: str) -> bool:
    without = (".",) if name == "requested_last" else (".", "–")
    return name in rows and rows[name].own.text not in without


def _key_figure(knowledge: Knowledge, row: IndicatorRow, words: Language) -> KeyFigure:
    comparable = is_comparable(knowledge.indicator(row.indicator))
    beside = [
        words.text(msg("{place} {value}", place=name, value=shown.text))
        for name, shown in (
            (msg("fylket"), row.county),
            (msg("landet"), row.country),
            (msg("lignende kommuner"), row.alike.median if row.alike else None),
        )
        if shown is not None and shown.text not in (".", "–", ":") and comparable
    ]
    told = (period_beside(row.name, row.period), ", ".join(beside))
    return KeyFigure(row.name, row.own, "; ".join(one for one in told if one), row.indicator)


def _listed(knowledge: Knowledge, place: Place, words: Language) -> PlaceRow:
    found = [
        of_place(knowledge, knowledge.indicator(name), place, words)
        if name in knowledge.indicator_ids
        else _unknown(words)
        for name in LISTED
    ]
    return PlaceRow(place, *found)


def _unknown(words: Language) -> Shown:
    return Shown(Figure.missing(), ".", words.text(msg("ikke kjent")))


def settlement_by_year(knowledge: Knowledge, place: Place, words: Language) -> Illustrated | None:
    """Return asked, decided and settled by year; ``None`` without two years that have a number or bounds."""
    years = knowledge.history(place)
    told = [
        one for one in years if any(_drawn(figure) for figure in (one.requested, one.decided, one.settled))
    ]
    if len(told) < FEWEST_YEARS:
        return None
    text, name = words.text, place.called(words)
    title = text(
        msg(
            "Anmodet, vedtatt og bosatt i {name} {first}–{last}",
            name=name,
            first=str(years[0].year),
            last=str(years[-1].year),
        )
    )
    most = max((figure.high or 0) for one in years for figure in (one.requested, one.decided, one.settled))
    points = [
        small_charts.HistoryPoint(
            one.year, one.requested, one.decided, _to_draw(one.settled, most), _status(one, words)
        )
        for one in years
    ]
    heads = (text(msg("Anmodet")), text(msg("Vedtatt")), text(msg("Bosatt")))
    alternative = " ".join(
        text(
            msg(
                "{year}: {asked}, vedtatt {decided}, bosatt {settled}.",
                year=_year(one, words),
                asked=requested(one.requested),
                decided=said(one.decided),
                settled=said(one.settled),
            )
        )
        for one in years
    )
    note = _gaps(years, heads, place, words)
    alternative = f"{alternative} {note}" if note else alternative
    drawn = small_charts.history(points, heads, words, title=title, description=alternative, note=note)
    data = DataTable(
        f"bosetting-{place.code}",
        title,
        (
            DataColumn("year", Column(text(msg("År")))),
            *(
                DataColumn(key, Column(head, "number"))
                for key, head in zip(("requested", "decided", "settled"), heads, strict=True)
            ),
            DataColumn("status", Column(text(msg("Status"))), for_people=True),
            DataColumn("status_date", Column("status_date"), for_machines=True),
        ),
        tuple(
            (
                str(one.year),
                one.requested,
                one.decided,
                one.settled,
                _status(one, words),
                one.status_date or "",
            )
            for one in years
        ),
        sources=source_lines(knowledge, SETTLEMENT_SOURCES, words),
    )
    finding = _changed(knowledge, place, "settled_1y", words)
    return Illustrated(Drawing(drawn, title, alternative, sources=data.sources, finding=finding), data)


def _gaps(years: Sequence[YearFigures], heads: tuple[str, str, str], place: Place, words: Language) -> str:
    """Return which years and lines have no figure; sums are unknown where a single municipality's figure is."""
    kinds = (
        [one.requested for one in years],
        [one.decided for one in years],
        [one.settled for one in years],
    )
    unknown = [
        {
            one.year
            for one, figure in zip(years, kind, strict=True)
            if figure.mark is Mark.MISSING and not figure.high
        }
        for kind in kinds
    ]
    every = set.intersection(*unknown)
    found = [_stretches(every)] if every else []
    found += [
        f"{head.lower()} {_stretches(rest - every)}"
        for head, rest in zip(heads, unknown, strict=True)
        if rest - every
    ]
    if not found:
        return ""
    gaps = "; ".join(found)
    if place.kind == "municipality" or place.alone:
        return words.text(msg("Ikke kjent: {gaps}.", gaps=gaps))
    return words.text(msg("Ikke kjent for alle kommuner: {gaps}.", gaps=gaps))


def _stretches(years: set[int]) -> str:
    """Return years with those that follow each other as a stretch: ``2015, 2018–2020``."""
    found: list[tuple[int, int]] = []
    for year in sorted(years):
        first = found.pop()[0] if found and found[-1][1] == year - 1 else year
        found.append((first, year))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


def _drawn(figure: Figure) -> bool:
    return figure.value is not None or bool(figure.high)


def _to_draw(figure: Figure, most: Number) -> Figure:
    """Return a sum whose bounds are closer than the picture can show as their middle, so that its line is whole."""
    if figure.mark is not Mark.SUPPRESSED or figure.low is None or figure.high is None:
        return figure
    if (figure.high - figure.low) * small_charts.HISTORY_HEIGHT > most:
        return figure
    return Figure.observed((Fraction(figure.low) + Fraction(figure.high)) / 2)


def _status(one: YearFigures, words: Language) -> str:
    if one.status_date is None:
        return ""
    try:
        day = date.fromisoformat(one.status_date)
    except ValueError:
        return words.text(msg("ikke hele året"))
    return words.text(msg("per {day}", day=words.short_date(day)))


def _year(one: YearFigures, words: Language) -> str:
    status = _status(one, words)
    return f"{one.year} ({status})" if status else str(one.year)


def people(knowledge: Knowledge, place: Place, words: Language) -> Illustrated | None:
    """Return the population on 1 January by year; ``None`` without two years."""
    years = knowledge.people(place)
    known = [(year, figure) for year, figure in years if figure.value is not None]
    if len(known) < FEWEST_YEARS:
        return None
    title = words.text(
        msg(
            "Folketall i {name} {first}–{last}",
            name=place.called(words),
            first=str(known[0][0]),
            last=str(known[-1][0]),
        )
    )
    peak = max(known, key=lambda one: one[1].value or 0)
    alternative = words.text(
        msg(
            "{title}. En linje med folketallet 1. januar hvert år: {first_people} i {first}, {last_people} i {last}. "
            "Det høyeste er {peak_people} i {peak}.",
            title=title,
            first=str(known[0][0]),
            first_people=said(known[0][1]),
            last=str(known[-1][0]),
            last_people=said(known[-1][1]),
            peak=str(peak[0]),
            peak_people=said(peak[1]),
        )
    )
    data = DataTable(
        f"folketall-{place.code}",
        title,
        (
            DataColumn("year", Column(words.text(msg("År")))),
            DataColumn("population", Column(words.text(msg("Folketall 1. januar")), "number")),
        ),
        tuple((str(year), figure) for year, figure in years),
        sources=source_lines(knowledge, ["population"], words),
    )
    return Illustrated(
        Drawing(
            people_by_year(years, words, title=title, told=alternative),
            title,
            alternative,
            sources=data.sources,
            finding=_changed(knowledge, place, "population", words),
        ),
        data,
    )


def _changed(knowledge: Knowledge, place: Place, indicator: str, words: Language) -> str:
    """Return what can be said of an indicator's change; nothing where it is not followed."""
    found = trends(knowledge, place).get(indicator)
    return "" if found is None or found.verdict is Verdict.UNTOLD else words.text(about_trend(found))


def data_of(
    knowledge: Knowledge,
    place: Place,
    rows: dict[str, IndicatorRow],
    words: Language,
    name: str,
    caption: Message,
) -> DataTable:
    """Return the indicators of ``rows`` as long data: one row for each indicator and place.

    ``name`` is that of the file, ``caption`` that of the table.
    """
    text = words.text
    county = knowledge.county_of(place)
    beside = (county, None if place.kind == "country" else knowledge.country)
    places = [one for one in (place, *beside, *knowledge.alike(place)) if one is not None]
    from_where = [source_lines(knowledge, [each], words) for each in rows]
    found, links = [], []
    for each, row in rows.items():
        indicator = knowledge.indicator(each)
        for one in places:
            shown = of_place(knowledge, indicator, one, words)
            about = text(msg("usikkert: få personer")) if shown.few else ""
            found.append(
                (
                    each,
                    row.name,
                    text(indicator.unit),
                    indicator.kind,
                    row.period,
                    one.code,
                    one.called(words),
                    shown.text,
                    shown.figure,
                    about,
                    shown.few,
                )
            )
            links.append(one.code)
    heads = (
        DataColumn("indicator", Column(text(msg("Indikator (kode)")))),
        DataColumn("indicator_name", Column(text(msg("Indikator")))),
        DataColumn("unit", Column(text(msg("Enhet")))),
        DataColumn("measure", Column("measure"), for_machines=True),
        DataColumn("period", Column(text(msg("Periode")))),
        DataColumn("place", Column(text(msg("Nummer")))),
        DataColumn("place_name", Column(text(msg("Sted")))),
        DataColumn("shown", Column(text(msg("Vist"))), for_people=True),
        DataColumn("value", Column(text(msg("Verdi")), "number", 4)),
        DataColumn("remark", Column(text(msg("Merknad"))), for_people=True),
        DataColumn("few", Column("few"), for_machines=True),
    )
    return DataTable(
        name,
        text(caption),
        heads,
        tuple(found),
        tuple(links),
        sources=source_lines(knowledge, rows, words),
        row_sources=tuple(source for source in from_where for _ in places),
    )
