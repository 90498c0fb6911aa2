"""Writing the trace: with the caller's transaction, without personal data, and never changed again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fotfeste.errors import InputError
from fotfeste.web.people.models import Membership, User
from fotfeste.web.rights.declared import Actor, Held, Thing
from fotfeste.web.rights.roles import Kind, Role
from fotfeste.web.trace import fixed
from fotfeste.web.trace.chain import START
from fotfeste.web.trace.inspection import Fault
from fotfeste.web.trace.models import Entry, Identity, TraceIsFixed
from fotfeste.web.trace.services import erase_identity, record
from fotfeste.web.trace.verify import keep_anchor, present_anchor, verify

pytestmark = pytest.mark.django_db
ROUND = Thing(Kind.ROUND, "7", county="40")


def person(email: str = "kari@example.org", name: str = "Kari Eksempel") -> tuple[User, Actor]:
    user = User.objects.create(email=email, name=name)
    Membership.objects.create(user=user, role=Role.COUNTY_ADVISER, county="40")
    return user, Actor(user.pk, str(user.pseudonym), (Held(Role.COUNTY_ADVISER, "40"),))


def wrote() -> list[tuple[int, str, str, str]]:
    return list(Entry.objects.order_by("number").values_list("number", "act", "kind", "object"))


def test_entries_are_numbered_and_hold_each_other_fast() -> None:
    _, actor = person()
    first = record(actor, "round.viewed", ROUND)
    second = record(actor, "round.changed", ROUND, {"year": "2027"})
    assert (first.number, first.previous) == (1, START)
    assert (second.number, second.previous) == (2, first.hash)
    assert (second.role, second.county, second.detail) == ("county_adviser:40", "40", '{"year":"2027"}')
    assert verify(()).intact


def test_what_comes_back_from_the_database_is_what_was_hashed() -> None:
    _, actor = person()
    record(
        actor,
        "round.changed",
        ROUND,
        {"tittel": "Bosetting «2027» – ny\u00a0tabell æøå 😀", "z": "", "a": "1"},
    )
    assert verify(()).intact


def test_a_municipality_lies_in_the_county_of_its_code() -> None:
    entry = record(Actor(), "input.added", Thing(Kind.INPUT, "1", municipality="4003"))
    assert (entry.county, entry.municipality, entry.actor) == ("40", "4003", "")


def test_an_entry_stands_only_if_the_change_stands() -> None:
    with transaction.atomic():
        record(Actor(), "round.changed", ROUND)
        transaction.set_rollback(True)
    assert wrote() == []
    record(Actor(), "round.changed", ROUND)
    assert [one[0] for one in wrote()] == [1]


def test_a_person_is_named_by_pseudonym_also_when_the_account_number_is_given() -> None:
    user, actor = person()
    entry = record(actor, "person.viewed", Thing(Kind.PERSON, str(user.pk)))
    assert entry.object == str(user.pseudonym)


def test_no_address_and_no_name_reaches_the_chain() -> None:
    user, actor = person()
    record(actor, "round.viewed", ROUND, {"year": "2027"})
    record(actor, "person.viewed", Thing(Kind.PERSON, str(user.pk)))
    kept = " ".join(str(value) for row in Entry.objects.values() for value in row.values())
    assert "kari" not in kept.lower()
    with pytest.raises(InputError):
        record(actor, "round.changed", ROUND, {"to": "kari@example.org"})
    with pytest.raises(InputError):
        record(actor, "invitation.added", Thing(Kind.INVITATION, "kari@example.org"))


def test_identities_are_kept_as_they_were_at_the_time() -> None:
    user, actor = person()
    record(actor, "round.viewed", ROUND)
    record(actor, "round.viewed", ROUND)
    User.objects.filter(pk=user.pk).update(name="Kari Nytt Navn")
    record(actor, "round.viewed", ROUND)
    assert list(Identity.objects.order_by("pk").values_list("name", flat=True)) == [
        "Kari Eksempel",
        "Kari Nytt Navn",
    ]


def test_an_identity_can_be_erased_and_the_chain_holds() -> None:
    user, actor = person()
    record(actor, "round.viewed", ROUND)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert erase_identity(actor.pseudonym)
    assert verify(()).intact
    assert not Identity.objects.exclude(name="", email="").exists()
    user.refresh_from_db()
    assert str(user.pseudonym) != actor.pseudonym
    assert wrote()[-1][1:] == ("identity.erased", "person", actor.pseudonym)
    record(actor, "round.viewed", ROUND)
    assert not Identity.objects.filter(pseudonym=actor.pseudonym).exclude(name="").exists()


def test_the_identity_of_an_account_in_use_is_not_erased() -> None:
    _, actor = person()
    record(actor, "round.viewed", ROUND)
    with pytest.raises(InputError):
        erase_identity(actor.pseudonym)
    assert Identity.objects.filter(pseudonym=actor.pseudonym, name="Kari Eksempel").exists()


def test_erasing_whom_nobody_knows_does_nothing() -> None:
    assert not erase_identity(str(uuid.uuid4()))
    assert wrote() == []


CHANGES: dict[str, Callable[[Entry], object]] = {
    "save": lambda one: one.save(),
    "save some fields": lambda one: one.save(update_fields=["act"]),
    "delete": lambda one: one.delete(),
    "update": lambda _: Entry.objects.update(act="x"),
    "delete all": lambda _: Entry.objects.all().delete(),
    "bulk update": lambda one: Entry.objects.bulk_update([one], ["act"]),
    "bulk create": lambda one: Entry.objects.bulk_create([one]),
    "update or create": lambda _: Entry.objects.update_or_create(number=1, defaults={"act": "x"}),
}


@pytest.mark.parametrize("how", CHANGES)
def test_an_entry_cannot_be_changed_or_removed_through_the_models(how: str) -> None:
    entry = record(Actor(), "round.viewed", ROUND)
    entry.act = "something else"
    with pytest.raises(TraceIsFixed):
        CHANGES[how](entry)
    assert wrote()[0][1] == "round.viewed"


STATEMENTS = [
    "UPDATE trace_entry SET act = 'x'",
    "UPDATE trace_entry SET number = 9 WHERE number = 1",
    "DELETE FROM trace_entry",
    "DELETE FROM trace_entry WHERE number = 2",
    "INSERT INTO trace_entry SELECT 1, at, actor, role, act, kind, object, county, municipality, detail, 'p', 'h', 1 FROM trace_entry WHERE number = 1",
    "INSERT INTO trace_entry SELECT 9, at, actor, role, act, kind, object, county, municipality, detail, 'p', 'h', 1 FROM trace_entry WHERE number = 1",
    "INSERT INTO trace_entry SELECT 3, at, actor, role, act, kind, object, county, municipality, detail, 'p', 'h', 1 FROM trace_entry WHERE number = 1",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_changes(statement: str) -> None:
    record(Actor(), "round.viewed", ROUND)
    record(Actor(), "round.changed", ROUND)
    assert fixed.standing(connection)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert len(wrote()) == 2
    assert verify(()).intact


def test_an_entry_cannot_be_replaced_in_place_of_being_added() -> None:
    record(Actor(), "round.viewed", ROUND)
    columns = (
        "number, at, actor, role, 'x', kind, object, county, municipality, detail, previous, hash, schema"
    )
    again = f"INTO trace_entry SELECT {columns} FROM trace_entry"
    replacing = {
        "sqlite": f"INSERT OR REPLACE {again}",
        "postgresql": f"INSERT {again} ON CONFLICT (number) DO UPDATE SET act = 'x'",
    }
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replacing[connection.vendor])
    assert wrote()[0][1] == "round.viewed"


INTRUSIONS: dict[str, tuple[str, tuple[Fault, int]]] = {
    "changed": ("UPDATE trace_entry SET act = 'x' WHERE number = 2", (Fault.CHANGED, 2)),
    "renamed": ("UPDATE trace_entry SET actor = 'x' WHERE number = 4", (Fault.CHANGED, 4)),
    "removed": ("DELETE FROM trace_entry WHERE number = 3", (Fault.REMOVED, 3)),
    "cut off": ("DELETE FROM trace_entry WHERE number >= 4", (Fault.CUT, 4)),
    "emptied": ("DELETE FROM trace_entry", (Fault.CUT, 1)),
    "moved": ("UPDATE trace_entry SET number = 44 WHERE number = 4", (Fault.REMOVED, 4)),
}


@pytest.mark.parametrize("what", INTRUSIONS)
def test_an_intruder_who_owns_the_database_is_found(what: str) -> None:
    statement, finding = INTRUSIONS[what]
    for _ in range(4):
        record(Actor(), "round.viewed", ROUND)
    anchor = present_anchor()
    fixed.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    verdict = verify([anchor])
    assert finding in {(one.fault, one.number) for one in verdict.findings}


def test_two_entries_that_changed_places_in_the_database_are_found() -> None:
    for number in range(4):
        record(Actor(), "round.viewed", Thing(Kind.ROUND, str(number)))
    fixed.lift(connection)
    with connection.cursor() as cursor:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            cursor.execute("UPDATE trace_entry SET number = %s WHERE number = %s", [new, old])
    assert {(Fault.MOVED, 2), (Fault.MOVED, 3)} <= {(one.fault, one.number) for one in verify(()).findings}


def test_an_anchor_is_kept_once_until_something_comes(settings: object, tmp_path: object) -> None:
    from dataclasses import replace
    from pathlib import Path

    from fotfeste.web.trace.verify import kept_anchors

    settings.FOTFESTE = replace(settings.FOTFESTE, data_dir=Path(str(tmp_path)))  # type: ignore[attr-defined]
    record(Actor(), "round.viewed", ROUND)
    keep_anchor()
    keep_anchor()
    record(Actor(), "round.viewed", ROUND)
    keep_anchor()
    assert [one.number for one in kept_anchors()] == [1, 2]
    assert verify().intact
    assert verify().anchors == 2
