"""How an indicator is made, whether by a function of its name or by a formula written in the catalogue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from fotfeste.statistics.figure import Figure
from fotfeste.statistics.formulas import Formula, bases, formulas

if TYPE_CHECKING:
    from fotfeste.messages import Message
    from fotfeste.statistics.components import Codes, Components
    from fotfeste.statistics.indicator_catalogue import Indicator
    from fotfeste.statistics.store import Store
    from fotfeste.statistics.written_formulas.tree import Tree
    from fotfeste.statistics.written_formulas.working_out import WorkingOut


def formula_of(one: Indicator) -> Formula | None:
    """Return what makes an indicator of some facts and municipalities; ``None`` when nothing does."""
    if one.written:
        return partial(_worked_out, one)
    return formulas().get(one.id)


def base_of(one: Indicator, facts: Components, codes: Codes) -> Figure | None:
    """Return what a rate is a rate of; where a formula divides by several things, the smallest of them."""
    if one.base:
        return cast(Figure, getattr(bases, one.base)(facts, codes))
    if not one.written:
        return None
    from fotfeste.statistics.written_formulas.tree import bases_in

    found = [_part(one, tree, facts, codes) for tree in bases_in(one.tree)]
    return min(found, key=lambda base: -1 if base.low is None else base.low, default=None)


def count_of(one: Indicator, facts: Components, codes: Codes) -> Figure | None:
    """Return the count of people that a rate is made of, where it is one."""
    if one.count:
        return cast(Figure, getattr(bases, one.count)(facts, codes))
    if not one.written:
        return None
    from fotfeste.statistics.written_formulas.tree import numerator_and_base, only_adds

    rate = numerator_and_base(one.tree)
    return None if rate is None or not only_adds(rate[0]) else _part(one, rate[0], facts, codes)


def period_of_indicator(one: Indicator, facts: Components) -> str:
    """Return the period of an indicator's figures, with numbers only: ``1.1.2026``, ``2021–2025``; empty when none is known."""
    from fotfeste.statistics.periods import period_of

    if not one.written or one.period_rule:
        return period_of(one.period_rule, facts)
    if why_missing(one, facts.store) is not None:
        return ""
    years = _working_out(one, facts).years
    if not years:
        return ""
    ends = [years[0]] if years[0] == years[-1] else [years[0], years[-1]]
    return "–".join(f"1.1.{year}" if one.when == "january" else str(year) for year in ends)


def is_filled(one: Indicator, store: Store) -> bool:
    """Whether the data that an indicator is made of are in the store and fit its formula."""
    return why_missing(one, store) is None


def why_missing(one: Indicator, store: Store) -> Message | None:
    """Return why an indicator has no figures anywhere, with the way out; ``None`` where its data are there."""
    from fotfeste.messages import msg

    if not one.written:
        return None
    lacking = [name for name in one.datasets if name not in store.versions]
    if lacking:
        named = ", ".join(lacking)
        if not one.tables:
            return msg("Tallene er ikke hentet: datasettet «{datasets}» mangler.", datasets=named)
        if one.to_be_confirmed:
            return msg(
                "Tallene er ikke hentet (datasettet «{datasets}»). Tabellen er ikke bekreftet ennå; når den er det, hentes de "
                "med «{command}». Fram til da kan fylkets egen fil fylle datasettet.",
                datasets=named,
                command=one.update_command,
            )
        return msg(
            "Tallene er ikke hentet (datasettet «{datasets}»). Hent dem med «{command}».",
            datasets=named,
            command=one.update_command,
        )
    from fotfeste.statistics.written_formulas.checking import faults_in

    where = f"{one.file}, {one.id}" if one.file else one.id
    faults = faults_in(one.tree, store, one.written, where)
    if not faults:
        return None
    fault = faults[0]
    return msg(
        "Formelen passer ikke til tallene: {what} {remedy}", what=fault.what, remedy=fault.remedy or ""
    )


def _worked_out(one: Indicator, facts: Components, codes: Codes) -> Figure:
    if not _fits(one, facts):
        return Figure.missing()
    return _working_out(one, facts).figure(codes)


def _part(one: Indicator, tree: Tree, facts: Components, codes: Codes) -> Figure:
    return _working_out(one, facts).part(tree, codes) if _fits(one, facts) else Figure.missing()


def _fits(one: Indicator, facts: Components) -> bool:
    key = f"fits {one.id} {one.written}"
    if key not in facts.remembered:
        facts.remembered[key] = is_filled(one, facts.store)
    return bool(facts.remembered[key])


def _working_out(one: Indicator, facts: Components) -> WorkingOut:
    from fotfeste.statistics.written_formulas.working_out import WorkingOut

    key = f"worked {one.id} {one.written} {one.when} {one.suppress_below}"
    if key not in facts.remembered:
        facts.remembered[key] = WorkingOut(one.tree, facts, one.when, one.suppress_below)
    return cast(WorkingOut, facts.remembered[key])
