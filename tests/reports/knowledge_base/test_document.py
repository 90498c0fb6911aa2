"""The document: its sections, what its sentences may say, and that every figure has its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.reports.knowledge_base.conftest import TODAY, Place, section, words_of

from fotfeste.errors import InputError
from fotfeste.messages import Translated
from fotfeste.reports.blocks import Bullets, Document, Heading, KeyFigures, Paragraph, Picture, Table
from fotfeste.reports.knowledge_base import (
    gather,
    knowledge_base,
    read_framework,
    shipped_framework,
)
from fotfeste.reports.outline import outline
from fotfeste.reports.profiles import Knowledge
from fotfeste.statistics.findings.values import Verdict
from fotfeste.statistics.series.trends import Verdict as Change
from fotfeste.statistics.themes import load_themes

THEMES = [one.id for one in load_themes()]
ORDER = ["funn", "grunnlag", "medvirkning", *THEMES, "planer", "mangler", "kilder"]


def anchors(document: Document) -> list[str]:
    return [one.anchor for one in document.blocks if isinstance(one, Heading) and one.level == 1]


def test_findings_come_first_then_law_participation_themes_plans_and_what_is_missing(
    kviteseid: Document, telemark: Document
) -> None:
    assert THEMES[-1] == "bosetting"
    assert len(THEMES) == 8
    assert anchors(kviteseid) == ORDER
    assert anchors(telemark) == ORDER


def test_no_heading_jumps_a_level_and_no_anchor_is_used_twice(telemark: Document) -> None:
    level, seen = 0, set()
    for entry in outline(telemark.blocks).values():
        assert entry.level <= level + 1, entry.text
        assert entry.anchor not in seen
        level = entry.level
        seen.add(entry.anchor)


@pytest.mark.parametrize("code", ["4028", "40"])
def test_every_row_of_figures_names_its_source_and_every_source_its_date_and_version(
    place: Place, code: str, kviteseid: Document, telemark: Document
) -> None:
    gathered, document = place(code), kviteseid if code == "4028" else telemark
    listed = next(one for one in section(document, "kilder") if isinstance(one, Table))
    marks = [str(row[0]) for row in listed.rows]
    assert marks == [f"K{number}" for number in range(1, len(gathered.sources) + 1)]
    for row, source in zip(listed.rows, gathered.sources, strict=True):
        assert source.table.split(";")[0] in str(row[1]) or source.table in str(row[1])
        assert "innebygd" in str(row[-1])
        assert str(source.retrieved.year) in str(row[-1])
    for theme in THEMES:
        indicators = gathered.indicators(theme)
        if not indicators:
            continue
        table = next(one for one in section(document, theme) if isinstance(one, Table))
        assert len(table.rows) == len(indicators)
        for row, indicator in zip(table.rows, indicators, strict=True):
            told = str(row[-1]).split(", ")
            expected = {f"K{gathered.number(source)}" for source in gathered.knowledge.sources(indicator.id)}
            assert set(told) == expected, indicator.id
            assert expected <= set(marks)


def test_every_figure_of_a_place_stands_in_the_document_once(place: Place) -> None:
    gathered = place("4028")
    told = [one.id for theme in THEMES for one in gathered.indicators(theme)]
    assert len(told) == len(set(told))
    shown = {
        one.id
        for one in gathered.knowledge.indicators
        if gathered.knowledge.figure(one.id, gathered.place).figure.mark.value != "."
    }
    assert set(told) == shown


def test_a_theme_without_figures_gets_one_line_with_the_command_that_fetches_them(
    kviteseid: Document,
) -> None:
    blocks = section(kviteseid, "kultur")
    assert len(blocks) == 2
    assert "«fotfeste data update ssb_08243»" in words_of(blocks)


def test_one_command_fetches_everything_that_can_be_fetched(place: Place, kviteseid: Document) -> None:
    from fotfeste.statistics.tables_declared import load_tables

    told = words_of(section(kviteseid, "mangler"))
    command = re.search(r"fotfeste data update ([\w ]+)", told)
    assert command is not None
    named = command[1].split("\n")[0].split()
    known = load_tables()
    assert len(named) == len(set(named))
    wanted = {name for one in place("4028").knowledge.lacking for name in one.tables if name in known}
    assert set(named) == {name for name in wanted if known[name].is_confirmed and not known[name].is_file}
    assert all(known[name].is_confirmed for name in named)
    assert "ikke bekreftet" in told


@pytest.mark.parametrize("code", ["4028", "4003", "0301", "40"])
def test_nothing_rises_falls_or_lies_apart_inside_the_noise(place: Place, code: str) -> None:
    gathered = place(code)
    document = knowledge_base(gathered, "nb")
    blocks = [block for anchor in ("funn", *THEMES) for block in section(document, anchor)]
    told = words_of(blocks)
    rose = sum(one.verdict is Change.ROSE for one in gathered.trends.values())
    fell = sum(one.verdict is Change.FELL for one in gathered.trends.values())
    sentences = set(re.split(r"\n|(?<=\.) ", told))
    assert len({one for one in sentences if " økte" in one}) == rose
    assert len({one for one in sentences if " gikk ned" in one}) == fell
    apart = {Verdict.HIGHER, Verdict.LOWER}
    clear = [
        one for one in gathered.comparisons.values() if one.beside_alike and one.beside_alike.verdict in apart
    ]
    if not clear:
        assert "høyere enn hos" not in told
        assert "lavere enn hos" not in told
        assert "høyere enn i" not in told


def test_no_cause_is_told_and_no_place_or_people_are_ranked(telemark: Document, kviteseid: Document) -> None:
    for document in (telemark, kviteseid):
        told = words_of(document.blocks).casefold()
        for word in ("skyldes", "fører til", "på grunn av", "takket være", "best", "dårligst", "rangering"):
            assert not re.search(rf"\b{word}\b", told), word


def test_results_stand_beside_composition_and_the_labour_market(telemark: Document, place: Place) -> None:
    gathered = place("40")
    assert "intro_programme_result" in gathered.beside
    beside, lacking = gathered.beside["intro_programme_result"]
    told = words_of(section(telemark, "sysselsetting"))
    assert "Leses sammen med" in told
    for one in beside:
        assert str(one.indicator.name) in told or one.indicator.id.startswith("settled")
    assert lacking
    assert "men mangler" in told


def test_municipalities_of_a_county_stand_from_a_to_aa_and_not_by_size(telemark: Document) -> None:
    tables = [
        one
        for one in telemark.blocks
        if isinstance(one, Table) and one.caption.endswith("kommunene i Telemark")
    ]
    assert tables
    for table in tables:
        names = [str(row[0]) for row in table.rows]
        assert len(names) == 18
        assert names[0] == "Bamble"
        assert names[-1] == "Telemark"
    assert not any(one.caption.endswith("kommunene i Kviteseid") for one in tables)


def test_a_county_has_maps_and_every_picture_has_words_and_a_source(
    telemark: Document, kviteseid: Document
) -> None:
    for document in (telemark, kviteseid):
        for one in document.blocks:
            if isinstance(one, Picture):
                assert len(one.alternative) > 40
                assert one.caption.endswith(".")
                assert re.match(r"K\d", one.source)
    maps = [one for one in telemark.blocks if isinstance(one, Picture) and "data-code" in one.svg]
    assert len(maps) >= 5


def test_a_line_across_a_break_says_so(kviteseid: Document) -> None:
    settled = next(one for one in section(kviteseid, "bosetting") if isinstance(one, Picture))
    assert "2022" in settled.caption.partition("brudd i ")[2]
    people = next(one for one in section(kviteseid, "demografi") if isinstance(one, Picture))
    assert "brudd" not in people.caption


def test_the_smallest_municipality_gets_a_document_too(place: Place) -> None:
    document = knowledge_base(place("1151"), "nb")
    assert anchors(document) == ORDER
    assert document.file_stem == "kunnskapsgrunnlag-1151-utsira-nb"


def test_what_is_not_confirmed_of_the_law_is_a_visible_blank(kviteseid: Document, telemark: Document) -> None:
    told = words_of(section(kviteseid, "grunnlag"))
    assert "integreringsloven §\u00a04" in told
    assert told.count("[hjemmel fylles ut]") == told.count("\nmå bekreftes") == 1
    assert "§\u00a065" not in told
    county = words_of(section(telemark, "grunnlag"))
    assert "integreringsforskriften §\u00a065" in county
    assert "[hjemmel fylles ut]" not in county
    paragraphs = set(re.findall(r"§\s?([\d-]+)", words_of(kviteseid.blocks) + words_of(telemark.blocks)))
    assert paragraphs == {"3", "4", "65", "4-1", "7-1", "8-3"}


def test_plans_of_a_district_municipality_couple_immigration_and_district(
    kviteseid: Document, place: Place
) -> None:
    assert "distrikt koblet" in words_of(section(kviteseid, "planer"))
    assert "distrikt koblet" not in words_of(section(knowledge_base(place("4003"), "nb"), "planer"))


def test_oslo_is_told_as_municipality_and_county_in_one(place: Place) -> None:
    document = knowledge_base(place("0301"), "nb")
    told = words_of(section(document, "grunnlag"))
    assert "kommunestyret" in told.casefold()
    assert "§\u00a065" in told
    heard = next(one for one in section(document, "medvirkning") if isinstance(one, Table))
    assert "Kommunene" not in [row[0] for row in heard.rows]
    assert "kommunene med størst behov" not in words_of(section(document, "planer"))


@pytest.mark.parametrize("locale", ["nn", "en"])
def test_the_three_languages_are_the_same_document(kviteseid: Document, place: Place, locale: str) -> None:
    other = knowledge_base(place("4028"), locale)  # type: ignore[arg-type]
    assert [type(one) for one in other.blocks] == [type(one) for one in kviteseid.blocks]
    for ours, theirs in zip(kviteseid.blocks, other.blocks, strict=True):
        if isinstance(ours, Table) and isinstance(theirs, Table):
            assert len(ours.rows) == len(theirs.rows)
    assert other.title != kviteseid.title or locale == "nn"
    asks = Translated(load_themes()[0].asks).texts[locale]  # type: ignore[index]
    assert asks in words_of(other.blocks)


def test_a_user_s_own_frame_takes_the_place_of_ours(place: Place, tmp_path: Path) -> None:
    from importlib import resources

    shipped = (resources.files("fotfeste.reports.knowledge_base") / "framework.toml").read_text("utf-8")
    file = tmp_path / "rammer.toml"
    file.write_text(shipped.replace('basis = ""', 'basis = "loven § 99"', 1), "utf-8")
    document = knowledge_base(place("4028"), "nb", framework=read_framework(file))
    assert "loven §\u00a099" in words_of(section(document, "grunnlag"))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("schema = 1", "schema = 2"),
        ('where = "both"', 'where = "everywhere"'),
        ('when = "always"', 'when = "never"'),
        ("[participation]", "[other]"),
        ("text.nb", "text.no"),
        ("dated = 2026-11-22", "dated = "),
    ],
)
def test_a_broken_frame_is_refused_with_its_file(tmp_path: Path, was: str, becomes: str) -> None:
    from importlib import resources

    shipped = (resources.files("fotfeste.reports.knowledge_base") / "framework.toml").read_text("utf-8")
    file = tmp_path / "rammer.toml"
    assert was in shipped
    file.write_text(shipped.replace(was, becomes, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        read_framework(file)
    assert refused.value.code == "framework.form"
    assert str(file) in str(refused.value)


def test_all_texts_of_the_frame_are_there_in_three_languages() -> None:
    frame = shipped_framework()
    texts = [frame.source, frame.about_heard, frame.about_plans]
    texts += [one.text for one in frame.legal]
    texts += [one.text for one in (*frame.principles, *frame.plans)]
    texts += [text for one in frame.heard for text in (one.who, one.know, one.how)]
    for text in texts:
        assert set(text.texts) == {"nb", "nn", "en"}
        assert all(text.texts.values())


@pytest.mark.parametrize("name", ["0", ""])
def test_there_is_no_knowledge_base_of_the_country(knowledge: Knowledge, name: str) -> None:
    with pytest.raises(InputError, match=r"knowledge_base.place|kommune eller et fylke"):
        gather(None, name, TODAY, knowledge=knowledge)


def test_a_key_figure_stands_beside_the_same_numbers_as_the_table_of_its_theme(
    kviteseid: Document, place: Place
) -> None:
    key = next(one for one in kviteseid.blocks if isinstance(one, KeyFigures))
    table = next(one for one in section(kviteseid, "demografi") if isinstance(one, Table))
    row = next(row for row in table.rows if row[0] == "Folketallsendring siste fem år")
    own, county, country, middle = (str(cell) for cell in row[2:6])
    _, value, beside = next(one for one in key.items if one[0] == "Folketallsendring siste fem år")
    assert value == own
    assert beside.endswith(
        f"Telemark {county}, Norge {country}, midt blant lignende kommuner {middle.split(' (')[0]}"
    )
    assert place("4028").comparisons["population_change_5y"].alike is not None


@pytest.mark.parametrize("code", ["4028", "40", "1151"])
def test_every_remark_and_break_says_which_figures_it_is_about(place: Place, code: str) -> None:
    document = knowledge_base(place(code), "nb")
    for theme in THEMES:
        if not place(code).indicators(theme):
            continue
        for one in section(document, f"{theme}-sier-ikke"):
            for line in one.items if isinstance(one, Bullets) else ():
                assert "Det gjelder " in str(line[0]), line


def test_who_have_stayed_is_not_said_to_hide_how_many_have_left(telemark: Document) -> None:
    told = words_of(section(telemark, "bosetting-sier-ikke"))
    (stayed,) = (one for one in told.split("\n") if "fortsatt bor i første kommune" in one)
    assert "hvor mange år som er gått" in stayed
    assert "hvor mange som har flyttet fra kommunen" not in stayed


def test_a_break_says_whether_changes_are_worked_out_across_it(telemark: Document) -> None:
    told = words_of(section(telemark, "demografi-sier-ikke"))
    other_table = next(one for one in told.split("\n") if one.startswith("Brudd i 2022"))
    assert "Endringer regnes likevel over bruddet." in other_table
    assert "«Tallet på innvandrere»" in other_table
    settled = words_of(section(telemark, "bosetting-sier-ikke"))
    protected = next(one for one in settled.split("\n") if "kollektiv beskyttelse fra Ukraina" in one)
    assert "Endringer regnes ikke over bruddet." in protected


def test_nothing_is_said_of_how_figures_have_changed_that_the_place_does_not_have(place: Place) -> None:
    told = words_of(section(knowledge_base(place("1151"), "nb"), "bosetting"))
    assert "har flyttet hit etter første bosetting" not in told
    assert "etter botid" not in told
    assert "Tallet på bosatte flyktninger i året" in told


def test_a_sign_is_explained_only_where_it_stands(kviteseid: Document, telemark: Document) -> None:
    for document in (kviteseid, telemark):
        for table in (one for one in document.blocks if isinstance(one, Table)):
            cells = [str(cell) for row in table.rows for cell in row[1:]]
            spans = [one for one in cells if re.search(r"^[\d ,−]+( … |–)[−\d]", one.split(" (")[0])]
            assert not re.search(r"–[+−]", " ".join(cells)), table.caption
            if "Et spenn betyr" in table.note:
                assert spans, table.caption
            assert ("†" in table.note) == any("†" in one for one in cells), table.caption


def test_few_people_are_marked_among_the_municipalities_of_a_county_too(telemark: Document) -> None:
    table = next(
        one
        for one in section(telemark, "oppvekst")
        if isinstance(one, Table) and one.caption.endswith("kommunene i Telemark")
    )
    marked = {str(row[0]): str(row[-1]) for row in table.rows}
    assert marked["Fyresdal"].endswith("†")
    assert not marked["Skien"].endswith("†")


def test_the_figure_of_a_county_that_was_divided_does_not_head_a_theme(
    telemark: Document, place: Place
) -> None:
    assert place("40").comparisons["intro_programme_result"].candidate.own.estimated
    lead = next(one for one in section(telemark, "sysselsetting") if isinstance(one, Paragraph) and one.lead)
    assert lead.content == ("Andel helt ledige 2022: høyere enn i andre fylker.",)


def test_every_figure_of_the_document_is_defined_in_it(place: Place) -> None:
    gathered = place("4028")
    for locale in ("nb", "nn", "en"):
        document = knowledge_base(gathered, locale)  # type: ignore[arg-type]
        listed = next(one for one in section(document, "kilder-definisjoner") if isinstance(one, Bullets))
        shown = [one for theme in THEMES for one in gathered.indicators(theme)]
        assert [item[-1] for item in listed.items] == [one.definition[locale] for one in shown]


def test_the_years_of_settlement_name_their_table_and_when_it_was_fetched(kviteseid: Document) -> None:
    table = next(
        one
        for one in section(kviteseid, "bosetting")
        if isinstance(one, Table) and one.caption.startswith("Anmodet, vedtatt og bosatt")
    )
    assert re.search(r"K\d+: IMDi, Bosettingstall.* Hentet 28. september 2026", table.source)


def test_periods_are_told_in_the_language_of_the_document(kviteseid: Document, place: Place) -> None:
    told = words_of(kviteseid.blocks)
    assert "januar 2024" in told
    assert "januar–oktober 2022" in told
    assert not re.search(r"(?<![\d.])\d{1,2}\.20\d\d", told)
    english = words_of(knowledge_base(place("4003"), "en").blocks)
    assert "(1 Jan 2026)" in english
    assert not re.search(r"\d\.\d{1,2}\.20\d\d", english)
