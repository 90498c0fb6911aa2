from __future__ import annotations

from datetime import UTC, datetime
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans.coding.made import plan

from fotfeste.errors import InputError
from fotfeste.plans.coding import (
    CodingLog,
    Score,
    Share,
    accept,
    agreement,
    bootstrap_interval,
    codes_given,
    disagreements,
    kappa,
    kappa_by_code,
    labels_as_text,
    labels_of_text,
    mark_read,
    mean_kappa,
    resolve,
    scores,
    settled_codes,
    total,
    units_of,
)  # fmt: skip
from fotfeste.plans.coding.labels import Label, Labels
from fotfeste.plans.documents.model import Document, Span

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def answers(both: int, first: int, second: int, neither: int) -> tuple[list[bool], list[bool]]:
    """What two say of the same units: both yes, the first alone, the second alone, neither."""
    return (
        [True] * (both + first) + [False] * (second + neither),
        [True] * both + [False] * first + [True] * second + [False] * neither,
    )


@pytest.mark.parametrize(
    ("table", "known"),
    [
        # The textbook example of 50 applications, and two tables with the same agreement and different kappa.
        ((20, 5, 10, 15), 0.4),
        ((45, 15, 25, 15), 0.1304347826),
        ((25, 35, 5, 35), 0.2592592593),
    ],
)
def test_kappa_is_as_in_the_literature(table: tuple[int, int, int, int], known: float) -> None:
    value = kappa(*answers(*table)).value
    assert value is not None
    assert isclose(value, known, abs_tol=1e-9)


def test_kappa_has_the_published_error_and_interval() -> None:
    # Fleiss and Paik's method as printed for 58, 4, 12, 31 by the R package statpsych (ci.kappa).
    one = kappa(*answers(58, 4, 12, 31))
    assert one.value is not None
    assert one.error is not None
    assert one.low is not None
    assert one.high is not None
    assert isclose(one.value, 0.6756757, abs_tol=5e-8)
    assert isclose(one.error, 0.07344761, abs_tol=5e-9)
    assert isclose(one.low, 0.5317210, abs_tol=5e-8)
    assert isclose(one.high, 0.8196303, abs_tol=5e-8)


def test_kappa_of_three_categories_is_that_of_fleiss_cohen_and_everitt() -> None:
    # Their table of 200 cases: .53 .05 .02 / .11 .14 .05 / .01 .06 .03.
    table = ((106, 10, 4), (22, 28, 10), (2, 12, 6))
    first = [row for row, line in enumerate(table) for n in line for _ in range(n)]
    second = [column for line in table for column, n in enumerate(line) for _ in range(n)]
    one = kappa(first, second)
    assert one.value is not None
    assert one.error is not None
    assert isclose(one.value, 0.429, abs_tol=5e-4)
    assert isclose(one.error, 0.0537, abs_tol=5e-5)


def test_kappa_is_not_defined_where_both_always_say_the_same_and_it_is_told() -> None:
    for table, told in (
        ((0, 0, 0, 9), "Ingen av de to"),
        ((9, 0, 0, 0), "på alt"),
        ((0, 0, 0, 0), "ikke lest"),
    ):
        one = kappa(*answers(*table))
        assert one.value is None
        assert one.low is None
        assert told in str(one.why)


def test_full_agreement_has_no_interval_and_says_so() -> None:
    one = kappa(*answers(5, 0, 0, 5))
    assert (one.value, one.low, one.high) == (1.0, None, None)
    assert "helt enige" in str(one.why)


def test_disagreeing_about_everything_is_minus_one_or_as_low_as_it_goes() -> None:
    assert kappa(*answers(0, 5, 5, 0)).value == -1.0


@given(*[st.integers(0, 30)] * 4)
def test_kappa_is_the_same_from_either_side_and_at_most_one(a: int, b: int, c: int, d: int) -> None:
    first, second = answers(a, b, c, d)
    one, other = kappa(first, second), kappa(second, first)
    assert (one.value is None) == (other.value is None)
    if one.value is not None and other.value is not None:
        assert isclose(one.value, other.value, abs_tol=1e-12)
        assert -1 - 1e-12 <= one.value <= 1 + 1e-12
        assert (one.value > 1 - 1e-12) == (b == c == 0)
    if one.low is not None and one.high is not None and one.value is not None:
        assert -1 <= one.low <= one.value + 1e-12
        assert one.value - 1e-12 <= one.high <= 1


def test_the_drawn_interval_is_near_the_published_one_and_the_same_each_time() -> None:
    first, second = answers(58, 4, 12, 31)
    one = bootstrap_interval(first, second, draws=400, seed=7)
    assert one == bootstrap_interval(first, second, draws=400, seed=7)
    assert one is not None
    assert abs(one[0] - 0.532) < 0.06
    assert abs(one[1] - 0.820) < 0.06
    assert bootstrap_interval(*answers(0, 0, 0, 20), draws=100, seed=7) is None


def test_kappa_is_worked_out_code_by_code() -> None:
    first = [frozenset({"mal"}), frozenset({"mal", "frist"}), frozenset[str](), frozenset[str]()]
    second = [frozenset({"mal"}), frozenset({"mal"}), frozenset[str](), frozenset[str]()]
    by_code = kappa_by_code(first, second, ["mal", "frist", "tiltak"])
    assert by_code["mal"].value == 1.0
    assert by_code["frist"].value == 0.0
    assert by_code["tiltak"].value is None
    assert mean_kappa(by_code) == 0.5


def coded(log: CodingLog, document: Document, coder: str, passage: int, code: str) -> CodingLog:
    span = document.passages[passage].span
    return accept(log, at=NOW, coder=coder, text_sha256=document.text_sha256, span=span, code=code)


DOCUMENT = plan("Flyktninger kommer.", "Målet er trygghet.", "Bussen går.", "= Innhold")
WHOLE = Span(0, len(DOCUMENT.text))


def two_coders() -> CodingLog:
    log = CodingLog("b")
    for coder in ("kari", "ola"):
        log = mark_read(log, at=NOW, coder=coder, text_sha256=DOCUMENT.text_sha256, span=WHOLE)
        log = coded(log, DOCUMENT, coder, 0, "flyktninger")
    return coded(log, DOCUMENT, "kari", 1, "mal")


def test_what_a_coder_has_read_and_not_coded_counts_as_a_no() -> None:
    units = units_of(DOCUMENT)
    assert len(units) == 3
    assert codes_given(two_coders(), "ola", units) == (frozenset({"flyktninger"}), frozenset(), frozenset())
    unread = coded(CodingLog("b"), DOCUMENT, "per", 0, "flyktninger")
    assert codes_given(unread, "per", units) == (frozenset({"flyktninger"}), None, None)
    assert agreement(two_coders(), "kari", "ola", units, ["flyktninger"])["flyktninger"].count == 3
    assert agreement(unread, "kari", "per", units, ["flyktninger"])["flyktninger"].count == 0


def test_a_disagreement_names_who_said_what_until_it_is_settled() -> None:
    units = units_of(DOCUMENT)
    (one,) = disagreements(two_coders(), ["kari", "ola"], units)
    assert (one.code, one.given_by, one.not_by, one.unit.passage) == ("mal", ("kari",), ("ola",), 1)
    assert [coding.coder for coding in one.codings] == ["kari"]
    assert one.settled is None
    assert settled_codes(two_coders(), ["kari", "ola"], units)[1] == frozenset()
    settled = resolve(
        two_coders(), at=NOW, coder="ola", text_sha256=DOCUMENT.text_sha256, span=units[1].span, code="mal", holds=True,
        memo="ja, en tilstand",
    )  # fmt: skip
    (one,) = disagreements(settled, ["kari", "ola"], units)
    assert one.settled is not None
    assert one.settled.holds
    assert settled_codes(settled, ["kari", "ola"], units)[1] == frozenset({"mal"})


def test_precision_and_recall_are_of_what_is_suggested_and_of_what_is_labelled() -> None:
    suggested = [frozenset({"mal"}), frozenset({"mal"}), frozenset[str](), frozenset[str]()]
    labelled = [frozenset({"mal"}), frozenset[str](), frozenset({"mal"}), frozenset({"mal"})]
    by_code = scores(suggested, labelled, ["mal", "frist"])
    assert by_code["mal"] == Score(1, 2, 3)
    assert by_code["mal"].precision.value == 0.5
    assert by_code["mal"].recall == Share(1, 3)
    assert by_code["mal"].f1 == 0.4
    assert (by_code["frist"].precision.value, by_code["frist"].recall.interval, by_code["frist"].f1) == (
        None,
        None,
        None,
    )
    assert total(by_code) == Score(1, 2, 3)


def test_the_interval_of_a_share_is_wilsons() -> None:
    # 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, method 3, worked example).
    interval = Share(81, 263).interval
    assert interval is not None
    assert [round(one, 4) for one in interval] == [0.2553, 0.3662]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 50), st.frozensets(st.sampled_from("abc"))), max_size=8
    )
)
def test_labels_read_back_and_hold_no_text(rows: list[tuple[int, int, frozenset[str]]]) -> None:
    labels = Labels(
        "b 2026-01-01", "leser-1", tuple(Label("", "f" * 64, Span(a, a + b), codes) for a, b, codes in rows)
    )
    assert labels_of_text(labels_as_text(labels), "x") == labels


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":"fotfeste-plan-labels","schema":9}', "x\ny"])
def test_files_that_are_no_labels_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        labels_of_text(text, "x")


def test_a_label_that_is_damaged_is_named_by_its_line() -> None:
    whole = labels_as_text(Labels("b", "l", (Label("", "f", Span(0, 3), frozenset({"mal"})),) * 2))
    with pytest.raises(InputError, match="Linje 3"):
        labels_of_text(whole[: whole.rindex('"codes"')] + '"codes":"mal"}', "x")
    with pytest.raises(InputError, match="Linje 2"):
        labels_of_text(whole.replace('"start":0', '"start":0.5'), "x")
