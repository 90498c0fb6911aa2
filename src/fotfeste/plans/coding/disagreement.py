"""Where coders disagree, and what holds when it is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fotfeste.plans.coding.agreement import Kappa, kappa_by_code
from fotfeste.plans.coding.log import CodingLog, Resolution, codings, read_by, resolutions
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.documents.model import Document, PassageKind, Span

UNREAD = frozenset({PassageKind.CONTENTS, PassageKind.BIBLIOGRAPHY})


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that coders are compared on: which text, where, and its place among the passages of its document."""

    text_sha256: str
    span: Span
    passage: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A code that some gave a unit and others, who have read it, did not; with their codings, memos among them."""

    unit: Unit
    code: str
    given_by: tuple[str, ...]
    not_by: tuple[str, ...]
    codings: tuple[Coding, ...]
    settled: Resolution | None


def units_of(document: Document) -> tuple[Unit, ...]:
    """Return the passages of a document that are compared: all but contents lists and bibliographies."""
    return tuple(
        Unit(document.text_sha256, passage.span, place)
        for place, passage in enumerate(document.passages)
        if passage.kind not in UNREAD
    )


def codes_given(log: CodingLog, coder: str, units: Sequence[Unit]) -> tuple[frozenset[str] | None, ...]:
    """Return what a coder gave each unit, by the codings that overlap it; None for a unit the coder has not read.

    A unit is read when it lies within a piece marked as read, or when the coder has given it a code.
    """
    own = [one for one in codings(log) if one.coder == coder and one.state is State.ACCEPTED]
    given = _by_unit(own, units)
    read = read_by(log, coder)
    by_text: dict[str, list[Span]] = {}
    for text, span in read:
        by_text.setdefault(text, []).append(span)
    return tuple(
        frozenset(coding.code for coding in given[place])
        if given[place] or any(_covers(span, unit.span) for span in by_text.get(unit.text_sha256, ()))
        else None
        for place, unit in enumerate(units)
    )


def agreement(
    log: CodingLog, first: str, second: str, units: Sequence[Unit], codes: Sequence[str]
) -> Mapping[str, Kappa]:
    """Return kappa for each code between two coders, on the units that both have read."""
    pairs = [
        (one, other)
        for one, other in zip(codes_given(log, first, units), codes_given(log, second, units), strict=True)
        if one is not None and other is not None
    ]
    return kappa_by_code([one for one, _ in pairs], [other for _, other in pairs], codes)


def disagreements(log: CodingLog, coders: Sequence[str], units: Sequence[Unit]) -> tuple[Disagreement, ...]:
    """Return every unit and code that coders who have read it do not agree on, settled ones too, in reading order."""
    given = {coder: codes_given(log, coder, units) for coder in coders}
    everything = _by_unit([one for one in codings(log) if one.coder in given], units)
    settled = {(one.text_sha256, one.span, one.code): one for one in resolutions(log)}
    found: list[Disagreement] = []
    for place, unit in enumerate(units):
        here = {coder: codes for coder in coders if (codes := given[coder][place]) is not None}
        for code in sorted({code for codes in here.values() for code in codes}):
            yes = tuple(coder for coder, codes in here.items() if code in codes)
            no = tuple(coder for coder in here if coder not in yes)
            if not no:
                continue
            about = tuple(one for one in everything[place] if one.code == code)
            found.append(
                Disagreement(unit, code, yes, no, about, settled.get((unit.text_sha256, unit.span, code)))
            )
    return tuple(found)


def settled_codes(
    log: CodingLog, coders: Sequence[str], units: Sequence[Unit]
) -> tuple[frozenset[str] | None, ...]:
    """Return what holds for each unit: what all who have read it agree on, and what is settled; None where unread.

    A code that is neither agreed on nor settled does not hold.
    """
    given = [codes_given(log, coder, units) for coder in coders]
    verdicts: dict[tuple[str, Span], dict[str, bool]] = {}
    for one in resolutions(log):
        verdicts.setdefault((one.text_sha256, one.span), {})[one.code] = one.holds
    found: list[frozenset[str] | None] = []
    for place, unit in enumerate(units):
        here = [codes for each in given if (codes := each[place]) is not None]
        settled = verdicts.get((unit.text_sha256, unit.span), {})
        if not here and not settled:
            found.append(None)
            continue
        agreed = frozenset.intersection(*here) if here else frozenset()
        yes = {code for code, holds in settled.items() if holds}
        found.append((agreed | yes) - {code for code, holds in settled.items() if not holds})
    return tuple(found)


def _by_unit(some: Sequence[Coding], units: Sequence[Unit]) -> list[list[Coding]]:
    by_text: dict[str, list[Coding]] = {}
    for one in some:
        by_text.setdefault(one.text_sha256, []).append(one)
    return [
        [one for one in by_text.get(unit.text_sha256, ()) if _overlaps(one.span, unit.span)] for unit in units
    ]


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
