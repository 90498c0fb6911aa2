"""`fotfeste explain`: how one municipality's number came about, in persons and words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.asked import MunicipalityName, asked_from, recommended, request_options
from fotfeste.cli.output import as_json, as_table, in_lines, sources_in_words
from fotfeste.messages import Language, language, msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.settlement.result import MunicipalityResult, Recommendation
    from fotfeste.settlement.revision import Revision
    from fotfeste.settlement.shown import ShownRow

HISTORY_SHOWN = 6
NAME_WIDTH = 34


@click.command(short_help="Forklar hvordan tallet for én kommune er blitt til.")
@click.argument("municipality", type=MunicipalityName(), metavar="KOMMUNE")
@request_options
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def explain(settings: Settings, /, municipality: str, json_wanted: bool, **options: Any) -> None:
    """Forklar hvordan tallet for KOMMUNE er blitt til, i personer og ord.

    Bruk de samme valgene som i «fotfeste recommend», så forklares det samme tallet.

    \b
    Eksempel:
      fotfeste explain Skien --county Telemark --year 2027 --total 545
    """
    words = language(settings.locale)
    made = recommended(asked_from(options), settings)
    found = made.recommendation
    one = made.regions.municipality(municipality, found.request.year, found.request.county_code)
    result = next(each for each in found.municipalities if each.code == one.code)
    for notice in made.notices:
        click.echo(notice, err=True)
    if json_wanted:
        from fotfeste.settlement.as_data import municipality_as_data
        from fotfeste.settlement.for_reader import criteria_for

        criteria = criteria_for(found.criteria, words).criteria
        names = {criterion.id: criterion.name for criterion in criteria}
        click.echo(as_json(municipality_as_data(result, names, words)))
    else:
        click.echo(explanation_in_words(found, result, made.regions, words))


def explanation_in_words(
    found: Recommendation, result: MunicipalityResult, regions: Regions, words: Language
) -> str:
    """Return the whole explanation of one number as text for a terminal."""
    from fotfeste.cli.overrides import overrides_in_words
    from fotfeste.settlement.for_reader import recommendation_for

    found = recommendation_for(found, words)
    parts = [
        _answer(found, result, words),
        _persons(found, result, words),
        _bounds(result, words),
        "\n".join(overrides_in_words(found, words, result.code)).strip(),
        _reply(found, result, words),
        _before(found, result, words),
        _beside(result, words),
        _alike(found, result, regions, words),
        sources_in_words(found.sources, words),
    ]
    return "\n\n".join(part for part in parts if part)


def _answer(found: Recommendation, result: MunicipalityResult, words: Language) -> str:
    place = {"name": result.name, "code": result.code, "year": str(found.request.year)}
    sentence = (
        msg("{name} ({code}) anbefales å bosette {number} i {year}.", number=result.recommended, **place)
        if result.recommended
        else msg("{name} ({code}) anbefales ikke å bosette noen i {year}.", **place)
    )
    lines = [words.text(sentence)]
    if result.possible is not None:
        low, high = result.possible
        span = msg(
            "Noen av tallene bak er skjult i kilden. Var de kjent, kunne anbefalingen vært fra {low} til {high}.",
            low=low,
            high=high,
        )
        lines.append(words.text(span))
    return "\n".join(lines)


def _persons(found: Recommendation, result: MunicipalityResult, words: Language) -> str:
    from fotfeste.settlement.shown import TENTHS, shown_explanation

    shown = shown_explanation(result, TENTHS)
    shares = {one.criterion: one for one in result.explanation.contributions}
    rows = []
    for row in shown.rows:
        share = words.percent(shares[row.id].share) if row.kind == "criterion" else ""
        rows.append(
            [_row_name(row, found, words), _rests_on(row, found, result, words), share, _signed(row, words)]
        )
        if row.kind == "criterion" and row.id == result.explanation.contributions[-1].criterion:
            rows.append([f"= {words.text(msg('Ideell andel'))}", "", "", words.number(shown.ideal, 1)])
    rows.append([f"= {words.text(msg('Anbefalt'))}", "", "", words.number(shown.total, 1)])
    header = [
        msg("Slik er tallet blitt til"),
        msg("Bygger på"),
        msg("Andel i fylket"),
        msg("Antall personer"),
    ]
    return as_table([words.text(title) for title in header], rows)


def _signed(row: ShownRow, words: Language) -> str:
    number = words.number(row.persons, 1)
    return f"+{number}" if row.kind in ("rounding", "rule", "interaction") and row.persons > 0 else number


def _row_name(row: ShownRow, found: Recommendation, words: Language) -> str:
    from fotfeste.settlement.criteria import RuleKind
    from fotfeste.settlement.wording import rule_name

    if row.kind == "criterion":
        one = next(each for each in found.criteria.criteria if each.id == row.id)
        return f"{one.name} ({words.percent(one.share, 0)})"
    if row.kind == "rule":
        return words.text(msg("Regel: {name}", name=rule_name(RuleKind(row.id))))
    if row.kind == "rounding":
        return words.text(msg("Avrunding til hele personer"))
    if row.kind == "interaction":
        return words.text(msg("Samvirke mellom reglene"))
    return words.text(msg("Enslige mindreårige"))


def _rests_on(row: ShownRow, found: Recommendation, result: MunicipalityResult, words: Language) -> str:
    """The figure that a criterion rests on for this municipality: its last indicator and the value."""
    if row.kind != "criterion":
        return ""
    one = next(each for each in found.criteria.criteria if each.id == row.id)
    figure = next(each.figure for each in result.explanation.contributions if each.criterion == row.id)
    if figure is None or not one.key.indicators:
        return ""
    return f"{_indicator(one.key.indicators[-1], words)}: {_value(figure, one.key.indicators[-1], words)}"


def _indicator(indicator: str, words: Language) -> str:
    from fotfeste.reports.documents.naming import indicator_name

    return indicator_name(indicator, words.locale).name


def _value(figure: Any, indicator: str, words: Language) -> str:
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell
    from fotfeste.reports.documents.naming import indicator_name

    named = indicator_name(indicator, words.locale)
    return format_cell(
        figure, Column("", "percent" if named.percent else "number", decimals=named.decimals), words
    )


def _bounds(result: MunicipalityResult, words: Language) -> str:
    from fotfeste.settlement.wording import rule_name

    lines = []
    for one in result.explanation.bindings:
        what = msg(
            "Tallet står ved en grense ({bound}). {rule}: {reason}.",
            rule=rule_name(one.kind),
            bound=one.bound,
            reason=one.reason,
        )
        lines.append(in_lines(words.text(what)))
    return "\n".join(lines)


def _reply(found: Recommendation, result: MunicipalityResult, words: Language) -> str:
    from fotfeste.settlement.wording import service_name

    if found.replies is None:
        return ""
    reply = found.replies.by_code.get(result.code)
    if reply is None:
        return words.text(msg("Kommunen har ikke svart. Det er ukjent hva den kan ta imot."))
    lines = [words.text(msg("Kommunen har svart:"))]
    if reply.own_wish is not None:
        lines.append(f"  {words.text(msg('Eget ønske: {number}', number=reply.own_wish))}")
    if reply.bottleneck is not None:
        service, number = reply.bottleneck
        lowest = msg(
            "Laveste oppgitte kapasitet: {number} ({service})", number=number, service=service_name(service)
        )
        lines.append(f"  {words.text(lowest)}")
    if reply.extra is not None:
        lines.append(f"  {words.text(msg('Ekstra ved økt behov: {number}', number=reply.extra))}")
    if reply.minimum_stock is not None:
        least = msg(
            "Minste antall nylig bosatte for å holde tjenestene oppe: {number}", number=reply.minimum_stock
        )
        lines.append(f"  {words.text(least)}")
    return "\n".join(lines)


def _before(found: Recommendation, result: MunicipalityResult, words: Language) -> str:
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell

    column = Column("", "number")
    rows = []
    for year in result.facts.history[-HISTORY_SHOWN:]:
        figures = (year.requested, year.decided, year.settled)
        status = date.fromisoformat(year.status_date) if year.status_date else None
        remark = words.text(msg("status per {day}", day=status)) if status else ""
        rows.append([str(year.year), *(format_cell(one, column, words) for one in figures), remark])
    if found.revision is not None:
        rows += _this_year(found.revision, found.request.year, result.code, words)
    rows.append(
        [
            str(found.request.year),
            words.number(result.recommended),
            "",
            "",
            words.text(msg("revidert nå") if found.revision else msg("anbefalt")),
        ]
    )
    header = [msg("År"), msg("Anmodet"), msg("Vedtatt"), msg("Bosatt"), msg("Merknad")]
    return as_table([words.text(title) for title in header], rows)


def _this_year(revision: Revision, year: int, code: str, words: Language) -> list[list[str]]:
    """The numbers before the revision, and what is decided and settled so far."""
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell
    from fotfeste.settlement.revision import day_of

    column, standing = Column("", "number"), revision.standing[code]
    before = [
        [
            str(year),
            words.number(version.numbers[code]),
            "",
            "",
            words.text(msg("anbefalt {day}", day=version.made)),
        ]
        for version in revision.versions
    ]
    so_far = words.text(msg("status per {day}", day=day_of(revision.as_of)))
    decided, settled = (format_cell(one, column, words) for one in (standing.decided, standing.settled))
    return [*before, [str(year), "", decided, settled, so_far]]


def _beside(result: MunicipalityResult, words: Language) -> str:
    header = [msg("Fakta"), msg("Periode"), msg("Kommunen"), msg("Fylket"), msg("Landet"), msg("Lignende")]
    from fotfeste.statistics.periods import in_words

    rows = [
        [
            _indicator(one.indicator, words),
            in_words(one.period, words),
            *(
                _value(figure, one.indicator, words)
                for figure in (one.own, one.county, one.country, one.alike)
            ),
        ]
        for one in result.facts.indicators
    ]
    return as_table([words.text(title) for title in header], rows, widest=NAME_WIDTH) if rows else ""


def _alike(found: Recommendation, result: MunicipalityResult, regions: Regions, words: Language) -> str:
    """Persons per 1 000 inhabitants beside the county, and beside those alike that are in the county too."""
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell
    from fotfeste.settlement.comparison import per_thousand

    column = Column("", "number", decimals=1)
    names = {one.code: one.name for one in regions.municipalities(found.request.year)}
    results = {one.code: one for one in found.municipalities}

    def level(one: MunicipalityResult) -> str:
        return format_cell(per_thousand(one.recommended, one.facts.population), column, words)

    county = format_cell(per_thousand(found.request.total, found.county.population), column, words)
    own = msg(
        "Anbefalt per 1\u00a0000 innbyggere: {own}. Hele fylket: {county}.", own=level(result), county=county
    )
    lines = [words.text(own)]
    if result.facts.alike:
        alike = [
            f"{names.get(code, code)} ({level(results[code])})" if code in results else names.get(code, code)
            for code in result.facts.alike
        ]
        lines.append(words.text(msg("Ligner mest på: {names}.", names=words.join(alike))))
    return "\n".join(lines)
