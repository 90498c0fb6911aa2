"""What hypothesis draws for a weighing in Telemark: changes of every kind, from valid pieces."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from hypothesis import strategies as st

from fotfeste.errors import FotfesteError
from fotfeste.settlement.criteria import Criteria, Rule, RuleKind
from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Change,
    ChangeRule,
    Override,
    RemoveRule,
    SetKey,
    SetMethod,
    SetPlaces,
    SetSuppressedAs,
    SetTotal,
    SetWeight,
    UseCriteria,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.choices import Choices

from .examples import AT, ready

CODES = ready().codes
codes = st.sampled_from(CODES)
persons = st.integers(0, 90)
places = st.dictionaries(codes, st.integers(0, 12), max_size=4).map(lambda one: tuple(sorted(one.items())))
texts = st.sampled_from(["Byen bygger om", "Skolen er full", "Få boliger", "Nye arbeidsplasser"])
roles = st.sampled_from(["rådgiver", "fylkesdirektør", "leder"])
weights = st.one_of(
    st.integers(0, 100).map(Fraction), st.integers(1, 999).map(lambda tenths: Fraction(tenths, 10))
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    kind = draw(
        st.sampled_from([one for one in RuleKind if one.value not in ("settled", "decided", "override")])
    )
    some = tuple(draw(st.lists(codes, max_size=3, unique=True)))
    reason, source = draw(texts), draw(texts)
    match kind:
        case RuleKind.TRANSFER:
            giver, receiver = draw(st.lists(codes, min_size=2, max_size=2, unique=True))
            return Rule(
                kind, (giver,), draw(st.integers(0, 8)), receiver=receiver, reason=reason, source=source
            )
        case RuleKind.LOCK:
            return Rule(kind, some or (CODES[0],), draw(persons), reason=reason, source=source)
        case RuleKind.EXCLUDE:
            return Rule(kind, some or (CODES[0],), reason=reason, source=source)
        case RuleKind.CONTINUITY:
            return Rule(
                kind, some, draw(persons), years=draw(st.integers(1, 6)), reason=reason, source=source
            )
        case RuleKind.MAX_CHANGE if draw(st.booleans()):
            return Rule(
                kind, some, share=Fraction(draw(st.integers(0, 20)), 20), reason=reason, source=source
            )
        case RuleKind.CAP if draw(st.booleans()):
            return Rule(kind, some, origin="replies", reason=reason, source=source)
        case _:
            return Rule(kind, some, draw(persons), reason=reason, source=source)


@st.composite
def changes(draw: st.DrawFn, before: Choices) -> Change:
    """A change that often, but not always, can be made in ``before``."""
    criteria = before.criteria
    criterion = draw(st.sampled_from(criteria.criteria))
    options: list[st.SearchStrategy[Change]] = [
        st.builds(SetTotal, st.integers(1, 900), st.just(0)),
        st.builds(SetWeight, st.just(criterion.id), weights),
        st.builds(
            SetKey,
            st.just(criterion.id),
            st.builds(
                lambda tenths: replace(criterion.key, exponent=Fraction(tenths, 10)), st.integers(-5, 20)
            ),
        ),
        st.builds(SetPlaces, places),
        st.builds(SetMethod, st.sampled_from(["hamilton", "sainte-lague"])),
        st.builds(SetSuppressedAs, st.sampled_from(["middle", "low", "high"])),
        st.builds(AddRule, rules()),
        st.builds(UseCriteria, st.sampled_from(SHIPPED)),
        st.builds(Override, codes, persons, texts, roles, st.just("Navn Navnesen")),
    ]
    if criteria.rules:
        there = st.sampled_from(criteria.rules)
        options += [st.builds(RemoveRule, there), st.builds(ChangeRule, there, rules())]
    if before.overrides:
        set_now = st.sampled_from(sorted(before.overrides))
        options.append(st.builds(WithdrawOverride, set_now, texts, roles, st.just("Navn Navnesen")))
    return draw(st.one_of(options))


@st.composite
def versions(draw: st.DrawFn, begun: Choices, most: int = 5) -> list[Choices]:
    """Choices after choices, each one change later; changes that cannot be made are passed over."""
    found = [begun]
    for turn in range(draw(st.integers(1, most))):
        try:
            found.append(apply(found[-1], draw(changes(found[-1])), AT + timedelta(minutes=turn)))
        except FotfesteError:
            continue
    return found


SHIPPED: tuple[Criteria, ...] = tuple(read_criteria(name) for name in shipped_criteria())
