"""IMDi's tables: shown before they are taken in, whole or not at all, and never what they pretend to be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.test import Client

from fotfeste.errors import InputError
from fotfeste.statistics.figure import Mark
from fotfeste.web.follow_up import entering, models, requests_table, services, status_table
from fotfeste.web.follow_up.preview import Preview, Taken
from fotfeste.web.follow_up.requests_table import preview_requests
from fotfeste.web.follow_up.status_table import preview_status
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from tests.web.follow_up.conftest import after_the_session_ended
from tests.web.follow_up.year import PORSGRUNN, SILJAN, SKIEN, asked, names
from tests.web.people.persons import OTHER_ADVISER, person, signed_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
REQUESTS, STATUS = "/bosetting/2026/40/etter/anmodninger/", "/bosetting/2026/40/etter/status/"


def table(heading: str, numbers: Mapping[str, str] | None = None, usual: str = "10;1") -> bytes:
    """A table of all the county's municipalities, those not named with the usual numbers."""
    rows = [f"{code};{name};{(numbers or {}).get(code, usual)}" for code, name in names().items()]
    return "\n".join([f"kommunenummer;kommune;{heading}", *rows]).encode()


def requests(numbers: Mapping[str, str] | None = None) -> bytes:
    return table("anmodet;enslige mindreårige", numbers)


def status(numbers: Mapping[str, str] | None = None, usual: str = "0;0") -> bytes:
    return table("bosatt;enslige mindreårige", numbers, usual)


def workbook(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return stream.getvalue()


def test_nothing_is_stored_before_a_person_has_said_yes(sent: Round, adviser: Actor) -> None:
    entering.enter_request(adviser, sent, asked(SKIEN, 40), 0)
    found = preview_requests(adviser, sent, "tabell.csv", requests({SILJAN: "-;-"}), DAY, "26/1")
    lines = {one.code: one for one in found.lines}
    assert found.differing == len(names())
    assert lines[SKIEN].changed
    assert lines[PORSGRUNN].new
    assert lines[SILJAN].after[0].mark is Mark.NOT_ASKED
    assert models.MunicipalRequest.objects.count() == 1
    taken = requests_table.take_requests(adviser, sent, found.token)
    assert taken == Taken(len(names()))
    standing = services.requests_of(sent)
    assert standing is not None
    assert (standing.by_code[SKIEN].persons.value, standing.by_code[SKIEN].dated) == (10, DAY)
    assert [one.number for one in models.MunicipalRequest.objects.filter(municipality=SKIEN)] == [1, 2]


def test_a_yes_said_twice_is_taken_once(sent: Round, adviser: Actor) -> None:
    found = preview_requests(adviser, sent, "tabell.csv", requests(), DAY, "")
    requests_table.take_requests(adviser, sent, found.token)
    assert requests_table.take_requests(adviser, sent, found.token) == Taken(0)
    assert models.MunicipalRequest.objects.count() == len(names())


def test_who_says_yes_after_others_have_written_sees_the_differences_anew(
    sent: Round, adviser: Actor
) -> None:
    found = preview_requests(adviser, sent, "tabell.csv", requests(), DAY, "")
    entering.enter_request(adviser, sent, asked(SKIEN, 99), 0)
    again = requests_table.take_requests(adviser, sent, found.token)
    assert isinstance(again, Preview)
    assert again.moved
    assert {one.code for one in again.lines if one.changed} == {SKIEN}
    assert models.MunicipalRequest.objects.count() == 1
    assert requests_table.take_requests(adviser, sent, again.token) == Taken(len(names()))


def test_a_table_without_minors_does_not_take_away_those_that_stand(sent: Round, adviser: Actor) -> None:
    entering.enter_request(adviser, sent, asked(SKIEN, 10, 3), 0)
    entering.enter_request(adviser, sent, asked(PORSGRUNN, 11, 3), 0)
    found = preview_requests(adviser, sent, "tabell.csv", table("anmodet", usual="10"), DAY, "")
    lines = {one.code: one for one in found.lines}
    assert found.kept_minors
    assert lines[SKIEN].after[1].value == 3
    assert lines[PORSGRUNN].after[1].mark is Mark.MISSING, "the number of persons is another"


def test_what_one_person_has_read_is_nothing_to_another(sent: Round, adviser: Actor) -> None:
    found = preview_requests(adviser, sent, "tabell.csv", requests(), DAY, "")
    colleague = actor_for(person("kollega@example.org", *adviser.held))
    for token in (found.token, found.token[:-2], "", "x" * 100):
        with pytest.raises(InputError) as refused:
            requests_table.take_requests(colleague, sent, token)
        assert refused.value.code == "follow_up.token"
    with pytest.raises(InputError):
        status_table.take_status(adviser, sent, found.token)


def test_the_exact_status_is_kept_and_a_fall_is_told(sent: Round, adviser: Actor) -> None:
    first = preview_status(adviser, sent, "juni.csv", status({SKIEN: "12;3"}), date(2026, 6, 30))
    status_table.take_status(adviser, sent, first.token)
    second = preview_status(adviser, sent, "sept.csv", status({SKIEN: "9;3"}), date(2026, 9, 30))
    assert [(one.code, one.minors) for one in second.falls] == [(SKIEN, False)]
    status_table.take_status(adviser, sent, second.token)
    assert status_table.take_status(adviser, sent, second.token) == Taken(0)
    newest, earlier = services.statuses_of(sent)
    assert newest is not None
    assert earlier is not None
    assert newest.by_code[SKIEN].minors.value == 3
    assert models.StatusReport.objects.count() == 2


def test_a_corrected_status_of_the_same_day_is_kept_beside_the_first(sent: Round, adviser: Actor) -> None:
    day = date(2026, 6, 30)
    for number in ("12;3", "13;3"):
        found = preview_status(adviser, sent, "juni.csv", status({SKIEN: number}), day)
        assert status_table.take_status(adviser, sent, found.token) == Taken(len(names()))
    newest, earlier = services.statuses_of(sent)
    assert newest is not None
    assert newest.by_code[SKIEN].persons.value == 13
    assert earlier is None, "the first of the same day is no earlier status"


def test_a_file_taken_in_by_mistake_gives_way_to_the_one_before_it(sent: Round, adviser: Actor) -> None:
    day, right, wrong = date(2026, 6, 30), status({SKIEN: "12;3"}), status({SKIEN: "99;3"})
    for content in (right, wrong, right):
        found = preview_status(adviser, sent, "juni.csv", content, day)
        assert status_table.take_status(adviser, sent, found.token) == Taken(len(names()))
        assert status_table.take_status(adviser, sent, found.token) == Taken(0), "the same yes said twice"
    newest, _ = services.statuses_of(sent)
    assert newest is not None
    assert newest.by_code[SKIEN].persons.value == 12
    assert models.StatusReport.objects.count() == 3


def test_an_old_yes_said_again_after_another_file_shows_the_differences_anew(
    sent: Round, adviser: Actor
) -> None:
    day = date(2026, 6, 30)
    first = preview_status(adviser, sent, "juni.csv", status({SKIEN: "12;3"}), day)
    status_table.take_status(adviser, sent, first.token)
    second = preview_status(adviser, sent, "juni.csv", status({SKIEN: "13;3"}), day)
    status_table.take_status(adviser, sent, second.token)
    again = status_table.take_status(adviser, sent, first.token)
    assert isinstance(again, Preview)
    assert again.moved
    assert models.StatusReport.objects.count() == 2


def test_a_file_that_is_read_lives_through_a_session_that_ends(sent: Round, adviser_user: User) -> None:
    client = signed_in(adviser_user)
    shown = _send(client, STATUS, "status.csv", status({SKIEN: "37;1"}), as_of="2026-06-30")
    client.get(STATUS)
    again = after_the_session_ended(client, adviser_user, STATUS, {"lest": shown.context["preview"].token})
    page = again.get(STATUS)
    assert "Tallene fra filen står nedenfor" in page.content.decode()
    token = page.context["preview"].token
    assert again.post(STATUS, {"lest": token}).status_code == 302
    assert models.StatusReport.objects.get().settled[SKIEN]["persons"] == 37


def test_what_stands_beside_a_file_lives_through_a_session_that_ends(sent: Round, adviser_user: User) -> None:
    client = signed_in(adviser_user)
    client.get(REQUESTS)
    file = io.BytesIO(requests())
    file.name = "tabell.csv"
    typed = {"file": file, "dated": "2026-03-01", "reference": "26/4711"}
    again = after_the_session_ended(client, adviser_user, REQUESTS, typed)
    page = again.get(REQUESTS).content.decode()
    assert "Filen er ikke lest. Velg den på nytt." in page
    assert "26/4711" in page
    assert 'value="2026-03-01"' in page


LINKED = with_part(workbook([["kommune"]]), "xl/externalLinks/externalLink1.xml", b"<x/>")
BOMB = with_part(workbook([["kommune"]]), "xl/media/a.xml", b"0" * 40_000_000)
HOSTILE = {
    "an empty file": ("tabell.csv", b""),
    "a workbook called CSV": ("tabell.csv", workbook([["kommune", "anmodet"]])),
    "text called a workbook": ("tabell.xlsx", requests()),
    "a PDF called CSV": ("tabell.csv", b"%PDF-1.7 %%EOF"),
    "an old workbook called CSV": ("tabell.csv", b"\xd0\xcf\x11\xe0" + b"0" * 100),
    "bytes that are no text": ("tabell.csv", b"kommune;anmodet\x00\n4003;1"),
    "an unknown ending": ("tabell.exe", b"MZ" + b"0" * 100),
    "a workbook with links out": ("tabell.xlsx", LINKED),
    "a workbook that unpacks to more": ("tabell.xlsx", BOMB),
    "a workbook with a formula": ("tabell.xlsx", workbook(
        [["kommunenummer", "anmodet"], *[[code, "=1+1"] for code in names()]])),
    "a table without the columns": ("tabell.csv", b"a;b\n1;2"),
    "a municipality that is missing": ("tabell.csv", b"kommunenummer;anmodet\n4003;10"),
    "a municipality twice": ("tabell.csv", requests() + b"\n4003;Skien;11;1"),
    "a number below zero": ("tabell.csv", requests({SKIEN: "-4;0"})),
    "half a person": ("tabell.csv", requests({SKIEN: "4,5;0"})),
    "more minors than persons": ("tabell.csv", requests({SKIEN: "4;5"})),
    "a formula for a number": ("tabell.csv", requests({SKIEN: "=HYPERLINK(1);0"})),
    "a program for a name": ("<script>alert(1)</script>.csv", b"a;b\n1;2"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_with_any_fault_is_refused_whole(sent: Round, adviser_user: User, what: str) -> None:
    client = signed_in(adviser_user)
    answer = _send(client, REQUESTS, *HOSTILE[what], dated="2026-03-01")
    assert answer.status_code == 422, what
    content = answer.content.decode()
    assert "ds-error-summary" in content
    assert "<script>alert(1)" not in content
    assert not models.MunicipalRequest.objects.exists()


def _send(client: Client, address: str, name: str, content: bytes, **fields: str) -> Any:
    file = io.BytesIO(content)
    file.name = name
    return client.post(address, {"file": file, **fields})


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.csv", "C:\\tabell.csv", "..csv.csv", "a" * 300 + ".csv", "æ ø.csv"]
)
def test_the_name_of_a_file_is_never_a_path(sent: Round, adviser: Actor, name: str) -> None:
    found = preview_requests(adviser, sent, name, requests(), DAY, "")
    assert "/" not in found.origin.removeprefix("IMDi: ")
    assert "\\" not in found.origin
    assert len(found.origin) < 100


def test_a_table_without_a_day_asks_for_it(sent: Round, adviser_user: User) -> None:
    answer = _send(signed_in(adviser_user), STATUS, "status.csv", status())
    assert answer.status_code == 422
    assert 'id="id_as_of_error"' in answer.content.decode()


@pytest.mark.parametrize("day", ["2999-01-01", "2025-12-31"])
def test_a_status_of_a_day_that_cannot_be_is_refused(sent: Round, adviser_user: User, day: str) -> None:
    answer = _send(signed_in(adviser_user), STATUS, "status.csv", status(), as_of=day)
    assert answer.status_code == 422
    assert 'id="id_as_of_error"' in answer.content.decode()


def test_requests_of_a_day_that_has_not_been_are_refused(sent: Round, adviser_user: User) -> None:
    answer = _send(signed_in(adviser_user), REQUESTS, "tabell.csv", requests(), dated="2999-01-01")
    assert answer.status_code == 422
    assert 'id="id_dated_error"' in answer.content.decode()


def test_the_way_through_the_pages(sent: Round, adviser_user: User) -> None:
    client = signed_in(adviser_user)
    shown = _send(client, STATUS, "status.csv", status({SKIEN: "3;1"}), as_of="2026-06-30")
    assert shown.status_code == 200
    assert not models.StatusReport.objects.exists()
    token = shown.context["preview"].token
    done = client.post(STATUS, {"lest": token})
    assert (done.status_code, done.headers["Location"]) == (302, "/bosetting/2026/40/etter/")
    assert models.StatusReport.objects.get().settled[SKIEN]["persons"] == 3
    stale = client.post(STATUS, {"lest": "gammelt"})
    assert stale.status_code == 422


def test_a_workbook_is_read_as_text_is(sent: Round, adviser: Actor) -> None:
    rows: list[list[Any]] = [["Kommune", "Anmodet"], *[[name, 12] for name in names().values()]]
    found = preview_requests(adviser, sent, "tabell.xlsx", workbook(rows), DAY, "")
    assert {int(one.after[0].value or 0) for one in found.lines} == {12}


def test_another_county_takes_nothing_in(sent: Round) -> None:
    client = signed_in(person("agder@example.org", OTHER_ADVISER))
    assert _send(client, REQUESTS, "tabell.csv", requests()).status_code == 404
    assert not models.MunicipalRequest.objects.exists()
