"""The file of a municipality's own rates: a dated TOML that the municipality writes, checked to the last number.

Amounts are whole kroner, so that what is read in a table adds up. A text in brackets is still to be filled in. Every fault is told, not the first; nothing is counted from half a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.finances import YEARS, Group, Per, Rate, Rates, Side, Staying, has_name

SCHEMA = 1
LONGEST = 20_000
"""Characters in a file."""
MOST = 100_000_000
"""Kroner in one amount: more is a slip of the pen."""
MOST_RATES = 60
HOLE = re.compile(r"\[[^\]]*\]")
HOLE_TOLD = msg("er ikke fylt ut")
ZERO = msg("Skriv 0 der det ikke er noe beløp, og slett det som ikke gjelder.")
KEYS = frozenset({"schema", "municipality", "dated", "owner", "source", "cost", "grant", "staying"})
RATE_KEYS = frozenset({"id", "name", "kroner", "per", "group", "source"})


def read_rates(path: Path, municipality: str = "") -> Rates:
    """Read rates from a file; see :func:`rates_of_text`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            "rates.absent",
            msg("Filen med satser kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_toml(str(error), str(path)) from error
    return rates_of_text(text, str(path), municipality)


def rates_of_text(text: str, place: str, municipality: str = "") -> Rates:
    """Return the rates in ``text``; ``place`` is named in errors.

    With ``municipality`` (a code of four digits) rates of another municipality are refused. Raises :class:`InputError`
    with everything that is wrong, holes that are still to be filled in among it.
    """
    if len(text) > LONGEST:
        raise InputError("rates.long", msg("Filen er lengre enn {most} tegn.", most=LONGEST), place=place)
    try:
        content = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _no_toml(str(error), place) from error
    if content.get("schema") != SCHEMA or isinstance(content.get("schema"), bool):
        raise InputError(
            "rates.schema",
            msg("Filen mangler schema = {known} øverst.", known=SCHEMA),
            place=place,
            remedy=msg("Skriv schema = {known} på første linje.", known=SCHEMA),
        )
    reading = _Reading(place)
    rates = reading.rates(content, municipality)
    if reading.faults:
        raise InputError(
            "rates.faults",
            msg("Satsene har feil som må rettes ({number}).", number=len(reading.faults)),
            place=place,
            problems=reading.faults,
        )
    return rates


def _no_toml(reason: str, place: str) -> InputError:
    return InputError(
        "rates.toml",
        msg("Filen er ikke gyldig TOML i UTF-8: {reason}.", reason=reason),
        place=place,
        remedy=msg("Begynn med den tomme filen, og bytt bare ut det som står i hakeparenteser."),
    )


class _Reading:
    """One reading of a file, which gathers what is wrong."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.faults: list[Problem] = []

    def wrong(self, code: str, what: Message, field: str, remedy: Message | None = None) -> None:
        self.faults.append(Problem(f"rates.{code}", what, field, remedy))

    def rates(self, content: Mapping[str, Any], municipality: str) -> Rates:
        self._unknown(content, KEYS, "")
        code = self.text(content, "municipality", "")
        if code and not re.fullmatch(r"\d{4}", code):
            self.wrong("municipality", msg("må være et kommunenummer med fire siffer"), "municipality")
        elif code and municipality and code != municipality:
            self.wrong(
                "other",
                msg("satsene gjelder kommune {code}, ikke {wanted}", code=code, wanted=municipality),
                "municipality",
            )
        found: list[Rate] = []
        sides: tuple[Side, ...] = get_args(Side)
        for side in sides:
            rows = content.get(side, [])
            if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
                self.wrong("rows", msg("hver del må begynne med [[{side}]]", side=side), side)
                continue
            found += [
                one
                for place, row in enumerate(rows[:MOST_RATES], 1)
                if (one := self.rate(row, side, f"{side}[{place}]")) is not None
            ]
            if len(rows) > MOST_RATES:
                self.wrong("many", msg("det kan være høyst {most} deler", most=MOST_RATES), side)
            elif not rows and side == "cost":
                self.wrong("none", msg("det må være minst én utgift"), side)
        for rate_id in sorted({one.id for one in found if [each.id for each in found].count(one.id) > 1}):
            self.wrong("twice", msg("«{id}» står flere ganger", id=rate_id), "id")
        return Rates(
            code,
            self.day(content),
            self.text(content, "owner", ""),
            self.text(content, "source", ""),
            tuple(found),
            self.staying(content.get("staying")),
        )

    def rate(self, row: Mapping[str, Any], side: Side, place: str) -> Rate | None:
        self._unknown(row, RATE_KEYS, f"{place}.")
        rate_id = self.text(row, "id", f"{place}.")
        name = self.text(row, "name", f"{place}.", needed=bool(rate_id) and not has_name(rate_id))
        per = self.choice(row, "per", ("person", "municipality"), place)
        group = self.choice(row, "group", ("all", "minors", "others"), place)
        if per == "municipality" and group != "all":
            self.wrong("group", msg("en sats for hele kommunen kan ikke gjelde bare noen"), f"{place}.group")
        source = self.text(row, "source", f"{place}.", needed=False)
        kroner = self.five(row.get("kroner"), f"{place}.kroner", Fraction(MOST), msg("beløp"))
        checked_per: Per = "municipality" if per == "municipality" else "person"
        checked_group: Group = "minors" if group == "minors" else "others" if group == "others" else "all"
        return Rate(rate_id, side, kroner, checked_per, checked_group, name, source) if kroner else None

    def staying(self, content: Any) -> Staying | None:
        if content is None:
            return None
        if not isinstance(content, dict):
            self.wrong("staying", msg("delen må begynne med [staying]"), "staying")
            return None
        self._unknown(content, frozenset({"shares", "source"}), "staying.")
        shares = self.five(content.get("shares"), "staying.shares", Fraction(1), msg("andeler"), places=4)
        source = self.text(content, "source", "staying.")
        if any(later > earlier for earlier, later in pairwise(shares)):
            self.wrong("rising", msg("andelen kan ikke stige fra ett år til det neste"), "staying.shares")
        return Staying(shares, source) if shares else None

    def five(
        self, content: Any, place: str, most: Fraction, what: Message, places: int = 0
    ) -> tuple[Fraction, ...]:
        """Return five numbers, or none of them when something is wrong with one."""
        if not isinstance(content, list) or len(content) != YEARS:
            self.wrong("five", msg("må ha {count} {what}, ett for hvert år", count=YEARS, what=what), place)
            return ()
        if all(_is_hole(one) for one in content):
            self.wrong("hole", HOLE_TOLD, place, ZERO)
            return ()
        found = []
        for year, value in enumerate(content, 1):
            number = self.number(value, f"{place}[{year}]", most, places)
            if number is not None:
                found.append(number)
        return tuple(found) if len(found) == YEARS else ()

    def number(self, value: Any, place: str, most: Fraction, places: int) -> Fraction | None:
        if _is_hole(value):
            self.wrong("hole", HOLE_TOLD, place, ZERO)
            return None
        exact = _exact(value)
        if exact is None:
            self.wrong("number", msg("må være et tall, slik: 12500"), place)
        elif not 0 <= exact <= most:
            self.wrong("range", msg("må være fra 0 til {most}", most=int(most)), place)
        elif (exact * 10**places).denominator != 1:
            what = (
                msg("må være hele kroner")
                if not places
                else msg("kan ha høyst {count} desimaler", count=places)
            )
            self.wrong("decimals", what, place)
        else:
            return exact
        return None

    def text(self, content: Mapping[str, Any], key: str, before: str, *, needed: bool = True) -> str:
        value = content.get(key, "")
        if not isinstance(value, str):
            self.wrong("text", msg("må være tekst i anførselstegn"), f"{before}{key}")
            return ""
        if HOLE.search(value):
            self.wrong("hole", HOLE_TOLD, f"{before}{key}")
            return ""
        if needed and not value.strip():
            self.wrong("lacking", msg("mangler"), f"{before}{key}")
        return value.strip()

    def choice(self, row: Mapping[str, Any], key: str, known: tuple[str, ...], place: str) -> str:
        value = row.get(key, known[0])
        if value in known:
            return str(value)
        self.wrong("choice", msg("må være en av disse: {known}", known=", ".join(known)), f"{place}.{key}")
        return known[0]

    def day(self, content: Mapping[str, Any]) -> date:
        value = content.get("dated")
        if isinstance(value, str):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                pass
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        filled = not isinstance(value, str) or not HOLE.search(value)
        self.wrong(
            "dated" if filled else "hole",
            msg("må være en dato, slik: 2027-01-15") if filled else HOLE_TOLD,
            "dated",
        )
        return date.min

    def _unknown(self, content: Mapping[str, Any], known: frozenset[str], before: str) -> None:
        for key in sorted(content.keys() - known):
            self.wrong("unknown", msg("feltet er ukjent; er det skrevet feil?"), f"{before}{key}")


def _is_hole(value: Any) -> bool:
    """Whether an amount is still to be filled in."""
    return isinstance(value, str) and (not value.strip() or HOLE.search(value) is not None)


def _exact(value: Any) -> Fraction | None:
    """Return an amount exactly; ``None`` for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > len(str(MOST)) + 4):
        return None if value else Fraction(0)
    return Fraction(value)
