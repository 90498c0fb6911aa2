"""Last year's machine file, read back: the figures and findings that this year's are set beside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.reports.knowledge_base.machine import KIND, SCHEMA
from fotfeste.reports.profiles.values_for_machines import MARK_WORDS
from fotfeste.statistics.figure import Figure, Number

STEM = "kunnskapsgrunnlag"
LARGEST = 20_000_000
"""Bytes; a machine file of a county is some hundred thousand."""
_MARKS = {word: mark for mark, word in MARK_WORDS.items()}


@dataclass(frozen=True, slots=True)
class PreviousFigure:
    """A figure of the last edition: its period and what was shown."""

    period: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Previous:
    """The last edition: when it was issued, its figures by indicator, its findings, and the ids of its own texts."""

    issued: date
    figures: Mapping[str, PreviousFigure]
    findings: tuple[str, ...]
    own_text: tuple[str, ...] = ()


def read_previous(path: Path, code: str) -> Previous:
    """Return the last edition of a place from its machine file, or from the newest such file in a folder.

    Raises :class:`InputError` for a file that is none, is of another place, or a folder that has none.
    """
    file = _newest_in(path, code) if path.is_dir() else path
    content = _content(file)
    if content["place"]["code"] != code:
        raise InputError(
            "previous.place",
            msg("Den forrige utgaven gjelder {name}, ikke dette stedet.", name=str(content["place"]["name"])),
            place=str(file),
            remedy=msg("Oppgi filen for samme kommune eller fylke."),
        )
    try:
        return Previous(
            date.fromisoformat(content["issued"]),
            {
                str(one["indicator"]): PreviousFigure(str(one["period"]), _figure(one["own"]))
                for one in content["figures"]
            },
            tuple(str(one["indicator"]) for one in content["findings"]),
            tuple(str(one["id"]) for one in content["own_text"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _broken(file, str(error)) from error


def _newest_in(folder: Path, code: str) -> Path:
    found = sorted(folder.glob(f"{STEM}-{code}-*.json"))
    if not found:
        raise InputError(
            "previous.none",
            msg("Mappen har ingen forrige utgave av kunnskapsgrunnlaget for dette stedet."),
            place=str(folder),
            remedy=msg("Oppgi JSON-filen som ble laget sammen med den forrige utgaven."),
        )
    return max(found, key=lambda one: (str(_content(one)["issued"]), one.name))


def _content(file: Path) -> Mapping[str, Any]:
    try:
        if file.stat().st_size > LARGEST:
            raise _broken(file, "for stor")
        content = json.loads(file.read_bytes())
    except OSError as error:
        raise InputError(
            "previous.absent",
            msg("Den forrige utgaven kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(file),
            remedy=msg("Sjekk stien til filen."),
        ) from error
    except ValueError as error:
        raise _broken(file, str(error)) from error
    if not isinstance(content, dict) or content.get("kind") != KIND:
        raise _broken(file, KIND)
    if content.get("schema") != SCHEMA:
        raise InputError(
            "previous.schema",
            msg("Den forrige utgaven har et ukjent skjema."),
            place=str(file),
            remedy=msg("Oppgrader Fotfeste, eller lag dokumentet uten den forrige utgaven."),
            command=msg("Det er --since som leser den."),
        )
    if not isinstance(content.get("place"), dict) or not {"code", "name"} <= content["place"].keys():
        raise _broken(file, "place")
    if not isinstance(content.get("issued"), str):
        raise _broken(file, "issued")
    return content


def _figure(told: Mapping[str, Any]) -> Figure:
    mark = _MARKS[told["mark"]]
    if told["value"] is not None:
        value = _number(told["value"])
        return Figure(value, mark, value, value, bool(told["estimated"]))
    low, high = (None if told[end] is None else _number(told[end]) for end in ("low", "high"))
    return Figure(None, mark, low, high, bool(told["estimated"]))


def _number(text: str) -> Number:
    exact = Fraction(text)
    return int(exact) if exact.denominator == 1 else exact


def _broken(file: Path, reason: str) -> InputError:
    return InputError(
        "previous.form",
        msg("Filen er ikke en maskinfil fra et kunnskapsgrunnlag ({reason}).", reason=reason),
        place=str(file),
        remedy=msg("Oppgi JSON-filen som ble laget sammen med den forrige utgaven."),
    )
