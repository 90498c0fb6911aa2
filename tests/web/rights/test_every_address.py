"""Every address and every operation of the API, tried by everybody, with their own objects and other people's.

What is expected follows from the object as this test made it and from the declared rights; never from the view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from pytest_django.plugin import DjangoDbBlocker

from fotfeste.web.rights.declared import Actor, Thing, allowed, may_give
from fotfeste.web.rights.guard import Right, right_of
from fotfeste.web.rights.roles import Action, Kind
from tests.daily import LONG_RUN
from tests.web.rights.routes import Route, operations, rights, routes
from tests.web.rights.world import OPEN_VALUES, Example, World, everybody, examples_for, make_world

pytestmark = pytest.mark.django_db

READ_AND_SENT = ("GET", "POST")
"""What a browser asks with. On a day everybody tries each object of an address with one of the two, by turns, as soon as somebody was let in."""
SELDOM = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
"""What only programs ask with: tried in `make verify`. No address of a page takes more than being read and sent to."""

OPEN_LIBRARY_VIEWS = {
    "/api/v1/openapi.json": "describes operations that are all open",
    "/api/v1/": "the API framework's own front page, which our operation stands before",
}
"""Views of libraries that carry no right of ours, each with the reason."""

OPEN_REFUSALS = {"metrics": {401, 403}, "socialaccount_login_error": {401}}
"""Open pages that refuse for reasons of their own: a key that is asked for, a sign-in elsewhere that failed."""

FIGURES = (
    "fylke/",
    "kommune/",
    "indikator/",
    "tema/",
    "alder/",
    "sammenlign/",
    "sok/",
    "api/",
    "tabell.",
    "<by_year:name>",
)
"""Where the pages of figures begin: they never look at who reads."""

SIGNED_IN_ALIKE = ("anonymous", "no role", "adviser", "reader", "contact")
"""Who tries the pages of one's own account: roles make no difference there."""

ASKS_THE_VIEW = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
"""Where a library's view itself looks only among one's own: a question about methods does not reach it."""

REACHES_THE_VIEW = {"GET", "HEAD", "POST"}
"""The methods that a view itself refuses; a question about methods is answered before it."""

NOT_ON_ONESELF = {"drop_second_factors", "recovery_link"}
"""What nobody may do to themselves through this address, whatever their rights."""

ROUTES = routes()
GUARDED = [one for one in ROUTES if (right := right_of(one.view)) is not None and not right.open]
OPEN = [one for one in ROUTES if one not in GUARDED]


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make everybody once: what a test does is undone, so that the next one has them as they were."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(people: World, db: None) -> World:
    return replace(people)


@pytest.fixture(autouse=True)
def _nothing_is_counted() -> Iterator[None]:
    for name in ("near", "counts"):
        caches[name].clear()
    yield
    for name in ("near", "counts"):
        caches[name].clear()


def test_the_walk_covers_what_the_workspace_has() -> None:
    known = {str(one) for one in ROUTES}
    assert len(ROUTES) > 90
    assert {"/", "/api/v1/places", "/konto/personer/<int:number>/", "/spor/", "/arbeid/<uuid:job>/"} <= known


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_view_declares_its_right(route: Route) -> None:
    if str(route) in OPEN_LIBRARY_VIEWS and not operations(route):
        return
    undeclared = [method for method, right in rights(route).items() if right is None and method == "GET"]
    assert not undeclared, f"{route}: mark the view with @open_to_all or @needs"
    if found := operations(route):
        assert all(right_of(view, method) is not None for method, view in found.items())


def test_every_guarded_route_with_parts_tells_how_its_objects_are_made(world: World) -> None:
    for route in (one for one in GUARDED if one.parts):
        with transaction.atomic():
            examples = examples_for(route.pattern, world)
            transaction.set_rollback(True)
        assert examples, f"{route}: register its objects in tests/web/rights/world.py (OBJECTS)"
        assert all(set(route.parts) <= set(one.values) for one in examples), route


@pytest.mark.parametrize("route", OPEN, ids=str)
def test_an_open_address_answers_everybody(route: Route) -> None:
    address = route.address(_open_values(route))
    for method in ("GET", "POST"):
        _answers_openly(route, method, _ask(World(), "anonymous", method, address))


@pytest.mark.parametrize("route", [one for one in OPEN if not one.pattern.startswith(FIGURES)], ids=str)
def test_an_open_address_that_is_no_page_of_figures_answers_those_who_are_signed_in(
    route: Route, world: World
) -> None:
    address = route.address(_open_values(route))
    for who in ("no role", "adviser", "contact next door"):
        for method in ("GET", "POST", "DELETE"):
            _answers_openly(route, method, _ask(world, who, method, address))


def _answers_openly(route: Route, method: str, answer: HttpResponse) -> None:
    said = f"{method} {route}: {answer.status_code}"
    assert answer.status_code < 500, said
    assert answer.status_code not in {401, 403} - OPEN_REFUSALS.get(route.name, set()), said
    if not route.pattern.startswith("konto/"):
        assert not _asks_to_sign_in(answer), said


@pytest.mark.parametrize(
    ("route", "methods", "by_turns"),
    [
        pytest.param(one, methods, by_turns, id=f"{one}-{label}", marks=marks)
        for one in GUARDED
        for label, methods, by_turns, marks in (
            ("read-or-sent", READ_AND_SENT, True, ()),
            ("read-and-sent", READ_AND_SENT, False, LONG_RUN),
            ("seldom", SELDOM, False, LONG_RUN),
        )
    ],
)
def test_a_guarded_address_answers_as_declared(
    route: Route, methods: tuple[str, ...], by_turns: bool, world: World
) -> None:
    let_in, kept_out, took = 0, 0, 0
    everyone = SIGNED_IN_ALIKE if right_of(route.view).kind is Kind.ACCOUNT else everybody()  # type: ignore[union-attr]
    for turn, who in enumerate(everyone, sum(map(ord, route.pattern))):
        actor = world.actor(who)
        for method in methods:
            if method == "OPTIONS" and route.name in ASKS_THE_VIEW:
                continue
            right = right_of(route.view, method)
            assert right is not None
            for number, example in enumerate(_examples(route, right, actor, world), turn):
                if by_turns and took and methods[number % len(methods)] != method:
                    continue
                answer = _ask(world, who, method, route.address(example.values))
                said = f"{method} {route} by {who}, object {example.label}: {answer.status_code}"
                assert answer.status_code < 500, said
                if who == "anonymous":
                    assert _asks_to_sign_in(answer) or answer.status_code == 405, said
                    kept_out += 1
                    continue
                expected = _expected(route, right, method, actor, example)
                if expected is None:
                    assert answer.status_code not in {401, 403, 404}, said
                    assert not _asks_to_sign_in(answer), said
                    let_in += 1
                    took += answer.status_code != 405
                else:
                    assert answer.status_code in expected | {405}, f"{said}, expected {expected}"
                    kept_out += answer.status_code != 405
    assert let_in, f"nobody may use {route}"
    assert kept_out, f"nobody is kept out of {route}"
    assert took or methods == SELDOM, f"{route} takes no method from anybody"


def _examples(route: Route, right: Right, actor: Actor, world: World) -> list[Example]:
    """The objects that the route is tried with; for a list, the one nearest to the actor."""
    if route.parts:
        found = world.__dict__.setdefault("_made", {})
        if route.pattern not in found:
            found[route.pattern] = examples_for(route.pattern, world)
        made: list[Example] = found[route.pattern]
        return made
    places = [Thing(right.kind, owner_id=actor.user_id)]
    places += [
        Thing(right.kind, county=held.county, municipality=held.municipality, owner_id=actor.user_id)
        for held in actor.held
    ]
    action = right.action
    return [
        Example({}, next((one for one in places if allowed(actor, action, one)), places[0]), label="list")
    ]


def _expected(route: Route, right: Right, method: str, actor: Actor, example: Example) -> set[int] | None:
    """The answers that refuse, or nothing when the actor is let in."""
    asked = right.action_for(method) or right.action
    thing = example.seen_by(actor)
    sees = allowed(actor, Action.VIEW, thing)
    if not allowed(actor, asked, thing):
        return ({403} if sees else {404}) if route.parts else {403, 404}
    if example.given is not None and not may_give(actor, example.given) and method in REACHES_THE_VIEW:
        return {403}
    if (
        route.name in NOT_ON_ONESELF
        and example.thing.owner_id == actor.user_id
        and method in REACHES_THE_VIEW
    ):
        return {403}
    return None


def _open_values(route: Route) -> dict[str, object]:
    values = dict(OPEN_VALUES[""])
    for start, more in OPEN_VALUES.items():
        if start and route.pattern.startswith(start):
            values.update(more)
    missing = set(route.parts) - set(values)
    assert not missing, f"{route}: register {missing} in tests/web/rights/world.py (OPEN_VALUES)"
    return values


def _ask(world: World, who: str, method: str, address: str) -> HttpResponse:
    """Send one request, and let nothing of what it did stay."""
    with transaction.atomic():
        answer: HttpResponse = world.client(who).generic(method, address)  # type: ignore[assignment]
        if answer.streaming:  # what is read to its end is closed, without the connection to the database
            b"".join(answer)
        transaction.set_rollback(True)
    return answer


def _asks_to_sign_in(answer: HttpResponse) -> bool:
    here = urlsplit(answer.headers.get("Location", "")).path
    return answer.status_code == 302 and here == resolve_url("account_login")
