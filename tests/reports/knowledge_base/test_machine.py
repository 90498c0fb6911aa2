"""The machine file: every figure as it is shown, with source and version, the same bytes each time."""

from __future__ import annotations

import json
from fractions import Fraction

from tests.reports.knowledge_base.conftest import Place

from fotfeste.reports.knowledge_base import machine_file
from fotfeste.statistics.publishing import dataset_described
from fotfeste.statistics.store import open_store


def test_it_holds_every_figure_as_it_is_shown_and_none_that_is_hidden(place: Place) -> None:
    gathered = place("40")
    content = json.loads(machine_file(gathered))
    assert content["schema"] == 1
    assert content["kind"] == "fotfeste.knowledge_base"
    assert content["place"] == {"code": "40", "name": "Telemark", "kind": "county"}
    ids = [one["indicator"] for one in content["figures"]]
    assert ids == [one.id for theme in gathered.themes for one in gathered.indicators(theme.id)]
    for one in content["figures"]:
        shown = gathered.knowledge.figure(one["indicator"], gathered.place).figure
        told = one["own"]
        assert (told["value"] is None) == (shown.value is None)
        if shown.value is not None:
            assert abs(Fraction(told["value"]) - shown.value) <= Fraction(1, 10**6)
        assert one["period"] == gathered.knowledge.period(one["indicator"])
        assert one["sources"]
    hidden = next(one for one in content["figures"] if one["indicator"] == "settled_1y")["own"]
    assert (hidden["mark"], hidden["value"], hidden["low"], hidden["high"]) == (
        "suppressed",
        None,
        "396",
        "405",
    )


def test_every_data_version_is_the_one_that_files_of_it_have(place: Place) -> None:
    content = json.loads(machine_file(place("4028")))
    store = open_store()
    assert [one["mark"] for one in content["data"]] == [f"K{n}" for n in range(1, len(content["data"]) + 1)]
    for one in content["data"]:
        assert one["version"] == dataset_described(store, one["dataset"]).version
    named = {mark for one in content["figures"] for mark in one["sources"]}
    assert named <= {one["mark"] for one in content["data"]}


def test_findings_comparisons_and_what_is_missing_stand_there(place: Place) -> None:
    gathered = place("40")
    content = json.loads(machine_file(gathered))
    assert [one["indicator"] for one in content["findings"]] == [
        one.indicator.id for one in gathered.findings
    ]
    compared = {one["indicator"]: one["comparison"] for one in content["figures"] if "comparison" in one}
    assert set(compared) == set(gathered.comparisons)
    first = content["findings"][0]
    assert first["verdict"] == compared[first["indicator"]]["beside_alike"]
    assert {one["indicator"] for one in content["missing"]} == {one.id for one in gathered.knowledge.lacking}
    assert all(one["confirmed"] in (True, False) for one in content["missing"])


def test_the_same_input_gives_the_same_bytes(place: Place) -> None:
    assert machine_file(place("4028")) == machine_file(place("4028"))
