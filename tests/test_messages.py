"""Texts for people: every one can be translated, and numbers and dates read as Norwegians write them."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
import string
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.messages import Language, Translated, language, msg, nmsg, one_after_another

ROOT = Path(__file__).resolve().parents[1]
NB, EN = language("nb"), language("en")
HELP = {"help", "short_help", "epilog", "metavar"}
NOT_SHOWN = {
    "cli/council_paper.py": "values of an option, as they are typed",
    "cli/regions.py": "keys of the register",
    "messages.py": "names of the forms of Norwegian, and marks of quotation",
    "plans/coding/features.py": "words that tell a classifier nothing",
    "plans/documents/building.py": "last words of a line that no title ends with",
    "plans/documents/languages.py": "words by which a form of Norwegian is known",
    "plans/documents/paragraphs.py": "letters that points are numbered with",
    "plans/documents/plain.py": "letters that points are numbered with",
    "plans/documents/sentences.py": "short forms that end no sentence, and marks of quotation",
    "plans/exchange/codes.py": "letters that ids do without",
    "plans/generations/aligning.py": "letters and marks that points are numbered with",
    "plans/generations/summary.py": "words that say that something is a goal",
    "plans/words/compounds.py": "letters of words",
    "plans/words/forms.py": "letters of words",
    "plans/words/grammar.py": "marks and words of the language of patterns",
    "plans/words/tokens.py": "letters that are written in two ways",
    "regions/names.py": "letters in names",
    "regions/values.py": "names of the forms of Norwegian",
    "reports/documents/compose.py": "names of the forms of Norwegian",
    "reports/documents/details.py": "names of the forms of Norwegian",
    "reports/documents/letter.py": "letters in file names",
    "reports/documents/revision.py": "names of fields in a county's own template",
    "reports/documents/templates.py": "names of fields in a county's own template",
    "reports/pages/questions.py": "marks that end a word in a question",
    "reports/outline.py": "letters in anchors",
    "settlement/county_table.py": "headings and marks in files that are read",
    "settlement/follow_up/columns.py": "headings in files that are read",
    "settlement/reply_check.py": "letters that names are written with",
    "settlement/follow_up/reservations.py": "letters that a sentence begins with",
    "statistics/readers/imdi.py": "headings in files that are read",
    "statistics/remarks.py": "the form of sentences that are stored in bokmål",
    "statistics/indicator_search.py": "words of questions that tell nothing",
    "statistics/user_data.py": "headings in files that are read",
    "web/people/models.py": "the languages, each by its own name",
    "web/people/migrations/0001_initial.py": "the same, as Django writes them",
    "web/project/settings.py": "the languages, each by its own name",
    "web/places/addresses.py": "letters that addresses and file names do without",
    "web/plans/services.py": "letters that addresses do without",
    "web/rights/table.py": "writes a page of the guide, which is in bokmål",
    "web/trace/models.py": "Noark's own names of its codes; people read those of wording.py",
    "web/trace/migrations/0001_initial.py": "the same, as Django writes them",
}
"""Files with Norwegian in literals that no reader meets as a text of ours, and why."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The program `tools/messages.py`."""
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def collected(tool: ModuleType) -> Any:
    """Every text of the library, as translators get them."""
    return tool.collect(ROOT / "src" / "fotfeste")


@cache
def marked_texts() -> tuple[tuple[str, ast.Call], ...]:
    """Every call of `msg` and `nmsg` in the library, with its place."""
    return tuple(_marked_texts())


def _marked_texts() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"msg", "nmsg"}
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def fields_of(text: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_written_out_and_names_the_fields_it_is_given() -> None:
    wrong = []
    for place, call in marked_texts():
        function = call.func.id if isinstance(call.func, ast.Name) else ""
        texts = call.args[: 2 if function == "nmsg" else 1]
        if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
            wrong.append(f"{place}: the text is put together by the program and cannot be translated")
            continue
        bound_elsewhere = not call.keywords or any(word.arg is None for word in call.keywords)
        if bound_elsewhere and function == "msg":
            continue
        given_fields = {word.arg for word in call.keywords} | ({"count"} if function == "nmsg" else set())
        used = set().union(*(fields_of(text.value) for text in texts if isinstance(text, ast.Constant)))
        if used - given_fields or (given_fields - {"count"}) - used:
            wrong.append(
                f"{place}: uses {sorted(used)}, is given {sorted(str(name) for name in given_fields)}"
            )
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("Personer", ("web/front/", "web/people/", "web/trace/")),
        ("Antall personer", ("cli/", "reports/", "settlement/", "web/")),
        ("Valg", ("cli/",)),
        ("Avsluttet", ("web/rounds/",)),
        ("Sluttid", ("web/jobs/",)),
    ],
)
def test_a_text_that_could_mean_two_things_has_one_meaning(
    collected: Any, text: str, rooms: tuple[str, ...]
) -> None:
    """People with access or a number of them, options of a command or what can be done, when or that it ended."""
    found = collected.get(text)
    assert found is not None
    assert [place for place, _ in found.locations if not place.startswith(rooms)] == []


def test_the_collection_for_translators_holds_every_text(collected: Any) -> None:
    there = {
        text for entry in collected if entry.id
        for text in (entry.id if isinstance(entry.id, tuple) else (entry.id,))
    }  # fmt: skip
    written = {
        text.value
        for _, call in marked_texts()
        for text in call.args[:1]
        if isinstance(text, ast.Constant) and text.value
    }
    assert len(written) > 50
    assert written - there == set()


@cache
def norwegian_outside_messages() -> tuple[tuple[str, str], ...]:
    """Every literal in the library with Norwegian letters or marks that no translation can reach, with its file."""
    return tuple(_norwegian_outside_messages())


def _norwegian_outside_messages() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        reached: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                reached.add(id(node.value))
            if isinstance(node, ast.Dict) and {"nb", "nn", "en"} <= {
                getattr(key, "value", "") for key in node.keys
            }:
                reached |= {id(text) for text in node.values}
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name) and node.func.id in {"msg", "nmsg"}:
                    reached |= {id(text) for text in node.args}
                reached |= {id(word.value) for word in node.keywords if word.arg in HELP}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in reached:
                quoting = any(mark in node.value for mark in "«»")
                if re.search("[æøåÆØÅ]", node.value) or (quoting and re.search(r"\w", node.value)):
                    yield path.relative_to(ROOT / "src" / "fotfeste").as_posix(), node.value


def test_no_norwegian_text_stands_where_translation_cannot_reach_it() -> None:
    left = [f"{place}: {text}" for place, text in norwegian_outside_messages() if place not in NOT_SHOWN]
    assert left == []


def test_the_places_that_are_excepted_still_need_it() -> None:
    assert set(NOT_SHOWN) - {place for place, _ in norwegian_outside_messages()} == set()


def test_the_command_line_speaks_to_its_reader_and_not_always_in_bokmål() -> None:
    in_bokmål = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "src" / "fotfeste" / "cli").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "str"
        and node.args
        if any(isinstance(part, ast.Name) and part.id in {"msg", "nmsg"} for part in ast.walk(node.args[0]))
    ]
    assert in_bokmål == []


def test_help_texts_are_written_out_so_that_they_can_be_translated() -> None:
    composed = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "src" / "fotfeste" / "cli").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"command", "group", "option"}
        for word in node.keywords
        if word.arg in HELP and not isinstance(word.value, ast.Constant | ast.Name)
    ]
    assert composed == []


def test_the_collection_holds_help_and_the_texts_of_shipped_files(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli" / "job.py").write_text(
        '@click.command(short_help="Kort.")\n'
        '@click.option("--out", metavar="MAPPE", help="Skriv hit.")\n'
        "def job() -> None:\n"
        '    """Gjør jobben.\n\n    Over to\n    linjer.\n\n    \\b\n    Eksempel:\n      fotfeste job\n    """\n'
        'def other() -> None:\n    """Not a command."""\n',
        "utf-8",
    )
    shipped = tmp_path / "settlement" / "criteria_files"
    shipped.mkdir(parents=True)
    (shipped / "a.toml").write_text(
        'id = "a"\ntitle = "Tittel"\n[answers]\nwork = "Svar"\n[[criterion]]\nid = "x"\nname = "Navn"\n'
        '[[rule]]\nkind = "floor"\nsource = "Kilde"\n',
        "utf-8",
    )
    assert {entry.id for entry in tool.collect(tmp_path) if entry.id} == {
        "Kort.", "MAPPE", "Skriv hit.", "Gjør jobben.", "Over to linjer.", "Eksempel:",
        "Tittel", "Svar", "Navn", "Kilde",
    }  # fmt: skip


def test_an_untranslated_plural_is_not_translated(tool: ModuleType) -> None:
    catalogue = tool.Catalog(locale="nn")
    assert not tool.translated(catalogue.add(("én", "flere")))
    assert not tool.translated(catalogue.add(("to", "tre"), ("to", "")))
    assert tool.translated(catalogue.add(("fire", "fem"), ("fire", "fem")))


def test_a_text_that_carries_its_translations_follows_the_reader() -> None:
    name = Translated({"nb": "Folketall", "nn": "Folketal", "en": "Population"})
    assert [language(one).text(name) for one in ("nb", "nn", "en")] == ["Folketall", "Folketal", "Population"]  # type: ignore[arg-type]
    assert EN.text(msg("{name}: {count}", name=name, count=1200)) == "Population: 1,200"
    assert EN.text(Translated({"nb": "Bare her"})) == "Bare her"
    assert (NB.quoted("a"), EN.quoted("a")) == ("«a»", "‘a’")


def test_a_translation_is_compiled_and_read_back(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text(
        'msg("bosetting {year}")\nnmsg("{count} kommune", "{count} kommuner", n)\n'
    )
    texts = tool.collect(tmp_path)
    catalogue = tool.updated(b"", "nn", texts)
    catalogue["bosetting {year}"].string = "busetjing {year}"
    catalogue["{count} kommune"].string = ("{count} kommune", "{count} kommunar")
    again = tool.updated(tool.as_po(catalogue), "nn", texts)
    words = Language("nn", gettext.GNUTranslations(BytesIO(tool.compiled(again))))
    assert words.text(msg("bosetting {year}", year="2027")) == "busetjing 2027"
    assert words.text(nmsg("{count} kommune", "{count} kommuner", 17)) == "17 kommunar"
    assert words.text(msg("{rate} %", rate=Fraction(3, 2))) == "1,5 %"
    assert tool.as_po(again) == tool.as_po(tool.updated(tool.as_po(again), "nn", texts))


def test_texts_of_the_libraries_below_the_workspace_are_compiled_and_checked(
    tool: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "web" / "locale" / "nn" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Password"\nmsgstr "Passord"\n', "utf-8")
    assert tool.borrowed(tmp_path, True) == ["nn: django.mo is not what django.po compiles to"]
    assert tool.borrowed(tmp_path, False) == []
    assert tool.borrowed(tmp_path, True) == []
    assert (
        gettext.GNUTranslations(BytesIO(path.with_suffix(".mo").read_bytes())).gettext("Password")
        == "Passord"
    )
    with path.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Sign in"\nmsgstr ""\n')
    assert tool.borrowed(tmp_path, True) == ["nn: django.po: untranslated: 'Sign in'"]
    path.with_suffix(".mo").write_bytes(b"")
    assert "nn: django.mo is not what django.po compiles to" in tool.borrowed(tmp_path, True)


def test_every_translation_in_the_tree_is_compiled_from_its_source(tool: ModuleType) -> None:
    from babel.messages.pofile import read_po

    for path in (ROOT / "src").rglob("*.po"):
        catalogue = read_po(BytesIO(path.read_bytes()), locale=path.parents[1].name)
        assert path.with_suffix(".mo").read_bytes() == tool.compiled(catalogue), path


@pytest.mark.parametrize(
    ("value", "decimals", "norwegian", "english"),
    [
        (0, 0, "0", "0"),
        (5627400, 0, "5\u00a0627\u00a0400", "5,627,400"),
        (Decimal("1234.5"), 1, "1\u00a0234,5", "1,234.5"),
        (Fraction(1, 3), 2, "0,33", "0.33"),
        (Fraction(1, 2), 0, "1", "1"),
        (Fraction(-5, 2), 0, "\u22123", "\u22123"),
        (Fraction(-1, 100), 1, "0,0", "0.0"),
    ],
)
def test_numbers_as_the_reader_writes_them(
    value: int | Fraction | Decimal, decimals: int, norwegian: str, english: str
) -> None:
    assert NB.number(value, decimals) == norwegian
    assert EN.number(value, decimals) == english


def test_shares_become_per_cent_and_dates_are_written_out() -> None:
    assert NB.percent(Fraction(67, 100), 0) == "67\u00a0%"
    assert EN.percent(Fraction(1, 8)) == "12.5%"
    assert NB.date(date(2026, 11, 21)) == "21. november 2026"
    assert language("nn").date(date(2026, 5, 1)) == "1. mai 2026"


def test_a_short_date_is_as_it_is_written_in_a_table() -> None:
    assert NB.short_date(date(2026, 9, 8)) == "8.9.2026"
    assert EN.short_date(date(2026, 11, 8)) == "8 Nov 2026"


def test_a_decimal_keeps_its_own_decimals_and_a_fraction_has_one() -> None:
    assert str(msg("{number}", number=Decimal("3.25"))) == "3,25"
    assert EN.text(msg("{number}", number=Decimal("3.25"))) == "3.25"
    assert str(msg("{number}", number=Fraction(13, 4))) == "3,3"


def test_names_after_one_another_are_each_in_the_readers_language() -> None:
    names = one_after_another([Translated({"nb": "Bolig", "nn": "Bustad", "en": "Housing"}), "Vinje"])
    assert language("nn").text(msg("{names}", names=names)) == "Bustad, Vinje"


def test_lists_in_running_text() -> None:
    assert NB.join([]) == ""
    assert NB.join(["Skien"]) == "Skien"
    assert NB.join(["Skien", "Porsgrunn", "Bamble"]) == "Skien, Porsgrunn og Bamble"


def test_one_and_many_and_messages_within_messages() -> None:
    assert NB.text(nmsg("{count} person", "{count} personer", 1)) == "1 person"
    assert NB.text(nmsg("{count} person", "{count} personer", 1200)) == "1\u00a0200 personer"
    inner = nmsg("{count} plass", "{count} plasser", 2)
    assert str(msg("Boliger gir {places}.", places=inner)) == "Boliger gir 2 plasser."


@given(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6),
    st.integers(min_value=0, max_value=4),
)
def test_a_shown_number_is_within_half_a_unit_of_its_last_digit(value: Fraction, decimals: int) -> None:
    shown = NB.number(value, decimals).replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    assert abs(Fraction(shown) - value) * 2 * 10**decimals <= 1


def test_a_number_of_any_length_can_be_told() -> None:
    assert NB.number(10**40).replace("\u00a0", "") == "1" + "0" * 40
    assert EN.number(Fraction(10**40) + Fraction(1, 4), 1).endswith(",000.3")
