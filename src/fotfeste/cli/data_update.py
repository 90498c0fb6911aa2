"""`fotfeste data update`: figures fetched from their source, with what is otherwise than before. The old version stays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as dtime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import Day
from fotfeste.cli.declared_tables import list_tables, table_named, usual_tables
from fotfeste.cli.output import in_lines
from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import Language, Message, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store
    from fotfeste.statistics.tables_declared import DeclaredTable
    from fotfeste.statistics.updating import Prepared, Sources

WORK = ".fetching"
"""The folder, among imported figures, where parts of an answer wait until all of it is there."""
INDENT = "  "


@click.command(name="update", short_help="Hent nye tall fra kildene.")
@click.argument("names", nargs=-1, metavar="[TABELL]...")
@click.option("--dry-run", is_flag=True, help="Vis hva som ville blitt endret, uten å lagre noe.")
@click.option(
    "--accept-loss", is_flag=True, help="Godta at kilden har tatt bort mange av tallene som finnes her."
)
@click.option(
    "--unsettled",
    is_flag=True,
    help="Lagre også tall som hentes mens kilden kan ha tall til retting (SSB: klokka 5 til 8).",
)
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="MAPPE",
    help="Les svar som ligger i en mappe (TABELL.json, .csv eller .xlsx) i stedet for å spørre kilden.",
)
@click.option(
    "--tables",
    "own",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FIL.toml",
    help="Egen liste over tabeller, som går foran den som følger med.",
)
@click.option(
    "--retrieved",
    type=Day(),
    metavar="DATO",
    help="Dagen svarene i mappen ble hentet (sammen med --from). Ellers: i dag.",
)
@click.option(
    "--list", "listed", is_flag=True, help="Vis tabellene, hva nummeret bygger på, og hvordan de hentes."
)
@click.option("--json", "as_json", is_flag=True, help="Skriv listen som JSON (sammen med --list).")
@click.pass_obj
def update(
    settings: Settings,
    /,
    names: tuple[str, ...],
    dry_run: bool,
    accept_loss: bool,
    unsettled: bool,
    folder: Path | None,
    own: Path | None,
    retrieved: date | None,
    listed: bool,
    as_json: bool,
) -> None:
    """Hent tabellene fra kilden, vis hva som er endret, og lagre dem som ny versjon av datasettene sine.

    Uten TABELL hentes de som hører til datasett som finnes her. Ingenting byttes ut: den gamle versjonen blir stående, og
    er svaret ikke helt, lagres ingenting. To oppdateringer kan ikke gå samtidig i samme mappe. Tabellen for en kommuneinndeling sammenlignes bare. Bare tabeller med bekreftet
    nummer hentes.

    \b
    Eksempel:
      fotfeste data update --list
      fotfeste data update ssb_06265 --dry-run
      fotfeste data update imdi_intro_deltakere --from nedlastet/
    """
    from fotfeste.statistics import open_store
    from fotfeste.statistics.tables_declared import load_tables, read_tables

    words = language(settings.locale)
    tables = dict(load_tables())
    if own is not None:
        tables |= {one.id: one for one in read_tables(own)}
    chosen = [table_named(name, tables) for name in names]
    if listed:
        return list_tables(chosen or list(tables.values()), words, as_json=as_json)
    store = open_store(settings.data_dir)
    chosen = chosen or usual_tables(tables.values(), store, folder)
    if not chosen:
        raise InputError(
            "update.nothing",
            msg("Ingen av tabellene har svar i mappen.") if folder else msg("Ingen tabeller å hente."),
            place=str(folder) if folder else None,
            remedy=msg("Se hvilke tabeller som finnes: fotfeste data update --list"),
        )
    fetched = now()
    if retrieved is not None and folder is not None:
        fetched = datetime.combine(retrieved, dtime(), fetched.tzinfo)
    with _alone(settings, dry_run and folder is not None), _sources(settings, folder) as sources:
        store = open_store(settings.data_dir)
        clock = None if folder else now
        faults = _Round(store, words, sources, fetched, dry_run, accept_loss, clock, unsettled).run(chosen)
    if faults:
        if len(chosen) == 1:
            raise faults[0]
        number = nmsg("{count} tabell ble ikke hentet.", "{count} tabeller ble ikke hentet.", len(faults))
        click.echo(words.text(number), err=True)
        raise click.exceptions.Exit(faults[0].exit_code)
    return None


def now() -> datetime:
    """Return the time of day here, with its zone: the one place where an update asks for it."""
    return datetime.now(UTC).astimezone()


@dataclass
class _Round:
    """One run over the chosen tables: what goes wrong with one does not stop the others.

    ``clock`` tells when a source is asked (none for answers in a folder); ``unsettled`` stores what was fetched in hours when
    the source may hold figures that are about to be revised.
    """

    store: Store
    words: Language
    sources: Sources
    fetched: datetime
    dry_run: bool
    accept_loss: bool
    clock: Callable[[], datetime] | None = None
    unsettled: bool = False

    def run(self, tables: Sequence[DeclaredTable]) -> list[FotfesteError]:
        """Update every table and return what went wrong, in order."""
        from fotfeste.regions import load_regions

        regions, faults = load_regions(), []
        for table in tables:
            self._say(
                msg("{id}: {agency}, {title}", id=table.id, agency=table.agency, title=self._title(table))
            )
            try:
                for line in self._one(table, regions):
                    self._say(line, INDENT)
            except FotfesteError as fault:
                faults.append(fault)
                if len(tables) > 1:
                    click.echo(f"{INDENT}{fault.describe(self.words)}", err=True)
        return faults

    def _one(self, table: DeclaredTable, regions: Regions) -> Iterator[Message]:
        from fotfeste.statistics.updating import keep, prepare

        if table.api == "klass":
            yield from self._division(table, regions, self.fetched)
            return
        warned = self._asked_early(table)
        answer = self.sources.answer(table)
        warned = self._asked_early(table) or warned
        if warned is not None:
            yield warned
        try:
            prepared = prepare(self.store, regions, table, answer, self.fetched, accept_loss=self.accept_loss)
        finally:
            if answer.passing and answer.file is not None:
                answer.file.unlink(missing_ok=True)
        yield from _told(prepared, self.words)
        if self.dry_run:
            yield msg("Ingenting er lagret.")
        elif not prepared.changes.any_figure:
            yield msg("Ingen tall er endret, og ingen ny versjon er lagret.")
        else:
            self.store = keep(self.store, prepared)
            described = self.store.dataset(table.feeds)
            yield nmsg(
                "Lagret: {dataset}, versjon {version}: {count} rad.",
                "Lagret: {dataset}, versjon {version}: {count} rader.",
                described.rows,
                dataset=described.id,
                version=described.version,
            )
            yield msg(
                "Angre: fotfeste data remove {dataset} --version {version}",
                dataset=described.id,
                version=described.version,
            )

    def _asked_early(self, table: DeclaredTable) -> Message | None:
        """Return a warning where the source's figures may not be settled; such figures are stored only when asked for."""
        from fotfeste.statistics.updating.hours import refuse_unsettled, warning_of

        if self.clock is None:
            return None
        if not self.dry_run and not self.unsettled:
            refuse_unsettled(table, self.clock())
        return warning_of(table, self.clock())

    def _division(self, table: DeclaredTable, regions: Regions, now: datetime) -> Iterator[Message]:
        from fotfeste.statistics.clients import Klass
        from fotfeste.statistics.updating import Live, division_changes

        if not isinstance(self.sources, Live):
            raise InputError("update.division", msg("En inndeling kan bare hentes fra SSB."), place=table.id)
        day = now.date().replace(month=1, day=1)
        codes = Klass(self.sources.http, table.base).codes_at(int(table.table), day)
        changes = division_changes(regions, table.table, day.year, codes)
        if changes is None:
            yield nmsg("{count} kode hos SSB.", "{count} koder hos SSB.", len(codes))
            return
        lines = list(changes.told())
        yield from lines
        if not lines:
            yield nmsg("{count} kode, som her.", "{count} koder, de samme som her.", changes.same)
        yield msg("Inndelingen følger med Fotfeste. Er den endret, trengs en ny utgave.")

    def _title(self, table: DeclaredTable) -> str:
        return table.titles.get(self.words.locale, table.titles["nb"])

    def _say(self, line: Message, indent: str = "") -> None:
        click.echo(in_lines(f"{indent}{self.words.text(line)}", f"{indent}{indent}"))


def _told(prepared: Prepared, words: Language) -> Iterator[Message]:
    record, changes = prepared.record, prepared.changes
    yield nmsg("{count} tall fra {where}.", "{count} tall fra {where}.", record.cells, where=record.where)
    updated = _day(record.said.updated)
    if updated is not None:
        yield msg("Sist oppdatert av kilden {day}.", day=words.date(updated.date()))
    yield from prepared.notes
    yield from changes.told()
    if changes.unchanged:
        yield nmsg("{count} tall er som før.", "{count} tall er som før.", changes.unchanged)


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@contextmanager
def _alone(settings: Settings, only_looking: bool) -> Iterator[None]:
    """Hold the folder of data while the run lasts; who only looks at answers in another folder needs no hold."""
    if only_looking:
        yield
        return
    from fotfeste.statistics.updating.alone import alone_in

    with alone_in(settings.data_dir):
        yield


@contextmanager
def _sources(settings: Settings, folder: Path | None) -> Iterator[Sources]:
    """Give the sources of a run while it lasts: a folder, or the network."""
    from fotfeste.statistics.updating import Folder, Live

    if folder is not None:
        yield Folder(folder)
        return
    from fotfeste.statistics.clients import Http

    with Http(clock=time.monotonic, sleep=time.sleep, proxy=settings.proxy) as http:
        words = language(settings.locale)
        yield Live(
            http,
            settings.data_dir / WORK,
            tell=lambda line: click.echo(f"{INDENT}{words.text(line)}", err=True),
        )
