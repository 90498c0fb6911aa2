"""The open page that sets up to six places side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg
from fotfeste.reports.pages.editions import data_versions, edition_of
from fotfeste.reports.profiles import MOST_PLACES, Comparison, Knowledge, Place, comparison
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import (
    TABLE_ENDINGS,
    address_of,
    api_addresses,
    comparison_address,
    plain,
)
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.editions import edition_seen
from fotfeste.web.places.files import picture_file, table_file
from fotfeste.web.places.finding import place_meant, typed
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.rows import signs
from fotfeste.web.rights.guard import open_to_all

EVERYTHING = "alle"
USUAL = (
    "population",
    "population_change_5y",
    "settled_1y",
    "settled_per_1000_5y",
    "refugee_share",
    "centrality_class",
)
"""What places are compared by until something else is chosen."""
MOST_ASKED = 40
"""So many places or indicators in an address are looked at."""
UNDER = "/sammenlign/"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: places, indicators (none: the usual ones), what is wrong, and what could not be understood."""

    places: tuple[Place, ...]
    indicators: tuple[str, ...]
    problems: tuple[Message, ...]
    unclear: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Whether there is something to set side by side."""
        return 0 < len(self.places) <= MOST_PLACES


def asked_for(request: HttpRequest, known: Knowledge, words: Language) -> Asked:
    """Read the query: ``sted`` (a number or a name) and ``indikator``, each as often as wanted."""
    places: dict[Place, None] = {}
    problems: list[Message] = []
    unclear: list[str] = []
    for text in [one for one in request.GET.getlist("sted") if typed(one)][:MOST_ASKED]:
        meant = place_meant(known, text, words)
        if isinstance(meant, Place):
            places[meant] = None
        else:
            problems.append(meant)
            unclear.append(typed(text))
    names = list(dict.fromkeys(request.GET.getlist("indikator")))[: MOST_ASKED * 2]
    if EVERYTHING in names:
        return Asked(tuple(places), (EVERYTHING,), (*problems, *_too_many(places)), tuple(unclear))
    for name in [one for one in names if one not in known.indicator_ids]:
        names.remove(name)
        if typed(name):
            problems.append(msg("Det er ingen indikator som heter «{name}».", name=typed(name)))
    return Asked(tuple(places), tuple(names), (*problems, *_too_many(places)), tuple(unclear))


def _too_many(places: Collection[Place]) -> list[Message]:
    if len(places) <= MOST_PLACES:
        return []
    return [
        msg(
            "Det er valgt {count} steder, og høyst {most} kan stå ved siden av hverandre. Ta bort noen.",
            count=len(places),
            most=MOST_PLACES,
        )
    ]


@open_to_all
@open_answer()
def compare_page(request: HttpRequest) -> HttpResponse:
    """Show the places side by side, and the form that chooses them; what is wrong stands with what was chosen."""
    known, words = knowledge(), words_of(request)
    asked = asked_for(request, known, words)
    shown: dict[str, Any] = {
        "asked": asked,
        "problems": asked.problems,
        "most": MOST_PLACES,
        "trail": [(known.country.called(words), "/"), (msg("Sammenlign"), "")],
        "themes": [
            (
                words.text(theme.name),
                [
                    (one.id, shown_name(one, known, words), one.id in asked.indicators)
                    for one in theme.indicators
                ],
            )
            for theme in known.themes
        ],
        "example": comparison_address(["4003", "4001", "40", "0"]),
    }
    if asked.possible:
        found = _compared(known, asked, words)
        shown |= _result(found, asked, words)
        names = [row.indicator for row in found.rows]
        edition = edition_of(known, names, found.data)
        versions = data_versions(known, names, words)
        shown |= edition_seen(request, shown["canonical_query"], edition, versions)
    return render(request, "places/compare.html", shown, status=400 if asked.problems else 200)


@open_to_all
@open_answer()
def compare_table(request: HttpRequest, ending: str) -> HttpResponse:
    """Return the comparison as a file."""
    known, words = knowledge(), words_of(request)
    found, asked = _only(request, known, words)
    page = comparison_address([one.code for one in found.places], asked.indicators)
    return table_file(request, found.data, found.sources, ending, f"{_stem(asked)}.{ending}", page)


@open_to_all
@open_answer()
def compare_picture(request: HttpRequest, indicator: str, ending: str) -> HttpResponse:
    """Return the chart of one indicator for the places compared."""
    known, words = knowledge(), words_of(request)
    _, asked = _only(request, known, words)
    if indicator not in known.indicator_ids:
        raise Http404
    row = comparison(known, [one.code for one in asked.places], [indicator], words).rows[0]
    if row.chart is None:
        raise Http404
    return picture_file(row.chart.for_file(words), ending, f"{_stem(asked)}-{plain(indicator)}.{ending}")


def _only(request: HttpRequest, known: Knowledge, words: Language) -> tuple[Comparison, Asked]:
    asked = asked_for(request, known, words)
    if asked.problems or not asked.possible:
        raise Http404
    return _compared(known, asked, words), asked


def _compared(known: Knowledge, asked: Asked, words: Language) -> Comparison:
    usual = [one for one in USUAL if one in known.indicator_ids]
    names = known.indicator_ids if EVERYTHING in asked.indicators else asked.indicators or usual
    try:
        return comparison(known, [one.code for one in asked.places], names, words)
    except InputError as error:
        raise Http404 from error


def _result(found: Comparison, asked: Asked, words: Language) -> dict[str, Any]:
    codes = [one.code for one in found.places]
    return {
        "found": found,
        "names": words.join([one.called(words) for one in found.places]),
        "signs": signs([one for row in found.rows for one in row.values], words),
        "rows": [(row, _pictures(codes, row.indicator)) for row in found.rows],
        "places": [(one, address_of(one)) for one in found.places],
        "table_links": [
            (ending.upper(), comparison_address(codes, asked.indicators, f"{UNDER}tabell.{ending}"))
            for ending in TABLE_ENDINGS
        ],
        "all_address": "" if EVERYTHING in asked.indicators else comparison_address(codes, [EVERYTHING]),
        "canonical_query": comparison_address(codes, asked.indicators),
        "api": [address for one in found.places for address in api_addresses(one)[:1]],
    }


def _pictures(codes: Sequence[str], indicator: str) -> list[tuple[str, str]]:
    return [
        (ending.upper(), comparison_address(codes, (), f"{UNDER}{indicator}/figur.{ending}"))
        for ending in ("svg", "png")
    ]


def _stem(asked: Asked) -> str:
    return plain("sammenligning " + " ".join(one.name for one in asked.places))
