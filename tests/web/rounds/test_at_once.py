"""Two at the same moment in a round: adopting, stepping, opening, and sending the same letters. On both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds import archives
from fotfeste.web.rounds.adoption import AdoptedByOther, adopt
from fotfeste.web.rounds.letters import send_due
from fotfeste.web.rounds.models import AdoptedFile, Adoption, Round, Step
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.stages import advance
from fotfeste.web.trace.models import CaseDocument, Content, Entry
from fotfeste.work.requirements import Stage
from tests.web.people.persons import ADVISER, person
from tests.web.people.test_at_once import _on_disk, at_once, refused
from tests.web.rounds.adopting import DETAILS, archive, weighed_round
from tests.web.rounds.post import PostBox, post

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["_on_disk", "post"]
ASKED = datetime(2026, 6, 1, 6, tzinfo=UTC)


def two() -> tuple[Actor, Actor]:
    """Two advisers of the same county."""
    return (
        actor_for(person("kari@example.org", ADVISER)),
        actor_for(person("ola@example.org", ADVISER)),
    )


def test_of_two_who_adopt_at_once_one_wins_and_the_other_is_told_what_was_entered() -> None:
    kari, ola = two()
    weighed = weighed_round(kari)
    seen = weighed.bundle_checksum
    answers = at_once(
        lambda: adopt(kari, weighed, DETAILS, 0, seen),
        lambda: adopt(ola, weighed, replace(DETAILS, body="Fylkestinget", case_number="2026/2"), 0, seen),
    )
    assert refused(answers) == 1
    won = next(one for one in answers if isinstance(one, Adoption))
    lost = next(one for one in answers if isinstance(one, AdoptedByOther))
    assert lost.adoption.pk == won.pk
    assert Adoption.objects.count() == Step.objects.filter(after="adopted").count() == 1
    assert AdoptedFile.objects.count() == 6
    assert CaseDocument.objects.count() == 4
    assert Entry.objects.filter(act="round.adopted").count() == 1


def test_two_adoptions_whose_documents_are_the_same_wait_for_each_other_and_both_end() -> None:
    kari, ola = two()
    rounds = [weighed_round(kari, year) for year in (2027, 2028)]
    bytes_of = [b"%PDF-1.7 " + bytes(f"{number}", "ascii") * 50_000 + b" %%EOF" for number in range(8)]
    for one, content in zip(rounds, (bytes_of, bytes_of[::-1]), strict=True):
        names = [f"{4001 + place}-kommune" for place in range(8)]
        files = {f"brev/{name}.pdf": data for name, data in zip(names, content, strict=True)}
        archives.documents_path(one, "nb").write_bytes(archive(files))
    answers = at_once(
        lambda: adopt(kari, rounds[0], DETAILS, 0, rounds[0].bundle_checksum),
        lambda: adopt(ola, rounds[1], DETAILS, 0, rounds[1].bundle_checksum),
    )
    assert [type(one) for one in answers] == [Adoption, Adoption]
    assert CaseDocument.objects.count() == 2 * 8
    assert Content.objects.count() == 8


def test_of_two_who_step_at_once_one_does() -> None:
    kari, ola = two()
    opened = open_round(kari, "40", 2027, 545)
    answers = at_once(
        lambda: advance(kari, opened, Stage.DIALOGUE, "Haster"),
        lambda: advance(ola, opened, Stage.DIALOGUE, "Haster"),
    )
    assert refused(answers) == 1
    assert [one.number for one in Step.objects.all()] == [1, 2]


def test_of_two_who_open_the_same_round_at_once_one_does() -> None:
    kari, ola = two()
    answers = at_once(lambda: open_round(kari, "40", 2027, 545), lambda: open_round(ola, "40", 2027, 500))
    assert refused(answers) == 1
    assert Round.objects.count() == Step.objects.count() == 1


def test_two_who_send_at_once_send_each_letter_once(post: PostBox) -> None:
    by = actor_for(person("kari@example.org", ADVISER))
    for number, code in enumerate(("4001", "4003", "4005", "4010")):
        person(f"k{number}@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality=code))
    advance(by, open_round(by, "40", 2027, 545), Stage.DIALOGUE, "Haster")
    counts = at_once(lambda: send_due(ASKED), lambda: send_due(ASKED))
    assert sum(counts) == 4
    assert sorted(str(one["To"]) for one in post.taken) == [f"k{number}@example.org" for number in range(4)]
