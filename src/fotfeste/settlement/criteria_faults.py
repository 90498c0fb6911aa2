"""What is wrong with a criteria file, told to someone who writes criteria and not programs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from fotfeste.errors import Problem
from fotfeste.messages import Message, msg

IDENTIFIER, CODE = r"^[a-z0-9][a-z0-9_-]*$", r"^[0-9]{4}$"
MOST_DIGITS = 50
"""Numbers have at most so many digits, and so many places before or after the decimal mark."""
SHOWN = 40
_WHERE = re.compile(r"at line (\d+), column (\d+)")


class UnreadableNumber(ValueError):
    """A number that is longer, larger or smaller than any weight or limit can be."""


def exact(text: str) -> Decimal:
    """Return a decimal number exactly as written; raises :class:`UnreadableNumber` beyond ``MOST_DIGITS``."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise UnreadableNumber(text) from error
    if number.is_finite() and (
        len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS
    ):
        raise UnreadableNumber(text)
    return number


def why_not_toml(error: Exception) -> Message:
    """Return in words why a file could not be read as TOML, with the line when the reader knows it."""
    if isinstance(error, UnreadableNumber):
        return msg("tallet {number} er for langt", number=_short(str(error)))
    if isinstance(error, RecursionError):
        return msg("lister eller tabeller ligger inne i hverandre i for mange nivåer")
    found = _WHERE.search(str(error))
    if found:
        return msg("feil i linje {line}, kolonne {column}", line=found[1], column=found[2])
    if "end of document" in str(error):
        return msg("noe er begynt på og ikke avsluttet, for eksempel et anførselstegn eller en hakeparentes")
    return msg("et tall eller en tabell kan ikke leses")


def faults_of(errors: Sequence[Any]) -> list[Problem]:
    """Return pydantic's findings as problems, each with its field."""
    return [
        Problem("criteria.field", _explained(one), _field(one["loc"]))
        for one in errors
        if not _follows_from_another(one, errors)
    ]


def _follows_from_another(error: Any, errors: Sequence[Any]) -> bool:
    """Return whether a list is only called too short because an item in it is wrong."""
    place = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and other["loc"] != place for other in errors
    )


def _field(place: tuple[int | str, ...]) -> str:
    """``('criterion', 1, 'key')`` → ``criterion[2].key``: counted from one, as people count."""
    text = ""
    for part in place:
        if part != "[key]":
            text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _said(error: object) -> object:
    """Return what one of our own checks said: a message, which is read in the reader's language."""
    return error.args[0] if isinstance(error, ValueError) and error.args else str(error)


def _explained(error: Any) -> Message:
    kind, context = error["type"], error.get("ctx", {})
    given = as_written(error["input"])
    match kind:
        case "missing":
            return msg("feltet mangler")
        case "extra_forbidden":
            return msg("feltet er ukjent; er det skrevet feil?")
        case "value_error":
            return msg("{reason}", reason=_said(context.get("error")))
        case "enum" | "literal_error":
            choices = str(context.get("expected", "")).replace(" or ", ", ")
            return msg("{given} er ikke et av valgene {choices}", given=given, choices=choices)
        case "greater_than_equal" | "less_than_equal":
            limit = str(context.get("ge", context.get("le")))
            return msg("{given} er utenfor det tillatte; grensen er {limit}", given=given, limit=limit)
        case "finite_number":
            return msg("{given} er ikke et endelig tall", given=given)
        case "string_type":
            return msg("{given} er ikke tekst; tekst skrives i anførselstegn", given=given)
        case "string_too_short":
            return msg("teksten er tom")
        case "string_pattern_mismatch" if context.get("pattern") == IDENTIFIER:
            return msg("{given} kan bare ha små bokstaver (a–z), sifre, - og _", given=given)
        case "string_pattern_mismatch":
            return msg("{given} er ikke et kommunenummer (fire siffer i anførselstegn)", given=given)
        case "tuple_type" | "list_type":
            return msg("{given} er ikke en liste; lister skrives i hakeparenteser", given=given)
        case "too_short":
            return msg("listen er tom; minst én må være med")
        case "too_long":
            return msg(
                "listen er for lang; den kan ha høyst {most}", most=str(context.get("max_length", "–"))
            )
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type":
            return msg("{given} er ikke en tabell med navn og verdier", given=given)
        case "bool_type" | "bool_parsing":
            return msg("{given} er ikke true eller false", given=given)
        case _ if kind.startswith("date"):
            return msg("{given} er ikke en dato (år-måned-dag)", given=given)
        case _ if kind.startswith(("int", "decimal", "float")):
            return msg("{given} er ikke et tall som kan brukes her", given=given)
        case _:
            return msg("{given} kan ikke brukes her", given=given)


def as_written(value: object) -> str:
    """Return a value about as it stands in the file."""
    match value:
        case str():
            return f"'{_short(value)}'"
        case bool():
            return str(value).lower()
        case int() | Decimal():
            return _short(str(value))
        case date() | time():
            return value.isoformat()
        case Mapping() | list() | tuple():
            return "[…]" if not isinstance(value, Mapping) else "…"
        case _:
            return "…"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
