"""`fotfeste plans import` with what other programs have made: projects, codebooks and tables of codings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.plans.exchange.made import (
    MAXQDA,
    TEXT,
    Project,
    code,
    codebook,
    guid,
    highlight,
    pieces_of,
    taguette,
)

from fotfeste.cli.plans import plans
from fotfeste.errors import FotfesteError, InputError
from fotfeste.settings import PlanLimits, Settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: str, limits: PlanLimits | None = None) -> Result:
        settings = Settings(tmp_path / "data", plans=limits or PlanLimits())
        done = CliRunner().invoke(plans, list(arguments), obj=settings)
        if done.exception is not None and not isinstance(done.exception, FotfesteError | SystemExit):
            raise done.exception
        return done

    return call


@pytest.fixture
def project(tmp_path: Path) -> str:
    made = Project(MAXQDA, codes=code("Distrikt", key=guid("k1")) + code("Min egen", key=guid("k2")))
    pieces = pieces_of(TEXT)
    made.text(
        "Plan",
        TEXT,
        made.selections(TEXT, pieces[:2], guid("k1")) + made.selections(TEXT, pieces[2:5], guid("k2")),
    )
    path = tmp_path / "prosjekt.qdpx"
    path.write_bytes(made.packed())
    return str(path)


def _exchange(done: Result) -> dict[str, object]:
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)["exchange"]
    assert isinstance(found, dict)
    return found


def test_codings_are_entered_where_the_name_of_the_code_is_ours_and_the_others_are_told_of(
    run: Run, project: str
) -> None:
    found = _exchange(run("import", project, "--json"))
    assert (found["codings_new"], found["codings_without_code"]) == (2, {"Min egen": 3})
    again = _exchange(run("import", project, "--json"))
    assert (again["codings_new"], again["codings_known"]) == (0, 2)


def test_the_projects_own_codebook_takes_all_its_codings_and_has_a_log_of_its_own(
    run: Run, project: str, tmp_path: Path
) -> None:
    book = tmp_path / "kodebok.toml"
    found = _exchange(run("import", project, "--codebook-out", str(book), "--json"))
    assert (found["codings_new"], found["codings_without_code"]) == (5, {})
    (document,) = json.loads(run("import", "--json").output)["documents"]
    counted = json.loads(run("code", document["id"], "--codebook", str(book), "--json").output)["codes"]
    assert {one["code"] for one in counted if one["accepted"]} == {"distrikt", "min-egen"}
    assert len(list((tmp_path / "data" / "plans").glob("coding-*.jsonl"))) == 1


def test_names_of_people_are_shown_to_people_and_kept_nowhere(run: Run, project: str, tmp_path: Path) -> None:
    done = run("import", project)
    assert "Oppdiktet Person" in done.output
    assert "Oppdiktet Person" not in run("import", project, "--json").stdout
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"Oppdiktet Person" in path.read_bytes() for path in kept)


def test_a_project_from_taguette_gives_text_and_codings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "taguette.sqlite3"
    path.write_bytes(taguette(*highlight(1, "Norsk & skule", 2), *highlight(2, "er viktig.", 1)))
    found = _exchange(run("import", str(path), "--codebook-out", str(tmp_path / "t.toml"), "--json"))
    assert found["codings_new"] == 2


def test_a_codebook_alone_is_kept_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bok.qdc"
    path.write_bytes(codebook(code("Alfa", code("Beta"))))
    assert "--codebook-out" in run("import", str(path)).output
    assert "ligger i" in run("import", str(path), "--codebook-out", str(tmp_path / "b.toml")).output
    assert 'id = "beta"' in (tmp_path / "b.toml").read_text("utf-8")


def test_codings_that_are_written_out_come_in_again_elsewhere(run: Run, project: str, tmp_path: Path) -> None:
    run("import", project)
    out = tmp_path / "ut"
    assert run("export", "--out", str(out)).exit_code == 0
    for log in (tmp_path / "data" / "plans").glob("coding-*.jsonl"):
        log.unlink()
    found = _exchange(run("import", str(out / "kodinger.csv"), "--json"))
    assert found["codings_new"] == 2


def test_files_that_cannot_be_read_do_not_keep_the_others_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tom.pdf").write_bytes(b"")
    (tmp_path / "plan.md").write_text("# Mål\n\nFlere i arbeid.\n", "utf-8")
    done = run("import", str(tmp_path / "tom.pdf"), str(tmp_path / "plan.md"), str(tmp_path / "mangler.pdf"))
    assert isinstance(done.exception, InputError)
    assert [one.code for one in done.exception.problems] == ["plan.empty", "plan.absent"]
    assert [one["file"] for one in json.loads(run("import", "--json").output)["documents"]] == ["plan.md"]


def test_a_file_over_the_bound_of_the_installation_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "stor.txt").write_bytes(b"ord " * 300_000)
    done = run("import", str(tmp_path / "stor.txt"), limits=PlanLimits(plan_megabytes=1))
    assert isinstance(done.exception, InputError)
    assert done.exception.code == "plan.huge"


@pytest.mark.parametrize(
    ("name", "content"), [("a.qdpx", b"PK nei"), ("a.qdc", b"<x"), ("a.csv", b"navn,alder\nA,2\n"), ("a.sqlite3", b"nei")]
)  # fmt: skip
def test_what_is_no_project_is_refused_and_nothing_is_kept(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    assert isinstance(run("import", str(tmp_path / name)).exception, InputError)
    assert not (tmp_path / "data").exists()
