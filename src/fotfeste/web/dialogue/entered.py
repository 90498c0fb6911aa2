"""What is typed in the reply form, as it is kept in a draft: checked where it can be read, otherwise as it was typed.

A draft is JSON: whole numbers, texts, and dates in ISO form. A field that is left blank is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fotfeste.errors import Problem
from fotfeste.messages import Locale, msg
from fotfeste.settlement.reply_check import Checked, check_typed, field_name
from fotfeste.settlement.reply_form import NO_LIMIT, FormValue, load_reply_form

Kept = int | str
"""The value of a field in a draft."""

LONGEST_KEPT = 20_000
"""Letters of one field that a draft keeps, beyond what can be delivered: what is typed is not lost while it is cut."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed: ``values`` as they are kept, and by field what may not be kept at all, and why."""

    values: Mapping[str, Kept]
    refused: Mapping[str, Problem]


def entered(typed: Mapping[str, str]) -> Entered:
    """Return what ``typed`` amounts to; fields that are blank, or that the form does not have, are left out."""
    known = {one.id: one for one in load_reply_form().fields}
    given = {
        name: text.replace("\r\n", "\n").strip()
        for name, text in typed.items()
        if name in known and text.strip()
    }
    checked = check_typed(given)
    values: dict[str, Kept] = {}
    refused: dict[str, Problem] = {}
    for name, text in given.items():
        problem = checked.problems.get(name)
        if len(text) > LONGEST_KEPT:
            what = msg(
                "Teksten har {count} tegn. Feltet tar høyst {most}.", count=len(text), most=LONGEST_KEPT
            )
            refused[name] = Problem("reply.too_long", what, field_name(known[name]))
        elif problem is None:
            values[name] = as_kept(checked.values[name])
        elif problem.code == "reply.personal":
            refused[name] = problem
        elif kept := _CONTROL.sub(" ", text).strip():
            values[name] = kept
    return Entered(values, refused)


def as_kept(value: FormValue) -> Kept:
    """Return a checked value as a draft has it."""
    return value.isoformat() if isinstance(value, date) else value


def typed_of(values: Mapping[str, Kept]) -> dict[str, str]:
    """Return a draft as it stands in the fields of the form."""
    dates = {one.id for one in load_reply_form().fields if one.kind == "date"}
    return {name: _day(str(value)) if name in dates else str(value) for name, value in values.items()}


def in_words(text: str, locale: Locale) -> str:
    """Return what stands in a field as it is read: that a service sets no limit is told in the reader's language."""
    return text.replace(NO_LIMIT, load_reply_form().no_limit[locale])


def told_value(field: str, value: Kept, locale: Locale) -> str:
    """Return one value of a field as it is read."""
    return in_words(typed_of({field: value})[field], locale)


def _day(text: str) -> str:
    """Return a date as it is written in Norwegian, and whatever else was typed as it was typed."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day}.{day.month}.{day.year}"


def checked(values: Mapping[str, Kept]) -> Checked:
    """Return what a draft amounts to when it is delivered: its values, and what must be put right first."""
    return check_typed(typed_of(values))


def values_from(kept: Mapping[str, Kept]) -> dict[str, FormValue]:
    """Return delivered values as the library has them."""
    return dict(checked(kept).values)


def as_base(values: Mapping[str, Kept]) -> str:
    """Return the values that a page was made from, as the page carries them."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def base_of(text: str) -> dict[str, Kept] | None:
    """Return the values that a page says it was made from; nothing when they cannot be read."""
    known = {one.id for one in load_reply_form().fields}
    try:
        stated = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(stated, dict):
        return None
    return {
        name: value
        for name, value in stated.items()
        if name in known and isinstance(value, int | str) and not isinstance(value, bool)
    }
