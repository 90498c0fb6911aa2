"""The embedded data set: the same bytes twice, and broken input refused with file and line."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.daily import LONG_RUN
from tools.embed import counties, counting, immigrants, places, population, settlement, telemark
from tools.embed.counting import KnownCodes
from tools.embed.reading import BrokenInput

from fotfeste.regions import load_regions
from fotfeste.statistics.catalogue import embedded_folder
from tools import build_data

pytestmark = pytest.mark.shared
IMDI = "imdi_settlement"
OLD, NEW = settlement.OLD, settlement.NEW
FOLDERS = (
    "imdi_settlement", "imdi_immigrant_population", "imdi_intro_programme_and_retention", "labour_market",
    "population_change", "municipality_attributes", "ba_regions",
)  # fmt: skip


@pytest.fixture(scope="module")
def codes(shared: Path) -> KnownCodes:
    return counting.known_codes(shared / "data" / "municipality_codes")


@pytest.fixture
def copy(shared: Path, tmp_path: Path) -> Path:
    """A copy of the small sources, to be broken."""
    for name in FOLDERS:
        shutil.copytree(shared / "data" / name, tmp_path / "data" / name)
    for path in (tmp_path / "data").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return tmp_path / "data"


def edit(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of a text file, packed or not."""
    raw = path.read_bytes()
    packed = path.suffix == ".gz"
    lines = (gzip.decompress(raw) if packed else raw).decode("utf-8").splitlines()
    content = ("\n".join(change(lines)) + "\n").encode("utf-8")
    path.write_bytes(gzip.compress(content) if packed else content)


def put(line: int, text: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: line - 1], text, *lines[line:]]


@LONG_RUN
def test_the_same_input_gives_the_same_bytes_and_they_are_those_committed(
    shared: Path, tmp_path: Path
) -> None:
    build_data.build(shared / "data", tmp_path)
    standing = {
        name: path for name, path in build_data.embedded_files(embedded_folder()).items() if "/" not in name
    }
    built = {name: path for name, path in build_data.embedded_files(tmp_path).items() if "/" not in name}
    assert built.keys() == standing.keys()
    assert [name for name in built if built[name].read_bytes() != standing[name].read_bytes()] == []


def test_the_program_refuses_broken_input_and_writes_nothing(
    copy: Path, shared: Path, tmp_path: Path
) -> None:
    for name in ("population_municipality_age_sex", "municipality_codes"):
        (copy / name).symlink_to(shared / "data" / name)
    edit(copy / IMDI / NEW, put(10, "tekst,uten,nok,celler"))
    program = Path(build_data.__file__)
    command = [sys.executable, str(program), "--shared", str(copy), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "settlement_municipality_2024_2026.csv, line 10" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "change", "line", "says"),
    [
        (OLD, lambda lines: lines[:5000], 5000, "is the file cut"),
        (OLD, put(7, "0101,2001,mange,3,,,"), 7, "not a number"),
        (OLD, put(7, "9876,2001,10,3,,,"), 7, "never been a municipality"),
        (OLD, lambda lines: [*lines[:7], lines[6], *lines[8:]], 8, "same as line 7"),
        (OLD, put(7, "0101,2001,10,-3,,,"), 7, "negative"),
        (OLD, put(7, "0101,1901,10,3,,,"), 7, "not a year"),
        (OLD, put(7, "0101,2001,10,3,2,suppressed_below_5,"), 7, "both a number and suppressed"),
        (OLD, put(1, "kode,år"), 1, "header"),
        (NEW, put(2, "0301,Oslo,03,Oslo,2024,2025-01-15,1650,,,1539,,1203,,,"), 2, "decided"),
        (NEW, put(2, "0301,Oslo,03,Oslo,2024,2025-01-15,1650,,not_requested,1539,,1203,,,"), 2, "not requested"),
        (NEW, put(2, "3807,Skien,40,Telemark,2024,2025-01-15,10,10,,5,,5,,,"), 2, "not in use in 2024"),
        (NEW, put(2, "0301,Oslo,03,Oslo,2024,2025-01-15,1651,1648,,1539,,1203,,,"), None, "published 37000"),
        (settlement.COUNTY, put(2, "42,Agder,2024,2250,1576,1432,1227,,"), None, "county 42"),
        (settlement.HARMONISED, lambda lines: lines[:-9], 8847, "is the file cut"),
    ],
)  # fmt: skip
def test_broken_settlement_is_refused_with_file_and_line(
    copy: Path,
    codes: KnownCodes,
    tmp_path: Path,
    file: str,
    change: Callable[[list[str]], list[str]],
    line: int | None,
    says: str,
) -> None:
    edit(copy / IMDI / file, change)
    with pytest.raises(BrokenInput, match=says) as caught:
        settlement.build(copy, tmp_path / "out", codes)
    assert (caught.value.path.name, caught.value.line) == (file, line)
    assert not (tmp_path / "out").exists()


def test_a_file_in_another_encoding_is_refused_with_its_line(
    copy: Path, codes: KnownCodes, tmp_path: Path
) -> None:
    path = copy / IMDI / NEW
    path.write_bytes(path.read_bytes().decode("utf-8").encode("iso-8859-1"))
    with pytest.raises(BrokenInput, match="utf-8") as caught:
        settlement.build(copy, tmp_path / "out", codes)
    assert caught.value.line is not None


def test_a_cut_archive_is_refused(copy: Path, codes: KnownCodes, tmp_path: Path) -> None:
    path = copy / "imdi_immigrant_population" / "immigration_reason_2006_2021.csv.gz"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(BrokenInput, match="immigration_reason"):
        immigrants.build(copy, tmp_path / "out", codes)


def test_a_number_that_the_source_cannot_have_is_refused(
    copy: Path, codes: KnownCodes, tmp_path: Path
) -> None:
    """IMDi writes one and two as zero or three."""
    edit(
        copy / "imdi_immigrant_population" / "immigration_reason_2006_2021.csv.gz",
        put(2, "3001,Halden,2006,all,female,2,"),
    )
    with pytest.raises(BrokenInput, match="0 or 3") as caught:
        immigrants.build(copy, tmp_path / "out", codes)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("build", "file", "change"),
    [
        (
            places.build,
            "labour_market/nav_reduced_work_capacity_2024_01.csv",
            put(3, "1101,Eigersund,2023-01,635.0,6.8"),
        ),
        (
            places.build,
            "labour_market/nav_unemployed_municipality_2022_jan_oct.csv",
            put(3, "0301,Oslo,2022-11,5,1"),
        ),
        (
            places.build,
            "ba_regions/ba_regions_2024.csv",
            put(2, "0301,Oslo,005,Oslo/Bærum,raskt,70,70,Senterkommune,0301"),
        ),
    ],
)
def test_broken_tables_of_places_are_refused(
    copy: Path,
    codes: KnownCodes,
    tmp_path: Path,
    build: Callable[[Path, Path, KnownCodes], object],
    file: str,
    change: Callable[[list[str]], list[str]],
) -> None:
    edit(copy / file, change)
    with pytest.raises(BrokenInput) as caught:
        build(copy, tmp_path / "out", codes)
    assert caught.value.line in (2, 3)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("county_refugee_retention.csv", '"Vestfold";81;6;8;4;0;9'),
        ("county_share_work_or_education_after_intro_2024.csv", "Atlantis,71"),
        ("telemark_unaccompanied_minors_2014_2026.csv", "2014,25.0,36.0"),
        ("telemark_intro_participants_2005_2025.csv", "2005-01-01,"),
        ("telemark_immigrant_employment_2025.csv", "Oslo,61.0,Oslo"),
        ("telemark_immigrant_employment_2025.csv", "Porsgrunn,1061.0,Porsgrunn"),
    ],
)
def test_broken_county_tables_are_refused(
    copy: Path, shared: Path, tmp_path: Path, file: str, text: str
) -> None:
    (copy / "municipality_codes").symlink_to(shared / "data" / "municipality_codes")
    edit(copy / "imdi_intro_programme_and_retention" / file, put(2, text))
    recipe = telemark if file.startswith("telemark") else counties
    with pytest.raises(BrokenInput) as caught:
        recipe.build(copy, tmp_path / "out")
    assert (caught.value.path.name, caught.value.line) == (file, 2)


def test_broken_population_is_refused(shared: Path, codes: KnownCodes, tmp_path: Path) -> None:
    source = shared / "data" / "population_municipality_age_sex" / population.FILE
    lines = gzip.decompress(source.read_bytes()).decode("utf-8").splitlines()
    path = tmp_path / population.FILE
    for line, says in ((lines[4].replace(",", ",x", 4), "year"), (lines[3], "same as line 4")):
        path.write_bytes(gzip.compress("\n".join([*lines[:4], line, *lines[5:50]]).encode()))
        with pytest.raises(BrokenInput, match=says) as caught:
            population.read_population(path, codes)
        assert caught.value.line == 5


def test_codes_are_read_in_a_year_they_belong_to(codes: KnownCodes) -> None:
    assert codes.nearest("1601", 2018) == 2017
    assert codes.nearest("3001", 2006) == 2020
    assert codes.nearest("1154", 2007) == 2005
    assert codes.nearest("0716", 1999) == 1999
    assert codes.nearest("0301", 2026) == 2026


@pytest.mark.parametrize(
    "dataset",
    [
        "settlement",
        "settled_2023",
        "immigrants_by_reason",
        "immigrants_2022",
        "refugee_residence",
        "unemployment_2022",
    ],
)
def test_every_embedded_code_stood_in_its_year(dataset: str) -> None:
    pairs = pl.read_parquet(embedded_folder() / f"{dataset}.parquet").select("code", "code_year").unique()
    regions = load_regions()
    assert len(pairs) > 300
    for code, year in pairs.iter_rows():
        assert sum(regions.shares(code, year, 2026).values()) == 1
