"""Work out which municipalities stood in which year, and how one year's municipalities became the next year's."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tools.embed.reading import BrokenInput, read_table, read_text

FIRST_YEAR = 1994
LAST_CHANGE_IN_KLASS = 2024
EDITION = 2026
FACTS = Path(__file__).with_name("region_facts.toml")
PERIOD = re.compile(r"\s*\((?P<start>\d{4})?-(?P<end>\d{4})\)$")
SHARE_STEP = Decimal("0.000001")

_KLASS_KEYS = {"oldCode", "oldName", "oldShortName", "newCode", "newName", "newShortName", "changeOccurred"}


@dataclass(frozen=True, slots=True)
class RawChange:
    """One line of SSB's list of changes: an old code and name with a new code and name, from a year on."""

    year: int
    old: str
    new: str
    old_name: str
    new_name: str


@dataclass(frozen=True, slots=True)
class NamePeriod:
    """A municipality's code and official name in the years ``start`` to ``end`` (None: still so)."""

    code: str
    official: str
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The share of a municipality's people that belonged to ``new`` after the change, with the basis of the share."""

    from_year: int
    to_year: int
    old: str
    new: str
    share: Decimal
    kind: str
    persons: int | None
    note: str


def read_facts(path: Path = FACTS) -> dict[str, Any]:
    """Return the facts that stand in TOML beside this program."""
    try:
        facts = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BrokenInput(path, None, str(error)) from error
    if facts.get("schema") != 1:
        raise BrokenInput(path, None, "schema must be 1")
    return facts


def read_klass_changes(path: Path) -> list[RawChange]:
    """Return SSB's changes 2011-2024 (KLASS 131)."""
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BrokenInput(path, error.lineno, error.msg) from error
    if not isinstance(content, list) or not content:
        raise BrokenInput(path, None, "must be a list of changes")
    changes = []
    for number, item in enumerate(content, start=1):
        if not isinstance(item, dict) or set(item) != _KLASS_KEYS:
            raise BrokenInput(path, None, f"change {number} does not have the fields {sorted(_KLASS_KEYS)}")
        for key in ("oldCode", "newCode"):
            if not re.fullmatch(r"\d{4}", str(item[key])):
                raise BrokenInput(path, None, f"change {number}: {key} is not a code of four digits")
        if "?" in item["oldName"] + item["newName"]:
            raise BrokenInput(path, None, f"change {number}: a name holds '?'")
        match = re.fullmatch(r"(\d{4})-01-01", str(item["changeOccurred"]))
        if match is None:
            raise BrokenInput(path, None, f"change {number}: changeOccurred is not 1 January of a year")
        changes.append(
            RawChange(int(match[1]), item["oldCode"], item["newCode"], item["oldName"], item["newName"])
        )
    return changes


def read_groups(path: Path) -> dict[str, tuple[str, int | None, int | None]]:
    """Return name, first and last year (None: open) of every code in SSB's harmonised groups.

    The code ``0716u`` is Våle, whose number 0716 went on to Re; it is left out, since the facts hold it.
    """
    found = {}
    for row in read_table(path, ("GRUPPEKODE", "GRUPPETEKST", "KODE", "TEKST")):
        group, text = row.text("GRUPPEKODE"), row.text("TEKST")
        if group in {"K.21-22", "K.23"} or row.fields["KODE"] in {"9999", "0716u"}:
            continue
        code = row.region("KODE")
        if code in found:
            raise row.broken(f"the code {code} stands twice")
        match = PERIOD.search(text)
        start = int(match["start"]) if match and match["start"] else None
        found[code] = (PERIOD.sub("", text).strip(), start, int(match["end"]) if match else None)
    return found


def read_edition(path: Path, repairs: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return code and official name of the 2026 edition, with the listed damage to letters repaired."""
    wanted = {(one["code"], one["damaged"]): one["correct"] for one in repairs}
    names: dict[str, str] = {}
    for row in read_table(path, ("code", "name", "validFrom", "validTo", "notes")):
        code, name = row.region("code"), row.text("name")
        if code == "9999":
            continue
        name = wanted.get((code, name), name)
        if "?" in name:
            raise row.broken(f"{name!r} holds '?' and no repair is listed for it")
        if code in names:
            raise row.broken(f"the code {code} stands twice")
        names[code] = name
    return names


def all_changes(klass: Iterable[RawChange], facts: Mapping[str, Any]) -> dict[int, list[RawChange]]:
    """Return the changes of all years, ordered by year; the facts fill the years before SSB's list."""
    by_year: dict[int, list[RawChange]] = defaultdict(list)
    for one in facts["change"]:
        by_year[one["year"]].append(
            RawChange(one["year"], one["from"], one["to"], one["from_name"], one["to_name"])
        )
    for change in klass:
        by_year[change.year].append(change)
    return {year: by_year[year] for year in sorted(by_year)}


def name_periods(
    changes: Mapping[int, list[RawChange]],
    groups: Mapping[str, tuple[str, int | None, int | None]],
    edition: Mapping[str, str],
) -> list[NamePeriod]:
    """Return every code with its official name and the years it had it.

    Begins with the codes that SSB's groups hold in 1994 and follows the changes; the result is compared with the
    periods in the groups and with the 2026 edition.
    """
    oldest: dict[str, str] = {}
    born: set[str] = set()
    for of_year in changes.values():
        old_codes = {change.old for change in of_year}
        born |= {change.new for change in of_year} - old_codes - set(oldest)
        for change in of_year:
            oldest.setdefault(change.old, change.old_name)
    before_list = {code for code, (_, start, _) in groups.items() if start is None or start <= FIRST_YEAR}
    standing = {
        code: (oldest[code] if code in oldest else groups[code][0], FIRST_YEAR)
        for code in (before_list | set(oldest)) - born
    }
    periods: list[NamePeriod] = []
    for year, of_year in changes.items():
        gone = {change.old for change in of_year}
        for code in sorted(gone):
            if code not in standing:
                raise ValueError(f"{year}: {code} changes but did not stand the year before")
        new = {change.new: change.new_name for change in of_year}
        for code in sorted(gone):
            name, start = standing[code]
            if new.get(code) == name:
                continue
            del standing[code]
            periods.append(NamePeriod(code, name, start, year - 1))
        for code, name in new.items():
            if code not in standing:
                standing[code] = (name, year)
    if set(standing) != set(edition):
        raise ValueError(f"codes at the end differ from the edition: {sorted(set(standing) ^ set(edition))}")
    for code, (name, start) in standing.items():
        if edition[code] != name:
            periods.append(NamePeriod(code, name, start, EDITION - 1))
            periods.append(NamePeriod(code, edition[code], EDITION, None))
        else:
            periods.append(NamePeriod(code, name, start, None))
    return sorted(periods, key=lambda period: (period.code, period.start))


def check_periods(
    periods: Iterable[NamePeriod],
    groups: Mapping[str, tuple[str, int | None, int | None]],
    counts: Mapping[str, int],
) -> None:
    """Refuse periods that differ from SSB's groups or give another number of municipalities than officially known."""
    span: dict[str, tuple[int, int | None]] = {}
    for period in periods:
        start = span[period.code][0] if period.code in span else period.start
        span[period.code] = (start, period.end)
    for code, (name, _, end) in groups.items():
        if end is not None and end < FIRST_YEAR:
            continue
        if code not in span or span[code][1] != end:
            raise ValueError(f"{code} {name}: ends {span.get(code)} here, {end} in SSB's groups")
    if unknown := set(span) - set(groups):
        raise ValueError(f"codes that SSB's groups do not hold: {sorted(unknown)}")
    for year, number in counts.items():
        standing = sum(p.start <= int(year) and (p.end is None or int(year) <= p.end) for p in periods)
        if standing != number:
            raise ValueError(f"{year}: {standing} municipalities, officially {number}")


def flows(
    changes: Mapping[int, list[RawChange]],
    facts: Mapping[str, Any],
    split_shares: Mapping[tuple[str, str], Decimal],
    population: Mapping[tuple[str, int], int],
) -> list[Flow]:
    """Return where the people of every changed municipality went, with shares that sum to 1 for each.

    ``split_shares`` gives the share for each part of a split; moved parts with a known number of persons get
    persons divided by ``population`` (code, year before the change).
    """
    result: list[Flow] = []
    parts = {(one["year"], one["from"], one["to"]): one for one in facts["part"]}
    for year in sorted({*changes, *(key[0] for key in parts)}):
        targets: dict[str, list[str]] = defaultdict(list)
        for change in changes.get(year, []):
            targets[change.old].append(change.new)
        whole: dict[str, set[str]] = defaultdict(set)
        touched: dict[str, set[str]] = defaultdict(set)
        for old, news in targets.items():
            for new in news:
                touched[new].add(old)
            if len(news) == 1:
                whole[news[0]].add(old)
        renames_only = {old for old, news in targets.items() if news == [old] and touched[old] == {old}}
        in_parts = {code for key in parts if key[0] == year for code in key[1:]}
        for old in sorted({*targets, *in_parts}):
            if old in renames_only and old not in in_parts:
                continue
            news = sorted(targets.get(old, [old]))
            moved = {key[2]: one for key, one in parts.items() if key[:2] == (year, old)}
            result.extend(_flows_of(year, old, news, moved, whole, split_shares, population))
    return result


def _flows_of(
    year: int,
    old: str,
    news: list[str],
    moved: Mapping[str, Mapping[str, Any]],
    whole: Mapping[str, set[str]],
    split_shares: Mapping[tuple[str, str], Decimal],
    population: Mapping[tuple[str, int], int],
) -> list[Flow]:
    shares: dict[str, Decimal] = {}
    notes = {new: one["note"] for new, one in moved.items()}
    for new, one in moved.items():
        if "persons" not in one:
            shares[new] = Decimal(0)
            continue
        people = population[old, year - 1]
        shares[new] = (Decimal(one["persons"]) / Decimal(people)).quantize(SHARE_STEP)
    rest = [new for new in news if new not in moved]
    if len(rest) == 1:
        shares[rest[0]] = 1 - sum(shares.values(), Decimal(0))
    else:
        shares |= {new: split_shares[old, new] for new in rest}
    if sum(shares.values()) != 1:
        raise ValueError(f"{year}: the shares of {old} sum to {sum(shares.values())}")
    split = len(news) > 1
    found = []
    for new, share in sorted(shares.items()):
        if new in moved and not split:
            kind = "part_moved"
        elif split:
            kind = "split"
        elif len(whole.get(new, ())) > 1:
            kind = "merged"
        else:
            kind = "stays" if old == new else "renumbered"
        persons = moved[new].get("persons") if new in moved else None
        found.append(Flow(year - 1, year, old, new, share, kind, persons, notes.get(new, "")))
    return found


def bridges(facts: Mapping[str, Any]) -> list[Flow]:
    """Return the flows that go straight between the years on either side of a merger that was undone."""
    return [
        Flow(one["last_year"], one["first_year"], old, one["to"], Decimal(1), "bridge", None, "")
        for one in facts["bridge"]
        for old in one["from"]
    ]


def carry_forward(
    population: Mapping[str, int], from_year: int, steps: Iterable[Flow]
) -> dict[int, dict[str, Fraction]]:
    """Return ``population`` of ``from_year`` in the municipalities of every later year that a step leads to."""
    by_year: dict[int, dict[str, list[Flow]]] = defaultdict(lambda: defaultdict(list))
    for flow in steps:
        by_year[flow.to_year][flow.old].append(flow)
    standing = {code: Fraction(people) for code, people in population.items()}
    carried = {from_year: dict(standing)}
    for year in sorted(year for year in by_year if year > from_year):
        after: dict[str, Fraction] = defaultdict(Fraction)
        for code, people in standing.items():
            for flow in by_year[year].get(code, ()):
                after[flow.new] += people * Fraction(flow.share)
            if code not in by_year[year]:
                after[code] += people
        standing = dict(after)
        carried[year] = dict(standing)
    return carried
