"""How programs count, and that it is found from the text alone."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans.exchange import made

from fotfeste.plans.documents import read
from fotfeste.plans.exchange.following import follow
from fotfeste.plans.exchange.offsets import Counted, detect, source_text, ways
from fotfeste.plans.exchange.qdpx import read_qdpx
from fotfeste.plans.exchange.report import Counting, Newline, Unit

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("habits", made.ALL, ids=lambda one: one.origin)
def test_each_program_s_pieces_come_out_as_the_words_that_were_coded(habits: made.Habits) -> None:
    project = made.Project(habits, codes=made.code("Tema", key=made.guid("tema")))
    pieces = made.pieces_of(made.TEXT)
    project.text("Plan", made.TEXT, project.selections(made.TEXT, pieces, made.guid("tema")))
    found = read_qdpx("prosjekt.qdpx", project.packed(), at=AT)
    document = found.sources[0].document
    assert [document.at(one.span) for one in found.codings] == list(made.WORDS)
    assert found.report.offsets[0].score > 0.95
    assert found.report.offsets[0].sure


def test_what_was_found_is_told() -> None:
    project = made.Project(made.NVIVO, codes=made.code("Tema", key=made.guid("tema")))
    project.text(
        "Plan", made.TEXT, project.selections(made.TEXT, made.pieces_of(made.TEXT), made.guid("tema"))
    )
    how = read_qdpx("prosjekt.qdpx", project.packed(), at=AT).report.offsets[0].counting
    assert how == Counting(Unit.UTF16, Newline.AS_FILE, False, False)


def test_a_text_in_which_no_two_ways_differ_is_counted_by_the_standard() -> None:
    text = source_text("Bare vanlige tegn på én linje")
    assert ways(text) == (Counting(), Counting(inclusive=True))
    found = detect(text, [(0, 4), (5, 12)], "Plan")
    assert found.counting == Counting()
    assert found.sure


def test_pieces_that_end_inside_sentences_do_not_make_ends_the_last_sign() -> None:
    text = source_text("Vi vil ha flere. De skal bo her. Alle skal med.")
    pieces = [(text.text.index(one), text.text.index(one) + len(one)) for one in ("flere", "bo her", "med")]
    assert detect(text, pieces, "Plan").counting == Counting()


def test_two_ways_that_do_as_well_are_told_of() -> None:
    text = source_text("a b c d\ne f g h")
    found = detect(text, [(8, 9)], "Plan")
    assert found.counting.newline is Newline.AS_FILE
    # Counted as two, the line end puts the piece one sign before: on the line end itself.
    assert found.sure
    tied = detect(source_text("a b\n\nc d e f g h"), [(7, 8)], "Plan")
    assert not tied.sure


def test_no_pieces_and_impossible_pieces_are_no_fault() -> None:
    text = source_text("Et par ord\r\nog noen til 🙂")
    assert detect(text, [], "Plan").score == 1.0
    assert detect(text, [(-5, 3), (4, 900), (7, 2)], "Plan").score == 0.0


LETTERS = st.text(
    st.sampled_from("aåb Ø.,\n-=•1)🙂👷\u200d\u0301\u00ad\ufb01\t\f")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=120,
)


@given(LETTERS, st.sampled_from(list(Unit)), st.booleans(), st.booleans())
def test_every_place_in_a_text_is_found_again_however_it_is_counted(
    text: str, unit: Unit, crlf: bool, mark: bool
) -> None:
    source = source_text(text)
    newline = Newline.CRLF if crlf else Newline.LF
    counted = Counted(source, Counting(unit, newline, False, mark))
    units = {
        Unit.CODE_POINTS: len,
        Unit.UTF16: lambda one: len(one.encode("utf-16-le")) // 2,
        Unit.UTF8: lambda one: len(one.encode()),
    }[unit]
    for place in range(len(source.text) + 1):
        before = source.text[:place]
        position = units(before) + (before.count("\n") if crlf else 0) + mark
        assert counted.at(position) == (place, False)


@given(LETTERS)
def test_line_ends_as_in_the_file_count_as_the_file_has_them(text: str) -> None:
    raw = text.replace("\n", "\r\n")
    source = source_text(raw)
    counted = Counted(source, Counting(mark=source.mark))
    assert counted.at(len(raw)) == (len(source.text), False)


@given(LETTERS)
def test_a_piece_of_a_text_has_the_same_signs_in_the_document(text: str) -> None:
    words = f"Før {text} etter"
    source = source_text(words).text
    document = read("plan.txt", source.encode())
    followed = follow(source, document.text)
    assert followed.share > 0.5
    assert followed.span(0, 3) is not None
    whole = followed.span(0, len(source))
    assert whole is not None
    assert whole.start == 0
    assert document.text[: whole.end].endswith("etter")


def test_a_long_text_with_many_pieces_is_followed_sign_by_sign() -> None:
    chance = random.Random(7)
    words = ["innvandrarar", "arbeid", "å", "fylket", "🙂", "mål", "og", "distrikts-", "kommunen."]
    lines = [
        ("- " if chance.random() < 0.2 else "") + " ".join(chance.choices(words, k=12)) for _ in range(400)
    ]
    text = "\n".join(line + ("\n" if chance.random() < 0.3 else "") for line in lines)
    document = read("plan.txt", text.encode())
    followed = follow(text, document.text)
    assert followed.share > 0.999
    wrong = 0
    for _ in range(2_000):
        start = chance.randrange(len(text) - 40)
        end = start + chance.randrange(5, 40)
        span = followed.span(start, end)
        theirs = "".join(one for one in text[start:end] if one.isalpha())
        ours = "".join(one for one in document.at(span) if one.isalpha()) if span else ""
        wrong += theirs != ours
    assert wrong == 0
