"""The settlement recommendation for a county and a year: the main job of Fotfeste."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.engine import Worked, binding, numbers_at, work_out
from fotfeste.settlement.gather import (
    ALIKE,
    COUNTY_INDICATORS,
    SHOWN_INDICATORS,
    Gathered,
    county_facts,
    criteria_inputs,
    municipality_facts,
    rule_inputs,
    rule_stocks,
    used_sources,
)
from fotfeste.settlement.minors import offers, share_minors
from fotfeste.settlement.mixture import Ends, Inputs
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.result import (
    Binding,
    Contribution,
    Explanation,
    MunicipalityResult,
    Recommendation,
    Request,
    RuleEffect,
    Tie,
)
from fotfeste.settlement.rules import RuleInputs, set_aside
from fotfeste.settlement.wording import rule_name
from fotfeste.statistics.figure import Figure, Mark

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store, UserData

FEW = 4
"""So many suppressed figures are tried out in every combination of their bounds."""

FIRST_YEAR = 2024
"""The first year with the municipalities of today, in which all figures stand."""
FIRST_HISTORY_YEAR = 2012
"""The first year with settled persons in the data."""


def recommend(
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
) -> Recommendation:
    """Recommend how many of ``total`` persons each municipality of ``county`` should settle in ``year``.

    ``minors`` unaccompanied minors are part of ``total`` and follow what municipalities have stated. ``criteria``
    is read criteria, a file, or the id of a shipped file (default: the shipped default for the newest year not
    after ``year``). ``data`` is a file with indicators that the embedded data lack.

    Raises :class:`~fotfeste.errors.InputError` (unknown county, impossible numbers, wrong files),
    :class:`~fotfeste.errors.DataMissing` (a criterion needs a figure that is missing) and
    :class:`~fotfeste.errors.Infeasible` (the rules cannot all be met; the error names those in conflict).
    """
    from fotfeste.regions import load_regions
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
    from fotfeste.statistics import load_catalogue, open_store

    _check_numbers(year, total, minors)
    regions = regions or load_regions()
    store = store or open_store()
    area = regions.county(county, year)
    if not isinstance(criteria, Criteria):
        criteria = read_criteria(criteria or default_criteria(year, shipped_criteria()))
    catalogue = load_catalogue()
    gathered = _gather(criteria, area.code, year, store, regions, data)
    if replies is not None:
        _check_replies(replies, area.code, year)
    inputs = criteria_inputs(criteria, gathered, catalogue, area.code)
    own_track, tied_minors = share_minors(offers(criteria, replies), gathered.codes, minors, criteria.method)
    rules = rule_inputs(criteria, gathered, year, own_track, replies)
    worked = work_out(criteria, inputs, rules, total - minors)
    trials = _trials(criteria, inputs, gathered, rules)
    possible = _possible(criteria, inputs, trials, total - minors, worked)
    facts = municipality_facts(gathered, regions, area.code)
    return Recommendation(
        Request(area.code, area.name, year, total, minors),
        criteria,
        tuple(
            MunicipalityResult(
                one.code,
                one.name,
                worked.numbers[one.code] + own_track[one.code],
                own_track[one.code],
                _explanation(one.code, criteria, gathered, worked, own_track[one.code]),
                facts[one.code],
                _with_minors(possible.get(one.code), own_track[one.code]),
            )
            for one in gathered.municipalities
        ),
        county_facts(gathered, regions, area.code),
        replies,
        (*_ties(worked), *tied_minors),
        _notes(criteria, inputs, worked, rules),
        _before_deciding(criteria, year),
        used_sources(gathered, _wanted(criteria)),
    )


def _check_numbers(year: int, total: int, minors: int) -> None:
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
            remedy=msg("Oppgi hvor mange personer som skal bosettes i fylket (--total)."),
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


def default_criteria(year: int, shipped: tuple[str, ...]) -> str:
    """Return the id of the shipped default: that of the newest year not after ``year``, else the oldest."""
    years = sorted(int(name.removeprefix("standard-")) for name in shipped if name.startswith("standard-"))
    fitting = [one for one in years if one <= year] or years[:1]
    return f"standard-{fitting[-1]}"


def _check_replies(replies: Replies, county_code: str, year: int) -> None:
    if (replies.county_code, replies.year) != (county_code, year):
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
    criteria: Criteria, county_code: str, year: int, store: Store, regions: Regions, data: Path | None
) -> Gathered:
    from fotfeste.statistics import compute, load_catalogue, settlement_history

    municipalities = regions.municipalities(year, county_code)
    codes = tuple(one.code for one in municipalities)
    alike = {code: regions.similar(code, ALIKE) for code in codes}
    everyone = tuple(dict.fromkeys((*codes, *(one.code for group in alike.values() for one in group))))
    user = None if data is None else _supplied(data, codes, year)
    catalogue = load_catalogue()
    known = [name for name in _wanted(criteria) if name in catalogue or (user is not None and name in user)]
    indicators = compute(store, regions, known, everyone, year, user=user)
    history = settlement_history(store, regions, codes, range(FIRST_HISTORY_YEAR, year))
    return Gathered(municipalities, indicators, history, alike)


def _wanted(criteria: Criteria) -> tuple[str, ...]:
    """Return the indicators that a recommendation uses or shows, each once."""
    shown = (*SHOWN_INDICATORS, *COUNTY_INDICATORS, "requested_last", "settled_5y")
    return tuple(dict.fromkeys((*criteria.indicators, *shown)))


def _supplied(data: Path, codes: tuple[str, ...], year: int) -> UserData:
    from fotfeste.statistics import read_user_indicators

    return read_user_indicators(data, codes, year)


def _explanation(
    code: str, criteria: Criteria, gathered: Gathered, worked: Worked, minors: int
) -> Explanation:
    contributions = tuple(
        Contribution(
            one.id,
            worked.mixed.persons[one.id][code],
            worked.mixed.shares[one.id][code],
            gathered.indicators.shown(one.key.indicators[-1], code) if one.key.indicators else None,
        )
        for one in criteria.criteria
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


def _trials(
    criteria: Criteria, inputs: Inputs, gathered: Gathered, rules: RuleInputs
) -> tuple[tuple[Ends, RuleInputs], ...]:
    """Return the ways in which suppressed figures can stand otherwise.

    All at either end, and each at one end with all others at the other end: a part of a whole is largest when the
    rest is smallest. Up to ``FEW`` suppressed figures are tried out in every combination; with more of them, a
    number one step outside the range found remains possible in rare cases.
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
        stocks = rule_stocks(replace(criteria, suppressed=end), gathered)
        if hidden or stocks != rules.stocks:
            together.append((dict.fromkeys(hidden, end), replace(rules, stocks=stocks)))
    if len(hidden) > 1:
        together += [trial for trial in apart if trial not in together]
    return tuple(together)


def _possible(
    criteria: Criteria,
    inputs: Inputs,
    trials: tuple[tuple[Ends, RuleInputs], ...],
    total: int,
    worked: Worked,
) -> dict[str, tuple[int, int]]:
    """Return the range of numbers over all ``trials``, for the municipalities whose number then differs."""
    ranges = {code: (number, number) for code, number in worked.numbers.items()}
    for ends, rules in trials:
        numbers = numbers_at(criteria, inputs, rules, total, ends)
        for code, number in (numbers or {}).items():
            ranges[code] = (min(ranges[code][0], number), max(ranges[code][1], number))
    return {code: (low, high) for code, (low, high) in ranges.items() if low != high}


def _with_minors(span: tuple[int, int] | None, minors: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + minors, span[1] + minors)


def _ties(worked: Worked) -> tuple[Tie, ...]:
    return (Tie(worked.equal, worked.favoured),) if worked.equal else ()


def _notes(criteria: Criteria, inputs: Inputs, worked: Worked, rules: RuleInputs) -> tuple[Message, ...]:
    notes = list(worked.applied.notes)
    whole = {code: number + rules.minors.get(code, 0) for code, number in worked.numbers.items()}
    for bound in set_aside(worked.applied.bounds, whole):
        notes.append(
            msg(
                "{name} er låst eller unntatt, og regelen «{rule}» er derfor satt til side der.",
                name=rules.names[bound.code],
                rule=rule_name(bound.kind),
            )
        )
    return (
        *notes,
        *_absent_notes(criteria, inputs, rules.names),
        *_hidden_notes(criteria, inputs, rules.names),
    )


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
            criterion=one.name,
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
