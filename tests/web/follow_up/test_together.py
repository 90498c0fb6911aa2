"""Two people at once, on whichever database: one is first, and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.db import connection

from fotfeste.web.follow_up import attention, entering, models, rates, status_table
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.follow_up.preview import Preview, Taken
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from tests.web.follow_up.year import INVENTED_RATES, SKIEN, a_round, decided, names
from tests.web.people.persons import ADVISER, CONTACT, person


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


def test_of_two_rounds_of_a_municipality_that_get_rates_at_once_one_is_told(shared_database: str) -> None:
    """Rates are the municipality's, whichever round they are written from."""
    people = [actor_for(person(f"p{number}@example.org", CONTACT)) for number in range(2)]
    texts = [INVENTED_RATES, INVENTED_RATES.replace("2026-01-15", "2026-02-01")]
    ready = Barrier(2)

    def write(by: Actor, text: str) -> models.OwnRates | Clash:
        try:
            ready.wait(20)
            return rates.enter(by, SKIEN, text, "satser.toml", 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(write, people, texts))
    stored = models.OwnRates.objects.get()
    clash = next(one for one in answers if isinstance(one, Clash))
    assert (stored.number, clash.number, clash.standing) == (1, 1, stored)
    assert [one for one in answers if isinstance(one, models.OwnRates)] == [stored]


def test_the_same_rates_sent_twice_at_once_are_kept_once(shared_database: str) -> None:
    by = actor_for(person("p@example.org", CONTACT))
    ready = Barrier(2)

    def write(_: int) -> models.OwnRates | Clash:
        try:
            ready.wait(20)
            return rates.enter(by, SKIEN, INVENTED_RATES, "satser.toml", 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(write, range(2)))
    assert answers == [models.OwnRates.objects.get()] * 2


def test_of_two_who_take_in_a_status_at_once_one_sees_what_the_other_has_taken(shared_database: str) -> None:
    round_ = a_round()
    people = [actor_for(person(f"p{number}@example.org", ADVISER)) for number in range(2)]
    heading = "kommunenummer;kommune;bosatt"
    files = [
        "\n".join([heading, *(f"{code};{name};{count}" for code, name in names().items())]).encode()
        for count in (5, 6)
    ]
    day = date(2026, 6, 30)
    tokens = [
        status_table.preview_status(by, round_, "status.csv", content, day).token
        for by, content in zip(people, files, strict=True)
    ]
    ready = Barrier(2)

    def take(by: Actor, token: str) -> Taken | Preview:
        try:
            ready.wait(20)
            return status_table.take_status(by, round_, token)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(take, people, tokens))
    assert models.StatusReport.objects.count() == 1
    assert sorted(type(one).__name__ for one in answers) == ["Preview", "Taken"]
