"""A need heard in the dialogue becomes a task that somebody has, until it is done or dropped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.work.tasks import NEXT, Task, TaskState, hand_over, moved, overdue, task_state_name

HEARD = date(2026, 10, 6)
TASK = Task("1", "Flere boliger for familier", "rådgiver-1", HEARD, "housing", "4003", date(2026, 12, 1))


def test_a_task_is_begun_and_done() -> None:
    begun = moved(TASK, TaskState.BEGUN, date(2026, 10, 20), "Møte med Husbanken.")
    assert begun.reason == "Møte med Husbanken."
    done = moved(begun, TaskState.DONE, date(2026, 11, 20))
    assert (begun.state, begun.ended, done.state, done.ended) == (
        TaskState.BEGUN,
        False,
        TaskState.DONE,
        True,
    )
    assert done.changed_on == date(2026, 11, 20)
    assert (done.need, done.owner, done.due) == (TASK.need, TASK.owner, TASK.due)


def test_to_drop_a_task_takes_a_reason_and_so_does_opening_it_again() -> None:
    with pytest.raises(InputError) as caught:
        moved(TASK, TaskState.DROPPED, HEARD, "  ")
    assert caught.value.code == "task.reason"
    dropped = moved(TASK, TaskState.DROPPED, HEARD, " Kommunen har løst det selv. ")
    assert dropped.reason == "Kommunen har løst det selv."
    with pytest.raises(InputError):
        moved(dropped, TaskState.OPEN, HEARD)
    again = moved(dropped, TaskState.OPEN, HEARD, "Det var ikke løst likevel.")
    assert (again.state, again.reason) == (TaskState.OPEN, "Det var ikke løst likevel.")
    assert moved(again, TaskState.BEGUN, HEARD).reason == ""


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.DROPPED])
def test_what_has_ended_is_not_begun_but_only_opened_again(state: TaskState) -> None:
    ended = moved(TASK, state, HEARD, "Grunn.")
    with pytest.raises(InputError, match="kan ikke bli") as caught:
        moved(ended, TaskState.BEGUN, HEARD, "Grunn.")
    assert caught.value.code == "task.state"


def test_a_change_is_not_dated_before_the_last_one() -> None:
    with pytest.raises(InputError) as caught:
        moved(TASK, TaskState.BEGUN, HEARD - timedelta(days=1))
    assert caught.value.code == "task.date"


@pytest.mark.parametrize(("today", "late"), [(date(2026, 12, 1), False), (date(2026, 12, 2), True)])
def test_a_task_is_in_time_on_its_last_day(today: date, late: bool) -> None:
    assert overdue(TASK, today) is late
    assert overdue(moved(TASK, TaskState.BEGUN, HEARD), today) is late
    assert not overdue(moved(TASK, TaskState.DONE, HEARD), today)
    assert not overdue(moved(TASK, TaskState.DROPPED, HEARD, "Grunn."), today)
    assert not overdue(Task("2", "Tolk", "rådgiver-1", HEARD), today)


def test_handing_over_moves_what_is_left_and_leaves_what_has_ended() -> None:
    done = moved(Task("2", "Tolk", "rådgiver-1", HEARD), TaskState.DONE, HEARD)
    others = Task("3", "Buss", "rådgiver-2", HEARD)
    found = hand_over([TASK, done, others], "rådgiver-1", "rådgiver-3")
    assert [one.owner for one in found] == ["rådgiver-3", "rådgiver-1", "rådgiver-2"]
    assert found[0].state is TASK.state
    with pytest.raises(InputError) as caught:
        hand_over([TASK], "rådgiver-1", " ")
    assert caught.value.code == "task.owner"


owners = st.sampled_from(["a", "b", "c"])
tasks = st.lists(
    st.builds(
        Task, st.uuids().map(str), st.just("Bolig"), owners, st.just(HEARD), state=st.sampled_from(TaskState)
    )
)


@given(tasks, owners, owners)
def test_after_handing_over_nothing_is_left_with_the_one_who_leaves(
    tasks: list[Task], old: str, new: str
) -> None:
    found = hand_over(tasks, old, new)
    assert [one.id for one in found] == [one.id for one in tasks]
    if old != new:
        assert not any(one.owner == old and not one.ended for one in found)
    assert hand_over(found, old, new) == found
    assert [one.state for one in found] == [one.state for one in tasks]


@given(st.lists(st.sampled_from(TaskState)))
def test_a_task_goes_only_where_it_is_declared_to_go(states: list[TaskState]) -> None:
    task = TASK
    for state in states:
        if state in NEXT[task.state]:
            task = moved(task, state, HEARD, "Grunn.")
            assert task.state is state
        else:
            with pytest.raises(InputError):
                moved(task, state, HEARD, "Grunn.")


def test_every_state_has_a_name_and_a_way_out() -> None:
    assert len({language("nb").text(task_state_name(state)) for state in TaskState}) == len(TaskState)
    assert all(NEXT[state] for state in TaskState)
