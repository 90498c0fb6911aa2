"""Last year's figures as the county has entered them count where nothing is published, and are told to be its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.letter import opening
from fotfeste.settlement.bundle import bundle_of
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.comparison import figures_of
from fotfeste.settlement.criteria import Criterion, Key, KeyForm, Rule, RuleKind
from fotfeste.settlement.follow_up.own_years import OwnFigure, OwnYear
from fotfeste.settlement.last_year_entered import DATASET, with_last_year
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.verify import verify
from fotfeste.settlement.weighing.choices import begun
from fotfeste.settlement.weighing.ready import ReadyToWeigh, prepare_for_weighing
from fotfeste.settlement.weighing.weighed import weigh
from fotfeste.statistics.figure import Figure, Mark

ASKED, SAID = date(2026, 12, 15), date(2027, 1, 20)
SKIEN = "4003"


@cache
def without() -> Prepared:
    return prepare("40", 2028, 400)


@cache
def ready() -> ReadyToWeigh:
    return prepare_for_weighing("40", 2028)


def own(persons: int, decided: int | None = None, year: int = 2027) -> OwnYear:
    said = None if decided is None else OwnFigure(Figure.observed(decided), SAID)
    return OwnYear(year, OwnFigure(Figure.observed(persons), ASKED), said)


def everywhere() -> dict[str, OwnYear]:
    return {code: own(10 + place) for place, code in enumerate(without().codes)}


def read(prepared: Prepared) -> Basis:
    return basis_of(calculate(prepared), load_regions(), locale="nb", issued=date(2027, 9, 1))


def test_the_letter_compares_with_last_year_where_the_county_has_entered_it() -> None:
    found = read(with_last_year(without(), everywhere() | {SKIEN: own(140, 100)}))
    skien = next(one for one in found.results if one.code == SKIEN)
    assert found.last_year == 2027
    assert "enn IMDi ba om i 2027" in opening(skien, found)
    assert "enn IMDi ba om i 2026" in opening(skien, read(without()))
    assert (found.last(skien).requested.value, found.last(skien).decided.value) == (140, 100)


def test_the_sum_of_the_county_is_known_only_when_every_municipality_is() -> None:
    entered = everywhere()
    whole = with_last_year(without(), entered)
    sums = figures_of(whole.county.history, 2027)
    assert sums.requested.value == sum(10 + place for place in range(len(entered)))
    assert sums.decided.mark is Mark.MISSING
    some = with_last_year(without(), {SKIEN: own(140)})
    assert figures_of(some.county.history, 2027).requested.mark is Mark.MISSING


def test_a_year_without_those_settled_stays_unfinished() -> None:
    whole = OwnYear(2027, own(140).requested, None, OwnFigure(Figure.observed(99), date(2027, 12, 31)))
    row = figures_of(with_last_year(without(), {SKIEN: whole}).facts[SKIEN].history, 2027)
    assert (row.settled.mark, row.status_date) == (Mark.MISSING, "2026-12-15")


def test_the_figures_entered_are_a_source_of_the_countys_own() -> None:
    found = with_last_year(without(), {SKIEN: own(140)})
    source = found.sources[-1]
    told = source.for_reader(language("nb"))
    assert (source.dataset, told.agency, source.retrieved) == (DATASET, "Oppgitt av fylket", ASKED)
    assert told.title == "Anmodninger og vedtak i 2027, ført inn av fylkeskommunen"
    assert [one.dataset for one in found.data].count(DATASET) == 1


@pytest.mark.parametrize("entered", [{}, {SKIEN: own(140, year=2026)}, {"0301": own(140)}])
def test_nothing_entered_of_that_year_and_county_changes_nothing(entered: dict[str, OwnYear]) -> None:
    assert with_last_year(without(), entered) == without()


def test_what_is_published_goes_first() -> None:
    published = prepare("40", 2027, 400)
    asked = published.last_requested[SKIEN]
    assert with_last_year(published, {SKIEN: own(999, year=2026)}).last_requested[SKIEN] == asked


def test_the_limit_of_change_from_last_year_holds_by_what_is_entered() -> None:
    base = without().criteria
    limited = replace(base, rules=(*base.rules, Rule(RuleKind.MAX_CHANGE, (SKIEN,), share=Fraction(1, 10))))
    free = calculate(without().under(limited))
    entered = {one.code: own(one.recommended) for one in free.municipalities}
    assert next(one.recommended for one in free.municipalities if one.code == SKIEN) < 180
    held = calculate(with_last_year(without(), entered | {SKIEN: own(200)}).under(limited))
    skien = next(one.recommended for one in held.municipalities if one.code == SKIEN)
    assert 180 <= skien <= 220


def test_the_key_of_last_years_request_can_count_by_what_is_entered() -> None:
    before, after = ready(), ready().with_last_year(everywhere())
    assert before.gathered.figures["requested_last"][SKIEN].mark is Mark.MISSING
    assert after.gathered.figures["requested_last"][SKIEN].known
    assert after.gathered.levels["requested_last"].known
    assert "decided_last" in after.gathered.figures
    choices = begun("40", 2028, after.codes, 400)
    one = choices.criteria.criteria[0]
    key = Criterion("asked", "Som i fjor", one.weight, one.share, Key(KeyForm.POWER, "requested_last"))
    only = replace(
        choices, criteria=replace(choices.criteria, criteria=(replace(key, share=key.share * 0 + 1),))
    )
    assert weigh(after, only, ranges=False).recommendation is not None
    assert weigh(before, only, ranges=False).recommendation is None


def test_what_is_weighed_rests_on_the_same_as_what_is_gathered_for_it_alone() -> None:
    entered = {SKIEN: own(140, 100)}
    choices = begun("40", 2028, ready().codes, 400)
    found = ready().with_last_year(entered).under(choices)
    assert [one.dataset for one in found.sources].count(DATASET) == 1
    assert [one.dataset for one in found.data].count(DATASET) == 1
    assert found.last_requested[SKIEN].value == 140


def test_what_rests_on_an_earlier_recommendation_keeps_its_figures_entered() -> None:
    choices = begun("40", 2028, ready().codes, 400)
    earlier = ready().with_last_year({SKIEN: own(140)}).under(choices)
    later = ready().resting_on(earlier).under(choices)
    assert later.last_requested == earlier.last_requested
    assert [one for one in later.sources if one.dataset == DATASET] == [earlier.sources[-1]]
    assert [one for one in later.data if one.dataset == DATASET]


def test_a_bundle_with_figures_entered_recomputes_to_the_same() -> None:
    from fotfeste.settlement.bundle import bundle_as_text, bundle_of_text
    from fotfeste.statistics import open_store

    made = with_last_year(without(), everywhere())
    text = bundle_as_text(bundle_of(made, calculate(made), date(2027, 9, 1), "0"))
    found = verify(bundle_of_text(text, "pakke"), open_store())
    assert found.same
    assert {one.data.dataset: one.found for one in found.data}[DATASET] == "own"
