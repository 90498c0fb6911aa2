"""What is found in documents is kept, so that the pages that go through all of them read none; and it is what reading gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fotfeste.plans.coverage import read_document, shipped_settings
from fotfeste.plans.coverage.rows import passages_of
from fotfeste.plans.gaps import said_well, shipped_expectations, solved
from fotfeste.plans.gaps.support import best_of
from fotfeste.web.plans import findings, learning, services, stored, withdrawing
from fotfeste.web.plans.findings import Findings
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.rights.actor import NOBODY
from tests.web.people.persons import ADVISER, OTHER_ADVISER, person, signed_in
from tests.web.plans.statement_examples import COUNTY_PLAN, county_plan, municipal_draft
from tests.web.plans.test_codings_kept import coded, said
from tests.web.rounds.conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True)


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def unnamed(one: Any) -> Any:
    """A passage without who coded it, which is not kept."""
    return replace(one, coded=tuple(replace(each, coders=()) for each in one.coded))


@pytest.mark.parametrize("judged", [False, True])
def test_what_is_kept_is_what_reading_the_documents_gives(judged: bool) -> None:
    client = adviser()
    files = [county_plan(client), municipal_draft(client)]
    if judged:
        coded(client, files[0].plan, place=2, act="accept", code="tiltak", memo="Et notat")
        coded(client, files[0].plan, place=4, act="reject", code="innvandrere")
        coded(client, files[0].plan, place=0, act="read")
    county = "40" if judged else ""
    book, known = stored.book(), shipped_expectations()
    kept = findings.findings_of(files, lambda _: county)
    assert [one.acts for one in kept] == [3 if judged else 0, 0]
    read = []
    for file in files:
        some = [each for here in stored.suggestions_of(file).values() for each in here]
        log = services.log_of(file, county) if judged else None
        read.append(read_document(file.pk.hex, stored.document_of(file), some, log))
    for turn in range(2):  # the second time everything comes from the disk
        findings.forget()
        for one, whole in zip(kept, read, strict=True):
            for column in shipped_settings().columns:
                assert list(one.passages(column)) == [
                    unnamed(each) for each in passages_of(whole, column, book)
                ]
                counted = [(each.said, each.close) for each in passages_of(whole, column, book)]
                assert list(one.summary().columns[column.id]) == counted
            assert one.summary().read_whole is (
                bool(whole.readable) and set(whole.readable) <= whole.read_through
            )
        for expectation in known.all:
            assert best_of([one.solved(expectation) for one in kept]) == tuple(
                map(unnamed, solved(expectation, read, book, known))
            ), turn
        for column in shipped_settings().columns:
            assert best_of([one.said_well(column) for one in kept]) == tuple(
                map(unnamed, said_well(read, book, column.asked(book), column.beside(book)))
            )


def test_the_pages_read_no_document_once_the_worker_has_found_what_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = adviser()
    county_plan(client, visibility="open")
    file = PlanFile.objects.get()
    PlanFile.objects.update(visibility="open")

    def never(_: object) -> Any:
        raise AssertionError("a document was read")

    findings.forget()
    stored.forget()
    monkeypatch.setattr(stored, "document_of", never)
    monkeypatch.setattr(stored, "suggestions_of", never)
    expectation, column = shipped_expectations().all[0], shipped_settings().columns[0]
    for browser in (client, Client()):
        for address in (
            "/planer/matrise/?fylke=40",
            "/planer/matrise/?fylke=alle",
            f"/planer/losninger/?hva={expectation.id}",
            f"/planer/losninger/?tema={column.id}",
        ):
            assert browser.get(address).status_code == 200, address
    assert Findings(file).folder.is_dir()


def test_a_coding_is_on_the_pages_at_once_and_for_its_own_county_alone() -> None:
    client, other = adviser(), signed_in(person("annen@example.org", OTHER_ADVISER))
    file = county_plan(client, visibility="open")
    PlanFile.objects.update(visibility="open")
    document = stored.document_of(file)
    place = next(
        number for number, one in enumerate(document.passages) if "arbeidslivet" in document.at(one.span)
    )
    column = next(one for one in shipped_settings().columns if not one.together)
    code = sorted(column.asked(stored.book()) & {one.id for one in stored.book().given})[0]
    client.get("/planer/")  # what is said once of what was entered stands on the first page after it
    before = said(client.get("/planer/matrise/?fylke=40"))
    coded(client, file.plan, place=place, act="accept", code=code)
    after = said(client.get("/planer/matrise/?fylke=40"))
    assert before != after
    assert said(other.get("/planer/matrise/?fylke=40")) != after
    folders = sorted(path.name.split("-")[1] for path in Findings(file).folder.parent.glob("found-*"))
    assert folders == ["40", "none"]
    coded(client, file.plan, place=place, act="undo")
    assert said(client.get("/planer/matrise/?fylke=40")) == before
    assert len(list(Findings(file).folder.parent.glob("found-40-*"))) == 1


def test_what_is_found_in_a_document_goes_with_it(data: Path) -> None:
    client = adviser()
    file = county_plan(client)
    words = "kjøpe egen bolig"
    assert words in COUNTY_PLAN
    Findings(file).make_all()
    assert any(words in path.read_text() for path in data.rglob("*.json"))
    withdrawing.withdraw(NOBODY, file, "Feil", at_once=True)
    Findings(file, "40", 7)._known("summary", lambda: {"x": words})
    assert not any(words in path.read_text() for path in data.rglob("*.json"))


def test_what_a_county_has_coded_is_found_in_the_background_too() -> None:
    client = adviser()
    file = county_plan(client)
    coded(client, file.plan, place=2, act="accept", code="tiltak")
    learning.order(NOBODY, "40")
    work_off()
    one = findings.findings_of([file], lambda _: "40")[0]
    assert (one.county, one.acts) == ("40", 1)
    assert (one.folder / "summary.json").is_file()
