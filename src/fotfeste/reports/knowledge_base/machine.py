"""The machine file of a knowledge base: every figure, comparison, finding and data version, for next year's «what changed»."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import fotfeste
from fotfeste.reports.knowledge_base.own_text import OwnText
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.profiles.values import Place
from fotfeste.reports.profiles.values_for_machines import MARK_WORDS, bounds, decimal_text
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.values import Comparison, Finding
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.publishing.datasets import data_version
from fotfeste.statistics.series.trends import Trend

SCHEMA = 1
KIND = "fotfeste.knowledge_base"
DIGITS = 6


def machine_file(gathered: Gathered, own: OwnText | None = None) -> bytes:
    """Return the machine file (JSON, UTF-8, keys in a fixed order): the same for every language.

    Figures are as they are shown: numbers as text with at most six decimals, shares between 0 and 1, marks as words.
    """
    knowledge, rule = gathered.knowledge, gathered.rule
    content = {
        "schema": SCHEMA,
        "kind": KIND,
        "program": fotfeste.__version__,
        "issued": gathered.issued.isoformat(),
        "place": _place(gathered.place),
        "rule": {
            "dated": rule.dated,
            "false_share": rule.false_share,
            "least_distance": rule.least_distance,
            "alike": rule.alike,
        },
        "data": [_dataset(gathered, place) for place in range(len(gathered.sources))],
        "figures": [
            _figure(gathered, one) for theme in gathered.themes for one in gathered.indicators(theme.id)
        ],
        "trends": [_trend(one) for one in gathered.trends.values()],
        "findings": [_finding(one) for one in gathered.findings],
        "missing": [
            {
                "indicator": one.id,
                "theme": one.theme,
                "tables": list(one.tables),
                "confirmed": not one.to_be_confirmed,
                "command": one.update_command,
            }
            for one in knowledge.lacking
        ],
        "own_text": [
            {"id": one.id, "section": one.section, "on": None if one.on is None else one.on.isoformat()}
            for one in (own or OwnText()).blocks
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _place(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": place.name, "kind": place.kind}


def _dataset(gathered: Gathered, place: int) -> dict[str, Any]:
    source = gathered.sources[place]
    store = gathered.knowledge.store
    return {
        "mark": f"K{place + 1}",
        "dataset": source.dataset,
        "version": data_version(store, store.dataset(source.dataset)),
        "agency": source.agency,
        "table": source.table,
        "period": source.period,
        "retrieved": source.retrieved.isoformat(),
        "licence": source.licence,
    }


def told(figure: Figure) -> dict[str, Any]:
    """Return a figure for machines."""
    low, high = bounds(figure)
    return {
        "value": decimal_text(figure.value),
        "mark": MARK_WORDS[figure.mark],
        "low": low,
        "high": high,
        "estimated": figure.estimated,
    }


def _figure(gathered: Gathered, one: Indicator) -> dict[str, Any]:
    knowledge, place = gathered.knowledge, gathered.place
    public = knowledge.figure(one.id, place)
    larger = [county] if (county := knowledge.county_of(place)) else []
    found: dict[str, Any] = {
        "indicator": one.id,
        "theme": one.theme,
        "kind": one.kind,
        "period": knowledge.period(one.id),
        "sources": [f"K{gathered.number(source)}" for source in knowledge.sources(one.id)],
        "own": told(public.figure) | {"few": public.few},
        "beside": {
            other.code: told(knowledge.figure(one.id, other).figure) for other in (*larger, knowledge.country)
        },
    }
    if one.id in gathered.comparisons:
        found["comparison"] = _comparison(gathered.comparisons[one.id])
    return found


def _comparison(one: Comparison) -> dict[str, Any]:
    alike = one.alike
    return {
        "alike": None
        if alike is None
        else {
            "known": alike.known,
            "median": decimal_text(alike.median),
            "lower": decimal_text(alike.lower),
            "upper": decimal_text(alike.upper),
        },
        "beside_alike": None if one.beside_alike is None else one.beside_alike.verdict.value,
        "larger": {other.place: other.verdict.value for other in one.larger},
        "distance": _rounded(one.distance),
        "open_to_chance": one.open_to_chance,
    }


def _trend(one: Trend) -> Mapping[str, Any]:
    newest = one.newest
    return {
        "indicator": one.series.indicator,
        "verdict": one.verdict.value,
        "since": one.since,
        "until": one.until,
        "newest": None if newest is None else newest.year,
        "before": None if one.before is None else told(one.before),
        "now": None if newest is None else told(newest.figure),
        "breaks": [each.id for each in one.series.breaks],
    }


def _finding(one: Finding) -> dict[str, Any]:
    swap = one.replaced
    return {
        "indicator": one.indicator.id,
        "verdict": one.verdict.value,
        "place_in_order": one.place_in_order,
        "of": one.of,
        "replaced": None
        if swap is None
        else {"indicator": swap.indicator, "reason": swap.reason, "on": swap.on.isoformat()},
    }


def _rounded(number: float) -> str:
    return f"{number:.{DIGITS}f}"
