"""An attack on what is open: every figure of every municipality, county and the country at once, with linear programming.

The outsider writes down all that the pages, files and documents show of settlement by year, sums of years, rates, means and
gaps, and asks for the least and the greatest of every hidden count. It must be what its sign says, and no less.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from fractions import Fraction

import pytest
from tests.statistics.disclosure_control.attack import Attack

from fotfeste.reports.profiles import Knowledge, Place
from fotfeste.settlement.follow_up.hiding import hide_part, hide_whole
from fotfeste.statistics import Figure, Mark, compute
from fotfeste.statistics.components import Components

TODAY = date(2026, 11, 21)
ALMOST = 1e-6
Shown = Callable[[str, Place], Figure]


@pytest.fixture(scope="module")
def on_pages(knowledge: Knowledge) -> Shown:
    return lambda name, place: knowledge.figure(name, place).figure


@pytest.fixture(scope="module")
def in_documents(knowledge: Knowledge) -> Shown:
    everyone = [one.code for one in knowledge.municipalities]
    found = compute(knowledge.store, knowledge.regions, knowledge.indicator_ids, everyone, knowledge.year)

    def shown(name: str, place: Place) -> Figure:
        if place.kind == "municipality":
            return found.shown(name, place.code)
        return found.shown_county(name, place.code) if place.kind == "county" else found.shown_country(name)

    return shown


def inside(knowledge: Knowledge, place: Place) -> list[str]:
    if place.kind == "municipality":
        return [place.code]
    places = knowledge.municipalities if place.kind == "country" else knowledge.inside(place)
    return [one.code for one in places]


def more(figure: Figure, by: int | Fraction) -> Figure:
    """A figure that is shown of a count less a known number, as a figure of the count."""
    return figure.plus(Figure.observed(by))


def settlement_attack(knowledge: Knowledge, shown: Shown) -> tuple[Attack, dict[Hashable, Figure]]:
    attack, own = Attack(), dict[Hashable, Figure]()
    finished = Components(knowledge.store, knowledge.regions, knowledge.year).finished_years(10)
    for place in knowledge.places.values():
        codes = inside(knowledge, place)
        history = {one.year: one for one in knowledge.history(place)}
        for year, one in history.items():
            attack.learn({(code, year): 1 for code in codes}, one.settled)
            if place.kind == "municipality":
                own[place.code, year] = one.settled
        people = shown("population", place).value
        assert people
        for number in (1, 3, 5):
            counted = {(code, year): 1 for code in codes for year in finished[-number:]}
            attack.learn(counted, shown(f"settled_{number}y", place))
            rate = dict.fromkeys(counted, Fraction(1000) / Fraction(people))
            attack.learn(rate, shown(f"settled_per_1000_{number}y", place))
        three = {(code, year): Fraction(1, 3) for code in codes for year in finished[-3:]}
        attack.learn(three, shown("settled_mean_3y", place))
        last = finished[-1]
        decided = history[last].decided.value if last in history else None
        gap = shown("settled_minus_decided", place)
        if decided is not None and gap.mark in (Mark.OBSERVED, Mark.SUPPRESSED):
            attack.learn({(code, last): 1 for code in codes}, more(gap, decided))
        most = shown("settled_max_10y", place)
        if most.mark in (Mark.OBSERVED, Mark.SUPPRESSED):
            for year in finished:
                attack.between({(code, year): 1 for code in codes}, 0, most.high)
        attack.learn({(code, knowledge.year - 1): 1 for code in codes}, shown("settled_last", place))
    return attack, own


def check(attack: Attack, own: dict[Hashable, Figure], least: int) -> None:
    hidden = {key: figure for key, figure in own.items() if figure.mark is Mark.SUPPRESSED}
    assert len(hidden) >= least, "the attack has something to attack"
    for key, figure in hidden.items():
        low, high = attack.finds(key)
        assert figure.low is not None
        assert figure.high is not None
        assert low <= float(figure.low) + ALMOST, (key, low, high, figure)
        assert high >= float(figure.high) - ALMOST, (key, low, high, figure)
        assert high - low > 1 - ALMOST, (key, low, high, figure)


@pytest.mark.parametrize("where", ["on_pages", "in_documents"])
def test_no_hidden_number_of_settled_persons_follows_from_all_that_is_shown(
    knowledge: Knowledge, where: str, request: pytest.FixtureRequest
) -> None:
    check(*settlement_attack(knowledge, request.getfixturevalue(where)), 150)


@pytest.mark.parametrize("where", ["on_pages", "in_documents"])
def test_no_hidden_number_of_refugees_follows_from_immigrants_shares_and_sums(
    knowledge: Knowledge, where: str, request: pytest.FixtureRequest
) -> None:
    """Immigrants are refugees and others; all three are shown as counts or shares of a known population."""
    shown: Shown = request.getfixturevalue(where)
    facts = Components(knowledge.store, knowledge.regions, knowledge.year)
    attack, own = Attack(), dict[Hashable, Figure]()
    for place in knowledge.places.values():
        codes = inside(knowledge, place)
        people = facts.population(codes, year=2021).value
        assert people
        groups: dict[str, dict[Hashable, int]] = {
            "refugee": {("refugee", code): 1 for code in codes},
            "other_immigrant": {("other", code): 1 for code in codes},
        }
        groups["immigrant"] = {**groups["refugee"], **groups["other_immigrant"]}
        for group, terms in groups.items():
            attack.learn(dict.fromkeys(terms, 1 / Fraction(people)), shown(f"{group}_share", place))
        attack.learn(groups["immigrant"], shown("immigrants", place))
        attack.learn(groups["refugee"], shown("refugees", place))
        if place.kind == "municipality":
            own["refugee", place.code] = shown("refugees", place)
            own["other", place.code] = shown("other_immigrant_share", place).times(people)
    check(attack, own, 10)


def test_the_attack_finds_what_is_hidden_when_a_sum_is_told_beside_it(
    knowledge: Knowledge, on_pages: Shown
) -> None:
    """An attack that never finds anything proves nothing: told Telemark's exact sum, it finds what is left for three."""
    attack, own = settlement_attack(knowledge, on_pages)
    codes = inside(knowledge, knowledge.place("40"))
    hidden = [code for code in codes if own[code, 2025].mark is Mark.SUPPRESSED]
    known = sum(int(own[code, 2025].value or 0) for code in codes)
    attack.between({(code, 2025): 1 for code in codes}, known + len(hidden), known + len(hidden))
    assert len(hidden) == 3
    assert all(attack.finds((code, 2025)) == pytest.approx((1, 1)) for code in hidden)


def test_a_rate_times_its_base_tells_no_small_count(knowledge: Knowledge, on_pages: Shown) -> None:
    """The share of refugees who moved in, and the refugees whom the source counts: no product is one to four."""
    facts = Components(knowledge.store, knowledge.regions, knowledge.year)
    seen = 0
    for place in knowledge.municipalities:
        moved, everyone = (facts.refugees((place.code,), move) for move in ("moved_here", "all"))
        share = on_pages("refugees_moved_in_share", place)
        if moved.value is None or everyone.value is None or not 0 < moved.value < 5:
            continue
        seen += 1
        assert share.value is None
        if share.mark is Mark.SUPPRESSED:
            low, high = (Fraction(end or 0) * Fraction(everyone.value) for end in (share.low, share.high))
            assert (low, high) == (1, 4)
    assert seen > 15


def test_who_knows_the_rules_finds_no_part_and_no_rest_of_a_settlement() -> None:
    """«Herav»: minors or people under collective protection, of all settled. Every pair up to forty, and what each looks like."""
    looks: dict[object, set[tuple[int, int]]] = {}
    for whole in range(41):
        for part in range(whole + 1):
            counts = Figure.observed(part), Figure.observed(whole)
            shown = hide_whole(counts[1])
            look = (shown, hide_part(*counts, shown))
            looks.setdefault(look, set()).add((whole, part))
    for (shown, part_shown), pairs in looks.items():  # type: ignore[misc]
        parts = {part for _, part in pairs}
        rests = {whole - part for whole, part in pairs}
        if part_shown.mark is Mark.SUPPRESSED and shown.known:
            assert len(parts) >= 4, (shown, part_shown, pairs)
            assert len(rests) >= 4, (shown, part_shown, pairs)
        if part_shown.known and shown.known:
            assert parts.isdisjoint(range(1, 5))
            assert rests.isdisjoint(range(1, 5))
