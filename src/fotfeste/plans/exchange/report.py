"""What an import carried over, what it left and why, and how the offsets of each source were counted.

Everything that stands in a file is either carried over or told of here with its number: nothing is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fotfeste.messages import Message, msg, nmsg

EXAMPLES, LONGEST_EXAMPLE = 5, 80


class Why(StrEnum):
    """Why something was not carried over as it stood; the value stands in files."""

    NO_PLACE = "no_place"
    NOT_TEXT = "not_text"
    SOURCE_MISSING = "source_missing"
    SOURCE_UNREADABLE = "source_unreadable"
    OUTSIDE = "outside"
    EMPTY = "empty"
    NOT_FOLLOWED = "not_followed"
    SEVERAL = "several"
    CODE_MISSING = "code_missing"
    UNCODED = "uncoded"
    WHOLE_SOURCE = "whole_source"
    RECTANGLE = "rectangle"
    TWICE = "twice"
    SAME_NAME = "same_name"
    TOO_DEEP = "too_deep"
    CUT = "cut"
    TOO_MANY = "too_many"
    NAME_OF_PERSON = "name_of_person"
    UNREAD = "unread"
    INVALID = "invalid"
    NO_TIME = "no_time"
    HEADING_MADE = "heading_made"
    RENAMED = "renamed"


REASONS: Mapping[Why, Message] = {
    Why.NO_PLACE: msg("Fotfeste har ingen plass for dette"),
    Why.NOT_TEXT: msg("hører til bilde, lyd eller film, og bare tekst tas med"),
    Why.SOURCE_MISSING: msg("teksten er ikke med i filen"),
    Why.SOURCE_UNREADABLE: msg("teksten kunne ikke leses"),
    Why.OUTSIDE: msg("ligger utenfor teksten"),
    Why.EMPTY: msg("dekker ingen ord"),
    Why.NOT_FOLLOWED: msg("finnes ikke igjen i teksten slik Fotfeste leser den"),
    Why.SEVERAL: msg("ordene står flere steder, og det er uvisst hvilket som er ment"),
    Why.CODE_MISSING: msg("koden finnes ikke i kodeboken"),
    Why.UNCODED: msg("er merket uten kode"),
    Why.WHOLE_SOURCE: msg("gjelder hele kilden, ikke et stykke av den"),
    Why.RECTANGLE: msg("er en rute på en side, ikke et stykke tekst"),
    Why.TWICE: msg("står to ganger og er tatt med én gang"),
    Why.SAME_NAME: msg("har samme navn som en annen kode og har fått en egen id"),
    Why.TOO_DEEP: msg("står i flere nivåer enn en kodebok kan ha, og er flyttet opp"),
    Why.CUT: msg("er lengre enn det som tas vare på, og er kortet ned"),
    Why.TOO_MANY: msg("er flere enn det som tas med"),
    Why.NAME_OF_PERSON: msg("navn på personer tas ikke vare på; hver har fått en id"),
    Why.UNREAD: msg("er ikke lest"),
    Why.INVALID: msg("er ikke slik formatet krever"),
    Why.NO_TIME: msg("mangler tidspunkt eller tidssone"),
    Why.RENAMED: msg("er skrevet litt annerledes fordi navnet ikke kan stå slik der"),
    Why.HEADING_MADE: msg("er laget som overskrift fordi koder står under dem"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """Things of one kind that were not carried over, or not as they stood: what, why, how many, and some of them.

    ``what`` is the name of the element, the column or the table in the file; one that begins with ``@`` is an attribute.
    """

    what: str
    why: Why
    count: int
    examples: tuple[str, ...] = ()


class Unit(StrEnum):
    """What a program counts in; the value stands in files."""

    CODE_POINTS = "code_points"
    UTF16 = "utf16"
    UTF8 = "utf8"


class Newline(StrEnum):
    """What a program counts a line end as; the value stands in files."""

    AS_FILE = "as_file"
    LF = "lf"
    CRLF = "crlf"


@dataclass(frozen=True, slots=True)
class Counting:
    """One way of counting positions: the unit, what a line end counts as, and two habits that some programs have.

    ``inclusive``: the end is the last sign of the piece, not the one after it. ``mark``: a byte order mark at the start of
    the file is counted as a sign.
    """

    unit: Unit = Unit.CODE_POINTS
    newline: Newline = Newline.AS_FILE
    inclusive: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Detected:
    """How the positions of one source were found to be counted.

    ``score`` is the share of ends that stand at the edge of a word, between 0 and 1, counted this way; ``next_best`` that of the best
    way of counting that gives other pieces, none where all ways give the same. ``sure`` is whether the two can be told from
    each other.
    """

    source: str
    counting: Counting
    pieces: int
    score: float
    next_best: float | None

    @property
    def sure(self) -> bool:
        """Whether no other way of counting that gives other pieces does as well."""
        return self.next_best is None or self.score - self.next_best >= 1 / (2 * max(self.pieces, 1))


@dataclass(frozen=True, slots=True)
class Report:
    """The account of one import: what came over, by kind, what did not, and how offsets were counted."""

    carried: Mapping[str, int] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    offsets: tuple[Detected, ...] = ()

    def count(self, what: str, why: Why | None = None) -> int:
        """Return how many things of one kind were left, for one reason or for any."""
        return sum(one.count for one in self.left if one.what == what and why in (None, one.why))


class Tally:
    """Gathers a report while a file is read."""

    def __init__(self) -> None:
        self._carried: dict[str, int] = {}
        self._left: dict[tuple[str, Why], tuple[int, list[str]]] = {}
        self._offsets: list[Detected] = []

    def carry(self, what: str, count: int = 1) -> None:
        """Note that something came over."""
        if count:
            self._carried[what] = self._carried.get(what, 0) + count

    def leave(self, what: str, why: Why, example: str = "", count: int = 1) -> None:
        """Note that something did not come over, or not as it stood."""
        if not count:
            return
        before, examples = self._left.get((what, why), (0, []))
        shown = " ".join(example.split())[:LONGEST_EXAMPLE]
        if shown and len(examples) < EXAMPLES and shown not in examples:
            examples.append(shown)
        self._left[what, why] = (before + count, examples)

    def counted(self, detected: Detected) -> None:
        """Note how the offsets of a source were counted."""
        self._offsets.append(detected)

    def report(self) -> Report:
        """Return what was gathered, in the order it was met."""
        left = tuple(
            Left(what, why, count, tuple(examples)) for (what, why), (count, examples) in self._left.items()
        )
        return Report(dict(self._carried), left, tuple(self._offsets))


_UNITS: Mapping[Unit, Message] = {
    Unit.CODE_POINTS: msg("tegn (Unicode)"),
    Unit.UTF16: msg("UTF-16-enheter"),
    Unit.UTF8: msg("byte i UTF-8"),
}
_NEWLINES: Mapping[Newline, Message] = {
    Newline.AS_FILE: msg("linjeskift som i filen"),
    Newline.LF: msg("linjeskift som ett tegn"),
    Newline.CRLF: msg("linjeskift som to tegn"),
}


_NAMES: Mapping[str, Message] = {
    "Code": msg("koder"),
    "Coding": msg("kodinger"),
    "Note": msg("notater"),
    "PDFSource": msg("tekster fra PDF"),
    "Set": msg("sett av koder"),
    "TextSource": msg("tekster"),
    "User": msg("personer"),
    "documents": msg("tekster"),
    "highlight_tags": msg("kodinger"),
    "highlights": msg("merkede stykker"),
    "notes": msg("notater"),
    "row": msg("rader"),
    "tag": msg("koder"),
    "tags": msg("koder"),
}
"""What people call things; the others are told of by their name in the file."""


def told(report: Report) -> Iterator[Message]:
    """Yield the report for people, a line at a time: what came over, how offsets were counted, what did not come over."""
    for what, count in report.carried.items():
        yield msg("Lest i filen: {what} ({count}).", what=_name(what), count=count)
    for one in report.offsets:
        how = one.counting
        yield nmsg(
            "«{source}»: posisjonene er talt i {unit}, {newline}{last}{mark} ({score} % ved ordgrenser, {count} stykke).",
            "«{source}»: posisjonene er talt i {unit}, {newline}{last}{mark} ({score} % ved ordgrenser, {count} stykker).",
            one.pieces,
            source=one.source,
            unit=_UNITS[how.unit],
            newline=_NEWLINES[how.newline],
            last=msg(", siste tegn regnet med") if how.inclusive else "",
            mark=msg(", med merket først i filen") if how.mark else "",
            score=round(100 * one.score),
        )
        if not one.sure:
            yield msg(
                "«{source}»: en annen måte å telle på passer like godt. Se gjennom stykkene.",
                source=one.source,
            )
    for left in report.left:
        about = msg(
            "Ikke som i filen: {what} ({count}): {why}",
            what=_name(left.what),
            count=left.count,
            why=REASONS[left.why],
        )
        if left.examples:
            yield msg("{about} ({examples}).", about=about, examples="; ".join(left.examples))
        else:
            yield msg("{about}.", about=about)


def _name(what: str) -> Message | str:
    return _NAMES.get(what) or f"«{what}»"
