"""Find indicators by everyday words, in both forms of Norwegian and in English: «hvor mange flyktninger»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from fotfeste.regions.names import folded
from fotfeste.regions.search import LETTERS_A_SLIP, slips_between
from fotfeste.statistics.indicator_catalogue import Indicator, IndicatorCatalogue
from fotfeste.statistics.themes import ThemeEntry, load_themes

MOST_LETTERS = 200
"""Letters of a question that are looked at."""
SHORTEST = 3
INSIDE = 5
"""A stem of so many letters is found inside a compound too."""
_WORDS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ENDINGS = (
    "ningane",
    "ningene",
    "ningar",
    "ninger",
    "ning",
    "ingane",
    "ingene",
    "ingar",
    "inger",
    "ane",
    "ene",
    "ande",
    "ende",
    "inga",
    "ingen",
    "ing",
    "ar",
    "er",
    "en",
    "et",
    "a",
    "e",
    "s",
)
_EMPTY = frozenset(
    _WORDS.findall(
        folded(
            "alle and andel antall are at av ble blei blir dei del den der det do eg eit ein en er et finnes finst for fra frå han "
            "har her hos how hva hvem hvilke hvor hvordan i ikke ikkje ingen inn is jeg kan kor kommune kommunen kommuner korleis "
            "kva kven man mange many med much mye mykje noen no nokon nå of og om på seg share siste som tal talet tall tallet the "
            "til to ut var vart ved vert vi what who"
        )
    )
)
"""Words of a question that tell nothing of what is asked for."""
_NAME, _WORD, _DEFINITION, _THEME = 8, 9, 4, 3
_SHORTEST_MISSPELT = 5
"""A word of so many letters may be misspelt."""
_WHOLE = 3
_NEAR = Fraction(2, 5)
"""Those met less than so much of the best are left out."""


def search_indicators(catalogue: IndicatorCatalogue, text: str) -> tuple[Indicator, ...]:
    """Return the indicators that ``text`` may be about, the likeliest first; all words of it must be met.

    Where no indicator meets all of them, those that meet the most are returned. An id is found by itself. A word that none
    meets is read as the nearest that one is called, when few letters differ. A year alone asks for nothing, and is looked for in names only.
    """
    question = text[:MOST_LETTERS].strip()
    if question.replace("-", "_") in catalogue:
        return (catalogue[question.replace("-", "_")],)
    wanted = _asked(question)
    if not wanted:
        return ()
    themes = {one.id: one for one in load_themes()}
    asked = [_as_met(word, catalogue, themes) for word in wanted if not _YEAR.fullmatch(word)]
    years = [word for word in wanted if _YEAR.fullmatch(word)]
    found = []
    for place, one in enumerate(catalogue):
        scores = [_score(word, one, themes[one.theme]) for word in asked]
        named = sum(_met(year, tuple(one.names.values())) for year in years)
        if any(scores):
            found.append((-sum(score > 0 for score in scores), -sum(scores) - named, place, one))
    ranked = sorted(found, key=lambda entry: entry[:3])
    if not ranked:
        return ()
    most, best = ranked[0][:2]
    return tuple(one for met, score, _, one in ranked if met == most and score < best * _NEAR)


def has_telling_words(text: str) -> bool:
    """Whether any word of a question tells what is asked for."""
    return any(not _YEAR.fullmatch(one) for one in _asked(text))


def _asked(question: str) -> tuple[str, ...]:
    words = _WORDS.findall(folded(question))
    kept = [one for one in words if one not in _EMPTY and (len(one) >= SHORTEST or one.isdigit())]
    return tuple(dict.fromkeys(kept))


def _as_met(word: str, catalogue: IndicatorCatalogue, themes: Mapping[str, ThemeEntry]) -> str:
    """Return a word as it is, or the word that it is a misspelling of: one that some indicator is called by."""
    if len(word) < _SHORTEST_MISSPELT or any(_score(word, one, themes[one.theme]) for one in catalogue):
        return word
    names = tuple(text for one in catalogue for text in (*one.names.values(), *one.words))
    most = len(word) // LETTERS_A_SLIP
    slips, nearest = min(
        (slips_between(word, other, most), other)
        for other, _ in _words_in(names)
        if len(other) >= _SHORTEST_MISSPELT
    )
    return nearest if slips <= most else word


def _score(word: str, one: Indicator, theme: ThemeEntry) -> int:
    """Return how well one word is met: in the name most, in a definition least; a whole word more than a part."""
    parts = (
        (_NAME, (*one.names.values(), one.id.replace("_", " "))),
        (_WORD, one.words),
        (_DEFINITION, tuple(one.definition.values())),
        (_THEME, (*theme.names.values(), *theme.words)),
    )
    return max((weight * _met(word, texts) for weight, texts in parts), default=0)


def _met(word: str, texts: tuple[str, ...]) -> int:
    stem = _stem(word)
    best = 0
    for other, its_stem in _words_in(texts):
        if other == word or its_stem == stem:
            return _WHOLE
        if other.startswith(stem):
            best = max(best, 2)
        elif len(stem) >= INSIDE and stem in other:
            best = max(best, 1)
    return best


@lru_cache(maxsize=4_096)
def _words_in(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the words of some texts with their stems."""
    words = dict.fromkeys(word for text in texts for word in _WORDS.findall(folded(text)))
    return tuple((word, _stem(word)) for word in words)


def _stem(word: str) -> str:
    """Return a word without its ending, so that «flyktninger», «flyktningar» and «flyktning» are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= INSIDE - 1:
            return word[: -len(ending)]
    return word
