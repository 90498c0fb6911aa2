"""Taking a document back: at once out of everybody's sight, and its file and text deleted by a dated rule.

What coders have done stays, since it holds no text of the plan; so do the reason and the trace.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.web.plans import exchanging, learning, page_picture, services, stored, suggested
from fotfeste.web.plans.models import FOLDER, PlanFile, State
from fotfeste.web.plans.seeing import file_thing
from fotfeste.web.plans.standing import files_locked
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.retention import read_rules
from fotfeste.web.trace.services import record

PURPOSE = "plan"
"""The rule for how long the file of a document that is withdrawn lies, in case that was a mistake."""


def withdraw(by: Actor, file: PlanFile, why: str, *, at_once: bool) -> None:
    """Take a document back, with the reason; ``at_once`` deletes the file and the text now, otherwise the rule does."""
    with transaction.atomic():
        one = PlanFile.objects.select_for_update().get(pk=file.pk)
        if one.state == State.WITHDRAWN:
            return
        one.state, one.withdrawn_at, one.withdrawn_why = State.WITHDRAWN.value, timezone.now(), why
        one.withdrawn_by_id = by.user_id
        one.save(update_fields=["state", "withdrawn_at", "withdrawn_why", "withdrawn_by"])
        thing = file_thing(one)
        detail = {"plan": one.plan, "number": str(one.number), "deleted": "now" if at_once else "by rule"}
        record(by, f"{thing.kind.value}.file_withdrawn", thing, detail)
    _out_of_sight(one)
    if at_once:
        erase(by, one)


def goes_on(file: PlanFile) -> date | None:
    """Return the day from which the file of a withdrawn document is deleted; none where the county's rules name none."""
    try:
        rule = read_rules(Path(settings.FOTFESTE.data_dir)).rule(PURPOSE)
    except InputError:
        return None
    made = timezone.localdate(file.withdrawn_at) if file.withdrawn_at else services.today()
    return rule.ends(made)


def erase_due() -> int:
    """Delete the files of withdrawn documents whose time is over; return how many."""
    day, gone = services.today(), 0
    for one in PlanFile.objects.filter(state=State.WITHDRAWN, erased_at=None):
        due = goes_on(one)
        if due is not None and due <= day:
            erase(NOBODY, one)
            gone += 1
    return gone


def erase(by: Actor, file: PlanFile) -> None:
    """Delete the file and the text of a withdrawn document; a file that another document has too stays for that one."""
    with transaction.atomic():
        one = PlanFile.objects.select_for_update().get(pk=file.pk)
        if one.state != State.WITHDRAWN or one.erased_at is not None:
            return
        one.erased_at = timezone.now()
        one.save(update_fields=["erased_at"])
        thing = file_thing(one)
        record(by, f"{thing.kind.value}.file_erased", thing, {"plan": one.plan, "sha256": one.sha256})
    with files_locked():
        _delete(one)
    stored.forget()


def _delete(one: PlanFile) -> None:
    """Delete what lies on the disk of a document that is erased, under the lock of the files."""
    stored.text_of(one).unlink(missing_ok=True)
    suggested.forget(one.pk.hex)
    if not PlanFile.objects.filter(sha256=one.sha256, erased_at=None).exists():
        shutil.rmtree(one.folder, ignore_errors=True)
        shutil.rmtree(_pictures(one.sha256), ignore_errors=True)


def _pictures(sha256: str) -> Path:
    return Path(settings.FOTFESTE.data_dir) / page_picture.FOLDER / sha256


def _out_of_sight(one: PlanFile) -> None:
    """Take it out of the index, and let nothing be suggested for it, or by its words, any more."""
    from fotfeste.plans.search import remove

    with files_locked(), stored.index() as connection:
        remove(connection, one.pk.hex)
        suggested.forget(one.pk.hex)
        exchanging.forget(one)
    learning.unlearn(one)


def sweep() -> None:
    """Delete what lies on the disk of documents that are gone: a process may have ended before it had deleted all."""
    for one in PlanFile.objects.exclude(erased_at=None):
        with files_locked():
            _delete(one)
    with files_locked():
        standing = {
            one.hex for one in PlanFile.objects.exclude(state=State.WITHDRAWN).values_list("pk", flat=True)
        }
        for name in set(suggested.documents()) - standing:
            suggested.forget(name)
        living = set(PlanFile.objects.filter(erased_at=None).values_list("sha256", flat=True))
        for folder in (FOLDER, page_picture.FOLDER):
            for path in (Path(settings.FOTFESTE.data_dir) / folder).glob("?" * 64):
                if path.name not in living:
                    shutil.rmtree(path, ignore_errors=True)
    learning.sweep()
