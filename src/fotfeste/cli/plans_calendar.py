"""`fotfeste plans calendar`: what municipal planning is to come, and when the county must have been in touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import CountyName, Day, MunicipalityName
from fotfeste.cli.output import Format, as_table, emit, in_lines
from fotfeste.cli.plans_register import formats, harmless, register_option, registers
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.register.calendar import Entry

WIDEST = 50


@click.command("calendar", short_help="Kommunale planer som kommer, og når veiledningen må komme.")
@click.option(
    "--county",
    type=CountyName(),
    required=True,
    metavar="FYLKE",
    help="Navn eller nummer, for eksempel Telemark.",
)
@click.option("--municipality", type=MunicipalityName(), metavar="KOMMUNE", help="Bare denne kommunen.")
@click.option(
    "--years",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    metavar="ÅR",
    help="Så mange år fram.",
)
@click.option("--as-of", type=Day(), metavar="DATO", help="Dagen kalenderen er sett fra. Ellers: i dag.")
@click.option(
    "--ics", type=click.Path(path_type=Path), metavar="FIL", help="Skriv også en kalenderfil (.ics) hit."
)
@click.option(
    "--start-pack",
    "pack",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv startpakken til kommunen i --municipality hit, som HTML, PDF og Word, med en maskinfil (JSON).",
)
@click.option(
    "--settings",
    "own_settings",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Egne innstillinger (TOML): hvor lenge før oppstart kommunen bør ha hørt fra fylkeskommunen, og hva som antas.",
)
@register_option
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    county: str,
    municipality: str | None,
    years: int,
    as_of: date | None,
    ics: Path | None,
    pack: Path | None,
    own_settings: Path | None,
    own: tuple[Path, ...],
    form: Format | None,
) -> None:
    """Vis kommunale planer som kommer, med dagen da kommunen bør ha hørt fra fylkeskommunen.

    Veiledningen må komme før oppstart er varslet. Datoer fra loven, fra planstrategiene og antatte datoer holdes fra
    hverandre. Før inn kommunenes planstrategier i et eget register for å få annet enn antakelser.

    \b
    Eksempel:
      fotfeste plans calendar --county Telemark --as-of 2027-05-01
      fotfeste plans calendar --county Telemark --register planer.toml --ics planer.ics
    """
    from fotfeste.plans.register.calendar import State, calendar_settings_in
    from fotfeste.plans.register.wording import RESTS, STATE, basis_told, entry_text, moment_text
    from fotfeste.regions import load_regions
    from fotfeste.regions.registry import EDITION
    from fotfeste.reports.plans_calendar import calendar_of_plans, planning_calendar

    regions, day, words = load_regions(), as_of or today(), reader()
    if pack is not None and municipality is None:
        raise click.UsageError(
            words.text(msg("--start-pack trenger --municipality: en startpakke gjelder én kommune."))
        )
    chosen = None if own_settings is None else calendar_settings_in(own_settings)
    register = registers(own)
    found = planning_calendar(
        regions, county, register, day, municipality=municipality, years=years, settings=chosen
    )

    def row(entry: Entry) -> dict[str, str]:
        return {
            "municipality_code": entry.owner.code,
            "municipality": entry.owner.name,
            "type": entry.type,
            "what": entry.what.value,
            "text": words.text(entry_text(entry)),
            "when": entry.moment.text,
            "earliest": entry.moment.first.isoformat(),
            "alert": entry.alert.isoformat() if entry.alert else "",
            "state": entry.state(day).value,
            "rests_on": entry.rests.value,
            "basis": words.text(basis_told(entry.basis)),
            "plan": entry.plan,
        }

    content = [row(one) for one in found]
    if form is not None:
        keys = list(content[0]) if content else ["municipality_code", "type", "when"]
        emit(
            form,
            keys,
            [[harmless(one[key]) for key in keys] for one in content],
            {"schema": 1, "as_of": day.isoformat(), "calendar": content},
        )
    else:
        header = [
            words.text(name)
            for name in (
                msg("Kommune"),
                msg("Hva"),
                msg("Når"),
                msg("Ta kontakt innen"),
                msg("Nå"),
                msg("Bygger på"),
            )
        ]
        shown = [
            [
                one.owner.name,
                words.text(entry_text(one)),
                moment_text(one.moment, words),
                words.short_date(one.alert) if one.alert else "",
                words.text(STATE[one.state(day)]),
                words.text(RESTS[one.rests]),
            ]
            for one in found
            if one.state(day) is not State.PASSED
        ]
        click.echo(as_table(header, shown, widest=WIDEST))
        click.echo(
            in_lines(
                words.text(
                    msg(
                        "«Antatt» følger innstillingene i Fotfeste: ingen planstrategi i registeret sier når."
                    )
                )
            )
        )
        if lacking := len({one.owner for one in found if one.state(day) is State.PASSED}):
            said = nmsg(
                "Én kommune har ingen planstrategi for perioden i registeret. Før den inn, så kommer det den bestiller, med her.",
                "{count} kommuner har ingen planstrategi for perioden i registeret. Før dem inn, så kommer det de bestiller, med her.",
                lacking,
            )
            click.echo(in_lines(words.text(said)))
    if ics is not None:
        from fotfeste.files import write_whole

        place = regions.county(county, EDITION)
        title = msg("Kommunale planer i {county}", county=place.name)
        written = calendar_of_plans(
            f"{place.code}/planer", title, found, day, words=words, stamp=datetime.now(UTC)
        )
        write_whole(ics, written)
        click.echo(words.text(msg("Kalenderen ligger i {file}", file=str(ics.resolve()))), err=True)
    if pack is not None and municipality is not None:
        _write_pack(settings, pack, found, regions.municipality(municipality, EDITION, county).code, day)


def _write_pack(settings: Settings, folder: Path, found: Sequence[Entry], code: str, day: date) -> None:
    from fotfeste.files import write_whole
    from fotfeste.reports import render_docx, render_html, render_pdf
    from fotfeste.reports.knowledge_base import gather, machine_file
    from fotfeste.reports.plans_start_pack import next_start, start_pack

    words = reader()
    gathered = gather(settings.data_dir, code, day)
    document = start_pack(gathered, next_start(found, code, day), words.locale)
    for ending, render in (("html", render_html), ("pdf", render_pdf), ("docx", render_docx)):
        write_whole(folder / f"{document.file_stem}.{ending}", render(document))
    write_whole(folder / f"{document.file_stem}.json", machine_file(gathered, None))
    click.echo(words.text(msg("Startpakken ligger i {folder}", folder=str(folder.resolve()))), err=True)
