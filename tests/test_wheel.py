"""What users install: the wheel holds everything the program reads, nothing it does not, and the same bytes twice."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "fotfeste"
MOST_DATA = 10 * 1000 * 1000


def build(folder: Path, *what: str, source: Path = ROOT, npm: bool = True) -> Path:
    # Nothing can be fetched from the port of discard into an empty cache.
    nowhere = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_cache": str(folder.parent / "none")}
    environment = {**os.environ, **({} if npm else nowhere)}
    command = [sys.executable, "-m", "build", "--no-isolation", *what, "--outdir", str(folder), str(source)]
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from the checkout."""
    return zipfile.ZipFile(build(tmp_path_factory.mktemp("wheel"), "--wheel"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    packed = build(tmp_path_factory.mktemp("sdist"), "--sdist")
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(packed) as stream:
        # Python before 3.11.4 has no filters; the archive is our own.
        stream.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (unpacked,) = folder.iterdir()
    return unpacked


def contents(wheel: zipfile.ZipFile) -> dict[str, str]:
    return {
        name.removeprefix("fotfeste/"): hashlib.sha256(wheel.read(name)).hexdigest()
        for name in wheel.namelist()
        if name.startswith("fotfeste/") and not name.endswith("/")
    }


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    in_tree = {
        path.relative_to(PACKAGE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".pot"}
    }
    assert contents(wheel) == in_tree


def test_the_wheel_holds_types_data_fonts_criteria_and_reply_fields(wheel: zipfile.ZipFile) -> None:
    names = set(contents(wheel))
    assert "py.typed" in names
    for folder, ending, fewest in [
        ("data/", ".parquet", 8),
        ("data/", ".toml", 1),
        ("reports/", ".otf", 2),
        ("settlement/criteria_files/", ".toml", 6),
        ("settlement/", ".toml", 8),
    ]:
        found = [name for name in names if name.startswith(folder) and name.endswith(ending)]
        assert len(found) >= fewest, (folder, ending, sorted(found))


def test_the_font_in_the_wheel_carries_its_licence(wheel: zipfile.ZipFile) -> None:
    fonts = [name for name in contents(wheel) if name.endswith((".otf", ".ttf", ".woff2"))]
    licences = [name for name in contents(wheel) if "OFL" in name]
    assert fonts
    assert {name.rpartition("/")[0] for name in fonts} == {name.rpartition("/")[0] for name in licences}
    assert all(b"SIL OPEN FONT LICENSE" in wheel.read(f"fotfeste/{name}").upper() for name in licences)


def test_wheel_and_source_archive_carry_the_front_end_files_and_what_they_were_made_from(
    wheel: zipfile.ZipFile, archive: Path
) -> None:
    folder = "web/front/static/front/vendor/"
    carried = {
        name.removeprefix(folder): digest for name, digest in contents(wheel).items() if folder in name
    }
    table = json.loads(wheel.read(f"fotfeste/{folder}versions.json"))
    listed = {entry["name"]: entry["sha256"] for entry in table["files"]}
    assert {"designsystemet.css", "htmx.min.js"} <= set(listed)
    assert carried == listed | {"versions.json": carried["versions.json"]}
    unpacked = {path.name for path in (archive / "src" / "fotfeste" / folder).iterdir()}
    assert unpacked == set(carried)
    assert {path.name for path in (archive / "frontend").iterdir()} == {
        ".npmrc",
        "package-lock.json",
        "package.json",
    }


def test_the_data_in_the_wheel_are_under_ten_megabytes(wheel: zipfile.ZipFile) -> None:
    sizes = [entry.file_size for entry in wheel.infolist() if entry.filename.startswith("fotfeste/data/")]
    assert 500_000 < sum(sizes) < MOST_DATA


def test_the_wheel_says_what_it_is_and_carries_the_licences(wheel: zipfile.ZipFile) -> None:
    (about,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    stated = message_from_string(wheel.read(about).decode("utf-8"))
    assert stated["Name"] == "fotfeste"
    assert stated["License-Expression"] == "MIT"
    assert stated["Requires-Python"] == ">=3.11"
    assert set(stated.get_all("License-File") or []) == {"LICENSE", "NOTICE"}
    folder = about.rpartition("/")[0]
    for name in ("LICENSE", "NOTICE"):
        assert wheel.read(f"{folder}/licenses/{name}") == (ROOT / name).read_bytes()


def test_two_builds_give_the_same_bytes(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    again = build(tmp_path, "--wheel")
    assert wheel.filename is not None
    assert again.read_bytes() == Path(wheel.filename).read_bytes()


def test_the_source_archive_gives_the_same_wheel_and_carries_its_tests(
    wheel: zipfile.ZipFile, archive: Path, tmp_path: Path
) -> None:
    again = zipfile.ZipFile(build(tmp_path / "again", "--wheel", source=archive, npm=False))
    assert contents(again) == contents(wheel)
    for name in (
        "tests/conftest.py",
        "Makefile",
        "requirements/run.txt",
        "docs/glossary.md",
        "CONTRIBUTING.md",
    ):
        assert (archive / name).is_file(), name
