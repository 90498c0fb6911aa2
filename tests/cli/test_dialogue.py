"""`fotfeste dialogue`: sheets and forms before the meetings, minutes and a summary after them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.daily import LONG_RUN
from tests.settlement.dialogue.filling import fill

from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_sheet_write import Addressee, write_reply_form

Run = Callable[..., Any]
OSLO = ("dialogue", "--county", "Oslo")
TELEMARK = ("dialogue", "--county", "Telemark")


def test_before_the_meeting_a_sheet_in_three_formats_and_a_form_in_two(run: Run, tmp_path: Path) -> None:
    ran = run(*OSLO, "--out", tmp_path)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Dialogen om bosetting i 2027: 5 filer ligger i ")
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {
        "ark/0301-oslo.html", "ark/0301-oslo.pdf", "ark/0301-oslo.docx",
        "referatskjema/0301-oslo.docx", "referatskjema/0301-oslo.xlsx",
    }  # fmt: skip


def test_a_form_that_may_be_filled_in_is_never_written_over(run: Run, tmp_path: Path) -> None:
    run(*OSLO, "--out", tmp_path)
    form = tmp_path / "referatskjema" / "0301-oslo.xlsx"
    fill(form, {"met_on": date(2026, 11, 3), "note": "Viktig."})
    before = form.read_bytes()
    ran = run(*OSLO, "--out", tmp_path)
    assert ran.code == 0
    assert form.read_bytes() == before
    assert "2 referatskjemaer fantes fra før og er latt stå" in ran.out


def test_after_the_meetings_minutes_and_one_summary(run: Run, tmp_path: Path) -> None:
    run(*TELEMARK, "--out", tmp_path)
    forms = tmp_path / "referatskjema"
    fill(forms / "4003-skien.xlsx", {"met_on": date(2026, 11, 3)}, [("Tolk", "Tolk på dagtid", "", None)])
    ran = run(*TELEMARK, "--minutes", forms, "--out", tmp_path / "etter")
    assert ran.code == 0, ran.err
    assert ran.out.startswith(
        "Det er holdt møte med 1 av 17 kommuner, og ett behov er notert.\nIkke møtt ennå: Porsgrunn, "
    )
    assert "Behovet har ikke både en som følger opp og en frist." in ran.err
    names = {path.name for path in (tmp_path / "etter").rglob("*") if path.is_file()}
    assert names == {
        "4003-skien.html", "4003-skien.pdf", "4003-skien.docx",
        "samlet-referat.html", "samlet-referat.pdf", "samlet-referat.docx", "samlet-referat.xlsx",
    }  # fmt: skip


def test_next_year_the_needs_heard_stand_on_the_sheet(run: Run, tmp_path: Path) -> None:
    run(*OSLO, "--out", tmp_path)
    form = tmp_path / "referatskjema" / "0301-oslo.xlsx"
    fill(form, {"met_on": date(2026, 11, 3)}, [("Tolk", "Tolk på dagtid", "rådgiver", None)])
    ran = run(*OSLO, "--year", 2028, "--last-minutes", form, "--out", tmp_path / "neste")
    assert ran.code == 0, ran.err
    page = (tmp_path / "neste" / "ark" / "0301-oslo.html").read_text("utf-8")
    assert "Tolk på dagtid" in page
    assert "Hva er gjort med behovene vi hørte i forrige møte" in page


def test_wrong_minutes_stop_everything_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    run(*OSLO, "--out", tmp_path)
    form = tmp_path / "referatskjema" / "0301-oslo.xlsx"
    fill(form, {"met_on": "i går"}, [("Fisk", "Mer", "", None)])
    ran = run(*OSLO, "--minutes", form, "--out", tmp_path / "etter")
    assert ran.code == 3
    assert "0301-oslo.xlsx, ark «Referat», celle B" in ran.err
    assert "«Fisk» er ikke et av temaene" in ran.err
    assert not (tmp_path / "etter").exists()


def test_last_years_replies_and_bundle_show_what_became_of_them(run: Run, tmp_path: Path) -> None:
    reply = Reply("0301", {Service.HOUSING: 500}, own_wish=620, texts={"other_needs": "Flere tolker."})
    content = write_reply_form(Addressee("0301", "Oslo"), "03", "Oslo", 2026, date(2025, 11, 1), reply=reply)
    (tmp_path / "svar.xlsx").write_bytes(content)
    bundle = tmp_path / "pakke.json"
    made = run("recommend", "--county", "Oslo", "--year", 2026, "--total", 640, "--bundle", bundle)
    assert made.code == 0, made.err
    ran = run(*OSLO, "--replies", tmp_path / "svar.xlsx", "--bundle", bundle, "--out", tmp_path / "ut")
    assert ran.code == 0, ran.err
    page = (tmp_path / "ut" / "ark" / "0301-oslo.html").read_text("utf-8")
    row = page[page.index("Fra svar til bosatt") :]
    for shown in ("620", "500 (bolig)", "640", "600", "386", "«Flere tolker.»"):
        assert shown in row, shown


@LONG_RUN
def test_a_bundle_for_another_year_is_refused(run: Run, tmp_path: Path) -> None:
    bundle = tmp_path / "pakke.json"
    run("recommend", "--county", "Oslo", "--year", 2027, "--total", 640, "--bundle", bundle)
    ran = run(*OSLO, "--bundle", bundle, "--out", tmp_path / "ut")
    assert ran.code == 3
    assert "Pakken gjelder Oslo i 2027, men dialogen om 2027 trenger fylkets pakke for 2026." in ran.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--county", "Oslo"), "--out"),
        (("--county", "Utopia", "--out", "x"), "Utopia"),
        (
            ("--county", "Oslo", "--out", "x", "--minutes", "a", "--replies", "b"),
            "--minutes brukes etter møtene",
        ),
        (("--county", "Oslo", "--out", "x", "--questions", "borte.toml"), "borte.toml"),
        (("--county", "Oslo", "--out", "x", "--year", "1999"), "1999"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("dialogue", *options)
    assert ran.code in (2, 3)
    assert said in ran.err
    assert not (tmp_path / "x").exists()


def test_progress_is_told_when_asked_for(run: Run, tmp_path: Path) -> None:
    assert "[5/5] referatskjema/0301-oslo.xlsx" in run(*OSLO, "--out", tmp_path, "--verbose").err


def test_the_command_explains_itself_in_bokmaal(run: Run) -> None:
    ran = run("dialogue", "--help")
    assert ran.out.startswith("Bruk: fotfeste dialogue ")
    assert "--last-minutes" in ran.out


@LONG_RUN
def test_the_same_date_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(*OSLO, "--out", tmp_path / name, "--issued", "2026-11-21")
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("a", "b")
    )
    assert first == second
