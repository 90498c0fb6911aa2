"""Files of codings are strangers' files: they are read in the background, in a process apart, within limits."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.plans.exchange import apart, placing
from fotfeste.plans.exchange.placing import placed_on
from fotfeste.plans.exchange.tables import as_csv
from fotfeste.web.people.models import Membership
from fotfeste.web.plans import exchange_work, exchanging, stored, withdrawing
from fotfeste.web.plans.exchange_models import FOLDER, CodingImport, Stage
from fotfeste.web.plans.models import CodingEvent
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.trace.models import Entry
from tests.daily import every_nth
from tests.web.people.persons import ADVISER, person, signed_in
from tests.web.plans.examples import entered, handed_in
from tests.web.plans.test_codings_kept import said
from tests.web.plans.test_exchange_and_codebook import project, taken_in
from tests.web.rounds.conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Alle bosatte flyktninger får tilbud om språkopplæring innen 2030."


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def place(client: Client) -> tuple[str, Any]:
    one = entered(client)
    file = handed_in(client, one.slug)
    return f"/planer/{one.slug}/les/1/utveksling/", file


def table(rows: int = 1, words: str = WORDS) -> bytes:
    return as_csv(("document", "code", "quote"), [("plan.md", "flyktninger", words)] * rows)


def send(client: Client, address: str, data: bytes, name: str = "koding.csv") -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def left(data: Path) -> list[str]:
    return sorted(path.name for path in (data / FOLDER).rglob("*") if path.is_file())


def test_a_file_is_not_read_while_somebody_waits_for_the_page_but_in_the_background(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    address, _ = place(client)
    assert send(client, address, table()).status_code == 302
    assert not CodingEvent.objects.exists()
    assert left(data) == ["file"]
    waiting = client.get(address, headers={"HX-Request": "true"})
    assert waiting.status_code == 200
    assert "leses nå" in waiting.content.decode()
    assert "leses ennå" in said(send(client, address, table()))
    work_off()
    told = client.get(address, headers={"HX-Request": "true"})
    assert told.status_code == 286
    assert "Én koding er hentet inn." in told.content.decode()
    assert CodingEvent.objects.get().code == "flyktninger"
    assert left(data) == []
    assert Entry.objects.filter(act="coding.imported").count() == 1


def test_a_file_of_another_kind_or_size_is_refused_before_it_is_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    address, _ = place(client)
    answer = send(client, address, b"MZ", "koding.exe")
    assert answer.status_code == 422
    assert "Bruk en fil som slutter på" in said(answer)
    monkeypatch.setattr(exchanging, "LARGEST", 1000)
    assert "Filen er for stor" in said(send(client, address, table(100)))
    assert not CodingImport.objects.exists()
    assert left(data) == []


def bomb() -> bytes:
    """A workbook that says that it unpacks to much more than it is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return stream.getvalue()


HOSTILE = {
    "bomb.xlsx": bomb,
    "broken.xlsx": lambda: b"PK\x03\x04 broken",
    "broken.qdpx": lambda: b"PK\x03\x04 broken",
    "broken.sqlite3": lambda: b"SQLite format 3\x00" + b"\xff" * 4000,
    "columns.csv": lambda: b"a,b\n1,2\n",
    "binary.csv": lambda: bytes(range(256)) * 50,
}


@pytest.mark.parametrize("name", every_nth(3, sorted(HOSTILE)))
def test_a_hostile_file_is_told_of_and_leaves_nothing(name: str, data: Path) -> None:
    client = adviser()
    address, _ = place(client)
    told = said(taken_in(client, address, HOSTILE[name](), name))  # type: ignore[no-untyped-call]
    assert CodingImport.objects.get().stage == Stage.FAILED, told
    assert "Noe gikk galt" not in told
    assert not CodingEvent.objects.exists()
    assert left(data) == []
    assert Entry.objects.filter(act="coding.failed").count() == 1
    assert "Én koding er hentet inn." in said(taken_in(client, address, table(), "koding.csv"))


def test_a_file_that_takes_too_much_time_or_memory_stops_its_own_process_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = adviser()
    address, _ = place(client)

    def within(**limits: int) -> None:
        monkeypatch.setattr(exchange_work, "placed_on_apart", partial(apart.placed_on_apart, **limits))  # type: ignore[arg-type]

    within(seconds=1)
    rows = as_csv(("document", "code", "quote"), [("plan.md", "flyktninger", f"{WORDS} {n}") for n in range(150_000)])  # fmt: skip
    assert "tar for lang tid å lese" in said(taken_in(client, address, rows, "koding.csv"))
    within(memory=60_000_000)
    assert "Filen er skadet" in said(taken_in(client, address, table(), "koding.csv"))
    assert not CodingEvent.objects.exists()


def test_more_codings_than_a_document_is_given_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    client = adviser()
    _, file = place(client)

    monkeypatch.setattr(placing, "MOST", 1)
    document = stored.document_of(file)
    text = document.text
    some = [text.index(word) for word in ("Kommunen skal", "Bosatte")]
    rows = as_csv(
        ("document", "code", "quote"), [("plan.md", "flyktninger", text[at : at + 12]) for at in some]
    )
    with pytest.raises(InputError) as caught:
        placed_on(
            "a.csv", rows, document, stored.book(), at=timezone.now(), coder="x", bounds=exchanging.ROOM
        )
    assert caught.value.code == "plan.exchange.many"


def test_what_is_found_apart_is_what_is_found_here() -> None:

    _, file = place(adviser())
    given = (stored.document_of(file), stored.book())
    more: dict[str, Any] = {"at": timezone.now(), "coder": "x", "bounds": exchanging.ROOM}
    for name, content in (("prosjekt.qdpx", project()), ("koding.csv", table(2))):
        here = placed_on(name, content, *given, **more)
        assert apart.placed_on_apart(name, content, *given, **more) == here
        assert here.codings


def test_whoever_has_lost_the_right_to_code_meanwhile_brings_nothing_in() -> None:
    client = adviser()
    address, _ = place(client)
    send(client, address, table())
    Membership.objects.update(until=timezone.now() - timedelta(seconds=1))
    work_off()
    assert not CodingEvent.objects.exists()


def test_a_file_handed_in_for_a_document_that_is_taken_back_is_deleted_with_it(data: Path) -> None:
    client = adviser()
    address, file = place(client)
    send(client, address, table())
    assert left(data) == ["file"]
    withdrawing.withdraw(NOBODY, file, "Feil", at_once=False)
    assert left(data) == []
    work_off()
    assert not CodingEvent.objects.exists()


def test_names_of_people_in_a_file_wait_for_a_day_and_are_in_no_table(data: Path) -> None:
    client = adviser()
    address, _ = place(client)
    send(client, address, project(), "prosjekt.qdpx")
    work_off()
    assert left(data) == [exchanging.NAMES]
    one = CodingImport.objects.get()
    assert "Oppdiktet" not in str([one.report, one.fault, one.name])
    CodingImport.objects.update(sent_at=one.sent_at - timedelta(days=2))
    assert "Oppdiktet Person" not in said(client.get(address))
    assert left(data) == []
    send(client, address, project(), "prosjekt.qdpx")
    work_off()
    CodingImport.objects.update(sent_at=one.sent_at - timedelta(days=2))
    exchanging.sweep()
    assert left(data) == []
