"""The edition of some figures: a short text that is the same as long as the figures, their periods and their sources are.

A permanent link carries it, so that whoever follows the link later is told whether the figures are still the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from fotfeste.messages import Language, Message, msg
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import DataTable
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.sources import EMBEDDED, Source

LETTERS = 12


def edition_of(knowledge: Knowledge, indicators: Iterable[str], *several: DataTable) -> str:
    """Return the edition of the figures in some tables about ``indicators``; it is alike in all languages.

    Only figures, numbers and codes count, not what anything is called.
    """
    names = tuple(indicators)
    parts = [f"{name} {knowledge.period(name)}" for name in names]
    parts += [f"{one.dataset} {one.version} {one.retrieved}" for one in _sources(knowledge, names)]
    for data in several:
        kept = [at for at, one in enumerate(data.columns) if not one.for_people]
        for row, link in zip(data.rows, data.links or [""] * len(data.rows), strict=True):
            parts.append(link)
            parts += [_written(figure) for at in kept if isinstance(figure := row[at], Figure)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:LETTERS]


def _written(figure: Figure) -> str:
    return f"{figure.value}{figure.mark.value}{figure.low} {figure.high}{'*' if figure.estimated else ''}"


def data_versions(knowledge: Knowledge, indicators: Iterable[str], words: Language) -> str:
    """Return the versions of the data sets behind ``indicators``, as a reader is told them."""
    return "; ".join(words.text(_version(one)) for one in _sources(knowledge, tuple(indicators)))


def _version(source: Source) -> Message:
    if source.version == EMBEDDED:
        return msg(
            "{dataset}: følger med Fotfeste, hentet {day}", dataset=source.dataset, day=source.retrieved
        )
    return msg(
        "{dataset}: versjon {version}, hentet {day}",
        dataset=source.dataset,
        version=source.version,
        day=source.retrieved,
    )


def _sources(knowledge: Knowledge, indicators: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(one for name in indicators for one in knowledge.sources(name)))
