"""Texts for people: every one can be translated, and numbers and dates read as Norwegians write them."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import string
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.messages import Language, language, msg, nmsg

ROOT = Path(__file__).resolve().parents[1]
NB, EN = language("nb"), language("en")


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


def marked_texts() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `msg` and `nmsg` in the library, with its place."""
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


def test_the_collection_for_translators_holds_every_text(tool: ModuleType) -> None:
    collected = {
        text for entry in tool.collect(ROOT / "src" / "fotfeste") if entry.id
        for text in (entry.id if isinstance(entry.id, tuple) else (entry.id,))
    }  # fmt: skip
    written = {
        text.value
        for _, call in marked_texts()
        for text in call.args[:1]
        if isinstance(text, ast.Constant) and text.value
    }
    assert len(written) > 50
    assert written - collected == set()


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
