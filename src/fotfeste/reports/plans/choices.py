"""The choices for a hearing statement as a file: written with everything that can be chosen, for a person to edit, and read again.

A TOML file with ``schema = 1``: ``figures``, ``opening``, one ``[[advice]]`` for each piece of advice (``id``, ``take``, ``own``, ``others``, and
a ``[[advice.support]]`` with ``passage`` and ``take`` for each passage it leans on), and one ``[[term]]`` for each word. What is
not named in the file is taken with, as on the page of the workspace before anything is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fotfeste.messages import Language, msg
from fotfeste.plans.coverage.coded import ReadDocument
from fotfeste.plans.coverage.quoting import Evidence, evidence
from fotfeste.plans.documents.model import Span
from fotfeste.plans.gaps.model import TermFound
from fotfeste.plans.register.reading import Table, table_of, unusable
from fotfeste.reports.plans.chosen import TERM, Chosen, passage_key
from fotfeste.reports.plans.hearing_values import Leaning
from fotfeste.reports.plans.quoted import quote, where

SCHEMA = 1
LONGEST = 5_000
"""Signs of what is written to one remark."""
MOST = 500
SHOWN = 160


@dataclass(frozen=True)
class Choices:
    """What a file says: the passages that are left out or shown are named by their keys."""

    left_out: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    figures: bool = True

    @property
    def named(self) -> frozenset[str]:
        """The ids of the expectations and words that something is said of."""
        ids = {one.partition("@")[0] for one in self.left_out}
        return frozenset({*ids, *self.own, *self.others} - {""})

    def chosen(self, passages: Callable[[Sequence[str]], tuple[Evidence, ...]]) -> Chosen:
        """Return the choices with the passages that ``passages`` finds by their keys."""
        others = {name: passages(keys) for name, keys in self.others.items()}
        return Chosen(self.left_out, self.own, others)


def passage_in(documents: Mapping[str, ReadDocument], key: str) -> Evidence | None:
    """Return the passage with a key; nothing where it no longer stands, or its document is not among ``documents``."""
    if (found := parsed_key(key)) is None or found[0] not in documents:
        return None
    read, span = documents[found[0]], found[1]
    place = next((place for place, one in enumerate(read.document.passages) if one.span == span), None)
    return None if place is None else evidence(read, place)


def parsed_key(key: str) -> tuple[str, Span] | None:
    """Return the document and the place that the key of a passage names, or nothing where it is no key."""
    name, _, spot = key.rpartition(":")
    start, _, end = spot.partition("-")
    if not (name and all(one.isascii() and one.isdecimal() and len(one) < 12 for one in (start, end))):
        return None
    return name, Span(int(start), int(end))


def read_choices(content: bytes, origin: str) -> Choices:
    """Return what a file of choices says; raises :class:`~fotfeste.errors.InputError`."""
    table = table_of(content, origin, SCHEMA)
    try:
        table.only("schema", "figures", "opening", "advice", "term")
        left, others = set[str](), dict[str, tuple[str, ...]]()
        own = {"": _own(table, "opening")}
        advice, terms = table.tables("advice"), table.tables("term")
        if len(advice) > MOST or len(terms) > MOST:
            raise table.wrong("advice")
        for one in advice:
            one.only("id", "take", "own", "others", "support")
            name = one.text("id")
            left |= set() if one.truth("take", True) else {name}
            own[name], others[name] = _own(one, "own"), one.texts("others")
            if any(parsed_key(key) is None for key in others[name]):
                raise one.wrong("others")
            for each in one.tables("support"):
                each.only("passage", "take")
                if parsed_key(key := each.text("passage")) is None:
                    raise each.wrong("passage")
                left |= set() if each.truth("take", True) else {f"{name}@{key}"}
        for one in terms:
            one.only("id", "take")
            left |= set() if one.truth("take", True) else {f"{TERM}{one.text('id')}"}
        return Choices(
            frozenset(left),
            {name: text for name, text in own.items() if text},
            {name: keys for name, keys in others.items() if keys},
            table.truth("figures", True),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise unusable(origin, str(error)) from error


def _own(table: Table, name: str) -> str:
    value = table.content.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise table.wrong(name)
    return value.strip()


def choices_file(
    found: Sequence[Leaning],
    terms: Sequence[TermFound],
    titles: Mapping[str, str],
    words: Language,
    others: Mapping[str, Sequence[Evidence]],
    before: Choices | None = None,
) -> str:
    """Return the file with everything that can be chosen, as ``before`` has it; ``others`` are passages to choose from, by expectation."""
    before = before or Choices()
    text = words.text
    lines = [
        f"schema = {SCHEMA}",
        *_comment(text(msg("Legg ved kommunens egne tall."))),
        f"figures = {_truth(before.figures)}",
        *_comment(text(msg("Egne ord først i uttalelsen."))),
        f"opening = {_quoted(before.own.get('', ''))}",
    ]
    for one in found:
        if not one.support:
            continue
        expectation = one.remark.expectation
        name = expectation.id
        lines += [
            "",
            *_comment(text(expectation.name)),
            "[[advice]]",
            f"id = {_quoted(name)}",
            f"take = {_truth(name not in before.left_out)}",
            f"own = {_quoted(before.own.get(name, ''))}",
        ]
        offered = others.get(name, ())
        if offered:
            lines += _comment(text(msg("Slik står det i andre planer. Sett nøkkelen inn i listen under.")))
            lines += [
                each for passage in offered for each in _comment(_told(passage, titles, words, key=True))
            ]
        keys = ", ".join(_quoted(key) for key in before.others.get(name, ()))
        lines.append(f"others = [{keys}]")
        for passage in one.support:
            key = passage_key(passage)
            lines += [
                *_comment(_told(passage, titles, words)),
                "[[advice.support]]",
                f"passage = {_quoted(key)}",
                f"take = {_truth(f'{name}@{key}' not in before.left_out)}",
            ]
    for term in terms:
        if term.term.sources:
            lines += [
                "",
                *_comment(words.join([words.quoted(each) for each in term.words[:3]])),
                "[[term]]",
                f"id = {_quoted(term.term.id)}",
                f"take = {_truth(f'{TERM}{term.term.id}' not in before.left_out)}",
            ]
    return "\n".join(lines) + "\n"


def _told(one: Evidence, titles: Mapping[str, str], words: Language, *, key: bool = False) -> str:
    place = where(one, titles.get(one.document, one.document), words)
    said = f"{words.quoted(quote(one, SHOWN))} ({place})"
    return f"{_quoted(passage_key(one))} {said}" if key else said


def _comment(text: str) -> list[str]:
    flat = "".join(sign if sign.isprintable() else " " for sign in text)
    return [f"# {' '.join(flat.split())}"]


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
