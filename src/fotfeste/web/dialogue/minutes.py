"""The minutes of a meeting: what is written, checked as the library checks minutes, and made into its minutes.

Stored are texts by field: those of the meeting form under their ids, answers under ``answer_`` and the question's id.
Numbers and dates that can be read are stored as ``25`` and ``2026-12-15``; in a draft, whatever else was typed stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import get_args

from fotfeste.errors import Problem
from fotfeste.messages import Locale, Message, language, msg
from fotfeste.settlement.dialogue.minutes import Minutes
from fotfeste.settlement.dialogue.minutes import Need as HeardNeed
from fotfeste.settlement.dialogue.questions import DialogueForm
from fotfeste.settlement.reply_check import ABOUT_FEW, WRITE_OF_GROUPS, field_name, reads_as_somebody
from fotfeste.settlement.reply_form import FormField, FormValue
from fotfeste.settlement.reply_sheet_cells import (
    LONGEST_TEXT,
    PERSONAL,
    REMOVE_IT,
    identifies_a_person,
    read_cell,
)
from fotfeste.settlement.reply_sheet_file import Cell
from fotfeste.web.dialogue.models import Meeting, Need

ANSWER = "answer_"
"""What stands before the id of a question in the names of answers."""
COUNTY_FOLLOWS_UP = msg("rådgiver i fylkeskommunen")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST_TYPED = 20_000


@cache
def form() -> DialogueForm:
    """Return the questions, themes and fields of the meetings that come with Fotfeste."""
    from fotfeste.settlement.dialogue.questions_file import load_questions

    return load_questions()


def answer_to(question: str, text: str) -> FormField:
    """Return the field of an answer to a question as it is put."""
    words: dict[Locale, str] = dict.fromkeys(get_args(Locale), text)
    return FormField(f"{ANSWER}{question}", "questions", "text", words, words, words)


def fields_of(asked: Iterable[Sequence[str]]) -> tuple[FormField, ...]:
    """Return everything that can be written in minutes with the questions ``asked`` (id and text)."""
    return (*form().minutes, *(answer_to(name, text) for name, text in asked))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: values as they are stored, what may not be stored at all, what is wrong, what to look at again."""

    values: Mapping[str, str]
    refused: Mapping[str, Problem]
    problems: Mapping[str, Problem]
    notices: tuple[Problem, ...]


def written(fields: Iterable[FormField], typed: Mapping[str, str]) -> Written:
    """Return what ``typed`` amounts to; blank fields are left out."""
    values: dict[str, str] = {}
    refused: dict[str, Problem] = {}
    problems: dict[str, Problem] = {}
    notices: list[Problem] = []
    for one in fields:
        text = _tidy(typed.get(one.id, ""))
        if not text:
            continue
        reading = read_cell(one, Cell(text), field_name(one))
        if reading.problem is not None and (
            reading.problem.code == "reply.personal" or len(text) > _LONGEST_TYPED
        ):
            refused[one.id] = reading.problem
            continue
        if reading.problem is not None:
            problems[one.id] = reading.problem
        values[one.id] = text if reading.value is None else _stored(reading.value)
        if one.kind in ("text", "role") and reads_as_somebody(text):
            notices.append(Problem("minutes.about_somebody", ABOUT_FEW, field_name(one), WRITE_OF_GROUPS))
    return Written(values, refused, problems, tuple(notices))


def _tidy(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _stored(value: FormValue) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def checked(meeting: Meeting) -> Mapping[str, FormValue]:
    """Return the stored values that can be read, by field."""
    found: dict[str, FormValue] = {}
    for one in fields_of(meeting.asked):
        if one.id in meeting.minutes:
            value = read_cell(one, Cell(str(meeting.minutes[one.id])), field_name(one)).value
            if value is not None:
                found[one.id] = value
    return found


def minutes_of(meeting: Meeting, locale: Locale, *, shared_only: bool = False) -> Minutes | None:
    """Return the minutes as the library has them, with the needs that were heard; nothing without a date.

    ``shared_only`` leaves out the needs that the county has not let the municipality see.
    """
    values = checked(meeting)
    met_on = values.get("met_on")
    if not isinstance(met_on, date):
        return None
    next_on = values.get("next_on")
    return Minutes(
        meeting.municipality,
        met_on,
        str(values.get("place", "")),
        _roles(values, "participants_municipality"),
        _roles(values, "participants_county"),
        _number(values, "capacity_said"),
        _number(values, "wish_said"),
        _number(values, "minors_said"),
        str(values.get("note", "")),
        tuple(
            (text, str(values[f"{ANSWER}{name}"]))
            for name, text in meeting.asked
            if f"{ANSWER}{name}" in values
        ),
        tuple(heard(one, locale) for one in meeting.needs.all() if one.shared or not shared_only),
        str(values.get("next_step", "")),
        next_on if isinstance(next_on, date) else None,
    )


def heard(need: Need, locale: Locale) -> HeardNeed:
    """Return a need as the library has it; who follows it up is a role, never a name."""
    role = need.follow_up
    if not role and need.owner_id is not None:
        role = language(locale).text(COUNTY_FOLLOWS_UP)
    themes = form().theme_names
    theme = need.theme if need.theme in themes else next(iter(themes))
    return HeardNeed(theme, need.text, role, need.due)


def _roles(values: Mapping[str, FormValue], name: str) -> tuple[str, ...]:
    parts = str(values.get(name, "")).replace("\n", ";").split(";")
    return tuple(one.strip() for one in parts if one.strip())


def _number(values: Mapping[str, FormValue], name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None


def text_faults(text: str, place: str, most: int = LONGEST_TEXT) -> Problem | None:
    """Return what is wrong with a text that people write here: a number of a person, or too long."""
    if identifies_a_person(text):
        return Problem("dialogue.personal", PERSONAL, place, REMOVE_IT)
    if len(text) > most:
        what: Message = msg(
            "Teksten har {count} tegn. Her er det plass til {most}.", count=len(text), most=most
        )
        return Problem("dialogue.long", what, place)
    return None
