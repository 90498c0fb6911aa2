"""What the county itself has entered fills what is not published yet, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fotfeste.messages import language
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.own_years import OwnFigure, OwnYear, filled, own_in_words, own_year
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import Settled, SettlementStatus
from fotfeste.statistics.figure import Figure, Mark

GAP = Figure.missing()
ASKED, SAID = date(2026, 12, 15), date(2027, 1, 20)
OWN = OwnYear(2027, OwnFigure(Figure.observed(140), ASKED), OwnFigure(Figure.observed(100), SAID))
BEFORE = YearFigures(2026, Figure.observed(90), Figure.observed(80), Figure.observed(75), "2026-09-28")


def status(persons: int, on: date) -> SettlementStatus:
    settled = Settled(Figure.observed(persons), GAP)
    return SettlementStatus(2027, {"4003": settled}, on, "IMDi", "0" * 64)


def test_a_year_that_is_not_published_is_told_by_what_the_county_has_entered() -> None:
    history, used = filled((BEFORE,), OWN)
    assert [one.year for one in history] == [2026, 2027]
    last = history[-1]
    assert (last.requested.value, last.decided.value, last.settled.mark) == (140, 100, Mark.MISSING)
    assert used == OWN


def test_what_is_published_goes_first() -> None:
    published = YearFigures(2027, Figure.observed(120), GAP, GAP, "2027-03-01")
    history, used = filled((published,), OWN)
    assert (history[0].requested.value, history[0].decided.value) == (120, 100)
    assert used == replace(OWN, requested=None)
    hidden = YearFigures(2027, Figure.suppressed(1, 4), Figure.not_asked(), Figure.observed(0))
    assert filled((hidden,), OWN) == ((hidden,), None)


def test_a_year_without_those_settled_is_never_taken_for_a_finished_one() -> None:
    assert filled((), OWN)[0][0].status_date == "2027-01-20"
    assert filled((), replace(OWN, settled=OwnFigure(Figure.observed(30), date(2027, 6, 1))))[0][
        0
    ].status_date == ("2027-06-01")
    whole = replace(OWN, settled=OwnFigure(Figure.observed(99), date(2027, 12, 31)))
    assert filled((), whole)[0][0].status_date is None


def test_without_anything_entered_the_history_is_as_it_was() -> None:
    assert filled((BEFORE,), None) == ((BEFORE,), None)
    assert own_year("4003", 2027, None, None, None) is None
    assert own_year("4003", 2027, None, Decision("4003", "awaited", expected_handling=SAID), None) is None


def test_what_is_entered_is_taken_with_its_days_and_few_settled_are_hidden() -> None:
    request = MunicipalRequest("4003", Figure.observed(140), GAP, ASKED, "IMDi")
    decision = Decision("4003", "decided", 100, dated=SAID, body="kommunestyret", case_reference="27/1")
    asked = Requests(2027, {"4003": request})
    assert own_year("4003", 2027, asked, decision, None) == OWN
    found = own_year("4003", 2027, None, None, status(3, date(2027, 5, 1)))
    assert found is not None
    assert found.settled is not None
    assert found.settled.figure.mark is Mark.SUPPRESSED
    assert own_year("4001", 2027, asked, None, status(3, date(2027, 5, 1))) is None


def test_a_refusal_is_zero_and_not_a_gap() -> None:
    refused = Decision("4003", "declined", dated=SAID, body="kommunestyret", case_reference="27/1")
    history, _ = filled((), own_year("4003", 2027, None, refused, None))
    assert history[0].decided.value == 0


def test_the_source_is_told_with_its_days() -> None:
    words = language("nb")
    assert words.text(own_in_words(OWN, words)) == (
        "anmodet (15. desember 2026) og vedtatt (20. januar 2027) i 2027: fylkets egen føring"
    )
