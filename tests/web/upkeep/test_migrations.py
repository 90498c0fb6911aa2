"""The tables are those of the models, and what an earlier release stored comes along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from fotfeste.web.upkeep import archive
from tests.web.upkeep.conftest import Make
from tests.web.upkeep.test_backup import told

STORED = sorted((Path(__file__).parents[1] / "stored").glob("*.zip"))


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_database_of_each_earlier_release_is_upgraded_whole(make_installation: Make) -> None:
    assert STORED, "python tools/store_database.py stores the database of this version"
    for stored in STORED:
        installation = make_installation()
        with archive.reading(stored) as (_, manifest):
            rows = manifest.rows
        installation.run("restore", str(stored))
        held = told(installation)
        assert len(held["people"]) == rows["people_user"], stored.name
        assert len(held["trace"]) == rows["trace_entry"], stored.name
        assert held["guarded"], stored.name
        checks = json.loads(installation.run("check", "--json", check=False).stdout)["checks"]
        faults = {one["check"] for one in checks if not one["ok"]}
        # No anchors come with a stored database, and the work that waited in it has waited since.
        assert faults <= {"trace", "jobs", *installation.hasty}, stored.name
