"""The bundle: one versioned file that holds everything of a recommendation, from the request to the result.

The command line writes it, the workspace stores it, adoption freezes it, and anyone can recompute it. Numbers are
exact: whole numbers as they are, fractions as ``"3/7"``. The last field is the SHA-256 of all the others. Described
in ``docs/reference/bundle.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.engines import CURRENT
from fotfeste.settlement.kept_files import KeptFile, checksum_of_content
from fotfeste.settlement.ledger import first_broken
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import MunicipalityResult, Recommendation, Tie
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "Bundle",
    "MunicipalityOutcome",
    "Outcome",
    "bundle_as_text",
    "bundle_of",
    "bundle_of_text",
    "read_bundle",
    "write_bundle",
]

BUNDLE_FILE = KeptFile(
    "bundle",
    "fotfeste-bundle",
    1,
    50_000_000,
    msg("en anbefalingspakke"),
    msg("Oppgi en anbefalingspakke slik Fotfeste har skrevet den."),
    command=msg("Den skrives med «fotfeste recommend --bundle»."),
)
CHECKSUM = "sha256"
FIGURE_FIELDS = {one.name for one in fields(Figure)}
LARGEST = 50_000_000
"""The largest bundle that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class MunicipalityOutcome:
    """One municipality's number and its explanation, exact; the fields are those of the explanation."""

    code: str
    recommended: int
    minors: int
    contributions: Mapping[str, Fraction]
    ideal: Fraction
    rounding: Fraction
    effects: Mapping[RuleKind, int]
    interaction: int
    bindings: tuple[tuple[RuleKind, int], ...]
    possible: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out: every municipality's number, and the ties that the stated rule decided."""

    municipalities: tuple[MunicipalityOutcome, ...]
    ties: tuple[Tie, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The recommended numbers by code, unaccompanied minors included."""
        return {one.code: one.recommended for one in self.municipalities}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A recommendation with everything it rests on; ``engine`` is the version of the calculation.

    ``made`` is the day it was made and ``program`` the version of Fotfeste that made it. ``checksum`` is that of the
    file (empty until it is written or read).
    """

    engine: int
    program: str
    made: date
    prepared: Prepared
    outcome: Outcome
    checksum: str = ""


def bundle_of(prepared: Prepared, recommendation: Recommendation, made: date, program: str) -> Bundle:
    """Return the bundle of a recommendation that the current engine has made."""
    bare = Bundle(CURRENT, program, made, prepared, outcome_of(recommendation))
    return Bundle(CURRENT, program, made, prepared, bare.outcome, checksum_of_content(_content(bare)))


def outcome_of(recommendation: Recommendation) -> Outcome:
    """Return the numbers and explanations of a recommendation, without words and facts."""
    return Outcome(tuple(_outcome(one) for one in recommendation.municipalities), recommendation.ties)


def _outcome(one: MunicipalityResult) -> MunicipalityOutcome:
    explanation = one.explanation
    return MunicipalityOutcome(
        one.code,
        one.recommended,
        one.minors,
        {part.criterion: part.persons for part in explanation.contributions},
        explanation.ideal,
        explanation.rounding,
        {effect.kind: effect.persons for effect in explanation.rule_effects},
        explanation.interaction,
        tuple((binding.kind, binding.bound) for binding in explanation.bindings),
        one.possible,
    )


def bundle_as_text(bundle: Bundle) -> str:
    """Return the bundle as it stands in a file; the same bundle gives the same text."""
    content = _content(bundle)
    whole = content | {CHECKSUM: checksum_of_content(content)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def write_bundle(bundle: Bundle, path: Path) -> None:
    """Write the bundle to a file, whole or not at all."""
    from fotfeste.files import write_whole

    write_whole(path, bundle_as_text(bundle).encode())


def read_bundle(path: Path) -> Bundle:
    """Read a bundle; raises :class:`InputError` for a file that is no bundle, too new, or changed since it was made."""
    return bundle_of_text(BUNDLE_FILE.text_of(path), str(path))


def bundle_of_text(text: str, place: str) -> Bundle:
    """Return the bundle that a text holds; ``place`` names it in errors."""
    content = BUNDLE_FILE.content_of(text, place)
    checksum = content.pop(CHECKSUM, "")
    if checksum != checksum_of_content(BUNDLE_FILE.headed(content)):
        raise InputError(
            "bundle.checksum",
            msg("Pakken er endret etter at den ble laget: sjekksummen stemmer ikke."),
            place=place,
            remedy=msg("Bruk den opprinnelige filen."),
        )
    fitted = _nested(content) | {"checksum": checksum}
    bundle = BUNDLE_FILE.checked(lambda: _adapter().validate_python(fitted), place)
    _refuse_broken_ledger(bundle, place)
    return bundle


def _refuse_broken_ledger(bundle: Bundle, place: str) -> None:
    """A ledger whose chain is broken, or that was kept for another county or year, did not make these numbers."""
    ledger, request = bundle.prepared.ledger, bundle.prepared.request
    if ledger is not None and (ledger.county_code, ledger.year) != (request.county_code, request.year):
        raise InputError(
            "bundle.ledger",
            msg(
                "Overstyringene i pakken gjelder fylke {county} og året {year}, men anbefalingen gjelder {name} i {wanted}.",
                county=ledger.county_code,
                year=str(ledger.year),
                name=request.county_name,
                wanted=str(request.year),
            ),
            place=place,
            remedy=msg("Bruk den opprinnelige filen."),
        )
    broken = first_broken(ledger) if ledger else None
    if broken is not None:
        raise InputError(
            "ledger.changed",
            msg("Overstyring nummer {number} er endret etter at den ble ført.", number=broken.number),
            place=place,
            remedy=msg("Bruk den opprinnelige filen."),
        )


@cache
def _adapter() -> TypeAdapter[Bundle]:
    from pydantic import TypeAdapter

    return TypeAdapter(Bundle)


def _content(bundle: Bundle) -> dict[str, Any]:
    """Return the bundle as plain data: what is prepared stands beside the result, in one level."""
    plain = _short(_adapter().dump_python(bundle, mode="json", exclude={"checksum"}))
    head = {name: plain[name] for name in ("engine", "program", "made")}
    return BUNDLE_FILE.headed({**head, **plain["prepared"], "result": plain["outcome"]})


def _short(value: Any) -> Any:
    """Return plain data with figures in short: what a plain observed figure has by default is left out."""
    if isinstance(value, list):
        return [_short(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() != FIGURE_FIELDS:
        return {name: _short(one) for name, one in value.items()}
    number, low, high = (_whole(value[name]) for name in ("value", "low", "high"))
    known = number is not None
    own_bounds = known and low == high == number
    return {
        "value": number,
        **({} if known else {"mark": value["mark"]}),
        **({} if own_bounds else {"low": low, "high": high}),
        **({"estimated": True} if value["estimated"] else {}),
    }


def _whole(number: Any) -> Any:
    """Return a whole number as one, also where it was worked out as a fraction: equal figures are written alike."""
    return int(number) if isinstance(number, str) and "/" not in number else number


def _nested(content: Mapping[str, Any]) -> dict[str, Any]:
    prepared = {one.name for one in fields(Prepared)}
    return {
        **{name: content.get(name) for name in ("engine", "program", "made")},
        "prepared": {name: value for name, value in content.items() if name in prepared},
        "outcome": content.get("result"),
    }
