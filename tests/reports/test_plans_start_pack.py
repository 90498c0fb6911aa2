"""The start pack: what a municipality should have before its plan begins."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.plans.register import Plan, Register, Status
from fotfeste.plans.register.calendar import SOCIETY, municipality_owner
from fotfeste.plans.register.moments import Moment
from fotfeste.regions import load_regions
from fotfeste.reports.blocks import Bullets, Document, Heading, Paragraph, Table
from fotfeste.reports.knowledge_base import Gathered, gather
from fotfeste.reports.plans_calendar import planning_calendar
from fotfeste.reports.plans_start_pack import next_start, start_pack

DAY = date(2026, 11, 22)
KVITESEID = municipality_owner("4028", "Kviteseid")
OWN = Register(
    (
        Plan(
            "kviteseid-samfunnsdel", KVITESEID, SOCIETY, "Oppdiktet samfunnsdel", Status.PLANNED,
            expected_start=Moment.parse("2027-Q2"),
        ),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return gather(None, "4028", DAY)


def pack(gathered: Gathered, register: Register, locale: str = "nb") -> Document:
    entries = planning_calendar(load_regions(), "40", register, DAY)
    return start_pack(gathered, next_start(entries, "4028", DAY), locale)  # type: ignore[arg-type]


def table(document: Document, title: str) -> Table:
    return next(one for one in document.blocks if isinstance(one, Table) and title in one.caption)


def test_it_says_first_when_the_plan_begins_and_when_the_county_should_be_in_touch(
    gathered: Gathered,
) -> None:
    document = pack(gathered, OWN)
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert "2. kvartal 2027" in str(first.content)
    assert "1. oktober 2026" in str(first.content)
    assert "Oppdiktet samfunnsdel" in document.subtitle


def test_all_seven_themes_have_their_questions(gathered: Gathered) -> None:
    document = pack(gathered, OWN)
    themes = [
        one
        for one in document.blocks
        if isinstance(one, Heading) and one.level == 2 and "-" not in one.anchor
    ]
    questions = [
        one for one in document.blocks if isinstance(one, Heading) and one.anchor.endswith("-sporsmal")
    ]
    assert len(themes) == len(questions) == 7
    for heading in questions:
        after = document.blocks[document.blocks.index(heading) + 1]
        assert isinstance(after, Bullets)
        assert len(after.items) >= 2


def test_the_question_of_labour_stands_first_with_the_municipality_s_own_figures(gathered: Gathered) -> None:
    document = pack(gathered, OWN)
    headings = [one.anchor for one in document.blocks if isinstance(one, Heading) and one.level == 1]
    assert headings[:3] == ["arbeidskraft", "temaer", "medvirkning"]
    assert table(document, "kommunens egne tall").rows


def test_steps_are_dated_only_when_somebody_has_stated_the_start(gathered: Gathered) -> None:
    stated = table(pack(gathered, OWN), "Trinn, høring og hjemmel")
    assert [one.title for one in stated.columns] == ["Trinn", "Hvem", "Høring", "Tidligst", "Bygger på"]
    assert stated.rows[0][3] == "1. april 2027"
    assumed = table(pack(gathered, Register(())), "Trinn, høring og hjemmel")
    assert "Tidligst" not in [one.title for one in assumed.columns]


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_it_can_be_made_in_every_language_and_without_a_start(gathered: Gathered, locale: str) -> None:
    assert pack(gathered, OWN, locale).language == locale
    assert start_pack(gathered, None, locale).file_stem.endswith(locale)  # type: ignore[arg-type]
