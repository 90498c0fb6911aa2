"""A command starts quickly because it imports only what it uses; the times themselves are in the benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

DOCUMENT_LIBRARIES = {"altair", "docx", "jinja2", "openpyxl", "typst", "vl_convert", "xlsxwriter"}
HEAVY = DOCUMENT_LIBRARIES | {"polars", "pydantic", "numpy", "pandas"}

IMPORTED_BY = """
import json, sys
from fotfeste.cli.main import main
try:
    main()
except SystemExit as leaving:
    assert not leaving.code, leaving.code
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def imported_by(*arguments: str) -> set[str]:
    """The top-level modules that are loaded when a command has run."""
    run = subprocess.run(
        [sys.executable, "-c", IMPORTED_BY, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    return set(json.loads(run.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["recommend", "--help"]], ids=" ".join)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert imported_by(*arguments) & HEAVY == set()


def test_a_recommendation_without_documents_imports_no_document_library() -> None:
    job = ["recommend", "--county", "Telemark", "--year", "2027", "--total", "545", "--json"]
    assert imported_by(*job) & DOCUMENT_LIBRARIES == set()
