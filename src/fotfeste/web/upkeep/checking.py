"""Whether an installation is as it must be: each thing that is looked at, what was found, and the way out."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settings import VARIABLES, Serving
from fotfeste.web.project.database import NAME as DATABASE
from fotfeste.web.project.secret import NAME as KEY_FILE
from fotfeste.web.upkeep.places import RESTORING
from fotfeste.web.upkeep.preparing import newer_migrations

LEAST_FREE = 500_000_000
"""Bytes that must be free: room for a backup and for the database to grow."""
CLOCK_APART = timedelta(seconds=5)
WAITED_TOO_LONG = timedelta(minutes=15)
OLDEST_POSTGRESQL = 140_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``well``, or a fault with its way out."""

    code: str
    well: bool
    what: Message
    remedy: Message | None = None


def findings() -> Iterator[Finding]:
    """Look at everything; what cannot be looked at while the database is away is left out."""
    yield from check_settings(settings.FOTFESTE.serving)
    yield from check_folder(settings.FOTFESTE.data_dir)
    yield from check_disk(settings.FOTFESTE.data_dir)
    database = check_database()
    yield database
    if database.well:
        yield from _guarded(check_content)
        migrations = list(_guarded(check_migrations))
        yield from migrations
        if all(one.well for one in migrations):
            for check in (check_clock, check_trace, check_jobs):
                yield from _guarded(check)
    yield from check_data()


def _guarded(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except Error as error:
        yield Finding(
            f"{check.__name__}.failed",
            False,
            msg("Databasen svarte med en feil ({reason}).", reason=type(error).__name__),
            msg("Se i loggen til databasen, og kontroller på nytt."),
        )


def check_settings(serving: Serving) -> Iterator[Finding]:
    """The settings themselves can be read, or no command would run; here is what does not go together."""
    beyond = serving.base_url != Serving().base_url
    if beyond and not serving.secure:
        yield Finding(
            "settings.https",
            False,
            msg("Adressen {address} er uten HTTPS.", address=serving.base_url),
            msg("Sett {name} til en adresse med https://.", name=VARIABLES["base_url"]),
        )
    if beyond and not serving.email_url:
        yield Finding(
            "settings.email",
            False,
            msg(
                "Det er ikke satt opp hvordan e-post sendes, så invitasjoner og tilbakestilling når ikke fram."
            ),
            msg("Sett {name}.", name=VARIABLES["email_url"]),
        )
    if serving.secure and not serving.proxies:
        yield Finding(
            "settings.proxies",
            False,
            msg(
                "Adressen har HTTPS, men ingen mellomtjener er oppgitt, så alle ser ut til å komme fra samme sted."
            ),
            msg("Sett {name} til 1 når nginx står foran.", name=VARIABLES["proxies"]),
        )
    if not beyond or (serving.secure and serving.proxies and serving.email_url):
        yield Finding("settings", True, msg("Innstillingene henger sammen."))


def check_folder(folder: Path) -> Iterator[Finding]:
    """The data folder can be written to, and what is secret is its owner's only."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        what = msg("Datamappen {folder} finnes ikke eller kan ikke skrives til.", folder=str(folder))
        yield Finding("folder", False, what, msg("Lag mappen, og la brukeren som kjører Fotfeste, eie den."))
        return
    for path in (folder / KEY_FILE, folder / DATABASE):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            what = msg("Andre på maskinen kan lese {path}.", path=str(path))
            yield Finding("folder.open", False, what, msg("Kjør: chmod 600 {path}", path=str(path)))
        if path.exists() and path.stat().st_uid != os.geteuid() and os.geteuid() != 0:
            what = msg("{path} eies av en annen bruker enn den som kjører Fotfeste.", path=str(path))
            yield Finding("folder.owner", False, what, msg("La brukeren som kjører Fotfeste, eie filen."))
    for path in sorted(folder.glob(f"{RESTORING}*")):
        what = msg("En gjenoppretting er avbrutt: {path}.", path=str(path))
        yield Finding(
            "folder.restoring",
            False,
            what,
            msg("Slett mappen, og kjør «fotfeste restore» på nytt om den trengs."),
        )
    yield Finding("folder", True, msg("Datamappen: {folder}", folder=str(folder)))


def check_disk(folder: Path) -> Iterator[Finding]:
    """There is room."""
    if not folder.is_dir():
        return
    free = shutil.disk_usage(folder).free
    yield Finding(
        "disk",
        free >= LEAST_FREE,
        msg("Ledig plass ved datamappen: {free} MB.", free=free // 1_000_000),
        None
        if free >= LEAST_FREE
        else msg("Gjør ledig minst {least} MB, eller flytt datamappen.", least=LEAST_FREE // 1_000_000),
    )


def check_database() -> Finding:
    """The database answers, and is of a version that is supported."""
    path = settings.FOTFESTE.data_dir / DATABASE
    if connection.vendor == "sqlite" and not _in_memory() and not path.exists():
        what = msg("Det er ingen database i datamappen.")
        return Finding(
            "database",
            False,
            what,
            msg("Sjekk FOTFESTE_DATA_DIR, eller kjør «fotfeste serve», som lager den."),
        )
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT current_setting('server_version_num')::int, current_setting('server_version')"
                )
                number, name = cursor.fetchone()
                old = number < OLDEST_POSTGRESQL
                what = msg("Databasen: PostgreSQL {version}.", version=str(name).split()[0])
                return Finding(
                    "database",
                    not old,
                    what,
                    msg("Oppgrader til PostgreSQL 15 eller nyere.") if old else None,
                )
            cursor.execute("SELECT sqlite_version()")
            return Finding(
                "database", True, msg("Databasen: SQLite {version}, innebygd.", version=cursor.fetchone()[0])
            )
    except Error as error:
        return Finding(
            "database",
            False,
            msg("Databasen kan ikke nås ({reason}).", reason=type(error).__name__),
            msg("Sjekk at den kjører, og at DATABASE_URL eller FOTFESTE_DATA_DIR er riktig."),
        )


def _in_memory() -> bool:
    return "mode=memory" in str(connection.settings_dict["NAME"])


def check_content() -> Iterator[Finding]:
    """The embedded database is whole, and nothing points at what is not there; PostgreSQL is set to keep what it takes."""
    if connection.vendor != "sqlite":
        yield from _durable()
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        whole = cursor.fetchone()[0] == "ok"
        cursor.execute("PRAGMA foreign_key_check")
        whole = whole and cursor.fetchone() is None
    yield Finding(
        "database.content",
        whole,
        msg("Innholdet i databasen henger sammen.") if whole else msg("Databasefilen er skadet."),
        None if whole else msg("Legg tilbake den siste sikkerhetskopien: fotfeste restore FIL"),
    )


def _durable() -> Iterator[Finding]:
    """PostgreSQL waits for the disk before it acknowledges."""
    with connection.cursor() as cursor:
        asked = "SELECT name FROM pg_settings WHERE setting = 'off' AND name = ANY(%s) ORDER BY name"
        cursor.execute(asked, [["fsync", "full_page_writes", "synchronous_commit"]])
        off = [str(row[0]) for row in cursor.fetchall()]
    yield Finding(
        "database.durable",
        not off,
        msg("PostgreSQL venter på disken før noe bekreftes.")
        if not off
        else msg(
            "PostgreSQL er satt opp slik at det som er bekreftet, kan gå tapt: {names}.", names=", ".join(off)
        ),
        None if not off else msg("Slå på {names} i postgresql.conf.", names=", ".join(off)),
    )


def check_migrations() -> Iterator[Finding]:
    """The tables are those of this program: neither older nor newer."""
    executor = MigrationExecutor(connection)
    newer = newer_migrations(executor)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if newer:
        what = msg("Databasen er laget av en nyere utgave av Fotfeste.")
        yield Finding("migrations", False, what, msg("Installer den nyere utgaven igjen."))
    elif steps:
        what = nmsg(
            "Databasen mangler {count} oppgradering.", "Databasen mangler {count} oppgraderinger.", steps
        )
        yield Finding(
            "migrations", False, what, msg("Ta en sikkerhetskopi, og start «fotfeste serve» på nytt.")
        )
    else:
        yield Finding("migrations", True, msg("Databasen er på denne utgaven."))


def check_clock() -> Iterator[Finding]:
    """This machine's clock goes with the database's, and is not before what is already recorded."""
    from fotfeste.web.trace.models import Entry

    now = timezone.now()
    apart = timedelta()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
    last: datetime | None = Entry.objects.order_by("-number").values_list("at", flat=True).first()
    behind = last - now if last else timedelta()
    well = apart <= CLOCK_APART and behind <= CLOCK_APART
    yield Finding(
        "clock",
        well,
        msg("Klokken går riktig.") if well else msg("Klokken her går ikke likt med det som er lagret."),
        None if well else msg("Slå på tidssynkronisering på maskinen: timedatectl set-ntp true"),
    )


def check_trace() -> Iterator[Finding]:
    """The database refuses to change the trace and what coders have done, and the chain holds."""
    from fotfeste.web.plans.fixed import standing as codings_standing
    from fotfeste.web.trace.fixed import standing
    from fotfeste.web.trace.verify import verify

    guarded = standing(connection)
    yield Finding(
        "trace.guarded",
        guarded,
        msg("Databasen nekter å endre og slette i sporet.")
        if guarded
        else msg("Databasen er ikke lenger satt opp til å nekte endringer og sletting i sporet."),
        None
        if guarded
        else msg(
            "Finn ut hvem som har tatt bort vernet (utløserne på tabellen trace_entry), og start «fotfeste serve» "
            "på nytt, som setter det på plass."
        ),
    )
    if not codings_standing(connection):
        yield Finding(
            "codings.guarded",
            False,
            msg("Databasen er ikke lenger satt opp til å nekte endringer og sletting i kodingen av planer."),
            msg(
                "Finn ut hvem som har tatt bort vernet (utløserne på tabellen plans_codingevent), og start «fotfeste serve» "
                "på nytt, som setter det på plass."
            ),
        )
    verdict = verify()
    count = len(verdict.findings) + verdict.more
    if verdict.intact:
        yield Finding(
            "trace",
            True,
            nmsg("Sporet er helt ({count} innslag).", "Sporet er helt ({count} innslag).", verdict.count),
        )
        return
    what = nmsg("Sporet er ikke helt: {count} feil.", "Sporet er ikke helt: {count} feil.", count)
    yield Finding(
        "trace",
        False,
        what,
        msg("Kjør «fotfeste audit verify» for å se hvor, og ta vare på databasen slik den er."),
    )


def check_jobs() -> Iterator[Finding]:
    """Background work is being done."""
    from fotfeste.web.jobs.models import Job, State

    since = timezone.now() - WAITED_TOO_LONG
    waiting = Job.objects.filter(state=State.QUEUED, submitted_at__lt=since).count()
    well = not waiting or Job.objects.filter(state=State.RUNNING).exists()
    yield Finding(
        "jobs",
        well,
        msg("Bakgrunnsarbeid blir gjort.")
        if well
        else nmsg(
            "{count} bakgrunnsarbeid venter, og ingen gjør det.",
            "{count} bakgrunnsarbeid venter, og ingen gjør dem.",
            waiting,
        ),
        None if well else msg("Start «fotfeste worker», eller «fotfeste serve» uten --no-worker."),
    )


def check_data() -> Iterator[Finding]:
    """The figures, embedded and imported, are whole."""
    from fotfeste.statistics import open_store
    from fotfeste.statistics.store import problems_of

    remedy = msg("Kjør «fotfeste data check». Installer Fotfeste på nytt, eller importer datasettet på nytt.")
    try:
        store = open_store(settings.FOTFESTE.data_dir)
        versions = [one for name in store.versions for one in store.versions[name]]
        faulty = sum(bool(problems_of(store, one)) for one in versions)
    except (FotfesteError, OSError):
        yield Finding("data", False, msg("Tallene kan ikke leses."), remedy)
        return
    if faulty:
        yield Finding(
            "data", False, nmsg("{count} datasett er skadet.", "{count} datasett er skadet.", faulty), remedy
        )
    else:
        what = nmsg("{count} datasett er helt.", "{count} datasett er hele.", len(versions))
        yield Finding("data", True, what)
