"""Next year's tables on top of this year's: read in the layouts they are published in, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.daily import LONG_RUN, every_nth
from tests.guide.made_up import page, pasted, population, settlement

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.statistics import Figure, Mark, Store, compute, open_store, settlement_history
from fotfeste.statistics.importing import dataset_of_mapping, import_files, remove_import, unused
from fotfeste.statistics.readers.imdi_page import read_imdi_page
from fotfeste.statistics.readers.mapping import read_mapping, shipped_layouts
from fotfeste.statistics.readers.ssb import read_ssb_population
from fotfeste.statistics.remarks import for_reader, read_from, sentences, status_of
from fotfeste.statistics.renewing import Renewed, age_groups, without_years
from fotfeste.statistics.store import problems_of

REGIONS = load_regions()
FINISHED, STATUS = settlement(2026, finished=True), settlement(2027, finished=False)
FETCHED = date(2027, 10, 15)


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def imported(
    store: Store, *files: Path, layout: str | Path = "imdi-bosetting", version: str = "2027-10-15",
    as_of: date | None = None, retrieved: date | None = FETCHED,
) -> tuple[Store, Renewed]:  # fmt: skip
    dataset = dataset_of_mapping(layout, None if str(layout) in shipped_layouts() else "settlement")
    return import_files(store, REGIONS, files, layout, dataset, version, as_of=as_of, retrieved=retrieved)


def both_pages(folder: Path) -> list[Path]:
    return [
        written(folder, "2026.html", page(2026, FINISHED)),
        written(folder, "2027.html", page(2027, STATUS, "27. september")),
    ]


def faults(call: Callable[[], object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        call()
    return [f"{one.place}: {one.what}" for one in caught.value.problems] or [str(caught.value)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Renewed]:
    folder = tmp_path_factory.mktemp("sider")
    return imported(open_store(folder / "data"), *both_pages(folder))


def test_the_page_gives_four_measures_for_every_municipality_and_the_day_it_states(tmp_path: Path) -> None:
    tidy = read_imdi_page(both_pages(tmp_path)[1], read_mapping("imdi-bosetting"), REGIONS)
    assert len(tidy.rows) == 357 * 4
    assert tidy.status == {2027: date(2027, 9, 27)}
    found = {(row.code, row.dimensions[0]): row.figure for row in tidy.rows}
    requested, decided, settled, _ = STATUS["4003"]
    assert found["4003", "requested"] == Figure.observed(int(requested))
    assert found["4003", "decided"] == Figure.observed(int(decided))
    assert found["4003", "settled"] == Figure.observed(int(settled))


def test_the_signs_of_the_page_keep_their_four_meanings(tmp_path: Path) -> None:
    rows = {
        **STATUS,
        "4003": ("0", "-", ":", ":"),
        "4001": ("20", "avventer vedtak", "0", "0"),
        "4005": ("20", "0", "14", ":"),
    }
    file = written(tmp_path, "side.html", page(2027, rows))
    tidy = read_imdi_page(file, read_mapping("imdi-bosetting"), REGIONS)
    found = {(row.code, row.dimensions[0]): row.figure for row in tidy.rows}
    assert found["4003", "requested"] == found["4003", "decided"] == Figure.not_asked()
    assert found["4003", "settled"] == Figure.suppressed(1, 4)
    assert found["4001", "decided"] == Figure.missing(low=0)
    assert found["4001", "settled"] == Figure.observed(0)
    assert found["4005", "decided"] == Figure.observed(0)
    assert found["4005", "settled_collective_protection"] == Figure.suppressed(0, 14)
    assert found["4003", "settled_collective_protection"] == Figure.suppressed(0, 4)


def test_municipalities_of_the_same_name_are_told_apart_by_the_county_above_the_table(tmp_path: Path) -> None:
    rows = {**STATUS, "1515": ("31", "31", "31", "31"), "1818": ("17", "17", "17", "17")}
    tidy = read_imdi_page(
        written(tmp_path, "side.html", page(2027, rows)), read_mapping("imdi-bosetting"), REGIONS
    )
    found = {row.code: row.figure.value for row in tidy.rows if row.dimensions == ("requested",)}
    assert (found["1515"], found["1818"]) == (31, 17)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_pasted_page_is_read_as_the_saved_one(tmp_path: Path, ending: str) -> None:
    lines, file = pasted(2027, STATUS, "27. september"), tmp_path / f"limt.{ending}"
    if ending == "xlsx":
        book = Workbook()
        for line in lines:
            book.active.append([int(cell) if cell.isdigit() else cell for cell in line])
        book.save(file)
    else:
        text = "\n".join(";".join([*line, *[""] * (5 - len(line))]) for line in lines)
        file.write_bytes(text.encode("cp1252"))
    tidy = read_imdi_page(file, read_mapping("imdi-bosetting"), REGIONS)
    saved = read_imdi_page(both_pages(tmp_path)[1], read_mapping("imdi-bosetting"), REGIONS)
    assert {(row.code, row.dimensions): row.figure for row in tidy.rows} == {
        (row.code, row.dimensions): row.figure for row in saved.rows
    }


def test_a_wrong_cell_is_told_with_its_line_and_nothing_is_stored(tmp_path: Path) -> None:
    text = page(2027, STATUS).replace("<td>Skien</td>\n<td>", "<td>Skien</td>\n<td>ca. ", 1)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one == "<td>Skien</td>") - 1
    file = written(tmp_path, "side.html", text)
    told = faults(lambda: imported(open_store(tmp_path / "data"), file))
    assert told == [f"side.html, linje {line}, kolonne 2: «ca. {STATUS['4003'][0]}» er ikke et tall."]
    assert not (tmp_path / "data").exists()


def test_a_county_that_is_not_on_the_page_is_told_of_once(tmp_path: Path) -> None:
    text = page(2027, STATUS)
    cut = text[: text.index('<h3><a id="Telemark">')] + text[text.index('<h3><a id="Troms">') :]
    told = faults(lambda: imported(open_store(tmp_path / "data"), written(tmp_path, "side.html", cut)))
    lost = [one.name for one in REGIONS.counties(2027) if f'id="{one.name}"' not in cut]
    assert "Telemark" in lost
    assert told == [f"side.html: Tabellen til {name} mangler for 2027." for name in lost]


def test_a_municipality_that_came_with_new_borders_is_told_by_its_line(tmp_path: Path) -> None:
    text = page(2028, settlement(2028, finished=False)).replace("<td>Skien</td>", "<td>Nye Skien</td>")
    told = faults(lambda: imported(open_store(tmp_path / "data"), written(tmp_path, "side.html", text)))
    assert len(told) == 2
    assert "«Nye Skien» i Telemark i 2028" in told[0]
    assert "Skien (4003) mangler for 2028" in told[1]


@pytest.mark.parametrize("text", ["", "<html><body><p>Ingen tabell</p></body></html>", "%PDF-1.7"])
def test_a_page_without_tables_is_refused(tmp_path: Path, text: str) -> None:
    told = faults(lambda: imported(open_store(tmp_path / "data"), written(tmp_path, "side.html", text)))
    assert "tabell" in told[0]


def test_the_year_that_is_over_is_finished_and_the_running_one_is_a_status(
    whole: tuple[Store, Renewed],
) -> None:
    store, done = whole
    assert (done.added, done.replaced, done.kept) == ((2027,), (2026,), tuple(range(1995, 2026)))
    assert done.unfinished == {2027: "2027-09-27"}
    history = settlement_history(store, REGIONS, ["4003"], [2025, 2026, 2027])["4003"]
    assert [one.status_date for one in history] == [None, None, "2027-09-27"]
    assert history[1].settled == Figure.observed(int(FINISHED["4003"][2]))
    assert compute(store, REGIONS, ["settled_5y"], ["4003"], 2028).period("settled_5y") == "2022–2026"


def test_no_year_is_lost_when_a_file_has_only_the_newest(whole: tuple[Store, Renewed]) -> None:
    store, _ = whole
    old, new = open_store().frame("settlement"), store.frame("settlement")
    years = pl.col("year") < 2026
    assert new.filter(years).equals(old.filter(years))
    assert sorted(set(new["year"].to_list())) == list(range(1995, 2028))
    assert new.filter(pl.col("year") == 2026).height == old.filter(pl.col("year") == 2026).height


@pytest.mark.parametrize(
    ("retrieved", "as_of", "updated", "expected"),
    [
        (date(2028, 1, 20), None, "27. september", None),
        (date(2028, 1, 20), date(2027, 12, 15), "", "2027-12-15"),
        (date(2027, 12, 31), None, "", "2027-12-31"),
        (date(2027, 12, 31), date(2027, 6, 1), "27. september", "2027-06-01"),
    ],
)
def test_a_year_is_finished_only_when_the_figures_are_from_after_it(
    tmp_path: Path, retrieved: date, as_of: date | None, updated: str, expected: str | None
) -> None:
    file = written(tmp_path, "side.html", page(2027, STATUS, updated))
    store, _ = imported(open_store(tmp_path / "data"), file, retrieved=retrieved, as_of=as_of)
    found = settlement_history(store, REGIONS, ["4003"], [2027])["4003"][0]
    assert found.status_date == expected


@pytest.mark.parametrize("updated", ["31. april", "0. mai", "5. brumaire", "15. januar 2028"])
def test_a_day_that_is_none_of_the_year_is_not_believed(tmp_path: Path, updated: str) -> None:
    file = written(tmp_path, "side.html", page(2027, STATUS, updated))
    assert read_imdi_page(file, read_mapping("imdi-bosetting"), REGIONS).status == {}


@pytest.mark.parametrize("layout", ["imdi-bosetting", "ssb-07459"])
@pytest.mark.parametrize(
    "content",
    [
        b" \n",
        b"\x00\x01\xff",
        b"<",
        b"<table><tr><td>",
        b"<h3>Agder - oversikt over bosettingen i 2026</h3><table><tr><td>Kommune</td></tr><tr><td>Arendal</td></tr></table>",
        b'"region";"kj\xf8nn";"alder";"Personer 2027"\n"4003 Skien"\n',
        b"PK\x03\x04",
    ],
)
@pytest.mark.parametrize("name", ["fil.html", "fil.csv", "fil.xlsx"])
def test_whatever_stands_in_a_file_it_is_refused_with_words(
    tmp_path: Path, layout: str, content: bytes, name: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError):
        imported(open_store(tmp_path / "data"), tmp_path / name, layout=layout)
    assert not (tmp_path / "data").exists()


def test_one_corrected_figure_cannot_make_a_status_into_a_whole_year(tmp_path: Path) -> None:
    one = written(tmp_path, "rett.csv", "Kommune;Bosatt\nSkien;99\n")
    mapping = written(
        tmp_path, "rett.toml",
        'schema = 1\n[columns]\nregion = "Kommune"\nyear = 2026\n[columns.measures]\n"Bosatt" = "settled"\n',
    )  # fmt: skip
    store = open_store(tmp_path / "data")
    told = faults(lambda: imported(store, one, layout=mapping))
    assert "--as-of 2026-09-28" in told[0]
    stored, _ = imported(store, one, layout=mapping, as_of=date(2026, 9, 28))
    found = settlement_history(stored, REGIONS, ["4003", "4001"], [2026])
    assert [found[code][0].status_date for code in ("4003", "4001")] == ["2026-09-28"] * 2
    assert found["4003"][0].settled == Figure.observed(99)


def test_the_description_follows_the_figures(whole: tuple[Store, Renewed]) -> None:
    one = whole[1].dataset
    assert (one.period, one.retrieved) == ("1995–2027", FETCHED)
    assert "2027 er status per 27. september 2027, ikke et helt år." in one.remark
    assert "2026 er status" not in one.remark
    assert "Nordland 2026" not in one.remark
    assert "2020 og 2022: anmodningen ble endret" in one.remark
    assert one.checks == tuple(
        check for check in open_store().dataset("settlement").checks if "2026" not in check
    )
    assert len(one.checks) == 3
    assert problems_of(whole[0], one) == []


def test_the_description_of_a_renewed_version_is_told_in_the_readers_language(
    whole: tuple[Store, Renewed],
) -> None:
    source = whole[1].dataset.source
    told = {locale: source.for_reader(language(locale)) for locale in ("nb", "nn", "en")}
    assert told["nb"] == source
    assert "2027 er status per 27. september 2027, ikkje eit heilt år." in told["nn"].remark
    assert "2020 og 2022: oppmodinga vart endra i løpet av året" in told["nn"].remark
    assert "27 September 2027" in told["en"].remark
    assert not set(sentences(source.remark)) & set(sentences(told["en"].remark))
    assert told["en"].licence != source.licence
    own = replace(source, dataset="own", agency="Eget fylke").for_reader(language("nn"))
    assert (own.agency, own.licence, own.remark) == ("Eget fylke", source.licence, source.remark)


@given(
    years=st.lists(st.integers(2000, 2099), min_size=1, max_size=4, unique=True).map(sorted),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
def test_what_a_renewal_writes_is_recognised_when_it_is_told(years: list[int], day: date) -> None:
    nb, en = language("nb"), language("en")
    read, status = read_from(years, "a.html, b.csv", day, nb), status_of(years[0], day)
    written = f"{nb.text(read)} {nb.text(status)}"
    assert for_reader(written, (), nb) == written
    assert (
        for_reader(written, (), en)
        == f"{en.text(read_from(years, 'a.html, b.csv', day, en))} {en.text(status)}"
    )
    assert for_reader(f"{years[0]} er status per 45. september 2027, ikke et helt år.", (), en).endswith(
        "helt år."
    )


def test_a_remark_loses_only_sentences_about_the_years_that_are_replaced() -> None:
    remark = "Gjelder alt. 2026 er status per 28. september, ikke et helt år. Nordland 2026: 1 045. 2020 og 2026: to år."
    assert without_years(remark, [2026]) == "Gjelder alt. 2020 og 2026: to år."
    assert without_years(remark, [2020, 2026]) == "Gjelder alt."
    assert without_years(remark, []) == remark


def test_the_same_year_in_two_files_is_refused(tmp_path: Path) -> None:
    pages = both_pages(tmp_path)
    told = faults(lambda: imported(open_store(tmp_path / "data"), pages[0], pages[0]))
    assert "i flere av filene" in told[0]


def test_importing_the_same_again_changes_nothing(whole: tuple[Store, Renewed], tmp_path: Path) -> None:
    again, _ = imported(whole[0], *both_pages(tmp_path))
    assert again.versions["settlement"] == whole[0].versions["settlement"]


@pytest.mark.parametrize("version", ["../ut", "innebygd", "", ".skjult", "a/b", "x" * 61])
def test_a_version_is_a_plain_name(tmp_path: Path, version: str) -> None:
    told = faults(lambda: imported(open_store(tmp_path / "data"), *both_pages(tmp_path), version=version))
    assert "navnet på en versjon" in told[0]


def test_a_layout_knows_its_data_set_and_refuses_another() -> None:
    assert {name: dataset_of_mapping(name, None) for name in shipped_layouts()} == {
        "husbanken-bostotte": "housing_allowance",
        "imdi-bosetting": "settlement",
        "nav-helt-ledige": "registered_unemployed",
        "nav-nedsatt-arbeidsevne": "reduced_work_capacity",
        "ssb-07459": "population",
    }
    with pytest.raises(InputError) as caught:
        dataset_of_mapping("imdi-bosetting", "population")
    assert caught.value.code == "import.dataset"
    with pytest.raises(InputError) as caught:
        dataset_of_mapping("finnes-ikke", None)
    assert "ssb-07459" in str(caught.value)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Renewed]:
    folder = tmp_path_factory.mktemp("folketall")
    file = written(folder, "07459.csv", population([2027, 2028]), "cp1252")
    return imported(open_store(folder / "data"), file, layout="ssb-07459", retrieved=date(2028, 3, 1))


def test_new_population_brings_its_age_groups_and_keeps_all_years(people: tuple[Store, Renewed]) -> None:
    store, done = people
    assert (done.added, done.replaced) == ((2027, 2028), ())
    assert store.dataset("population_age_groups").version == done.dataset.version
    groups, old = store.frame("population_age_groups"), open_store().frame("population_age_groups")
    assert groups.filter(pl.col("year") <= 2026).equals(old)
    one_year = store.frame("population").filter(pl.col("year") == 2027, pl.col("code") == "4003")
    skien = groups.filter(pl.col("year") == 2027, pl.col("code") == "4003", pl.col("group") == "all")
    assert skien["value"].item() == one_year["value"].sum() > 56_906
    assert [
        problem
        for name in ("population", "population_age_groups")
        for problem in problems_of(store, store.dataset(name))
    ] == []


def test_age_groups_made_here_are_those_that_are_embedded() -> None:
    store = open_store()
    keys = ["group", "code", "year"]
    made = age_groups(store.frame("population").filter(pl.col("year") == 2026)).sort(keys)
    known = store.frame("population_age_groups").filter(pl.col("year") == 2026).sort(keys)
    assert made.cast(known.schema).equals(known.select(made.columns))  # type: ignore[arg-type]


def test_a_recommendation_uses_the_population_of_its_own_year_at_the_latest(
    people: tuple[Store, Renewed],
) -> None:
    store, _ = people
    for year, expected in ((2026, "1.1.2026"), (2027, "1.1.2027"), (2028, "1.1.2028"), (2030, "1.1.2028")):
        assert compute(store, REGIONS, ["population"], ["4003"], year).period("population") == expected


def test_a_rate_counts_people_and_settled_of_matching_years(people: tuple[Store, Renewed]) -> None:
    store, _ = people
    one = compute(store, REGIONS, ["settled_per_1000_1y", "settled_1y", "population"], ["4003"], 2026)
    new = compute(open_store(), REGIONS, ["settled_per_1000_1y"], ["4003"], 2026)
    assert one.figure("settled_per_1000_1y", "4003") == new.figure("settled_per_1000_1y", "4003")


@pytest.mark.parametrize(
    ("change", "told"),
    every_nth(9, [
        (lambda text: text.replace('"4003 Skien"', '"4099 Nye Skien"'), ["4099 er ikke", "Skien (4003) har 0 av 212"]),
        (lambda text: text.replace('"3 år"', '"0-4 år"'), ["«0-4 år» er ikke et kjønn eller en ettårig alder"]),
        (lambda text: text.replace('"Kvinner"', '"Begge kjønn"'), ["«Begge kjønn» er ikke"]),
        (lambda text: text.replace('"4003 Skien";"Menn";"5 år";', '"4003 Skien";"Menn";"5 år";x'), ["er ikke et tall"]),
        (lambda text: text.replace('"4003 Skien";"Menn";"5 år";', '"4003 Skien";"Menn";"5 år";1'), ["men landet har"]),
        (lambda text: text.replace('"4003 Skien";"Menn";"5 år";', '"4003 Skien";"Menn";"6 år";'), ["to ganger", "men landet har"]),
        (lambda text: "\n".join(line for line in text.splitlines() if not line.startswith('"4003')), ["Skien (4003) har 0 av 212"]),
        (lambda text: text.replace('"alder"', '"aldersgruppe"'), ["kolonnene"]),
        (lambda text: text.replace('"Personer 2027"', '"Personer"'), ["kolonnene"]),
    ]),
)  # fmt: skip
def test_a_wrong_population_table_is_refused(
    tmp_path: Path, change: Callable[[str], str], told: list[str]
) -> None:
    file = written(tmp_path, "07459.csv", change(POPULATION))
    found = faults(lambda: read_ssb_population(file, read_mapping("ssb-07459"), REGIONS))
    assert len(found) <= len(told)
    assert all(any(part in one for part in told) for one in found)


POPULATION = population([2027])


def test_years_may_be_a_column(tmp_path: Path) -> None:
    lines = POPULATION.replace('"Personer 2027"', '"år";"Personer"').splitlines()
    text = "\n".join(
        [
            *lines[:3],
            *(
                line.replace(';"', ';"').rsplit(";", 1)[0] + ';"2027";' + line.rsplit(";", 1)[1]
                for line in lines[3:]
            ),
        ]
    )
    tidy = read_ssb_population(written(tmp_path, "07459.csv", text), read_mapping("ssb-07459"), REGIONS)
    assert {row.year for row in tidy.rows} == {2027}
    assert len(tidy.rows) == 357 * 212


@LONG_RUN
def test_a_wrong_import_is_taken_away_with_its_sums_the_newest_first(tmp_path: Path) -> None:
    file = written(tmp_path, "07459.csv", POPULATION)
    first, _ = imported(open_store(tmp_path / "data"), file, layout="ssb-07459", version="en")
    imported(first, file, layout="ssb-07459", version="to")
    store = open_store(tmp_path / "data")
    with pytest.raises(InputError) as caught:
        remove_import(store, "population", "en")
    assert caught.value.code == "data.beneath"
    with pytest.raises(InputError) as caught:
        remove_import(store, "population_age_groups", "to")
    assert caught.value.code == "data.sums"
    gone = remove_import(store, "population", "to")
    assert [(one.id, one.now) for one in gone] == [("population", "en"), ("population_age_groups", "en")]
    remove_import(open_store(tmp_path / "data"), "population", "en")
    left = open_store(tmp_path / "data")
    assert left.versions == open_store().versions
    assert list((tmp_path / "data").iterdir()) == []
    with pytest.raises(InputError) as caught:
        remove_import(left, "population", "innebygd")
    assert caught.value.code == "data.embedded"


def test_an_import_that_covers_newer_embedded_figures_is_told_of(whole: tuple[Store, Renewed]) -> None:
    store, done = whole
    newer = replace(store.versions["settlement"][0], sha256="0" * 64)
    upgraded = Store({**store.versions, "settlement": (newer, done.dataset)}, store.data_dir)
    assert [one.code for one in problems_of(upgraded, done.dataset)] == ["data.base"]


def test_manifests_from_before_versions_knew_what_they_lie_on_are_still_read(tmp_path: Path) -> None:
    imported(open_store(tmp_path / "data"), *both_pages(tmp_path))
    manifest = tmp_path / "data" / "settlement" / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    del content["versions"][0]["base"]
    manifest.write_text(json.dumps(content), "utf-8")
    store = open_store(tmp_path / "data")
    assert problems_of(store, store.dataset("settlement")) == []


def test_figures_that_no_recommendation_reads_are_told_of() -> None:
    assert unused("settlement") is None
    assert unused("population") is None
    assert "1.2024" in str(unused("reduced_work_capacity"))
    assert "--data" in str(unused("vacant_dwellings"))


@pytest.mark.parametrize("dataset", ["intro_programme_results", "travel_time", "population_flows"])
def test_later_years_of_a_table_that_is_read_for_one_year_change_nothing(dataset: str) -> None:
    store = open_store()
    old = store.frame(dataset)
    later = pl.concat(
        [old, old.with_columns(pl.col("year") + 1, pl.lit(1).cast(old.schema["value"]).alias("value"))]
    )

    class Later(Store):
        def scan(self, name: str, version: str | None = None) -> pl.LazyFrame:
            return later.lazy() if name == dataset else super().scan(name, version)

    names = ["intro_programme_result", "travel_time", "net_migration_2011_2025"]
    with_later = compute(Later(store.versions), REGIONS, names, ["4003"], 2028)
    without = compute(store, REGIONS, names, ["4003"], 2028)
    for name in names:
        assert with_later.figure(name, "4003") == without.figure(name, "4003")
        assert with_later.county(name, "40") == without.county(name, "40")
    assert without.figure("travel_time", "4003").mark is Mark.OBSERVED
