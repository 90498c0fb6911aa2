"""The registry of source tables on the command line: chosen by name, and shown with what each number rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.output import as_table, emit, in_lines
from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg

if TYPE_CHECKING:
    from fotfeste.statistics import Store
    from fotfeste.statistics.tables_declared import DeclaredTable

WIDEST = 34
CONFIRMED_BY: Mapping[str, Message] = {
    "our_data": msg("egne tall"),
    "official_page": msg("kildens side"),
    "fixture": msg("ekte svar"),
    "to_be_confirmed": msg("må bekreftes"),
}


def list_tables(tables: Sequence[DeclaredTable], words: Language, *, as_json: bool) -> None:
    """Print the tables, or one of them with all that is known of its number."""
    if as_json:
        emit("json", [], [], {"schema": 1, "tables": [_described(one, words) for one in tables]})
        return
    header = [words.text(title) for title in _TITLES]
    rows = [
        (
            one.id,
            one.titles.get(words.locale, one.titles["nb"]),
            one.agency,
            one.table or "–",
            one.feeds or "–",
            words.text(CONFIRMED_BY[one.confirmed.by]),
        )
        for one in tables
    ]
    click.echo(as_table(header, rows, widest=WIDEST))
    if len(tables) == 1:
        one = tables[0]
        click.echo()
        unsure = one.columns.to_be_confirmed
        columns = msg("Må bekreftes når tabellen hentes: kolonnene {names}.", names=", ".join(unsure))
        about = (one.confirmed.what, one.confirmed.where, one.lead, one.remark)
        for line in (*about, words.text(columns) if unsure else "", one.command):
            if line:
                click.echo(in_lines(line, ""))


def _described(one: DeclaredTable, words: Language) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.titles.get(words.locale, one.titles["nb"]),
        "agency": one.agency,
        "api": one.api,
        "table": one.table,
        "feeds": one.feeds,
        "held_as": list(one.held_as),
        "level": one.level,
        "periods": one.periods,
        "frequency": one.frequency,
        "licence": one.licence,
        "confirmed_by": one.confirmed.by,
        "confirmed_what": one.confirmed.what,
        "confirmed_where": one.confirmed.where,
        "columns_to_be_confirmed": list(one.columns.to_be_confirmed),
        "larger_levels": list(one.also),
        "command": one.command,
    }


_TITLES = (msg("id"), msg("tittel"), msg("kilde"), msg("tabell"), msg("datasett"), msg("nummeret bygger på"))


def table_named(name: str, tables: Mapping[str, DeclaredTable]) -> DeclaredTable:
    """Return a table by its id; raises :class:`InputError` that names those that are near."""
    if name in tables:
        return tables[name]
    near = [one for one in tables if name.lower() in one or tables[one].table == name]
    raise InputError(
        "update.unknown",
        msg("Tabellen «{name}» står ikke i listen.", name=name),
        remedy=msg("Mente du {names}?", names=", ".join(near[:5]))
        if near
        else msg("Se hvilke tabeller som finnes: fotfeste data update --list"),
    )


def usual_tables(every: Collection[DeclaredTable], store: Store, folder: Path | None) -> list[DeclaredTable]:
    """Return the tables that are fetched when none is named: those with a file in the folder, or with a data set here."""
    if folder is not None:
        found = {file.name.split(".")[0] for file in folder.iterdir() if file.is_file()}
        return [one for one in every if one.id in found]
    return [
        one
        for one in every
        if one.is_confirmed and not one.is_file and one.api != "klass" and one.feeds in store.versions
    ]
