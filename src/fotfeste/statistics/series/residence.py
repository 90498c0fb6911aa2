"""Who stays and who moved here: refugees by years of residence, and how many of those settled still live here."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark, ratio, total
from fotfeste.statistics.series.chance import binomial_interval
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.series.declared import Part
from fotfeste.statistics.series.sentences import rounded

SCHEMA = 1
FILE = "residence.toml"
DATASET = "refugee_residence"
TIMES = ("0-4", "5+", "all")
LONG = "5+"


@dataclass(frozen=True, slots=True)
class CohortRule:
    """When a group of settled refugees is followed; see ``residence.toml``."""

    years: int
    largest_unknown: float
    smallest_base: int
    hidden_below: int
    level: float
    households: float
    wide: float


@cache
def cohort_rule() -> CohortRule:
    """Return the rule that comes with Fotfeste."""
    content = tomllib.loads((resources.files("fotfeste.statistics.series") / FILE).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise InputError("residence.schema", msg("Filen har et ukjent skjema."), place=FILE)
    found = content["cohort"]
    return CohortRule(
        int(found["years"]),
        float(Fraction(found["largest_unknown"])),
        int(found["smallest_base"]),
        int(found["hidden_below"]),
        float(found["level"]),
        float(Fraction(found["households"])),
        float(Fraction(found["wide"])),
    )


@dataclass(frozen=True, slots=True)
class Residents:
    """Refugees living in a place in a year, by how long they have lived in Norway (``0-4``, ``5+`` years or ``all``).

    ``settled_here`` were settled in the municipality they live in, ``moved_here`` came after first settlement;
    ``moved_share`` is the latter of all. Who has left is in none of them.
    """

    year: int
    residence_time: str
    all: Figure
    settled_here: Figure
    moved_here: Figure
    moved_share: Figure


@dataclass(frozen=True, slots=True)
class Cohort:
    """Refugees settled in a place who lived there in ``since``, and how many of them still did in ``until``.

    The group is closed: after five years all of them, and nobody else, are those settled here with five years' residence
    or more. ``share`` is missing, with ``why``, where it cannot be worked out. ``covered`` of ``municipalities`` are in
    it: those merged or divided in between are left out, as the words mean something else before and after. A county's
    share is of those still in the same municipality. ``open_to_chance`` when the exact interval is wide.
    """

    place: str
    since: int
    until: int
    began: Figure
    stayed: Figure
    share: Figure
    covered: int
    municipalities: int
    interval: tuple[float, float] | None = None
    open_to_chance: bool = False
    why: Message | None = None


def residents_of(counts: YearlyCounts, place: str) -> tuple[Residents, ...]:
    """Return a place's refugees by year and residence time, as they may be shown, oldest year first."""
    codes = counts.inside(place)
    least = cohort_rule().smallest_base
    found = []
    for when in counts.times(_part("all", "all")):
        for length in TIMES:
            everyone, settled, moved = (
                counts.count(_part(move, length), when, codes)
                for move in ("all", "settled_here", "moved_here")
            )
            share = ratio(moved, everyone)
            if everyone.low is None or everyone.low < least:
                share = Figure.missing()
            found.append(Residents(when[0], length, everyone, settled, moved, share))
    return tuple(found)


def cohorts_of(counts: YearlyCounts, place: str) -> tuple[Cohort, ...]:
    """Return the groups that can be followed in a place, the newest last.

    A start year is used where it is known of nearly all the country's refugees whether they moved (2016 and 2017 in the
    embedded data), and figures exist five years later.
    """
    rule = cohort_rule()
    return tuple(
        _cohort(counts, place, since, rule)
        for since in usable_years(counts)
        if since + rule.years in {year for year, _ in counts.times(_part("settled_here", LONG))}
    )


@lru_cache(maxsize=4)
def usable_years(counts: YearlyCounts) -> tuple[int, ...]:
    """Return the years in which it is known of nearly all refugees whether they moved.

    Judged by the country's numbers as the source writes them; nothing of them is shown.
    """
    import polars as pl

    rows = counts.store.scan(DATASET).filter(pl.col("residence_time") == "all")
    table = rows.group_by("year", "move").agg(pl.col("value").sum()).collect()
    known: dict[tuple[int, str], int] = {(year, move): number for year, move, number in table.iter_rows()}
    most = cohort_rule().largest_unknown
    found = sorted(
        year
        for (year, move), unknown in known.items()
        if move == "unknown" and (everyone := known.get((year, "all"), 0)) and unknown / everyone <= most
    )
    return tuple(found)


def _cohort(counts: YearlyCounts, place: str, since: int, rule: CohortRule) -> Cohort:
    until = since + rule.years
    codes = counts.inside(place)
    followed = [code for code in codes if _same(counts, code, since, until)]
    pairs = [
        (
            counts.count(_part("settled_here", "all"), (since, 0), [code]),
            counts.count(_part("settled_here", LONG), (until, 0), [code]),
        )
        for code in followed
    ]
    known = [pair for pair in pairs if all(one.mark is not Mark.MISSING for one in pair)]
    began, stayed = (total(pair[end] for pair in known) if known else Figure.missing() for end in (0, 1))
    share, why = _share(began, stayed, rule, len(followed))
    span = None
    if share.low is not None and share.high is not None and began.low:
        of = float(began.low) / rule.households
        span = (
            binomial_interval(float(share.low) * of, of, rule.level)[0],
            binomial_interval(float(share.high) * of, of, rule.level)[1],
        )
    wide = span is not None and span[1] - span[0] > rule.wide
    return Cohort(place, since, until, began, stayed, share, len(known), len(codes), span, wide, why)


def _same(counts: YearlyCounts, code: str, since: int, until: int) -> bool:
    """Whether a municipality of today was one and the same, whole, in both years."""
    origins = [counts.origins(code, year) for year in (since, until)]
    return all(
        len(found) == 1 and len(counts.borders.shares(found[0], year)) == 1
        for found, year in zip(origins, (since, until), strict=True)
    )


def _share(began: Figure, stayed: Figure, rule: CohortRule, followed: int) -> tuple[Figure, Message | None]:
    """Return the share who stayed as it may be shown, and why there is none."""
    if not followed:
        return Figure.missing(), msg(
            "Kommunen ble slått sammen eller delt i perioden, så «samme kommune» betyr ikke det samme før og etter."
        )
    if Mark.MISSING in (began.mark, stayed.mark):
        return Figure.missing(), msg("Kilden har ikke tall for begge årene.")
    if began.low is None or began.low < rule.smallest_base:
        return Figure.missing(), msg("Gruppen er mindre enn {least} personer.", least=rule.smallest_base)
    left = began.minus(stayed)
    if left.high is not None and left.high < 0:
        return Figure.missing(), msg(
            "Kilden har flere ved slutten enn ved starten, så gruppen er ikke den samme."
        )
    hidden = hide_small(left, rule.hidden_below)
    if hidden is not left and hidden.low is not None and hidden.high is not None and began.value:
        whole = Fraction(began.value)
        return Figure.suppressed((whole - hidden.high) / whole, (whole - hidden.low) / whole), None
    share = ratio(stayed, began)
    if share.value is None and share.high is not None and share.high > 1:
        return Figure(None, share.mark, share.low, Fraction(1), share.estimated), None
    return share, None


def _part(move: str, residence_time: str) -> Part:
    return Part(DATASET, (("move", move), ("residence_time", residence_time)))


def about_cohort(one: Cohort, place: str) -> Message:
    """Return who still lives where they were settled, in words; ``place`` is its name."""
    fields = {"place": place, "since": str(one.since), "until": str(one.until)}
    if one.why is not None:
        return msg(
            "Hvor mange av flyktningene bosatt i {place} som bodde der både i {since} og {until}, vises ikke. {why}",
            why=one.why,
            **fields,
        )
    told = msg(
        "Av flyktningene som var bosatt i {place} og bodde der i {since}, bodde {share} der fortsatt i {until}.",
        share=_told(one.share),
        **fields,
    )
    if one.began.value is not None:
        told = msg(
            "Av {began} flyktninger som var bosatt i {place} og bodde der i {since}, bodde {share} der fortsatt i {until}.",
            began=int(one.began.value),
            share=_told(one.share),
            **fields,
        )
    rest = msg("Resten har flyttet, utvandret eller er døde; tallene skiller ikke mellom dem.")
    if one.open_to_chance:
        rest = msg("{rest} Gruppen er så liten at tilfeldigheter kan flytte tallet mye.", rest=rest)
    if one.municipalities > 1:
        return msg(
            "{told} Tallet gjelder samme kommune, og {covered} av {all} kommuner er med. {rest}",
            told=told,
            covered=one.covered,
            all=one.municipalities,
            rest=rest,
        )
    return msg("{told} {rest}", told=told, rest=rest)


def _told(share: Figure) -> Message:
    low, high = (rounded(Fraction(end or 0) * 100, 0) for end in (share.low, share.high))
    if low == high:
        return msg("{number} prosent", number=low)
    return msg("mellom {low} og {high} prosent", low=low, high=high)


def retention_outcomes(counts: YearlyCounts, county: str) -> dict[str, Figure]:
    """Return where settled refugees of a county live later, as shares by outcome (published in whole per cent).

    The source does not say which years they were settled in or how much later it is; it has no figures for
    municipalities.
    """
    from fotfeste.statistics.tables import figures

    rows = figures(counts.store, "refugee_retention", ("outcome",), {"code": county})
    return {str(outcome): figure.times(Fraction(1, 100)) for (outcome,), figure in rows.items()}


def newest(several: Sequence[Cohort]) -> Cohort | None:
    """Return the newest group with a share that may be shown, or ``None``."""
    return next((one for one in reversed(several) if one.why is None), None)
