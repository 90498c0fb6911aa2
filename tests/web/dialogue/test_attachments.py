"""Files beside a reply: let in by what they are, given back only to be saved, and withdrawn rather than deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.errors import InputError
from fotfeste.web.dialogue.attachments import (
    LONGEST_NAME,
    attach,
    attachments_of,
    clean_name,
    limits,
    withdraw,
)
from fotfeste.web.dialogue.models import Attachment
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.test_uploads import JPEG, PDF, PNG, docx, ods, with_part, xlsx
from tests.web.dialogue.conftest import member
from tests.web.people.persons import ADVISER, CONTACT, READER

pytestmark = pytest.mark.django_db

PAGE = "/bosetting/2027/40/dialog/4003/"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 80_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "made", "kind"),
    [
        ("boligplan.pdf", lambda: PDF, "pdf"),
        ("notat.docx", docx, "docx"),
        ("tall.xlsx", xlsx, "xlsx"),
        ("tall.ods", ods, "ods"),
        ("notat.odt", lambda: ods(kind=b"text"), "odt"),
        ("tavle.png", lambda: PNG, "png"),
        ("tavle.jpg", lambda: JPEG, "jpeg"),
    ],
)
def test_what_people_hand_in_is_kept_byte_for_byte(
    round_: Round, contact: Actor, name: str, made: Callable[[], bytes], kind: str
) -> None:
    data = made()
    kept = attach(contact, round_, "4003", name, data)
    kept = Attachment.objects.get(pk=kept.pk)
    assert (kept.kind, bytes(kept.data), kept.size) == (kind, data, len(data))


@pytest.mark.parametrize(
    ("name", "made", "code"),
    [
        ("vedtak.pdf", docx, "upload.ending"),
        ("bilde.png", lambda: b"<svg onload=alert(1)>", "upload.kind"),
        ("vedtak.pdf", lambda: b"", "upload.empty"),
        ("program.exe", lambda: b"MZ" + b"\0" * 200, "upload.kind"),
        ("notat.docx", bomb, "upload.huge"),
        ("makro.docx", with_part("word/vbaProject.bin", b"x"), "upload.macro"),
        (
            "henter.docx",
            with_part(
                "word/_rels/settings.xml.rels",
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                b'Type="http://x/attachedTemplate" Target="https://example.org/a.dotm" TargetMode="External"/></Relationships>',
            ),
            "upload.link",
        ),
        ("ut.docx", with_part("../../ut.xml", b"<a/>"), "upload.names"),
        ("brev.docx", lambda: docx()[:400], "upload.broken"),
    ],
)
def test_files_that_lie_or_do_harm_are_refused_and_nothing_is_kept(
    round_: Round, contact: Actor, name: str, made: Callable[[], bytes], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        attach(contact, round_, "4003", name, made())
    assert code in {caught.value.code, *(one.code for one in caught.value.problems)}
    assert not Attachment.objects.exists()


def test_the_limit_of_size_is_told(round_: Round, contact: Actor) -> None:
    with pytest.raises(InputError) as caught:
        attach(contact, round_, "4003", "stor.pdf", b"%PDF-1.7\n" + b"0" * limits().largest)
    assert caught.value.code == "upload.huge"
    assert "8 MB" in str(caught.value)


def test_the_same_file_twice_is_one(round_: Round, contact: Actor) -> None:
    assert attach(contact, round_, "4003", "a.pdf", PDF) == attach(contact, round_, "4003", "a.pdf", PDF)
    assert Entry.objects.filter(act="input.attached").count() == 1


def test_there_is_a_limit_to_how_many(round_: Round, contact: Actor) -> None:
    for number in range(limits().most):
        attach(contact, round_, "4003", f"{number}.pdf", PDF)
    with pytest.raises(InputError) as caught:
        attach(contact, round_, "4003", "en til.pdf", PDF)
    assert caught.value.code == "dialogue.many"


def test_a_withdrawn_file_stays_and_is_not_offered(round_: Round, contact: Actor) -> None:
    kept = attach(contact, round_, "4003", "a.pdf", PDF)
    withdraw(contact, kept)
    withdraw(contact, kept)
    assert not attachments_of(round_, "4003").exists()
    assert bytes(Attachment.objects.get(pk=kept.pk).data) == PDF
    assert Entry.objects.filter(act="input.withdrawn").count() == 1


@pytest.mark.parametrize("stage", [Stage.PREPARED, Stage.CLOSED])
def test_in_a_round_that_is_not_open_nothing_is_attached_or_withdrawn(
    round_: Round, contact: Actor, stage: Stage
) -> None:
    kept = attach(contact, round_, "4003", "a.pdf", PDF)
    Round.objects.filter(pk=round_.pk).update(state=stage.value)
    for act in (lambda: withdraw(contact, kept), lambda: attach(contact, round_, "4003", "b.pdf", PDF)):
        with pytest.raises(InputError) as caught:
            act()
        assert caught.value.code == "dialogue.closed"
    _, _, client = member("k@example.org", CONTACT)
    answer = client.post(f"{PAGE}vedlegg/{kept.pk}/trekk/")
    assert answer.status_code == 422
    assert "runden er ikke åpen" in answer.content.decode()
    assert attachments_of(round_, "4003").count() == Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("C:\\Users\\kari\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ('a"b\r\nc.pdf', "a bc.pdf"),
        ("...", "vedlegg"),
        ("", "vedlegg"),
        ("å" * 300 + ".pdf", "å" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned
    assert len(cleaned) <= LONGEST_NAME


def test_a_name_with_a_number_of_a_person_is_refused(round_: Round, contact: Actor) -> None:
    with pytest.raises(InputError) as caught:
        attach(contact, round_, "4003", "sak 01019012345.pdf", PDF)
    assert caught.value.code == "dialogue.personal"
    assert "01019012345" not in str(caught.value.problem.what)


def _hand_in(client: Client, name: str, data: bytes) -> object:
    return client.post(PAGE + "vedlegg/", {"fil": SimpleUploadedFile(name, data)}, follow=True)


def test_a_file_comes_back_only_to_be_saved(round_: Round) -> None:
    _, _, contact = member("kontakt@example.org", CONTACT)
    _hand_in(contact, "Bolig «plan».pdf", PDF)
    one = Attachment.objects.get()
    for held in ((CONTACT, "k2@example.org"), (ADVISER, "a@example.org"), (READER, "l@example.org")):
        answer = member(held[1], held[0])[2].get(f"{PAGE}vedlegg/{one.pk}/")
        assert answer.content == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    contact.post(f"{PAGE}vedlegg/{one.pk}/trekk/")
    assert contact.get(f"{PAGE}vedlegg/{one.pk}/").status_code == 404
    page = contact.get(PAGE).content.decode()
    assert "er trukket tilbake" in page
    assert "ikke slettet" in page


def test_what_is_refused_is_told_in_the_words_of_the_gate(round_: Round) -> None:
    _, _, contact = member("kontakt@example.org", CONTACT)
    answer = contact.post(PAGE + "vedlegg/", {"fil": SimpleUploadedFile("vedtak.pdf", docx())})
    assert answer.status_code == 422
    assert "Navnet på filen passer ikke med innholdet" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_an_attachment_of_another_municipality_is_not_found(round_: Round, contact: Actor) -> None:
    one = attach(contact, round_, "4003", "a.pdf", PDF)
    _, _, other = member("nabo@example.org", type(CONTACT)(CONTACT.role, municipality="4001"))
    assert other.get(f"{PAGE}vedlegg/{one.pk}/").status_code == 404
    assert other.get(f"/bosetting/2027/40/dialog/4001/vedlegg/{one.pk}/").status_code == 404
