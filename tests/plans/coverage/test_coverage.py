"""What plans say and do not say: who says it, silence, what is not read, and what is inherited."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans.making import written

from fotfeste.errors import InputError
from fotfeste.plans.codebooks import Codebook, load
from fotfeste.plans.coding import CodingLog, CodingRules, accept, mark_read, reject, resolve
from fotfeste.plans.coverage import (
    Cell,
    Cover,
    Matrix,
    ReadDocument,
    Said,
    covers,
    matrix,
    narrowed,
    read_document,
    searched_for,
    with_something_read,
)
from fotfeste.plans.coverage.settings import read_settings, shipped_settings
from fotfeste.plans.coverage.wording import ABOUT, cell_text
from fotfeste.plans.documents import Document
from fotfeste.plans.documents.model import Span
from fotfeste.plans.register import Owner, Plan, Register, Status
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import load_regions

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TELEMARK = Owner(OwnerKind.COUNTY, "40", "Telemark")
VTFK = Owner(OwnerKind.COUNTY, "38", "Vestfold og Telemark")
TEXT = (
    "# Folketall",
    "Innvandring har dempet nedgangen i folketallet.",
    "Alle skal ha en god bolig i kommunen.",
    "# Arbeid",
    "Flyktninger skal få arbeid. Bussen går to ganger om dagen. Distriktene mangler folk.",
)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load("integrering")


@pytest.fixture(scope="module")
def rules(book: Codebook) -> CodingRules:
    return CodingRules(book)


def plan(name: str, owner: Owner = TELEMARK, kind: str = "regional_plan", **more: object) -> Plan:
    return Plan(name, owner, kind, f"Oppdiktet {name}", Status.ADOPTED, **more)  # type: ignore[arg-type]


def laid_out(
    book: Codebook, plans: list[Plan], read: list[ReadDocument], owner: Owner = TELEMARK, **belongs: str
) -> Matrix:
    return matrix(Register(tuple(plans)), read, belongs, [owner], load_regions(), book, DAY)


def cell(found: Matrix, kind: str, theme: str) -> Cell:
    row = next(one for one in found.rows if one.kind.id == kind)
    return row.cells[[one.id for one in found.columns].index(theme)]


def read(rules: CodingRules, text: tuple[str, ...] = TEXT, log: CodingLog | None = None) -> ReadDocument:
    made = written(*text)
    return read_document("d1", made, rules.suggest(made), log)


def test_no_plan_not_read_and_silent_are_three_things(book: Codebook, rules: CodingRules) -> None:
    plans = [plan("lest"), plan("ulest", topics=("business",))]
    found = laid_out(book, plans, [read(rules)], d1="lest")
    assert cell(found, "integration", "innvandrere").cover is Cover.NO_PLAN
    assert cell(found, "business", "innvandrere").cover is Cover.NOT_READ
    assert cell(found, "other_county", "arbeidsinnvandrere").cover is Cover.SILENT
    assert cell(found, "other_county", "flyktninger").cover is Cover.SUGGESTED


def test_a_cell_opens_its_passages_with_the_words_that_caused_them(
    book: Codebook, rules: CodingRules
) -> None:
    found = laid_out(book, [plan("lest")], [read(rules)], d1="lest")
    (passage,) = cell(found, "other_county", "flyktninger").passages
    assert passage.quote.startswith("Flyktninger skal få arbeid.")
    assert passage.coded[0].words == ("flyktninger",)
    assert passage.core == "Flyktninger skal få arbeid. …"
    assert found.documents["d1"].document.at(passage.span) == passage.quote


def test_a_theme_with_immigrants_needs_both_and_says_when_they_stand_apart(
    book: Codebook, rules: CodingRules
) -> None:
    found = laid_out(book, [plan("lest")], [read(rules)], d1="lest")
    assert [one.close for one in cell(found, "other_county", "demografi").passages] == [True]
    apart = written("Flyktninger er bosatt her. Det skal bygges boliger i sentrum.")
    again = laid_out(book, [plan("lest")], [read_document("d1", apart, rules.suggest(apart))], d1="lest")
    told = cell(again, "other_county", "lokalsamfunn")
    assert told.cover is Cover.SUGGESTED
    assert "ikke i samme setning" in str(cell_text(told))


def test_people_overrule_the_rules_and_are_told_apart_from_them(book: Codebook, rules: CodingRules) -> None:
    made = written(*TEXT)
    log = CodingLog("integrering")
    span = made.passages[1].span
    log = accept(log, at=NOON, coder="k1", text_sha256=made.text_sha256, span=span, code="innvandrere")
    refugees = made.passages[4].span
    log = reject(
        log, at=NOON, coder="k1", text_sha256=made.text_sha256, span=refugees, code="flyktninger", cause="x"
    )
    found = laid_out(book, [plan("lest")], [read_document("d1", made, rules.suggest(made), log)], d1="lest")
    assert cell(found, "other_county", "innvandrere").cover is Cover.MENTIONED
    refused = cell(found, "other_county", "flyktninger")
    assert refused.cover is Cover.SILENT
    assert [one.said for one in refused.rejected] == [Said.REJECTED]
    assert str(cell_text(refused)) == "taus; ett avsnitt valgt bort av folk"


def test_silence_after_reading_does_not_say_that_the_program_found_nothing(
    book: Codebook, rules: CodingRules
) -> None:
    made = written("Kommunen skal ta imot flyktninger.")
    whole = Span(0, len(made.text))
    log = mark_read(CodingLog("integrering"), at=NOON, coder="k1", text_sha256=made.text_sha256, span=whole)
    found = laid_out(book, [plan("lest")], [read_document("d1", made, rules.suggest(made), log)], d1="lest")
    told = cell(found, "other_county", "flyktninger")
    assert told.cover is Cover.READ_AND_SILENT
    assert str(cell_text(told)) == "taus, lest av folk; ett avsnitt valgt bort av folk"
    assert "Programmet finner ingenting" not in str(ABOUT[told.cover])


def test_people_who_disagree_are_said_to_until_it_is_settled(book: Codebook, rules: CodingRules) -> None:
    made = written(*TEXT)
    span, text = made.passages[1].span, made.text_sha256
    log = accept(
        CodingLog("integrering"), at=NOON, coder="k1", text_sha256=text, span=span, code="innvandrere"
    )
    log = mark_read(log, at=NOON, coder="k2", text_sha256=text, span=Span(0, len(made.text)))
    one = read_document("d1", made, rules.suggest(made), log)
    assert one.coded[1]["innvandrere"].said is Said.DISPUTED
    log = resolve(log, at=NOON, coder="k3", text_sha256=text, span=span, code="innvandrere", holds=False)
    settled = read_document("d1", made, rules.suggest(made), log)
    assert settled.coded[1]["innvandrere"].said is Said.REJECTED


def test_silence_that_somebody_has_read_for_is_surer(book: Codebook, rules: CodingRules) -> None:
    made = written("Alle skal ha det godt her.")
    log = mark_read(
        CodingLog("integrering"),
        at=NOON,
        coder="k1",
        text_sha256=made.text_sha256,
        span=Span(0, len(made.text)),
    )
    found = laid_out(book, [plan("lest")], [read_document("d1", made, rules.suggest(made), log)], d1="lest")
    assert cell(found, "other_county", "innvandrere").cover is Cover.READ_AND_SILENT


def test_what_only_a_heading_points_at_is_no_mention(book: Codebook, rules: CodingRules) -> None:
    made = written("# Distrikt", "Alle skal ha det godt her.")
    one = read_document("d1", made, rules.suggest(made))
    candidates = [
        place for place, codes in one.coded.items() for said in codes.values() if said.said is Said.CANDIDATE
    ]
    assert all(place not in one.with_code(["kobling"]) for place in candidates)


def test_a_plan_of_a_dissolved_county_stands_with_its_heirs_and_says_so(
    book: Codebook, rules: CodingRules
) -> None:
    plans = [plan("arvet", VTFK, topics=("competence",))]
    found = laid_out(book, plans, [read(rules)], d1="arvet")
    row = next(one for one in found.rows if one.kind.id == "competence")
    assert [(one.inherited, one.documents) for one in row.plans] == [(True, ("d1",))]
    oppland = Owner(OwnerKind.COUNTY, "05", "Oppland")
    akershus = Owner(OwnerKind.COUNTY, "32", "Akershus")
    two_of_26 = laid_out(book, [plan("gammel", oppland)], [], akershus)
    assert cell(two_of_26, "other_county", "innvandrere").cover is Cover.NO_PLAN


def test_a_plan_that_is_ended_or_replaced_is_left_out(book: Codebook) -> None:
    ended = Plan("a", TELEMARK, "regional_plan", "A", Status.REPEALED)
    old, new = plan("gammel"), plan("ny", replaces=("gammel",))
    row = next(one for one in laid_out(book, [ended, old, new], []).rows if one.kind.id == "other_county")
    assert [one.plan.id for one in row.plans] == ["ny"]


def test_a_document_without_a_plan_is_named_not_lost(book: Codebook, rules: CodingRules) -> None:
    assert laid_out(book, [plan("lest")], [read(rules)]).adrift == ("d1",)


def test_a_row_where_one_of_two_plans_is_read_says_that_the_other_is_not(
    book: Codebook, rules: CodingRules
) -> None:
    found = laid_out(book, [plan("lest"), plan("ulest")], [read(rules)], d1="lest")
    told = cell(found, "other_county", "arbeidsinnvandrere")
    assert told.cover is Cover.SILENT
    assert str(cell_text(told)) == "taus; én plan er ikke lest"


@given(st.lists(st.sampled_from(["accept", "reject", "read"]), max_size=8), st.data())
def test_whatever_coders_do_every_passage_is_counted_once(acts: list[str], data: st.DataObject) -> None:
    made, book = _MADE, _BOOK
    log = CodingLog("integrering")
    for act in acts:
        coder = data.draw(st.sampled_from(["k1", "k2"]))
        place = data.draw(st.integers(0, len(made.passages) - 1))
        span, text = made.passages[place].span, made.text_sha256
        if act == "accept":
            log = accept(log, at=NOON, coder=coder, text_sha256=text, span=span, code="flyktninger")
        elif act == "reject":
            log = reject(log, at=NOON, coder=coder, text_sha256=text, span=span, code="flyktninger", cause="")
        else:
            log = mark_read(log, at=NOON, coder=coder, text_sha256=text, span=span)
    one = read_document("d1", made, _SUGGESTED, log)
    found = cell(laid_out(book, [plan("lest")], [one], d1="lest"), "other_county", "flyktninger")
    groups = [[each.passage for each in some] for some in (found.passages, found.candidates, found.rejected)]
    every = [place for group in groups for place in group]
    assert len(every) == len(set(every))
    assert (found.cover in (Cover.SILENT, Cover.READ_AND_SILENT)) == (not found.passages)
    assert (found.cover is Cover.MENTIONED) == any(each.said is Said.ACCEPTED for each in found.passages)


_BOOK = load("integrering")
_MADE: Document = written(*TEXT)
_SUGGESTED = CodingRules(_BOOK).suggest(_MADE)


def test_settings_are_dated_and_a_wrong_file_says_what_is_wrong() -> None:
    shipped = shipped_settings()
    assert shipped.dated == date(2026, 11, 22)
    assert all(_BOOK.by_id.keys() >= one.asked(_BOOK) for one in shipped.columns)
    with pytest.raises(InputError, match="inherited_share"):
        read_settings(b'schema = 1\ndated = 2026-01-01\nsource = "x"\ninherited_share = 2\n', "egen.toml")
    with pytest.raises(InputError, match="skjemanummer"):
        read_settings(b"schema = 9\n", "egen.toml")


def test_a_part_of_the_matrix_has_the_cells_it_had_in_the_whole(book: Codebook, rules: CodingRules) -> None:
    document = written(*TEXT)
    read = read_document("d", document, rules.suggest(document))
    whole = laid_out(book, [plan("p"), plan("i", topics=("integration",))], [read], d="p")
    part = narrowed(whole, kinds=["other_county"], columns=["demografi", "kobling"])
    assert [one.kind.id for one in part.rows] == ["other_county"]
    assert {one.id for one in part.columns} == {"demografi", "kobling"}
    assert cell(part, "other_county", "demografi") == cell(whole, "other_county", "demografi")
    assert narrowed(whole) == whole
    assert sum(covers(whole).values()) == len(whole.rows) * len(whole.columns)
    assert with_something_read(whole) == whole
    assert with_something_read(laid_out(book, [plan("p")], [])).rows == ()


def test_every_column_can_tell_what_was_searched_for(book: Codebook) -> None:
    assert all(searched_for(one, book) for one in shipped_settings().columns)
