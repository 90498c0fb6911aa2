"""A job as a page shows it: its name, how far it has come, what came of it, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from fotfeste.messages import Language, Message, msg
from fotfeste.web.jobs.handlers import handler_of
from fotfeste.web.jobs.kept_messages import error_in_words, told
from fotfeste.web.jobs.models import Job, State

STATE_NAMES: dict[str, Message] = {
    State.QUEUED: msg("Venter på tur"),
    State.RUNNING: msg("Pågår"),
    State.DONE: msg("Ferdig"),
    State.FAILED: msg("Mislyktes"),
    State.CANCELLED: msg("Avbrutt"),
}
COLOURS: dict[str, str] = {
    State.QUEUED: "neutral",
    State.RUNNING: "info",
    State.DONE: "success",
    State.FAILED: "danger",
    State.CANCELLED: "neutral",
}


@dataclass(frozen=True, slots=True)
class ShownJob:
    """What a page says of a job. ``percent`` is how far it has come, ``address`` where the result is (if anywhere)."""

    id: str
    title: str
    state: str
    state_name: str
    colour: str
    living: bool
    stopping: bool
    percent: int
    message: str
    address: str
    wrong: str
    wrong_parts: tuple[str, ...]
    remedy: str
    submitted_at: datetime
    finished_at: datetime | None


def shown_job(job: Job, words: Language) -> ShownJob:
    """Return ``job`` as a page shows it to a reader of ``words``."""
    wrong, parts, remedy = error_in_words(job.error, words) if job.error else ("", (), "")
    return ShownJob(
        str(job.pk),
        _title(job, words),
        job.state,
        words.text(STATE_NAMES[job.state]),
        COLOURS[job.state],
        job.living,
        job.living and job.cancel_asked,
        100 if job.state == State.DONE else int(100 * job.progress),
        words.text(told(job.message)) if job.message else "",
        _address(job.result),
        wrong,
        parts,
        remedy,
        timezone.localtime(job.submitted_at),
        timezone.localtime(job.finished_at) if job.finished_at else None,
    )


def _title(job: Job, words: Language) -> str:
    known = handler_of(job.kind)
    if known is None:
        return words.text(msg("Arbeid i bakgrunnen"))
    if known.about is None or job.schema != known.schema:
        return words.text(known.title)
    return words.text(msg("{title} – {about}", title=known.title, about=known.about(job.arguments)))


def _address(result: object) -> str:
    """Return where the result is: a path of ours only."""
    found = result.get("address", "") if isinstance(result, dict) else ""
    return found if isinstance(found, str) and found.startswith("/") and not found.startswith("//") else ""
