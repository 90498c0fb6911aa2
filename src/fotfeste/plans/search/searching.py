"""Search the index: which passages, in which order, with their matches in context."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.documents.model import Language, PassageKind, Span
from fotfeste.plans.search.context import in_context
from fotfeste.plans.search.model import Answer, Chosen, FoundPassage, LeftOut
from fotfeste.plans.search.ranking import ONLY_POINTS, scores
from fotfeste.plans.search.tallies import IN_LIST, Tally, Tallying
from fotfeste.plans.words.patterns import Pattern

MOST_AT_ONCE = 200
MOST_LINES = 50
"""Lines that are shown of one passage."""
MOST_WORDS_LEFT_OUT = 20
WIDTH = 60


def search(
    connection: sqlite3.Connection,
    query: str | Pattern,
    chosen: Chosen | None = None,
    *,
    first: int = 0,
    most: int = 20,
    width: int = WIDTH,
    left_out: bool = False,
) -> Answer:
    """Return the passages that ``query`` finds, the best first, from number ``first`` (0) and at most ``most``.

    ``left_out`` shows instead the passages where only look-alikes stand. The number of passages and documents is exact.
    Raises :class:`PatternError` for a query that cannot be read. The order is explained in ``ranking``.
    """
    pattern = query if isinstance(query, Pattern) else Pattern.parse(query)
    first = max(0, first)
    most = max(0, min(most, MOST_AT_ONCE))
    width = max(0, min(width, 1000))
    connection.execute("BEGIN")
    try:
        counting = Tallying(connection, _allowed(chosen or Chosen()))
        tally = counting.tally(pattern.tree)
        passages = set(tally.left_out) - set(tally.found) if left_out else set(tally.found)
        ordered, by_document = _ranked(connection, passages, counting, first + most)
        found = _shown(connection, pattern, ordered[first:], width)
        return Answer(len(passages), len(by_document), found, _summed(tally), by_document)
    finally:
        connection.execute("COMMIT")


def _allowed(chosen: Chosen) -> tuple[str, tuple[object, ...]] | None:
    """Return a query for the passages that are chosen, with its values; none when all are."""
    conditions: list[str] = []
    values: list[object] = []

    def within(column: str, some: Iterable[object]) -> None:
        conditions.append(f"{column} IN {IN_LIST}")
        values.append(json.dumps(list(some)))

    if chosen.kinds is not None:
        within("passage.kind", [one.value for one in chosen.kinds])
    if chosen.languages is not None:
        within("passage.language", [one.value for one in chosen.languages])
    if chosen.documents is not None:
        conditions.append(f"passage.document IN (SELECT number FROM document WHERE id IN {IN_LIST})")
        values.append(json.dumps(list(chosen.documents)))
    for name, wanted in chosen.keys.items():
        conditions.append(
            f"passage.document IN (SELECT document FROM key WHERE name = ? AND value IN {IN_LIST})"
        )
        values += [name, json.dumps(list(wanted))]
    for name, (low, high) in chosen.ranges.items():
        conditions.append(
            "passage.document IN (SELECT document FROM key WHERE name = ? AND typeof(value) = 'integer'"
            " AND value BETWEEN ? AND ?)"
        )
        values += [name, -(2**62) if low is None else low, 2**62 if high is None else high]
    if chosen.passages is not None:
        conditions.append(
            "passage.number IN (SELECT wanted.number FROM json_each(?) AS pair"
            " JOIN document ON document.id = json_extract(pair.value, '$[0]')"
            " JOIN passage AS wanted ON wanted.document = document.number"
            " AND wanted.place = json_extract(pair.value, '$[1]'))"
        )
        values.append(json.dumps([(name, place) for name, some in chosen.passages.items() for place in some]))
    if not conditions:
        return None
    return f"SELECT number FROM passage WHERE {' AND '.join(conditions)}", tuple(values)


def _ranked(
    connection: sqlite3.Connection, passages: set[int], counting: Tallying, most: int
) -> tuple[list[tuple[int, float]], dict[str, int]]:
    """Return the ``most`` best passages with their scores in order, and how many of all each document has."""
    total, mean = connection.execute("SELECT count(*), coalesce(avg(length), 1) FROM passage").fetchone()
    names = sorted((name, number) for number, name in connection.execute("SELECT number, id FROM document"))
    order = {number: place for place, (_, number) in enumerate(names)}
    rows = connection.execute(
        f"SELECT number, length, kind, document FROM passage WHERE number IN {IN_LIST}",
        (json.dumps(list(passages)),),
    ).fetchall()
    lengths = {row[0]: row[1] for row in rows}
    apart = {row[0] for row in rows if row[2] in ONLY_POINTS}
    score = scores(counting.units, lengths, apart, total, max(mean, 1))
    ordered = nsmallest(most, ((-round(score[row[0]], 9), order[row[3]], row[0]) for row in rows))
    times = Counter(row[3] for row in rows)
    return (
        [(number, -negative) for negative, _, number in ordered],
        {name: times[number] for name, number in names if times[number]},
    )


def _shown(
    connection: sqlite3.Connection, pattern: Pattern, ordered: list[tuple[int, float]], width: int
) -> tuple[FoundPassage, ...]:
    found = []
    for number, score in ordered:
        row = connection.execute(
            "SELECT document.id, place, start, kind, language, first_page, last_page, headings, text"
            " FROM passage JOIN content ON content.passage = passage.number"
            " JOIN document ON document.number = passage.document WHERE passage.number = ?",
            (number,),
        ).fetchone()
        document, place, start, kind, language, first_page, last_page, headings, text = row
        matches = list(pattern.find(text))
        if not matches:
            raise InputError(
                "plan.index.damaged",
                msg("Søkeindeksen stemmer ikke med teksten den er laget av."),
                place=document,
                remedy=msg("Slett indeksen. Den lages på nytt av planene."),
            )
        clean = [match for match in matches if match.excluded_by is None][:MOST_LINES]
        barred = [match for match in matches if match.excluded_by is not None][:MOST_LINES]
        found.append(
            FoundPassage(
                document=document,
                place=place,
                span=Span(start, start + len(text)),
                kind=PassageKind(kind),
                language=Language(language),
                pages=None if first_page is None else (first_page, last_page),
                headings=tuple(headings.split("\n")) if headings else (),
                text=text,
                score=score,
                lines=in_context(text, clean, start, width),
                left_out=in_context(text, barred, start, width),
            )
        )
    return tuple(found)


def _summed(tally: Tally) -> tuple[LeftOut, ...]:
    """Return what each rule left out, the rule with most passages first."""
    passages: Counter[str] = Counter()
    words: dict[str, Counter[str]] = {}
    for own in tally.left_out.values():
        passages.update({rule for rule, _ in own})
        for (rule, word), times in own.items():
            words.setdefault(rule, Counter())[word] += times
    return tuple(
        LeftOut(
            rule,
            number,
            tuple(sorted(words[rule].items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS_LEFT_OUT]),
        )
        for rule, number in sorted(passages.items(), key=lambda one: (-one[1], one[0]))
    )
