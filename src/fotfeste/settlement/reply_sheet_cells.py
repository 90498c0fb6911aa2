"""One cell of a reply sheet: from what somebody wrote to a checked value, or what is wrong with it.

A blank cell is unknown and never comes here. Numbers that could identify a person are refused and never echoed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from fotfeste.errors import Place, Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.reply_form import NO_LIMIT, FormField, FormValue, load_reply_form
from fotfeste.settlement.reply_sheet_file import Cell

EARLIEST_YEAR, LATEST_YEAR, LONGEST_TEXT, SHOWN = 2000, 2100, 4_000, 40

_SPACES = "\u00a0\u202f\u2009"
_WHOLE = re.compile(r"\d{1,9}|\d{1,3}( \d{3}){1,2}")
_DAY = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{6}[ .\-]?\d{5}|\d{4}[ .\-]?\d{6}[ .\-]?\d{2})(?!\d)")
"""Eleven digits (national identity and D-numbers) or twelve (the number of a case in the immigration register)."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """What became of one cell: a value, or a problem that stops, and perhaps a notice that does not."""

    value: FormValue | None = None
    problem: Problem | None = None
    notice: Problem | None = None


PERSONAL = msg("Her står det et tall som ser ut som et fødselsnummer, D-nummer eller DUF-nummer.")
REMOVE_IT = msg("Ta det bort. Her skal det ikke stå opplysninger om enkeltpersoner.")
"""What is said where :func:`identifies_a_person` holds, and what to do about it."""


def identifies_a_person(text: str) -> bool:
    """Whether ``text`` holds a number of the length that identifies a person."""
    return _IDENTITY.search(text.translate(str.maketrans(_SPACES, " " * len(_SPACES)))) is not None


def read_cell(one: FormField, cell: Cell, place: Place) -> CellReading:
    """Return the value of a filled answer cell, or the problem with it at ``place``."""
    if cell.kind == "formula":
        return _problem(
            "formula",
            msg("Cellen inneholder en formel. Formler regnes aldri ut her."),
            place,
            msg("Skriv svaret som et tall eller som tekst."),
        )
    if cell.kind == "error":
        return _problem(
            "error",
            msg("Cellen inneholder feilverdien {shown}.", shown=str(cell.value)),
            place,
            msg("Skriv svaret på nytt, eller la det stå tomt."),
        )
    if identifies_a_person(_plain(cell)):
        return _problem(
            "personal",
            PERSONAL,
            place,
            REMOVE_IT,
        )
    if one.kind == "persons":
        return _persons(one, cell, place)
    return _day(cell, place) if one.kind == "date" else _text(cell, place)


def _problem(code: str, what: Message, place: Place, remedy: Message) -> CellReading:
    return CellReading(problem=Problem(f"reply.{code}", what, place, remedy))


def _plain(cell: Cell) -> str:
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return str(cell.value)


def _shown(text: str) -> str:
    flat = " ".join(_CONTROL.sub(" ", text).split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]}…"


def _persons(one: FormField, cell: Cell, place: Place) -> CellReading:
    value, notice = cell.value, None
    blank = msg("Skriv et helt tall, eller la svaret stå tomt hvis dere ikke vet.")
    if isinstance(value, str):
        text = " ".join(value.translate(str.maketrans(_SPACES, " " * len(_SPACES))).split())
        if one.no_limit and says_no_limit(text):
            if not re.search(r"\d", text):
                return CellReading(NO_LIMIT)
            what = msg("Her står både et tall og at tjenesten ikke er noen begrensning.")
            return _problem("both", what, place, msg("La bare det ene stå."))
        if _WHOLE.fullmatch(text):
            value = int(text.replace(" ", ""))
            notice = Problem(
                "reply.number_as_text",
                msg("Tallet {number} er lagret som tekst og er lest som tall.", number=value),
                place,
            )
        elif re.fullmatch(r"[-\u2212]\s?\d+", text):
            return _negative(text, place)
        else:
            what = msg("«{text}» er ikke et helt tall.", text=_shown(value))
            return _problem("not_a_number", what, place, blank)
    if isinstance(value, bool):
        what = msg("Cellen inneholder ja/nei (sann/usann), ikke et tall.")
        return _problem("not_a_number", what, place, blank)
    if isinstance(value, date | time):
        what = msg("Cellen inneholder en dato eller et klokkeslett, ikke et tall.")
        return _problem("date", what, place, msg("Skriv tallet på nytt og velg tallformat for cellen."))
    if isinstance(value, float) and not value.is_integer():
        what = msg("{number} er ikke et helt tall.", number=Decimal(f"{value:g}"))
        return _problem("decimal", what, place, msg("Skriv et helt antall personer."))
    number = int(value or 0)
    if number < 0:
        return _negative(f"\u2212{-number}", place)
    if number > one.most:
        what = msg(
            "{number} er mer enn det største som kan være riktig her ({most}).", number=number, most=one.most
        )
        return _problem("too_large", what, place, msg("Sjekk om det er tastet et siffer for mye."))
    if 0 < number < one.hide_below:
        return _problem(
            "recognisable",
            msg(
                "Tall fra 1 til {most} om hvordan det har gått, kan peke ut enkeltpersoner.",
                most=one.hide_below - 1,
            ),
            place,
            msg("La svaret stå tomt, og skriv gjerne «færre enn {limit}» i merknaden.", limit=one.hide_below),
        )
    return CellReading(number, notice=notice)


def says_no_limit(text: str) -> bool:
    """Whether ``text`` says that a service sets no limit, in any of the form's languages."""
    words = {NO_LIMIT, *load_reply_form().no_limit.values()}
    return any(one in text.casefold() for one in words)


def _negative(text: str, place: Place) -> CellReading:
    what = msg("{text} er et negativt tall, og det kan ikke være riktig her.", text=text)
    return _problem("negative", what, place, msg("Skriv 0 eller et tall over 0, eller la svaret stå tomt."))


def _day(cell: Cell, place: Place) -> CellReading:
    value = cell.value
    if isinstance(value, datetime):
        day: date | None = value.date()
    elif isinstance(value, date):
        day = value
    else:
        day = _written_day(str(value).strip())
    if day is None:
        what = msg("«{text}» er ikke en dato.", text=_shown(_plain(cell)))
        return _problem("not_a_date", what, place, msg("Skriv datoen slik: 15.12.2026."))
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        what = msg("Året {year} kan ikke være riktig her.", year=str(day.year))
        return _problem("not_a_date", what, place, msg("Skriv datoen slik: 15.12.2026."))
    return CellReading(day)


def _written_day(text: str) -> date | None:
    written = _DAY.fullmatch(text)
    try:
        if written:
            return date(int(written["year"]), int(written["month"]), int(written["day"]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(cell: Cell, place: Place) -> CellReading:
    if isinstance(cell.value, bool):
        what = msg("Cellen inneholder ja/nei (sann/usann), ikke tekst.")
        return _problem("not_text", what, place, msg("Skriv svaret med ord."))
    if isinstance(cell.value, datetime):
        return CellReading(f"{cell.value:%d.%m.%Y}")
    text = _CONTROL.sub(" ", _plain(cell)).strip()
    if len(text) > LONGEST_TEXT:
        what = msg("Teksten har {count} tegn. Feltet tar høyst {most}.", count=len(text), most=LONGEST_TEXT)
        return _problem("too_long", what, place, msg("Kort ned teksten, eller send resten som eget vedlegg."))
    return CellReading(text)
