"""What changes a weighing: beginning it, changes, and undo.

Every form says which version it was made from. A browser without script is sent on to the page afterwards; htmx gets the
part that changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import msg
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import named
from fotfeste.web.weighing import asked, rule_forms, services, shown
from fotfeste.web.weighing.clash import clash_page, refused_before
from fotfeste.web.weighing.history_shown import version_shown
from fotfeste.web.weighing.inputs import choices_of, foundation_of, names_of, weighed_at
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.page import REFUSED, address, is_large, made_from, page_of, room, thing, unknown
from fotfeste.web.weighing.services import Changed, Clash
from fotfeste.web.weighing.turning import redo, restore
from fotfeste.web.weighing.turning import undo as undo_newest
from fotfeste.web.weighing.views import explanation, rule_page

if TYPE_CHECKING:
    from fotfeste.settlement.weighing.changes import Change

NO_SUCH_RULE = "weighing.rule_kind"


@survives
@require_POST
@needs(Action.CHANGE, Kind.WEIGHING, thing)
def begin(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Begin the weighing with the round's criteria, and go to the room."""
    round_ = named(year, name)
    try:
        total = request.POST.get("total", "")
        persons = asked.whole(total, "total", msg("Totalen")) if total else None
        services.begin(actor_of(request), round_, persons)
    except FotfesteError as error:
        context = page_of(request, round_) | {
            "faults": shown.faults(error, words_of(request)),
            "typed": total,
        }
        return render(request, "weighing/empty.html", context, status=REFUSED)
    return redirect("round_weighing", year=year, name=name)


@survives
@require_POST
@needs(Action.CHANGE, Kind.WEIGHING, thing)
def change(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Make what a form asks for, or tell why not."""
    round_ = named(year, name)
    version = made_from(request, round_)
    if version is None:
        return unknown(request, round_)
    what = request.POST.get("hva", "")
    if what == "kostnad" and request.POST.get("kommune", "") in names_of(round_):
        return _in_row(request, explanation(request, round_, version, request.POST["kommune"]))
    try:
        if what.startswith("regel-") and what != "regel-bort":
            form, place = _rule_form(request, version, round_)
            if not form.is_valid():
                return rule_page(request, round_, version, form, place, REFUSED)
        wanted = _wanted(request, round_, version, what)
        if not wanted:
            return _done(request, round_, Changed(version, version))
        done = services.change(actor_of(request), round_, wanted, version.number)
    except FotfesteError as error:
        return _refused(request, round_, version, what, error)
    return _answer(request, round_, done, wanted)


@require_POST
@needs(Action.CHANGE, Kind.WEIGHING, thing)
def undo(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Take back the newest change, make it again, or go back to a version of the history."""
    round_ = named(year, name)
    version = made_from(request, round_)
    if version is None:
        return unknown(request, round_)
    actor, where = actor_of(request), request.POST.get("til", "")
    try:
        if where == "igjen":
            done = redo(actor, round_, version.number)
        elif where.isascii() and asked.WHOLE.fullmatch(where):
            done = restore(actor, round_, int(where), version.number)
        else:
            done = undo_newest(actor, round_, version.number)
    except FotfesteError as error:
        return _refused(request, round_, version, "", error)
    return _answer(request, round_, done, ())


def _wanted(request: HttpRequest, round_: Round, version: Version, what: str) -> Sequence[Change]:
    """Return the changes that a form asks for, compared with the version it was made from."""
    from fotfeste.settlement.weighing.changes import AddRule, ChangeRule, RemoveRule

    posted, before = request.POST, choices_of(version.choices)
    code, who = posted.get("kommune", ""), services.name_of(actor_of(request))
    match what:
        case "valg":
            return asked.choices(posted, before)
        case "kriterier":
            handed = request.FILES.get("fil")
            content = handed.read(asked.LARGEST_FILE + 1) if handed else b""
            return asked.criteria_of(posted, (handed.name or "fil") if handed else "", content)
        case "regel-ny" | "regel-endre":
            form, place = _rule_form(request, version, round_)
            form.is_valid()
            standing = rule_forms.rule_at(before, place)
            if what == "regel-ny":
                return [AddRule(form.rule())]
            return [ChangeRule(standing, form.rule())] if standing else []
        case "regel-bort":
            standing = rule_forms.rule_at(before, posted.get("nr", ""))
            return [RemoveRule(standing)] if standing else []
        case "vei":
            ways = weighed_at(version, foundation_of(round_)).ways
            place = posted.get("nr", "")
            known = place.isascii() and asked.WHOLE.fullmatch(place) and int(place) < len(ways)
            return [ways[int(place)].change] if known and not ways[int(place)].asks else []
        case "sett":
            wanted = asked.override(posted, code, who)
            if posted.get("kostnad_vist") != str(wanted.persons):
                raise CostNotShown
            return [wanted]
        case "trekk":
            return [asked.withdrawal(posted, code, who)]
        case "likevel":
            return refused_before(posted.get("endringer", ""), round_, actor_of(request))
    return []


class CostNotShown(FotfesteError):
    """A number is not set before whoever sets it has seen what it costs."""

    def __init__(self) -> None:
        super().__init__("weighing.cost", msg("Se hva tallet koster, og bekreft det."))


def _rule_form(request: HttpRequest, version: Version, round_: Round) -> tuple[rule_forms.RuleForm, str]:
    place = request.POST.get("nr", "")
    standing = rule_forms.rule_at(choices_of(version.choices), place)
    kind = standing.kind if standing else rule_forms.kind_of(request.POST.get("slag", ""))
    if kind is None:
        raise InputError(
            NO_SUCH_RULE,
            msg("Regelen er av et slag som ikke kan velges."),
            remedy=msg("Velg et slag i listen."),
        )
    return rule_forms.RuleForm(kind, names_of(round_), request.POST), place


def _answer(
    request: HttpRequest, round_: Round, done: Changed | Clash, wanted: Sequence[Change]
) -> HttpResponse:
    return (
        clash_page(request, round_, done, wanted) if isinstance(done, Clash) else _done(request, round_, done)
    )


def _done(request: HttpRequest, round_: Round, done: Changed) -> HttpResponse:
    if is_partial(request):
        return room(request, round_, services.current(round_) or done.version, changed=done)
    words, viewer = words_of(request), actor_of(request)
    for one in done.passed:
        passed = version_shown(one, viewer)
        text = msg("Endret i mellomtiden ({who}): {what}", who=passed.who, what=passed.what)
        messages.info(request, words.text(text))
    large = "?visning=stor" if is_large(request) else ""
    return redirect(address("round_weighing", round_) + large)


def _refused(
    request: HttpRequest, round_: Round, version: Version, what: str, error: FotfesteError
) -> HttpResponse:
    """Show the form again with what was typed and what is wrong with it."""
    code = request.POST.get("kommune", "")
    if what in ("sett", "trekk") and code in names_of(round_):
        shown_again = None if isinstance(error, CostNotShown) else error
        return _in_row(request, explanation(request, round_, version, code, shown_again))
    if what in ("regel-ny", "regel-endre") and error.code != NO_SUCH_RULE:
        form, place = _rule_form(request, version, round_)
        if form.is_valid():
            for field, text in shown.faults(error, words_of(request)):
                form.add_error(
                    RULE_FIELDS.get(field) if RULE_FIELDS.get(field) in form.fields else None, text
                )
        return rule_page(request, round_, version, form, place, REFUSED)
    return room(request, round_, services.current(round_) or version, error=error)


def _in_row(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let an explanation open in its row, where a part is asked for."""
    if is_partial(request):
        answer.headers["HX-Retarget"] = f"#forklaring-{request.POST.get('kommune', '')}"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer


RULE_FIELDS = {
    "municipalities": "kommuner",
    "receiver": "til_kommune",
    "persons": "personer",
    "share": "prosent",
    "years": "ar",
    "reason": "grunn",
    "source": "kilde",
}
"""The form's fields by the library's names of what is wrong."""
