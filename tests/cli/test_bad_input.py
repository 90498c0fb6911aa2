"""Wrong input: the right exit code, nothing on standard output, and words that an adviser understands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fotfeste.regions import load_regions
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet

Run = Callable[..., Any]


def options(**changes: object) -> list[object]:
    """The usual options with some of them changed."""
    chosen: dict[str, object] = {"county": "Telemark", "year": 2027, "total": 545, **changes}
    return [word for name, value in chosen.items() for word in (f"--{name.replace('_', '-')}", value)]


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"county": "Telemrk"}, 3, "Telemark"),
        ({"county": "Vestfold og Telemark"}, 3, "Telemark"),
        ({"county": "99"}, 3, "99"),
        ({"year": 1901}, 3, "1901"),
        ({"year": 2500}, 3, "2500"),
        ({"year": "tjuesju"}, 2, "«tjuesju» er ikke et helt tall"),
        ({"total": 0}, 3, "minst 1"),
        ({"total": -5}, 3, "minst 1"),
        ({"total": "ca. 500"}, 2, "«ca. 500» er ikke et helt tall"),
        ({"total": "5,5"}, 2, "«5,5» er ikke et helt tall"),
        ({"minors": 546}, 3, "mellom 0 og totalen"),
        ({"minors": -1}, 3, "mellom 0 og totalen"),
        ({"minors": 5}, 3, "ingen kommuner har oppgitt plasser"),
        ({"criteria": "finnes-ikke.toml"}, 3, "finnes ikke"),
        ({"data": "finnes-ikke.csv"}, 3, "finnes-ikke.csv"),
        ({"replies": "finnes-ikke.xlsx"}, 3, "Filen finnes ikke"),
        ({"method": "dhondt"}, 2, "«dhondt» er ikke et av valgene"),
        ({"issued": "i dag"}, 2, "«i dag» er ikke en dato"),
    ],
)
def test_a_wrong_option_is_refused(run: Run, changes: dict[str, object], code: int, says: str) -> None:
    ran = run("recommend", *options(**changes))
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert says in ran.err.replace("\u00a0", " ")
    assert "→" in ran.err, "every error says what to do"
    assert "Traceback" not in ran.err


CRITERIA = """
schema = 1
id = "prøve"
title = "Prøve"
year = 2027
dated = 2026-11-21
owner = "Prøve"
source = "Prøve"
[[criterion]]
id = "size"
name = "Folketall"
weight = {weight}
source = "Prøve"
[criterion.key]
form = "power"
base = "{base}"
[[rule]]
kind = "cap"
persons = {cap}
source = "Prøve"
"""


def criteria(folder: Path, *, encoding: str = "utf-8", **fields: object) -> Path:
    text = CRITERIA.format(**{"weight": 1, "base": "population", "cap": 1_000, **fields})
    path = folder / "kriterier.toml"
    path.write_bytes(text.replace('"prøve"', '"prove"').encode(encoding))
    return path


@pytest.mark.parametrize(
    ("fields", "code", "says"),
    [
        ({"weight": 0}, 3, "Alle vektene i kriteriefilen er null"),
        ({"weight": -1}, 3, "criterion[1].weight"),
        ({"weight": '"mye"'}, 3, "er ikke et tall"),
        ({"encoding": "latin-1"}, 3, "UTF-8"),
        ({"base": "happiness"}, 4, "happiness"),
        ({"cap": 10}, 5, "545"),
    ],
)
def test_criteria_that_cannot_be_used_are_refused(
    run: Run, tmp_path: Path, fields: dict[str, Any], code: int, says: str
) -> None:
    ran = run("recommend", *options(criteria=criteria(tmp_path, **fields)))
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert says in ran.err.replace("\u00a0", " ")


def figures(folder: Path, value: str, *, code: str = "4003", encoding: str = "utf-8") -> Path:
    """A file with an indicator of the user's own for every municipality; ``value`` is what stands for Skien."""
    codes = [one.code for one in load_regions().municipalities(2027, "40")]
    lines = ["kommunenummer;navn;indikator;verdi"]
    lines += [f"{code if one == '4003' else one};Bø;seats;{value if one == '4003' else 10}" for one in codes]
    path = folder / "tall.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ({"value": "mange"}, 3, "«mange» er ikke et tall"),
        ({"value": "=5+5"}, 3, "formel"),
        ({"value": "5", "encoding": "latin-1"}, 3, "UTF-8"),
        ({"value": "5", "code": "3807"}, 3, "4003 Skien"),
        ({"value": "5", "code": "4001"}, 3, "4001"),
        ({"value": "."}, 4, "4003"),
    ],
)
def test_own_figures_that_cannot_be_used_are_refused(
    run: Run, tmp_path: Path, given: dict[str, Any], code: int, says: str
) -> None:
    data = figures(tmp_path, **given)
    ran = run("recommend", *options(criteria=criteria(tmp_path, base="seats"), data=data))
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert says in ran.err


def test_own_figures_are_used_and_a_hidden_one_gives_a_range(run: Run, tmp_path: Path) -> None:
    asked = options(criteria=criteria(tmp_path, base="seats"), data=figures(tmp_path, "900"))
    assert run("recommend", *asked).code == 0
    hidden = options(criteria=criteria(tmp_path, base="seats"), data=figures(tmp_path, ":"))
    ran = run("recommend", *hidden)
    assert ran.code == 0
    assert "Tall som er skjult i kilden, kan endre: " in ran.out
    assert "Skien (" in ran.out


def test_details_of_the_case_are_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sak.toml").write_text('schema = 1\nsaksnummer = "26/1"\n', "utf-8")
    ran = run("recommend", *options(details=tmp_path / "sak.toml", out=tmp_path / "ut"))
    assert ran.code == 3
    assert "saksnummer" in ran.err
    assert not (tmp_path / "ut").exists()


def test_a_total_above_all_caps_names_the_feasible_range(run: Run, tmp_path: Path) -> None:
    asked = [Addressee(one.code, one.name) for one in load_regions().municipalities(2027, "40")]
    answers = {one.code: Reply(one.code, {Service.HOUSING: 20}) for one in asked}
    path = tmp_path / "svar.xlsx"
    path.write_bytes(
        write_collected_sheet(asked, "40", "Telemark", 2027, date(2026, 11, 21), replies=answers)
    )
    ran = run("recommend", *options(replies=path))
    assert ran.code == 5
    assert "340" in ran.err, "17 municipalities with room for 20 each"
    assert run("recommend", *options(replies=path, total=340)).code == 0


def test_replies_of_another_year_or_county_do_not_slip_in(run: Run, tmp_path: Path) -> None:
    run("replies", "template", "--county", "Telemark", "--year", 2026, "--collected", tmp_path / "a.xlsx")
    ran = run("recommend", *options(replies=tmp_path / "a.xlsx"))
    assert ran.code == 3
    assert "Skjemaet gjelder 2026, ikke 2027." in ran.err
    run("replies", "template", "--county", "Oslo", "--year", 2027, "--collected", tmp_path / "b.xlsx")
    ran = run("recommend", *options(replies=tmp_path / "b.xlsx"))
    assert ran.code == 3
    assert "Oslo" in ran.err


def test_a_folder_that_cannot_be_written_to_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "opptatt").write_bytes(b"a file stands here")
    ran = run("recommend", *options(county="Oslo", total=20, out=tmp_path / "opptatt"))
    assert ran.code == 6
    assert "kunne ikke skrives" in ran.err
    assert (tmp_path / "opptatt").read_bytes() == b"a file stands here"
