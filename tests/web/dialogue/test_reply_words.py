"""What the reply's page says to those who fill it in: three kinds of no number, what is quoted, and where a thing was done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fotfeste.settlement.replies import Service
from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.services import replies_of
from fotfeste.web.rights.declared import Actor
from tests.web.dialogue.conftest import ANSWERS, member, sent
from tests.web.dialogue.forms import carried, text
from tests.web.people.persons import ADVISER, CONTACT

pytestmark = pytest.mark.django_db

PAGE = "/bosetting/2027/40/dialog/4003/"


@pytest.fixture
def browser(skien: Reply) -> Client:
    return member("a@example.org", CONTACT)[2]


def posted(browser: Client, *pressed: tuple[str, str], **typed: str) -> str:
    """The page that comes when the form is sent as a browser sends it: ``pressed`` are names that come twice."""
    page = browser.get(PAGE)
    state = {name: carried(page, name) for name in ("sett", "grunnlag")}
    body = sent({**ANSWERS, **typed}, **state, gjor="lever")
    fields = {name: [value] for name, value in body.items()}
    for name, value in pressed:
        fields.setdefault(name, []).append(value)
    return text(browser.post(PAGE, fields, follow=True))


def test_a_box_for_no_limit_is_delivered_as_that(browser: Client, skien: Reply) -> None:
    assert "Svaret er levert." in posted(browser, ("uten_grense", "school"), school="")
    replies = replies_of(skien.round)
    assert replies is not None
    assert replies.by_code["4003"].unlimited == (Service.SCHOOL,)
    assert Service.SCHOOL not in replies.by_code["4003"].capacity
    assert "Skole ingen begrensning" in text(browser.get(PAGE))


def test_a_box_and_a_number_are_refused_and_both_stand_in_the_form(browser: Client, skien: Reply) -> None:
    page = browser.post(
        PAGE,
        {
            **sent(ANSWERS, sett="0", grunnlag="{}", gjor="lever"),
            "svar_school": "30",
            "uten_grense": "school",
        },
    )
    assert "både et tall og at tjenesten ikke er noen begrensning" in text(page)
    content = page.content.decode()
    assert 'name="svar_school" value="30"' in content
    assert 'name="uten_grense" value="school" checked' in content


def test_a_zero_is_asked_about_before_it_is_delivered(browser: Client, skien: Reply) -> None:
    told = posted(browser, kindergarten="0")
    assert "Dere oppgir 0 for barnehage, og ønsker å bosette 25." in told
    assert "Svaret er ikke levert." in told
    assert not skien.deliveries.exists()
    assert "Svaret er levert." in posted(browser, kindergarten="0", own_wish="0", minors="")


def test_a_name_a_number_and_an_address_are_pointed_out_before_they_are_quoted(browser: Client) -> None:
    assert "kan bli gjengitt i brev og saksdokumenter som alle kan lese" in text(browser.get(PAGE))
    told = posted(browser, approved_by="kari prøve", capacity_note="Ring 41234567", wish_note="a@example.org")
    assert "«kari prøve» ser ut som navnet på en person." in told
    assert (
        "Feltet «Merknad om kapasitet» : Teksten har et tall som ser ut som et telefonnummer."
        in told.replace("»:", "» :")
    )
    assert "Teksten har en e-postadresse." in told


def test_the_municipality_is_told_what_is_wrong_as_the_municipality(browser: Client) -> None:
    told = posted(browser, minors="50", own_wish="40")
    assert "Dere kan ta imot 50 enslige mindreårige, men ønsker 40 i alt." in told
    assert "Spør kommunen" not in told


def test_the_county_is_told_to_ask_the_municipality(skien: Reply, adviser: Actor) -> None:
    deliver(adviser, skien, {**ANSWERS, "minors": "50"}, 0, {}, notices_seen=True)
    assert "Spør kommunen hvilket tall som gjelder." in text(member("b@example.org", ADVISER)[2].get(PAGE))


def test_nothing_is_approved_on_a_day_that_has_not_come(browser: Client, skien: Reply) -> None:
    day = timezone.localdate() + timedelta(days=1)
    assert "er fram i tid" in posted(browser, approved_on=f"{day:%d.%m.%Y}")
    assert "Svaret er levert." in posted(browser, approved_on=f"{timezone.localdate():%d.%m.%Y}")


def test_a_refused_question_names_no_field_of_the_program(browser: Client) -> None:
    page = text(browser.post(f"{PAGE}sporsmal/", {"tekst": "Gjelder det 010190 12345?"}))
    assert "ser ut som et fødselsnummer" in page
    assert "text:" not in page


def test_a_delivered_reply_tells_how_it_is_corrected(browser: Client) -> None:
    assert "Er noe feil i svaret?" not in text(browser.get(PAGE))
    posted(browser)
    page = text(browser.get(PAGE))
    assert "Er noe feil i svaret?" in page
    assert "Kan dere åpne det igjen?" in page
    assert "Er noe feil i svaret?" not in text(member("b@example.org", ADVISER)[2].get(PAGE))


def test_a_reopened_reply_still_tells_the_deadline(browser: Client, skien: Reply) -> None:
    posted(browser)
    member("b@example.org", ADVISER)[2].post(f"{PAGE}apne/", {"grunn": "Tallet mangler et siffer"})
    page = text(browser.get(PAGE))
    assert "Tallet mangler et siffer" in page
    assert "Fristen er 1. januar 2099." in page


def test_what_was_attached_is_told_where_the_files_stand(browser: Client) -> None:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 synthetic %%EOF")
    answer = browser.post(f"{PAGE}vedlegg/", {"fil": file})
    assert answer["Location"].endswith("#vedlegg")
    page = text(browser.get(answer["Location"]))
    assert page.index("Vedlegg «plan.pdf» er lagt ved.") < page.index("Lever svaret")
    assert "er lagt ved." not in text(browser.get(PAGE))


def test_a_picture_from_a_telephone_is_refused_with_the_way_out(browser: Client) -> None:
    file = SimpleUploadedFile("bilde.HEIC", b"\0\0\0\x18ftypheic")
    page = browser.post(f"{PAGE}vedlegg/", {"fil": file})
    assert page.status_code == 422
    assert "Lagre bildet som JPG" in text(page)


def test_what_was_asked_is_told_where_the_questions_stand(browser: Client) -> None:
    answer = browser.post(f"{PAGE}sporsmal/", {"tekst": "Når får vi vite det?"}, follow=True)
    assert "Det du skrev, er sendt. Venter på fylkeskommunen" in text(answer)


def test_enter_in_a_field_saves_and_delivers_nothing(browser: Client) -> None:
    form = browser.get(PAGE).content.decode().partition('id="svar"')[2]
    first = form.partition('type="submit"')[2][:60]
    assert 'name="gjor" value="lagre"' in first
