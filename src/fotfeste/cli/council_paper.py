"""`fotfeste council-paper`: a draft case paper for one municipality's council, from a bundle and the municipality's own rates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import Day, MunicipalityName
from fotfeste.messages import Language, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Municipality, Regions
    from fotfeste.settlement.facts import YearFigures
    from fotfeste.settlement.replies import Reply
    from fotfeste.settlement.result import Recommendation

MADE_BY = {"fylket": "county", "kommunen": "municipality"}
PROPOSED = {"anbefaling": "recommendation", "ønske": "wish", "tomt": "blank"}


@click.command("council-paper", short_help="Lag utkast til saksframlegg for et kommunestyre.")
@click.option("--bundle", type=click.Path(path_type=Path), metavar="PAKKE", help="Anbefalingspakken (JSON).")
@click.option("--municipality", type=MunicipalityName(), metavar="KOMMUNE", help="Kommunen saken gjelder.")
@click.option("--rates", type=click.Path(path_type=Path), metavar="FIL", help="Kommunens egne satser (TOML).")
@click.option(
    "--reply",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Kommunens svarskjema, når det er nyere enn pakken.",
)
@click.option(
    "--made-by",
    type=click.Choice(tuple(MADE_BY)),
    default="fylket",
    help="Hvem som lager saken. Bare kommunen selv får eksakte små tall om seg selv. Ellers: fylket.",
)
@click.option(
    "--proposal",
    type=click.Choice(tuple(PROPOSED)),
    default="anbefaling",
    help="Hva forslaget til vedtak bygger på. Med tomt skriver kommunen tallet selv. Ellers: anbefaling.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAPPE", help="Skriv saken hit, som HTML, PDF og Word."
)
@click.option(
    "--blank-rates",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv filen med tomme satser hit, så kommunen kan fylle den ut.",
)
@click.option("--issued", type=Day(), metavar="DATO", help="Datoen på saken. Ellers: dagen pakken ble laget.")
@click.pass_obj
def council_paper(
    settings: Settings,
    /,
    bundle: Path | None,
    municipality: str | None,
    rates: Path | None,
    reply: Path | None,
    made_by: str,
    proposal: str,
    out: Path | None,
    blank_rates: Path | None,
    issued: date | None,
) -> None:
    """Lag utkast til saksframlegg for kommunestyret i én kommune: vedtak med alternativer, kapasitet, resultater, tiltak, økonomi, risiko og rapportering.

    Økonomien regnes ut fra kommunens egne satser. Fotfeste har ingen: skriv en tom fil med --blank-rates. Saken skrives i
    målformen kommunen har vedtatt. Det som bare kommunen vet, står i hakeparenteser.

    \b
    Eksempel:
      fotfeste council-paper --bundle telemark-2027.json --municipality Skien --rates satser.toml --out sak
    """
    words = language(settings.locale)
    if blank_rates is not None:
        _write_blank(blank_rates, words)
        click.echo(words.text(msg("Filen med tomme satser ligger i {file}", file=str(blank_rates.resolve()))))
        if bundle is None:
            return
    if bundle is None or municipality is None or out is None:
        raise click.UsageError(
            words.text(msg("Oppgi --bundle, --municipality og --out, eller bare --blank-rates."))
        )
    written = _write(settings, bundle, municipality, rates, reply, made_by, PROPOSED[proposal], out, issued)
    told = nmsg(
        "Ett dokument ligger i {folder}",
        "{count} dokumenter ligger i {folder}",
        len(written),
        folder=str(out.resolve()),
    )
    click.echo(words.text(told))


def _write_blank(path: Path, words: Language) -> None:
    from fotfeste.errors import OutputError
    from fotfeste.files import write_whole
    from fotfeste.settlement.rates_blank import blank_rates

    if path.exists():
        raise OutputError(
            "rates.exists",
            msg("Filen finnes fra før og blir ikke skrevet over."),
            place=str(path),
            remedy=msg("Velg et annet navn, eller flytt filen."),
        )
    write_whole(path, blank_rates(words).encode())


def _write(
    settings: Settings,
    bundle: Path,
    municipality: str,
    rates: Path | None,
    reply: Path | None,
    made_by: str,
    proposed: str,
    out: Path,
    issued: date | None,
) -> tuple[Path, ...]:
    from fotfeste.cli.writing import bundle_that_stands
    from fotfeste.files import write_whole
    from fotfeste.regions import load_regions
    from fotfeste.reports import render_docx, render_html, render_pdf
    from fotfeste.reports.documents.basis import basis_of
    from fotfeste.reports.documents.compose import letter_locale
    from fotfeste.reports.documents.council_case import CouncilCase, Proposed
    from fotfeste.reports.documents.council_paper import council_paper as paper
    from fotfeste.settlement.engines import engine
    from fotfeste.settlement.finances_file import read_rates
    from fotfeste.settlement.follow_up.steps import COUNTY

    read, regions = bundle_that_stands(bundle), load_regions()
    recommendation = engine(read.engine)(read.prepared)
    request = recommendation.request
    place = regions.municipality(municipality, request.year, request.county_code)
    basis = basis_of(recommendation, regions, locale=settings.locale, issued=read.made)
    spoken = letter_locale(place.code, basis)
    if spoken != settings.locale:
        basis = basis_of(recommendation, regions, locale=spoken, issued=read.made)
    own = MADE_BY[made_by] == "municipality"
    case = CouncilCase(
        viewer=place.code if own else COUNTY,
        issued=issued,
        reply=_reply(reply, place, recommendation, regions) if reply else None,
        earlier=_exact(place, recommendation, regions, settings) if own else None,
        rates=read_rates(rates, place.code) if rates else None,
        proposed=Proposed(proposed),
    )
    one = next(each for each in basis.results if each.code == place.code)
    document = paper(one, basis, case)
    written = []
    for ending, content in (
        ("html", render_html(document)),
        ("pdf", render_pdf(document)),
        ("docx", render_docx(document)),
    ):
        path = out / f"{document.file_stem}.{ending}"
        write_whole(path, content)
        written.append(path)
    return tuple(written)


def _reply(path: Path, place: Municipality, recommendation: Recommendation, regions: Regions) -> Reply | None:
    """Return the municipality's reply in a sheet of its own."""
    from fotfeste.errors import InputError
    from fotfeste.settlement.reply_sheet import read_reply_sheets

    request = recommendation.request
    reading = read_reply_sheets((path,), request.county_name, request.year, regions)
    found = reading.replies.by_code.get(place.code)
    if found is None:
        raise InputError(
            "council_paper.reply",
            msg("Skjemaet har ikke noe svar fra {name}.", name=place.name),
            place=str(path),
            remedy=msg("Oppgi skjemaet som kommunen har fylt ut."),
        )
    return found


def _exact(
    place: Municipality, recommendation: Recommendation, regions: Regions, settings: Settings
) -> tuple[YearFigures, ...]:
    """Return the municipality's own years, small counts and all."""
    from fotfeste.settlement.facts import YearFigures
    from fotfeste.statistics import open_store, settlement_history

    years = [one.year for one in recommendation.county.history]
    found = settlement_history(open_store(settings.data_dir), regions, (place.code,), years)[place.code]
    return tuple(
        YearFigures(one.year, one.requested, one.decided, one.settled, one.status_date) for one in found
    )
