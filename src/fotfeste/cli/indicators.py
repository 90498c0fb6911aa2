"""`fotfeste indicators`: what is measured, where each figure comes from, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.indicators_told import as_data, as_number, explained, shown_in_table, source_as_data
from fotfeste.cli.output import Format, as_table, emit
from fotfeste.messages import Language, language, msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.figure import Figure
    from fotfeste.statistics.indicator_catalogue import Indicator, IndicatorCatalogue
    from fotfeste.statistics.indicators import Indicators
    from fotfeste.statistics.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])

WIDEST = 44
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


def _formats(command: Command) -> Command:
    command = click.option("--json", "form", flag_value="json", help="Skriv svaret som JSON.")(command)
    return click.option("--csv", "form", flag_value="csv", help="Skriv svaret som CSV.")(command)


@click.command(short_help="Indikatorer: let, les og forklar.")
@click.argument("indicator", metavar="[ID]", required=False)
@click.option("--search", metavar="ORD", help="Let med hverdagsord, på bokmål, nynorsk eller engelsk.")
@click.option("--theme", metavar="TEMA", help="Bare dette temaet.")
@click.option("--missing", is_flag=True, help="Bare dem som ikke har tall, med det som henter dem.")
@click.option(
    "--place", metavar="STED", help="Tallene for en kommune eller et fylke: navn eller nummer. Krever ID."
)
@click.option(
    "--year", type=int, metavar="ÅR", help="Slik tallene er kjent for dette året. Ellers: neste år."
)
@click.option(
    "--catalogue", type=EXISTING, metavar="FIL.toml", help="Ta med egne indikatorer fra denne filen."
)
@_formats
@click.pass_obj
def indicators(
    settings: Settings,
    /,
    indicator: str | None,
    search: str | None,
    theme: str | None,
    missing: bool,
    place: str | None,
    year: int | None,
    catalogue: Path | None,
    form: Format | None,
) -> None:
    """Vis indikatorene, eller forklar én: formel, kilde, periode, grenser og tall.

    \b
    Eksempel:
      fotfeste indicators --search "hvor mange flyktninger"
      fotfeste indicators --theme oppvekst
      fotfeste indicators median_age --place Skien
    """
    from fotfeste.statistics import open_store

    words, store = language(settings.locale), open_store(settings.data_dir)
    known = _catalogue(settings, catalogue)
    if indicator is None:
        if place is not None:
            raise click.UsageError(words.text(msg("Oppgi hvilken indikator (ID) stedet skal vises for.")))
        _list(known, store, words, _Choice(search, theme, missing), form)
        return
    _explain(_one(known, indicator), _Asked(store, known, year or _next_year(), place), words, form)


@dataclass(frozen=True, slots=True)
class _Choice:
    search: str | None
    theme: str | None
    missing: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    store: Store
    catalogue: IndicatorCatalogue
    year: int
    place: str | None


def _next_year() -> int:
    return date.today().year + 1  # noqa: DTZ011 - the date where the user sits


def _catalogue(settings: Settings, file: Path | None) -> IndicatorCatalogue:
    from fotfeste.statistics.indicator_catalogue import catalogue_for

    if file is None:
        return catalogue_for(settings.data_dir)
    from fotfeste.statistics.own_indicators import catalogue_with, own_files

    return catalogue_with([*own_files(settings.data_dir), file])


def _one(known: IndicatorCatalogue, name: str) -> Indicator:
    from fotfeste.errors import DataMissing
    from fotfeste.statistics.indicators import near_indicator

    if name in known:
        return known[name]
    near = near_indicator(name, known)
    raise DataMissing(
        "indicator.unknown",
        msg("Det er ingen indikator som heter «{name}».", name=name),
        remedy=msg("Mente du «{near}»?", near=near)
        if near
        else msg("Let med hverdagsord: fotfeste indicators --search ORD."),
    )


def _list(
    known: IndicatorCatalogue, store: Store, words: Language, choice: _Choice, form: Format | None
) -> None:
    from fotfeste.statistics.formula_of import why_missing
    from fotfeste.statistics.indicator_search import search_indicators
    from fotfeste.statistics.themes import load_themes, theme_of

    found = search_indicators(known, choice.search) if choice.search is not None else tuple(known)
    if choice.theme is not None:
        wanted = theme_of(choice.theme).id
        found = tuple(one for one in found if one.theme == wanted)
    reasons = {one.id: why_missing(one, store) for one in found}
    if choice.missing:
        found = tuple(one for one in found if reasons[one.id] is not None)
    themes = {one.id: one for one in load_themes()}
    content = [as_data(one, themes[one.theme], reasons[one.id], words) for one in found]
    header = [
        words.text(title)
        for title in (msg("Id"), msg("Navn"), msg("Tema"), msg("Enhet"), msg("Kilde"), msg("Tall"))
    ]
    rows = []
    for one in found:
        reason = reasons[one.id]
        state = msg("ja") if reason is None else (reason if choice.missing else msg("ikke hentet"))
        shown = (words.text(one.name), words.text(themes[one.theme].name), words.text(one.unit))
        rows.append((one.id, *shown, ", ".join(one.tables), words.text(state)))
    if form is None:
        if not rows:
            click.echo(
                words.text(msg("Ingen indikatorer passer. Prøv færre ord, eller se alle uten --search."))
            )
            return
        click.echo(as_table(header, rows, widest=WIDEST))
    else:
        emit(form, header, rows, {"schema": 1, "indicators": content})


def _explain(one: Indicator, asked: _Asked, words: Language, form: Format | None) -> None:
    from fotfeste.regions import load_regions
    from fotfeste.statistics.borders import CURRENT
    from fotfeste.statistics.formula_of import why_missing
    from fotfeste.statistics.indicators import compute
    from fotfeste.statistics.themes import theme_of

    regions = load_regions()
    codes = [municipality.code for municipality in regions.municipalities(CURRENT)]
    worked = compute(asked.store, regions, [one.id], codes, asked.year, catalogue=asked.catalogue)
    chosen = tuple(_places(regions, asked.place, words, everywhere=form is not None))
    figures = [(code, name, _figure(worked, one.id, code)) for code, name in chosen]
    reason = why_missing(one, asked.store)
    theme = theme_of(one.theme)
    if form is None:
        click.echo("\n".join(explained(one, worked, theme, reason, words)))
        if reason is None:
            head = [words.text(msg("Sted")), words.text(one.unit)]
            click.echo(
                "\n"
                + as_table(head, [(name, shown_in_table(one, figure, words)) for _, name, figure in figures])
            )
        return
    rows = [
        (
            code,
            name,
            as_number(figure.value),
            figure.mark.value,
            as_number(figure.low),
            as_number(figure.high),
            figure.estimated,
        )
        for code, name, figure in figures
    ]
    header = ["code", "name", "value", "mark", "low", "high", "estimated"]
    content = {
        "schema": 1,
        "indicator": as_data(one, theme, reason, words),
        "period": worked.period(one.id),
        "sources": [source_as_data(source) for source in worked.sources(one.id)],
        "figures": [dict(zip(header, row, strict=True)) for row in rows],
    }
    emit(form, header, rows, content)


def _places(
    regions: Regions, place: str | None, words: Language, *, everywhere: bool
) -> Iterator[tuple[str, str]]:
    from fotfeste.errors import InputError
    from fotfeste.statistics.borders import CURRENT

    country = ("0", words.text(msg("Norge")))
    if place is None:
        if everywhere:
            yield from ((one.code, one.name) for one in regions.municipalities(CURRENT))
        yield from ((one.code, one.name) for one in regions.counties(CURRENT))
        yield country
        return
    try:
        found = regions.municipality(place, CURRENT)
    except InputError as error:
        if error.code != "region.is_county":
            raise
        county = regions.county(place, CURRENT)
        yield from ((one.code, one.name) for one in regions.municipalities(CURRENT, county.code))
        yield county.code, county.name
    else:
        yield found.code, found.name
        yield found.county_code, found.county_name
    yield country


def _figure(worked: Indicators, indicator: str, code: str) -> Figure:
    if code == "0":
        return worked.shown_country(indicator)
    return worked.shown(indicator, code) if len(code) == 4 else worked.shown_county(indicator, code)
