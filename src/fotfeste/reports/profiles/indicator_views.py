"""One indicator for one place: the sentence, the map, the chart, the data behind them, and their source."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.messages import Language, Message, Translated, msg, nmsg
from fotfeste.reports.blocks import Column
from fotfeste.reports.cells import is_span
from fotfeste.reports.maps import BORDERS
from fotfeste.reports.profiles.charts import DotRow, Look, dots, order_of, written_as
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.picture_findings import beside_alike, highest_and_lowest
from fotfeste.reports.profiles.place_maps import MapPlace, place_map
from fotfeste.reports.profiles.sentences import about_indicator
from fotfeste.reports.profiles.shown import (
    column_of,
    note_of,
    of_place,
    period_beside,
    row_of,
    shown_name,
    source_lines,
)
from fotfeste.reports.profiles.values import (
    DataColumn,
    DataTable,
    Drawing,
    IndicatorRow,
    IndicatorView,
    Place,
    SourceLine,
)
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words, period_told

FEWEST_ON_MAP = 2
DIRECTIONS = {
    "higher": msg("Høyt tall taler for å bosette flere."),
    "lower": msg("Lavt tall taler for å bosette flere."),
}


def indicator_view(
    knowledge: Knowledge, place: Place, indicator: str, words: Language, *, pictures: bool = True
) -> IndicatorView:
    """Return one indicator for one place; ``pictures`` draws the map and the chart.

    Raises :class:`~fotfeste.errors.InputError` for an unknown indicator.
    """
    found = knowledge.indicator(indicator)
    row = row_of(knowledge, found, place, words)
    data = _data(knowledge, found, place, row, words)
    sources = source_lines(knowledge, [indicator], words)
    every = [of_place(knowledge, found, knowledge.places[code], words) for code in data.links]
    return IndicatorView(
        place,
        indicator,
        row.name,
        words.text(Translated(found.definition)),
        row.unit,
        words.text(DIRECTIONS[found.direction]) if found.direction in DIRECTIONS else "",
        period_told(knowledge.period(indicator), words),
        words.text(Message(found.formula)),
        about_indicator(knowledge, found, row, place, words),
        row,
        draw_map(knowledge, found, place, words) if pictures else None,
        draw_chart(knowledge, found, place, words) if pictures else None,
        data,
        sources,
        _remarks(found, sources, words),
        note_of(every, knowledge, words),
    )


def _remarks(indicator: Indicator, sources: Sequence[SourceLine], words: Language) -> tuple[str, ...]:
    """Return what a reader must know of the figures: hidden and unshown ones, and what the data sets remark."""
    found = []
    if indicator.suppress_below:
        most = indicator.suppress_below - 1
        found.append(
            words.text(msg("Tall fra 1 til {most} er skjult av hensyn til personvernet.", most=most))
        )
    if indicator.smallest_base:
        least = indicator.smallest_base
        found.append(
            words.text(msg("Tallet vises ikke når det bygger på færre enn {least} personer.", least=least))
        )
    found += [
        words.text(msg("{title}: {remark}", title=one.title, remark=one.remark))
        for one in sources
        if one.remark
    ]
    return tuple(found)


def on_map(knowledge: Knowledge, place: Place) -> tuple[Place, ...]:
    """Return the municipalities that the map of a place shows: those of its county, or all of the country's."""
    if place.kind == "country":
        return knowledge.municipalities
    county = place.code if place.kind == "county" else place.county_code
    return tuple(one for one in knowledge.municipalities if one.county_code == county)


def draw_map(knowledge: Knowledge, indicator: Indicator, place: Place, words: Language) -> Drawing | None:
    """Return the map; ``None`` where fewer than two municipalities can be told apart.

    So it is for Oslo, and for figures that exist for counties only.
    """
    shown = [
        MapPlace(one.code, one.name, of_place(knowledge, indicator, one, words))
        for one in on_map(knowledge, place)
    ]
    told_of = sum(one.shown.figure.mark is not Mark.MISSING for one in shown)
    if told_of < FEWEST_ON_MAP:
        return None
    where = knowledge.places[place.county_code] if place.kind == "municipality" else place
    title = words.text(
        msg(
            "{indicator} i kommunene i {place}",
            indicator=shown_name(indicator, knowledge, words),
            place=where.called(words),
        )
    )
    ordered = sorted(
        (one for one in shown if one.shown.figure.value is not None), key=lambda one: order_of(one.shown)
    )
    told = [title + "."]
    finding = highest_and_lowest([(one.name, one.shown) for one in ordered], words)
    told += [finding] if finding else []
    told += [words.text(one) for one in _without_number([one.shown.figure for one in shown])]
    if place.kind == "municipality" and not place.alone:
        told.append(words.text(msg("{name} er merket med en tykk kant.", name=place.name)))
    alternative = " ".join(told)
    drawn = place_map(
        shown, indicator, words, marked="" if place.alone else place.code, title=title, told=alternative
    )
    period, sources = _origin(knowledge, indicator, words)
    below = (words.text(BORDERS),)
    return Drawing(drawn, title, alternative, period, sources, below=below, finding=finding)


def _origin(
    knowledge: Knowledge, indicator: Indicator, words: Language
) -> tuple[str, tuple[SourceLine, ...]]:
    """Return the period and the sources of a picture of one indicator."""
    period = in_words(knowledge.period(indicator.id), words)
    beside = period_beside(shown_name(indicator, knowledge, words), period)
    return beside, source_lines(knowledge, [indicator.id], words)


def _without_number(figures: Sequence[Figure]) -> list[Message]:
    partly = sum(is_span(one) for one in figures)
    hidden = sum(one.mark is Mark.SUPPRESSED for one in figures) - partly
    unknown = sum(one.mark is Mark.MISSING for one in figures)
    found = []
    if partly:
        found.append(
            nmsg(
                "{count} kommune har et delvis skjult tall.",
                "{count} kommuner har delvis skjulte tall.",
                partly,
            )
        )
    if hidden:
        found.append(
            nmsg("{count} kommune har et skjult tall.", "{count} kommuner har skjulte tall.", hidden)
        )
    if unknown:
        found.append(nmsg("{count} kommune mangler tall.", "{count} kommuner mangler tall.", unknown))
    return found


def chart_rows(knowledge: Knowledge, indicator: Indicator, place: Place, words: Language) -> list[DotRow]:
    """Return the rows of the chart: the place and those beside it, or what lies inside it, highest first."""

    def row(one: Place, look: Look) -> DotRow:
        return DotRow(one.called(words), of_place(knowledge, indicator, one, words), look)

    if place.kind == "municipality":
        inside = [row(place, "own"), *(row(one, "alike") for one in knowledge.alike(place))]
    else:
        inside = [row(one, "plain") for one in knowledge.inside(place)]
    larger = []
    if indicator.kind not in ("count", "difference"):
        county = place if place.kind == "county" and not place.alone else knowledge.county_of(place)
        larger = [row(county, "county")] if county else []
        larger.append(row(knowledge.country, "country"))
    return sorted(inside, key=lambda one: order_of(one.shown)) + larger


def draw_chart(
    knowledge: Knowledge, indicator: Indicator, place: Place, words: Language, *, judged: bool = True
) -> Drawing | None:
    """Return the chart; ``None`` where no row has a number, or the numbers are only yes and no.

    Its heading tells whether a municipality is higher or lower than those alike, unless that is not to be ``judged``.
    """
    rows = chart_rows(knowledge, indicator, place, words)
    drawable = [one for one in rows if one.shown.figure.value is not None]
    if not drawable or indicator.kind in ("flag", "class"):
        return None
    text = words.text
    name = shown_name(indicator, knowledge, words)
    if place.kind == "municipality":
        title = text(msg("{indicator}: {place} ved siden av andre", indicator=name, place=place.name))
    elif place.kind == "county":
        title = text(msg("{indicator}: kommunene i {place}", indicator=name, place=place.name))
    else:
        title = text(msg("{indicator}: fylkene", indicator=name))
    told = "; ".join(text(msg("{place}: {value}", place=one.label, value=one.shown.said)) for one in rows)
    names: dict[Look, str] = {
        "own": place.called(words),
        "alike": text(msg("lignende kommuner")),
        "county": text(msg("fylket")),
        "country": text(msg("landet")),
    }
    drawn = dots(rows, indicator, words, names=names, title=title, told=told)
    period, sources = _origin(knowledge, indicator, words)
    if place.kind == "municipality":
        finding = beside_alike(knowledge, indicator, place, words, judged=judged)
    else:
        inside = [one for one in rows if one.look == "plain" and one.shown.figure.value is not None]
        finding = highest_and_lowest([(one.label, one.shown) for one in inside], words)
    written = written_as([one.shown for one in rows], indicator)
    return Drawing(drawn, title, f"{title}. {told}.", period, sources, written, finding=finding)


def _data(
    knowledge: Knowledge, indicator: Indicator, place: Place, row: IndicatorRow, words: Language
) -> DataTable:
    """Return the data behind map and chart: every place in either, the place itself first."""
    text = words.text
    county = place if place.kind == "county" else knowledge.county_of(place)
    larger = [one for one in (county, knowledge.country) if one is not None]
    rest = sorted(
        {one.code: one for one in (*on_map(knowledge, place), *knowledge.inside(place))}.values(),
        key=lambda one: (one.kind != "county", one.code),
    )
    order = dict.fromkeys((place, *knowledge.alike(place), *larger, *rest))
    kinds = {"country": msg("land"), "county": msg("fylke"), "municipality": msg("kommune")}
    rows, links = [], []
    for one in order:
        shown = of_place(knowledge, indicator, one, words)
        in_words = shown.text if indicator.kind == "flag" else shown.figure
        few = text(msg("usikkert: få personer")) if shown.few else ""
        is_alike = one in knowledge.alike(place)
        alike = text(msg("lignende")) if is_alike else ""
        rows.append(
            (
                one.called(words),
                one.code,
                text(kinds[one.kind]),
                one.kind,
                in_words,
                shown.figure,
                row.period,
                "; ".join(part for part in (alike, few) if part),
                is_alike,
                shown.few,
            )
        )
        links.append(one.code)
    return DataTable(
        f"{indicator.id}-{place.code}",
        text(msg("{indicator} i {place} og andre steder", indicator=row.name, place=place.called(words))),
        (
            DataColumn("place_name", Column(text(msg("Sted")))),
            DataColumn("place", Column(text(msg("Nummer")))),
            DataColumn("kind_name", Column(text(msg("Type"))), for_people=True),
            DataColumn("kind", Column("kind"), for_machines=True),
            DataColumn("shown", column_of(indicator, row.name), for_people=True),
            DataColumn("value", column_of(indicator, row.name), for_machines=True),
            DataColumn("period", Column(text(msg("Periode")))),
            DataColumn("remark", Column(text(msg("Merknad"))), for_people=True),
            DataColumn("alike", Column("alike"), for_machines=True),
            DataColumn("few", Column("few"), for_machines=True),
        ),
        tuple(rows),
        tuple(links),
        frozenset({0}),
        sources=source_lines(knowledge, [indicator.id], words),
    )
