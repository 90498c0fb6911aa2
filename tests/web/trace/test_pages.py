"""The pages of the trace and of case documents, as those who use them meet them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace import documents, views
from fotfeste.web.trace.models import CaseDocument, Entry
from fotfeste.web.trace.services import erase_identity, record
from fotfeste.web.trace.verify import verify
from tests.web.people.persons import ADMINISTRATOR, ADVISER, OTHER_ADVISER, READER, person, signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 synthetic %%EOF"


def document(county: str = "40") -> CaseDocument:
    facts = documents.Facts(
        title=f"Anbefaling {county}", county=county, post="U", document_date=date(2026, 11, 21)
    )
    return documents.add(NOBODY, facts, PDF)


def text(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def acts(actor: User) -> list[tuple[str, str]]:
    found = Entry.objects.filter(actor=str(actor.pseudonym)).order_by("number")
    return list(found.values_list("act", "object"))


def test_an_administrator_sees_all_and_an_adviser_the_own_county() -> None:
    kari = person("kari@example.org", ADVISER, name="Kari Prøve")
    ola = person("ola@example.org", ADMINISTRATOR, name="Ola Prøve")
    record(actor_for(kari), "round.changed", Thing(Kind.ROUND, "telemark", county="40"))
    record(NOBODY, "round.changed", Thing(Kind.ROUND, "agder", county="42"))
    seen = text(signed_in(kari), "/spor/")
    assert "telemark" in seen
    assert "agder" not in seen
    assert "Runde: endret" in seen
    assert "Kari Prøve" in seen
    everything = text(signed_in(ola), "/spor/")
    assert "telemark" in everything
    assert "agder" in everything


def test_every_look_at_the_trace_is_itself_in_the_trace() -> None:
    kari = person("kari@example.org", ADVISER)
    text(signed_in(kari), "/spor/")
    assert acts(kari)[-1] == ("trace.viewed", "")
    last = Entry.objects.order_by("-number")[0]
    assert (last.county, json.loads(last.detail)) == ("40", {"page": "trace"})


def test_an_erased_identity_is_shown_as_its_pseudonym() -> None:
    kari = person("kari@example.org", ADVISER, name="Kari Prøve")
    pseudonym = str(kari.pseudonym)
    record(actor_for(kari), "round.changed", Thing(Kind.ROUND, "telemark", county="40"))
    User.objects.filter(pk=kari.pk).update(is_active=False)
    erase_identity(pseudonym)
    seen = text(signed_in(person("ola@example.org", ADMINISTRATOR, name="Ola")), "/spor/")
    assert "Kari Prøve" not in seen
    assert pseudonym[:8] in seen
    assert verify(()).intact


def test_the_trace_is_searched_by_time_act_and_object() -> None:
    client = signed_in(person("ola@example.org", ADMINISTRATOR))
    record(NOBODY, "round.changed", Thing(Kind.ROUND, "her-er-runden", county="40"))
    record(NOBODY, "journal.added", Thing(Kind.JOURNAL, "her-er-dokumentet", county="40"))
    today = timezone.localdate()
    assert "her-er-dokumentet" not in text(client, "/spor/", handling="round")
    assert "her-er-runden" not in text(client, "/spor/", objekt="her-er-dokumentet").partition("<table")[2]
    assert "her-er-runden" in text(client, "/spor/", fra=today.isoformat(), til=today.isoformat())
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert "her-er-runden" not in text(client, "/spor/", fra=tomorrow)
    assert "ds-error-summary" in text(client, "/spor/", fra="i går")


def test_a_long_trace_is_read_page_by_page() -> None:
    client = signed_in(person("ola@example.org", ADMINISTRATOR))
    for number in range(60):
        record(NOBODY, "round.changed", Thing(Kind.ROUND, f"runde-{number:02d}-"))
    first = text(client, "/spor/", handling="round")
    assert "runde-59-" in first
    assert "runde-09-" not in first
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = text(client, "/spor/" + older)
    assert "runde-09-" in second
    assert "runde-59-" not in second
    assert text(client, "/spor/", **{"for": "x'; drop"})


def test_the_file_of_the_trace_has_the_hashes_and_no_names() -> None:
    ola = person("ola@example.org", ADMINISTRATOR, name="Ola Prøve")
    record(actor_for(ola), "round.changed", Thing(Kind.ROUND, "1", county="40"))
    answer = signed_in(ola).get("/spor/spor.jsonl")
    lines = [json.loads(line) for line in b"".join(answer).splitlines()]  # type: ignore[call-overload]
    assert [one["number"] for one in lines] == list(range(1, len(lines) + 1))
    assert all(later["previous"] == one["hash"] for one, later in pairwise(lines))
    assert "Ola" not in json.dumps(lines, ensure_ascii=False)
    assert acts(ola)[-1] == ("trace.exported", "")


def test_documents_are_listed_shown_and_handed_out_within_the_county() -> None:
    here, elsewhere = document("40"), document("42")
    kari = person("kari@example.org", ADVISER)
    client = signed_in(kari)
    listed = text(client, "/spor/dokumenter/")
    assert "Anbefaling 40" in listed
    assert "Anbefaling 42" not in listed
    assert client.get(f"/spor/dokumenter/{elsewhere.pk}/").status_code == 404
    assert "Hent pakken til arkivet" in text(client, f"/spor/dokumenter/{here.pk}/")
    answer = client.get(f"/spor/dokumenter/{here.pk}/pakke.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert package.read("dokument.pdf") == PDF
    assert client.get(f"/spor/dokumenter/{here.pk}/dokument.pdf").content == PDF
    assert [one for one in acts(kari) if one[0].startswith("journal.")] == [
        ("journal.viewed", ""),
        ("journal.viewed", str(here.pk)),
        ("journal.exported", str(here.pk)),
        ("journal.viewed", str(here.pk)),
    ]


def test_a_reader_sees_a_document_and_takes_no_package() -> None:
    one = document()
    client = signed_in(person("lise@example.org", READER))
    seen = text(client, f"/spor/dokumenter/{one.pk}/")
    assert "Hent pakken" not in seen
    assert "Endre" not in seen
    assert client.get(f"/spor/dokumenter/{one.pk}/pakke.zip").status_code == 403
    assert client.post(f"/spor/dokumenter/{one.pk}/overfort/", {"on": "2026-12-01"}).status_code == 403


def test_journal_fields_are_changed_and_faults_keep_what_was_typed() -> None:
    one = document()
    client = signed_in(person("kari@example.org", ADVISER))
    address = f"/spor/dokumenter/{one.pk}/endre/"
    typed = {
        "title": "Ny tittel <script>alert(1)</script>",
        "post": "U",
        "status": "J",
        "document_date": "2026-11-21",
        "case_year": "2026",
        "case_sequence": "77",
    }
    wrong = client.post(address, {**typed, "access_code": "UO"}).content.decode()
    assert "Ny tittel &lt;script&gt;" in wrong
    assert "ds-error-summary" in wrong
    assert client.post(address, typed).status_code == 302
    one.refresh_from_db()
    assert (one.case_number, one.status) == ("2026/77", "J")
    assert "<script>alert" not in text(client, f"/spor/dokumenter/{one.pk}/")


def test_a_document_is_marked_as_handed_over_once() -> None:
    one = document()
    client = signed_in(person("kari@example.org", ADVISER))
    address = f"/spor/dokumenter/{one.pk}/overfort/"
    assert client.post(address, {"on": ""}).status_code == 422
    assert client.post(address, {"on": "2026-01-01"}).status_code == 422
    assert client.post(address, {"on": "2026-12-01"}).status_code == 302
    seen = text(client, f"/spor/dokumenter/{one.pk}/")
    assert "Overført til arkivet 1. desember 2026" in seen
    assert "Merk som overført" not in seen


def test_empty_pages_teach() -> None:
    client = signed_in(person("per@example.org", OTHER_ADVISER))
    assert "Her kommer dokumenter" in text(client, "/spor/dokumenter/")
    assert "passer med" in text(client, "/spor/", objekt="finnes-ikke")


def test_the_file_of_the_trace_leaves_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # A limit would leave out the newest without a word.
    monkeypatch.setattr(views, "MOST_IN_A_FILE", 3, raising=False)
    client = signed_in(person("ola@example.org", ADMINISTRATOR))
    for number in range(5):
        record(NOBODY, "round.changed", Thing(Kind.ROUND, f"runde-{number}-"))
    content = b"".join(client.get("/spor/spor.jsonl"))  # type: ignore[call-overload]
    assert all(f"runde-{number}-".encode() in content for number in range(5))
