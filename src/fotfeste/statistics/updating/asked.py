"""Where an answer comes from: the source itself, or a folder of answers that somebody fetched.

An answer is JSON-stat in parts, or a file (IMDi's CSV, a workbook) that a reader turns into rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fotfeste.errors import DataMissing, InputError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg
from fotfeste.statistics.tables_declared.values import DeclaredTable

if TYPE_CHECKING:
    from fotfeste.statistics.clients import Http, TableMetadata
    from fotfeste.statistics.jsonstat import JsonStat

IMDI = "https://app-simapi-prod.azurewebsites.net/download_csv"
"""IMDi's endpoints of CSV, as the queries that made our files use them; no page of IMDi's documents them."""
CSV_KINDS = (
    "text/csv",
    "application/csv",
    "application/octet-stream",
    "text/plain",
    "application/vnd.ms-excel",
)
SUFFIXES = (".xlsx", ".csv")
WITHOUT_TIME = re.compile(r"(?P<year>(?:19|20)\d{2})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source gave: parts of JSON-stat, or a file; ``where`` is the address or the path it came from.

    A file that is ``passing`` was fetched only to be read, and may be removed when it is.
    """

    where: str
    parts: tuple[JsonStat, ...] = ()
    file: Path | None = None
    passing: bool = False


class Sources(Protocol):
    """Something that answers for declared tables."""

    def answer(self, table: DeclaredTable) -> Answer:
        """Return the answer for a table."""


@dataclass(frozen=True)
class Live:
    """The sources themselves, through the clients.

    ``work`` keeps parts already fetched, so they are not asked for again; ``tell`` is where words for the one who waits go.
    """

    http: Http
    work: Path
    bases: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[Message], None] | None = None

    def answer(self, table: DeclaredTable) -> Answer:
        """Fetch a table; raises :class:`InputError` for one that is not confirmed or that has no interface."""
        refuse_unconfirmed(table)
        if table.is_file:
            raise InputError(
                "update.by_hand",
                msg("{agency} har ikke noe grensesnitt for denne tabellen.", agency=table.agency),
                place=table.id,
                remedy=msg("Hent filen på kildens sider, og les den inn: {command}", command=table.command),
            )
        base = table.base or self.bases.get(table.api, "")
        match table.api:
            case "pxweb2":
                return self._pxweb2(table, base)
            case "pxweb1":
                return self._pxweb1(table, base)
            case "fhi":
                return self._fhi(table, base)
            case "imdi_csv":
                return self._imdi(table, base or IMDI)
        raise InputError(
            "update.division", msg("Dette er en inndeling, ikke en tabell med tall."), place=table.id
        )

    def _pxweb2(self, table: DeclaredTable, base: str) -> Answer:
        from fotfeste.statistics.clients import PxWeb2

        client = PxWeb2(self.http, base)
        chosen = selection_of(table, client.metadata(table.table))
        parts = tuple(client.fetch(table.table, chosen, self.work / table.id, tell=self.tell))
        return Answer(f"{client.base}/tables/{table.table}", parts)

    def _pxweb1(self, table: DeclaredTable, base: str) -> Answer:
        from fotfeste.statistics.clients import PxWeb1

        client = PxWeb1(self.http, base)
        chosen = selection_of(table, client.metadata(table.table))
        parts = tuple(client.fetch(table.table, chosen, self.work / table.id, tell=self.tell))
        return Answer(f"{client.base}/no/table/{table.table}", parts)

    def _fhi(self, table: DeclaredTable, base: str) -> Answer:
        from fotfeste.statistics.clients import Fhi

        client = Fhi(self.http, base)
        source, _, number = table.table.partition("/")
        chosen = selection_of(table, client.metadata(source, number))
        parts = tuple(client.fetch(source, number, chosen, self.work / table.id, tell=self.tell))
        return Answer(f"{client.base}/{source}/table/{number}", parts)

    def _imdi(self, table: DeclaredTable, base: str) -> Answer:
        address = f"{base.rstrip('/')}/{table.table}"
        content = self.http.get(address, (), CSV_KINDS).content
        path = self.work / table.id / f"{table.id}.csv"
        write_whole(path, content)
        return Answer(address, file=path, passing=True)


@dataclass(frozen=True, slots=True)
class Folder:
    """Answers that lie in a folder, named after their tables: ``ssb_07459.json``, ``imdi_intro_deltakere.csv``.

    Several parts of one answer are numbered: ``ssb_07459.1.json``, ``ssb_07459.2.json``.
    """

    path: Path

    def answer(self, table: DeclaredTable) -> Answer:
        """Read a table's answer; raises :class:`DataMissing` when the folder has none."""
        from fotfeste.statistics.jsonstat import decode
        from fotfeste.statistics.readers.grids import Limits, content_of

        for suffix in SUFFIXES:
            file = self.path / f"{table.id}{suffix}"
            if file.is_file():
                return Answer(file.name, file=file)
        refuse_unconfirmed(table)
        names = sorted(
            (file for file in self.path.glob(f"{table.id}*.json") if _is_part(file, table.id)), key=_number
        )
        if not names:
            raise DataMissing(
                "update.no_file",
                msg("Mappen har ikke noe svar for tabellen."),
                place=str(self.path),
                remedy=msg(
                    "Legg svaret der med navnet {name}.",
                    name=f"{table.id}.csv"
                    if table.api == "imdi_csv" or table.is_file
                    else f"{table.id}.json",
                ),
            )
        parts = tuple(decode(content_of(file, Limits())) for file in names)
        return Answer(", ".join(file.name for file in names), parts)


def refuse_unconfirmed(table: DeclaredTable) -> None:
    """Raise :class:`InputError` for a table whose number nothing confirms: a wrong table would be worse than none."""
    if not table.is_confirmed or not table.table:
        raise InputError(
            "update.to_be_confirmed",
            msg("Tabellnummeret er ikke bekreftet. Tabellen skal ha: {what}", what=table.confirmed.what),
            place=table.id,
            remedy=msg(
                "Finn tabellen på kildens sider, skriv nummeret i en egen liste over tabeller og oppgi den med --tables."
            ),
        )


def selection_of(table: DeclaredTable, metadata: TableMetadata) -> dict[str, Sequence[str]]:
    """Return what to ask for of every variable: what is declared, years from ``since``, otherwise everything.

    Raises :class:`InputError` when a declared variable is no longer in the table.
    """
    declared = dict(table.columns.selection)
    chosen: dict[str, Sequence[str]] = {}
    for variable in metadata.variables:
        named = next((name for name in (variable.code, variable.label) if name in declared), None)
        if named is not None:
            chosen[variable.code] = declared.pop(named)
        elif variable.time and table.since:
            found = [code for code in variable.codes if year_in(code) >= table.since]
            chosen[variable.code] = found or ["top(1)"]
        else:
            chosen[variable.code] = ["*"]
    if declared:
        names = tuple(variable.code for variable in metadata.variables)
        raise InputError(
            "update.variable",
            msg("Tabellen har ikke lenger variabelen «{name}».", name=next(iter(declared))),
            place=table.id,
            remedy=msg("Variablene er: {names}. Rett listen over tabeller.", names=", ".join(names)),
        )
    return chosen


def year_in(code: str) -> int:
    """Return the last year that a code of time names; zero when it names none."""
    found: list[str] = WITHOUT_TIME.findall(code)
    return int(found[-1]) if found else 0


def _is_part(file: Path, name: str) -> bool:
    return re.fullmatch(rf"{re.escape(name)}(?:\.\d+)?\.json", file.name) is not None


def _number(file: Path) -> int:
    found = re.search(r"\.(\d+)\.json$", file.name)
    return int(found[1]) if found else 0
