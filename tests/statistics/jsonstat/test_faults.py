"""An answer that is not as the format says is refused: with a code, the place within it, and what to do."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.jsonstat.examples import answer as written
from tests.statistics.jsonstat.examples import in_version_1, settled

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.statistics.jsonstat import JsonStat, Limits, decode

WHOLE = written(settled())


def refused(content: object) -> InputError:
    """The error; its words must come out in a language, with a way out."""
    with pytest.raises(InputError) as raised:
        decode(content if isinstance(content, bytes) else written(content))
    assert raised.value.problem.remedy is not None
    assert raised.value.describe(language("nb"))
    return raised.value


def place_of(error: InputError) -> str:
    return str(error.problem.place)


def with_region(**category: Any) -> dict[str, Any]:
    table = settled()
    table["dimension"]["Region"]["category"] |= category
    return table


@pytest.mark.parametrize(
    ("table", "code", "place"),
    [
        (settled(size=[2, 1, 4]), "jsonstat.size", "dimension.Tid.category"),
        (settled(size=[2, 1]), "jsonstat.size", "size"),
        (settled(size=[2, 1, -3]), "jsonstat.part", "size"),
        (settled(size=[2, 1, 2.5]), "jsonstat.part", "size"),
        (settled(size=[2, 1, True]), "jsonstat.part", "size"),
        (settled(size="2"), "jsonstat.part", "size"),
        (settled(value=[1, 2, 3, 4, 5]), "jsonstat.size", "value"),
        (settled(value=[1, 2, 3, 4, 5, 6, 7]), "jsonstat.size", "value"),
        (settled(status=[".", "."]), "jsonstat.size", "status"),
        (settled(value=None), "jsonstat.value", "value"),
        (settled(value=3), "jsonstat.part", "value"),
        (settled(status=3), "jsonstat.part", "status"),
        (settled(value=[1, 2, "3", 4, 5, 6]), "jsonstat.number", "value (Region=4003, Innhold=B, Tid=2025)"),
        (settled(value=[1, 2, 3, 4, 5, True]), "jsonstat.number", "value (Region=4020, Innhold=B, Tid=2025)"),
        (settled(value={"4": [1]}), "jsonstat.number", "value (Region=4020, Innhold=B, Tid=2024)"),
        (settled(value={"6": 1}), "jsonstat.place", "value"),
        (settled(value={"-1": 1}), "jsonstat.place", "value"),
        (settled(value={"1.0": 1}), "jsonstat.place", "value"),
        (settled(value={"x": 1}), "jsonstat.place", "value"),
        (settled(status={"6": "."}), "jsonstat.place", "status"),
        (settled(value={"1": 1, "01": 2}), "jsonstat.double", "value (Region=4003, Innhold=B, Tid=2024)"),
        (settled(status={"1": 4}), "jsonstat.status", "status (Region=4003, Innhold=B, Tid=2024)"),
        (settled(status=[".", ".", ".", ".", ".", 1]), "jsonstat.status", "status (Region=4020, Innhold=B, Tid=2025)"),
        (settled(value=[10**400, 2, 3, 4, 5, 6]), "jsonstat.number", "value (Region=4003, Innhold=B, Tid=2023)"),
        (settled(value=[1, 2**53 + 1, 3, 4, 5, 6]), "jsonstat.number", "value (Region=4003, Innhold=B, Tid=2024)"),
        (settled(id=["Region", "Region", "Tid"]), "jsonstat.double", "id"),
        (settled(id=["Region", "Innhold", "Kjonn"], role=None), "jsonstat.dimension", "dimension.Kjonn"),
        (settled(id=None), "jsonstat.id", "dimension.id"),
        (settled(id=["Region", 3, "Tid"]), "jsonstat.part", "id"),
        (settled(role={"geo": ["Sted"]}), "jsonstat.role", "role.geo"),
        (settled(dimension=None), "jsonstat.none", "None"),
        (settled(label=7), "jsonstat.part", "label"),
        (settled(note=[7]), "jsonstat.part", "note"),
        (settled(extension=[]), "jsonstat.part", "extension"),
        (with_region(index=["4003", "4003"]), "jsonstat.double", "dimension.Region.category.index"),
        (with_region(index=["4003", 4020]), "jsonstat.part", "dimension.Region.category.index"),
        (with_region(index={"4003": 0, "4020": 0}), "jsonstat.index", "dimension.Region.category.index.4020"),
        (with_region(index={"4003": 1, "4020": 2}), "jsonstat.index", "dimension.Region.category.index.4003"),
        (with_region(index=None), "jsonstat.index", "dimension.Region.category.index"),
        (with_region(label={"0301": "Oslo"}), "jsonstat.code", "dimension.Region.category.label.0301"),
        (with_region(label={"4003": 1}), "jsonstat.part", "dimension.Region.category.label.4003"),
        (with_region(unit={"4003": {"decimals": -1}}), "jsonstat.part", "dimension.Region.category.unit.4003.decimals"),
        (with_region(coordinates={"4003": [10**400, 1]}), "jsonstat.part", "dimension.Region.category.coordinates.4003"),
        (with_region(coordinates={"4003": [1]}), "jsonstat.part", "dimension.Region.category.coordinates.4003"),
        ({"dataset": in_version_1(value=[1])}, "jsonstat.size", "value"),
        ({"version": "2.0", "class": "collection", "link": {"item": []}}, "jsonstat.class", "class"),
        ({"version": "2.0", "class": "dimension", "category": {}}, "jsonstat.class", "class"),
        ({"type": "Parameter error", "status": 400}, "jsonstat.none", "None"),
        ([settled()], "jsonstat.none", "None"),
        ("tabell", "jsonstat.none", "None"),
    ],
)  # fmt: skip
def test_a_wrong_part_is_refused_with_its_place(table: object, code: str, place: str) -> None:
    error = refused(table)
    assert (error.code, place_of(error)) == (code, place)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "jsonstat.empty"),
        (b" \n", "jsonstat.empty"),
        (b"<html>503 Service Unavailable</html>", "jsonstat.json"),
        (WHOLE + b"}", "jsonstat.json"),
        (WHOLE.replace(b"95.5", b"NaN"), "jsonstat.number"),
        (WHOLE.replace(b"95.5", b"-Infinity"), "jsonstat.number"),
        (WHOLE.replace(b"95.5", b"1e999"), "jsonstat.number"),
        (WHOLE.replace(b"95.5", b"9" * 5000), "jsonstat.number"),
        (WHOLE.replace("ø".encode(), b"\xf8"), "jsonstat.text"),
        (WHOLE.replace(b'"4003"', b'"\\ud800"'), "jsonstat.text"),
        (WHOLE.replace(b'":"', b'"\\ud800"'), "jsonstat.text"),
        (WHOLE.replace(b'"4020": 1', b'"4003": 1'), "jsonstat.double"),
        (WHOLE.replace(b'"4": ".."', b'"2": ".."'), "jsonstat.double"),
        (b"[" * 100_000, "jsonstat.json"),
        (WHOLE.decode().encode("utf-16"), "jsonstat.text"),
    ],
)
def test_bytes_that_are_no_table_are_refused(content: bytes, code: str) -> None:
    assert content != WHOLE
    assert refused(content).code == code


def test_half_an_answer_is_told_from_a_wrong_one() -> None:
    half = refused(WHOLE[: len(WHOLE) // 2])
    assert half.code == "jsonstat.cut"
    assert str(len(WHOLE) // 2) in str(half).replace("\u00a0", "")


@given(st.integers(1, len(WHOLE) - 1))
def test_an_answer_cut_anywhere_is_never_a_table(at: int) -> None:
    assert refused(WHOLE[:at]).code in {"jsonstat.cut", "jsonstat.json", "jsonstat.text"}


def test_more_than_is_read_is_refused_before_it_takes_memory() -> None:
    for limits in (Limits(answer_bytes=100), Limits(cells=5)):
        with pytest.raises(InputError) as raised:
            decode(WHOLE, limits=limits)
        assert raised.value.code == "jsonstat.large"
    codes = [str(one) for one in range(1_000)]
    table = settled(
        id=list("abcd"),
        size=[1_000] * 4,
        role=None,
        dimension={one: {"category": {"index": codes}} for one in "abcd"},
        value={"0": 1},
        status="*",
    )
    assert refused(table).code == "jsonstat.large"


def test_a_fault_deep_in_an_answer_that_is_read_in_pieces_is_found() -> None:
    size = 40_000
    table = settled(size=[2, 1, size // 2], value={str(at): at for at in range(size)}, status=None)
    table["dimension"]["Tid"]["category"]["index"] = [str(at) for at in range(size // 2)]
    content = written(table)
    assert decode(content).values[size - 1] == size - 1
    late = f'"{size - 2}": {size - 2}'.encode()
    for wrong, code in (
        (b'"39998": "x"', "jsonstat.number"),
        (b'"39997": 1', "jsonstat.double"),
        (b'"39999": 1', "jsonstat.double"),
        (b'"17": 1', "jsonstat.double"),
        (b'"40000": 1', "jsonstat.place"),
        (b'"39998": NaN', "jsonstat.number"),
        (b'"39998" 1', "jsonstat.json"),
        (b'"39998": {}', "jsonstat.number"),
        (b'"39998": "\xf8"', "jsonstat.text"),
    ):
        assert content.count(late) == 1
        assert refused(content.replace(late, wrong)).code == code


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(["Tid", "4003", "."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.sampled_from(["0", "4003", "Tid"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _paths(node: object, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below: list[tuple[Any, ...]] = [so_far] if so_far else []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, one in items:
        below += _paths(one, (*so_far, key))
    return below


@pytest.mark.parametrize("version", [settled, in_version_1])
@given(data=st.data())
def test_whatever_stands_in_a_part_the_answer_is_read_or_refused(
    version: Callable[[], dict[str, Any]], data: st.DataObject
) -> None:
    table = copy.deepcopy(version())
    for path in data.draw(st.lists(st.sampled_from(_paths(table)), min_size=1, max_size=2)):
        node: Any = table
        try:
            for key in path[:-1]:
                node = node[key]
            node[path[-1]] = data.draw(odd)
        except (TypeError, IndexError, KeyError):
            continue
    for content in (json.dumps(table).encode(), table):
        try:
            read = decode(content)
        except InputError:
            continue
        assert isinstance(read, JsonStat)
        assert len(read.values) == len(read.status) == read.size
        assert read.frame(value="a value", status="a status").height == read.size
