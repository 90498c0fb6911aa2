"""The search in plans: what is found, in which order, what is shown of it, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.search import Chosen, Entry, connect, put, search
from fotfeste.plans.words import Pattern, PatternError


def plan(
    *passages: str, kinds: tuple[PassageKind, ...] = (), language: Language = Language.BOKMAAL
) -> Document:
    whole, made, at = "\n\n".join(passages), [], 0
    for place, text in enumerate(passages):
        span = Span(at, at + len(text))
        kind = kinds[place] if place < len(kinds) else PassageKind.PARAGRAPH
        headings = (0,) if place and kinds and kinds[0] is PassageKind.HEADING else ()
        made.append(Passage(span, kind, language, headings, (span,), 0, (place + 1, place + 1)))
        at = span.end + 2
    return Document(whole, Origin("oppdiktet", "", "text/plain", "test"), "Oppdiktet", tuple(made))


HILL = plan(
    "Bosetting og kvalifisering",
    "Kommunen vil bosette flyktninger i hele regionen, og arbeidsinnvandrere er velkomne.",
    "Fylkestinget innvilget søknaden uten innvendinger.",
    "Bosetting av flyktninger krever boliger. Bosetting krever også arbeid for flyktninger.",
    kinds=(PassageKind.HEADING,),
)
FJORD = plan(
    "Fylkeskommunen rår til busetjing av innvandrarar i distrikta.",
    "Naturmangfaldet skal vernast, og det kulturelle mangfaldet skal løftast.",
    language=Language.NYNORSK,
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Connection]:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        put(connection, Entry("hei", HILL, {"owner": ("33",), "type": ("regional plan",), "year": (2021,)}))
        put(connection, Entry("fjord", FJORD, {"owner": ("46",), "type": ("strategi",), "year": (2024,)}))
        yield connection


def places(index: Connection, query: str, chosen: Chosen | None = None) -> set[tuple[str, int]]:
    return {(one.document, one.place) for one in search(index, query, chosen).found}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bosetting", {("hei", 0), ("hei", 3), ("fjord", 0)}),
        ("busetjing", {("hei", 0), ("hei", 3), ("fjord", 0)}),
        ("innvandrer", {("hei", 1), ("fjord", 0)}),
        ("innv*", {("hei", 1), ("fjord", 0)}),
        ('"bosetting av flyktninger"', {("hei", 3)}),
        ("bosett* NÆR/2 flyktning", {("hei", 1), ("hei", 3)}),
        ("bosetting IKKE flyktning", {("hei", 0), ("fjord", 0)}),
        ("bosetting og (innvandrer eller bolig)", {("hei", 3), ("fjord", 0)}),
        ("mangfold", {("fjord", 1)}),
        ("student", set()),
    ],
)
def test_what_a_search_finds(index: Connection, query: str, expected: set[tuple[str, int]]) -> None:
    assert places(index, query) == expected


def test_what_holds_most_of_the_word_for_its_length_comes_first(index: Connection) -> None:
    found = search(index, "bosetting og flyktning").found
    assert [one.place for one in found] == [3]
    found = search(index, "bosetting").found
    assert [(one.document, one.place) for one in found] == [("hei", 0), ("hei", 3), ("fjord", 0)]
    assert found[0].score >= found[1].score >= found[2].score > 0


def test_a_score_is_that_of_the_published_formula(tmp_path: Path) -> None:
    """N = 2, n = 1: idf = ln(1 + 1.5 / 1.5) = ln 2; tf = 2, 3 words of a mean of 3: 2 · 2.2 / (2 + 1.2)."""
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        put(connection, Entry("a", plan("by by land", "hav og fjord")))
        assert search(connection, "by").found[0].score == pytest.approx(0.6931471805599453 * 4.4 / 3.2)


def test_a_contents_list_comes_after_the_text(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        contents = plan(
            "Bosetting 4", "Om bosetting i hele regionen i årene som kommer", kinds=(PassageKind.CONTENTS,)
        )
        put(connection, Entry("a", contents))
        assert [one.kind for one in search(connection, "bosetting").found] == [
            PassageKind.PARAGRAPH,
            PassageKind.CONTENTS,
        ]


def test_a_match_is_shown_with_the_words_around_it_and_its_place_in_the_document(index: Connection) -> None:
    found = search(index, "arbeidsinnvandrer", width=20).found[0]
    line = found.lines[0]
    assert HILL.at(line.span) == line.hit == "arbeidsinnvandrere"
    assert (line.left, line.right) == ("… hele regionen, og ", " er velkomne.")
    assert HILL.at(found.span) == found.text
    assert (found.pages, found.headings) == ((2, 2), ("Bosetting og kvalifisering",))
    assert [HILL.at(place) for place in line.match.places] == ["arbeidsinnvandrere"]


def test_look_alikes_are_counted_apart_and_can_be_shown(index: Connection) -> None:
    answer = search(index, "innv*")
    assert {one.rule: one.words for one in answer.left_out} == {
        "innv.innvending": (("innvendinger", 1),),
        "innv.innvilge": (("innvilget", 1),),
    }
    shown = search(index, "innv*", left_out=True)
    assert [(one.document, one.place) for one in shown.found] == [("hei", 2)]
    assert [line.hit for line in shown.found[0].left_out] == ["innvilget", "innvendinger"]
    assert shown.found[0].lines == ()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen(documents=["fjord"]), {("fjord", 0)}),
        (Chosen(documents=[]), set()),
        (Chosen(documents=["ukjent"]), set()),
        (Chosen(kinds=[PassageKind.HEADING]), {("hei", 0)}),
        (Chosen(languages=[Language.NYNORSK]), {("fjord", 0)}),
        (Chosen(keys={"owner": ["33"]}), {("hei", 0), ("hei", 3)}),
        (Chosen(keys={"owner": ["33", "46"], "type": ["strategi"]}), {("fjord", 0)}),
        (Chosen(ranges={"year": (2022, None)}), {("fjord", 0)}),
        (Chosen(ranges={"year": (None, 2021)}), {("hei", 0), ("hei", 3)}),
        (Chosen(ranges={"owner": (0, 99)}), set()),
    ],
)
def test_a_search_is_narrowed(index: Connection, chosen: Chosen, expected: set[tuple[str, int]]) -> None:
    assert places(index, "bosetting", chosen) == expected


def test_who_may_not_see_a_plan_learns_nothing_of_it(index: Connection) -> None:
    answer = search(index, "innv*", Chosen(documents=["fjord"]))
    assert (answer.passages, answer.documents, answer.left_out) == (1, 1, ())
    assert answer.by_document == {"fjord": 1}


def test_pages_of_an_answer_follow_each_other(index: Connection) -> None:
    whole = search(index, "bosetting")
    pages = [search(index, "bosetting", first=first, most=1) for first in range(4)]
    assert [one for page in pages for one in page.found] == list(whole.found)
    assert {(page.passages, page.documents) for page in pages} == {(3, 2)}


@pytest.mark.parametrize("query", ["", "by og", "(((", '"', "*%*"])
def test_a_query_that_cannot_be_read_is_refused_and_harms_nothing(index: Connection, query: str) -> None:
    with pytest.raises(PatternError):
        search(index, query)
    assert len(search(index, "bosetting").found) == 3


def test_signs_of_the_database_are_letters_like_others(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        put(connection, Entry("a", plan("100 % av 'kommunene' svarte", "kommune_nr")))
        assert len(search(connection, "kommun*").found) == 2


WORDS = [
    "innvandrere", "innvandrarar", "arbeidsinnvandring", "innvending", "innvilget", "mangfold", "biologisk", "kulturelt",
    "kommune", "kommunene", "distriktskommunar", "flyktning", "og", "lokalt", "arbeidsmarked", "fremmede", "arter",
]  # fmt: skip
PASSAGES = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=6)
QUERIES = st.recursive(
    st.sampled_from(
        [
            "innv*", "*innv*", "innvandrer", "mangfold", "kommune", "distrikt*", '"lokalt arbeidsmarked"', "fremmed*",
            '"biologisk mangfold"', "kommun* NÆR/3 flyktning", "mangfold NÆR/2 kommune", '"fremmed* art*"', "*kommune",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} og {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} eller {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} IKKE {two[1]})"),
    ),
    max_leaves=4,
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(PASSAGES, min_size=1, max_size=3), QUERIES)
def test_the_index_finds_exactly_what_the_pattern_finds_in_the_texts(
    texts: list[list[str]], query: str
) -> None:
    pattern = Pattern.parse(query)
    plans = {f"plan {number}": plan(*passages) for number, passages in enumerate(texts)}
    expected = {
        (name, place): sum(match.excluded_by is None for match in pattern.find(document.at(one.span)))
        for name, document in plans.items()
        for place, one in enumerate(document.passages)
    }
    with TemporaryDirectory() as folder, closing(connect(Path(folder) / "index.sqlite")) as connection:
        for name, document in plans.items():
            put(connection, Entry(name, document))
        answer = search(connection, query, most=200)
    found = {(one.document, one.place): len(one.lines) for one in answer.found}
    assert found == {place: number for place, number in expected.items() if number}
    assert answer.passages == len(found)
