"""What a municipality's own figures and last year's reply make the county ask, and when they do not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.dialogue.examples import ORDINARY, case, compared, newest, year

from fotfeste.settlement.dialogue.facts import Case
from fotfeste.settlement.dialogue.minutes import Need
from fotfeste.settlement.dialogue.questions_file import load_questions
from fotfeste.settlement.dialogue.raised import Raised, raised_questions
from fotfeste.settlement.replies import Reply, Service
from fotfeste.statistics.figure import Figure

FORM = load_questions()


def raised(one: Case) -> dict[str, Raised]:
    return {found.rule.id: found for found in raised_questions(one, FORM)}


def reply(**said: object) -> Reply:
    return Reply("4003", **said)  # type: ignore[arg-type]


def test_a_municipality_where_all_went_as_planned_raises_nothing() -> None:
    assert raised(case()) == {}


def test_settled_fewer_than_decided_two_years_in_a_row_is_asked_about_with_both_years() -> None:
    found = raised(case(history=newest(year(2024, 40, 40, 30), year(2025, 40, 50, 41))))
    told = [str(part) for part in found["settled_below_decided"].values["years"]]  # type: ignore[union-attr]
    assert told == ["30 av 40 i 2024", "41 av 50 i 2025"]


def test_one_year_of_fewer_settled_is_not_enough() -> None:
    assert raised(case(history=newest(year(2025, 40, 40, 20)))) == {}


def test_the_unfinished_year_does_not_count_as_one_of_the_two() -> None:
    found = raised(case(history=newest(year(2025, 40, 40, 20), year(2026, 40, 40, 30, "2026-09-28"))))
    assert "settled_below_decided" not in found


def test_a_hidden_number_counts_only_where_it_is_surely_lower() -> None:
    hidden = newest(year(2024, 40, 40, Figure.suppressed()), year(2025, 40, 40, Figure.suppressed()))
    told = raised(case(history=hidden))["settled_below_decided"].values["years"]
    assert [str(part) for part in told] == ["færre enn 5 av 40 i 2024", "færre enn 5 av 40 i 2025"]  # type: ignore[union-attr]
    near = newest(year(2024, 4, 4, Figure.suppressed()), year(2025, 4, 4, Figure.suppressed()))
    assert "settled_below_decided" not in raised(case(history=near))


def test_an_unknown_number_is_not_taken_for_a_low_one() -> None:
    gap = Figure.missing()
    found = raised(case(history=newest(year(2024, 40, 40, gap), year(2025, 40, 40, gap))))
    assert "settled_below_decided" not in found
    assert "few_settled" not in found


def test_a_council_that_decides_on_fewer_than_asked_is_asked_why() -> None:
    found = raised(case(history=newest(year(2026, 91, 46, 41, "2026-09-28"))))
    assert found["decided_below_requested"].values == {"decided": 46, "requested": 91, "year": "2026"}


def test_a_decision_just_above_nine_tenths_of_the_request_is_left_alone() -> None:
    assert "decided_below_requested" not in raised(case(history=newest(year(2026, 40, 37, 30, "2026-09-28"))))
    assert "decided_below_requested" in raised(case(history=newest(year(2026, 40, 36, 30, "2026-09-28"))))


def test_an_unknown_decision_is_not_a_refusal() -> None:
    unknown = newest(year(2026, 40, Figure.missing(), 30, "2026-09-28"))
    assert "decided_below_requested" not in raised(case(history=unknown))


def test_a_municipality_far_behind_its_decision_late_in_the_year_is_asked() -> None:
    found = raised(case(history=newest(year(2026, 40, 40, 10, "2026-09-28"))))
    assert found["behind_this_year"].values["day"] == date(2026, 9, 28)
    early = newest(year(2026, 40, 40, 10, "2026-02-01"))
    assert "behind_this_year" not in raised(case(history=early))
    few = newest(year(2026, 6, 6, 1, "2026-09-28"))
    assert "behind_this_year" not in raised(case(history=few)), "four persons may come in one family"


def test_not_asked_last_year_tells_when_it_was_last_asked() -> None:
    none = newest(year(2026, Figure.not_asked(), Figure.not_asked(), 0, "2026-09-28"))
    found = raised(case(history=none))["not_asked_last"]
    assert str(found.values["before"]) == " Sist anmodet i 2025: 40."


def test_asked_for_nobody_is_not_the_same_as_not_asked() -> None:
    assert "not_asked_last" not in raised(case(history=newest(year(2026, 0, 0, 0, "2026-09-28"))))


def test_few_settled_in_three_years_raises_the_question_of_continuity() -> None:
    few = newest(*(year(number, 10, 10, 9) for number in (2023, 2024, 2025)))
    assert raised(case(history=few))["few_settled"].values["count"] == 27
    enough = newest(*(year(number, 10, 10, 10) for number in (2023, 2024, 2025)))
    assert "few_settled" not in raised(case(history=enough))


def test_the_bottleneck_named_last_year_is_followed_up_when_it_was_below_the_wish() -> None:
    tight = reply(capacity={Service.HOUSING: 20, Service.SCHOOL: 60}, own_wish=40)
    found = raised(case(reply=tight, asked=True))["bottleneck"]
    assert (str(found.values["service"]), found.values["capacity"]) == ("bolig", 20)
    roomy = reply(capacity={Service.HOUSING: 80}, own_wish=40)
    assert "bottleneck" not in raised(case(reply=roomy, asked=True))


def test_a_request_unlike_the_wish_is_asked_about() -> None:
    assert "wish_not_met" in raised(case(reply=reply(own_wish=20), asked=True))
    assert "wish_not_met" not in raised(case(reply=reply(own_wish=38), asked=True))


def test_what_the_municipality_wrote_is_quoted_as_it_wrote_it() -> None:
    said = reply(texts={"raise_capacity": "Fleire  små\nbustader"})
    assert (
        raised(case(reply=said, asked=True))["need_raise_capacity"].values["quote"] == "Fleire små bustader"
    )


def test_silence_is_asked_about_only_when_replies_were_read() -> None:
    assert "no_reply" in raised(case(asked=True))
    assert "no_reply" not in raised(case(asked=False))


def test_needs_heard_in_the_last_meeting_are_taken_up_again() -> None:
    heard = case(needs=(Need("housing", "Små boliger"), Need("work", "Praksis")))
    assert raised(heard)["needs_heard"].values["count"] == 2


@pytest.mark.parametrize(
    ("field", "rule"), [("moved_away", "moved_away"), ("waiting_for_housing", "waiting_for_housing")]
)
def test_group_figures_of_the_reply_raise_questions_from_five(field: str, rule: str) -> None:
    assert rule in raised(case(reply=reply(outcomes={field: 5}), asked=True))
    assert rule not in raised(case(reply=reply(outcomes={field: 0}), asked=True))


def test_many_refugees_moved_in_from_elsewhere() -> None:
    many = case(indicators=(compared("refugees_moved_in_share", "0.43", "0.36", "0.49"),))
    assert "many_moved_in" in raised(many)
    few = case(indicators=(compared("refugees_moved_in_share", "0.21", "0.36", "0.26"),))
    assert "many_moved_in" not in raised(few)


def test_settled_many_needs_both_the_county_and_those_alike_to_lie_lower() -> None:
    assert "settled_many" in raised(case(indicators=(compared("settled_per_1000_5y", 50, 20, 30),)))
    assert "settled_many" not in raised(case(indicators=(compared("settled_per_1000_5y", 50, 20, 44),)))


def test_hidden_figures_are_named_but_never_their_value() -> None:
    hidden = case(
        history=newest(year(2025, 40, 40, Figure.suppressed())),
        indicators=(compared("refugee_share", Figure.suppressed(), "0.05", "0.05"),),
    )
    names = raised(hidden)["hidden_figures"].values["names"]
    assert isinstance(names, tuple)
    assert str(names[0]) == "bosatt i 2025"
    assert len(names) == 2


def test_a_municipality_without_figures_is_asked_for_its_own() -> None:
    found = raised(case(history=()))
    assert set(found) == {"no_history"}


def test_questions_come_by_priority() -> None:
    found = raised_questions(
        case(
            history=newest(year(2026, 91, 46, 41, "2026-09-28")),
            reply=reply(minors=3, own_wish=20),
            asked=True,
        ),
        FORM,
    )
    priorities = [one.rule.priority for one in found]
    assert priorities == sorted(priorities)
    assert len(priorities) >= 3


numbers = st.one_of(
    st.integers(0, 200).map(Figure.observed),
    st.just(Figure.suppressed()),
    st.just(Figure.missing()),
    st.just(Figure.not_asked()),
)


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=0, max_size=9), st.booleans())
def test_any_history_can_be_asked_about_and_its_words_filled(
    years: list[tuple[Figure, Figure, Figure]], finished: bool
) -> None:
    history = tuple(
        year(2026 - place, *parts, status=None if finished or place else "2026-09-28")
        for place, parts in reversed(list(enumerate(years)))
    )
    for one in raised_questions(case(history=history), FORM):
        for words in (one.rule.question, one.rule.because):
            for text in words.values():
                text.format(**{name: str(value) for name, value in one.values.items()})


def test_the_ordinary_history_is_as_the_tests_think() -> None:
    assert ORDINARY[-1].status_date == "2026-09-28"
