"""The one way into the trace: entries are added one after the other, by whoever changes or sees something."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.chain import START, Link, hash_of
from fotfeste.web.trace.detail import personal, tidy
from fotfeste.web.trace.models import Entry, Identity

_LOCK = 0x666F7466_65737465  # "fotfeste": the advisory lock that writers of the chain queue for
_PERSONS = frozenset({Kind.PERSON, Kind.ACCOUNT, Kind.MEMBERSHIP})


def record(actor: Actor, act: str, thing: Thing, detail: Mapping[str, str] | None = None) -> Entry:
    """Add one entry to the trace, within the caller's transaction: it stands if and only if the change stands.

    ``act`` is ``"<kind>.<what>"`` (``"membership.granted"``). Record last in a transaction: other writers wait from here
    until it ends. A person is always named by pseudonym, also where ``thing.id`` is the number of an account.
    Raises :class:`InputError` when ``detail`` holds what looks like personal data.
    """
    kept = tidy(detail or {})
    with transaction.atomic():
        _queue()
        at = timezone.now()
        last = Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)
        link = Link(
            number=last[0] + 1,
            at=at,
            actor=actor.pseudonym,
            role=roles_of(actor),
            act=act,
            kind=thing.kind.value,
            object=_object(thing),
            county=thing.within,
            municipality=thing.municipality,
            detail=kept,
            previous=last[1],
        )
        entry = _entry(link)
        entry.save()
        if actor.user_id is not None:
            _remember(actor.user_id, at)
        if thing.kind in _PERSONS and thing.id.isdecimal():
            _remember(int(thing.id), at)
    return entry


def seen_lately(actor: Actor, act: str, thing: Thing, pause: timedelta) -> bool:
    """Whether ``actor`` has had the same look at the same object within ``pause``."""
    at = timezone.now()
    looks = Entry.objects.filter(kind=thing.kind.value, object=_object(thing), act=act, actor=actor.pseudonym)
    looks = looks.filter(county=thing.within)
    return looks.filter(at__gte=at - pause).exists()


def roles_of(actor: Actor) -> str:
    """Return the roles of ``actor`` in short: ``county_adviser:40, partner:Nav``."""
    held = sorted(
        ":".join(
            part for part in (one.role.value, one.municipality or one.county or one.organisation) if part
        )
        for one in actor.held
    )
    return ", ".join(held)[:200]


def erase_identity(pseudonym: str, by: Actor = NOBODY) -> bool:
    """Erase who stood behind ``pseudonym``; the entries stay, and the chain holds. Returns whether there was anything.

    An account that still has the pseudonym gets a new one, so that nothing leads back. Raises :class:`InputError` while
    that account is in use: it is ended first.
    """
    users = get_user_model().objects
    with transaction.atomic():
        user = users.filter(pseudonym=pseudonym).first()
        if user is not None and user.is_active:
            raise InputError(
                "trace.identity_in_use",
                msg("Kontoen bak dette pseudonymet er i bruk."),
                remedy=msg("Avslutt kontoen først, og slett deretter identiteten."),
            )
        there = Identity.objects.filter(pseudonym=pseudonym, erased=None).delete()[0] > 0
        if user is not None:
            users.filter(pk=user.pk).update(pseudonym=uuid.uuid4())
        if not there and user is None:
            return False
        Identity.objects.get_or_create(
            pseudonym=pseudonym,
            name="",
            email="",
            defaults={"since": timezone.now(), "erased": timezone.now()},
        )
        record(by, "identity.erased", Thing(Kind.PERSON, pseudonym))
    return True


def _queue() -> None:
    """Let one writer at a time go on, until its transaction ends. SQLite's own write lock is taken already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _entry(link: Link) -> Entry:
    return Entry(
        number=link.number,
        at=link.at,
        actor=link.actor,
        role=link.role,
        act=link.act,
        kind=link.kind,
        object=link.object,
        county=link.county,
        municipality=link.municipality,
        detail=link.detail,
        previous=link.previous,
        hash=hash_of(link),
        schema=link.schema,
    )


def _object(thing: Thing) -> str:
    named = thing.id
    if thing.kind in _PERSONS and named.isdecimal():
        found = get_user_model().objects.filter(pk=int(named)).values_list("pseudonym", flat=True).first()
        named = str(found or "")
    if personal(named):
        raise InputError("trace.personal", msg("Sporet kan ikke peke på noe ved hjelp av en e-postadresse."))
    return named


def _remember(user_id: int, at: datetime) -> None:
    user = get_user_model().objects.filter(pk=user_id).values_list("pseudonym", "name", "email").first()
    if user is None or Identity.objects.filter(pseudonym=str(user[0]), erased__isnull=False).exists():
        return
    Identity.objects.get_or_create(
        pseudonym=str(user[0]), name=user[1], email=user[2], defaults={"since": at}
    )
