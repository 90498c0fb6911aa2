"""What becomes of passages from one version or generation of a plan to the next."""

from __future__ import annotations

import random
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.making import document

from fotfeste.errors import InputError
from fotfeste.plans.documents.model import Document, PassageKind
from fotfeste.plans.generations import (
    Change,
    Comparison,
    PieceKind,
    compare,
    goals_of,
    goals_over_time,
    word_changes,
)
from fotfeste.plans.generations.aligning import MOST_PASSAGES
from fotfeste.plans.generations.told import counted_changes

OLD = [
    "# Mål",
    "- Flere innvandrere skal være i arbeid innen fem år etter bosetting.",
    "- Kommunen skal bosette flyktninger i hele kommunen, ikke bare i sentrum.",
    "# Tiltak",
    "Voksenopplæringen skal gi språkkurs om kvelden for dem som arbeider om dagen.",
    "Næringshagen kartlegger hva arbeidsinnvandrere og ektefellene deres kan.",
    "Det skal bygges ti nye kommunale boliger i distriktene før 2024.",
]  # fmt: skip
NEW = [
    "# Mål",
    "- Flere innvandrere skal være i arbeid innen fem år etter bosetting.",
    "- Kommunen skal bosette flyktninger i hele kommunen og særlig i distriktene.",
    "# Tiltak",
    "Næringshagen kartlegger hva arbeidsinnvandrere og ektefellene deres kan.",
    "Voksenopplæringen skal gi språkkurs om kvelden for dem som arbeider om dagen.",
    "Frivilligsentralen inviterer nyankomne til møteplasser hver uke.",
]  # fmt: skip


def told(comparison: Comparison) -> dict[str, Change]:
    return {
        comparison.words_after(one) or comparison.words_before(one): one.change for one in comparison.pairs
    }


def test_each_passage_is_told_what_became_of_it() -> None:
    found = told(compare(document(OLD), document(NEW)))
    assert found == {
        "Mål": Change.STAYED,
        OLD[1][2:]: Change.STAYED,
        NEW[2][2:]: Change.CHANGED,
        "Tiltak": Change.STAYED,
        NEW[4]: Change.MOVED if found[NEW[4]] is Change.MOVED else Change.STAYED,
        NEW[5]: Change.STAYED if found[NEW[4]] is Change.MOVED else Change.MOVED,
        NEW[6]: Change.NEW,
        OLD[6]: Change.VANISHED,
    }


def test_what_vanished_stands_where_it_stood() -> None:
    pairs = compare(document(OLD), document([one for one in OLD if "språkkurs" not in one])).pairs
    assert [one.change for one in pairs].index(Change.VANISHED) == 4


def test_a_plan_that_changes_to_nynorsk_is_still_followed() -> None:
    bokmaal = ["Innvandrere og flyktninger skal få opplæring i norsk før de begynner i arbeid."]
    nynorsk = ["Innvandrarar og flyktningar skal få opplæring i norsk før dei byrjar i arbeid."]
    (pair,) = compare(document(bokmaal), document(nynorsk)).pairs
    assert pair.change is Change.CHANGED
    assert pair.likeness > Fraction(3, 5)


def test_the_same_words_in_another_order_are_a_change() -> None:
    pairs = compare(
        document(["Kommunen gir råd til fylkeskommunen."]), document(["Fylkeskommunen gir råd til kommunen."])
    ).pairs
    assert [one.change for one in pairs] == [Change.CHANGED]
    assert not pairs[0].same_words


def test_a_not_is_a_change() -> None:
    pairs = compare(
        document(["Det skal bygges boliger i år."]), document(["Det skal ikke bygges boliger i år."])
    ).pairs
    assert [one.change for one in pairs] == [Change.CHANGED]


def test_numbering_and_capital_letters_are_no_change() -> None:
    old = ["1.2 Mål for bosettingen i kommunen", "• Flere i arbeid (18-70 år)", "(a) «Boliger»"]
    new = ["2.1 MÅL for bosettingen  i kommunen", "3. Flere i arbeid (18–70 år).", "b) ”boliger”"]
    assert [one.change for one in compare(document(old), document(new)).pairs] == [Change.STAYED] * 3


def test_a_heading_is_not_taken_for_a_paragraph_with_the_same_words() -> None:
    changes = compare(
        document(["# Bosetting og kvalifisering i distriktene"]),
        document(["Bosetting og kvalifisering i distriktene"]),
    )
    assert sorted(one.change for one in changes.pairs) == [Change.NEW, Change.VANISHED]


def test_passages_that_stand_many_times_are_paired_between_the_same_neighbours() -> None:
    old = ["# A", "Ansvarlig: rådmannen", "# B", "Ansvarlig: rådmannen", "# C"]
    new = ["# A", "# B", "Ansvarlig: rådmannen", "# C"]
    comparison = compare(document(old), document(new))
    (gone,) = [one for one in comparison.pairs if one.change is Change.VANISHED]
    assert gone.before == 1
    assert comparison.counts()[Change.STAYED] == 4


def test_contents_lists_are_left_out() -> None:
    old = document(["Innhold side 3", "Teksten er her."])
    from dataclasses import replace

    passages = (replace(old.passages[0], kind=PassageKind.CONTENTS), old.passages[1])
    assert len(compare(replace(old, passages=passages), document(["Teksten er her."])).pairs) == 1


def test_the_words_that_changed_are_shown() -> None:
    pieces = word_changes("Ti boliger i sentrum før 2024.", "Ti boliger i distriktene før 2028.")
    assert [one.text for one in pieces if one.kind is PieceKind.GONE] == ["sentrum", "2024"]
    assert [one.text for one in pieces if one.kind is PieceKind.NEW] == ["distriktene", "2028"]


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(one.text for one in pieces if one.kind is not PieceKind.NEW) == before
    assert "".join(one.text for one in pieces if one.kind is not PieceKind.GONE) == after


SENTENCES = [
    f"{who} {what} {where}."
    for who in ("Kommunen", "Fylkeskommunen", "Næringshagen", "Voksenopplæringen", "Nav")
    for what in ("bosetter flyktninger", "kartlegger kompetansen", "gir norskkurs", "bygger boliger", "søker tilskudd")
    for where in ("i hele distriktet hvert år", "sammen med frivillige lag", "før neste planperiode")
]  # fmt: skip
STRANGE = [f"Xq{number} zw{number} qx{number} wz{number} vq{number}." for number in range(20)]


@settings(max_examples=150)
@given(seed=st.integers(0, 2**40))
def test_edits_that_are_known_come_out_as_they_were_made(seed: int) -> None:
    """Paragraphs taken out vanish, strange ones put in are new, the rest stays; every passage is told of exactly once."""
    chance = random.Random(seed)
    old = chance.sample(SENTENCES, chance.randint(1, 30))
    out = set(chance.sample(old, chance.randint(0, len(old))))
    new = [one for one in old if one not in out]
    strange = chance.sample(STRANGE, chance.randint(0, 8))
    for one in strange:
        new.insert(chance.randint(0, len(new)), one)
    comparison = compare(document(old), document(new), like=Fraction(1))
    assert told(comparison) == {
        **{one: Change.VANISHED if one in out else Change.STAYED for one in old},
        **dict.fromkeys(strange, Change.NEW),
    }
    assert_each_once(comparison)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**40))
def test_a_paragraph_that_is_moved_past_others_is_the_one_that_moved(seed: int) -> None:
    chance = random.Random(seed)
    old = chance.sample(SENTENCES, chance.randint(4, 30))
    new = list(old)
    one = new.pop(chance.randrange(len(new)))
    place = chance.randint(0, len(new))
    new.insert(place, one)
    comparison = compare(document(old), document(new))
    moved = [comparison.words_after(pair) for pair in comparison.pairs if pair.change is Change.MOVED]
    far = abs(old.index(one) - place)
    assert moved == ([one] if far > 1 else moved)
    assert len(moved) == min(far, 1)


passages = st.lists(
    st.sampled_from([*SENTENCES[:12], "# Mål", "- Ja", "| 12", "Ansvarlig: rådmannen"]), max_size=14
)


def assert_each_once(comparison: Comparison) -> None:
    before = [one.before for one in comparison.pairs if one.before is not None]
    after = [one.after for one in comparison.pairs if one.after is not None]
    assert sorted(before) == list(range(len(comparison.old.passages)))
    assert after == list(range(len(comparison.new.passages)))


@given(old=passages, new=passages)
def test_every_passage_is_told_of_once_and_the_same_backwards(old: list[str], new: list[str]) -> None:
    there, back = compare(document(old), document(new)), compare(document(new), document(old))
    assert_each_once(there)
    assert_each_once(back)
    for pair in there.pairs:
        assert (pair.before is None) == (pair.change is Change.NEW)
        assert (pair.after is None) == (pair.change is Change.VANISHED)
        assert pair.change is not Change.STAYED or pair.same_words
    same = sum(1 for one in there.pairs if one.same_words)
    assert same == sum(1 for one in back.pairs if one.same_words)


@given(old=passages)
def test_a_document_beside_itself_has_stayed(old: list[str]) -> None:
    assert {one.change for one in compare(document(old), document(old)).pairs} <= {Change.STAYED}


def test_goals_repeated_unchanged_are_counted_through_the_generations() -> None:
    third = [
        "# Hovedmål",
        OLD[1],
        "- Alle kommuner skal ha en plan for mangfold i egne stillinger.",
        "# Tiltak",
    ]
    rows = goals_over_time([document(OLD), document(NEW), document(third)])
    goals = {
        document(OLD).at(document(OLD).passages[row.places[0]].span): row
        for row in rows
        if row.places[0] is not None
    }
    same = goals[OLD[1][2:]]
    assert (same.places, same.likeness, same.repeated) == ((1, 1, 1), (Fraction(1), Fraction(1)), 2)
    reworded = goals[OLD[2][2:]]
    assert reworded.places == (2, 2, None)
    assert 0 < reworded.likeness[0] < 1
    assert reworded.repeated == 0
    (new,) = [row for row in rows if row.places[0] is None]
    assert new.places == (None, None, 2)


def test_a_goal_is_followed_into_a_document_that_does_not_call_it_a_goal() -> None:
    programme = ["# Satsingsområder", OLD[1], "# Kontakt", "Ring sentralbordet."]
    for plans, places in (((OLD, programme), (1, 1)), ((programme, OLD), (1, 1))):
        rows = goals_over_time([document(one) for one in plans])
        assert places in [row.places for row in rows]
        assert [row.repeated for row in rows if row.places == places] == [1]


def test_a_purpose_and_a_target_group_are_no_goals() -> None:
    plan = document(
        ["# Formål", "Planen gjelder alle.", "# Målgruppe", "Flyktninger.", "Delmål 2: Flere i arbeid."]
    )
    (row,) = goals_over_time([plan])
    assert plan.at(plan.passages[row.places[0] or 0].span) == "Delmål 2: Flere i arbeid."


def test_a_thousand_passages_with_the_same_words_take_no_long_time() -> None:
    long = document(
        ["Ansvarlig er kommunedirektøren i alle saker."] * 3_000 + ["Kommunen bygger boliger i år."] * 3_000
    )
    changed = document(["Ansvarlig er kommunedirektøren i de fleste saker."] * 3_000)
    begins = time.process_time()
    assert_each_once(compare(long, changed))
    assert time.process_time() - begins < 5


def test_too_many_passages_are_refused() -> None:
    plan = document(["A"])
    huge = Document(plan.text, plan.origin, "", plan.passages * (MOST_PASSAGES + 1))
    with pytest.raises(InputError) as caught:
        compare(huge, plan)
    assert caught.value.code == "plan.passages"


def test_short_lines_with_half_their_words_in_common_are_not_taken_for_the_same() -> None:
    old = ["# Plan", "Systematisk og kunnskapsbasert folkehelsearbeid"]
    new = ["# Plan", "Oversikt over helsetilstanden og støtte til systematisk folkehelsearbeid"]
    assert [one.change for one in compare(document(old), document(new)).pairs] == [
        Change.STAYED,
        Change.VANISHED,
        Change.NEW,
    ]


def test_a_number_alone_is_no_passage_to_follow_but_a_figure_in_a_table_is() -> None:
    same = ["# Plan", "2.", "| 12", "Alle skal ha et trygt sted å bo."]
    told = compare(document(same), document(["# Plan", "7", "| 15", "Alle skal ha et trygt sted å bo."]))
    assert [
        (one.change, told.words_before(one), told.words_after(one))
        for one in told.pairs
        if not one.same_words
    ] == [
        (Change.VANISHED, "12", ""),
        (Change.NEW, "", "15"),
    ]


def test_goals_stand_in_lists_that_are_called_so_and_not_in_what_tells_of_goals() -> None:
    plan = document(
        [
            "# Opplæring",
            "Mål for området:",
            "- Flere fullfører.",
            "- Alle får veiledning.",
            "Tiltak:",
            "- Ansette veileder.",
            "# Mål",
            "Planen har følgende mål:",
            "Ingen skal stå utenfor.",
        ]
    )
    told = [plan.at(plan.passages[place].span) for place in sorted(goals_of(plan))]
    assert told == ["Flere fullfører.", "Alle får veiledning.", "Ingen skal stå utenfor."]


@pytest.mark.parametrize("change", list(Change))
def test_what_became_of_passages_is_counted_in_words(change: Change) -> None:
    one, many = (str(counted_changes(change, count)) for count in (1, 550))
    assert one.startswith("ett ")
    assert many.startswith("550 ")
    assert many.endswith("e")
