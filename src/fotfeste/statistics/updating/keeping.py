"""A new version of a data set from an answer: prepared, shown, and only then kept. What stood is never replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg
from fotfeste.regions import Regions
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.importing import add_with_sums, read_file
from fotfeste.statistics.readers.cells import CellRules
from fotfeste.statistics.readers.imdi import NO_MUNICIPALITY, read_imdi_long
from fotfeste.statistics.readers.mapping import read_mapping, shipped_layouts
from fotfeste.statistics.renewing import described_anew, keys_of, revised, span_of
from fotfeste.statistics.store import Store
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.asked import Answer
from fotfeste.statistics.updating.changes import Changes, as_shown, changes_between, of_same_periods
from fotfeste.statistics.updating.checking import refuse_unsound
from fotfeste.statistics.updating.record import Record, read_record, record_path, said_anew
from fotfeste.statistics.updating.turning import Turned, turned, turned_rows

if TYPE_CHECKING:
    import polars as pl

MOST_LOST = 10
"""An answer may lack one in so many of the figures that stood for its periods; our choice, on the cautious side."""


@dataclass(frozen=True)
class Prepared:
    """A version that may be kept: its table, what is said of it, what differs from before, and the record of the fetch."""

    table: DeclaredTable
    frame: pl.DataFrame
    described: Dataset
    changes: Changes
    record: Record
    notes: tuple[Message, ...]
    years: tuple[int, ...]


def prepare(
    store: Store,
    regions: Regions,
    table: DeclaredTable,
    answer: Answer,
    fetched: datetime,
    *,
    accept_loss: bool = False,
) -> Prepared:
    """Turn an answer into the columns of the data set, check it, and compare it with what stands; nothing is written.

    ``fetched`` has a time zone. Raises :class:`InputError` when the answer is not whole, does not fit the data set, or lacks
    much of what stood for its periods (unless ``accept_loss``: the source has taken it away).
    """
    if not table.feeds:
        raise InputError(
            "update.feeds", msg("Tabellen hører ikke til noe datasett."), place=table.id,
            remedy=msg("Oppgi «feeds» i listen over tabeller."),
        )  # fmt: skip
    rows = rows_of(table, answer, regions)
    refuse_unsound(table, rows, regions)
    old = store.frame(table.feeds) if table.feeds in store.versions else None
    if old is not None:
        _refuse_untranslated(table, rows.everything)
    new = _fitting(table, rows.everything, old)
    changes = changes_between(old, new)
    if old is not None and table.whole and not accept_loss:
        _refuse_loss(table, changes, of_same_periods(old, new).height)
    record = Record(table.id, table.table, table.api, answer.where, fetched, rows.cells, rows.said)
    before = _record_before(store, table)
    if before is not None:
        changes = replace(changes, said=tuple(said_anew(before.said, rows.said)))
    years = tuple(sorted(new["year"].unique().to_list()))
    whole = _laid_over(table, old, new)
    described = _described(store, table, whole, new, fetched, years)
    notes = rows.notes
    if table.total and (rows.country is None or rows.country.is_empty()):
        notes = (*notes, msg("Landet er ikke med i svaret, så kommunenes sum er ikke kontrollert."))
    return Prepared(table, whole, described, as_shown(changes, described), record, notes, years)


def keep(store: Store, prepared: Prepared) -> Store:
    """Keep a prepared version: its record first, then its table, and last the manifest that names it.

    The record alone is no version, so an update that stops leaves the old figures as they were.
    """
    if store.data_dir is None:
        raise ValueError("a store without a folder cannot keep updates")
    described = prepared.described
    folder = store.data_dir / described.id
    write_whole(record_path(folder, described.version), prepared.record.content())
    return add_with_sums(store, described, prepared.frame, prepared.years, described.retrieved)


def rows_of(table: DeclaredTable, answer: Answer, regions: Regions) -> Turned:
    """Return the rows of an answer, whatever it came as."""
    if answer.file is None:
        return turned(table, answer.parts, regions)
    if table.api == "imdi_csv":
        rules = CellRules(fractions=table.unit == "per_cent")
        tidy = read_imdi_long(
            answer.file,
            regions,
            rules=rules,
            county=table.level == "county",
            skip=NO_MUNICIPALITY,
            keep=table.columns.keep,
        )
        return turned_rows(table, tidy.frame())
    if not table.layout:
        raise InputError(
            "update.layout",
            msg("Hvordan filen leses, er ikke beskrevet."),
            place=table.id,
            remedy=msg("Les den inn med en egen beskrivelse: {command}", command=table.command),
        )
    beside = answer.file.parent / table.layout
    mapping = read_mapping(table.layout if table.layout in shipped_layouts() else beside)
    return turned_rows(table, read_file(answer.file, mapping, regions).frame())


def _refuse_loss(table: DeclaredTable, changes: Changes, stood: int) -> None:
    """An answer that lacks much of what stood is more likely half an answer than a source that took its figures away."""
    if changes.lost * MOST_LOST > stood:
        raise InputError(
            "update.loss",
            msg(
                "{lost} av {stood} tall som finnes her for samme tid, er ikke i svaret.",
                lost=changes.lost,
                stood=stood,
            ),
            place=table.id,
            remedy=msg("Er de tatt bort av kilden, godta det og se hva som er borte før noe lagres."),
            command=msg("Det gjøres med --accept-loss --dry-run."),
        )


def _refuse_untranslated(table: DeclaredTable, rows: pl.DataFrame) -> None:
    """A word that is not translated would become a category of its own beside those that the data set has."""
    for name, codes in table.columns.codes.items():
        if name in rows.columns:
            unknown = sorted(set(rows[name].unique().to_list()) - set(codes.values()))
            if unknown:
                raise InputError(
                    "update.codes",
                    msg(
                        "Kilden har nye verdier i «{name}»: {codes}.",
                        name=name,
                        codes=", ".join(map(str, unknown[:10])),
                    ),
                    place=table.id,
                    remedy=msg(
                        "Oversett dem under [table.columns.codes] i en egen liste over tabeller (--tables)."
                    ),
                )


def _fitting(table: DeclaredTable, rows: pl.DataFrame, old: pl.DataFrame | None) -> pl.DataFrame:
    """Return the rows in the columns and types of the data set; refuses a mark where the data set has none."""
    if old is None:
        return rows.sort(keys_of(rows))
    if "mark" not in old.columns and (rows["mark"] != Mark.OBSERVED.value).any():
        raise InputError(
            "update.marks",
            msg(
                "Datasettet «{dataset}» trenger tall i alle celler, men svaret har hull.", dataset=table.feeds
            ),
            place=table.id,
            remedy=msg("Se om kilden har rettet tabellen, og prøv igjen."),
        )
    return revised(old.head(0), rows, table.feeds)


def _laid_over(table: DeclaredTable, old: pl.DataFrame | None, new: pl.DataFrame) -> pl.DataFrame:
    """Return the whole new version: rows of periods that the answer says nothing of stay as they were."""
    import polars as pl

    if old is None:
        return new
    if not table.whole:
        return revised(old, new, table.feeds)
    return pl.concat([of_same_periods(old, new, other=True), new]).sort(keys_of(old))


def _described(
    store: Store,
    table: DeclaredTable,
    whole: pl.DataFrame,
    new: pl.DataFrame,
    fetched: datetime,
    years: tuple[int, ...],
) -> Dataset:
    version = _version(store, table.feeds, fetched)
    day = fetched.date()
    below, measures = _hidden_below(table, whole)
    if table.feeds in store.versions:
        files = [f"{table.agency}, {table.table}"]
        described = described_anew(store.dataset(table.feeds), version, whole, years, day, files)
        return (
            replace(described, suppress_below=below, suppressed_measures=measures)
            if table.rates
            else described
        )
    return Dataset(
        id=table.feeds,
        path=Path(),
        titles=dict(table.titles),
        agency=table.agency,
        table=table.table,
        licence=table.licence,
        period=span_of(new["year"].unique().to_list()),
        unit=table.unit,
        retrieved=day,
        remark=table.remark,
        sha256="",
        rows=0,
        suppress_below=below,
        suppressed_measures=measures,
        smallest_base=table.smallest_base,
        version=version,
    )


def _hidden_below(table: DeclaredTable, rows: pl.DataFrame) -> tuple[int, tuple[str, ...]]:
    """Return the limit under which counts are hidden, and the measures that are counts where others are rates."""
    if not table.rates or "measure" not in rows.columns:
        return table.suppress_below, ()
    counts = sorted(set(rows["measure"].unique().to_list()) - set(table.rates))
    return (table.suppress_below, tuple(counts)) if counts else (0, ())


def _version(store: Store, dataset: str, fetched: datetime) -> str:
    """Return the day of the fetch as a name, with a number when the day has a version already."""
    day = fetched.date().isoformat()
    taken = {one.version for one in store.versions.get(dataset, ())}
    number = 2
    name = day
    while name in taken:
        name, number = f"{day}-{number}", number + 1
    return name


def _record_before(store: Store, table: DeclaredTable) -> Record | None:
    """Return the newest record of this table among the versions of its data set."""
    if store.data_dir is None:
        return None
    for one in reversed(store.versions.get(table.feeds, ())):
        found = read_record(record_path(store.data_dir / table.feeds, one.version))
        if found is not None and found.table == table.id:
            return found
    return None
