"""Two people at once, on whichever database: one is first, and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from fotfeste.web.follow_up import attention, entering, models
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from tests.web.follow_up.year import SKIEN, a_round, decided
from tests.web.people.persons import ADVISER, person


def test_of_two_decisions_written_at_once_one_is_stored_and_the_other_is_told(shared_database: str) -> None:
    round_ = a_round()
    people = [actor_for(person(f"p{number}@example.org", ADVISER)) for number in range(2)]
    ready = Barrier(2)

    def write(by: Actor, persons: int) -> int | Clash:
        try:
            ready.wait(20)
            return entering.decide(by, round_, decided(SKIEN, persons), 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(write, people, (40, 50)))
    stored = models.Decision.objects.get()
    clash = next(one for one in answers if isinstance(one, Clash))
    assert [one for one in answers if not isinstance(one, Clash)] == [1]
    assert clash.standing.persons == stored.persons


def test_of_two_who_set_limits_at_once_one_is_told(shared_database: str) -> None:
    round_ = a_round()
    people = [actor_for(person(f"p{number}@example.org", ADVISER)) for number in range(2)]
    ready = Barrier(2)

    def write(by: Actor, limit: int) -> int | Clash:
        try:
            ready.wait(20)
            return attention.set_thresholds(by, round_, {"behind_pace": limit}, 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(write, people, (7, 8)))
    assert sum(isinstance(one, Clash) for one in answers) == 1
    assert models.Thresholds.objects.count() == 1
