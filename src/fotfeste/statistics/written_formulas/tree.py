"""What a written formula is when it has been read: numbers, counts of data sets, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from ``first`` to ``last``, both included: ages 20..66."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which values a column must have: one of ``values``, or a number within ``span``."""

    column: str
    values: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The sum of the chosen rows of a data set; ``year`` is the formula's own year where it is ``None``.

    ``place`` is where it stands in the formula, counted in letters from zero.
    """

    dataset: str
    filters: tuple[Filter, ...] = ()
    year: int | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """A rate as the source publishes it for each place: it is never summed or averaged by us."""

    counted: Counted


@dataclass(frozen=True, slots=True)
class Number:
    """A fixed number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Shifted:
    """The same thing ``years`` earlier."""

    inner: Tree
    years: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of its parts."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing less another."""

    more: Tree
    less: Tree


@dataclass(frozen=True, slots=True)
class Scaled:
    """One thing times a fixed number."""

    inner: Tree
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Quotient:
    """One thing divided by another: the quotient of sums, for a county as for a municipality."""

    top: Tree
    bottom: Tree


Tree = Counted | Published | Number | Shifted | Sum | Difference | Scaled | Quotient


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """Return what a tree is directly made of."""
    match tree:
        case Sum(parts):
            return parts
        case Difference(more, less):
            return more, less
        case Quotient(top, bottom):
            return top, bottom
        case Shifted(inner) | Scaled(inner):
            return (inner,)
        case Published(counted):
            return (counted,)
    return ()


def everything_in(tree: Tree) -> Iterator[Tree]:
    """Return a tree and all that it is made of."""
    yield tree
    for part in parts_of(tree):
        yield from everything_in(part)


def counts_in(tree: Tree) -> tuple[Counted, ...]:
    """Return every count of a data set in a tree, in the order they are written."""
    return tuple(one for one in everything_in(tree) if isinstance(one, Counted))


def datasets_in(tree: Tree) -> tuple[str, ...]:
    """Return the data sets that a tree reads, each once, in the order they are written."""
    return tuple(dict.fromkeys(one.dataset for one in counts_in(tree)))


def numerator_and_base(tree: Tree) -> tuple[Tree, Tree] | None:
    """Return what a rate counts and what it is a rate of; ``None`` when the tree is no rate as a whole."""
    match tree:
        case Scaled(inner):
            return numerator_and_base(inner)
        case Quotient(top, bottom):
            return top, bottom
    return None


def bases_in(tree: Tree) -> tuple[Tree, ...]:
    """Return everything that something is divided by, moved to the years it is about."""
    return tuple(dict.fromkeys(_bases(tree, 0)))


def _bases(tree: Tree, earlier: int) -> Iterator[Tree]:
    if isinstance(tree, Quotient):
        yield Shifted(tree.bottom, earlier) if earlier else tree.bottom
    ahead = earlier + tree.years if isinstance(tree, Shifted) else earlier
    for part in parts_of(tree):
        yield from _bases(part, ahead)


def only_adds(tree: Tree) -> bool:
    """Whether a tree is a count or a sum of counts, so that a small number in it is a small count of people."""
    return all(isinstance(one, Counted | Sum | Shifted) for one in everything_in(tree))
