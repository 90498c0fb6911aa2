"""Nothing of a document that is not open stays behind in a browser, or in anything between it and the workspace."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern

from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.urls import urlpatterns
from tests.plans.documents.made import Text, written
from tests.web.people.persons import ADVISER, READER, person, signed_in
from tests.web.plans.examples import TEXT, entered, handed_in

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = written([[Text(72, 700, "Kommunen skal busetje innvandrarar.")]])


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def addresses(slug: str) -> list[str]:
    """Every address of plans; those of a plan and a document are this one's."""
    values = {"slug": slug, "number": 1, "page": 1, "code": "4003"}
    found = []
    for one in urlpatterns:
        assert isinstance(one, URLPattern)
        text = str(one.pattern)
        for name, value in values.items():
            for kind in ("slug", "int", "str"):
                text = text.replace(f"<{kind}:{name}>", str(value))
        assert "<" not in text, text
        if not text.startswith("kodebok"):  # it is the same for everybody, and of no document
            found.append(f"/planer/{text}")
    return found


@pytest.mark.parametrize("visibility", ["county", "draft"])
def test_no_answer_about_a_document_that_is_not_open_is_kept_by_anybody(visibility: str) -> None:
    client = adviser()
    one = entered(client, visibility=visibility)
    handed_in(client, one.slug, PAGE, "plan.pdf", visibility=visibility)
    answered = 0
    for who in (client, signed_in(person("leser@example.org", READER)), Client()):
        for address in addresses(one.slug):
            answer = who.get(address)
            if answer.status_code in (404, 405) or answer.get("Location", "").startswith("/konto/"):
                continue  # it says nothing: there is no such thing, or one is asked to sign in
            told = {each.strip() for each in answer["Cache-Control"].split(",")}
            assert {"private", "no-store"} <= told, f"{address}: {answer['Cache-Control']}"
            assert "ETag" not in answer, address
            assert "Last-Modified" not in answer, address
            answered += answer.status_code == 200
    assert answered > 30


def test_the_page_of_an_open_document_is_kept_for_a_while_until_it_is_open_no_more() -> None:
    client = adviser()
    one = entered(client, visibility="open")
    handed_in(client, one.slug, PAGE, "plan.pdf", visibility="open")
    address = f"/planer/{one.slug}/les/1/side/1.png"
    assert Client().get(address)["Cache-Control"] == "private, max-age=600"
    PlanFile.objects.update(visibility="county")
    assert client.get(address)["Cache-Control"] == "private, no-store"
    assert Client().get(address).status_code == 302


def test_a_file_that_is_handed_out_is_kept_by_nobody() -> None:
    client = adviser()
    one = entered(client, visibility="draft")
    handed_in(client, one.slug, TEXT.encode(), visibility="draft")
    for name in ("fil/", "koding.csv", "koding.xlsx", "hull.docx"):
        answer = client.get(f"/planer/{one.slug}/les/1/{name}")
        assert answer.status_code == 200, name
        assert "no-store" in answer["Cache-Control"], name
