"""From what stands in an address, or what somebody has typed, to a place: today's, or what became of a former one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.http import urlencode

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg
from fotfeste.reports.profiles import Hit, Knowledge, Place, search
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.statistics.indicators import Indicator
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import address_of
from fotfeste.web.places.knowledge import knowledge

KINDS = ("/fylke/", "/kommune/")
FROM = "fra"
"""The parameter that tells which former number or name led to a page."""
MOST_LETTERS = 80
_CODE = re.compile(r"[0-9]{1,4}")
_CODE_FIRST = re.compile(r"([0-9]{4}|[0-9]{2}|0)(?=\s|$)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class Elsewhere(Exception):
    """What was asked for does not stand at this address; ``answer`` leads on, or tells what is near."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def typed(text: str) -> str:
    """Return what somebody typed without signs that are not seen, and no longer than a name can be."""
    return _UNSEEN.sub(" ", text).strip()[:MOST_LETTERS].strip()


def place_at(request: HttpRequest, code: str, rest: str = "") -> Place:
    """Return the place that an address is about; ``rest`` is what follows its number in the address.

    Raises :class:`Elsewhere`: with a way on for a former number, a name, and a number under the wrong kind; with a page
    that tells what is near for what is nowhere.
    """
    known, rest = knowledge(), quote(rest)
    if code in known.places:
        found = known.places[code]
        if request.path.startswith(KINDS if found.kind == "country" else address_of(found)) != (
            found.kind == "country"
        ):
            return found
        raise Elsewhere(HttpResponsePermanentRedirect(_on(address_of(found) + rest, request)))
    former = known.became(code) if _CODE.fullmatch(code) else ()
    if len(former) == 1:
        explained = "" if "." in rest else f"?{urlencode({FROM: code})}"
        raise Elsewhere(HttpResponsePermanentRedirect(address_of(former[0]) + rest + explained))
    words, text = words_of(request), typed(code)
    if not former and (named := named_exactly(known, text, words)) and len(named) == 1:
        found = known.places["03"] if named[0].alone and request.path.startswith("/fylke/") else named[0]
        raise Elsewhere(HttpResponseRedirect(address_of(found) + rest))
    raise Elsewhere(_unknown(request, text, former))


def indicator_at(request: HttpRequest, name: str, place: Place) -> Indicator:
    """Return the indicator that an address is about; raises :class:`Elsewhere` with what is near for others."""
    known = knowledge()
    try:
        return known.indicator(name)
    except InputError as error:
        words = words_of(request)
        near = error.problem.remedy.fields.get("near") if error.problem.remedy else None
        shown = {
            "name": typed(name),
            "place": place,
            "called": place.called(words),
            "near": shown_name(known.indicator(str(near)), known, words) if near else "",
            "address": address_of(place, str(near)) if near else address_of(place),
        }
        raise Elsewhere(render(request, "places/unknown_indicator.html", shown, status=404)) from error


def came_from(known: Knowledge, place: Place, text: str, words: Language) -> Message | None:
    """Return how a former number or name led to ``place``; ``None`` when it did not."""
    wanted = typed(text)
    hits = search(known, wanted, words, 8) if wanted else ()
    hit = next((one for one in hits if one.place == place and one.note), None)
    if hit is None:
        return None
    if wanted.isdigit():
        return msg(
            "{former} er nå {name} ({code}).", former=wanted, name=place.called(words), code=place.code
        )
    return msg("Dette er {name} ({note}).", name=hit.label, note=hit.note)


def named_exactly(known: Knowledge, text: str, words: Language) -> list[Place]:
    """Return the places of today that are called just that."""
    wanted = text.casefold()
    hits = [one.place for one in search(known, text, words, 8) if not one.note]
    named = [one for one in hits if wanted in (one.called(words).casefold(), one.name.casefold())]
    return [one for one in named if one.code != "03"] if len(named) == 2 and named[0].alone else named


def place_meant(known: Knowledge, text: str, words: Language) -> Place | Message:
    """Return the place that somebody means by a number or a name, or what is unclear about it."""
    wanted = typed(text)
    if code := _CODE_FIRST.match(wanted):
        if code[1] in known.places:
            return known.places[code[1]]
        became = known.became(code[1])
        if len(became) == 1:
            return became[0]
    named = named_exactly(known, wanted, words)
    hits = search(known, wanted, words, 6)
    if len(named) == 1:
        return named[0]
    if not named and len(hits) == 1:
        return hits[0].place
    if not hits:
        return msg("Det er ingen kommune og ikke noe fylke som heter «{text}».", text=wanted)
    several = [f"{one.code} {one.called(words)}" for one in named or [hit.place for hit in hits]]
    return msg(
        "«{text}» kan være flere steder: {several}. Skriv nummeret.", text=wanted, several=", ".join(several)
    )


def _on(address: str, request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address


def _unknown(request: HttpRequest, text: str, former: Sequence[Place]) -> HttpResponse:
    shown = {"asked": text, "former": former, "near": _near(knowledge(), text, words_of(request))}
    return render(request, "places/unknown.html", shown, status=404)


def _near(known: Knowledge, text: str, words: Language) -> Sequence[Hit]:
    """Return places with a name like ``text``, or with a number that begins like it."""
    tries = [text, text[:3], text[:2]] if _CODE.fullmatch(text) else [text]
    return next((hits for one in tries if (hits := search(known, one, words, 8))), ())
