"""The documents of a round: each at its own address, out of the archive and from nowhere else, and none left lying."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from fotfeste.files import write_whole
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rounds import archives, papers
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import ADVISER, OTHER_ADVISER, READER
from tests.web.rounds.conftest import client_of, own_round

pytestmark = pytest.mark.django_db
EXAMPLE = "/bosetting/2027/eksempel-40/"
DOCUMENTS = f"{EXAMPLE}dokumenter/"
FILES = {
    "anbefaling-til-imdi.docx": b"PK word",
    "anbefaling-til-imdi.html": b"<!doctype html><script>alert(1)</script>",
    "anbefaling-til-imdi.pdf": b"%PDF-1.7 " + b"0" * 3_000,
    "brev/4003-skien.pdf": b"%PDF-1.7 Skien",
    "brev/4020-midt-telemark.docx": b"PK word",
    "brev/4020-midt-telemark.pdf": b"%PDF-1.7 Midt-Telemark",
    "saksframlegg.pdf": b"%PDF-1.7 sak",
    "tabeller.xlsx": b"PK excel",
}
KINDS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def archive(files: dict[str, bytes] = FILES) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def made(example: Round) -> Round:
    """The example with documents in bokmål."""
    write_whole(archives.documents_path(example, "nb"), archive())
    return example


def rows(page: str) -> list[tuple[str, list[str], list[str]]]:
    """Every row: the document, its formats, and their sizes."""
    return [
        (
            re.findall(r'<th scope="row">(.*?)</th>', row)[0],
            re.findall(r'class="ds-link"[^>]*>([^<]+)<', row),
            re.findall(r'<span class="subtle">(.*?)</span>', row),
        )
        for row in re.findall(r"<tr>(?:(?!</tr>).)*scope=\"row\".*?</tr>", page, re.DOTALL)
    ]


def test_every_document_has_its_row_and_every_format_its_link_and_size(client: Client, made: Round) -> None:
    page = html.unescape(client.get(DOCUMENTS).content.decode()).replace("\xa0", " ")
    assert [(title, formats) for title, formats, _ in rows(page)] == [
        ("Anbefaling til IMDi", ["PDF", "Word", "HTML"]),
        ("Saksframlegg", ["PDF"]),
        ("Regneark med tallene", ["Excel"]),
        ("Skien", ["PDF"]),
        ("Midt-Telemark", ["PDF", "Word"]),
    ]
    assert rows(page)[0][2] == ["3,0 kB", "7 byte", "40 byte"], (
        "the size of the file, not of what it is packed to"
    )
    assert page.index("Anbefalingen, saken og tallene") < page.index("Brev til kommunene")
    assert page.index("Brev til kommunene") < page.index(f'href="{DOCUMENTS}nb.zip"')
    linked = re.findall(rf'href="({DOCUMENTS}nb/[^"]+)"', page)
    assert sorted(one.removeprefix(f"{DOCUMENTS}nb/") for one in linked) == sorted(FILES)


def test_a_reader_of_another_language_gets_the_documents_there_are(client: Client, made: Round) -> None:
    write_whole(archives.documents_path(made, "en"), archive({"saksframlegg.pdf": b"%PDF"}))
    client.cookies["fotfeste_language"] = "nn"
    page = client.get(DOCUMENTS).content.decode()
    linked = re.findall(rf'href="({DOCUMENTS}nb/[^"]+)"', page)
    assert sorted(one.removeprefix(f"{DOCUMENTS}nb/") for one in linked) == sorted(FILES)
    assert f'href="{DOCUMENTS}nb.zip"' in page
    assert f'href="{DOCUMENTS}en.zip"' in page, "further languages as archives only"
    assert f'href="{DOCUMENTS}en/' not in page
    assert "«Eksempel fylkeskommune»" in page, "the sender as the documents have it"
    assert page.index("<h3") < page.index(f"{DOCUMENTS}nb/"), "and is told which language it is"


def test_each_document_is_given_as_it_lies_in_the_archive(client: Client, made: Round) -> None:
    for name, content in FILES.items():
        answer = client.get(f"{DOCUMENTS}nb/{name}")
        assert (answer.status_code, answer.content) == (200, content), name
        assert answer.headers["Content-Type"] == KINDS[name.rpartition(".")[2]]
        said, _, saved_as = answer.headers["Content-Disposition"].partition("; ")
        assert said == ("inline" if name.endswith(".pdf") else "attachment"), name
        assert saved_as == f'filename="bosetting-2027-eksempel-40-{name.replace("/", "-")}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "name",
    [
        "finnes-ikke.pdf",
        "brev",
        "brev/",
        "Saksframlegg.pdf",
        "../secret_key",
        "..%2Fsecret_key",
        "brev/../saksframlegg.pdf",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "saksframlegg.pdf%00",
        "C:%5Csaksframlegg.pdf",
        "2027-eksempel-40.zip",
    ],
)
def test_a_name_that_is_not_in_the_archive_is_nowhere(client: Client, made: Round, name: str) -> None:
    (archives.documents_path(made, "nb").parent / "secret_key").write_text("hemmelig")
    assert client.get(f"{DOCUMENTS}nb/{name}").status_code == 404


def test_documents_that_are_not_made_are_not_found(client: Client, made: Round) -> None:
    assert client.get(f"{DOCUMENTS}nn/saksframlegg.pdf").status_code == 404
    archives.documents_path(made, "nb").unlink()
    assert client.get(f"{DOCUMENTS}nb/saksframlegg.pdf").status_code == 404
    assert "saksframlegg" not in client.get(DOCUMENTS).content.decode().replace("saksframlegget", "")


def damaged_bytes(kind: str) -> bytes:
    """An archive with one kind of damage."""
    content = bytearray(archive())
    if kind == "half":
        return bytes(content[: len(content) // 2])
    if kind == "no archive":
        return b"PK half"
    if kind == "bytes":
        place = content.index(b"saksframlegg.pdf") + len("saksframlegg.pdf")
        content[place : place + 6] = b"\xff" * 6
    at = content.rindex(b"saksframlegg.pdf") - 46  # its entry in the list of files
    if kind == "locked":
        content[at + 8] |= 1
    if kind == "unknown":
        content[at + 10] = 99
    return bytes(content)


@pytest.mark.parametrize("kind", ["half", "no archive", "bytes", "locked", "unknown"])
def test_an_archive_that_is_damaged_is_told_of_and_can_be_made_anew(
    client: Client, made: Round, kind: str
) -> None:
    path = archives.documents_path(made, "nb")
    assert papers.readable(path)
    path.write_bytes(damaged_bytes(kind))
    assert not papers.readable(path)
    answer = client.get(f"{DOCUMENTS}nb/saksframlegg.pdf")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Dokumentene er skadet og kan ikke leses." in page
    assert f'href="{DOCUMENTS}"' in page
    done = archives.documents_under_way(made, "nb")
    assert done is not None
    Job.objects.filter(pk=done.pk).update(state=State.DONE)
    listed = client.get(DOCUMENTS)
    assert listed.status_code == 200
    if kind in ("half", "no archive"):
        assert "Dokumentene er skadet og kan ikke leses." in listed.content.decode()
        assert "saksframlegg.pdf" not in listed.content.decode()
    assert client.get(f"{EXAMPLE}4003/").status_code == 200
    assert archives.order_documents(made, "nb", NOBODY).pk != done.pk


def test_the_documents_of_a_countys_own_round_are_for_those_who_may_take_them_and_leave_a_trace() -> None:
    round_ = own_round()
    write_whole(archives.documents_path(round_, "nb"), archive())
    address = "/bosetting/2027/40/dokumenter/nb/saksframlegg.pdf"
    assert Client().get(address).status_code == 302
    assert client_of(OTHER_ADVISER, address="o@example.org").get(address).status_code == 404
    assert client_of(READER, address="r@example.org").get(address).status_code == 403
    assert not Entry.objects.filter(act="round.exported").exists()
    answer = client_of(ADVISER).get(address)
    assert (answer.status_code, answer.content) == (200, FILES["saksframlegg.pdf"])
    assert Entry.objects.filter(act="round.exported").count() == 1


def test_the_documents_of_a_revision_stand_as_those_of_an_original(tmp_path: Path) -> None:
    path = tmp_path / "revisjon.zip"
    path.write_bytes(archive({f"revisjon-1/{name}": content for name, content in FILES.items()}))
    found = papers.papers_in(path, 2027)
    assert [str(one.title) for one in found.letters] == ["Skien", "Midt-Telemark"]
    assert len(found.own) == 3
    assert papers.letter_in(path, 2027, "4020") == found.letters[1]
    assert papers.letter_in(path, 2027, "4001") is None
    assert papers.content_of(path, "revisjon-1/saksframlegg.pdf") == FILES["saksframlegg.pdf"]


def test_what_is_not_known_is_called_by_its_name_and_only_ever_saved(tmp_path: Path) -> None:
    path = tmp_path / "annet.zip"
    path.write_bytes(archive({"notat.odt": b"x", "brev/9999-ukjent.pdf": b"y", "saksframlegg.pdf": b"z"}))
    found = papers.papers_in(path, 2027)
    assert [one.title for one in found.own][1] == "notat"
    assert [one.files[0].format for one in found.own] == ["PDF", "ODT"]
    assert [one.title for one in found.letters] == ["9999-ukjent"]
    assert papers.media_type("notat.odt") == "application/octet-stream"


def test_archives_that_no_round_refers_to_are_removed_and_the_others_stay(example: Round) -> None:
    kept = [archives.documents_path(example, locale) for locale in ("nb", "en")]
    kept.append(archives.documents_path(own_round(year=2028), "nb"))
    folder = kept[0].parent
    gone = [folder / "2027-eksempel-40-0123456789abcdef-nb.zip", folder / "2019-40-0123456789abcdef-nn.zip"]
    other = folder / "noe-annet.txt"
    for path in (*kept, *gone, other):
        write_whole(path, b"PK")
    with gone[0].open("rb") as read:
        archives.remove_unused_documents()
        assert sorted(folder.iterdir()) == sorted([*kept, other])
        assert read.read() == b"PK", "who reads it, reads it to its end"


def test_the_worker_removes_the_former_documents_when_the_new_are_in_place(
    example: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.web.rounds import work

    new = archives.documents_path(example, "nb")
    former = new.with_name("2027-eksempel-40-0123456789abcdef-nb.zip")
    write_whole(former, b"PK")
    there: list[bool] = []
    remove = archives.remove_unused_documents
    monkeypatch.setattr(archives, "remove_unused_documents", lambda: (there.append(new.is_file()), remove()))
    monkeypatch.setattr("fotfeste.reports.documents.write_documents", lambda *_, **__: ())
    arguments = {"round": example.pk, "checksum": example.bundle_checksum, "locale": "nb"}
    work.documents(arguments, lambda *_: None, lambda: False)
    assert (there, new.is_file(), former.exists()) == ([True], True, False)


def test_a_folder_that_nothing_has_come_to_yet_is_no_failure(example: Round) -> None:
    archives.remove_unused_documents()
    assert archives.order_documents(example, "nb", NOBODY).pk


def test_the_internal_lists_have_names_for_people_and_stand_last(tmp_path: Path) -> None:
    from fotfeste.reports.documents import overrides, own_words

    stems = (own_words.STEM, overrides.STEM)
    path = tmp_path / "arkiv.zip"
    path.write_bytes(archive({f"{one}.pdf": b"%PDF" for one in ("saksframlegg", *stems)}))
    titles = [str(one.title) for one in papers.papers_in(path, 2027).own]
    assert titles == ["Saksframlegg", "Overstyringer (intern)", "Utelatt av svarene (intern)"]
    assert str(papers.told(f"nb/{own_words.STEM}.docx", 2027)) == "Utelatt av svarene (intern)"
