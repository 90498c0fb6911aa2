"""What the county learned of a round, kept with it; asked for before the next round opens."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from fotfeste.settlement.follow_up.lessons import LessonQuestion, Lessons, load_lesson_form
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import held, thing_of
from fotfeste.web.trace.services import record
from fotfeste.work.drafts import Merged, merged


def lessons_of(round_: Round) -> Lessons:
    """Return what is written about the round."""
    return Lessons(round_.year, answers_of(round_))


def answers_of(round_: Round) -> dict[str, str]:
    """Return the answers by question, empty where nothing is written."""
    return {one.id: str(round_.lessons.get(one.id, "")) for one in load_lesson_form().questions}


def questions() -> tuple[LessonQuestion, ...]:
    """Return what the county asks itself."""
    return load_lesson_form().questions


def unanswered(lessons: Lessons) -> tuple[LessonQuestion, ...]:
    """Return the questions that must be answered before the next round opens and are not."""
    return lessons.unanswered(load_lesson_form())


def write_lessons(by: Actor, round_: Round, base: Mapping[str, object], mine: Mapping[str, str]) -> Merged:
    """Keep ``mine``, begun from ``base``, together with what others have written meanwhile.

    Nothing is kept when both have changed the same answer: the conflicts are returned.
    Raises :class:`InputError` for answers that are too long.
    """
    form = load_lesson_form()
    with transaction.atomic():
        standing = held(round_)
        theirs = answers_of(standing)
        together = merged(base, {name: text.strip() for name, text in mine.items()}, theirs)
        if together.conflicts:
            return together
        answers = {name: str(text) for name, text in together.values.items()}
        kept = Lessons(standing.year).with_answers(form, answers, "", timezone.localdate())
        if dict(kept.answers) != standing.lessons:
            standing.lessons = dict(kept.answers)
            standing.lessons_version += 1
            standing.save(update_fields=["lessons", "lessons_version"])
            record(
                by, "round.lessons_written", thing_of(standing), {"version": str(standing.lessons_version)}
            )
    return together
