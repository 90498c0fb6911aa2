"""What is done for plans in the background: reading a document that was handed in, and keeping the index whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings

from fotfeste.errors import FotfesteError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg
from fotfeste.plans.documents import Document
from fotfeste.plans.documents.apart import read_within
from fotfeste.plans.documents.stored import dump
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, daily, handler
from fotfeste.web.plans import exchanging, findings, learning, services, stored, versions, withdrawing
from fotfeste.web.plans.models import CodingEvent, CodingLog, PlanFile, State
from fotfeste.web.plans.seeing import find
from fotfeste.web.plans.standing import while_it_stands
from fotfeste.web.rights.actor import NOBODY


def about(arguments: Arguments) -> Message | str:
    """Return which plan a piece of work is for; a draft's name is not told here."""
    return str(arguments.get("number", ""))


@handler(services.READ, msg("Lese en plan"), about=about)
def read(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Read a file in a process of its own, keep its text, and put it into the index."""
    one = PlanFile.objects.get(pk=arguments["id"])
    result = {"address": f"/planer/{one.plan}/les/{one.number}/"}
    if one.state == State.READY:
        return Outcome(result)
    try:
        progress(0.1, msg("Leser teksten i filen"))
        document = read_within(one.name, (one.folder / stored.ORIGINAL).read_bytes(), settings.FOTFESTE.plans)
        if cancelled():
            return Outcome(result)
        with while_it_stands(one.pk) as stands:
            if not stands:
                return Outcome(result)
            write_whole(stored.text_of(one), dump(document))
        one.text_sha256 = document.text_sha256
        progress(0.6, msg("Ser etter hva avsnittene kan kodes som"))
        stored.keep_suggestions(one)
        findings.Findings(one).make_all()
        progress(0.8, msg("Gjør teksten søkbar"))
        entry = find(one.plan)
        with stored.index() as connection:
            stored.put_in_index(connection, one, entry.plan if entry else None)
        come_along = None
        if one.replaces_id is not None:
            progress(0.9, msg("Finner igjen kodingen fra versjonen før"))
            come_along = versions.coming_along(one, document)
    except FotfesteError as error:
        services.failed(one.pk, error)
        raise
    return Outcome(result, partial(_stored, one, document, come_along))


def _stored(one: PlanFile, document: Document, come_along: Callable[[PlanFile], None] | None) -> None:
    services.read_in(one.pk, document, come_along)
    if come_along is not None or CodingEvent.objects.filter(log__county=one.county).exists():
        learning.order(NOBODY, one.county)


@handler(services.INDEX, msg("Holde søket i planer ved like"))
def renew_index(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Put what is missing into the index, take out what is gone, and delete what lies no longer than its rule says."""
    from fotfeste.plans.search import held, remove

    del arguments, cancelled
    erased = withdrawing.erase_due()
    withdrawing.sweep()
    exchanging.sweep()
    files = {one.pk.hex: one for one in PlanFile.objects.filter(state=State.READY)}
    with stored.index() as connection:
        there = held(connection)
        for gone in set(there) - set(files):
            if not PlanFile.objects.filter(pk=gone).exclude(state=State.WITHDRAWN).exists():
                remove(connection, gone)
        for place, (name, one) in enumerate(files.items()):
            progress(place / len(files), msg("Gjør teksten søkbar"))
            try:
                stored.keep_suggestions(one)
                findings.Findings(one).make_all()
                if name not in there:
                    entry = find(one.plan)
                    stored.put_in_index(connection, one, entry.plan if entry else None)
            except OSError:
                with while_it_stands(one.pk) as stands:
                    if stands:
                        raise
    for county in sorted(set(CodingLog.objects.values_list("county", flat=True))):
        if any(learning.learn_new(file, county) for file in files.values() if file.county == county):
            learning.order(NOBODY, county)
    return Outcome({"deleted": erased})


daily(services.INDEX)
