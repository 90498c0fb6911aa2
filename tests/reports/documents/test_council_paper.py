"""The draft case paper for a council: one number a decision, blanks for what nobody knows, and nothing hidden in it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pypdfium2
import pytest

from fotfeste.messages import Locale
from fotfeste.regions import Regions
from fotfeste.reports import render_docx, render_html, render_pdf
from fotfeste.reports.blocks import Document, Heading, Picture, Table
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.council_case import Council, CouncilCase, Measure, Part, Proposed
from fotfeste.reports.documents.council_decision import alternatives, proposal, settles
from fotfeste.reports.documents.council_paper import council_paper
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.finances import Rate, Rates, Staying
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.reservations import reservations_in
from fotfeste.settlement.follow_up.steps import COUNTY, OTHERS
from fotfeste.settlement.replies import Heard, Reply, Service
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Figure

ISSUED = date(2026, 11, 21)
RATES = Rates(
    "4001", date(2027, 1, 15), "Oppdiktet kommune", "Oppdiktede tall",
    (
        Rate("housing", "cost", tuple(Fraction(one) for one in (50_000, 10_000, 10_000, 0, 0))),
        Rate("integration_grant", "grant", tuple(Fraction(one) for one in (40_000, 20_000, 10_000, 5_000, 5_000))),
    ),
    Staying((Fraction(1), *(Fraction(1, 2),) * 4), "Oppdiktet"),
)  # fmt: skip
REQUEST = MunicipalRequest(
    "4001", Figure.observed(30), Figure.observed(2), date(2027, 1, 10), "brev fra IMDi", "27/1"
)
FEW = YearFigures(2025, Figure.observed(20), Figure.observed(20), Figure.observed(3))


def paper(basis: Basis, place: int = 0, **case: object) -> Document:
    return council_paper(basis.results[place], basis, CouncilCase(**case))  # type: ignore[arg-type]


def html(document: Document) -> str:
    return re.sub(r"\s+", " ", render_html(document).decode())


def table(document: Document, caption: str) -> Table:
    return next(one for one in document.blocks if isinstance(one, Table) and caption in one.caption)


def headings(document: Document) -> list[str]:
    return [one.text for one in document.blocks if isinstance(one, Heading) and one.level == 1]


def council(basis: Basis, **case: object) -> Council:
    return Council(basis.results[0], basis, CouncilCase(**case))  # type: ignore[arg-type]


def test_what_the_council_has_answered_already_stands_first(basis: Basis) -> None:
    assert "Kommunestyret har behandlet saken" not in html(paper(basis))
    given = Decision(
        "4001", "decided", 25, 2, date(2027, 2, 11), "kommunestyret", "27/12", 7, text="Kommunen bosetter 25."
    )
    told = html(paper(basis, decision=given))
    assert told.index("Kommunestyret har behandlet saken") < told.index("Forslag til vedtak")
    assert (
        "Vedtatt 25, av dem 2 enslige mindreårige, ekstra kapasitet 7: kommunestyret, sak 27/12, 11. februar 2027. Utkastet"
        in told
    )
    assert "Dato for behandling i kommunestyret: 11. februar 2027." in told
    assert "utenom vedtaket: 7." in told
    awaited = html(paper(basis, decision=Decision("4001", "awaited", expected_handling=date(2027, 3, 4))))
    assert "Kommunestyret har behandlet saken" not in awaited
    assert "Dato for behandling i kommunestyret: 4. mars 2027." in awaited


def test_it_proposes_what_imdi_asks_for_and_the_recommendation_before_that(basis: Basis) -> None:
    one = basis.results[0]
    asked = html(paper(basis, request=REQUEST))
    assert "Porsgrunn kommune bosetter 30 flyktninger i 2027, herav 2 enslige mindreårige." in asked
    assert "IMDi ba kommunen 10. januar 2027 om å bosette 30 i 2027 (27/1)." in asked
    before = html(paper(basis))
    assert f"Porsgrunn kommune bosetter {one.recommended} flyktninger i 2027, herav 4 enslige" in before
    assert "[antall, dato og saksnummer]" in before


def test_the_recommendation_stands_beside_this_years_request_never_beside_last_years(basis: Basis) -> None:
    before, asked = html(paper(basis)), html(paper(basis, request=REQUEST))
    assert "enn IMDi ba om i 2026" in before
    assert "IMDi har bedt om i 2027 (30, 10. januar 2027)" in asked
    assert "IMDi ba om i 2026" not in asked
    nobody = html(
        paper(basis, request=replace(REQUEST, persons=Figure.not_asked(), minors=Figure.not_asked()))
    )
    assert "Kommunen er ikke anmodet i 2027 (10. januar 2027)." in nobody


def test_the_alternatives_are_as_asked_as_recommended_fewer_more_and_nobody(basis: Basis) -> None:
    names = [basis.text(name) for name, _, _ in alternatives(council(basis, request=REQUEST))]
    assert names == ["Som anmodet", "Som anbefalt", "Som kommunen selv ønsker", "Færre", "Flere", "Ingen"]
    same = replace(REQUEST, persons=Figure.observed(basis.results[0].recommended))
    names = [basis.text(name) for name, _, _ in alternatives(council(basis, request=same))]
    assert names == ["Som anmodet", "Som kommunen selv ønsker", "Færre", "Flere", "Ingen"]
    assert next(basis.text(name) for name, _, _ in alternatives(council(basis))) == "Som anbefalt"


def test_the_municipality_chooses_what_is_proposed_and_a_blank_is_no_number(basis: Basis) -> None:
    reply = Reply("4001", {Service.HOUSING: 20}, own_wish=25)
    for proposed, told in (
        (Proposed.REQUEST, "bosetter 30 flyktninger i 2027, herav 2 enslige mindreårige."),
        (Proposed.WISH, "bosetter 25 flyktninger i 2027."),
        (Proposed.BLANK, "bosetter [antall] flyktninger i 2027."),
    ):
        seen = council(basis, request=REQUEST, reply=reply, proposed=proposed)
        assert basis.text(proposal(seen)[0]) == f"Porsgrunn kommune {told}"
        offered = [basis.text(name) for name, _, _ in alternatives(seen)]
        assert {"Som anmodet", "Som anbefalt", "Som kommunen selv ønsker", "Færre", "Flere", "Ingen"} == set(
            offered
        )
    open_ = paper(basis, request=REQUEST, reply=reply, rates=RATES, proposed=Proposed.BLANK)
    assert "Økonomien regnes ut når forslaget har et tall." in html(open_)
    assert table(open_, "Kapasitet per tjeneste").rows[0][:3] == ("Bolig", 20, "")
    unknown = council(basis, proposed=Proposed.REQUEST)
    assert unknown.number is None, "what IMDi has not asked for is not proposed"


def test_a_proposal_above_the_capacity_says_so_at_the_top(basis: Basis) -> None:
    reply = Reply("4001", {Service.HOUSING: 20, Service.HEALTH: 0}, own_wish=25)
    told = html(paper(basis, request=REQUEST, reply=reply))
    assert "Forslaget er høyere enn kapasiteten kommunen har oppgitt" in told
    assert told.index("er 0 (helse), uten enslige mindreårige") < told.index("Kommunestyret vedtar")
    assert "IMDi ber om 30." in told
    assert "Kommunen ønsker selv 25." in told
    room = Reply("4001", {Service.HOUSING: 28})
    assert "høyere enn kapasiteten" not in html(paper(basis, request=REQUEST, reply=room))


def test_nobody_is_a_decision_in_words_and_one_person_is_one(basis: Basis) -> None:
    seen = council(basis)
    assert basis.text(settles(seen, 0)) == "Porsgrunn kommune bosetter ikke flyktninger i 2027."
    assert basis.text(settles(seen, 1)) == "Porsgrunn kommune bosetter 1 flyktning i 2027."


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_no_decision_that_is_offered_has_a_reservation_or_counts_family(
    locale: Locale, basis: Basis, regions: Regions
) -> None:
    told = basis_of(basis.recommendation, regions, locale=locale, issued=ISSUED)
    for case in ({}, {"request": REQUEST}):
        seen = council(told, **case)
        offered = [told.text(one) for one in proposal(seen)]
        offered += [told.text(decision) for _, decision, _ in alternatives(seen)]
        assert len(offered) >= 6
        assert [flag.word for text in offered for flag in reservations_in(text)] == []


def test_services_stand_lowest_first_and_beside_the_number_without_minors(basis: Basis) -> None:
    reply = Reply("4001", {Service.SCHOOL: 40, Service.HOUSING: 20, Service.HEALTH: 28})
    shown = table(paper(basis, request=REQUEST, reply=reply), "Kapasitet per tjeneste")
    assert [row[:3] for row in shown.rows[:3]] == [("Bolig", 20, -8), ("Helse", 28, 0), ("Skole", 40, 12)]
    assert [row[3] for row in shown.rows[:3]] == ["[tiltak]", "", ""]
    assert all(row[1] == "[antall]" for row in shown.rows[3:])
    alternative = table(paper(basis, request=REQUEST, reply=reply), "Alternative vedtak")
    assert alternative.rows[0][2] == "8 personer over kapasiteten"
    assert alternative.rows[-1][2] == "innenfor kapasiteten"


def test_without_a_reply_every_capacity_is_to_be_filled_in(make_basis: Callable[..., Basis]) -> None:
    shown = table(paper(make_basis(replies=False)), "Kapasitet per tjeneste")
    assert len(shown.rows) == len(Service)
    assert {row[1] for row in shown.rows} == {"[antall]"}


def test_what_sets_no_limit_and_what_a_partner_has_heard_are_not_to_be_filled_in(basis: Basis) -> None:
    heard = {Service.SCHOOL: Heard(28, "Statsforvalteren", date(2026, 9, 1))}
    reply = Reply("4001", {Service.HOUSING: 50}, unlimited=(Service.HEALTH,), heard=heard)
    shown = table(paper(basis, reply=reply), "Kapasitet per tjeneste")
    cells = {row[0]: row[1:] for row in shown.rows}
    assert cells["Helse"] == ("ingen begrensning", "", "")
    assert cells["Skole"][:2] == ("28 (fra Statsforvalteren, ikke bekreftet av kommunen)", "")
    assert [row[0] for row in shown.rows][:2] == ["Bolig", "Skole"]
    assert shown.rows[-1][0] == "Helse"
    assert {row[1] for row in shown.rows[2:-1]} == {"[antall]"}
    every = html(paper(basis, reply=Reply("4001", unlimited=tuple(Service))))
    assert "Kommunen har svart at ingen av tjenestene setter en grense." in every
    some = html(paper(basis, reply=Reply("4001", unlimited=(Service.WORK,))))
    assert "Kommunen har ikke oppgitt noe tall for kapasiteten. Det som mangler, må fylles ut." in some


@pytest.mark.parametrize("viewer", [COUNTY, OTHERS, "4003"])
def test_few_settled_are_hidden_from_everybody_but_the_municipality_itself(viewer: str, basis: Basis) -> None:
    exact = [FEW, replace(FEW, year=2024, settled=Figure.observed(18))]
    hidden = paper(basis, viewer=viewer, earlier=exact)
    shown = table(hidden, "Anmodet, vedtatt og bosatt")
    assert shown.rows[0][3] == Figure.suppressed()
    assert shown.rows[0][4] == ""
    assert shown.rows[1][3:] == (Figure.observed(18), Fraction(18, 20))
    assert "21 ble bosatt" not in html(hidden)  # a sum would tell what is hidden
    own = paper(basis, viewer="4001", earlier=exact)
    assert table(own, "Anmodet, vedtatt og bosatt").rows[0][3:] == (Figure.observed(3), Fraction(3, 20))
    assert "og 21 ble bosatt" in html(own)
    assert "Vurder om de skal stå i en offentlig sak" in html(own)
    assert "Vurder om de skal stå" not in html(hidden)
    assert "Vurder om de skal stå" not in html(paper(basis, viewer="4001", earlier=exact[1:]))


def test_an_unfinished_year_is_not_held_against_the_decision(basis: Basis) -> None:
    shown = table(paper(basis), "Anmodet, vedtatt og bosatt")
    assert shown.rows[-1][0] == "2026"
    assert shown.rows[-1][4] == ""
    assert "28. september 2026" in shown.note


def test_finances_are_the_rates_times_the_persons_and_add_up(basis: Basis) -> None:
    document = paper(basis, request=REQUEST, rates=RATES)
    shown = table(document, "Utgifter og tilskudd for 30 personer")
    rows = {str(row[0]): row[1:] for row in shown.rows}
    assert rows["Bolig og etablering"] == (1_500_000, 300_000, 300_000, 0, 0, 2_100_000)
    assert rows["Tilskudd i alt"] == (1_200_000, 600_000, 300_000, 150_000, 150_000, 2_400_000)
    assert rows["Netto med tilskudd"] == (-300_000, 300_000, 0, 150_000, 150_000, 300_000)
    assert rows["Netto uten tilskudd"][-1] == -2_100_000
    fewer = table(document, "Hvis færre blir boende")
    assert [row[1:] for row in fewer.rows] == [
        (2_100_000, 2_400_000, 300_000),
        (1_800_000, 1_800_000, 0),
    ]
    assert any(isinstance(one, Picture) and "tusen kroner" in one.caption for one in document.blocks)
    assert "15. januar 2027" in shown.source


def test_a_rate_about_nobody_is_left_out_of_the_table(basis: Basis) -> None:
    care = replace(RATES.rates[0], id="minors_care", group="minors")
    rates = replace(RATES, rates=(*RATES.rates, care))
    none = replace(REQUEST, minors=Figure.observed(0))

    def names(request: MunicipalRequest) -> list[object]:
        found = table(paper(basis, request=request, rates=rates), "Utgifter og tilskudd for")
        return [row[0] for row in found.rows]

    assert "Botiltak for enslige mindreårige" in names(REQUEST)
    assert "Botiltak for enslige mindreårige" not in names(none)


def test_the_countys_share_that_stays_is_shown_where_it_is_known(basis: Basis, regions: Regions) -> None:
    county = basis.recommendation.county
    known = replace(
        county,
        indicators=(("retention_first_municipality", Figure.observed(Fraction(3, 4)), Figure.missing(), ""),),
    )
    told = basis_of(replace(basis.recommendation, county=known), regions, locale="nb", issued=ISSUED)
    fewer = table(paper(told, request=REQUEST, rates=replace(RATES, staying=None)), "Hvis færre blir boende")
    # three of four stay from the second year on: 1 500 000 + 0.75 x 600 000 and 1 200 000 + 0.75 x 1 200 000
    assert fewer.rows[1][1:] == (1_950_000, 2_100_000, 150_000)
    assert "Kilden sier ikke etter hvor mange år" in fewer.note


def test_without_rates_the_finances_are_left_out_and_it_says_how_to_add_them(basis: Basis) -> None:
    text = html(paper(basis))
    assert "Økonomien er ikke regnet ut" in text
    assert "kroner" not in text
    assert "Satsene" not in text


def test_measures_with_responsible_and_deadline_stand_first_and_blanks_follow(basis: Basis) -> None:
    given = [Measure("Leie inn ti boliger", "eiendomssjef", date(2027, 3, 1)), Measure("Flere tolker")]
    rows = table(paper(basis, measures=given), "Tiltak for bosetting").rows
    assert rows[0] == ("Leie inn ti boliger", "eiendomssjef", "1. mars 2027", "[mål som kan måles]")
    assert rows[1][:3] == ("Flere tolker", "[ansvarlig rolle]", "[frist]")
    assert len(rows) >= 3
    assert rows[-1][1:3] == ("[ansvarlig rolle]", "[frist]")


def test_the_council_is_told_every_tertial_at_the_deadlines_of_the_year(basis: Basis) -> None:
    rows = table(paper(basis), "Når kommunestyret får vite").rows
    assert rows[0] == ("Første tertial", "30. april 2027", "31. mai 2027")
    assert rows[2][1] == "31. desember 2027"


def test_parts_that_are_not_chosen_are_not_there_and_the_proposal_always_is(basis: Basis) -> None:
    assert headings(paper(basis, parts=frozenset())) == ["Forslag til vedtak"]
    assert headings(paper(basis, parts=frozenset({Part.RISK}))) == [
        "Forslag til vedtak", "Risiko hvis integreringen ikke lykkes",
    ]  # fmt: skip
    assert len(headings(paper(basis))) == 1 + len(Part)


def test_risk_is_questions_and_figures_and_no_answers(basis: Basis) -> None:
    rows = table(paper(basis), "Spørsmål om risiko").rows
    assert len(rows) >= 5
    assert {row[1] for row in rows} == {"[kommunens vurdering]"}


@pytest.mark.parametrize("place", range(6))
def test_every_municipality_gets_a_paper_with_and_without_everything(place: int, basis: Basis) -> None:
    one: MunicipalityResult = basis.results[place]
    full = paper(basis, place, rates=RATES, request=replace(REQUEST, code=one.code))
    assert one.name in full.title
    assert render_html(full)
    assert render_html(paper(basis, place))


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_word_and_pdf_open_with_headings_tables_and_language(
    locale: Locale, basis: Basis, regions: Regions
) -> None:
    from docx import Document as Word

    told = basis_of(basis.recommendation, regions, locale=locale, issued=ISSUED)
    document = paper(told, rates=RATES, request=REQUEST)
    word = Word(io.BytesIO(render_docx(document)))
    levels = [one.style.name for one in word.paragraphs if one.style is not None]
    assert levels.count("Heading 1") == 1 + len(Part)
    assert len(word.tables) >= 9
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert any(cell.startswith("[") for cell in cells)
    pdf = pypdfium2.PdfDocument(render_pdf(document))
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert 3 <= len(pdf) <= 10
    assert "Porsgrunn" in text
    assert f'lang="{locale}' in html(document)


def test_the_same_paper_is_the_same_bytes(basis: Basis) -> None:
    first, second = (paper(basis, rates=RATES, request=REQUEST) for _ in range(2))
    assert render_docx(first) == render_docx(second)
    assert render_pdf(first) == render_pdf(second)


def test_words_that_people_wrote_stand_as_text(make_basis: Callable[..., Basis]) -> None:
    hostile = '=1+1 <script>alert("x")</script> {navn} {0} & «sitat»'
    told = make_basis(text=hostile)
    rates = replace(RATES, owner=hostile, rates=(replace(RATES.rates[0], id="x", name=hostile),))
    document = paper(told, rates=rates, measures=[Measure(hostile, hostile)])
    assert "<script>alert" not in html(document)
    assert "{navn} {0}" in html(document)
    assert render_docx(document)
    assert render_pdf(document)


def test_the_paper_has_its_own_day_and_tells_that_of_the_recommendation(basis: Basis) -> None:
    document = paper(basis, issued=date(2027, 1, 20))
    assert document.issued == date(2027, 1, 20)
    assert "21. november 2026" in html(document)
    assert paper(basis).issued == ISSUED
