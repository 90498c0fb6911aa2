"""Every change of an import: ordered, prepared, approved, kept, put aside; each traced in the same transaction."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import FotfesteError, InputError
from fotfeste.files import write_whole
from fotfeste.messages import msg
from fotfeste.statistics.tables_declared import DeclaredTable, load_tables
from fotfeste.uploads import checked_table
from fotfeste.web.figures.models import FigureImport, State, Way
from fotfeste.web.jobs.kept_messages import kept_error
from fotfeste.web.jobs.services import submit
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.services import record

PREPARE, KEEP = "figures.prepare", "figures.keep"
LARGEST = 50_000_000
JSON, TABLES = "json", ("csv", "xlsx")
LIVING = (State.PREPARING, State.READY, State.APPROVED)


def tables() -> tuple[DeclaredTable, ...]:
    """Return the declared tables that can become figures here, by agency and number."""
    found = [
        one
        for one in load_tables().values()
        if one.feeds and one.api != "klass" and (may_be_fetched(one) or endings(one))
    ]
    return tuple(sorted(found, key=lambda one: (one.agency, one.table, one.id)))


def may_be_fetched(table: DeclaredTable) -> bool:
    """Whether a table can be fetched from its source: its number is confirmed, and the source has an interface."""
    return table.is_confirmed and bool(table.table) and not table.is_file


def endings(table: DeclaredTable) -> tuple[str, ...]:
    """Return how a file that a table can be read from ends; an answer as the source gives it only where its number is confirmed."""
    if table.api == "imdi_csv":
        return ("csv",)
    return (*(TABLES if table.layout else ()), *((JSON,) if may_be_fetched(table) else ()))


def thing_of(one: FigureImport) -> Thing:
    """Return an import as the rights see it: it belongs to the installation, whose figures all counties share."""
    return Thing(Kind.FIGURES, str(one.pk))


def order(
    by: Actor, table: DeclaredTable, file: tuple[str, bytes] | None, *, accept_loss: bool = False
) -> FigureImport:
    """Order an import of a table, from a file (its name and content) or from the source; nothing is changed by it.

    Raises :class:`InputError` for a file that is not a table, and for a table that cannot be fetched.
    """
    if file is None and not may_be_fetched(table):
        raise InputError(
            "figures.not_fetched",
            msg("Denne tabellen kan ikke hentes fra kilden herfra."),
            place=table.id,
            remedy=msg("Last opp filen fra kilden i stedet."),
        )
    ending = "" if file is None else _ending(*file, table)
    with transaction.atomic():
        made = FigureImport.objects.create(
            table=table.id,
            dataset=table.feeds,
            way=Way.FETCH if file is None else Way.FILE,
            file_name="" if file is None else file[0][-120:],
            accept_loss=accept_loss,
            ordered_by_id=by.user_id,
        )
        if file is not None:
            write_whole(made.folder / "file" / f"{table.id}.{ending}", file[1])
        submit(PREPARE, {"id": str(made.pk), "table": table.id}, made.pk.hex, by)
        record(by, "figures.ordered", thing_of(made), {"table": table.id, "way": made.way})
    return made


def _ending(name: str, data: bytes, table: DeclaredTable) -> str:
    readable, ending = endings(table), name.rpartition(".")[2].lower()
    if ending not in readable:
        raise InputError(
            "upload.kind",
            msg("Denne tabellen kan ikke leses fra en slik fil."),
            place=name[-80:],
            remedy=msg(
                "Bruk en fil som slutter på: {kinds}.", kinds=", ".join(f".{one}" for one in readable)
            ),
        )
    if len(data) > LARGEST:
        raise InputError(
            "upload.huge",
            msg("Filen er for stor. Den kan være på høyst {most} MB.", most=LARGEST // 1_000_000),
            place=name[-80:],
            remedy=msg("Hent tabellen med færre år eller verdier."),
        )
    return JSON if ending == JSON else checked_table(name, data)


def prepared(pk: UUID | str, state: State, stood: str, version: str, preview: Mapping[str, Any]) -> None:
    """Store what an import would change, unless it was given up meanwhile."""
    with transaction.atomic():
        one = FigureImport.objects.select_for_update().get(pk=pk)
        if one.state not in (State.PREPARING, State.FAILED):
            return
        one.state, one.stood, one.version, one.preview, one.fault = (
            state.value,
            stood,
            version,
            dict(preview),
            None,
        )
        one.save()
        record(NOBODY, "figures.prepared", thing_of(one), {"table": one.table})


def failed(pk: UUID | str, error: FotfesteError) -> None:
    """Store what went wrong; the figures that stood are as they were."""
    with transaction.atomic():
        one = FigureImport.objects.select_for_update().get(pk=pk)
        if one.state not in (State.PREPARING, State.APPROVED):
            return
        one.state, one.fault = State.FAILED.value, kept_error(error)
        one.save(update_fields=["state", "fault"])
        record(NOBODY, "figures.failed", thing_of(one), {"table": one.table, "error": error.code})


def approve(by: Actor, pk: UUID | str, note: str) -> FigureImport:
    """Approve what was shown: it is kept in the background. Raises :class:`InputError` when it does not wait for that."""
    with transaction.atomic():
        one = _waiting(pk)
        one.state, one.reason = State.APPROVED.value, note
        one.decided_by_id, one.decided_at = by.user_id, timezone.now()
        one.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        submit(KEEP, {"id": str(one.pk), "table": one.table}, one.pk.hex, by)
        record(by, "figures.approved", thing_of(one), {"table": one.table, "version": one.version})
    return one


def discard(by: Actor, pk: UUID | str, reason: str) -> FigureImport:
    """Put an import aside with a reason; the figures that stood are as they were."""
    if not reason.strip():
        raise InputError("figures.reason", msg("Skriv hvorfor tallene ikke tas inn."), place="reason")
    with transaction.atomic():
        one = _waiting(pk)
        one.state, one.reason = State.DISCARDED.value, reason.strip()
        one.decided_by_id, one.decided_at = by.user_id, timezone.now()
        one.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        record(by, "figures.discarded", thing_of(one), {"table": one.table})
    shutil.rmtree(one.folder, ignore_errors=True)
    return one


def kept(pk: UUID | str) -> None:
    """Store that the new version stands; the old one is kept below it."""
    with transaction.atomic():
        one = FigureImport.objects.select_for_update().get(pk=pk)
        if one.state == State.KEPT:
            return
        one.state = State.KEPT.value
        one.save(update_fields=["state"])
        record(NOBODY, "figures.kept", thing_of(one), {"table": one.table, "version": one.version})
    shutil.rmtree(one.folder, ignore_errors=True)


def _waiting(pk: UUID | str) -> FigureImport:
    one = FigureImport.objects.select_for_update().get(pk=pk)
    if one.state != State.READY:
        raise InputError(
            "figures.not_waiting",
            msg("Disse tallene venter ikke på å bli godkjent."),
            remedy=msg("Last siden på nytt og se hva som er bestemt."),
        )
    return one
