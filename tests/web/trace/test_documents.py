"""Case documents: journal fields, packages for the archive, and copies to work with that go when their time is out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fotfeste.errors import InputError, NotTheSame
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace import documents
from fotfeste.web.trace.documents import Facts
from fotfeste.web.trace.models import CaseDocument, Content, Entry
from fotfeste.web.trace.retention import parse_rules, read_rules
from fotfeste.web.trace.verify import verify

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nsynthetic\n%%EOF\n"
ME = Actor(None, "me")
FACTS = Facts(
    title="Anbefaling om bosetting 2027: Skien",
    public_title="Anbefaling om bosetting 2027: Skien",
    county="40",
    municipality="4003",
    about="bosetting:2027",
    post="U",
    document_date=date(2026, 11, 21),
    sender="Telemark fylkeskommune (syntetisk)",
    recipient="Skien kommune (syntetisk)",
    case_year=2026,
    case_sequence=1234,
    post_number=5,
    unit="Seksjon for integrering",
)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FOTFESTE = replace(settings.FOTFESTE, data_dir=tmp_path)


def acts() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_document_is_kept_with_its_checksum_and_leaves_a_trace() -> None:
    document = documents.add(ME, FACTS, PDF)
    assert (document.version, document.case_number, document.delete_on) == (1, "2026/1234-5", None)
    assert documents.content(document) == PDF
    assert acts() == ["journal.added"]
    assert json.loads(Entry.objects.get().detail)["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_a_new_version_follows_in_the_same_series() -> None:
    first = documents.add(ME, FACTS, PDF)
    second = documents.add(ME, FACTS, PDF + b"\n", series=first.series)
    assert (second.series, second.version) == (first.series, 2)
    with pytest.raises(InputError):
        documents.add(ME, replace(FACTS, county="31", municipality=""), PDF, series=first.series)


def test_the_package_holds_the_document_its_fields_and_checksums() -> None:
    document = documents.add(ME, FACTS, PDF)
    name, package = documents.export(document)
    inside = parts(package)
    assert name == f"journalpakke-2026-1234-{str(document.pk)[:8]}-v1.zip"
    assert list(inside) == ["dokument.pdf", "metadata.json", "metadata.xml", "SHA256SUMS"]
    assert inside["dokument.pdf"] == PDF
    for line in inside["SHA256SUMS"].decode().splitlines():
        digest, listed = line.split("  ")
        assert digest == hashlib.sha256(inside[listed]).hexdigest()
    case = json.loads(inside["metadata.json"])["saksmappe"]
    post = case["journalpost"]
    assert (case["saksaar"], case["sakssekvensnummer"], post["journalpostnummer"]) == ("2026", "1234", "5")
    assert post["journalposttype"] == "Utgående dokument"
    assert "skjerming" not in post
    tree = ElementTree.fromstring(inside["metadata.xml"])
    at = "saksmappe/journalpost/dokumentbeskrivelse/dokumentobjekt/sjekksum"
    assert tree.findtext(at) == document.sha256
    assert [one.text for one in tree.iter("korrespondansepartNavn")] == [FACTS.sender, FACTS.recipient]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = documents.add(ME, FACTS, PDF)
    assert documents.export(document) == documents.export(CaseDocument.objects.get(pk=document.pk))


def test_what_is_withheld_says_by_which_law_and_has_a_title_for_the_public() -> None:
    withheld = replace(
        FACTS, access_code="UO", access_basis="offl. § 13, jf. fvl. § 13", public_title="Anbefaling *****"
    )
    post = json.loads(parts(documents.export(documents.add(ME, withheld, PDF))[1])["metadata.json"])[
        "saksmappe"
    ]["journalpost"]
    assert post["skjerming"] == {
        "tilgangsrestriksjon": "UO",
        "skjermingshjemmel": "offl. § 13, jf. fvl. § 13",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseDocument.objects.update(access_basis="")


WRONG: dict[str, dict[str, Any]] = {
    "title": {"title": "  "},
    "post": {"post": "Q"},
    "status": {"status": "?"},
    "county": {"county": "4"},
    "municipality": {"municipality": "3101"},
    "access_basis": {"access_code": "UO"},
    "public_title": {"access_code": "UO", "access_basis": "offl. § 14", "public_title": ""},
    "case_year": {"case_year": -1},
    "sender": {"sender": "a\x00b"},
    "recipient": {"recipient": "x" * 121},
    "journal_date": {"journal_date": date(2026, 11, 20)},
}


@pytest.mark.parametrize("field", WRONG)
def test_what_the_journal_cannot_hold_is_refused_by_field(field: str) -> None:
    with pytest.raises(InputError) as caught:
        documents.add(ME, replace(FACTS, **WRONG[field]), PDF)
    assert field in {one.place for one in caught.value.problems}
    assert not CaseDocument.objects.exists()
    assert acts() == []


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 cut off", b"<html>%PDF-%%EOF"])
def test_what_is_no_whole_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        documents.add(ME, FACTS, data)


def test_a_document_that_is_handed_over_stays_as_it_was() -> None:
    document = documents.add(ME, FACTS, PDF)
    documents.change(ME, document, replace(FACTS, case_sequence=1235))
    documents.transfer(ME, document, date(2026, 11, 30))
    documents.transfer(ME, document, date(2026, 12, 30))
    with pytest.raises(InputError):
        documents.change(ME, document, FACTS)
    document.refresh_from_db()
    assert (document.case_sequence, document.transferred_on) == (1235, date(2026, 11, 30))
    assert acts() == ["journal.added", "journal.changed", "journal.transferred"]
    assert json.loads(Entry.objects.get(number=2).detail) == {"fields": "case_sequence"}


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    documents.change(ME, documents.add(ME, FACTS, PDF), FACTS)
    assert acts() == ["journal.added"]


def test_working_copies_are_not_handed_over() -> None:
    with pytest.raises(InputError):
        documents.transfer(ME, documents.add(ME, FACTS, PDF, purpose="utkast"), date(2026, 11, 30))


def test_a_working_copy_goes_on_its_day_and_the_checksum_stays() -> None:
    now = timezone.now()
    document = documents.add(ME, FACTS, PDF, purpose="utkast")
    assert document.delete_on == timezone.localdate(now) + timedelta(days=365)
    assert documents.delete_due(now + timedelta(days=364)) == 0
    assert documents.delete_due(now + timedelta(days=365)) == 1
    assert not CaseDocument.objects.exists()
    assert not Content.objects.exists()
    last = Entry.objects.order_by("-number")[0]
    assert (last.act, last.object, last.county) == ("journal.deleted", str(document.pk), "40")
    assert json.loads(last.detail)["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert documents.delete_due(now + timedelta(days=365)) == 0
    assert verify(()).intact


def test_an_archive_copy_is_never_deleted_here() -> None:
    kept = documents.add(ME, FACTS, PDF)
    documents.add(ME, FACTS, PDF, purpose="kopi")
    assert documents.delete_due(timezone.now() + timedelta(days=36_500)) == 1
    assert list(CaseDocument.objects.all()) == [kept]
    assert documents.content(kept) == PDF
    for remove in (kept.delete, CaseDocument.objects.all().delete):
        with pytest.raises(TypeError):
            remove()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseDocument.objects.update(delete_on=date(2026, 1, 1))


def test_a_deletion_that_cannot_be_recorded_does_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    documents.add(ME, FACTS, PDF, purpose="utkast")

    def fail(*args: object, **values: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(documents, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        documents.delete_due(timezone.now() + timedelta(days=400))
    assert documents.content(CaseDocument.objects.get()) == PDF


def test_content_that_was_exchanged_is_not_exported() -> None:
    document = documents.add(ME, FACTS, PDF)
    Content.objects.update(data=b"%PDF-1.7 other %%EOF")
    with pytest.raises(NotTheSame):
        documents.export(document)


def test_the_rules_that_come_with_the_program_can_be_used() -> None:
    rules = read_rules(Path("/nowhere"))
    assert rules.valid_from == date(2026, 1, 1)
    assert {one.purpose for one in rules.rules} == {"utkast", "kopi", "innspill", "plan"}
    assert all(one.source and one.setting for one in rules.rules)


def test_a_countys_own_rules_come_first(tmp_path: Path) -> None:
    (tmp_path / "oppbevaring.toml").write_text(
        'schema = 1\nvalid_from = 2026-06-01\n[[rule]]\npurpose = "utkast"\ndays = 30\nsource = "Eget vedtak"\n',
        encoding="utf-8",
    )
    document = documents.add(ME, FACTS, PDF, purpose="utkast")
    assert document.delete_on == timezone.localdate() + timedelta(days=30)
    with pytest.raises(InputError):
        documents.add(ME, FACTS, PDF, purpose="kopi")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", {"schema", "valid_from", "rule"}),
        ('schema = 1\nvalid_from = 2026-01-01\nrule = "x"', {"rule"}),
        (
            'schema = 1\nvalid_from = 2026-01-01\nrule = [1, {purpose = "a", days = 0, source = ""}]',
            {"rule 1: purpose", "rule 1: days", "rule 1: source", "rule 2: days", "rule 2: source"},
        ),
        (
            'schema = 1\nvalid_from = 2026-01-01\nrule = [{purpose = "a", days = 1, source = "s"}, {purpose = "a", days = 2, source = "s"}]',
            {"a"},
        ),
        (
            'schema = 1\nvalid_from = 2026-01-01\nrule = [{purpose = "a", days = true, source = "s"}]',
            {"rule 1: days"},
        ),
    ],
)
def test_every_fault_in_the_rules_is_named(text: str, places: set[str]) -> None:
    with pytest.raises(InputError) as caught:
        parse_rules(text, "x.toml")
    assert {one.place for one in caught.value.problems} == places


def test_dates_run_in_norwegian_time() -> None:
    document = documents.add(ME, FACTS, PDF, purpose="utkast")
    assert document.delete_on is not None
    day = document.delete_on
    late = datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone()) - timedelta(
        minutes=1
    )
    assert documents.delete_due(late) == 0
    assert documents.delete_due(late + timedelta(minutes=1)) == 1
