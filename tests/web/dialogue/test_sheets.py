"""Sheets go both ways: filled in as they stand, shown before they are taken in, and never taken in by halves."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from fotfeste.errors import InputError
from fotfeste.settlement.reply_form import reply_from
from fotfeste.settlement.reply_sheet_write import Addressee, write_reply_form
from fotfeste.web.dialogue import sheets
from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.drafts import save_draft
from fotfeste.web.dialogue.models import Delivery, PartnerInput, Reply
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import ANSWERS, make_round, member
from tests.web.people.persons import ADVISER, CONTACT

pytestmark = pytest.mark.django_db

COUNTY, PAGE = "/bosetting/2027/40/dialog/", "/bosetting/2027/40/dialog/4003/"
DAY = date(2026, 9, 1)


def sheet(code: str = "4003", name: str = "Skien", year: int = 2027, **values: int | str) -> bytes:
    reply = reply_from(code, values or {"housing": 30, "own_wish": 25, "wish_note": "Gjerne familier"})
    return write_reply_form(Addressee(code, name), "40", "Telemark", year, DAY, reply=reply)


def with_formula(content: bytes) -> bytes:
    book, stream = load_workbook(io.BytesIO(content)), io.BytesIO()
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == 30:
                cell.value = '=HYPERLINK("https://example.org",30)'
    book.save(stream)
    return stream.getvalue()


def with_link_outside(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(stream, "w") as written:
        for one in read.infolist():
            written.writestr(one, read.read(one))
        written.writestr("xl/externalLinks/externalLink1.xml", "<a/>")
    return stream.getvalue()


def files(*named: tuple[str, bytes]) -> dict[str, list[SimpleUploadedFile]]:
    return {"fil": [SimpleUploadedFile(name, data) for name, data in named]}


def token_in(answer: HttpResponse) -> str:
    found = re.search(r'name="vist" value="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def county() -> Client:
    return member("radgiver2@example.org", ADVISER)[2]


def test_the_form_as_a_sheet_has_what_stands_in_the_draft(
    round_: Round, contact: Actor, skien: Reply
) -> None:
    save_draft(contact, skien, {"housing": "30", "school": "kanskje 5"}, 0, {})
    _, _, client = member("k@example.org", CONTACT)
    answer = client.get(PAGE + "svarskjema.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="svarskjema-2027-4003.xlsx"'
    held = {cell.value for row in load_workbook(io.BytesIO(answer.content)).worksheets[0] for cell in row}
    assert 30 in held
    assert "kanskje 5" not in held


def test_a_sheet_is_shown_before_it_stands_in_the_draft(round_: Round, skien: Reply) -> None:
    _, _, client = member("k@example.org", CONTACT)
    shown = client.post(PAGE + "svarskjema/", files(("svar.xlsx", sheet())))
    assert shown.status_code == 200
    assert "Gjerne familier" in shown.content.decode()
    skien.refresh_from_db()
    assert (skien.values, skien.version) == ({}, 0)
    taken = client.post(PAGE + "svarskjema/", {"vist": token_in(shown)})
    assert taken.status_code == 302
    skien.refresh_from_db()
    assert skien.values == {"housing": 30, "own_wish": 25, "wish_note": "Gjerne familier"}
    assert not Delivery.objects.exists()


def test_what_the_sheet_does_not_answer_stays_in_the_draft(
    round_: Round, contact: Actor, skien: Reply
) -> None:
    save_draft(contact, skien, {"school": "12", "housing": "1"}, 0, {})
    read = sheets.read_sheets(contact, round_, [("svar.xlsx", sheet())], "4003")
    saved = sheets.take_into_draft(contact, round_, "4003", read.token)
    assert saved.clashes == ()
    assert (saved.values["school"], saved.values["housing"]) == (12, 30)


def test_a_draft_that_was_changed_meanwhile_is_not_overwritten(
    round_: Round, contact: Actor, skien: Reply
) -> None:
    read = sheets.read_sheets(contact, round_, [("svar.xlsx", sheet())], "4003")
    save_draft(contact, skien, {"housing": "99"}, 0, {})
    saved = sheets.take_into_draft(contact, round_, "4003", read.token)
    assert [one.field for one in saved.clashes] == ["housing"]
    assert saved.values["housing"] == 99


def test_the_county_takes_in_what_it_has_seen_on_behalf(round_: Round) -> None:
    client = county()
    shown = client.post(
        COUNTY + "les-inn/", files(("skien.xlsx", sheet()), ("p.xlsx", sheet("4001", "Porsgrunn")))
    )
    page = shown.content.decode()
    assert "Skien" in page
    assert "Porsgrunn" in page
    assert not Delivery.objects.exists()
    for _ in range(2):
        assert client.post(COUNTY + "les-inn/", {"vist": token_in(shown)}).status_code == 302
    one, two = Delivery.objects.order_by("reply__municipality")
    assert (one.reply.municipality, two.reply.municipality) == ("4001", "4003")
    assert (two.on_behalf, two.origin, two.number) == (True, "skien.xlsx, p.xlsx", 1)


def test_the_collected_sheet_that_is_fetched_can_be_read_in_again(
    round_: Round, contact: Actor, skien: Reply
) -> None:
    deliver(contact, skien, ANSWERS, 0, {})
    client = county()
    fetched = client.get(COUNTY + "samleskjema.xlsx")
    shown = client.post(COUNTY + "les-inn/", files(("svar-2027-40.xlsx", fetched.content)))
    assert shown.status_code == 200
    assert "Ingenting er nytt" in shown.content.decode()
    client.post(COUNTY + "les-inn/", {"vist": token_in(shown)})
    assert Delivery.objects.count() == 1


def test_a_draft_the_municipality_has_begun_is_told_and_what_the_sheet_lacks_stays(
    round_: Round, contact: Actor, adviser: Actor, skien: Reply
) -> None:
    save_draft(contact, skien, {"school": "12"}, 0, {})
    read = sheets.read_sheets(adviser, round_, [("skien.xlsx", sheet())])
    assert read.incoming[0].draft_left
    sheets.take_in(adviser, round_, read.token)
    skien.refresh_from_db()
    assert (skien.values["school"], skien.values["housing"]) == (12, 30)
    assert "school" not in Delivery.objects.get().values


def test_a_reply_that_came_meanwhile_stops_the_whole(
    round_: Round, contact: Actor, adviser: Actor, skien: Reply
) -> None:
    read = sheets.read_sheets(
        adviser, round_, [("p.xlsx", sheet("4001", "Porsgrunn")), ("skien.xlsx", sheet())]
    )
    deliver(contact, skien, ANSWERS, 0, {})
    with pytest.raises(InputError) as caught:
        sheets.take_in(adviser, round_, read.token)
    assert caught.value.code == "reply.meanwhile"
    assert [one.reply.municipality for one in Delivery.objects.all()] == ["4003"]


def test_the_trace_tells_of_every_reply_in_a_pile_after_all_are_kept(round_: Round, adviser: Actor) -> None:
    pile = [("skien.xlsx", sheet()), ("p.xlsx", sheet("4001", "Porsgrunn"))]
    read = sheets.read_sheets(adviser, round_, pile)
    assert set(sheets.take_in(adviser, round_, read.token)) == {"Porsgrunn", "Skien"}
    told = Entry.objects.filter(act="input.delivered").order_by("number")
    assert [one.municipality for one in told] == ["4001", "4003"]
    sheets.take_in(adviser, round_, read.token)
    assert told.count() == Delivery.objects.count() == 2


def test_a_round_that_is_closed_meanwhile_takes_no_sheets(round_: Round, adviser: Actor) -> None:
    read = sheets.read_sheets(adviser, round_, [("skien.xlsx", sheet())])
    Round.objects.update(state=Stage.CLOSED.value)
    with pytest.raises(InputError) as caught:
        sheets.take_in(adviser, round_, read.token)
    assert caught.value.code == "dialogue.closed"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("skien.xlsx", with_formula(sheet()), "formel"),
        ("skien.xlsx", with_link_outside(sheet()), "henter noe utenfra"),
        ("skien.xlsx", b"PK\x03\x04" + b"\0" * 100, "skadet"),
        ("skien.xlsx", b"%PDF-1.7 %%EOF", "ikke av et slag"),
        ("skien.xlsx", sheet(year=2026), "gjelder 2026"),
        ("skien.xlsx", sheet("4203", "Arendal"), "4203"),
        ("skien.xlsm", sheet(), "Navnet på filen"),
    ],
)
def test_a_sheet_that_cannot_be_taken_says_where_and_why(
    round_: Round, name: str, content: bytes, says: str
) -> None:
    answer = county().post(COUNTY + "les-inn/", files((name, content)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "skien.xls" in page
    assert "/tmp" not in page
    assert "fotfeste-svar-" not in page
    assert not Delivery.objects.exists()


def test_no_file_is_told(round_: Round) -> None:
    answer = county().post(COUNTY + "les-inn/", {})
    assert answer.status_code == 422
    assert "Velg en fil først" in answer.content.decode()


def test_another_municipality_s_sheet_is_not_taken_into_one_s_own_draft(round_: Round, skien: Reply) -> None:
    _, _, client = member("k@example.org", CONTACT)
    answer = client.post(PAGE + "svarskjema/", files(("p.xlsx", sheet("4001", "Porsgrunn"))))
    assert answer.status_code == 422
    skien.refresh_from_db()
    assert skien.values == {}


def test_what_was_shown_to_one_cannot_be_taken_in_by_another_or_changed(
    round_: Round, contact: Actor, adviser: Actor
) -> None:
    read = sheets.read_sheets(contact, round_, [("svar.xlsx", sheet())], "4003")
    forged = signing.dumps({"round": round_.pk, "by": adviser.user_id, "only": ""}, salt="elsewhere")
    for by, token in ((adviser, read.token), (adviser, forged), (contact, read.token[:-2] + "xx")):
        with pytest.raises(InputError) as caught:
            sheets.take_in(by, round_, token)
        assert caught.value.code == "upload.stale"


def test_a_form_that_is_taken_away_tells_what_it_is_and_what_is_known(round_: Round, skien: Reply) -> None:
    before = make_round(2026)
    of_last_year = Reply.objects.get(round=before, municipality="4003")
    deliver(
        NOBODY, of_last_year, {**ANSWERS, "housing": "41", "school": "no_limit"}, 0, {}, notices_seen=True
    )
    PartnerInput.objects.create(
        round=round_,
        organisation="Statsforvalteren",
        title="Kartlegging",
        dated=date(2026, 11, 21),
        values={"4003": {"health": 28}},
    )
    content = member("a@example.org", CONTACT)[2].get(f"{PAGE}svarskjema.xlsx").content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Fristen er 1. januar 2099." in told
    assert any("ikke et vedtak" in one for one in told)
    assert any("eller send den til fylkeskommunen" in one for one in told)
    under = "\n".join(told)
    assert "Svaret for 2026: 41" in under
    assert "Svaret for 2026: ingen begrensning" in under
    assert "Statsforvalteren fikk svaret 28 (21. november 2026). Skriv det her hvis det gjelder." in under
    assert sheet.column_dimensions["D"].hidden


def test_a_form_that_is_refused_can_be_handed_in_again_there(skien: Reply) -> None:
    browser = member("a@example.org", CONTACT)[2]
    answer = browser.post(f"{PAGE}svarskjema/", {"fil": SimpleUploadedFile("a.xlsx", b"PK not a workbook")})
    assert answer.status_code == 422
    assert 'name="fil"' in answer.content.decode()


def test_a_municipality_is_spoken_to_as_itself_when_it_reads_in_its_own_form(skien: Reply) -> None:
    file = SimpleUploadedFile("a.xlsx", sheet(kindergarten=0, own_wish=30, minors=50))
    told = member("a@example.org", CONTACT)[2].post(f"{PAGE}svarskjema/", {"fil": file}).content.decode()
    assert "Dere oppgir 0 for barnehage" in told
    assert "Dere kan ta imot 50 enslige mindreårige" in told
    assert "Spør kommunen" not in told
    county = member("b@example.org", ADVISER)[2]
    again = SimpleUploadedFile("a.xlsx", sheet(kindergarten=0, own_wish=30))
    told = county.post(f"{COUNTY}les-inn/", {"fil": again}).content.decode()
    assert "Skien oppgir 0 for barnehage" in told
    assert "Spør kommunen om 0 stemmer" in told


def test_the_county_takes_in_nothing_that_is_approved_on_a_day_that_has_not_come(skien: Reply) -> None:
    file = SimpleUploadedFile("a.xlsx", with_day(sheet(housing=30), date(2099, 1, 1)))
    answer = member("b@example.org", ADVISER)[2].post(f"{COUNTY}les-inn/", {"fil": file})
    assert answer.status_code == 422
    assert "1. januar 2099 er fram i tid" in answer.content.decode()


def with_day(content: bytes, day: date) -> bytes:
    book, stream = load_workbook(io.BytesIO(content)), io.BytesIO()
    rows = book.worksheets[0].iter_rows()
    where = next(cell for row in rows for cell in row if cell.value == "approved_on")
    book.worksheets[0].cell(where.row, 2).value = day
    book.save(stream)
    return stream.getvalue()
