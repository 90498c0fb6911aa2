"""Written formulas worked out: like our own functions, sums before quotients, what is hidden stays hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.statistics import Figure, Indicators, Mark, Store, compute, open_store
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.components import Components
from fotfeste.statistics.formula_of import formula_of, period_of_indicator, why_missing
from fotfeste.statistics.indicator_catalogue import Indicator, When, load_catalogue
from fotfeste.statistics.shown_components import ShownComponents
from fotfeste.statistics.store import add_version
from fotfeste.statistics.written_formulas.checking import faults_in
from fotfeste.statistics.written_formulas.reading import read_formula
from fotfeste.statistics.written_formulas.working_out import WorkingOut

SKIEN, PORSGRUNN, KVITESEID, TELEMARK = "4003", "4001", "4028", "40"
PEOPLE = "population_age_groups[group=all]"
JANUARY = (
    "immigrant_share",
    "population_change_5y",
    "working_age_share",
    "dependency_ratio",
    "refugee_share_change_5y",
)

SAME: dict[str, str] = {
    "settled_per_1000_3y": "per_1000(sum_years(settlement[measure=settled], 3), population_age_groups[group=all, year=2026])",
    "settled_5y": "sum_years(settlement[measure=settled], 5)",
    "settled_mean_3y": "mean_years(settlement[measure=settled], 3)",
    "immigrant_share": f"immigrants_by_reason[reason=all, sex=all] ÷ {PEOPLE}",
    "refugee_share_change_5y": f"100 × change(immigrants_by_reason[reason=refugee_and_family, sex=all] ÷ {PEOPLE}, 5)",
    "refugees_moved_in_share": "refugee_residence[move=moved_here, residence_time=all] ÷ refugee_residence[move=all, residence_time=all]",
    "population_change_5y": f"growth({PEOPLE}, 5)",
    "working_age_share": f"population[sex=male|female, age=20..66] ÷ {PEOPLE}",
    "dependency_ratio": f"per_100({PEOPLE} − population_age_groups[group=20-66], population_age_groups[group=20-66])",
    "unemployment_share_2022": "unemployment_2022[month=*] ÷ 10 ÷ population_age_groups[group=20-66]",
    "reduced_work_capacity_share": "reduced_work_capacity[] ÷ population_age_groups[group=18-66]",
}
"""Indicators of ours, written in the language."""


@cache
def exact() -> Components:
    return Components(open_store(), load_regions(), 2027)


@cache
def hidden() -> ShownComponents:
    return ShownComponents(open_store(), load_regions(), 2027, exact=exact())


def worked(written: str, facts: Components | None = None, when: When = "year", below: int = 0) -> WorkingOut:
    return WorkingOut(read_formula(written), facts or exact(), when, below)


def places() -> list[tuple[str, ...]]:
    codes = exact().all_codes
    counties = sorted({code[:2] for code in codes})
    return [
        *((code,) for code in codes),
        *(tuple(c for c in codes if c[:2] == county) for county in counties),
        codes,
    ]


@pytest.mark.parametrize("name", SAME)
def test_a_formula_written_out_gives_what_our_own_function_gives(name: str) -> None:
    ours = formula_of(load_catalogue()[name])
    assert ours is not None
    for facts in (exact(), hidden()):
        found = worked(SAME[name], facts, "january" if name in JANUARY else "year")
        for codes in places():
            if name == "unemployment_share_2022" and isinstance(facts, ShownComponents):
                continue  # each month is hidden by itself, where ours adds up first: wider bounds, never narrower
            assert found.figure(codes) == ours(facts, codes), (name, codes[:3])


def test_cells_that_are_added_up_are_each_hidden_first() -> None:
    """Work and family together must not tell the one from the other where either is small."""
    found = worked("immigrants_by_reason[reason=work|family, sex=all]", hidden())
    each = [worked(f"immigrants_by_reason[reason={one}, sex=all]", hidden()) for one in ("work", "family")]
    small = 0
    for codes in places():
        marks = {one.figure(codes).mark for one in each}
        if Mark.SUPPRESSED in marks:
            small += 1
            assert found.figure(codes).mark is Mark.SUPPRESSED
        else:
            assert found.figure(codes).known
    assert small > 4


def test_the_years_are_the_newest_that_all_data_sets_have() -> None:
    assert worked(SAME["immigrant_share"], when="january").years == (2021,)
    assert worked(SAME["settled_per_1000_3y"]).years == (2023, 2024, 2025, 2026)
    assert worked(SAME["population_change_5y"], when="january").years == (2021, 2026)
    assert worked(PEOPLE).years == (2026,)
    early = Components(open_store(), load_regions(), 2024)
    assert worked(PEOPLE, early).years == (2023,)
    assert worked(PEOPLE, early, "january").years == (2024,)


def test_an_unfinished_year_is_never_used() -> None:
    found = worked("settlement[measure=settled]")
    assert found.years == (2025,), "2026 is a status"
    assert found.figure((PORSGRUNN,)) == Figure.observed(62)
    assert worked("settlement[measure=settled, year=2026]").figure((PORSGRUNN,)) == Figure.missing()


def test_a_year_before_the_data_is_missing_and_not_an_error() -> None:
    assert (
        worked(f"{PEOPLE} − population_age_groups[group=all, year=1950]").figure((SKIEN,)).mark
        is Mark.MISSING
    )
    old = Components(open_store(), load_regions(), 1999)
    assert worked(PEOPLE, old).figure((SKIEN,)).mark is Mark.MISSING
    assert worked(PEOPLE, old).years == ()


def fault(written: str) -> str:
    found = faults_in(read_formula(written), open_store(), written, "egne.toml, min")
    return found[0].describe(language("nb")) if found else ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("immigrants_by_reason[sex=all]", "«reason», så tallene ville blitt regnet flere ganger"),
        ("2 × population[age=1, kjønn=male]", "ingen kolonne «kjønn»"),
        ("population[age=200..300, sex=male]", "ingen tall fra 200 til 300"),
        ("settlement[measure=bosatt]", "ingen verdi «bosatt»"),
    ],
)
def test_a_formula_that_does_not_fit_the_data_says_what_there_is(written: str, said: str) -> None:
    text = fault(written)
    assert said in text
    assert "egne.toml, min, formelen, linje 1, tegn" in text
    assert "\n  → " in text


def test_a_formula_that_fits_has_no_faults() -> None:
    assert [name for name, written in SAME.items() if fault(written)] == []
    assert not fault("not_fetched[a=b]"), "what is not there cannot be checked"


# What is fetched later


def described(name: str, **more: object) -> Dataset:
    base = open_store().dataset("population_age_groups")
    return replace(
        base, id=name, version="2026-11-21", checks=(), table="test", titles={"nb": "Prøve", "nn": "Prøve", "en": "Trial"},
        retrieved=date(2026, 11, 21), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def with_data(folder: Path, name: str, frame: pl.DataFrame, **more: object) -> Store:
    return add_version(open_store(folder), described(name, **more), frame)


def figures_of(store: Store, *names: str) -> Indicators:
    return compute(store, load_regions(), names, exact().all_codes, 2027)


def rates(values: dict[str, float]) -> pl.DataFrame:
    return pl.DataFrame({"code": list(values), "year": [2023] * len(values), "value": list(values.values())})


def test_a_declared_indicator_is_missing_until_its_data_are_there_and_then_it_is_not(tmp_path: Path) -> None:
    before = figures_of(open_store(tmp_path), "turnout_share")
    assert before.figure("turnout_share", SKIEN) == Figure.missing()
    assert before.shown_country("turnout_share") == Figure.missing()
    assert (before.period("turnout_share"), before.sources("turnout_share")) == ("", ())
    assert "fotfeste data update ssb_08243" in str(before.why_missing("turnout_share"))
    values = {SKIEN: 61.5, PORSGRUNN: 58.2, "40": 60.1, "0": 62.3}
    after = figures_of(with_data(tmp_path, "turnout", rates(values)), "turnout_share")
    assert after.why_missing("turnout_share") is None
    assert after.figure("turnout_share", SKIEN).value == Fraction("0.615")
    assert after.shown("turnout_share", PORSGRUNN).value == Fraction("0.582")
    assert after.shown("turnout_share", KVITESEID).mark is Mark.MISSING
    assert (after.period("turnout_share"), len(after.sources("turnout_share"))) == ("2023", 1)


def test_a_published_rate_of_a_county_is_the_sources_own_and_never_a_mean(tmp_path: Path) -> None:
    values = dict.fromkeys(exact().all_codes, 50.0) | {"40": 60.1}
    found = figures_of(with_data(tmp_path, "turnout", rates(values)), "turnout_share")
    assert found.county("turnout_share", TELEMARK).value == Fraction("0.601")
    assert found.county("turnout_share", "46") == Figure.missing()
    assert found.country("turnout_share") == Figure.missing()


def test_a_share_of_a_county_is_the_quotient_of_its_sums(tmp_path: Path) -> None:
    codes = [code for code in exact().all_codes if code.startswith(TELEMARK)]
    rows = [
        (code, status, 100 * (n + 1) if status == "owned" else 50)
        for n, code in enumerate(codes)
        for status in ("owned", "rented")
    ]
    frame = pl.DataFrame(rows, schema=["code", "status", "value"], orient="row").with_columns(
        year=pl.lit(2025)
    )
    found = figures_of(with_data(tmp_path, "tenure", frame), "rented_share")
    assert found.figure("rented_share", codes[0]).value == Fraction(50, 150)
    whole = sum(value for _, _, value in rows)
    assert found.county("rented_share", TELEMARK).value == Fraction(50 * len(codes), whole)
    assert found.country("rented_share").mark is Mark.MISSING, "most municipalities have no figures"


def test_data_of_another_shape_leave_the_indicator_missing_and_say_why(tmp_path: Path) -> None:
    frame = pl.DataFrame({"code": [SKIEN, SKIEN], "year": [2023, 2023], "kind": ["a", "b"], "value": [1, 2]})
    store = with_data(tmp_path, "turnout", frame)
    assert figures_of(store, "turnout_share").figure("turnout_share", SKIEN) == Figure.missing()
    told = str(why_missing(load_catalogue()["turnout_share"], store))
    assert "passer ikke" in told
    assert "«kind»" in told


def test_a_table_of_counties_gives_figures_for_whole_counties_only(tmp_path: Path) -> None:
    counties = sorted({code[:2] for code in exact().all_codes})
    frame = pl.DataFrame({"code": counties, "year": [2025] * len(counties), "value": [10] * len(counties)})
    store = with_data(tmp_path, "by_county", frame)
    facts = Components(store, load_regions(), 2027)
    found = worked("by_county[]", facts)
    assert found.figure((SKIEN,)) == Figure.missing()
    assert found.figure(tuple(c for c in facts.all_codes if c.startswith(TELEMARK))) == Figure.observed(10)
    assert found.figure(facts.all_codes) == Figure.observed(10 * len(counties))
    assert found.figure((SKIEN, PORSGRUNN)) == Figure.missing()


def test_codes_of_another_time_are_carried_to_the_borders_of_today(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"code": ["3807", "3806"], "code_year": [2022, 2022], "year": [2022, 2022], "value": [7, 5]}
    )
    facts = Components(with_data(tmp_path, "old", frame), load_regions(), 2027)
    assert worked("old[]", facts).figure((SKIEN,)) == Figure.observed(7)
    assert worked("old[]", facts).figure((KVITESEID,)).mark is Mark.MISSING


def test_a_source_that_tells_old_years_in_numbers_of_today_lacks_nothing_where_a_municipality_was_split(
    tmp_path: Path,
) -> None:
    """Ålesund and Haram were one until 2024; their parts are told each by itself in 2022, the others as they then were."""
    regions = load_regions()
    old = {one.code for one in regions.municipalities(2022)}
    rows = [(one.code, 2022 if one.code in old else 2024, 2022, 1) for one in regions.municipalities(2024)]
    frame = pl.DataFrame(rows, schema=["code", "code_year", "year", "value"], orient="row")
    facts = Components(with_data(tmp_path, "new_numbers", frame), regions, 2027)
    assert worked("new_numbers[]", facts).figure(facts.all_codes) == Figure.observed(357)
    assert worked("new_numbers[]", facts).figure(("1508",)) == Figure.observed(1)
    without = frame.filter(pl.col("code") != "1580")
    (tmp_path / "without").mkdir()
    lacking = Components(with_data(tmp_path / "without", "new_numbers", without), regions, 2027)
    assert worked("new_numbers[]", lacking).figure(lacking.all_codes).mark is Mark.MISSING
    assert worked("new_numbers[]", lacking).figure(("1580",)).mark is Mark.MISSING


def test_marks_of_fetched_data_pass_through(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "code": [SKIEN, PORSGRUNN, KVITESEID], "year": [2025] * 3, "value": [3, None, 0],
            "mark": ["", ":", ""], "low": [3, 1, 0], "high": [3, 4, 0], "estimated": [False] * 3,
        }
    )  # fmt: skip
    store = with_data(tmp_path, "marked", frame, suppress_below=5)
    facts = Components(store, load_regions(), 2027)
    shown = ShownComponents(store, load_regions(), 2027, exact=facts)
    assert [worked("marked[]", facts).figure((one,)).mark for one in (SKIEN, PORSGRUNN, KVITESEID)] == [
        "",
        ":",
        "",
    ]
    assert [worked("marked[]", shown).figure((one,)) for one in (SKIEN, PORSGRUNN)] == [
        Figure.suppressed()
    ] * 2
    both = worked("marked[]", shown).figure((SKIEN, PORSGRUNN))
    assert (both.mark, both.low, both.high) == (Mark.SUPPRESSED, 2, 8)


def test_october_is_found_however_months_are_written(tmp_path: Path) -> None:
    name = "unemployment_share_newest"
    for place, month in (("a", "2025-10"), ("b", "10")):
        rows = [
            (SKIEN, 2025, month, "Helt ledige", "Begge kjønn", 812),
            (SKIEN, 2025, "2025-09", "Helt ledige", "Begge kjønn", 700),
        ]
        frame = pl.DataFrame(rows, schema=["code", "year", "month", "status", "sex", "value"], orient="row")
        (tmp_path / place).mkdir()
        found = figures_of(with_data(tmp_path / place, "registered_unemployed", frame), name)
        people = found.components.population([SKIEN], "20-66", 2025).value or 1
        assert found.figure(name, SKIEN).value == Fraction(812) / people
    assert "ingen verdi «*-13»" in fault("unemployment_2022[month=*-13]")


def test_a_count_called_published_is_hidden_all_the_same(tmp_path: Path) -> None:
    """A word in a formula must be no way around a data set's limit, for municipalities or counties."""
    for written in (
        "published(settlement[measure=settled_collective_protection])",
        "published(immigrants_by_reason[reason=work, sex=all])",
    ):
        found = worked(written, hidden())
        for code in exact().all_codes:
            value = found.figure((code,)).value
            assert value is None or not 0 < value < 5, (written, code)
    counties = pl.DataFrame({"code": ["40", "46"], "year": [2025, 2025], "value": [3, 30]})
    store = with_data(tmp_path, "by_county", counties, suppress_below=5)
    facts = ShownComponents(store, load_regions(), 2027)
    telemark, vestland = (tuple(c for c in facts.all_codes if c.startswith(one)) for one in ("40", "46"))
    for written in ("by_county[]", "published(by_county[])"):
        assert worked(written, facts).figure(telemark) == Figure.suppressed()
        assert worked(written, facts).figure(vestland) == Figure.observed(30)


def own(**more: object) -> Indicator:
    return replace(load_catalogue()["rented_share"], id="own", tables=(), **more)  # type: ignore[arg-type]


def test_the_period_tells_what_the_years_are() -> None:
    one = own(written=SAME["population_change_5y"], when="january", datasets=("population_age_groups",))
    assert period_of_indicator(one, exact()) == "1.1.2021–1.1.2026"
    two = own(written="settlement[measure=settled]", datasets=("settlement",))
    assert period_of_indicator(two, exact()) == "2025"
