"""Places found, told as a page shows them."""

from __future__ import annotations

import pytest

from fotfeste.messages import Language
from fotfeste.reports.profiles import Knowledge, search


@pytest.mark.parametrize(
    ("text", "label", "note"),
    [
        ("Skien", "Skien (kommune i Telemark)", ""),
        ("Telemark", "Telemark (fylke)", ""),
        ("norge", "Norge", ""),
        ("oslo", "Oslo (fylke)", ""),
        ("0301", "Oslo (kommune)", ""),
        ("0806", "Skien (kommune i Telemark)", "hadde før nummeret 0806"),
        ("Sauherad", "Midt-Telemark (kommune i Telemark)", "før 0822 Sauherad, nå Midt-Telemark"),
        ("Tysfjord", "Narvik (kommune i Nordland)", "før 1850 Tysfjord, nå Narvik / Hamarøy"),
    ],
)
def test_a_hit_tells_what_it_is_and_what_it_was(
    knowledge: Knowledge, words: Language, text: str, label: str, note: str
) -> None:
    first = search(knowledge, text, words)[0]
    assert (first.label, first.note) == (label, note)


def test_no_more_than_asked_are_told(knowledge: Knowledge, words: Language) -> None:
    assert len(search(knowledge, "a", words)) == 8
    assert len(search(knowledge, "a", words, 3)) == 3
    assert search(knowledge, "xqzzy", words) == ()
