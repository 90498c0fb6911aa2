"""What must hold of files from outside and of whole requests on the embedded figures."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fotfeste.errors import FotfesteError
from fotfeste.regions import load_regions
from fotfeste.settlement import read_criteria, recommend, shown_explanation
from fotfeste.settlement.as_data import recommendation_as_data
from fotfeste.settlement.reply_form import FormValue, load_reply_form, values_of
from fotfeste.settlement.reply_sheet import read_reply_sheets
from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet, write_reply_form
from fotfeste.settlement.result import Recommendation
from fotfeste.statistics import Store, open_store, read_user_indicators

from . import made
from .explained import LANGUAGES, assert_explained_refusal, assert_text
from .made import Case

YEAR = 2027
SKIEN = "4003"
REGIONS = load_regions()
TELEMARK = [Addressee(one.code, one.name) for one in REGIONS.municipalities(YEAR, "40")]


@cache
def store() -> Store:
    return open_store()


def reads_criteria(case: Case) -> str:
    """A criteria file is read with shares that make a whole, or refused with every fault told."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kriterier.toml"
        path.write_bytes(case["text"].encode(case["encoding"], errors="replace"))
        try:
            read = read_criteria(path)
        except FotfesteError as refusal:
            return assert_explained_refusal(refusal, case)
    assert sum(one.share for one in read.criteria) == 1
    assert all(0 <= one.share <= 1 for one in read.criteria)
    return "read"


def reads_sheets(case: Case) -> str:
    """A reply sheet with anything written into it is read, or refused cell by cell; what was read is in the form."""
    from openpyxl import load_workbook

    issued = date(2026, 11, 21)
    collected = case["layout"] == "collected"
    content = (
        write_collected_sheet(TELEMARK, "40", "Telemark", YEAR, issued)
        if collected
        else write_reply_form(
            next(one for one in TELEMARK if one.code == SKIEN), "40", "Telemark", YEAR, issued
        )
    )
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for answer in case["answers"]:
        _answer(sheet, answer, collected=collected)
    for cell in case["cells"]:
        _write(sheet.cell(cell["row"], cell["column"]), cell["value"])
    if case["merged"]:
        sheet.merge_cells(case["merged"])
    saved = io.BytesIO()
    book.save(saved)
    raw = bytearray(saved.getvalue())
    for place, value in case["bytes"]:
        raw[place % len(raw)] = value
    with TemporaryDirectory() as folder:
        path = Path(folder) / "svar.xlsx"
        path.write_bytes(raw)
        try:
            reading = read_reply_sheets([path], "40", YEAR, REGIONS)
        except FotfesteError as refusal:
            return assert_explained_refusal(refusal, case)
    fields = {one.id: one for one in load_reply_form().fields}
    for code, reply in reading.replies.by_code.items():
        assert code in {one.code for one in TELEMARK}
        for name, value in values_of(reply).items():
            assert isinstance(value, FormValue)
            if isinstance(value, int):
                assert 0 <= value <= fields[name].most
    assert {one.code for one in reading.unanswered} == {one.code for one in TELEMARK} - set(
        reading.replies.by_code
    )
    for notice in reading.notices:
        assert_text(notice.what, json.dumps(case, ensure_ascii=False))
    return "read"


def _answer(sheet: Any, answer: Case, *, collected: bool) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == answer["field"]:
                line = next((one.row for one in sheet["A"] if one.value == answer["code"]), None)
                if not collected:
                    _write(sheet.cell(cell.row, 2), answer["value"])
                elif line is not None:
                    _write(sheet.cell(line, cell.column), answer["value"])
                return


def _write(cell: Any, value: Any) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.utils.exceptions import IllegalCharacterError

    if isinstance(cell, MergedCell):
        return
    try:
        cell.value = value
    except IllegalCharacterError:
        cell.value = None


def reads_figures(case: Case) -> str:
    """A file of figures is read for every municipality of the county, or refused cell by cell."""
    with TemporaryDirectory() as folder:
        path = write_figures(Path(folder), case)
        try:
            read = read_user_indicators(path, [one.code for one in TELEMARK], YEAR, regions=REGIONS)
        except FotfesteError as refusal:
            return assert_explained_refusal(refusal, case)
    for name in read.indicators:
        assert all(read.has(name, one.code) for one in TELEMARK)
        for source in read.sources(name):
            assert source.agency
            assert source.title
    return "read"


def write_figures(folder: Path, case: Case) -> Path:
    """Write rows as a workbook or as separated text."""
    if case.get("workbook"):
        from openpyxl import Workbook

        book = Workbook()
        for at_row, row in enumerate(case["rows"], 1):
            for at_column, value in enumerate(row, 1):
                _write(book.active.cell(at_row, at_column), value)
        path = folder / "tall.xlsx"
        book.save(path)
        return path
    text = io.StringIO()
    csv.writer(text, delimiter=case.get("separator", ";")).writerows(case["rows"])
    path = folder / "tall.csv"
    path.write_bytes(text.getvalue().encode(case.get("encoding", "utf-8"), errors="replace"))
    return path


def recommends(case: Case) -> str:
    """A whole request gives numbers that add up and can be told, twice the same, or a refusal that explains itself."""
    with TemporaryDirectory() as folder:
        try:
            found = _recommended(case, Path(folder))
        except FotfesteError as refusal:
            return assert_explained_refusal(refusal, case)
        assert _recommended(case, Path(folder)) == found
    assert_told(found, case)
    return "answered"


def _recommended(case: Case, folder: Path) -> Recommendation:
    said, data = case["criteria"], case["data"]
    path = folder / "kriterier.toml"
    if "\n" in said:
        path.write_text(said, "utf-8")
    return recommend(
        case["county"],
        case["year"],
        case["total"],
        minors=case["minors"],
        criteria=path if "\n" in said else said,
        replies=None
        if case["replies"] is None
        else made.replies(case["replies"], case["county"], case["year"]),
        data=None if data is None else write_figures(folder, {"rows": data}),
        store=store(),
        regions=REGIONS,
    )


def assert_told(found: Recommendation, case: Case) -> None:
    """Fail unless the numbers sum, the explanations add up as exact and as shown, and all can be put into words."""
    written = json.dumps(case, ensure_ascii=False)
    ones = found.municipalities
    assert sum(one.recommended for one in ones) == case["total"]
    assert sum(one.minors for one in ones) == case["minors"]
    assert min(one.recommended for one in ones) >= 0
    for one in ones:
        parts = one.explanation
        assert 0 <= one.minors <= one.recommended
        assert sum((part.persons for part in parts.contributions), Fraction(0)) == parts.ideal
        effects = sum(effect.persons for effect in parts.rule_effects)
        assert parts.ideal + parts.rounding + effects + parts.interaction + parts.minors == one.recommended
        assert sum(row.persons for row in shown_explanation(one).rows) == one.recommended
        if one.possible is not None:
            low, high = one.possible
            assert 0 <= low <= one.recommended <= high <= case["total"]
            assert low < high
        for bound in parts.bindings:
            assert_text(bound.reason, written)
    for note in (*found.notes, *found.before_deciding):
        assert_text(note, written)
    for words in LANGUAGES:
        json.dumps(recommendation_as_data(found, words), allow_nan=False)
