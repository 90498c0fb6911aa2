"""How a criterion is worked out can be changed on the page, and what cannot be is told."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from django.test import Client

from fotfeste.settlement.criteria import Key
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from tests.web.weighing.conftest import ROOM
from tests.web.weighing.pages import post, text_of

pytestmark = pytest.mark.django_db


def keys() -> dict[str, Key]:
    newest = Version.objects.order_by("-number")[0]
    return {one.id: one.key for one in choices_of(newest.choices).criteria.criteria}


def test_the_numbers_of_every_key_stand_in_fields_with_the_value_they_have(ready: Client) -> None:
    page = text_of(ready.get(ROOM))
    for field, value in (
        ("nokkel-size-exponent", "0.7"),
        ("nokkel-work-exponent", "-1"),
        ("nokkel-work-lowest", "0.5"),
        ("nokkel-balance-base_exponent", "0.7"),
    ):
        assert re.search(rf'id="{field}"[^>]*value="{value}"', page), field
        assert f'for="{field}"' in page


def test_a_key_is_changed_and_the_change_is_told(ready: Client) -> None:
    post(ready, "valg", **{"nokkel-work-exponent": "−0,5", "nokkel-work-highest": "3"})
    assert keys()["work"].exponent == Fraction(-1, 2)
    assert keys()["work"].limits == (Fraction(1, 2), 3)
    page = text_of(ready.get(ROOM))
    assert "Måten kriteriet «Muligheter for arbeid» regnes på, er endret: eksponenten fra " in page


def test_what_stands_as_it_stood_is_no_change(ready: Client) -> None:
    page = text_of(ready.get(ROOM))
    form = page[page.index('id="valg"') :].partition("</form>")[0]
    numbers = re.findall(r'<input(?=[^>]*type="number")[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    assert len(numbers) > 8
    post(ready, "valg", **dict(numbers))
    assert Version.objects.count() == 1


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"nokkel-work-exponent": "mye"}, "«Eksponent» må være et tall."),
        ({"nokkel-work-exponent": "7"}, "7 er utenfor det tillatte; grensen er 4"),
        ({"nokkel-work-lowest": "3"}, "Justeringen må ligge mellom to tall over null, det minste først."),
        ({"nokkel-size-exponent": ""}, "«Eksponent» må være et tall."),
        ({"nokkel-size-exponent": "--1"}, "«Eksponent» må være et tall."),
    ],
)
def test_what_a_key_cannot_be_is_told_and_stands_as_typed(
    ready: Client, fields: dict[str, str], told: str, part: bool
) -> None:
    page = text_of(post(ready, "valg", part=part, **fields), 422)
    assert told in page
    for field, typed in fields.items():
        assert re.search(rf'name="{field}"[^>]*value="{re.escape(typed)}"', page)
    assert Version.objects.count() == 1
