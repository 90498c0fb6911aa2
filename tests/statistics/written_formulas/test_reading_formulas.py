"""Written formulas: what they mean, and where and why one cannot be read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.statistics.written_formulas.reading import DEEPEST, LONGEST, WORDS, read_formula
from fotfeste.statistics.written_formulas.tree import (
    Counted,
    Difference,
    Filter,
    Number,
    Published,
    Quotient,
    Scaled,
    Shifted,
    Span,
    Sum,
    Tree,
    datasets_in,
    numerator_and_base,
    only_adds,
)

A = Counted("a", (), None, 0)


def test_a_count_chooses_values_spans_and_a_year() -> None:
    found = read_formula('people[age=20..66, sex=male|female, name="a b", year=2021]')
    assert found == Counted(
        "people",
        (
            Filter("age", span=Span(20, 66)),
            Filter("sex", ("male", "female")),
            Filter("name", ("a b",)),
        ),
        2021,
        0,
    )


def test_times_binds_before_plus_and_parentheses_before_both() -> None:
    assert read_formula("a[] + a[] × 2") == Sum((A, Scaled(Counted("a", (), None, 6), Fraction(2))))
    assert read_formula("(a[] + a[]) × 2") == Scaled(
        Sum((Counted("a", (), None, 1), Counted("a", (), None, 7))), Fraction(2)
    )
    assert read_formula("a[] − a[] − a[]") == Difference(
        Difference(A, Counted("a", (), None, 6)), Counted("a", (), None, 12)
    )


@pytest.mark.parametrize("written", ["a[] * 2 / 4", "a[] · 2 ÷ 4", "a[]×2÷4", "2 × a[] ÷ 4"])
def test_signs_of_every_keyboard_mean_the_same(written: str) -> None:
    factor, tree = Fraction(1), read_formula(written)
    while isinstance(tree, Scaled):
        factor, tree = factor * tree.factor, tree.inner
    assert isinstance(tree, Counted)
    assert factor == Fraction(1, 2)


def test_decimals_with_point_and_comma_are_exact() -> None:
    assert read_formula("a[] × 0,1") == read_formula("a[] × 0.1") == Scaled(A, Fraction(1, 10))


def test_words_are_short_for_sums_shifts_and_quotients() -> None:
    three = Sum(
        (
            Counted("a", (), None, 10),
            Shifted(Counted("a", (), None, 10), 1),
            Shifted(Counted("a", (), None, 10), 2),
        )
    )
    assert read_formula("sum_years(a[], 3)") == three
    mean = read_formula("mean_years(a[], 3)")
    assert isinstance(mean, Scaled)
    assert mean.factor == Fraction(1, 3)
    b = Counted("a", (), None, 7)
    assert read_formula("change(a[], 5)") == Difference(b, Shifted(b, 5))
    assert read_formula("growth(a[], 5)") == Quotient(Difference(b, Shifted(b, 5)), Shifted(b, 5))
    assert read_formula("per_1000(a[], b[])") == Scaled(
        Quotient(Counted("a", (), None, 9), Counted("b", (), None, 14)), Fraction(1000)
    )
    assert read_formula("published(a[]) ÷ 100") == Scaled(
        Published(Counted("a", (), None, 10)), Fraction(1, 100)
    )


def test_a_rate_knows_its_numerator_and_its_base() -> None:
    found = read_formula("per_1000(sum_years(a[], 2), b[])")
    rate = numerator_and_base(found)
    assert rate is not None
    assert only_adds(rate[0])
    assert isinstance(rate[1], Counted)
    assert datasets_in(found) == ("a", "b")
    assert numerator_and_base(read_formula("change(a[] ÷ b[], 5)")) is None
    assert not only_adds(read_formula("change(a[], 5)"))


@pytest.mark.parametrize(
    ("written", "place", "said"),
    [
        ("1 +", "linje 1, tegn 4", "slutten av formelen"),
        ("", "linje 1, tegn 1", "slutten av formelen"),
        ("a[b=c", "linje 1, tegn 6", "«]»"),
        ("a[=c]", "linje 1, tegn 3", "navnet på en kolonne"),
        ("a[b=]", "linje 1, tegn 5", "verdien"),
        ("a[b c]", "linje 1, tegn 5", "«=»"),
        ("a[] × b[]", "linje 1, tegn 5", "fast tall"),
        ("2 × 3", "linje 1, tegn 1", "bare et tall"),
        ("1 + 1", "linje 1, tegn 1", "bare et tall"),
        ("a[x=1] ÷\n  0", "linje 1, tegn 8", "deles det på null"),
        ("a[]\n+ € b[]", "linje 2, tegn 3", "«€»"),
        ("a[] b[]", "linje 1, tegn 5", "å være slutt"),
        ("(a[]", "linje 1, tegn 5", "«)»"),
        ("a", "linje 1, tegn 1", "utvalg i hakeparentes"),
        ("sum", "linje 1, tegn 1", "parentes"),
        ("foo(a[])", "linje 1, tegn 1", "«foo» er ikke et ord"),
        ("a[year=nu]", "linje 1, tegn 8", "årstall"),
        ("a[code=4003]", "linje 1, tegn 3", "«code»"),
        ("a[b=1, b=2]", "linje 1, tegn 8", "«b»"),
        ("sum_years(a[] ÷ b[], 3)", "linje 1, tegn 1", "snittet av andeler"),
        ("mean_years(published(a[]), 3)", "linje 1, tegn 1", "snittet av andeler"),
        ("change(a[], 0)", "linje 1, tegn 1", "helt tall"),
        ("change(a[], 1.5)", "linje 1, tegn 1", "helt tall"),
        ("change(a[], 51)", "linje 1, tegn 1", "helt tall"),
        ("change(a[])", "linje 1, tegn 1", "to ledd"),
        ("published(a[] + b[])", "linje 1, tegn 1", "datasett"),
        ("__import__('os')", "linje 1, tegn 1", "«__import__» er ikke et ord"),
        ("a[].value", "linje 1, tegn 4", "«.»"),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_way_out(written: str, place: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_formula(written, "egne.toml, min")
    text = str(caught.value)
    assert text.startswith(f"egne.toml, min, formelen, {place}: ")
    assert said in text
    assert "\n  → " in text


def test_long_and_deep_formulas_are_refused_and_not_run_into() -> None:
    for written in (
        "a[]" + " + a[]" * LONGEST,
        "(" * (DEEPEST + 5) + "a[]",
        "−" * (DEEPEST + 5) + "a[]",
        "sum(" * 300 + "a[]",
    ):
        with pytest.raises(InputError) as caught:
            read_formula(written)
        assert caught.value.problem.remedy


PIECES = st.sampled_from(
    [
        "a[]",
        "b[c=d]",
        "b[c=1..3]",
        "1",
        "0",
        "2,5",
        "+",
        "-",
        "−",
        "×",
        "÷",
        "(",
        ")",
        ",",
        "[",
        "]",
        "=",
        "|",
        "..",
        " ",
        "\n",
        *WORDS,
    ]
)


def read_or_refused(written: str) -> Tree | InputError:
    try:
        return read_formula(written)
    except InputError as error:
        return error


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=60))
def test_any_text_is_a_formula_or_a_fault_with_a_place_and_a_way_out(written: str) -> None:
    found = read_or_refused(written)
    if isinstance(found, InputError):
        assert found.code == "formula.syntax"
        assert found.problem.place
        assert found.problem.remedy
    else:
        assert not isinstance(found, Number)
