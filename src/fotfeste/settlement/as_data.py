"""A recommendation as plain data for JSON: the same content gives the same data, in a stated order.

The layout has a schema number and is described in ``docs/reference/recommendation.schema.json``. Persons in an
explanation have two decimals and add up exactly to the number; texts are in one language.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from fotfeste.messages import Language
from fotfeste.settlement.comparison import per_thousand
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.facts import Compared, CountyFacts, MunicipalityFacts, YearFigures
from fotfeste.settlement.for_reader import recommendation_for
from fotfeste.settlement.replies import Replies, Reply
from fotfeste.settlement.result import (
    Contribution,
    Explanation,
    MunicipalityResult,
    OverrideCost,
    Recommendation,
)
from fotfeste.settlement.revision import Revision, decided_in_words
from fotfeste.settlement.shown import shown_explanation
from fotfeste.settlement.wording import rule_name, service_name
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.sources import Source

SCHEMA = 1
DECIMALS = 6

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]


def recommendation_as_data(recommendation: Recommendation, words: Language) -> dict[str, Data]:
    """Return the whole recommendation as data; texts in the language of ``words``, save those that people wrote."""
    recommendation = recommendation_for(recommendation, words)
    request = recommendation.request
    names = {one.id: one.name for one in recommendation.criteria.criteria}
    return {
        "schema": SCHEMA,
        "request": {
            "county_code": request.county_code,
            "county_name": request.county_name,
            "year": request.year,
            "total": request.total,
            "minors": request.minors,
        },
        "criteria": _criteria(recommendation.criteria, words),
        "municipalities": [municipality_as_data(one, names, words) for one in recommendation.municipalities],
        "county": _county(recommendation.county),
        "replies": None if recommendation.replies is None else _replies(recommendation.replies, words),
        "ties": [{"codes": list(tie.codes), "given": list(tie.given)} for tie in recommendation.ties],
        "notes": [words.text(note) for note in recommendation.notes],
        "before_deciding": [words.text(task) for task in recommendation.before_deciding],
        "sources": [_source(source) for source in recommendation.sources],
        "overrides": [_override(cost) for cost in recommendation.overrides],
        "revision": None
        if recommendation.revision is None
        else _revision(recommendation.revision, recommendation.request.total, words),
    }


def municipality_as_data(
    result: MunicipalityResult, criteria: dict[str, str], words: Language
) -> dict[str, Data]:
    """Return one municipality's number with its explanation and facts; ``criteria`` are names by id."""
    return {
        "code": result.code,
        "name": result.name,
        "recommended": result.recommended,
        "minors": result.minors,
        "per_1000": figure_as_data(per_thousand(result.recommended, result.facts.population)),
        "possible": None if result.possible is None else list(result.possible),
        "explanation": _explanation(result, criteria, words),
        "facts": _facts(result.facts),
    }


def figure_as_data(figure: Figure) -> dict[str, Data]:
    """Return a figure as its value, its mark and its bounds; ``estimated`` only where it holds."""
    data: dict[str, Data] = {
        "value": number_as_data(figure.value),
        "mark": figure.mark.value,
        "low": number_as_data(figure.low),
        "high": number_as_data(figure.high),
    }
    return {**data, "estimated": True} if figure.estimated else data


def number_as_data(number: int | Fraction | Decimal | None) -> int | float | None:
    """Return whole numbers as they are and others rounded to six decimals."""
    if number is None or isinstance(number, int):
        return number
    exact = Fraction(number)
    return exact.numerator if exact.denominator == 1 else float(round(exact, DECIMALS))


def _criteria(criteria: Criteria, words: Language) -> dict[str, Data]:
    return {
        "id": criteria.id,
        "title": criteria.title,
        "year": criteria.year,
        "dated": criteria.dated.isoformat(),
        "owner": criteria.owner,
        "source": criteria.source,
        "origin": criteria.origin,
        "method": criteria.method,
        "suppressed": criteria.suppressed,
        "criteria": [
            {
                "id": one.id,
                "name": one.name,
                "weight": number_as_data(one.weight),
                "share": number_as_data(one.share),
                "form": one.key.form.value,
                "indicators": list(one.key.indicators),
                "answers": list(one.answers),
                "source": one.source,
                "note": one.note,
            }
            for one in criteria.criteria
        ],
        "rules": [
            {
                "rule": rule.kind.value,
                "name": words.text(rule_name(rule.kind)),
                "municipalities": list(rule.municipalities),
                "persons": rule.persons,
                "share": number_as_data(rule.share),
                "years": rule.years,
                "origin": rule.origin,
                "receiver": rule.receiver,
                "reason": rule.reason,
                "source": rule.source,
            }
            for rule in criteria.rules
        ],
        "national": None if criteria.national is None else criteria.national.id,
    }


def _explanation(result: MunicipalityResult, criteria: dict[str, str], words: Language) -> dict[str, Data]:
    explanation: Explanation = result.explanation
    shown = shown_explanation(result)
    persons = {(row.kind, row.id): row.persons for row in shown.rows}
    contributions: list[Data] = [
        {
            "criterion": one.criterion,
            "name": criteria.get(one.criterion, one.criterion),
            "persons": _persons(persons["criterion", one.criterion]),
            **_rests_on(one),
        }
        for one in explanation.contributions
    ]
    rules: list[Data] = [
        {"rule": one.kind.value, "name": words.text(rule_name(one.kind)), "persons": one.persons}
        for one in explanation.rule_effects
    ]
    return {
        "contributions": contributions,
        "ideal": _persons(shown.ideal),
        "rounding": _persons(persons["rounding", ""]),
        "rules": rules,
        "interaction": explanation.interaction,
        "minors": explanation.minors,
        "bindings": [
            {"rule": one.kind.value, "bound": one.bound, "reason": words.text(one.reason)}
            for one in explanation.bindings
        ],
    }


def _rests_on(one: Contribution) -> dict[str, Data]:
    figure = None if one.figure is None else figure_as_data(one.figure)
    return {"share": number_as_data(one.share), "figure": figure}


def _persons(hundredths: Decimal) -> int | float:
    """Hundredths written in a JSON file are exact decimals there; equal numbers are written alike."""
    return int(hundredths) if hundredths == int(hundredths) else float(hundredths)


def _facts(facts: MunicipalityFacts) -> dict[str, Data]:
    return {
        "population": figure_as_data(facts.population),
        "centrality_class": facts.centrality_class,
        "labour_market_region": facts.labour_market_region,
        "history": [_year(one) for one in facts.history],
        "indicators": [_compared(one) for one in facts.indicators],
        "alike": list(facts.alike),
    }


def _year(one: YearFigures) -> Data:
    return {
        "year": one.year,
        "requested": figure_as_data(one.requested),
        "decided": figure_as_data(one.decided),
        "settled": figure_as_data(one.settled),
        "status_date": one.status_date,
    }


def _compared(one: Compared) -> Data:
    return {
        "indicator": one.indicator,
        "period": one.period,
        "own": figure_as_data(one.own),
        "county": figure_as_data(one.county),
        "country": figure_as_data(one.country),
        "alike": figure_as_data(one.alike),
    }


def _county(county: CountyFacts) -> Data:
    return {
        "code": county.code,
        "population": figure_as_data(county.population),
        "municipalities": county.municipalities,
        "district_municipalities": county.district_municipalities,
        "history": [_year(one) for one in county.history],
        "indicators": [
            {
                "indicator": name,
                "period": period,
                "county": figure_as_data(own),
                "country": figure_as_data(country),
            }
            for name, own, country, period in county.indicators
        ],
    }


def _replies(replies: Replies, words: Language) -> Data:
    return {
        "origin": replies.origin,
        "answered": [_reply(reply, words) for _, reply in sorted(replies.by_code.items())],
    }


def _reply(reply: Reply, words: Language) -> Data:
    bottleneck = reply.bottleneck
    return {
        "code": reply.code,
        "capacity": {service.value: number for service, number in sorted(reply.capacity.items())},
        "unlimited": [one.value for one in reply.unlimited],
        "own_wish": reply.own_wish,
        "minimum_stock": reply.minimum_stock,
        "minors": reply.minors,
        "extra": reply.extra,
        "bottleneck": None
        if bottleneck is None
        else {
            "service": bottleneck[0].value,
            "name": words.text(service_name(bottleneck[0])),
            "persons": bottleneck[1],
        },
        "outcomes": dict(sorted(reply.outcomes.items())),
        "texts": dict(sorted(reply.texts.items())),
        "approved_by": reply.approved_by,
        "approved_on": _day(reply.approved_on),
        "council_on": _day(reply.council_on),
    }


def _override(cost: OverrideCost) -> Data:
    """Return a number that a person has set; role and reason are public, the name is not here."""
    return {
        "code": cost.code,
        "entry": cost.entry,
        "persons": cost.persons,
        "instead": cost.instead,
        "role": cost.role,
        "reason": cost.reason,
        "others": [{"code": code, "persons": persons} for code, persons in sorted(cost.others.items())],
    }


def _revision(revision: Revision, total: int, words: Language) -> Data:
    return {
        "number": revision.number,
        "versions": [
            {
                "bundle": one.bundle,
                "made": one.made.isoformat(),
                "total": one.total,
                "minors": one.minors,
                "numbers": [
                    {"code": code, "persons": number} for code, number in sorted(one.numbers.items())
                ],
            }
            for one in revision.versions
        ],
        "as_of": revision.as_of,
        "origin": revision.origin,
        "decided_as": revision.decided_as,
        "decided_why": words.text(decided_in_words(revision, total)),
        "also": list(revision.also),
        "standing": [
            {
                "code": code,
                "decided": figure_as_data(one.decided),
                "settled": figure_as_data(one.settled),
            }
            for code, one in sorted(revision.standing.items())
        ],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _source(source: Source) -> Data:
    return {
        "dataset": source.dataset,
        "version": source.version,
        "title": source.title,
        "agency": source.agency,
        "table": source.table,
        "period": source.period,
        "retrieved": source.retrieved.isoformat(),
        "licence": source.licence,
        "remark": source.remark,
    }
