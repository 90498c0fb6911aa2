"""Whose a document is decides who sees it: everybody, the county, a named partner, or its advisers; and what of its memos."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from fotfeste.web.plans import stored, suggested
from fotfeste.web.plans.models import CodingLog, PlanFile
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import (
    ADMINISTRATOR,
    ADVISER,
    CONTACT,
    OTHER_ADVISER,
    PARTNER,
    READER,
    person,
    signed_in,
)
from tests.web.plans.examples import entered, handed_in
from tests.web.plans.test_codings_kept import CHANGED, coded, said

pytestmark = pytest.mark.django_db(transaction=True)

OTHER_READER = Held(Role.COUNTY_READER, county="42")
NEXT_DOOR = Held(Role.MUNICIPALITY_CONTACT, municipality="4001")
PARTNER_ELSEWHERE = Held(Role.PARTNER, county="42", organisation="Nav")
PARTNER_WITHOUT = Held(Role.PARTNER, county="40", organisation="Husbanken")
EVERYBODY: dict[str, tuple[Held, ...]] = {
    "adviser": (ADVISER,), "reader": (READER,), "contact": (CONTACT,), "partner": (PARTNER,),
    "administrator": (ADMINISTRATOR,), "no role": (), "other adviser": (OTHER_ADVISER,), "other reader": (OTHER_READER,),
    "next door": (NEXT_DOOR,), "partner elsewhere": (PARTNER_ELSEWHERE,), "partner without": (PARTNER_WITHOUT,),
}  # fmt: skip
COUNTY = {"adviser", "reader"}


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def page_of(client: Client, file: PlanFile) -> Any:
    answer = client.get(f"/planer/{file.plan}/les/{file.number}/synlig/")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def chosen(client: Client, file: PlanFile, visibility: str, *shared: str, **more: object) -> Any:
    """Choose who sees a document through its page, as the page stands."""
    before = page_of(client, file).xpath("//input[@name='before']/@value")[0]
    form = {"visibility": visibility, "shared_with": list(shared), "before": before, "sure": "on", **more}
    return client.post(f"/planer/{file.plan}/les/{file.number}/synlig/", form)


@pytest.mark.parametrize(
    ("visibility", "shared", "sees"),
    [
        ("open", (), {*EVERYBODY, "anonymous"}),
        ("county", (), COUNTY),
        ("county", ("Nav",), {*COUNTY, "partner"}),
        ("draft", ("Nav",), {"adviser", "partner"}),
        ("draft", ("40", "4003"), {*COUNTY, "contact"}),
        ("draft", (), {"adviser"}),
    ],
)
def test_a_document_is_seen_by_those_who_are_chosen_and_by_nobody_else(
    visibility: str, shared: tuple[str, ...], sees: set[str]
) -> None:
    people = {who: signed_in(person(f"p{number}@example.org", *held)) for number, (who, held) in enumerate(EVERYBODY.items())}  # fmt: skip
    people["anonymous"] = Client()
    client = people["adviser"]
    one = entered(client, visibility="open")
    file = handed_in(client, one.slug, visibility="county" if visibility != "county" else "draft")
    answer = chosen(client, file, visibility, *shared)
    assert answer.status_code == 302, said(answer)
    address = f"/planer/{one.slug}/les/1/"
    for name in ("", "fil/"):
        read = {who for who, browser in people.items() if browser.get(f"{address}{name}").status_code == 200}
        assert read == sees, name
    searched = {who: said(browser.get("/planer/sok/?q=kvalifisere")) for who, browser in people.items()}
    assert {who for who, told in searched.items() if "1 avsnitt, i 1 dokument" in told} == sees
    for who, browser in people.items():
        expected = {200} if who == "adviser" else {302} if who == "anonymous" else {403, 404}
        assert browser.get(f"{address}synlig/").status_code in expected, who
        if who != "adviser":
            form = {"visibility": "open", "before": "x", "sure": "on"}
            assert browser.post(f"{address}synlig/", form).status_code in {302, 403, 404}, who
    file.refresh_from_db()
    assert (file.visibility, set(file.shared_with)) == (visibility, set(shared))
    act = "plan_draft.shared" if visibility == "draft" else "plan.shared"
    assert Entry.objects.filter(act=act).count() == 1


def test_the_page_offers_the_partners_of_the_county_and_tells_who_sees_the_document_now() -> None:
    client = adviser()
    person("nav@example.org", PARTNER)
    person("annet@example.org", Held(Role.PARTNER, county="42", organisation="KS"))
    file = handed_in(client, entered(client, visibility="open").slug)
    page = page_of(client, file)
    assert "Nav" in page.xpath("//input[@name='shared_with']/@value")
    assert "KS" not in page.xpath("//input[@name='shared_with']/@value")
    assert "Rådgivere og lesere i fylket ser dokumentet" in page.text_content()
    assert chosen(client, file, "draft", "Nav").status_code == 302
    assert "Også: Samarbeidspart: Nav." in " ".join(page_of(client, file).text_content().split())
    plan = client.get(f"/planer/{file.plan}/")
    assert "også: Samarbeidspart: Nav" in said(plan)
    assert f"/planer/{file.plan}/les/1/synlig/" in plan.content.decode()


def test_more_people_see_a_document_only_when_that_is_confirmed() -> None:
    client = adviser()
    file = handed_in(client, entered(client, visibility="open").slug, visibility="draft")
    answer = chosen(client, file, "open", sure="")
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    assert page.xpath("//input[@name='visibility'][@checked]/@value") == ["open"]
    assert "Bekreft at det er meningen" in said(answer)
    file.refresh_from_db()
    assert file.visibility == "draft"
    assert chosen(client, file, "open").status_code == 302
    assert chosen(client, file, "draft", sure="").status_code == 302


def test_a_document_is_never_seen_by_more_than_its_plan() -> None:
    client = adviser()
    file = handed_in(client, entered(client, visibility="county").slug, visibility="draft")
    assert "bare for eget fylke" in page_of(client, file).text_content()
    answer = chosen(client, file, "open")
    assert answer.status_code == 422
    assert "Endre først hvem som ser planen" in said(answer)
    assert chosen(client, file, "county").status_code == 302


def test_whoever_chose_from_what_another_has_changed_meanwhile_is_told() -> None:
    client = adviser()
    file = handed_in(client, entered(client, visibility="open").slug, visibility="county")
    before = page_of(client, file).xpath("//input[@name='before']/@value")[0]
    assert chosen(client, file, "draft").status_code == 302
    form = {"visibility": "open", "before": before, "sure": "on"}
    answer = client.post(f"/planer/{file.plan}/les/1/synlig/", form)
    assert answer.status_code == 422
    assert "Noen andre har endret" in said(answer)
    file.refresh_from_db()
    assert file.visibility == "draft"


def test_a_county_that_sees_a_document_no_more_has_nothing_learnt_from_it_left() -> None:
    client, other = adviser(), signed_in(person("annen@example.org", OTHER_ADVISER))
    one = entered(client, visibility="open")
    file = handed_in(client, one.slug, visibility="open")
    coded(other, one.slug, place=2, act="accept", code="tiltak")
    learnt = suggested.learnt_file(stored.suggested_for(file), "42")
    suggested.write(learnt, [], {"stamp": "", "documents": [file.pk.hex], "quotes": {"x": "Kommunen"}})
    assert chosen(client, file, "county").status_code == 302
    assert not learnt.exists()


MEMO = "Dette tror vi ordføreren vil motsette seg"


def drafted(client: Client, **more: Any) -> PlanFile:
    """A draft with a memo on one of its codes and a settled disagreement with a memo."""
    one = entered(client, visibility="open")
    file = handed_in(client, one.slug, visibility="draft", **more)
    coded(client, one.slug, place=2, act="accept", code="tiltak", memo=MEMO)
    coded(client, one.slug, place=2, act="resolve", code="tiltak", holds="ja", memo=f"{MEMO} også her")
    return file


def seen_of_memos(browser: Client, file: PlanFile) -> bool:
    here = f"/planer/{file.plan}/les/{file.number}/"
    pages = [browser.get(f"{here}{name}") for name in ("", "uenighet/", "tapte/", "koding.csv?alle=1")]
    return any(MEMO in one.content.decode() for one in pages)


def test_memos_written_in_confidence_stay_with_the_advisers_when_the_document_is_opened() -> None:
    client, reader = adviser(), signed_in(person("leser@example.org", READER))
    file = drafted(client)
    told = " ".join(page_of(client, file).text_content().split())
    assert "2 notater er skrevet mens leserne i fylket ikke så dokumentet" in told
    assert chosen(client, file, "open", memos="keep").status_code == 302
    assert "plan-given" in reader.get(f"/planer/{file.plan}/les/1/").content.decode()
    assert not seen_of_memos(reader, file)
    assert not seen_of_memos(Client(), file)
    assert seen_of_memos(client, file)
    coded(client, file.plan, place=6, act="accept", code="mal", memo="Et notat for alle i fylket")
    assert "Et notat for alle i fylket" in reader.get(f"/planer/{file.plan}/les/1/").content.decode()
    assert not seen_of_memos(reader, file)


def test_memos_are_shown_to_the_readers_of_the_county_only_when_that_is_chosen() -> None:
    client, reader = adviser(), signed_in(person("leser@example.org", READER))
    file = drafted(client)
    assert chosen(client, file, "open", memos="show").status_code == 302
    assert seen_of_memos(reader, file)
    assert not seen_of_memos(Client(), file)
    assert "memos" not in page_of(client, file).xpath("//input/@name")
    assert Entry.objects.filter(act="plan.shared", detail__contains="shown").exists()


def test_memos_of_a_draft_come_along_to_the_open_version_for_the_advisers_alone_and_that_is_told_before() -> (
    None
):
    client, reader = adviser(), signed_in(person("leser@example.org", READER))
    file = drafted(client)
    told = said(client.get(f"/planer/{file.plan}/legg-inn/"))
    assert "2 notater er skrevet i fortrolighet" in told
    new = handed_in(client, file.plan, CHANGED.encode(), "plan-2.md", visibility="open", replaces="1")
    assert CodingLog.objects.get(file=new).events.filter(memo=MEMO).exists()
    assert "plan-given" in reader.get(f"/planer/{file.plan}/les/2/").content.decode()
    assert not seen_of_memos(reader, new)
    assert seen_of_memos(client, new)
    assert "2 notater" in page_of(client, new).text_content()


def test_what_was_written_openly_before_is_as_open_in_the_version_after() -> None:
    client, reader = adviser(), signed_in(person("leser@example.org", READER))
    one = entered(client, visibility="open")
    file = handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak", memo="Et notat for alle i fylket")
    handed_in(client, one.slug, CHANGED.encode(), "plan-2.md", replaces="1")
    assert "Et notat for alle i fylket" in reader.get(f"/planer/{file.plan}/les/2/").content.decode()
    assert "memos" not in page_of(client, PlanFile.objects.get(number=2)).xpath("//input/@name")
