"""Messages in the database: stored as source text with fields, so that each reader is told in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fotfeste.errors import FotfesteError, Problem
from fotfeste.messages import Language, Message, Translated

Kept = dict[str, Any]


def kept(message: Message | Translated | str) -> Kept | str:
    """Return ``message`` as plain data; what people wrote stays a plain text."""
    if isinstance(message, str):
        return message
    if isinstance(message, Translated):
        return {"texts": dict(message.texts)}
    stored: Kept = {"text": message.text}
    if message.fields:
        stored["fields"] = {name: _field(value) for name, value in message.fields.items()}
    if message.plural is not None:
        stored |= {"plural": message.plural, "count": message.count}
    return stored


def _field(value: object) -> object:
    if isinstance(value, Message | Translated):
        return kept(value)
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return value
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return str(value)


def told(stored: Mapping[str, Any] | str) -> Message | Translated | str:
    """Return the message that :func:`kept` gave."""
    if isinstance(stored, str):
        return stored
    if "texts" in stored:
        return Translated(stored["texts"])
    fields = {name: _value(value) for name, value in stored.get("fields", {}).items()}
    return Message(str(stored.get("text", "")), fields, stored.get("plural"), stored.get("count"))


def _value(stored: object) -> object:
    if not isinstance(stored, Mapping):
        return stored
    if "fraction" in stored:
        return Fraction(stored["fraction"])
    if "decimal" in stored:
        return Decimal(stored["decimal"])
    if "date" in stored:
        return date.fromisoformat(stored["date"])
    return told(stored)


def kept_error(error: FotfesteError) -> Kept:
    """Return an error of ours as plain data: what was wrong, each part of it, and the way out."""
    return _problem(error.problem) | {"problems": [_problem(one) for one in error.problems]}


def _problem(problem: Problem) -> Kept:
    return {
        "what": kept(problem.what),
        **({"place": kept(problem.place)} if problem.place else {}),
        **({"remedy": kept(problem.remedy)} if problem.remedy else {}),
    }


def error_in_words(stored: Mapping[str, Any], words: Language) -> tuple[str, tuple[str, ...], str]:
    """Return what was wrong, its parts, and the way out (or nothing), in the reader's language."""
    parts = tuple(_in_words(one, words) for one in stored.get("problems", ()))
    remedy = stored.get("remedy")
    return _in_words(stored, words), parts, words.text(told(remedy)) if remedy else ""


def _in_words(stored: Mapping[str, Any], words: Language) -> str:
    what = words.text(told(stored.get("what", "")))
    place = stored.get("place")
    return f"{words.text(told(place))}: {what}" if place else what
