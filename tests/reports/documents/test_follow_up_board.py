"""The board as a document: the answer first, six steps, what needs attention, what is missing; and nothing hidden in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from tests.settlement.follow_up.examples import NAMES, board, decided, status

from fotfeste.messages import Locale, language
from fotfeste.reports import render_docx, render_html, render_pdf
from fotfeste.reports.blocks import Block, Heading, Paragraph, Picture, Table
from fotfeste.reports.documents.follow_up_board import (
    board_blocks,
    board_document,
    board_pictures,
    minors_table,
    opening,
    status_paragraph,
    steps_table,
)
from fotfeste.reports.documents.follow_up_sources import FollowUpReader
from fotfeste.settlement.follow_up.alerts import Sorted, alerts, dismiss, sort_out
from fotfeste.settlement.follow_up.board import Board, Cohort, Supplied, make_board
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.known import KnownYear
from fotfeste.settlement.follow_up.recommended import Recommended
from fotfeste.settlement.follow_up.thresholds import load_thresholds
from fotfeste.statistics.figure import Figure

ON = date(2027, 7, 10)
READER = FollowUpReader(language("nb"), ON)
NOTHING = Sorted((), ())


def attention(seen: Board, *, away: bool = False) -> Sorted:
    found = alerts(seen, load_thresholds(), ON)
    told = (
        [dismiss(found[0], "Ringt kommunen.", "rådgiver", datetime(2027, 7, 9, tzinfo=UTC))] if away else []
    )
    return sort_out(found, told)


def html(seen: Board, found: Sorted = NOTHING, locale: Locale = "nb") -> str:
    reader = FollowUpReader(language(locale), ON)
    return render_html(board_document(seen, found, reader, sender="Telemark fylkeskommune")).decode()


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [one.text for one in blocks if isinstance(one, Heading)]


def test_the_first_sentence_says_how_many_of_those_recommended_are_decided_and_where() -> None:
    assert opening(board(), READER) == (
        "Av 120 anbefalte for 2027 er 50 vedtatt i 2 av 4 kommuner per 10. juli 2027."
    )
    assert opening(board(recommended=None), READER).startswith(
        "Av 115 som IMDi har anmodet om for 2027, er 50 vedtatt"
    )
    assert (
        opening(board(decisions={}), READER)
        == "Av 120 anbefalte for 2027 er ingen vedtatt per 10. juli 2027."
    )


def test_nobody_recommended_is_not_what_the_decided_are_counted_of() -> None:
    nobody = Recommended(dict.fromkeys(NAMES, 0), {}, date(2026, 10, 1), "anbefalingen")
    assert opening(board(recommended=nobody), READER).startswith(
        "Av 115 som IMDi har anmodet om for 2027, er 50 vedtatt"
    )
    assert opening(board(recommended=nobody, requests=None), READER).startswith(
        "Ingen er anbefalt for 2027. 50 er vedtatt i 2 av 4 kommuner"
    )
    assert opening(board(recommended=nobody, requests=None, decisions={}), READER).startswith(
        "Ingen er anbefalt for 2027, og ingen er vedtatt"
    )


def test_a_refusal_is_no_decided_municipality_and_those_who_wait_are_named() -> None:
    no = Decision("4003", "declined", dated=date(2027, 2, 1), body="kommunestyret", case_reference="1")
    seen = board(decisions={"4003": no, "4032": decided("4032", 10)})
    assert opening(seen, READER).startswith("Av 120 anbefalte for 2027 er 10 vedtatt i 1 av 4 kommuner")
    told = str(status_paragraph(seen, READER)[0].content[0])
    assert told.endswith("Har sagt nei: Skien. Anmodet, men ikke vedtatt ennå: Midt-Telemark og Vinje.")


def test_a_board_of_nothing_says_so_and_lists_who_has_what() -> None:
    bare = make_board("40", "Telemark", NAMES, Cohort.of(2027), Supplied())
    blocks = board_blocks(bare, NOTHING, READER)
    assert opening(bare, READER) == "Det er ikke lagt inn anbefaling, anmodning eller vedtak for 2027."
    assert board_pictures(bare, READER) == []
    assert headings(blocks) == ["Trenger oppmerksomhet", "Det som mangler"]
    assert html(bare).count("ingen tall. Det som trengs:") == 6


def test_a_finished_year_stands_without_a_day() -> None:
    known = KnownYear(2025, Figure.observed(30), Figure.observed(20), Figure.observed(20), "2025", "IMDi")
    seen = make_board("40", "Telemark", {"4003": "Skien"}, Cohort.of(2025), Supplied(known={"4003": [known]}))
    assert opening(seen, READER) == "Av 30 som IMDi har anmodet om for 2025, er 20 vedtatt."


def test_the_table_has_six_steps_and_the_county_last() -> None:
    table = steps_table(board(), READER)
    assert [one.title for one in table.columns] == [
        "Kommune",
        "Anbefalt",
        "Anmodet",
        "Vedtatt",
        "Bosatt per 1.7.2027",
        "Bor her fortsatt",
        "I arbeid eller utdanning",
    ]
    assert table.rows[-1] == ("Telemark", "120", "115", "minst 50", "35", "ingen tall", "ingen tall")
    assert table.rows[0][-2:] == ("ingen tall", "ingen tall"), "as the note says"
    assert table.rows[0][4] == Figure.observed(20)
    assert "«ingen tall» betyr" in table.note
    assert table.emphasis == {4}


def test_minors_have_a_table_of_their_own_only_when_something_is_known_of_them() -> None:
    found = minors_table(board(), READER)
    assert found is not None
    assert [one.title for one in found.columns] == ["Kommune", "Anbefalt"]
    assert minors_table(board(recommended=None), READER) is None


def test_alerts_show_rule_figure_limit_and_day_and_those_put_away_show_the_reason() -> None:
    found = attention(board(), away=True)
    shown = html(board(), found)
    assert len(found.standing) > 2
    assert "Midt-Telemark ble 1. desember 2026 anmodet om å bosette 30" in shown
    assert "flere enn 4 personer" in shown
    assert "mer enn 30 dager" in shown
    assert "Ringt kommunen." in shown
    assert "Et varsel kommer tilbake når tallet blir verre." in shown


def test_those_put_away_are_for_the_county_only() -> None:
    seen = board("others")
    assert "Ringt kommunen." not in html(seen, attention(seen, away=True))


def test_bars_are_told_in_words_too() -> None:
    picture = next(one for one in board_blocks(board(), NOTHING, READER) if isinstance(one, Picture))
    assert "Skien: anbefalt 60, anmodet 55, vedtatt 40, bosatt 20." in picture.alternative
    assert "20 av 40" in picture.svg
    hidden = board_pictures(board("others"), READER)[0]
    assert "skjult tall" in hidden.svg


@pytest.mark.parametrize("settled", [1, 2, 3, 4])
def test_no_format_gives_a_hidden_count_away(settled: int) -> None:
    """The whole page for others is the same, letter for letter, whatever the hidden count is."""
    counts = {"4003": 20, "4020": settled, "4032": 12, "4036": 0}
    seen = board("others", status=status(counts), decisions={"4020": decided("4020", 2)})
    same = board("others", status=status({**counts, "4020": 1}), decisions={"4020": decided("4020", 2)})
    assert html(seen, attention(seen)) == html(same, attention(same))
    assert ">33–36<" in html(seen)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_document_is_made_in_every_format_and_language(locale: Locale) -> None:
    reader = FollowUpReader(language(locale), ON)
    document = board_document(board(), attention(board()), reader)
    assert render_pdf(document).startswith(b"%PDF")
    assert render_docx(document).startswith(b"PK")
    assert not re.search(r"\{\w+\}", render_html(document).decode().split("<body")[1])
    assert document.file_stem == "oppfolging-40-2027"


def test_tables_carry_numbers_and_paragraphs_carry_the_lead() -> None:
    blocks = board_blocks(board(), NOTHING, READER)
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].lead
    assert any(isinstance(one, Table) and isinstance(one.rows[0][1], Figure) for one in blocks)


def test_sources_of_every_step_stand_last_with_their_day() -> None:
    shown = html(board())
    assert "Bosatt: IMDi: status.csv (1. juli 2027)." in shown
    assert "Vedtatt: kommunestyret, sak 27/12 (11. februar 2027)." in shown
