"""The documents say what the recommendation says, and nothing that people wrote becomes anything but text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

import pytest

from fotfeste.messages import Locale, Message
from fotfeste.regions import Regions
from fotfeste.reports.blocks import Aside, Document, Heading, Picture, Table
from fotfeste.reports.documents import CaseDetails, Documents, build, parts_picture
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.compose import letter_locale
from fotfeste.reports.documents.effects import (
    against_population,
    left_over,
    rule_outcomes,
    rules_for,
    wish_but_get_none,
)
from fotfeste.reports.documents.tables import contributions_table, explanation_table, overview_table
from fotfeste.reports.documents.weighing import weighing_table
from fotfeste.reports.documents.workbook import workbook
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.result import Recommendation, RuleEffect
from fotfeste.statistics.figure import Figure

ISSUED = date(2026, 11, 21)
HOSTILE = '=1+1 <script>alert("x")</script> {navn} {0} & «sitat»'
Make = Callable[..., Recommendation]


@pytest.fixture
def documents(recommendation: Recommendation, regions: Regions) -> Documents:
    return build(recommendation, regions, locale="nb", issued=ISSUED)


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a block, document or workbook."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value) and not isinstance(value, Figure):
        for one in fields(value):
            if one.name != "svg":
                yield from texts(getattr(value, one.name))


def everything(documents: Documents) -> tuple[object, ...]:
    return (documents.recommendation, documents.case_paper, *documents.letters, documents.workbook)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_the_answer_stands_first_in_every_document(documents: Documents) -> None:
    for document in (documents.recommendation, documents.case_paper, *documents.letters):
        first = document.blocks[0]
        assert getattr(first, "lead", False), document.title
    assert "bosetter 100 flyktninger i 2027, herav 4 enslige mindreårige." in " ".join(
        texts(documents.recommendation.blocks[0])
    )


def test_the_table_holds_the_recommended_numbers_and_their_sum(basis: Basis) -> None:
    table = overview_table(basis)
    numbers = [row[1] for row in table.rows]
    assert numbers == [one.recommended for one in basis.results] + [basis.recommendation.request.total]
    assert sum(number for number in numbers[:-1] if isinstance(number, int)) == numbers[-1]
    assert [row[2] for row in table.rows] == [one.minors for one in basis.results] + [4]


def test_the_table_keeps_the_four_marks_apart(basis: Basis) -> None:
    requested = [row[3] for row in overview_table(basis).rows]
    marks = [figure.mark.name for figure in requested if isinstance(figure, Figure)]
    assert marks == ["OBSERVED", "OBSERVED", "SUPPRESSED", "NOT_ASKED", "MISSING", "OBSERVED", "MISSING"]


def test_every_explanation_adds_up_as_it_is_shown(basis: Basis) -> None:
    for one in basis.results:
        rows = explanation_table(one, basis).rows
        parts = [row[2] for row in rows[:-1]]
        assert (
            sum((Fraction(part) for part in parts if isinstance(part, Fraction)), Fraction(0))
            == one.recommended
        )
        assert rows[-1][2] == str(one.recommended)


def test_every_municipality_has_its_page_and_its_letter(documents: Documents, basis: Basis) -> None:
    headings = [
        block.text for block in documents.case_paper.blocks if isinstance(block, Heading) and block.level == 2
    ]
    names = [one.name for one in basis.results]
    assert [text for text in headings if text in names] == names
    assert [letter.recipient[0] for letter in documents.letters] == [f"{name} kommune" for name in names]
    assert [letter.file_stem for letter in documents.letters][:2] == [
        "brev/4001-porsgrunn",
        "brev/4003-skien",
    ]


def test_a_letter_tells_its_own_number(documents: Documents, basis: Basis) -> None:
    for letter, one in zip(documents.letters, basis.results, strict=True):
        settles = {"nb": "bosetter {} flyktninger", "nn": "buset {} flyktningar"}[letter.language]
        assert f"{one.name} kommune {settles.format(one.recommended)}" in " ".join(texts(letter.blocks[0]))


def test_what_the_county_has_not_said_is_a_blank_and_never_a_guess(documents: Documents) -> None:
    words = " ".join(texts(documents.case_paper))
    for blank in ("[saksnummer]", "[organ som vedtar]", "[vedtaksdato]", "[dato for oversendelse]"):
        assert blank in words


def test_details_fill_the_blanks(recommendation: Recommendation, regions: Regions) -> None:
    given = CaseDetails(
        **{
            name: f"gitt {name}"
            for name in CaseDetails.__dataclass_fields__
            if name not in ("address", "neutral_form")
        }
    )
    documents = build(recommendation, regions, locale="nb", issued=ISSUED, details=given)
    words = " ".join(text for part in everything(documents) for text in texts(part))
    assert "gitt case_number" in words
    assert "gitt deciding_body" in words
    assert not [text for text in words.split("[")[1:] if not text.startswith("fylkeskommunens svar]")]


def test_a_national_criterion_without_an_answer_says_so(documents: Documents) -> None:
    table = next(
        table for table in tables(documents.case_paper) if table.caption == "Nasjonale kriterier for 2026"
    )
    assert [row[1] for row in table.rows] == ["Folketall (75\u00a0%)", "Ikke besvart med vekt"]
    assert table.rows[1][2] == "[fylkeskommunens svar]"
    warnings = [
        block for block in documents.case_paper.blocks if isinstance(block, Aside) and block.kind == "warning"
    ]
    assert "ufullstendig" in " ".join(texts(warnings))
    assert "Teksten gjelder 2026" in " ".join(texts(warnings))


def test_weights_that_nobody_has_adopted_make_a_draft(
    recommendation: Recommendation, regions: Regions
) -> None:
    example = replace(recommendation, criteria=replace(recommendation.criteria, origin="standard-2027"))
    documents = build(example, regions, locale="nb", issued=ISSUED)
    for document in (documents.recommendation, *documents.letters):
        notices = [block for block in document.blocks if isinstance(block, Aside)]
        assert f"«{example.criteria.title}»" in " ".join(texts(notices))
        assert [one.kind for one in notices if one.title == "Utkast"] == ["warning"]
    own = build(recommendation, regions, locale="nb", issued=ISSUED)
    assert "Utkast" not in " ".join(texts(own.letters))


def test_weights_are_adopted_with_the_recommendation_by_the_body_and_on_the_day_that_are_given(
    recommendation: Recommendation, regions: Regions
) -> None:
    example = replace(recommendation, criteria=replace(recommendation.criteria, origin="standard-2027"))

    def said(details: CaseDetails) -> tuple[str, str]:
        made = build(example, regions, locale="nb", issued=ISSUED, details=details)
        sent = (made.recommendation, made.case_paper, *made.letters)
        return " ".join(texts(sent)), " ".join(texts(made.case_paper))

    whole, paper = said(CaseDetails(deciding_body="fylkesutvalget", decided_on="21. november 2026"))
    assert "Utkast" not in whole
    assert "ikke vedtatt" not in whole
    assert "De vedtas sammen med anbefalingen: fylkesutvalget, 21. november 2026." in paper
    assert "Vedtas med anbefalingen: fylkesutvalget" in paper
    assert "Fylkesutvalget vedtar 21. november 2026:" in paper
    assert f"Vektene og reglene i «{example.criteria.title}» legges til grunn." in paper
    for lacking in (CaseDetails(deciding_body="fylkesutvalget"), CaseDetails(decided_on="i dag")):
        assert "Utkast" in said(lacking)[0]


def test_a_rule_tells_who_gained_and_who_lost(basis: Basis) -> None:
    outcome = next(one for one in rule_outcomes(basis) if one.moved)
    assert outcome.moved == -sum(persons for _, persons in outcome.lost)
    lifted = rules_for(basis.results[-1], basis)
    assert lifted == [
        f"Regelen «Ingen eller minstetall» legger til {outcome.moved} personer (ingen eller minst 10)."
    ]
    assert "fordi regelen hever tallet i andre kommuner" in rules_for(basis.results[0], basis)[0]


def test_pictures_say_what_they_show_with_the_figures(documents: Documents, basis: Basis) -> None:
    pictures = [block for block in documents.case_paper.blocks if isinstance(block, Picture)]
    assert len(pictures) >= 4 + len(basis.results)
    assert all(
        len(picture.alternative) > 40 and any(map(str.isdigit, picture.alternative)) for picture in pictures
    )
    everybody = [picture for picture in pictures if picture.alternative.startswith("Kart over")]
    for one in basis.results:
        assert f"{one.name} {one.recommended}." in everybody[0].alternative


def test_texts_that_people_wrote_are_passed_as_they_are(
    make_basis: Callable[..., Basis], regions: Regions
) -> None:
    hostile = make_basis(text=HOSTILE).recommendation
    criteria = replace(
        hostile.criteria,
        title=HOSTILE,
        owner=HOSTILE,
        note=HOSTILE,
        criteria=tuple(
            replace(one, name=HOSTILE, note=HOSTILE, source=HOSTILE) for one in hostile.criteria.criteria
        ),
        rules=tuple(replace(one, reason=HOSTILE) for one in hostile.criteria.rules),
        answers=(("moves", HOSTILE),),
    )
    details = CaseDetails(deciding_body=HOSTILE, case_number=HOSTILE)
    documents = build(
        replace(hostile, criteria=criteria), regions, locale="nb", issued=ISSUED, details=details
    )
    for part in (documents.recommendation, documents.case_paper, documents.letters[0], documents.workbook):
        assert any(HOSTILE in text for text in texts(part))


def test_no_text_is_left_untranslated(documents: Documents) -> None:
    def walk(value: object) -> Iterator[object]:
        yield value
        if isinstance(value, tuple | list):
            for part in value:
                yield from walk(part)
        elif is_dataclass(value):
            for one in fields(value):
                yield from walk(getattr(value, one.name))

    assert not [value for part in everything(documents) for value in walk(part) if isinstance(value, Message)]
    assert not [
        text
        for part in everything(documents)
        for text in texts(part)
        if "Message(" in text or "Figure(" in text
    ]


def test_the_same_recommendation_gives_the_same_documents(
    make_basis: Callable[..., Basis], regions: Regions
) -> None:
    first, second = (
        build(make_basis().recommendation, regions, locale="nb", issued=ISSUED) for _ in range(2)
    )
    assert first == second


def test_one_municipality_alone_has_documents_that_read_well(
    make_basis: Callable[..., Basis], regions: Regions
) -> None:
    alone = make_basis(codes=("4003",)).recommendation
    documents = build(alone, regions, locale="nb", issued=ISSUED)
    words = " ".join(texts(documents.recommendation))
    assert "Anbefalingen er at Skien bosetter 100 flyktninger i 2027, herav 4 enslige mindreårige." in words
    assert "Fylket har bare én kommune, Skien. Hele tallet gjelder den" in words
    paper = " ".join(texts(documents.case_paper))
    assert "Skien bosetter 100 flyktninger i 2027" in paper
    assert "Anbefalingen gjelder 100 flyktninger i Telemark i 2027." in paper
    for said in (words, paper):
        for odd in (
            "de 1 kommunene", "fordeles på kommunene", "ikke overordnet", "100,0 %", "Avrunding", "alle kommunene",
            "Folketall (75 %)", "Svar fra kommunene",
        ):  # fmt: skip
            assert odd not in said, odd


def test_a_county_of_one_municipality_sends_itself_no_letter(
    make_basis: Callable[..., Basis], regions: Regions
) -> None:
    alone = make_basis(codes=("4003",)).recommendation
    assert build(alone, regions, locale="nb", issued=ISSUED).letters == ()


def test_without_replies_the_documents_say_so(make_basis: Callable[..., Basis], regions: Regions) -> None:
    silent = build(make_basis(replies=False).recommendation, regions, locale="nb", issued=ISSUED)
    assert "Svar fra kommunene om kapasitet og ønsker er ikke med i beregningen." in " ".join(
        texts(silent.case_paper)
    )
    assert "Laveste oppgitte kapasitet" not in " ".join(texts(silent.case_paper))


def test_a_reply_is_told_with_its_use_and_its_own_words(documents: Documents) -> None:
    words = " ".join(texts(documents.letters[0]))
    assert "Kommunen svarer at den laveste kapasiteten er 60 (bolig), at den ønsker å bosette 40" in words
    assert "«Ord.»" in words
    assert "godkjent av kommunedirektør 3. oktober 2026" in words
    assert "har ikke fått svar" in " ".join(texts(documents.letters[1]))


def test_hidden_figures_are_never_shown_as_numbers(documents: Documents, basis: Basis) -> None:
    notodden = basis.results[2]
    table = explanation_table(notodden, basis)
    assert "færre enn 5" in str(table.rows[0][1])
    assert "Det kan endre tallet i 1 kommune: Notodden" in " ".join(texts(documents.recommendation))


def test_the_distance_from_population_alone_is_told_in_persons(basis: Basis) -> None:
    from fotfeste.settlement import apportion

    weights = [int(one.facts.population.value or 0) for one in basis.results]
    plain = apportion(weights, basis.recommendation.request.total, "sainte-lague").seats
    moved = sum(max(0, one.recommended - seats) for one, seats in zip(basis.results, plain, strict=True))
    assert f"ville {moved} av 100 personer vært fordelt annerledes" in against_population(basis)


@pytest.mark.parametrize(
    ("locale", "choice", "neutral"),
    [("nb", "", "nb"), ("nn", "", "nn"), ("en", "", "nb"), ("en", "nynorsk", "nn"), ("nn", "bokmål", "nb")],
)
def test_a_letter_is_in_the_form_the_municipality_has_decided_and_in_the_countys_choice_where_it_is_neutral(
    recommendation: Recommendation,
    regions: Regions,
    locale: Locale,
    choice: Literal["", "bokmål", "nynorsk"],
    neutral: Locale,
) -> None:
    forms = {one.code: regions.attributes(one.code).language_form for one in recommendation.municipalities}
    codes = sorted(forms)
    told = replace(basis_of(recommendation, regions, locale=locale, issued=ISSUED), language_forms={
        codes[0]: "bokmål", codes[1]: "nynorsk", codes[2]: "nøytral",
    }, details=CaseDetails(neutral_form=choice))  # fmt: skip
    assert [letter_locale(code, told) for code in codes[:3]] == ["nb", "nn", neutral]
    documents = build(
        recommendation, regions, locale=locale, issued=ISSUED, details=CaseDetails(neutral_form=choice)
    )
    assert {"nynorsk", "nøytral"} <= set(forms.values())
    assert [letter.language for letter in documents.letters] == [
        {"bokmål": "nb", "nynorsk": "nn", "nøytral": neutral}[form] for form in forms.values()
    ]
    assert documents.recommendation.language == documents.case_paper.language == locale
    assert documents.workbook.language == locale


def test_a_municipality_that_is_recommended_none_gets_a_letter_that_says_so(
    recommendation: Recommendation, regions: Regions
) -> None:
    none = replace(recommendation.municipalities[1], recommended=0, minors=0)
    changed = replace(recommendation, municipalities=(none, *recommendation.municipalities[2:]))
    first = " ".join(texts(build(changed, regions, locale="nb", issued=ISSUED).letters[0].blocks[0]))
    assert first.startswith(
        "Telemark fylkeskommune anbefaler ikke at Skien kommune bosetter flyktninger i 2027"
    )


def test_a_committee_meets_what_it_decides_and_whose_choices_they_are_before_the_table_of_contents(
    recommendation: Recommendation, regions: Regions
) -> None:
    example = replace(recommendation, criteria=replace(recommendation.criteria, origin="standard-2027"))
    paper = build(example, regions, locale="nb", issued=ISSUED).case_paper
    opening = " ".join(texts(paper.blocks[: paper.before_contents]))
    assert (
        opening.index("ikke vedtatt") < opening.index("Forslag til vedtak") < opening.index("anbefaler IMDi")
    )
    assert isinstance(paper.blocks[paper.before_contents], Heading)
    assert "Resultatet" in list(texts(paper.blocks[paper.before_contents]))


def test_municipalities_without_a_cap_are_named_when_they_get_what_the_others_have_no_room_for(
    basis: Basis,
) -> None:
    found = basis.recommendation
    silent = found.municipalities[1]
    explanation = replace(silent.explanation, rule_effects=(RuleEffect(RuleKind.CAP, 50),))
    raised = replace(silent, recommended=silent.recommended + 50, explanation=explanation)
    places = (found.municipalities[0], raised, *found.municipalities[2:])
    capped = replace(basis, recommendation=replace(found, municipalities=places))
    alone = int(silent.explanation.ideal + silent.explanation.rounding)
    expected = f"går derfor til {silent.name} ({raised.recommended}, mot {alone} uten reglene)."
    assert expected in " ".join(texts(left_over(capped)))
    assert left_over(basis) == []
    for held in (alone, alone - 3):  # another rule, such as a lock, holds it there
        locked = replace(raised, recommended=held + raised.minors)
        others = tuple(locked if one.code == raised.code else one for one in places)
        assert left_over(replace(basis, recommendation=replace(found, municipalities=others))) == []


def test_those_who_wish_to_settle_and_get_none_are_named_with_their_wish(basis: Basis) -> None:
    found = basis.recommendation
    none = replace(found.municipalities[0], recommended=0, minors=0)
    changed = replace(found, municipalities=(none, *found.municipalities[1:]))
    told = " ".join(texts(wish_but_get_none(replace(basis, recommendation=changed))))
    assert f"1 kommune ønsker å bosette, men får ingen etter kriteriene og reglene: {none.name} (40)." in told
    assert wish_but_get_none(basis) == []


def test_rules_that_work_on_each_other_stand_as_one_part_and_the_number_still_adds_up(
    recommendation: Recommendation, regions: Regions
) -> None:
    first = recommendation.municipalities[0]
    explanation = replace(
        first.explanation,
        rule_effects=(RuleEffect(RuleKind.CAP, -20), RuleEffect(RuleKind.ZERO_OR_FLOOR, 4)),
        interaction=16 + sum(effect.persons for effect in first.explanation.rule_effects),
    )
    changed = replace(first, explanation=explanation)
    places = (changed, *recommendation.municipalities[1:])
    made = basis_of(replace(recommendation, municipalities=places), regions, locale="nb", issued=ISSUED)
    rows = {str(row[0]): row[2] for row in explanation_table(changed, made).rows}
    total = sum(effect.persons for effect in explanation.rule_effects) + explanation.interaction
    assert rows["Reglene i alt"] == total
    whole = contributions_table(made)
    titles = [column.title for column in whole.columns]
    row = dict(zip(titles, whole.rows[0], strict=True))
    assert row["Reglene i alt"] == rows["Reglene i alt"]
    assert row["Samvirke mellom reglene"] == explanation.interaction
    counted = [part for title, part in row.items() if title not in ("Kommune", "Reglene i alt", titles[-1])]
    assert sum(Fraction(str(part)) for part in counted) == row[titles[-1]]
    weighed = weighing_table(made, None)
    place = [column.title for column in weighed.columns].index("Reglene i alt")
    assert weighed.rows[0][place] == rows["Reglene i alt"]
    (sheet,) = [one.table for one in workbook(made).sheets if "satt sammen" in one.table.caption]
    place = [column.title for column in sheet.columns].index("Reglene i alt")
    assert sheet.rows[0][place] == rows["Reglene i alt"]
    assert {sheet.columns[each].title for each in sheet.columns[place].adds} >= {"Samvirke mellom reglene"}
    assert not [name for name in rows if name.startswith("Regel: ")]
    parts = [part for part in rows.values() if isinstance(part, Fraction)]
    assert sum(parts, Fraction(0)) == changed.recommended
    told = rules_for(changed, made)
    assert told[0].startswith(f"Til sammen gir reglene {-total} person")
    assert "mindre" in told[0]


def test_a_letter_to_one_that_has_not_replied_says_that_it_has_no_cap(
    recommendation: Recommendation, regions: Regions
) -> None:
    rules = tuple(rule for rule in recommendation.criteria.rules if rule.kind is not RuleKind.CAP)
    uncapped = replace(recommendation, criteria=replace(recommendation.criteria, rules=rules))
    letters = build(recommendation, regions, locale="nb", issued=ISSUED).letters
    assert "heller ikke noe tak" in " ".join(texts(letters[1]))
    assert "heller ikke noe tak" not in " ".join(texts(letters[0]))
    without = build(uncapped, regions, locale="nb", issued=ISSUED).letters
    assert "heller ikke noe tak" not in " ".join(texts(without[1]))


def test_what_a_municipality_writes_is_said_to_be_its_own_words_without_numbers_to_call(
    make_basis: Callable[..., Basis], regions: Regions
) -> None:
    written = "Ring Kari Prøve 412 34 567 eller kari.prove@bamble.kommune.no, om de 45 boligene fra 2026."
    found = make_basis(text=written).recommendation
    assert found.replies is not None
    code, reply = next(iter(found.replies.by_code.items()))
    replies = replace(found.replies, by_code={code: replace(reply, approved_by="Kari Prøve")})
    made = build(replace(found, replies=replies, notes=()), regions, locale="nb", issued=ISSUED)
    for document in (made.letters[0], made.case_paper):
        said = " ".join(texts(document))
        assert "Kommunen skriver selv:" in said
        assert "[telefonnummer utelatt] eller [e-postadresse utelatt]" in said
        assert "om de 45 boligene fra 2026." in said
        assert "Svaret er godkjent 3. oktober 2026." in said
    for document in (made.recommendation, made.case_paper, *made.letters, *made.internal):
        assert not {"412 34 567", "@bamble", "av Kari Prøve"} & {
            part for part in ("412 34 567", "@bamble", "av Kari Prøve") if part in " ".join(texts(document))
        }
    (internal,) = made.internal
    assert internal.file_stem == "internt/utelatt"
    (listed,) = tables(internal)
    assert [row[0] for row in listed.rows] == ["Porsgrunn", "Porsgrunn"]
    assert [row[2] for row in listed.rows] == [
        "e-postadresse og telefonnummer",
        "det som ser ut som et navn",
    ]
    assert build(make_basis().recommendation, regions, locale="nb", issued=ISSUED).internal == ()


def test_what_population_alone_would_have_given_is_one_part_with_a_colour_of_its_own(
    basis: Basis, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: dict[str, object] = {}

    def keep(rows: object, series: object, *_: object, **__: object) -> str:
        drawn.update(rows=rows, series=series)
        return "<svg/>"

    known = tuple(
        replace(one, facts=replace(one.facts, population=Figure.observed(1_000 * place)))
        for place, one in enumerate(basis.results, start=1)
    )
    found = replace(basis, recommendation=replace(basis.recommendation, municipalities=known))
    monkeypatch.setattr(parts_picture.charts, "persons_by_criterion", keep)
    monkeypatch.setattr(parts_picture, "width_of", lambda _: 1.0)
    assert parts_picture.parts_picture(known[0], found) is not None
    own, alone = drawn["rows"]  # type: ignore[misc]
    assert drawn["series"] == ["Folketall", "Likt til alle", "Etter folketallet alene"]
    assert own.parts[-1] == 0
    assert [part for part in alone.parts if part] == [alone.parts[-1]]
    assert alone.number == round(alone.parts[-1]) + known[0].minors
