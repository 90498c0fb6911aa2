"""Fetch a table in parts that fit: every cell once, from one edition of the table, without asking twice for what is there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fotfeste.messages import Message, msg
from fotfeste.statistics.clients.expressions import Selection, resolve
from fotfeste.statistics.clients.faults import SourceFault, TableChanged, TooManyCells
from fotfeste.statistics.clients.kept import Kept, kept_in
from fotfeste.statistics.clients.limits import load_limits
from fotfeste.statistics.clients.metadata import Edition, TableMetadata, checksum
from fotfeste.statistics.clients.splitting import Axes, cells, split

if TYPE_CHECKING:
    from fotfeste.statistics.jsonstat import JsonStat

log = logging.getLogger(__name__)

RESTARTS = 2
HALVINGS = 8

Tell = Callable[[Message], None]
"""Where words about the fetch go, for the person who waits for it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much a source gives in one answer: cells, and chosen values where it counts them too."""

    cells: int
    values: int | None = None


class Tables(Protocol):
    """A source of tables: what a client must be able to do for its tables to be fetched in parts."""

    @property
    def name(self) -> str:
        """What is fetched from where, apart from what is chosen: address, table, language, code lists."""

    def describe(self) -> TableMetadata:
        """Return the table's metadata as they are now."""

    def size(self) -> Size:
        """Return how much the source gives in one answer."""

    def ask(self, part: Axes, metadata: TableMetadata) -> bytes:
        """Return the JSON-stat answer to one part; raises ``TooManyCells`` or ``TableChanged`` where that is what is wrong."""


def fetch(
    tables: Tables, selection: Selection, *, resume: Path | None = None, tell: Tell | None = None
) -> Iterator[JsonStat]:
    """Give the parts of a selection, in order, when all of them are fetched and belong together.

    Each part has at most the source's limit of cells, and together they have each cell once. With ``resume`` the parts are
    kept on disk as they come: after an interruption only the rest is asked for. A table that is changed on the way is started
    anew, with a word to ``tell``; what is given out is always of one edition. Raises :class:`InputError` when the selection
    does not fit the table and :class:`SourceFault` for the rest.
    """
    say = tell or _in_silence
    key = checksum([tables.name, dict(selection)])
    kept = kept_in(resume, key)
    for restart in range(RESTARTS + 1):
        metadata = tables.describe()
        axes = resolve(selection, metadata)
        if kept.begin(metadata.version):
            say(_anew(metadata, msg("den er endret siden den forrige henting ble avbrutt.")))
        try:
            parts = _fetched(tables, metadata, axes, kept, say)
        except TableChanged as change:
            kept.forget()
            if restart == RESTARTS:
                raise
            log.warning("%s: %s changed while it was fetched; starting anew", tables.name, metadata.table)
            say(_anew(metadata, change.why))
            continue
        for part in parts:
            yield part()
        return


def _in_silence(_: Message) -> None:
    """Say nothing: nobody waits."""


def _anew(metadata: TableMetadata, why: Message) -> Message:
    return msg("Tabell {table} hentes på nytt fra begynnelsen: {why}", table=metadata.table, why=why)


def _fetched(
    tables: Tables, metadata: TableMetadata, axes: Axes, kept: Kept, say: Tell
) -> list[Callable[[], JsonStat]]:
    """Fetch all parts and return, in order, how to read each; a single part is read already and is not read twice."""
    size = tables.size()
    place = f"{metadata.source}, {metadata.table}"
    waiting = _parts([axes], size, place)
    edition = None if metadata.edition is Edition.IN_ANSWERS else metadata.updated
    keys: list[str] = []
    last: JsonStat | None = None
    halvings = 0
    while waiting:
        part = waiting[0]
        key = checksum([tables.name, metadata.version, list(part.items())])
        # Where only answers tell the edition, one must be asked for before those that are kept can be trusted.
        content = None if edition is None else kept.get(key)
        fresh = content is None
        if content is None:
            try:
                content = tables.ask(part, metadata)
            except TooManyCells:
                halvings += 1
                if cells(part) == 1 or halvings > HALVINGS:
                    raise
                half = -(-cells(part) // 2)
                log.warning("%s: %d cells were refused, asking for %d", metadata.table, cells(part), half)
                waiting = _parts(waiting, Size(half, size.values), place)
                continue
        last = checked(content, part, metadata)
        found = last.updated_text
        if metadata.edition is Edition.IN_METADATA or not found:
            found = metadata.updated
        edition = found if edition is None else edition
        if found != edition:
            raise TableChanged(msg("delene er fra ulike oppdateringer."), place)
        if fresh:
            kept.put(key, content)
        keys.append(key)
        waiting = waiting[1:]
        if len(keys) + len(waiting) > 1:
            say(msg("{done} av {all} deler er hentet.", done=len(keys), all=len(keys) + len(waiting)))
    if metadata.edition is Edition.IN_METADATA and tables.describe().version != metadata.version:
        raise TableChanged(msg("kilden har oppdatert den."), place)
    if len(keys) == 1 and last is not None:
        whole = last
        return [lambda: whole]
    return [_reader(kept, key) for key in keys]


def _parts(wholes: list[Axes], size: Size, place: str) -> list[Axes]:
    """Return the parts of several selections, in order; a source that gives too little at a time is not worn out."""
    most = load_limits().patience.parts
    least = sum(-(-cells(whole) // size.cells) for whole in wholes)
    too_narrow = size.values is not None and any(size.values < len(whole) for whole in wholes)
    if least > most or too_narrow:
        raise SourceFault(
            "source.many_parts",
            msg("Kilden gir så lite i hvert svar at utvalget ikke kan hentes i rimelig tid."),
            place=place,
            remedy=msg("Velg færre verdier, og hent resten for seg."),
        )
    return [part for whole in wholes for part in split(whole, size.cells, size.values)]


def _reader(kept: Kept, key: str) -> Callable[[], JsonStat]:
    def read() -> JsonStat:
        from fotfeste.statistics.jsonstat import decode

        content = kept.get(key)
        if content is None:
            raise TableChanged(msg("en del som var hentet, er borte fra disken."), key)
        return decode(content)

    return read


def checked(content: bytes, part: Axes, metadata: TableMetadata) -> JsonStat:
    """Return the table in an answer, when it has exactly the codes that were asked for.

    A variable that was not asked for is summed away; where it still stands, it has one code. Raises
    :class:`TableChanged` when the answer is about something else, and :class:`InputError` when it is not JSON-stat.
    """
    from fotfeste.statistics.jsonstat import decode

    answer = decode(content)
    place = f"{metadata.source}, {metadata.table}"
    answered: Mapping[str, tuple[str, ...]] = {one.id: one.codes for one in answer.dimensions}
    for name, codes in part.items():
        if name not in answered:
            raise TableChanged(msg("svaret mangler variabelen «{name}».", name=name), place)
        if set(answered[name]) != set(codes):
            odd = sorted(set(answered[name]) ^ set(codes))
            raise TableChanged(
                msg(
                    "svaret har andre koder for «{name}» enn det ble spurt om ({codes}).",
                    name=name,
                    codes=", ".join(odd[:5]),
                ),
                place,
            )
    for name, codes in answered.items():
        if name not in part and len(codes) != 1:
            raise TableChanged(
                msg("svaret har en variabel det ikke ble spurt om: «{name}».", name=name), place
            )
    return answer
