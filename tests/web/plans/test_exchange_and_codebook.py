"""Coding in and out of files, the codebook, the start pack, and the filters of register and search."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from fotfeste.web.plans.models import CodingEvent
from fotfeste.web.trace.models import Entry
from tests.plans.exchange import made
from tests.web.people.persons import ADVISER, OTHER_ADVISER, READER, person, signed_in
from tests.web.plans.examples import TEXT, entered, handed_in
from tests.web.rounds.conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True)


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def said(answer: object) -> str:
    page = html.fromstring(answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(page.xpath("//main")[0].text_content().split())


def project() -> bytes:
    """A project of another program: the plan as that program has it, and a text that is not here."""
    text = TEXT.replace("# ", "").replace("#", "")
    one = made.Project(made.QUALCODER)
    key, unknown = made.guid("code tiltak"), made.guid("code ukjent")
    one.codes = made.code("Flyktninger", key=key) + made.code("Egen kode", key=unknown)
    words = ("Alle bosatte flyktninger får tilbud om språkopplæring innen 2030.",)
    inside = one.selections(text, made.pieces_of(text, words), key)
    inside += one.selections(text, made.pieces_of(text, ("innvendinger",)), unknown)
    one.text("Plan", text, inside)
    other = "Her står noe helt annet om havner og ferjer, og om kaiene."
    one.text("Havneplan", other, one.selections(other, made.pieces_of(other, ("ferjer",)), key))
    return one.packed()


def taken_in(client: Client, address: str, data: bytes, name: str = "prosjekt.qdpx") -> object:
    """Hand in a file, let it be read in the background, and return the page that tells what came of it."""
    answer = client.post(address, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    work_off()
    return client.get(address)


def test_a_project_of_another_program_comes_onto_the_document_and_what_does_not_is_told() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    address = f"/planer/{one.slug}/les/1/utveksling/"
    assert "Fylket har 0 kodinger" in said(client.get(address))

    told = said(taken_in(client, address, project()))
    assert "Én koding er hentet inn." in told
    assert "1 av 2 kodinger er funnet igjen" in told or "2 av 2 kodinger er funnet igjen" in told
    assert "«Havneplan»: ingen av kodingene finnes igjen" in told
    assert "Egen kode" in told
    assert "Oppdiktet Person" in told
    event = CodingEvent.objects.get()
    assert (event.act, event.code) == ("accept", "flyktninger")
    assert event.coder.startswith("refi-")
    assert "Oppdiktet Person" not in said(client.get(address))
    again = said(taken_in(client, address, project()))
    assert "Oppdiktet Person" in again
    assert "sto her fra før" in again
    assert CodingEvent.objects.count() == 1
    assert "Filen er skadet og kan ikke leses" in said(taken_in(client, address, b"not a package"))
    assert Entry.objects.filter(act="coding.imported").exists()
    reader = signed_in(person("leser@example.org", READER))
    assert reader.get(address).status_code == 200
    assert reader.post(address, {}).status_code == 403
    assert signed_in(person("annen@example.org", OTHER_ADVISER)).get(address).status_code == 404


def test_codings_go_out_as_a_table_and_come_in_again_but_never_in_the_name_of_another() -> None:
    client = adviser()
    other = person("to@example.org", ADVISER, name="Ola Prøve")
    one = entered(client)
    handed_in(client, one.slug)
    client.post(f"/planer/{one.slug}/les/1/koding/", {"place": 2, "act": "accept", "code": "tiltak"})
    out = client.get(f"/planer/{one.slug}/les/1/koding.csv")
    rows = list(csv.DictReader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["tiltak"]
    assert client.get(f"/planer/{one.slug}/les/1/koding.xlsx").content.startswith(b"PK")
    colleague = signed_in(other)
    assert "tiltak" not in colleague.get(f"/planer/{one.slug}/les/1/koding.csv").content.decode()
    assert "tiltak" in colleague.get(f"/planer/{one.slug}/les/1/koding.csv?alle=1").content.decode()
    forged = out.content.decode("utf-8-sig").replace(rows[0]["coder"], str(other.pseudonym))
    address = f"/planer/{one.slug}/les/1/utveksling/"
    told = said(taken_in(client, address, forged.encode(), "koding.csv"))
    assert "Én koding er hentet inn." in told
    assert not CodingEvent.objects.filter(coder=str(other.pseudonym)).exists()


def test_the_codebook_tells_what_each_code_means_in_three_languages_and_goes_out() -> None:
    told = said(Client().get("/planer/kodebok/"))
    assert "Tas med" in told
    assert "Tas ikke med" in told
    assert "Eksempler" in told
    assert "Ord som gir forslag" in told
    texts = set()
    for language in ("nb", "nn", "en"):
        client = Client()
        client.cookies["fotfeste_language"] = language
        texts.add(client.get("/planer/kodebok/").content)
    assert len(texts) == 3
    assert b"CodeBook" in Client().get("/planer/kodebok.qdc").content
    assert b"schema = " in Client().get("/planer/kodebok.toml").content
    assert Client().get("/planer/kodebok.csv").status_code == 200


def test_the_calendar_leads_to_a_start_pack_that_is_a_page_and_a_document() -> None:
    calendar = Client().get("/planer/kalender/?fylke=40")
    assert "måneder før arbeidet tidligst kan begynne" in said(calendar)
    assert "/planer/kalender/4003/" in calendar.content.decode()
    told = said(Client().get("/planer/kalender/4003/"))
    assert "Startpakke: Skien" in told
    assert "Har kommunen undersøkt hvilken arbeidskraft" in told
    file = Client().get("/planer/kalender/4003/startpakke.docx")
    assert file.content.startswith(b"PK")
    assert Client().get("/planer/kalender/9999/").status_code == 404


def test_the_search_is_narrowed_by_a_code_that_is_given_or_suggested_and_not_by_one_that_is_rejected() -> (
    None
):
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    assert "2 avsnitt" in said(client.get("/planer/sok/?q=kommunen"))
    assert "0 avsnitt" in said(client.get("/planer/sok/?q=kommunen&kode=utdanningsinnvandrere"))
    client.post(
        f"/planer/{one.slug}/les/1/koding/", {"place": 2, "act": "accept", "code": "enslige-mindrearige"}
    )
    assert "1 avsnitt" in said(client.get("/planer/sok/?q=kommunen&kode=enslige-mindrearige"))
    other = signed_in(person("annen@example.org", OTHER_ADVISER))
    assert "0 avsnitt" in said(other.get("/planer/sok/?q=kommunen&kode=enslige-mindrearige"))
    suggested = "/planer/sok/?q=kvalifisere&kode=innvandrere"
    assert "1 avsnitt" in said(client.get(suggested))
    client.post(f"/planer/{one.slug}/les/1/koding/", {"place": 2, "act": "reject", "code": "innvandrere"})
    assert "0 avsnitt" in said(client.get(suggested))
    assert client.get("/planer/sok/?q=kommunen&kode=finnes-ikke").status_code == 422


def test_the_register_is_chosen_by_field() -> None:
    whole = said(Client().get("/planer/"))
    some = said(Client().get("/planer/?felt=integration"))
    assert whole != some
    assert " av 42" in some


def test_versions_are_compared_and_goals_are_followed() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    assert "Det trengs to dokumenter" in said(client.get(f"/planer/{one.slug}/endringer/"))
    changed = TEXT.replace("innen 2030", "innen 2032").replace(
        "- Kommunen har ikke egne tiltak for integrering av barn.\n", ""
    )
    handed_in(client, one.slug, changed.encode(), "plan-2.md", replaces="1")
    page = client.get(f"/planer/{one.slug}/endringer/").content.decode()
    assert "<del>2030</del>" in page
    assert "<ins>2032</ins>" in page
    told = said(client.get(f"/planer/{one.slug}/endringer/?bare=vanished&om=integrer*"))
    assert "1 avsnitt" in told
    assert "integrering av barn" in told
    assert client.get(f'/planer/{one.slug}/endringer/?om="').status_code in (200, 422)
    goals = said(client.get(f"/planer/{one.slug}/mal/"))
    assert "omskrevet" in goals
    assert "borte" in goals
    other = signed_in(person("annen@example.org", OTHER_ADVISER))
    assert other.get(f"/planer/{one.slug}/endringer/").status_code == 404
    assert Entry.objects.filter(act="plan.compared").exists()
