"""The documents about plans: matrix, what is forgotten, and the draft hearing statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.plans.making import written

from fotfeste.messages import Locale, language
from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingRules
from fotfeste.plans.coverage import Matrix, ReadDocument, matrix, read_document
from fotfeste.plans.documents import Document as PlanDocument
from fotfeste.plans.gaps import GapReport, gaps, shipped_expectations
from fotfeste.plans.register import Owner, Plan, Register, Status
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import load_regions
from fotfeste.reports import render_docx, render_html, render_xlsx
from fotfeste.reports.blocks import Aside, Block, Bullets, Document, Heading, Paragraph, Table
from fotfeste.reports.plans import (
    Chosen,
    gap_document,
    leanings,
    matrix_document,
    matrix_workbook,
    statement,
)
from fotfeste.reports.plans.chosen import support_key
from fotfeste.reports.plans.gap_figures import questions_of
from fotfeste.reports.plans.hearing_values import in_order, title_of
from fotfeste.reports.plans.quoted import QUOTE, quote

DAY = date(2026, 11, 22)
BOOK = load("integrering")
RULES = CodingRules(BOOK)
TELEMARK = Owner(OwnerKind.COUNTY, "40", "Telemark")
COUNTY_PLAN = (
    "# Mål",
    "Fylkeskommunen skal bidra til at flere innvandrere kommer inn i arbeidslivet i hele fylket.",
    "# Folketall",
    "Innvandring har dempet nedgangen i folketallet i de fleste kommunene i fylket.",
    '=HYPERLINK("x") er en prøve på regneark, og innvandrere er nevnt her.',
)
DRAFT = (
    "# Folketall",
    "Folketallet går ned, og fødselstallene er lave.",
    "# Arbeid",
    "Ledigheten er lav, og bedriftene mangler arbeidskraft.",
    "# Innbyggerne",
    "Innvandrerbefolkningen er en ressurs.",
)


def read(name: str, *paragraphs: str, pages: bool = False) -> ReadDocument:
    made = written(*paragraphs)
    if pages:
        made = _paged(made)
    return read_document(name, made, RULES.suggest(made))


def _paged(made: PlanDocument) -> PlanDocument:
    return replace(made, passages=tuple(replace(one, pages=(7, 7)) for one in made.passages))


@pytest.fixture(scope="module")
def county() -> ReadDocument:
    return read("fylket", *COUNTY_PLAN, pages=True)


@pytest.fixture(scope="module")
def laid_out(county: ReadDocument) -> Matrix:
    plans = (
        Plan("p", TELEMARK, "regional_plan", "Oppdiktet regional plan", Status.ADOPTED),
        Plan("q", TELEMARK, "regional_plan", "Oppdiktet næringsplan", Status.ADOPTED, topics=("business",)),
    )
    return matrix(Register(plans), [county], {"fylket": "p"}, [TELEMARK], load_regions(), BOOK, DAY)


@pytest.fixture(scope="module")
def report() -> GapReport:
    return gaps(read("utkast", *DRAFT, pages=True), "municipal_plan_society", (), BOOK)


def words_of(document: Document) -> str:
    return render_html(document).decode()


def plain(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for one in blocks:
        if isinstance(one, Heading):
            found.append(one.text)
        elif isinstance(one, Paragraph | Aside):
            found.append("".join(each if isinstance(each, str) else each.text for each in one.content))
        elif isinstance(one, Bullets):
            found += [
                "".join(each if isinstance(each, str) else each.text for each in item) for item in one.items
            ]
        elif isinstance(one, Table):
            found += [str(cell) for row in one.rows for cell in row]
    return found


def test_the_matrix_says_what_is_silent_as_plainly_as_what_is_mentioned(laid_out: Matrix) -> None:
    said = plain(matrix_document(laid_out, "nb", DAY).blocks)
    assert any(one.startswith("Taus om: ") and "Distrikt" in one for one in said)
    assert any(
        "dempet nedgangen i folketallet" in one and "s.\u00a07" in one and "forslag" in one for one in said
    )
    assert any(one.startswith("Ikke lest: Oppdiktet næringsplan") for one in said)
    assert "Av 2 planer er én lest. Om resten kan ingenting sies." in said


def test_suggestions_are_told_apart_before_anything_else(laid_out: Matrix) -> None:
    document = matrix_document(laid_out, "nb", DAY)
    aside = next(one for one in document.blocks if isinstance(one, Aside))
    assert document.blocks.index(aside) == 1
    assert "Ingen har sett på det" in str(aside.content)


def test_the_workbook_has_every_passage_and_no_formula(laid_out: Matrix) -> None:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(render_xlsx(matrix_workbook(laid_out, "nb", DAY))))
    cells, passages, plans = (book[name] for name in ("Dekning", "Avsnitt", "Planer"))
    assert [row[0].value for row in cells.iter_rows(min_row=2)] == ["Telemark"] * 6
    quoted = [row[8] for row in passages.iter_rows(min_row=2)]
    hostile = [one for one in quoted if str(one.value).startswith("=HYPERLINK")]
    assert hostile
    assert all(one.data_type == "s" for one in hostile)
    assert {row[6].value for row in plans.iter_rows(min_row=2)} == {"fylket", "ikke lest inn"}


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_same_gives_the_same_bytes_in_every_language(
    laid_out: Matrix, report: GapReport, locale: Locale
) -> None:
    for made in (matrix_document(laid_out, locale, DAY), gap_document(report, "Oppdiktet plan", locale, DAY)):
        assert render_docx(made) == render_docx(made)
        assert made.language == locale


def test_the_gap_report_shows_for_each_remark_a_passage_or_the_search(report: GapReport) -> None:
    said = plain(gap_document(report, "Oppdiktet plan", "nb", DAY).blocks)
    assert report.forgotten
    for one in report.forgotten:
        assert str(one.expectation.name) in said
        assert one.passages or one.searched
    assert any("Ledigheten er lav" in one and "s.\u00a07" in one for one in said)
    assert any(one.startswith("Det er søkt etter") for one in said)
    assert any("innvandrerbefolkningen" in one and "Statistisk sentralbyrå" in one for one in said)


def made_statement(
    report: GapReport, county: list[ReadDocument], locale: Locale = "nb", chosen: Chosen | None = None
) -> Document:
    found = leanings(report, county, BOOK, shipped_expectations())
    return statement(
        report, found, title="Oppdiktet samfunnsdel", county="Telemark", municipality="Kviteseid",
        titles={"fylket": "Oppdiktet regional plan"}, locale=locale, issued=DAY, chosen=chosen,
    )  # fmt: skip


def test_every_advice_cites_the_draft_and_the_county_plan(report: GapReport, county: ReadDocument) -> None:
    document = made_statement(report, [county])
    advice = [one for one in document.blocks if isinstance(one, Heading) and one.level == 2]
    assert advice
    for heading in advice:
        start = document.blocks.index(heading)
        rest = document.blocks[start + 1 :]
        end = next((at for at, one in enumerate(rest) if isinstance(one, Heading)), len(rest))
        said = plain(rest[:end])
        assert any(one.startswith("I utkastet: ") for one in said)
        assert any("s.\u00a07" in one or "Lest: " in one for one in said)
        assert any("(Oppdiktet regional plan, s.\u00a07)" in one for one in said)


def test_what_the_county_plan_does_not_support_is_left_out_and_named_to_the_case_officer(
    report: GapReport, county: ReadDocument
) -> None:
    document = made_statement(report, [county])
    frame = document.blocks[0]
    assert isinstance(frame, Aside)
    assert "Ikke tatt med" in str(frame.content)
    assert "Skyss for dem som ikke har førerkort" in str(frame.content)
    headings = [one.text for one in document.blocks if isinstance(one, Heading)]
    assert not any("Skyss" in one for one in headings)


def test_what_a_case_officer_leaves_out_is_gone_and_own_words_stand_after_the_advice(
    report: GapReport, county: ReadDocument
) -> None:
    found = leanings(report, [county], BOOK, shipped_expectations())
    first = next(one for one in found if one.remark.expectation.id == "sysselsetting")
    chosen = Chosen(
        frozenset({"demografi"}), {"sysselsetting": "Egne ord.\n\nMer."}, {"sysselsetting": first.support}
    )
    document = made_statement(report, [county], chosen=chosen)
    said = plain(document.blocks)
    at = said.index("Egne ord.")
    assert said[at - 1] == str(first.remark.expectation.advice.texts["nb"])
    assert said[at + 1] == "Mer."
    assert "Slik står det i andre planer:" in said
    assert not any("Folketallet med og uten" in one for one in said if one[:1].isdigit())
    nothing = Chosen(frozenset(support_key(one, each) for one in found for each in one.support))
    assert "Vi har ingen råd" in " ".join(plain(made_statement(report, [county], chosen=nothing).blocks))


def test_own_words_about_objection_are_told_to_the_case_officer(
    report: GapReport, county: ReadDocument
) -> None:
    frame = made_statement(report, [county], chosen=Chosen(own={"": "Vi fremmer innsigelse."})).blocks[0]
    assert isinstance(frame, Aside)
    assert "Du har skrevet om innsigelse." in str(frame.content)


def test_the_figures_and_questions_of_an_expectation_are_known_to_the_statistics() -> None:
    from fotfeste.statistics.indicator_catalogue import load_catalogue
    from fotfeste.statistics.themes import load_themes

    indicators, themes = {one.id for one in load_catalogue()}, {one.id for one in load_themes()}
    for one in shipped_expectations().all:
        assert set(one.figures) <= indicators, one.id
        assert one.theme in {"", *themes}, one.id
        assert questions_of(one) or not one.theme, one.id


def test_without_a_county_plan_there_is_no_advice(report: GapReport) -> None:
    said = plain(made_statement(report, []).blocks)
    assert "Vi har ingen råd om innvandring, integrering og distrikt til utkastet." in said


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_statement_is_advice_and_never_an_objection(
    report: GapReport, county: ReadDocument, locale: Locale
) -> None:
    text = " ".join(plain(made_statement(report, [county], locale).blocks))
    assert "fremmer innsigelse" not in text
    assert "reiser innsigelse" not in text
    assert text.count("innsigelse") <= 1


def test_a_long_passage_is_quoted_by_the_sentences_that_count() -> None:
    long = "Dette er en setning om noe helt annet som bare fyller opp avsnittet. " * 8
    one = read("langt", f"{long}Innvandrere skal inn i arbeidslivet. {long}")
    from fotfeste.plans.coverage.quoting import evidence_of

    found = evidence_of(one, 0, frozenset({"innvandrere"}), frozenset(), BOOK)
    assert quote(found) == "… Innvandrere skal inn i arbeidslivet. …"
    assert len(found.quote) > QUOTE


def test_hostile_words_of_a_plan_are_words_in_the_document() -> None:
    hostile = "<script>alert(1)</script> Innvandrere skal ha arbeid i bedriftene [x](javascript:1)."
    bad = gaps(read("utkast", hostile), "municipal_plan_society", (), BOOK)
    page = words_of(gap_document(bad, "<b>Oppdiktet</b>", "nb", DAY))
    assert "<script>alert" not in page
    assert "<b>Oppdiktet" not in page


def test_a_long_title_makes_a_file_name_of_whole_words(report: GapReport) -> None:
    title = "Samfunnsdelen til kommuneplanen for Oppdiktet kommune 2026 til 2038 med handlingsdel"
    stem = gap_document(report, title, "nb", DAY).file_stem
    assert stem == "hva-er-glemt-samfunnsdelen-til-kommuneplanen-for-oppdiktet-kommune-2026-nb"


def test_plans_that_hold_and_are_the_countys_own_are_leant_on_first() -> None:
    def plan(name: str, code: str, kind: str, last: int | None, first: int = 2020) -> Plan:
        owner = Owner(OwnerKind.COUNTY, code, "Telemark")
        return Plan(name, owner, kind, name, Status.ADOPTED, valid_from=first, valid_to=last)

    old = plan("old", "40", "regional_plan", 2025)
    basis = plan("basis", "40", "knowledge_base", None)
    inherited = plan("inherited", "38", "regional_plan", 2030)
    own, newest = plan("own", "40", "regional_plan", 2030), plan("newest", "40", "regional_plan", None, 2024)
    some = [old, basis, inherited, own, newest]
    found = sorted(some, key=lambda one: in_order(one, "40", 2026))
    assert [one.id for one in found] == ["newest", "own", "inherited", "basis", "old"]
    regions, words = load_regions(), language("nb")
    dissolved = Plan(
        "p", Owner(OwnerKind.COUNTY, "38", "Vestfold og Telemark"), "regional_plan", "Plan", Status.ADOPTED
    )
    assert title_of(dissolved, regions, words) == "Plan (Vestfold og Telemark fylkeskommune, oppløst 2024)"
    assert title_of(newest, regions, words) == "newest (Telemark)"


def test_a_line_that_leads_to_quotes_stays_with_them(report: GapReport, county: ReadDocument) -> None:
    document = made_statement(report, [county])
    leading = [
        number
        for number, one in enumerate(document.blocks)
        if isinstance(one, Paragraph) and str(one.content[0]).find("I fylkets planer") >= 0
    ]
    assert leading
    for number in leading:
        one = document.blocks[number]
        assert isinstance(one, Paragraph)
        assert one.keep
        assert isinstance(document.blocks[number + 1], Bullets)
    word = ZipFile(BytesIO(render_docx(document))).read("word/document.xml").decode()
    assert word[: word.index("I fylkets planer")].rpartition("<w:p>")[2].count("<w:keepNext/>") == 1
