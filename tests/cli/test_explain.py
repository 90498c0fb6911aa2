"""`fotfeste explain`: the parts shown are the number, and the words say what held it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.daily import LONG_RUN

from fotfeste.regions import load_regions
from fotfeste.settlement import read_criteria
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet

Run = Callable[..., Any]
SAME = ("--county", "Telemark", "--year", 2027, "--total", 545)


def column(text: str, heading: str) -> list[tuple[str, Decimal]]:
    """First and last cell of the rows in the table that begins with ``heading``."""
    lines = text.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(heading))
    rows = []
    for line in lines[start + 2 :]:
        if not line:
            break
        cells = re.split(r" {2,}", line.strip())
        number = cells[-1].replace("\u00a0", "").replace("\u2212", "-").replace("+", "").replace(",", ".")
        rows.append((cells[0], Decimal(number)))
    return rows


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    """A collected sheet in which Skien states few dwellings and Fyresdal what its services need."""
    asked = [Addressee(one.code, one.name) for one in load_regions().municipalities(2027, "40")]
    answers = {
        "4003": Reply("4003", {Service.HOUSING: 90, Service.SCHOOL: 200}, own_wish=120, extra=10, minors=6),
        "4032": Reply("4032", {}, minimum_stock=30),
    }
    path = tmp_path / "svar.xlsx"
    path.write_bytes(
        write_collected_sheet(asked, "40", "Telemark", 2027, date(2026, 11, 21), replies=answers)
    )
    return path


@pytest.mark.parametrize("name", [one.name for one in load_regions().municipalities(2027, "40")])
def test_the_rows_add_up_to_the_number(run: Run, name: str, shown: dict[str, str]) -> None:
    rows = column(shown[name], "Slik er tallet blitt til")
    ideal = next(number for label, number in rows if label == "= Ideell andel")
    whole = next(number for label, number in rows if label == "= Anbefalt")
    criteria = rows[: [label for label, _ in rows].index("= Ideell andel")]
    after = rows[len(criteria) + 1 : -1]
    assert sum(number for _, number in criteria) == ideal
    assert ideal + sum(number for _, number in after) == whole
    assert shown[name].startswith(f"{name} (")
    assert f"anbefales å bosette {whole:.0f} i 2027" in shown[name]


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """The explanation of every municipality of Telemark, from one recommendation."""
    from fotfeste.cli.explain import explanation_in_words
    from fotfeste.messages import language
    from fotfeste.settlement import recommend

    found = recommend("Telemark", 2027, 545)
    return {
        one.name: explanation_in_words(found, one, load_regions(), language("nb"))
        for one in found.municipalities
    }


def test_everything_that_should_stand_beside_a_number_does(run: Run) -> None:
    ran = run("explain", "Skien", *SAME)
    assert ran.code == 0
    names = [one.name for one in read_criteria("standard-2027").criteria if one.share]
    assert names
    for words in (*names, "Avrunding til hele personer", "Merknad", "status per 28. september 2026"):
        assert words in ran.out
    for words in ("Lignende", "per 1 000 innbyggere", "Ligner mest på:", "Kilder:", "IMDi"):
        assert words in ran.out.replace("\u00a0", " ")


@LONG_RUN
def test_the_service_that_is_the_bottleneck_is_named(run: Run, replies: Path) -> None:
    ran = run("explain", "Skien", *SAME, "--replies", replies)
    assert ran.code == 0, ran.err
    assert "anbefales å bosette 90 i 2027" in ran.out
    assert "Tallet står ved en grense (90). Tak: bolig er oppgitt til 90." in ran.out
    assert "Laveste oppgitte kapasitet: 90 (bolig)" in ran.out
    assert "Eget ønske: 120" in ran.out
    assert "Ekstra ved økt behov: 10" in ran.out
    silent = run("explain", "Bamble", *SAME, "--replies", replies)
    assert "Kommunen har ikke svart. Det er ukjent hva den kan ta imot." in silent.out


def test_minors_have_a_row_of_their_own(run: Run, replies: Path) -> None:
    ran = run("explain", "Skien", *SAME, "--replies", replies, "--minors", 4)
    rows = dict(column(ran.out, "Slik er tallet blitt til"))
    assert rows["Enslige mindreårige"] == 4
    table = run("recommend", *SAME, "--replies", replies, "--minors", 4).out
    assert "Herav EM" in table


def test_json_is_the_municipality_of_the_whole_answer(run: Run) -> None:
    one = json.loads(run("explain", "4032", *SAME, "--json").out)
    everything = json.loads(run("recommend", *SAME, "--json").out)
    assert one == next(each for each in everything["municipalities"] if each["code"] == "4032")


@pytest.mark.parametrize(
    ("name", "says"), [("Sjien", "Skien"), ("Oslo", "Oslo"), ("3807", "4003"), ("Ingensteds", "Ingensteds")]
)
def test_a_municipality_that_is_not_in_the_county_is_refused_with_help(
    run: Run, name: str, says: str
) -> None:
    ran = run("explain", name, *SAME)
    assert ran.code == 3
    assert ran.out == ""
    assert says in ran.err


def test_a_municipality_that_gets_none_is_not_said_to_be_recommended_zero(run: Run) -> None:
    ran = run("explain", "Vinje", *SAME, "--criteria", "equal-burden")
    assert ran.out.startswith("Vinje (4036) anbefales ikke å bosette noen i 2027.")
