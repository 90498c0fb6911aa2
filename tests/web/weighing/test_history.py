"""What an undo leads back to, read from the row of versions alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.web.weighing.history import Turns, turns

Versions = list[tuple[int, int | None]]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], Turns()),
        ([(1, None)], Turns()),
        ([(1, None), (2, None)], Turns(undoes=2, back_to=1)),
        ([(1, None), (2, None), (3, 1)], Turns(again=2)),
        ([(1, None), (2, None), (3, None), (4, 2)], Turns(undoes=2, back_to=1, again=3)),
        ([(1, None), (2, None), (3, None), (4, 2), (5, 1)], Turns(again=2)),
        ([(1, None), (2, None), (3, None), (4, 2), (5, 1), (6, 2)], Turns(undoes=2, back_to=1, again=3)),
        ([(1, None), (2, None), (3, 1), (4, None)], Turns(undoes=4, back_to=1)),
        ([(1, None), (2, None), (3, None), (4, 1)], Turns(undoes=1, back_to=3)),
    ],
    ids=[
        "nothing yet", "only the first", "one change", "one undone", "the last of two undone",
        "both undone", "one of two made again", "a change after an undo", "a leap back is a change",
    ],
)  # fmt: skip
def test_where_one_can_turn(versions: Versions, expected: Turns) -> None:
    assert turns(versions) == expected


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=30))
def test_undo_and_redo_are_those_of_every_writing_program(steps: list[str]) -> None:
    versions: Versions = [(1, None)]
    past, ahead, now = [], [], "first"
    meaning = {1: "first"}
    for step in steps:
        turn, number = turns(versions), len(versions) + 1
        if step == "change":
            versions.append((number, None))
            past.append(now)
            ahead, now = [], f"change {number}"
        elif step == "undo" and past:
            assert turn.back_to is not None
            versions.append((number, turn.back_to))
            ahead.append(now)
            now = past.pop()
        elif step == "redo" and ahead:
            assert turn.again is not None
            versions.append((number, turn.again))
            past.append(now)
            now = ahead.pop()
        else:
            assert (turn.back_to if step == "undo" else turn.again) is None
            continue
        restored = versions[-1][1]
        meaning[number] = now if restored is None else meaning[restored]
        assert meaning[number] == now
