"""Periods as the catalogue writes them, and as they are told to a reader."""

from __future__ import annotations

import pytest

from fotfeste.messages import language
from fotfeste.statistics.indicators import load_catalogue
from fotfeste.statistics.periods import in_each_language, in_words


@pytest.mark.parametrize(
    ("period", "norwegian", "english"),
    [
        ("1.1.2026", "1.1.2026", "1 Jan 2026"),
        ("1.1.2021–1.1.2026", "1.1.2021–1.1.2026", "1 Jan 2021–1 Jan 2026"),
        ("1.–10.2022", "januar–oktober 2022", "Jan–Oct 2022"),
        ("1.2024", "januar 2024", "Jan 2024"),
        ("2026 (10.11.2026)", "2026 (10.11.2026)", "2026 (10 Nov 2026)"),
        ("2021–2025", "2021–2025", "2021–2025"),
        ("31.2.2026", "31.2.2026", "31.2.2026"),
        ("13.2026", "13.2026", "13.2026"),
        ("", "", ""),
    ],
)
def test_a_period_is_told_with_the_names_of_months_and_with_english_dates(
    period: str, norwegian: str, english: str
) -> None:
    assert in_words(period, language("en")) == english
    assert in_words(period, language("nb")) == in_words(period, language("nn")) == norwegian
    assert in_each_language(period).texts == {"nb": norwegian, "nn": norwegian, "en": english}


def test_no_fixed_period_of_the_catalogue_reaches_english_with_a_norwegian_date() -> None:
    fixed = [one.period_rule[1:] for one in load_catalogue() if one.period_rule.startswith("=")]
    assert len(fixed) > 10
    assert not [one for one in fixed if "." in in_words(one, language("en"))]
