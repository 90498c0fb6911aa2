"""`fotfeste dialogue`: what the yearly meeting with each municipality needs, before it and after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import CountyName, Day, WholeNumber
from fotfeste.cli.output import in_lines
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import progress_shown, today
from fotfeste.messages import Language, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.reports.documents.dialogue_folder import Written
    from fotfeste.reports.documents.folder import Progress
    from fotfeste.settlement.bundle import Bundle
    from fotfeste.settlement.dialogue.minutes import Need
    from fotfeste.settlement.dialogue.questions import DialogueForm
    from fotfeste.settlement.replies import Reply


def _path() -> click.Path:
    return click.Path(path_type=Path)


@click.command(short_help="Forbered og oppsummer dialogmøtene med kommunene.")
@click.option(
    "--county",
    type=CountyName(),
    required=True,
    metavar="FYLKE",
    help="Navn eller nummer, for eksempel Telemark.",
)
@click.option(
    "--year",
    type=WholeNumber(),
    metavar="ÅR",
    help="Året det skal bosettes i. Ellers: året etter de nyeste bosettingstallene.",
)
@click.option("--out", type=_path(), required=True, metavar="MAPPE", help="Skriv filene i denne mappen.")
@click.option(
    "--replies",
    type=_path(),
    multiple=True,
    metavar="FIL|MAPPE",
    help="Svarskjemaene fra året før (.xlsx). Kan gjentas; en mappe står for alle skjemaene i den.",
)
@click.option(
    "--bundle",
    type=_path(),
    metavar="FIL",
    help="Anbefalingspakken fra året før («fotfeste recommend --bundle»).",
)
@click.option(
    "--last-minutes",
    type=_path(),
    multiple=True,
    metavar="FIL|MAPPE",
    help="Referatskjemaene fra året før. Behovene dere hørte da, står på arket. Kan gjentas.",
)
@click.option(
    "--minutes",
    type=_path(),
    multiple=True,
    metavar="FIL|MAPPE",
    help="Utfylte referatskjemaer (.xlsx). Da skrives referater og samlet referat, ikke ark. Kan gjentas.",
)
@click.option(
    "--questions",
    type=_path(),
    metavar="FIL",
    help="Fylkets egne spørsmål og grenser (TOML). Ellers: de som følger med.",
)
@click.option("--data", type=_path(), metavar="FIL", help="Egne tall (CSV eller XLSX) som dataene ikke har.")
@click.option("--issued", type=Day(), metavar="DATO", help="Datoen på dokumentene. Ellers: i dag.")
@click.option("--verbose", is_flag=True, help="Vis framdrift også når skjermen ikke er en terminal.")
@click.pass_obj
def dialogue(
    settings: Settings,
    county: str,
    year: int | None,
    out: Path,
    replies: tuple[Path, ...],
    bundle: Path | None,
    last_minutes: tuple[Path, ...],
    minutes: tuple[Path, ...],
    questions: Path | None,
    data: Path | None,
    issued: date | None,
    verbose: bool,
) -> None:
    """Forbered de årlige dialogmøtene med kommunene, og oppsummer dem etterpå.

    Før møtene skrives et ark på to sider for hver kommune (tall, fjorårets svar og hva det ble til, spørsmål å stille) og
    et referatskjema. Etter møtene leser --minutes de utfylte skjemaene og skriver referater og et samlet referat for fylket.

    \b
    Eksempel:
      fotfeste dialogue --county Telemark --out dialog
      fotfeste dialogue --county Telemark --minutes dialog/referatskjema --out dialog
    """
    from fotfeste.regions import load_regions
    from fotfeste.settlement.dialogue.facts import default_year, prepare_round
    from fotfeste.settlement.dialogue.questions_file import load_questions
    from fotfeste.statistics import open_store

    if minutes and (replies or bundle or data or last_minutes):
        raise click.UsageError(
            reader().text(
                msg(
                    "--minutes brukes etter møtene. Ta bort --replies, --bundle, --last-minutes og --data, som brukes før."
                )
            )
        )
    words, regions, store = language(settings.locale), load_regions(), open_store(settings.data_dir)
    year = default_year(store) if year is None else year
    form, day = load_questions(questions), issued or today()
    progress = progress_shown(verbose=verbose)
    if minutes:
        _after(settings, regions, form, county, year, minutes, out, day, progress)
        return
    last = _read_bundle(bundle, regions.county(county, year).code, year) if bundle else None
    round_ = prepare_round(
        county,
        year,
        store=store,
        regions=regions,
        data=data,
        recommended=last.outcome.numbers if last else None,
        replies=_last_replies(replies, last, county, year, regions, words),
        needs=_last_needs(last_minutes, county, year, regions, form),
    )
    from fotfeste.reports.documents.dialogue_folder import write_before

    written = write_before(round_, form, out, locale=settings.locale, issued=day, progress=progress)
    _tell(written, out, year, words)


def _last_needs(
    paths: tuple[Path, ...], county: str, year: int, regions: Regions, form: DialogueForm
) -> dict[str, tuple[Need, ...]]:
    """Return the needs heard in the meetings of the year before, by municipality code."""
    if not paths:
        return {}
    from fotfeste.settlement.dialogue.minutes_read import read_minutes

    reading = read_minutes(paths, county, year - 1, regions, form)
    return {code: one.needs for code, one in reading.meetings.minutes.items()}


def _last_replies(
    paths: tuple[Path, ...],
    last: Bundle | None,
    county: str,
    year: int,
    regions: Regions,
    words: Language,
) -> dict[str, Reply] | None:
    """Return last year's replies: those in the files, otherwise those in the bundle, or ``None`` without either."""
    if paths:
        from fotfeste.settlement.reply_sheet import read_reply_sheets

        reading = read_reply_sheets(paths, county, year - 1, regions)
        for notice in reading.notices:
            click.echo(notice.describe(words), err=True)
        return dict(reading.replies.by_code)
    if last is not None and last.prepared.replies is not None:
        return dict(last.prepared.replies.by_code)
    return None


def _read_bundle(path: Path, county_code: str, year: int) -> Bundle:
    """Return last year's bundle; one for another county or year is refused."""
    from fotfeste.errors import InputError
    from fotfeste.settlement.bundle import read_bundle

    found = read_bundle(path)
    request = found.prepared.request
    if (request.county_code, request.year) != (county_code, year - 1):
        raise InputError(
            "dialogue.bundle",
            msg(
                "Pakken gjelder {county} i {found}, men dialogen om {year} trenger fylkets pakke for {last}.",
                county=request.county_name,
                found=str(request.year),
                year=str(year),
                last=str(year - 1),
            ),
            place=str(path),
            remedy=msg("Oppgi pakken fra året før, eller utelat --bundle."),
        )
    return found


def _after(
    settings: Settings,
    regions: Regions,
    form: DialogueForm,
    county: str,
    year: int,
    paths: tuple[Path, ...],
    out: Path,
    issued: date,
    progress: Progress | None,
) -> None:
    from fotfeste.reports.documents.dialogue_folder import meetings_basis, write_after
    from fotfeste.reports.documents.dialogue_summary import opening
    from fotfeste.settlement.dialogue.minutes_read import read_minutes

    words = language(settings.locale)
    reading = read_minutes(paths, county, year, regions, form)
    for notice in reading.notices:
        click.echo(notice.describe(words), err=True)
    meetings = reading.meetings
    written = write_after(
        meetings,
        form,
        out,
        forms={code: str(regions.attributes(code).language_form) for code in meetings.minutes},
        locale=settings.locale,
        issued=issued,
        progress=progress,
    )
    basis = meetings_basis(meetings, form, locale=settings.locale, issued=issued)
    click.echo(opening(meetings, basis))
    if meetings.not_met:
        names = words.join([meetings.names[code] for code in meetings.not_met])
        click.echo(in_lines(words.text(msg("Ikke møtt ennå: {names}.", names=names))))
    _tell(written, out, year, words)


def _tell(written: Written, out: Path, year: int, words: Language) -> None:
    count = nmsg(
        "Dialogen om bosetting i {year}: én fil ligger i {folder}",
        "Dialogen om bosetting i {year}: {count} filer ligger i {folder}",
        len(written.files),
        year=str(year),
        folder=str(out.resolve()),
    )
    click.echo(words.text(count))
    if written.left:
        kept = nmsg(
            "Ett referatskjema fantes fra før og er latt stå, siden det kan være fylt ut.",
            "{count} referatskjemaer fantes fra før og er latt stå, siden de kan være fylt ut.",
            len(written.left),
        )
        click.echo(words.text(kept))
