"""Read JSON-stat: from the bytes that an agency answers with to a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NoReturn

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.cells import read_status, read_values
from fotfeste.statistics.jsonstat.dimensions import read_dimensions
from fotfeste.statistics.jsonstat.faults import FETCH_AGAIN, fault
from fotfeste.statistics.jsonstat.parts import object_in, texts_in
from fotfeste.statistics.jsonstat.table import Description, JsonStat

LARGEST_ANSWER = 200_000_000
MOST_CELLS = 10_000_000

Content = bytes | Mapping[str, object]


def decode(content: Content, dataset: str | None = None, *, largest: int = LARGEST_ANSWER) -> JsonStat:
    """Return the table that a JSON-stat answer holds (version 1 or 2).

    ``content`` is the answer as it came (UTF-8), or already read from JSON. ``dataset`` chooses among several tables
    in one answer (version 1 only). ``largest`` is the greatest number of bytes that is read. Raises
    :class:`InputError`, with the place within the answer, for everything that is not as the format says.

    Source: https://json-stat.org/full/ (version 2.0) and https://json-stat.org/format/ (versions before it).
    """
    name, table = _chosen(_tables(content, largest), dataset)
    description = _description(table, name)
    if description.size > MOST_CELLS:
        raise fault(
            "jsonstat.large",
            msg(
                "Tabellen har {cells} celler. Flere enn {most} leses ikke.",
                cells=description.size,
                most=MOST_CELLS,
            ),
            name,
            msg("Be om færre kategorier om gangen."),
        )
    return _table(description, table)


def decode_all(content: Content, *, largest: int = LARGEST_ANSWER) -> Mapping[str, JsonStat]:
    """Return every table of an answer by name; in version 2 there is one, and its name is ``dataset``."""
    tables = _tables(content, largest)
    return {name: decode(tables, name) for name in tables}


def describe(content: Content, dataset: str | None = None, *, largest: int = LARGEST_ANSWER) -> Description:
    """Return what an answer says of its table, and leave the cells; PxWebApi's metadata have none."""
    name, table = _chosen(_tables(content, largest), dataset)
    return _description(table, name)


def _table(description: Description, table: Mapping[str, object]) -> JsonStat:
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


def _tables(content: Content, largest: int) -> Mapping[str, Mapping[str, object]]:
    """Return the tables of an answer by name, whichever version it is written in."""
    answer = _parsed(content, largest) if isinstance(content, bytes) else content
    if not isinstance(answer, Mapping):
        raise _no_table()
    if "class" in answer or "version" in answer:
        kind = answer.get("class", "dataset")
        if kind != "dataset":
            raise fault(
                "jsonstat.class",
                msg("Svaret er ikke en tabell, men «{kind}».", kind=str(kind)),
                "class",
                msg("Be om én tabell om gangen (JSON-stat med class «dataset»)."),
            )
        return {"dataset": answer}
    if "dimension" in answer and "value" in answer:
        return {"dataset": answer}
    tables = {name: one for name, one in answer.items() if isinstance(one, Mapping) and "dimension" in one}
    if not tables:
        raise _no_table()
    return tables


def _chosen(
    tables: Mapping[str, Mapping[str, object]], dataset: str | None
) -> tuple[str, Mapping[str, object]]:
    if dataset is None and len(tables) == 1:
        return next(iter(tables.items()))
    if dataset is not None and dataset in tables:
        return dataset, tables[dataset]
    what = (
        msg("Svaret har flere tabeller.")
        if dataset is None
        else msg("Svaret har ingen tabell «{name}».", name=dataset)
    )
    raise fault(
        "jsonstat.dataset", what, None, msg("Tabellene i svaret er: {names}.", names=", ".join(tables))
    )


def _parsed(content: bytes, largest: int) -> object:
    if len(content) > largest:
        raise fault(
            "jsonstat.large",
            msg("Svaret er på {size} byte. Mer enn {most} leses ikke.", size=len(content), most=largest),
            None,
            msg("Be om færre kategorier om gangen."),
        )
    try:
        return json.loads(content, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise fault(
            "jsonstat.text", msg("Svaret er ikke skrevet i UTF-8."), f"byte {error.start}", FETCH_AGAIN
        ) from error
    except json.JSONDecodeError as error:
        if not content.strip():
            raise fault("jsonstat.empty", msg("Svaret er tomt.")) from error
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
            raise fault(
                "jsonstat.cut",
                msg("Svaret slutter midt i tabellen ({size} byte kom).", size=len(content)),
            ) from error
        raise fault(
            "jsonstat.json",
            msg("Svaret er ikke JSON."),
            f"linje {error.lineno}, tegn {error.colno}",
        ) from error
    except (ValueError, RecursionError) as error:
        raise fault("jsonstat.json", msg("Svaret er ikke JSON.")) from error


def _no_number(text: str) -> NoReturn:
    raise fault(
        "jsonstat.number",
        msg("Svaret har «{text}» der det skal stå et tall.", text=text),
        "value",
    )


def _no_table() -> Exception:
    return fault("jsonstat.none", msg("Svaret har ingen tabell i formatet JSON-stat."))


def _description(table: Mapping[str, object], name: str) -> Description:
    updated = table.get("updated")
    return Description(
        label=_text(table.get("label")) or name,
        source=_text(table.get("source")),
        updated=_time(_text(updated)),
        dimensions=read_dimensions(table),
        note=texts_in(table.get("note"), "note"),
        extension=object_in(table.get("extension"), "extension"),
        updated_text=_text(updated),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _time(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
