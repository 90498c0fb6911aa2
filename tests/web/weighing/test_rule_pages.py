"""Rules and criteria on the page: added, changed, taken away, refused; and the ways out of rules that clash."""

from __future__ import annotations

import re
import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from tests.web.weighing.conftest import ROOM
from tests.web.weighing.pages import post, text_of

pytestmark = pytest.mark.django_db


def test_rules_are_added_changed_and_taken_away(ready: Client) -> None:
    assert "Ny regel" in text_of(ready.get(ROOM + "regel/"))
    form = text_of(ready.get(ROOM + "regel/?slag=cap&kommune=4003&personer=70"))
    assert re.search(r'value="4003"[^>]*checked', form)
    assert 'value="70"' in form
    rule = {
        "slag": "cap",
        "personer": "70",
        "kommuner": ["4003"],
        "grunn": "Skolen er full",
        "kilde": "Møtet",
    }
    assert post(ready, "regel-ny", **rule).status_code == 302
    page = text_of(ready.get(ROOM))
    assert "Høyst 70 personer (Skien)." in page
    assert "Skolen er full" in page
    place = len(choices_of(Version.objects.get(number=2).choices).criteria.rules) - 1
    assert 'value="70"' in text_of(ready.get(ROOM + f"regel/?nr={place}"))
    post(ready, "regel-endre", seen=2, nr=place, **(rule | {"personer": "75"}))
    assert "Høyst 75 personer (Skien)." in text_of(ready.get(ROOM))
    post(ready, "regel-bort", seen=3, nr=place)
    assert "Høyst 75" not in text_of(ready.get(ROOM)).partition("<h3")[2]


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"slag": "lock", "personer": "40", "kilde": "Møtet", "grunn": "x"}, "Kommuner"),
        ({"slag": "cap", "kilde": "Møtet"}, "Tallet på personer mangler"),
        ({"slag": "max_change", "kilde": "Møtet"}, "Oppgi enten et tall"),
        ({"slag": "cap", "personer": "10", "kilde": ""}, "Hvor kommer regelen fra"),
        (
            {
                "slag": "transfer",
                "fra": "4003",
                "til_kommune": "4003",
                "personer": "3",
                "grunn": "x",
                "kilde": "y",
            },
            "til en annen kommune",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_told_by_its_field(
    ready: Client, fields: dict[str, str], told: str, part: bool
) -> None:
    answer = post(ready, "regel-ny", part=part, **fields)
    page = text_of(answer, 422)
    assert "Dette må rettes" in page
    assert told in page
    assert ("HX-Retarget" in answer.headers) is part
    assert Version.objects.count() == 1


def test_a_conflict_names_the_rules_and_a_way_out_is_one_press(ready: Client) -> None:
    post(ready, "regel-ny", slag="floor", personer="60", kilde="Møtet")
    page = text_of(ready.get(ROOM))
    assert "Valgene lar seg ikke forene" in page
    assert "Dette står mot hverandre" in page
    assert "Minstetall" in page
    assert "Hev totalen fra 545 til 1 020." in page.replace("\u00a0", " ")
    post(ready, "vei", seen=2, nr="0")
    assert "personer er fordelt på 17 kommuner" in text_of(ready.get(ROOM))
    assert Version.objects.count() == 3


def test_criteria_are_changed_to_shipped_ones_and_to_a_file(ready: Client) -> None:
    from fotfeste.settlement.criteria_file import shipped_criteria

    own = choices_of(Version.objects.get().choices).criteria.origin
    other = next(one for one in shipped_criteria() if one != own)
    post(ready, "kriterier", kriterier=other)
    assert choices_of(Version.objects.get(number=2).choices).criteria.origin == other
    handed_out = ready.get(ROOM + "kriterier.toml")
    assert tomllib.loads(handed_out.content.decode())["schema"]
    again = SimpleUploadedFile("fylkets.toml", handed_out.content)
    assert post(ready, "kriterier", seen=2, fil=again).status_code == 302
    assert choices_of(services.current(Round.objects.get()).choices).criteria.origin == "fylkets.toml"  # type: ignore[union-attr]
