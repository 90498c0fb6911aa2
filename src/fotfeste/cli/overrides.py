"""`fotfeste overrides`: a person in a role sets a number with a reason; entries are never changed, only followed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.asked import (
    Asked,
    Command,
    MunicipalityName,
    WholeNumber,
    asked_from,
    county_and_year,
    number_options,
    recommended,
)
from fotfeste.cli.output import as_json, as_table, in_lines
from fotfeste.messages import Language, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Municipality, Regions
    from fotfeste.settlement.ledger import Entry, Ledger
    from fotfeste.settlement.result import Recommendation

WIDEST = 40


@click.group(short_help="Sett tall for kommuner, med rolle og begrunnelse.")
def overrides() -> None:
    """Sett tall for kommuner, med rolle og begrunnelse, i en logg der ingenting endres i ettertid.

    Resten regnes på nytt, og det vises hva overstyringen koster. Offentlige dokumenter viser rolle og begrunnelse,
    aldri navn.
    """


def _ledger_option(command: Command) -> Command:
    return click.option(
        "--ledger", type=click.Path(path_type=Path), required=True, metavar="FIL", help="Loggen."
    )(command)


def _entry_options(command: Command) -> Command:
    """Add what every entry says: which municipality, who, in which role, and why."""
    for option in (
        click.option("--reason", required=True, metavar="TEKST", help="Begrunnelsen. Den blir offentlig."),
        click.option("--name", required=True, metavar="NAVN", help="Navnet. Det vises bare internt."),
        click.option(
            "--role", required=True, metavar="ROLLE", help="Rollen tallet settes i. Den blir offentlig."
        ),
        click.option(
            "--municipality",
            type=MunicipalityName(),
            required=True,
            metavar="KOMMUNE",
            help="Kommunen, med navn eller nummer.",
        ),
    ):
        command = option(command)
    return command


def _cost_options(command: Command) -> Command:
    return number_options(command)


@overrides.command(short_help="Sett et tall for en kommune.")
@_ledger_option
@county_and_year
@_entry_options
@click.option(
    "--persons",
    type=WholeNumber(),
    required=True,
    metavar="TALL",
    help="Hele tallet for kommunen, enslige mindreårige medregnet.",
)
@_cost_options
@click.pass_obj
def add(
    settings: Settings,
    /,
    ledger: Path,
    municipality: str,
    persons: int,
    role: str,
    name: str,
    reason: str,
    **options: Any,
) -> None:
    """Sett et tall for en kommune. Loggen lages når den ikke finnes.

    Med --total (og de andre valgene fra «fotfeste recommend») vises det straks hva overstyringen koster. Kan tallet
    ikke oppfylles, føres det ikke.

    \b
    Eksempel:
      fotfeste overrides add --ledger logg.json --county Telemark --year 2027 --municipality Skien
        --persons 60 --role fylkesdirektør --name "Navn Navnesen" --reason "Byen bygger om mottaket" --total 545
    """
    from fotfeste.regions import load_regions

    words, regions = language(settings.locale), load_regions()
    county, year, total = options["county"], options["year"], options["total"]
    area = regions.county(county, year)
    one = regions.municipality(municipality, year, area.code)
    before = _opened(ledger, area.code, year)
    after = before.followed(at=_now(), role=role, name=name, code=one.code, persons=persons, reason=reason)
    found = None if total is None else _tried(asked_from(options), settings, after, persons)
    _keep(ledger, before, after, one, words)
    if found is not None:
        click.echo("\n".join(overrides_in_words(found, words, one.code)).strip())


@overrides.command(short_help="Trekk tilbake overstyringen av en kommune.")
@_ledger_option
@_entry_options
@click.pass_obj
def withdraw(
    settings: Settings, /, ledger: Path, municipality: str, role: str, name: str, reason: str
) -> None:
    """Trekk tilbake overstyringen av en kommune. Føringen blir stående, fulgt av en ny.

    \b
    Eksempel:
      fotfeste overrides withdraw --ledger logg.json --municipality Skien --role fylkesdirektør
        --name «Navn Navnesen» --reason «Mottaket er ferdig»
    """
    from fotfeste.regions import load_regions
    from fotfeste.settlement.ledger_file import read_ledger

    words, regions = language(settings.locale), load_regions()
    before = read_ledger(ledger)
    one = regions.municipality(municipality, before.year, before.county_code)
    after = before.followed(at=_now(), role=role, name=name, code=one.code, persons=None, reason=reason)
    _keep(ledger, before, after, one, words)


@overrides.command(short_help="Vis loggen.")
@_ledger_option
@click.option("--names", is_flag=True, help="Vis også navn. Da er visningen intern.")
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def show(settings: Settings, ledger: Path, names: bool, json_wanted: bool) -> None:
    """Vis alle føringer i loggen, eldste først, og hvilke som gjelder. Kjeden av sjekksummer blir sjekket.

    \b
    Eksempel:
      fotfeste overrides show --ledger logg.json
    """
    from fotfeste.regions import load_regions
    from fotfeste.settlement.ledger_file import read_ledger

    words, kept, regions = language(settings.locale), read_ledger(ledger), load_regions()
    if json_wanted:
        click.echo(as_json(_as_data(kept, regions, names=names)))
    else:
        click.echo(_in_words(kept, regions, words, names=names))


def overrides_in_words(found: Recommendation, words: Language, code: str = "") -> list[str]:
    """Return every number that a person has set and what it costs, as lines for a terminal; ``code`` picks one."""
    from fotfeste.reports.documents.overrides import cost_in_words, set_by

    names = {one.code: one.name for one in found.municipalities}
    lines = []
    for cost in found.overrides:
        if code in ("", cost.code):
            told = f"{words.text(set_by(cost, names))} {words.text(cost_in_words(cost, names, words))}"
            lines.append(in_lines(f"• {told}" if not code else told, "" if code else "  "))
    return [*lines, ""] if lines else []


def _opened(path: Path, county_code: str, year: int) -> Ledger:
    """Return the ledger in a file, or a new one where there is no file; it must be for this county and year."""
    from fotfeste.settlement.ledger import Ledger
    from fotfeste.settlement.ledger_file import read_ledger
    from fotfeste.settlement.prepare import check_belongs

    ledger = read_ledger(path) if path.exists() else Ledger(county_code, year)
    check_belongs(None, ledger, county_code, year)
    return ledger


def _tried(asked: Asked, settings: Settings, ledger: Ledger, persons: int) -> Recommendation:
    from fotfeste.errors import InputError

    if persons > asked.total:
        raise InputError(
            "ledger.above",
            msg("Tallet ({persons}) er over totalen ({total}).", persons=persons, total=asked.total),
            remedy=msg("Sjekk tallet. Det er ikke ført."),
        )
    return recommended(asked, settings, ledger=ledger).recommendation


def _keep(path: Path, before: Ledger, after: Ledger, one: Municipality, words: Language) -> None:
    from fotfeste.settlement.ledger import worth_another_look
    from fotfeste.settlement.ledger_file import keep

    keep(path, before, after)
    entry = after.entries[-1]
    for notice in worth_another_look(entry):
        click.echo(in_lines(words.text(notice), "  "), err=True)
    fields = {"number": entry.number, "name": one.name}
    done = (
        msg("Ført som nr. {number}: overstyringen av {name} er trukket tilbake. Loggen er intern.", **fields)
        if entry.persons is None
        else msg(
            "Ført som nr. {number}: {name} er satt til {persons}. Loggen er intern.",
            persons=entry.persons,
            **fields,
        )
    )
    click.echo(words.text(done))


def _in_words(ledger: Ledger, regions: Regions, words: Language, *, names: bool) -> str:
    from fotfeste.reports.documents.overrides import moment, state_of

    titles = [
        msg("Nr."),
        msg("Tid (UTC)"),
        msg("Kommune"),
        msg("Satt til"),
        msg("Rolle"),
        *([msg("Navn")] if names else []),
        msg("Begrunnelse"),
        msg("Nå"),
    ]
    rows = [
        [
            words.number(entry.number),
            moment(entry.at),
            _name(entry, ledger, regions),
            "" if entry.persons is None else words.number(entry.persons),
            entry.role,
            *([entry.name] if names else []),
            entry.reason,
            words.text(state_of(entry, ledger)),
        ]
        for entry in ledger.entries
    ]
    head = nmsg(
        "Overstyringer for {county} i {year}: {count} føring, {force} gjelder.",
        "Overstyringer for {county} i {year}: {count} føringer, {force} gjelder.",
        len(ledger.entries),
        county=regions.county(ledger.county_code, ledger.year).name,
        year=str(ledger.year),
        force=len(ledger.in_force),
    )
    parts = [words.text(head), "", as_table([words.text(one) for one in titles], rows, widest=WIDEST)]
    if names:
        parts += ["", words.text(msg("Visningen har med navn og er intern."))]
    return "\n".join(parts)


def _as_data(ledger: Ledger, regions: Regions, *, names: bool) -> object:
    """The name, and the checksum that covers it, are there only when asked for."""
    force = {entry.number for entry in ledger.in_force.values()}
    return {
        "schema": 1,
        "county_code": ledger.county_code,
        "year": ledger.year,
        "entries": [
            {
                "number": entry.number,
                "at": entry.at.isoformat(),
                "code": entry.code,
                "municipality": _name(entry, ledger, regions),
                "persons": entry.persons,
                "role": entry.role,
                **({"name": entry.name} if names else {}),
                "reason": entry.reason,
                "follows": entry.follows,
                "in_force": entry.number in force,
                **({"checksum": entry.checksum} if names else {}),
            }
            for entry in ledger.entries
        ],
    }


def _name(entry: Entry, ledger: Ledger, regions: Regions) -> str:
    names = {one.code: one.name for one in regions.municipalities(ledger.year)}
    return names.get(entry.code, entry.code)


def _now() -> datetime:
    """The command line is where the clock may be read; entries are kept to the second."""
    return datetime.now(UTC).replace(microsecond=0)
