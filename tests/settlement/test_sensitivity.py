"""How sure the numbers are: draws that come out as the exact path has them, and ranges that say what they are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from fotfeste.errors import InputError
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.criteria_file import shipped_criteria
from fotfeste.settlement.drawing import Drawn, draw, uncertain_figures
from fotfeste.settlement.engine import work_out
from fotfeste.settlement.keys import key_values
from fotfeste.settlement.many import apportion_many
from fotfeste.settlement.mixture import number_of
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.sensitivity import Sensitivity, sensitivity, shipped_settings
from fotfeste.settlement.vector_keys import shares_of
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.uncertainty import Uncertainty
from tests.daily import LONG_RUN, every_nth

FEW = replace(shipped_settings(), draws=400)


@pytest.fixture(scope="module")
def telemark() -> Prepared:
    return prepare("Telemark", 2027, 545)


def numbers_of(prepared: Prepared) -> dict[str, int]:
    return {one.code: one.recommended for one in calculate(prepared).municipalities}


def drawn_of(prepared: Prepared, rows: int) -> Drawn:
    used = tuple(one for one in prepared.criteria.criteria if one.share)
    return draw(prepared, used, Fraction(50), rows, (1, 0))


def as_drawn(prepared: Prepared, drawn: Drawn, row: int) -> Prepared:
    """The same county with the weights and figures of one draw, for the exact path."""
    used = [one for one in prepared.criteria.criteria if one.share]
    weights = [Fraction(float(weight)) for weight in drawn.weights[row]]
    whole = sum(weights)
    criteria: Criteria = replace(
        prepared.criteria,
        criteria=tuple(replace(one, share=weight / whole) for one, weight in zip(used, weights, strict=True)),
    )
    figures = {
        name: {
            code: Figure.observed(Fraction(float(values[row if len(values) > 1 else 0, place])))
            for place, code in enumerate(prepared.codes)
        }
        for name, values in drawn.figures.items()
    }
    return replace(prepared, criteria=criteria, figures=figures)


@pytest.mark.parametrize("county", every_nth(2, ["Finnmark", "Telemark"]))
def test_two_hundred_draws_come_out_as_the_exact_path_has_them(county: str) -> None:
    prepared = prepare(county, 2027, 300)
    drawn = drawn_of(prepared, 200)
    used = [one for one in prepared.criteria.criteria if one.share]
    quotas = sum(
        300 * drawn.weights[:, place, None] * shares_of(one.key, drawn.figures, prepared, 300)
        for place, one in enumerate(used)
    )
    rules = prepared.rule_inputs(dict.fromkeys(prepared.codes, 0))
    worked = work_out(prepared.criteria, prepared.inputs(), rules, 300)
    from fotfeste.settlement.rules import domains_of

    domains = domains_of(worked.applied.bounds, prepared.codes, 300)
    vectorised = apportion_many(np.asarray(quotas), domains, 300, prepared.criteria.method)
    assert vectorised is not None
    different = 0
    for row in range(200):
        one = as_drawn(prepared, drawn, row)
        exact = work_out(one.criteria, one.inputs(), rules, 300)
        different += list(exact.numbers.values()) != vectorised[row].tolist()
    assert different == 0


@pytest.mark.parametrize("name", every_nth(3, shipped_criteria()))
def test_every_shipped_key_has_the_same_shares_in_floats_as_exactly(name: str) -> None:
    prepared = prepare("Innlandet", 2027, 1054, criteria=name)
    used = tuple(one for one in prepared.criteria.criteria if one.share)
    figures = {
        indicator: np.array([[float(number_of(by_code[code], "middle") or 0) for code in prepared.codes]])
        for indicator, by_code in prepared.figures.items()
    }
    exact = {
        indicator: {code: number_of(by_code[code], "middle") or Fraction(0) for code in prepared.codes}
        for indicator, by_code in prepared.figures.items()
    }
    levels = {
        indicator: number_of(level, "middle") or Fraction(0) for indicator, level in prepared.levels.items()
    }
    for one in used:
        values = key_values(one.key, prepared.codes, exact, levels, 1054)
        whole = sum(values.values())
        wanted = [float(values[code] / whole) for code in prepared.codes]
        assert shares_of(one.key, figures, prepared, 1054)[0] == pytest.approx(wanted, abs=1e-9)


def test_the_same_seed_gives_the_same_ranges_and_another_seed_others(telemark: Prepared) -> None:
    numbers = numbers_of(telemark)
    first = sensitivity(telemark, numbers, FEW)
    assert sensitivity(telemark, numbers, FEW) == first
    assert sensitivity(telemark, numbers, replace(FEW, seed=1)).weights != first.weights


def test_the_ranges_do_not_depend_on_how_many_worked(
    telemark: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.settlement import sensitivity as module

    numbers = numbers_of(telemark)
    monkeypatch.setattr(module, "CELLS", 17 * 50)
    monkeypatch.setattr(module, "WORKERS", 1)
    one = sensitivity(telemark, numbers, FEW)
    monkeypatch.setattr(module, "WORKERS", 4)
    assert sensitivity(telemark, numbers, FEW) == one


def spread(found: Sensitivity) -> int:
    return sum(one.high - one.low for one in found.ranges)


def test_weights_that_stay_nearer_give_narrower_ranges(telemark: Prepared) -> None:
    numbers = numbers_of(telemark)
    loose = sensitivity(telemark, numbers, replace(FEW, concentration=Fraction(20)))
    tight = sensitivity(telemark, numbers, replace(FEW, concentration=Fraction(20000)))
    assert spread(tight) < spread(loose) / 4
    for one in tight.weights:
        assert one.low == pytest.approx(float(one.chosen), abs=0.02)


def test_a_single_criterion_with_exact_figures_never_moves() -> None:
    prepared = prepare("Telemark", 2027, 545, criteria="danish-rule")
    found = sensitivity(prepared, numbers_of(prepared), FEW)
    assert all(one.low == one.high == one.chosen and one.mover is None for one in found.ranges)
    assert found.declared == found.bounded == ()


def test_declared_uncertainty_widens_the_ranges_and_is_named(telemark: Prepared) -> None:
    numbers = numbers_of(telemark)
    assert uncertain_figures(telemark)[0] == ()
    declared = replace(
        telemark,
        uncertainty={"reduced_work_capacity_share": Uncertainty("relative_sd", Fraction(1, 5), "test")},
    )
    before, after = (sensitivity(one, numbers, FEW) for one in (telemark, declared))
    assert spread(after) > spread(before)
    assert after.declared == ("reduced_work_capacity_share",)
    assert "reduced_work_capacity_share" in before.certain
    assert "population" in after.certain


def test_of_two_criteria_that_a_number_follows_alike_the_one_that_gives_more_is_told() -> None:
    prepared = prepare("Telemark", 2027, 545, criteria="labour-market")
    assert len(prepared.criteria.criteria) == 2
    found = sensitivity(prepared, numbers_of(prepared), FEW)
    moving = [one for one in found.ranges if one.mover]
    assert moving
    assert all(one.rises for one in moving if one.follows > 0.01)


@pytest.mark.parametrize("kind", ["half_width", "relative_sd"])
def test_a_figure_below_zero_is_drawn_around_itself_and_others_not_below_zero(
    telemark: Prepared, kind: Literal["half_width", "relative_sd"]
) -> None:
    name = "reduced_work_capacity_share"
    declared = replace(
        telemark,
        figures=telemark.figures
        | {name: {code: Figure.observed(Fraction(-3 if code == "4003" else 1)) for code in telemark.codes}},
        uncertainty={name: Uncertainty(kind, Fraction(2), "test")},
    )
    drawn = drawn_of(declared, 500).figures[name]
    skien = declared.codes.index("4003")
    assert drawn[:, skien].mean() == pytest.approx(-3, abs=1)
    assert drawn[:, skien].min() < -3
    assert np.delete(drawn, skien, axis=1).min() == 0


@LONG_RUN
def test_what_the_county_says_of_its_own_figures_is_drawn_within(tmp_path: Path) -> None:
    codes = prepare("Telemark", 2027, 545).codes
    file = tmp_path / "egne.csv"
    rows = [
        f"{code};reduced_work_capacity_share;0,2;{wide}"
        for code, wide in zip(codes, ["0,1"] * 17, strict=True)
    ]
    file.write_text(
        "\n".join(["kode;indikator;verdi;usikkerhet", *rows, "40;reduced_work_capacity_share;0,2;"])
    )
    prepared = prepare("Telemark", 2027, 545, data=file)
    found = sensitivity(prepared, numbers_of(prepared), FEW)
    assert found.declared == ("reduced_work_capacity_share",)
    drawn = drawn_of(prepared, 300).figures["reduced_work_capacity_share"]
    assert drawn.min() >= 0.1
    assert drawn.max() <= 0.3
    assert drawn.std() > 0.04


def test_hidden_figures_are_drawn_between_their_bounds() -> None:
    prepared = prepare("Innlandet", 2027, 1054)
    drawn = drawn_of(prepared, 500)
    hidden = [
        (place, code)
        for place, code in enumerate(prepared.codes)
        if prepared.figures["settled_5y"][code].value is None
    ]
    assert hidden
    for place, code in hidden:
        figure = prepared.figures["settled_5y"][code]
        values = drawn.figures["settled_5y"][:, place]
        assert values.min() == figure.low
        assert values.max() == figure.high


def test_numbers_hold_the_minors_too() -> None:
    criteria = prepare("Telemark", 2027, 545).criteria
    with_minors = prepare(
        "Telemark", 2027, 545, minors=20, criteria=replace(criteria, minors=(("4003", 20),))
    )
    numbers = numbers_of(with_minors)
    skien = next(one for one in sensitivity(with_minors, numbers, FEW).ranges if one.code == "4003")
    assert skien.least > 20
    assert skien.least <= numbers["4003"] <= skien.most


@pytest.mark.parametrize(
    "change",
    [{"draws": 0}, {"concentration": Fraction(0)}, {"interval": Fraction(1)}, {"interval": Fraction(0)}],
)
def test_settings_that_cannot_be_drawn_with_are_refused(
    telemark: Prepared, change: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        sensitivity(telemark, {}, replace(FEW, **change))  # type: ignore[arg-type]
