"""Handlers to test with, and people who order work."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from fotfeste.messages import msg
from fotfeste.web.jobs import handlers
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Progress, handler
from fotfeste.web.jobs.leases import Held, take
from fotfeste.web.people.models import Membership, User
from fotfeste.web.rights.declared import Actor

LEASE = timedelta(seconds=60)


def quick(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> dict[str, Any]:
    return {"did": arguments.get("what")}


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A registry of its own, with one kind of work that does nothing but say so."""
    own: dict[str, Any] = {}
    monkeypatch.setattr(handlers, "_HANDLERS", own)
    handler("test.quick", msg("Prøvearbeid"))(quick)
    return own


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create(email="kari@example.org", name="Kari (oppdiktet)")


def as_actor(user: User) -> Actor:
    return Actor(user.pk, str(user.pseudonym))


def role(user: User, name: str, **where: str) -> Membership:
    return Membership.objects.create(user=user, role=name, **where)


def taken(worker: str = "a", lease: timedelta = LEASE, attempts: int = 3, **more: Any) -> Held:
    """The next job, which there must be."""
    held = take(worker, lease, attempts, **more)
    assert held is not None
    return held
