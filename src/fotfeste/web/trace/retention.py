"""How long working copies stay: dated rules with their source, read from TOML (schema 1)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg

SCHEMA = 1
OWN = "oppbevaring.toml"
LONGEST = 36_500


@dataclass(frozen=True, slots=True)
class Rule:
    """Working copies for ``purpose`` stay ``days`` days; ``setting``: chosen here, not laid down anywhere."""

    purpose: str
    days: int
    source: str
    setting: bool

    def ends(self, made: date) -> date:
        """Return the day from which a copy made on ``made`` may no longer lie here."""
        return made + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold from ``valid_from``."""

    valid_from: date
    rules: tuple[Rule, ...]

    def rule(self, purpose: str) -> Rule:
        """Return the rule for ``purpose``. Raises :class:`InputError` when there is none."""
        for one in self.rules:
            if one.purpose == purpose:
                return one
        known = ", ".join(one.purpose for one in self.rules)
        raise InputError(
            "retention.no_rule",
            msg("Det finnes ingen regel for hvor lenge «{purpose}» skal ligge.", purpose=purpose),
            remedy=msg("Bruk en av disse, eller legg til en regel: {known}.", known=known),
        )


def read_rules(folder: Path) -> Rules:
    """Return the installation's own rules (``oppbevaring.toml`` in ``folder``), or those that come with the program.

    Raises :class:`InputError` that names every fault in the file.
    """
    own = folder / OWN
    try:
        text = own.read_text(encoding="utf-8") if own.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        what = msg("Filen med oppbevaringstider kan ikke leses ({reason}).", reason=str(error))
        raise InputError("retention.unreadable", what, place=str(own)) from error
    if text is None:
        return parse_rules(
            files("fotfeste.web.trace").joinpath("retention.toml").read_text("utf-8"), "retention.toml"
        )
    return parse_rules(text, str(own))


def parse_rules(text: str, place: str) -> Rules:
    """Return the rules that ``text`` (TOML) states. Raises :class:`InputError` that names every fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = msg("Filen er ikke gyldig TOML: {reason}.", reason=str(error))
        raise InputError("retention.not_toml", what, place=place) from error
    problems = []
    if content.get("schema") != SCHEMA:
        problems.append(
            Problem(
                "retention.schema", msg("Filen må ha «schema = {number}» øverst.", number=SCHEMA), "schema"
            )
        )
    since = content.get("valid_from")
    if type(since) is not date:
        problems.append(Problem("retention.date", msg("Datoen reglene gjelder fra, mangler."), "valid_from"))
    stated = content.get("rule")
    entries = stated if isinstance(stated, list) else []
    rules = [_rule(entry, f"rule {place}", problems) for place, entry in enumerate(entries, 1)]
    if not entries:
        problems.append(Problem("retention.none", msg("Filen har ingen regler."), "rule"))
    names = [one.purpose for one in rules if one]
    problems += [
        Problem("retention.twice", msg("Det er to regler for det samme."), name)
        for name in sorted({one for one in names if names.count(one) > 1})
    ]
    if problems or type(since) is not date:
        what = msg("Oppbevaringstidene kan ikke brukes.")
        remedy = msg("Se docs/guide/spor-og-arkiv.md for hvordan filen skal se ut.")
        raise InputError("retention.wrong", what, place=place, remedy=remedy, problems=problems)
    return Rules(since, tuple(one for one in rules if one))


def _rule(entry: Any, place: str, problems: list[Problem]) -> Rule | None:
    faults = []
    known = entry if isinstance(entry, dict) else {}
    purpose, days, source = known.get("purpose"), known.get("days"), known.get("source")
    if not isinstance(purpose, str) or not 0 < len(purpose) <= 24:
        faults.append(
            Problem("retention.purpose", msg("Regelen sier ikke hva den gjelder."), f"{place}: purpose")
        )
    if type(days) is not int or not 1 <= days <= LONGEST:
        what = msg("Antall dager må være et helt tall fra 1 til {longest}.", longest=LONGEST)
        faults.append(Problem("retention.days", what, f"{place}: days"))
    if not isinstance(source, str) or not source.strip():
        faults.append(Problem("retention.source", msg("Regelen har ingen kilde."), f"{place}: source"))
    problems += faults
    return None if faults else Rule(str(purpose), int(str(days)), str(source), known.get("setting") is True)
