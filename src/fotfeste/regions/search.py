"""Find places as people type them: the first letters, a word inside, a number, an old name, a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fotfeste.regions.names import folded, name_parts

if TYPE_CHECKING:
    from fotfeste.regions.registry import Regions

FoundKind = Literal["country", "county", "municipality"]
COUNTRY = "0"
COUNTRY_NAMES = ("Norge", "Noreg", "Norway", "Norga", "hele landet", "heile landet", "landet")
FIRST_YEAR = 1994
MOST_LETTERS = 80
"""Letters of a query that are looked at."""
CANDIDATES = 40
"""Names that share most pairs of letters with a misspelt one, and are measured."""
LETTERS_A_SLIP = 4
"""One slip is forgiven for so many letters."""
_APART = re.compile(r"[^\w]+")
_LABELS = frozenset({"kommune", "fylke", "fylkeskommune", "i", "herad"})
_DOUBLE = (("aa", "a"), ("oe", "o"), ("ae", "a"))
_KINDS: Mapping[str, int] = {"country": 0, "county": 1, "municipality": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A place found: its kind and number today, and the former number and name that led to it (empty: its own).

    ``others`` are further places that the former one became part of.
    """

    kind: FoundKind
    code: str
    former_code: str = ""
    former_name: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name or number that leads to a place; ``weight`` sorts equals, the largest first."""

    key: str
    found: Found
    weight: int
    within: str = ""


@dataclass(frozen=True)
class SearchIndex:
    """Names and numbers, ready to be searched; never changed, so threads may share it."""

    _names: tuple[_Entry, ...]
    _numbers: Mapping[str, tuple[_Entry, ...]]
    _pairs: Mapping[str, tuple[int, ...]]
    _became: Mapping[str, tuple[str, ...]]

    def became(self, code: str) -> tuple[str, ...]:
        """Return the numbers of today that a former number became, the largest part first; none for an unknown one."""
        return self._became.get(code.strip(), ())

    def find(self, text: str, limit: int = 8) -> tuple[Found, ...]:
        """Return up to ``limit`` places that ``text`` may mean, the likeliest first.

        Whole names come before first letters, these before words inside, and these before misspellings; equals are
        sorted by kind and by size. Numbers may lack digits at the end.
        """
        wanted = key_of(text[:MOST_LETTERS])
        if not wanted or limit < 1:
            return ()
        if wanted.replace(" ", "").isdigit():
            return self._by_number(wanted.replace(" ", ""), limit)
        if numbered := self._number_and_name(wanted, limit):
            return numbered
        readings = _with_county(wanted)
        ranked: list[tuple[int, _Entry]] = []
        for entry in self._names:
            ranks = [_rank(wanted, entry)]
            ranks += [_rank(name, entry) for name, county in readings if entry.within.startswith(county)]
            if known := [rank for rank in ranks if rank is not None]:
                ranked.append((min(known), entry))
        if len(wanted) >= LETTERS_A_SLIP and not any(rank <= 1 for rank, _ in ranked):
            ranked += self._misspelt(wanted)
        return _chosen(ranked, limit)

    def _number_and_name(self, wanted: str, limit: int) -> tuple[Found, ...]:
        """Return the places that «4003 skien» or «skien 4003» may mean; none without one whole number and a name."""
        words = wanted.split()
        numbers = [one for one in words if one.isdigit()]
        if len(numbers) != 1 or len(words) == 1 or len(numbers[0]) not in (2, 4):
            return ()
        exact = _chosen([(0, entry) for entry in self._numbers.get(numbers[0], ())], limit)
        named = self.find(" ".join(one for one in words if one != numbers[0]), limit)
        codes = {one.code for one in named}
        if both := tuple(one for one in exact if one.code in codes):
            return both
        return tuple({one.code: one for one in (*exact, *named)}.values())[:limit]

    def _by_number(self, number: str, limit: int) -> tuple[Found, ...]:
        exact = self._numbers.get(number) or self._numbers.get(number.zfill(4), ())
        ranked = [(0, entry) for entry in exact]
        if len(number) < 4:
            ranked += [
                (1 + len(code) - len(number), entry)
                for code, entries in self._numbers.items()
                if code.startswith(number) and code != number
                for entry in entries
            ]
        return _chosen(ranked, limit)

    def _misspelt(self, name: str) -> list[tuple[int, _Entry]]:
        counts: dict[int, int] = {}
        for pair in _pairs_of(name):
            for place in self._pairs.get(pair, ()):
                counts[place] = counts.get(place, 0) + 1
        nearest = sorted(counts, key=lambda place: (-counts[place], len(self._names[place].key)))[:CANDIDATES]
        allowed = max(1, len(name) // LETTERS_A_SLIP)
        found = []
        for place in nearest:
            entry = self._names[place]
            slips = min(slips_between(name, part, allowed) for part in _readings(entry.key, len(name)))
            if slips <= allowed:
                found.append((10 + slips, entry))
        return found


def build_index(regions: Regions, year: int) -> SearchIndex:
    """Return the index of all places of ``year``, with every name and number since 1994 that led to one of them."""
    names, numbers, became = [], [], {}
    own: dict[str, set[str]] = {}
    for key in {key_of(one) for one in COUNTRY_NAMES}:
        names.append(_Entry(key, Found("country", COUNTRY), 0))
    numbers.append(_Entry(COUNTRY, Found("country", COUNTRY), 0))
    for county in regions.counties(year):
        found = Found("county", county.code)
        keys = _keys(county.name, county.official_name)
        names += [_Entry(key, found, 0) for key in keys]
        numbers.append(_Entry(county.code, found, 0))
        own[county.code] = keys
    for one in regions.municipalities(year):
        found = Found("municipality", one.code)
        keys = _keys(one.name, one.official_name)
        size = regions.attributes(one.code).population
        names += [_Entry(key, found, size, key_of(one.county_name)) for key in keys]
        numbers.append(_Entry(one.code, found, size))
        own[one.code] = keys
    for code, name, official, heirs, within in _former(regions, year):
        if not heirs:
            continue
        kind: FoundKind = "county" if len(code) == 2 else "municipality"
        ours = next((heir for heir in heirs if key_of(name) in own[heir]), heirs[0])
        ordered = (ours, *(heir for heir in heirs if heir != ours))
        found = Found(kind, ours, code, name, ordered[1:])
        if code not in own:
            numbers.append(_Entry(code, found, 0))
            became[code] = ordered
        names += [_Entry(key, found, 0, key_of(within)) for key in _keys(name, official) - own[ours]]
    unique = tuple({(one.key, one.found): one for one in names}.values())
    return SearchIndex(unique, _grouped(numbers), _paired(unique), became)


def key_of(text: str) -> str:
    """Return ``text`` as it is compared: no marks on letters, «aa» as «å», hyphens as spaces, labels left out."""
    key = folded(text)
    for two, one in _DOUBLE:
        key = key.replace(two, one)
    words = [word for word in _APART.split(key) if word]
    kept = [word for word in words if word not in _LABELS]
    return " ".join(kept if kept else words)


def slips_between(one: str, other: str, most: int) -> int:
    """Return how many letters are changed, lost, added or swapped with the next; more than ``most`` is ``most + 1``.

    Optimal string alignment distance (Damerau 1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for place, sign in enumerate(other, start=1):
            cost = min(last[place] + 1, now[place - 1] + 1, last[place - 1] + (letter != sign))
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == sign:
                cost = min(cost, before[place - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)


def _rank(name: str, entry: _Entry) -> int | None:
    """Return 0 for the whole name, 1 for its beginning, 2 for the beginning of a word, 3 for a part of one, or ``None``."""
    if name == entry.key:
        return 0 if not entry.found.former_code else 1
    place = entry.key.find(name)
    if place < 0:
        return None
    late = 3 if entry.found.former_code else 0
    if place == 0:
        return 1 + late
    if f" {name}" in entry.key:
        return 2 + late
    return 3 + late if len(name) > 2 else None


def _with_county(wanted: str) -> list[tuple[str, str]]:
    """Return every reading of a query as a name and the beginning of a county's: «herøy nordl», «fræna møre og»."""
    words = wanted.split()
    pairs = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return [(name, county) for name, county in pairs if len(county) > 2]


def _chosen(ranked: Sequence[tuple[int, _Entry]], limit: int) -> tuple[Found, ...]:
    ordered = sorted(
        ranked,
        key=lambda one: (
            one[0],
            bool(one[1].found.former_code),
            _KINDS[one[1].found.kind],
            -one[1].weight,
            one[1].key,
            one[1].found.code,
        ),
    )
    chosen: dict[str, Found] = {}
    for _, entry in ordered:
        chosen.setdefault(entry.found.code, entry.found)
        if len(chosen) == limit:
            break
    return tuple(chosen.values())


def _keys(name: str, official: str) -> set[str]:
    return {key_of(one) for one in (name, *name_parts(official or name))}


def _readings(key: str, length: int) -> set[str]:
    """Return a name whole, its words, and as much of its beginning as may be typed so far."""
    return {key, *key.split(), *(key[:size] for size in (length - 1, length, length + 1) if size > 2)}


def _pairs_of(key: str) -> set[str]:
    padded = f" {key} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def _paired(entries: Sequence[_Entry]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for pair in _pairs_of(entry.key):
            found.setdefault(pair, []).append(place)
    return {pair: tuple(places) for pair, places in found.items()}


def _grouped(entries: Iterable[_Entry]) -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, tuple[_Entry, ...]] = {}
    for entry in entries:
        found[entry.key] = (*found.get(entry.key, ()), entry)
    return found


def _former(regions: Regions, year: int) -> list[tuple[str, str, str, tuple[str, ...], str]]:
    """Return code, name, official name, heirs (most people first) and county of what stood in earlier years only."""
    now = {(one.code, one.name) for one in regions.counties(year)}
    now |= {(one.code, one.name) for one in regions.municipalities(year)}
    seen: set[tuple[str, str]] = set()
    found = []
    for earlier in range(year - 1, FIRST_YEAR - 1, -1):
        for one in regions.municipalities(earlier):
            if (one.code, one.name) in now or (one.code, one.name) in seen:
                continue
            seen.add((one.code, one.name))
            shares = regions.shares(one.code, earlier, year)
            heirs = tuple(sorted(shares, key=lambda code: (-shares[code], code)))
            found.append((one.code, one.name, one.official_name, heirs, one.county_name))
        for county in regions.counties(earlier):
            if (county.code, county.name) in now or (county.code, county.name) in seen:
                continue
            seen.add((county.code, county.name))
            people: dict[str, int] = {}
            for one in regions.municipalities(earlier, county.code):
                for code in regions.shares(one.code, earlier, year):
                    people[code[:2]] = people.get(code[:2], 0) + regions.attributes(code).population
            heirs = tuple(sorted(people, key=lambda code: (-people[code], code)))
            found.append((county.code, county.name, county.official_name, heirs, ""))
    return found
