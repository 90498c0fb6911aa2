"""Signing in: password and second step, no giving away of who exists, throttling, sessions, recovery."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from fotfeste.web.people import services
from fotfeste.web.people.models import Membership, User
from fotfeste.web.people.templatetags.people import clock, moment, second_factors
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import (
    ADMINISTRATOR,
    ADVISER,
    OTHER_ADVISER,
    PASSWORD,
    READER,
    add_second,
    person,
    signed_in,
)
from tests.web.people.test_invitations import with_mail

pytestmark = pytest.mark.django_db

SIGN_IN, SECOND = "/konto/logg-inn/", "/konto/logg-inn/to-trinn/"


def code_of(secret: str) -> str:
    """Return the code that an app with ``secret`` shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_password_alone_signs_nobody_in_who_has_a_second_step() -> None:
    user = person("rad@example.org", ADVISER, second=False)
    secret = add_second(user)
    client = Client()
    first = client.post(SIGN_IN, {"login": "RAD@example.org", "password": PASSWORD})
    assert first.headers["Location"] == SECOND
    assert client.get("/konto/").status_code == 302
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    second = client.post(SECOND, {"code": code_of(secret)})
    assert second.status_code == 302
    assert client.get("/konto/").status_code == 200


def test_a_recovery_code_works_once() -> None:
    user = person("rad@example.org", ADVISER)
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
        assert client.post(SECOND, {"code": code}).status_code == expected


def test_secrets_of_second_factors_are_sealed_in_the_database() -> None:
    user = person("rad@example.org", ADVISER, second=False)
    secret = add_second(user)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_whoever_has_a_role_and_no_second_step_is_led_to_set_it_up_before_anything_else() -> None:
    client = signed_in(person("ny@example.org", READER, second=False))
    for address in ("/konto/", "/", "/konto/okter/", "/konto/personer/"):
        assert client.get(address).headers.get("Location") == "/konto/to-trinn/", address
    assert client.get("/api/v1/openapi.json").status_code == 403
    page = client.get("/konto/to-trinn/app/")
    secret = page.context["form"].secret
    answer = client.post("/konto/to-trinn/app/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/konto/to-trinn/koder/"
    codes = client.get("/konto/to-trinn/koder/").content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert "<code>" not in client.get("/konto/to-trinn/koder/").content.decode()
    assert client.get("/konto/").status_code == 200


def test_the_pages_about_the_service_are_open_also_before_the_second_step_is_set_up() -> None:
    client = signed_in(person("ny@example.org", READER, second=False))
    for part in ("", "personvern/", "tilgjengelighet/", "hjelp/", "ordliste/"):
        assert client.get(f"/om/{part}").status_code == 200, part


def test_the_second_step_offers_only_what_the_account_has() -> None:
    user = person("rad@example.org", ADVISER)
    client = Client()
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    page = client.get(SECOND).content.decode()
    assert 'id="kode"' in page
    assert "assnøkkel" not in page
    assert second_factors(user) == {"totp", "recovery_codes"}


def test_a_moment_is_written_in_one_way() -> None:
    at = datetime(2026, 11, 21, 12, 5, 7, tzinfo=UTC)
    written = {}
    for locale in ("nb", "nn", "en"):
        with translation.override(locale):
            written[locale] = [moment(at), clock(at), clock(at, "seconds")]
    assert written["nb"] == ["21. november 2026 kl. 13.05", "13.05", "13.05.07"]
    assert written["nn"] == written["nb"]
    assert written["en"] == ["21 November 2026, 13:05", "13:05", "13:05:07"]


def test_somebody_without_any_role_is_not_held_up() -> None:
    assert signed_in(person("uten@example.org", second=False)).get("/konto/").status_code == 200


def test_the_last_second_factor_stays() -> None:
    user = person("rad@example.org", ADVISER)
    client = signed_in(user)
    client.post("/konto/to-trinn/app/fjern/")
    assert services.has_second_factor(user)


def test_signing_in_gives_nobody_away() -> None:
    person("finnes@example.org", READER)
    answers = [
        Client().post(SIGN_IN, {"login": address, "password": "feil passord her"})
        for address in ("finnes@example.org", "ukjent@example.org")
    ]
    known, unknown = (plain(answer.content.decode()) for answer in answers)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert known.replace("finnes@", "ukjent@") == unknown


def plain(page: str) -> str:
    """Return a page without what differs between any two answers."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_an_unknown_address_costs_as_much_work_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    person("finnes@example.org", READER)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(hasher, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    work = []
    for address in ("finnes@example.org", "ukjent@example.org"):
        hashed.clear()
        Client().post(SIGN_IN, {"login": address, "password": "feil passord her"})
        work.append(len(hashed))
    assert work == [1, 1]


def test_recovery_gives_nobody_away_and_sends_one_letter_either_way(settings: Any) -> None:
    settings.FOTFESTE = with_mail(settings.FOTFESTE)
    person("finnes@example.org", READER)
    pages, letters = [], []
    for address in ("finnes@example.org", "ukjent@example.org"):
        answer = Client().post("/konto/glemt/", {"email": address}, follow=True)
        pages.append(plain(answer.content.decode()))
        letters.append(mail.outbox[-1])
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2
    assert letters[0].subject == letters[1].subject
    assert "/konto/glemt/" in letters[0].body
    assert "/konto/glemt/" not in letters[1].body


def test_a_recovered_password_signs_out_everywhere_and_the_link_holds_once() -> None:
    user = person("glemt@example.org", READER)
    elsewhere = signed_in(user)
    Client().post("/konto/glemt/", {"email": user.email})
    found = re.search(r"https?://[^/]+(/konto/glemt/\S+)", mail.outbox[0].body)
    assert found is not None
    client = Client()
    page = client.get(found[1], follow=True)
    new = "en helt annen setning"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert "Passordet er byttet" in done.content.decode()
    assert elsewhere.get("/konto/").status_code == 302
    assert "Lenken gjelder ikke lenger" in Client().get(found[1], follow=True).content.decode()
    assert User.objects.get().check_password(new)
    assert len(mail.outbox) == 2


def test_too_many_wrong_passwords_are_stopped_for_the_account_wherever_they_come_from() -> None:
    user = person("rad@example.org", ADVISER)
    for number in range(5):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(SIGN_IN, {"login": user.email, "password": "feil"})
    page = Client(REMOTE_ADDR="198.51.100.1").post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert page.status_code == 200
    assert "For mange mislykkede forsøk" in page.content.decode()


def test_too_many_tries_from_one_address_are_stopped_whatever_the_account() -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [
        client.post(SIGN_IN, {"login": f"en{number}@example.org", "password": "feil"}) for number in range(31)
    ]
    assert answers[-1].status_code == 429 or "For mange" in answers[-1].content.decode()


def test_the_counts_are_shared_between_processes() -> None:
    from django.core.cache import caches

    assert type(caches["default"]).__name__ == "DatabaseCache"


def test_wrong_codes_are_stopped() -> None:
    user = person("rad@example.org", ADVISER, second=False)
    secret = add_second(user)
    client = Client()
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    for _ in range(6):
        client.post(SECOND, {"code": "000000"})
    assert client.post(SECOND, {"code": code_of(secret)}).status_code == 200


def test_sessions_are_listed_and_ended_one_by_one_and_all_others() -> None:
    user = person("rad@example.org", second=False)
    clients = []
    for agent in ("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/604", ""):
        client = Client(headers={"User-Agent": agent})
        client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
        clients.append(client)
    page = clients[0].get("/konto/okter/").content.decode()
    assert "Firefox på Windows" in page
    assert "Safari på iOS" in page
    one = UserSession.objects.get(session_key=clients[1].session.session_key)
    clients[0].post("/konto/okter/avslutt/", {"session": one.pk})
    assert clients[1].get("/konto/").status_code == 302
    assert clients[2].get("/konto/").status_code == 200
    clients[0].post("/konto/okter/avslutt/")
    assert clients[2].get("/konto/").status_code == 302
    assert clients[0].get("/konto/").status_code == 200


def test_nobody_ends_the_session_of_another() -> None:
    victim = person("rad@example.org", second=False)
    there = Client()
    there.post(SIGN_IN, {"login": victim.email, "password": PASSWORD})
    other = signed_in(person("annen@example.org", second=False))
    answer = other.post("/konto/okter/avslutt/", {"session": UserSession.objects.get(user=victim).pk})
    assert answer.status_code == 404
    assert there.get("/konto/").status_code == 200


def test_a_role_that_ends_ends_at_once_for_whoever_is_signed_in() -> None:
    user = person("rad@example.org", ADVISER)
    client = signed_in(user)
    assert client.get("/konto/personer/").status_code == 200
    services.end(user.memberships.get(), services.actor_for(person("adm@example.org", ADMINISTRATOR)))
    assert client.get("/konto/personer/").status_code in {403, 404}
    assert Membership.objects.get(user=user).until is not None


def test_changing_the_password_keeps_this_session_and_ends_the_others_and_is_mailed() -> None:
    user = person("rad@example.org", READER)
    here, elsewhere = signed_in(user), signed_in(user)
    new = "en helt annen setning"
    here.post("/konto/passord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302
    assert "Passordet ditt er byttet" in mail.outbox[0].body


def test_a_changed_address_holds_when_it_is_confirmed() -> None:
    user = person("gammel@example.org", READER)
    client = signed_in(user)
    client.post("/konto/e-post/", {"email": "ny@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "gammel@example.org"
    found = re.search(r"https?://[^/]+(/konto/e-post/bekreft/\S+)", mail.outbox[0].body)
    assert found is not None
    assert client.get(found[1]).status_code == 200
    client.post(found[1])
    user.refresh_from_db()
    assert user.email == "ny@example.org"
    assert mail.outbox[-1].to == ["gammel@example.org"]


@pytest.mark.parametrize(
    "address", ["/konto/slett/", "/konto/to-trinn/app/fjern/", "/konto/to-trinn/koder/nye/"]
)
def test_sensitive_acts_ask_who_it_is_once_more(address: str) -> None:
    user = person("rad@example.org", READER)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(address).headers["Location"].startswith("/konto/bekreft/")


def test_signing_out_ends_the_session() -> None:
    user = person("rad@example.org", READER)
    client = signed_in(user)
    assert client.get("/konto/logg-ut/").status_code == 200
    assert "Du er logget ut" in client.post("/konto/logg-ut/").content.decode()
    assert client.get("/konto/").status_code == 302
    assert Entry.objects.filter(act="account.signed_out").exists()


@pytest.mark.parametrize("next_page", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(next_page: str) -> None:
    user = person("rad@example.org", second=False)
    answer = Client().post(
        f"{SIGN_IN}?next={next_page}", {"login": user.email, "password": PASSWORD, "next": next_page}
    )
    assert answer.headers["Location"] == "/konto/"


def test_nobody_can_sign_up() -> None:
    page = Client().post(
        "/konto/ny/", {"email": "ny@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "invitasjon" in page.content.decode()
    assert not User.objects.exists()


def test_the_language_of_the_profile_is_that_of_the_pages() -> None:
    user = person("rad@example.org", READER)
    client = signed_in(user)
    answer = client.post("/konto/profil/", {"name": "Kari Nyprøve", "language": "en"})
    assert answer.status_code == 302
    assert client.get("/konto/").headers["Content-Language"] == "en"


def test_a_closed_account_cannot_sign_in() -> None:
    person("stengt@example.org", READER, is_active=False)
    client = Client()
    client.post(SIGN_IN, {"login": "stengt@example.org", "password": PASSWORD})
    assert client.get("/konto/").status_code == 302


def test_an_adviser_sees_the_people_of_the_own_county_only() -> None:
    own = person("leser@example.org", READER, name="Nina Prøve")
    other = person("fjern@example.org", OTHER_ADVISER, name="Odd Prøve")
    client = signed_in(person("rad@example.org", ADVISER))
    page = client.get("/konto/personer/").content.decode()
    assert "Nina Prøve" in page
    assert "Odd Prøve" not in page
    assert client.get(f"/konto/personer/{own.pk}/").status_code == 200
    assert client.get(f"/konto/personer/{other.pk}/").status_code == 404
    assert Entry.objects.filter(act="person.viewed").count() == 2


def test_an_adviser_ends_what_an_adviser_may_give_and_nothing_else() -> None:
    reader = person("leser@example.org", READER)
    colleague = person("kollega@example.org", ADVISER)
    client = signed_in(person("rad@example.org", ADVISER))
    for user, status in ((reader, 302), (colleague, 403)):
        membership = user.memberships.get()
        assert client.post(f"/konto/personer/roller/{membership.pk}/avslutt/").status_code == status
    assert not reader.memberships.in_force().exists()
    assert colleague.memberships.in_force().exists()


def test_the_last_administrator_can_neither_be_ended_nor_erased() -> None:
    user = person("adm@example.org", ADMINISTRATOR)
    client = signed_in(user)
    page = client.post(f"/konto/personer/roller/{user.memberships.get().pk}/avslutt/", follow=True)
    assert "siste administratoren" in page.content.decode()
    assert "siste administratoren" in client.post("/konto/slett/", {"sure": "on"}).content.decode()
    assert user.memberships.in_force().exists()


def test_of_two_administrators_one_can_go() -> None:
    user = person("adm@example.org", ADMINISTRATOR)
    person("adm2@example.org", ADMINISTRATOR)
    signed_in(user).post(f"/konto/personer/roller/{user.memberships.get().pk}/avslutt/")
    assert not user.memberships.in_force().exists()


def test_an_erased_person_leaves_no_name_behind_and_the_trace_holds() -> None:
    user = person("borte@example.org", READER, name="Borte Prøve")
    elsewhere, client = signed_in(user), signed_in(user)
    assert "slettet" in client.post("/konto/slett/", {"sure": "on"}).content.decode()
    assert elsewhere.get("/konto/").status_code == 302
    row = User.objects.get(pk=user.pk)
    assert (row.name, row.is_active) == ("", False)
    assert row.pseudonym != user.pseudonym
    assert not Authenticator.objects.exists()
    assert not row.memberships.in_force().exists()
    from fotfeste.web.trace.models import Identity

    assert not Identity.objects.filter(email="borte@example.org").exists()
    assert not Identity.objects.filter(name="Borte Prøve").exists()
    fresh = Client()
    fresh.post(SIGN_IN, {"login": "borte@example.org", "password": PASSWORD})
    assert fresh.get("/konto/").status_code == 302


def test_an_administrator_helps_somebody_who_has_lost_key_and_phone(settings: Any) -> None:
    settings.FOTFESTE = with_mail(settings.FOTFESTE)
    user = person("rad@example.org", ADVISER)
    there = signed_in(user)
    client = signed_in(person("adm@example.org", ADMINISTRATOR))
    client.post(f"/konto/personer/{user.pk}/to-trinn/")
    assert not services.has_second_factor(user)
    assert mail.outbox[0].to == ["rad@example.org"]
    assert there.get("/konto/").status_code == 302


def test_a_membership_that_has_ended_stays_as_a_row() -> None:
    user = person("rad@example.org", READER)
    services.end(user.memberships.get(), services.actor_for(user))
    row = user.memberships.get()
    assert row.until is not None
    assert row.until <= timezone.now()


def test_links_in_letters_lead_to_our_own_address_whatever_the_request_called_us() -> None:
    user = person("glemt@example.org", READER)
    Client(headers={"Host": "127.0.0.1:9999"}).post("/konto/glemt/", {"email": user.email})
    assert "http://localhost:8000/konto/glemt/" in mail.outbox[0].body
    assert "9999" not in mail.outbox[0].body


def test_what_has_run_out_is_forgotten_every_day() -> None:
    from django.contrib.sessions.models import Session

    from fotfeste.web.jobs.handlers import daily_kinds
    from fotfeste.web.people.work import FORGET

    user = person("rad@example.org", second=False)
    for _ in range(2):
        Client().post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    old = Session.objects.first()
    assert old is not None
    Session.objects.filter(pk=old.pk).update(expire_date=timezone.now())
    assert services.forget_sessions() == 1
    assert Session.objects.count() == UserSession.objects.count() == 1
    assert FORGET in daily_kinds()


def test_without_mail_an_administrator_makes_a_link_to_a_new_password_and_the_second_step_stays(
    settings: Any,
) -> None:
    user = person("glemt@example.org", READER)
    client = signed_in(person("adm@example.org", ADMINISTRATOR))
    page = client.post(f"/konto/personer/{user.pk}/nytt-passord/").content.decode()
    found = re.search(r"http://localhost:8000(/konto/glemt/[^<]+)<", page)
    assert found is not None
    new, fresh = "en helt annen setning", Client()
    there = fresh.get(found[1], follow=True).redirect_chain[-1][0]
    fresh.post(there, {"password1": new, "password2": new})
    assert fresh.post(SIGN_IN, {"login": user.email, "password": new}).headers["Location"] == SECOND
    assert Entry.objects.filter(act="account.recovery_link_made").exists()
    settings.FOTFESTE = with_mail(settings.FOTFESTE)
    assert client.post(f"/konto/personer/{user.pk}/nytt-passord/").status_code == 403


@pytest.mark.parametrize("what", ["to-trinn", "nytt-passord"])
def test_only_administrators_help_others_in_and_nobody_themselves(what: str) -> None:
    reader = person("leser@example.org", READER)
    adviser, administrator = person("rad@example.org", ADVISER), person("adm@example.org", ADMINISTRATOR)
    assert signed_in(adviser).post(f"/konto/personer/{reader.pk}/{what}/").status_code == 403
    assert signed_in(administrator).post(f"/konto/personer/{administrator.pk}/{what}/").status_code == 403
    assert services.has_second_factor(reader)


def test_guesses_at_one_account_are_remembered_whatever_others_do_meanwhile() -> None:
    user = person("rad@example.org", ADVISER)
    client = Client()
    for _ in range(5):
        client.post(SIGN_IN, {"login": user.email, "password": "feil"})
    for number in range(400):
        cache.set(f"~another-{number}", 1, 300)
    page = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert page.status_code == 200, "the right password came after too many wrong ones"
    assert len([one for one in range(400) if cache.get(f"~another-{one}")]) == 400


def test_a_session_with_a_long_number_is_ended_from_the_page() -> None:
    user = person("rad@example.org", second=False)
    here, there = Client(), Client()
    for client in (here, there):
        client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    session = UserSession.objects.get(session_key=there.session.session_key)
    UserSession.objects.filter(pk=session.pk).update(id=1_234_567)
    page = here.get("/konto/okter/").content.decode()
    assert 'name="session" value="1234567"' in page
    here.post("/konto/okter/avslutt/", {"session": "1234567"})
    assert there.get("/konto/").status_code == 302


def test_an_address_that_somebody_has_taken_meanwhile_is_not_confirmed() -> None:
    user = person("rad@example.org", ADVISER)
    wanted = EmailAddress.objects.create(user=user, email="ny@example.org", verified=False, primary=False)
    other = User.objects.create(email="ny@example.org", name="Ola Prøve")
    EmailAddress.objects.create(user=other, email=other.email, verified=False, primary=True)
    answer = Client().post(f"/konto/e-post/bekreft/{EmailConfirmationHMAC(wanted).key}/", follow=True)
    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.email == "rad@example.org"
