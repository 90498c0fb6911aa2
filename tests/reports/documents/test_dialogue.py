"""The documents of the yearly meeting: two pages whatever there is to tell, in the municipality's own language."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest
from tests.daily import LONG_RUN, every_nth

from fotfeste.messages import Locale, written_to
from fotfeste.regions import load_regions
from fotfeste.reports import render_docx, render_html, render_pdf
from fotfeste.reports.blocks import Document, Table
from fotfeste.reports.documents.dialogue_basis import DialogueBasis, shortened
from fotfeste.reports.documents.dialogue_fit import fitted_sheet, pages_of
from fotfeste.reports.documents.dialogue_folder import meetings_basis, round_basis
from fotfeste.reports.documents.dialogue_form import asked_of, meeting_form
from fotfeste.reports.documents.dialogue_minutes import minutes_document
from fotfeste.reports.documents.dialogue_sheet import STEPS, dialogue_sheet
from fotfeste.reports.documents.dialogue_summary import summary_document, summary_workbook
from fotfeste.settlement.dialogue.facts import Case, Round, prepare_round
from fotfeste.settlement.dialogue.minutes import Meetings, Minutes, Need
from fotfeste.settlement.dialogue.questions_file import load_questions
from fotfeste.settlement.replies import Reply, Service
from fotfeste.statistics import open_store

REGIONS, STORE, FORM = load_regions(), open_store(), load_questions()
ISSUED = date(2026, 11, 21)
WORDY = (
    "Vi trenger flere boliger, lærere og tolker, og pengene må komme tidligere på året enn de gjør i dag. "
)
HOSTILE = '<script>alert("x")</script> {navn} #set page(width: 1cm) «sitat»'


def round_of(county: str, **given: object) -> Round:
    return prepare_round(county, 2027, store=STORE, regions=REGIONS, **given)  # type: ignore[arg-type]


def basis_for(case: Case, found: Round) -> DialogueBasis:
    county = round_basis(found, FORM, locale="nb", issued=ISSUED)
    return replace(county, locale=written_to(case.language_form, "nb"))


def full_reply(code: str, words: str = WORDY * 30) -> Reply:
    """A reply with every field filled in and far too much text."""
    return Reply(
        code,
        {service: 20 + place for place, service in enumerate(Service)},
        own_wish=200,
        minimum_stock=60,
        minors=9,
        extra=12,
        texts=dict.fromkeys(
            ("capacity_note", "raise_capacity", "wish_note", "outcomes_note", "other_needs"), words
        ),
        outcomes={"in_work": 30, "in_education": 22, "moved_away": 11, "waiting_for_housing": 8},
    )


def needs(number: int, words: str = WORDY * 30) -> tuple[Need, ...]:
    return tuple(Need("housing", words, words, date(2027, 1, 1)) for _ in range(number))


def text_of(document: Document) -> str:
    return render_html(document).decode()


@pytest.mark.parametrize("county", every_nth(2, ["Telemark", "Oslo", "Finnmark", "Møre og Romsdal"]))
def test_the_sheet_of_every_municipality_is_at_most_two_pages(county: str) -> None:
    found = round_of(county)
    for case in found.cases:
        _, pdf = fitted_sheet(case, basis_for(case, found))
        assert len(pypdfium2.PdfDocument(pdf)) == pages_of(pdf) <= 2, case.name


@pytest.mark.parametrize(
    ("county", "first"),
    every_nth(8, [(county, first) for county in ("Telemark", "Vestland") for first in range(4)]),
)
def test_it_is_two_pages_also_when_everybody_has_written_far_too_much(county: str, first: int) -> None:
    codes = [one.code for one in REGIONS.municipalities(2027, REGIONS.county(county, 2027).code)]
    found = round_of(
        county,
        replies={code: full_reply(code) for code in codes},
        recommended=dict.fromkeys(codes, 33),
        needs={code: needs(25) for code in codes},
    )
    for case in found.cases[first::4]:
        _, pdf = fitted_sheet(case, basis_for(case, found))
        assert len(pypdfium2.PdfDocument(pdf)) == pages_of(pdf) <= 2, case.name


@LONG_RUN
def test_words_without_spaces_cannot_push_the_sheet_to_a_third_page() -> None:
    found = round_of(
        "Telemark", replies={"4003": full_reply("4003", "x" * 4000)}, needs={"4003": needs(25, "y" * 4000)}
    )
    case = next(one for one in found.cases if one.code == "4003")
    _, pdf = fitted_sheet(case, basis_for(case, found))
    assert len(pypdfium2.PdfDocument(pdf)) <= 2


def test_what_gives_way_goes_one_way_only() -> None:
    for fuller, shorter in pairwise(STEPS):
        for name in ("quote", "agreed", "priority", "picture", "standing_out", "raised", "needs"):
            assert getattr(shorter, name) <= getattr(fuller, name), name


def test_questions_that_gave_way_are_said_to_stand_in_the_form() -> None:
    found = round_of("Telemark")
    case, last = found.cases[0], STEPS[-1]
    basis = basis_for(case, found)
    dropped = sum(1 for one in FORM.questions if one.priority > last.priority)
    assert f"{dropped} spørsmål til står i referatskjemaet." in text_of(dialogue_sheet(case, basis, last))
    form = text_of(meeting_form(case, basis))
    assert all(one.text["nb"].format(year="2027") in form for one in FORM.questions)


def test_the_sheet_tells_how_the_reply_became_settlement() -> None:
    found = round_of("Telemark", replies={"4003": full_reply("4003", "Ord.")}, recommended={"4003": 77})
    case = next(one for one in found.cases if one.code == "4003")
    sheet = dialogue_sheet(case, basis_for(case, found))
    table = next(
        block for block in sheet.blocks if isinstance(block, Table) and block.caption == "Fra svar til bosatt"
    )
    assert [column.title for column in table.columns][1:] == [
        "Kommunens ønske", "Laveste oppgitte kapasitet", "Anbefalt", "Anmodet", "Vedtatt", "Bosatt per 28.9.",
    ]  # fmt: skip
    (row,) = table.rows
    assert row[1:4] == (200, "20 (bolig)", 77)
    assert [figure.value for figure in row[4:]] == [91, 46, 41]  # type: ignore[union-attr]


def test_silence_and_a_reply_not_given_are_told_apart() -> None:
    silent = round_of("Telemark", replies={})
    assert "Kommunen svarte ikke på skjemaet for 2026." in text_of(
        dialogue_sheet(silent.cases[0], basis_for(silent.cases[0], silent))
    )
    unread = round_of("Telemark")
    assert "Svaret for 2026 er ikke lagt ved." in text_of(
        dialogue_sheet(unread.cases[0], basis_for(unread.cases[0], unread))
    )


def test_a_nynorsk_municipality_is_met_in_nynorsk_and_keeps_its_own_words() -> None:
    found = round_of("Telemark", replies={"4036": full_reply("4036", "We need housing.")})
    case = next(one for one in found.cases if one.name == "Vinje")
    sheet = fitted_sheet(case, basis_for(case, found))[0]
    assert sheet.language == "nn"
    text = text_of(sheet)
    assert "Kor mange kan kommunen busetje i 2027" in text
    assert "We need housing." in text


@pytest.mark.parametrize(
    ("form", "county", "locale"), [("bokmål", "nn", "nb"), ("nynorsk", "nb", "nn"), ("nøytral", "nn", "nn")]
)
def test_the_county_chooses_only_for_the_neutral(form: str, county: Locale, locale: Locale) -> None:
    assert written_to(form, county) == locale


def test_hostile_words_stay_words_in_every_format() -> None:
    found = round_of(
        "Telemark", replies={"4003": full_reply("4003", HOSTILE)}, needs={"4003": needs(1, HOSTILE)}
    )
    case = next(one for one in found.cases if one.code == "4003")
    sheet, pdf = fitted_sheet(case, basis_for(case, found))
    assert "<script>alert" not in text_of(sheet)
    assert "#set page" in text_of(sheet)
    assert pages_of(pdf) <= 2
    assert render_docx(sheet)


def test_oslo_is_not_set_beside_itself() -> None:
    found = round_of("Oslo")
    text = text_of(dialogue_sheet(found.cases[0], basis_for(found.cases[0], found)))
    assert "Oslo per" not in text
    assert "Fylket" not in text
    assert "fylkeskommune" not in text


def test_the_form_puts_every_question_once() -> None:
    found = round_of("Telemark")
    for case in found.cases:
        ids = [name for name, _ in asked_of(case, basis_for(case, found))]
        assert len(ids) == len(set(ids)) >= len(FORM.questions)


def test_a_text_is_cut_at_a_word() -> None:
    assert shortened("kort", 10) == "kort"
    assert shortened("ett to tre fire", 12) == "ett to tre …"
    assert len(shortened("x" * 100, 20)) <= 21


def minutes(code: str, *group: Need, words: str = "Godt møte.") -> Minutes:
    return Minutes(
        code, date(2026, 11, 3), "video", ("kommunedirektør",), ("rådgiver",), 60, None, None, words,
        (("Hvor mange?", words),), group, "Svarskjema", date(2026, 12, 1),
    )  # fmt: skip


MEETINGS = Meetings(
    "40",
    "Telemark",
    2027,
    {
        "4003": minutes(
            "4003", Need("interpreters", "Tolk", "rådgiver", date(2026, 11, 10)), Need("housing", "Hus")
        ),
        "4005": minutes("4005", Need("interpreters", "Skjermtolk", "", date(2027, 5, 1))),
        "4010": minutes("4010", Need("interpreters", "Felles tolk")),
    },
    ("4001",),
    {"4001": "Porsgrunn", "4003": "Skien", "4005": "Notodden", "4010": "Siljan"},
)


def after(locale: Locale = "nb") -> DialogueBasis:
    return meetings_basis(MEETINGS, FORM, locale=locale, issued=ISSUED)


def test_what_was_said_is_never_shown_as_decided() -> None:
    text = text_of(minutes_document(MEETINGS.minutes["4003"], after()))
    assert "sagt i møtet" in text
    assert "De er ikke vedtak eller svar." in text
    assert ">Ønske<" not in text, "a wish that was not said is not shown as none"


def test_minutes_in_nynorsk_keep_what_people_wrote() -> None:
    text = text_of(
        minutes_document(minutes("4003", Need("housing", "Boliger"), words="Hvor bor de?"), after("nn"))
    )
    assert "Bustad" in text
    assert "Hvor bor de?" in text


def test_the_summary_names_the_gathering_the_late_and_the_not_met() -> None:
    text = text_of(summary_document(MEETINGS, after()))
    assert "Det er holdt møte med 3 av 4 kommuner, og 4 behov er notert." in text
    assert "Ikke møtt ennå: Porsgrunn." in text
    assert "Skien, Notodden og Siljan" in text
    assert "Ett behov har gått over fristen." in text
    assert "2 behov har ingen frist." in text


def test_the_follow_up_list_is_a_sheet_by_deadline_with_dates_as_dates() -> None:
    from openpyxl import load_workbook

    from fotfeste.reports import render_xlsx

    book = load_workbook(io.BytesIO(render_xlsx(summary_workbook(MEETINGS, after()))))
    rows = [
        row for row in book["Oppfølging"].iter_rows(values_only=True) if "Skien" in row or "Notodden" in row
    ]
    assert [row[1] for row in rows][:2] == ["Skien", "Notodden"]
    assert rows[0][0].date() == date(2026, 11, 10)  # type: ignore[union-attr]
    assert "Porsgrunn" in [cell for row in book["Ikke møtt"].iter_rows(values_only=True) for cell in row]


def test_nobody_met_yet_is_still_a_summary() -> None:
    none = replace(MEETINGS, minutes={}, not_met=("4001", "4003"))
    basis = meetings_basis(none, FORM, locale="nb", issued=ISSUED)
    document = summary_document(none, basis)
    assert "Det er holdt møte med 0 av 2 kommuner, og 0 behov er notert." in text_of(document)
    assert render_pdf(document)
    assert summary_workbook(none, basis)


def test_the_same_round_gives_the_same_bytes() -> None:
    found = round_of("Oslo")
    first, second = (fitted_sheet(found.cases[0], basis_for(found.cases[0], found))[1] for _ in range(2))
    assert first == second
