"""From what is prepared to the recommendation: numbers, explanations, ties, ranges and notes; nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Literal

from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.engine import Worked, binding, numbers_at, work_out
from fotfeste.settlement.minors import offers, share_minors
from fotfeste.settlement.mixture import Ends, Inputs
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import (
    Binding,
    Contribution,
    Explanation,
    MunicipalityResult,
    OverrideCost,
    Recommendation,
    RuleEffect,
    Tie,
)
from fotfeste.settlement.revision import notes_on
from fotfeste.settlement.rules import RuleInputs, set_aside
from fotfeste.settlement.wording import as_named, rule_name
from fotfeste.statistics.figure import Figure, Mark

__all__ = ["calculate"]

FEW = 4
"""So many suppressed figures are tried out in every combination of their bounds."""
NOT_THE_WHOLE_RANGE = msg(
    "Med noen av tallene som de skjulte tallene kan være, lar fordelingen seg ikke gjøre. Spennene som vises, er derfor ikke fullstendige."
)


def calculate(prepared: Prepared, *, ranges: bool = True) -> Recommendation:
    """Return the recommendation that follows from what is prepared.

    Without ``ranges`` it is not tried out what hidden figures could change (``possible`` is ``None`` everywhere), which
    takes most of the time; everything else is the same. Raises :class:`~fotfeste.errors.InputError`, :class:`~fotfeste.errors.DataMissing` and
    :class:`~fotfeste.errors.Infeasible` as :func:`~fotfeste.settlement.recommendation.recommend` says.
    """
    criteria, request, inputs = prepared.criteria, prepared.request, prepared.inputs()
    own_track, tied_minors = minors_of(prepared)
    rules = prepared.rule_inputs(own_track)
    total = request.total - request.minors
    worked = work_out(criteria, inputs, rules, total)
    trials = _trials(prepared, inputs, rules) if ranges else ()
    possible, whole_range = _possible(criteria, inputs, trials, total, worked)
    notes = (*_of_revision(prepared), *_notes(criteria, inputs, worked, rules))
    return Recommendation(
        request,
        criteria,
        tuple(
            MunicipalityResult(
                code,
                name,
                worked.numbers[code] + own_track[code],
                own_track[code],
                _explanation(code, prepared, worked, own_track[code]),
                prepared.facts[code],
                _with_minors(possible.get(code), own_track[code]),
            )
            for code, name in prepared.names.items()
        ),
        prepared.county,
        prepared.replies,
        (*_ties(worked), *tied_minors),
        notes if whole_range else (*notes, NOT_THE_WHOLE_RANGE),
        _before_deciding(criteria, request.year),
        prepared.sources,
        _override_costs(prepared, inputs, worked, rules, total),
        prepared.revision,
    )


def minors_of(prepared: Prepared) -> tuple[dict[str, int], tuple[Tie, ...]]:
    """Return what each municipality receives of unaccompanied minors, and the ties in that sharing."""
    stated = offers(prepared.criteria, prepared.replies)
    return share_minors(stated, prepared.codes, prepared.request.minors, prepared.criteria.method)


def _override_costs(
    prepared: Prepared, inputs: Inputs, worked: Worked, rules: RuleInputs, total: int
) -> tuple[OverrideCost, ...]:
    """Return, per override in force, the numbers had it not been entered."""
    if prepared.ledger is None:
        return ()
    costs = []
    for code, entry in prepared.ledger.in_force.items():
        others = {other: bound for other, bound in rules.overrides.items() if other != code}
        without = numbers_at(prepared.criteria, inputs, replace(rules, overrides=others), total, {})
        changes = {
            other: number - (without or worked.numbers)[other] for other, number in worked.numbers.items()
        }
        minors = rules.minors.get(code, 0)
        costs.append(
            OverrideCost(
                code,
                entry.number,
                worked.numbers[code] + minors,
                None if without is None else without[code] + minors,
                {other: change for other, change in changes.items() if change and other != code},
                entry.role,
                entry.reason,
            )
        )
    return tuple(costs)


def _explanation(code: str, prepared: Prepared, worked: Worked, minors: int) -> Explanation:
    contributions = tuple(
        Contribution(
            one.id,
            worked.mixed.persons[one.id][code],
            worked.mixed.shares[one.id][code],
            prepared.shown[one.key.indicators[-1]][code] if one.key.indicators else None,
        )
        for one in prepared.criteria.criteria
        if one.share
    )
    effects = tuple(RuleEffect(kind, changes[code]) for kind, changes in worked.alone.items())
    unruled, number = worked.unruled[code], worked.numbers[code]
    return Explanation(
        contributions,
        worked.quotas[code],
        unruled - worked.quotas[code],
        effects,
        number - unruled - sum(effect.persons for effect in effects),
        minors,
        tuple(Binding(bound.kind, number + minors, bound.reason) for bound in binding(worked, code, minors)),
    )


def _trials(prepared: Prepared, inputs: Inputs, rules: RuleInputs) -> tuple[tuple[Ends, RuleInputs], ...]:
    """Return the ways in which suppressed figures can stand otherwise.

    All at either end, and each at one end with all others at the other end: a part of a whole is largest when the
    rest is smallest. Up to ``FEW`` suppressed figures are tried out in every combination of ends. What lies between
    the ends is not: in rare cases a number just outside the range found is possible, with zero-or-floor farther.
    """
    hidden = [
        (indicator, code)
        for indicator, by_code in inputs.figures.items()
        for code, figure in by_code.items()
        if figure.mark is Mark.SUPPRESSED and figure.low != figure.high
    ]
    ends: tuple[Literal["low", "high"], ...] = ("low", "high")
    if len(hidden) <= FEW:
        mixed: list[Ends] = [
            dict(zip(hidden, chosen, strict=True)) for chosen in product(ends, repeat=len(hidden))
        ]
    else:
        mixed = [
            {**dict.fromkeys(hidden, rest), cell: end} for cell in hidden for end, rest in (ends, ends[::-1])
        ]
    apart: list[tuple[Ends, RuleInputs]] = [(chosen, rules) for chosen in mixed]
    together: list[tuple[Ends, RuleInputs]] = []
    for end in ends:
        stocks = prepared.stocks_as_numbers(replace(prepared.criteria, suppressed=end))
        if hidden or stocks != rules.stocks:
            together.append((dict.fromkeys(hidden, end), replace(rules, stocks=stocks)))
    revision = prepared.revision
    if revision is not None and revision.hides_settled:
        together.append(({}, replace(rules, standing=revision.bounds("low"))))
    if len(hidden) > 1:
        together += [trial for trial in apart if trial not in together]
    return tuple(together)


def _possible(
    criteria: Criteria,
    inputs: Inputs,
    trials: tuple[tuple[Ends, RuleInputs], ...],
    total: int,
    worked: Worked,
) -> tuple[dict[str, tuple[int, int]], bool]:
    """Return the range of numbers over all ``trials``, for the municipalities whose number then differs.

    The second part tells whether every trial could be worked out.
    """
    ranges = {code: (number, number) for code, number in worked.numbers.items()}
    whole = True
    for ends, rules in trials:
        numbers = numbers_at(criteria, inputs, rules, total, ends)
        whole = whole and numbers is not None
        for code, number in (numbers or {}).items():
            ranges[code] = (min(ranges[code][0], number), max(ranges[code][1], number))
    return {code: (low, high) for code, (low, high) in ranges.items() if low != high}, whole


def _with_minors(span: tuple[int, int] | None, minors: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + minors, span[1] + minors)


def _ties(worked: Worked) -> tuple[Tie, ...]:
    return (Tie(worked.equal, worked.favoured),) if worked.equal else ()


def _notes(criteria: Criteria, inputs: Inputs, worked: Worked, rules: RuleInputs) -> tuple[Message, ...]:
    notes = list(worked.applied.notes)
    whole = {code: number + rules.minors.get(code, 0) for code, number in worked.numbers.items()}
    for bound in set_aside(worked.applied.bounds, whole):
        told = (
            msg("{name} er overstyrt, og regelen «{rule}» er derfor satt til side der.")
            if bound.code in rules.overrides
            else msg("{name} er låst eller unntatt, og regelen «{rule}» er derfor satt til side der.")
        )
        notes.append(replace(told, fields={"name": rules.names[bound.code], "rule": rule_name(bound.kind)}))
    return (
        *notes,
        *_absent_notes(criteria, inputs, rules.names),
        *_hidden_notes(criteria, inputs, rules.names),
    )


def _of_revision(prepared: Prepared) -> tuple[Message, ...]:
    revision = prepared.revision
    if revision is None:
        return ()
    told = notes_on(revision, prepared.request.total, prepared.names)
    kept = [prepared.names[code] for code in prepared.ledger.in_force] if prepared.ledger else []
    if not kept:
        return told
    return (*told, msg("Overstyringene gjelder også etter revisjonen: {names}.", names=", ".join(kept)))


def _before_deciding(criteria: Criteria, year: int) -> tuple[Message, ...]:
    tasks = []
    if criteria.year != year:
        tasks.append(
            msg(
                "Kriteriene er laget for {made}, men anbefalingen gjelder {year}. Fylket må ta stilling til om de fortsatt gjelder.",
                made=str(criteria.year),
                year=str(year),
            )
        )
    if criteria.national is not None and not criteria.national.complete:
        tasks.append(
            msg(
                "Teksten til de nasjonale kriteriene for {year} er ufullstendig her. Fylket må legge inn teksten som gjelder.",
                year=str(criteria.national.year),
            )
        )
    return tuple(tasks)


def _absent_notes(criteria: Criteria, inputs: Inputs, names: Mapping[str, str]) -> list[Message]:
    """Return where the criteria file lets an unknown figure count as zero."""
    return [
        msg(
            "«{indicator}» mangler i kilden for {names}, og er regnet som null i kriteriet «{criterion}», slik kriteriefilen sier. Det riktige tallet er ukjent og kan være høyere.",
            indicator=inputs.names.get(indicator, indicator),
            names=", ".join(absent),
            criterion=as_named(one.name, criteria),
        )
        for one in criteria.criteria
        if one.share and one.key.missing == "zero"
        for indicator in one.key.indicators
        if (
            absent := [
                names[code]
                for code in inputs.codes
                if inputs.figures.get(indicator, {}).get(code, Figure.missing()).mark is Mark.MISSING
            ]
        )
    ]


def _hidden_notes(criteria: Criteria, inputs: Inputs, names: Mapping[str, str]) -> list[Message]:
    used = {name for one in criteria.criteria if one.share for name in one.key.indicators}
    place = {"middle": msg("midten"), "low": msg("den nedre"), "high": msg("den øvre")}[criteria.suppressed]
    return [
        msg(
            "«{indicator}» bygger på tall som er skjult i kilden (færre enn 5) for {names}; {place} av grensene er brukt.",
            indicator=inputs.names.get(indicator, indicator),
            names=", ".join(hidden),
            place=place,
        )
        for indicator, by_code in inputs.figures.items()
        if indicator in used
        and (hidden := [names[code] for code, figure in by_code.items() if figure.mark is Mark.SUPPRESSED])
    ]
