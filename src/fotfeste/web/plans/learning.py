"""What is learnt from the codings of a county, on the machine it stands on: suggestions with the passages that caused them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fotfeste.plans.coding import LearntCause, coders
from fotfeste.plans.documents import Document, Span
from fotfeste.web.jobs.services import submit
from fotfeste.web.plans import logs, stored, suggested
from fotfeste.web.plans.models import CodingEvent, CodingLog, PlanFile, State, Visibility
from fotfeste.web.plans.seeing import current
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor

if TYPE_CHECKING:
    from fotfeste.plans.coding.classifier import Classifier

LEARN = "plans.learn"
EVERY = 10
"""Acts of the coders of a county on one document between two times that it is learnt from them; besides once a day."""
LONGEST_QUOTE = 240
Tell = Callable[[float], None]


def order(by: Actor, county: str) -> None:
    """Order that what is learnt from a county's codings is made anew."""
    submit(LEARN, {"county": county}, county, by, again=True)


def order_now_and_then(by: Actor, county: str, events: int) -> None:
    """Order it where enough has been done since the last time."""
    if events % EVERY == 0:
        order(by, county)


def unlearn(file: PlanFile, but: str = "") -> None:
    """Let nothing be suggested any more by the words of a document; a county that still sees it (``but``) keeps what it has."""
    for county in CodingLog.objects.filter(file=file).exclude(county=but).values_list("county", flat=True):
        suggested.forget_learnt(county)
        order(NOBODY, county)


def learn_for(county: str, tell: Tell) -> int:
    """Learn from a county's codings, and store what that suggests for its documents; return how many passages it is learnt from."""
    from fotfeste.plans.coding.classifier import learn
    from fotfeste.plans.coding.suggesting import judged

    files = _files_of(county)
    stamp = stamp_of(county)
    coded = {
        one.file_id: logs.log_in(one) for one in CodingLog.objects.filter(county=county, file__in=list(files))
    }
    found = []
    for pk, log in coded.items():
        document = stored.document_of(files[pk])
        found += judged(log, coders(log), [document])
    tell(0.3)
    classifier = learn(found, [one.id for one in stored.book().given]) if found else None
    if classifier is None or all(one.threshold is None for one in classifier.known):
        suggested.forget_learnt(county)
        return len(found)
    texts = {files[pk].text_sha256: files[pk] for pk in coded}
    for number, file in enumerate(files.values()):
        tell(0.3 + 0.7 * number / len(files))
        _store(file, county, classifier, texts, stamp)
    return len(found)


def learn_new(file: PlanFile, county: str) -> bool:
    """Whether a document lacks what the county's codings have taught since it was read."""
    head = suggested.head_of(suggested.learnt_file(file.text_sha256, county))
    return head is None or head.more.get("stamp") != stamp_of(county)


def stamp_of(county: str) -> str:
    """Return a mark of what coders of a county have done so far."""
    events = CodingEvent.objects.filter(log__county=county)
    return f"{stored.edition()} {events.count()}"


def _files_of(county: str) -> dict[object, PlanFile]:
    """Return the documents that the coders of a county code: their own, open ones, and those shared with the county."""
    ready = list(current(PlanFile.objects.filter(state=State.READY)))
    return {
        one.pk: one
        for one in ready
        if one.county == county or one.visibility == Visibility.OPEN or county in one.shared_with
    }


def _store(
    file: PlanFile, county: str, classifier: Classifier, texts: dict[str, PlanFile], stamp: str
) -> None:
    from fotfeste.plans.coding.suggesting import learnt_of

    document = stored.document_of(file)
    some = list(learnt_of(document, classifier))
    quotes: dict[str, str] = {}
    for one in some:
        for cause in one.causes:
            for near in cause.neighbours if isinstance(cause, LearntCause) else ():
                key = suggested.place_of(near.text_sha256, near.span)
                if key not in quotes and near.text_sha256 in texts:
                    quotes[key] = _quoted(stored.document_of(texts[near.text_sha256]), near.span)
    path = suggested.learnt_file(file.text_sha256, county)
    suggested.write(path, some, {"stamp": stamp, "quotes": quotes})


def _quoted(document: Document, span: Span) -> str:
    text = " ".join(document.at(span).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
