"""What the county knows about the case and the program does not: case number, deciding body, dates."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_type_hints

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Language, Message, msg, nmsg

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """Details of the case, as the county writes them; what is empty becomes a blank to fill in, never a guess.

    ``sender`` is the county municipality, ``office`` the department and ``address`` its lines. ``handler`` is a
    role, not a person's name. ``recipient`` is who the recommendation goes to. Dates are either days, which each document
    writes in its own language, or written as they shall stand in the text: ``sent_on`` (to IMDi), ``request_on`` (when IMDi asks), ``council_by`` (when the council must
    have decided), ``comments_by`` and ``comments_to`` (deadline and place for the municipality's comments).
    ``neutral_form`` (``bokmål`` or ``nynorsk``) is the form in letters to municipalities that have decided on none;
    empty means that of the other documents.
    """

    sender: str = ""
    office: str = ""
    address: tuple[str, ...] = ()
    case_number: str = ""
    handler: str = ""
    deciding_body: str = ""
    decided_on: str | date = ""
    recipient: str = ""
    access_basis: str = ""
    sent_on: str | date = ""
    request_on: str = ""
    council_by: str | date = ""
    comments_by: str | date = ""
    comments_to: str = ""
    neutral_form: Literal["", "bokmål", "nynorsk"] = ""


BLANKS: dict[str, Message] = {
    "office": msg("avdeling"),
    "case_number": msg("saksnummer"),
    "handler": msg("saksbehandlers rolle"),
    "deciding_body": msg("organ som vedtar"),
    "decided_on": msg("vedtaksdato"),
    "access_basis": msg("tilgang og hjemmel"),
    "sent_on": msg("dato for oversendelse"),
    "request_on": msg("dato for anmodning"),
    "council_by": msg("frist for vedtak"),
    "comments_by": msg("frist for merknader"),
    "comments_to": msg("adresse for merknader"),
}


_DAYS: dict[str, Callable[[date], Message]] = {
    "council_by": lambda day: msg("frist {day}", day=day),
    "comments_by": lambda day: msg("innen {day}", day=day),
}
"""How a day that something is due by stands in the text."""


def filled(details: CaseDetails, field: str, words: Language) -> str:
    """Return the detail, or a visible blank such as ``[saksnummer]`` when the county has not given it."""
    value = getattr(details, field)
    if isinstance(value, date):
        return words.text(_DAYS[field](value)) if field in _DAYS else words.date(value)
    if value:
        return str(value)
    return f"[{words.text(BLANKS[field])}]"


def read_details(path: Path) -> CaseDetails:
    """Read case details from a TOML file: ``schema = 1`` and any of the fields of :class:`CaseDetails`.

    Raises :class:`InputError` that lists every field that is unknown or of the wrong kind.
    """
    from pydantic import ConfigDict, ValidationError, create_model

    content = _content(path)
    kinds = get_type_hints(CaseDetails)
    wanted: dict[str, Any] = {one.name: (kinds[one.name], one.default) for one in fields(CaseDetails)}
    model = create_model("Details", __config__=ConfigDict(extra="forbid"), **wanted)
    try:
        read = model.model_validate(content)
    except ValidationError as error:
        problems: dict[str, Message] = {}
        for one in error.errors():
            problems.setdefault(_place(one["loc"]), _explained(str(one["type"])))
        raise InputError(
            "details.fields",
            nmsg("Ett felt i filen må rettes.", "{count} felt i filen må rettes.", len(problems)),
            place=str(path),
            problems=[Problem("details.field", what, where) for where, what in problems.items()],
        ) from error
    return CaseDetails(**read.model_dump())


def _content(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise InputError(
            "details.absent",
            msg(
                "Filen med saksopplysninger kunne ikke leses ({reason}).", reason=error.strerror or str(error)
            ),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error
    except ValueError as error:
        raise InputError(
            "details.toml",
            msg("Filen er ikke gyldig TOML i UTF-8: {reason}.", reason=str(error)),
            place=str(path),
            remedy=msg('Skriv hver opplysning på egen linje, slik: case_number = "26/01234".'),
        ) from error
    if content.pop("schema", None) != SCHEMA:
        raise InputError(
            "details.schema",
            msg("Filen mangler schema = {known} øverst.", known=SCHEMA),
            place=str(path),
            remedy=msg("Skriv schema = {known} på første linje.", known=SCHEMA),
        )
    return content


def _place(where: tuple[int | str, ...]) -> str:
    """Return the field a fault is in, with the line in a list; what is tried of a field that may be several things is left out."""
    return ".".join(
        str(part) for part in where[:1] + tuple(part for part in where[1:] if isinstance(part, int))
    )


def _explained(kind: str) -> Message:
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return msg("feltet er ukjent; er det skrevet feil?")
    if kind.startswith("tuple"):
        return msg('må være en liste av linjer, slik: ["Postboks 1", "0001 Oslo"]')
    if kind == "literal_error":
        return msg("må være «bokmål» eller «nynorsk»")
    return msg("må være tekst i anførselstegn")
