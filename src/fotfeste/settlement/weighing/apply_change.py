"""A change applied to choices as a value: what they become, and what cannot be chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.criteria import Criteria, Criterion, Key, Rule
from fotfeste.settlement.ledger import Entry
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Change,
    ChangeRule,
    Override,
    RemoveRule,
    RestoreVersion,
    SetKey,
    SetMethod,
    SetPlaces,
    SetSuppressedAs,
    SetTotal,
    SetWeight,
    UseCriteria,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.choices import Choices, refuse_impossible, with_criteria
from fotfeste.settlement.weighing.rule_faults import refuse_faulty
from fotfeste.settlement.wording import as_named


def apply(choices: Choices, change: Change, at: datetime) -> Choices:
    """Return the choices after a change; ``at`` (with a time zone) is when overrides are entered.

    Raises :class:`InputError`, with the field of the change as its place, for what cannot be chosen, for what is no
    longer there to be changed, and for a change that changes nothing.
    """
    after = _applied(choices, change, at)
    if after == choices:
        raise InputError(
            "change.nothing",
            msg("Ingenting blir annerledes med denne endringen."),
            remedy=msg("Velg noe annet enn det som allerede gjelder."),
        )
    return after


def _applied(choices: Choices, change: Change, at: datetime) -> Choices:
    criteria = choices.criteria
    match change:
        case SetTotal(total, minors):
            found = replace(choices, total=total, minors=minors)
            refuse_impossible(found)
            return found
        case SetWeight(name, weight):
            return _with_criterion(choices, _weighed(choices, name, weight))
        case SetKey(name, key):
            return _with_criterion(choices, _with_key(criterion_of(criteria, name), key))
        case SetMethod(method):
            same = method == criteria.method
            return choices if same else with_criteria(choices, replace(criteria, method=method))
        case SetSuppressedAs(suppressed):
            same = suppressed == criteria.suppressed
            return choices if same else with_criteria(choices, replace(criteria, suppressed=suppressed))
        case SetPlaces(places):
            return _with_places(choices, places)
        case AddRule(rule):
            refuse_faulty(rule, choices)
            _refuse_repeated(rule, criteria)
            return with_criteria(choices, replace(criteria, rules=(*criteria.rules, rule)))
        case ChangeRule(before, rule):
            place = _place_of(before, criteria)
            if before == rule:
                return choices
            refuse_faulty(rule, choices)
            _refuse_repeated(rule, criteria)
            rules = (*criteria.rules[:place], rule, *criteria.rules[place + 1 :])
            return with_criteria(choices, replace(criteria, rules=rules))
        case RemoveRule(rule):
            place = _place_of(rule, criteria)
            rules = (*criteria.rules[:place], *criteria.rules[place + 1 :])
            return with_criteria(choices, replace(criteria, rules=rules))
        case UseCriteria(other):
            found = replace(choices, criteria=other)
            refuse_impossible(found)
            return found
        case Override():
            return _overridden(choices, change, at)
        case WithdrawOverride(code, reason, role, name):
            if code not in choices.overrides:
                raise InputError(
                    "change.no_override",
                    msg("Kommunen har ikke lenger et tall som er satt."),
                    place="code",
                    remedy=msg("Se hvilke tall som er satt nå."),
                )
            ledger = choices.ledger.followed(
                at=at, role=role, name=name, code=code, persons=None, reason=reason
            )
            return replace(choices, ledger=ledger)
        case RestoreVersion():
            return _restored(choices, change, at)


def _with_places(choices: Choices, places: tuple[tuple[str, int], ...]) -> Choices:
    if any(number < 0 for _, number in places):
        raise InputError(
            "change.places",
            msg("Plasser til enslige mindreårige kan ikke være under null."),
            place="places",
            remedy=msg("Oppgi null eller flere."),
        )
    if places == choices.criteria.minors:
        return choices
    found = with_criteria(choices, replace(choices.criteria, minors=places))
    refuse_impossible(found)
    return found


def criterion_of(criteria: Criteria, name: str) -> Criterion:
    """Return the criterion with this id; raises :class:`InputError` where there is none (any longer)."""
    found = next((one for one in criteria.criteria if one.id == name), None)
    if found is None:
        raise InputError(
            "change.criterion",
            msg("Kriteriet finnes ikke lenger i kriteriene som brukes."),
            place="criterion",
            remedy=msg("Se kriteriene slik de er nå, og gjør endringen på nytt."),
        )
    return found


def _with_criterion(choices: Choices, changed: Criterion) -> Choices:
    criteria = choices.criteria
    if changed in criteria.criteria:
        return choices
    ones = tuple(changed if one.id == changed.id else one for one in criteria.criteria)
    return with_criteria(choices, replace(criteria, criteria=ones))


def _weighed(choices: Choices, name: str, weight: Fraction) -> Criterion:
    """Return a criterion with another weight; at least one criterion must count."""
    criterion = criterion_of(choices.criteria, name)
    if weight < 0:
        raise InputError(
            "change.weight",
            msg("Vekten kan ikke være under null, men er {weight}.", weight=weight),
            place="weight",
            remedy=msg("Oppgi null eller mer. Null betyr at kriteriet ikke teller."),
        )
    if not weight and not any(one.weight for one in choices.criteria.criteria if one.id != name):
        raise InputError(
            "change.weights",
            msg(
                "Uten «{name}» er alle vektene null, og da finnes det ingenting å fordele etter.",
                name=as_named(criterion.name, choices.criteria),
            ),
            place="weight",
            remedy=msg("Gi et annet kriterium en vekt over null først."),
        )
    return replace(criterion, weight=weight)


def _with_key(criterion: Criterion, key: Key) -> Criterion:
    old = criterion.key
    if (key.form, key.base, key.indicator) != (old.form, old.base, old.indicator):
        raise InputError(
            "change.key",
            msg("Hva kriteriet teller, kan ikke endres her."),
            place="key",
            remedy=msg("Last opp en kriteriefil med det nye kriteriet."),
        )
    return replace(criterion, key=key)


def _place_of(rule: Rule, criteria: Criteria) -> int:
    if rule not in criteria.rules:
        raise InputError(
            "change.rule_gone",
            msg("Regelen er endret eller tatt bort i mellomtiden."),
            place="rule",
            remedy=msg("Se reglene slik de er nå, og gjør endringen på nytt."),
        )
    return criteria.rules.index(rule)


def _refuse_repeated(rule: Rule, criteria: Criteria) -> None:
    if rule in criteria.rules:
        raise InputError(
            "change.rule_there",
            msg("Den samme regelen gjelder alt."),
            place="rule",
            remedy=msg("Endre regelen som gjelder, i stedet for å legge til en til."),
        )


def refuse_number(change: Override, choices: Choices) -> None:
    """Raise :class:`InputError` for a number of a municipality outside the county, below zero or above the total."""
    if change.code not in choices.codes:
        raise InputError(
            "change.municipality",
            msg("Kommunen {code} er ikke i fylket.", code=change.code),
            place="code",
            remedy=msg("Velg en kommune i fylket."),
        )
    if not 0 <= change.persons <= choices.total:
        raise InputError(
            "change.persons",
            msg(
                "Tallet må være mellom 0 og totalen ({total}), men er {persons}.",
                persons=change.persons,
                total=choices.total,
            ),
            place="persons",
            remedy=msg("Oppgi hele tallet kommunen skal ha, enslige mindreårige medregnet."),
        )


def _overridden(choices: Choices, change: Override, at: datetime) -> Choices:
    refuse_number(change, choices)
    now = choices.ledger.in_force.get(change.code)
    said = tuple(" ".join(text.split()) for text in (change.role, change.name, change.reason))
    if now and (now.persons, now.role, now.name, now.reason) == (change.persons, *said):
        return choices
    ledger = choices.ledger.followed(
        at=at,
        role=change.role,
        name=change.name,
        code=change.code,
        persons=change.persons,
        reason=change.reason,
    )
    return replace(choices, ledger=ledger)


def _restored(choices: Choices, change: RestoreVersion, at: datetime) -> Choices:
    earlier = change.choices
    if (earlier.county_code, earlier.year) != (choices.county_code, choices.year):
        raise InputError(
            "change.version",
            msg("Versjonen gjelder et annet fylke eller et annet år."),
            place="version",
            remedy=msg("Velg en versjon av denne avveiingen."),
        )
    ledger = choices.ledger
    wanted = earlier.ledger.in_force
    for code, now in ledger.in_force.items():
        if code not in wanted:
            ledger = ledger.followed(
                at=at, role=change.role, name=change.name, code=now.code, persons=None, reason=change.reason
            )
    for code, then in wanted.items():
        now_or_none = ledger.in_force.get(code)
        same = now_or_none is not None and _said(now_or_none) == _said(then)
        if not same:
            ledger = ledger.followed(
                at=at, role=then.role, name=then.name, code=code, persons=then.persons, reason=then.reason
            )
    return replace(earlier, codes=choices.codes, ledger=ledger)


def _said(entry: Entry) -> tuple[int | None, str, str, str]:
    return entry.persons, entry.role, entry.name, entry.reason
