"""A county's own indicators: written in TOML, they behave as those of Fotfeste; every fault is told with its place."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from tests.daily import LONG_RUN

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.reports.profiles import as_csv, indicator_view, open_knowledge
from fotfeste.settlement import recommend
from fotfeste.statistics import Figure, Indicators, Mark, Store, compute, load_catalogue, open_store
from fotfeste.statistics.indicator_catalogue import catalogue_for
from fotfeste.statistics.own_indicators import catalogue_with, read_own
from fotfeste.statistics.store import add_version

SKIEN, PORSGRUNN, KVITESEID, TELEMARK = "4003", "4001", "4028", "40"
WHOLE = """schema = 1
owner = "Telemark fylkeskommune (prøve)"

[[indicator]]
id = "vacant_per_1000"
theme = "lokalsamfunn"
name.nb = "Ledige boliger per 1 000 innbyggere"
definition.nb = "Boliger som sto ledige, per 1 000 innbyggere 1. januar. Oppdiktede tall."
unit.nb = "per 1 000 innbyggere"
formula = '''per_1000(vacant[size=small|large],
         population_age_groups[group=all])'''
kind = "per_1000"
smallest_base = 100
suppress_below = 5
words = ["tomme hus"]
"""

CRITERIA = """schema = 1
id = "egne"
title = "Ledige boliger (prøve)"
year = 2027
dated = 2026-11-21
owner = "Prøve"
source = "Prøve"
method = "sainte-lague"
suppressed = "middle"

[[criterion]]
id = "housing"
name = "Ledige boliger"
weight = 100
source = "Prøve"
[criterion.key]
form = "power"
base = "vacant_per_1000"
"""


def written(folder: Path, text: str = WHOLE, name: str = "egne.toml") -> Path:
    place = folder / "indicators"
    place.mkdir(exist_ok=True)
    (place / name).write_text(text, encoding="utf-8")
    return place / name


def with_dwellings(folder: Path) -> Store:
    """Invented: Skien 100 and 20, Porsgrunn 60 and 3, all other municipalities of Telemark 10 and 10."""
    codes = [one.code for one in load_regions().municipalities(2026, TELEMARK)]
    counted = {SKIEN: (100, 20), PORSGRUNN: (60, 3)}
    rows = [
        (code, size, 2025, counted.get(code, (10, 10))[n])
        for code in codes
        for n, size in enumerate(("small", "large"))
    ]
    frame = pl.DataFrame(rows, schema=["code", "size", "year", "value"], orient="row")
    store = open_store(folder)
    about = replace(
        store.dataset("population_age_groups"), id="vacant", version="prøve", checks=(), table="Egen telling",
        agency="Telemark fylkeskommune", titles={"nb": "Ledige boliger", "nn": "", "en": ""}, retrieved=date(2026, 11, 20),
    )  # fmt: skip
    return add_version(store, about, frame)


def own(folder: Path, name: str = "vacant_per_1000") -> Indicators:
    codes = [one.code for one in load_regions().municipalities(2026)]
    return compute(with_dwellings(folder), load_regions(), [name], codes, 2027)


def test_a_county_is_the_quotient_of_its_sums(tmp_path: Path) -> None:
    written(tmp_path)
    found = own(tmp_path)
    people = found.components.population([SKIEN], year=2025).value
    assert found.figure("vacant_per_1000", SKIEN).value == Fraction(120_000, people or 1)
    codes = [code for code in found.codes if code.startswith(TELEMARK)]
    whole = found.components.population(codes, year=2025).value
    assert found.county("vacant_per_1000", TELEMARK).value == Fraction(
        (120 + 63 + 20 * 15) * 1000, whole or 1
    )
    assert found.country("vacant_per_1000").mark is Mark.MISSING


def test_small_counts_and_what_is_made_of_them_are_hidden(tmp_path: Path) -> None:
    written(tmp_path)
    found = own(tmp_path)
    shown = found.shown("vacant_per_1000", PORSGRUNN)
    people = found.components.population([PORSGRUNN], year=2025).value or 1
    assert (shown.mark, shown.low, shown.high) == (
        Mark.SUPPRESSED,
        Fraction(61_000, people),
        Fraction(64_000, people),
    )
    assert found.shown("vacant_per_1000", SKIEN).known
    assert found.shown_county("vacant_per_1000", TELEMARK).mark is Mark.SUPPRESSED


def test_a_rate_on_a_small_base_is_not_shown(tmp_path: Path) -> None:
    written(tmp_path, WHOLE.replace("smallest_base = 100", "smallest_base = 3000"))
    found = own(tmp_path)
    assert found.figure("vacant_per_1000", KVITESEID).known
    assert found.shown("vacant_per_1000", KVITESEID) == Figure.missing()
    assert found.shown("vacant_per_1000", SKIEN).known


def test_sources_period_and_name_follow(tmp_path: Path) -> None:
    written(tmp_path)
    found = own(tmp_path)
    assert [one.dataset for one in found.sources("vacant_per_1000")] == ["vacant", "population_age_groups"]
    assert found.period("vacant_per_1000") == "2025"
    one = found.catalogue["vacant_per_1000"]
    assert one.names == dict.fromkeys(("nb", "nn", "en"), "Ledige boliger per 1 000 innbyggere")
    assert (one.file, one.theme) == ("egne.toml", "lokalsamfunn")


@LONG_RUN
def test_pages_show_it_under_its_theme_beside_ours(tmp_path: Path) -> None:
    written(tmp_path)
    with_dwellings(tmp_path)
    known = open_knowledge(tmp_path, date(2026, 11, 21))
    theme = next(one for one in known.themes if one.id == "lokalsamfunn")
    assert "vacant_per_1000" in [one.id for one in theme.indicators]
    assert known.figure("vacant_per_1000", known.place(PORSGRUNN)).figure.mark is Mark.SUPPRESSED
    assert known.period("vacant_per_1000") == "2025"
    assert known.fingerprint != open_knowledge(None, date(2026, 11, 21)).fingerprint


def test_without_its_data_it_is_missing_and_told_so(tmp_path: Path) -> None:
    written(tmp_path)
    codes = [SKIEN]
    found = compute(open_store(tmp_path), load_regions(), ["vacant_per_1000"], codes, 2027)
    assert found.figure("vacant_per_1000", SKIEN) == Figure.missing()
    assert "«vacant»" in str(found.why_missing("vacant_per_1000"))


def test_a_file_that_is_changed_is_read_anew(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert catalogue_for(tmp_path)["vacant_per_1000"].decimals == 1
    written(tmp_path, WHOLE + "decimals = 3\n")
    os.utime(path, ns=(1, 1))
    assert catalogue_for(tmp_path)["vacant_per_1000"].decimals == 3
    path.unlink()
    assert "vacant_per_1000" not in catalogue_for(tmp_path)
    assert catalogue_for(None) is load_catalogue()


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("schema = 1", "schema = 9", "egne.toml", "ukjent skjema (9)"),
        ("schema = 1", "", "egne.toml", "ukjent skjema"),
        ("schema = 1", "schema = ", "egne.toml", "kan ikke leses"),
        ('theme = "lokalsamfunn"', 'theme = "vær"', "vacant_per_1000.theme", "«vær»"),
        ('kind = "per_1000"', 'kind = "promille"', "indicator 1 vacant_per_1000.kind", "per_1000"),
        ('kind = "per_1000"', 'kind = "flag"', "indicator 1 vacant_per_1000.kind", "kan ikke regnes ut"),
        ('kind = "per_1000"', 'kind = "per_1000"\nretning = "opp"', "vacant_per_1000.retning", "ukjent"),
        ('id = "vacant_per_1000"', 'id = "Ledige boliger"', "indicator 1 Ledige boliger.id", "pattern"),
        ('name.nb = "Ledige boliger per 1 000 innbyggere"\n', "", "vacant_per_1000.name", "required"),
        ("population_age_groups[group=all])", "population_age_groups[group=all)", "linje 2, tegn 42", "«]»"),
        ("per_1000(vacant", "per_tusen(vacant", "linje 1, tegn 1", "per_tusen"),
        ("smallest_base = 100", "smallest_base = -1", "smallest_base", "greater"),
        ('id = "vacant_per_1000"', 'id = "population"', "egne.toml", "allerede"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, where: str, said: str
) -> None:
    assert old in WHOLE
    path = written(tmp_path, WHOLE.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        catalogue_with([path])
    text = str(caught.value)
    assert where in text
    assert said in text
    assert "→" in text


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace("[size=small|large]", "[size=]") + WHOLE.partition("\n\n")[2].replace(
        "vacant_per_1000", "another"
    ).replace("per_1000(", "tusen(")
    with pytest.raises(InputError) as caught:
        read_own(written(tmp_path, text))
    assert len(caught.value.problems) == 2


def test_two_files_cannot_have_the_same_id(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, name="flere.toml")
    with pytest.raises(InputError, match=r"egne\.toml"):
        catalogue_for(tmp_path)


def test_a_theme_may_be_named_as_people_name_it(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE.replace('"lokalsamfunn"', '"Attraktive lokalsamfunn"'))
    assert read_own(path)[0].theme == "lokalsamfunn"


def test_a_recommendation_may_rest_on_it(tmp_path: Path) -> None:
    written(tmp_path)
    store = with_dwellings(tmp_path)
    path = tmp_path / "kriterier.toml"
    path.write_text(CRITERIA, encoding="utf-8")
    found = recommend("Telemark", 2027, 100, criteria=path, store=store)
    assert sum(one.recommended for one in found.municipalities) == 100
    assert {one.dataset for one in found.sources} >= {"vacant", "population_age_groups"}


SEEKERS = 'schema = 1\nowner = "Prøve"\n' + "".join(
    f"""
[[indicator]]
id = "seekers_{sex}"
theme = "lokalsamfunn"
name.nb = "Søkere ({sex})"
definition.nb = "Oppdiktede tall."
unit.nb = "personer"
formula = "seekers[sex={sex}]"
kind = "count"
suppress_below = 5
"""
    for sex in ("all", "men")
)


def with_seekers(folder: Path, women: int, men: int = 20) -> Store:
    """Invented: Porsgrunn has few women; every other municipality of Telemark 15 women and 20 men."""
    rows = []
    for one in load_regions().municipalities(2026, TELEMARK):
        counted = {"men": men, "women": women} if one.code == PORSGRUNN else {"men": 20, "women": 15}
        for sex, number in {**counted, "all": sum(counted.values())}.items():
            rows.append((one.code, sex, 2025, number, "", number, number, False))
    frame = pl.DataFrame(
        rows, schema=["code", "sex", "year", "value", "mark", "low", "high", "estimated"], orient="row"
    )
    store = open_store(folder)
    about = replace(
        store.dataset("settlement"), id="seekers", version="prøve", checks=(), table="Egen telling", suppress_below=5,
        suppressed_measures=(), agency="Telemark fylkeskommune", titles={"nb": "Søkere", "nn": "", "en": ""},
        retrieved=date(2026, 11, 20),
    )  # fmt: skip
    return add_version(store, about, frame)


@LONG_RUN
def test_two_indicators_of_the_county_s_own_do_not_give_away_what_its_table_hides(tmp_path: Path) -> None:
    """All less men would be the women that the table hides; so the men are hidden here as they are there."""
    written(tmp_path, SEEKERS)
    store = with_seekers(tmp_path, 3)
    codes = [one.code for one in load_regions().municipalities(2026, TELEMARK)]
    found = compute(store, load_regions(), ["seekers_all", "seekers_men"], codes, 2027)
    assert found.shown("seekers_all", PORSGRUNN).value == 23
    for told in (found.shown("seekers_men", PORSGRUNN), found.counted("seekers_men", PORSGRUNN)):
        assert (told.mark, told.value, told.low, told.high) == (Mark.SUPPRESSED, None, 0, None)
    assert found.shown("seekers_men", SKIEN).value == 20
    assert found.shown_county("seekers_men", TELEMARK).value is None
    known, words = open_knowledge(tmp_path, date(2026, 11, 21)), language("nb")
    for place in (known.place(PORSGRUNN), known.place(TELEMARK), known.country):
        view = indicator_view(known, place, "seekers_men", words)
        assert f",{PORSGRUNN},20" not in as_csv(view.data).decode()
    assert "skjult" in indicator_view(known, known.place(PORSGRUNN), "seekers_men", words).sentence


def test_an_own_table_that_nothing_protects_says_nothing_in_indicators(tmp_path: Path) -> None:
    written(tmp_path, SEEKERS)
    store = with_seekers(tmp_path, 3, men=-1)
    found = compute(store, load_regions(), ["seekers_all"], [SKIEN], 2027)
    told = found.shown("seekers_all", SKIEN)
    assert (told.mark, told.value, told.low, told.high) == (Mark.SUPPRESSED, None, None, None)
    assert open_knowledge(tmp_path, date(2026, 11, 21)).fingerprint
