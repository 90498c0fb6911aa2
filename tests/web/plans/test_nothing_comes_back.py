"""What is taken back or shown to fewer comes back nowhere, whatever was being made of it just then."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fotfeste.files import write_whole
from fotfeste.plans.coding import LearntCause, RuleCause
from fotfeste.plans.coding import classifier as classifying
from fotfeste.plans.search import held, remove
from fotfeste.web.plans import (
    learning,
    page_picture,
    services,
    standing,
    stored,
    suggested,
    withdrawing,
    work,
)
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.rights.actor import NOBODY
from tests.plans.documents.made import Text, written
from tests.web.people.persons import ADVISER, OTHER_ADVISER, person, signed_in
from tests.web.plans.examples import TEXT, entered, handed_in
from tests.web.plans.test_codings_kept import coded, lines
from tests.web.rounds.conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "lånesykler"


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def taught(client: Client, slug: str, **more: Any) -> PlanFile:
    """A document with passages that a coder has given a code, enough to learn from; its words stand in no other."""
    text = f"# Prøve\n\n{lines(f'får {WORDS} ved ferjekaia i', 8)}\n\n{lines('holder loppemarked hver vår i', 8)}\n"
    file = handed_in(client, slug, text.encode(), **more)
    document = stored.document_of(file)
    for place, passage in enumerate(document.passages):
        if WORDS in document.at(passage.span):
            coded(client, slug, file.number, place=place, act="accept", code="tiltak")
    coded(client, slug, file.number, place=0, act="read")
    return file


def lies(data: Path, words: str) -> list[str]:
    """Where on the disk, in what is made of documents, some words lie."""
    found = []
    for path in (data / suggested.FOLDER).rglob("*.jsonl"):
        if words in path.read_text(encoding="utf-8"):
            found.append(path.name)
    return sorted(found)


def learnt(county: str = "40") -> int:
    learning.order(NOBODY, county)
    work_off()
    return sum(1 for _, of, _ in suggested.learnt() if of == county)


def in_the_middle(monkeypatch: pytest.MonkeyPatch, where: object, name: str, do: Callable[[], None]) -> None:
    """Let something happen, once, right after ``name`` has done its part."""
    real, left = getattr(where, name), [do]

    def then(*args: Any, **more: Any) -> Any:
        done = real(*args, **more)
        if left:
            left.pop()()
        return done

    monkeypatch.setattr(where, name, then)


def test_two_documents_with_the_same_words_have_suggestions_of_their_own() -> None:
    client = adviser()
    one = entered(client)
    sentence = "Innvandrere i distriktet"
    more = "Kommunen skal skaffe arbeid til alle som bor her."
    heading = handed_in(client, one.slug, f"<h1>{sentence}</h1><p>{more}</p>".encode(), "a.html")
    plain = handed_in(client, one.slug, f"<p>{sentence}</p><p>{more}</p>".encode(), "b.html")
    assert heading.text_sha256 == plain.text_sha256
    for file in (heading, plain):
        found = [each for some in stored.suggestions_of(file).values() for each in some]
        assert found == list(stored.rules().suggest(stored.document_of(file)))
    assert stored.suggestions_of(heading) != stored.suggestions_of(plain)


def test_what_is_learnt_from_a_document_leads_to_that_one_and_not_to_another_with_the_same_words() -> None:
    client, other = adviser(), signed_in(person("annen@example.org", OTHER_ADVISER))
    theirs = entered(other, owner="4204", visibility="open")
    mine = entered(client)
    source = taught(client, mine.slug)
    same = handed_in(
        other, theirs.slug, (source.folder / stored.ORIGINAL).read_bytes(), "lik.md", visibility="open"
    )
    assert same.text_sha256 == source.text_sha256
    new = handed_in(
        client, mine.slug, f"# Ny\n\nGrenda får {WORDS} ved ferjekaia i grenda.\n".encode(), "ny.md"
    )
    assert learnt()
    some = stored.suggestions_at(new, range(new.passages), "40")
    causes = [each for here in some.values() for one in here for each in one.causes]
    near = {each.document for cause in causes if isinstance(cause, LearntCause) for each in cause.neighbours}
    assert near == {source.pk.hex}
    assert not any(isinstance(each, RuleCause) and WORDS in each.words for each in causes)
    page = client.get(f"/planer/{mine.slug}/les/{new.number}/").content.decode()
    assert f"/planer/{mine.slug}/les/1/?sted=" in page
    assert f"/planer/{theirs.slug}/les/1/?sted=" not in page


@pytest.mark.parametrize("when", ["now", "rule"])
def test_what_is_being_learnt_from_a_document_is_not_kept_when_it_is_taken_back_meanwhile(
    when: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    one = entered(client)
    source = taught(client, one.slug)
    handed_in(client, one.slug, "# Ny\n\nGrenda får sykler ved ferjekaia i grenda.\n".encode(), "ny.md")
    assert learnt()
    assert lies(data, WORDS)

    def taken_back() -> None:
        address = f"/planer/{one.slug}/les/{source.number}/trekk/"
        assert client.post(address, {"why": "Feil", "when": when}).status_code == 302

    in_the_middle(monkeypatch, classifying, "learn", taken_back)
    learnt()
    assert PlanFile.objects.get(pk=source.pk).state == State.WITHDRAWN
    assert lies(data, WORDS) == []


def test_what_is_being_learnt_is_not_kept_when_the_county_may_see_the_document_no_more(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other = adviser(), signed_in(person("annen@example.org", OTHER_ADVISER))
    one = entered(client, visibility="open")
    taught(client, one.slug, visibility="open")
    file = PlanFile.objects.get()
    document = stored.document_of(file)
    for place, passage in enumerate(document.passages):
        if WORDS in document.at(passage.span):
            coded(other, one.slug, 1, place=place, act="accept", code="tiltak")
    coded(other, one.slug, 1, place=0, act="read")
    theirs = entered(other, owner="4204")
    handed_in(other, theirs.slug, "# Ny\n\nGrenda får sykler ved ferjekaia i grenda.\n".encode(), "ny.md")
    assert learnt("42")

    def narrowed() -> None:
        form = {"title": "Endret", "status": "hearing", "visibility": "draft", "shared_with": []}
        assert client.post(f"/planer/{one.slug}/endre/", form).status_code == 302

    in_the_middle(monkeypatch, classifying, "learn", narrowed)
    learnt("42")
    assert PlanFile.objects.get(pk=file.pk).visibility == "draft"
    assert [county for _, county, _ in suggested.learnt() if county == "42"] == []


def test_a_worker_that_comes_late_writes_nothing_of_a_document_that_is_erased(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    one = entered(client)
    file = handed_in(client, one.slug)
    PlanFile.objects.update(state=State.READING.value)

    def erased() -> None:
        PlanFile.objects.update(state=State.READY.value)
        withdrawing.withdraw(NOBODY, PlanFile.objects.get(), "Feil", at_once=True)

    in_the_middle(monkeypatch, work, "read_within", erased)
    outcome = work.read({"id": str(file.pk)}, lambda *_: None, lambda: False)
    assert outcome.store is None
    assert not stored.text_of(file).exists()
    assert suggested.documents() == []
    services.failed(file.pk, _fault())
    assert PlanFile.objects.get().state == State.WITHDRAWN


def _fault() -> Any:
    from fotfeste.errors import InputError
    from fotfeste.messages import msg

    return InputError("plan.broken", msg("Filen er skadet."))


def test_the_daily_work_puts_nothing_back_of_a_document_that_is_taken_back_meanwhile(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    one = entered(client)
    file = handed_in(client, one.slug)
    suggested.forget(file.pk.hex)
    with stored.index() as connection:
        remove(connection, file.pk.hex)
    real = stored.rules

    def meanwhile() -> Any:
        if PlanFile.objects.get().state == State.READY:
            withdrawing.withdraw(NOBODY, PlanFile.objects.get(), "Feil", at_once=True)
        return real()

    monkeypatch.setattr(stored, "rules", meanwhile)
    work.renew_index({}, lambda *_: None, lambda: False)
    assert suggested.documents() == []
    with stored.index() as connection:
        assert file.pk.hex not in held(connection)


def test_the_picture_of_a_page_is_not_kept_when_the_document_is_erased_while_it_is_drawn(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    one = entered(client)
    page = written([[Text(72, 700, "Kommunen skal busetje innvandrarar.")]])
    handed_in(client, one.slug, page, "plan.pdf")
    in_the_middle(
        monkeypatch, page_picture, "_draw",
        lambda: withdrawing.withdraw(NOBODY, PlanFile.objects.get(), "Feil", at_once=True),
    )  # fmt: skip
    assert client.get(f"/planer/{one.slug}/les/1/side/1.png").status_code == 503
    assert list((data / page_picture.FOLDER).rglob("*.png")) == []


def test_what_a_process_left_when_it_ended_in_the_middle_is_swept_away(data: Path) -> None:
    client = adviser()
    one = entered(client)
    gone = taught(client, one.slug)
    stays = handed_in(client, one.slug)
    handed_in(client, one.slug, "# Ny\n\nGrenda får sykler ved ferjekaia i grenda.\n".encode(), "ny.md")
    assert learnt()
    kept = {
        path: path.read_bytes() for path in data.rglob("*") if path.is_file() and gone.pk.hex in str(path)
    }
    learnt_before = {path: path.read_bytes() for _, _, path in suggested.learnt()}
    original = (gone.folder / stored.ORIGINAL).read_bytes()
    withdrawing.withdraw(NOBODY, gone, "Feil", at_once=True)
    for path, content in {**kept, **learnt_before, gone.folder / stored.ORIGINAL: original}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (data / suggested.FOLDER / ("a" * 64)).mkdir()
    assert lies(data, WORDS)
    withdrawing.sweep()
    assert lies(data, WORDS) == []
    assert not gone.folder.exists()
    assert not (data / suggested.FOLDER / ("a" * 64)).exists()
    assert stays.folder.is_dir()
    assert stored.suggestions_of(stays)


def test_whoever_hands_in_a_file_holds_the_lock_that_whoever_erases_the_same_file_waits_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = adviser()
    one = entered(client)
    held_then: list[str] = []

    def written_whole(path: Path, content: bytes) -> None:
        with (data / standing.LOCK).open("a") as lock:
            try:
                fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held_then.append(path.name)
        write_whole(path, content)

    monkeypatch.setattr(services, "write_whole", written_whole)
    handed_in(client, one.slug, TEXT.encode())
    assert held_then == [stored.ORIGINAL]
