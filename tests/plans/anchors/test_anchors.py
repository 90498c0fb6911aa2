"""Anchors survive a new version of a plan, or are reported lost; they are never wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.making import document, of_text

from fotfeste.plans.anchors import Anchor, Found, Lost, Maker, Reason, anchor, moved
from fotfeste.plans.anchors.finding import LONG, MARGIN
from fotfeste.plans.anchors.folding import Folded
from fotfeste.plans.documents.model import Document, Span

PLAN = [
    "# Mål",
    "Kommunen skal bosette flyktninger i hele kommunen, og de skal komme raskt i arbeid.",
    "Ansvarlig: kommunedirektøren. Frist: 2028.",
    "# Tiltak",
    "Voksenopplæringen skal gi språkkurs om kvelden, slik at de som arbeider om dagen, kan delta.",
    "Ansvarlig: kommunedirektøren. Frist: 2028.",
    "Næringshagen skal kartlegge kompetansen til arbeidsinnvandrere og ektefellene deres.",
]  # fmt: skip


def at(plan: Document, words: str, number: int = 0) -> Anchor:
    """Return an anchor at the words, the first time they stand or a later."""
    start = -1
    for _ in range(number + 1):
        start = plan.text.index(words, start + 1)
    return anchor(plan, Span(start, start + len(words)))


def words_at(found: Found | Lost, plan: Document) -> str:
    assert isinstance(found, Found)
    return plan.at(found.span)


def test_an_anchor_stands_where_it_stood_when_the_text_is_the_same() -> None:
    plan = document(PLAN)
    assert moved(at(plan, "Frist", 1), plan) == Found(at(plan, "Frist", 1).span)


def test_an_anchor_moves_with_its_words_when_something_is_added_before() -> None:
    plan, later = document(PLAN), document(["# Innledning", "Ny tekst.", *PLAN])
    found = moved(at(plan, "språkkurs om kvelden"), later)
    assert words_at(found, later) == "språkkurs om kvelden"
    assert isinstance(found, Found)
    assert found.span.start > plan.text.index("språkkurs")


def test_a_sentence_that_stands_twice_is_told_by_what_is_around_it() -> None:
    plan, later = document(PLAN), document(["# Innledning", *PLAN])
    for number in (0, 1):
        found = moved(at(plan, "Ansvarlig: kommunedirektøren.", number), later)
        assert isinstance(found, Found)
        assert later.text[: found.span.start].count("Ansvarlig") == number


def test_when_one_of_two_is_taken_away_the_other_is_not_taken_for_it() -> None:
    plan = document(PLAN)
    later = document([*PLAN[:2], *PLAN[3:]])
    assert isinstance(moved(at(plan, "Ansvarlig: kommunedirektøren.", 0), later), Lost)
    assert words_at(
        moved(at(plan, "Ansvarlig: kommunedirektøren.", 1), document(["Ny.", *PLAN])),
        document(["Ny.", *PLAN]),
    )


def test_words_that_are_changed_are_lost_and_a_person_is_shown_where() -> None:
    plan = document(PLAN)
    later = document([one.replace("språkkurs om kvelden", "språkkurs på nett") for one in PLAN])
    lost = moved(at(plan, "språkkurs om kvelden"), later)
    assert isinstance(lost, Lost)
    assert lost.reason is Reason.ABSENT
    assert lost.perhaps is not None
    assert later.at(lost.perhaps).strip() == "språkkurs på nett"


def test_a_paragraph_that_is_moved_whole_is_found_again() -> None:
    plan = document(PLAN)
    later = document([PLAN[-1], *PLAN[:-1]])
    assert words_at(moved(at(plan, PLAN[-1]), later), later) == PLAN[-1]


def test_a_short_word_in_strange_surroundings_is_not_taken_for_the_same() -> None:
    lost = moved(at(document(PLAN), "2028.\n\n# Tiltak"[:5]), document(["Helt annen tekst fram til 2028."]))
    assert lost == Lost(Reason.UNSURE)
    assert isinstance(moved(at(document(PLAN), "Næringshagen"), document(["Næringshagen."])), Lost)


def test_other_white_space_is_no_change() -> None:
    plan = document(PLAN)
    later = of_text("Ny innledning.  \n" + plan.text.replace(" ", "\u00a0 \n"))
    assert (
        " ".join(words_at(moved(at(plan, "språkkurs om kvelden"), later), later).split())
        == "språkkurs om kvelden"
    )


def test_a_passage_copied_with_all_around_it_is_reported_as_several() -> None:
    plan = document(PLAN)
    found = moved(at(plan, "språkkurs om kvelden"), document([*PLAN, *PLAN]))
    assert found == Lost(Reason.SEVERAL)


def test_an_anchor_needs_words() -> None:
    plan = document(PLAN)
    for span in (Span(0, 0), Span(4, 6), Span(0, len(plan.text) + 1)):
        if span == Span(4, 6):
            span = Span(plan.text.index("\n\n"), plan.text.index("\n\n") + 2)
        with pytest.raises(ValueError, match="words"):
            anchor(plan, span)


def test_white_space_at_the_edges_of_a_span_is_left_out() -> None:
    plan = document(PLAN)
    start = plan.text.index("\n\nAnsvarlig")
    assert anchor(plan, Span(start, start + 12)).quote == "Ansvarlig:"[:10]


@given(st.text(st.sampled_from("ab \n\t\u00a0"), max_size=60))
def test_a_folded_text_knows_the_way_back(text: str) -> None:
    folded = Folded(text)
    for place, sign in enumerate(folded.text):
        if sign != " ":
            assert text[folded.position(place)] == sign
            assert folded.place(folded.position(place)) == place


SENTENCES = (
    "Kommunen skal bosette flyktninger.", "Innvandrere skal raskt i arbeid.", "Ansvarlig: kommunedirektøren.",
    "Frist: 2028.", "Tiltaket følges opp hvert år.", "Distriktene trenger folk.", "Målet er flere i arbeid.",
    "Det trengs boliger i hele kommunen.", "Ansvarlig: næringssjefen.",
)  # fmt: skip
STRANGE = "QWXZÆØÅ qwxz"


@dataclass(frozen=True)
class Signs:
    """A text whose every sign knows where it comes from: a sign of the first version has its number there, a new one none."""

    signs: tuple[tuple[str, int | None], ...]

    @property
    def text(self) -> str:
        return "".join(sign for sign, _ in self.signs)

    def own(self, span: Span) -> list[int | None]:
        return [number for _, number in self.signs[span.start : span.end]]


def edited(version: Signs, chance: random.Random) -> Signs:
    """Return the version after one edit: something put in, taken out, replaced, moved or copied."""
    signs, size = version.signs, len(version.signs)
    first, second = sorted((chance.randint(0, size), chance.randint(0, size)))
    if chance.random() < 0.7:
        second = min(second, first + chance.randint(0, 40))
    piece = signs[first:second]
    new = tuple((chance.choice(STRANGE), None) for _ in range(chance.randint(1, 30)))
    rest = signs[:first] + signs[second:]
    place = chance.randint(0, len(rest))
    kind = chance.choice(("put in", "take out", "replace", "move", "copy"))
    if kind == "put in":
        return Signs(signs[:first] + new + signs[first:])
    if kind == "take out":
        return Signs(rest)
    if kind == "replace":
        return Signs(signs[:first] + new + signs[second:])
    if kind == "move":
        return Signs(rest[:place] + piece + rest[place:])
    return Signs(signs[:place] + piece + signs[place:])


def is_right(one: Anchor, found: Found, version: Signs) -> bool:
    """Tell whether the place found is the anchor's: its own signs, or the same words right beside its own surroundings.

    Whoever takes out a piece whose two ends are alike cannot be seen to have taken out the one or the other.
    """
    numbers = version.own(found.span)
    if " ".join(version.text[found.span.start : found.span.end].split()) != " ".join(one.quote.split()):
        return False
    own = sum(1 for number in numbers if number is not None and one.start <= number < one.end)
    before = version.own(Span(max(0, found.span.start - 8), found.span.start))
    after = version.own(Span(found.span.end, min(len(version.signs), found.span.end + 8)))
    beside_left = len(before) == 8 and before == list(range(one.start - 8, one.start))
    beside_right = len(after) == 8 and after == list(range(one.end, one.end + 8))
    return 2 * own >= len(numbers) or beside_left or beside_right


def first_version(chance: random.Random) -> Signs:
    text = "\n\n".join(
        " ".join(chance.choice(SENTENCES) for _ in range(chance.randint(1, 4)))
        for _ in range(chance.randint(3, 12))
    )
    return Signs(tuple((sign, place) for place, sign in enumerate(text)))


def some_anchors(plan: Document, chance: random.Random) -> list[Anchor]:
    maker, found = Maker(plan), []
    for _ in range(6):
        start = chance.randrange(len(plan.text))
        span = Span(start, min(len(plan.text), start + chance.choice((3, 12, 30, 60, 150))))
        if plan.at(span).strip():
            found.append(maker.anchor(span))
    return found


@settings(max_examples=1_000)
@given(seed=st.integers(0, 2**40), edits=st.integers(1, 8))
def test_under_a_thousand_random_edits_no_anchor_is_wrong(seed: int, edits: int) -> None:
    chance = random.Random(seed)
    version = first_version(chance)
    anchors = some_anchors(of_text(version.text), chance)
    for _ in range(edits):
        version = edited(version, chance)
    later = of_text(version.text)
    for one in anchors:
        if isinstance(found := moved(one, later), Found) and later.text_sha256 != one.text_sha256:
            assert is_right(one, found, version), (one, found, later.text)


@settings(max_examples=300)
@given(seed=st.integers(0, 2**40), start=st.booleans())
def test_an_anchor_that_was_left_alone_with_its_surroundings_is_never_lost(seed: int, start: bool) -> None:
    """Edits that stay away from the anchor and what tells it from others do not lose it, unless they bring a copy."""
    chance = random.Random(seed)
    version = first_version(chance)
    for one in some_anchors(of_text(version.text), chance):
        if one.left < 0 or one.right < 0:
            continue
        low = max(0, one.start - one.left - 2 * MARGIN)
        high = min(len(version.signs), one.end + one.right + 2 * MARGIN)
        new = tuple((chance.choice(STRANGE), None) for _ in range(20))
        cut = chance.randint(0, low) if start else chance.randint(high, len(version.signs))
        changed = Signs(version.signs[:cut] + new + version.signs[cut:])
        found = moved(one, of_text(changed.text))
        assert isinstance(found, Found)
        assert changed.own(found.span) == list(range(one.start, one.end))


def test_an_anchor_of_another_text_is_not_found_by_its_position() -> None:
    plan = document(PLAN)
    strange = replace(at(plan, "språkkurs om kvelden"), text_sha256="0" * 64)
    assert moved(strange, plan) == Found(at(plan, "språkkurs om kvelden").span)
    assert isinstance(moved(strange, document(["Ingenting av dette."])), Lost)


def test_the_longest_quote_needs_no_surroundings_and_a_shorter_one_does() -> None:
    words = "Kommunen skal bosette flyktninger i hele kommunen"
    assert len(words) >= LONG
    other = document([f"Xyz {words} zyx"])
    assert isinstance(moved(at(document(PLAN), words), other), Found)
    assert isinstance(moved(at(document(PLAN), words[: LONG - 1]), other), Lost)
