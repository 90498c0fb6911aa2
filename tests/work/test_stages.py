"""A round goes only where a step is declared, and only when what the step requires is in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.work.lacks import lack
from fotfeste.work.requirements import (
    Adoption,
    Publication,
    Requirement,
    RoundFacts,
    Stage,
    requirement_name,
)
from fotfeste.work.stages import (
    ORDER,
    STEPS,
    Condition,
    Step,
    asks_reason,
    met,
    not_yet,
    stage_name,
    step_between,
    step_name,
    steps_from,
    steps_in_words,
    take,
    unmet,
)

NB = language("nb")
ADOPTED = Adoption(body="Fylkesutvalget", case_number="2026/1234", decided_on=date(2026, 11, 3))
READY = RoundFacts(
    Stage.PREPARED,
    municipalities=17,
    total_known=True,
    lessons_written=True,
    replies_delivered=17,
    deadline_passed=True,
    recommendation_made=True,
    recommendation_current=True,
    documents_made=True,
    adoption=ADOPTED,
    sent_on=date(2026, 11, 5),
    publication=Publication.NOT_PUBLIC,
    year_passed=True,
)
"""A round where everything is in place."""

FORWARD = tuple(step for step in STEPS if not step.back)
BACK = tuple(step for step in STEPS if step.back)


def at(stage: Stage) -> RoundFacts:
    return replace(READY, stage=stage, deadline_passed=stage is not Stage.PREPARED)


def code_of(step: Step, facts: RoundFacts, reason: str = "") -> str:
    with pytest.raises(InputError) as caught:
        take(step, facts, reason)
    return caught.value.code


def facts() -> st.SearchStrategy[RoundFacts]:
    texts = st.sampled_from(["", " ", "Fylkestinget"])
    dates = st.none() | st.dates()
    codes = st.lists(st.sampled_from(["4001", "4003", "4005"]), unique=True).map(tuple)
    return st.builds(
        RoundFacts,
        st.sampled_from(Stage),
        municipalities=st.integers(0, 3),
        total_known=st.booleans(),
        lessons_written=st.none() | st.booleans(),
        replies_missing=st.integers(0, 2),
        deadline_passed=st.booleans(),
        recommendation_made=st.booleans(),
        recommendation_current=st.booleans(),
        documents_made=st.booleans(),
        adoption=st.builds(Adoption, texts, texts, texts, dates),
        sent_on=dates,
        publication=st.sampled_from(Publication),
        year_passed=st.booleans(),
        open_requests=codes,
        open_decisions=codes,
        open_settlement=codes,
    )


def test_a_round_where_everything_is_in_place_goes_from_prepared_to_closed_without_a_reason() -> None:
    stage = Stage.PREPARED
    for expected in ORDER[1:]:
        stage = take(steps_from(stage)[0], at(stage)).stage
        assert stage is expected


@pytest.mark.parametrize("step", BACK, ids=lambda step: f"{step.origin}-{step.target}")
def test_going_back_always_takes_a_reason(step: Step) -> None:
    assert code_of(step, at(step.origin)) == "round.reason"
    assert code_of(step, at(step.origin), "  \n") == "round.reason"
    taken = take(step, at(step.origin), " Totalen ble halvert i juni. ")
    assert (taken.stage, taken.reason) == (step.target, "Totalen ble halvert i juni.")


def test_every_stage_is_reached_and_only_the_neighbouring_stages_are() -> None:
    ways = {(ORDER.index(step.origin), ORDER.index(step.target)) for step in STEPS}
    assert ways == {(one, one + 1) for one in range(5)} | {(one + 1, one) for one in range(5)}
    assert len(STEPS) == len(ways)
    assert all(steps_from(stage)[0].back is (stage is Stage.CLOSED) for stage in Stage)


@pytest.mark.parametrize(
    ("origin", "change", "requirement", "stops"),
    [
        (Stage.PREPARED, {"municipalities": 0}, Requirement.MUNICIPALITIES_KNOWN, True),
        (Stage.PREPARED, {"total_known": False}, Requirement.TOTAL_KNOWN, False),
        (Stage.PREPARED, {"lessons_written": False}, Requirement.LESSONS_WRITTEN, False),
        (Stage.PREPARED, {"deadline_passed": True}, Requirement.DEADLINE_AHEAD, False),
        (Stage.DIALOGUE, {"total_known": False}, Requirement.TOTAL_KNOWN, True),
        (Stage.DIALOGUE, {"replies_missing": 2}, Requirement.ALL_REPLIED, False),
        (Stage.WEIGHING, {"recommendation_made": False}, Requirement.RECOMMENDATION_MADE, True),
        (Stage.WEIGHING, {"recommendation_current": False}, Requirement.RECOMMENDATION_CURRENT, True),
        (Stage.WEIGHING, {"documents_made": False}, Requirement.DOCUMENTS_MADE, True),
        (Stage.WEIGHING, {"adoption": Adoption()}, Requirement.ADOPTION_FILLED, True),
        (Stage.ADOPTED, {"sent_on": None}, Requirement.SENT_ON_KNOWN, True),
        (Stage.SENT, {"publication": Publication.UNDECIDED}, Requirement.PUBLICATION_DECIDED, False),
        (Stage.SENT, {"year_passed": False}, Requirement.YEAR_PASSED, False),
        (Stage.SENT, {"open_requests": ("4003",)}, Requirement.REQUESTS_ENDED, False),
        (Stage.SENT, {"open_decisions": ("4003",)}, Requirement.DECISIONS_ENDED, False),
        (Stage.SENT, {"open_settlement": ("4003",)}, Requirement.SETTLEMENT_ENDED, False),
    ],
)
def test_one_thing_lacking_stops_or_asks_a_reason(
    origin: Stage, change: dict[str, object], requirement: Requirement, stops: bool
) -> None:
    step = steps_from(origin)[0]
    lacking = replace(at(origin), **change)  # type: ignore[arg-type]
    (found,) = unmet(step, lacking)
    assert (found.requirement, found.stops) == (requirement, stops)
    if stops:
        assert code_of(step, lacking, "Det haster.") == "round.requirement"
    else:
        assert code_of(step, lacking) == "round.reason"
        taken = take(step, lacking, "Det haster.")
        assert (taken.stage, taken.passed) == (step.target, (found,))


def test_going_on_before_the_deadline_while_somebody_has_not_replied_is_told_as_two_things() -> None:
    early = replace(at(Stage.DIALOGUE), deadline_passed=False, replies_missing=1)
    assert [one.requirement for one in unmet(steps_from(Stage.DIALOGUE)[0], early)] == [
        Requirement.DEADLINE_PASSED,
        Requirement.ALL_REPLIED,
    ]


def test_who_has_replied_late_has_replied() -> None:
    known = replace(
        at(Stage.DIALOGUE), deadline_passed=True, replies_delivered=12, replies_late=3, replies_missing=2
    )
    (found,) = unmet(steps_from(Stage.DIALOGUE)[0], known)
    assert NB.text(found.what) == "2 kommuner har ikke svart. 15 har svart."


def test_when_all_have_replied_nobody_waits_for_the_deadline() -> None:
    early = replace(at(Stage.DIALOGUE), deadline_passed=False)
    assert take(steps_from(Stage.DIALOGUE)[0], early).stage is Stage.WEIGHING


def test_the_first_round_of_a_county_has_no_lessons_to_wait_for() -> None:
    first = replace(at(Stage.PREPARED), lessons_written=None)
    step = steps_from(Stage.PREPARED)[0]
    assert take(step, first).stage is Stage.DIALOGUE
    assert Requirement.LESSONS_WRITTEN not in met(step, first)


@pytest.mark.parametrize("step", [one for one in FORWARD if one.target is not Stage.CLOSED])
def test_no_step_before_closing_looks_at_what_has_become_of_anybody(step: Step) -> None:
    everyone = tuple(f"40{number:02}" for number in range(17))
    going_on = replace(
        at(step.origin), open_requests=everyone, open_decisions=everyone, open_settlement=everyone
    )
    assert take(step, going_on).stage is step.target


def test_closing_names_the_municipalities_that_are_not_settled() -> None:
    waiting = replace(at(Stage.SENT), open_settlement=("4003", "4016"))
    (found,) = unmet(steps_from(Stage.SENT)[0], waiting)
    assert found.municipalities == ("4003", "4016")
    assert NB.text(found.what) == "Bosettingen er ikke fullført eller avsluttet i 2 kommuner."


def test_nothing_is_said_to_have_ended_while_it_cannot_be_known() -> None:
    asked_nobody = replace(at(Stage.SENT), open_requests=("4003",), year_passed=False)
    closing = steps_from(Stage.SENT)[0]
    assert met(closing, asked_nobody) == (Requirement.PUBLICATION_DECIDED,)
    assert not_yet(closing, asked_nobody) == (Requirement.DECISIONS_ENDED, Requirement.SETTLEMENT_ENDED)
    undecided = replace(asked_nobody, open_requests=(), open_decisions=("4003",))
    assert not_yet(closing, undecided) == (Requirement.SETTLEMENT_ENDED,)
    assert not_yet(closing, at(Stage.SENT)) == ()


def test_a_recommendation_that_is_not_made_is_not_said_to_be_made_after_the_last_change() -> None:
    unmade = replace(at(Stage.WEIGHING), recommendation_made=False)
    adopting = steps_from(Stage.WEIGHING)[0]
    assert not_yet(adopting, unmade) == (Requirement.RECOMMENDATION_CURRENT, Requirement.DOCUMENTS_MADE)
    assert Requirement.RECOMMENDATION_CURRENT not in met(adopting, unmade)


@given(facts(), st.sampled_from(STEPS))
def test_every_requirement_of_a_step_is_met_or_lacks_or_cannot_be_told_yet(
    known: RoundFacts, step: Step
) -> None:
    told = [*met(step, known), *not_yet(step, known), *(one.requirement for one in unmet(step, known))]
    assert sorted(told) == sorted(one.requirement for one in step.conditions)


def test_adoption_by_delegation_is_as_good_as_by_a_body() -> None:
    delegated = replace(ADOPTED, body="", delegation="Fylkesdirektøren, delegert 14. oktober 2025")
    assert delegated.lacking() == ()
    assert take(steps_from(Stage.WEIGHING)[0], replace(at(Stage.WEIGHING), adoption=delegated))


def test_adoption_tells_everything_that_is_not_filled_in() -> None:
    found = lack(Requirement.ADOPTION_FILLED, replace(READY, adoption=Adoption(" ", " ", " ")))
    assert found is not None
    assert NB.text(found.what) == (
        "Om vedtaket mangler: hvem som vedtok, eller hvem som hadde delegert myndighet, saksnummer, dato for vedtaket."
    )


@pytest.mark.parametrize(
    "step", [step_between(Stage.ADOPTED, Stage.WEIGHING), step_between(Stage.SENT, Stage.ADOPTED)]
)
def test_what_is_published_must_be_taken_back_before_it_is_undone(step: Step) -> None:
    public = replace(at(step.origin), publication=Publication.PUBLIC)
    assert code_of(step, public, "Feil total.") == "round.requirement"


def test_of_two_who_adopt_at_once_the_second_is_told() -> None:
    step = steps_from(Stage.WEIGHING)[0]
    assert take(step, at(Stage.WEIGHING)).stage is Stage.ADOPTED
    with pytest.raises(InputError) as caught:
        take(step, at(Stage.ADOPTED))
    assert caught.value.code == "round.stage"
    told = caught.value.describe(NB)
    assert "Runden er på steget «vedtatt i fylket» og ikke lenger på «avveiing»." in told
    assert "Herfra kan runden gå til «sendt» eller «avveiing»." in told


def test_everything_that_stops_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        take(steps_from(Stage.WEIGHING)[0], RoundFacts(Stage.WEIGHING))
    assert [one.code for one in caught.value.problems] == [
        "round.recommendation_made",
        "round.documents_made",
        "round.adoption_filled",
    ]
    assert all(one.remedy for one in caught.value.problems)


def test_a_step_that_is_not_declared_cannot_be_taken() -> None:
    assert code_of(Step(Stage.PREPARED, Stage.ADOPTED), READY, "Det haster.") == "round.step"
    with pytest.raises(InputError) as caught:
        step_between(Stage.CLOSED, Stage.PREPARED)
    assert "Herfra kan runden gå til «sendt»." in caught.value.describe(NB)


def test_a_step_with_its_requirements_taken_away_still_has_them() -> None:
    bare = Step(Stage.WEIGHING, Stage.ADOPTED, ())
    assert code_of(bare, RoundFacts(Stage.WEIGHING)) == "round.requirement"
    lenient = Step(Stage.ADOPTED, Stage.SENT, (Condition(Requirement.SENT_ON_KNOWN, False),))
    assert code_of(lenient, RoundFacts(Stage.ADOPTED), "Det haster.") == "round.requirement"


@given(st.lists(st.tuples(facts(), st.sampled_from(Stage), st.sampled_from(["", "Ny total."]))))
def test_every_path_of_steps_leads_only_through_declared_ones(
    attempts: list[tuple[RoundFacts, Stage, str]],
) -> None:
    stage = Stage.PREPARED
    for known, target, reason in attempts:
        now = replace(known, stage=stage)
        step = Step(stage, target)
        try:
            taken = take(step, now, reason)
        except InputError:
            declared = (stage, target) in {(one.origin, one.target) for one in STEPS}
            if declared:
                lacking = unmet(step_between(stage, target), now)
                assert any(one.stops for one in lacking) or (
                    asks_reason(step_between(stage, target), now) and not reason
                )
            continue
        assert taken.step in steps_from(stage)
        assert not any(one.stops for one in taken.passed)
        assert taken.reason or not (taken.step.back or taken.passed)
        stage = taken.stage


@given(facts(), st.sampled_from(STEPS))
def test_a_step_with_nothing_unmet_is_taken_and_one_that_stops_never_is(
    facts: RoundFacts, step: Step
) -> None:
    facts = replace(facts, stage=step.origin)
    lacking = unmet(step, facts)
    if any(one.stops for one in lacking):
        assert code_of(step, facts, "Det haster.") == "round.requirement"
    else:
        assert take(step, facts, "Det haster.").passed == lacking
    assert [one.requirement for one in lacking] == [
        one.requirement for one in step.conditions if lack(one.requirement, facts)
    ]


def test_everything_has_a_name_and_no_two_steps_share_one() -> None:
    assert len({NB.text(step_name(step)) for step in STEPS}) == len(STEPS)
    assert len({NB.text(stage_name(stage)) for stage in Stage}) == len(Stage)
    assert len({NB.text(requirement_name(one)) for one in Requirement}) == len(Requirement)
    used = {one.requirement for step in STEPS for one in step.conditions}
    assert used == set(Requirement)


def test_the_page_of_the_settlement_year_shows_the_steps_as_they_are(root: Path) -> None:
    rows = ["| Steg | Fra | Til | Krever |", "|---|---|---|---|"]
    for one in steps_in_words():
        cells = [NB.text(cell) for cell in (one.name, one.origin, one.target)]
        cells.append("; ".join(NB.text(cell) for cell in one.requires))
        rows.append(f"| {' | '.join(cells)} |")
    table = "\n".join(rows) + "\n"
    assert table in (root / "docs" / "method" / "settlement-year.md").read_text("utf-8"), table
