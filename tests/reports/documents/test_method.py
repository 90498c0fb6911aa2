"""Keys and rules in plain words, one sentence for every form there is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.method import example_in_words, key_in_words
from fotfeste.reports.documents.naming import rule_in_words, short_period
from fotfeste.settlement.criteria import Key, KeyForm, Rule, RuleKind


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            Key(KeyForm.POWER, "population"),
            "Fordeles etter «folketall»: dobbelt så stort tall gir dobbelt så mange personer",
        ),
        (
            Key(KeyForm.POWER, "population", exponent=Fraction(7, 10)),
            "gir 1,62 ganger så mange personer (eksponent 0,7)",
        ),
        (
            Key(
                KeyForm.RELATIVE,
                "population",
                "refugee_share",
                Fraction(-1),
                limits=(Fraction(1, 2), Fraction(2)),
            ),
            "kommuner under fylkets nivå får mer, kommuner over får mindre. Justeringen holdes mellom 0,5 og 2 ganger.",
        ),
        (
            Key(KeyForm.RELATIVE, "population", "refugee_share", Fraction(1, 2)),
            "kommuner over fylkets nivå får mer, kommuner under får mindre.",
        ),
        (Key(KeyForm.SHORTFALL, "population", "settled_5y"), "Det kommunen alt har, trekkes fra."),
        (
            Key(KeyForm.SHORTFALL, "population", "settled_5y", base_exponent=Fraction(7, 10)),
            "«Dempet» betyr at dobbelt så stort tall teller 1,62 ganger så mye (eksponent 0,7).",
        ),
        (
            Key(KeyForm.DOUBLE_SHARE, "population", "immigrants"),
            "to ganger dens andel etter folketall, minus dens andel",
        ),
        (Key(KeyForm.WHERE, "population", "district"), "der svaret er ja på «distriktskommune»"),
        (Key(KeyForm.WHERE, "population", "centrality_class", at_least=Fraction(5)), "er minst 5"),
        (Key(KeyForm.EQUAL), "alle kommuner får like mange personer"),
    ],
)
def test_every_key_is_told_in_words(key: Key, words: str, basis: Basis) -> None:
    assert words in key_in_words(key, basis)


@pytest.mark.parametrize("form", list(KeyForm))
def test_no_form_of_key_is_left_without_words(form: KeyForm, basis: Basis) -> None:
    assert key_in_words(Key(form, "population", "refugee_share"), basis).endswith(".")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(RuleKind.EXCLUDE, ("4003",)), "Skien er holdt utenfor og får ingen."),
        (Rule(RuleKind.LOCK, ("4001", "4003"), 20), "Tallet for Porsgrunn og Skien er satt til 20."),
        (
            Rule(RuleKind.TRANSFER, ("4003",), 5, receiver="4001"),
            "5 personer flyttes fra Skien til Porsgrunn.",
        ),
        (Rule(RuleKind.FLOOR, (), 10), "Minst 10 personer (alle kommuner)."),
        (Rule(RuleKind.ZERO_OR_FLOOR, (), 10), "Enten ingen eller minst 10 personer (alle kommuner)."),
        (Rule(RuleKind.CAP, ("4003",), 60), "Høyst 60 personer (Skien)."),
        (
            Rule(RuleKind.CONTINUITY, (), 30, years=3),
            "Bosatte de siste 3 årene og årets tall skal til sammen være minst 30",
        ),
        (
            Rule(RuleKind.CONTINUITY, (), 10, years=3, origin="replies"),
            "Har den ikke oppgitt noe, er minstetallet 10.",
        ),
        (
            Rule(RuleKind.MAX_CHANGE, (), share=Fraction(1, 4)),
            "Tallet endres høyst 25\u00a0% fra anmodningen året før",
        ),
        (Rule(RuleKind.MAX_CHANGE, (), 15), "Tallet endres med høyst 15 personer"),
    ],
)
def test_every_rule_is_told_in_words(rule: Rule, words: str, basis: Basis) -> None:
    assert words in rule_in_words(rule, basis)


def test_the_example_tells_the_figure_and_the_persons(basis: Basis) -> None:
    told = example_in_words(basis.used_criteria[0], basis.results[0], basis)
    assert told.startswith("Porsgrunn: folketall 37\u00a0000. Av 72 personer gir kriteriet Porsgrunn ")


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("1.1.2021–1.1.2026", "2021–2026"),
        ("1.–10.2022", "2022"),
        ("2021–2025", "2021–2025"),
        ("1.2024", "2024"),
        ("", ""),
        ("ukjent", "ukjent"),
    ],
)
def test_a_period_is_shortened_to_its_years(period: str, years: str) -> None:
    assert short_period(period) == years
