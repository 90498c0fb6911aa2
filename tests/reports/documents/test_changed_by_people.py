"""Overrides and revisions in the documents: what everyone may read, and what stays in the house. Names are invented."""

from __future__ import annotations

from datetime import date

import pytest
from tests.settlement.changed import NAME, REASON, ROLE, bundle, entered, ledger, prepared, standing
from tests.settlement.examples import CODES, rule

from fotfeste.messages import Locale
from fotfeste.regions import load_regions
from fotfeste.reports.blocks import Bullets, Document, Paragraph, Table
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.compose import Documents, build
from fotfeste.reports.documents.letter import letter
from fotfeste.reports.documents.overrides import changes_table, override_blocks, override_table
from fotfeste.reports.documents.revision import (
    answer_of,
    figures_of_county,
    revision_blocks,
    what_changed,
)
from fotfeste.reports.documents.revision_table import revision_table
from fotfeste.reports.documents.templates import county_fields, municipality_fields
from fotfeste.settlement.bundle import Bundle
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.follow_up.own_years import OwnFigure, OwnYear
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.revise import prepare_revision, revise
from fotfeste.statistics.figure import Figure

SKIEN, MIDT, FYRESDAL, VINJE = CODES
ISSUED = date(2027, 6, 2)
REGIONS = load_regions()


def basis(found: Prepared, locale: Locale = "nb") -> Basis:
    return basis_of(calculate(found), REGIONS, locale=locale, issued=ISSUED)


def documents(found: Prepared, kept: Ledger | None = None, locale: Locale = "nb") -> Documents:
    return build(calculate(found), REGIONS, locale=locale, issued=ISSUED, ledger=kept)


def revised(
    before: Bundle, total: int, decided: tuple[int | str | None, ...], settled: tuple[int | str | None, ...]
) -> Prepared:
    revision = revise(
        before, total, standing=standing(decided, settled), as_of="2027-06-01", origin="bruker:status.csv"
    )
    return prepare_revision(before, revision, total)


def texts(document: Document) -> list[str]:
    """Return every sentence of a document, with what its tables say."""
    found = []
    for block in document.blocks:
        match block:
            case Paragraph():
                found += [str(piece) for piece in block.content]
            case Bullets():
                found += [str(piece) for item in block.items for piece in item]
            case Table():
                found += [str(cell) for row in block.rows for cell in row]
    return found


SET = ledger({SKIEN: 40, VINJE: 15})


def test_the_table_shows_the_number_what_it_would_have_been_role_and_reason() -> None:
    rows = override_table(basis(prepared(overrides=SET))).rows
    assert rows[0] == ("Skien", 40, 46, -6, ROLE, REASON)
    assert rows[1][:2] == ("Vinje", 15)


def test_what_each_override_changes_sums_to_zero() -> None:
    table = changes_table(basis(prepared(overrides=SET)))
    for place in (2, 3):
        assert sum(row[place] for row in table.rows) == 0  # type: ignore[misc]
        assert any(row[place] for row in table.rows)


def test_everyone_who_gets_more_or_fewer_is_named() -> None:
    (told,) = [one for one in override_blocks(basis(prepared(overrides=SET))) if isinstance(one, Bullets)]
    assert told.items[0][0] == (
        "Skien: Uten overstyringen ville tallet vært 46. Flere til Midt-Telemark (+5) og Fyresdal (+1)."
    )


def test_an_override_without_which_the_rules_cannot_be_met_says_so() -> None:
    floors = rule(RuleKind.FLOOR, persons=20)
    found = basis(prepared(floors, overrides=ledger({FYRESDAL: 1})))
    (told,) = [one for one in override_blocks(found) if isinstance(one, Bullets)]
    assert "kan reglene ikke oppfylles" in str(told.items[0][0])
    assert override_table(found).rows[0][2:4] == (None, None)


def test_without_overrides_and_revision_nothing_is_said_of_them() -> None:
    plain = basis(prepared())
    assert override_blocks(plain) == []
    assert revision_blocks(plain) == []
    made = documents(prepared(), Ledger("40", 2027))
    assert made.internal == ()
    assert "evidert" not in repr(made)
    assert "verstyr" not in repr(made)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_name_is_in_the_internal_document_and_nowhere_else(locale: Locale) -> None:
    made = documents(prepared(overrides=SET), SET, locale)
    assert NAME in repr(made.internal)
    assert NAME not in repr((made.recommendation, made.case_paper, made.letters, made.workbook))
    assert ROLE in repr(made.recommendation)
    assert REASON in repr(made.case_paper)


def test_without_the_ledger_there_is_no_internal_document() -> None:
    assert documents(prepared(overrides=SET)).internal == ()


def test_the_internal_document_holds_every_entry_also_those_that_no_longer_hold() -> None:
    kept = entered(entered(SET, VINJE, None), SKIEN, 30)
    (internal,) = documents(prepared(overrides=kept), kept).internal
    assert internal.file_stem == "internt/overstyringer"
    table = next(one for one in internal.blocks if isinstance(one, Table))
    assert [row[-1] for row in table.rows] == [
        "erstattet av nr. 4", "trukket tilbake i nr. 3", "trekker tilbake nr. 2", "gjelder"
    ]  # fmt: skip
    assert {row[5] for row in table.rows} == {NAME}
    assert kept.entries[-1].checksum in repr(internal)


def letter_to(found: Prepared, code: str) -> Document:
    """The letter in bokmål, whatever the municipality has decided."""
    made = basis(found)
    return letter(next(one for one in made.results if one.code == code), made)


def test_a_letter_says_who_set_the_number_and_those_that_pay_are_told() -> None:
    made = prepared(overrides=ledger({SKIEN: 40}))
    own = repr(letter_to(made, SKIEN))
    assert "Tallet er satt av fylkesdirektør" in own
    assert "ville tallet vært 55" in own
    other = repr(letter_to(made, MIDT))
    assert (
        "Tallet for Skien er satt til 40 av fylkesdirektør. Det gir 11 personer mer til Midt-Telemark."
        in other
    )


HALF = revised(bundle(prepared()), 35, (20, 11, 1, 10), (10, 2, 1, 8))


def test_title_and_first_sentence_say_that_it_is_revised() -> None:
    made = documents(HALF)
    for one in (made.recommendation, made.case_paper, letter_to(HALF, VINJE)):
        assert one.title.startswith("Revidert anbefaling")
        assert "revidert" in one.description
    assert answer_of(basis(HALF)).startswith("Anbefalingen er revidert: totalen er endret fra 71 til 35.")
    assert "endret fra 55 til 20" in letter_to(HALF, SKIEN).description


def test_original_revised_decided_and_settled_stand_side_by_side() -> None:
    table = revision_table(basis(HALF))
    assert [one.title for one in table.columns] == [
        "Kommune", "Opprinnelig", "Revidert nå", "Endring", "Vedtatt 2027", "Alt bosatt 2027"
    ]  # fmt: skip
    assert table.rows[0] == ("Skien", 55, 20, -35, Figure.observed(20), Figure.observed(10))
    assert table.rows[-1][1:4] == (71, 35, -36)
    assert table.source == "fylkeskommunens egen oversikt"


def test_the_name_of_the_countys_own_file_is_in_no_document() -> None:
    assert "fylkeskommunens egen oversikt" in repr(letter_to(HALF, VINJE))
    assert "status.csv" not in repr(documents(HALF))


def test_a_second_revision_shows_the_original_and_the_first() -> None:
    once = bundle(HALF, date(2027, 4, 2))
    table = revision_table(basis(revised(once, 60, (20, 11, 5, 10), (10, 2, 1, 8))))
    assert [one.title for one in table.columns][1:4] == [
        "Opprinnelig",
        "Revidert 2. april 2027",
        "Revidert nå",
    ]
    assert table.rows[0][1:3] == (55, 20)


def test_a_sum_with_an_unknown_part_is_told_as_the_least_it_can_be() -> None:
    found = basis(revised(bundle(prepared()), 35, (20, None, 1, 10), (10, 2, ":", 8)))
    _, decided, settled = figures_of_county(found).items
    assert decided[1:] == (
        "minst 31",
        "3 av 4 kommuner per 1. juni 2027; ikke kjent: Midt-Telemark",
    )
    assert settled[2] == "per 1. juni 2027"
    assert settled[1] == "21 til 24"


def test_a_revised_number_stands_beside_what_has_been_asked_for_this_year() -> None:
    found = revised(bundle(prepared()), 35, (20, None, 1, 10), (10, 2, 1, 8))
    day = date(2026, 12, 2)
    entered = {
        SKIEN: OwnYear(2027, OwnFigure(Figure.observed(90), day)),
        MIDT: OwnYear(2027, OwnFigure(Figure.not_asked(), day), OwnFigure(Figure.observed(9), day)),
    }
    numbers = {one.code: one.recommended for one in calculate(found).municipalities}
    told = basis_of(calculate(found), REGIONS, locale="nb", issued=ISSUED, entered=entered)
    skien, midt = (" ".join(texts(letter(one, told))) for one in told.results[:2])
    made = build(calculate(found), REGIONS, locale="nb", issued=ISSUED, entered=entered)
    assert "bedt om" in " ".join(texts(made.letters[0]))
    fewer = 90 - numbers[SKIEN]
    assert f"Det er {fewer} færre enn IMDi har bedt om i 2027 (90, 2. desember 2026)." in skien
    assert "IMDi har bedt om 90 i 2027 (2. desember 2026)." in skien
    assert "ba om i 2026" not in skien
    assert "Kommunen er ikke anmodet i 2027 (2. desember 2026)." in midt
    assert "For Midt-Telemark er det vedtatt: 9." in midt
    assert "bedt om i 2027" not in " ".join(texts(letter_to(found, SKIEN)))
    table = revision_table(basis_of(calculate(found), REGIONS, locale="nb", issued=ISSUED, entered=entered))
    place = [column.title for column in table.columns].index("Anmodet 2027")
    assert [row[place] for row in table.rows[:2]] == [Figure.observed(90), Figure.not_asked()]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_what_is_entered_of_another_year_is_not_taken_for_this_one() -> None:
    found = revised(bundle(prepared()), 35, (20, None, 1, 10), (10, 2, 1, 8))
    entered = {SKIEN: OwnYear(2026, OwnFigure(Figure.observed(90), date(2025, 12, 2)))}
    made = build(calculate(found), REGIONS, locale="nb", issued=ISSUED, entered=entered)
    assert "bedt om 90" not in " ".join(texts(made.letters[0]))


def test_what_is_known_to_be_decided_is_the_same_sum_everywhere_and_the_unknown_are_named() -> None:
    found = basis(revised(bundle(prepared()), 72, (20, None, 1, 10), (10, 0, 0, 8)))
    assert figures_of_county(found).items[1][1] == "minst 31"
    changed = " ".join(what_changed(found, found.recommendation.revision))  # type: ignore[arg-type]
    assert (
        "Den nye totalen (72) rommer alt som er vedtatt og bosatt (minst 31, med det høyeste av de to i hver kommune)."
        in changed
    )
    assert "ikke kjent, og setter derfor ingen grense: Midt-Telemark." in changed


def test_hidden_persons_are_said_to_be_counted_and_not_known() -> None:
    found = basis(revised(bundle(prepared()), 72, (20, 11, 1, 10), (10, 2, ":", 8)))
    assert "(regnet som 45)" in " ".join(what_changed(found, found.recommendation.revision))  # type: ignore[arg-type]


def test_an_unchanged_total_is_not_said_to_have_changed() -> None:
    same = revised(bundle(prepared()), 71, (55, 11, 1, 4), (10, 2, 1, 4))
    assert "totalen er fortsatt 71" in answer_of(basis(same))
    assert "endret fra 71" not in repr(documents(same).recommendation)


def test_the_letter_tells_what_is_decided_and_settled_and_that_the_council_decides() -> None:
    found = repr(letter_to(HALF, VINJE))
    assert "For Vinje er det vedtatt: 10. Så langt i år er det bosatt: 8." in found
    assert "endrer ikke det kommunestyret har vedtatt" in found
    assert "fastsatt utenfor fylkeskommunen" in found


def test_templates_can_tell_of_overrides_and_revisions_and_are_blank_otherwise() -> None:
    half = basis(HALF)
    assert county_fields(half)["opprinnelig_antall"] == 71
    assert "fra 71 til 35" in str(county_fields(half)["hva_er_endret"])
    skien = municipality_fields(half.results[0], half)
    assert (skien["opprinnelig"], skien["vedtatt_i_år"]) == (55, Figure.observed(20))
    assert "endret fra 55 til 20" in str(skien["åpning"])
    chosen = basis(prepared(overrides=SET))
    assert municipality_fields(chosen.results[0], chosen)["satt_av"] == ROLE
    plain = basis(prepared())
    assert county_fields(plain)["hva_er_endret"] == ""
    assert {municipality_fields(plain.results[0], plain)[name] for name in ("opprinnelig", "satt_av")} == {""}
    assert county_fields(plain).keys() == county_fields(half).keys()
    assert municipality_fields(plain.results[0], plain).keys() == skien.keys()
