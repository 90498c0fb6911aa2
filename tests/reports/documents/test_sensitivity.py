"""What the case paper says of how much the numbers stand: plain words, and only what moves where most do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from fotfeste.reports.blocks import Paragraph, Picture, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.sensitivity import sensitivity_section, sensitivity_sheets
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.rule_costs import RuleCost
from fotfeste.settlement.sensitivity import Range, Sensitivity, WeightRange, shipped_settings


def drawn(basis: Basis, moving: tuple[str, ...], criteria: int = 2) -> Basis:
    """The basis with invented draws in which only the ``moving`` numbers move."""
    ranges = tuple(
        Range(
            one.code, one.recommended, one.recommended, one.recommended + (2 if one.code in moving else 0),
            one.recommended, one.recommended + 3, "size", rises=True, follows=0.8,
        )
        for one in basis.results
    )  # fmt: skip
    weights = tuple(WeightRange(name, Fraction(1, 2), 0.4, 0.6) for name in ("size", "equal"))[:criteria]
    found = Sensitivity(shipped_settings(), ranges, weights, (), (), ("population",))
    return replace(basis, discussion=Discussion(sensitivity=found))


def running_text(basis: Basis) -> str:
    return " ".join(
        str(piece)
        for block in sensitivity_section(basis)
        if isinstance(block, Paragraph)
        for piece in block.content
    )


def names_shown(basis: Basis) -> list[object]:
    return [row[0] for block in sensitivity_section(basis) if isinstance(block, Table) for row in block.rows]


def test_where_most_numbers_stand_still_only_those_that_move_are_shown_and_all_are_in_the_workbook(
    basis: Basis,
) -> None:
    made = drawn(basis, ("4003",))
    assert names_shown(made) == ["Skien"]
    (sheet,) = sensitivity_sheets(made)
    assert len(sheet.table.rows) == len(made.results)
    assert f"Alle står i arbeidsboken, i arket «{sheet.name}»." in running_text(made)
    assert "5 kommuner har samme tall i hele intervallet." in running_text(made)


def test_where_most_numbers_move_all_are_shown(basis: Basis) -> None:
    made = drawn(basis, ("4001", "4003", "4005"))
    assert names_shown(made) == [one.name for one in made.results]
    assert "arbeidsboken" not in running_text(made)


def test_a_number_that_stands_still_is_told_with_the_rule_that_holds_it(basis: Basis) -> None:
    held = [one.name for one in basis.results if one.explanation.bindings]
    assert held
    told = running_text(drawn(basis, ("4003",)))
    assert f"Regelen «Ingen eller minstetall» holder tallet i {basis.words.join(held)}." in told
    assert "holder ingen regel tallet, men utslagene er for små" in told


def test_a_rule_that_keeps_a_number_from_growing_holds_it_even_where_it_did_not_change_it(
    basis: Basis,
) -> None:
    made = drawn(basis, ("4003",))
    caps = tuple(
        RuleCost(RuleKind.CAP, one.code, one.recommended, (), {})
        for one in basis.results
        if one.code != "4003"
    )
    told = running_text(replace(made, discussion=replace(made.discussion, costs=caps)))
    assert "Regelen «Tak» holder tallet i Porsgrunn" in told
    assert "holder ingen regel tallet" not in told


def test_where_no_number_moves_there_is_neither_picture_nor_table(basis: Basis) -> None:
    made = drawn(basis, ())
    assert not [block for block in sensitivity_section(made) if isinstance(block, Table | Picture)]
    assert "6 kommuner har samme tall" in running_text(made)


def test_the_words_of_the_trade_stand_in_the_note_only(make_basis: Callable[..., Basis]) -> None:
    made = drawn(make_basis(), ("4001", "4003", "4005"))
    (table,) = [block for block in sensitivity_section(made) if isinstance(block, Table)]
    for word in ("Dirichlet", "korrelasjon", "tetthet"):
        assert word not in running_text(made)
        assert word in table.note
    single = drawn(make_basis(), ("4001", "4003", "4005"), criteria=1)
    (table,) = [block for block in sensitivity_section(single) if isinstance(block, Table)]
    assert "Dirichlet" not in table.note
    assert "ingen vekter å trekke" in running_text(single)
