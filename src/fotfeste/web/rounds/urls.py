"""Addresses of this app: ``/bosetting/2027/`` leads on to the round, ``/bosetting/2027/40/`` is a county's own, and
``/bosetting/2027/eksempel-40/`` an example, which is open to all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from fotfeste.web.rights.guard import Find, needs, open_to_all
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import (
    adoption_views,
    calendar_views,
    case_views,
    document_views,
    kept_views,
    opening_views,
    revising_views,
    room_views,
    sent_views,
    views,
)
from fotfeste.web.rounds.page import thing
from fotfeste.web.rounds.published import open_to_everybody
from fotfeste.web.rounds.sent_out import own_number

Page = Callable[..., HttpResponseBase]


class Year(IntConverter):
    """A year of this century."""

    regex = "20[0-9]{2}"


class OwnRound(StringConverter):
    """A county's own round within its year: the county's number."""

    regex = "[0-9]{2}"


class ExampleRound(StringConverter):
    """An example round within its year."""

    regex = "eksempel-[0-9]{2}"


class Municipality(StringConverter):
    """A municipality's number."""

    regex = "[0-9]{4}"


class Language(StringConverter):
    """A language of the documents."""

    regex = "nb|nn|en"


register_converter(Year, "round_year")
register_converter(OwnRound, "own_round")
register_converter(ExampleRound, "example_round")
register_converter(Municipality, "municipality")
register_converter(Language, "language")


def of_round(
    tail: str, view: Page, name: str, action: Action = Action.VIEW, find: Find = thing
) -> Iterator[URLPattern]:
    """Yield a page of a round twice: open to all for an example, otherwise for those who may do ``action`` with it.

    A round that is published is open too, for those who only look.
    """
    opened = open_to_everybody if action is Action.VIEW else None
    guarded = needs(action, Kind.ROUND, find, open_when=opened)(view)
    yield path(f"<round_year:year>/<example_round:name>/{tail}", open_to_all(_again(view)), name=name)
    yield path(f"<round_year:year>/<own_round:name>/{tail}", guarded, name=name)


def _again(view: Page) -> Page:
    """Return a view of its own that does the same, so that it can carry a right of its own."""

    @wraps(view)
    def same(*args: Any, **parts: Any) -> HttpResponseBase:
        return view(*args, **parts)

    return same


def ordered(tail: str, view: Page, name: str) -> Iterator[URLPattern]:
    """Yield an address that work is ordered at; the view itself says who may."""
    yield path(f"<round_year:year>/<example_round:name>/{tail}", view, name=name)
    yield path(f"<round_year:year>/<own_round:name>/{tail}", view, name=name)


def worked(tail: str, view: Page, name: str) -> URLPattern:
    """Return a page of the county's work with its own round; an example has none, and the view itself says who may."""
    return path(f"<round_year:year>/<own_round:name>/{tail}", view, name=name)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.all_rounds, name="rounds"),
    path("ny/", opening_views.open_round, name="open_round"),
    path("skrevet/", kept_views.keep_typed, name="keep_typed"),
    worked("arbeid/", room_views.room, "round_room"),
    worked("arbeid/steg/", room_views.take_step, "take_step"),
    worked("arbeid/publisering/", room_views.choose_publication, "choose_publication"),
    worked("arbeid/maltall/", room_views.change_request, "round_request"),
    worked("arbeid/frister/", room_views.change_deadlines, "round_deadlines"),
    worked("arbeid/frister.ics", calendar_views.calendar, "round_calendar"),
    worked("arbeid/frister/<municipality:code>.ics", calendar_views.municipal_calendar, "municipal_calendar"),
    worked("arbeid/lerdom/", room_views.learned, "round_lessons"),
    worked("vedtak/", adoption_views.adoptions, "round_adoptions"),
    worked("vedtak/opplysninger/", case_views.case, "round_case"),
    worked("vedtak/dokumenter/", adoption_views.order_papers, "order_adopted_papers"),
    worked("vedtak/revider/", revising_views.order_revision, "order_revision"),
    worked("vedtak/<int:number>/", adoption_views.one_adoption, "round_adoption"),
    worked("vedtak/<int:number>/kontroll/", adoption_views.check_again, "check_adoption"),
    worked("vedtak/<int:number>/pakke.json", adoption_views.adopted_bundle, "adopted_bundle"),
    worked("vedtak/<int:number>/arkivpakke.zip", adoption_views.adopted_package, "adopted_package"),
    worked("vedtak/<int:number>/filer/<path:file>", adoption_views.adopted_file, "adopted_file"),
    worked("arbeid/deling/", room_views.change_sharing, "round_sharing"),
    path("<round_year:year>/", views.one_year, name="rounds_of_year"),
    *of_round("", views.one_round, "round"),
    *of_round("pakke.json", views.bundle, "round_bundle", Action.EXPORT),
    *(
        one
        for file in views.FILES
        for one in of_round(file, partial(views.one_file, file=file), f"round_{file}", Action.EXPORT)
    ),
    *of_round("alternativer/", views.alternatives, "round_alternatives"),
    *of_round("kontroll/", views.check, "round_check"),
    *ordered("kontroll/bestill/", views.order_check, "order_round_check"),
    *of_round("dokumenter/", document_views.documents, "round_documents", Action.EXPORT),
    *ordered("dokumenter/bestill/", document_views.order_documents, "order_round_documents"),
    *of_round(
        "dokumenter/<language:locale>.zip",
        document_views.documents_file,
        "round_documents_file",
        Action.EXPORT,
    ),
    *of_round(
        "dokumenter/<language:locale>/<path:document>",
        document_views.one_document,
        "round_document",
        Action.EXPORT,
    ),
    *of_round("<municipality:code>/", views.one_municipality, "round_municipality", find=own_number),
    worked("<municipality:code>/brev.pdf", sent_views.sent_letter, "sent_letter"),
    worked("<municipality:code>/anbefaling.pdf", sent_views.sent_recommendation, "sent_recommendation"),
]
