"""An attack on figures that hang together: shares by residence time, and the indicators that a county writes itself."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction

import pytest
from tests.daily import LONG_RUN, every_nth
from tests.reports.profiles.test_attack import TODAY, Shown, check, inside, settlement_attack
from tests.statistics.disclosure_control.attack import Attack

from fotfeste.reports.profiles import Knowledge, Place, open_knowledge
from fotfeste.statistics import Figure, Indicators, Mark, compute
from fotfeste.statistics.components import RESIDENCE_YEAR, Components
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.series.residence import residents_of
from fotfeste.statistics.series.yearly import series_of

TIMES = ("0-4", "5+")
SHARES = {"0-4": "refugees_moved_in_new_share", "5+": "refugees_moved_in_long_share"}
OWN = {
    "own_new": "refugee_residence[move=moved_here, residence_time=0-4]",
    "own_long": "refugee_residence[move=moved_here, residence_time=5+]",
    "own_whole": "refugee_residence[move=moved_here, residence_time=all]",
    "own_both": "refugee_residence[move=moved_here, residence_time=0-4|5+]",
    "own_settled": "settlement[measure=settled]",
    "own_two_years": "sum_years(settlement[measure=settled], 2)",
    "own_mean": "mean_years(settlement[measure=settled], 4)",
    "own_change": "change(settlement[measure=settled], 1)",
    "own_per_1000": "per_1000(settlement[measure=settled], population_age_groups[group=all])",
}


def indicator(name: str, formula: str) -> str:
    kind = {"own_change": "difference", "own_per_1000": "per_1000"}.get(name, "count")
    return f"""
[[indicator]]
id = "{name}"
theme = "bosetting"
name.nb = "{name} (prøve)"
definition.nb = "En prøve: noen skriver en formel uten å tenke på små tall."
unit.nb = "personer"
formula = '{formula}'
kind = "{kind}"
"""


@pytest.fixture(scope="module")
def with_own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, Indicators]:
    folder = tmp_path_factory.mktemp("own")
    (folder / "indicators").mkdir()
    written = 'schema = 1\nowner = "Prøve"\n' + "".join(indicator(*one) for one in OWN.items())
    (folder / "indicators" / "egne.toml").write_text(written, "utf-8")
    known = open_knowledge(folder, TODAY)
    everyone = [one.code for one in known.municipalities]
    return known, compute(known.store, known.regions, known.indicator_ids, everyone, known.year)


def document_figures(found: Indicators) -> Shown:
    def shown(name: str, place: Place) -> Figure:
        if place.kind == "municipality":
            return found.shown(name, place.code)
        return found.shown_county(name, place.code) if place.kind == "county" else found.shown_country(name)

    return shown


def moved_attack(knowledge: Knowledge, shown: Shown) -> tuple[Attack, dict[Hashable, Figure]]:
    """All that is shown of those who moved here, by residence time; the outsider knows every base to the person."""
    facts = Components(knowledge.store, knowledge.regions, knowledge.year)
    counts = YearlyCounts(knowledge.store, knowledge.regions)
    attack, own = Attack(), dict[Hashable, Figure]()
    for place in knowledge.places.values():
        codes = inside(knowledge, place)
        cells = {length: {(length, code): Fraction(1) for code in codes} for length in TIMES}
        whole = {**cells["0-4"], **cells["5+"]}
        for length, name in SHARES.items():
            base = facts.refugees(codes, "all", length).value
            if base:
                attack.learn(dict.fromkeys(cells[length], 1 / Fraction(base)), shown(name, place))
        everyone = facts.refugees(codes).value
        if everyone:
            each = dict.fromkeys(whole, 1 / Fraction(everyone))
            attack.learn(each, shown("refugees_moved_in_share", place))
            series = series_of(counts, "refugees_moved_in_share", place.code)
            for point in series.points:
                if point.year == RESIDENCE_YEAR:
                    attack.learn(each, point.figure)
        for one in residents_of(counts, place.code):
            if one.year == RESIDENCE_YEAR:
                attack.learn(
                    whole if one.residence_time == "all" else cells[one.residence_time], one.moved_here
                )
                if place.kind == "municipality" and one.residence_time != "all":
                    own[one.residence_time, place.code] = one.moved_here
    return attack, own


@pytest.mark.parametrize("where", every_nth(2, ["in_documents", "on_pages"]))
def test_no_hidden_number_who_moved_here_follows_from_shares_by_residence_time(
    knowledge: Knowledge, with_own: tuple[Knowledge, Indicators], where: str
) -> None:
    def on_pages(name: str, place: Place) -> Figure:
        return knowledge.figure(name, place).figure

    check(*moved_attack(knowledge, on_pages if where == "on_pages" else document_figures(with_own[1])), 60)


def test_the_share_of_all_has_bounds_where_one_of_its_parts_is_hidden(knowledge: Knowledge) -> None:
    """The known answer: a part of one to four beside an open one leaves four numbers for the whole."""
    facts = Components(knowledge.store, knowledge.regions, knowledge.year)
    seen = 0
    for place in knowledge.municipalities:
        new, long, whole = (
            facts.refugees((place.code,), "moved_here", length).value for length in ("0-4", "5+", "all")
        )
        base = facts.refugees((place.code,)).value
        share = knowledge.figure("refugees_moved_in_share", place).figure
        if not new or not long or not base or new >= 5 or long < 5 or share.mark is Mark.MISSING:
            continue
        seen += 1
        assert whole == new + long
        assert share.value is None
        assert (share.low, share.high) == (Fraction(long + 1) / base, Fraction(long + 4) / base)
    assert seen > 20


@LONG_RUN
def test_no_hidden_number_follows_from_indicators_that_a_county_writes_itself(
    with_own: tuple[Knowledge, Indicators],
) -> None:
    known, found = with_own
    shown = document_figures(found)
    moved, moved_own = moved_attack(known, shown)
    settled, settled_own = settlement_attack(known, shown)
    year = int(found.period("own_settled"))
    for place in known.places.values():
        codes = inside(known, place)
        new, long = ({(length, code): 1 for code in codes} for length in TIMES)
        for name, terms in (
            ("own_new", new),
            ("own_long", long),
            ("own_whole", {**new, **long}),
            ("own_both", {**new, **long}),
        ):
            moved.learn(terms, shown(name, place))
        for name, weights in changes(year).items():
            settled.learn(
                {(code, when): weight for code in codes for when, weight in weights.items()},
                shown(name, place),
            )
        people = found.components.population(codes, year=year).value
        assert people
        rate = {(code, year): Fraction(1000) / Fraction(people) for code in codes}
        settled.learn(rate, shown("own_per_1000", place))
    check(moved, moved_own, 60)
    check(settled, settled_own, 150)


def changes(year: int) -> Mapping[str, Mapping[int, Fraction]]:
    """What each own indicator counts of each year."""
    one = Fraction(1)
    return {
        "own_settled": {year: one},
        "own_two_years": {year: one, year - 1: one},
        "own_mean": {year - back: one / 4 for back in range(4)},
        "own_change": {year: one, year - 1: -one},
    }
