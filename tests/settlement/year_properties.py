"""What must hold of overrides, mid-year revisions, bundles, ledgers and lists of what is decided and settled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fotfeste.errors import FotfesteError, Infeasible
from fotfeste.settlement.apply_rules import apply_rules
from fotfeste.settlement.bundle import CHECKSUM, Bundle, bundle_as_text, bundle_of, bundle_of_text
from fotfeste.settlement.calculate import calculate, minors_of
from fotfeste.settlement.conflict import find_conflict
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.engine import work_out
from fotfeste.settlement.ledger import continues, first_broken
from fotfeste.settlement.ledger_file import ledger_as_text, ledger_of_text
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.revise import prepare_revision, revise
from fotfeste.settlement.rules import Beside
from fotfeste.settlement.status_file import read_status
from fotfeste.settlement.verify import verify
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.readers.grids import column_letters

from . import made_year
from .explained import assert_explained_refusal, assert_text
from .file_properties import REGIONS, assert_told, write_figures
from .made import Case, County
from .properties import DECIDED, assert_irreducible, keeps

MADE = date(2026, 11, 21)
SMALL = 130
"""Conflicts among so few persons are checked by counting."""


def overridden(case: Case) -> str:
    """Numbers that people have set hold, nobody comes below those settled, decisions count, and all adds up."""
    ready = made_year.prepared(case)
    try:
        found = calculate(ready)
    except Infeasible as refusal:
        assert_explained_refusal(refusal, case)
        return assert_true_conflict(ready, refusal)
    except FotfesteError as refusal:
        assert_refused_at_all(ready)
        return assert_explained_refusal(refusal, case)
    assert_year_kept(ready, found, case)
    return "answered"


def assert_refused_at_all(ready: Prepared) -> None:
    """Fail if there are numbers after all: what hidden figures might be is no reason to refuse."""
    try:
        minors, _ = minors_of(ready)
        total = ready.request.total - ready.request.minors
        work_out(ready.criteria, ready.inputs(), ready.rule_inputs(minors), total)
    except FotfesteError:
        return
    raise AssertionError("refused, though there are numbers")


def assert_year_kept(ready: Prepared, found: Recommendation, case: Case) -> None:
    """Fail unless all that is prepared for the year is respected in the numbers, and told."""
    request = found.request
    assert_told(found, {**case, "total": request.total, "minors": request.minors})
    numbers = {one.code: one.recommended for one in found.municipalities}
    in_force = ready.ledger.in_force if ready.ledger else {}
    standing = ready.revision.standing if ready.revision else {}
    set_in_file = {code for one in ready.criteria.rules if one.kind in DECIDED for code in one.municipalities}
    for code, entry in in_force.items():
        assert numbers[code] == entry.persons
    for code, one in standing.items():
        settled, decided = _counted(one.settled) or 0, _counted(one.decided)
        assert numbers[code] >= settled, "below those already settled"
        if decided is None or code in in_force or code in set_in_file or ready.revision is None:
            continue
        if ready.revision.decided_as == "floor":
            assert numbers[code] >= decided
        if ready.revision.decided_as == "cap":
            assert numbers[code] <= max(decided, settled)
    minors, _ = minors_of(ready)
    inputs = ready.rule_inputs(minors)
    whole = County(ready.criteria, ready.inputs(), inputs, request.total - request.minors)
    for rule in ready.criteria.rules:
        for code in rule.municipalities or ready.codes:
            bounded = code in in_force or any(bound.code == code for bound in inputs.standing)
            if not bounded and code not in set_in_file and rule.kind is not RuleKind.TRANSFER:
                assert keeps(rule, code, numbers[code], whole), (rule, code, numbers[code])
            if code in set_in_file and code not in in_force and rule.kind in DECIDED:
                assert numbers[code] == (rule.persons or 0)
    assert {one.code for one in found.overrides} == set(in_force)
    for cost in found.overrides:
        assert cost.persons == numbers[cost.code]
        if cost.instead is None:
            assert not cost.others
        else:
            assert cost.persons - cost.instead + sum(cost.others.values()) == 0
        assert cost.code not in cost.others
        assert 0 not in cost.others.values()


def _counted(figure: Figure) -> int | None:
    """Return a number as it counts in a revision: hidden ones as four."""
    if figure.value is not None:
        return int(figure.value)
    return 4 if figure.mark.value == ":" else None


def assert_true_conflict(ready: Prepared, refusal: Infeasible) -> str:
    """Fail unless what conflicts does conflict, and the totals proposed can be asked for."""
    if refusal.code != "rules.conflict":
        return refusal.code
    minors, _ = minors_of(ready)
    total = ready.request.total - ready.request.minors
    applied = apply_rules(ready.criteria.rules, ready.rule_inputs(minors))
    beside = Beside(minors, applied.transfers)
    conflict = find_conflict(applied.bounds, ready.codes, total, beside)
    if max([total, *(one.low for one in applied.bounds)]) <= SMALL:
        assert_irreducible(conflict, ready.codes, total, beside)
    for possible in (conflict.below, conflict.above):
        if possible is None or possible > 20_000:
            continue
        try:
            calculate(replace(ready, request=replace(ready.request, total=possible)))
        except Infeasible as again:
            raise AssertionError(f"the total {possible} was proposed, but is impossible: {again}") from again
        except FotfesteError:
            pass
    return "conflict with the total" if conflict.with_total else "conflict without the total"


def bundled(case: Case) -> str:
    """A bundle reads back equal and recomputes the same; changed anywhere it is refused, or said to be another."""
    ready = made_year.prepared(case)
    try:
        bundle = bundle_of(ready, calculate(ready), MADE, "0.1.0")
    except FotfesteError as refusal:
        return assert_explained_refusal(refusal, case)
    text = assert_round_trip(bundle)
    content = json.loads(text)
    one = content["result"]["municipalities"][case["path"][0] % len(ready.codes)]
    one["recommended"] += 1
    changed = json.dumps(content)
    try:
        bundle_of_text(changed, "pakke.json")
    except FotfesteError as refusal:
        assert_explained_refusal(refusal, case)
        found_out = refusal.code
    else:
        found_out = "not found out"
    assert found_out == "bundle.checksum"
    assert not verify(bundle_of_text(_sealed(content), "pakke.json")).same, "a changed number is the same"
    forged = json.loads(text)
    _put(forged, case["path"], case["value"])
    try:
        read = bundle_of_text(_sealed(forged), "pakke.json")
    except FotfesteError as refusal:
        return f"refused: {assert_explained_refusal(refusal, case)}"
    try:
        verify(read)
    except FotfesteError as refusal:
        return f"not recomputed: {assert_explained_refusal(refusal, case)}"
    return "read" if read.prepared == bundle.prepared else "another bundle"


def assert_round_trip(bundle: Bundle) -> str:
    """Fail unless a bundle reads back equal and recomputes the same; return its text."""
    text = bundle_as_text(bundle)
    again = bundle_of_text(text, "pakke.json")
    assert again == bundle
    assert again.prepared == bundle.prepared
    assert bundle_as_text(again) == text
    checked = verify(again)
    assert checked.same, [str(one) for one in checked.differences]
    return text


def _sealed(content: Mapping[str, Any]) -> str:
    """A bundle's content with the checksum that belongs to it, as a forger would make it."""
    rest = {name: value for name, value in content.items() if name != CHECKSUM}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return json.dumps({**rest, CHECKSUM: hashlib.sha256(text.encode()).hexdigest()})


def _put(content: Any, path: list[int], value: Any) -> None:
    """Put ``value`` where a walk through the content ends; each step is taken modulo what there is."""
    for place, step in enumerate(path):
        keys = list(content) if isinstance(content, dict) else list(range(len(content)))
        if not keys:
            return
        key = keys[step % len(keys)]
        inner = content[key]
        if place == len(path) - 1 or not isinstance(inner, dict | list):
            content[key] = value
            return
        content = inner


def revised(case: Case) -> str:
    """A revision, and one more after it, respect what has happened, keep the versions, and stand in bundles."""
    ready = made_year.prepared({**case, "standing": None})
    try:
        bundle = bundle_of(ready, calculate(ready), MADE, "0.1.0")
    except FotfesteError as refusal:
        return assert_explained_refusal(refusal, case)
    versions = [bundle]
    for one in case["revisions"]:
        held = versions[-1].prepared.ledger
        longer = made_year.ledger(one["overrides"], case, held) if one["overrides"] else None
        try:
            revision = revise(
                versions[-1],
                one["total"],
                standing=made_year.standing(one["standing"]),
                as_of=one["as_of"],
                minors=one["minors"],
                decided_as=one["decided_as"],
            )
            new = prepare_revision(versions[-1], revision, one["total"], minors=one["minors"], ledger=longer)
            found = calculate(new)
        except Infeasible as refusal:
            assert_explained_refusal(refusal, case)
            return f"revision {len(versions)}: {refusal.code}"
        except FotfesteError as refusal:
            return f"revision {len(versions)}: {assert_explained_refusal(refusal, case)}"
        assert_year_kept(new, found, case)
        assert found.request.total == one["total"]
        assert revision.number == len(versions)
        assert [before.numbers for before in revision.versions] == [
            before.outcome.numbers for before in versions
        ]
        versions.append(bundle_of(new, found, MADE, "0.1.0"))
        assert_round_trip(versions[-1])
    return f"revised {len(versions) - 1} times"


def forged(case: Case) -> str:
    """A ledger that is changed anywhere is found out; as a file it is read the same, or refused in words."""
    whole = made_year.ledger(case["overrides"], case)
    text = ledger_as_text(whole)
    assert first_broken(whole) is None
    assert ledger_of_text(text, "logg.json") == whole
    content = json.loads(text)
    kept = content["entries"]
    at, value, what = case["at"] % len(kept), case["value"], case["forgery"]
    match what:
        case "lose" | "swap" if at == len(kept) - 1:
            shorter = replace(whole, entries=whole.entries[:-1])
            assert not continues(shorter, whole)
            return "the last one lost"
        case "lose":
            del kept[at]
        case "swap":
            kept[at], kept[at + 1] = kept[at + 1], kept[at]
        case "repeat":
            kept.insert(at, kept[at])
        case "county":
            content["county_code"] = "42"
        case "year":
            content["year"] += 1
        case "last":
            content["entries"] = [*kept[:-1], {**kept[-1], "persons": (kept[-1]["persons"] or 0) + 1}]
        case "any":
            _put(content, case["path"], value)
        case _:
            kept[at][what] = value
    try:
        read = ledger_of_text(json.dumps(content), "logg.json")
    except FotfesteError as refusal:
        return f"{what}: {assert_explained_refusal(refusal, case)}"
    assert read == whole, f"a forged ledger passes: {what}"
    return "the same"


@cache
def names() -> dict[str, str]:
    """The municipalities of the county that lists of status are about."""
    return {one.code: one.name for one in REGIONS.municipalities(2027, "40")}


def reads_status(case: Case) -> str:
    """A list of decided and settled is read for every municipality, or refused with every wrong cell named."""
    with TemporaryDirectory() as folder:
        path = write_figures(Path(folder), case)
        try:
            read = read_status(path, names(), 2027, "2027-06-01", REGIONS)
        except FotfesteError as refusal:
            assert_explained_refusal(refusal, case)
            if refusal.code == "status.faults":
                told = [str(problem.place) for problem in refusal.problems]
                for row, column in case["wrong"]:
                    place = _place(path.suffix, row, column)
                    assert any(one.endswith(place) for one in told), f"{place} is not told of: {told}"
            return refusal.code
    assert not case["wrong"], "a list with wrong cells is read"
    assert list(read.standing) == list(names())
    for one in read.standing.values():
        assert one.settled.value is None or not 0 < one.settled.value < 5, "few settled persons are shown"
        for figure in (one.decided, one.settled):
            assert figure.value is None or (figure.value >= 0 and Fraction(figure.value).denominator == 1)
    assert_text(read.origin, json.dumps(case, ensure_ascii=False))
    return "read"


def _place(suffix: str, row: int, column: int) -> str:
    if suffix == ".xlsx":
        return f", celle {column_letters(column)}{row + 1}"
    return f", linje {row + 1}, kolonne {column + 1}"
