"""`fotfeste replies`: forms for the municipalities to fill in, and a check of what came back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import Day, county_and_year
from fotfeste.cli.output import as_table, in_lines
from fotfeste.messages import Language, language, msg, nmsg, written_to
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Municipality, Regions
    from fotfeste.settlement.facts import YearFigures
    from fotfeste.settlement.reply_sheet import ReplyReading

HISTORY_YEARS = 5


@click.group(short_help="Lag svarskjemaer og sjekk svarene fra kommunene.")
def replies() -> None:
    """Svarskjemaer til dialogen med kommunene: lag dem, og sjekk dem når de kommer tilbake."""


@replies.command(short_help="Lag svarskjemaer.")
@county_and_year
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv ett skjema per kommune i denne mappen.",
)
@click.option(
    "--collected",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv ett samlet skjema med en rad per kommune.",
)
@click.option("--issued", type=Day(), metavar="DATO", help="Datoen skjemaet er laget. Ellers: i dag.")
@click.pass_obj
def template(
    settings: Settings, county: str, year: int, out: Path | None, collected: Path | None, issued: date | None
) -> None:
    """Lag svarskjemaer (.xlsx) for kommunene i et fylke, ett per kommune eller ett samlet.

    Skjemaene er fylt ut med navn, nummer, år og det som er kjent av anmodet, vedtatt og bosatt. Hvert skjema er i
    målformen kommunen har vedtatt. Finnes en fil fra før, blir den ikke skrevet over.

    \b
    Eksempel:
      fotfeste replies template --county Telemark --year 2027 --out skjemaer
    """
    from fotfeste.files import write_whole
    from fotfeste.regions import load_regions
    from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet, write_reply_form

    words = language(settings.locale)
    if out is None and collected is None:
        raise click.UsageError(
            words.text(
                msg("Oppgi --out for ett skjema per kommune, --collected for ett samlet, eller begge.")
            )
        )
    regions = load_regions()
    area = regions.county(county, year)
    history = _history(regions, area.code, year, settings)
    asked = [
        Addressee(one.code, one.name, history[one.code]) for one in regions.municipalities(year, area.code)
    ]
    day = issued or date.today()  # noqa: DTZ011 - the date where the user sits
    files: dict[Path, bytes] = {}
    for one in asked if out is not None else []:
        place = (out or Path()) / form_name(one.code, one.name, year)
        form = written_to(regions.attributes(one.code).language_form, settings.locale)
        files[place] = write_reply_form(one, area.code, area.name, year, day, locale=form)
    if collected is not None:
        files[collected] = write_collected_sheet(
            asked, area.code, area.name, year, day, locale=settings.locale
        )
    _refuse_existing(list(files))
    for path, content in files.items():
        write_whole(path, content)
    for folder in dict.fromkeys(path.resolve().parent for path in files):
        count = sum(path.resolve().parent == folder for path in files)
        done = nmsg(
            "Ett svarskjema ligger i {folder}",
            "{count} svarskjemaer ligger i {folder}",
            count,
            folder=str(folder),
        )
        click.echo(words.text(done))


def form_name(code: str, name: str, year: int) -> str:
    """Return the file name of a municipality's form; letters that file systems dislike become hyphens."""
    safe = "".join(sign if sign.isalnum() else "-" for sign in name.casefold())
    return f"svarskjema-{year}-{code}-{safe}.xlsx"


def _refuse_existing(paths: list[Path]) -> None:
    """A form may hold answers, so one is never written over."""
    from fotfeste.errors import OutputError, Problem

    there = [path for path in paths if path.exists()]
    if there:
        raise OutputError(
            "replies.exists",
            nmsg(
                "Filen finnes fra før og kan inneholde svar. Ingen skjemaer er skrevet.",
                "{count} filer finnes fra før og kan inneholde svar. Ingen skjemaer er skrevet.",
                len(there),
            ),
            remedy=msg("Velg en annen mappe eller fil, eller flytt det som ligger der."),
            problems=[Problem("replies.exists", msg("finnes fra før"), str(path)) for path in there],
        )


def _history(
    regions: Regions, county: str, year: int, settings: Settings
) -> dict[str, tuple[YearFigures, ...]]:
    """Return what may be shown of requested, decided and settled in the years before, by municipality."""
    from fotfeste.settlement.gather import shown_history
    from fotfeste.statistics import open_store, settlement_history

    codes = [one.code for one in regions.municipalities(year, county)]
    years = range(year - HISTORY_YEARS, year)
    found = settlement_history(open_store(settings.data_dir), regions, codes, years)
    return {code: shown_history(found.get(code, ())) for code in codes}


@replies.command(short_help="Sjekk svarene som er kommet inn.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FIL|MAPPE...")
@county_and_year
@click.pass_obj
def check(settings: Settings, paths: tuple[Path, ...], county: str, year: int) -> None:
    """Les svarskjemaer og vis hvem som har svart, hva som mangler, og hva som er trangest i hver kommune.

    Er noe galt, vises alle feil med fil, ark og celle. Ingen filer endres.

    \b
    Eksempel:
      fotfeste replies check svar --county Telemark --year 2027
    """
    from fotfeste.regions import load_regions
    from fotfeste.settlement.reply_sheet import read_reply_sheets

    words, regions = language(settings.locale), load_regions()
    reading = read_reply_sheets(paths, county, year, regions)
    everyone = regions.municipalities(year, reading.replies.county_code)
    click.echo(status_in_words(reading, everyone, words))


def status_in_words(reading: ReplyReading, everyone: tuple[Municipality, ...], words: Language) -> str:
    """Return who has answered, what they left blank and the bottleneck of each, as text for a terminal."""
    answered = len(reading.replies.by_code)
    head = nmsg(
        "Én av {all} kommuner har svart.", "{count} av {all} kommuner har svart.", answered, all=len(everyone)
    )
    parts = [words.text(head)]
    if answered:
        parts += ["", _status_table(reading, everyone, words)]
    if reading.unanswered:
        names = words.join([one.name for one in reading.unanswered])
        parts += ["", in_lines(words.text(msg("Har ikke svart (ukjent, ikke null): {names}.", names=names)))]
    if reading.notices:
        parts += ["", words.text(msg("Merk:"))]
        parts += [f"• {one.describe(words)}" for one in reading.notices]
    return "\n".join(parts)


def _status_table(reading: ReplyReading, everyone: tuple[Municipality, ...], words: Language) -> str:
    from fotfeste.settlement.reply_form import load_reply_form, values_of
    from fotfeste.settlement.wording import service_name

    number = len(load_reply_form().fields)
    rows: list[list[object]] = []
    for one in everyone:
        reply = reading.replies.by_code.get(one.code)
        if reply is None:
            continue
        lowest = reply.bottleneck
        rows.append(
            [
                one.name,
                "" if reply.own_wish is None else words.number(reply.own_wish),
                "" if lowest is None else words.number(lowest[1]),
                "" if lowest is None else words.text(service_name(lowest[0])),
                words.number(number - len(values_of(reply))),
                reply.approved_by or words.text(msg("ikke oppgitt")),
            ]
        )
    header = [
        msg("Kommune"),
        msg("Ønsker"),
        msg("Laveste"),
        msg("Trangest"),
        msg("Tomme felt"),
        msg("Godkjent av"),
    ]
    return as_table([words.text(title) for title in header], rows)
