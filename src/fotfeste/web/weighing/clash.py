"""When two have changed the same: both are shown, nothing is changed, and what was refused can be made in spite of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.front.request import is_partial
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing.history_shown import request_shown, version_shown
from fotfeste.web.weighing.page import CLASHED, page_of
from fotfeste.web.weighing.services import Clash

if TYPE_CHECKING:
    from fotfeste.settlement.weighing.changes import Change

ANYWAY = "fotfeste.weighing.anyway"
"""What changes that are to be made in spite of others' are signed as, so that only those come back that were refused."""
ANYWAY_LASTS = 24 * 3600


def clash_page(
    request: HttpRequest, round_: Round, clash: Clash, wanted: Sequence[Change] = ()
) -> HttpResponse:
    """Show both: what was wanted, and what somebody else has done; nothing is changed."""
    from fotfeste.settlement.weighing.changes_kept import as_data

    viewer = actor_of(request)
    data = {"round": round_.pk, "by": viewer.user_id, "changes": [as_data(one) for one in wanted]}
    others = [version_shown(one, viewer) for one in clash.others]
    context = page_of(request, round_, msg("Endret i mellomtiden")) | {
        "mine": clash.mine,
        "others": [*others, *([request_shown(clash.request, viewer)] if clash.request else [])],
        "newest": clash.newest,
        "again": signing.dumps(data, salt=ANYWAY, compress=True) if wanted else "",
    }
    template = "weighing/clash_part.html" if is_partial(request) else "weighing/clash.html"
    return render(request, template, context, status=CLASHED)


def refused_before(signed: str, round_: Round, by: Actor) -> Sequence[Change]:
    """Return the changes that a clash page gave back; raises :class:`InputError` for what it did not."""
    from fotfeste.settlement.weighing.changes_kept import of_data

    try:
        kept = signing.loads(signed, salt=ANYWAY, max_age=ANYWAY_LASTS)
    except signing.BadSignature as error:
        raise InputError(
            "weighing.anyway",
            msg("Endringen kan ikke gjøres på nytt herfra."),
            remedy=msg("Gjør endringen på nytt på siden slik den er nå."),
        ) from error
    if (kept["round"], kept["by"]) != (round_.pk, by.user_id):
        return []
    return [of_data(one) for one in kept["changes"]]
