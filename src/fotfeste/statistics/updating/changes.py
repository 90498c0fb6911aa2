"""What is otherwise in an answer than in the figures that stood: periods, figures, codes and marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fotfeste.messages import Message, msg, nmsg
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.disclosure_control.rows import published_by_agency
from fotfeste.statistics.renewing import keys_of

if TYPE_CHECKING:
    import polars as pl

PERIODS = ("year", "quarter", "month")
EXAMPLES = 5
SHOWN_CODES = 10
MARK_NAMES: Mapping[str, Message] = {
    "": msg("tall"),
    ".": msg("mangler"),
    "-": msg("ikke spurt"),
    ":": msg("skjult"),
}


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure that is another: where and when, the other columns in order, and the figure before and now.

    A figure that is ``None`` is hidden.
    """

    code: str
    period: str
    others: tuple[str, ...]
    before: float | int | None
    now: float | int | None


@dataclass(frozen=True)
class Changes:
    """Everything that differs. ``lost`` are rows of answered years that the answer no longer has.

    ``vanished`` and ``added`` are codes by column, over the years that both have. ``marks`` counts marks before and now.
    """

    new_periods: tuple[str, ...] = ()
    revised: int = 0
    examples: tuple[Revision, ...] = ()
    vanished: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    lost: int = 0
    new_rows: int = 0
    unchanged: int = 0
    said: tuple[Message, ...] = ()

    @property
    def any_figure(self) -> bool:
        """Whether any figure, code or mark is otherwise; what the source merely calls otherwise does not count."""
        return bool(self.new_periods or self.revised or self.marks or self.lost or self.new_rows)

    def told(self) -> Iterator[Message]:
        """Say what is otherwise, the most important first."""
        if self.new_periods:
            yield nmsg(
                "Ny periode: {periods}.",
                "{count} nye perioder: {periods}.",
                len(self.new_periods),
                periods=_few(self.new_periods),
            )
        if self.revised:
            yield nmsg("{count} tall er rettet av kilden.", "{count} tall er rettet av kilden.", self.revised)
            for one in self.examples:
                yield msg(
                    "  {place}: {before} er nå {now}",
                    place=", ".join((one.code, one.period, *one.others)),
                    before=_number(one.before),
                    now=_number(one.now),
                )
        for (before, now), number in sorted(self.marks.items()):
            yield nmsg(
                "{count} tall hadde merket «{before}» og har nå «{now}».",
                "{count} tall hadde merket «{before}» og har nå «{now}».",
                number,
                before=MARK_NAMES.get(before, before),
                now=MARK_NAMES.get(now, now),
            )
        for column, codes in self.vanished.items():
            yield nmsg(
                "Kolonnen «{column}»: {count} kode er borte: {codes}.",
                "Kolonnen «{column}»: {count} koder er borte: {codes}.",
                len(codes),
                column=column,
                codes=_few(codes),
            )
        for column, codes in self.added.items():
            yield nmsg(
                "Kolonnen «{column}»: {count} kode er ny: {codes}.",
                "Kolonnen «{column}»: {count} koder er nye: {codes}.",
                len(codes),
                column=column,
                codes=_few(codes),
            )
        if self.lost:
            yield nmsg(
                "{count} tall finnes ikke lenger hos kilden, og er med bare i den gamle versjonen.",
                "{count} tall finnes ikke lenger hos kilden, og er med bare i den gamle versjonen.",
                self.lost,
            )
        yield from self.said


def changes_between(old: pl.DataFrame | None, new: pl.DataFrame) -> Changes:
    """Return what differs between the figures that stood and the answer; both in the columns of the data set.

    Only the periods of the answer are compared: what it says nothing of is as it was.
    """
    import polars as pl

    if old is None:
        return Changes(new_periods=_periods(new), new_rows=new.height)
    years = new["year"].unique().to_list()
    before = of_same_periods(old, new)
    keys = keys_of(old)
    marked = "mark" in old.columns
    figures = ["value", *(["mark"] if marked else [])]
    both = before.select(*keys, *figures).join(
        new.select(*keys, *figures), on=keys, how="inner", nulls_equal=True, suffix="_now"
    )
    other = ~pl.col("value").eq_missing(pl.col("value_now"))
    same_mark = pl.col("mark").eq_missing(pl.col("mark_now")) if marked else pl.lit(True)
    numbers = pl.col("value").is_not_null() & pl.col("value_now").is_not_null()
    revised = both.filter(other & numbers)
    held, found = set(_periods(old)), _periods(new)
    new_rows = new.join(before, on=keys, how="anti", nulls_equal=True)
    lost = before.join(new, on=keys, how="anti", nulls_equal=True)
    shared = sorted(set(before["year"].unique().to_list()) & set(years))
    vanished, added = _codes(
        before.filter(pl.col("year").is_in(shared)), new.filter(pl.col("year").is_in(shared)), keys
    )
    marks: dict[tuple[str, str], int] = {}
    if marked:
        counted = both.filter(~same_mark).group_by("mark", "mark_now").len()
        marks = {(old_mark, now): number for old_mark, now, number in counted.iter_rows()}
    return Changes(
        new_periods=tuple(one for one in found if one not in held),
        revised=revised.height,
        examples=_examples(revised, keys),
        vanished=vanished,
        added=added,
        marks=marks,
        lost=lost.height,
        new_rows=new_rows.height,
        unchanged=both.filter(~other & same_mark).height,
    )


def as_shown(changes: Changes, described: Dataset) -> Changes:
    """Return changes as they may be told: small counts hidden where the data set hides them.

    Of a table that no agency publishes nothing is told figure by figure, since a figure that protects others is hidden too.
    """
    below, measures = described.suppress_below, set(described.suppressed_measures)
    if below and not published_by_agency(described.agency):
        return replace(changes, examples=())
    return replace(
        changes,
        examples=tuple(
            replace(one, before=_unless_small(one.before, below), now=_unless_small(one.now, below))
            if not measures or measures & set(one.others)
            else one
            for one in changes.examples
        ),
    )


def _unless_small(value: float | int | None, below: int) -> float | int | None:
    return None if value is not None and 0 < value < below else value


def of_same_periods(old: pl.DataFrame, new: pl.DataFrame, *, other: bool = False) -> pl.DataFrame:
    """Return the rows of ``old`` whose periods ``new`` is about, or the ``other`` ones."""
    names = [name for name in PERIODS if name in old.columns and name in new.columns]
    return old.join(new.select(names).unique(), on=names, how="anti" if other else "semi", nulls_equal=True)


def _codes(
    before: pl.DataFrame, now: pl.DataFrame, keys: Sequence[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    vanished, added = {}, {}
    for name in keys:
        if name in PERIODS:
            continue
        had, has = (set(map(str, frame[name].drop_nulls().unique().to_list())) for frame in (before, now))
        if had - has:
            vanished[name] = tuple(sorted(had - has))
        if has - had and had:
            added[name] = tuple(sorted(has - had))
    return vanished, added


def _examples(revised: pl.DataFrame, keys: Sequence[str]) -> tuple[Revision, ...]:
    """Return the largest revisions."""
    import polars as pl

    largest = revised.sort(
        (pl.col("value_now") - pl.col("value")).abs(), descending=True, maintain_order=True
    )
    others = [name for name in keys if name not in (*PERIODS, "code")]
    return tuple(
        Revision(
            str(row.get("code", "")),
            period_of(row),
            tuple(str(row[name]) for name in others),
            row["value"],
            row["value_now"],
        )
        for row in largest.head(EXAMPLES).iter_rows(named=True)
    )


def _periods(frame: pl.DataFrame) -> tuple[str, ...]:
    names = [name for name in PERIODS if name in frame.columns]
    return tuple(period_of(row) for row in frame.select(names).unique().sort(names).iter_rows(named=True))


def period_of(row: Mapping[str, object]) -> str:
    """Return the period of a row as it is told: ``2025``, ``2025K3``, ``2025-03``."""
    year, quarter, month = str(row["year"]), row.get("quarter"), row.get("month")
    if quarter is not None:
        return f"{year}K{quarter}"
    return f"{year}-{int(str(month)):02}" if month is not None and str(month).isdigit() else year


def _few(codes: Sequence[str]) -> str:
    if len(codes) <= SHOWN_CODES:
        return ", ".join(codes)
    half = SHOWN_CODES // 2
    return ", ".join((*codes[:half], "…", *codes[-half:]))


def _number(value: float | int | None) -> str | Message:
    if value is None:
        return MARK_NAMES[":"]
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}".replace(".", ",")
