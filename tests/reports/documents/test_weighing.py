"""The page of a weighing as blocks: it answers first, shows everybody, and tells the ways out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import get_args

import pytest
from tests.daily import LONG_RUN

from fotfeste.messages import Locale
from fotfeste.regions import load_regions
from fotfeste.reports.blocks import Aside, Block, Bullets, Document, Paragraph, Picture, Table
from fotfeste.reports.documents.weighing import weighing_blocks
from fotfeste.reports.docx import render_docx
from fotfeste.reports.html import render_html
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import AddRule, Change, Override, SetTotal
from fotfeste.settlement.weighing.choices import begun
from fotfeste.settlement.weighing.ready import ReadyToWeigh, prepare_for_weighing
from fotfeste.settlement.weighing.weighed import Weighed, weigh
from fotfeste.statistics.figure import Figure

DAY, AT = date(2026, 11, 21), datetime(2026, 11, 21, 10, tzinfo=UTC)
CAP = AddRule(Rule(RuleKind.CAP, (), 60, source="møtet"))
SET = Override("4003", 40, "Byen bygger om", "rådgiver", "Navn Navnesen")


@cache
def ready() -> ReadyToWeigh:
    reply = Reply("4001", {Service.SCHOOL: 90, Service.HOUSING: 75}, own_wish=80)
    return prepare_for_weighing("40", 2027).with_replies(Replies("40", 2027, {"4001": reply}, "svar"))


def weighed(*changes: Change) -> Weighed:
    state = begun("40", 2027, ready().codes, 545)
    for change in changes:
        state = apply(state, change, AT)
    return weigh(ready(), state)


def blocks(found: Weighed, before: Weighed | None = None, locale: Locale = "nb") -> tuple[Block, ...]:
    return weighing_blocks(found, load_regions(), locale=locale, issued=DAY, before=before)


def table_of(found: tuple[Block, ...]) -> Table:
    return next(one for one in found if isinstance(one, Table))


@LONG_RUN
def test_the_sentence_on_top_tells_the_total_the_limits_and_what_was_moved() -> None:
    before, after = weighed(), weighed(CAP, SET)
    lead = blocks(after, before)[0]
    assert isinstance(lead, Paragraph)
    assert lead.lead
    moved = sum(max(0, after.numbers[code] - before.numbers[code]) for code in after.numbers)
    held = sum(number == 60 for number in after.numbers.values())
    tops = "1 kommune står" if held == 1 else f"{held} kommuner står"
    (said,) = lead.content
    assert said == (
        "545 personer er fordelt på 17 kommuner i Telemark for 2027. "
        f"{tops} ved et tak. 1 kommune har et tall som er satt for hånd. "
        f"{moved} personer er flyttet mellom kommuner siden den lagrede versjonen."
    )


def test_another_total_is_told_apart_from_persons_moved() -> None:
    lead = blocks(weighed(SetTotal(560, 0)), weighed())[0]
    assert isinstance(lead, Paragraph)
    assert "Totalen er 15 personer høyere." in str(lead.content[0])
    same = blocks(weighed(), weighed())[0]
    assert isinstance(same, Paragraph)
    assert str(same.content[0]).endswith("Tallene er de samme som i den lagrede versjonen.")


def test_the_table_shows_every_municipality_with_its_change_its_reply_and_who_set_it() -> None:
    before, after = weighed(), weighed(CAP, SET)
    table = table_of(blocks(after, before))
    titles = [column.title for column in table.columns]
    rows = {row[0]: dict(zip(titles, row, strict=True)) for row in table.rows}
    assert len(rows) == 17
    assert sum(int(str(row["Tall 2027"])) for row in rows.values()) == 545
    assert sum(int(str(row["Endring fra forrige versjon"])) for row in rows.values()) == 0
    assert rows["Skien"]["Tall 2027"] == 40
    assert rows["Skien"]["Satt av"] == "rådgiver"
    assert rows["Skien"]["Anmodet 2026"] == Figure.observed(91)
    assert rows["Porsgrunn"]["Laveste oppgitte kapasitet"] == Figure.observed(75)
    assert rows["Porsgrunn"]["Eget ønske"] == Figure.observed(80)
    assert rows["Porsgrunn"]["Regelen som holder tallet"] == "Tak: høyst 60"
    assert rows["Bamble"]["Eget ønske"] == Figure.missing()
    assert "Navn Navnesen" not in str(table)


def test_without_a_saved_version_there_is_no_column_of_changes() -> None:
    assert "Endring fra forrige versjon" not in [one.title for one in table_of(blocks(weighed())).columns]


def test_map_and_bars_are_drawn() -> None:
    pictures = [one for one in blocks(weighed()) if isinstance(one, Picture)]
    assert len(pictures) == 2
    assert all(one.svg.startswith("<svg") and one.alternative for one in pictures)


def test_a_conflict_names_the_rules_and_the_ways_out_and_no_number() -> None:
    found = blocks(weighed(AddRule(Rule(RuleKind.FLOOR, (), 40, source="møtet"))))
    warning = found[0]
    assert isinstance(warning, Aside)
    assert warning.content == ("Reglene kan ikke oppfylles når 545 personer skal fordeles.",)
    ways = found[-1]
    assert isinstance(ways, Bullets)
    assert ways.items[0] == (
        "Hev totalen fra 545 til 680. (til sammen 135 personer flere eller færre enn grensene og totalene som var valgt)",
    )
    assert not [one for one in found if isinstance(one, Table)]
    assert "--" not in str(found)


@pytest.mark.parametrize("locale", get_args(Locale))
def test_the_blocks_can_be_a_page_and_a_document(locale: Locale) -> None:
    for found in (
        blocks(weighed(CAP, SET), weighed(), locale),
        blocks(weighed(AddRule(Rule(RuleKind.FLOOR, (), 40, source="møtet"))), None, locale),
    ):
        document = Document("Avveiing", "", locale, DAY, found, "avveiing")
        assert render_html(document)
        assert render_docx(document)
