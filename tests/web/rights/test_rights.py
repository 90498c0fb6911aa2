"""The declared rights against a table written by hand, which knows nothing of how they are declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.web.rights.declared import GRANTS, Actor, Held, Thing, allowed, may_give
from fotfeste.web.rights.roles import Action, Kind, Role, Scope
from fotfeste.web.rights.table import ACTIONS, KINDS, ROLES, SCOPES, as_markdown

ME = 7
WHO: dict[str, Actor] = {
    "anybody": Actor(),
    "no role": Actor(ME, "me"),
    "administrator": Actor(ME, "me", (Held(Role.ADMINISTRATOR),)),
    "adviser": Actor(ME, "me", (Held(Role.COUNTY_ADVISER, "40"),)),
    "reader": Actor(ME, "me", (Held(Role.COUNTY_READER, "40"),)),
    "contact": Actor(ME, "me", (Held(Role.MUNICIPALITY_CONTACT, municipality="4003"),)),
    "contact with county": Actor(ME, "me", (Held(Role.MUNICIPALITY_CONTACT, "40", "4003"),)),
    "partner": Actor(ME, "me", (Held(Role.PARTNER, "40", organisation="Nav"),)),
    "national partner": Actor(ME, "me", (Held(Role.PARTNER, organisation="Nav"),)),
}
NAV = frozenset({"Nav"})
NAMED = frozenset({"40", "4003", "Nav"})
ALL_NAMED = dict.fromkeys(("adviser", "reader", "contact", "contact with county", "national partner"), "v")
WHAT: dict[str, Thing] = {
    "place": Thing(Kind.PLACE),
    "own account": Thing(Kind.ACCOUNT, owner_id=ME),
    "other's account": Thing(Kind.ACCOUNT, owner_id=8),
    "person in 40": Thing(Kind.PERSON, "1", "40"),
    "person in 4003": Thing(Kind.PERSON, "1", municipality="4003"),
    "person in 42": Thing(Kind.PERSON, "1", "42"),
    "role in 4003": Thing(Kind.MEMBERSHIP, "1", municipality="4003"),
    "invitation in 40": Thing(Kind.INVITATION, "1", "40"),
    "round in 40": Thing(Kind.ROUND, "1", "40"),
    "round in 42": Thing(Kind.ROUND, "1", "42"),
    "round in 40 shared with Nav": Thing(Kind.ROUND, "1", "40", shared_with=NAV),
    "round in 42 shared with Nav": Thing(Kind.ROUND, "1", "42", shared_with=NAV),
    "round in 40 shared with 4003": Thing(Kind.ROUND, "1", "40", shared_with=frozenset({"4003"})),
    "round in 40 shared with county 40": Thing(Kind.ROUND, "1", "40", shared_with=frozenset({"40"})),
    "input of 4003": Thing(Kind.INPUT, "1", municipality="4003", owner_id=8),
    "input of 4001": Thing(Kind.INPUT, "1", municipality="4001", owner_id=8),
    "input in 42 that one wrote and is not shared": Thing(Kind.INPUT, "1", "42", owner_id=ME),
    "input to round shared with Nav": Thing(Kind.INPUT, "", "40", owner_id=ME, shared_with=NAV),
    "Nav's input in 42": Thing(Kind.INPUT, "1", "42", shared_with=NAV),
    "weighing in 40": Thing(Kind.WEIGHING, "1", "40", shared_with=NAV),
    "questions of 4003": Thing(Kind.QUESTION, "1", "40", "4003"),
    "questions of 4001": Thing(Kind.QUESTION, "1", "40", "4001"),
    "meeting with 4003": Thing(Kind.MEETING, "1", "40", "4003", shared_with=NAV),
    "minutes in 40 that are not shared": Thing(Kind.MEETING, "1", "40"),
    "need in 40": Thing(Kind.NEED, "1", "40", shared_with=NAV),
    "outcome of 4003": Thing(Kind.OUTCOME, "1", "40", "4003", shared_with=NAV),
    "outcome of 4001": Thing(Kind.OUTCOME, "1", "40", "4001"),
    "rates of 4003": Thing(Kind.RATES, "1", "40", "4003", shared_with=NAV),
    "new figures": Thing(Kind.FIGURES, "1"),
    "plan in 40": Thing(Kind.PLAN, "1", "40", "4003"),
    "plan in 42": Thing(Kind.PLAN, "1", "42"),
    "plan in 42 shared with county 40, 4003 and Nav": Thing(Kind.PLAN, "1", "42", shared_with=NAMED),
    "draft in 40": Thing(Kind.PLAN_DRAFT, "1", "40", "4003"),
    "draft in 42": Thing(Kind.PLAN_DRAFT, "1", "42"),
    "draft in 42 shared with county 40, 4003 and Nav": Thing(Kind.PLAN_DRAFT, "1", "42", shared_with=NAMED),
    "coding in 40": Thing(Kind.CODING, "1", "40", shared_with=NAV),
    "coding in 42": Thing(Kind.CODING, "1", "42", shared_with=NAMED),
    "statement of 40": Thing(Kind.STATEMENT, "1", "40", "4003"),
    "statement of 42": Thing(Kind.STATEMENT, "1", "42"),
    "document in 40": Thing(Kind.JOURNAL, "1", "40"),
    "document in 42": Thing(Kind.JOURNAL, "1", "42"),
    "document of no county": Thing(Kind.JOURNAL, "1"),
    "trace of 40": Thing(Kind.TRACE, "", "40"),
    "trace": Thing(Kind.TRACE),
    "own job": Thing(Kind.JOB, "1", owner_id=ME),
    "other's job": Thing(Kind.JOB, "1", owner_id=8),
    "nobody's job": Thing(Kind.JOB, "1"),
    "installation": Thing(Kind.INSTALLATION),
}
EXPECTED: dict[str, dict[str, str]] = {
    # v: view, a: add, c: change, r: remove, e: export
    "place": dict.fromkeys(WHO, "ve"),
    "own account": dict.fromkeys(set(WHO) - {"anybody"}, "vcr"),
    "other's account": {},
    "person in 40": {"administrator": "vcr", "adviser": "v"},
    "person in 4003": {"administrator": "vcr", "adviser": "v"},
    "person in 42": {"administrator": "vcr"},
    "role in 4003": {"administrator": "var", "adviser": "vr"},
    "invitation in 40": {"administrator": "var", "adviser": "var"},
    "round in 40": {"adviser": "vace", "reader": "v"},
    "round in 42": {},
    "round in 40 shared with Nav": {
        "adviser": "vace",
        "reader": "v",
        "partner": "v",
        "national partner": "v",
    },
    "round in 42 shared with Nav": {"national partner": "v"},
    "round in 40 shared with 4003": {
        "adviser": "vace",
        "reader": "v",
        "contact": "v",
        "contact with county": "v",
    },
    "round in 40 shared with county 40": {"adviser": "vace", "reader": "v"},
    "input of 4003": {"adviser": "vace", "reader": "v", "contact": "vace", "contact with county": "vace"},
    "input of 4001": {"adviser": "vace", "reader": "v"},
    "input in 42 that one wrote and is not shared": {},
    "input to round shared with Nav": {
        "adviser": "vace",
        "reader": "v",
        "partner": "vace",
        "national partner": "vace",
    },
    "Nav's input in 42": {"national partner": "vace"},
    "weighing in 40": {"adviser": "vace", "reader": "v"},
    "questions of 4003": {"adviser": "va", "contact": "va", "contact with county": "va"},
    "questions of 4001": {"adviser": "va"},
    "meeting with 4003": {"adviser": "vace", "reader": "v", "contact": "ve", "contact with county": "ve"},
    "minutes in 40 that are not shared": {"adviser": "vace", "reader": "v"},
    "need in 40": {"adviser": "vace", "reader": "v"},
    "outcome of 4003": {"adviser": "vace", "reader": "v", "contact": "vace", "contact with county": "vace"},
    "outcome of 4001": {"adviser": "vace", "reader": "v"},
    "rates of 4003": {"adviser": "v", "reader": "v", "contact": "vac", "contact with county": "vac"},
    "new figures": {"administrator": "vac", "adviser": "vac"},
    "plan in 40": {"adviser": "vace", "reader": "v"},
    "plan in 42": {},
    "plan in 42 shared with county 40, 4003 and Nav": ALL_NAMED,
    "draft in 40": {"adviser": "vace"},
    "draft in 42": {},
    "draft in 42 shared with county 40, 4003 and Nav": ALL_NAMED,
    "coding in 40": {"adviser": "vace", "reader": "v"},
    "coding in 42": {},
    "statement of 40": {"adviser": "vace", "reader": "v"},
    "statement of 42": {},
    "document in 40": {"adviser": "vace", "reader": "v"},
    "document in 42": {},
    "document of no county": {},
    "trace of 40": {"administrator": "ve", "adviser": "v"},
    "trace": {"administrator": "ve"},
    "own job": dict.fromkeys(set(WHO) - {"anybody"}, "vc"),
    "other's job": {"administrator": "vc"},
    "nobody's job": {"administrator": "vc"},
    "installation": {"administrator": "vc"},
}
LETTERS = {"v": Action.VIEW, "a": Action.ADD, "c": Action.CHANGE, "r": Action.REMOVE, "e": Action.EXPORT}


def test_the_table_says_something_of_every_object_and_kind() -> None:
    assert set(EXPECTED) == set(WHAT)
    assert {one.kind for one in WHAT.values()} == set(Kind)


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("who", WHO)
def test_rights_are_as_the_table_says(who: str, what: str) -> None:
    can = {letter for letter, action in LETTERS.items() if allowed(WHO[who], action, WHAT[what])}
    assert can == set(EXPECTED[what].get(who, ""))


GIVEN: dict[str, tuple[Held, set[str]]] = {
    "administrator": (Held(Role.ADMINISTRATOR), {"administrator"}),
    "adviser in 40": (Held(Role.COUNTY_ADVISER, "40"), {"administrator"}),
    "reader in 40": (Held(Role.COUNTY_READER, "40"), {"administrator", "adviser"}),
    "reader in 42": (Held(Role.COUNTY_READER, "42"), {"administrator"}),
    "contact in 4003": (Held(Role.MUNICIPALITY_CONTACT, municipality="4003"), {"administrator", "adviser"}),
    "contact in 4204": (Held(Role.MUNICIPALITY_CONTACT, municipality="4204"), {"administrator"}),
    "contact whose county is another": (Held(Role.MUNICIPALITY_CONTACT, "40", "4204"), set()),
    "partner in 40": (Held(Role.PARTNER, "40", organisation="Nav"), {"administrator", "adviser"}),
    "partner everywhere": (Held(Role.PARTNER, organisation="Nav"), {"administrator"}),
}


@pytest.mark.parametrize("given_role", GIVEN)
def test_who_may_give_which_role(given_role: str) -> None:
    held, givers = GIVEN[given_role]
    assert {who for who, actor in WHO.items() if may_give(actor, held)} == givers


def test_two_roles_give_what_each_gives_and_no_more() -> None:
    both = Actor(ME, "me", (Held(Role.COUNTY_READER, "40"), Held(Role.COUNTY_ADVISER, "42")))
    assert allowed(both, Action.VIEW, Thing(Kind.ROUND, "1", "40"))
    assert not allowed(both, Action.CHANGE, Thing(Kind.ROUND, "1", "40"))
    assert allowed(both, Action.CHANGE, Thing(Kind.ROUND, "1", "42"))


CODES = st.sampled_from(["", "40", "42"])
PLACES = st.sampled_from(["", "4003", "4204"])
SHARES = st.frozensets(st.sampled_from(["", "40", "4003", "Nav", "KS"]))
HELDS = st.builds(Held, st.sampled_from(Role), CODES, PLACES, st.sampled_from(["", "Nav", "KS"]))
THINGS = st.builds(
    Thing, st.sampled_from(Kind), st.just("1"), CODES, PLACES, st.sampled_from([None, 7, 8]), SHARES
)


@given(st.lists(HELDS, max_size=3), THINGS, st.sampled_from(Action))
def test_nothing_is_allowed_that_no_line_declares(held: list[Held], thing: Thing, action: Action) -> None:
    if allowed(Actor(ME, "me", tuple(held)), action, thing):
        roles = {None, *(one.role for one in held)}
        assert any(one.role in roles and one.action is action and one.kind is thing.kind for one in GRANTS)


@given(HELDS, THINGS, st.sampled_from(Action))
def test_whoever_may_do_anything_with_an_object_may_see_it(held: Held, thing: Thing, action: Action) -> None:
    actor = Actor(ME, "me", (held,))
    if action is not Action.ADD and allowed(actor, action, thing):
        assert allowed(actor, Action.VIEW, thing)


@given(HELDS, THINGS, st.sampled_from(Action))
def test_a_further_role_takes_nothing_away(held: Held, thing: Thing, action: Action) -> None:
    alone = Actor(ME, "me", (held,))
    if allowed(alone, action, thing):
        assert allowed(Actor(ME, "me", (held, Held(Role.PARTNER, organisation="KS"))), action, thing)


@given(THINGS, st.sampled_from(Action))
def test_nobody_known_may_only_see_places(thing: Thing, action: Action) -> None:
    may = allowed(Actor(), action, thing)
    assert may == (thing.kind is Kind.PLACE and action in {Action.VIEW, Action.EXPORT})


def test_the_page_of_the_guide_is_what_the_code_says() -> None:
    page = Path(__file__).parents[3] / "docs" / "guide" / "rettigheter.md"
    assert page.read_text(encoding="utf-8") == as_markdown()


def test_every_word_of_the_rights_has_a_name_for_people() -> None:
    assert set(ROLES) == {None, *Role}
    assert set(KINDS) == set(Kind)
    assert set(ACTIONS) == set(Action)
    assert set(SCOPES) == set(Scope)
