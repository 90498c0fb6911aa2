"""The facts of the case: written once, in the documents that are made anew with them, and frozen without holes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.files import write_whole
from fotfeste.web.jobs.models import Job
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import archives, case_facts, services
from fotfeste.web.rounds.adoption import Details, adopt
from fotfeste.web.rounds.case_facts import NAMES, values_of, written
from fotfeste.web.rounds.case_writing import proposed, write_case
from fotfeste.web.rounds.models import Adoption, CaseFacts, Round
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.told_in_documents import FieldsOpen, open_fields_of
from fotfeste.web.trace.models import CaseDocument, Entry
from tests.web.people.persons import ADVISER, OTHER_ADVISER, READER, person, signed_in
from tests.web.rounds.adopting import (
    DETAILS,
    DOCUMENTS,
    again,
    archive,
    recommended,
    weighed_round,
    with_documents,
)
from tests.web.rounds.conftest import work_off
from tests.web.rounds.test_adoption import revised_text

pytestmark = pytest.mark.django_db
CASE = "/bosetting/2027/40/vedtak/opplysninger/"
ADOPTIONS = "/bosetting/2027/40/vedtak/"
WRITTEN = {
    "case_number": "26/1234", "decided_by": "body", "deciding_body": "Fylkesutvalget", "decided_on": "2026-11-20",
    "handler": "rådgiver for integrering", "access_basis": "Offentlig", "office": "Seksjon for inkludering",
    "address": "Postboks 1\n3700 Skien", "recipient": "IMDi", "sent_on": "2026-12-10", "request_on": "januar 2027",
    "council_by": "2027-03-01", "comments_by": "2026-12-06", "comments_to": "postmottaket i fylkeskommunen",
}  # fmt: skip
HOLES = DOCUMENTS | {
    "saksframlegg.html": b"<p>Saksnummer [saksnummer]</p>",
    "brev/4003-skien.html": b"<p>Frist: [frist for vedtak]</p>",
}


@pytest.fixture
def adviser(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def by(adviser: User) -> Actor:
    return actor_for(adviser)


@pytest.fixture
def weighed(by: Actor) -> Round:
    return weighed_round(by)


def write(by: Actor, round_: Round, **other: str) -> None:
    together = write_case(by, round_, written(round_), {**WRITTEN, **other}, "nb")
    assert not together.conflicts


def with_holes(round_: Round) -> None:
    write_whole(archives.documents_path(round_, "nb"), archive(HOLES))


def test_every_blank_of_the_documents_can_be_filled_in() -> None:
    from fotfeste.reports.documents.details import BLANKS

    assert set(BLANKS) <= set(NAMES)


@pytest.mark.django_db(transaction=True)
def test_documents_made_with_the_facts_of_the_case_have_no_blanks_and_are_no_draft(
    by: Actor, weighed: Round
) -> None:
    for locale in ("nb", "nn"):
        archives.documents_path(weighed, locale).unlink()  # type: ignore[arg-type]
    archives.order_documents(weighed, "nb", by)
    Job.objects.exclude(kind=services.DOCUMENTS).delete()
    work_off()
    before = archives.documents_path(weighed, "nb")
    assert {"case_number", "decided_on", "council_by", "comments_to"} <= set(open_fields_of(weighed))
    assert "Utkast" in zipfile.ZipFile(before).read("anbefaling-til-imdi.html").decode()
    write(by, weighed)
    assert not archives.documents_path(weighed, "nb").is_file(), "they are stale, and ordered anew"
    Job.objects.exclude(kind=services.DOCUMENTS).delete()
    work_off()
    after = archives.documents_path(weighed, "nb")
    assert after.is_file()
    assert after != before
    assert open_fields_of(weighed) == ()
    with zipfile.ZipFile(after) as held:
        letter = held.read("brev/4003-skien.html").decode()
        paper = held.read("anbefaling-til-imdi.html").decode()
    for told in (
        "26/1234",
        "rådgiver for integrering",
        "frist 1. mars 2027",
        "innen 6. desember 2026",
        "3700 Skien",
    ):
        assert told in letter, told
    assert "Utkast" not in paper
    made = adopt(by, again(weighed), adopted_as_written(), 0, weighed.bundle_checksum)
    assert made.case_facts == WRITTEN
    assert made.open_fields == []
    assert {one.case_number for one in CaseDocument.objects.all()} == {"2026/1234"}


def adopted_as_written() -> Details:
    return replace(DETAILS, case_number="26/1234")


def test_nothing_is_adopted_with_holes_unless_they_are_meant(
    adviser: User, by: Actor, weighed: Round
) -> None:
    with_holes(weighed)
    with pytest.raises(FieldsOpen) as refused:
        adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    assert refused.value.fields == ("case_number", "council_by")
    browser = signed_in(adviser)
    page = browser.get(ADOPTIONS)
    assert f'href="{CASE}#id_council_by"' in page.content.decode()
    sent = {
        "seen": weighed.bundle_checksum, "weighed": "0", "decided_by": "body", "body": "Fylkesutvalget",
        "case_number": "2026/1234", "decided_on": "2026-11-20",
    }  # fmt: skip
    told = browser.post(ADOPTIONS, sent)
    assert told.status_code == 422
    assert "felt som ikke er fylt ut: Saksnummer, Frist for vedtak i kommunestyret" in told.content.decode()
    ticked = browser.post(ADOPTIONS, sent | {"open_meant": "on"})
    assert ticked.status_code == 422
    assert "Skriv hvorfor feltene skal stå åpne" in ticked.content.decode()
    assert not Adoption.objects.exists()
    meant = {"open_meant": "on", "open_reason": "IMDi har ikke satt fristen."}
    assert browser.post(ADOPTIONS, sent | meant).headers["Location"] == f"{ADOPTIONS}1/"
    assert browser.post(ADOPTIONS, sent | meant).headers["Location"] == f"{ADOPTIONS}1/", (
        "the same sent twice"
    )
    made = Adoption.objects.get()
    assert (made.open_fields, made.open_reason) == (
        ["case_number", "council_by"],
        "IMDi har ikke satt fristen.",
    )
    shown = browser.get(f"{ADOPTIONS}1/").content.decode()
    assert "IMDi har ikke satt fristen." in shown
    entry = Entry.objects.get(act="round.adopted")
    assert "case_number council_by" in str(entry.detail)
    assert "IMDi har ikke" not in str(entry.detail)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"body": "Fylkestinget"}, "body"),
        ({"case_number": "26/9"}, "case_number"),
        ({"decided_on": date(2026, 11, 19)}, "decided_on"),
        ({"decided_by": "delegation"}, "decided_by"),
    ],
)
def test_a_decision_that_is_not_the_one_in_the_documents_is_refused(
    by: Actor, weighed: Round, other: dict[str, object], field: str
) -> None:
    write(by, weighed)
    with_documents(again(weighed))
    details = replace(adopted_as_written(), **other)  # type: ignore[arg-type]
    with pytest.raises(InputError) as refused:
        adopt(by, again(weighed), details, 0, weighed.bundle_checksum)
    assert [one.place for one in refused.value.problems] == [field]
    assert not Adoption.objects.exists()


def test_the_form_of_the_adoption_begins_from_the_facts_of_the_case(
    adviser: User, by: Actor, weighed: Round
) -> None:
    write(by, weighed)
    with_documents(again(weighed))
    form = signed_in(adviser).get(ADOPTIONS).context["form"]
    found = [str(form[name].value()) for name in ("decided_by", "body", "case_number", "decided_on")]
    assert found == ["body", "Fylkesutvalget", "26/1234", "2026-11-20"]


def test_facts_that_are_changed_while_somebody_adopts_are_not_adopted_unseen(
    by: Actor, weighed: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(by, weighed)
    with_documents(again(weighed))
    held = services.held

    def changed_meanwhile(round_: Round) -> Round:
        CaseFacts.objects.filter(round=round_).update(office="En annen")
        return held(round_)

    monkeypatch.setattr(services, "held", changed_meanwhile)
    with pytest.raises(InputError) as refused:
        adopt(by, again(weighed), adopted_as_written(), 0, weighed.bundle_checksum)
    assert refused.value.code == "adoption.changed"


def test_the_facts_are_written_on_a_page_and_two_who_write_the_same_are_told(
    adviser: User, weighed: Round
) -> None:
    browser, other = signed_in(adviser), signed_in(person("ola@example.org", ADVISER))
    seen = browser.get(CASE).context["form"]["seen"].value()
    assert browser.post(CASE, WRITTEN | {"seen": seen}).headers["Location"] == ADOPTIONS
    assert {**written(weighed)} == WRITTEN
    clash = other.post(CASE, WRITTEN | {"seen": seen, "office": "Avdeling for noe annet"})
    assert clash.status_code == 409
    assert "Seksjon for inkludering" in clash.content.decode()
    assert "Avdeling for noe annet" in clash.content.decode()
    entry = Entry.objects.get(act="round.case_changed")
    assert "handler" in str(entry.detail)
    assert "rådgiver" not in str(entry.detail), "what was written is not in the trace"
    shown = browser.get(ADOPTIONS).content.decode()
    assert "rådgiver for integrering" in shown
    assert "1. mars 2027" in shown


def test_what_cannot_be_is_refused_at_its_field(adviser: User, weighed: Round) -> None:
    browser = signed_in(adviser)
    seen = browser.get(CASE).context["form"]["seen"].value()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for name, text in (
        ("decided_on", tomorrow),
        ("council_by", "2099-01-01"),
        ("handler", str(adviser.name)),
        ("handler", "kari@example.org"),
    ):
        answer = browser.post(CASE, WRITTEN | {"seen": seen, name: text})
        assert answer.status_code == 422, name
        assert answer.context["form"][name].errors, name
    assert not CaseFacts.objects.exists()


def test_those_without_a_right_write_nothing(weighed: Round) -> None:
    for held, status in ((READER, 403), (OTHER_ADVISER, 404)):
        browser = signed_in(person(f"{held.role.value}{held.county}@example.org", held))
        assert browser.get(CASE).status_code == status
        assert browser.post(CASE, WRITTEN).status_code == status


def test_what_the_round_knows_is_proposed_and_used_only_when_it_is_saved(by: Actor, weighed: Round) -> None:
    first = proposed(weighed)
    assert first["council_by"].startswith("2027-")
    assert "Integrerings- og mangfoldsdirektoratet" in first["recipient"]
    assert values_of(weighed) == {}
    write(by, weighed)
    assert proposed(again(weighed)) == {}
    following = open_round(by, "40", 2028, 100, reason="Prøve")
    next_year = proposed(following)
    assert next_year["handler"] == "rådgiver for integrering"
    assert next_year["address"] == "Postboks 1\n3700 Skien"
    assert not {"case_number", "decided_on", "deciding_body"} & set(next_year)


def test_what_is_adopted_keeps_its_facts_and_a_revision_begins_without_the_day_of_the_decision(
    by: Actor, weighed: Round
) -> None:
    write(by, weighed)
    with_documents(again(weighed))
    path = archives.documents_path(again(weighed), "nb")
    adopt(by, again(weighed), adopted_as_written(), 0, weighed.bundle_checksum)
    adopted = again(weighed)
    assert archives.documents_path(adopted, "nb") == path
    with pytest.raises(InputError) as refused:
        write(by, adopted, office="En annen")
    assert refused.value.code == "round.case_adopted"
    recommended(by, adopted, *revised_text())
    revised = again(weighed)
    assert values_of(revised) == {k: v for k, v in WRITTEN.items() if k not in ("decided_on", "sent_on")}
    write(by, revised, decided_on=timezone.localdate().isoformat(), case_number="26/2000")
    assert values_of(again(weighed))["case_number"] == "26/2000"
    assert Adoption.objects.get().case_facts == WRITTEN


def test_the_facts_of_an_example_are_never_written(example: Round) -> None:
    assert case_facts.values_of(example) == {}
