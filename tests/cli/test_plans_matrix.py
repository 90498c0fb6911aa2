"""`fotfeste plans matrix`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from fotfeste.cli.plans import plans
from fotfeste.settings import Settings


def test_names_of_rows_from_a_file_are_no_formulas_in_a_spreadsheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOTFESTE_DATA_DIR", str(tmp_path))
    shipped = files("fotfeste.plans.coverage").joinpath("settings.toml").read_text("utf-8")
    own = tmp_path / "dekning.toml"
    own.write_text(shipped.replace('id = "knowledge_base"', 'id = "=HYPERLINK(1)"', 1), "utf-8")
    asked = ["matrix", "--county", "Telemark", "--settings", str(own), "--csv"]
    done = CliRunner().invoke(plans, asked, obj=Settings.from_environment())
    assert done.exit_code == 0, done.output
    assert 0 < done.output.count("=HYPERLINK") == done.output.count("'=HYPERLINK")
