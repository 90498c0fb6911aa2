"""One number on the page: why it is what it is, what another would cost, and setting and taking back one."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.recommending import recommendation_of
from tests.web.weighing.conftest import PARTLY, ROOM
from tests.web.weighing.pages import back, ended, post, text_of

pytestmark = pytest.mark.django_db


def test_a_number_opens_in_its_row_and_on_a_page_of_its_own(ready: Client) -> None:
    part = text_of(ready.get(ROOM + "4003/", headers=PARTLY))
    page = text_of(ready.get(ROOM + "4003/"))
    assert "<html" not in part
    assert "<html" in page
    for one in (part, page):
        assert re.search(r"Skien: \d+ personer\. Mest fordi", one)
        assert "Muligheter for arbeid" in one
        assert "Sett tallet selv" in one
    assert ready.get(ROOM + "5001/").status_code == 404


def test_the_cost_is_shown_before_a_number_is_set(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    page = text_of(post(ready, "sett", **typed))
    assert "Settes Skien til 80:" in page
    assert re.search(r"Flere til Porsgrunn \(\+\d+\)", page)
    assert Version.objects.count() == 1, "nothing is set before the cost is seen"
    assert "Få boliger" in page
    shown = re.search(r'name="kostnad_vist" value="(\d+)"', page)
    assert shown
    assert shown[1] == "80"
    assert post(ready, "sett", kostnad_vist="80", **typed).status_code == 302
    choices = choices_of(Version.objects.get(number=2).choices)
    entry = choices.ledger.entries[0]
    assert (entry.code, entry.persons, entry.role, entry.reason) == ("4003", 80, "rådgiver", "Få boliger")
    assert entry.name == "Navnesen Prøve3"
    page = text_of(ready.get(ROOM))
    assert "Skien er satt til 80 av rådgiver. Begrunnelse: Få boliger." in page
    assert "Navnesen" in page
    main = page[page.index("<main") :]
    assert "Navnesen" not in main


def test_the_cost_stays_beside_a_form_that_is_refused_for_something_else(ready: Client) -> None:
    typed = {
        "kommune": "4003",
        "personer": "80",
        "begrunnelse": "",
        "rolle": "rådgiver",
        "kostnad_vist": "80",
    }
    for part in (False, True):
        page = text_of(post(ready, "sett", part=part, **typed), 422)
        assert "Skriv en begrunnelse." in page
        assert "Settes Skien til 80:" in page
        assert 'name="kostnad_vist" value="80"' in page
        assert "Sett tallet til 80" in page
    assert post(ready, "sett", **(typed | {"begrunnelse": "Få boliger"})).status_code == 302


def test_what_is_wrong_with_a_number_is_told_on_top_and_at_the_number_and_not_as_a_cost_too(
    ready: Client,
) -> None:
    typed = {"kommune": "4003", "personer": "900", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    page = text_of(post(ready, "sett", kostnad_vist="900", **typed), 422)
    assert page.count("Tallet må være mellom 0 og totalen") == 2


def test_the_cost_is_that_of_the_number_in_the_field_and_not_of_one_typed_before(ready: Client) -> None:
    assert ready.get(ROOM + "4003/").status_code == 200
    ended(ready)
    ready.post(ROOM + "endre/", {"sett": 1, "page": ROOM + "4003/", "hva": "sett", "personer": "70"})
    back(ready)
    part = text_of(ready.get(ROOM + "4003/?del=kostnad&personer=80", headers=PARTLY))
    assert "Settes Skien til 80:" in part
    assert "<form" not in part


def test_a_cost_that_was_shown_for_another_number_does_not_count(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "81", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    assert "Settes Skien til 81:" in text_of(post(ready, "sett", kostnad_vist="80", **typed))
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"personer": "mange"}, "Tallet må være et helt tall"),
        ({"begrunnelse": ""}, "Skriv "),
        ({"rolle": " "}, "Skriv "),
        ({"begrunnelse": "Navnesen Prøve3 mener det"}, "Navnet står i begrunnelsen"),
        ({"personer": "900", "kostnad_vist": "900"}, "mellom 0 og totalen"),
    ],
)
def test_an_override_that_cannot_stand_is_shown_again_with_what_was_typed(
    ready: Client, fields: dict[str, str], told: str
) -> None:
    typed = {
        "kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver",
        "kostnad_vist": "80", **fields,
    }  # fmt: skip
    answer = post(ready, "sett", part=True, **typed)
    assert told in text_of(answer, 422)
    assert answer.headers["HX-Retarget"] == "#forklaring-4003"
    assert Version.objects.count() == 1


def test_a_number_that_is_set_can_be_taken_back(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "80", "begrunnelse": "Få boliger", "rolle": "rådgiver"}
    post(ready, "sett", kostnad_vist="80", **typed)
    assert "Trekk tilbake" in text_of(ready.get(ROOM + "4003/"))
    post(ready, "trekk", seen=2, kommune="4003", begrunnelse="Boligene kom", rolle="rådgiver")
    assert not choices_of(Version.objects.get(number=3).choices).overrides


def test_a_way_out_that_somebody_must_stand_for_leads_to_the_form_of_that_number(ready: Client) -> None:
    typed = {"kommune": "4003", "personer": "545", "begrunnelse": "Prøve", "rolle": "rådgiver"}
    post(ready, "sett", kostnad_vist="545", **typed)
    post(ready, "regel-ny", seen=2, slag="floor", personer="10", kommuner=["4001"], kilde="Møtet")
    page = text_of(ready.get(ROOM))
    assert re.search(rf'href="{ROOM}4003/(\?personer=\d+)?"[^>]*>Gjør dette', page)
    version = services.current(Round.objects.get())
    weighed = recommendation_of(Round.objects.get(), version)  # type: ignore[arg-type]
    place = next(number for number, way in enumerate(weighed.ways) if way.asks)
    before = Version.objects.count()
    post(ready, "vei", seen=before, nr=str(place))
    assert Version.objects.count() == before, "nobody is made to stand for a number without a reason"
