"""What was typed when a session had ended: kept for the same account in the same browser, and shown, not saved."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

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
    held = answer.cookies[kept.cookie_of(LESSONS)]
    name, _, key = held.value.partition(":")
    assert name not in row.name_hash
    assert key.encode() not in bytes(row.data)
    for cookie in (held, browser.cookies[kept.WHOSE]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert held["max-age"] == 3600


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


def test_one_page_of_one_browser_keeps_one_form_and_never_a_secret(kari: User, opened: Round) -> None:
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
        browser.cookies[kept.cookie_of(LESSONS)] = value
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
    for page in ("//evil.example.org/", "https://evil.example.org/", "javascript:x", "/\\evil.example.org"):
        answer = browser.post(LESSONS, typed | {"page": page})
        assert "evil" not in answer.headers["Location"]


KEEP = "/bosetting/skrevet/"
ROOM = "/bosetting/2027/40/arbeid/"


def test_what_is_typed_and_not_saved_stands_there_when_the_page_is_opened_again(
    kari: User, opened: Round
) -> None:
    browser = signed_in(kari)
    form = browser.get(LESSONS)
    assert "data-keep" in form.content.decode()
    typed = {"seen": form.context["form"]["seen"].value(), "differences": TYPED, "page": LESSONS}
    for text in ("Komm", TYPED):
        answer = browser.post(KEEP, typed | {"differences": text})
        assert (answer.status_code, answer.content) == (204, b"")
    assert KeptForm.objects.count() == 1
    page = browser.get(LESSONS).content.decode()
    assert TYPED in page
    assert "Du forlot siden uten å lagre." in page
    assert Round.objects.get().lessons == {}
    assert browser.post(LESSONS, typed).status_code == 302
    assert Round.objects.get().lessons == {"differences": TYPED}
    assert not KeptForm.objects.exists()
    assert "uten å lagre" not in browser.get(LESSONS).content.decode()


def test_what_was_typed_can_be_thrown_away(kari: User, opened: Round) -> None:
    browser = signed_in(kari)
    browser.post(KEEP, {"differences": TYPED, "page": LESSONS})
    assert "Forkast det jeg skrev" in browser.get(LESSONS).content.decode()
    answer = browser.post(KEEP, {"kast": "1", "page": LESSONS})
    assert answer.headers["Location"] == LESSONS
    assert TYPED not in browser.get(LESSONS).content.decode()
    assert not KeptForm.objects.exists()
    away = browser.post(KEEP, {"kast": "1", "page": "//evil.example.org"})
    assert away.headers["Location"] == KEEP


def test_two_pages_that_are_typed_in_are_both_kept(kari: User, opened: Round) -> None:
    browser = signed_in(kari)
    Round.objects.update(state="dialogue")
    browser.post(KEEP, {"differences": TYPED, "page": LESSONS})
    browser.post(KEEP, {"origin": "dialogue", "target": "prepared", "reason": "Nye tall", "page": ROOM})
    assert TYPED in browser.get(LESSONS).content.decode()
    assert "Nye tall" in browser.get(ROOM).content.decode()


def test_what_is_sent_from_one_form_leaves_what_is_typed_in_another(kari: User, opened: Round) -> None:
    browser = signed_in(kari)
    browser.post(KEEP, {"reason": "Nye tall", "page": ROOM})
    browser.post("/bosetting/2027/40/arbeid/publisering/", {"publication": "open", "page": ROOM})
    assert KeptForm.objects.count() == 1


def test_nobody_else_is_given_what_is_typed(kari: User, opened: Round) -> None:
    browser = signed_in(kari)
    browser.post(KEEP, {"differences": TYPED, "page": LESSONS})
    assert TYPED not in signed_in(kari).get(LESSONS).content.decode(), "nor the same person elsewhere"
    ola = person("ola@example.org", ADVISER)
    assert TYPED not in come_back(browser, ola)
    assert Client().post(KEEP, {"differences": TYPED}, headers={"HX-Request": "true"}).status_code == 401


TEMPLATES = Path(kept.__file__).parents[1]
WRITES = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.S)
YEAR = ("rounds", "dialogue", "weighing", "follow_up")


def test_every_form_of_the_year_with_free_text_is_kept_or_saves_itself() -> None:
    """Forms that are written out field by field in a template; the general form is kept wherever its page survives."""
    found = 0
    for app in YEAR:
        for path in sorted((TEMPLATES / app / "templates").rglob("*.html")):
            for form in WRITES.findall(path.read_text("utf-8")):
                opening = form.partition("\n")[0]
                only_a_file = "multipart/form-data" in opening and "data-warn" not in opening
                if ("<textarea" in form or "front/field.html" in form) and not only_a_file:
                    found += 1
                    assert "data-keep" in opening or 'hx-trigger="input delay' in opening, path
    assert found > 10
