"""Codings as tables (CSV, XLSX): every piece with its words, so that people can read them and they find their place again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache

from fotfeste.messages import msg
from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.log import LONGEST_MEMO
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.documents.model import Document, Span
from fotfeste.plans.exchange.codes import clean
from fotfeste.plans.exchange.elements import refused
from fotfeste.plans.exchange.model import Imported
from fotfeste.plans.exchange.qdpx import coder_id
from fotfeste.plans.exchange.report import Tally, Why
from fotfeste.plans.exchange.tables import Row, as_csv, as_xlsx, read_table
from fotfeste.plans.exchange.tags import taguette_paths

HEADER = (
    "document", "pages", "heading", "quote", "code", "code_name", "coder", "state", "memo", "at", "cause", "start", "end",
    "text_sha256",
)  # fmt: skip
CAUSE = "table"
_TAGUETTE = {"document": "document", "tag": "code", "content": "quote"}
"""The columns of the highlights that Taguette writes, and ours."""


def codings_as_csv(codings: Iterable[Coding], documents: Iterable[Document], book: Codebook) -> bytes:
    """Return codings as CSV, those of a document in the order of its text; every one has a row, also without its document."""
    return as_csv(HEADER, _rows(codings, documents, book))


def codings_as_xlsx(
    codings: Iterable[Coding], documents: Iterable[Document], book: Codebook, made: datetime
) -> bytes:
    """Return codings as a workbook made at the moment ``made``."""
    return as_xlsx("codings", HEADER, _rows(codings, documents, book), made)


def _rows(
    codings: Iterable[Coding], documents: Iterable[Document], book: Codebook
) -> Iterator[tuple[str | int, ...]]:
    held = {one.text_sha256: one for one in documents}
    order = {sha: place for place, sha in enumerate(held)}
    last = len(order)
    starts = cache(lambda sha: [one.span.start for one in held[sha].passages])
    for one in sorted(
        codings, key=lambda one: (order.get(one.text_sha256, last), one.text_sha256, one.span, one.code)
    ):
        document = held.get(one.text_sha256)
        name = pages = heading = quote = ""
        if document is not None:
            name, quote = document.origin.name, document.at(one.span)
            place = bisect_right(starts(one.text_sha256), one.span.start) - 1
            if place >= 0:
                passage = document.passages[place]
                heading = " › ".join(document.heading_path(passage))
                if passage.pages:
                    pages = "–".join(str(page) for page in dict.fromkeys(passage.pages))
        known = book.by_id.get(one.code)
        yield (
            name, pages, heading, quote, one.code, known.name["nb"] if known else "", one.coder, one.state.value, one.memo,
            one.at.isoformat(), one.cause, one.span.start, one.span.end, one.text_sha256,
        )  # fmt: skip


def read_codings(
    name: str, data: bytes, documents: Iterable[Document], book: Codebook, *, at: datetime, coder: str
) -> Imported:
    """Return the codings in a table: one of ours, or the highlights that Taguette writes.

    A piece is where its position says when its words stand there; else where its words stand, if that is one place only.
    ``at`` and ``coder`` are for rows that do not say. Rows that cannot be placed are told of by their numbers.
    """
    if at.tzinfo is None:
        raise ValueError("the moment of an import has a time zone")
    rows = read_table(name, data)
    columns = {key for _, row in rows for key in row}
    ours = {"code", "quote"} <= columns or {"code", "start", "end", "text_sha256"} <= columns
    if not ours and not set(_TAGUETTE) <= columns:
        raise refused(
            "columns",
            msg("Tabellen mangler kolonner. Den må ha «document», «code» og «quote», eller «document», «tag» og «content»."),
            name,
            msg("Bruk tabellen slik Fotfeste eller Taguette skriver den."),
        )  # fmt: skip
    reading = _Reading(list(documents), book, at, coder)
    for number, row in rows:
        reading.row(number, row if ours else {_TAGUETTE.get(key, key): cell for key, cell in row.items()})
    known = set(HEADER) if ours else {*_TAGUETTE, "id"}
    for extra in sorted(columns - known):
        reading.tally.leave(
            f"@{clean(extra, longest=80)}", Why.NO_PLACE, count=sum(bool(row.get(extra)) for _, row in rows)
        )
    return Imported(reading.tally.report(), codings=tuple(reading.codings))


class _Reading:
    """One reading of one table."""

    def __init__(self, documents: Sequence[Document], book: Codebook, at: datetime, coder: str) -> None:
        self.documents = documents
        self.book = book
        self.at = at
        self.coder = coder
        self.tally = Tally()
        self.codings: list[Coding] = []
        self._seen: set[tuple[str, Span, str, str]] = set()
        paths = taguette_paths(book)
        self._paths = {path.casefold(): code for code, path in paths.items()}
        names = [code.name["nb"].casefold() for code in book.codes]
        self._names = {
            name: code.id for name, code in zip(names, book.codes, strict=True) if names.count(name) == 1
        }
        self._bare: dict[str, tuple[str, list[int]]] = {}

    def row(self, number: int, row: Row) -> None:
        """Take a row in, or tell why not."""
        code = self._code(row.get("code", "").strip())
        state = row.get("state", "").strip() or State.ACCEPTED.value
        found = self._place(row)
        why = None
        if code is None:
            why = Why.CODE_MISSING
        elif isinstance(found, Why):
            why = found
        elif state not in (State.ACCEPTED.value, State.REJECTED.value):
            why = Why.NO_PLACE if state == State.SUGGESTED.value else Why.INVALID
        if why is not None or code is None or isinstance(found, Why):
            self.tally.leave("row", why or Why.INVALID, str(number))
            return
        sha, span = found
        coder = clean(row.get("coder", ""), longest=200) if row.get("text_sha256") else ""
        coder = coder or (coder_id(row["coder"]) if row.get("coder") else self.coder)
        if (sha, span, code, coder) in self._seen:
            self.tally.leave("row", Why.TWICE, str(number))
            return
        self._seen.add((sha, span, code, coder))
        memo = clean(row.get("memo", ""), self.tally, "memo", LONGEST_MEMO)
        cause = clean(row.get("cause", ""), longest=200) or CAUSE
        self.codings.append(
            Coding(sha, span, code, coder, State(state), cause, memo, self._moment(row.get("at", "")))
        )
        self.tally.carry("row")

    def _code(self, stated: str) -> str | None:
        if stated in self.book.by_id:
            return stated
        name = stated.casefold()
        return self._paths.get(name) or self._names.get(name)

    def _moment(self, stated: str) -> datetime:
        if not stated.strip():
            return self.at
        try:
            found = datetime.fromisoformat(stated.strip())
        except ValueError:
            self.tally.leave("at", Why.NO_TIME, stated)
            return self.at
        if found.tzinfo is None:
            self.tally.leave("at", Why.NO_TIME)
            return found.replace(tzinfo=UTC)
        return found

    def _place(self, row: Row) -> tuple[str, Span] | Why:
        quote = "".join(row.get("quote", "").split())
        sha = row.get("text_sha256", "").strip()
        fitting = [one for one in self.documents if one.text_sha256 == sha]
        if fitting and (span := _span(row, fitting[0])) is not None:
            words = "".join(fitting[0].at(span).split())
            # A workbook holds no more than 32 000 signs of a cell.
            if not quote or words == quote or (len(quote) > 20_000 and words.startswith(quote)):
                return sha, span
        if not quote:
            return Why.OUTSIDE
        named = row.get("document", "").strip().casefold()
        fitting = fitting or [
            one for one in self.documents if named in (one.origin.name.casefold(), _stem(one))
        ]
        if not fitting:
            return Why.SOURCE_MISSING
        places = [(one, span) for one in fitting for span in self._by_words(one, quote)]
        if len(places) != 1:
            return Why.SEVERAL if places else Why.NOT_FOLLOWED
        return places[0][0].text_sha256, places[0][1]

    def _by_words(self, document: Document, quote: str) -> list[Span]:
        """At most two places where the words stand: more are as bad as two."""
        sha = document.text_sha256
        if sha not in self._bare:
            places = [place for place, sign in enumerate(document.text) if not sign.isspace()]
            self._bare[sha] = ("".join(document.text.split()), places)
        text, places = self._bare[sha]
        found: list[Span] = []
        at = text.find(quote)
        while at >= 0 and len(found) < 2:
            found.append(Span(places[at], places[at + len(quote) - 1] + 1))
            at = text.find(quote, at + 1)
        return found


def _span(row: Row, document: Document) -> Span | None:
    start, end = row.get("start", "").strip(), row.get("end", "").strip()
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        return None
    return Span(int(start), int(end)) if int(start) < int(end) <= len(document.text) else None


def _stem(document: Document) -> str:
    return document.origin.name.rpartition(".")[0].casefold()
