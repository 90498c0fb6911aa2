"""Up to six places side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import Language, msg, nmsg
from fotfeste.reports.blocks import CellValue, Column
from fotfeste.reports.profiles.charts import DotRow, dots, written_as
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.picture_findings import highest_and_lowest
from fotfeste.reports.profiles.shown import (
    is_comparable,
    note_of,
    of_place,
    period_beside,
    shown_name,
    source_lines,
    unit_of,
)
from fotfeste.reports.profiles.values import (
    Comparison,
    ComparisonRow,
    DataColumn,
    DataTable,
    Drawing,
    Place,
    Shown,
)
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words

MOST_PLACES = 6
SETTLEMENT_RATE = "settled_per_1000"
"""The ids of settlement set against the population begin so."""


def comparison(
    knowledge: Knowledge,
    places: Sequence[str],
    indicators: Sequence[str],
    words: Language,
    *,
    pictures: bool = True,
) -> Comparison:
    """Return places (codes or names, each counted once) beside each other; without ``indicators``, by all of them.

    Raises :class:`InputError` for none or more than six places, and for an unknown place or indicator.
    """
    chosen = tuple(dict.fromkeys(knowledge.place(code) for code in places))
    if not chosen:
        raise InputError(
            "comparison.none",
            msg("Det er ikke valgt noe sted å sammenligne."),
            remedy=msg("Velg ett til {most} steder.", most=MOST_PLACES),
        )
    if len(chosen) > MOST_PLACES:
        raise InputError(
            "comparison.too_many",
            msg(
                "Det er valgt {count} steder; høyst {most} kan stå ved siden av hverandre.",
                count=len(chosen),
                most=MOST_PLACES,
            ),
            remedy=msg("Ta bort ett eller flere steder."),
        )
    asked = [knowledge.indicator(name) for name in dict.fromkeys(indicators or knowledge.indicator_ids)]
    rows = tuple(_row(knowledge, one, chosen, words, pictures) for one in asked)
    names = [one.id for one in asked]
    return Comparison(
        chosen,
        _sentence(knowledge, rows, chosen, words),
        rows,
        _data(knowledge, rows, chosen, words),
        source_lines(knowledge, names, words),
        note_of((one for row in rows for one in row.values), knowledge, words),
    )


def _sentence(
    knowledge: Knowledge, rows: Sequence[ComparisonRow], places: Sequence[Place], words: Language
) -> str:
    """Return who is highest and lowest: by the first settlement rate, else the first that places of different size share."""

    def late(row: ComparisonRow) -> tuple[bool, bool]:
        comparable = is_comparable(knowledge.indicator(row.indicator))
        return not row.indicator.startswith(SETTLEMENT_RATE), not comparable

    for row in sorted(rows, key=late):
        known = [
            (Fraction(shown.figure.value), place, shown)
            for place, shown in zip(places, row.values, strict=True)
            if shown.figure.value is not None
        ]
        if len(known) < 2 or knowledge.indicator(row.indicator).kind == "flag":
            continue
        high, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
        if high[2].text == low[2].text:
            continue
        return words.text(
            msg(
                "{name}: høyest i {high} ({most}), lavest i {low} ({least}).",
                name=", ".join(one for one in (row.name, period_beside(row.name, row.period)) if one),
                high=high[1].called(words),
                most=high[2].said,
                low=low[1].called(words),
                least=low[2].said,
            )
        )
    return ""


def _row(
    knowledge: Knowledge, indicator: Indicator, places: Sequence[Place], words: Language, pictures: bool
) -> ComparisonRow:
    shown = tuple(of_place(knowledge, indicator, one, words) for one in places)
    name = shown_name(indicator, knowledge, words)
    period = in_words(knowledge.period(indicator.id), words)
    chart = None
    if (
        pictures
        and any(one.figure.value is not None for one in shown)
        and indicator.kind not in ("flag", "class")
    ):
        every = [DotRow(place.called(words), one) for place, one in zip(places, shown, strict=True)]
        rows = _on_one_scale(indicator, places, every)
        title = words.text(
            nmsg(
                "{indicator}: {count} sted",
                "{indicator}: {count} steder ved siden av hverandre",
                len(rows),
                indicator=", ".join(one for one in (name, period_beside(name, period)) if one),
            )
        )
        if len(rows) < len(every):
            title = words.text(msg("{title} (landet står i tabellen)", title=title))
        told = "; ".join(
            words.text(msg("{place}: {value}", place=row.label, value=row.shown.said)) for row in every
        )
        drawn = dots(rows, indicator, words, names={}, title=title, told=told)
        chart = Drawing(
            drawn,
            title,
            f"{title}. {told}.",
            sources=source_lines(knowledge, [indicator.id], words),
            shown=written_as([row.shown for row in rows], indicator),
            finding=highest_and_lowest(_ordered(rows), words),
        )
    return ComparisonRow(indicator.id, name, unit_of(indicator, words), period, shown, chart)


def _ordered(rows: Sequence[DotRow]) -> list[tuple[str, Shown]]:
    """Return names and figures of the rows with a number, the highest first."""
    known = [(row.shown.figure.value, row) for row in rows if row.shown.figure.value is not None]
    return [(row.label, row.shown) for _, row in sorted(known, key=lambda one: -one[0])]


def _on_one_scale(indicator: Indicator, places: Sequence[Place], rows: Sequence[DotRow]) -> Sequence[DotRow]:
    """Return the rows that a chart can show: the sum of the country would press the others together at nought."""
    if is_comparable(indicator):
        return rows
    kept = [row for place, row in zip(places, rows, strict=True) if place.kind != "country"]
    return kept if any(row.shown.figure.value is not None for row in kept) else rows


def _data(
    knowledge: Knowledge, rows: Sequence[ComparisonRow], places: Sequence[Place], words: Language
) -> DataTable:
    """Return the comparison as data: a row for each indicator, two columns for each place (as shown, and the number)."""
    text = words.text
    columns = [
        DataColumn("indicator", Column(text(msg("Indikator (kode)")))),
        DataColumn("indicator_name", Column(text(msg("Indikator")))),
        DataColumn("unit", Column(text(msg("Enhet")))),
        DataColumn("measure", Column("measure"), for_machines=True),
        DataColumn("period", Column(text(msg("Periode")))),
    ]
    for place in places:
        name = place.called(words)
        columns.append(
            DataColumn(f"shown_{place.code}", Column(text(msg("{name}, vist", name=name))), for_people=True)
        )
        columns.append(
            DataColumn(f"value_{place.code}", Column(text(msg("{name}, verdi", name=name)), "number", 4))
        )
    cells: list[tuple[CellValue, ...]] = []
    for row in rows:
        indicator = knowledge.indicator(row.indicator)
        values = [part for one in row.values for part in (one.text, one.figure)]
        cells.append((row.indicator, row.name, text(indicator.unit), indicator.kind, row.period, *values))
    return DataTable(
        "sammenligning-" + "-".join(place.code for place in places),
        text(msg("Sammenligning av {names}", names=words.join([place.called(words) for place in places]))),
        tuple(columns),
        tuple(cells),
        sources=source_lines(knowledge, [row.indicator for row in rows], words),
        row_sources=tuple(source_lines(knowledge, [row.indicator], words) for row in rows),
    )
