"""Two people in one form: nobody's work is lost, and nobody's is overwritten without being told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fotfeste.work.drafts import ABSENT, Clash, merged, merged_for_readers, same

names = st.sampled_from(["capacity", "wish", "housing", "note"])
values = st.one_of(st.none(), st.booleans(), st.integers(-1, 2), st.sampled_from(["", "20", "Vi har plass."]))
forms = st.dictionaries(names, values)


def test_what_each_has_changed_stands() -> None:
    base = {"capacity": "20", "wish": "", "note": "Utkast"}
    found = merged(base, base | {"wish": "15"}, base | {"note": "Ferdig"})
    assert found.values == {"capacity": "20", "wish": "15", "note": "Ferdig"}
    assert found.conflicts == ()


def test_a_field_that_both_have_changed_is_named_with_both_values_and_the_stored_one_stands() -> None:
    found = merged({"wish": "10"}, {"wish": "15"}, {"wish": "20"})
    assert found.conflicts == (Clash("wish", "10", "15", "20"),)
    assert found.values == {"wish": "20"}


def test_what_was_written_for_some_is_never_shown_to_others_untold() -> None:
    base = {"text": "Til fylket", "about": "", "day": ""}
    moved, rewritten = base | {"about": "4003"}, base | {"text": "Bamble strever", "day": "i dag"}
    for mine, theirs in ((moved, rewritten), (rewritten, moved)):
        found = merged_for_readers(base, mine, theirs, ["about"], ["text"])
        assert {one.field: (one.mine, one.theirs) for one in found.conflicts} == {
            name: (mine[name], theirs[name]) for name in ("text", "about")
        }
        assert (found.values["text"], found.values["about"]) == (theirs["text"], theirs["about"])
    for mine, theirs in ((moved, base | {"day": "i dag"}), (moved, moved), (moved | rewritten, base)):
        assert merged_for_readers(base, mine, theirs, ["about"], ["text"]) == merged(base, mine, theirs)


@given(forms, forms, forms)
def test_whoever_chose_the_readers_has_seen_what_they_read(
    base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
) -> None:
    found = merged_for_readers(base, mine, theirs, ["capacity"], ["note"])
    if found.conflicts:
        return
    seen = [(one.get("capacity", ABSENT), one.get("note", ABSENT)) for one in (mine, theirs)]
    stored = [found.values.get(one, ABSENT) for one in ("capacity", "note")]
    assert any(all(same(*both) for both in zip(pair, stored, strict=True)) for pair in seen)


def test_a_field_both_have_changed_to_the_same_is_no_conflict() -> None:
    assert merged({"wish": "10"}, {"wish": "15"}, {"wish": "15"}).conflicts == ()


def test_a_field_taken_away_by_one_is_gone_and_one_changed_by_the_other_is_a_conflict() -> None:
    assert merged({"a": 1, "b": 2}, {"b": 2}, {"a": 1, "b": 2}).values == {"b": 2}
    assert merged({"a": 1}, {}, {"a": 2}).conflicts == (Clash("a", 1, ABSENT, 2),)
    taken = merged({"a": 1}, {"a": 2}, {})
    assert taken.conflicts == (Clash("a", 1, 2, ABSENT),)
    assert taken.values == {}


def test_zero_empty_and_not_there_are_different() -> None:
    assert not same(0, False)
    assert not same("", None)
    assert not same(None, ABSENT)
    assert merged({"wish": None}, {"wish": 0}, {"wish": False}).conflicts == (Clash("wish", None, 0, False),)


def exactly(form: dict[str, object]) -> dict[str, tuple[type, object]]:
    """A form as it is, with types, since ``True == 1``."""
    return {name: (type(value), value) for name, value in form.items()}


@given(forms, forms)
def test_against_somebody_who_changed_nothing_mine_stands_whole(
    base: dict[str, object], mine: dict[str, object]
) -> None:
    for found in (merged(base, mine, base), merged(base, base, mine), merged(base, mine, mine)):
        assert exactly(dict(found.values)) == exactly(mine)
        assert found.conflicts == ()


@given(forms, forms, forms)
def test_who_is_called_me_changes_only_which_side_of_a_conflict_stands(
    base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
) -> None:
    here, there = merged(base, mine, theirs), merged(base, theirs, mine)
    turned = {one.field: (one.theirs, one.mine) for one in there.conflicts}
    assert {one.field: (one.mine, one.theirs) for one in here.conflicts} == turned
    agreed = {name: value for name, value in here.values.items() if name not in turned}
    assert exactly(agreed) == exactly({k: v for k, v in there.values.items() if k not in turned})


@given(forms, forms, forms)
def test_every_field_is_as_one_of_them_has_it_and_no_change_of_mine_is_lost_untold(
    base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
) -> None:
    found = merged(base, mine, theirs)
    clashing = {one.field for one in found.conflicts}
    for name in {*base, *mine, *theirs}:
        value, own, other, was = (one.get(name, ABSENT) for one in (found.values, mine, theirs, base))
        assert same(value, own) or same(value, other)
        if not same(own, was):
            assert same(value, own) or name in clashing
        if not same(other, was):
            assert same(value, other)


@given(forms, forms, forms)
def test_merging_once_more_changes_nothing(
    base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
) -> None:
    found = merged(base, mine, theirs)
    again = merged(theirs, dict(found.values), theirs)
    assert exactly(dict(again.values)) == exactly(dict(found.values))
    assert again.conflicts == ()
