"""`fotfeste audit`, as whoever answers for the installation meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from fotfeste.errors import NotTheSame
from fotfeste.web.commands.audit import audit
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace import documents, fixed
from fotfeste.web.trace.models import CaseDocument, Entry
from fotfeste.web.trace.services import record

pytestmark = pytest.mark.django_db
Run = Callable[..., Result]


@pytest.fixture
def run(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    own = replace(django_settings.FOTFESTE, data_dir=tmp_path)
    settings.FOTFESTE = own
    monkeypatch.setattr("fotfeste.web.commands.starting.start_django", lambda _: None)

    def run(*words: str, **values: Any) -> Result:
        return CliRunner().invoke(audit, [*words], obj=own, **values)

    return run


def write(count: int) -> None:
    for number in range(count):
        record(Actor(), "round.changed", Thing(Kind.ROUND, f"runde-{number}", county="40"))


def intrude(statement: str) -> None:
    fixed.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_whole_trace_is_said_to_be_whole(run: Run) -> None:
    write(3)
    answer = run("verify")
    assert answer.exit_code == 0
    assert "3 rader er kontrollert" in answer.output
    assert "ingen ankre" in answer.output
    run("anchor")
    assert "Sammenlignet med 1 anker" in run("verify").output


def test_a_changed_row_is_named_and_the_code_is_7(run: Run) -> None:
    write(3)
    intrude("UPDATE trace_entry SET act = 'x' WHERE number = 2")
    answer = run("verify")
    assert isinstance(answer.exception, NotTheSame)
    assert answer.exception.exit_code == 7
    assert "Rad 2 er endret" in str(answer.exception)
    as_json = run("verify", "--json")
    assert as_json.exit_code == 7
    content = json.loads(as_json.output)
    assert (content["ok"], content["findings"][0]["fault"], content["findings"][0]["number"]) == (
        False,
        "changed",
        2,
    )


def test_rows_that_were_cut_off_are_found_by_an_anchor_that_was_kept_elsewhere(
    run: Run, tmp_path: Path
) -> None:
    write(3)
    elsewhere = tmp_path / "elsewhere" / "anker.jsonl"
    assert run("anchor", "--to", str(elsewhere)).exit_code == 0
    (tmp_path / "sporanker.jsonl").unlink()
    intrude("DELETE FROM trace_entry WHERE number = 3")
    assert run("verify").exit_code == 0
    answer = run("verify", "--anchor", str(elsewhere))
    assert isinstance(answer.exception, NotTheSame)
    assert "Slutten mangler" in str(answer.exception)


def test_an_anchor_file_that_was_tampered_with_is_told(run: Run, tmp_path: Path) -> None:
    write(2)
    path = tmp_path / "anker.jsonl"
    run("anchor", "--to", str(path))
    path.write_text(path.read_text().replace('"number":2', '"number":1'))
    found = {
        one["fault"] for one in json.loads(run("verify", "--anchor", str(path), "--json").output)["findings"]
    }
    assert found == {"forged", "other"}


def test_the_trace_is_shown_newest_last_and_as_json(run: Run) -> None:
    write(5)
    lines = run("show", "--limit", "2").output.splitlines()
    assert [line.split()[0] for line in lines] == ["4", "5"]
    found = [json.loads(line) for line in run("show", "--object", "runde-1", "--json").output.splitlines()]
    assert [(one["number"], one["detail"]) for one in found] == [(2, {})]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert run("show", "--since", tomorrow).output == ""


def test_working_copies_are_shown_first_and_deleted_when_asked(run: Run) -> None:
    facts = documents.Facts(title="Utkast", county="40", post="X", document_date=date(2026, 1, 1))
    documents.add(Actor(), facts, b"%PDF-1.7 synthetic %%EOF", purpose="utkast")
    CaseDocument.objects.update(delete_on=timezone.localdate())
    assert "1 arbeidskopi har ligget tiden ut" in run("retention").output
    assert CaseDocument.objects.count() == 1
    assert "1 arbeidskopi er slettet" in run("retention", "--run").output
    assert CaseDocument.objects.count() == 0
    assert Entry.objects.order_by("-number")[0].act == "journal.deleted"


def test_an_identity_is_erased_only_when_that_is_confirmed(run: Run) -> None:
    from fotfeste.web.people.models import User
    from fotfeste.web.trace.models import Identity

    user = User.objects.create(email="kari@example.org", name="Kari Prøve", is_active=False)
    record(Actor(user.pk, str(user.pseudonym)), "round.viewed", Thing(Kind.ROUND, "1"))
    assert run("erase", str(user.pseudonym), input="n\n").exit_code == 1
    assert Identity.objects.filter(name="Kari Prøve").exists()
    assert "Identiteten er slettet" in run("erase", str(user.pseudonym), "--yes").output
    assert not Identity.objects.filter(name="Kari Prøve").exists()
    assert run("verify").exit_code == 0


def test_the_daily_work_deletes_and_anchors(run: Run) -> None:
    from fotfeste.web.jobs.handlers import daily_kinds
    from fotfeste.web.trace import work
    from fotfeste.web.trace.verify import kept_anchors

    write(2)
    assert {work.RETENTION, work.ANCHOR} <= set(daily_kinds())
    assert work.delete_due({}, lambda *_: None, lambda: False).result == {"deleted": 0}
    assert work.keep_anchor({}, lambda *_: None, lambda: False).result == {"number": 2}
    assert [one.number for one in kept_anchors()] == [2]
