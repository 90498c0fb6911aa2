"""What people are told when rules cannot all be met adds up, with the minors and transfers that are part of it."""

from __future__ import annotations

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from fotfeste.errors import Infeasible
from fotfeste.settlement.conflict import find_conflict
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.domains import feasible
from fotfeste.settlement.engine import work_out
from fotfeste.settlement.rules import Beside, Bound, domains_of

from .examples import CODES, NAMES, by_population, criteria, inputs, rule, rule_inputs

SKIEN, MIDT, FYRESDAL, VINJE = CODES


def refused(*rules: Rule, total: int, minors: dict[str, int] | None = None) -> str:
    """Return the refusal in words; ``total`` has the minors in it."""
    shared = total - sum((minors or {}).values())
    with pytest.raises(Infeasible) as caught:
        work_out(criteria(by_population(), rules=rules), inputs(), rule_inputs(minors=minors), shared)
    return str(caught.value)


def test_minors_that_raise_a_municipality_to_its_floor_are_added_to_the_list() -> None:
    told = refused(
        rule(RuleKind.ZERO_OR_FLOOR, persons=10),
        rule(RuleKind.FLOOR, SKIEN, persons=50),
        rule(RuleKind.FLOOR, MIDT, persons=15),
        total=65,
        minors={FYRESDAL: 3},
    )
    assert "Minstetall – Skien: minst 50; Midt-Telemark: minst 15" in told
    assert "krever 65. I tillegg kommer Fyresdal: 10 («Ingen eller minstetall», enslige mindreårige)." in told
    assert "Reglene krever minst 75 personer" in told


def test_minors_alone_are_added_to_the_list() -> None:
    told = refused(rule(RuleKind.FLOOR, SKIEN, persons=50), total=52, minors={FYRESDAL: 2, VINJE: 2})
    assert "krever 50. I tillegg kommer Fyresdal, Vinje: 2 hver (enslige mindreårige)." in told
    assert "Reglene krever minst 54 personer" in told


def test_persons_moved_by_a_transfer_are_added_to_the_list() -> None:
    told = refused(
        rule(RuleKind.TRANSFER, SKIEN, receiver=VINJE, persons=8),
        rule(RuleKind.FLOOR, SKIEN, persons=60),
        total=65,
    )
    assert "krever 60. I tillegg kommer Vinje: 8 («Overføring mellom kommuner»)." in told
    assert "Reglene krever minst 68 personer" in told


def test_rules_that_lower_the_most_further_are_taken_from_the_list() -> None:
    told = refused(
        rule(RuleKind.ZERO_OR_FLOOR, persons=10),
        rule(RuleKind.CAP, SKIEN, MIDT, persons=20),
        rule(RuleKind.CAP, FYRESDAL, VINJE, persons=9),
        total=60,
    )
    assert "tillater 58. Fra det går Fyresdal, Vinje: 9 hver («Ingen eller minstetall»)." in told
    assert "Reglene tillater høyst 40 personer" in told


def test_a_list_that_adds_up_by_itself_gets_nothing_added() -> None:
    told = refused(rule(RuleKind.FLOOR, persons=20), total=71, minors={VINJE: 3})
    assert "krever minst 80" in told
    assert "I tillegg" not in told
    assert "mindreårige" not in told


def test_minors_above_a_cap_are_named_as_part_of_the_conflict() -> None:
    told = refused(rule(RuleKind.CAP, VINJE, persons=4), total=71, minors={VINJE: 6, FYRESDAL: 1})
    assert "uansett hvor mange" in told
    assert "Enslige mindreårige – Vinje: 6\n" in told
    assert "Overføring" not in told


def test_a_transfer_above_a_cap_is_named_as_part_of_the_conflict() -> None:
    told = refused(
        rule(RuleKind.TRANSFER, SKIEN, receiver=VINJE, persons=8),
        rule(RuleKind.CAP, VINJE, persons=4),
        total=71,
    )
    assert "Overføring mellom kommuner – Vinje tar imot 8\n" in told
    assert "mindreårige" not in told


bounds = st.lists(
    st.builds(
        lambda kind, code, low, width, or_zero: Bound(
            kind, code, NAMES[code], low, None if width > 8 else low + width, or_zero  # type: ignore[arg-type]
        ),
        st.sampled_from([RuleKind.FLOOR, RuleKind.CAP, RuleKind.ZERO_OR_FLOOR, RuleKind.LOCK]),
        st.sampled_from(CODES),
        st.integers(0, 8),
        st.integers(0, 12),
        st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@given(
    bounds,
    st.integers(1, 60),
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 5)),
    st.integers(-6, 6),
)
def test_what_is_named_and_what_is_not_add_up_to_the_total_that_is_told(
    given_bounds: list[Bound], total: int, minors: dict[str, int], moved: int
) -> None:
    beside = Beside(minors, {SKIEN: -moved, VINJE: moved})
    if feasible(domains_of(given_bounds, CODES, total, beside), total):
        return
    conflict = find_conflict(given_bounds, CODES, total, beside)
    rest = sum(one.persons for one in conflict.unnamed)
    event(str(conflict.side))
    assert all(one.persons > 0 and (one.kinds or one.minors) for one in conflict.unnamed)
    if conflict.side == "least":
        assert conflict.named + rest == conflict.above
    elif conflict.side == "most":
        assert conflict.named - rest == (conflict.below or 0)
    else:
        whole, roof = total + sum(minors.values()), 200
        apart = Beside(dict(conflict.minors), dict(conflict.moved))
        shared = whole - sum(map(apart.of, CODES))
        domains = domains_of(conflict.bounds, CODES, shared if conflict.with_total else roof, apart)
        assert not feasible(domains, shared) if conflict.with_total else any(one.empty for one in domains)
