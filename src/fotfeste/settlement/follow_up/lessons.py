"""«What we learned»: questions that the county answers in its own words about a year before the next round opens."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Language, Locale, Message, msg

SCHEMA = 1
FILE = "lessons.toml"
LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """A question about the year of a round, in three languages; ``needed`` must be answered before the next opens."""

    id: str
    needed: bool
    text: Mapping[Locale, str]

    def asked(self, year: int, words: Language) -> str:
        """Return the question about ``year`` as a reader is told it."""
        return words.text(Message(self.text[words.locale], {"year": str(year)}))


@dataclass(frozen=True, slots=True)
class LessonForm:
    """All questions, since when they stand, and who chose them."""

    questions: tuple[LessonQuestion, ...]
    dated: str
    source: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was learned of the round for ``year``: answers by question, never translated, by whom and when."""

    year: int
    answers: Mapping[str, str] = field(default_factory=dict)
    by_role: str = ""
    at: date | None = None

    def unanswered(self, form: LessonForm) -> tuple[LessonQuestion, ...]:
        """Return the questions that must be answered before the next round opens and are not."""
        return tuple(one for one in form.questions if one.needed and not self.answers.get(one.id, "").strip())

    def with_answers(self, form: LessonForm, answers: Mapping[str, str], by_role: str, at: date) -> Lessons:
        """Return the lessons with answers added or changed; an empty answer takes one away.

        Raises :class:`InputError` with every unknown question and every answer that is too long.
        """
        known = {one.id for one in form.questions}
        problems: list[Problem] = []
        for name, text in answers.items():
            if name not in known:
                problems.append(
                    Problem("lessons.question", msg("Spørsmålet «{name}» finnes ikke.", name=name), name)
                )
            elif len(text) > LONGEST_ANSWER:
                what = msg("Svaret er lengre enn {most} tegn.", most=LONGEST_ANSWER)
                problems.append(Problem("lessons.long", what, name, msg("Kort det ned.")))
        if problems:
            raise InputError(
                "lessons.faults",
                msg("Svarene har feil som må rettes ({number}).", number=len(problems)),
                problems=problems,
            )
        merged = {**self.answers, **{name: text.strip() for name, text in answers.items()}}
        kept = {one.id: merged[one.id] for one in form.questions if merged.get(one.id)}
        return replace(self, answers=kept, by_role=by_role, at=at)


@cache
def load_lesson_form() -> LessonForm:
    """Return the questions that come with Fotfeste."""
    content = tomllib.loads((resources.files(__package__) / FILE).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise InputError("lessons.schema", msg("Spørsmålene om læring har et ukjent skjema."), place=FILE)
    questions = tuple(
        LessonQuestion(one["id"], one["needed"], {"nb": one["nb"], "nn": one["nn"], "en": one["en"]})
        for one in content["question"]
    )
    return LessonForm(questions, str(content["dated"]), content["source"])
