"""Codebooks as tables, the way Taguette writes and reads them: a tag with its path, and a description."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fotfeste.messages import msg
from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.exchange.codes import clean, codebook_of
from fotfeste.plans.exchange.elements import refused
from fotfeste.plans.exchange.model import Imported
from fotfeste.plans.exchange.report import Tally, Why
from fotfeste.plans.exchange.tables import as_csv, as_xlsx, read_table
from fotfeste.plans.exchange.tags import tag_nodes, taguette_paths

_NAMES = ("tag", "name", "path")
"""What Taguette lets the column of tags be called."""
_COUNTS = {"number of highlights", "number of documents"}
"""Columns that Taguette counts anew itself."""
HEADER = ("tag", "description")


def read_codebook_table(name: str, data: bytes, *, dated: date) -> Imported:
    """Return the codebook in a CSV or XLSX file from Taguette; raises :class:`InputError` for one without tags."""
    rows = read_table(name, data)
    columns = {key for _, row in rows for key in row}
    named = [one for one in _NAMES if one in columns]
    if len(named) != 1:
        what = msg("Tabellen må ha én kolonne som heter «tag», «name» eller «path».")
        raise refused("columns", what, name)
    tally = Tally()
    tags = []
    for number, row in rows:
        path = clean(row.get(named[0], ""), tally, "tag", 500)
        if not path:
            tally.leave("row", Why.EMPTY, str(number))
            continue
        tags.append((path, row.get("description", "")))
    for extra in sorted(columns - {named[0], "description"}):
        tally.leave(
            f"@{clean(extra, longest=80)}", Why.NO_PLACE, count=sum(bool(row.get(extra)) for _, row in rows)
        )
    nodes, _ = tag_nodes(tags, tally)
    title = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    book, ids = codebook_of(nodes, title, "Taguette", dated, tally, "tag")
    if book is None:
        raise refused("no_codes", msg("Filen har ingen koder."), name)
    return Imported(tally.report(), book, {ours: path for path, ours in ids.items()})


def codebook_as_taguette(book: Codebook) -> bytes:
    """Return a codebook as the CSV that Taguette imports."""
    return as_csv(HEADER, _rows(book))


def codebook_as_xlsx(book: Codebook) -> bytes:
    """Return a codebook as a workbook with the columns that Taguette writes."""
    return as_xlsx("codebook", HEADER, _rows(book), book.dated)


def _rows(book: Codebook) -> Sequence[tuple[str, str]]:
    paths = taguette_paths(book)
    return [(paths[code.id], code.definition.get("nb", "")) for code in book.codes]
