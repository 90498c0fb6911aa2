"""The board as files: a table as CSV, a workbook, and the picture; each as the reader may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.settlement.follow_up.board import Board
from fotfeste.web.follow_up import attention, board_taken_along, cohorts, services
from fotfeste.web.follow_up.page import address, whole
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.models import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen_board(request: HttpRequest, round_: Round) -> tuple[Board, list[cohorts.Choice], cohorts.Choice]:
    """Return the board of the cohort that an address asks for, as the reader may see it, and what there is to choose."""
    choices = cohorts.choices_of(round_)
    asked = request.GET.get("kull", "")
    chosen = next((one for one in choices if one.name == asked), choices[0])
    return services.board_of(round_, actor_of(request), chosen.cohort), choices, chosen


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, whole)
def table_csv(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the board as CSV, as the reader may see it."""
    del year, name
    round_ = found(request, Round)
    made, _, _ = chosen_board(request, round_)
    page = request.build_absolute_uri(address("follow_up", round_))
    content = board_taken_along.board_as_csv(made, words_of(request), page)
    return file_answer(content, "text/csv; charset=utf-8", board_taken_along.file_name(made, "csv"))


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, whole)
def table_xlsx(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the board as a workbook, as the reader may see it."""
    del year, name
    round_ = found(request, Round)
    made, _, chosen = chosen_board(request, round_)
    own = chosen.cohort.one_year == round_.year
    standing = attention.attention(round_, made).standing if own else ()
    content = board_taken_along.board_as_xlsx(made, standing, words_of(request), timezone.localdate())
    return file_answer(content, XLSX, board_taken_along.file_name(made, "xlsx"))


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, whole)
def picture_svg(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the picture of the board as SVG."""
    del year, name
    made, _, _ = chosen_board(request, found(request, Round))
    drawn = board_taken_along.drawing_of(made, words_of(request), timezone.localdate())
    if drawn is None:
        raise Http404
    return file_answer(drawn.svg, "image/svg+xml; charset=utf-8", board_taken_along.file_name(made, "svg"))


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, whole)
def picture_png(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the picture of the board as PNG."""
    del year, name
    made, _, _ = chosen_board(request, found(request, Round))
    drawn = board_taken_along.drawing_of(made, words_of(request), timezone.localdate())
    if drawn is None:
        raise Http404
    return file_answer(
        drawn.png(board_taken_along.PNG_WIDTH), "image/png", board_taken_along.file_name(made, "png")
    )
