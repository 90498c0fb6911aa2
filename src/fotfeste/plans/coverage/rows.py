"""The matrix: for every owner and kind of plans, what is said of each theme, and by whom; silence is a finding too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.coded import ReadDocument, Said
from fotfeste.plans.coverage.held import HeldDocument
from fotfeste.plans.coverage.quoting import Evidence, evidence_of
from fotfeste.plans.coverage.settings import Column, Kind, Settings, shipped_settings
from fotfeste.plans.register.owners import heirs
from fotfeste.plans.register.values import Owner, OwnerKind, Plan, Register, Standing
from fotfeste.regions import Regions
from fotfeste.regions.registry import EDITION

DRAFT, APPENDIX = "draft", "appendix"


class Cover(StrEnum):
    """What a cell says; the value stands in files.

    ``NO_PLAN``: the register has no such plan. ``NOT_READ``: it has, but no document of it is read. ``SILENT``: read, and
    nothing is found. ``READ_AND_SILENT``: a person has read all of it, too. ``SUGGESTED``: the rules find it, nobody has judged.
    ``DISPUTED``: people disagree. ``MENTIONED``: a person has accepted it.
    """

    NO_PLAN = "no_plan"
    NOT_READ = "not_read"
    SILENT = "silent"
    READ_AND_SILENT = "read_and_silent"
    SUGGESTED = "suggested"
    DISPUTED = "disputed"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan in a row: the share of its owner that lies here now (1 for its own), and the documents that are read."""

    plan: Plan
    share: Fraction
    documents: tuple[str, ...]

    @property
    def inherited(self) -> bool:
        """Whether the plan was made by a unit that is dissolved."""
        return self.share != 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What the plans of a row say of a theme: the passages, the surest first, and what was looked at and left.

    ``candidates`` are passages that only a heading or the classifier points at; they do not count. ``rejected`` are passages
    that people have said no to. ``unread`` is how many plans of the row nobody has read in, ``unseen`` how many pages are pictures.
    """

    cover: Cover
    passages: tuple[Evidence, ...] = ()
    candidates: tuple[Evidence, ...] = ()
    rejected: tuple[Evidence, ...] = ()
    unread: int = 0
    unseen: int = 0

    def count(self, said: Said) -> int:
        """Return how many of the passages are as sure as this."""
        return sum(one.said is said for one in self.passages)


@dataclass(frozen=True, slots=True)
class Row:
    """An owner and a kind of plans, with the plans and one cell for each column."""

    owner: Owner
    kind: Kind
    plans: tuple[PlanRead, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole: rows by owner and kind, the columns, the documents it rests on, and with which codebook.

    ``adrift`` are documents that belong to no plan in the register, so that no row has them.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    documents: Mapping[str, ReadDocument]
    plans: Mapping[str, Plan]
    book: Codebook
    settings: Settings
    day: date
    adrift: tuple[str, ...] = ()

    def title(self, document: str) -> str:
        """Return what a document is called: the title of its plan, or its own where it belongs to none."""
        plan, read = self.plans.get(document), self.documents[document].document
        return plan.title if plan is not None else read.title or read.origin.name


def owners_of_counties(regions: Regions, year: int = EDITION) -> tuple[Owner, ...]:
    """Return the counties of a year as owners of plans."""
    return tuple(Owner(OwnerKind.COUNTY, one.code, one.name) for one in regions.counties(year))


def matrix(
    register: Register,
    documents: Iterable[ReadDocument],
    belongs: Mapping[str, str],
    owners: Sequence[Owner],
    regions: Regions,
    book: Codebook,
    day: date,
    settings: Settings | None = None,
) -> Matrix:
    """Return the coverage of the plans of ``owners``, as they stand on ``day``.

    ``belongs`` says for each document, by the name it has outside, the id of its plan. Plans that are ended or replaced by an adopted one
    are left out; those of dissolved units stand with their heirs. A draft counts only while the plan itself is not read.
    """
    chosen, read = settings or shipped_settings(), {one.id: one for one in documents}
    held = {
        plan.id: _documents_of(plan, [name for name in read if belongs.get(name) == plan.id])
        for plan in register.plans
    }
    homes = _homes(register, regions, chosen, day)
    rows = [
        _row(owner, kind, homes.get((owner.kind, owner.code, kind.id), ()), held, read, chosen, book)
        for owner in owners
        for kind in chosen.of_level(owner.kind)
    ]
    known = {plan.id for plan in register.plans}
    return Matrix(
        tuple(rows),
        chosen.columns,
        read,
        {name: plan for name in read if (plan := register.plan(belongs.get(name, ""))) is not None},
        book,
        chosen,
        day,
        tuple(name for name in read if belongs.get(name) not in known),
    )


def _documents_of(plan: Plan, names: Sequence[str]) -> tuple[str, ...]:
    roles = {file.sha256[: len(name)]: file.role for file in plan.files for name in names}
    whole = tuple(name for name in names if roles.get(name, "plan") != DRAFT)
    return whole if any(roles.get(name, "plan") != APPENDIX for name in whole) else tuple(names)


def _homes(
    register: Register, regions: Regions, settings: Settings, day: date
) -> dict[tuple[OwnerKind, str, str], list[tuple[Plan, Fraction]]]:
    """Return the plans that hold by the owner of today and the kind; a plan may stand with several heirs."""
    replaced = {
        name
        for plan in register.plans
        if plan.standing(day) in (Standing.IN_FORCE, Standing.RUN_OUT)
        for name in plan.replaces
    }
    found: dict[tuple[OwnerKind, str, str], list[tuple[Plan, Fraction]]] = {}
    for plan in register.plans:
        kind = settings.kind_of(plan)
        if kind is None or plan.id in replaced or plan.standing(day) is Standing.ENDED:
            continue
        for heir in heirs(regions, plan.owner):
            if heir.share >= settings.inherited_share:
                found.setdefault((heir.owner.kind, heir.owner.code, kind.id), []).append((plan, heir.share))
    return found


def _row(
    owner: Owner,
    kind: Kind,
    plans: Sequence[tuple[Plan, Fraction]],
    held: Mapping[str, tuple[str, ...]],
    read: Mapping[str, ReadDocument],
    settings: Settings,
    book: Codebook,
) -> Row:
    here = tuple(PlanRead(plan, share, held[plan.id]) for plan, share in plans)
    documents = [read[name] for one in here for name in one.documents]
    unread = sum(not one.documents for one in here)
    cells = tuple(
        cell_of(column, documents, unread, book) if here else Cell(Cover.NO_PLAN)
        for column in settings.columns
    )
    return Row(owner, kind, here, cells)


def cell_of(column: Column, documents: Sequence[ReadDocument], unread: int, book: Codebook) -> Cell:
    """Return what the documents of a row say of a column; ``unread`` is how many of its plans nobody has read in."""
    if not documents:
        return Cell(Cover.NOT_READ, unread=unread)
    found = [one for document in documents for one in passages_of(document, column, book)]
    passages = [one for one in found if one.said in (Said.ACCEPTED, Said.DISPUTED, Said.SUGGESTED)]
    said = {one.said for one in passages}
    if Said.ACCEPTED in said:
        cover = Cover.MENTIONED
    elif Said.DISPUTED in said:
        cover = Cover.DISPUTED
    elif passages:
        cover = Cover.SUGGESTED
    else:
        whole = all(set(one.readable) <= one.read_through for one in documents)
        cover = Cover.READ_AND_SILENT if whole else Cover.SILENT
    order = list(Said).index
    return Cell(
        cover,
        tuple(sorted(passages, key=lambda one: (order(one.said), not one.close))),
        tuple(one for one in found if one.said is Said.CANDIDATE),
        tuple(one for one in found if one.said is Said.REJECTED),
        unread,
        sum(len(one.unseen_pages) for one in documents),
    )


def passages_of(one: ReadDocument, column: Column, book: Codebook) -> tuple[Evidence, ...]:
    """Return every passage that has to do with a column, in reading order, whoever says so."""
    if isinstance(one, HeldDocument):
        return one.found(column)
    asked, beside = column.asked(book), column.beside(book)
    found = []
    for place in sorted(one.coded):
        if one.best(place, asked) is not None and (not beside or one.best(place, beside) is not None):
            found.append(evidence_of(one, place, asked, beside, book))
    return tuple(found)
