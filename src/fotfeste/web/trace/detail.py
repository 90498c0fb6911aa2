"""What may stand in the detail of a trace entry: short facts about objects, never about whom they concern."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.web.trace.chain import canonical

LONGEST = 500
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\W\d_]{2,}")
_NATIONAL_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{6}[\s.-]?[0-9]{5}(?![0-9A-Za-z])")


def tidy(detail: Mapping[str, str]) -> str:
    """Return ``detail`` as the canonical JSON that is kept and hashed.

    Names are small letters, digits and underscores; values are text of at most 500 characters without control characters.
    Raises :class:`InputError` naming every field that holds an e-mail address or something written like a national
    identity number, or that has another fault.
    """
    problems = [found for name, value in sorted(detail.items()) if (found := _fault(name, value))]
    if problems:
        raise InputError(
            "trace.detail",
            msg("Sporet kan ikke inneholde disse opplysningene."),
            remedy=msg("Skriv opplysningen uten navn, adresse eller nummer som peker på en person."),
            problems=problems,
        )
    return canonical(dict(detail))


def personal(value: str) -> bool:
    """Whether ``value`` holds an e-mail address or something written like a national identity number."""
    return bool(_EMAIL.search(value) or _NATIONAL_ID.search(value))


def _fault(name: str, value: str) -> Problem | None:
    if not _NAME.fullmatch(name):
        return Problem("trace.detail_name", msg("Feltet har et navn som ikke kan brukes."), repr(name))
    if personal(value):
        return Problem(
            "trace.personal", msg("Verdien ser ut som en e-postadresse eller et fødselsnummer."), name
        )
    if len(value) > LONGEST or any(ord(sign) < 32 for sign in value):
        what = msg(
            "Verdien er lengre enn {longest} tegn eller har tegn som ikke kan skrives.", longest=LONGEST
        )
        return Problem("trace.detail_value", what, name)
    return None
