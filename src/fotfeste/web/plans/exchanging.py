"""Codings from files of other programs: handed in, read in the background in a process apart, and put in the county's log."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fotfeste.errors import FotfesteError, InputError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg, nmsg
from fotfeste.plans.coding import CodingLog as Log
from fotfeste.plans.exchange import entered, told
from fotfeste.plans.exchange.onto import FromSource
from fotfeste.plans.exchange.packages import Bounds
from fotfeste.plans.exchange.placing import ENDINGS, Placed
from fotfeste.plans.exchange.qdpx import coder_id
from fotfeste.web.jobs.kept_messages import kept, kept_error
from fotfeste.web.jobs.services import latest, submit
from fotfeste.web.people.services import actor_for
from fotfeste.web.plans import learning, services, stored
from fotfeste.web.plans.exchange_models import FOLDER, CodingImport, Stage
from fotfeste.web.plans.models import PlanFile, State
from fotfeste.web.plans.seeing import coding_thing
from fotfeste.web.plans.standing import while_it_stands
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, allowed
from fotfeste.web.rights.roles import Action
from fotfeste.web.trace.services import record

TAKE_IN = "plans.exchange"
LARGEST = 20_000_000
"""Bytes of a file; a larger project is taken in on the command line."""
ROOM = Bounds(file=LARGEST, parts=2_000, part=30_000_000, content=100_000_000, ratio=200)
"""What a project may be unpacked to."""
NAMES = "names.json"
NAMES_KEPT = timedelta(days=1)
"""How long names of people in a file wait to be shown, once, to whoever handed it in."""
_OTHERS = "refi-"


def hand_in(by: Actor, file: PlanFile, name: str, data: bytes) -> CodingImport:
    """Order that the codings of a file are taken in onto a document; raises :class:`InputError` for what is no such file."""
    if name.rpartition(".")[2].lower() not in ENDINGS:
        raise InputError(
            "plan.exchange.kind",
            msg("Filen er ikke av et slag som kan leses."),
            place=name[-80:],
            remedy=msg("Bruk en fil som slutter på: {kinds}.", kinds=", ".join(f".{one}" for one in ENDINGS)),
        )
    if len(data) > LARGEST:
        raise InputError(
            "plan.exchange.huge",
            msg("Filen er for stor. Den kan være på høyst {most} MB.", most=LARGEST // 1_000_000),
            place=name[-80:],
            remedy=msg("Del opp filen."),
        )
    with transaction.atomic():
        _must_stand(PlanFile.objects.select_for_update().get(pk=file.pk))
        if any(
            is_living(one)
            for one in CodingImport.objects.filter(file=file, by_id=by.user_id, stage=Stage.READING)
        ):
            raise InputError(
                "plan.exchange.waiting",
                msg("Den forrige filen du hentet inn her, leses ennå."),
                remedy=msg("Vent til den er lest."),
            )
        county = coding_thing(by, file).county
        made = CodingImport.objects.create(file=file, county=county, name=name[-160:], by_id=by.user_id)
        write_whole(made.folder / "file", data)
        submit(TAKE_IN, {"id": str(made.pk)}, made.pk.hex, by)
    return made


def newest(by: Actor, file: PlanFile) -> CodingImport | None:
    """Return the file that somebody handed in last for a document."""
    return CodingImport.objects.filter(file=file, by_id=by.user_id).order_by("-sent_at").first()


def is_living(one: CodingImport) -> bool:
    """Whether a file is still to be read, or being read."""
    job = latest(TAKE_IN, one.pk.hex)
    return one.stage == Stage.READING and job is not None and job.living


def ready_to_be_read(one: CodingImport) -> PlanFile:
    """Return the document that codings are for; raises :class:`InputError` where it cannot be coded any more."""
    file: PlanFile = one.file
    _must_stand(file)
    return file


def _must_stand(file: PlanFile) -> None:
    if file.state != State.READY:
        raise InputError("plan.withdrawn", msg("Dokumentet er trukket tilbake."))


def keep_names(one: CodingImport, found: Placed) -> None:
    """Lay the names of people in a file aside until they are shown."""
    with while_it_stands(one.file_id) as stands:
        if found.coders and stands:
            write_whole(one.folder / NAMES, json.dumps(list(found.coders)).encode())


def forget(file: PlanFile) -> None:
    """Delete what was handed in for a document that is taken back, under the lock of the files: it may hold its text."""
    for one in CodingImport.objects.filter(file=file):
        shutil.rmtree(one.folder, ignore_errors=True)


def names_once(one: CodingImport) -> list[str]:
    """Return the names of people in a file the first time that they are asked for, and keep them no longer."""
    path = one.folder / NAMES
    try:
        if timezone.now() - one.sent_at > NAMES_KEPT:
            return []
        return [str(name) for name in json.loads(path.read_bytes())]
    except (OSError, ValueError):
        return []
    finally:
        path.unlink(missing_ok=True)


def store(pk: UUID | str, found: Placed) -> None:
    """Put the codings that were found into the log of the county whose coder handed the file in, with the account of it.

    Raises :class:`InputError` where that coder may not code the document any more.
    """
    with transaction.atomic():
        one = CodingImport.objects.select_for_update().get(pk=pk)
        if one.stage == Stage.DONE:
            return
        file, person = ready_to_be_read(one), one.by
        actor = actor_for(person) if person is not None else NOBODY
        thing = coding_thing(actor, file)
        if thing.county != one.county or not allowed(actor, Action.ADD, thing):
            raise InputError("plan.exchange.rights", msg("Du koder ikke dette dokumentet lenger."))
        counted: dict[str, Any] = {}
        own = str(actor.pseudonym)
        some = [replace(each, coder=_coder(each.coder, own)) for each in found.codings]

        def put(log: Log) -> Log:
            done = entered(log, some, stored.book(), found.codes)
            counted.update(new=done.new, known=done.known, without=done.without_code)
            return done.log

        services.act(actor, file, put, "imported")
        lines = [*_counted(counted, found), *map(_source, found.sources), *told(found.report)]
        one.stage, one.ended_at, one.new = Stage.DONE.value, timezone.now(), counted["new"]
        one.report = [kept(line) for line in lines]
        one.save()
        transaction.on_commit(lambda: (one.folder / "file").unlink(missing_ok=True))
        if one.new:
            transaction.on_commit(lambda: learning.order(actor, one.county))


def failed(pk: UUID | str, error: FotfesteError) -> None:
    """Store what went wrong with a file, and delete it."""
    with transaction.atomic():
        one = CodingImport.objects.select_for_update().get(pk=pk)
        if one.stage != Stage.READING:
            return
        one.stage, one.ended_at, one.fault = Stage.FAILED.value, timezone.now(), kept_error(error)
        one.save()
        thing = coding_thing(NOBODY, one.file)
        record(NOBODY, "coding.failed", replace(thing, county=one.county), {"plan": one.file.plan, "error": error.code[:60]})  # fmt: skip
        transaction.on_commit(lambda: shutil.rmtree(one.folder, ignore_errors=True))


def sweep() -> None:
    """Delete files that are read, or that nobody reads any more, and names that nobody has asked for in time."""
    for path in (Path(settings.FOTFESTE.data_dir) / FOLDER).glob("?" * 32):
        one = CodingImport.objects.filter(pk=path.name).first()
        waits = one is not None and is_living(one)
        if not waits and (one is None or timezone.now() - one.sent_at > NAMES_KEPT):
            shutil.rmtree(path, ignore_errors=True)


def _coder(stated: str, own: str) -> str:
    """Return whose a coding is: a file may speak for its own people and for whoever hands it in, for nobody else here."""
    return stated if stated == own or stated.startswith(_OTHERS) else coder_id(stated)


def _counted(counted: dict[str, Any], found: Placed) -> list[Message]:
    lines = [
        nmsg("Én koding er hentet inn.", "{count} kodinger er hentet inn.", counted["new"]),
    ]
    if counted["known"]:
        lines.append(nmsg("Én sto her fra før.", "{count} sto her fra før.", counted["known"]))
    for code, count in counted["without"].items():
        lines.append(
            nmsg(
                "Én koding med «{code}» ble ikke med: kodeboken her har ingen slik kode.",
                "{count} kodinger med «{code}» ble ikke med: kodeboken her har ingen slik kode.",
                count,
                code=found.names.get(code, code),
            )
        )
    return lines


def _source(one: FromSource) -> Message:
    lost = sum(one.lost.values())
    if not one.found:
        return msg("«{source}»: ingen av kodingene finnes igjen i dette dokumentet.", source=one.name)
    return msg(
        "«{source}»: {found} av {all} kodinger er funnet igjen i dette dokumentet.",
        source=one.name,
        found=one.found,
        all=one.found + lost,
    )
