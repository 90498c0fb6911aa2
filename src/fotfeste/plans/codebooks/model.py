"""What a codebook is: codes in a hierarchy, each with what it means and the rules that suggest it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from fotfeste.messages import Translated, msg
from fotfeste.plans.documents.model import Language, PassageKind

Texts = Mapping[str, str]
"""A text by language; ``nb`` is always there, ``nn`` and ``en`` where somebody has written them."""


class Within(StrEnum):
    """How near each other two things must stand; the value stands in files."""

    SENTENCE = "sentence"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that the code is given to, in the language it is written in."""

    text: str
    language: Language = Language.UNKNOWN


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that suggests its code.

    ``id`` is the code's id and the rule's number in it from 1 (``mal/2``). ``patterns`` are written in the language of
    :class:`fotfeste.plans.words.Pattern`; one of them must be found. One of the codes ``together`` (or a code under
    it) must be found ``within`` the same sentence or passage. Words that a pattern ``apart_from``
    finds do not count (``distriktssenter*`` for ``distrikt*``). A pattern ``unless`` anywhere in the same sentence holds
    the rule back, and so does a negation when only what is ``asserted`` counts. ``under`` are patterns that one of the headings
    above must hold; a rule ``under`` headings without patterns of its own suggests its code for every passage right
    under such a heading. ``kinds`` are the kinds of passage it is for, all when empty. ``inherited`` rules found in a heading
    make candidates of what stands under it. ``couples`` are two codes whose standing together is what is
    suggested; such a rule has no patterns of its own.
    """

    id: str
    patterns: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    within: Within = Within.SENTENCE
    apart_from: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    asserted: bool = False
    under: tuple[str, ...] = ()
    kinds: tuple[PassageKind, ...] = ()
    inherited: bool = False
    couples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """One code: a thing that may be said of a passage.

    ``heading`` is true for a code that only gathers those under it and is not given to passages itself. ``colour`` is
    ``#rrggbb``, the parent's where the code has none of its own.
    """

    id: str
    name: Texts
    parent: str | None = None
    heading: bool = False
    colour: str = "#374151"
    definition: Texts = field(default_factory=dict)
    include: Texts = field(default_factory=dict)
    exclude: Texts = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def title(self) -> Translated:
        """Return the name, in the language of whoever reads it."""
        return Translated(self.name)


@dataclass(frozen=True)
class Codebook:
    """A dated set of codes, in the order they are shown: every code stands after its parent."""

    id: str
    dated: date
    title: Texts
    codes: tuple[Code, ...]
    source: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """The codes by their ids."""
        return {code.id: code for code in self.codes}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Code, ...]]:
        """The codes right under each code, and the outermost under ``None``."""
        under: dict[str | None, list[Code]] = {}
        for code in self.codes:
            under.setdefault(code.parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in under.items()}

    @cached_property
    def given(self) -> tuple[Code, ...]:
        """The codes that passages can be given: all but the headings."""
        return tuple(code for code in self.codes if not code.heading)

    def code(self, code_id: str) -> Code:
        """Return a code by its id; raises :class:`InputError` when the codebook has none such."""
        found = self.by_id.get(code_id)
        if found is None:
            from fotfeste.errors import InputError

            raise InputError(
                "plan.code_unknown",
                msg(
                    "Kodeboken «{book}» har ingen kode som heter «{code}».", book=self.id, code=code_id[:100]
                ),
                remedy=msg("Velg en kode som står i kodeboken, eller oppgi kodeboken som koden hører til."),
            )
        return found

    def path(self, code_id: str) -> tuple[Code, ...]:
        """Return the code and those above it, the outermost first."""
        path: list[Code] = []
        here: str | None = code_id
        while here is not None:
            path.append(self.code(here))
            here = path[-1].parent
        return tuple(reversed(path))

    def under(self, code_id: str) -> tuple[str, ...]:
        """Return the ids of the code itself and of all codes under it, in order."""
        return tuple(self._under(code_id))

    def _under(self, code_id: str) -> Iterator[str]:
        waiting = [self.code(code_id).id]
        while waiting:
            here = waiting.pop()
            yield here
            waiting += [child.id for child in reversed(self.children.get(here, ()))]
