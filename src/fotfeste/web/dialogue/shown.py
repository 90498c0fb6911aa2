"""The county's list of the municipalities' replies: who has replied, with what, and whom to remind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.wording import service_name
from fotfeste.web.dialogue.contacts import Contacts, contacts_in
from fotfeste.web.dialogue.models import Delivery
from fotfeste.web.dialogue.questions import open_questions
from fotfeste.web.dialogue.services import (
    adoption_before_replies,
    asked_too_late,
    came_after,
    deadline_of,
    newest_deliveries,
    replies_of,
    reply_facts,
)
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work.deadlines import settlement_year
from fotfeste.work.municipal_stages import ReplyStage, reply_stage, reply_stage_name


@dataclass(frozen=True, slots=True)
class Municipality:
    """One row of the county's list.

    ``heard`` is a lower capacity that only a partner has been told: the service, persons and the organisation. ``after``
    tells that the reply came after the recommendation was adopted.
    """

    code: str
    name: str
    stage: ReplyStage
    state: Message
    delivered: Delivery | None
    questions: int
    wish: int | None
    lowest: tuple[Message, int] | None
    contacts: Contacts
    remind: bool
    heard: tuple[Message, int, str] | None = None
    after: bool = False

    @property
    def nobody(self) -> bool:
        """Whether there is nobody who can answer for the municipality here, invited or not, while its reply is waited for."""
        return self.waited_for and not self.contacts.people

    @property
    def waited_for(self) -> bool:
        """Whether the municipality is asked and has not replied."""
        return self.stage in WAITED_FOR


@dataclass(frozen=True, slots=True)
class Overview:
    """The county's list: the one sentence, the rows, and whom to remind.

    ``asked_too_late`` is the day the municipalities were asked, where the deadline had passed already then.
    """

    sentence: Message
    rows: tuple[Municipality, ...]
    due: date
    asked_too_late: date | None = None

    @property
    def to_remind(self) -> tuple[Municipality, ...]:
        """The municipalities that should be reminded."""
        return tuple(one for one in self.rows if one.remind)

    @property
    def after_adoption(self) -> tuple[Municipality, ...]:
        """The municipalities whose reply came after the recommendation was adopted, and is no part of it."""
        return tuple(one for one in self.rows if one.after)

    @property
    def without_contact(self) -> tuple[Municipality, ...]:
        """The municipalities that nobody can answer for here, and nobody is invited from."""
        return tuple(one for one in self.rows if one.nobody and not one.contacts.invited)

    @property
    def untold(self) -> tuple[Municipality, ...]:
        """The municipalities with somebody to ask whom nobody has told."""
        return tuple(
            one
            for one in self.rows
            if one.stage is ReplyStage.ASKED and one.contacts.people and not one.contacts.told
        )


WAITED_FOR = frozenset({ReplyStage.ASKED, ReplyStage.DRAFT, ReplyStage.REOPENED})
REPLIED = frozenset({ReplyStage.DELIVERED, ReplyStage.DELIVERED_LATE, ReplyStage.REOPENED})
CHOICES: Mapping[str, Message] = {
    "": msg("Alle"),
    "mangler": msg("Har ikke svart"),
    "levert": msg("Har svart"),
    "sent": msg("Svarte etter fristen"),
    "sporsmal": msg("Har åpne spørsmål"),
}
"""What the list can be narrowed to."""


def overview(round_: Round) -> Overview:
    """Return the county's list of the round."""
    due, today = deadline_of(round_), timezone.localdate()
    facts, newest, asked = reply_facts(round_), newest_deliveries(round_), open_questions(round_)
    names = municipalities_of(round_)
    contacts = contacts_in(round_)
    soon = due - timedelta(days=max(settlement_year().reminders.before))
    replies, adopted = replies_of(round_), adoption_before_replies(round_)
    rows = []
    for code, name in names.items():
        stage = reply_stage(facts[code])
        delivery = newest.get(code)
        told = replies.by_code.get(code) if replies else None
        lowest, heard = (told.bottleneck, told.lower_heard) if told else (None, None)
        there = contacts[code]
        rows.append(
            Municipality(
                code,
                name,
                stage,
                _asked(stage, there),
                delivery,
                asked[code],
                told.own_wish if told else None,
                (service_name(lowest[0]), lowest[1]) if lowest else None,
                there,
                stage in WAITED_FOR and bool(there.people) and today >= soon,
                (service_name(heard[0]), heard[1].persons, heard[1].organisation) if heard else None,
                delivery is not None and came_after(delivery, adopted),
            )
        )
    replied = sum(1 for one in rows if one.stage in REPLIED)
    return Overview(
        _sentence(replied, len(rows), due, passed=today > due), tuple(rows), due, _asked_too_late(round_, due)
    )


def _asked_too_late(round_: Round, due: date) -> date | None:
    late = [one.asked_at for one in round_.replies.all() if one.asked_at and asked_too_late(one, due)]
    return timezone.localdate(max(late)) if late else None


def _asked(stage: ReplyStage, there: Contacts) -> Message:
    """Return where a reply stands, in words: nobody is asked where nobody was told."""
    if stage is not ReplyStage.ASKED:
        return reply_stage_name(stage)
    if not there.people:
        return msg("invitert, ikke tatt imot") if there.invited else msg("ingen å spørre")
    return reply_stage_name(stage) if there.told else msg("ikke varslet")


def _sentence(replied: int, count: int, due: date, *, passed: bool) -> Message:
    if passed:
        return nmsg(
            "{replied} av {count} kommune har svart. Fristen var {day}.",
            "{replied} av {count} kommuner har svart. Fristen var {day}.",
            count,
            replied=replied,
            day=due,
        )
    return nmsg(
        "{replied} av {count} kommune har svart. Fristen er {day}.",
        "{replied} av {count} kommuner har svart. Fristen er {day}.",
        count,
        replied=replied,
        day=due,
    )


def chosen(rows: Sequence[Municipality], wanted: str) -> list[Municipality]:
    """Return the rows that the reader wants to see."""
    keeps: dict[str, Callable[[Municipality], bool]] = {
        "mangler": lambda one: one.stage not in REPLIED,
        "levert": lambda one: one.stage in REPLIED,
        "sent": lambda one: one.delivered is not None and one.delivered.late,
        "sporsmal": lambda one: one.questions > 0,
    }
    keep = keeps.get(wanted)
    return [one for one in rows if keep is None or keep(one)]
