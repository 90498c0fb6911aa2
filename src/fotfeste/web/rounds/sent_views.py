"""What was sent to one municipality, for its contacts and the county: the letter, and the recommendation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fotfeste.errors import FotfesteError
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import adoption, papers
from fotfeste.web.rounds.damaged import damaged
from fotfeste.web.rounds.models import AdoptedFile, Round
from fotfeste.web.rounds.page import named
from fotfeste.web.rounds.sent_out import letter_to, own_papers, recommendation_sent


@needs(Action.VIEW, Kind.ROUND, own_papers)
@require_safe
def sent_letter(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the letter to the municipality, byte for byte as it was adopted."""
    round_ = named(year, name)
    return _given(request, round_, letter_to(round_, code, words_of(request).locale), f"brev-{code}")


@needs(Action.VIEW, Kind.ROUND, own_papers)
@require_safe
def sent_recommendation(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the recommendation as it was sent, byte for byte as it was adopted."""
    del code  # whose contacts read it here
    round_ = named(year, name)
    return _given(request, round_, recommendation_sent(round_, words_of(request).locale), "anbefaling")


def _given(request: HttpRequest, round_: Round, found: AdoptedFile | None, saved_as: str) -> HttpResponse:
    if found is None:
        raise Http404
    try:
        content = adoption.content_of(found)
    except FotfesteError as error:
        return damaged(request, round_, error)
    name = f"{saved_as}-{round_.year}-{round_.name}.pdf"
    return file_answer(content, papers.media_type(found.name), name, shown=True)
