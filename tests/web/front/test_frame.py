"""The frame of every page: menu by rights, language, account, search, and what stands at the foot."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import resolve

from fotfeste.web.front.navigation import ROOMS, Room, menu, sees
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Kind, Role

pytestmark = pytest.mark.django_db

OPEN = ["Kunnskap", "Sammenlign", "Bosetting", "Planverk"]


def actor(role: Role, **where: str) -> Actor:
    return Actor(7, "p", (Held(role, **where),))


def rooms_of(who: Actor) -> list[str]:
    return [str(room.name) for room in ROOMS if sees(who, room.kind)]


@pytest.mark.parametrize(
    ("who", "further"),
    [
        (Actor(), []),
        (Actor(7, "p"), []),
        (actor(Role.ADMINISTRATOR), ["Nye tall", "Arbeid", "Personer", "Spor"]),
        (
            actor(Role.COUNTY_ADVISER, county="40"),
            ["Dialog", "Oppfølging", "Nye tall", "Arbeid", "Saksdokumenter", "Personer", "Spor"],
        ),
        (actor(Role.COUNTY_READER, county="40"), ["Dialog", "Oppfølging", "Arbeid", "Saksdokumenter"]),
        (actor(Role.MUNICIPALITY_CONTACT, municipality="4003"), ["Dialog", "Oppfølging", "Arbeid"]),
        (actor(Role.PARTNER, organisation="nav"), ["Arbeid"]),
    ],
    ids=["nobody", "no role", "administrator", "adviser", "reader", "contact", "partner"],
)
def test_the_menu_shows_the_rooms_that_the_roles_open(who: Actor, further: list[str]) -> None:
    assert rooms_of(who) == OPEN + further


def test_whoever_has_a_role_sees_their_own_job_and_nobody_elses_person() -> None:
    assert sees(actor(Role.COUNTY_ADVISER, county="40"), Kind.JOB)
    assert not sees(actor(Role.PARTNER, organisation="ks"), Kind.PERSON)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"Kunnskap": "page"}),
        ("/kommune/4003/", {"Kunnskap": "true"}),
        ("/sammenlign/", {"Sammenlign": "page"}),
        ("/bosetting/2027/", {"Bosetting": "true"}),
        ("/bosetting/2027/40/etter/", {"Bosetting": "true"}),
        ("/planer/sok/", {"Planverk": "true"}),
        ("/om/", {}),
    ],
)
def test_the_menu_says_where_the_reader_is(path: str, current: dict[str, str]) -> None:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    assert {str(one.name): one.current for one in menu(request) if one.current} == current


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/spor/", "Spor"),
        ("/spor/dokumenter/", "Saksdokumenter"),
        ("/spor/spor.jsonl", "Spor"),
        ("/bosetting/etter/", "Oppfølging"),
        ("/bosetting/dialog/", "Dialog"),
    ],
)
def test_one_room_at_a_time_is_marked(path: str, current: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fotfeste.web.front.navigation.sees", lambda *_: True)
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    assert [str(one.name) for one in menu(request) if one.current] == [current]


@pytest.mark.parametrize("room", ROOMS, ids=lambda one: str(one.name))
def test_every_room_of_the_menu_is_at_its_address(room: Room) -> None:
    assert resolve(room.address)


def test_the_page_says_its_language_and_offers_the_others(client: Client) -> None:
    for locale, name in (("nb", "Hopp til innholdet"), ("en", None)):
        page = client.get("/om/", headers={"Accept-Language": locale}).content.decode()
        assert f'<html lang="{locale}"' in page
        assert page.count('hreflang="') == 3
        assert f'hreflang="{locale}"' in page
        assert page.count('aria-current="true"') == 1
        assert name is None or name in page


def test_the_language_link_leads_back_to_the_same_page_with_its_question(client: Client) -> None:
    page = client.get("/om/", {"q": "a&b <x>"}).content.decode()
    assert "tilbake=%2Fom%2F%3Fq%3Da%2526b%2B%253Cx%253E" in page


def test_whoever_runs_the_workspace_is_named_and_escaped(client: Client, settings: object) -> None:
    from dataclasses import replace

    own = settings.FOTFESTE  # type: ignore[attr-defined]
    serving = replace(own.serving, owner="Telemark <fylke>", contact="hjelp@example.org")
    settings.FOTFESTE = replace(own, serving=serving)  # type: ignore[attr-defined]
    page = client.get("/om/").content.decode()
    assert "Drives av Telemark &lt;fylke&gt;." in page
    assert 'href="mailto:hjelp@example.org"' in page


def test_nothing_in_the_frame_breaks_the_policy(client: Client) -> None:
    for path in ("/om/", "/om/ordliste/", "/finnes-ikke/"):
        page = client.get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "javascript:" not in page
        assert " on" not in page.replace(" only", "").replace(" one", "").split("<body")[0]
        assert "<script>" not in page
