"""What a draft forgets beside the own figures, its words, how others have solved it, and the hearing statement from it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from lxml import html

from fotfeste.plans.gaps import shipped_expectations
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.statement_models import PlanStatement
from fotfeste.web.trace.models import Entry
from tests.daily import LONG_RUN
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, READER, person, signed_in
from tests.web.plans.statement_examples import COUNTY_PLAN, county_plan, municipal_draft

pytestmark = pytest.mark.django_db(transaction=True)


def adviser(address: str = "raadgiver@example.org") -> Client:
    return signed_in(person(address, ADVISER))


def page(answer: Any) -> html.HtmlElement:
    assert answer.status_code < 500
    return html.fromstring(answer.content.decode())


def said(answer: Any) -> str:
    return " ".join(page(answer).xpath("//main")[0].text_content().split())


def words_in(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)


def form_of(answer: Any) -> dict[str, object]:
    """What a browser would send of the form on the page as it stands."""
    form = page(answer).xpath("//form[contains(@class, 'plan-statement')]")[0]
    sent: dict[str, object] = {}
    for one in form.xpath(".//input[@type='hidden']"):
        sent[one.get("name")] = one.get("value")
    for one in form.xpath(".//textarea"):
        sent[one.get("name")] = one.text or ""
    for one in form.xpath(".//input[@type='checkbox'][@checked]"):
        sent.setdefault(one.get("name"), [])
        sent[one.get("name")].append(one.get("value"))  # type: ignore[attr-defined]
    return sent


@pytest.fixture
def both() -> tuple[Client, PlanFile, str]:
    client = adviser()
    county_plan(client)
    file = municipal_draft(client)
    return client, file, f"/planer/{file.plan}/les/{file.number}/"


def test_a_gap_has_its_passages_the_own_figures_and_the_questions_beside_it(
    both: tuple[Client, PlanFile, str],
) -> None:
    client, _, here = both
    told = page(client.get(f"{here}hull/"))
    labour = told.get_element_by_id("glemt-arbeidskraft")
    assert "Har kommunen undersøkt hvilken arbeidskraft" in labour.text_content()
    assert "Egne tall: Porsgrunn" in labour.text_content() or "Egne tall" in labour.text_content()
    assert labour.xpath(".//table//tbody/tr")
    assert labour.xpath(".//a[contains(@href, '/planer/losninger/?hva=arbeidskraft')]")
    work = told.get_element_by_id("glemt-sysselsetting")
    quote = work.xpath(".//blockquote")[0].text_content()
    assert quote == "Ledigheten er lav, og bedriftene mangler arbeidskraft."
    address = work.xpath(".//*[@class='plan-where']/a/@href")[0]
    landed = client.get(address, follow=True)
    assert landed.status_code == 200
    assert "Ledigheten er lav" in landed.content.decode()
    assert docx.Document(BytesIO(client.get(f"{here}hull.docx").content)).tables


def test_words_are_shown_where_they_stand_with_what_to_write_instead(
    both: tuple[Client, PlanFile, str],
) -> None:
    client, _, here = both
    told = page(client.get(f"{here}ord/"))
    old = told.get_element_by_id("ord-innvandrerbefolkning").text_content()
    assert "Skriv heller innvandrere og norskfødte med innvandrerforeldre." in old
    assert "Statistisk sentralbyrå" in old
    mixed = told.get_element_by_id("ord-nyankomne-flere-ord").text_content()
    assert "flere ord for det samme" in mixed
    assert "tilflyttere" in mixed


def test_the_statement_is_the_advice_that_is_chosen_with_own_words_and_both_plans_cited(
    both: tuple[Client, PlanFile, str],
) -> None:
    client, _, here = both
    form = form_of(client.get(f"{here}uttalelse/"))
    ticked = form["med"]
    assert isinstance(ticked, list)
    assert {"sysselsetting", "demografi"} <= set(ticked)
    form["med"] = [one for one in ticked if one != "demografi"]
    form["egne-sysselsetting"] = "Vi vet at dere har begynt på dette.\n\nRing oss gjerne."
    assert client.post(f"{here}uttalelse/", form).status_code == 302
    again = form_of(client.get(f"{here}uttalelse/"))
    assert "demografi" not in again["med"]  # type: ignore[operator]
    assert "Ring oss gjerne." in again["egne-sysselsetting"]  # type: ignore[operator]
    written = words_in(client.get(f"{here}uttalelse.docx?sprak=nb").content)
    assert "De er råd og ikke innsigelse." in written
    assert "Vi vet at dere har begynt på dette." in written
    assert "Ledigheten er lav, og bedriftene mangler arbeidskraft." in written
    assert "flere innvandrere kommer inn i arbeidslivet i hele fylket" in written
    assert "Regional prøveplan" in written
    assert "Folketallet med og uten innvandring" not in written
    acts = set(Entry.objects.filter(act__startswith="statement.").values_list("act", flat=True))
    assert {"statement.changed", "statement.exported", "statement.viewed"} <= acts


def test_a_statement_that_somebody_saved_meanwhile_is_not_written_over(
    both: tuple[Client, PlanFile, str],
) -> None:
    client, _, here = both
    mine = form_of(client.get(f"{here}uttalelse/"))
    theirs = adviser("to@example.org")
    form = form_of(theirs.get(f"{here}uttalelse/"))
    assert theirs.post(f"{here}uttalelse/", form | {"egne-sysselsetting": "Deres ord"}).status_code == 302
    answer = client.post(f"{here}uttalelse/", mine | {"egne-sysselsetting": "Mine ord"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Mine ord" in told
    assert "Deres ord" in told
    assert PlanStatement.objects.get().kept["own"]["sysselsetting"] == "Deres ord"
    assert client.post(f"{here}uttalelse/", form_of(answer)).status_code == 302
    assert PlanStatement.objects.get().kept["own"]["sysselsetting"] == "Mine ord"


def test_a_remark_without_anything_to_lean_on_is_not_written(both: tuple[Client, PlanFile, str]) -> None:
    client, _, here = both
    form = form_of(client.get(f"{here}uttalelse/"))
    form["med"] = [one for one in form["med"] if not one.startswith("sysselsetting@")]  # type: ignore[attr-defined]
    client.post(f"{here}uttalelse/", form)
    written = words_in(client.get(f"{here}uttalelse.docx").content)
    assert "Innvandrere i arbeid\n" not in written.partition("Våre råd")[2]


def test_how_others_have_solved_it_is_found_and_taken_with(both: tuple[Client, PlanFile, str]) -> None:
    client, file, here = both
    other = signed_in(person("annen@example.org", OTHER_ADVISER))
    from tests.web.plans.examples import entered, handed_in

    one = entered(other, owner="4204", title="Annen prøveplan", visibility="open")
    text = "# Arbeid\n\nBedriftene i bygda skal ansette flere innvandrere i lokalt arbeidsliv gjennom lærlingeplasser.\n"
    handed_in(other, one.slug, text.encode(), "annen.md", visibility="open")
    told = said(client.get(f"/planer/losninger/?hva=sysselsetting&uten={file.plan}"))
    assert "ansette flere innvandrere" in told
    assert "Annen prøveplan" in told
    form = form_of(client.get(f"{here}uttalelse/?andre=sysselsetting"))
    shown = page(client.get(f"{here}uttalelse/?andre=sysselsetting"))
    form["andre-sysselsetting"] = shown.xpath("//input[@name='andre-sysselsetting']/@value")[:1]
    assert form["andre-sysselsetting"]
    client.post(f"{here}uttalelse/", form)
    assert "Slik står det i andre planer" in words_in(client.get(f"{here}uttalelse.docx").content)


def test_how_others_have_solved_it_begins_with_everything_there_is_to_read_about() -> None:
    client = adviser()
    county_plan(client)
    links = page(client.get("/planer/losninger/")).xpath("//main//section//li/a/@href")
    assert "?hva=sysselsetting" in links
    assert len(links) == len(shipped_expectations().all)


def test_a_confidential_draft_is_never_quoted_to_others() -> None:
    client = adviser()
    county_plan(client, visibility="draft")
    file = municipal_draft(client)
    here = f"/planer/{file.plan}/les/{file.number}/"
    assert "Ingen av planene til Telemark" in said(client.get(f"{here}uttalelse/"))
    assert "flere innvandrere kommer inn" not in said(client.get("/planer/losninger/?hva=sysselsetting"))
    assert "flere innvandrere kommer inn" not in words_in(client.get(f"{here}uttalelse.docx").content)


def test_the_statement_is_the_countys_own() -> None:
    client = adviser()
    file = municipal_draft(client, visibility="draft")
    here = f"/planer/{file.plan}/les/{file.number}/uttalelse/"
    assert client.get(here).status_code == 200
    reader = signed_in(person("leser@example.org", READER))
    assert reader.get(here).status_code == 404
    assert signed_in(person("kontakt@example.org", CONTACT)).get(here).status_code == 404
    assert signed_in(person("annen@example.org", OTHER_ADVISER)).get(here).status_code == 404
    assert Client().get(here).status_code == 302


@LONG_RUN
def test_a_plan_of_the_county_itself_is_not_one_to_advise_on() -> None:
    client = adviser()
    file = county_plan(client)
    here = f"/planer/{file.plan}/les/{file.number}/"
    assert "Denne planen er ikke en kommunes" in said(client.get(f"{here}uttalelse/"))
    assert client.get(f"{here}uttalelse.docx").status_code == 404
    assert "Utkast til høringsuttalelse" not in said(client.get(f"{here}hull/"))


def test_silence_opens_as_mention_does_and_both_can_be_taken_out(
    both: tuple[Client, PlanFile, str],
) -> None:
    client, _, _ = both
    told = page(client.get("/planer/matrise/?fylke=40"))
    links = told.xpath("//td/a[@data-cover]")
    assert len(links) == len(told.xpath("//table[contains(@class, 'plan-matrix')]//td"))
    covers = {one.get("data-cover") for one in links}
    assert {"silent", "suggested"} <= covers
    silent = next(one for one in links if one.get("data-cover") == "silent")
    opened = said(client.get(f"/planer/matrise/{silent.get('href').partition('#')[0]}"))
    assert "Det er søkt etter" in opened
    assert "Slik sier andre planer det" in opened
    from openpyxl import load_workbook

    asked = "fylke=40&felt=demografi"
    book = load_workbook(BytesIO(client.get(f"/planer/matrise.xlsx?{asked}").content))
    assert {"Dekning", "Avsnitt", "Planer"} <= set(book.sheetnames)
    whole = words_in(client.get(f"/planer/matrise.docx?{asked}").content)
    assert "Innvandring har dempet nedgangen" in whole
    narrow = page(client.get(f"/planer/matrise/?{asked}"))
    assert len(narrow.xpath("//table[contains(@class, 'plan-matrix')][1]//tbody/tr")) <= 2


def test_the_files_of_the_matrix_hold_only_what_the_reader_may_see(
    both: tuple[Client, PlanFile, str],
) -> None:
    del both
    stranger = Client()
    for ending in ("docx", "xlsx"):
        answer = stranger.get(f"/planer/matrise.{ending}?fylke=alle")
        assert answer.status_code == 200
    told = said(stranger.get("/planer/matrise/?fylke=40"))
    assert "0 dokumenter er lest" in told
    assert "arbeidslivet i hele fylket" in COUNTY_PLAN
