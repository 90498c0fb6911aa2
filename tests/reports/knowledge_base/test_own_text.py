"""Own texts: they stand in their section year after year, and none is ever lost."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.knowledge_base.conftest import Place, section, words_of

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.reports.blocks import Bullets, Paragraph
from fotfeste.reports.knowledge_base import blank_own_text, knowledge_base, read_own_text
from fotfeste.reports.knowledge_base.compose import sections_of
from fotfeste.reports.knowledge_base.own_text import OwnBlock, OwnText, own_blocks

FILE = """schema = 1
[[block]]
id = "bolig"
section = "lokalsamfunn"
by = "planlegger"
on = 2026-10-01
text = \"\"\"
Kommunen har kjøpt tre hus.

Det gjenstår:
- oppussing
- kontrakter
\"\"\"
[[block]]
id = "funn-eldre"
section = "funn.very_old_share"
text = "Om de eldste."
[[block]]
id = "tom"
section = "kultur"
text = "  "
[[block]]
id = "kultur"
section = "kultur"
text = "Kulturskolen har ledige plasser."
"""


def read(tmp_path: Path, content: str) -> OwnText:
    file = tmp_path / "egne.toml"
    file.write_text(content, "utf-8")
    return read_own_text(file)


def test_a_text_stands_in_its_section_with_who_wrote_it(place: Place, tmp_path: Path) -> None:
    own = read(tmp_path, FILE)
    assert [one.id for one in own.blocks] == ["bolig", "funn-eldre", "kultur"]
    document = knowledge_base(place("4028"), "nb", own=own)
    told = words_of(section(document, "lokalsamfunn"))
    assert (
        "Egen tekst (planlegger, 1. oktober 2026).\nKommunen har kjøpt tre hus.\nDet gjenstår:\noppussing\nkontrakter"
        in told
    )
    assert "ledige plasser" in words_of(section(document, "kultur"))


def test_a_text_whose_section_is_gone_is_kept_last_and_told_where_it_belongs(
    place: Place, tmp_path: Path
) -> None:
    gathered = place("4028")
    assert "very_old_share" not in {one.indicator.id for one in gathered.findings}
    document = knowledge_base(gathered, "nb", own=read(tmp_path, FILE))
    told = words_of(section(document, "uten-plass"))
    assert "Om de eldste." in told
    assert "«funn.very_old_share»" in told
    assert words_of(document.blocks).count("Om de eldste.") == 1


def test_a_text_about_a_finding_stands_with_the_finding(place: Place, tmp_path: Path) -> None:
    gathered = place("40")
    chosen = gathered.findings[2].indicator.id
    own = read(tmp_path, FILE.replace("funn.very_old_share", f"funn.{chosen}"))
    document = knowledge_base(gathered, "nb", own=own)
    assert "Om de eldste." in words_of(section(document, f"funn-{chosen}"))
    assert "uten-plass" not in {getattr(one, "anchor", "") for one in document.blocks}


def test_every_section_keeps_its_text_and_changes_nothing_else(place: Place) -> None:
    gathered = place("4028")
    plain = words_of(knowledge_base(gathered, "nb").blocks).split("\n")
    names = [name for name, _ in sections_of(gathered)]
    own = OwnText(tuple(OwnBlock(name, name, f"Tekst til {name} her.") for name in names))
    told = words_of(knowledge_base(gathered, "nb", own=own).blocks).split("\n")
    for name in names:
        assert told.count(f"Tekst til {name} her.") == 1, name
    ours = {f"Tekst til {name} her." for name in names} | {"Egen tekst."}
    rest = [line for line in told if line not in ours]
    without_place = rest.index("Egne tekster uten plass")
    assert rest[:without_place] == plain


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.text(min_size=1, max_size=5)), max_size=12),
    st.sets(st.sampled_from(["a", "b", "c", "d"])),
)
def test_no_text_is_lost_or_told_twice_whatever_sections_there_are(
    written: list[tuple[str, str]], sections: set[str]
) -> None:
    own = OwnText(tuple(OwnBlock(str(place), name, text) for place, (name, text) in enumerate(written)))
    placed = [one for name in sections for one in own.of(name)]
    left = own.without_place(sections)
    assert sorted(one.id for one in (*placed, *left)) == sorted(one.id for one in own.blocks)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_every_word_that_is_written_is_in_the_document(text: str) -> None:
    block = OwnBlock("x", "kultur", text)
    shown = " ".join(
        "".join(str(one) for one in part)
        for found in own_blocks([block], language("nb"))[1:]
        for part in (
            [found.content]
            if isinstance(found, Paragraph)
            else found.items
            if isinstance(found, Bullets)
            else []
        )
    )
    for word in text.split():
        if word not in ("-", "*"):
            assert word in shown


def test_the_blank_file_has_every_section_and_can_be_read(place: Place, tmp_path: Path) -> None:
    words = language("nb")
    sections = [(name, words.text(title)) for name, title in sections_of(place("4028"))]
    content = blank_own_text(sections, words)
    assert [one["section"] for one in tomllib.loads(content)["block"]] == [name for name, _ in sections]
    assert read(tmp_path, content).blocks == ()


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('id = "bolig"', "id = 4", "block 1, id"),
        ('section = "lokalsamfunn"', 'sektion = "lokalsamfunn"', "block 1, sektion"),
        ('id = "tom"', 'id = "bolig"', "brukt to ganger"),
        ("on = 2026-10-01", 'on = "i fjor"', "block 1, on"),
        ("on = 2026-10-01", "on = 2026-10-01T10:00:00", "block 1, on"),
        ('text = "Om de eldste."', "", "block 2, text"),
    ],
)
def test_each_fault_is_told_with_its_place(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, FILE.replace(was, becomes))
    assert told in str(refused.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    content = FILE.replace('id = "bolig"', "id = 4").replace('text = "Om de eldste."', "")
    with pytest.raises(InputError) as refused:
        read(tmp_path, content)
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("schema = 2", "own_text.schema"),
        ("", "own_text.schema"),
        ("schema = ", "own_text.toml"),
        ('schema = 1\nblock = "nei"', "own_text.fields"),
        ("schema = 1\nblock = [1]", "own_text.fields"),
        ("schema = 1\nother = 1", "own_text.fields"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, content)
    assert refused.value.code == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ikke leses") as refused:
        read_own_text(tmp_path / "ingen.toml")
    assert refused.value.code == "own_text.absent"


def test_a_date_without_a_role_is_told_too() -> None:
    block = OwnBlock("x", "kultur", "Tekst.", on=date(2026, 5, 17))
    assert words_of(own_blocks([block], language("nb"))).startswith("Egen tekst (17. mai 2026).")
