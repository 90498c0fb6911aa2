"""What the library found wrong, at the fields it is about."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from fotfeste.errors import FotfesteError, Problem
from fotfeste.messages import Language

FIELDS_OF: Mapping[str, str] = {
    "decision.persons": "persons",
    "decision.declined": "persons",
    "decision.awaited": "persons",
    "decision.minors": "minors",
    "decision.dated": "decided_on",
    "decision.future": "decided_on",
    "decision.body": "body",
    "decision.case": "case_reference",
    "decision.handling": "expected_on",
    "follow_up.minors": "minors",
    "requests.undated": "dated",
    "requests.future": "dated",
    "settled.undated": "as_of",
    "settled.future": "as_of",
    "settled.early": "as_of",
    "alerts.reason": "reason",
}


def show_faults(form: forms.Form, error: FotfesteError, words: Language) -> None:
    """Put what the library found wrong at the fields it is about; the rest above the form, with where it is."""
    for problem in error.problems or (error.problem,):
        field = FIELDS_OF.get(problem.code)
        at_field = field if field in form.fields else None
        form.add_error(at_field, _in_words(problem, words, placed=at_field is None))


def _in_words(problem: Problem, words: Language, *, placed: bool) -> str:
    parts = (
        [f"{words.text(problem.place)}: {words.text(problem.what)}"]
        if placed and problem.place
        else [words.text(problem.what)]
    )
    if problem.remedy is not None:
        parts.append(words.text(problem.remedy))
    return " ".join(parts)
