"""Plans are entered, read in the background, and shown to those who may see them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from fotfeste.messages import Locale, language
from fotfeste.plans.words import Pattern
from fotfeste.settings import LOCALES
from fotfeste.web.plans import services
from fotfeste.web.plans.models import CodingEvent, PlanFile, State
from fotfeste.web.plans.search_views import EXAMPLES
from fotfeste.web.trace.models import Entry
from tests.daily import LONG_RUN
from tests.plans.documents.made import Text, written
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, READER, person, signed_in
from tests.web.plans.examples import NYNORSK, entered, handed_in

pytestmark = pytest.mark.django_db(transaction=True)


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def said(answer: object) -> str:
    page = html.fromstring(answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_the_register_that_comes_with_it_is_open_to_all() -> None:
    told = said(Client().get("/planer/"))
    assert told.startswith("Planverk Planverk 42 planer.")
    assert "Regional plan for verdiskapning i Oppland" in told
    one = said(Client().get("/planer/oppland-naeringsplan-2018/"))
    assert "Nå: Innlandet" in one
    assert "Kilden sier ikke når den ble vedtatt." in one


def test_the_register_is_chosen_by_county_and_title() -> None:
    told = said(Client().get("/planer/?fylke=34&tittel=verdiskapning"))
    assert "Oppland" in told
    assert "Regional kompetanseplan" not in told


def test_the_page_that_waits_is_told_that_the_document_is_read_and_asks_no_more() -> None:
    client = adviser()
    one = handed_in(client, entered(client).slug)
    waiting = client.get(f"/planer/{one.plan}/les/1/", headers={"HX-Request": "true"})
    assert waiting.status_code == 286
    part = html.fragment_fromstring(waiting.content.decode())
    assert part.get("id") == "lesing"
    assert [link.get("href") for link in part.xpath(".//a")] == [f"/planer/{one.plan}/les/1/"]


def test_a_plan_of_the_county_is_seen_by_the_county_alone() -> None:
    client = adviser()
    one = entered(client)
    address = f"/planer/{one.slug}/"
    assert client.get(address).status_code == 200
    assert signed_in(person("leser@example.org", READER)).get(address).status_code == 200
    assert signed_in(person("annen@example.org", OTHER_ADVISER)).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert Client().get("/planer/finnes-ikke/").status_code == 302
    assert "Samfunnsdelen" not in said(Client().get("/planer/"))


def test_a_confidential_draft_is_for_the_advisers_and_those_who_are_named() -> None:
    client = adviser()
    one = entered(client, visibility="draft", shared_with=["4003"])
    file = handed_in(client, one.slug, visibility="open")
    assert (file.visibility, file.shared_with) == ("draft", ["4003"])
    read = f"/planer/{one.slug}/les/1/"
    assert client.get(read).status_code == 200
    assert signed_in(person("leser@example.org", READER)).get(read).status_code == 404
    assert signed_in(person("kontakt@example.org", CONTACT)).get(read).status_code == 200
    assert Entry.objects.filter(act="plan_draft.viewed", detail__contains="plan_reader").count() == 2


def test_a_document_is_read_and_shown_passage_by_passage_with_steady_places() -> None:
    client = adviser()
    one = entered(client)
    file = handed_in(client, one.slug)
    assert (file.state, file.passages) == (State.READY, 7), file.fault
    page = html.fromstring(client.get(f"/planer/{one.slug}/les/1/").content.decode())
    marks = [each.get("id") for each in page.xpath("//*[@class='plan-passage']")]
    assert all(mark.startswith("t") for mark in marks)
    assert [each.text for each in page.xpath("//h2|//h3")][:2] == [
        "Samfunnsdelen for Prøveby",
        "Innvandring og arbeid",
    ]
    there = client.get(f"/planer/{one.slug}/les/1/?sted={marks[3][1:]}")
    assert there["Location"].endswith(f"?side=1#{marks[3]}")


def test_a_file_that_cannot_be_read_says_why() -> None:
    client = adviser()
    one = entered(client)
    file = handed_in(client, one.slug, b"%PDF-1.7 broken", "plan.pdf")
    assert file.state == State.FAILED
    told = said(client.get(f"/planer/{one.slug}/les/1/"))
    assert "skadet" in told
    again = handed_in(client, one.slug, b"%PDF-1.7 broken", "plan.pdf")
    assert again.pk == file.pk


def test_a_file_of_another_kind_is_refused_in_the_form() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = adviser()
    one = entered(client)
    form = {"file": SimpleUploadedFile("plan.exe", b"MZ"), "role": "plan", "visibility": "county"}
    answer = client.post(f"/planer/{one.slug}/legg-inn/", form)
    assert answer.status_code == 422
    assert "Bruk en fil som slutter på" in answer.content.decode()
    assert not PlanFile.objects.exists()


def test_a_step_is_entered_and_held_against_the_rules() -> None:
    client = adviser()
    one = entered(client)
    form = {
        "title": "Samfunnsdelen", "status": "hearing", "visibility": "county", "step": "hearing",
        "opens": "2027-01-04", "closes": "2027-01-20",
    }  # fmt: skip
    answer = client.post(f"/planer/{one.slug}/endre/", form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    told = said(client.get(f"/planer/{one.slug}/"))
    assert "4. januar 2027 – 20. januar 2027" in told
    assert "Høringen varer i 16 dager" in told


def test_the_calendar_tells_what_is_to_come_and_gives_a_file() -> None:
    told = said(Client().get("/planer/kalender/?fylke=40"))
    assert "Skien" in told
    assert "antatt" in told
    file = Client().get("/planer/kalender.ics?fylke=40")
    assert file["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in file.content


def test_the_search_finds_both_forms_and_tells_what_only_looks_alike() -> None:
    client = adviser()
    first = entered(client)
    handed_in(client, first.slug)
    second = entered(client, title="Plan for Øydalen", visibility="open")
    handed_in(client, second.slug, NYNORSK.encode(), visibility="open")
    told = said(client.get("/planer/sok/?q=innvandrere"))
    assert "2 avsnitt, i 2 dokumenter" in told
    assert "innvandrarar" in told
    alike = said(client.get("/planer/sok/?q=innv*"))
    assert "innvendinger" in alike
    assert "Holdt utenfor" in alike
    assert Entry.objects.filter(act="plan.searched").count() >= 1


def test_the_search_finds_nothing_that_the_reader_may_not_see() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    assert "0 avsnitt, i 0 dokumenter" in said(Client().get("/planer/sok/?q=innvandrere"))
    other = signed_in(person("annen@example.org", OTHER_ADVISER))
    assert "0 avsnitt" in said(other.get("/planer/sok/?q=innvandrere"))


def test_a_query_that_cannot_be_read_is_told() -> None:
    answer = Client().get('/planer/sok/?q="innvandrer')
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.content.decode()


def coded(client: Client, slug: str, **form: object) -> str:
    answer = client.post(f"/planer/{slug}/les/1/koding/", form, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content.decode()[:500]
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def test_a_suggestion_is_accepted_corrected_noted_and_undone() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    page = html.fromstring(client.get(f"/planer/{one.slug}/les/1/").content.decode())
    offered = page.xpath("//ul[@class='plan-offered']//form")
    assert offered, "nothing is suggested"
    first = {each.get("name"): each.get("value") for each in offered[0].xpath(".//input")}
    place, code = first["place"], first["code"]
    cause = " ".join(offered[0].xpath(".//*[contains(@class, 'plan-cause')]")[0].text_content().split())
    assert cause.startswith("foreslått fordi her står")
    told = coded(client, one.slug, place=place, code=code, act="accept")
    assert "Rett eller skriv notat" in told
    event = CodingEvent.objects.get()
    assert (event.act, event.code, bool(event.cause)) == ("accept", code, True)
    assert "Se nærmere" in coded(client, one.slug, place=place, number=1, act="memo", memo="Se nærmere")
    coded(client, one.slug, place=place, number=1, act="correct", code="tiltak")
    coded(client, one.slug, place=place, act="undo")
    coded(client, one.slug, place=place, act="reject", code=code)
    acts = list(CodingEvent.objects.values_list("act", flat=True))
    assert acts == ["accept", "memo", "correct", "undo", "reject"]
    assert Entry.objects.filter(act__startswith="coding.").exclude(act="coding.viewed").count() == 5


def test_a_code_may_be_given_to_some_words_of_a_passage_only_within_it() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    from fotfeste.web.plans.stored import document_of

    file = PlanFile.objects.get()
    span = document_of(file).passages[2].span
    told = coded(client, one.slug, place=2, act="accept", code="tiltak", start=span.start, end=span.start + 8)
    assert "deler av avsnittet" in told
    coded(client, one.slug, place=2, act="accept", code="mal", start=0, end=span.end + 50)
    assert list(CodingEvent.objects.values_list("start", "end"))[1] == (span.start, span.end)


def test_an_unknown_code_is_told_beside_the_passage_and_nothing_is_stored() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    assert "har ingen kode som heter" in coded(client, one.slug, place=2, act="accept", code="finnes ikke")
    assert not CodingEvent.objects.exists()


def test_coders_judge_apart_and_settle_what_they_disagree_about() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    other = signed_in(person("to@example.org", ADVISER, name="Ola Prøve"))
    coded(client, one.slug, place=2, act="accept", code="tiltak", memo="")
    page = other.get(f"/planer/{one.slug}/les/1/").content.decode()
    assert "plan-given" not in page
    other.post(f"/planer/{one.slug}/les/1/koding/", {"place": 2, "act": "read"})
    told = said(client.get(f"/planer/{one.slug}/les/1/uenighet/"))
    assert "1 uenighet er ikke avgjort" in told
    assert "Ja: Kari Prøve. Nei: Ola Prøve." in told
    settle = {
        "place": 2,
        "act": "resolve",
        "code": "tiltak",
        "holds": "nei",
        "memo": "Bare et mål",
        "fra": "uenighet",
    }
    assert other.post(f"/planer/{one.slug}/les/1/koding/", settle).status_code == 302
    told = said(client.get(f"/planer/{one.slug}/les/1/uenighet/"))
    assert "0 uenigheter er ikke avgjort" in told
    assert "Koden gjelder ikke. Ola Prøve: Bare et mål" in told


def test_a_reader_of_the_county_sees_codes_but_gives_none() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak")
    reader = signed_in(person("leser@example.org", READER))
    page = reader.get(f"/planer/{one.slug}/les/1/").content.decode()
    assert "plan-given" in page
    assert 'plan-give"' not in page
    refused = reader.post(f"/planer/{one.slug}/les/1/koding/", {"place": 2, "act": "accept", "code": "mal"})
    assert refused.status_code == 403


def test_a_coding_that_stands_is_never_changed() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak")
    event = CodingEvent.objects.get()
    event.code = "mal"
    with pytest.raises(ValueError, match="not changed"):
        event.save()


def test_an_open_plan_takes_documents_from_any_county_for_its_own_eyes() -> None:
    client = adviser()
    file = handed_in(client, "oppland-naeringsplan-2018")
    assert (file.county, file.visibility) == ("40", "county")
    assert (
        signed_in(person("annen@example.org", OTHER_ADVISER))
        .get("/planer/oppland-naeringsplan-2018/les/1/")
        .status_code
        == 404
    )
    assert "Samfunnsdelen for Prøveby" not in said(Client().get("/planer/oppland-naeringsplan-2018/"))


def test_the_page_of_a_pdf_is_drawn_once_for_those_who_may_see_it(data: Path) -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug, written([[Text(72, 700, "Kommunen skal busetje innvandrarar.")]]), "plan.pdf")
    address = f"/planer/{one.slug}/les/1/side/1.png"
    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert first.content.startswith(b"\x89PNG")
    assert len(list((data / ".plan-pages").rglob("*.png"))) == 1
    assert client.get(f"/planer/{one.slug}/les/1/side/99.png").status_code == 404
    assert signed_in(person("annen@example.org", OTHER_ADVISER)).get(address).status_code == 404


def test_what_waits_in_the_log_of_work_names_no_confidential_draft() -> None:
    from fotfeste.web.jobs.models import Job

    client = adviser()
    one = entered(client, visibility="draft")
    handed_in(client, one.slug, name="hemmelig.md")
    kept = json.dumps([each.arguments for each in Job.objects.filter(kind=services.READ)])
    assert "hemmelig" not in kept


def test_the_matrix_opens_the_passages_of_a_cell_and_shows_silence_too() -> None:
    client = adviser()
    one = entered(client, title="Regional strategi", owner="40", type="regional_strategy", status="adopted")
    handed_in(client, one.slug)
    page = html.fromstring(client.get("/planer/matrise/?fylke=40").content.decode())
    assert "taus" in page.text_content()
    links = page.xpath("//td/a[contains(@href, 'tema=')]")
    cell = next(each.get("href") for each in links if "foreslått" in each.text_content())
    opened = said(client.get(f"/planer/matrise/{cell.partition('#')[0]}"))
    assert "Samfunnsdelen for Prøveby" in opened
    assert "1 dokument er lest" in opened
    assert "0 dokumenter er lest" in said(Client().get("/planer/matrise/?fylke=40"))


@LONG_RUN
def test_what_a_plan_forgets_is_shown_and_given_as_a_document() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    there = client.get(f"/planer/{one.slug}/hull/")
    assert there["Location"] == f"/planer/{one.slug}/les/1/hull/"
    assert "glemt eller bare delvis der" in said(client.get(there["Location"]))
    file = client.get(f"/planer/{one.slug}/les/1/hull.docx")
    assert file.content.startswith(b"PK")
    assert signed_in(person("annen@example.org", OTHER_ADVISER)).get(there["Location"]).status_code == 404


def test_the_filters_of_the_search_leave_the_choice_of_language_on_the_page() -> None:
    page = html.fromstring(Client().get("/planer/sok/").content.decode())
    assert [each.text for each in page.xpath("//a[@hreflang]")] == ["Bokmål", "Nynorsk", "English"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_search_begins_with_examples_that_can_be_searched_for_in_every_language(locale: Locale) -> None:
    words = language(locale)
    for query, told in EXAMPLES:
        assert Pattern.parse(words.text(query)).counts("Ingenting om dette.") == 0
        assert words.text(told)
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = locale
    page = html.fromstring(client.get("/planer/sok/").content.decode())
    asked = [one for one in page.xpath("//main//li/a/@href") if one.startswith("?q=")]
    assert len(asked) == len(EXAMPLES)
    for one in asked:
        assert client.get(f"/planer/sok/{one}").status_code == 200
