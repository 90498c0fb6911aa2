"""What the county has entered itself reaches the meeting sheet, its questions and the facts beside the form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fotfeste.web.dialogue import kit
from fotfeste.web.dialogue.facts import facts_of
from fotfeste.web.dialogue.own_years import entered_until, own_years
from fotfeste.web.follow_up.models import Decision, MunicipalRequest
from fotfeste.web.rounds.models import Round
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import make_round, member
from tests.web.dialogue.forms import text
from tests.web.people.persons import ADVISER, CONTACT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def last(db: None) -> Round:
    """The round of 2027, which IMDi has asked in and a council has answered."""
    return make_round(2027, stage=Stage.SENT)


@pytest.fixture
def round_(last: Round) -> Round:
    return make_round(2028)


def asked(round_: Round, persons: int, code: str = "4003", day: date = date(2026, 12, 15)) -> None:
    number = MunicipalRequest.objects.filter(round=round_, municipality=code).count() + 1
    MunicipalRequest.objects.create(
        round=round_,
        municipality=code,
        number=number,
        persons=persons,
        minors=0,
        dated=day,
        source="IMDi",
    )


def decided(round_: Round, persons: int, code: str = "4003") -> None:
    Decision.objects.create(
        round=round_,
        municipality=code,
        number=1,
        answer="decided",
        persons=persons,
        decided_on=date(2027, 1, 20),
        body="kommunestyret",
        case_reference="27/1",
    )


def sheet(round_: Round) -> str:
    """The sheet of Skien as the county reads it on its page."""
    client = member("ark@example.org", ADVISER)[2]
    return text(client.get(f"/bosetting/{round_.year}/40/dialog/4003/moter/ark/"))


TOLD = "Anmodet (15. desember 2026) og vedtatt (20. januar 2027) i 2027: fylkets egen føring."


def test_the_sheet_tells_last_year_as_the_county_has_entered_it_where_nothing_is_published(
    last: Round, round_: Round
) -> None:
    asked(last, 140)
    decided(last, 100)
    page = sheet(round_)
    assert "Skien i 2027: anmodet om 140, vedtatt 100, bosatt mangler." in page
    assert TOLD in page
    assert "Skien i 2027 mangler" not in page
    assert "2027 140 100 ." in page


def test_the_newest_request_is_the_one_that_counts(last: Round, round_: Round) -> None:
    asked(last, 140)
    asked(last, 90, day=date(2027, 2, 1))
    assert "anmodet om 90" in sheet(round_)


def test_a_low_decision_raises_its_question_on_the_sheet(last: Round, round_: Round) -> None:
    asked(last, 140)
    decided(last, 20)
    assert "Vedtok 20 av 140 anmodede i 2027." in sheet(round_)
    assert any("Hva lå bak vedtaket" in told for _, told in kit.asked_in(round_, "4003"))


def test_a_new_entry_makes_a_new_sheet_and_a_new_archive(last: Round, round_: Round) -> None:
    first = kit.digest_of(round_, "nb")
    asked(last, 140)
    second = kit.digest_of(round_, "nb")
    asked(round_, 150, day=date(2027, 12, 15))
    assert len({first, second, kit.digest_of(round_, "nb")}) == 3


def test_the_file_of_the_sheet_tells_it_too_on_two_pages(last: Round, round_: Round) -> None:
    import pypdfium2

    asked(last, 140)
    decided(last, 100)
    made = kit.sheet_file(round_, "4003", "pdf", "nb")
    assert made is not None
    document = pypdfium2.PdfDocument(made[1])
    read = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert len(document) <= 2
    assert "anmodet om 140, vedtatt 100" in read
    assert "fylkets egen føring" in read


def test_the_contact_sees_it_among_the_facts_beside_the_form(last: Round, round_: Round) -> None:
    client = member("kari@example.org", CONTACT)[2]
    address = "/bosetting/2028/40/dialog/4003/"
    assert "Skien i 2027 mangler" in text(client.get(address))
    asked(last, 140)
    decided(last, 100)
    page = text(client.get(address))
    assert "Skien i 2027: anmodet om 140, vedtatt 100" in page
    assert TOLD in page


def test_what_is_entered_of_the_rounds_own_year_is_told_as_that_year(round_: Round) -> None:
    asked(round_, 150, day=date(2027, 12, 15))
    told = facts_of(round_, "4003", "nb")
    assert told is not None
    assert "I 2028 så langt: anmodet om 150 (15. desember 2027). Kilde: fylkets egen føring." in told.sentence
    assert "I 2028 så langt" not in facts_of(round_, "4001", "nb").sentence  # type: ignore[union-attr]


def test_official_figures_go_before_what_the_county_has_entered(db: None) -> None:
    before, now = make_round(2026, stage=Stage.SENT), make_round(2027)
    asked(before, 999)
    decided(before, 998)
    told = facts_of(now, "4003", "nb")
    assert told is not None
    assert "Skien i 2026: anmodet om 91, vedtatt 46, bosatt 41" in told.sentence
    assert "fylkets egen føring" not in told.sentence


def test_what_is_entered_of_other_borders_is_left_out(
    last: Round, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(last, 140)
    assert own_years(round_).last
    monkeypatch.setattr(
        "fotfeste.web.dialogue.own_years.municipalities_of",
        lambda one: {"4003": "Skien"} if one.year == 2027 else {"4003": "Skien", "4001": "Porsgrunn"},
    )
    assert not own_years(round_).last


def test_papers_tell_what_was_entered_by_the_day_they_are_of(round_: Round) -> None:
    today = timezone.localdate()
    asked(round_, 150, day=date(2027, 12, 15))
    asked(round_, 90, day=date(2028, 2, 1))
    decided(round_, 60)
    MunicipalRequest.objects.filter(number=2).update(at=timezone.now() + timedelta(days=1))
    found = entered_until(round_, today)["4003"]
    assert found.requested is not None
    assert found.decided is not None
    assert (found.requested.figure.value, found.decided.figure.value) == (150, 60)
    later = entered_until(round_, today + timedelta(days=1))["4003"].requested
    assert later is not None
    assert later.figure.value == 90
    assert entered_until(round_, today - timedelta(days=1)) == {}
