"""What the pages of a weighing share: which round an address names, what each page needs, and answers whole or in part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing, allowed
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds.kept import typed
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about, named
from fotfeste.web.weighing import asked, services, shown
from fotfeste.web.weighing.adopted import Fixed, fixed_of
from fotfeste.web.weighing.controls_shown import controls, locks
from fotfeste.web.weighing.history_shown import VersionShown, version_shown
from fotfeste.web.weighing.inputs import Foundation, chosen_at, foundation_of, weighed_at
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.recommending import changes_request
from fotfeste.web.weighing.services import Changed
from fotfeste.web.weighing.turning import turns_of
from fotfeste.work.requirements import Stage

WEIGHING = msg("Avveiing")
LARGE = "stor"
REFUSED = 422
CLASHED = 409


def thing(request: HttpRequest, year: int, name: str, **parts: Any) -> Thing:
    """Return the weighing that an address names, as the rights see it."""
    del request, parts
    return services.thing_of(named(year, name))


def address(view: str, round_: Round, **parts: Any) -> str:
    """Return the address of a page of the weighing."""
    return reverse(view, kwargs={"year": round_.year, "name": round_.name, **parts})


def is_large(request: HttpRequest) -> bool:
    """Whether the page is shown on a wall: large letters and few controls."""
    return (request.POST or request.GET).get("visning") == LARGE


def made_from(request: HttpRequest, round_: Round) -> Version | None:
    """Return the version that a form was made from; nothing where it does not say, or there is no such."""
    return services.version_of(round_, asked.version_seen(request.POST))


def unknown(request: HttpRequest, round_: Round) -> HttpResponse:
    """Go back to the room: what was sent was made from no version there is."""
    text = msg("Ingenting er endret. Skjemaet hørte ikke til en versjon av denne avveiingen.")
    messages.warning(request, words_of(request).text(text))
    return redirect(address("round_weighing", round_))


def version_to_show(round_: Round) -> Version | None:
    """Return the version that the pages show: the newest, or while its choices are locked the one that was adopted."""
    fixed = None if services.open_to_changes(round_) else fixed_of(round_)
    return services.version_of(round_, fixed.adoption.weighed) if fixed else services.current(round_)


def page_of(request: HttpRequest, round_: Round, *below: Message | str) -> dict[str, Any]:
    """Return what every page of a weighing needs."""
    actor = actor_of(request)
    trail = [(WEIGHING, address("round_weighing", round_))] if below else []
    context = about(request, round_, *(below or (WEIGHING,)))
    context["trail"][-1:-1] = trail
    own = services.thing_of(round_)
    return {
        **context,
        "here": "round_weighing",
        "may_weigh": allowed(actor, Action.CHANGE, own) and services.open_to_changes(round_),
        "may_take_out": allowed(actor, Action.EXPORT, own),
        "large": is_large(request),
        "fixed": fixed_of(round_),
        "back": typed(request),
    }


def room(
    request: HttpRequest,
    round_: Round,
    version: Version,
    *,
    error: FotfesteError | None = None,
    changed: Changed | None = None,
) -> HttpResponse:
    """Return the room with a version in it: whole, or the part that changes when a part is asked for.

    With an ``error`` nothing was changed, and what was typed stands as it was typed. ``changed`` tells what a change did.
    """
    shared = page_of(request, round_)
    context = shared | room_context(request, round_, version, shared["fixed"], error, changed)
    part = "weighing/large.html" if context["large"] else "weighing/room.html"
    template = "weighing/part.html" if is_partial(request) else "weighing/page.html"
    return render(request, template, {**context, "part": part}, status=REFUSED if error else 200)


def room_context(
    request: HttpRequest,
    round_: Round,
    version: Version,
    fixed: Fixed | None,
    error: FotfesteError | None = None,
    changed: Changed | None = None,
) -> dict[str, Any]:
    """Return what the room needs: controls, results or what stands in their way, the last change, undo and redo."""
    words, actor = words_of(request), actor_of(request)
    foundation = foundation_of(round_)
    weighed = weighed_at(version, foundation)
    earlier = _earlier(round_, version, fixed)
    before = weighed_at(earlier, foundation) if earlier else None
    turn = turns_of(round_, version.number)
    undone = services.told_of(round_, turn.undoes) if turn.undoes else None
    again = services.told_of(round_, turn.again) if turn.again else None
    names = dict(weighed.ready.names)
    choices = chosen_at(version, foundation)
    given = request.POST if error else typed(request)
    return {
        "version": version,
        "last": version_shown(version, actor),
        "controls": controls(choices, names, words, given),
        "results": shown.results(weighed.without_minors or weighed, before, words),
        "apart": weighed.without_minors is not None and choices.minors,
        "steps": _steps(round_, version, foundation, changed, request),
        "refused": shown.refused(weighed),
        "locked": locks(choices.criteria.rules),
        "undo": version_shown(undone, actor) if undone else None,
        "redo": version_shown(again, actor) if again else None,
        "faults": shown.faults(error, words) if error else [],
        "passed": [version_shown(one, actor) for one in changed.passed] if changed else [],
        "announced": changed is not None,
        "replied": foundation.replies is not None,
        "own": choices,
        "request_differs": fixed is None and changes_request(round_, choices),
        "reason": given.get("grunn", "") if given else "",
        "made": bool(round_.bundle_checksum and round_.weighed),
        "made_of_this": bool(round_.bundle_checksum) and round_.weighed == version.number,
        "weighing_now": round_.state == Stage.WEIGHING,
        "revising_now": fixed is not None and fixed.revising,
        "map_links": {code: address("weighing_municipality", round_, code=code) for code in names},
    }


def _steps(
    round_: Round, version: Version, foundation: Foundation, changed: Changed | None, request: HttpRequest
) -> list[tuple[VersionShown, str]]:
    """Return what each of the versions before the newest did, where one press made several; the newest is told by itself."""
    if changed is None or version.number - changed.before.number < 2:
        return []
    words, actor, before = words_of(request), actor_of(request), weighed_at(changed.before, foundation)
    found = []
    for one in services.since(round_, changed.before.number).filter(number__lt=version.number):
        now = weighed_at(one, foundation)
        found.append((version_shown(one, actor), shown.what_came(now, before, words)))
        before = now
    return found


def _earlier(round_: Round, version: Version, fixed: Fixed | None) -> Version | None:
    """Return the version that changes are told from; none across an adoption, since the total is another there."""
    if fixed is not None and (not fixed.revising or version.number <= fixed.adoption.weighed):
        return None
    return services.version_of(round_, version.number - 1)
