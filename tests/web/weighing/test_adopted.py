"""The weighing of an adopted round: what was adopted stays as it was adopted, and a revision is shown as what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.settlement.weighing.changes import SetWeight
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import changes, revising
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.adoption import adopt
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import foundation_of, weighed_at
from fotfeste.web.weighing.recommending import make_recommendation
from tests.web.people.persons import ADVISER, person, signed_in
from tests.web.rounds.adopting import DETAILS, again, weighed_round, with_documents
from tests.web.rounds.conftest import work_off
from tests.web.weighing.conftest import ROOM
from tests.web.weighing.pages import text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def adviser() -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def by(adviser: User) -> Actor:
    return actor_for(adviser)


@pytest.fixture
def adopted(by: Actor) -> Round:
    """Adopted from version 2; version 1 is what it began with."""
    weighed = weighed_round(by)
    first = services.begin(by, weighed)
    made = services.change(by, weighed, SetWeight("work", Fraction(60)), first.number)
    assert isinstance(made, services.Changed)
    make_recommendation(by, weighed, made.version.number)
    with_documents(again(weighed))
    standing = again(weighed)
    adopt(by, standing, DETAILS, standing.weighed, standing.bundle_checksum)
    return again(weighed)


@pytest.fixture
def browser(adviser: User) -> Client:
    return signed_in(adviser)


def shown(page: str) -> dict[str, int]:
    return {code: int(number) for code, number in re.findall(r'id="tall-(\d+)"[^>]*>(\d+)<', page)}


def adopted_numbers(round_: Round) -> dict[str, int]:
    return dict(bundle_of_text(rounds.bundle_text(round_.pk), "prøve").outcome.numbers)


def delivered_late(round_: Round, code: str, **values: object) -> None:
    reply = Reply.objects.get(round=round_, municipality=code)
    Delivery.objects.create(reply=reply, number=2, values=values, checksum="1")


def test_the_weighing_of_an_adopted_round_shows_what_was_adopted_whatever_is_answered_later(
    browser: Client, adopted: Round
) -> None:
    delivered_late(adopted, "4003", housing=5, own_wish=5)
    page = text_of(browser.get(ROOM))
    assert shown(page) == adopted_numbers(adopted)
    assert "Låst: vedtatt 20. november 2026 (sak 2026/1234)" in page
    assert "er ikke med i tallene: Skien." in page
    assert "<button" not in page[page.index("<main") :]
    assert f">{adopted_numbers(adopted)['4003']}<" in page


def test_what_was_tried_after_the_adopted_version_is_not_shown_as_the_recommendation(
    browser: Client, adopted: Round
) -> None:
    newest = services.current(adopted)
    assert newest is not None
    newest.pk, newest.number = None, newest.number + 1
    newest.choices = newest.choices.replace("545", "300")
    newest.save(force_insert=True)
    page = text_of(browser.get(ROOM))
    assert shown(page) == adopted_numbers(adopted)
    assert "Versjon 2" in page


def halved(round_: Round, by: Actor) -> Round:
    now = changes.request_of(again(round_))
    changes.change_request(by, round_, now, now | {"total": 272}, "Halvert")
    return again(round_)


def test_a_revision_under_way_says_so_and_shares_out_what_the_revision_will(
    browser: Client, adopted: Round, by: Actor
) -> None:
    waiting = halved(adopted, by)
    page = text_of(browser.get(ROOM))
    assert "Utkast til revisjon" in page
    assert "Låst" not in page
    assert sum(shown(page).values()) == 272
    assert "måltall er 272, men avveiingen" not in page
    newest = services.current(waiting)
    assert newest is not None
    weighed = weighed_at(newest, foundation_of(waiting))
    assert weighed.prepared.revision is not None, "it is the revision's own bounds that hold"
    assert revising.order_revision(by, waiting) is not None
    work_off()
    revised = again(waiting)
    assert revised.bundle_checksum != adopted.bundle_checksum
    assert shown(page) == adopted_numbers(revised)
    page = text_of(browser.get(ROOM))
    assert "Utkast til revisjon" in page
    with_documents(revised)
    adopt(by, revised, replace(DETAILS, reason="Halvert"), revised.weighed, revised.bundle_checksum)
    page = text_of(browser.get(ROOM))
    assert "Låst: vedtatt" in page
    assert shown(page) == adopted_numbers(revised)
    assert "272 personer er fordelt" in page
    assert "Rundens måltall er" not in page


def test_changed_choices_share_out_the_revisions_total_too(
    browser: Client, adopted: Round, by: Actor
) -> None:
    waiting = halved(adopted, by)
    newest = services.current(waiting)
    assert newest is not None
    assert isinstance(
        services.change(by, waiting, SetWeight("work", Fraction(10)), newest.number), services.Changed
    )
    page = text_of(browser.get(ROOM))
    assert sum(shown(page).values()) == 272
    assert revising.order_revision(by, again(waiting)) is not None
    work_off()
    assert shown(page) == adopted_numbers(again(waiting))
