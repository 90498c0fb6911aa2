"""Up to six places side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import CellValue, Column
from fotfeste.reports.profiles.charts import DotRow, dots
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.shown import is_comparable, note_of, of_place, source_lines, unit_of
from fotfeste.reports.profiles.values import (
    Comparison,
    ComparisonRow,
    DataColumn,
    DataTable,
    Drawing,
    Place,
)
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words

MOST_PLACES = 6


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
    """Return who is highest and lowest by the first indicator that places of different size can be compared by."""
    for row in sorted(rows, key=lambda one: not is_comparable(knowledge.indicator(one.indicator))):
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
                "{name}, {period}: høyest i {high} ({most}), lavest i {low} ({least}).",
                name=row.name,
                period=row.period,
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
    name = words.text(indicator.name)
    chart = None
    if (
        pictures
        and any(one.figure.value is not None for one in shown)
        and indicator.kind not in ("flag", "class")
    ):
        rows = [DotRow(place.called(words), one) for place, one in zip(places, shown, strict=True)]
        title = words.text(
            msg("{indicator}: {count} steder ved siden av hverandre", indicator=name, count=len(places))
        )
        told = "; ".join(
            words.text(msg("{place}: {value}", place=row.label, value=row.shown.said)) for row in rows
        )
        drawn = dots(rows, indicator, words, names={}, title=title, told=told)
        chart = Drawing(drawn, title, f"{title}. {told}.")
    period = in_words(knowledge.period(indicator.id), words)
    return ComparisonRow(indicator.id, name, unit_of(indicator, words), period, shown, chart)


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
    )
