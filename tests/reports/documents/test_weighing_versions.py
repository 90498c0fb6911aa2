"""Versions of a weighing beside each other: told in a sentence, as two columns, and with the alternatives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

from tests.settlement.weighing.examples import AT, SKIEN, choices, ready, rule

from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.reports.blocks import Bullets, Picture, Table
from fotfeste.reports.documents.alternatives import agreement_in_words, deciding, introduction
from fotfeste.reports.documents.alternatives_pictures import KINDS, spread_pictures
from fotfeste.reports.documents.basis import basis_of
from fotfeste.reports.documents.weighing import sentence, weighing_table
from fotfeste.reports.documents.weighing_versions import felt, named_beside, side_by_side, versions_blocks
from fotfeste.settlement.alternatives import AlternativeKind
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import AddRule, Override, RemoveRule, SetTotal
from fotfeste.settlement.weighing.weighed import VersionChange, Weighed, compare_versions, weigh

NB = language("nb")
NAMES = {"4001": "Porsgrunn", "4003": "Skien", "4005": "Notodden", "4010": "Siljan"}


def weighed(*changes: object) -> Weighed:
    chosen = choices()
    for one in changes:
        chosen = apply(chosen, one, AT)  # type: ignore[arg-type]
    return weigh(ready(), chosen, ranges=False)


def override(persons: int) -> Override:
    return Override(SKIEN, persons, "Prøve", "rådgiver", "Navn Navnesen")


def test_a_change_is_told_by_municipality_the_largest_first() -> None:
    change = VersionChange({"4001": -2, "4003": 3, "4005": -1, "4010": 1}, 4, 3)
    assert (
        felt(change, NAMES, NB)
        == "Skien 3 flere, Porsgrunn 2 færre, Notodden 1 person færre, Siljan 1 person flere."
    )


def test_a_change_of_many_names_some_and_counts_the_rest() -> None:
    names = {f"{code}": f"Sted {code}" for code in range(4001, 4010)}
    told = felt(VersionChange(dict.fromkeys(names, 2), 18, 0), names, NB)
    assert told.count("flere") == 6
    assert told.endswith("og 3 kommuner til.")


def test_no_change_is_told_as_none() -> None:
    assert felt(VersionChange({}, 0, 0), NAMES, NB) == "Ingen tall er endret."


def test_two_versions_stand_as_columns_with_what_was_chosen_differently() -> None:
    first, second = weighed(), weighed(override(90))
    told, table = versions_blocks(("Versjon 1", first), ("Versjon 2", second), NB)
    assert isinstance(told, Bullets)
    assert isinstance(table, Table)
    assert told.items == (("Skien er satt til 90 av rådgiver. Begrunnelse: Prøve.",),)
    row = next(one for one in table.rows if one[0] == "Skien")
    assert row == ("Skien", first.numbers[SKIEN], 90, 90 - first.numbers[SKIEN])
    assert sum(one[3] for one in table.rows) == 0  # type: ignore[misc]
    assert "Navnesen" not in str(told) + str(table)


def test_the_same_choices_are_told_as_the_same() -> None:
    told, _ = versions_blocks(("Versjon 1", weighed()), ("Versjon 3", weighed()), NB)
    assert told == Bullets((("Valgene er de samme.",),))


def test_a_version_without_numbers_shows_that_they_are_missing() -> None:
    impossible = weighed(AddRule(rule(RuleKind.FLOOR, persons=60)))
    _, table = versions_blocks(("Versjon 1", weighed()), ("Versjon 2", impossible), NB)
    assert isinstance(table, Table)
    assert all(not row[2].known and not row[3].known for row in table.rows)  # type: ignore[union-attr]


def test_named_versions_stand_after_the_chosen_and_before_the_usual_alternatives() -> None:
    chosen, other = weighed(), weighed(override(90))
    comparison = named_beside(chosen, [(2, "Få boliger", other)], NB)
    assert comparison is not None
    ids = [one.id for one in comparison.alternatives]
    assert ids[1] == "version-2-0"
    assert len(ids) > 4
    assert NB.text(comparison.alternatives[1].title) == "Få boliger (versjon 2)"
    assert comparison.changes(comparison.alternatives[1])[SKIEN] == 90 - chosen.numbers[SKIEN]


def test_a_named_version_of_another_total_says_so() -> None:
    comparison = named_beside(weighed(), [(2, "Halvert", weighed(SetTotal(270, 0)))], NB)
    assert comparison is not None
    assert NB.text(comparison.alternatives[1].title) == "Halvert (versjon 2, 270 personer)"


def test_a_named_version_without_numbers_counts_in_nothing() -> None:
    impossible = weighed(AddRule(rule(RuleKind.FLOOR, persons=60)))
    comparison = named_beside(weighed(), [(2, "Gikk ikke", impossible)], NB)
    assert comparison is not None
    assert "version-2-0" not in {one.id for one in comparison.counted}
    assert named_beside(impossible, [], NB) is None
    chosen = weighed()
    assert chosen.recommendation is not None
    basis = basis_of(chosen.recommendation, load_regions(), locale="nb", issued=date(2026, 11, 21))
    (why,) = [one for one in side_by_side(comparison, basis) if isinstance(one, Bullets)]
    assert any(
        str(item[0]).startswith("«Gikk ikke (versjon 2)» kan ikke regnes ut: Reglene kan ikke oppfylles")
        for item in why.items
    )


def test_alternatives_side_by_side_have_a_picture_and_a_table_of_every_municipality() -> None:
    chosen = weighed()
    comparison = named_beside(chosen, [(1, "Først", chosen)], NB)
    assert comparison is not None
    assert chosen.recommendation is not None
    basis = basis_of(chosen.recommendation, load_regions(), locale="nb", issued=date(2026, 11, 21))
    blocks = side_by_side(comparison, basis)
    assert isinstance(blocks[0], Picture)
    tables = [one for one in blocks if isinstance(one, Table)]
    assert any("Skien" in [row[0] for row in one.rows] for one in tables)


def test_named_versions_have_a_shape_of_their_own_and_are_not_called_other_criteria() -> None:
    chosen, other = weighed(), weighed(override(90))
    comparison = named_beside(chosen, [(2, "Få boliger", other)], NB)
    assert comparison is not None
    assert chosen.recommendation is not None
    basis = basis_of(chosen.recommendation, load_regions(), locale="nb", issued=date(2026, 11, 21))
    assert comparison.alternatives[1].kind == "version"
    only = replace(comparison, alternatives=comparison.alternatives[:2])
    (picture,) = spread_pictures(only, basis)
    assert "Versjoner med navn" in picture.svg
    assert "Andre kriterier" not in picture.svg
    whole = spread_pictures(comparison, basis)[0].svg
    assert "Versjoner med navn" in whole
    assert "Andre kriterier" in whole


def test_every_kind_of_alternative_has_its_place_in_the_picture() -> None:
    assert {"chosen", *KINDS} == set(get_args(AlternativeKind))


def test_one_person_is_one_person() -> None:
    alone = weighed(*[RemoveRule(one) for one in choices().criteria.rules], SetTotal(1, 0))
    assert alone.recommendation is not None
    basis = basis_of(alone.recommendation, load_regions(), locale="nb", issued=date(2026, 11, 21))
    assert sentence(basis, None).startswith("1 person er fordelt på én kommune i Telemark for 2027.")
    comparison = alone.alternatives
    assert comparison is not None
    told = " ".join(
        [
            *deciding(comparison, basis),
            introduction(comparison, basis),
            *agreement_in_words(comparison, basis),
        ]
    )
    assert "1 personer" not in told
    assert "av 1 person " in told
    assert "å fordele den samme personen på" in told


def test_the_table_says_how_each_number_differs_from_last_years_request() -> None:
    after = weighed(override(90))
    assert after.recommendation is not None
    basis = basis_of(after.recommendation, load_regions(), locale="nb", issued=date(2026, 11, 21))
    table = weighing_table(basis, compare_versions(weighed(), after))
    titles = [one.title for one in table.columns]
    row = dict(zip(titles, next(one for one in table.rows if one[0] == "Skien"), strict=True))
    assert row["Anmodet 2026"].value == 91  # type: ignore[union-attr]
    assert row["Endring fra 2026"] == 90 - 91
    siljan = dict(zip(titles, next(one for one in table.rows if one[0] == "Siljan"), strict=True))
    assert not siljan["Endring fra 2026"].known  # type: ignore[union-attr]
