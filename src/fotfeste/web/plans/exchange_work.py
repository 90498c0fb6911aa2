"""Taking codings in from files in the background."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.plans.exchange.apart import placed_on_apart
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, handler
from fotfeste.web.plans import exchanging, stored
from fotfeste.web.plans.exchange_models import CodingImport, Stage


@handler(exchanging.TAKE_IN, msg("Hente inn koding av en plan"))
def take_in(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Read a file of codings in a process of its own, and find its pieces in the document."""
    one = CodingImport.objects.select_related("file", "by").get(pk=arguments["id"])
    result = {"address": f"/planer/{one.file.plan}/les/{one.file.number}/utveksling/"}
    if one.stage != Stage.READING:
        return Outcome(result)
    try:
        file = exchanging.ready_to_be_read(one)
        progress(0.2, msg("Leser filen, og finner stykkene igjen i dokumentet"))
        found = placed_on_apart(
            one.name,
            (one.folder / "file").read_bytes(),
            stored.document_of(file),
            stored.book(),
            at=timezone.now(),
            coder=str(one.by.pseudonym) if one.by else "",
            bounds=exchanging.ROOM,
        )
    except FotfesteError as error:
        exchanging.failed(one.pk, error)
        raise
    if cancelled():
        return Outcome(result)
    exchanging.keep_names(one, found)
    return Outcome(result, partial(exchanging.store, one.pk, found))
