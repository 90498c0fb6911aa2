"""One cell of a file from outside: a number, a mark, or a problem."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite

from fotfeste.errors import Place, Problem
from fotfeste.messages import Message, msg
from fotfeste.statistics.figure import Figure, Mark

NUMBER = re.compile(r"[-+\u2212]?\d+(?:[.,]\d+)?")
GROUPED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
LONGEST_NUMBER = 60
"""Signs in a number; a longer one is a mistake."""
FORMULA = ("=", "+", "@")
DEFAULT_MARKS: Mapping[str, Mark] = {
    "": Mark.MISSING,
    ".": Mark.MISSING,
    "..": Mark.MISSING,
    "-": Mark.NOT_ASKED,
    ":": Mark.SUPPRESSED,
    "*": Mark.SUPPRESSED,
}


@dataclass(frozen=True, slots=True)
class CellRules:
    """How the cells of one file are to be read.

    ``marks`` are the signs that are no numbers. ``negative`` and ``fractions`` allow numbers below zero and numbers
    with decimals. ``suppressed`` are the bounds of a hidden count. ``needed`` refuses anything but a number.
    """

    marks: Mapping[str, Mark] = field(default_factory=lambda: dict(DEFAULT_MARKS))
    negative: bool = False
    fractions: bool = False
    suppressed: tuple[int, int] = (1, 4)
    needed: bool = False


def read_cell(content: object, place: Place, rules: CellRules) -> Figure | Problem:
    """Return the figure in one cell, or what is wrong with it.

    ``content`` is text from a CSV file or a value from a workbook. A formula is refused, never evaluated.
    """
    if isinstance(content, bool):
        return _problem("cell.text", msg("Cellen er ja/nei, ikke et tall."), place)
    if isinstance(content, int):
        return _number(Fraction(content), place, rules)
    if isinstance(content, float):
        return (
            _number(Fraction(str(content)), place, rules) if isfinite(content) else _text(str(content), place)
        )
    text = "" if content is None else str(content).strip()
    mark = rules.marks.get(text)
    if mark is not None and mark is not Mark.OBSERVED:
        return _marked(mark, text, place, rules)
    if text.startswith("=") or (text.startswith(FORMULA) and not NUMBER.fullmatch(text)):
        return _problem(
            "cell.formula",
            msg("Cellen er en formel. Formler regnes aldri ut her."),
            place,
            msg("Erstatt formelen med tallet den gir."),
        )
    plain = GROUPED.sub("", text).replace("\u2212", "-")
    if not NUMBER.fullmatch(plain):
        return _text(text, place)
    if len(plain) > LONGEST_NUMBER:
        return _text(text, place)
    return _number(Fraction(plain.replace(",", ".")), place, rules)


def _number(value: Fraction, place: Place, rules: CellRules) -> Figure | Problem:
    if value < 0 and not rules.negative:
        return _problem("cell.negative", msg("Tallet er under null ({value}).", value=value), place)
    if value.denominator != 1 and not rules.fractions:
        return _problem("cell.whole", msg("Tallet må være helt, men er {value}.", value=value), place)
    return Figure.observed(int(value) if value.denominator == 1 else value)


def _marked(mark: Mark, text: str, place: Place, rules: CellRules) -> Figure | Problem:
    if rules.needed:
        what = (
            msg("Cellen er tom, men et tall trengs.")
            if not text
            else msg("«{sign}» står der et tall trengs.", sign=text)
        )
        return _problem("cell.needed", what, place, msg("Skriv inn tallet, eller ta bort raden."))
    if mark is Mark.SUPPRESSED:
        return Figure.suppressed(*rules.suppressed)
    return Figure.not_asked() if mark is Mark.NOT_ASKED else Figure.missing(low=None if rules.negative else 0)


def _text(text: str, place: Place) -> Problem:
    shown = text if len(text) <= 40 else f"{text[:37]}…"
    return _problem(
        "cell.text",
        msg("«{text}» er ikke et tall.", text=shown),
        place,
        msg("Skriv tallet med sifre, eller bruk . (mangler), - (ikke spurt) eller : (skjult)."),
    )


def _problem(code: str, what: Message, place: Place, remedy: Message | None = None) -> Problem:
    return Problem(code, what, place, remedy)
