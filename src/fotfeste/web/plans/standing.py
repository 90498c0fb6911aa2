"""What is made of a document (its text, suggestions, pictures, the index) is only written while the document stands.

Whoever takes a document back, or lets fewer see it, stores that first, and then deletes what was made of it under the lock
of the files. Whoever writes looks, under the same lock, whether the document still stands. So nothing that is deleted comes
back, however long the work took in which it was made; and what a process that ended in the middle left is swept away daily.
The lock is never asked for inside a transaction: who holds it may wait for the database, and not the other way round.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fotfeste.web.plans.models import PlanFile, State, Visibility

LOCK = ".plan-files.lock"


@contextmanager
def files_locked() -> Iterator[None]:
    """Have the files of plans alone among all processes, for a moment."""
    folder = Path(settings.FOTFESTE.data_dir)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        yield


@contextmanager
def while_it_stands(document: UUID | str) -> Iterator[bool]:
    """Tell whether a document stands, and let it do so until the end: what is written within may be written."""
    with files_locked():
        yield PlanFile.objects.filter(pk=document).exclude(state=State.WITHDRAWN.value).exists()


def coded_by(county: str, among: Iterable[UUID] | None = None) -> dict[UUID, PlanFile]:
    """Return the documents that are read and that a county's coders may code: their own, open ones, and those shared with it."""
    ready = PlanFile.objects.filter(state=State.READY.value)
    if among is not None:
        ready = ready.filter(pk__in=list(among))
    return {
        one.pk: one
        for one in ready
        if one.county == county or one.visibility == Visibility.OPEN or county in one.shared_with
    }
