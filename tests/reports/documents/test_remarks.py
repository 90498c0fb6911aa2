"""What stands beside a number: the rule at whose limit it lies, the figure that does not exist, the day of a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.reports.documents.conftest import CRITERIA
from tests.reports.documents.test_documents import ISSUED, texts

from fotfeste.messages import msg
from fotfeste.regions import Regions
from fotfeste.reports.documents import build
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.case_paper import case_paper
from fotfeste.reports.documents.effects import rules_for
from fotfeste.reports.documents.letter import letter
from fotfeste.reports.documents.replied import reply_in_short, used_how
from fotfeste.reports.documents.sections import criteria_explained
from fotfeste.reports.documents.source_remarks import concerns
from fotfeste.reports.documents.sources_told import settlement_source, sources_table
from fotfeste.reports.documents.uncertainty import of_all, uncertain
from fotfeste.settlement.criteria import Key, KeyForm, RuleKind
from fotfeste.settlement.replies import Service
from fotfeste.settlement.result import Binding
from fotfeste.statistics.figure import Figure


def test_a_number_at_the_limit_of_a_rule_that_changed_nothing_is_not_said_to_be_held(basis: Basis) -> None:
    one = basis.results[1]
    binding = Binding(RuleKind.ZERO_OR_FLOOR, 10, msg("ingen eller minst 10"))
    unmoved = tuple(replace(effect, persons=0) for effect in one.explanation.rule_effects)
    still = replace(
        one, explanation=replace(one.explanation, rule_effects=unmoved, interaction=0, bindings=(binding,))
    )
    told = "Tallet ligger på grensen i regelen «Ingen eller minstetall» (ingen eller minst 10), men regelen endrer det ikke."
    assert rules_for(still, basis) == [told]
    together = replace(still, explanation=replace(still.explanation, interaction=-5))
    assert (
        rules_for(together, basis)[-1]
        == "Tallet holdes av regelen «Ingen eller minstetall»: ingen eller minst 10."
    )


def test_a_criterion_that_gives_none_for_want_of_a_figure_says_so_to_the_municipality(basis: Basis) -> None:
    one = basis.results[1]
    size, equal = one.explanation.contributions
    without = replace(size, persons=size.persons * 0, figure=Figure.missing())
    lacking = replace(one, explanation=replace(one.explanation, contributions=(without, equal)))
    told = (
        "Tallet «Folketall» finnes ikke for kommunen, og kriteriet «Folketall» gir den derfor ingen personer."
    )
    assert rules_for(lacking, basis)[0] == told
    hidden = replace(without, figure=Figure.suppressed())
    assert told not in rules_for(
        replace(one, explanation=replace(one.explanation, contributions=(hidden, equal))), basis
    )


def test_a_municipality_without_room_for_more_is_not_said_to_take_zero_more(
    basis: Basis, regions: Regions
) -> None:
    found = basis.recommendation
    assert found.replies is not None
    code = basis.results[0].code
    full = {code: replace(found.replies.by_code[code], extra=0)}
    changed = replace(found, replies=replace(found.replies, by_code=full))
    told = reply_in_short(basis.results[0], basis_of(changed, regions, locale="nb", issued=ISSUED))
    assert told.endswith(
        "at den har plass til 4 enslige mindreårige og at den ikke kan ta imot flere hvis behovet øker."
    )


def test_every_letter_tells_how_the_criteria_work(basis: Basis) -> None:
    words = " ".join(texts(letter(basis.results[1], basis)))
    assert [line for line in criteria_explained(basis) if line not in words] == []
    assert "Folketall (75 %): Fordeles etter folketall, men ikke i takt med det" in words.replace(
        "\u00a0", " "
    )


def test_the_day_of_a_source_is_the_day_the_figures_were_taken_in(basis: Basis) -> None:
    assert settlement_source(basis) == "IMDi, Bosetting av flyktninger, tatt inn 1. oktober 2026"
    table = sources_table(basis)
    assert [column.title for column in table.columns][3] == "Tatt inn"
    assert "Er den ikke kjent, er det dagen tallene ble lagt inn i Fotfeste." in table.note


def test_the_name_of_a_file_of_the_countys_own_figures_is_not_told(basis: Basis) -> None:
    own = replace(
        basis.recommendation.sources[0], dataset="bruker:settled", title="Egne tall", table="egne-tall.csv"
    )
    found = replace(basis, recommendation=replace(basis.recommendation, sources=(own,)))
    assert settlement_source(found) == "IMDi, Egne tall, tatt inn 1. oktober 2026"
    assert "egne-tall.csv" not in repr(sources_table(found).rows)


def test_the_case_paper_tells_what_the_sources_remark(make_basis: Callable[..., Basis]) -> None:
    basis = make_basis()
    assert "Merknader til kildene" not in " ".join(texts(case_paper(basis)))
    remarked = replace(basis.recommendation.sources[0], remark="Brudd i serien i 2023.")
    found = replace(basis.recommendation, sources=(remarked, *basis.recommendation.sources[1:]))
    assert "Anmodet, vedtatt og bosatt: Brudd i serien i 2023." in " ".join(
        texts(case_paper(replace(basis, recommendation=found)))
    )


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("NAV viser ikke tall under 4 (Utsira).", False),
        ("Haram var en del av Ålesund (1507) i 2023.", False),
        ("Nordland 2026: kommunene har vedtatt 1 045.", False),
        ("Utsira og Skien mangler i kilden.", True),
        ("Hele prosent, fylkene slik de var (Viken, Troms og Finnmark).", True),
        ("Levert av fylket; bare Telemark.", True),
        ("Tallene er fra en tid før grensene ble endret.", True),
        ("2026 er status per 28. september, ikke et helt år.", True),
    ],
)
def test_a_remark_on_municipalities_in_other_counties_alone_is_not_told(
    sentence: str, told: bool, basis: Basis
) -> None:
    assert concerns(sentence, basis) is told
    remarked = replace(basis.recommendation.sources[0], remark=f"Brudd i 2023. {sentence}")
    words = " ".join(
        texts(case_paper(replace(basis, recommendation=replace(basis.recommendation, sources=(remarked,)))))
    )
    assert (sentence in words) is told
    assert "Brudd i 2023." in words
    assert ("Merknader som bare gjelder andre fylker, er utelatt." in words) is not told


def test_a_list_of_all_municipalities_is_said_as_such(basis: Basis) -> None:
    found = basis.recommendation
    everyone = ", ".join(one.name for one in found.municipalities)
    some = ", ".join(one.name for one in found.municipalities[:2])
    assert (
        str(of_all(msg("Ingen tak for: {names}.", names=everyone), found)) == "Ingen tak for: alle kommunene."
    )
    assert str(of_all(msg("Ingen tak for: {names}.", names=some), found)) == f"Ingen tak for: {some}."


def test_old_figures_that_count_are_told_also_when_they_are_not_compared(
    make_basis: Callable[..., Basis],
) -> None:
    size, equal = CRITERIA.criteria
    by_immigrants = replace(size, key=Key(KeyForm.DOUBLE_SHARE, "population", "immigrants"))
    basis = make_basis(criteria=replace(CRITERIA, criteria=(by_immigrants, equal)))
    told = "«Innvandrere» inngår i beregningen med tall fra 2021. Nyere tall finnes ikke i dataene."
    assert told in uncertain(basis)
    assert told not in uncertain(make_basis())


def test_room_for_fewer_than_the_least_number_is_why_the_number_is_none(basis: Basis) -> None:
    found = basis.recommendation
    assert found.replies is not None
    one = basis.results[0]
    cap = Binding(RuleKind.CAP, 5, msg("flaskehals"))
    none = replace(one, recommended=0, minors=0, explanation=replace(one.explanation, bindings=(cap,)))
    told = {}
    for room in (0, 5):
        reply = replace(found.replies.by_code[one.code], capacity={Service.HOUSING: room})
        replies = replace(found.replies, by_code={one.code: reply})
        told[room] = used_how(none, replace(basis, recommendation=replace(found, replies=replies)))[0]
    assert (
        told[5]
        == "Den laveste kapasiteten (bolig, 5) er lavere enn minstetallet på 10. Derfor er tallet null."
    )
    assert told[0] == "Den laveste kapasiteten (bolig, 0) er brukt som tak, og den avgjør tallet."


def test_the_day_the_council_handles_the_matter_is_told_to_imdi_and_to_the_county(
    basis: Basis, regions: Regions
) -> None:
    found = basis.recommendation
    assert found.replies is not None
    code = basis.results[0].code
    dated = replace(found.replies.by_code[code], council_on=date(2026, 12, 15))
    replies = replace(found.replies, by_code={code: dated})
    documents = build(replace(found, replies=replies), regions, locale="nb", issued=ISSUED)
    told = "Behandling i kommunestyret: 15. desember 2026."
    for document in (documents.recommendation, documents.case_paper, documents.letters[0]):
        assert told in " ".join(texts(document))
