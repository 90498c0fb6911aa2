"""The reply form as pages show it, row by row: what stands in each field, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from fotfeste.errors import Problem
from fotfeste.messages import Language, Locale
from fotfeste.settlement.reply_form import NO_LIMIT, FormField, load_reply_form
from fotfeste.web.dialogue.entered import Kept, in_words, told_value, typed_of
from fotfeste.web.dialogue.partner_shown import Beside as Answered
from fotfeste.web.dialogue.questions import Thread
from fotfeste.work.drafts import ABSENT, Clash

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
    """One field of the form as a page shows it: its words, what stands in it, and what stands beside it.

    ``no_limit`` tells whether the answer says that the service sets no limit; it is nothing where that cannot be answered.
    ``told`` is the answer as it is read.
    """

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
    no_limit: bool | None = None
    told: str = ""

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

    @property
    def answered(self) -> int:
        """How many of the fields have an answer."""
        return sum(1 for one in self.rows if one.told)


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
        text = texts.get(one.id, "")
        return Row(
            one.id,
            one.kind,
            one.label[locale],
            one.question[locale],
            one.help[locale],
            text.replace(NO_LIMIT, "").strip() if one.no_limit else text,
            in_words(last.get(one.id, ""), locale),
            beside.problems.get(one.id),
            None if clash is None else in_words(typed_of({one.id: theirs})[one.id], locale),
            tuple(two for two in beside.threads if two.first.field == one.id),
            _elsewhere(one.id, beside.elsewhere.get(one.id), locale),
            NO_LIMIT in text if one.no_limit else None,
            in_words(text, locale) if one.no_limit else text,
        )

    return [
        Group(group.id, group.title[locale], tuple(row(one) for one in group.fields))
        for group in load_reply_form().groups
    ]


def _elsewhere(name: str, found: Answered | None, locale: Locale) -> Elsewhere | None:
    if found is None:
        return None
    return Elsewhere(told_value(name, found.value, locale), found.organisation, found.on)
