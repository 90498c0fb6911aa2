"""The guide for whoever runs it names every setting as it is, and its files can be read."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from fotfeste.settings import VARIABLES, PlanLimits, Serving, Settings


@pytest.fixture
def guide(root: Path) -> str:
    """The text of the guide."""
    return (root / "docs" / "guide" / "drift.md").read_text(encoding="utf-8")


def test_the_table_of_settings_is_that_of_the_program(guide: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`|–) \| (?:`([^`]*)`|tom|[^|]+) \|", guide, re.M)
    table = {name: (variable, default) for name, variable, default in rows}
    limits = {one.name for one in fields(PlanLimits)}
    assert set(table) - {"data_dir"} == {one.name for one in fields(Serving)} | limits
    for name, variable in VARIABLES.items():
        default = getattr(PlanLimits() if name in limits else Serving(), name)
        shown = ",".join(default) if isinstance(default, tuple) else str(default)
        assert table[name] == (variable, shown), name
    assert "FOTFESTE_LANGUAGE" in guide
    assert "FOTFESTE_SETTINGS" in guide


def test_the_example_of_settings_can_be_used(root: Path) -> None:
    folder = root / "docs" / "guide" / "drift"
    lines = (folder / "fotfeste.env").read_text(encoding="utf-8").splitlines()
    variables = dict(line.split("=", 1) for line in lines)
    settings = Settings.from_environment({**variables, "FOTFESTE_SETTINGS": str(folder / "fotfeste.toml")})
    assert settings.serving.secure
    assert settings.serving.proxies == 1
    assert set(tomllib.loads((folder / "fotfeste.toml").read_text())) - {"schema"} <= set(VARIABLES)


def test_the_example_of_a_provider_can_be_used(guide: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", guide, re.S)
    path = tmp_path / "i.toml"
    path.write_text(f"schema = 1\n{example}", encoding="utf-8")
    settings = Settings.from_environment({"FOTFESTE_DATA_DIR": "x", "FOTFESTE_SETTINGS": str(path)})
    assert settings.serving.oidc[0].claims[0][2] == "county_adviser"


def test_every_unit_is_named_in_the_guide_and_starts_a_command_that_is(guide: str, root: Path) -> None:
    units = sorted((root / "docs" / "guide" / "drift").glob("*.service"))
    assert len(units) == 3
    for unit in units:
        assert f"drift/{unit.name}" in guide
        read = configparser.ConfigParser(strict=False, interpolation=None)
        read.optionxform = str  # type: ignore[assignment, method-assign]
        read.read_string(unit.read_text(encoding="utf-8"))
        assert re.search(r"/opt/fotfeste/bin/fotfeste (serve|worker|backup)", read["Service"]["ExecStart"])
        assert read["Service"]["NoNewPrivileges"] == "yes"
        if program := shutil.which("systemd-analyze"):
            done = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True)
            own = [
                line
                for line in done.stderr.splitlines()
                if unit.name in line and "not executable" not in line
            ]
            assert not own, own
