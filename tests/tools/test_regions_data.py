"""The compilation of the regions: broken input is refused with file and line, good input gives the same bytes."""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.embed import regions
from tools.embed.outlines import county_arcs, joined, walk
from tools.embed.reading import BrokenInput, read_table
from tools.embed.region_history import read_edition, read_klass_changes
from tools.embed.writing import Description, write_catalogue, write_parquet

CODES = "data/municipality_codes"
GROUPS = f"{CODES}/ssb_harmonised_groups_1994_2024.csv"
KLASS = f"{CODES}/klass131_changes_2011_2024.json"
EDITION = f"{CODES}/klass131_kommuneinndeling_2026.csv"
SPLITS = f"{CODES}/redistricting_to_2024.csv"
ATTRIBUTES = "data/municipality_attributes/municipality_attributes.csv"
TOPOLOGY = "data/boundaries_2024/kommuner_2024_simplified.topojson"
INPUTS = (
    GROUPS,
    KLASS,
    EDITION,
    SPLITS,
    ATTRIBUTES,
    TOPOLOGY,
    f"{CODES}/municipalities_2024.csv",
    "data/imdi_immigrant_population/population_groups_1986_2015.csv.gz",
    "data/population_municipality_age_sex/population_total_municipality_1986_2026.csv",
)


@pytest.fixture
def copy(shared: Path, tmp_path: Path) -> Path:
    """A copy of the inputs that a test may damage."""
    for name in INPUTS:
        target = tmp_path / "shared" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shared / name, target)
        target.chmod(0o644)
    return tmp_path / "shared"


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.shared
def test_the_same_input_gives_the_committed_bytes_twice(shared: Path, root: Path, tmp_path: Path) -> None:
    regions.build(shared, tmp_path / "one")
    regions.build(shared, tmp_path / "two")
    embedded = root / "src" / "fotfeste" / "data" / "regions"
    names = sorted(path.name for path in embedded.iterdir())
    assert names == sorted(path.name for path in (tmp_path / "one" / "regions").iterdir())
    for name in names:
        one = (tmp_path / "one" / "regions" / name).read_bytes()
        assert one == (tmp_path / "two" / "regions" / name).read_bytes()
        assert one == (embedded / name).read_bytes(), f"{name} is not what the tool writes"


def test_the_catalogue_describes_the_files_beside_it(root: Path) -> None:
    import hashlib

    folder = root / "src" / "fotfeste" / "data" / "regions"
    described = tomllib.loads((folder / "catalogue.toml").read_text())["dataset"]
    assert {one["file"] for one in described} == {path.name for path in folder.glob("*.parquet")}
    for one in described:
        assert hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest() == one["sha256"]
        assert pl.read_parquet(folder / one["file"]).height == one["rows"]
        assert set(one["title"]) == {"nb", "nn", "en"}
        assert one["checks"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "damage", "where", "what"),
    [
        (GROUPS, replaced("GRUPPEKODE,", "GRUPPE,"), "line 1", "header"),
        (GROUPS, replaced("K.3103,Moss,3002,", "K.3103,Moss,302,"), "line 6", "4 digits"),
        (GROUPS, replaced("K.3103,Moss,3002,Moss (2020-2023)", "K.3103,Moss,3002"), "line 6", "cells"),
        (GROUPS, replaced("K.3103,Moss,3002,", "K.3103,Moss,3001,"), "line 6", "twice"),
        (EDITION, replaced("1112,Lund", "1112,L?nd"), "line 8", "'?'"),
        (EDITION, replaced("1112,Lund", "1112,L\ufffdnd"), "line 8", "damaged"),
        (EDITION, replaced("1112,Lund", "1111,Lund"), "line 8", "twice"),
        (SPLITS, replaced("1850,1806,1940,2019,0.5", "1850,1806,1940,2019,half"), "line", "not a number"),
        (SPLITS, replaced("1850,1806,1940,2019,0.5", "1850,1806,1940,2019,1.5"), "line", "at most 1"),
        (SPLITS, replaced("1850,1806,1940,2019,0.5", "1850,1806,1940,2019,NaN"), "line", "not a number"),
        (ATTRIBUTES, replaced(",454.12,", ",-1,"), "line 2", "area"),
        (ATTRIBUTES, replaced(",1,1000,EKG13", ",2,1000,EKG13"), "line 2", "class"),
        (ATTRIBUTES, replaced("EKG13", "13"), "line 2", "EKG"),
        (ATTRIBUTES, replaced("454.12,Nøytral", "454.12,Engelsk"), "line 2", "language form"),
        (ATTRIBUTES, replaced("10.78002,59.99927", "59.99927,10.78002"), "line 2", "not in Norway"),
        (KLASS, replaced('"oldCode": "1736"', '"oldCode": "173"'), "change 1", "four digits"),
        (KLASS, replaced('"oldName": "Snåsa"', '"oldName": "Sn?sa"'), "change 1", "'?'"),
        (KLASS, replaced('"changeOccurred": "2011-01-01"', '"changeOccurred": "2011-06-01"'), "change 1", "January"),
        (KLASS, replaced("[{", "[{,"), "line 1", ""),
        (TOPOLOGY, replaced('"code":"4216"', '"code":"4215"'), "", "twice"),
    ],
)  # fmt: skip
def test_damage_is_refused_with_file_and_place(
    copy: Path, name: str, damage: Callable[[str], str], where: str, what: str
) -> None:
    path = copy / name
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    out = copy / "out"
    with pytest.raises(BrokenInput) as caught:
        regions.build(copy, out)
    assert path.name in str(caught.value)
    assert where in str(caught.value)
    assert what in str(caught.value)
    assert not out.exists()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (SPLITS, replaced("5012,5055,2018,2019,0.35", "5012,5055,2018,2019,0.36")),
        (ATTRIBUTES, lambda text: "\n".join(text.splitlines()[:-1]) + "\n"),
        (GROUPS, replaced("Rømskog (-2019)", "Rømskog (-2018)")),
        (KLASS, lambda text: json.dumps([one for one in json.loads(text) if one["oldCode"] != "0136"])),
    ],
)
def test_input_that_contradicts_itself_or_the_official_numbers_is_refused(
    copy: Path, name: str, damage: Callable[[str], str]
) -> None:
    path = copy / name
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ValueError, match=r"\d{4}|shares|attributes|codes"):
        regions.build(copy, copy / "out")
    assert not (copy / "out").exists()


@pytest.mark.shared
def test_cut_and_wrongly_encoded_files_are_refused(copy: Path) -> None:
    packed = copy / "data/imdi_immigrant_population/population_groups_1986_2015.csv.gz"
    packed.write_bytes(packed.read_bytes()[:1000])
    with pytest.raises(BrokenInput, match=r"population_groups.*cannot be read"):
        regions.build(copy, copy / "out")
    table = copy / ATTRIBUTES
    table.write_bytes(table.read_text(encoding="utf-8").encode("latin-1", "replace"))
    with pytest.raises(BrokenInput, match=r"municipality_attributes.csv, line \d+: is not utf-8"):
        list(read_table(table, ()))


def test_only_the_listed_damage_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "edition.csv"
    path.write_text("code,name,validFrom,validTo,notes\n1853,Evenes - Evená??i,,,\n", encoding="utf-8")
    repair = {"code": "1853", "damaged": "Evenes - Evená??i", "correct": "Evenes - Evenášši"}
    assert read_edition(path, [repair]) == {"1853": "Evenes - Evenášši"}
    with pytest.raises(BrokenInput, match="line 2"):
        read_edition(path, [])
    with pytest.raises(BrokenInput, match="line 2"):
        read_edition(path, [repair | {"code": "5610"}])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(BrokenInput, match=r"empty.csv, line 1"):
        list(read_table(empty, ("a",)))
    empty.write_text("a\n", encoding="utf-8")
    with pytest.raises(BrokenInput, match="no rows"):
        list(read_table(empty, ("a",)))
    empty.write_text('a\n"open', encoding="utf-8")
    with pytest.raises(BrokenInput):
        list(read_table(empty, ("a",)))
    empty.write_text("[]", encoding="utf-8")
    with pytest.raises(BrokenInput, match="list of changes"):
        read_klass_changes(empty)


def test_cells_are_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    path.write_text("code,number\n0301,93502.0\n301,1.5\n", encoding="utf-8")
    good, bad = read_table(path, ("code", "number"))
    assert (good.region("code"), good.whole("number"), bad.decimal("number")) == (
        "0301",
        93502,
        Decimal("1.5"),
    )
    with pytest.raises(BrokenInput, match=r"cells\.csv, line 3: code"):
        bad.region("code")
    with pytest.raises(BrokenInput, match=r"cells\.csv, line 3: number"):
        bad.whole("number")


def test_rows_are_sorted_and_texts_escaped(tmp_path: Path) -> None:
    from datetime import date

    about = Description("a.b", {"nb": 'si "nei" \\', "nn": "n", "en": "e"}, "SSB", "1", "CC BY 4.0", "2024", "1",
                        date(2026, 11, 21), checks=("ja",))  # fmt: skip
    one = write_parquet(pl.DataFrame({"a": [2, 1], "b": ["x", "y"]}), tmp_path, "a.parquet", about)
    other = write_parquet(pl.DataFrame({"a": [1, 2], "b": ["y", "x"]}), tmp_path, "b.parquet", about)
    assert one.sha256 == other.sha256
    read = tomllib.loads(write_catalogue(tmp_path, [one]).read_text())["dataset"][0]
    assert read["title"]["nb"] == 'si "nei" \\'
    assert read["retrieved"] == date(2026, 11, 21)


def test_a_county_is_bordered_by_what_its_municipalities_do_not_share() -> None:
    arcs = [[(0, 0), (0, 10)], [(0, 10), (-10, 10), (-10, 0), (0, 0)], [(0, 0), (10, 0), (10, 10), (0, 10)]]
    shapes = {"4001": [[0, 1]], "4003": [[2, ~0]]}
    outer = county_arcs(shapes)
    assert outer == {"40": [1, 2]}
    assert [sorted(ring) for ring in joined(outer["40"], arcs)] == [
        [(-10, 0), (-10, 10), (0, 0), (0, 10), (10, 0), (10, 10)]
    ]
    assert walk([2, ~0], arcs) == [(0, 0), (10, 0), (10, 10), (0, 10)]


def test_an_open_border_is_refused() -> None:
    with pytest.raises(ValueError, match="open"):
        joined([0], [[(0, 0), (0, 10)]])
