"""What is done for a round in the background, with the real library: whole or not at all, and the same each time."""

from __future__ import annotations

import hashlib
import html
import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest

from fotfeste.messages import Message
from fotfeste.settlement import recommend
from fotfeste.settlement.bundle import bundle_as_text, bundle_of_text
from fotfeste.web.jobs.handlers import Interrupted, Outcome
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rounds import archives, checks, services, work
from fotfeste.web.rounds.models import Round
from tests.web.people.persons import READER
from tests.web.rounds.conftest import client_of, telemark, telemark_bundle, work_off

EXAMPLE = "/bosetting/2027/eksempel-40/"


def told(share: Fraction | float, message: Message) -> None:
    """Nobody watches."""


def never() -> bool:
    return False


@pytest.mark.django_db(transaction=True)
def test_the_example_comes_about_from_nothing_by_the_worker_alone() -> None:
    example = services.ensure_example()
    work_off()
    example.refresh_from_db()
    bundle = bundle_of_text(services.bundle_text(example.pk), "test")
    assert bundle.checksum == example.bundle_checksum
    assert bundle.outcome.numbers == {
        one.code: one.recommended for one in recommend("Telemark", 2027, 545).municipalities
    }
    assert {job.kind: job.state for job in Job.objects.all()} == dict.fromkeys(
        ["round.calculate", "round.verify", "round.documents"], State.DONE
    )
    archive = zipfile.ZipFile(archives.documents_path(example, "nb"))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == 3 * (2 + 17) + 1
    assert {"anbefaling-til-imdi.pdf", "saksframlegg.docx", "tabeller.xlsx"} <= set(names)
    assert "Telemark fylkeskommune" not in archive.read("anbefaling-til-imdi.html").decode()
    found = checks.check_in_messages(example)
    assert found is not None
    assert (found.same, found.municipalities) == (True, 17)
    assert len(found.data) == len(bundle.prepared.data)


@pytest.mark.django_db
def test_documents_that_are_interrupted_leave_nothing_behind(example: Round) -> None:
    written: list[str] = []

    def interrupts(share: Fraction | float, message: Message) -> None:
        if "name" in message.fields:
            written.append(str(message.fields["name"]))
        if len(written) == 3:
            raise Interrupted

    arguments = {"round": example.pk, "checksum": example.bundle_checksum, "locale": "nb"}
    with pytest.raises(Interrupted):
        work.documents(arguments, interrupts, never)
    folder = archives.documents_path(example, "nb").parent
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.django_db
def test_the_same_files_give_the_same_archive(example: Round, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    files = []
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text(name)
        files.append(folder / name)
    first = archives.archive_of(files, folder)
    (folder / "a.txt").touch()
    assert (
        hashlib.sha256(archives.archive_of(reversed(files), folder)).digest()
        == hashlib.sha256(first).digest()
    )
    assert zipfile.ZipFile(io.BytesIO(first)).namelist() == ["a.txt", "b.txt"]


def test_documents_are_given_this_years_requests_as_the_county_has_entered_them(
    example: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.web.dialogue import own_years

    class GivenError(Exception):
        pass

    def given(*_: object, entered: object = None, **__: object) -> None:
        raise GivenError(entered)

    def entered(round_: Round, day: object) -> object:
        return {"of": round_.pk}

    monkeypatch.setattr("fotfeste.reports.documents.write_documents", given)
    monkeypatch.setattr(own_years, "entered_until", entered)
    arguments = {
        "round": example.pk,
        "checksum": example.bundle_checksum,
        "locale": "nb",
        "case": "",
    }
    with pytest.raises(GivenError) as told:
        work.documents(arguments, lambda *_: None, never)
    assert told.value.args == ({"of": example.pk},)


@pytest.mark.django_db
def test_documents_that_are_lost_from_the_disk_can_be_made_again(example: Round) -> None:
    path = archives.documents_path(example, "nb")
    path.parent.mkdir(parents=True)
    path.write_bytes(archives.archive_of([], path.parent))
    done = archives.documents_under_way(example, "nb")
    assert done is not None
    Job.objects.filter(pk=done.pk).update(state=State.DONE)
    assert archives.order_documents(example, "nb", NOBODY).pk == done.pk
    path.unlink()
    assert archives.order_documents(example, "nb", NOBODY).pk != done.pk


@pytest.mark.django_db
def test_an_example_whose_documents_are_gone_gets_them_anew_when_the_server_starts(example: Round) -> None:
    Job.objects.all().delete()
    checks.keep_check(example.pk, example.bundle_checksum, {"same": True})
    services.ensure_example()
    services.ensure_example()
    assert list(Job.objects.values_list("kind", flat=True)) == [services.DOCUMENTS]


def tampered() -> tuple[str, str]:
    """A bundle whose numbers do not follow from its figures, with a checksum that fits all the same."""
    bundle = telemark_bundle()
    first, second, *rest = bundle.outcome.municipalities
    moved = (
        replace(first, recommended=first.recommended + 1),
        replace(second, recommended=second.recommended - 1),
        *rest,
    )
    from fotfeste.settlement.bundle import _content
    from fotfeste.settlement.kept_files import checksum_of_content

    changed = replace(bundle, outcome=replace(bundle.outcome, municipalities=moved))
    checksum = checksum_of_content(_content(changed))
    return bundle_as_text(replace(changed, checksum=checksum)), checksum


@pytest.mark.django_db(transaction=True)
def test_a_recommendation_that_does_not_come_out_the_same_is_told_and_makes_no_documents(
    example: Round,
) -> None:
    text, checksum = tampered()
    Round.objects.filter(pk=example.pk).update(bundle=text.encode(), bundle_checksum=checksum)
    example.refresh_from_db()
    Job.objects.all().delete()
    reader = client_of(READER)
    answer = reader.post(f"{EXAMPLE}kontroll/bestill/")
    assert answer.headers["Location"] == f"{EXAMPLE}kontroll/"
    archives.order_documents(example, "nb", NOBODY)
    work_off()
    page = html.unescape(reader.get(f"{EXAMPLE}kontroll/").content.decode())
    assert "Ikke samme tall." in page
    assert "Porsgrunn (4001): 95 i pakken, 94 regnet på nytt." in page
    refused = Job.objects.get(kind=services.DOCUMENTS)
    assert (refused.state, refused.error_code) == (State.FAILED, "bundle.differs")
    assert not archives.documents_path(example, "nb").exists()


@pytest.mark.django_db(transaction=True)
def test_anyone_who_is_signed_in_may_have_the_example_computed_anew(example: Round) -> None:
    Job.objects.all().delete()
    reader = client_of(READER)
    assert reader.post(f"{EXAMPLE}kontroll/bestill/").status_code == 302
    assert reader.post(f"{EXAMPLE}kontroll/bestill/").status_code == 302
    assert Job.objects.count() == 1, "pressed twice is ordered once"
    page = reader.get(f"{EXAMPLE}kontroll/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    work_off()
    part = reader.get(f"{EXAMPLE}kontroll/", headers={"HX-Request": "true"})
    assert part.status_code == 286, "htmx stops asking"
    assert "Samme tall." in part.content.decode()


@pytest.mark.django_db
def test_what_was_ordered_for_another_recommendation_is_refused(example: Round) -> None:
    from fotfeste.errors import InputError

    arguments = {"round": example.pk, "checksum": "0" * 64, "locale": "nb"}
    for one in (work.check, work.documents):
        with pytest.raises(InputError) as refused:
            one(arguments, told, never)
        assert refused.value.code == "round.changed"


@pytest.mark.django_db
def test_computing_twice_gives_the_same_bytes(example: Round) -> None:
    arguments = {"round": example.pk, "made": "2026-11-21"}
    outcomes = [work.calculate(arguments, told, never) for _ in range(2)]
    assert all(isinstance(one, Outcome) for one in outcomes)
    assert outcomes[0].result == outcomes[1].result
    assert json.loads(telemark()[0])["request"] == json.loads(services.bundle_text(example.pk))["request"]
