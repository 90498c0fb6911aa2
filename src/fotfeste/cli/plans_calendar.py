"""`fotfeste plans calendar`: what municipal planning is to come, and when the county must have been in touch."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from fotfeste.cli.asked import CountyName, Day, MunicipalityName
from fotfeste.cli.output import Format, as_table, emit, in_lines
from fotfeste.cli.plans_register import formats, register_option, registers
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg

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
@register_option
@formats
def command(
    county: str,
    municipality: str | None,
    years: int,
    as_of: date | None,
    ics: Path | None,
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
    from fotfeste.plans.register.calendar import Entry, State
    from fotfeste.plans.register.wording import RESTS, STATE, entry_text, moment_text
    from fotfeste.regions import load_regions
    from fotfeste.reports.plans_calendar import calendar_of_plans, planning_calendar

    regions, day, words = load_regions(), as_of or today(), reader()
    found = planning_calendar(regions, county, registers(own), day, municipality=municipality, years=years)

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
            "basis": entry.basis,
            "plan": entry.plan,
        }

    content = [row(one) for one in found]
    if form is not None:
        keys = list(content[0]) if content else ["municipality_code", "type", "when"]
        emit(
            form,
            keys,
            [[one[key] for key in keys] for one in content],
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
        from fotfeste.regions.registry import EDITION

        place = regions.county(county, EDITION)
        title = msg("Kommunale planer i {county}", county=place.name)
        written = calendar_of_plans(
            f"{place.code}/planer", title, found, day, words=words, stamp=datetime.now(UTC)
        )
        write_whole(ics, written)
        click.echo(words.text(msg("Kalenderen ligger i {file}", file=str(ics.resolve()))), err=True)
