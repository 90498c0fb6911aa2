"""Places found by name, told as a page shows them."""

from __future__ import annotations

from fotfeste.messages import Language, Message, msg
from fotfeste.regions.search import Found
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import Hit, Place


def search(knowledge: Knowledge, text: str, words: Language, limit: int = 8) -> tuple[Hit, ...]:
    """Return up to ``limit`` places that ``text`` may mean, the likeliest first; see :mod:`fotfeste.regions.search`."""
    return tuple(_hit(knowledge, one, words) for one in knowledge.index.find(text, limit))


def _hit(knowledge: Knowledge, found: Found, words: Language) -> Hit:
    place = knowledge.places[found.code]
    note = words.text(_note(knowledge, found, place)) if found.former_code else ""
    return Hit(place, words.text(_label(place, words)), note)


def _label(place: Place, words: Language) -> Message | str:
    match place.kind:
        case "country":
            return place.called(words)
        case "county":
            return msg("{name} (fylke)", name=place.name)
        case "municipality" if place.alone:
            return msg("{name} (kommune)", name=place.name)
        case "municipality":
            return msg("{name} (kommune i {county})", name=place.name, county=place.county_name)


def _note(knowledge: Knowledge, found: Found, place: Place) -> Message:
    heirs = words_or((place, *(knowledge.places[code] for code in found.others)))
    if found.former_name == place.name and not found.others:
        return msg("hadde før nummeret {code}", code=found.former_code)
    return msg("før {code} {name}, nå {places}", code=found.former_code, name=found.former_name, places=heirs)


def words_or(places: tuple[Place, ...]) -> str:
    """Return the names of the places that one place became."""
    return " / ".join(one.name for one in places)
