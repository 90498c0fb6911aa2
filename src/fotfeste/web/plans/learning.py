"""What is learnt from the codings of a county, on the machine it stands on: suggestions with the passages that caused them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from fotfeste.plans.coding import LearntCause, coders
from fotfeste.plans.documents import Document, Span
from fotfeste.web.jobs.services import submit
from fotfeste.web.plans import logs, stored, suggested
from fotfeste.web.plans.models import CodingEvent, CodingLog, PlanFile
from fotfeste.web.plans.seeing import current
from fotfeste.web.plans.standing import coded_by, files_locked
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor

if TYPE_CHECKING:
    from fotfeste.plans.coding.classifier import Classifier

LEARN = "plans.learn"
EVERY = 10
"""Acts of the coders of a county on one document between two times that it is learnt from them; besides once a day."""
LONGEST_QUOTE = 240
TRIES = 5
"""Times that it is learnt anew when a document that is learnt from goes meanwhile."""
Tell = Callable[[float], None]


class _Gone(Exception):
    """A document that is learnt from may not be learnt from any more."""


def order(by: Actor, county: str) -> None:
    """Order that what is learnt from a county's codings is made anew."""
    submit(LEARN, {"county": county}, county, by, again=True)


def order_now_and_then(by: Actor, county: str, events: int) -> None:
    """Order it where enough has been done since the last time."""
    if events % EVERY == 0:
        order(by, county)


def unlearn(file: PlanFile) -> None:
    """Let nothing be suggested any more by the words of a document to counties that may not code it any more.

    It is called when what has changed is stored, outside any transaction: what is being learnt just now is then not kept either.
    """
    for county in CodingLog.objects.filter(file=file).values_list("county", flat=True):
        if file.pk in coded_by(county, [file.pk]):
            continue
        with files_locked():
            suggested.forget_learnt(county)
        order(NOBODY, county)


def sweep() -> None:
    """Delete what is learnt from documents, or suggests for documents, that a county may not code any more."""
    with files_locked():
        for document, county, path in suggested.learnt():
            head = suggested.head_of(path)
            named = [document, *(head.more.get("documents", ()) if head else ())]
            if head is None or not _may_all(county, named):
                path.unlink(missing_ok=True)


def _may_all(county: str, documents: list[str]) -> bool:
    try:
        wanted = {UUID(one) for one in documents}
    except ValueError:
        return False
    return wanted <= set(coded_by(county, wanted))


def learn_for(county: str, tell: Tell) -> int:
    """Learn from a county's codings, and store what that suggests for its documents; return how many passages it is learnt from.

    A document that goes meanwhile is learnt from no more: what is made by its words is not stored, and it is begun anew.
    """
    for _ in range(TRIES):
        try:
            return _learn(county, tell)
        except _Gone:
            continue
    with files_locked():
        suggested.forget_learnt(county)
    return 0


def _learn(county: str, tell: Tell) -> int:
    from fotfeste.plans.coding.classifier import learn
    from fotfeste.plans.coding.suggesting import judged

    files = _files_of(county)
    stamp = stamp_of(county)
    coded = {
        one.file_id: logs.log_in(one) for one in CodingLog.objects.filter(county=county, file__in=list(files))
    }
    found = []
    for pk, log in coded.items():
        document = _text(files[pk], county)
        found += judged(log, coders(log), [document], files[pk].pk.hex)
    tell(0.3)
    classifier = learn(found, [one.id for one in stored.book().given]) if found else None
    if classifier is None or all(one.threshold is None for one in classifier.known):
        with files_locked():
            suggested.forget_learnt(county)
        return len(found)
    sources = {files[pk].pk.hex: files[pk] for pk in coded}
    for number, file in enumerate(files.values()):
        tell(0.3 + 0.7 * number / len(files))
        _store(file, county, classifier, sources, stamp)
    return len(found)


def _text(file: PlanFile, county: str) -> Document:
    try:
        return stored.document_of(file)
    except OSError as error:
        if file.pk in coded_by(county, [file.pk]):
            raise
        raise _Gone from error


def learn_new(file: PlanFile, county: str) -> bool:
    """Whether a document lacks what the county's codings have taught since it was read."""
    head = suggested.head_of(suggested.learnt_file(stored.suggested_for(file), county))
    return head is None or head.more.get("stamp") != stamp_of(county)


def stamp_of(county: str) -> str:
    """Return a mark of what coders of a county have done so far."""
    events = CodingEvent.objects.filter(log__county=county)
    return f"{stored.edition()} {events.count()}"


def _files_of(county: str) -> dict[UUID, PlanFile]:
    """Return the newest versions of the documents that a county's coders may code."""
    return {one.pk: one for one in current(coded_by(county).values())}


def _store(
    file: PlanFile, county: str, classifier: Classifier, sources: Mapping[str, PlanFile], stamp: str
) -> None:
    """Store what is suggested for a document; raises :class:`_Gone` where one that is learnt from has gone meanwhile."""
    from fotfeste.plans.coding.suggesting import learnt_of

    document = _text(file, county)
    some = list(learnt_of(document, classifier))
    quotes: dict[str, str] = {}
    for one in some:
        for cause in one.causes:
            for near in cause.neighbours if isinstance(cause, LearntCause) else ():
                key = suggested.place_of(near.document, near.span)
                if key not in quotes and near.document in sources:
                    quotes[key] = _quoted(_text(sources[near.document], county), near.span)
    path = suggested.learnt_file(stored.suggested_for(file), county)
    with files_locked():
        if not _may_all(county, [file.pk.hex, *sources]):
            raise _Gone
        suggested.write(path, some, {"stamp": stamp, "documents": sorted(sources), "quotes": quotes})


def _quoted(document: Document, span: Span) -> str:
    text = " ".join(document.at(span).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
