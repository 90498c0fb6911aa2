"""`fotfeste verify`, `documents` and `sensitivity`: a recommendation stands, and says how firmly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Ran

Run = Callable[..., Ran]

TELEMARK = ("--county", "Telemark", "--year", "2027", "--total", "545")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    from fotfeste.settlement.bundle import bundle_of, write_bundle
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.prepare import prepare

    path = tmp_path_factory.mktemp("bundle") / "telemark.json"
    prepared = prepare("Telemark", 2027, 545)
    write_bundle(bundle_of(prepared, calculate(prepared), date(2026, 11, 21), "0.2.0"), path)
    return path


def test_a_bundle_written_on_the_command_line_is_the_same_when_recomputed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pakke.json"
    written = run("recommend", *TELEMARK, "--bundle", str(file), "--issued", "2026-11-21")
    assert written.code == 0
    ran = run("verify", str(file))
    assert ran.code == 0
    assert "Det samme: hvert tall og hver forklaring." in ran.out
    assert "17 kommuner" in ran.out


def test_several_bundles_as_data(run: Run, bundle: Path) -> None:
    ran = run("verify", str(bundle), str(bundle), "--json")
    found = json.loads(ran.out)
    assert [one["same"] for one in found] == [True, True]
    assert {one["found"] for one in found[0]["data"]} == {"same"}


def test_a_bundle_with_another_number_ends_with_code_seven(run: Run, bundle: Path, tmp_path: Path) -> None:
    from fotfeste.settlement.bundle import CHECKSUM
    from fotfeste.settlement.kept_files import checksum_of_content

    content = json.loads(bundle.read_text())
    content["result"]["municipalities"][0]["recommended"] += 1
    del content[CHECKSUM]
    changed = tmp_path / "endret.json"
    changed.write_text(json.dumps({**content, CHECKSUM: checksum_of_content(content)}))
    ran = run("verify", str(changed))
    assert ran.code == 7
    assert "Porsgrunn (4001): 95 i pakken, 94 regnet på nytt." in ran.out
    made = run("documents", str(changed), "--out", str(tmp_path / "ut"))
    assert made.code == 7
    assert not (tmp_path / "ut").exists()


def test_a_changed_file_is_refused(run: Run, bundle: Path, tmp_path: Path) -> None:
    changed = tmp_path / "endret.json"
    changed.write_text(bundle.read_text().replace("Porsgrunn", "Porsgrund"))
    ran = run("verify", str(changed))
    assert ran.code == 3
    assert "sjekksummen stemmer ikke" in ran.err


def test_documents_from_a_bundle_are_those_that_were_written_with_it(run: Run, tmp_path: Path) -> None:
    first, again, file = tmp_path / "en", tmp_path / "to", tmp_path / "pakke.json"
    oslo = ("--county", "Oslo", "--year", "2027", "--total", "900", "--issued", "2026-11-21")
    assert run("recommend", *oslo, "--out", str(first), "--bundle", str(file)).code == 0
    assert run("documents", str(file), "--out", str(again)).code == 0
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((first / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_sensitivity_shows_an_interval_for_every_municipality(run: Run) -> None:
    ran = run("sensitivity", *TELEMARK, "--draws", "200", "--json")
    found = json.loads(ran.out)
    assert len(found["municipalities"]) == 17
    assert all(one["least"] <= one["low"] <= one["high"] <= one["most"] for one in found["municipalities"])
    assert found["draws"] == 200
    assert found["seed"] == 2027
    shown = run("sensitivity", *TELEMARK, "--draws", "200")
    assert "Porsgrunn" in shown.out
    assert "Utjevning" in shown.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--draws", "0"), 3, "over null"),
        (("--interval", "1,5"), 3, "mellom 0 og 1"),
        (("--concentration", "tett"), 2, "ikke et tall"),
    ],
)
def test_settings_that_cannot_be_drawn_with_are_told(
    run: Run, arguments: tuple[str, str], code: int, says: str
) -> None:
    ran = run("sensitivity", *TELEMARK, *arguments)
    assert ran.code == code
    assert says in ran.err
