"""The questions that a municipality's own figures and last year's reply raise, each with what raised it.

The kinds of rule are functions here; which of them are used, and with which limits, stands in the file of questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fotfeste.messages import Message, msg
from fotfeste.settlement.dialogue.facts import Case
from fotfeste.settlement.dialogue.questions import DialogueForm, RaisedKind, RaisedRule
from fotfeste.settlement.dialogue.standing_out import StandingOut, stands_out
from fotfeste.settlement.wording import service_name
from fotfeste.statistics.figure import Figure, Mark, Number, total


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A value of an indicator that the reader's language must write with its unit."""

    indicator: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator that is only named, with the period it is about."""

    indicator: str
    period: str


Part = str | Message | NamedIndicator
Value = str | int | date | Message | Figure | IndicatorValue | tuple[Part, ...]
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Raised:
    """A question that was raised, and the values that its words name; a tuple is a list in running text."""

    rule: RaisedRule
    values: Values


def raised_questions(case: Case, form: DialogueForm) -> tuple[Raised, ...]:
    """Return the questions that the case raises, by priority and then in the file's order."""
    found = [
        Raised(rule, values)
        for rule in form.raised
        if (values := _KINDS[rule.kind](case, rule, form)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.rule.priority))


def _settled_below_decided(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    newest = case.finished[-rule.years :]
    if len(newest) < rule.years:
        return None
    for year in newest:
        if year.settled.high is None or not year.decided.low:
            return None
        if year.settled.high > rule.share * year.decided.low:
            return None
    return {
        "number": rule.years,
        "years": tuple(
            msg("{settled} av {decided} i {year}", year=str(one.year), **_said(one.settled, one.decided))
            for one in newest
        ),
    }


def _said(settled: Figure, decided: Figure) -> dict[str, object]:
    return {"settled": spoken(settled), "decided": spoken(decided)}


def spoken(figure: Figure) -> Message | int:
    """Return a figure of persons for a sentence: the number, or that it is hidden, not asked or lacking."""
    if figure.value is not None:
        exact = Fraction(figure.value)
        return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    if figure.mark is Mark.SUPPRESSED and figure.high is not None and (figure.low or 0) <= 1:
        return msg("færre enn {count}", count=int(figure.high) + 1)
    if figure.mark is Mark.SUPPRESSED and figure.low is not None and figure.high is not None:
        return msg("{low} til {high}", low=int(figure.low), high=int(figure.high))
    return msg("ikke anmodet") if figure.mark is Mark.NOT_ASKED else msg("ukjent")


def _decided_below_requested(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    asked, decided = case.last.requested, case.last.decided
    if asked.mark is Mark.NOT_ASKED or not asked.low or decided.high is None:
        return None
    if decided.mark is Mark.NOT_ASKED or decided.high > rule.share * asked.low:
        return None
    return {"decided": spoken(decided), "requested": spoken(asked), "year": str(case.last_year)}


def _behind_in_year(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    last = case.last
    if last.status_date is None or len(last.status_date) < len("2026-09-28"):
        return None
    if last.settled.high is None or not last.decided.low:
        return None
    day = date.fromisoformat(last.status_date)
    elapsed = Fraction(day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday)
    due = elapsed * last.decided.low
    if last.settled.high >= rule.share * due or due - last.settled.high < rule.persons:
        return None
    return {
        "settled": spoken(last.settled),
        "decided": spoken(last.decided),
        "day": day,
        "year": str(case.last_year),
    }


def _not_asked(case: Case, _: RaisedRule, __: DialogueForm) -> Values | None:
    if case.last.requested.mark is not Mark.NOT_ASKED:
        return None
    asked = [one for one in case.facts.history if one.year < case.last_year and (one.requested.high or 0) > 0]
    before: Value = ""
    if asked:
        newest = asked[-1]
        before = msg(
            " Sist anmodet i {year}: {count}.", year=str(newest.year), count=spoken(newest.requested)
        )
    return {"year": str(case.last_year), "before": before}


def _request_changed(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    earlier = next((one for one in case.facts.history if one.year == case.last_year - 1), None)
    now = case.last.requested.value
    before = earlier.requested.value if earlier else None
    if not before or now is None:
        return None
    if abs(Fraction(now) - Fraction(before)) < _least(rule, before):
        return None
    return {
        "before": spoken(Figure.observed(before)),
        "earlier": str(case.last_year - 1),
        "requested": spoken(Figure.observed(now)),
        "year": str(case.last_year),
    }


def _least(rule: RaisedRule, level: Number) -> Fraction:
    """Return the smallest difference from ``level`` that counts."""
    return max(rule.share * Fraction(level), Fraction(rule.persons))


def _few_settled(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    newest = case.finished[-rule.years :]
    together = total(one.settled for one in newest)
    if len(newest) < rule.years or together.high is None or together.high >= rule.persons:
        return None
    return {
        "count": spoken(together),
        "first": str(newest[0].year),
        "last": str(newest[-1].year),
        "limit": rule.persons,
        "number": rule.years,
    }


def _bottleneck(case: Case, _: RaisedRule, __: DialogueForm) -> Values | None:
    if case.reply is None or case.reply.bottleneck is None:
        return None
    service, capacity = case.reply.bottleneck
    wish, asked = case.reply.own_wish, case.last.requested.value
    if wish is not None and wish > capacity:
        wanted = msg("et ønske på {count}", count=wish)
    elif asked is not None and asked > capacity:
        wanted = msg("en anmodning om {count}", count=spoken(case.last.requested))
    else:
        return None
    return {
        "service": service_name(service),
        "capacity": capacity,
        "wanted": wanted,
        "year": str(case.last_year),
    }


def _requested_unlike_wish(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    wish = case.reply.own_wish if case.reply else None
    asked = case.last.requested
    if wish is None or asked.value is None:
        return None
    if abs(Fraction(asked.value) - wish) < _least(rule, wish):
        return None
    return {"wish": wish, "requested": spoken(asked), "year": str(case.last_year)}


def _reply_text(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    said = case.reply.texts.get(rule.field, "").strip() if case.reply else ""
    return {"quote": " ".join(said.split()), "year": str(case.last_year)} if said else None


def _reply_number(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    count = case.reply.outcomes.get(rule.field, 0) if case.reply else 0
    return {"count": count, "year": str(case.last_year)} if count and count >= rule.persons else None


def _reply_minors(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    count = case.reply.minors if case.reply else None
    return {"count": count, "year": str(case.last_year)} if count and count >= rule.persons else None


def _no_reply(case: Case, _: RaisedRule, __: DialogueForm) -> Values | None:
    return {"year": str(case.last_year)} if case.asked and case.reply is None else None


def _needs_heard(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    count = len(case.needs)
    return {"count": count, "year": str(case.last_year)} if count >= max(rule.persons, 1) else None


def _indicator(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    found = case.compared(rule.indicator)
    if found is None or found.own.value is None:
        return None
    reached = found.own.value >= rule.limit if rule.side == "above" else found.own.value <= rule.limit
    return _beside(case, rule) if reached else None


def _stands_out(case: Case, rule: RaisedRule, form: DialogueForm) -> Values | None:
    found = case.compared(rule.indicator)
    limit = next((one for one in form.standing_out if one.indicator == rule.indicator), None)
    out: StandingOut | None = stands_out(found, limit) if found and limit else None
    return _beside(case, rule) if out is not None and out.side == rule.side else None


def _beside(case: Case, rule: RaisedRule) -> Values | None:
    found = case.compared(rule.indicator)
    if found is None:
        return None
    return {
        "own": IndicatorValue(rule.indicator, found.own),
        "county": IndicatorValue(rule.indicator, found.county),
        "alike": IndicatorValue(rule.indicator, found.alike),
        "period": found.period,
    }


def _hidden(case: Case, _: RaisedRule, __: DialogueForm) -> Values | None:
    names: list[Part] = []
    for year in (*case.finished[-1:], *([case.last] if case.last.status_date else [])):
        for name, figure in (
            (msg("anmodet i {year}", year=str(year.year)), year.requested),
            (msg("vedtatt i {year}", year=str(year.year)), year.decided),
            (msg("bosatt i {year}", year=str(year.year)), year.settled),
        ):
            if figure.mark is Mark.SUPPRESSED:
                names.append(name)
    names += [
        NamedIndicator(one.indicator, one.period)
        for one in case.facts.indicators
        if one.own.mark is Mark.SUPPRESSED
    ]
    return {"names": tuple(names)} if names else None


def _no_history(case: Case, rule: RaisedRule, _: DialogueForm) -> Values | None:
    newest = case.finished[-rule.years :]
    unknown = not newest or all(one.settled.mark is Mark.MISSING for one in newest)
    return {"number": rule.years} if unknown else None


_KINDS: Mapping[RaisedKind, Callable[[Case, RaisedRule, DialogueForm], Values | None]] = {
    "settled_below_decided": _settled_below_decided,
    "decided_below_requested": _decided_below_requested,
    "behind_in_year": _behind_in_year,
    "not_asked": _not_asked,
    "request_changed": _request_changed,
    "few_settled": _few_settled,
    "bottleneck": _bottleneck,
    "requested_unlike_wish": _requested_unlike_wish,
    "reply_text": _reply_text,
    "reply_number": _reply_number,
    "reply_minors": _reply_minors,
    "no_reply": _no_reply,
    "needs_heard": _needs_heard,
    "indicator": _indicator,
    "stands_out": _stands_out,
    "hidden": _hidden,
    "no_history": _no_history,
}
