from hypothesis import given
from hypothesis import strategies as st

from fotfeste.reports.blocks import Heading
from fotfeste.reports.outline import outline


def test_a_jump_in_levels_is_lifted():
    levels = [entry.level for entry in outline((Heading(3, "a"), Heading(3, "b"), Heading(1, "c"))).values()]
    assert levels == [1, 2, 1]


def test_anchors_are_made_from_the_text_and_never_twice_the_same():
    entries = outline(
        (Heading(1, "Bø i Vesterålen"), Heading(2, "Bø i Vesterålen"), Heading(2, "Čáhcesuolu"))
    )
    assert [entry.anchor for entry in entries.values()] == [
        "bo-i-vesteralen",
        "bo-i-vesteralen-2",
        "cahcesuolu",
    ]


def test_an_anchor_given_by_the_document_is_kept_and_made_ones_avoid_it():
    entries = outline((Heading(1, "Metode"), Heading(1, "Annet", "metode")))
    assert [entry.anchor for entry in entries.values()] == ["metode-2", "metode"]


@given(
    st.lists(
        st.builds(Heading, st.sampled_from([1, 2, 3]), st.text(max_size=4), st.sampled_from(["", "a", "b"]))
    )
)
def test_any_document_gets_headings_without_gaps_and_different_anchors(headings):
    entries = list(outline(tuple(headings)).values())
    level = 0
    for entry in entries:
        assert entry.level <= level + 1
        level = entry.level
    assert len({entry.anchor for entry in entries}) == len(entries)
    assert all(entry.anchor for entry in entries)
