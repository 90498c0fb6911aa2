"""`fotfeste overrides` and `--revises`: from a request through overrides to a revision, as a county would type it.

All names of people are invented.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.daily import LONG_RUN

from fotfeste.settlement.bundle import read_bundle
from fotfeste.settlement.ledger_file import read_ledger

Run = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "recommendation.schema.json").read_text("utf-8"))
WHERE = ("--county", "Telemark", "--year", 2027)
NAME = "Oppdiktet Navnesen"
WHO = ("--role", "fylkesdirektør", "--name", NAME, "--reason", "Mottaket bygges om")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add(run: Run, municipality: str, persons: object, *more: object) -> Any:
    options = ("--municipality", municipality, "--persons", persons, *WHO, *more)
    return run("overrides", "add", "--ledger", "logg.json", *WHERE, *options)


def test_an_override_is_entered_and_its_cost_is_shown(run: Run, place: Path) -> None:
    done = add(run, "Skien", 60, "--total", 545)
    assert done.code == 0, done.err
    assert "Ført som nr. 1: Skien er satt til 60." in done.out
    assert "Uten overstyringen ville tallet vært 123." in " ".join(done.out.split())
    assert NAME not in done.out
    (entry,) = read_ledger(place / "logg.json").entries
    assert (entry.code, entry.persons, entry.name, entry.at.utcoffset().total_seconds()) == (
        "4003",
        60,
        NAME,
        0,
    )  # type: ignore[union-attr]


def test_what_may_give_somebody_away_is_warned_of_and_entered_all_the_same(run: Run, place: Path) -> None:
    done = add(run, "Skien", 3, "--role", "rådgiver Navnesen")
    assert done.code == 0
    assert "Skien er satt til 3" in done.out
    warned = " ".join(done.err.split())
    assert "Ordet «Navnesen» fra navnet står i rollen, som blir offentlig." in warned
    assert "Begrunnelsen blir offentlig. Kan noen kjenne igjen" in warned
    assert add(run, "Vinje", 20).err == ""
    withdrawn = run(
        "overrides", "withdraw", "--ledger", "logg.json", "--municipality", "Vinje",
        "--role", "leder", "--name", NAME, "--reason", "Familien er flyttet",
    )  # fmt: skip
    assert withdrawn.code == 0
    assert "Begrunnelsen blir offentlig" in withdrawn.err


def test_letters_that_cannot_be_read_are_refused_in_words(run: Run, place: Path) -> None:
    done = add(run, "Skien", 60, "--reason", "r\udcff")
    assert done.code == 3
    assert "begrunnelse har tegn som ikke kan leses" in done.err
    assert not (place / "logg.json").exists()


def test_a_number_that_the_rules_cannot_meet_is_not_entered(run: Run, place: Path) -> None:
    # Five are left for the others, and nobody is asked for fewer than ten.
    left = add(run, "Skien", 540, "--total", 545)
    assert left.code == 5
    assert "Skien: nøyaktig 540" in left.err
    high = add(run, "Skien", 546, "--total", 545)
    assert high.code == 3
    assert "over totalen" in high.err
    assert add(run, "Skien", -1).code == 3
    assert add(run, "Oslo", 5).code == 3
    assert add(run, "Skien", "mange").code == 2
    assert not (place / "logg.json").exists()


def test_a_ledger_of_another_year_is_refused(run: Run, place: Path) -> None:
    assert add(run, "Skien", 60).code == 0
    other = run(
        "overrides", "add", "--ledger", "logg.json", "--county", "Telemark", "--year", 2026,
        "--municipality", "Skien", "--persons", 5, *WHO,
    )  # fmt: skip
    assert other.code == 3
    assert len(read_ledger(place / "logg.json").entries) == 1


def test_names_are_shown_only_when_asked_for(run: Run, place: Path) -> None:
    add(run, "Skien", 60)
    add(run, "Nome", 40)
    taken = run("overrides", "withdraw", "--ledger", "logg.json", "--municipality", "Nome", *WHO)
    assert "overstyringen av Nome er trukket tilbake" in taken.out
    plain = run("overrides", "show", "--ledger", "logg.json")
    assert "3 føringer, 1 gjelder" in plain.out
    assert "trukket tilbake i nr. 3" in plain.out
    assert NAME not in plain.out
    assert NAME in run("overrides", "show", "--ledger", "logg.json", "--names").out
    data = json.loads(run("overrides", "show", "--ledger", "logg.json", "--json").out)
    assert [one["in_force"] for one in data["entries"]] == [True, False, False]
    assert NAME not in json.dumps(data, ensure_ascii=False)
    named = json.loads(run("overrides", "show", "--ledger", "logg.json", "--json", "--names").out)
    assert named["entries"][0]["name"] == NAME


def test_what_is_not_given_is_asked_for_by_name(run: Run, place: Path) -> None:
    assert "--county må oppgis" in run("recommend", "--year", 2027, "--total", 5).err
    assert "--year må oppgis" in run("explain", "Skien", "--county", "Telemark", "--total", 5).err
    lone = run("recommend", *WHERE, "--total", 5, "--as-of", "2027-06-01")
    assert lone.code == 2
    assert "--as-of trenger --revises" in lone.err


def status(bundle: Path, path: Path) -> None:
    """Invented: every council has decided what was recommended, a quarter is settled."""
    outcome = read_bundle(bundle).outcome.numbers
    rows = [f"{code};{number};{number // 4}" for code, number in outcome.items()]
    path.write_text("\n".join(["kommunenummer;vedtatt;bosatt", *rows]) + "\n", "utf-8")


def texts(folder: Path) -> dict[str, str]:
    """Everything that can be read out of the files, by their names; PDF through its text."""
    import pypdfium2

    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".pdf":
            pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
            found[str(path.relative_to(folder))] = " ".join(" ".join(pages).split())
        elif path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as packed:
                parts = [packed.read(one).decode("utf-8", "replace") for one in packed.namelist()]
            found[str(path.relative_to(folder))] = " ".join(parts)
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_text("utf-8")
    return found


@LONG_RUN
def test_a_full_round_from_request_to_revision(run: Run, place: Path) -> None:
    base = ("recommend", *WHERE, "--total", 545)
    assert run(*base, "--bundle", "uten.json").code == 0
    assert add(run, "Skien", 60).code == 0
    assert add(run, "Nome", 40).code == 0

    with_ledger = run(*base, "--ledger", "logg.json", "--bundle", "pakke.json", "--out", "ut")
    assert with_ledger.code == 0, with_ledger.err
    assert "Skien er satt til 60 av fylkesdirektør. Begrunnelse: Mottaket bygges om." in with_ledger.out
    assert "Pakken har med navnene i loggen og er intern." in with_ledger.out
    assert run("verify", "pakke.json").code == 0
    assert "Regel: Overstyring" in run("explain", "Skien", *base[1:], "--ledger", "logg.json").out

    status(place / "pakke.json", place / "status.csv")
    revising = ("--revises", "pakke.json", "--status", "status.csv", "--as-of", "2027-06-01")
    # Skien and Nome are held at 60 and 40, and nobody is asked for under ten: 300 is near the least there can be.
    done = run("recommend", *revising, "--total", 300, "--bundle", "revidert.json", "--out", "ut")
    assert done.code == 0, done.err
    assert "Revidert anbefaling for Telemark i 2027: totalen er endret fra 545 til 300." in done.out
    assert run("verify", "revidert.json").code == 0
    before, after = read_bundle(place / "pakke.json"), read_bundle(place / "revidert.json")
    revision = after.prepared.revision
    assert revision is not None
    assert revision.last.bundle == before.checksum
    assert revision.last.numbers == before.outcome.numbers
    assert revision.decided_as == "cap"
    assert sum(after.outcome.numbers.values()) == 300
    assert all(after.outcome.numbers[code] <= number for code, number in before.outcome.numbers.items())
    assert after.outcome.numbers["4003"] == 60

    data = json.loads(run("recommend", *revising, "--total", 300, "--json").out)
    jsonschema.validate(data, SCHEMA)
    assert data["revision"]["versions"][0]["total"] == 545
    assert [one["code"] for one in data["overrides"]] == ["4003", "4018"]
    for one in data["overrides"]:
        assert one["persons"] - one["instead"] + sum(each["persons"] for each in one["others"]) == 0
    assert NAME not in json.dumps(data, ensure_ascii=False)

    found = texts(place / "ut")
    public = {name: text for name, text in found.items() if "internt/" not in name}
    internal = {name: text for name, text in found.items() if "internt/" in name}
    assert len(internal) == 6
    assert all("Navnesen" in text for text in internal.values())
    assert [name for name, text in public.items() if "Navnesen" in text] == []
    for name in ("anbefaling-til-imdi.pdf", "saksframlegg.html", "brev/4003-skien.docx"):
        assert "fylkesdirektør" in public[name]
        assert "Mottaket bygges om" in public[name]
        assert "evidert" not in public[name]
        assert "evidert" in public[f"revisjon-1/{name}"]
    assert "fra 545 til 300" in public["revisjon-1/anbefaling-til-imdi.pdf"]
    assert "Revisjon" in public["revisjon-1/tabeller.xlsx"]

    again = run("recommend", "--revises", "revidert.json", *revising[2:], "--total", 320, "--out", "ut")
    assert again.code == 0, again.err
    assert (place / "ut" / "revisjon-2" / "saksframlegg.pdf").is_file()
    assert {name for name in texts(place / "ut") if not name.startswith("revisjon-2")} == set(found)


def test_the_original_bundle_is_never_written_over_by_its_revision(run: Run, place: Path) -> None:
    assert run("recommend", *WHERE, "--total", 545, "--bundle", "pakke.json").code == 0
    before = (place / "pakke.json").read_bytes()
    status(place / "pakke.json", place / "status.csv")
    revising = ("--status", "status.csv", "--as-of", "2027-06-01")
    once = run("recommend", "--revises", "pakke.json", *revising, "--total", 500, "--bundle", "ny.json")
    assert once.code == 0, once.err
    for revised in ("pakke.json", "ny.json"):
        over = run("recommend", "--revises", revised, *revising, "--total", 400, "--bundle", "pakke.json")
        assert over.code == 6
        assert "skal ikke skrives over" in over.err
    assert (place / "pakke.json").read_bytes() == before


def test_county_and_year_follow_the_bundle_and_may_not_be_others(run: Run, place: Path) -> None:
    assert run("recommend", *WHERE, "--total", 545, "--bundle", "pakke.json").code == 0
    status(place / "pakke.json", place / "status.csv")
    revising = ("recommend", "--revises", "pakke.json", "--status", "status.csv", "--as-of", "2027-06-01")
    assert run(*revising, "--total", 400, *WHERE).code == 0
    assert run(*revising, "--total", 400, "--county", "Agder").code == 3
    assert run(*revising, "--total", 400, "--year", 2026).code == 3
    assert run(*revising, "--total", 0).code == 3
    assert run(*revising, "--total", 50).code == 5
    unknown = run("recommend", "--revises", "pakke.json", "--total", 400)
    assert unknown.code == 4
    assert "--status" in unknown.err
    early = run(
        "recommend",
        "--revises",
        "pakke.json",
        "--status",
        "status.csv",
        "--as-of",
        "2026-11-21",
        "--total",
        400,
    )
    assert early.code == 3


def test_the_data_tell_how_far_2026_has_come(run: Run, place: Path) -> None:
    assert (
        run("recommend", "--county", "Telemark", "--year", 2026, "--total", 559, "--bundle", "p.json").code
        == 0
    )
    done = run("recommend", "--revises", "p.json", "--total", 400)
    assert done.code == 0, done.err
    assert "status per 28. september 2026" in done.out
    explained = run("explain", "Skien", "--revises", "p.json", "--total", 400)
    assert "revidert nå" in explained.out
    assert "Alt bosatt i år" in explained.out


def test_other_criteria_may_be_chosen_for_a_revision(run: Run, place: Path) -> None:
    assert run("recommend", *WHERE, "--total", 545, "--bundle", "pakke.json").code == 0
    status(place / "pakke.json", place / "status.csv")
    revising = ("--revises", "pakke.json", "--status", "status.csv", "--as-of", "2027-06-01", "--total", 400)
    kept = json.loads(run("recommend", *revising, "--json").out)
    other = json.loads(run("recommend", *revising, "--json", "--criteria", "capacity").out)
    method = json.loads(run("recommend", *revising, "--json", "--method", "hamilton").out)
    assert (kept["criteria"]["id"], other["criteria"]["id"]) == ("standard-2027", "capacity")
    assert method["criteria"]["method"] == "hamilton"
    assert kept["revision"]["also"] == []
    assert other["revision"]["also"][0] == "criteria"
    assert {**other["revision"], "also": []} == kept["revision"]


@LONG_RUN
def test_every_meaning_of_a_decision_can_be_chosen(run: Run, place: Path) -> None:
    from typing import get_args

    from fotfeste.cli.asked import DECIDED
    from fotfeste.settlement.revision import DecidedAs

    assert get_args(DecidedAs) == DECIDED
    assert run("recommend", *WHERE, "--total", 545, "--bundle", "pakke.json").code == 0
    status(place / "pakke.json", place / "status.csv")
    revising = ("--revises", "pakke.json", "--status", "status.csv", "--as-of", "2027-06-01", "--total", 600)
    done = run("recommend", *revising, "--decided", "held", "--json")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    jsonschema.validate(data, SCHEMA)
    assert data["revision"]["decided_as"] == "held"
