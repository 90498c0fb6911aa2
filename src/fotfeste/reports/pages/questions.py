"""Questions in everyday words: «hvor mange flyktninger», «arbeidsledige i Skien» – which figures, themes and places they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from fotfeste.messages import Locale, language
from fotfeste.regions.names import folded
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.indicator_search import has_telling_words, search_indicators
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.themes import ThemeEntry, load_themes

BEFORE_A_PLACE = frozenset({"i", "pa", "in", "for", "om", "ved"})
LEADS_TO_A_PLACE = frozenset({"i", "pa", "in"})
AGES = frozenset(
    {
        "alder",
        "aldersfordeling",
        "alderspyramide",
        "befolkningspyramide",
        "kjonn",
        "menn",
        "kvinner",
        "age",
        "ages",
    }
)
"""Words that ask for people by age and sex."""
SHORTEST_MISSPELT = 4
"""Letters of the name of a place that may be misspelt."""
TELLS_NOTHING = frozenset(
    {"bor", "bur", "bo", "bu", "folk", "live", "lives", "living", "people", "personer", "nar", "when"}
)
"""Words of a question that tell nothing of what is asked for, beside those that the search for indicators knows."""
KINDS = frozenset({"kommune", "kommunen", "fylke", "fylket", "municipality", "county"})
MOST_WORDS = 4
"""Words in the name of a place."""
LOCALES: tuple[Locale, ...] = ("nb", "nn", "en")
SHORTEST_STEM, ENDING = 5, 4
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_WORD = re.compile(r"[^\s,.;:!?«»\"()]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What a question is about: the places it names, the indicators with figures, those without, and the themes.

    ``rest`` is what is left of it when the place is taken out. ``ages``: whether people by age and sex are asked for;
    ``years``: those that are named.
    """

    places: tuple[Place, ...]
    rest: str
    indicators: tuple[Indicator, ...]
    lacking: tuple[Indicator, ...]
    themes: tuple[ThemeEntry, ...]
    ages: bool
    years: tuple[str, ...]


def question(knowledge: Knowledge, text: str) -> Question:
    """Return what ``text`` asks for; the name of a place alone asks for no figure."""
    places, rest = _place_in(knowledge, text)
    found = search_indicators(knowledge.catalogue, _telling(rest))
    if not found and (whole := search_indicators(knowledge.catalogue, _telling(text))):
        places, rest, found = (), text, whole
    if not has_telling_words(_telling(rest)):
        places, rest = (), text
    known = frozenset(knowledge.indicator_ids)
    return Question(
        places,
        rest,
        tuple(one for one in found if one.id in known),
        tuple(one for one in found if one.id not in known),
        _themes(rest),
        any(folded(one) in AGES for one in _WORD.findall(rest)),
        tuple(_YEAR.findall(rest)),
    )


def _telling(text: str) -> str:
    """Return the words of a question that tell what is asked for; «hvor mange bor» asks for nothing but who lives there."""
    said = _WORD.findall(text)
    telling = [one for one in said if folded(one) not in TELLS_NOTHING]
    return " ".join(telling if has_telling_words(" ".join(telling)) else said)


def _place_in(knowledge: Knowledge, text: str) -> tuple[tuple[Place, ...], str]:
    """Return the places whose name stands in ``text``, and the text without it; a name after «i» comes first."""
    said = _WORD.findall(text)
    plain = [folded(one) for one in said]
    names = _names(knowledge)
    best: tuple[tuple[bool, int], int, int] | None = None
    for long in range(min(MOST_WORDS, len(said)), 0, -1):
        for start in range(len(said) - long + 1):
            if " ".join(plain[start : start + long]) in names:
                after = start > 0 and plain[start - 1] in BEFORE_A_PLACE
                rank = (after, long)
                if best is None or rank > best[0]:
                    best = (rank, start, start + long)
    if best is None:
        return _misspelt_place_in(knowledge, said, plain)
    (after, _), start, end = best
    found = names[" ".join(plain[start:end])]
    if end < len(said) and plain[end] in KINDS:
        county = plain[end].startswith(("fylke", "county"))
        found = tuple(one for one in found if (one.kind == "county") == county) or found
        end += 1
    return found, " ".join([*said[: start - after], *said[end:]])


def _misspelt_place_in(
    knowledge: Knowledge, said: Sequence[str], plain: Sequence[str]
) -> tuple[tuple[Place, ...], str]:
    """Return the place that the word after «i» or «på» nearly names, and the text without it; none where the word tells what is asked."""
    for at, word in enumerate(said[1:], start=1):
        if plain[at - 1] not in LEADS_TO_A_PLACE or len(word) < SHORTEST_MISSPELT:
            continue
        if search_indicators(knowledge.catalogue, word):
            continue
        if near := knowledge.index.find(word, 1):
            return (knowledge.places[near[0].code],), " ".join([*said[: at - 1], *said[at + 1 :]])
    return (), " ".join(said)


def _names(knowledge: Knowledge) -> Mapping[str, tuple[Place, ...]]:
    """Return the places by name as it is written without accents and large letters; municipalities before counties."""
    key = ("names of places",)
    if key not in knowledge.remembered:
        found: dict[str, tuple[Place, ...]] = {}
        ordered = sorted(knowledge.places.values(), key=lambda one: one.kind != "municipality")
        for one in ordered:
            for name in _called(one):
                if name and not (one.alone and one.kind == "county"):
                    found[folded(name)] = (*found.get(folded(name), ()), one)
        knowledge.remembered[key] = found
    return cast("Mapping[str, tuple[Place, ...]]", knowledge.remembered[key])


def _called(place: Place) -> tuple[str, ...]:
    """Return what a place is called: its official names, and the country's in each language."""
    if place.kind == "country":
        return tuple(dict.fromkeys(place.called(language(one)) for one in LOCALES))
    return tuple(dict.fromkeys((place.name, *place.official_name.split(" - "))))


def _themes(text: str) -> tuple[ThemeEntry, ...]:
    """Return the themes that a word of ``text`` names, in both forms of Norwegian and in English."""
    wanted = [one for one in (folded(word) for word in _WORD.findall(text)) if len(one) >= SHORTEST_STEM]
    found = []
    for theme in load_themes():
        named = {
            folded(word) for text in (*theme.names.values(), *theme.words) for word in _WORD.findall(text)
        }
        if any(_alike(one, other) for one in wanted for other in named):
            found.append(theme)
    return tuple(found)


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same but for their endings."""
    stem = max(SHORTEST_STEM, min(len(one), len(other)) - ENDING)
    return one == other or (len(other) >= SHORTEST_STEM and one[:stem] == other[:stem])
