from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.plans.codebooks import (
    Code,
    Codebook,
    Example,
    Rule,
    codebook_as_toml,
    codebook_of_text,
    load,
    shipped,
)  # fmt: skip
from fotfeste.plans.codebooks.reading import LARGEST
from fotfeste.plans.documents.model import Language
from fotfeste.plans.words import Pattern

BOOK = load("integrering")
SMALL = """schema = 1
id = "liten"
dated = 2026-11-22
title.nb = "Liten"
[[code]]
id = "gruppe"
heading = true
name.nb = "Grupper"
[[code]]
id = "flyktninger"
parent = "gruppe"
name.nb = "Flyktninger"
[[code.rule]]
patterns = ["flyktning"]
"""


def codes_under(code: str) -> set[str]:
    return set(BOOK.under(code)) - {code}


def test_the_codebook_of_the_field_holds_what_the_field_asks_of_a_passage() -> None:
    assert codes_under("gruppe") == {
        "innvandrere", "flyktninger", "enslige-mindrearige", "asylsokere", "arbeidsinnvandrere",
        "familieinnvandrere", "utdanningsinnvandrere", "norskfodte", "minoritetsspraklige",
    }  # fmt: skip
    assert codes_under("perspektiv") == {"folkevekst", "kvalifisering-individ", "kvalifisering-samfunn"}
    assert codes_under("sted") == {"distrikt", "kobling"}
    assert codes_under("virkemiddel") == {
        "virkemiddel-organisatorisk", "virkemiddel-informasjon", "virkemiddel-okonomisk", "virkemiddel-juridisk",
    }  # fmt: skip
    assert codes_under("verdi") == {
        "verdi-positiv", "verdi-betinget", "verdi-negativ", "verdi-humanitaer", "verdi-nytte",
    }  # fmt: skip
    assert codes_under("plankvalitet") >= {
        "mal", "indikator", "tiltak", "ansvarlig", "frist", "konsekvens", "evaluering", "definisjon",
    }  # fmt: skip
    assert {"behov-kartlagt", "behov-brukt"} <= codes_under("plankvalitet")
    assert len(codes_under("tema")) == 7
    assert len(codes_under("sektor")) == 12


def test_the_seven_themes_are_called_as_those_of_the_knowledge_base() -> None:
    from fotfeste.statistics.themes import load_themes

    municipal = [theme.id for theme in load_themes()][:7]
    assert [code.removeprefix("tema-") for code in BOOK.under("tema")[1:]] == municipal


def test_every_code_is_explained_in_three_languages_with_examples_in_both_forms_of_norwegian() -> None:
    for code in BOOK.codes:
        assert set(code.name) == set(code.definition) == {"nb", "nn", "en"}, code.id
        assert all(code.name.values()), code.id
        if code.heading:
            continue
        assert set(code.include) == set(code.exclude) == {"nb", "nn", "en"}, code.id
        assert {one.language for one in code.examples} == {Language.BOKMAAL, Language.NYNORSK}, code.id
        assert code.rules, code.id


def test_every_pattern_of_the_codebook_can_be_read_and_stands_once_in_its_rule() -> None:
    for code in BOOK.codes:
        for rule in code.rules:
            assert len(set(rule.patterns)) == len(rule.patterns), rule.id
            for pattern in (*rule.patterns, *rule.apart_from, *rule.unless, *rule.under):
                Pattern.parse(pattern)


def test_a_code_has_the_colour_of_the_one_above_it_and_is_dark_enough_for_white_text() -> None:
    assert BOOK.code("flyktninger").colour == BOOK.code("gruppe").colour
    for code in BOOK.codes:
        red, green, blue = (int(code.colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue)
        ]
        light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (light + 0.05) >= 4.5, code.id


def test_a_name_finds_the_newest_edition_and_a_path_finds_a_file(tmp_path: Path) -> None:
    assert load(shipped()[-1]) == BOOK
    (tmp_path / "egen.toml").write_text(SMALL, encoding="utf-8")
    own = load(tmp_path / "egen.toml")
    assert [code.id for code in own.given] == ["flyktninger"]
    assert own.path("flyktninger") == (own.code("gruppe"), own.code("flyktninger"))


def test_a_codebook_reads_back_as_it_was_written() -> None:
    assert codebook_of_text(codebook_as_toml(BOOK), "x") == BOOK


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 10)), min_size=1, max_size=12))
def test_any_names_and_any_hierarchy_read_back(rows: list[tuple[str, str, int]]) -> None:
    codes = []
    for number, (name, text, above) in enumerate(rows):
        parent = f"k{above % number}" if number and above % 3 else None
        codes.append(
            Code(
                f"k{number}",
                {"nb": name},
                parent,
                definition={"nb": text},
                examples=(Example(text),),
                rules=(Rule(f"k{number}/1", ("flyktning",)),),
            )
        )
    book = Codebook("b", date(2026, 1, 1), {"nb": "Bok"}, tuple(codes))
    assert codebook_of_text(codebook_as_toml(book), "x") == book


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("schema = 1", "schema = 2", "plan.codebook_schema"),
        ("dated = 2026-11-22", 'dated = "i dag"', "plan.codebook_faults"),
        ('parent = "gruppe"', 'parent = "finnes-ikke"', "plan.codebook_faults"),
        ('parent = "gruppe"', 'parent = "flyktninger"', "plan.codebook_faults"),
        ('id = "flyktninger"', 'id = "gruppe"', "plan.codebook_faults"),
        ('id = "flyktninger"', 'id = "../x"', "plan.codebook_faults"),
        ('["flyktning"]', '["*a*"]', "plan.codebook_faults"),
        ('["flyktning"]', "[]", "plan.codebook_faults"),
        ('["flyktning"]', '["flyktning"]\ncouples = ["gruppe", "gruppe"]', "plan.codebook_faults"),
        ('["flyktning"]', '["flyktning"]\ntogether = ["nei"]', "plan.codebook_faults"),
        ('["flyktning"]', '["flyktning"]\nwithin = "side"', "plan.codebook_faults"),
        ('["flyktning"]', '["flyktning"]\nkinds = ["kapittel"]', "plan.codebook_faults"),
        ('["flyktning"]', '["flyktning"]\nmonster = 1', "plan.codebook_faults"),
        ('name.nb = "Flyktninger"', 'name.de = "Flüchtlinge"', "plan.codebook_faults"),
        ("heading = true", 'heading = "ja"', "plan.codebook_faults"),
        ("heading = true", 'colour = "rød"', "plan.codebook_faults"),
        ("[[code]]", "[[code]", "plan.codebook_unreadable"),
    ],
)
def test_a_faulty_codebook_is_refused_with_what_is_wrong(old: str, new: str, told: str) -> None:
    assert old in SMALL
    with pytest.raises(InputError) as error:
        codebook_of_text(SMALL.replace(old, new), "bok.toml")
    assert error.value.code == told
    assert "bok.toml" in str(error.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as error:
        codebook_of_text(SMALL.replace("flyktning", "x*").replace('title.nb = "Liten"', ""), "bok.toml")
    assert len(error.value.problems) >= 3


def test_a_file_that_is_missing_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    for name, content in (("stor.toml", b"#" * (LARGEST + 1)), ("bilde.toml", b"\xff\xfe\x00")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=re.escape(name)):
            load(tmp_path / name)
    with pytest.raises(InputError, match="integrering"):
        load("finnes-ikke")


def test_a_hierarchy_that_never_ends_is_refused() -> None:
    deep = SMALL + "".join(
        f'[[code]]\nid = "n{number}"\nparent = "{"gruppe" if number == 0 else f"n{number - 1}"}"\nname.nb = "N"\n'
        for number in range(40)
    )
    with pytest.raises(InputError):
        codebook_of_text(deep, "x")
