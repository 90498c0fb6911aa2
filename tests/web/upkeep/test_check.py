"""`fotfeste check` finds what is wrong, and each fault has a way out."""

from __future__ import annotations

import json
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from fotfeste.settings import Serving
from fotfeste.web.upkeep import checking
from fotfeste.web.upkeep.checking import Finding
from tests.daily import LONG_RUN
from tests.web.upkeep.conftest import Make
from tests.web.upkeep.installation import Installation


def _faults(found: list[Finding]) -> list[str]:
    for one in found:
        assert one.well or one.remedy is not None, f"{one.code} has no way out"
        assert not one.well or one.remedy is None
    return [one.code for one in found if not one.well]


def test_an_installation_that_is_well_passes_and_one_that_is_not_says_why(installation: Installation) -> None:
    installation.prepare()
    done = installation.run("check", check=not installation.hasty)
    assert done.stdout.count("✗") == len(installation.hasty)
    assert done.stdout.count("✓") >= 8
    (installation.folder / "secret_key").chmod(0o644)
    (installation.folder / "restoring-20260101000000").mkdir()
    done = installation.run("check", check=False)
    assert done.returncode == 8
    assert "chmod 600" in done.stdout
    assert "gjenoppretting er avbrutt" in done.stdout
    content = json.loads(installation.run("check", "--json", check=False).stdout)
    assert content["ok"] is False
    faults = {one["check"] for one in content["checks"] if not one["ok"]}
    assert faults == {"folder.open", "folder.restoring", *installation.hasty}


def test_a_folder_without_a_database_is_told_of_and_none_is_made(make_installation: Make) -> None:
    installation = make_installation("sqlite")
    done = installation.run("check", check=False)
    assert done.returncode == 8
    assert "ingen database" in done.stdout
    assert not (installation.folder / "arbeidsflate.sqlite3").exists()
    done = installation.run("worker", check=False)
    assert done.returncode == 8
    assert not (installation.folder / "arbeidsflate.sqlite3").exists()


def test_a_database_that_cannot_be_reached_is_told_of(make_installation: Make) -> None:
    folder = make_installation("sqlite").folder
    folder.mkdir()
    done = Installation(folder, "postgresql://fotfeste:hemmelig@127.0.0.1:1/fotfeste").run(
        "check", check=False
    )
    assert done.returncode == 8
    assert "DATABASE_URL" in done.stdout
    assert "hemmelig" not in done.stdout + done.stderr


@LONG_RUN
def test_a_damaged_embedded_database_is_found(make_installation: Make) -> None:
    installation = make_installation("sqlite")
    installation.prepare()
    path = installation.folder / "arbeidsflate.sqlite3"
    content = bytearray(path.read_bytes())
    for at in range(3 * 4096, len(content), 4096):
        content[at : at + 64] = b"\xaa" * 64
    path.write_bytes(bytes(content))
    done = installation.run("check", check=False)
    assert done.returncode == 8
    assert "✗ Databasefilen er skadet." in done.stdout or "✗ Databasen" in done.stdout


def test_settings_that_do_not_go_together_are_found() -> None:
    assert _faults(list(checking.check_settings(Serving()))) == []
    open_address = Serving(base_url="http://fotfeste.example.no")
    assert _faults(list(checking.check_settings(open_address))) == ["settings.https", "settings.email"]
    without_proxy = Serving(base_url="https://fotfeste.example.no", email_url="smtp://post")
    assert _faults(list(checking.check_settings(without_proxy))) == ["settings.proxies"]
    whole = Serving(base_url="https://fotfeste.example.no", email_url="smtp://post", proxies=1)
    assert _faults(list(checking.check_settings(whole))) == []


def test_a_disk_that_is_nearly_full_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    for free, faults in ((checking.LEAST_FREE, []), (checking.LEAST_FREE - 1, ["disk"])):
        monkeypatch.setattr(checking.shutil, "disk_usage", lambda _, free=free: usage(10**12, 0, free))
        assert _faults(list(checking.check_disk(tmp_path))) == faults


def test_a_folder_that_is_not_there_is_found(tmp_path: Path) -> None:
    assert _faults(list(checking.check_folder(tmp_path / "mangler"))) == ["folder"]


@pytest.mark.django_db
def test_a_clock_behind_what_is_recorded_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from fotfeste.web.rights.declared import Actor, Thing
    from fotfeste.web.rights.roles import Kind
    from fotfeste.web.trace import services

    assert _faults(list(checking.check_clock())) == []
    services.record(Actor(), "probe.seen", Thing(Kind.JOURNAL))
    assert _faults(list(checking.check_clock())) == []
    monkeypatch.setattr(checking.timezone, "now", lambda now=timezone.now: now() - timedelta(minutes=5))
    assert _faults(list(checking.check_clock())) == ["clock"]


@pytest.mark.django_db
def test_a_trace_that_was_changed_is_found() -> None:
    from fotfeste.web.rights.declared import Actor, Thing
    from fotfeste.web.rights.roles import Kind
    from fotfeste.web.trace import services
    from fotfeste.web.trace.fixed import lifted

    for _ in range(2):
        services.record(Actor(), "probe.seen", Thing(Kind.JOURNAL))
    assert _faults(list(checking.check_trace())) == []
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE trace_entry SET act = 'probe.other' WHERE number = 1")
    assert _faults(list(checking.check_trace())) == ["trace"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["trace_entry_stays", "trace_entry_same", "trace_entry_next"])
def test_a_trace_that_the_database_no_longer_protects_is_found(name: str) -> None:
    from fotfeste.web.trace.fixed import fix

    on = " ON trace_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert _faults(list(checking.check_trace())) == ["trace.guarded"]
    fix(connection)
    assert _faults(list(checking.check_trace())) == []


@pytest.mark.django_db
def test_triggers_that_do_not_fire_or_stand_on_another_table_protect_nothing() -> None:
    from fotfeste.web.trace.fixed import lift

    if connection.vendor != "postgresql":
        lift(connection)
        names = ("trace_entry_stays", "trace_entry_same", "trace_entry_next")
        acts = [f"CREATE TRIGGER {one} BEFORE DELETE ON people_user BEGIN SELECT 1; END" for one in names]
    else:
        acts = [
            "CREATE SCHEMA put_aside",
            "CREATE TABLE put_aside.trace_entry (number int)",
            *(
                f"CREATE TRIGGER {one} BEFORE UPDATE ON put_aside.trace_entry "
                "FOR EACH STATEMENT EXECUTE FUNCTION trace_entry_refuse()"
                for one in ("trace_entry_stays", "trace_entry_same", "trace_entry_next")
            ),
            "ALTER TABLE trace_entry DISABLE TRIGGER trace_entry_same",
        ]
    with connection.cursor() as cursor:
        for act in acts:
            cursor.execute(act)
    assert _faults(list(checking.check_trace())) == ["trace.guarded"]


@pytest.mark.django_db
def test_the_protection_is_put_back_when_the_workspace_starts_and_that_is_told() -> None:
    from fotfeste.web.trace.fixed import lift, standing
    from fotfeste.web.upkeep.preparing import upgrade

    told: list[str] = []
    lift(connection)
    upgrade(lambda what: told.append(what.text))
    upgrade(lambda what: told.append(what.text))
    assert standing(connection)
    assert len(told) == 1


@pytest.mark.django_db
def test_work_that_nobody_does_is_found() -> None:
    from fotfeste.web.jobs.models import Job

    assert _faults(list(checking.check_jobs())) == []
    job = Job.objects.create(kind="probe", key="1")
    assert _faults(list(checking.check_jobs())) == []
    Job.objects.filter(pk=job.pk).update(submitted_at=timezone.now() - timedelta(hours=1))
    assert _faults(list(checking.check_jobs())) == ["jobs"]
    Job.objects.create(kind="probe", key="2", state="running", lease_until=timezone.now())
    assert _faults(list(checking.check_jobs())) == []


@pytest.mark.django_db
def test_a_check_that_the_database_fails_is_a_fault_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> list[Finding]:
        raise OperationalError("borte: kari@example.no")

    monkeypatch.setattr(checking, "check_trace", away)
    found = list(checking.findings())
    assert any(one.code.endswith(".failed") for one in found)
    assert any(one.code == "data" for one in found)
    assert "kari" not in " ".join(str(one.what) for one in found)


@pytest.mark.django_db
def test_figures_that_are_damaged_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from fotfeste.errors import Problem
    from fotfeste.messages import msg

    assert _faults(list(checking.check_data())) == []
    problem = Problem("data.checksum", msg("feil"))
    monkeypatch.setattr("fotfeste.statistics.store.problems_of", lambda *_: [problem])
    assert _faults(list(checking.check_data())) == ["data"]
