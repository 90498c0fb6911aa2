"""Who sees which recommendation afterwards: the county its own, a municipality what was adopted and sent, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.reports.documents.council_case import Part
from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.settlement.follow_up.recommended import recommended_of
from fotfeste.settlement.follow_up.steps import Step
from fotfeste.web.follow_up import cohorts, council, services
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.models import Step as Taken
from tests.web.follow_up.conftest import NEXT_DOOR
from tests.web.follow_up.year import SKIEN, a_round, adopted_in, asked, recommendation, recommended_in
from tests.web.people.persons import ADMINISTRATOR, ADVISER, CONTACT, PARTNER, READER, person, signed_in

pytestmark = pytest.mark.django_db
YEAR, ADOPTED, NEWER = 2027, 400, 300
Making = Callable[[], Round]
OWN = f"/bosetting/{YEAR}/40/etter/{SKIEN}/"
PAPER = f"{OWN}saksframlegg/"


def number_of(total: int) -> int:
    return recommended_of(bundle_of_text(recommendation("40", YEAR, total), "test")).numbers[SKIEN]


def in_weighing() -> Round:
    """A recommendation that nobody has adopted."""
    round_ = a_round(YEAR, "weighing")
    recommended_in(round_, NEWER)
    return round_


def sent_without_adoption() -> Round:
    round_ = a_round(YEAR, "sent")
    recommended_in(round_, NEWER)
    return round_


def adopted_and_not_sent() -> Round:
    round_ = a_round(YEAR, "adopted")
    recommended_in(round_, NEWER)
    adopted_in(round_)
    return round_


def annulled_after_it_was_sent() -> Round:
    """Sent once, annulled, and made anew."""
    round_ = in_weighing()
    adopted_in(round_)
    Adoption.objects.update(annulled_at=timezone.now())
    Taken.objects.create(round=round_, number=1, before="adopted", after="sent")
    return round_


def adopted_anew_and_not_sent() -> Round:
    round_ = annulled_after_it_was_sent()
    adopted_in(round_)
    Round.objects.update(state="adopted")
    round_.refresh_from_db()
    return round_


def worked_on_after_it_was_sent() -> Round:
    """Sent as adopted, while a new number is being worked out."""
    round_ = a_round(YEAR, "sent")
    recommended_in(round_, ADOPTED)
    adopted_in(round_)
    recommended_in(round_, NEWER)
    return round_


def marked_as_not_sent() -> Round:
    """Adopted, marked as sent by mistake, and marked as not sent."""
    round_ = adopted_and_not_sent()
    Taken.objects.create(round=round_, number=1, before="adopted", after="sent")
    Taken.objects.create(round=round_, number=2, before="sent", after="adopted", reason="Feil")
    return round_


def revised_and_not_sent() -> Round:
    """Sent as adopted; the revision of it is adopted, and is not sent."""
    round_ = a_round(YEAR, "adopted")
    recommended_in(round_, ADOPTED)
    adopted_in(round_)
    Taken.objects.create(round=round_, number=1, before="adopted", after="sent")
    recommended_in(round_, NEWER)
    adopted_in(round_)
    Taken.objects.create(round=round_, number=2, before="sent", after="adopted", reason="Halvert")
    return round_


NOT_THEIRS = [
    marked_as_not_sent,
    in_weighing, sent_without_adoption, adopted_and_not_sent, annulled_after_it_was_sent, adopted_anew_and_not_sent,
]  # fmt: skip


def told(client: Client) -> str:
    """The recommended number in the municipality's file."""
    content = client.get(f"{OWN}tall.csv").content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(content))
    return next(
        one["Antall personer"] for one in rows if (one["Gruppe"], one["Steg"]) == ("Alle", "Anbefalt")
    )


@pytest.mark.parametrize("made", NOT_THEIRS)
def test_a_contact_sees_no_number_that_is_not_adopted_and_sent(made: Making) -> None:
    round_ = made()
    client = signed_in(person("kontakt@example.org", CONTACT))
    page = client.get(OWN)
    recommended = next(one for one in page.context["line"] if one.step is Step.RECOMMENDED)
    assert (recommended.count, recommended.minors, recommended.source) == ("", "", "")
    assert told(client) == ""
    assert client.get(f"{OWN}tall.xlsx").status_code == 200
    assert f"nbefalt {number_of(NEWER)}" not in page.content.decode()
    for viewer in (SKIEN, "others"):
        assert all(
            one.cells.persons[Step.RECOMMENDED].lacking for one in services.board_of(round_, viewer).rows
        )
        assert cohorts.recommended_in(round_, viewer) is None


@pytest.mark.parametrize("made", NOT_THEIRS)
def test_no_case_paper_is_built_on_a_number_that_is_not_adopted_and_sent(made: Making) -> None:
    round_ = made()
    user = person("kontakt@example.org", CONTACT)
    client = signed_in(user)
    assert council.paper_for(actor_for(user), round_, SKIEN, Part) is None
    page = client.get(PAPER)
    assert "Utkastet kan lages når fylkeskommunen har sendt anbefalingen" in page.content.decode()
    assert "paper" not in page.context
    for file in ("saksframlegg.docx", "saksframlegg.pdf"):
        answer = client.get(PAPER + file)
        assert (answer.status_code, answer.headers["Location"]) == (302, PAPER)


@pytest.mark.parametrize("made", [worked_on_after_it_was_sent, revised_and_not_sent])
def test_a_contact_sees_what_was_sent_while_the_county_works_on_another(made: Making) -> None:
    round_ = made()
    client = signed_in(person("kontakt@example.org", CONTACT))
    assert number_of(ADOPTED) != number_of(NEWER)
    assert told(client) == str(number_of(ADOPTED))
    assert f"bosetter {number_of(ADOPTED)} flyktninger" in client.get(PAPER).content.decode()
    assert cohorts.recommended_in(round_, "others") == cohorts.recommended_in(round_, SKIEN)


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "opened to all"])
def test_a_contact_sees_the_revision_when_it_is_sent_or_opened_to_all(sent: bool) -> None:
    revised_and_not_sent()
    if sent:
        Round.objects.update(state="sent")
    else:
        Round.objects.update(publication="public", published_at=timezone.now())
    assert told(signed_in(person("kontakt@example.org", CONTACT))) == str(number_of(NEWER))


@pytest.mark.parametrize("held", [ADVISER, READER], ids=str)
@pytest.mark.parametrize("made", [in_weighing, adopted_and_not_sent, annulled_after_it_was_sent])
def test_the_county_sees_its_own_as_it_stands(made: Making, held: Held) -> None:
    round_ = made()
    user = person("fylket@example.org", held)
    client = signed_in(user)
    found = services.board_of(round_, actor_for(user))
    row = next(one for one in found.rows if one.code == SKIEN)
    assert row.of(Step.RECOMMENDED).value == number_of(NEWER)
    assert f"bosetter {number_of(NEWER)} flyktninger" in client.get(PAPER).content.decode()


@pytest.mark.parametrize("held", [NEXT_DOOR, PARTNER, ADMINISTRATOR], ids=str)
def test_others_find_neither_the_page_nor_the_paper(held: Held) -> None:
    worked_on_after_it_was_sent()
    client = signed_in(person("annen@example.org", held))
    for tail in ("", "tall.csv", "tall.xlsx", "saksframlegg/", "saksframlegg/saksframlegg.pdf"):
        assert client.get(OWN + tail).status_code == 404, tail


def test_an_earlier_year_that_was_never_adopted_tells_a_contact_nothing(
    contact: Actor, adviser: Actor
) -> None:
    before, now = a_round(YEAR, "sent"), a_round(YEAR + 1, "sent")
    recommended_in(before, NEWER)
    cohort = next(one.cohort for one in cohorts.choices_of(now) if one.name == str(YEAR))
    for actor, lacking in ((contact, True), (adviser, False)):
        viewer = services.viewer_of(actor, now, SKIEN)
        row = next(one for one in services.board_of(now, viewer, cohort).rows if one.code == SKIEN)
        assert row.cells.persons[Step.RECOMMENDED].lacking is lacking


@pytest.mark.parametrize("held", [ADVISER, READER, CONTACT, PARTNER], ids=str)
def test_a_closed_round_is_listed_and_nothing_in_it_is_worked_out(
    held: Held, adviser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.web.follow_up import entering

    for year, state in ((2024, "closed"), (2025, "closed"), (2026, "sent")):
        round_ = a_round(year, state)
        entering.enter_request(adviser, round_, asked(SKIEN, 40), 0)
    made: list[int] = []
    whole = services.board_of

    def counted(round_: Round, *rest: object) -> object:
        made.append(round_.year)
        return whole(round_, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "board_of", counted)
    user: User = person("fotfeste@example.org", held)
    answer = signed_in(user).get("/bosetting/etter/")
    if held is PARTNER:
        assert answer.status_code == 404
        assert made == []
        return
    assert made == [2026]
    page = answer.content.decode()
    end = f"{SKIEN}/" if held is CONTACT else ""
    for year in (2024, 2025, 2026):
        assert f'href="/bosetting/{year}/40/etter/{end}"' in page
    assert "Avsluttede runder" in page
