"""What the pages of the dialogue show: the reply form row by row, what was delivered, and the county's list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from django.utils import timezone

from fotfeste.errors import Problem
from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.settlement.reply_form import FormField, load_reply_form
from fotfeste.settlement.wording import service_name
from fotfeste.web.dialogue.entered import Kept, typed_of
from fotfeste.web.dialogue.models import Delivery
from fotfeste.web.dialogue.partner_shown import Beside as Answered
from fotfeste.web.dialogue.questions import Thread, open_questions
from fotfeste.web.dialogue.services import deadline_of, given, newest_deliveries, reply_facts
from fotfeste.web.people.models import Membership
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work.deadlines import settlement_year
from fotfeste.work.drafts import ABSENT, Clash
from fotfeste.work.municipal_stages import ReplyStage, reply_stage, reply_stage_name

PREFIX = "svar_"
"""What the names of the form's own fields begin with on a page."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a partner has asked the municipality for already: the answer, whose it is, and from when."""

    text: str
    organisation: str
    on: date


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the form as a page shows it: its words, what stands in it, and what stands beside it."""

    id: str
    kind: str
    label: str
    question: str
    help: str
    text: str = ""
    last: str = ""
    problem: Problem | None = None
    clash: str | None = None
    threads: tuple[Thread, ...] = ()
    elsewhere: Elsewhere | None = None

    @property
    def name(self) -> str:
        """The name of the field on the page."""
        return PREFIX + self.id

    @property
    def described_by(self) -> str:
        """The ids of what is said about the field."""
        parts = ["hjelp"]
        parts += ["i-fjor"] if self.last else []
        parts += ["alt-spurt"] if self.elsewhere else []
        parts += ["feil"] if self.problem else []
        parts += ["andre"] if self.clash is not None else []
        return " ".join(f"{self.id}-{part}" for part in parts)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together."""

    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the fields: last year's values, problems, clashes and questions, and what partners have asked for."""

    last: Mapping[str, Kept] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    clashes: Sequence[Clash] = ()
    threads: Sequence[Thread] = ()
    elsewhere: Mapping[str, Answered] = field(default_factory=dict)


def groups_of(words: Language, texts: Mapping[str, str], beside: Beside) -> list[Group]:
    """Return the whole form with ``texts`` in its fields, in the reader's language."""
    last, locale = typed_of(beside.last), words.locale
    clashes = {one.field: one for one in beside.clashes}

    def row(one: FormField) -> Row:
        clash = clashes.get(one.id)
        theirs = "" if clash is None or clash.theirs is ABSENT else str(cast("Kept", clash.theirs))
        return Row(
            one.id,
            one.kind,
            one.label[locale],
            one.question[locale],
            one.help[locale],
            texts.get(one.id, ""),
            last.get(one.id, ""),
            beside.problems.get(one.id),
            None if clash is None else typed_of({one.id: theirs})[one.id],
            tuple(two for two in beside.threads if two.first.field == one.id),
            _elsewhere(one.id, beside.elsewhere.get(one.id)),
        )

    return [
        Group(group.id, group.title[locale], tuple(row(one) for one in group.fields))
        for group in load_reply_form().groups
    ]


def _elsewhere(name: str, found: Answered | None) -> Elsewhere | None:
    if found is None:
        return None
    return Elsewhere(typed_of({name: found.value})[name], found.organisation, found.on)


@dataclass(frozen=True, slots=True)
class Municipality:
    """One row of the county's list."""

    code: str
    name: str
    stage: ReplyStage
    state: Message
    delivered: Delivery | None
    questions: int
    wish: int | None
    lowest: tuple[Message, int] | None
    contacts: int
    remind: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The county's list: the one sentence, the rows, and whom to remind."""

    sentence: Message
    rows: tuple[Municipality, ...]
    due: date

    @property
    def to_remind(self) -> tuple[Municipality, ...]:
        """The municipalities that should be reminded."""
        return tuple(one for one in self.rows if one.remind)

    @property
    def without_contact(self) -> tuple[Municipality, ...]:
        """The municipalities that nobody can answer for here yet."""
        return tuple(one for one in self.rows if not one.contacts)


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
    contacts = _contacts(names)
    soon = due - timedelta(days=max(settlement_year().reminders.before))
    rows = []
    for code, name in names.items():
        stage = reply_stage(facts[code])
        delivery = newest.get(code)
        told = given(delivery) if delivery else None
        lowest = told.bottleneck if told else None
        waited_for = stage in (ReplyStage.ASKED, ReplyStage.DRAFT, ReplyStage.REOPENED)
        rows.append(
            Municipality(
                code,
                name,
                stage,
                reply_stage_name(stage),
                delivery,
                asked[code],
                told.own_wish if told else None,
                (service_name(lowest[0]), lowest[1]) if lowest else None,
                contacts.get(code, 0),
                waited_for and today >= soon,
            )
        )
    replied = sum(1 for one in rows if one.stage in REPLIED)
    return Overview(_sentence(replied, len(rows), due, passed=today > due), tuple(rows), due)


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


def _contacts(names: Mapping[str, str]) -> dict[str, int]:
    """Return how many can answer for each municipality now, by code."""
    counted: dict[str, int] = {}
    held = Membership.objects.in_force().filter(role=Role.MUNICIPALITY_CONTACT.value, municipality__in=names)
    for code in held.values_list("municipality", flat=True):
        counted[code] = counted.get(code, 0) + 1
    return counted
