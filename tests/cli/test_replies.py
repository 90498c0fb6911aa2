"""`fotfeste replies`: forms out, status or errors back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fotfeste.regions import load_regions
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_sheet_write import Addressee, write_reply_form

Run = Callable[..., Any]
TELEMARK = ("--county", "Telemark", "--year", 2027)


def filled(folder: Path, reply: Reply, name: str) -> None:
    content = write_reply_form(
        Addressee(reply.code, name), "40", "Telemark", 2027, date(2026, 11, 21), reply=reply
    )
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.xlsx").write_bytes(content)


def test_a_form_for_every_municipality_and_one_collected(run: Run, tmp_path: Path) -> None:
    ran = run(
        "replies", "template", *TELEMARK, "--out", tmp_path / "ut", "--collected", tmp_path / "alle.xlsx"
    )
    assert ran.code == 0, ran.err
    forms = sorted(path.name for path in (tmp_path / "ut").iterdir())
    assert len(forms) == len(load_regions().municipalities(2027, "40")) == 17
    assert forms[0] == "svarskjema-2027-4001-porsgrunn.xlsx"
    assert f"17 svarskjemaer ligger i {tmp_path / 'ut'}" in ran.out
    assert f"Ett svarskjema ligger i {tmp_path}" in ran.out
    assert run("replies", "check", tmp_path / "ut", *TELEMARK).out.startswith("0 av 17 kommuner har svart.")
    assert run("replies", "check", tmp_path / "alle.xlsx", *TELEMARK).code == 0


def test_the_form_carries_what_is_known_from_before(run: Run, tmp_path: Path) -> None:
    run("replies", "template", *TELEMARK, "--out", tmp_path)
    book = load_workbook(tmp_path / "svarskjema-2027-4010-siljan.xlsx")
    rows = {row[0]: row[1:] for row in book["Tall fra før"].iter_rows(min_row=5, values_only=True)}
    assert rows["2024"][:3] == (30, 10, 10)
    assert rows["2025"][2] == ":", "a hidden figure stays hidden"
    assert rows["2026"][0] == "-"
    assert rows["2026"][3] == "Status 28. september 2026"


def test_a_form_hides_one_to_four_settled_that_the_source_shows(run: Run, tmp_path: Path) -> None:
    """Måsøy in 2023."""
    county = ("--county", "Finnmark", "--year", 2027)
    ran = run("replies", "template", *county, "--out", tmp_path)
    assert ran.code == 0, ran.err
    book = load_workbook(next(path for path in tmp_path.iterdir() if "5618" in path.name))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True) if row[0] == "2023"]
    assert [row[3] for row in rows] == [":"]


def test_the_same_date_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(
            "replies",
            "template",
            *TELEMARK,
            "--collected",
            tmp_path / f"{name}.xlsx",
            "--issued",
            "2026-11-21",
        )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_form_that_may_hold_answers_is_never_written_over(run: Run, tmp_path: Path) -> None:
    run("replies", "template", *TELEMARK, "--out", tmp_path)
    answered = tmp_path / "svarskjema-2027-4003-skien.xlsx"
    answered.write_bytes(b"answers")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ran = run("replies", "template", *TELEMARK, "--out", tmp_path)
    assert ran.code == 6
    assert "kan inneholde svar" in ran.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_status_says_who_answered_and_what_is_tight(run: Run, tmp_path: Path) -> None:
    capacity = {Service.HOUSING: 60, Service.ADULT_EDUCATION: 45}
    filled(tmp_path, Reply("4003", capacity, own_wish=50, approved_by="kommunedirektør"), "skien")
    filled(tmp_path, Reply("4032", own_wish=0), "fyresdal")
    ran = run("replies", "check", tmp_path, *TELEMARK)
    assert ran.code == 0
    assert ran.out.startswith("2 av 17 kommuner har svart.")
    rows = {line.split()[0]: line.split() for line in ran.out.splitlines() if line}
    assert rows["Skien"] == ["Skien", "50", "45", "voksenopplæring", "21", "kommunedirektør"]
    assert rows["Fyresdal"] == ["Fyresdal", "0", "24", "ikke", "oppgitt"]
    assert "Har ikke svart (ukjent, ikke null): Porsgrunn, Notodden" in ran.out


def test_all_errors_are_shown_with_file_sheet_and_cell(run: Run, tmp_path: Path) -> None:
    filled(tmp_path, Reply("4003", own_wish=50), "skien")
    book = load_workbook(tmp_path / "skien.xlsx")
    sheet = book["Svar"]
    rows = {sheet.cell(row, 4).value: row for row in range(1, sheet.max_row + 1)}
    sheet.cell(rows["housing"], 2).value = "ca. 20"
    sheet.cell(rows["school"], 2).value = "=5+5"
    book.save(tmp_path / "skien.xlsx")
    content = (tmp_path / "skien.xlsx").read_bytes()
    ran = run("replies", "check", tmp_path, *TELEMARK)
    assert ran.code == 3
    assert ran.out == ""
    assert f"skien.xlsx, ark «Svar», celle B{rows['housing']}: «ca. 20» er ikke et helt tall." in ran.err
    assert f"skien.xlsx, ark «Svar», celle B{rows['school']}: Cellen inneholder en formel." in ran.err
    assert "2 steder i svarene må rettes." in ran.err
    assert (tmp_path / "skien.xlsx").read_bytes() == content


def test_template_needs_to_know_where(run: Run) -> None:
    ran = run("replies", "template", *TELEMARK)
    assert ran.code == 2
    assert "--out" in ran.err
    assert "--collected" in ran.err
