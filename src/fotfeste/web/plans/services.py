"""Every change of plans, documents and codings; each traced in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from fotfeste.errors import FotfesteError, InputError
from fotfeste.files import write_whole
from fotfeste.messages import msg
from fotfeste.plans.coding import CodingLog as Log
from fotfeste.plans.coding import Event
from fotfeste.plans.coding.log import Act
from fotfeste.plans.documents import Document, Span
from fotfeste.plans.register import Plan, Register, dump_register, load_register, shipped_register
from fotfeste.web.jobs.kept_messages import kept_error
from fotfeste.web.jobs.services import submit
from fotfeste.web.plans import stored
from fotfeste.web.plans.models import CodingEvent, CodingLog, OwnPlan, PlanFile, State, Visibility
from fotfeste.web.plans.seeing import Entry, adding_thing, coding_thing, file_thing, plan_thing
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record

READ, INDEX = "plans.read", "plans.index"
LARGEST = 9_500_000
"""Bytes of a document; the workspace takes no larger request than ten million."""
ENDINGS = ("pdf", "docx", "odt", "html", "htm", "md", "txt")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
_TAKEN = frozenset({"kalender", "sok", "ny", "koder", "matrise"})


@dataclass(frozen=True, slots=True)
class Seen:
    """Who may see something: the visibility, and whom it is shared with besides."""

    visibility: Visibility
    shared_with: tuple[str, ...] = ()


def free_slug(owner: str, title: str) -> str:
    """Return an id for a plan that no other has."""
    wanted = slugify(f"{owner} {title}".translate(_LETTERS).replace("_", " "))[:100].strip("-") or "plan"
    tried, number = wanted, 1
    while (
        tried in _TAKEN
        or shipped_register().plan(tried) is not None
        or OwnPlan.objects.filter(slug=tried).exists()
    ):
        number += 1
        tried = f"{wanted}-{number}"
    return tried


def enter(by: Actor, plan: Plan, county: str, municipality: str, seen: Seen) -> OwnPlan:
    """Enter a plan, or what is changed in it; what others may see of its documents never widens by it.

    Raises :class:`InputError` for a plan that the register's own reading refuses.
    """
    text = dump_register(Register((plan,)), timezone.localdate()).decode()
    load_register(text.encode(), plan.id)
    with transaction.atomic():
        row, made = OwnPlan.objects.update_or_create(
            slug=plan.id,
            defaults={
                "entry": text, "county": county, "municipality": municipality, "by_id": by.user_id,
                "visibility": seen.visibility.value, "shared_with": sorted(seen.shared_with),
                "changed_at": timezone.now(),
            },
        )  # fmt: skip
        if seen.visibility is not Visibility.OPEN:
            for file in PlanFile.objects.select_for_update().filter(plan=plan.id):
                if _wider(Visibility(file.visibility), seen.visibility) or seen.visibility == file.visibility:
                    file.visibility, file.shared_with = seen.visibility.value, row.shared_with
                    file.county = county
                    file.save(update_fields=["visibility", "shared_with", "county"])
        thing = plan_thing(Entry(plan, row))
        record(
            by, f"{thing.kind.value}.{'added' if made else 'changed'}", thing, {"visibility": row.visibility}
        )
    return row


def _wider(one: Visibility, other: Visibility) -> bool:
    order = list(Visibility)
    return order.index(one) < order.index(other)


def take_in(by: Actor, entry: Entry, name: str, data: bytes, role: str, seen: Seen) -> PlanFile:
    """Take in a document of a plan; it is read in the background. The same file of the same plan is the one that stands.

    A document is never seen by more than its plan. Raises :class:`InputError` for a file that is no plan's.
    """
    _must_be_readable(name, data)
    digest, thing = sha256(data).hexdigest(), adding_thing(by, entry)
    plans_own = Visibility.OPEN if entry.row is None else Visibility(entry.row.visibility)
    narrowed = _wider(seen.visibility, plans_own) and entry.row is not None
    visibility = plans_own if narrowed else seen.visibility
    shared = list(entry.row.shared_with) if narrowed and entry.row else sorted(seen.shared_with)
    with transaction.atomic():
        standing = PlanFile.objects.select_for_update().filter(plan=entry.plan.id)
        same = standing.filter(sha256=digest, county=thing.county).first()
        if same is not None and same.state != State.FAILED:
            return same
        write_whole(stored_original(digest), data)
        if same is not None:
            PlanFile.objects.filter(pk=same.pk).update(state=State.READING, fault=None)
            made = same
        else:
            last = standing.aggregate(last=Max("number"))["last"] or 0
            made = PlanFile.objects.create(
                plan=entry.plan.id, number=last + 1, name=name[-160:], role=role, sha256=digest, size=len(data),
                county=thing.county, municipality=thing.municipality, visibility=visibility.value,
                shared_with=shared, by_id=by.user_id,
            )  # fmt: skip
        submit(READ, {"id": str(made.pk), "number": f"{made.name}" if made.visibility == Visibility.OPEN else ""},
               made.pk.hex, by)  # fmt: skip
        own = file_thing(made)
        record(by, f"{own.kind.value}.file_added", own, {"plan": made.plan, "sha256": digest})
    return made


def stored_original(digest: str) -> Path:
    """Return where a file with this check sum lies."""
    return PlanFile(sha256=digest).folder / stored.ORIGINAL


def _must_be_readable(name: str, data: bytes) -> None:
    if name.rpartition(".")[2].lower() not in ENDINGS:
        raise InputError(
            "plan.kind",
            msg("En slik fil kan ikke leses som plan."),
            place=name[-80:],
            remedy=msg("Bruk en fil som slutter på: {kinds}.", kinds=", ".join(f".{one}" for one in ENDINGS)),
        )
    if len(data) > LARGEST:
        raise InputError(
            "plan.huge",
            msg("Filen er for stor. Den kan være på høyst {most} MB.", most=LARGEST // 1_000_000),
            place=name[-80:],
            remedy=msg("Lagre den med mindre bilder, eller del den opp og legg inn delene hver for seg."),
        )


def read_in(pk: UUID | str, document: Document) -> None:
    """Store that a document is read, and what it holds."""
    with transaction.atomic():
        one = PlanFile.objects.select_for_update().get(pk=pk)
        one.state, one.fault = State.READY.value, None
        one.title, one.text_sha256 = document.title[:300], document.text_sha256
        one.pages, one.passages = len(document.pages), len(document.passages)
        one.save()
        thing = file_thing(one)
        record(NOBODY, f"{thing.kind.value}.read", thing, {"plan": one.plan})


def failed(pk: UUID | str, error: FotfesteError) -> None:
    """Store what went wrong with the reading."""
    with transaction.atomic():
        one = PlanFile.objects.select_for_update().get(pk=pk)
        one.state, one.fault = State.FAILED.value, kept_error(error)
        one.save(update_fields=["state", "fault"])
        thing = file_thing(one)
        record(NOBODY, f"{thing.kind.value}.failed", thing, {"plan": one.plan, "error": error.code[:60]})


def shown_in_search(by: Actor, files: list[PlanFile]) -> None:
    """Note in the trace which documents that are not open somebody has had words of before them."""
    hidden = [one for one in files if one.visibility != Visibility.OPEN]
    if by.user_id is None or not hidden:
        return
    with transaction.atomic():
        for one in hidden:
            thing = file_thing(one)
            record(by, f"{thing.kind.value}.searched", thing, {"plan": one.plan})


def log_of(file: PlanFile, county: str) -> Log:
    """Return what the coders of a county have done with a document."""
    row = CodingLog.objects.filter(file=file, county=county).first()
    return Log(codebook_name()) if row is None else _log(row)


def codebook_name() -> str:
    """Return the id and date of the codebook, as a log names it."""
    book = stored.book()
    return f"{book.id} {book.dated}"


def act(by: Actor, file: PlanFile, do: Callable[[Log], Log], what: str) -> Log:
    """Let a coder do something, and return the longer log; ``do`` is one of the acts of :mod:`fotfeste.plans.coding`.

    Raises :class:`InputError` for what cannot be done.
    """
    thing = coding_thing(by, file)
    with transaction.atomic():
        mine = CodingLog.objects.select_for_update().filter(file=file, county=thing.county)
        row = mine.first()
        if row is None:
            CodingLog.objects.get_or_create(
                file=file, county=thing.county, defaults={"codebook": codebook_name()}
            )
            row = mine.get()
        before = _log(row)
        after = do(before)
        new = after.events[len(before.events) :]
        for one in new:
            CodingEvent.objects.create(log=row, **_columns(one))
        detail = {
            "plan": file.plan,
            "number": str(len(after.events)),
            "act": new[-1].act.value if new else "",
        }
        record(by, f"coding.{what}", thing, detail)
    return after


def _log(row: CodingLog) -> Log:
    return Log(row.codebook, tuple(_event(one) for one in row.events.order_by("number").values_list(*_NAMES)))


_NAMES = (
    "number",
    "at",
    "coder",
    "act",
    "text_sha256",
    "start",
    "end",
    "code",
    "of",
    "cause",
    "memo",
    "verdict",
)


def _event(row: tuple) -> Event:  # type: ignore[type-arg]
    number, at, coder, name, text, start, end, code, of, cause, memo, verdict = row
    span = None if start is None or end is None else Span(start, end)
    return Event(number, at, coder, Act(name), text, span, code, of, cause, memo, verdict)


def _columns(event: Event) -> dict[str, object]:
    return {
        "number": event.number, "at": event.at, "coder": event.coder, "act": event.act.value,
        "text_sha256": event.text_sha256, "start": event.span.start if event.span else None,
        "end": event.span.end if event.span else None, "code": event.code, "of": event.of,
        "cause": event.cause[:160], "memo": event.memo, "verdict": event.verdict,
    }  # fmt: skip


def today() -> date:
    """Return the day it is where the workspace is."""
    return timezone.localdate()
