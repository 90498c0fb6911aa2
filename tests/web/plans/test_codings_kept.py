"""What coders have done is only added to, comes along to a new version where it is found again, and teaches suggestions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from lxml import html

from fotfeste.web.plans import fixed, learning, stored, suggested, withdrawing
from fotfeste.web.plans.models import CodingEvent, CodingLog, LostCoding, PlanFile, State
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import ADVISER, OTHER_ADVISER, READER, person, signed_in
from tests.web.plans.examples import TEXT, entered, handed_in
from tests.web.rounds.conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True)

CHANGED = TEXT.replace(
    "- Kommunen har ikke egne tiltak for integrering av barn.", "- Barn i barnehage får språkopplæring."
)


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def said(answer: object) -> str:
    page = html.fromstring(answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(page.xpath("//main")[0].text_content().split())


def coded(client: Client, slug: str, number: int = 1, **form: object) -> object:
    answer = client.post(f"/planer/{slug}/les/{number}/koding/", form, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer


def test_the_database_itself_refuses_to_change_what_a_coder_has_done() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak")
    event = CodingEvent.objects.get()
    assert fixed.standing(connection)
    for change in (
        lambda: CodingEvent.objects.update(code="mal"),
        lambda: CodingEvent.objects.all()._raw_delete("default"),
        lambda: CodingEvent.objects.create(
            log=event.log, number=7, at=event.at, coder="x", act="accept", code="mal"
        ),
    ):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            change()
    assert list(CodingEvent.objects.values_list("number", "code")) == [(1, "tiltak")]


def test_suggestions_are_stored_when_the_document_is_read_and_are_what_the_rules_say(data: Path) -> None:
    client = adviser()
    one = entered(client)
    file = handed_in(client, one.slug)
    path = suggested.rules_file(stored.suggested_for(file), stored.edition())
    assert path.is_file()
    document = stored.document_of(file)
    said_now: dict[int, list[object]] = {}
    for each in stored.rules().suggest(document):
        said_now.setdefault(each.passage, []).append(each)
    assert stored.suggestions_of(file) == said_now
    assert stored.suggestions_at(file, [2]) == {2: said_now[2]}
    path.write_bytes(b"broken\n")
    stored.forget()
    assert stored.suggestions_at(file, [2]) == {2: said_now[2]}


def test_a_new_version_carries_the_codings_and_tells_what_is_lost_instead_of_guessing() -> None:
    client = adviser()
    one = entered(client)
    old = handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak", memo="Bra")
    coded(client, one.slug, place=6, act="accept", code="mal")
    coded(client, one.slug, place=0, act="read")
    new = handed_in(client, one.slug, CHANGED.encode(), "plan-2.md", replaces="1")
    assert (new.number, new.replaces, new.state) == (2, old, State.READY), new.fault
    log = CodingLog.objects.get(file=new)
    events = list(log.events.values_list("act", "code", "memo"))
    assert events[0] == ("accept", "tiltak", "Bra")
    assert ("accept", "mal", "") not in events
    assert any(act == "read" for act, _, _ in events)
    span = log.events.get(number=1)
    assert stored.document_of(new).text[span.start : span.end].startswith("Kommunen skal kvalifisere")
    lost = LostCoding.objects.get(log=log)
    assert lost.reason == "absent"
    told = said(client.get(f"/planer/{one.slug}/les/2/tapte/"))
    assert "Kommunen har ikke egne tiltak" in told
    assert "1 koding fulgte ikke med" in told
    assert "tapte" in client.get(f"/planer/{one.slug}/les/2/").content.decode()
    reader = signed_in(person("leser@example.org", READER))
    assert reader.get(f"/planer/{one.slug}/les/2/tapte/").status_code == 200
    assert reader.post(f"/planer/{one.slug}/les/2/tapte/", {"number": lost.event}).status_code == 403
    assert client.post(f"/planer/{one.slug}/les/2/tapte/", {"number": lost.event}).status_code == 302
    assert "fulgte ikke med" not in said(client.get(f"/planer/{one.slug}/les/2/tapte/"))
    assert Entry.objects.filter(act="coding.carried").exists()


def test_a_version_that_is_replaced_is_read_but_not_coded_and_not_searched() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug)
    handed_in(client, one.slug, CHANGED.encode(), "plan-2.md", replaces="1")
    answer = coded(client, one.slug, place=2, act="accept", code="tiltak")
    assert "nyere versjon" in answer.content.decode()  # type: ignore[attr-defined]
    assert not CodingEvent.objects.filter(log__file__number=1).exists()
    assert "i 1 dokument" in said(client.get("/planer/sok/?q=innvandrere"))
    assert "nyere versjon" in said(client.get(f"/planer/{one.slug}/les/1/"))


def test_a_new_version_that_only_some_see_takes_no_place_for_the_others() -> None:
    client = adviser()
    one = entered(client, visibility="open")
    handed_in(client, one.slug, visibility="open")
    handed_in(client, one.slug, CHANGED.encode(), "plan-2.md", visibility="draft", replaces="1")
    assert "i 1 dokument" in said(Client().get("/planer/sok/?q=innvandrere"))
    assert "nyere versjon" not in said(Client().get(f"/planer/{one.slug}/les/1/"))


def test_a_withdrawn_document_is_out_of_sight_and_its_file_goes_by_the_rule(data: Path) -> None:
    client = adviser()
    one = entered(client)
    file = handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak")
    address = f"/planer/{one.slug}/les/1/trekk/"
    assert "90 dager" in said(client.get(address)) or "2027" in said(client.get(address))
    assert client.post(address, {"why": "", "when": "rule"}).status_code == 422
    answer = client.post(address, {"why": "Feil fil", "when": "rule"})
    assert answer.status_code == 302
    told = said(client.get(f"/planer/{one.slug}/les/1/"))
    assert "Feil fil" in told
    assert "kvalifisere innvandrere" not in told
    assert "0 avsnitt" in said(client.get("/planer/sok/?q=innvandrere"))
    assert client.get(f"/planer/{one.slug}/les/1/fil/").status_code == 404
    assert file.folder.is_dir()
    assert withdrawing.erase_due() == 0
    PlanFile.objects.update(withdrawn_at=PlanFile.objects.get().withdrawn_at - timedelta(days=91))
    assert withdrawing.erase_due() == 1
    assert not file.folder.exists()
    assert CodingEvent.objects.count() == 1
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"plan.file_withdrawn", "plan.file_erased"} <= acts
    again = handed_in(client, one.slug)
    assert (again.number, again.state) == (2, State.READY)


def test_a_file_that_another_plan_has_too_stays_when_one_is_withdrawn(data: Path) -> None:
    client = adviser()
    first, second = entered(client), entered(client, title="En annen plan")
    handed_in(client, first.slug)
    other = handed_in(client, second.slug)
    client.post(f"/planer/{first.slug}/les/1/trekk/", {"why": "Feil plan", "when": "now"})
    assert PlanFile.objects.get(plan=first.slug).erased_at is not None
    assert other.folder.is_dir()
    assert client.get(f"/planer/{second.slug}/les/1/").status_code == 200


def lines(word: str, count: int) -> str:
    places = (
        "Vestbygda",
        "Østbygda",
        "Nordbygda",
        "Sørbygda",
        "Midtbygda",
        "Utbygda",
        "Innbygda",
        "Oppbygda",
    )
    return "\n\n".join(f"{place} {word} {place.lower()}." for place in places[:count])


def test_the_classifier_learns_from_accepted_codings_and_shows_the_neighbours_and_accepts_nothing() -> None:
    client = adviser()
    one = entered(client)
    text = f"# Prøve\n\n{lines('får lånesykler ved ferjekaia i', 8)}\n\n{lines('holder loppemarked hver vår i', 8)}\n"
    handed_in(client, one.slug, text.encode())
    file = PlanFile.objects.get()
    document = stored.document_of(file)
    for place, passage in enumerate(document.passages):
        if "lånesykler" in document.at(passage.span):
            coded(client, one.slug, place=place, act="accept", code="tiltak")
    coded(client, one.slug, place=0, act="read")
    second = handed_in(
        client, one.slug, "# Ny\n\nGrenda får lånesykler ved ferjekaia i grenda.\n".encode(), "ny.md"
    )
    learning.order(_nobody(), "40")
    work_off()
    before = CodingEvent.objects.count()
    page = client.get(f"/planer/{one.slug}/les/2/").content.decode()
    told = " ".join(html.fromstring(page).text_content().split())
    assert "foreslått fordi det ligner på avsnitt som har koden" in told
    assert f"/planer/{one.slug}/les/1/?sted=" in page
    assert "Ordene som teller mest" in told
    assert CodingEvent.objects.count() == before
    assert suggested.head_of(suggested.learnt_file(stored.suggested_for(second), "40")) is not None
    place = html.fromstring(page).xpath("//ul[@class='plan-offered']//input[@name='place']/@value")[0]
    coded(client, one.slug, 2, place=place, act="accept", code="tiltak")
    assert CodingEvent.objects.latest("pk").cause == "learnt"
    other = signed_in(person("annen@example.org", OTHER_ADVISER))
    assert other.get(f"/planer/{one.slug}/les/2/").status_code == 404
    client.post(f"/planer/{one.slug}/les/1/trekk/", {"why": "Prøve", "when": "now"})
    assert suggested.head_of(suggested.learnt_file(stored.suggested_for(second), "40")) is None


def _nobody() -> object:
    from fotfeste.web.rights.actor import NOBODY

    return NOBODY


def test_a_file_just_under_the_bound_is_taken_and_one_over_it_is_refused(settings: object) -> None:
    from dataclasses import replace

    from django.core.files.uploadedfile import SimpleUploadedFile

    from fotfeste.plans.documents.bounds import Bounds
    from fotfeste.settings import PlanLimits

    assert PlanLimits().document_bytes == Bounds().file
    whole = settings.FOTFESTE  # type: ignore[attr-defined]
    settings.FOTFESTE = replace(whole, plans=PlanLimits(plan_megabytes=11))  # type: ignore[attr-defined]
    client = adviser()
    one = entered(client)
    address = f"/planer/{one.slug}/legg-inn/"

    def sent(size: int, at: str = address) -> int:
        form = {"file": SimpleUploadedFile("plan.md", b"x" * size), "role": "plan", "visibility": "county"}
        return client.post(at, form).status_code

    assert sent(11_000_000) == 302
    assert sent(11_000_001) == 422
    assert sent(11_200_000) == 413
    assert sent(10_500_000, "/planer/ny/") == 413
    assert Client().post(address, {"file": SimpleUploadedFile("a.md", b"x" * 10_500_000)}).status_code == 413
    assert PlanFile.objects.count() == 1
