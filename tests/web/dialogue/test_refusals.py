"""What is refused in the dialogue is answered with 422 on the page it was sent from, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.web.dialogue import meetings, minutes_kept, needs, partner_files, partners
from fotfeste.web.dialogue.models import Attachment, Delivery, Meeting, Need, PartnerInput, Question
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import member
from tests.web.dialogue.forms import text
from tests.web.dialogue.test_meetings import PLAN, WRITTEN
from tests.web.people.persons import ADVISER

pytestmark = pytest.mark.django_db
ROUND = "/bosetting/2027/40/"
SKIEN = f"{ROUND}dialog/4003/"
HOSTILE = "\x00<b>" + "x" * 30_000
FORMS = {
    f"{SKIEN}moter/": ["day", "time", "length", "place"],
    f"{SKIEN}moter/1/endre/": ["day", "time", "length", "place", "seen"],
    f"{SKIEN}moter/1/referat/": ["met_on", "note", "seen"],
    f"{SKIEN}moter/1/referat/behov/": ["text", "theme"],
    f"{SKIEN}sporsmal/": ["tekst", "felt"],
    f"{SKIEN}vedlegg/": ["fil"],
    f"{SKIEN}svarskjema/": ["fil"],
    f"{SKIEN}paminnelse/": ["text"],
    f"{ROUND}dialog/les-inn/": ["fil", "vist"],
    f"{ROUND}behov/": ["text", "theme", "owner", "due"],
    f"{ROUND}behov/1/endre/": ["text", "theme", "owner", "seen"],
    f"{ROUND}behov/1/steg/": ["state", "reason", "seen"],
    f"{ROUND}innspill/": ["title", "text", "organisation", "dated"],
}


@pytest.fixture(autouse=True)
def _few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minutes_kept, "asked_in", lambda *_: (("goal", "Hva er viktigst?"),))


@pytest.fixture
def county(round_: Round, adviser: Actor) -> Client:
    """The county's browser, in a round with one meeting and one need."""
    meetings.plan(adviser, round_, "4003", PLAN)
    needs.add(adviser, round_, needs.Stated("Flere tolker", "interpreters", "4003"))
    return member("ase@example.org", ADVISER)[2]


def everything() -> list[Any]:
    return [
        list(of.objects.order_by("pk").values())
        for of in (Meeting, Need, Question, PartnerInput, Attachment, Delivery)
    ]


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("typed", ["", HOSTILE], ids=["blank", "hostile"])
def test_a_form_that_cannot_be_taken_is_answered_with_422_and_changes_nothing(
    county: Client, address: str, typed: str
) -> None:
    before = everything()
    answer = county.post(address, dict.fromkeys(FORMS[address], typed))
    assert answer.status_code == 422, (address, text(answer)[:300])
    assert "<b>x" not in answer.content.decode()
    assert everything() == before


def test_calling_off_a_meeting_that_is_held_is_refused_on_its_page(
    county: Client, round_: Round, adviser: Actor
) -> None:
    one = Meeting.objects.get()
    minutes_kept.save_minutes(adviser, one, {}, WRITTEN, [["goal", "Hva er viktigst?"]], hold=True)
    answer = county.post(f"{SKIEN}moter/1/avlys/")
    assert answer.status_code == 422
    assert "Ingenting er endret" in text(answer)
    assert Meeting.objects.get().cancelled_at is None


def test_sharing_minutes_that_are_not_held_or_without_saying_which_way_is_refused(county: Client) -> None:
    for sent in ({"share": "yes"}, {"share": "kanskje"}, {}):
        answer = county.post(f"{SKIEN}moter/1/referat/deling/", sent)
        assert answer.status_code == 422, sent
        assert "Ingenting er endret" in text(answer)
    assert Meeting.objects.get().shared_at is None


def test_nothing_is_withdrawn_in_a_round_that_is_closed(
    county: Client, round_: Round, adviser: Actor
) -> None:
    one = partners.add(adviser, round_, partners.Stated("KS", "Kartlegging"))
    file = partner_files.attach(adviser, one, "kart.pdf", b"%PDF-1.7 synthetic %%EOF")
    Round.objects.update(state=Stage.CLOSED.value)
    for address in (f"{ROUND}innspill/{one.pk}/trekk/", f"{ROUND}innspill/{one.pk}/vedlegg/{file.pk}/trekk/"):
        answer = county.post(address)
        assert answer.status_code == 422, address
        assert "Runden er avsluttet" in text(answer)
    one.refresh_from_db()
    assert one.withdrawn_at is None
    assert Attachment.objects.get().withdrawn_at is None


def test_an_answer_to_a_question_that_is_not_there_becomes_no_new_question(county: Client) -> None:
    for number in ("abc", "99", "9" * 30, "-1"):
        assert county.post(f"{SKIEN}sporsmal/", {"tekst": "Ja", "til": number}).status_code == 404
    assert not Question.objects.exists()


def test_an_empty_file_is_refused_where_it_was_chosen(county: Client) -> None:
    for address in (f"{SKIEN}vedlegg/", f"{SKIEN}svarskjema/", f"{ROUND}dialog/les-inn/"):
        answer = county.post(address, {"fil": SimpleUploadedFile("tom.xlsx", b"")})
        assert answer.status_code == 422, address


def test_an_organisation_is_written_as_it_writes_itself(county: Client, round_: Round) -> None:
    Round.objects.update(shared_with=["Statsforvalteren", "Bufetat"])
    for typed, stands in (
        ("nav", "Nav"),
        ("STATSFORVALTEREN", "Statsforvalteren"),
        ("  ks ", "KS"),
        ("bufetat", "Bufetat"),
        ("Røde Kors", "Røde Kors"),
    ):
        county.post(f"{ROUND}innspill/", {"organisation": typed, "title": f"Fra {typed}"})
        assert PartnerInput.objects.latest("pk").organisation == stands
