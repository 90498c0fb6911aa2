"""`fotfeste plans diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fotfeste.cli.plans import plans
from fotfeste.errors import InputError
from fotfeste.settings import Settings

OLD = """# Mål

Flere innvandrere skal være i arbeid innen fem år etter bosetting.

Kommunen skal bosette flyktninger i hele kommunen, ikke bare i sentrum.

# Tiltak

=HYPERLINK er ikke noe tiltak, men står her som en prøve på regneark.

Alle innvendinger mot planen er besvart i saksframlegget fra i fjor.
"""
NEW = """# Mål

Flere innvandrere skal være i arbeid innen fem år etter bosetting.

Kommunen skal bosette flyktninger i hele kommunen og særlig i distriktene.

# Tiltak

Frivilligsentralen inviterer nyankomne til møteplasser hver uke.
"""


@pytest.fixture
def both(tmp_path: Path) -> list[str]:
    for name, text in (("gammel.md", OLD), ("ny.md", NEW)):
        (tmp_path / name).write_text(text, "utf-8")
    return [str(tmp_path / "gammel.md"), str(tmp_path / "ny.md")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(plans, ["diff", *arguments], obj=Settings.from_environment())


def test_each_passage_is_told_with_what_became_of_it(both: list[str]) -> None:
    done = run(*both, "--json")
    found = json.loads(done.output)
    assert found["counts"] == {"stayed": 3, "changed": 1, "moved": 0, "vanished": 2, "new": 1}


def test_only_what_is_asked_about_is_shown_and_look_alikes_are_not(both: list[str]) -> None:
    rows = json.loads(run(*both, "--about", "innv*", "--json").output)["passages"]
    assert [row["change"] for row in rows] == ["stayed"]
    rows = json.loads(run(*both, "--only", "new", "--json").output)["passages"]
    assert [row["after"][:5] for row in rows] == ["Frivi"]


def test_words_of_a_plan_are_no_formula_in_a_spreadsheet(both: list[str]) -> None:
    output = run(*both, "--csv").output
    assert output.count("HYPERLINK") == output.count("'=HYPERLINK") == 1


def test_goals_are_followed_through_the_generations(both: list[str]) -> None:
    done = run(*both, both[1], "--goals")
    assert "uendret" in done.output
    assert "omskrevet" in done.output
    assert "2 av 2 mål er gjentatt uendret." in done.output


def test_a_table_for_people_leaves_out_what_stayed(both: list[str]) -> None:
    done = run(*both)
    assert "Flere innvandrere" not in done.output
    assert "forsvunnet" in done.output


def test_one_file_or_a_file_that_is_not_there_is_told_of(both: list[str], tmp_path: Path) -> None:
    assert run(both[0]).exit_code == 2
    assert run(*both, both[0]).exit_code == 2
    assert isinstance(run(both[0], str(tmp_path / "borte.pdf")).exception, InputError)
