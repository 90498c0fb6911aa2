"""What is done for plans in the background: reading a document that was handed in, and keeping the index whole."""

from __future__ import annotations

from fotfeste.errors import FotfesteError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg
from fotfeste.plans.documents.apart import read_apart
from fotfeste.plans.documents.stored import dump
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, daily, handler
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.plans.seeing import find


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
        document = read_apart(one.name, (one.folder / stored.ORIGINAL).read_bytes())
        if cancelled():
            return Outcome(result)
        write_whole(one.folder / stored.TEXT, dump(document))
        one.text_sha256 = document.text_sha256
        progress(0.7, msg("Gjør teksten søkbar"))
        entry = find(one.plan)
        with stored.index() as connection:
            stored.put_in_index(connection, one, entry.plan if entry else None)
    except FotfesteError as error:
        services.failed(one.pk, error)
        raise
    return Outcome(result, lambda: services.read_in(one.pk, document))


@handler(services.INDEX, msg("Holde søket i planer ved like"))
def renew_index(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Put what is missing into the index, and take out what is gone."""
    from fotfeste.plans.search import held, remove

    del arguments, cancelled
    files = {one.pk.hex: one for one in PlanFile.objects.filter(state=State.READY)}
    with stored.index() as connection:
        there = held(connection)
        for gone in set(there) - set(files):
            if not PlanFile.objects.filter(pk=gone).exists():
                remove(connection, gone)
        for place, (name, one) in enumerate(files.items()):
            progress(place / len(files), msg("Gjør teksten søkbar"))
            if name not in there:
                entry = find(one.plan)
                stored.put_in_index(connection, one, entry.plan if entry else None)
    return Outcome({})


daily(services.INDEX)
