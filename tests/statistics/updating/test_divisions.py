"""SSB's divisions held up against ours."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.statistics.updating import division_changes

REGIONS = load_regions()


@pytest.mark.shared
def test_ssbs_own_answer_for_2026_has_our_357_municipalities_by_number_and_name(shared: Path) -> None:
    path = shared / "data/fixtures_api/ssb_12134_pxwebapi2_spike_2026-04-25.json"
    body = json.loads(json.loads(path.read_text("utf-8"))["klass"]["body"])
    found = division_changes(REGIONS, "131", 2026, [SimpleNamespace(**one) for one in body["codes"]])
    assert found is not None
    assert (dict(found.new), dict(found.gone), dict(found.renamed), found.same) == ({}, {}, {}, 357)


def test_a_municipality_that_is_new_gone_or_renamed_is_told() -> None:
    ours = [SimpleNamespace(code=one.code, name=one.official_name) for one in REGIONS.counties(2026)]
    theirs = [
        SimpleNamespace(code=one.code, name="Oslove" if one.code == "03" else one.name)
        for one in ours
        if one.code != "40"
    ]
    found = division_changes(REGIONS, "104", 2026, [*theirs, SimpleNamespace(code="41", name="Ny")])
    assert found is not None
    told = [language("nb").text(line) for line in found.told()]
    assert told[0] == "Ny hos SSB: 41 Ny."
    assert told[1].startswith("Finnes ikke lenger hos SSB: 40 Telemark")
    assert "03 heter «Oslove» hos SSB" in told[2]


def test_a_division_that_is_not_held_as_a_division_has_nothing_to_compare() -> None:
    assert division_changes(REGIONS, "112", 2026, []) is None
