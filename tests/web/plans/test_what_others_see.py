"""What is said of a plan, a version or a file never lets anybody see more of a document than its own county has chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from fotfeste.plans.documents.stored import load
from fotfeste.web.plans import stored, suggested
from fotfeste.web.plans.models import OwnPlan, PlanFile
from fotfeste.web.trace.models import Entry
from tests.web.people.persons import CONTACT, OTHER_ADVISER, READER, person, signed_in
from tests.web.plans.examples import TEXT, entered, handed_in
from tests.web.plans.test_codings_kept import CHANGED, adviser, coded, said

pytestmark = pytest.mark.django_db(transaction=True)


def other_adviser() -> Client:
    return signed_in(person("annen@example.org", OTHER_ADVISER))


def changed(client: Client, one: OwnPlan, visibility: str, *shared: str, title: str = "Endret") -> None:
    """Change what is entered of a plan through the form."""
    form = {"title": title, "status": "hearing", "visibility": visibility, "shared_with": list(shared)}
    answer = client.post(f"/planer/{one.slug}/endre/", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]


@pytest.mark.parametrize("visibility", ["county", "draft"])
def test_whoever_owns_a_plan_does_not_take_over_what_another_county_has_laid_by_it(visibility: str) -> None:
    owner, client = other_adviser(), adviser()
    one = entered(owner, owner="4204", visibility="open")
    file = handed_in(client, one.slug, visibility=visibility)
    assert owner.get(f"/planer/{one.slug}/les/1/").status_code == 404
    changed(owner, one, visibility)
    file.refresh_from_db()
    assert (file.county, file.visibility) == ("40", visibility)
    assert owner.get(f"/planer/{one.slug}/les/1/").status_code == 404
    assert client.get(f"/planer/{one.slug}/les/1/").status_code == 200


def test_a_new_title_shares_no_document_with_those_whom_the_plan_is_shared_with() -> None:
    client, contact = adviser(), signed_in(person("kontakt@example.org", CONTACT))
    one = entered(client, visibility="draft", shared_with=["4003"])
    file = handed_in(client, one.slug, visibility="draft")
    address = f"/planer/{one.slug}/les/1/"
    assert contact.get(f"/planer/{one.slug}/").status_code == 200
    assert contact.get(address).status_code == 404
    changed(client, one, "draft", "4003")
    file.refresh_from_db()
    assert file.shared_with == []
    assert contact.get(address).status_code == 404


def test_documents_that_are_seen_as_the_plan_is_follow_it_and_the_others_are_only_narrowed() -> None:
    client = adviser()
    one = entered(client)
    same = handed_in(client, one.slug)
    wider = handed_in(client, one.slug, b"# Vedlegg\n\nMer.\n", "vedlegg.md", shared_with=("4003",))
    changed(client, one, "county", "4005")
    same.refresh_from_db()
    wider.refresh_from_db()
    assert (same.shared_with, wider.shared_with) == (["4005"], [])


def test_a_document_for_the_county_in_a_confidential_plan_is_not_shared_with_more_than_was_chosen() -> None:
    client = adviser()
    one = entered(client, visibility="draft", shared_with=["4003", "40"])
    file = handed_in(client, one.slug, visibility="county")
    assert (file.visibility, file.shared_with) == ("draft", ["40"])


def test_lost_codes_show_words_of_the_version_before_only_to_those_who_may_read_it() -> None:
    client = adviser()
    one = entered(client)
    handed_in(client, one.slug, visibility="draft")
    coded(client, one.slug, place=6, act="accept", code="mal", memo="Et hemmelig notat")
    handed_in(client, one.slug, CHANGED.encode(), "plan-2.md", replaces="1")
    reader = signed_in(person("leser@example.org", READER))
    assert reader.get(f"/planer/{one.slug}/les/1/").status_code == 404
    told = said(reader.get(f"/planer/{one.slug}/les/2/tapte/"))
    assert "1 koding fulgte ikke med" in told
    assert "Kommunen har ikke egne tiltak" not in told
    assert "hemmelig" not in told
    assert "Kommunen har ikke egne tiltak" in said(client.get(f"/planer/{one.slug}/les/2/tapte/"))
    assert client.post(f"/planer/{one.slug}/les/1/trekk/", {"why": "Feil", "when": "rule"}).status_code == 302
    assert "Kommunen har ikke egne tiltak" not in said(client.get(f"/planer/{one.slug}/les/2/tapte/"))


def test_the_same_file_read_by_another_name_leaves_the_text_that_a_county_has_coded_as_it_was() -> None:
    client, other = adviser(), other_adviser()
    mine = handed_in(client, entered(client).slug, name="hemmelig-navn.md")
    theirs = handed_in(other, entered(other, owner="4204").slug, name="plan.txt")
    assert mine.sha256 == theirs.sha256
    assert mine.text_sha256 != theirs.text_sha256
    stored.forget()
    for one in (mine, theirs):
        document = stored.document_of(one)
        assert (document.text_sha256, document.origin.name) == (one.text_sha256, one.name)


def test_the_text_of_a_withdrawn_document_goes_also_where_the_file_stays_for_another_plan(data: Path) -> None:
    client = adviser()
    first, second = entered(client), entered(client, title="En annen plan")
    gone = handed_in(client, first.slug)
    other = handed_in(client, second.slug)
    client.post(f"/planer/{first.slug}/les/1/trekk/", {"why": "Feil plan", "when": "now"})
    assert not stored.text_of(gone).exists()
    assert load(stored.text_of(other).read_bytes()).text_sha256 == other.text_sha256


def test_what_a_county_has_learnt_of_a_document_goes_when_it_may_not_see_it_any_more(data: Path) -> None:
    client, other = adviser(), other_adviser()
    one = entered(client, visibility="open")
    file = handed_in(client, one.slug, visibility="open")
    coded(other, one.slug, place=2, act="accept", code="tiltak")
    learnt = suggested.learnt_file(stored.suggested_for(file), "42")
    suggested.write(learnt, [], {"stamp": "", "quotes": {"x": "Kommunen skal kvalifisere"}})
    changed(client, one, "draft")
    assert other.get(f"/planer/{one.slug}/les/1/").status_code == 404
    assert not learnt.exists()


def test_a_reader_of_the_county_does_not_take_codings_out_and_whoever_does_is_noted() -> None:
    client, reader = adviser(), signed_in(person("leser@example.org", READER))
    one = entered(client)
    handed_in(client, one.slug)
    coded(client, one.slug, place=2, act="accept", code="tiltak")
    address = f"/planer/{one.slug}/les/1/"
    assert "koding.csv" not in reader.get(f"{address}utveksling/").content.decode()
    for name in ("koding.csv", "koding.xlsx"):
        assert reader.get(f"{address}{name}").status_code == 403
        assert client.get(f"{address}{name}").status_code == 200
    assert Entry.objects.filter(act="coding.exported").count() == 2


def test_a_web_page_that_is_handed_in_is_only_ever_given_to_be_saved() -> None:
    client = adviser()
    one = entered(client)
    page = f"<html><body><script>alert(1)</script><p>{TEXT}</p></body></html>"
    handed_in(client, one.slug, page.encode(), "plan.html")
    answer = client.get(f"/planer/{one.slug}/les/1/fil/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "<script>alert" not in client.get(f"/planer/{one.slug}/les/1/").content.decode()
    assert PlanFile.objects.get().state == "ready"
