"""The rule by which findings are chosen, and what stands beside results: dated TOML, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg

SCHEMA = 1
RULE_FILE, CONTEXT_FILE = "findings.toml", "context.toml"


class Follow(StrEnum):
    """Which figures follow where fewer than wished lie as far from those alike as a finding should."""

    NONE = "none"
    CLEAR = "clear"
    """Those nearer, but beyond the noise."""
    ALL = "all"
    """Then those not clearly apart too, told as such."""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """When a difference is said to be one, and which become findings; ``source`` is who set the limits."""

    alike: int
    least_known: int
    widest_bounds: float
    findings: int
    follow: Follow
    per_theme: int
    least_distance: float
    false_share: float
    level: float
    wide: float
    households: float
    turnover: float
    years_of_change: Mapping[str, int]
    left_out: Mapping[str, str]
    families: Mapping[str, tuple[str, ...]]
    silent: tuple[tuple[tuple[str, ...], Translated], ...]
    dated: str
    source: str

    def family(self, indicator: str) -> str:
        """Return the family of an indicator; its own id when it has none."""
        return next((name for name, ids in self.families.items() if indicator in ids), indicator)

    def silence(self, indicator: str) -> tuple[Translated, ...]:
        """Return what an indicator does not say."""
        return tuple(text for ids, text in self.silent if indicator in ids)


@dataclass(frozen=True, slots=True)
class Context:
    """The indicators that stand beside a result: who the people are, and where they look for work."""

    composition: tuple[str, ...]
    labour_market: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return all of them, composition first."""
        return (*self.composition, *self.labour_market)


@cache
def finding_rule() -> FindingRule:
    """Return the rule that comes with Fotfeste."""
    return read_rule((resources.files("fotfeste.statistics.findings") / RULE_FILE).read_bytes(), RULE_FILE)


def read_rule(content: bytes, place: str) -> FindingRule:
    """Return a rule from the content of a file of the form of ``findings.toml``; raises :class:`InputError`."""
    found = read_toml(content, place)
    try:
        alike, choose, chance = found["alike"], found["choose"], found["chance"]
        return FindingRule(
            alike=int(alike["number"]),
            least_known=int(alike["least_known"]),
            widest_bounds=float(Fraction(alike["widest_bounds"])),
            findings=int(choose["findings"]),
            follow=Follow(choose["follow"]),
            per_theme=int(choose["per_theme"]),
            least_distance=float(Fraction(choose["least_distance"])),
            false_share=float(Fraction(choose["false_share"])),
            level=float(choose["level"]),
            wide=float(Fraction(chance["wide"])),
            households=float(Fraction(chance["households"])),
            turnover=float(Fraction(chance["turnover"])),
            years_of_change=dict(found["years_of_change"]),
            left_out=dict(found["left_out"]),
            families={name: tuple(ids) for name, ids in found["families"].items()},
            silent=tuple((tuple(one["indicators"]), Translated(one["text"])) for one in found["silent"]),
            dated=str(found["dated"]),
            source=str(found["source"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "findings.rule",
            msg("Regelen for funn er ikke hel ({reason}).", reason=str(error)),
            place=place,
            remedy=msg("Bruk filen som følger med, som mønster."),
        ) from error


def read_toml(content: bytes, place: str) -> Mapping[str, Any]:
    """Return TOML of our schema; raises :class:`InputError` for what is not."""
    try:
        found = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            "findings.toml", msg("Filen kan ikke leses som TOML ({reason}).", reason=str(error)), place=place
        ) from error
    if found.get("schema") != SCHEMA:
        raise InputError(
            "findings.schema",
            msg("Filen har et ukjent skjema."),
            place=place,
            remedy=msg("Skriv «schema = {schema}» øverst.", schema=SCHEMA),
        )
    return found


@cache
def _contexts() -> Mapping[str, Context]:
    text = (resources.files("fotfeste.statistics.findings") / CONTEXT_FILE).read_bytes()
    entries: Sequence[Mapping[str, Any]] = read_toml(text, CONTEXT_FILE)["result"]
    return {
        name: Context(tuple(one["composition"]), tuple(one["labour_market"]))
        for one in entries
        for name in one["indicators"]
    }


def context_of(indicator: str) -> Context | None:
    """Return what stands beside a result; ``None`` for an indicator that is no result."""
    return _contexts().get(indicator)


def results() -> tuple[str, ...]:
    """Return the indicators that are results."""
    return tuple(_contexts())
