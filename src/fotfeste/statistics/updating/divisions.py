"""Classifications at SSB (KLASS) held up against ours: what is new, gone or called otherwise. Nothing is stored.

Municipalities and counties follow the edition of Fotfeste: a change reaches figures, borders and names at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from fotfeste.messages import Message, msg
from fotfeste.regions import Regions

MUNICIPALITIES, COUNTIES = "131", "104"
NO_REGION = frozenset({"9999", "99"})


class Code(Protocol):
    """A code of a classification with its name."""

    @property
    def code(self) -> str:
        """The code."""

    @property
    def name(self) -> str:
        """The name in all its languages, «Oslo - Oslove»."""


@dataclass(frozen=True, slots=True)
class DivisionChanges:
    """What SSB's division has that ours lacks, what ours has that SSB's lacks, and names that differ; by code."""

    new: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    same: int = 0

    def told(self) -> Iterator[Message]:
        """Say what differs."""
        for code, name in self.new.items():
            yield msg("Ny hos SSB: {code} {name}.", code=code, name=name)
        for code, name in self.gone.items():
            yield msg("Finnes ikke lenger hos SSB: {code} {name}.", code=code, name=name)
        for code, (ours, theirs) in self.renamed.items():
            yield msg("{code} heter «{theirs}» hos SSB og «{ours}» her.", code=code, theirs=theirs, ours=ours)


def division_changes(
    regions: Regions, classification: str, year: int, codes: Iterable[Code]
) -> DivisionChanges | None:
    """Return what differs between ours and SSB's on 1 January of a year; ``None`` for a division we do not hold so."""
    if classification not in (MUNICIPALITIES, COUNTIES):
        return None
    held = regions.municipalities(year) if classification == MUNICIPALITIES else regions.counties(year)
    ours = {one.code: one.official_name for one in held}
    theirs = {one.code: one.name for one in codes if one.code not in NO_REGION}
    both = sorted(set(ours) & set(theirs))
    renamed = {code: (ours[code], theirs[code]) for code in both if ours[code] != theirs[code]}
    return DivisionChanges(
        {code: theirs[code] for code in sorted(set(theirs) - set(ours))},
        {code: ours[code] for code in sorted(set(ours) - set(theirs))},
        renamed,
        len(both) - len(renamed),
    )
