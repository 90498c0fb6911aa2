import pytest

from fotfeste.errors import Infeasible, InputError
from fotfeste.settlement.minors import offers, share_minors
from fotfeste.settlement.replies import Reply

from .examples import CODES, by_population, criteria, replies


def test_minors_follow_the_stated_places() -> None:
    shared, ties = share_minors({"4003": 6, "4036": 3}, CODES, 6, "sainte-lague")
    assert ties == ()
    assert shared == {"4003": 4, "4020": 0, "4032": 0, "4036": 2}


def test_nobody_gets_more_minors_than_it_stated() -> None:
    assert share_minors({"4003": 6, "4036": 1}, CODES, 7, "sainte-lague")[0]["4036"] == 1


def test_the_criteria_file_goes_before_the_replies() -> None:
    file = criteria(by_population(), minors=(("4003", 2),))
    assert offers(file, replies(Reply("4003", minors=5), Reply("4020", minors=1), Reply("4032"))) == {
        "4003": 2,
        "4020": 1,
    }


def test_minors_without_any_stated_place_are_refused_with_the_way_out() -> None:
    with pytest.raises(InputError) as caught:
        share_minors({}, CODES, 3, "hamilton")
    assert "--replies" in str(caught.value)


def test_too_few_places_are_refused() -> None:
    with pytest.raises(Infeasible) as caught:
        share_minors({"4003": 2}, CODES, 3, "hamilton")
    assert "2 plasser" in str(caught.value)


def test_places_outside_the_county_are_refused() -> None:
    with pytest.raises(InputError, match="utenfor fylket: 0301"):
        share_minors({"0301": 2}, CODES, 1, "hamilton")


def test_no_minors_need_no_places() -> None:
    assert share_minors({}, CODES, 0, "hamilton") == (dict.fromkeys(CODES, 0), ())


def test_equal_places_for_one_minor_are_a_tie() -> None:
    shared, ties = share_minors({"4003": 2, "4036": 2}, CODES, 1, "hamilton")
    assert shared["4003"] == 1
    assert [(tie.codes, tie.given) for tie in ties] == [(("4003", "4036"), ("4003",))]
