"""Adoption: everything is frozen and journalled, nothing is overwritten, and of two at once one wins."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError, NotTheSame
from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import adoption, archives, changes, newest, services
from fotfeste.web.rounds.adoption import AdoptedByOther, adopt
from fotfeste.web.rounds.models import AdoptedFile, Adoption, Round, Step
from fotfeste.web.rounds.room import room_of
from fotfeste.web.rounds.stages import advance, was_sent
from fotfeste.web.trace.models import CaseDocument, Entry
from fotfeste.work.requirements import Publication, Stage
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, READER, person, signed_in
from tests.web.rounds.adopting import DETAILS, DOCUMENTS, again, recommended, weighed_round, with_documents
from tests.web.rounds.conftest import telemark, work_off

pytestmark = pytest.mark.django_db
ADOPTIONS = "/bosetting/2027/40/vedtak/"


@pytest.fixture
def adviser(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def by(adviser: User) -> Actor:
    return actor_for(adviser)


@pytest.fixture
def weighed(by: Actor) -> Round:
    return weighed_round(by)


def revised_text() -> tuple[str, str]:
    """Another recommendation than the first one."""
    from fotfeste.settlement.bundle import bundle_as_text, bundle_of
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.prepare import prepare

    prepared = prepare("40", 2027, 272)
    made = bundle_of(prepared, calculate(prepared), date(2026, 11, 21), "0.1.0")
    return bundle_as_text(made), made.checksum


def whole(answer: Any) -> bytes:
    """Everything of an answer that is given piece by piece."""
    return b"".join(answer.streaming_content)


def test_an_adoption_freezes_the_bytes_of_the_recommendation_and_of_every_document(
    by: Actor, weighed: Round
) -> None:
    made = adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    assert bytes(made.bundle) == telemark()[0].encode()
    assert (made.number, made.total, again(weighed).state) == (1, 545, "adopted")
    assert not was_sent(again(weighed))
    files = {one.name: one for one in made.files.all()}
    assert set(files) == {f"nb/{name}" for name in DOCUMENTS} | {"nn/saksframlegg.pdf"}
    for name, data in DOCUMENTS.items():
        assert bytes(files[f"nb/{name}"].data) == data
        assert files[f"nb/{name}"].sha256 == hashlib.sha256(data).hexdigest()
    assert Step.objects.get(round=weighed, after="adopted").before == "weighing"
    assert Entry.objects.filter(act="round.adopted").count() == 1


def test_the_documents_are_journalled_as_what_they_are(by: Actor, weighed: Round) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    found = {one.title: one for one in CaseDocument.objects.all()}
    assert len(found) == 4, "in one language, and only what can go to an archive"
    assert found["Anbefaling til IMDi om bosetting i 2027"].post == "U"
    assert found["Saksframlegg om bosetting i 2027"].post == "S"
    letter = found["Brev til Skien om bosetting i 2027"]
    assert (letter.post, letter.municipality, letter.recipient, letter.copy) == (
        "U",
        "4003",
        "Skien",
        "archive",
    )
    assert (letter.case_year, letter.case_sequence, letter.about) == (2026, 1234, "bosetting:2027")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"decided_on": date(2100, 1, 1)}, "decided_on"), ({"decided_by": "nobody"}, "decided_by")],
)
def test_details_that_cannot_be_are_refused(
    by: Actor, weighed: Round, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        adopt(by, weighed, replace(DETAILS, **changed), 0, weighed.bundle_checksum)  # type: ignore[arg-type]
    assert [one.place for one in refused.value.problems] == [field]
    assert not Adoption.objects.exists()


@pytest.mark.parametrize("lacking", ["body", "case_number"])
def test_who_and_which_case_must_be_entered(by: Actor, weighed: Round, lacking: str) -> None:
    with pytest.raises(InputError) as refused:
        adopt(by, weighed, replace(DETAILS, **{lacking: " "}), 0, weighed.bundle_checksum)  # type: ignore[arg-type]
    assert {one.code for one in refused.value.problems} == {"round.adoption_filled"}
    assert not Adoption.objects.exists()
    assert not CaseDocument.objects.exists()


def test_nothing_is_adopted_without_its_documents(by: Actor, weighed: Round) -> None:
    for locale in ("nb", "nn"):
        archives.documents_path(weighed, locale).unlink()  # type: ignore[arg-type]
    with pytest.raises(InputError) as refused:
        adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    assert {one.code for one in refused.value.problems} == {"round.documents_made"}


def test_a_recommendation_that_was_changed_meanwhile_is_not_adopted(by: Actor, weighed: Round) -> None:
    seen = weighed.bundle_checksum
    recommended(by, weighed, *revised_text())
    for stale in (weighed, again(weighed)):
        with pytest.raises(InputError) as refused:
            adopt(by, stale, DETAILS, 0, seen)
        assert refused.value.code == "adoption.changed"
    assert not Adoption.objects.exists()


def test_the_second_of_two_is_told_what_the_first_entered(by: Actor, weighed: Round) -> None:
    first = adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    other = actor_for(person("ola@example.org", ADVISER))
    for who, details in ((by, replace(DETAILS, body="Fylkestinget")), (other, DETAILS)):
        with pytest.raises(AdoptedByOther) as refused:
            adopt(who, weighed, details, 0, weighed.bundle_checksum)
        assert refused.value.adoption.pk == first.pk
    assert (
        adopt(by, weighed, replace(DETAILS, body=" Fylkesutvalget "), 0, weighed.bundle_checksum).pk
        == first.pk
    )
    assert Adoption.objects.count() == 1


def test_a_revision_is_adopted_as_number_two_with_a_reason_and_both_stay(by: Actor, weighed: Round) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    recommended(by, weighed, *revised_text())
    with_documents(again(weighed))
    seen = again(weighed).bundle_checksum
    with pytest.raises(InputError):
        adopt(by, again(weighed), DETAILS, 0, seen)
    second = adopt(by, again(weighed), replace(DETAILS, reason="IMDi halverte måltallet."), 0, seen)
    assert [(one.number, one.total) for one in weighed.adoptions.all()] == [(1, 545), (2, 272)]
    assert again(weighed).state == "adopted"
    versions = CaseDocument.objects.filter(title__startswith="Brev til Skien").order_by("version")
    assert [one.version for one in versions] == [1, 2]
    assert versions[0].series == versions[1].series
    with pytest.raises(AdoptedByOther):
        adopt(by, again(weighed), replace(DETAILS, reason="Igjen"), 0, seen)
    assert second.reason == "IMDi halverte måltallet."


def test_an_adoption_that_is_annulled_stays_and_the_next_has_its_own_number(
    by: Actor, weighed: Round
) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    advance(by, again(weighed), Stage.WEIGHING, "Feil i saken")
    first = Adoption.objects.get()
    assert first.annulled_at is not None
    second = adopt(by, again(weighed), replace(DETAILS, reason="Rettet"), 0, weighed.bundle_checksum)
    assert second.number == 2
    assert bytes(first.bundle) == telemark()[0].encode()


def test_what_is_published_is_what_was_adopted_also_while_a_revision_is_made(
    by: Actor, weighed: Round, client: Client
) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    address = "/bosetting/2027/40/"
    assert client.get(address).status_code == 302
    changes.publish(by, weighed, Publication.PUBLIC)
    recommended(by, weighed, *revised_text())
    page = client.get(address)
    assert page.status_code == 200
    assert "545 flyktninger" in page.content.decode()
    assert "272 flyktninger" not in page.content.decode()
    assert (
        "545 flyktninger" in signed_in(person("o@example.org", OTHER_ADVISER)).get(address).content.decode()
    )
    mine = signed_in(person("m@example.org", READER)).get(address).content.decode()
    assert "272 flyktninger" in mine
    assert client.get(f"{address}4003/").status_code == 200
    for closed in ("arbeid/", "vedtak/", "pakke.json", "dokumenter/", "vedtak/1/pakke.json"):
        assert client.get(address + closed).status_code == 302, closed
    shown = client.get(f"{address}vedtak/1/").content.decode()
    assert "Fylkesutvalget" in shown
    assert "nb/brev" not in shown
    assert client.post(address).headers["Location"].startswith("/konto/logg-inn/")
    told = newest.latest_open("40")
    assert told is not None
    assert (told.total, told.checksum) == (545, weighed.bundle_checksum)
    assert newest.number_in(told, "4003") == 123
    assert Entry.objects.filter(act="round.published").count() == 1
    with pytest.raises(InputError):
        advance(by, again(weighed), Stage.WEIGHING, "Vil endre")
    changes.publish(by, weighed, Publication.NOT_PUBLIC)
    assert client.get(address).status_code == 302
    assert client.get(f"{address}vedtak/1/").status_code == 302


def test_the_form_adopts_and_a_form_posted_twice_adopts_once(adviser: User, weighed: Round) -> None:
    browser = signed_in(adviser)
    page = browser.get(ADOPTIONS)
    form = page.context["form"]
    sent = {
        "seen": form["seen"].value(), "weighed": form["weighed"].value(), "decided_by": "delegation",
        "body": "Fylkeskommunedirektøren", "case_number": "2026/9", "decided_on": "2026-11-20",
    }  # fmt: skip
    assert browser.post(ADOPTIONS, sent | {"body": ""}).status_code == 422
    assert browser.post(ADOPTIONS, sent).headers["Location"] == f"{ADOPTIONS}1/"
    assert browser.post(ADOPTIONS, sent).headers["Location"] == f"{ADOPTIONS}1/", "the same sent twice"
    assert Adoption.objects.count() == 1
    own = browser.post(ADOPTIONS, sent | {"case_number": "2026/10"})
    assert own.status_code == 409
    assert "Du har alt ført inn vedtaket" in own.content.decode()
    assert "2026/10" in own.content.decode(), "nothing that was typed is lost"
    told = signed_in(person("ola@example.org", ADVISER)).post(ADOPTIONS, sent)
    assert told.status_code == 409
    page_told = told.content.decode()
    assert "Noen andre førte inn et vedtak" in page_told
    assert f'href="{ADOPTIONS}1/"' in page_told
    assert "2026/9" in page_told
    shown = browser.get(f"{ADOPTIONS}1/").content.decode()
    assert hashlib.sha256(DOCUMENTS["saksframlegg.pdf"]).hexdigest() in shown
    got = browser.get(f"{ADOPTIONS}1/filer/nb/brev/4003-skien.pdf")
    assert got.content == DOCUMENTS["brev/4003-skien.pdf"]
    assert browser.get(f"{ADOPTIONS}1/filer/nb/../../etc/passwd").status_code == 404
    assert browser.get(f"{ADOPTIONS}1/pakke.json").content == telemark()[0].encode()


@pytest.mark.django_db(transaction=True)
def test_the_page_computes_anew_what_was_adopted_and_says_the_same(
    adviser: User, by: Actor, weighed: Round
) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    recommended(by, weighed, *revised_text())
    browser = signed_in(adviser)
    assert "ikke regnet på nytt ennå" in browser.get(f"{ADOPTIONS}1/").content.decode()
    assert browser.post(f"{ADOPTIONS}1/kontroll/").status_code == 302
    from fotfeste.web.jobs.models import Job

    Job.objects.exclude(kind="round.check").exclude(kind=services.VERIFY).delete()
    work_off()
    assert "De samme tallene." in browser.get(f"{ADOPTIONS}1/").content.decode()
    assert again(weighed).check_result is None, "the check is of what was adopted"


def test_the_package_for_the_archive_holds_a_package_for_each_document(
    adviser: User, by: Actor, weighed: Round
) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    browser = signed_in(adviser)
    answer = browser.get(f"{ADOPTIONS}1/arkivpakke.zip")
    assert answer.streaming, "it is never whole in memory"
    got = whole(answer)
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        assert len(archive.namelist()) == 4
        assert archive.testzip() is None
    assert got == whole(browser.get(f"{ADOPTIONS}1/arkivpakke.zip"))
    assert signed_in(person("l@example.org", READER)).get(f"{ADOPTIONS}1/arkivpakke.zip").status_code == 403


def test_a_file_whose_bytes_are_not_those_that_were_adopted_is_not_given(by: Actor, weighed: Round) -> None:
    made = adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    AdoptedFile.objects.filter(adoption=made, name="nb/saksframlegg.pdf").update(data=b"%PDF annet")
    with pytest.raises(NotTheSame):
        adoption.content_of(made.files.get(name="nb/saksframlegg.pdf"))


def test_a_revision_of_what_was_sent_must_be_sent_in_its_turn(
    by: Actor, weighed: Round, client: Client
) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    advance(by, again(weighed), Stage.SENT, sent_on=timezone.localdate())
    changes.publish(by, weighed, Publication.PUBLIC)
    Round.objects.filter(pk=weighed.pk).update(total=272)
    recommended(by, weighed, *revised_text())
    with_documents(again(weighed))
    standing = again(weighed)
    adopt(by, standing, replace(DETAILS, reason="Halvert"), 0, standing.bundle_checksum)
    now = again(weighed)
    assert (now.state, now.sent_on, now.publication) == ("adopted", None, "public")
    assert [one.annulled_at for one in Adoption.objects.all()] == [None, None]
    step = Step.objects.filter(round=weighed).order_by("-number")[0]
    assert (step.before, step.after, step.reason) == ("sent", "adopted", "Halvert")
    public = "/bosetting/2027/40/"
    assert "545 flyktninger" in client.get(public).content.decode(), "a revision is open when it is sent"
    assert client.get(f"{public}vedtak/2/").status_code in (302, 404)
    assert was_sent(now)
    assert str(room_of(now).answer).startswith("Revisjonen ble vedtatt 20. november 2026 (Fylkesutvalget)")
    advance(by, now, Stage.SENT, sent_on=timezone.localdate())
    assert again(weighed).sent_on == timezone.localdate()
    assert "272 flyktninger" in client.get(public).content.decode()
    first, second = (client.get(f"{public}vedtak/{number}/").content.decode() for number in (1, 2))
    assert "Dette vedtaket gjelder ikke lenger. Det er erstattet av vedtak 2" in first
    assert f'href="{public}vedtak/2/"' in first
    assert f'href="{public}vedtak/1/"' in second
    assert "gjelder ikke lenger" not in second


def test_all_that_is_large_is_written_before_the_trace_is_queued_for(
    by: Actor, weighed: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.web.trace import services as trace

    there: list[tuple[int, int]] = []
    queue = trace._queue

    def noted() -> None:
        there.append((CaseDocument.objects.count(), AdoptedFile.objects.count()))
        queue()

    monkeypatch.setattr(trace, "_queue", noted)
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    assert set(there) == {(4, 6)}
    assert len(there) == 7, "the check that is ordered is recorded too"


def test_adopting_reads_no_figures_of_what_came_after(
    by: Actor, weighed: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.web.follow_up import services as follow_up

    monkeypatch.setattr(follow_up, "outcomes", lambda _: pytest.fail("read while the round is held"))
    assert adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum).number == 1


def test_the_log_of_overrides_is_journalled_as_exempt_from_access(by: Actor, weighed: Round) -> None:
    from tests.web.rounds.adopting import archive

    files = DOCUMENTS | {"internt/overstyringer.pdf": b"%PDF-1.7 navn %%EOF"}
    archives.documents_path(weighed, "nb").write_bytes(archive(files))
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    shielded = {one.title: one for one in CaseDocument.objects.exclude(access_code="")}
    assert list(shielded) == ["Overstyringer (intern)"]
    (one,) = shielded.values()
    assert (one.access_code, one.access_basis, one.post) == ("UO", "offl. § 14", "X")
    assert "verstyring" not in one.public_title
    assert CaseDocument.objects.count() == 5


def test_a_changed_recommendation_is_told_and_can_be_adopted_as_it_stands(
    adviser: User, by: Actor, weighed: Round
) -> None:
    browser = signed_in(adviser)
    form = browser.get(ADOPTIONS).context["form"]
    sent = {
        "seen": form["seen"].value(), "weighed": form["weighed"].value(), "decided_by": "body",
        "body": "Fylkestinget", "case_number": "2026/9", "decided_on": "2026-11-20",
    }  # fmt: skip
    recommended(by, weighed, *revised_text())
    without = browser.post(ADOPTIONS, sent)
    assert without.status_code == 409
    assert "Anbefalingen er endret etter at du åpnet siden." in without.content.decode()
    assert "Fylkestinget" in without.content.decode(), "what was typed stands, also where documents lack"
    with_documents(again(weighed))
    told = browser.post(ADOPTIONS, sent)
    assert told.status_code == 409
    fresh = told.context["form"]
    assert fresh["seen"].value() == revised_text()[1]
    assert fresh["body"].value() == "Fylkestinget"
    sent |= {"seen": fresh["seen"].value(), "weighed": fresh["weighed"].value()}
    assert browser.post(ADOPTIONS, sent).headers["Location"] == f"{ADOPTIONS}1/"
    assert Adoption.objects.get().bundle_checksum == revised_text()[1]


def test_documents_that_are_damaged_are_told_of_and_can_be_made_anew(adviser: User, weighed: Round) -> None:
    browser = signed_in(adviser)
    form = browser.get(ADOPTIONS).context["form"]
    archives.documents_path(weighed, "nb").write_bytes(b"PK half")
    sent = {
        "seen": form["seen"].value(), "weighed": form["weighed"].value(), "decided_by": "body",
        "body": "Fylkestinget", "case_number": "2026/9", "decided_on": "2026-11-20",
    }  # fmt: skip
    page = browser.post(ADOPTIONS, sent).content.decode()
    assert "Dokumentene er skadet" in page
    assert f'action="{ADOPTIONS}dokumenter/"' in page
    assert "Fylkestinget" in page
    assert not Adoption.objects.exists()


def test_an_adopted_file_that_is_damaged_gives_a_page_that_says_so(
    adviser: User, by: Actor, weighed: Round
) -> None:
    made = adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    AdoptedFile.objects.filter(adoption=made, name="nb/saksframlegg.pdf").update(data=b"%PDF annet")
    answer = signed_in(adviser).get(f"{ADOPTIONS}1/filer/nb/saksframlegg.pdf")
    assert answer.status_code == 500
    assert "Filen er ikke den som ble vedtatt." in answer.content.decode()
    assert "sikkerhetskopi" in answer.content.decode()


def test_those_without_a_right_adopt_nothing(weighed: Round) -> None:
    Round.objects.filter(pk=weighed.pk).update(shared_with=["4003"])
    for held, status in ((READER, 403), (CONTACT, 404), (OTHER_ADVISER, 404)):
        browser = signed_in(person(f"{held.role.value}{held.county}@example.org", held))
        assert browser.post(ADOPTIONS, {"seen": weighed.bundle_checksum}).status_code == status


@pytest.mark.django_db(transaction=True)
def test_a_new_total_after_the_adoption_is_revised_from_what_was_adopted(
    adviser: User, by: Actor, weighed: Round
) -> None:
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    advance(by, again(weighed), Stage.SENT, sent_on=timezone.localdate() - timedelta(days=0))
    changes.change_request(
        by,
        again(weighed),
        changes.request_of(weighed),
        {"total": 272, "minors": 0, "title": ""},
        "Halvert i juni",
    )
    browser = signed_in(adviser)
    assert "Måltallet er 272 nå" in browser.get(ADOPTIONS).content.decode()
    assert "Lag en revisjon" in browser.get("/bosetting/2027/40/arbeid/").content.decode()
    browser.post(f"{ADOPTIONS}revider/")
    from fotfeste.web.jobs.models import Job

    Job.objects.exclude(kind=services.REVISE).delete()
    work_off()
    held = again(weighed)
    assert held.bundle_checksum != weighed.bundle_checksum
    revised = bundle_of_text(services.bundle_text(held.pk), "prøve")
    assert sum(revised.outcome.numbers.values()) == 272
    assert revised.prepared.revision is not None
    assert revised.prepared.revision.versions[0].bundle == weighed.bundle_checksum
    with_documents(held)
    made = adopt(by, held, replace(DETAILS, reason="Halvert"), 0, held.bundle_checksum)
    assert (made.number, again(weighed).state, again(weighed).sent_on) == (2, "adopted", None)
