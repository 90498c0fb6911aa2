"""The figures on a sheet for the yearly meeting: key figures, the years, where the municipality stands out."""

from __future__ import annotations

from datetime import date

from fotfeste.messages import Message, msg
from fotfeste.reports import small_charts
from fotfeste.reports.blocks import CellValue, Column, KeyFigures, Picture, Table
from fotfeste.reports.documents.dialogue_basis import DialogueBasis
from fotfeste.reports.documents.naming import datasets_of, short_period
from fotfeste.reports.documents.wording import requested, said, sentence_case
from fotfeste.settlement.dialogue.facts import Case, Level
from fotfeste.settlement.dialogue.standing_out import StandingOut
from fotfeste.settlement.facts import Compared, YearFigures
from fotfeste.settlement.follow_up.own_years import own_in_words
from fotfeste.statistics.figure import Figure, Mark

TABLE_YEARS, CHART_YEARS, CHART_WIDTH = 6, 10, 0.8
SETTLED, MOVED_IN = "settled_per_1000_5y", "refugees_moved_in_share"


def in_one_sentence(case: Case, basis: DialogueBasis) -> str:
    """Return what last year's round came to: requested, decided and settled so far; then what the county itself has entered."""
    own = [own_note(case, basis)] if case.own else []
    return " ".join([_last_in_one_sentence(case, basis), *own, *now_in_words(case, basis)])


def own_note(case: Case, basis: DialogueBasis) -> str:
    """Return, as a sentence, which of last year's figures are the county's own; nothing where all are published."""
    if case.own is None:
        return ""
    return f"{sentence_case(basis.text(own_in_words(case.own, basis.words)))}."


def now_in_words(case: Case, basis: DialogueBasis) -> list[str]:
    """Return what the county itself has entered of the round's own year, as a sentence; nothing where that is nothing."""
    if case.now is None:
        return []
    asked, decided = case.now.requested, case.now.decided
    parts = []
    if asked is not None:
        count = said(asked.figure)
        parts.append(basis.text(msg("anmodet om {count} ({day})", count=count, day=asked.on)))
        if asked.figure.mark is Mark.NOT_ASKED:
            parts[-1] = basis.text(msg("ikke anmodet ({day})", day=asked.on))
    if decided is not None:
        parts.append(basis.text(msg("vedtatt {count} ({day})", count=said(decided.figure), day=decided.on)))
    if not parts:
        return []
    told = msg(
        "I {year} så langt: {parts}. Kilde: fylkets egen føring.",
        year=str(case.year),
        parts=basis.words.join(parts),
    )
    return [basis.text(told)]


def _last_in_one_sentence(case: Case, basis: DialogueBasis) -> str:
    last, year = case.last, str(case.last_year)
    if last.requested.mark is Mark.NOT_ASKED:
        first = msg("{name} ble ikke anmodet om å bosette i {year}.", name=case.name, year=year)
        if not last.settled.high:
            return basis.text(first)
        return basis.text(
            msg(
                "{first} Kommunen har bosatt {settled}{status}.",
                first=first,
                settled=said(last.settled),
                status=_by(last, basis),
            )
        )
    if not any(figure.known or figure.high for figure in (last.requested, last.decided, last.settled)):
        return basis.text(msg("Tall for {name} i {year} mangler.", name=case.name, year=year))
    return basis.text(
        msg(
            "{name} i {year}: anmodet om {asked}, vedtatt {decided}, bosatt {settled}{status}.",
            name=case.name,
            year=year,
            asked=said(last.requested),
            decided=said(last.decided),
            settled=said(last.settled),
            status=_by(last, basis),
        )
    )


def _by(year: YearFigures, basis: DialogueBasis) -> str:
    day = status_day(year)
    return basis.text(msg(" (per {day})", day=day)) if day else ""


def status_day(year: YearFigures) -> date | None:
    """Return the day that the settled persons of an unfinished year stand at, where it is known."""
    if year.settled.mark is Mark.MISSING:
        return None
    try:
        return date.fromisoformat(year.status_date) if year.status_date else None
    except ValueError:
        return None


def key_figures(case: Case, basis: DialogueBasis) -> KeyFigures:
    """Return four figures side by side: inhabitants, their change, settled per 1 000, and those who stay or came."""
    text, facts = basis.text, case.facts
    items = [
        (
            text(msg("Innbyggere")),
            text(said(facts.population)),
            text(
                msg(
                    "sentralitetsklasse {number}, {region}",
                    number=facts.centrality_class,
                    region=facts.labour_market_region,
                )
            ),
        )
    ]
    for indicator, label in (
        ("population_change_5y", msg("Endring i folketall")),
        (SETTLED, msg("Bosatt per 1\u00a0000 innbyggere")),
        (MOVED_IN, msg("Flyktninger flyttet hit")),
    ):
        found = case.compared(indicator)
        if found is not None and found.own.value is not None:
            items.append((text(label), basis.written(found.own, indicator), _others(found, case, basis)))
    return KeyFigures(tuple(items))


def _others(found: Compared, case: Case, basis: DialogueBasis) -> str:
    """Return period, county and those alike beside a key figure; what is lacking is left out."""
    text, indicator = basis.text, found.indicator
    place = msg("landet") if case.alone else msg("fylket")
    parts = [
        text(msg("{place} {value}", place=name, value=basis.spoken(figure, indicator)))
        for name, figure in ((place, found.county), (msg("lignende"), found.alike))
        if figure.high is not None
    ]
    when = short_period(found.period)
    if indicator == MOVED_IN:
        when = text(msg("først bosatt et annet sted, {year}", year=when))
    return sentence_case("; ".join((when, ", ".join(parts))) if parts else when)


def years_table(case: Case, basis: DialogueBasis) -> Table:
    """Return requested, decided and settled by year, with settled per 1 000 beside the county and those alike."""
    text = basis.text
    levels = {one.year: one for one in case.levels}
    years = [one for one in case.facts.history if one.year < case.year][-TABLE_YEARS:]
    gap = Figure.missing()
    heading = text(msg("{county} per 1\u00a0000", county=basis.county))
    county = () if case.alone else (Column(heading, "number", 1),)
    rows: list[tuple[CellValue, ...]] = [
        (
            _year_name(one, basis),
            one.requested,
            one.decided,
            one.settled,
            *_level(levels.get(one.year) or Level(one.year, gap, gap, gap), case),
        )
        for one in years
    ]
    names = [basis.names.get(code, code) for code in case.facts.alike]
    alike = msg(
        "Per 1\u00a0000 innbyggere er regnet med dagens folketall. Lignende kommuner (medianen): {names}.",
        names=basis.words.join(names),
    )
    return Table(
        text(msg("Anmodet, vedtatt og bosatt, og bosatt per 1\u00a0000 innbyggere")),
        (
            Column(text(msg("År"))),
            Column(text(msg("Anmodet")), "number"),
            Column(text(msg("Vedtatt")), "number"),
            Column(text(msg("Bosatt")), "number"),
            Column(text(msg("Bosatt per 1\u00a0000")), "number", 1),
            *county,
            Column(text(msg("Lignende per 1\u00a0000")), "number", 1),
        ),
        tuple(rows),
        note=" ".join(one for one in (text(alike) if names else "", own_note(case, basis)) if one),
        source=basis.agencies("settle", "population"),
    )


def _level(level: Level, case: Case) -> tuple[Figure, ...]:
    return (level.own, level.alike) if case.alone else (level.own, level.county, level.alike)


def _year_name(one: YearFigures, basis: DialogueBasis) -> str:
    day = status_day(one)
    if day is None:
        return str(one.year)
    return basis.text(
        msg("{year} (per {day}.{month}.)", year=str(one.year), day=str(day.day), month=str(day.month))
    )


def years_picture(case: Case, basis: DialogueBasis) -> Picture | None:
    """Return the years as lines; ``None`` without at least two years with a known figure."""
    years = [one for one in case.facts.history if one.year < case.year][-CHART_YEARS:]
    known = [one for one in years if any(part.known for part in (one.requested, one.decided, one.settled))]
    if len(known) < 2:
        return None
    text = basis.text
    points = [
        small_charts.HistoryPoint(one.year, one.requested, one.decided, one.settled, _status(one, basis))
        for one in years
    ]
    title = text(
        msg(
            "Anmodet, vedtatt og bosatt i {name} {first}–{last}",
            name=case.name,
            first=str(years[0].year),
            last=str(years[-1].year),
        )
    )
    series = (text(msg("Anmodet")), text(msg("Vedtatt")), text(msg("Bosatt")))
    told = " ".join(
        text(
            msg(
                "{year}: {asked}, vedtatt {decided}, bosatt {settled}.",
                year=_year_name(one, basis),
                asked=requested(one.requested),
                decided=said(one.decided),
                settled=said(one.settled),
            )
        )
        for one in years
    )
    description = f"{text(msg('Tre linjer, år for år.'))} {told}"
    drawn = small_charts.history(points, series, basis.words, title=title, description=description)
    return Picture(drawn, description, title, width=CHART_WIDTH)


def _status(one: YearFigures, basis: DialogueBasis) -> str:
    day = status_day(one)
    if day is None:
        return ""
    return basis.text(msg("per {day}.{month}.", day=str(day.day), month=str(day.month)))


def standing_out_table(found: tuple[StandingOut, ...], case: Case, basis: DialogueBasis) -> Table:
    """Return the figures that stand out beside the county, those alike and the country, with the limit they passed."""
    text = basis.text
    rows = tuple(
        (
            sentence_case(basis.indicator(one.compared.indicator)),
            short_period(one.compared.period),
            *(basis.written(figure, one.compared.indicator) for figure in _beside(one.compared, case)),
            _limit(one, basis),
        )
        for one in found
    )
    estimated = any(
        figure.estimated and figure.known for one in found for figure in _beside(one.compared, case)
    )
    note = text(
        msg(
            "Med er tall som ligger minst så langt som grensen over eller under både {place} og lignende kommuner.",
            place=wider(case),
        )
    )
    star = text(msg("«*» betyr at tallet er beregnet.")) if estimated else ""
    return Table(
        text(msg("Her skiller kommunen seg ut")),
        (
            Column(text(msg("Tall"))),
            Column(text(msg("År"))),
            Column(text(msg("Kommunen")), "number"),
            *(() if case.alone else (Column(basis.county, "number"),)),
            Column(text(msg("Lignende")), "number"),
            Column(text(msg("Landet")), "number"),
            Column(text(msg("Grense")), "number"),
        ),
        rows,
        note=f"{note} {star}".strip(),
        source=basis.agencies(
            *(name for one in found for name in datasets_of(one.compared.indicator)),
        ),
    )


def _beside(one: Compared, case: Case) -> tuple[Figure, ...]:
    return (one.own, *(() if case.alone else (one.county,)), one.alike, one.country)


def wider(case: Case) -> Message:
    """Return what the municipality is part of and compared with: the county, or the country where it is its county."""
    return msg("landet") if case.alone else msg("fylket")


def _limit(one: StandingOut, basis: DialogueBasis) -> str:
    limit = next(two for two in basis.form.standing_out if two.indicator == one.compared.indicator)
    if limit.by == "share":
        return basis.words.percent(limit.limit, 0)
    return basis.text(msg("{count} prosentpoeng", count=basis.words.number(limit.limit * 100)))
