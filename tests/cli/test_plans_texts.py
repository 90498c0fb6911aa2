"""`fotfeste plans import|search|code|matrix|gaps|statement|export`: the plans that the command line keeps."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fotfeste.cli.plans import plans
from fotfeste.errors import FotfesteError, InputError
from fotfeste.settings import Settings

COUNTY_PLAN = """# Mål

Fylkeskommunen skal bidra til at flere innvandrere kommer inn i arbeidslivet i hele fylket.

# Distrikt

Innvandring har dempet nedgangen i folketallet i distriktene, og søknadene ble innvilget.
"""
DRAFT = """# Arbeid

Ledigheten er lav, og bedriftene mangler arbeidskraft.

# Innbyggerne

Innvandrerbefolkningen er en ressurs.
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: str) -> Result:
        settings = Settings(tmp_path / "data")
        done = CliRunner().invoke(plans, list(arguments), obj=settings)
        if done.exception is not None and not isinstance(done.exception, FotfesteError | SystemExit):
            raise done.exception
        return done

    return call


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "fylkesplan.md").write_text(COUNTY_PLAN, "utf-8")
    (tmp_path / "utkast.md").write_text(DRAFT, "utf-8")
    return str(tmp_path / "fylkesplan.md"), str(tmp_path / "utkast.md")


@pytest.fixture
def kept(run: Run, files: tuple[str, str]) -> Run:
    done = run(
        "import", files[0], "--county", "Telemark", "--type", "regional_plan", "--title", "Oppdiktet plan"
    )
    assert done.exit_code == 0, done.output
    return run


def test_a_plan_is_read_in_once_and_entered_under_its_owner(kept: Run, files: tuple[str, str]) -> None:
    again = kept("import", files[0])
    assert "var lest inn fra før" in again.output
    (row,) = json.loads(kept("import", "--json").output)["documents"]
    assert (row["owner"], row["type"], row["title"]) == ("Telemark", "regional_plan", "Oppdiktet plan")


def test_a_plan_of_the_register_gets_its_document(run: Run, files: tuple[str, str]) -> None:
    run("import", files[0], "--plan", "telemark-planstrategi-2024")
    (row,) = json.loads(run("import", "--json").output)["documents"]
    assert row["plan"] == "telemark-planstrategi-2024"


def test_search_finds_the_stem_and_shows_what_it_left_out(kept: Run) -> None:
    done = kept("search", "innv*")
    assert "innvandrere" in done.output
    assert "innvilget" in done.output.partition("Holdt utenfor")[2]
    assert "2 avsnitt i ett dokument." in done.output


def test_coding_is_by_people_with_ids_and_can_be_undone(kept: Run) -> None:
    rows = json.loads(kept("code", "fylkesplan.md", "--code", "kobling", "--json").output)["passages"]
    assert [row["state"] for row in rows] == ["suggested"]
    number = str(rows[0]["number"])
    assert kept("code", "fylkesplan.md", "--code", "kobling", "--accept", number).exit_code == 2
    kept("code", "fylkesplan.md", "--code", "kobling", "--accept", number, "--coder", "k1")
    told = kept("code", "fylkesplan.md", "--code", "kobling", "--csv").output
    assert ",accepted," in told
    kept("code", "fylkesplan.md", "--undo", "--coder", "k1")
    assert ",suggested," in kept("code", "fylkesplan.md", "--code", "kobling", "--csv").output


def test_a_passage_that_is_not_there_cannot_be_coded(kept: Run) -> None:
    for asked in ("99", "x", "0"):
        done = kept("code", "fylkesplan.md", "--code", "kobling", "--accept", asked, "--coder", "k1")
        assert done.exit_code == 2


def test_the_matrix_tells_not_read_from_silent(kept: Run, tmp_path: Path) -> None:
    done = kept(
        "matrix", "--county", "Telemark", "--as-of", "2026-11-22", "--out", str(tmp_path / "ut"), "--json"
    )
    text = done.output[done.output.index("{") :]
    cells = {(one["kind"], one["theme"]): one["cover"] for one in json.loads(text)["cells"]}
    assert cells["other_county", "kobling"] == "suggested"
    assert cells["other_county", "flyktninger"] == "silent"
    assert cells["planning_strategy", "flyktninger"] == "not_read"
    assert cells["integration", "flyktninger"] == "no_plan"
    assert {one.suffix for one in (tmp_path / "ut").iterdir()} == {".xlsx", ".docx", ".pdf", ".html"}


def test_gaps_of_a_file_need_its_type(kept: Run, files: tuple[str, str]) -> None:
    assert kept("gaps", files[1]).exit_code == 2
    found = json.loads(kept("gaps", files[1], "--type", "municipal_plan_society", "--json").output)
    outcomes = {one["id"]: one["outcome"] for one in found["remarks"]}
    assert outcomes["sysselsetting"] == "apart"
    assert [one["id"] for one in found["terms"]] == ["innvandrerbefolkning"]


def test_the_statement_leans_on_the_county_plan(kept: Run, files: tuple[str, str], tmp_path: Path) -> None:
    done = kept(
        "statement", files[1], "--type", "municipal_plan_society", "--municipality", "Kviteseid", "--without-figures",
        "--title", "Oppdiktet samfunnsdel", "--issued", "2026-11-22", "--out", str(tmp_path / "ut"),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    page = next((tmp_path / "ut").glob("*.html")).read_text("utf-8")
    assert "Oppdiktet plan" in page
    assert "flere innvandrere kommer inn i arbeidslivet" in page
    assert "De er råd og ikke innsigelse." in page


def test_codings_and_codebook_are_written_for_other_programs(kept: Run, tmp_path: Path) -> None:
    kept("code", "fylkesplan.md", "--code", "innvandrere", "--accept", "2", "--coder", "k1")
    done = kept("export", "--out", str(tmp_path / "ut"))
    assert "én koding" in done.output
    assert {one.name for one in (tmp_path / "ut").iterdir()} == {
        "kodinger.csv", "kodinger.xlsx", "kodebok.toml", "kodebok.qdc", "kodebok-taguette.csv",
    }  # fmt: skip


def test_what_is_not_known_is_said_with_a_way_out(run: Run, files: tuple[str, str], tmp_path: Path) -> None:
    for arguments in (
        ("code", "finnes-ikke"),
        ("import", str(tmp_path / "borte.pdf")),
        ("import", files[0], "--plan", "finnes-ikke"),
        ("import", files[0], "--county", "Telemark", "--type", "magi"),
    ):
        done = run(*arguments)
        assert isinstance(done.exception, InputError), arguments
        assert done.exception.problem.remedy is not None
    assert run("import", files[0], "--county", "Telemark").exit_code == 2


def test_who_searches_before_anything_is_read_in_is_told_how(run: Run) -> None:
    done = run("search", "innv*")
    assert "fotfeste plans import" in done.output
    assert "0 avsnitt" not in done.output
    assert json.loads(run("search", "innv*", "--json").stdout)["found"] == []


def test_a_plan_of_a_dissolved_county_is_entered_by_its_years_and_cited_as_theirs(
    run: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    asked = ("import", files[0], "--county", "Vestfold og Telemark", "--type", "regional_plan")
    assert isinstance(run(*asked).exception, InputError)
    assert json.loads(run("import", "--json").output)["documents"] == []
    assert run(*asked, "--from", "2021", "--title", "Oppdiktet plan").exit_code == 0
    done = statement(run, files[1], "--out", str(tmp_path / "ut"))
    assert done.exit_code == 0, done.output
    page = next((tmp_path / "ut").glob("*.html")).read_text("utf-8")
    assert "Oppdiktet plan (Vestfold og Telemark fylkeskommune, oppløst 2024)" in page


def statement(run: Run, draft: str, *more: str) -> Result:
    return run(
        "statement", draft, "--type", "municipal_plan_society", "--municipality", "Kviteseid", "--without-figures",
        "--title", "Oppdiktet samfunnsdel", "--issued", "2026-11-22", *more,
    )  # fmt: skip


def test_what_is_chosen_in_the_file_is_what_the_statement_says(
    kept: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "valg.toml"
    assert statement(kept, files[1]).exit_code == 2
    assert statement(kept, files[1], "--choices-out", str(path)).exit_code == 0
    text = path.read_text("utf-8")
    found = tomllib.loads(text)
    assert {one["id"] for one in found["advice"]} == {"demografi", "sysselsetting", "kobling"}
    text = text.replace('opening = ""', 'opening = "Takk for godt samarbeid."')
    work, other = text.index('id = "sysselsetting"'), text.index('id = "demografi"')
    text = text[:other] + text[other:].replace("take = true", "take = false", 1)
    work = text.index('id = "sysselsetting"')
    text = text[:work] + text[work:].replace('own = ""', 'own = "Egne ord.\\n\\nMer <b>tekst</b>."', 1)
    path.write_text(text, "utf-8")
    done = statement(kept, files[1], "--choices", str(path), "--out", str(tmp_path / "ut"))
    assert done.exit_code == 0, done.output
    assert "Valgt bort: Folketallet med og uten innvandring." in done.output
    page = next((tmp_path / "ut").glob("*.html")).read_text("utf-8")
    assert "Takk for godt samarbeid." in page
    assert "<p>Egne ord.</p>" in page
    assert "Mer &lt;b&gt;tekst&lt;/b&gt;." in page
    assert "raad-demografi" not in page
    again = tmp_path / "igjen.toml"
    statement(kept, files[1], "--choices", str(path), "--choices-out", str(again))
    assert again.read_text("utf-8") == text


def test_a_choice_that_concerns_nothing_is_told_of_and_a_wrong_file_is_refused(
    kept: Run, files: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "valg.toml"
    path.write_text('schema = 1\n[[advice]]\nid = "folkehlse"\ntake = false\n', "utf-8")
    out = ("--choices", str(path), "--out", str(tmp_path / "ut"))
    assert "folkehlse" in statement(kept, files[1], *out).stderr
    for wrong in ("", "schema = 2", "schema = 1\nown = 3", 'schema = 1\n[[advice]]\nid = "a"\ntake = "ja"'):
        path.write_text(wrong, "utf-8")
        assert isinstance(statement(kept, files[1], *out).exception, InputError), wrong
