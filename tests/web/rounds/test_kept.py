"""What was typed when a session had ended: kept for the same account in the same browser, and shown, not saved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.models import KeptForm, Round
from fotfeste.web.rounds.opening import open_round
from tests.web.people.persons import ADVISER, PASSWORD, confirm, person, signed_in

pytestmark = pytest.mark.django_db
LESSONS = "/bosetting/2027/40/arbeid/lerdom/"
TYPED = "Kommunene manglet boliger for store familier."


@pytest.fixture
def kari(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def opened(kari: User) -> Round:
    return open_round(actor_for(kari), "40", 2027, 545)


def begin(user: User) -> tuple[Client, dict[str, str]]:
    """Somebody opens the form and types; then their session ends."""
    browser = signed_in(user)
    form = browser.get(LESSONS).context["form"]
    typed = {"seen": form["seen"].value(), "differences": TYPED}
    Session.objects.all().delete()
    return browser, typed


def come_back(browser: Client, user: User) -> str:
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    confirm(browser, user)
    return browser.get(LESSONS).content.decode()


def test_what_was_typed_comes_back_after_sign_in_and_is_not_saved(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    answer = browser.post(LESSONS, typed)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/konto/logg-inn/?next={LESSONS.replace('/', '%2F')}"
    assert Round.objects.get().lessons == {}
    page = come_back(browser, kari)
    assert TYPED in page
    assert "Du ble logget ut mens du skrev." in page
    assert "ikke lagret ennå" in page
    assert Round.objects.get().lessons == {}
    assert browser.post(LESSONS, typed).status_code == 302
    assert Round.objects.get().lessons == {"differences": TYPED}
    assert not KeptForm.objects.exists(), "what is saved is not kept"
    assert "Du ble logget ut" not in browser.get(LESSONS).content.decode()


def test_the_whole_way_with_password_and_code(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    address = browser.post(LESSONS, typed).headers["Location"]
    answer = browser.post(address, {"login": "kari@example.org", "password": PASSWORD, "next": LESSONS})
    assert answer.status_code == 302
    codes = Authenticator.objects.get(user=kari, type="recovery_codes").wrap().get_unused_codes()
    answer = browser.post(answer.headers["Location"], {"code": codes[0]})
    assert answer.headers["Location"] == LESSONS
    assert TYPED in browser.get(LESSONS).content.decode()


def test_nothing_is_given_to_another_account_in_the_same_browser(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    browser.post(LESSONS, typed)
    ola = person("ola@example.org", ADVISER)
    assert TYPED not in come_back(browser, ola)
    assert TYPED in come_back(browser, kari), "it waits for whoever typed it"


def test_nothing_is_given_to_another_browser(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    browser.post(LESSONS, typed)
    assert TYPED not in signed_in(kari).get(LESSONS).content.decode()


def test_a_part_of_a_page_that_is_sent_leads_the_whole_page_to_sign_in(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    answer = browser.post(LESSONS, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"/konto/logg-inn/?next={LESSONS.replace('/', '%2F')}"
    assert TYPED in come_back(browser, kari)


def test_what_lies_in_the_database_cannot_be_read_there(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    answer = browser.post(LESSONS, typed)
    row = KeptForm.objects.get()
    assert b"boliger" not in bytes(row.data)
    name, _, key = answer.cookies[kept.HELD].value.partition(":")
    assert name not in row.name_hash
    assert key.encode() not in bytes(row.data)
    for cookie in (answer.cookies[kept.HELD], browser.cookies[kept.WHOSE]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert answer.cookies[kept.HELD]["max-age"] == 3600


def test_it_is_gone_after_an_hour(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    browser.post(LESSONS, typed)
    KeptForm.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert TYPED not in come_back(browser, kari)
    assert kept.forget_old() == 1
    assert not KeptForm.objects.exists()


def test_too_much_and_what_nobody_known_typed_is_not_kept(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    assert browser.post(LESSONS, typed | {"differences": "x" * (kept.LARGEST + 1)}).status_code == 302
    Client().post(LESSONS, typed)
    forged = Client()
    forged.cookies[kept.WHOSE] = "1:abc:def"
    forged.post(LESSONS, typed)
    assert not KeptForm.objects.exists()


def test_one_browser_keeps_one_form_and_never_a_secret(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    browser.post(LESSONS, typed | {"password": "hemmelig"})
    browser.post(LESSONS, typed)
    assert KeptForm.objects.count() == 1


def test_nobody_fills_the_table(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    whose = browser.cookies[kept.WHOSE].value
    for _ in range(kept.MOST_FORMS + 3):
        another = Client()
        another.cookies[kept.WHOSE] = whose
        another.post(LESSONS, typed)
    assert KeptForm.objects.count() == kept.MOST_FORMS


def test_a_cookie_that_is_not_ours_gives_nothing(kari: User, opened: Round) -> None:
    browser = signed_in(kari)
    for value in ("x", "x:y", ":", "x:" + "A" * 43 + "="):
        browser.cookies[kept.HELD] = value
        assert browser.get(LESSONS).status_code == 200


def test_a_step_that_was_to_be_taken_comes_back_with_its_reason(kari: User, opened: Round) -> None:
    browser = signed_in(kari)
    room = "/bosetting/2027/40/arbeid/"
    Round.objects.update(state="dialogue")
    browser.get(room)
    Session.objects.all().delete()
    sent = {"origin": "dialogue", "target": "prepared", "reason": TYPED, "page": room}
    answer = browser.post(f"{room}steg/", sent)
    assert answer.headers["Location"].endswith(room.replace("/", "%2F"))
    browser.force_login(kari, backend="allauth.account.auth_backends.AuthenticationBackend")
    confirm(browser, kari)
    page = browser.get(room).content.decode()
    assert TYPED in page
    assert Round.objects.get().state == "dialogue"


def test_where_a_form_leads_back_to_is_always_here(kari: User, opened: Round) -> None:
    browser, typed = begin(kari)
    for page in ("//evil.example.org/", "https://evil.example.org/", "javascript:x"):
        answer = browser.post(LESSONS, typed | {"page": page})
        assert "evil" not in answer.headers["Location"]
