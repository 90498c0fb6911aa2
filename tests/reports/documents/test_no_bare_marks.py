"""Key figures, sentences and what stands beside a bar say what is lacking, hidden or not asked in words, never by a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.settlement.changed import bundle, prepared, standing
from tests.settlement.follow_up.examples import board, status

from fotfeste.messages import language
from fotfeste.regions import Regions, load_regions
from fotfeste.reports.blocks import Aside, Block, Bullets, KeyFigures, Paragraph, Picture
from fotfeste.reports.documents import build
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.dialogue_figures import key_figures
from fotfeste.reports.documents.dialogue_folder import round_basis
from fotfeste.reports.documents.dialogue_sheet import dialogue_sheet
from fotfeste.reports.documents.facts_page import municipality_page
from fotfeste.reports.documents.follow_up_board import board_blocks
from fotfeste.reports.documents.follow_up_sources import FollowUpReader
from fotfeste.reports.documents.revision import figures_of_county
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.dialogue.facts import Round, prepare_round
from fotfeste.settlement.dialogue.questions_file import load_questions
from fotfeste.settlement.follow_up.alerts import Sorted
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.revise import prepare_revision, revise
from fotfeste.statistics import open_store
from fotfeste.statistics.figure import Figure

REGIONS = load_regions()
ON = date(2027, 6, 2)
MARKS = {".", ":", "..", ":.", ".;", ":;", ".,", ":,", "(:)", "(.)", "(–)", "–.", "–;", "–,"}
STANDING = st.one_of(st.none(), st.just(":"), st.integers(0, 30))
FIGURES = st.one_of(
    st.sampled_from(
        [
            Figure.missing(),
            Figure.missing(low=0),
            Figure.suppressed(),
            Figure.suppressed(low=6, high=11),
            Figure.not_asked(),
        ]
    ),
    st.integers(0, 2_000).map(Figure.observed),
)


def bare(text: str) -> bool:
    """Whether a text has a word that is nothing but a mark."""
    return any(word in MARKS for word in text.split())


def said(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield every key figure and every sentence."""
    for block in blocks:
        match block:
            case KeyFigures():
                for _, value, beside in block.items:
                    assert value.strip() not in {"", ".", ":", "–", "-"}, block
                    yield from (value, beside)
            case Paragraph():
                yield "".join(piece for piece in block.content if isinstance(piece, str))
            case Bullets():
                yield from (str(piece) for item in block.items for piece in item)
            case Aside():
                yield "".join(str(piece) for piece in block.content)
            case Picture():
                yield block.alternative


def assert_in_words(blocks: Sequence[Block]) -> None:
    for text in said(blocks):
        assert not bare(text), text


def test_a_mark_among_words_is_found() -> None:
    assert bare("Bosatt: .")
    assert bare(". av .")
    assert not bare("Det er 3, ikke 4. Resten mangler.")


@settings(max_examples=60, deadline=None)
@given(st.tuples(STANDING, STANDING, STANDING, STANDING), st.tuples(STANDING, STANDING, STANDING, STANDING))
def test_what_is_decided_and_settled_in_a_revision_is_told_in_words(
    decided: tuple[int | str | None, ...], settled: tuple[int | str | None, ...]
) -> None:
    before = bundle(prepared())
    found = calculate(before.prepared)
    revision = revise(
        before, 120, standing=standing(decided, settled), as_of="2027-06-01", origin="bruker:status.csv"
    )
    basis = basis_of(replace(found, revision=revision), REGIONS, locale="nb", issued=ON)
    assert_in_words([figures_of_county(basis)])


def test_nothing_known_is_said_to_be_not_known_and_a_part_as_the_least_it_can_be() -> None:
    before = bundle(prepared())
    revision = revise(
        before,
        35,
        standing=standing((None, None, 1, 10), (None, None, None, None)),
        as_of="2027-06-01",
        origin="",
    )
    found = calculate(prepare_revision(before, revision, 35))
    _, decided, settled = figures_of_county(basis_of(found, REGIONS, locale="nb", issued=ON)).items
    assert decided[1:] == ("minst 11", "2 av 4 kommuner per 1. juni 2027; ikke kjent: Skien og Midt-Telemark")
    assert settled[1:] == ("ikke kjent", "per 1. juni 2027")


@settings(max_examples=60, deadline=None)
@given(st.lists(FIGURES, min_size=4, max_size=4))
def test_the_board_tells_in_words_what_stands_beside_each_bar(figures: list[Figure]) -> None:
    base = status({"4003": 20, "4020": 3, "4032": 12, "4036": 0})
    by_code = {
        code: replace(one, persons=figure)
        for (code, one), figure in zip(base.by_code.items(), figures, strict=True)
    }
    seen = board(status=replace(base, by_code=by_code))
    blocks = board_blocks(seen, Sorted((), ()), FollowUpReader(language("nb"), ON))
    assert_in_words(blocks)
    for drawn in (block.svg for block in blocks if isinstance(block, Picture)):
        assert not any(mark in drawn for mark in (">. av", "av .<", ">: av", "av :<", "av –<", ">– av"))


def test_a_bar_without_both_numbers_says_which_one_is_known() -> None:
    seen = board(status=status({"4003": 20, "4020": 3, "4032": 12}), decisions={})
    blocks = board_blocks(seen, Sorted((), ()), FollowUpReader(language("nb"), ON))
    (drawn,) = [block.svg for block in blocks if isinstance(block, Picture)]
    assert ">20 bosatt<" in drawn
    assert ">ikke kjent<" in drawn


def test_the_documents_of_a_recommendation_have_no_bare_marks(
    recommendation: Recommendation, regions: Regions, basis: Basis
) -> None:
    made = build(recommendation, regions, locale="nb", issued=ON)
    for document in (made.recommendation, made.case_paper, *made.letters):
        assert_in_words(document.blocks)
    for one in basis.results:
        page = municipality_page(one, basis)
        assert_in_words((page.answer, *page.held, *page.how, *page.beside, *page.sources))


@cache
def _gathered(county: str) -> Round:
    return prepare_round(county, 2027, store=open_store(), regions=REGIONS)


@pytest.mark.parametrize("county", ["42", "55"])
def test_the_sheet_of_a_meeting_has_no_bare_marks(county: str) -> None:
    found = _gathered(county)
    basis = round_basis(found, load_questions(), locale="nb", issued=ON)
    for case in found.cases:
        assert_in_words(dialogue_sheet(case, basis).blocks)


@settings(max_examples=40, deadline=None)
@given(st.lists(FIGURES, min_size=3, max_size=3))
def test_a_figure_beside_a_key_figure_is_in_words(figures: list[Figure]) -> None:
    found = _gathered("55")
    basis = round_basis(found, load_questions(), locale="nb", issued=ON)
    case = found.cases[0]
    own, county, alike = figures
    compared = tuple(replace(one, own=own, county=county, alike=alike) for one in case.facts.indicators)
    facts = replace(case.facts, indicators=compared, population=own)
    assert_in_words([key_figures(replace(case, facts=facts), basis)])
