"""Errors as part of the interface: what was wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from fotfeste.messages import Language, Message, language

Place = str | Message
"""Where something is: a path or a field as it is written, or a message when it takes words."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, what, where (file, sheet, cell, line, field) and the way out.

    ``remedy`` is for all readers. ``command`` is what those at the command line must know besides, and no others: what
    the command or the option is called.
    """

    code: str
    what: Message
    place: Place | None = None
    remedy: Message | None = None
    command: Message | None = None

    def describe(self, words: Language) -> str:
        """Return the problem on one to two lines for the command line, in the reader's language."""
        head = f"{words.text(self.place)}: " if self.place else ""
        text = f"{head}{words.text(self.what)}"
        way_out = self.way_out(words)
        return f"{text}\n  → {way_out}" if way_out else text

    def way_out(self, words: Language) -> str:
        """Return the way out for the command line: the remedy, and what the command for it is called."""
        return " ".join(words.text(part) for part in (self.remedy, self.command) if part is not None)


class FotfesteError(Exception):
    """Base of every error that Fotfeste raises on purpose; carries one or more problems.

    ``code`` is stable and machine-readable (``"region.ambiguous"``), ``exit_code`` is what the command line
    returns. The texts are messages and follow the reader's language.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        code: str,
        what: Message,
        *,
        place: Place | None = None,
        remedy: Message | None = None,
        command: Message | None = None,
        problems: Iterable[Problem] = (),
    ) -> None:
        self.problem = Problem(code, what, place, remedy, command)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(code)

    @property
    def code(self) -> str:
        """The stable code of the error."""
        return self.problem.code

    def describe(self, words: Language) -> str:
        """Return the whole error in the reader's language: what is wrong, each part of it, and the way out."""
        if not self.problems:
            return self.problem.describe(words)
        head = replace(self.problem, remedy=None, command=None).describe(words)
        parts = [f"  – {problem.describe(words)}" for problem in self.problems]
        way_out = self.problem.way_out(words)
        return "\n".join([head, *parts, *([f"  → {way_out}"] if way_out else [])])

    def __str__(self) -> str:
        return self.describe(language("nb"))


class InputError(FotfesteError):
    """Something that came from outside (argument, file, cell, form) is not as it must be."""

    exit_code = 3


class DataMissing(FotfesteError):
    """A figure that is asked for is not in the data; the error names the source and how to supply it."""

    exit_code = 4


class Infeasible(FotfesteError):
    """The rules cannot all be met; the error names a smallest set in conflict and the feasible range."""

    exit_code = 5


class OutputError(FotfesteError):
    """A result could not be written; what stood there before is untouched."""

    exit_code = 6


class NotTheSame(FotfesteError):
    """A recommendation that is recomputed does not come out as it was made."""

    exit_code = 7
