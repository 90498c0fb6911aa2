"""Parts cover a selection once each, expressions choose what PxWebApi's own program would, and no host is called too often."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.clients.conftest import Clock
from tests.statistics.clients.speaking import Stop, expression_v2

from fotfeste.errors import InputError
from fotfeste.messages import Message
from fotfeste.statistics.clients.expressions import codes_of, resolve
from fotfeste.statistics.clients.kept import InFolder, InMemory
from fotfeste.statistics.clients.metadata import TableMetadata, Variable
from fotfeste.statistics.clients.pace import Pace
from fotfeste.statistics.clients.splitting import Axes, cells, split

lengths = st.lists(st.integers(1, 7), min_size=1, max_size=4)


def axes_of(sizes: list[int]) -> Axes:
    return {
        f"v{number}": tuple(f"{number}.{code}" for code in range(size)) for number, size in enumerate(sizes)
    }


def cells_of(axes: Axes) -> Counter[tuple[str, ...]]:
    return Counter(itertools.product(*axes.values()))


@given(lengths, st.integers(1, 300), st.none() | st.integers(0, 30))
def test_parts_cover_the_selection_exactly_once_and_each_fits(
    sizes: list[int], most: int, more_values: int | None
) -> None:
    axes = axes_of(sizes)
    most_values = None if more_values is None else len(axes) + more_values
    parts = split(axes, most, most_values)
    covered: Counter[tuple[str, ...]] = Counter()
    for part in parts:
        assert list(part) == list(axes)
        assert cells(part) <= most
        assert most_values is None or sum(len(codes) for codes in part.values()) <= most_values
        covered += cells_of(part)
    assert covered == cells_of(axes)


@given(lengths, st.integers(1, 300))
def test_a_selection_that_fits_is_not_divided(sizes: list[int], most: int) -> None:
    axes = axes_of(sizes)
    assert (len(split(axes, most)) == 1) == (cells(axes) <= most)


def test_all_ages_in_all_municipalities_in_all_years_take_ten_calls() -> None:
    # SSB 07459 in round numbers: 900 regions, 106 ages, 2 sexes, 41 years; 7 822 800 cells.
    parts = split(axes_of([900, 106, 2, 41]), 800_000)
    assert len(parts) == 10
    assert {len(part["v0"]) for part in parts} == {90}


def test_a_part_with_no_room_for_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        split(axes_of([2, 2]), 0)
    with pytest.raises(ValueError, match="room"):
        split(axes_of([2, 2]), 9, 1)


CODES = ("0", "03", "0301", "40", "4001", "4003")
YEARS = ("2022", "2023", "2024", "2025")
region = Variable("Region", "region", CODES, {}, required=False)
years = Variable("Tid", "år", YEARS, {}, time=True)
table = TableMetadata("99001", "Oppdiktet", "SSB", "no", "2026", (region, years))


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("*", YEARS),
        ("2024", ("2024",)),
        ("202?", YEARS),
        ("*4", ("2024",)),
        ("*02*", YEARS),
        ("top(1)", ("2025",)),
        ("TOP(2)", ("2024", "2025")),
        ("top(2,1)", ("2023", "2024")),
        ("bottom(2)", ("2022", "2023")),
        ("bottom(1, 1)", ("2023",)),
        ("from(2024)", ("2024", "2025")),
        ("to(2023)", ("2022", "2023")),
        ("range(2023,2024)", ("2023", "2024")),
        ("range(2024,2023)", ("2023", "2024")),
        ("top(99)", YEARS),
    ],
)
def test_periods_are_chosen_as_the_interface_would(expression: str, chosen: tuple[str, ...]) -> None:
    assert resolve({"Tid": expression}, table) == {"Tid": chosen}


def test_the_top_of_what_is_not_time_is_its_beginning() -> None:
    assert codes_of("top(2)", region) == ("0", "03")
    assert sorted(codes_of("bottom(2)", region)) == ["4001", "4003"]


@pytest.mark.parametrize(
    "expression",
    ["", "2026", "0", "top(0)", "top()", "top(1,99)", "from(1999)", "range(2022)", "9*", "20*2", "**"],
)
def test_what_chooses_nothing_is_said_and_never_left_out(expression: str) -> None:
    assert isinstance(codes_of(expression, years), Message)


def test_several_expressions_choose_each_code_once_in_the_order_of_the_table() -> None:
    assert resolve({"Region": ["4001", "03*", "0301"], "Tid": ["top(1)", "2023"]}, table) == {
        "Region": ("03", "0301", "4001"),
        "Tid": ("2023", "2025"),
    }


def test_an_empty_choice_is_no_choice() -> None:
    with pytest.raises(InputError) as caught:
        resolve({"Tid": []}, table)
    assert [one.code for one in caught.value.problems] == ["selection.empty"]


codes_to_try = st.lists(st.text("0123AB", min_size=1, max_size=3), min_size=1, max_size=8, unique=True)


@given(codes_to_try, st.text("0123AB*?", min_size=1, max_size=4), st.booleans())
def test_masks_choose_what_the_programs_own_rules_choose(codes: list[str], mask: str, time_: bool) -> None:
    found = codes_of(mask, Variable("V", "v", tuple(codes), {}, time=time_))
    if isinstance(found, Message):
        inner_star = "*" in mask.strip("*") or "**" in mask
        try:
            expected = expression_v2(mask, codes, time=time_)
        except Stop:
            expected = []
        assert inner_star or expected == []
    else:
        assert sorted(found) == sorted(set(expression_v2(mask, codes, time=time_)))


@given(codes_to_try, st.sampled_from(["top", "bottom"]), st.integers(1, 9), st.integers(0, 9), st.booleans())
def test_counts_choose_what_the_programs_own_rules_choose(
    codes: list[str], word: str, count: int, offset: int, time_: bool
) -> None:
    expression = f"{word}({count},{offset})"
    found = codes_of(expression, Variable("V", "v", tuple(codes), {}, time=time_))
    expected = expression_v2(expression, codes, time=time_)
    assert isinstance(found, Message) if not expected else sorted(found) == sorted(expected)


@given(
    st.integers(1, 5),
    st.floats(0.5, 60),
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 5)), min_size=1, max_size=40),
)
def test_no_window_of_time_ever_has_more_calls_than_the_limit(
    calls: int, window: float, visits: list[tuple[float, float]]
) -> None:
    clock = Clock()
    pace = Pace(calls, window, clock=clock, sleep=clock.sleep)
    began, ended = [], []
    for idle, lasts in visits:
        clock.now += idle
        with pace.turn():
            began.append(clock.now)
            clock.now += lasts
        ended.append(clock.now)
    # A host may note a call at any moment while it lasts: even the latest note and the earliest are far enough apart.
    for place in range(calls, len(visits)):
        assert began[place] - ended[place - calls] >= window - 1e-6


def test_the_first_calls_do_not_wait_and_the_next_waits_only_as_long_as_it_must() -> None:
    clock = Clock()
    pace = Pace(30, 60, clock=clock, sleep=clock.sleep)
    for _ in range(30):
        with pace.turn() as waited:
            assert waited == 0
            clock.now += 1
    with pace.turn() as waited:
        assert waited == pytest.approx(31)


def test_a_held_host_is_not_called() -> None:
    clock = Clock()
    pace = Pace(30, 60, clock=clock, sleep=clock.sleep)
    pace.hold(45)
    pace.hold(5)
    with pace.turn():
        assert clock.now == pytest.approx(45)


def test_a_call_that_fails_counts_too() -> None:
    clock = Clock()
    pace = Pace(1, 10, clock=clock, sleep=clock.sleep)
    with pytest.raises(RuntimeError), pace.turn():
        raise RuntimeError
    with pace.turn():
        assert clock.now == pytest.approx(10)


def test_a_call_under_way_holds_its_place_until_it_has_ended() -> None:
    class Waited(Exception):
        pass

    def wait(_: float) -> None:
        raise Waited

    pace = Pace(2, 10, clock=lambda: 0.0, sleep=wait)
    with pace.turn(), pace.turn(), pytest.raises(Waited), pace.turn():
        pass


def test_a_pace_without_calls_or_time_is_refused() -> None:
    for calls, window in [(0, 60.0), (-1, 60.0), (1, 0.0), (1, float("nan"))]:
        with pytest.raises(ValueError, match="pace"):
            Pace(calls, window, clock=Clock(), sleep=lambda _: None)


def test_threads_share_one_pace() -> None:
    began: list[float] = []
    pace = Pace(4, 0.2, clock=time.monotonic, sleep=time.sleep)

    def work() -> None:
        for _ in range(3):
            with pace.turn():
                began.append(time.monotonic())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    began.sort()
    assert len(began) == 12
    assert all(later - earlier >= 0.2 for earlier, later in zip(began, began[4:], strict=False))


def test_a_kept_part_is_found_again_and_another_edition_is_not(tmp_path: Path) -> None:
    for kept in (InMemory(), InFolder(tmp_path / "deler")):
        assert not kept.begin("a")
        kept.put("k1", b"{1}")
        assert kept.get("k1") == b"{1}"
        assert kept.get("k2") is None
        assert not kept.begin("a")
        assert kept.get("k1") == b"{1}"
        assert kept.begin("b")
        assert kept.get("k1") is None


def test_a_renewed_part_replaces_the_old_one(tmp_path: Path) -> None:
    kept = InFolder(tmp_path)
    kept.begin("a")
    kept.put("k1", b"old")
    kept.put("k1", b"new")
    assert kept.get("k1") == b"new"
    assert len(list(tmp_path.glob("part-*"))) == 1


@pytest.mark.parametrize("state", [b"", b"[]", b"{", b'{"schema": 99, "version": "a"}'])
def test_parts_beside_a_state_that_cannot_be_read_are_not_trusted(tmp_path: Path, state: bytes) -> None:
    kept = InFolder(tmp_path)
    kept.begin("a")
    kept.put("k1", b"x")
    (tmp_path / "fetch.json").write_bytes(state)
    assert kept.begin("a")
    assert kept.get("k1") is None
