"""What stands before every view: who is let in with which method, and what is left in the trace of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from fotfeste.web.people.services import actor_for
from fotfeste.web.rights import guard
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.guard import Found, found, needs, per_method, right_of
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import ADVISER, OTHER_ADVISER, READER, person

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = Thing(Kind.ROUND, "1", county="40"), Thing(Kind.ROUND, "2", county="42")


def find(request: HttpRequest, thing: Thing) -> Thing:
    return thing


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch) -> Any:
    def ask(
        view: guard.View,
        actor: Actor,
        method: str = "GET",
        thing: Thing = HERE,
        path: str = "/x/",
        **headers: str,
    ) -> Any:
        monkeypatch.setattr(guard, "actor_of", lambda _: actor)
        return view(RequestFactory().generic(method, path, headers=headers), thing=thing)

    return ask


def answers(request: HttpRequest, thing: Thing) -> HttpResponse:
    return HttpResponse("here")


def saved_as_page(request: HttpRequest, thing: Thing) -> HttpResponse:
    return HttpResponse("letter", headers={"Content-Disposition": 'attachment; filename="brev.html"'})


def hands_out(request: HttpRequest, thing: Thing) -> HttpResponse:
    return HttpResponse(b"%PDF", content_type="application/pdf")


SEES = needs(Action.VIEW, Kind.ROUND, find)(answers)
CHANGES = needs(Action.CHANGE, Kind.ROUND, find)(answers)
BOTH = needs(Action.VIEW, Kind.ROUND, find, post=Action.CHANGE)(answers)
TAKES = needs(Action.EXPORT, Kind.ROUND, find)(hands_out)


def acts() -> list[tuple[str, str]]:
    return list(
        Entry.objects.exclude(act__startswith="membership").order_by("number").values_list("act", "object")
    )


def test_nobody_known_is_sent_to_sign_in_and_comes_back_where_that_is_possible(asks: Any) -> None:
    assert asks(SEES, Actor()).headers["Location"].endswith("?next=/x/")
    assert asks(SEES, Actor(), "POST").headers["Location"].endswith("?next=/")
    partial = asks(SEES, Actor(), **{"HX-Request": "true"})
    assert (partial.status_code, "HX-Redirect" in partial.headers) == (401, True)
    assert acts() == []


def test_what_may_not_be_seen_is_not_there_and_what_may_not_be_done_is_refused(asks: Any) -> None:
    reader = actor_for(person("r@example.org", READER))
    with pytest.raises(Http404):
        asks(SEES, reader, thing=ELSEWHERE)
    with pytest.raises(Http404):
        asks(CHANGES, reader, thing=ELSEWHERE)
    with pytest.raises(PermissionDenied):
        asks(CHANGES, reader)
    assert acts() == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_who_may_only_see_changes_nothing_by_any_method(asks: Any, method: str) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    assert asks(SEES, adviser, method).status_code == 405
    assert asks(CHANGES, adviser, method).status_code == 200
    assert asks(BOTH, adviser, method).status_code == 200
    reader = actor_for(person("r@example.org", READER))
    assert asks(BOTH, reader).status_code == 200
    with pytest.raises(PermissionDenied):
        asks(BOTH, reader, method)


def test_unknown_methods_are_refused_and_options_never_reach_the_view(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    assert asks(CHANGES, adviser, "TRACE").status_code == 405
    answer = asks(SEES, adviser, "OPTIONS")
    assert (answer.status_code, answer.headers["Allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")


def test_what_is_shown_is_recorded_and_what_is_sent_is_left_to_the_service(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    asks(BOTH, adviser)
    asks(BOTH, adviser, "POST")
    asks(TAKES, adviser)
    asks(TAKES, adviser, "POST", thing=Thing(Kind.ROUND, "3", county="40"))
    asks(needs(Action.ADD, Kind.ROUND, find)(answers), adviser)
    assert acts() == [("round.viewed", "1"), ("round.exported", "1"), ("round.exported", "3")]


def test_a_page_that_renews_itself_is_one_look_by_each(asks: Any) -> None:
    first, second = actor_for(person("a@example.org", ADVISER)), actor_for(person("b@example.org", ADVISER))
    for actor in (first, first, second, first):
        asks(SEES, actor)
    asks(SEES, first, thing=Thing(Kind.ROUND, "9", county="40"))
    assert acts() == [("round.viewed", "1"), ("round.viewed", "1"), ("round.viewed", "9")]


def test_every_file_that_is_taken_out_is_recorded_with_what_it_was(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    asks(TAKES, adviser, path="/bosetting/2027/40/dokumenter/nb/saksframlegg.pdf")
    asks(TAKES, adviser, path="/bosetting/2027/40/dokumenter/nb/saksframlegg.pdf")
    asks(TAKES, adviser, path="/bosetting/2027/40/vedtak/1/filer/nb/brev-4003.pdf")
    assert acts() == [("round.exported", "1")] * 3
    taken = [
        json.loads(one.detail)["document"]
        for one in Entry.objects.filter(act="round.exported").order_by("number")
    ]
    assert taken == [
        "/bosetting/2027/40/dokumenter/nb/saksframlegg.pdf",
        "/bosetting/2027/40/dokumenter/nb/saksframlegg.pdf",
        "/bosetting/2027/40/vedtak/1/filer/nb/brev-4003.pdf",
    ]


def test_a_very_long_address_of_a_file_does_not_stop_it_from_being_recorded(asks: Any) -> None:
    asks(TAKES, actor_for(person("a@example.org", ADVISER)), path="/" + "x" * 2_000)
    assert acts() == [("round.exported", "1")]


def test_the_page_that_lists_the_files_is_looked_at_and_not_taken_out(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    lists = needs(Action.EXPORT, Kind.ROUND, find)(answers)
    for _ in range(3):
        asks(lists, adviser)
    assert acts() == [("round.viewed", "1")]
    asks(needs(Action.EXPORT, Kind.ROUND, find)(saved_as_page), adviser)
    assert acts() == [("round.viewed", "1"), ("round.exported", "1")]


def test_a_file_for_those_who_see_is_recorded_each_time_and_pages_beside_it_are_one_look(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    file = needs(Action.VIEW, Kind.ROUND, find)(saved_as_page)
    for view in (SEES, file, file, SEES):
        asks(view, adviser)
    entries = [json.loads(one.detail) for one in Entry.objects.filter(kind="round").order_by("number")]
    assert ["document" in one for one in entries] == [False, True, True]


def test_other_looks_are_recorded_each_time(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    view = needs(Action.VIEW, Kind.JOURNAL, find)(answers)
    for _ in range(3):
        asks(view, adviser, thing=Thing(Kind.JOURNAL, "1", county="40"))
    assert acts() == [("journal.viewed", "1")] * 3


def test_what_failed_or_was_sent_elsewhere_was_not_seen(asks: Any) -> None:
    adviser = actor_for(person("a@example.org", ADVISER))
    for status in (302, 400, 404, 500):
        asks(needs(Action.VIEW, Kind.ROUND, find)(lambda *_, s=status, **__: HttpResponse(status=s)), adviser)
    assert acts() == []


def test_nothing_is_shown_that_cannot_be_recorded(asks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from fotfeste.web.trace import services

    def fail(*args: object, **values: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        asks(SEES, actor_for(person("a@example.org", ADVISER)))


def test_the_object_that_was_looked_up_reaches_the_view(asks: Any) -> None:
    def looked_up(request: HttpRequest, thing: Thing) -> Found:
        return Found(thing, ["object"])

    def view(request: HttpRequest, thing: Thing) -> HttpResponse:
        with pytest.raises(TypeError):
            found(request, dict)
        return HttpResponse(found(request, list)[0])

    adviser = actor_for(person("a@example.org", ADVISER))
    assert asks(needs(Action.VIEW, Kind.ROUND, looked_up)(view), adviser).content == b"object"


def test_methods_of_one_address_may_ask_for_different_rights(asks: Any) -> None:
    view = per_method(GET=SEES, POST=CHANGES)
    other = actor_for(person("o@example.org", OTHER_ADVISER))
    reader = actor_for(person("r@example.org", READER))
    assert asks(view, reader).status_code == 200
    assert asks(view, reader, "DELETE").status_code == 405
    with pytest.raises(PermissionDenied):
        asks(view, reader, "POST")
    with pytest.raises(Http404):
        asks(view, other, "POST")
    right = right_of(view, "POST")
    assert right is not None
    assert right.action is Action.CHANGE
    assert right_of(view, "DELETE") is None
