"""Read JSON-stat: from the bytes that an agency answers with to a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.answer import (
    Limits,
    NotInPieces,
    tables_at_once,
    tables_in_pieces,
    tables_of,
)
from fotfeste.statistics.jsonstat.cells import read_status, read_values
from fotfeste.statistics.jsonstat.dimensions import read_dimensions
from fotfeste.statistics.jsonstat.faults import fault
from fotfeste.statistics.jsonstat.parts import object_in, text_in, texts_in
from fotfeste.statistics.jsonstat.table import Description, JsonStat

Content = bytes | Mapping[str, object]
Tables = Mapping[str, Mapping[str, object]]

USUAL = Limits()


def decode(content: Content, dataset: str | None = None, *, limits: Limits = USUAL) -> JsonStat:
    """Return the table that a JSON-stat answer holds (version 1 or 2).

    ``content`` is the answer as it came (UTF-8), or already read from JSON. ``dataset`` chooses among several tables
    in one answer (before version 2 only). Raises :class:`InputError`, with the place within the answer, for everything
    that is not as the format says.

    Source: https://json-stat.org/full/ (version 2.0), https://json-stat.org/format/ (before it).
    """
    if isinstance(content, bytes):
        try:
            return _table(*_chosen(tables_in_pieces(content, limits), dataset), limits)
        except NotInPieces:
            return _table(*_chosen(tables_at_once(content, limits), dataset), limits)
    return _table(*_chosen(tables_of(content), dataset), limits)


def decode_all(content: Content, *, limits: Limits = USUAL) -> Mapping[str, JsonStat]:
    """Return every table of an answer by name; in version 2 there is one, and its name is ``dataset``."""
    tables = tables_at_once(content, limits) if isinstance(content, bytes) else tables_of(content)
    return {name: _table(name, table, limits) for name, table in tables.items()}


def describe(content: Content, dataset: str | None = None, *, limits: Limits = USUAL) -> Description:
    """Return what an answer says of its table without the cells; the metadata of PxWebApi 2 have none."""
    tables = tables_at_once(content, limits) if isinstance(content, bytes) else tables_of(content)
    return _description(*_chosen(tables, dataset))


def _table(name: str, table: Mapping[str, object], limits: Limits) -> JsonStat:
    description = _description(name, table)
    if description.size > limits.cells:
        raise fault(
            "jsonstat.large",
            msg(
                "Tabellen har {cells} celler. Flere enn {most} leses ikke.",
                cells=description.size,
                most=limits.cells,
            ),
            None,
            msg("Be om færre kategorier om gangen."),
        )
    return JsonStat(
        label=description.label,
        source=description.source,
        updated=description.updated,
        dimensions=description.dimensions,
        note=description.note,
        extension=description.extension,
        updated_text=description.updated_text,
        values=read_values(table.get("value"), description),
        status=read_status(table.get("status"), description),
    )


def _chosen(tables: Tables, dataset: str | None) -> tuple[str, Mapping[str, object]]:
    if dataset is None and len(tables) == 1:
        return next(iter(tables.items()))
    if dataset is not None and dataset in tables:
        return dataset, tables[dataset]
    raise fault(
        "jsonstat.dataset",
        msg("Svaret har flere tabeller.")
        if dataset is None
        else msg("Svaret har ingen tabell «{name}».", name=dataset),
        None,
        msg("Tabellene i svaret er: {names}.", names=", ".join(tables)),
    )


def _description(name: str, table: Mapping[str, object]) -> Description:
    updated = text_in(table.get("updated"), "updated")
    return Description(
        label=text_in(table.get("label"), "label") or name,
        source=text_in(table.get("source"), "source"),
        updated=_time(updated),
        dimensions=read_dimensions(table),
        note=texts_in(table.get("note"), "note"),
        extension=object_in(table.get("extension"), "extension"),
        updated_text=updated,
    )


def _time(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
