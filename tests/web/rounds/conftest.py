"""The example round with its recommendation, computed once for all the tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.settlement.bundle import Bundle, bundle_as_text, bundle_of, bundle_of_text
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.prepare import prepare
from fotfeste.web.jobs import worker
from fotfeste.web.jobs.models import Job
from fotfeste.web.jobs.watch import Pace
from fotfeste.web.rights.declared import Held
from fotfeste.web.rounds import showing
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import MadeFrom, ensure_example, keep_recommendation
from tests.web.people.persons import person, signed_in

QUIET = Pace(beat=timedelta(hours=1))
MADE_FROM = MadeFrom(545, 0, 0, "", timezone.now())


@cache
def telemark() -> tuple[str, str]:
    """The bundle of the example, made by the library alone, and its checksum."""
    prepared = prepare("40", 2027, 545)
    bundle = bundle_of(prepared, calculate(prepared), date(2026, 11, 21), "0.1.0")
    return bundle_as_text(bundle), bundle.checksum


def telemark_bundle() -> Bundle:
    return bundle_of_text(telemark()[0], "test")


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield
    for kept in (showing._made, showing._basis, showing._round, showing._discussed, showing._alternatives):
        kept.forget()


@pytest.fixture
def example(db: None) -> Round:
    """The example with its recommendation; what follows from it is ordered and not yet done."""
    made = ensure_example()
    keep_recommendation(made.pk, *telemark(), MADE_FROM)
    Job.objects.filter(kind="round.calculate").delete()
    return Round.objects.get(pk=made.pk)


def own_round(
    year: int = 2027, county: str = "40", *, ready: bool = True, shared: tuple[str, ...] = ()
) -> Round:
    text, checksum = telemark()
    return Round.objects.create(
        county=county,
        county_name="Telemark",
        year=year,
        title="Vår egen runde",
        total=545,
        bundle=text.encode() if ready else None,
        bundle_checksum=checksum if ready else "",
        shared_with=list(shared),
    )


def client_of(*held: Held, address: str = "kari@example.org") -> Client:
    return signed_in(person(address, *held))


def work_off() -> None:
    """Do everything that is ordered, as the worker does."""
    worker.run(threading.Event(), once=True, pace=QUIET)
