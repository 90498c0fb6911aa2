"""The example notebooks run as they stand, with no network, and answer what they ask."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fotfeste.reports.profiles import open_knowledge
from tests.daily import LONG_RUN

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "examples").glob("*.ipynb"))
TELEMARK = ROOT / "docs" / "examples" / "andelen-innvandrere-i-telemark.ipynb"
NO_NETWORK = """import socket
_connect = socket.socket.connect
def _refused(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "localhost", "::1"):
        raise OSError(f"the example reaches out to {address}")
    return _connect(self, address)
socket.socket.connect = _refused
"""


def run(path: Path) -> Any:
    """Return the notebook as it is after every cell has run; raises what a cell raises."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(NO_NETWORK))
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return notebook


def test_there_is_an_example() -> None:
    assert TELEMARK in NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_well_formed_and_holds_no_old_answers(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells)


def test_from_question_to_picture_is_ten_lines() -> None:
    notebook = nbformat.read(TELEMARK, as_version=4)
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    lines = [line for line in first.splitlines() if line.strip()]
    assert len(lines) == len(ast.parse(first).body) == 10
    assert all(len(line) <= 88 for line in lines)


@LONG_RUN
def test_the_share_of_immigrants_in_telemark_is_answered_with_a_sentence_and_a_picture() -> None:
    notebook = run(TELEMARK)
    _, first, rows, sources = [cell for cell in notebook.cells if cell.cell_type == "code"]
    said = "".join(one.text for one in first.outputs if one.output_type == "stream")
    (picture,) = [one.data["image/svg+xml"] for one in first.outputs if "data" in one]
    assert said.startswith("Innvandrere som andel av folketallet")
    assert "Telemark" in picture
    assert picture.lstrip().startswith(("<svg", "<?xml"))
    known = open_knowledge(None, date(2026, 11, 21))
    now = known.figure("immigrant_share", known.place("40")).figure.value
    assert now is not None
    assert f"{float(now):.6f}".rstrip("0") in rows.outputs[0].data["text/html"].replace("&quot;", "")
    assert "CC BY 4.0" in sources.outputs[0].text
    assert all(one.output_type != "error" for cell in (first, rows, sources) for one in cell.outputs)
