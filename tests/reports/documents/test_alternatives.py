"""What the case paper and the workbook say of alternatives, weights and rules, on a county worked out by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.settlement.discussed import CODES, equal, prepared
from tests.settlement.examples import by_population, criteria, criterion, rule

from fotfeste.messages import Locale
from fotfeste.regions import Regions
from fotfeste.reports import svg
from fotfeste.reports.blocks import Aside, Block, Bullets, Heading, Paragraph, Picture, Table
from fotfeste.reports.documents.alternatives import alternatives_section
from fotfeste.reports.documents.alternatives_tables import discussion_sheets, letters, numbers_tables
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.case_paper import case_paper
from fotfeste.reports.documents.costs_tables import held_table
from fotfeste.reports.documents.facts_page import range_line
from fotfeste.reports.documents.weights_and_costs import rule_costs_blocks
from fotfeste.reports.documents.workbook import workbook
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Key, KeyForm, RuleKind
from fotfeste.settlement.discuss import discuss
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.rule_costs import RuleCost

ISSUED = date(2026, 11, 21)
CAPPED = criteria(by_population(), equal(), rules=[rule(RuleKind.CAP, "4003", persons=30)])
OTHER = replace(criteria(equal()), id="equal", title="Like mange {sic} <b>", origin="like.toml")
LACKING = replace(
    criteria(criterion("n", 1, Key(KeyForm.POWER, base="newcomers"))), id="n", title="Uten tall"
)
PAST = dict(zip(CODES, [Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 8)], strict=True))


def told(made: Prepared, regions: Regions, locale: Locale = "nb") -> Basis:
    recommendation = calculate(made)
    return basis_of(
        recommendation, regions, locale=locale, issued=ISSUED, discussion=discuss(made, recommendation)
    )


@pytest.fixture
def basis(regions: Regions) -> Basis:
    return told(prepared(CAPPED, beside=[OTHER, LACKING], past=PAST), regions)


def words(blocks: list[Block]) -> str:
    found = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found += [str(piece) for piece in block.content]
            case Bullets():
                found += [str(piece) for item in block.items for piece in item]
            case Aside():
                found += [block.title, *map(str, block.content)]
    return "\n".join(found)


def tables(blocks: list[Block]) -> dict[str, Table]:
    return {block.caption: block for block in blocks if isinstance(block, Table)}


def test_the_recommendation_comes_first_and_the_last_row_is_the_distance(basis: Basis) -> None:
    (table,) = numbers_tables(basis.discussion.comparison, basis)  # type: ignore[arg-type]
    assert [column.title for column in table.columns] == ["Kommune", "A", "B", "C", "D", "E", "Lavest–høyest"]
    assert table.rows[0][:4] == ("Kommune 4003", 30, 25, 35)
    assert table.rows[0][-1] == "25–35"
    assert table.rows[-1][:2] == ("Flyttes fra A", 0)
    assert len(table.rows) == len(CODES) + 1


def test_the_paper_says_what_all_agree_on_and_who_gains_and_loses(basis: Basis) -> None:
    said = words(alternatives_section(basis))
    comparison = basis.discussion.comparison
    assert comparison is not None
    assert f"Alle plasserer {comparison.agreed} av 100 personer i de samme kommunene." in said
    assert "B, Like mange {sic} <b>: " in said
    assert "Kommune 4003 (−5)" in said


def test_an_alternative_that_cannot_be_worked_out_is_told_with_the_reason(basis: Basis) -> None:
    blocks = alternatives_section(basis)
    assert "«Uten tall» kan ikke regnes ut" in words(blocks)
    rows = tables(blocks)["Alternativene"].rows
    assert ("–", "Uten tall", "kan ikke regnes ut") in [(row[0], row[1], row[-1]) for row in rows]


def test_past_practice_carries_its_warning(basis: Basis) -> None:
    asides = [block for block in alternatives_section(basis) if isinstance(block, Aside)]
    assert [aside.title for aside in asides] == ["Om alternativet «Fortsatt som før»"]
    assert "sier ikke om fordelingen var god" in str(asides[0].content)


def test_the_pictures_can_be_read_without_seeing_them(basis: Basis) -> None:
    pictures = [block for block in alternatives_section(basis) if isinstance(block, Picture)]
    assert len(pictures) == 2
    for picture in pictures:
        svg.check(picture.svg)
        assert re.search(r"<title>.+</title><desc>.+</desc>", picture.svg)
        assert all(f"Kommune {code}" in picture.alternative for code in CODES)
    assert "Kommune 4003: anbefalt 30, alternativene 25–" in pictures[0].alternative


def test_weights_stand_beside_what_they_move(basis: Basis) -> None:
    table = tables(alternatives_section(basis))["Vekten i kriteriefilen, og hva hvert kriterium flytter"]
    assert table.rows[0][:4] == ("size", Fraction(1, 2), Fraction(1, 2), Fraction(25, 2))
    assert table.rows[2][5] == Fraction(875, 1000)


def test_a_cap_is_told_with_what_the_others_get(basis: Basis) -> None:
    found = tables(alternatives_section(basis))
    row = found["Hva en regel i én kommune koster de andre"].rows[0]
    assert row[:5] == ("Kommune 4003", "Tak", 30, 35, 5)
    assert "+" in str(row[5])
    assert found["Hva hver regel flytter når alle de andre gjelder"].rows[0][:2] == ("Tak", 5)


def test_only_the_five_rules_that_mean_most_to_the_others_are_in_the_paper(basis: Basis) -> None:
    costs = tuple(
        RuleCost(RuleKind.CAP, str(4000 + cost), 10, (), {str(4000 + cost): -cost, "4099": cost})
        for cost in (1, 7, 3, 9, 5, 8)
    )
    paper = rule_costs_blocks(costs, basis)
    table = tables(paper)["Hva en regel i én kommune koster de andre"]
    assert [row[4] for row in table.rows] == [9, 8, 7, 5, 3]
    assert "Resten står i arbeidsboken, i arket «Regelkostnader»." in table.note
    every = held_table(costs, basis)
    assert every is not None
    assert len(every.rows) == len(costs)
    few = held_table(costs[:5], basis, 5)
    assert few is not None
    assert "arbeidsboken" not in few.note
    sheets = {
        sheet.name: sheet.table
        for sheet in discussion_sheets(replace(basis, discussion=Discussion(costs=costs)))
    }
    assert len(sheets["Regelkostnader"].rows) == 2 * len(costs)


def test_without_rules_the_paper_says_that_nothing_costs_anything(regions: Regions) -> None:
    made = told(prepared(criteria(by_population(), equal())), regions)
    assert "Ingen regler gjelder, så ingen regler koster noe." in words(alternatives_section(made))


def test_rules_that_change_nothing_are_said_to_change_nothing(regions: Regions) -> None:
    idle = criteria(by_population(), equal(), rules=[rule(RuleKind.CAP, persons=90)])
    blocks = alternatives_section(told(prepared(idle), regions))
    assert "Ingen tall endres av «Tak»." in words(blocks)
    assert "Hva hver regel flytter når alle de andre gjelder" not in tables(blocks)


def test_minors_are_said_to_be_the_same_and_a_number_set_by_hand_to_hold_in_the_recommendation(
    regions: Regions,
) -> None:
    made = prepared(CAPPED, overrides={"4036": 12}, minors={"4003": 2})
    blocks = alternatives_section(told(made, regions))
    said = words(blocks)
    assert "Enslige mindreårige er fordelt likt i alle." in said
    assert "er tallet satt for hånd i Kommune 4036. Det gjelder bare der" in said
    rules = {row[0]: str(row[3]) for row in tables(blocks)["Alternativene"].rows}
    assert "Satt for hånd: Kommune 4036 (12)." in rules["A"]
    assert not any("Satt for hånd" in rule for letter, rule in rules.items() if letter != "A")
    assert "Som i anbefalingen, uten tallene som er satt for hånd" in rules.values()
    drawn = next(block for block in blocks if isinstance(block, Picture))
    assert "Kommune 4036 (satt for hånd): anbefalt 12" in drawn.alternative
    assert "Kommune 4003 (satt" not in drawn.alternative


def test_numbers_set_by_hand_without_any_rule_are_not_called_no_rules(regions: Regions) -> None:
    made = prepared(criteria(by_population()), beside=[OTHER], overrides={"4036": 12})
    rules = [row[3] for row in tables(alternatives_section(told(made, regions)))["Alternativene"].rows]
    assert rules[0] == "Satt for hånd: Kommune 4036 (12)."
    assert set(rules[1:]) == {"Ingen"}


def test_the_number_of_alternatives_is_that_of_those_that_have_numbers(basis: Basis) -> None:
    comparison = basis.discussion.comparison
    assert comparison is not None
    said = words(alternatives_section(basis))
    count = len(comparison.counted) - 1
    assert f"ved siden av {count} andre måter" in said
    assert "Ett alternativ til kan ikke regnes ut." in said
    assert f"de {count} alternativene" in range_line(basis.results[0], basis)


def test_many_alternatives_are_shown_in_several_tables_each_with_the_recommendation(regions: Regions) -> None:
    many = [replace(OTHER, id=f"like-{n}", title=f"Like {n}") for n in range(25)]
    made = told(prepared(CAPPED, beside=many), regions)
    comparison = made.discussion.comparison
    assert comparison is not None
    shown = numbers_tables(comparison, made)
    assert [table.columns[1].title for table in shown] == ["A", "A", "A"]
    seen = [column.title for table in shown for column in table.columns[2:-1]]
    assert ["A", *seen] == list(letters(comparison).values())
    assert seen[-2:] == ["AA", "AB"]


def test_the_workbook_has_the_same_numbers_with_full_titles(basis: Basis) -> None:
    sheets = {sheet.name: sheet.table for sheet in discussion_sheets(basis)}
    assert list(sheets) == ["Alternativer", "Avstander", "Vekter", "Regelkostnader"]
    assert sheets["Alternativer"].columns[2].title == "Anbefalingen (Test)"
    assert "«Uten tall» kan ikke regnes ut" in sheets["Alternativer"].note
    costs = [row for row in sheets["Regelkostnader"].rows if row[1] == "Kommune 4003"]
    assert costs
    assert sum(int(str(row[4])) for row in costs) == 0
    named = [sheet.name for sheet in workbook(basis).sheets]
    assert [name for name in named if name in sheets] == list(sheets)


def test_nothing_discussed_leaves_the_section_and_the_sheets_out(regions: Regions) -> None:
    alone = told(prepared(criteria(by_population()), people={"4003": 10}), regions)
    assert alternatives_section(alone) == []
    assert discussion_sheets(alone) == []
    headings = [block.text for block in case_paper(alone).blocks if isinstance(block, Heading)]
    assert "Alternativer" not in headings


def test_the_section_stands_after_the_result(basis: Basis) -> None:
    headings = [
        block.text for block in case_paper(basis).blocks if isinstance(block, Heading) and block.level == 1
    ]
    place = headings.index("Alternativer")
    assert headings.index("Resultatet") < headings.index("Resultatet i bilder") < place
    assert headings[place : place + 3] == [
        "Alternativer",
        "Hva vektene egentlig betyr",
        "Hva reglene koster de andre",
    ]


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_no_placeholder_is_left_in_any_language(regions: Regions, locale: Locale) -> None:
    made = told(prepared(CAPPED, beside=[LACKING], past=PAST), regions, locale)
    assert "{" not in words(alternatives_section(made))
