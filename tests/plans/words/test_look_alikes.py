"""Words that look like what is searched for: left out by a rule that says why, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.plans.words import LookAlike, Pattern, look_alikes
from fotfeste.plans.words.forms import bokmaal

HERE = Path(__file__).parent


def words(half: str, kind: str) -> list[str]:
    rows = [line.split("\t") for line in (HERE / "innv.tsv").read_text("utf-8").splitlines()]
    return [row[2] for row in rows if row[:2] == [half, kind]]


def finds(pattern: Pattern, word: str) -> bool:
    return any(match.excluded_by is None for match in pattern.find(word))


@pytest.mark.parametrize("half", ["tune", "test", "check"])
@pytest.mark.parametrize("query", ["innv*", "*innv*"])
def test_innv_finds_what_is_about_immigration_and_nothing_else(query: str, half: str) -> None:
    pattern = Pattern.parse(query)
    about, other = words(half, "about"), words(half, "not")
    right = sum(finds(pattern, word) for word in about)
    wrong = sum(finds(pattern, word) for word in other)
    assert min(len(about), len(other)) > 40
    assert right / len(about) >= 0.99
    assert right / (right + wrong) >= 0.98


def test_what_is_left_out_is_shown_with_its_rule() -> None:
    text = "Innvandrere fikk innvilget støtte; innvendingene hadde liten innvirkning, men var innviklede."
    found = {match.words[0]: match.excluded_by for match in Pattern.parse("innv*").find(text)}
    assert found == {
        "innvandrere": None,
        "innvilget": "innv.innvilge",
        "innvendingene": "innv.innvending",
        "innvirkning": "innv.innvirkning",
        "innviklede": "innv.innvikle",
    }


def test_a_word_that_is_both_is_found() -> None:
    assert finds(Pattern.parse("innv*"), "innvandringsinnvending")


@pytest.mark.parametrize(
    ("query", "text", "found", "left_out"),
    [
        ("mangfold", "kulturelt mangfold", ["mangfold"], []),
        ("mangfald", "biologisk mangfald og naturmangfold", [], ["mangfald", "naturmangfold"]),
        ("tolk*", "tolketjenesten og tolkningen", ["tolketjenesten"], ["tolkningen"]),
        ("distrikt*", "distriktskommuner i politidistriktet", ["distriktskommuner"], ["politidistriktet"]),
        ("fremmed*", "fremmede arter og fremmede", ["fremmede"], ["fremmede"]),
        ("flykt*", "flyktninger og flyktige stoff", ["flyktninger"], ["flyktige"]),
        ("mottak", "asylmottak og avfallsmottak", ["asylmottak"], ["avfallsmottak"]),
    ],
)
def test_other_look_alikes_of_the_field(query: str, text: str, found: list[str], left_out: list[str]) -> None:
    matches = list(Pattern.parse(query).find(text))
    assert [match.words[0] for match in matches if match.excluded_by is None] == found
    assert [match.words[0] for match in matches if match.excluded_by is not None] == left_out


@pytest.mark.parametrize(
    ("query", "word"),
    [("innvilg*", "innvilget"), ("naturmangfold", "naturmangfoldet"), ("innvendig", "innvendig")],
)
def test_who_asks_for_the_look_alike_finds_it(query: str, word: str) -> None:
    assert finds(Pattern.parse(query), word)


@pytest.mark.parametrize("rule", list(look_alikes().values()), ids=lambda rule: rule.id)
def test_every_rule_says_why_in_three_languages_and_leaves_out_what_it_names(rule: LookAlike) -> None:
    assert set(rule.reason.texts) == {"nb", "nn", "en"}
    assert rule.letters or rule.words or rule.before or rule.after
    for letters in rule.letters:
        searched = [one for one in rule.letters_searched if one in bokmaal(letters)]
        assert searched, letters
        matches = list(Pattern.parse(f"*{searched[0]}*").find(letters))
        assert [match.excluded_by is None for match in matches] == [False], letters
