"""Two at the same moment: one link used twice, two administrators ending each other, an address taken twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.web.people import invitations, services
from fotfeste.web.people.models import Membership, User
from fotfeste.web.rounds.models import Round
from tests.web.people.persons import ADMINISTRATOR, ADVISER, PASSWORD, READER, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_disk(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[None]:
    """Give SQLite a file: its database in memory lets connections share what is not yet committed."""
    request.getfixturevalue("transactional_db")
    if connections["default"].vendor != "sqlite":
        yield
        return
    from django.core.management import call_command

    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close_if_unusable_or_obsolete()
    kept = connection.connection
    connection.connection = None
    connection.settings_dict["NAME"] = str(tmp_path / "test.sqlite3")
    shared, connection.is_in_memory_db = connection.is_in_memory_db, lambda: False
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.is_in_memory_db = before, shared
        connection.connection = kept


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do ``acts`` at the same moment, each with its own connection; return what each gave, or its error."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return act()
        except InputError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def refused(answers: list[Any]) -> int:
    """Return how many were refused."""
    return sum(isinstance(one, InputError) for one in answers)


def accepting(token: str, address: str) -> Callable[[], Any]:
    """Accept with a new account."""
    return lambda: invitations.accept_as_new(
        token, email=address, name="Kari Prøve", password=PASSWORD, reads="nb"
    )


def token_of(path: str | None) -> str:
    """Return the secret in a link."""
    assert path is not None
    return path.rstrip("/").rpartition("/")[2]


def test_two_clicks_on_the_first_administrators_link_make_one_administrator() -> None:
    for turn in range(3):
        Membership.objects.in_force().update(until=timezone.now())
        token = token_of(services.first_administrator_link())
        answers = at_once(
            accepting(token, f"en{turn}@example.org"), accepting(token, f"to{turn}@example.org")
        )
        assert refused(answers) == 1
        assert User.objects.count() == turn + 1
        assert Membership.objects.in_force().count() == 1


def test_two_administrators_who_end_each_other_leave_one() -> None:
    for turn in range(10):
        Membership.objects.in_force().update(until=timezone.now())
        one, two = (person(f"{name}{turn}@example.org", ADMINISTRATOR, second=False) for name in ("en", "to"))
        pair = [
            (one.memberships.get(), services.actor_for(two)),
            (two.memberships.get(), services.actor_for(one)),
        ]
        answers = at_once(*(partial(services.end, membership, by) for membership, by in pair))
        assert refused(answers) == 1
        assert Membership.objects.in_force().count() == 1


def test_two_invitations_to_one_address_make_one_account() -> None:
    by = person("rad@example.org", ADVISER)
    sent = [invitations.invite("ny@example.org", READER, "nb", by, services.actor_for(by)) for _ in range(2)]
    tokens = [token_of(one.link.removeprefix(settings.FOTFESTE.serving.base_url)) for one in sent]
    answers = at_once(*(accepting(token, "") for token in tokens))
    assert refused(answers) == 1
    assert User.objects.filter(email="ny@example.org").count() == 1


def test_the_same_role_granted_twice_at_once_stands_once() -> None:
    user = person("rad@example.org")
    by = services.actor_for(user)
    at_once(*(lambda: services.grant(user, READER, "invitation", by) for _ in range(2)))
    assert user.memberships.in_force().count() == 1


def test_roles_that_a_provider_ends_and_gives_wait_for_administrators_before_the_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whoever ends an administrator waits for the administrators' rows first and for the trace then: in the other
    # order here, each could wait for the other.
    person("adm@example.org", ADMINISTRATOR)
    user = person("rad@example.org")
    services.follow_claims(user, "entra", [ADMINISTRATOR, READER])
    order: list[str] = []
    record, rows = services.record, services._keep_an_administrator

    def recorded(*about: Any) -> Any:
        order.append("trace")
        return record(*about)

    def waited(ending: Any) -> None:
        ending = list(ending)
        order.extend("rows" for one in ending if one.held == ADMINISTRATOR)
        rows(ending)

    monkeypatch.setattr(services, "record", recorded)
    monkeypatch.setattr(services, "_keep_an_administrator", waited)
    services.follow_claims(user, "entra", [ADVISER])
    assert order == ["rows", "trace", "trace", "trace"]
    assert [one.held for one in user.memberships.in_force()] == [ADVISER]


@pytest.mark.postgresql
def test_what_points_to_somebody_is_written_while_their_roles_change() -> None:
    user = person("rad@example.org", ADVISER)

    def points() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
        Round.objects.create(county="40", county_name="Telemark", year=2027, created_by=user)

    with transaction.atomic():
        services._lock(user)
        at_once(points)
    assert Round.objects.get().created_by == user
