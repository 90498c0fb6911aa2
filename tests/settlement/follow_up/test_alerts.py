"""What needs attention: each rule at its limit and just beyond it, put away with a reason, and back when it is worse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.follow_up.examples import ASKED_ON, NAMES, YEAR, board, count, decided, request, status

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.settlement.follow_up.alert_kinds import KINDS, share_of_year
from fotfeste.settlement.follow_up.alerts import Alert, Dismissal, alerts, dismiss, sort_out
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.known import KnownYear
from fotfeste.settlement.follow_up.recommended import Recommended
from fotfeste.settlement.follow_up.requests import Requests
from fotfeste.settlement.follow_up.thresholds import RuleId, load_thresholds

RULES = load_thresholds()
TODAY = date(2027, 7, 10)
NOW = datetime(2027, 7, 10, 12, tzinfo=UTC)


def found(
    rule: str, today: date = TODAY, viewer: str = "county", limit: int | None = None, **more: object
) -> list[Alert]:
    rules = RULES if limit is None else RULES.with_changes({rule: limit})
    return [one for one in alerts(board(viewer, **more), rules, today) if one.rule.id == rule]


def asked(persons: int, minors: int | None = None, dated: date = ASKED_ON) -> Requests:
    return Requests(YEAR, {"4003": request("4003", persons, minors, dated)})


def sizes(rule: str, **more: object) -> list[tuple[str, int]]:
    return [(one.code, one.size) for one in found(rule, **more)]  # type: ignore[arg-type]


# Rules, one by one


def test_no_answer_counts_days_since_the_request_until_anything_is_heard() -> None:
    def told(days: int, decision: Decision | None = None) -> list[tuple[str, int]]:
        decisions = {"4003": decision} if decision else {}
        return sizes(
            "no_answer", requests=asked(30), decisions=decisions, today=ASKED_ON + timedelta(days=days)
        )

    assert told(30) == []
    assert told(31) == [("4003", 31)]
    assert told(31, Decision("4003", "awaited", expected_handling=date(2027, 3, 1))) == []
    assert told(31, decided("4003", 30)) == []


@pytest.mark.parametrize(("days", "told"), [(1, "etter 1 dag."), (31, "etter 31 dager.")])
def test_the_day_and_the_number_of_a_request_stand_apart_and_one_day_is_one(days: int, told: str) -> None:
    on = ASKED_ON + timedelta(days=days)
    sentence = str(found("no_answer", requests=asked(30), decisions={}, today=on, limit=0)[0].sentence)
    assert sentence.startswith("Skien ble 1. desember 2026 anmodet om å bosette 30, og")
    assert sentence.endswith(told)


def test_a_municipality_that_was_not_asked_owes_no_answer() -> None:
    assert sizes("no_answer", requests=asked(0), decisions={}) == []


def test_no_decision_waits_for_the_day_the_council_was_to_handle_it() -> None:
    later = {"4003": Decision("4003", "awaited", expected_handling=date(2027, 6, 20))}
    assert sizes("no_decision", requests=asked(30), decisions={}) == [("4003", 221)]
    assert sizes("no_decision", requests=asked(30), decisions=later) == []
    assert sizes("handling_passed", requests=asked(30), decisions=later) == [("4003", 20)]
    assert sizes("handling_passed", requests=asked(30), decisions=later, limit=20) == []


def test_a_decision_that_the_data_know_ends_the_waiting() -> None:
    known = KnownYear(YEAR, count(30), count(30), count(3), "2027", "IMDi")
    later = {"4003": Decision("4003", "awaited", expected_handling=date(2027, 3, 1))}
    for rule in ("no_decision", "handling_passed"):
        assert sizes(rule, requests=asked(30), decisions=later)
        assert sizes(rule, requests=asked(30), decisions=later, known={"4003": [known]}) == []


def test_decided_below_requested_tells_a_refusal_as_one() -> None:
    below = found("decided_below_requested", requests=asked(30), decisions={"4003": decided("4003", 20)})
    assert [(one.size, str(one.sentence)) for one in below] == [
        (10, "Skien ble anmodet om 30 og har vedtatt 20.")
    ]
    no = Decision("4003", "declined", dated=date(2027, 2, 1), body="kommunestyret", case_reference="1")
    told = found("decided_below_requested", requests=asked(30), decisions={"4003": no})
    assert [str(one.sentence) for one in told] == ["Skien ble anmodet om 30 og har sagt nei."]
    assert sizes("decided_below_requested", requests=asked(30), decisions={"4003": decided("4003", 26)}) == []
    assert sizes("decided_below_requested", requests=asked(30), decisions={"4003": decided("4003", 25)}) == [
        ("4003", 5)
    ]


def test_recommended_and_requested_may_differ_either_way() -> None:
    for recommended, told in ((50, [("4003", 20)]), (10, [("4003", 20)]), (39, []), (21, [])):
        one = Recommended({"4003": recommended}, {}, date(2026, 10, 1), "anbefalingen")
        assert sizes("recommended_unlike_requested", recommended=one, requests=asked(30)) == told


def test_the_pace_follows_the_share_of_the_year_that_has_passed() -> None:
    """Of 73 decided, 36 are due on the 180th of 365 days."""
    day = date(2027, 6, 29)
    assert share_of_year(2027, day) == Fraction(180, 365)
    decisions = {"4003": decided("4003", 73)}
    for settled, told in ((26, [("4003", 10)]), (27, [])):
        assert sizes("behind_pace", decisions=decisions, status=status({"4003": settled}, as_of=day)) == told


def test_the_share_of_a_year_is_whole_on_its_last_day_and_after() -> None:
    assert share_of_year(2028, date(2028, 12, 31)) == 1
    assert share_of_year(2027, date(2028, 5, 1)) == 1
    assert share_of_year(2027, date(2026, 5, 1)) == 0


def test_settled_beyond_the_decision_is_told_from_the_first_person() -> None:
    decisions = {"4003": decided("4003", 20)}
    assert sizes("settled_above_decided", decisions=decisions, status=status({"4003": 21})) == [("4003", 1)]
    assert sizes("settled_above_decided", decisions=decisions, status=status({"4003": 20})) == []


def test_minors_that_were_asked_for_and_not_decided_are_told_also_when_the_decision_is_silent() -> None:
    for minors, told in ((None, [("4003", 3)]), (1, [("4003", 2)]), (3, [])):
        decisions = {"4003": decided("4003", 30, minors)}
        assert sizes("minors_not_decided", requests=asked(30, 3), decisions=decisions) == told
    assert sizes("minors_not_decided", requests=asked(30, 3), decisions={}) == []


def test_extra_capacity_is_unused_until_a_request_or_settlement_takes_it() -> None:
    decisions = {"4003": decided("4003", 30, extra=10)}
    for persons, settled, told in ((30, 20, [("4003", 10)]), (36, 20, [("4003", 4)]), (30, 40, [])):
        assert (
            sizes(
                "extra_unused", requests=asked(persons), decisions=decisions, status=status({"4003": settled})
            )
            == told
        )


def test_a_reservation_is_quoted_in_the_alert() -> None:
    decisions = {"4003": decided("4003", 30, text="Vi tar forbehold om bolig.")}
    told = found("reservation", decisions=decisions)
    assert len(told) == 1
    assert "«Vi tar forbehold om bolig.»" in str(told[0].sentence)


def test_another_reservation_is_another_alert() -> None:
    one, other = (
        found("reservation", decisions={"4003": decided("4003", 30, text=text)})[0]
        for text in ("Vi tar forbehold om bolig.", "Vi tar forbehold om helse.")
    )
    assert sort_out([other], [dismiss(one, "Avklart med kommunen.", "rådgiver", NOW)]).standing == (other,)


def test_a_count_that_fell_is_told_and_the_worst_of_all_and_minors_is_named() -> None:
    before = status({"4003": 20}, {"4003": 9}, date(2027, 5, 1))
    told = found("settled_fell", status=status({"4003": 19}, {"4003": 6}), previous=before)
    assert [(one.size, "enslige mindreårige" in str(one.sentence)) for one in told] == [(3, True)]
    assert found("settled_fell", status=status({"4003": 20}, {"4003": 9}), previous=before) == []


def test_an_old_status_and_no_status_at_all_are_told_of_the_county() -> None:
    assert found("no_status", today=date(2027, 8, 15)) == []
    assert [(one.code, one.size) for one in found("no_status", today=date(2027, 8, 16))] == [("40", 46)]
    assert [one.size for one in found("no_status", status=None)] == [190]
    assert found("no_status", status=None, today=date(2028, 8, 1)) == []


# All rules


def test_every_rule_has_a_kind_a_default_and_words_in_three_languages() -> None:
    assert {one.id for one in RULES.rules} == set(get_args(RuleId)) == {*KINDS, "no_status"}
    for one in RULES.rules:
        assert set(one.compares) == {"nb", "nn", "en"}
        assert len(set(one.compares.values())) == 3
        assert 0 <= one.threshold <= one.most
        assert one.step >= 1
    assert {locale: language(locale).text(RULES.source).split()[0] for locale in ("nb", "nn", "en")} == {
        "nb": "Innstillinger",
        "nn": "Innstillingar",
        "en": "Settings",
    }


def test_a_sentence_is_whole_in_every_language() -> None:
    for one in alerts(board(), RULES, TODAY):
        assert all("{" not in language(locale).text(one.sentence) for locale in ("nb", "nn", "en"))


def test_own_thresholds_are_told_with_the_default_and_can_turn_a_rule_off() -> None:
    own = RULES.with_changes({"behind_pace": 3, "no_answer": None})
    assert (own["behind_pace"].threshold, own["behind_pace"].default) == (3, 9)
    assert own["no_answer"].off
    assert not any(one.rule.id == "no_answer" for one in alerts(board(decisions={}), own, TODAY))
    assert any(one.rule.id == "no_answer" for one in alerts(board(decisions={}), RULES, TODAY))
    assert RULES["behind_pace"].threshold == 9


@pytest.mark.parametrize("value", [-1, 20_001, True, 2.5, "3"])
def test_thresholds_that_make_no_sense_are_refused_by_name(value: object) -> None:
    with pytest.raises(InputError) as caught:
        RULES.with_changes({"behind_pace": value, "nothing": 3})  # type: ignore[dict-item]
    assert [(one.code, str(one.place)) for one in caught.value.problems] == [
        ("alerts.threshold", "behind_pace"),
        ("alerts.rule", "nothing"),
    ]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_lower_threshold_never_tells_less(one: int, other: int, decided_persons: int, settled: int) -> None:
    low, high = sorted((one, other))
    seen = board(decisions={"4003": decided("4003", decided_persons)}, status=status({"4003": settled}))
    names = [rule.id for rule in RULES.rules if rule.unit == "persons"]

    def subjects(limit: int) -> set[str]:
        return {
            found.subject for found in alerts(seen, RULES.with_changes(dict.fromkeys(names, limit)), TODAY)
        }

    assert subjects(high) <= subjects(low)


# Put away


def behind(settled: int) -> Alert:
    decisions = {"4003": decided("4003", 73)}
    told = found(
        "behind_pace", decisions=decisions, status=status({"4003": settled}, as_of=date(2027, 6, 29))
    )
    return told[0]


def test_an_alert_that_is_put_away_comes_back_only_when_it_is_worse() -> None:
    away = dismiss(behind(20), "Ti kommer i august.", "rådgiver", NOW)
    assert away.key == behind(20).key
    assert sort_out([behind(20)], [away]).dismissed == ((behind(20), away),)
    assert sort_out([behind(22)], [away]).standing == ()
    assert sort_out([behind(19)], [away]).standing == (behind(19),)


def test_days_that_pass_bring_an_alert_back_only_at_the_next_step() -> None:
    def told(days: int) -> Alert:
        return found("no_answer", requests=asked(30), decisions={}, today=ASKED_ON + timedelta(days=days))[0]

    away = dismiss(told(31), "Kommunen har ringt.", "rådgiver", NOW)
    assert sort_out([told(60)], [away]).standing == ()
    assert sort_out([told(61)], [away]).standing == (told(61),)


def test_an_alert_of_another_municipality_or_rule_is_not_put_away_with_it() -> None:
    away = dismiss(behind(20), "Ti kommer i august.", "rådgiver", NOW)
    others = [one for one in alerts(board(decisions={}), RULES, TODAY) if one.rule.id == "no_answer"]
    assert others
    assert sort_out(others, [away]).standing == tuple(others)


def test_the_newest_of_several_dismissals_is_told_and_a_broken_key_holds_nothing() -> None:
    first = dismiss(behind(20), "Ti kommer i august.", "rådgiver", NOW)
    last = dismiss(behind(20), "Tolv kommer i august.", "leder", NOW + timedelta(days=1))
    broken = Dismissal("behind_pace:2027:4003:", "x", "rådgiver", NOW)
    assert sort_out([behind(20)], [last, first, broken]).dismissed == ((behind(20), last),)
    assert sort_out([behind(20)], [broken]).standing == (behind(20),)


@pytest.mark.parametrize(("reason", "role"), [("", "rådgiver"), ("ja", "rådgiver"), ("Avklart.", " ")])
def test_nothing_is_put_away_without_a_reason_and_a_role(reason: str, role: str) -> None:
    with pytest.raises(InputError):
        dismiss(behind(20), reason, role, NOW)


# What others see


def test_an_alert_for_others_is_told_only_where_every_hidden_count_would_give_it() -> None:
    decisions = {code: decided(code, 3) for code in NAMES}
    counts = status({"4003": 4, "4020": 1, "4032": 3, "4036": 12})
    assert sizes("settled_above_decided", viewer="others", decisions=decisions, status=counts) == [
        ("4036", 9)
    ]
    assert sizes("settled_above_decided", decisions=decisions, status=counts) == [("4003", 1), ("4036", 9)]


@given(st.lists(st.integers(1, 4), min_size=4, max_size=4), st.integers(0, 6), st.integers(1, 4))
def test_alerts_for_others_are_the_same_whatever_the_hidden_counts_are(
    hidden: list[int], decided_persons: int, before: int
) -> None:
    decisions = {code: decided(code, decided_persons, extra=2) for code in NAMES}

    def told(counts: list[int]) -> list[tuple[str, str]]:
        seen = board(
            "others",
            decisions=decisions,
            status=status(dict(zip(NAMES, counts, strict=True))),
            previous=status(dict.fromkeys(NAMES, before), as_of=date(2027, 5, 1)),
        )
        return [(one.key, str(one.sentence)) for one in alerts(seen, RULES, TODAY)]

    assert told(hidden) == told([1, 1, 1, 1])
