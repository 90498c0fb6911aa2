"""The one sentence of why a number is what it is, against the explanation's exact parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.daily import by_turns
from tests.reports.documents.test_every_county import COUNTIES
from tests.settlement.discussed import equal, prepared
from tests.settlement.examples import by_population, criteria, criterion, rule

from fotfeste.errors import InputError
from fotfeste.regions import Regions, load_regions
from fotfeste.reports.blocks import Paragraph, Picture, Table
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.effects import rules_for
from fotfeste.reports.documents.facts_page import (
    MunicipalityPage,
    facts_page,
    municipality_page,
    range_line,
    rules_line,
)
from fotfeste.reports.documents.reason import below_population, reason_in_words, reason_of, why_in_words
from fotfeste.reports.documents.reason import by_population as plain_of
from fotfeste.settlement import recommend, shipped_criteria
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Key, KeyForm, RuleKind
from fotfeste.settlement.discuss import discuss
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.statistics import Store, open_store
from fotfeste.statistics.figure import Figure

ISSUED = date(2026, 11, 21)
NO_DISTRICTS = ("03", "32", "39")
"""Counties without a district municipality, where the criteria that share out among those give no numbers."""


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store()


def told(made: Prepared, regions: Regions) -> Basis:
    found = calculate(made)
    return basis_of(found, regions, locale="nb", issued=ISSUED, discussion=discuss(made, found))


def reasons(basis: Basis) -> dict[str, str]:
    return {one.code: reason_in_words(one, basis) for one in basis.results}


def test_the_criterion_that_gives_most_is_named_and_the_one_below_population(regions: Regions) -> None:
    found = reasons(told(prepared(criteria(by_population(), equal())), regions))
    # By hand: 100 persons, half by population (45, 30, 20 and 5 per cent), half the same to all (12.5 each).
    assert found["4003"] == (
        "Kommune 4003: 35 personer. Mest fordi «size» gir 22,5 personer og «equal» gir 12,5, "
        "men «equal» gir 10,0 færre enn folketallet alene ville gitt."
    )
    assert found["4036"] == "Kommune 4036: 15 personer. Mest fordi «equal» gir 12,5 personer."


def test_the_only_criterion_is_said_to_be_that(regions: Regions) -> None:
    found = reasons(told(prepared(criteria(equal())), regions))
    assert found["4036"] == "Kommune 4036: 25 personer. Det eneste kriteriet, «equal», gir 25,0 personer."
    assert found["4003"] == (
        "Kommune 4003: 25 personer. Det eneste kriteriet, «equal», gir 25,0 personer, "
        "20,0 færre enn folketallet alene ville gitt."
    )


def test_a_cap_that_decides_is_named_with_what_the_criteria_gave(regions: Regions) -> None:
    capped = criteria(by_population(), rules=[rule(RuleKind.CAP, "4003", persons=30)])
    found = reasons(told(prepared(capped), regions))
    assert found["4003"] == (
        "Kommune 4003: 30 personer. Regelen «Tak» holder tallet nede (fordi), "
        "mens kriteriene alene gir 45,0 personer, mest fra «size» (45,0)."
    )
    assert found["4020"] == (
        "Kommune 4020: 38 personer. Det eneste kriteriet, «size», gir 30,0 personer, "
        "og regelen «Tak» i andre kommuner gir 8 personer mer."
    )


def test_a_floor_that_decides_holds_the_number_up(regions: Regions) -> None:
    floored = criteria(by_population(), rules=[rule(RuleKind.FLOOR, "4036", persons=12)])
    found = reasons(told(prepared(floored), regions))
    assert found["4036"].startswith("Kommune 4036: 12 personer. Regelen «Minstetall» holder tallet oppe (")
    assert "men regelen «Minstetall» i andre kommuner gir 3 personer mindre." in found["4003"]


def test_a_floor_that_others_have_lowered_a_number_down_to_is_not_said_to_lower_it(regions: Regions) -> None:
    # By hand: of 100, 52.5, 31, 11 and 5.5. The last is raised to 10, and one of those persons comes from the third.
    people = {"4003": 52_500, "4020": 31_000, "4032": 11_000, "4036": 5_500}
    rules = [rule(RuleKind.ZERO_OR_FLOOR, "4032", "4036", persons=10)]
    basis = told(prepared(criteria(by_population(), rules=rules), people=people), regions)
    lowered = next(one for one in basis.results if one.code == "4032")
    (effect,) = lowered.explanation.rule_effects
    assert (lowered.recommended, effect.persons) == (10, -1)
    assert [one.kind for one in lowered.explanation.bindings] == [RuleKind.ZERO_OR_FLOOR]
    assert reasons(basis)["4032"].endswith(
        "men regelen «Ingen eller minstetall» i andre kommuner gir 1 person mindre."
    )
    lines = rules_for(lowered, basis)
    assert (
        "Regelen «Ingen eller minstetall» gir 1 person mindre, fordi regelen hever tallet i andre kommuner."
        in lines
    )
    assert "trekker fra" not in " ".join(lines)
    assert "endrer det ikke" not in " ".join(lines)


def test_a_number_that_people_have_set_says_who_and_why(regions: Regions) -> None:
    found = reasons(told(prepared(criteria(by_population()), overrides={"4036": 20}), regions))
    assert found["4036"].startswith(
        "Kommune 4036: 20 personer. Regelen «Overstyring» holder tallet oppe (satt til 20 av leder: avtalt), mens"
    )


def test_a_municipality_that_is_left_out_gets_none_and_is_told_why(regions: Regions) -> None:
    left = criteria(by_population(), rules=[rule(RuleKind.EXCLUDE, "4032")])
    found = reasons(told(prepared(left), regions))
    assert found["4032"] == (
        "Kommune 4032: ingen. Regelen «Unntak» holder tallet nede (fordi), "
        "mens kriteriene alene gir 20,0 personer, mest fra «size» (20,0)."
    )


def test_where_no_criterion_gives_anything_that_is_the_reason(regions: Regions) -> None:
    figures = {
        "homes": {
            "4003": Figure.observed(5),
            "4020": Figure.observed(5),
            "4032": Figure.observed(0),
            "4036": Figure.observed(0),
        }
    }
    homes = criteria(criterion("homes", 1, Key(KeyForm.POWER, base="homes")))
    found = reasons(told(prepared(homes, more=figures), regions))
    assert found["4032"] == "Kommune 4032: ingen. Ingen av kriteriene gir kommunen noen."


def test_too_small_a_share_for_a_whole_person_is_told_as_it_is(regions: Regions) -> None:
    people = {"4003": 99_700, "4036": 300}
    found = reasons(told(prepared(criteria(by_population()), people=people), regions))
    assert (
        found["4036"] == "Kommune 4036: ingen. Kriteriene gir til sammen 0,3 personer, mest fra «size» (0,3)."
    )


def test_minors_are_told_of_with_the_number(regions: Regions) -> None:
    found = reasons(told(prepared(criteria(by_population()), minors={"4036": 1}), regions))
    assert found["4036"].startswith(
        "Kommune 4036: 6 personer, herav 1 enslig mindreårig. Det eneste kriteriet"
    )


def test_a_county_of_one_shares_nothing_out(regions: Regions, store: Store) -> None:
    made = recommend("03", 2027, 1200, store=store, regions=regions)
    basis = basis_of(made, regions, locale="nb", issued=ISSUED)
    (one,) = basis.results
    assert reason_in_words(one, basis).replace("\u00a0", " ") == (
        "Oslo: 1 200 personer. Fylket har bare denne kommunen, og hele tallet gjelder den."
    )
    assert isinstance(municipality_page(one, basis), MunicipalityPage)


def test_without_a_known_population_nothing_is_said_of_it(regions: Regions) -> None:
    basis = told(prepared(criteria(equal())), regions)
    one, *others = basis.results
    gap = replace(one, facts=replace(one.facts, population=Figure.missing()))
    unknown = replace(basis, recommendation=replace(basis.recommendation, municipalities=(gap, *others)))
    assert plain_of(gap, unknown) == {}
    assert reason_in_words(gap, unknown).endswith("gir 25,0 personer.")


def test_parts_that_are_shown_in_tenths_add_up_to_the_number(regions: Regions) -> None:
    basis = told(prepared(criteria(by_population(), equal()), total=97), regions)
    for one in basis.results:
        parts = [row.persons for row in basis.explanations[one.code].rows]
        assert sum(parts) == one.recommended
        assert all(10 * part == int(10 * part) for part in parts)


def test_where_the_number_has_just_been_told_the_reason_stands_alone(regions: Regions) -> None:
    basis = told(prepared(criteria(by_population(), equal())), regions)
    for one in basis.results:
        why = why_in_words(one, basis)
        assert reason_in_words(one, basis) == f"{one.name}: {one.recommended} personer. {why}"
        blocks = facts_page(one, basis)
        assert [block for block in blocks if isinstance(block, Paragraph)][1].content == (why,)


def test_the_page_begins_with_number_and_reason_then_rules_then_the_range(regions: Regions) -> None:
    basis = told(
        prepared(
            criteria(by_population(), equal()), beside=[replace(criteria(equal()), id="like", title="Likt")]
        ),
        regions,
    )
    one = basis.results[0]
    page = municipality_page(one, basis)
    assert isinstance(page.answer, Paragraph)
    assert page.answer.lead
    assert page.answer.content == (reason_in_words(one, basis),)
    lines = [str(block.content[0]) for block in page.held if isinstance(block, Paragraph)]
    assert lines == [rules_line(one, basis), range_line(one, basis)]
    assert lines == ["Ingen regler gjelder.", "Mellom 25 og 35 i anbefalingen og de 3 alternativene."]
    assert [type(block) for block in page.how] == [Picture, Table]


def checked(basis: Basis) -> None:
    """Check the sentences of a whole county against the exact parts, counted anew here."""
    people = {one.code: one.facts.population.value for one in basis.results}
    comparison = basis.discussion.comparison
    for one in basis.results:
        reason, said = reason_of(one, basis), reason_in_words(one, basis)
        given = {part.criterion: part.persons for part in one.explanation.contributions}
        assert said.startswith(f"{one.name}: ")
        assert said.endswith(".")
        assert "{" not in said
        if max(given.values()) > 0:
            assert given[reason.largest[0]] == max(given.values())
            assert f"«{basis.criteria[reason.largest[0]].name}»" in said or basis.alone
        else:
            assert reason.largest == ()
        if all(value is not None for value in people.values()):
            share = Fraction(people[one.code] or 0) / sum(Fraction(value or 0) for value in people.values())
            fewer = {
                name: share
                * sum(
                    part.persons
                    for other in basis.results
                    for part in other.explanation.contributions
                    if part.criterion == name
                )
                - persons
                for name, persons in given.items()
            }
            assert below_population(one, basis) == fewer
            if reason.lowered is not None:
                assert reason.lowered == (reason.lowered[0], max(fewer.values()))
                assert given[reason.lowered[0]] < given[reason.lowered[0]] + reason.lowered[1]
        if comparison is not None:
            low, high = comparison.spans[one.code]
            assert low <= one.recommended <= high
            words = basis.words
            line = range_line(one, basis)
            assert low == high or line.startswith(f"Mellom {words.number(low)} og {words.number(high)} i ")


@pytest.mark.parametrize(("county", "chosen"), by_turns(tuple(COUNTIES), shipped_criteria()))
def test_every_reason_names_a_true_largest_part(
    county: str, chosen: str, store: Store, regions: Regions
) -> None:
    total = 30 + 14 * len(regions.municipalities(2027, county))
    if chosen == "district-growth" and county in NO_DISTRICTS:
        with pytest.raises(InputError, match="ingen kommuner i fylket noe å fordele etter"):
            recommend(county, 2027, total, criteria=chosen, store=store, regions=regions)
        return
    made = recommend(county, 2027, total, criteria=chosen, store=store, regions=regions)
    checked(basis_of(made, regions, locale="nb", issued=ISSUED))


@pytest.mark.parametrize("county", ["40", "56"])
def test_the_range_holds_the_number(county: str) -> None:
    checked(told(prepare(county, 2027, 545), load_regions()))
