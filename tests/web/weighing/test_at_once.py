"""Advisers who change at the same moment: every version has its own number, and nothing is lost or written over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction

from django.db import connections

from fotfeste.settlement.weighing.changes import Change, SetTotal, SetWeight
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.changes import change_request, request_of
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.stages import facts_of
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.recommending import make_recommendation
from fotfeste.web.weighing.services import Changed, Clash
from fotfeste.work.drafts import Merged
from tests.web.weighing.conftest import adviser, own_round


def together(*calls: Callable[[], object]) -> list[object]:
    """Run all at once, each with a connection of its own."""
    answers: list[object] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place: int) -> None:
        try:
            start.wait(timeout=30)
            answers[place] = calls[place]()
        except BaseException as fault:
            answers[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return answers


def people(number: int) -> list[Actor]:
    return [actor_for(adviser(place)) for place in range(number)]


def test_changes_of_different_things_at_once_are_all_made(shared_database: str) -> None:
    who, round_ = people(4), own_round()
    services.begin(who[0], round_)
    wanted: list[Change] = [
        SetTotal(600, 0),
        SetWeight("work", Fraction(40)),
        SetWeight("size", Fraction(50)),
        SetWeight("balance", Fraction(5)),
    ]
    calls = [
        lambda one=one, change=change: services.change(one, round_, change, 1)
        for one, change in zip(who, wanted, strict=True)
    ]
    answers = together(*calls)
    assert all(isinstance(one, Changed) for one in answers), answers
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    choices = choices_of(Version.objects.get(number=5).choices)
    weights = {one.id: one.weight for one in choices.criteria.criteria}
    assert (choices.total, weights["work"], weights["size"], weights["balance"]) == (600, 40, 50, 5)


def test_of_changes_of_the_same_thing_at_once_one_is_made_and_the_others_are_told(
    shared_database: str,
) -> None:
    who, round_ = people(4), own_round()
    services.begin(who[0], round_)
    calls = [
        lambda one=one, weight=weight: services.change(one, round_, SetWeight("work", Fraction(weight)), 1)
        for one, weight in zip(who, (30, 31, 32, 33), strict=True)
    ]
    answers = together(*calls)
    assert sorted(type(one).__name__ for one in answers) == ["Changed", "Clash", "Clash", "Clash"], answers
    assert Version.objects.count() == 2
    told = [one for one in answers if isinstance(one, Clash)]
    assert all([other.number for other in one.others] == [2] for one in told)


def test_a_weighing_that_many_begin_at_once_begins_once(shared_database: str) -> None:
    who, round_ = people(3), own_round()
    answers = together(*[lambda one=one: services.begin(one, round_) for one in who])
    assert {getattr(one, "number", one) for one in answers} == {1}
    assert Version.objects.count() == 1


def test_a_request_that_is_changed_while_a_recommendation_is_made_is_never_set_back(
    shared_database: str,
) -> None:
    who, round_ = people(2), own_round()
    version = services.begin(who[0], round_)
    before = request_of(round_)
    answers = together(
        lambda: make_recommendation(who[0], round_, version.number, "Slik vi begynte"),
        lambda: change_request(who[1], round_, before, before | {"total": 600}, "IMDi ba om flere"),
    )
    assert isinstance(answers[0], Round | Clash), answers
    assert isinstance(answers[1], Merged), answers
    kept = Round.objects.get()
    assert kept.total == 600
    assert not facts_of(kept).recommendation_current
