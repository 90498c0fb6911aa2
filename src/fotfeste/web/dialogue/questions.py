"""Questions back and forth between the county and a municipality, in general or about one field of the reply."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.db import transaction

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.reply_check import ABOUT_FEW, WRITE_OF_GROUPS, reads_as_somebody
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.settlement.reply_sheet_cells import PERSONAL, REMOVE_IT, identifies_a_person
from fotfeste.web.dialogue.models import Question
from fotfeste.web.dialogue.services import is_open, on_behalf, thing_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import held
from fotfeste.web.trace.services import record

FILE = "questions.toml"
COUNTY, MUNICIPALITY = "county", "municipality"


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be written: signs of one text, and texts of one municipality in a round, answers among them."""

    longest: int
    most: int


@cache
def limits() -> Limits:
    """Return the limits that come with Fotfeste."""
    stated = tomllib.loads((resources.files("fotfeste.web.dialogue") / FILE).read_text("utf-8"))
    return Limits(stated["longest"], stated["most"])


@dataclass(frozen=True, slots=True)
class Thread:
    """A question and what has been written since. ``open`` while the other side has not written after the asker."""

    first: Question
    answers: tuple[Question, ...]

    @property
    def open(self) -> bool:
        """Whether somebody waits for an answer."""
        return self.waits_for != ""

    @property
    def waits_for(self) -> str:
        """The side that has not answered; nothing when the question is answered."""
        if any(one.side != self.first.side for one in self.answers):
            return ""
        return MUNICIPALITY if self.first.side == COUNTY else COUNTY


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or an answer as it was kept, and what its writer should look at once more."""

    question: Question
    notices: tuple[Problem, ...]


def threads_of(round_: Round, municipality: str) -> list[Thread]:
    """Return what has been asked and answered, the oldest question first."""
    written = list(round_.questions.filter(municipality=municipality))
    return [
        Thread(one, tuple(two for two in written if two.follows_id == one.pk))
        for one in written
        if one.follows_id is None
    ]


def open_questions(round_: Round) -> Counter[str]:
    """Return how many questions are not answered, by municipality."""
    written = list(round_.questions.values_list("pk", "municipality", "side", "follows"))
    answered = {(follows, side) for _, _, side, follows in written if follows is not None}
    others = {COUNTY: MUNICIPALITY, MUNICIPALITY: COUNTY}
    return Counter(
        municipality
        for number, municipality, side, follows in written
        if follows is None and (number, others.get(side, COUNTY)) not in answered
    )


def ask(
    by: Actor,
    round_: Round,
    municipality: str,
    text: str,
    *,
    field: str = "",
    follows: Question | None = None,
) -> Asked:
    """Keep a question, or an answer to ``follows``; the same sent twice is one.

    Raises :class:`InputError` for an empty or overlong text, an unknown field, and a text with a number of a person,
    when the round is not open, and when more has been written than there is room for.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    _must_be_fit(text, field)
    if follows is not None:
        first = follows.follows or follows
        if first.round_id != round_.pk or first.municipality != municipality:
            raise InputError("question.other", msg("Spørsmålet hører til en annen kommune."))
        follows, field = first, first.field
    side = COUNTY if on_behalf(by, municipality) else MUNICIPALITY
    with transaction.atomic():
        must_be_open(held(round_))
        same = round_.questions.filter(municipality=municipality, follows=follows).order_by("-pk").first()
        if same and (same.text, same.field, same.side, same.by_id) == (text, field, side, by.user_id):
            return Asked(same, ())
        if round_.questions.filter(municipality=municipality).count() >= limits().most:
            raise InputError(
                "question.many",
                msg(
                    "Det er allerede skrevet {most} spørsmål og svar her, og det er ikke plass til flere.",
                    most=limits().most,
                ),
                remedy=msg("Ta resten i et møte."),
            )
        kept = Question.objects.create(
            round=round_,
            municipality=municipality,
            follows=follows,
            side=side,
            text=text,
            field=field,
            by_id=by.user_id,
        )
        act = "question.answered" if follows and follows.side != side else "question.asked"
        record(by, act, thing_of(round_, municipality, Kind.QUESTION))
    notices = (Problem("question.about_somebody", ABOUT_FEW, None, WRITE_OF_GROUPS),)
    return Asked(kept, notices if reads_as_somebody(text) else ())


def must_be_open(round_: Round) -> None:
    """Raise :class:`InputError` when nothing is asked or answered in the round."""
    if not is_open(round_):
        raise InputError("dialogue.closed", msg("Runden tar ikke imot spørsmål og svar nå."))


def _must_be_fit(text: str, field: str) -> None:
    if not text:
        raise InputError("question.empty", msg("Skriv hva du vil spørre om eller svare."))
    if len(text) > limits().longest:
        raise InputError(
            "question.long",
            msg(
                "Teksten har {count} tegn. Her er det plass til {most}.",
                count=len(text),
                most=limits().longest,
            ),
        )
    if identifies_a_person(text):
        raise InputError("dialogue.personal", PERSONAL, remedy=REMOVE_IT)
    if field and field not in {one.id for one in load_reply_form().fields}:
        raise InputError("question.field", msg("Spørsmålet finnes ikke i skjemaet."))
