"""Whether a written formula fits the data: data sets that are there, columns that exist, one choice in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fotfeste.errors import Problem
from fotfeste.messages import msg
from fotfeste.statistics.written_formulas.rows import EVERY, dimensions_of, is_pattern
from fotfeste.statistics.written_formulas.tokens import position
from fotfeste.statistics.written_formulas.tree import Counted, Filter, Tree, counts_in

if TYPE_CHECKING:
    from fotfeste.statistics.store import Store

MOST_NAMED = 12
"""Values of a column that an error names."""


def faults_in(tree: Tree, store: Store, text: str, where: str = "") -> tuple[Problem, ...]:
    """Return what in a formula does not fit the data sets that are in the store; those that are not are left out."""
    return tuple(
        fault
        for one in counts_in(tree)
        if one.dataset in store.versions
        for fault in _faults_of(one, store, text, where)
    )


def _faults_of(one: Counted, store: Store, text: str, where: str) -> Iterator[Problem]:
    import polars as pl

    place = position(text, one.place, where)
    frame = store.scan(one.dataset)
    columns = frame.collect_schema().names()
    if "code" not in columns or "value" not in columns:
        what = msg("Datasettet «{dataset}» har ikke tall etter sted.", dataset=one.dataset)
        yield Problem("formula.no_places", what, place, msg("Velg et datasett med kolonnene code og value."))
        return
    dimensions = dimensions_of(columns)
    chosen = {filter_.column: filter_ for filter_ in one.filters}
    for name in chosen.keys() - set(dimensions):
        yield Problem(
            "formula.column",
            msg("Datasettet «{dataset}» har ingen kolonne «{column}».", dataset=one.dataset, column=name),
            place,
            msg("Kolonnene å velge i er {columns}.", columns=", ".join(dimensions))
            if dimensions
            else msg("Skriv {dataset}[].", dataset=one.dataset),
        )
    for name in dimensions:
        values = frame.select(pl.col(name).cast(pl.String).unique()).collect()[name].drop_nulls().to_list()
        known = tuple(sorted(values))
        if name not in chosen:
            if len(known) > 1:
                yield Problem(
                    "formula.unchosen",
                    msg(
                        "Formelen velger ikke i kolonnen «{column}», så tallene ville blitt regnet flere ganger.",
                        column=name,
                    ),
                    place,
                    msg("Legg til {column}=…: {values}.", column=name, values=_named(known)),
                )
        else:
            yield from _values_of(one, chosen[name], known, text, where)


def _values_of(
    one: Counted, wanted: Filter, known: tuple[str, ...], text: str, where: str
) -> Iterator[Problem]:
    place = position(text, one.place, where)
    if wanted.values == EVERY:
        return
    if wanted.span is not None:
        numbers = [int(value) for value in known if value.isdigit()]
        if not any(wanted.span.first <= number <= wanted.span.last for number in numbers):
            yield Problem(
                "formula.value",
                msg(
                    "Kolonnen «{column}» har ingen tall fra {first} til {last}.",
                    column=wanted.column,
                    first=str(wanted.span.first),
                    last=str(wanted.span.last),
                ),
                place,
                msg("Verdiene er {values}.", values=_named(known)),
            )
        return
    patterns = tuple(value[1:] for value in wanted.values if is_pattern(value))
    if patterns and any(value in wanted.values or value.endswith(patterns) for value in known):
        return
    for value in wanted.values:
        if value not in known:
            yield Problem(
                "formula.value",
                msg("Kolonnen «{column}» har ingen verdi «{value}».", column=wanted.column, value=value),
                place,
                msg("Verdiene er {values}.", values=_named(known)),
            )


def _named(values: tuple[str, ...]) -> str:
    shown = ", ".join(values[:MOST_NAMED])
    return f"{shown} …" if len(values) > MOST_NAMED else shown
