"""What partners are told of the questions that the municipalities get, so that a number means the same to both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.settlement.reply_form import NO_LIMIT
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.partner_shown import values_beside
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import member
from tests.web.dialogue.forms import carried, text
from tests.web.people.persons import CONTACT

pytestmark = pytest.mark.django_db

STATE = "Statsforvalteren"
PAGE = "/bosetting/2027/40/innspill/"


@pytest.fixture
def survey(round_: Round) -> PartnerInput:
    round_.shared_with = [STATE]
    round_.save()
    return PartnerInput.objects.create(round=round_, organisation=STATE, title="Kartlegging")


@pytest.fixture
def of_state(survey: PartnerInput) -> Client:
    return member("sf@example.org", Held(Role.PARTNER, county="40", organisation=STATE))[2]


def test_a_partner_reads_the_questions_and_what_the_municipality_will_see(
    of_state: Client, survey: PartnerInput
) -> None:
    page = text(of_state.get(f"{PAGE}{survey.pk}/"))
    assert "Spørsmålene kommunene får" in page
    assert "Helse: Hvor mange kan få fastlege og helsehjelp?" in page
    assert "Personer i alt. Tenk på fastlege, helsestasjon, psykisk helse og tannhelse." in page
    assert "Slik ser kommunen det:" in page
    assert "ikke teksten i et innspill som gjelder hele fylket" in page


def test_an_answer_is_asked_for_with_the_question_and_its_guidance(
    of_state: Client, survey: PartnerInput
) -> None:
    page = text(of_state.get(f"{PAGE}{survey.pk}/svar/health/"))
    assert "Helse: Hvor mange kan få fastlege og helsehjelp?" in page
    assert "Personer i alt. Tenk på fastlege" in page
    assert "Skriv «ingen begrensning»" in page


def test_no_limit_is_an_answer_a_partner_can_have_got(of_state: Client, survey: PartnerInput) -> None:
    where = f"{PAGE}{survey.pk}/svar/school/"
    form = of_state.get(where)
    sent = {"seen": carried(form), "svar_4003": "Ingen begrensning", "svar_4001": "12"}
    sent = {name.replace("svar_", _prefix()): value for name, value in sent.items()}
    assert of_state.post(where, sent).status_code == 302
    assert values_beside(survey.round, "4003")["school"].value == NO_LIMIT
    assert values_beside(survey.round, "4001")["school"].value == 12
    assert "ingen begrensning" in text(of_state.get(f"{PAGE}{survey.pk}/"))
    own = member("a@example.org", CONTACT)[2].get("/bosetting/2027/40/dialog/4003/innspill/")
    assert "Skole ingen begrensning" in text(own)


def test_a_partner_is_told_when_the_recommendation_is_adopted(of_state: Client, survey: PartnerInput) -> None:
    assert "endrer den ikke" not in text(of_state.get(f"{PAGE}{survey.pk}/"))
    Round.objects.filter(pk=survey.round.pk).update(state=Stage.SENT.value)
    Adoption.objects.create(
        round=survey.round,
        number=1,
        decided_by="body",
        body="fylkesutvalget",
        case_number="26/101",
        decided_on=timezone.localdate() - timedelta(days=1),
        total=545,
        bundle=b"",
        bundle_checksum="0" * 64,
    )
    assert "Det som legges inn nå, endrer den ikke." in text(of_state.get(f"{PAGE}{survey.pk}/"))


def _prefix() -> str:
    from fotfeste.web.dialogue.partner_forms import ANSWER

    return ANSWER
