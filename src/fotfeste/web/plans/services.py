"""Every change of plans, documents and codings; each traced in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from fotfeste.errors import FotfesteError, InputError
from fotfeste.files import write_whole
from fotfeste.messages import msg
from fotfeste.plans.coding import CodingLog as Log
from fotfeste.plans.documents import Document
from fotfeste.plans.register import Plan, Register, dump_register, load_register, shipped_register
from fotfeste.web.jobs.kept_messages import kept_error
from fotfeste.web.jobs.services import submit
from fotfeste.web.plans import learning, logs, stored
from fotfeste.web.plans.models import CodingEvent, CodingLog, OwnPlan, PlanFile, State, Visibility
from fotfeste.web.plans.seeing import Entry, adding_thing, coding_thing, file_thing, plan_thing
from fotfeste.web.plans.standing import files_locked
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record

AT_A_TIME = 500
"""Rows that are stored in one statement."""
READ, INDEX = "plans.read", "plans.index"
ENDINGS = ("pdf", "docx", "odt", "html", "htm", "md", "txt")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
_TAKEN = frozenset({"kalender", "sok", "ny", "kodebok", "losninger", "matrise"})


@dataclass(frozen=True, slots=True)
class Seen:
    """Who may see something: the visibility, and whom it is shared with besides."""

    visibility: Visibility
    shared_with: tuple[str, ...] = ()


def largest() -> int:
    """Return the bytes that a document may have."""
    return int(settings.FOTFESTE.plans.document_bytes)


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
    """Enter a plan, or what is changed in it.

    Its own documents that are seen as the plan was, follow it; the others are never seen by more than before. Raises :class:`InputError`
    for a plan that the register's own reading refuses.
    """
    text = dump_register(Register((plan,)), timezone.localdate()).decode()
    load_register(text.encode(), plan.id)
    with transaction.atomic():
        old = OwnPlan.objects.select_for_update().filter(slug=plan.id).first()
        before = Seen(Visibility(old.visibility), tuple(sorted(old.shared_with))) if old else None
        row, made = OwnPlan.objects.update_or_create(
            slug=plan.id,
            defaults={
                "entry": text, "county": county, "municipality": municipality, "by_id": by.user_id,
                "visibility": seen.visibility.value, "shared_with": sorted(seen.shared_with),
                "changed_at": timezone.now(),
            },
        )  # fmt: skip
        for file in PlanFile.objects.select_for_update().filter(plan=plan.id):
            _follow(file, county, before, seen)
        thing = plan_thing(Entry(plan, row))
        record(
            by, f"{thing.kind.value}.{'added' if made else 'changed'}", thing, {"visibility": row.visibility}
        )
    return row


def _follow(file: PlanFile, county: str, before: Seen | None, now: Seen) -> None:
    """Let a document be seen by no more than its plan; whose it is never changes, since others may have laid it there."""
    own, has = file.county == county, _seen(file)
    if now.visibility is Visibility.OPEN or wider(now.visibility, has.visibility):
        return
    then = now if own and has == before else _narrowed(has, now, file.county, own=own)
    if has != Seen(then.visibility, tuple(sorted(then.shared_with))):
        file.visibility, file.shared_with = then.visibility.value, sorted(then.shared_with)
        file.save(update_fields=["visibility", "shared_with"])
        transaction.on_commit(partial(learning.unlearn, file))


def _seen(one: PlanFile) -> Seen:
    return Seen(Visibility(one.visibility), tuple(sorted(one.shared_with)))


def _narrowed(one: Seen, to: Seen, county: str, *, own: bool = True) -> Seen:
    """Return ``one`` for nobody besides those who ``to`` is for as well; what was open is for all of those, in the own county."""
    if one.visibility is Visibility.OPEN:
        return Seen(to.visibility, to.shared_with if own else ())
    saw = {*one.shared_with, *((county,) if one.visibility is Visibility.COUNTY else ())}
    return Seen(to.visibility, tuple(sorted(saw & set(to.shared_with))))


def wider(one: Visibility, other: Visibility) -> bool:
    """Whether more people see what is ``one`` than what is ``other``."""
    order = list(Visibility)
    return order.index(one) < order.index(other)


def take_in(
    by: Actor, entry: Entry, name: str, data: bytes, role: str, seen: Seen, replaces: PlanFile | None = None
) -> PlanFile:
    """Take in a document of a plan; it is read in the background. The same file of the same plan is the one that stands.

    ``replaces`` is the version that this one is to stand for. A document is never seen by more than its plan. Raises
    :class:`InputError` for a file that is no plan's, and for a version that another has taken the place of.
    """
    _must_be_readable(name, data)
    digest, thing = sha256(data).hexdigest(), adding_thing(by, entry)
    plans_own = Visibility.OPEN if entry.row is None else Visibility(entry.row.visibility)
    if entry.row is not None and wider(seen.visibility, plans_own):
        seen = _narrowed(seen, Seen(plans_own, tuple(entry.row.shared_with)), thing.county)
    visibility, shared = seen.visibility, sorted(seen.shared_with)
    # Whoever erases the same file of another plan looks for this one under the same lock.
    with files_locked(), transaction.atomic():
        standing = PlanFile.objects.select_for_update().filter(plan=entry.plan.id)
        same = (
            standing.filter(sha256=digest, county=thing.county).exclude(state=State.WITHDRAWN.value).first()
        )
        if same is not None and same.state != State.FAILED:
            return same
        if replaces is not None:
            _must_be_newest(replaces)
        write_whole(stored_original(digest), data)
        if same is not None:
            PlanFile.objects.filter(pk=same.pk).update(state=State.READING, fault=None, replaces=replaces)
            made = same
        else:
            last = standing.aggregate(last=Max("number"))["last"] or 0
            made = PlanFile.objects.create(
                plan=entry.plan.id, number=last + 1, name=name[-160:], role=role, sha256=digest, size=len(data),
                county=thing.county, municipality=thing.municipality, visibility=visibility.value,
                shared_with=shared, by_id=by.user_id, replaces=replaces,
            )  # fmt: skip
        shown = made.name if made.visibility == Visibility.OPEN else ""
        submit(READ, {"id": str(made.pk), "number": shown}, made.pk.hex, by)
        own = file_thing(made)
        detail = {"plan": made.plan, "sha256": digest}
        if replaces is not None:
            detail["replaces"] = str(replaces.number)
        record(by, f"{own.kind.value}.file_added", own, detail)
    return made


def _must_be_newest(one: PlanFile) -> None:
    """Let go of a version that could not be read or is withdrawn; raises :class:`InputError` for one that stands."""
    newer = PlanFile.objects.select_for_update().filter(replaces=one)
    newer.filter(state__in=[State.FAILED.value, State.WITHDRAWN.value]).update(replaces=None)
    if newer.exists():
        raise InputError(
            "plan.version",
            msg("Dokumentet har alt en nyere versjon."),
            remedy=msg("Velg den nyeste versjonen, eller legg dette inn som et eget dokument."),
        )


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
    if len(data) > largest():
        raise InputError(
            "plan.huge",
            msg("Filen er for stor. Den kan være på høyst {most} MB.", most=largest() // 1_000_000),
            place=name[-80:],
            remedy=msg("Lagre den med mindre bilder, eller del den opp og legg inn delene hver for seg."),
        )


def read_in(pk: UUID | str, document: Document, come_along: Callable[[PlanFile], None] | None = None) -> None:
    """Store that a document is read, and what it holds; ``come_along`` stores what comes from the version before."""
    with transaction.atomic():
        one = PlanFile.objects.select_for_update().get(pk=pk)
        if one.state == State.WITHDRAWN:
            return
        one.state, one.fault = State.READY.value, None
        one.title, one.text_sha256 = document.title[:300], document.text_sha256
        one.pages, one.passages = len(document.pages), len(document.passages)
        one.save()
        if come_along is not None:
            come_along(one)
        thing = file_thing(one)
        record(NOBODY, f"{thing.kind.value}.read", thing, {"plan": one.plan})


def failed(pk: UUID | str, error: FotfesteError) -> None:
    """Store what went wrong with the reading."""
    with transaction.atomic():
        one = PlanFile.objects.select_for_update().get(pk=pk)
        if one.state != State.READING:
            return  # somebody else has read it meanwhile, or it is taken back
        one.state, one.fault = State.FAILED.value, kept_error(error)
        one.save(update_fields=["state", "fault"])
        thing = file_thing(one)
        record(NOBODY, f"{thing.kind.value}.failed", thing, {"plan": one.plan, "error": error.code[:60]})


def shown_in_search(by: Actor, files: list[PlanFile], what: str = "searched") -> None:
    """Note in the trace which documents that are not open somebody has had words of before them."""
    hidden = [one for one in files if one.visibility != Visibility.OPEN]
    if by.user_id is None or not hidden:
        return
    with transaction.atomic():
        for one in hidden:
            thing = file_thing(one)
            record(by, f"{thing.kind.value}.{what}", thing, {"plan": one.plan})


def log_of(file: PlanFile, county: str) -> Log:
    """Return what the coders of a county have done with a document."""
    row = CodingLog.objects.filter(file=file, county=county).first()
    return Log(codebook_name()) if row is None else logs.log_in(row)


def codebook_name() -> str:
    """Return the id and date of the codebook, as a log names it."""
    book = stored.book()
    return f"{book.id} {book.dated}"


def act(by: Actor, file: PlanFile, do: Callable[[Log], Log], what: str) -> Log:
    """Let a coder do something, and return the longer log; ``do`` is one of the acts of :mod:`fotfeste.plans.coding`.

    Raises :class:`InputError` for what cannot be done.
    """
    if PlanFile.objects.filter(replaces=file, state=State.READY).exists():
        raise InputError(
            "plan.coding.replaced",
            msg("Dokumentet har en nyere versjon, og koding her ville ikke blitt med dit."),
            remedy=msg("Kod i den nyeste versjonen."),
        )
    thing = coding_thing(by, file)
    with transaction.atomic():
        mine = CodingLog.objects.select_for_update().filter(file=file, county=thing.county)
        row = mine.first()
        if row is None:
            CodingLog.objects.get_or_create(
                file=file, county=thing.county, defaults={"codebook": codebook_name()}
            )
            row = mine.get()
        before = logs.log_in(row)
        after = do(before)
        new = after.events[len(before.events) :]
        rows = [CodingEvent(log=row, **logs.columns_of(one)) for one in new]
        CodingEvent.objects.bulk_create(rows, batch_size=AT_A_TIME)
        if new and readers_kept_out(PlanFile.objects.get(pk=file.pk), row.county):
            row.apart = new[-1].number
            row.save(update_fields=["apart"])
        detail = {
            "plan": file.plan,
            "number": str(len(after.events)),
            "act": new[-1].act.value if new else "",
        }
        record(by, f"coding.{what}", thing, detail)
    return after


def readers_kept_out(file: PlanFile, county: str) -> bool:
    """Whether a document is for the coders of a county and not for its readers."""
    return file.visibility == Visibility.DRAFT and county not in file.shared_with


def today() -> date:
    """Return the day it is where the workspace is."""
    return timezone.localdate()
