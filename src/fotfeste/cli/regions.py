"""`fotfeste regions`: municipalities and counties of any year, their changes, and municipalities alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.output import Format, emit
from fotfeste.cli.usage import reader
from fotfeste.messages import Message, msg
from fotfeste.regions.registry import ATTRIBUTES_FROM, EDITION, FIRST_YEAR

if TYPE_CHECKING:
    from fotfeste.regions import Change, Regions

Command = TypeVar("Command", bound=Callable[..., Any])

KINDS = {
    "merged": msg("slått sammen"),
    "split": msg("delt"),
    "renumbered": msg("nytt nummer"),
    "renamed": msg("nytt navn"),
    "part_moved": msg("del overført"),
}
FORMS = {"bokmål": msg("bokmål"), "nynorsk": msg("nynorsk"), "nøytral": msg("nøytral")}


def _formats(command: Command) -> Command:
    command = click.option("--json", "form", flag_value="json", help="Skriv svaret som JSON.")(command)
    return click.option("--csv", "form", flag_value="csv", help="Skriv svaret som CSV.")(command)


_year = click.option(
    "--year",
    type=int,
    default=EDITION,
    show_default=True,
    metavar="ÅR",
    help="Inndelingen 1. januar dette året.",
)
_county = click.option("--county", metavar="FYLKE", help="Bare dette fylket: navn eller nummer.")


@click.group(short_help="Kommuner og fylker: inndelinger, endringer og kjennetegn.")
def regions() -> None:
    """Kommuner og fylker: inndelinger siden 1994, endringer, sentralitet og lignende kommuner."""


@regions.command(short_help="Fylker og sentralitetsklasser.")
@_year
@_formats
def counties(year: int, form: Format | None) -> None:
    """Vis fylkene med antall kommuner i hver sentralitetsklasse og andelen distriktskommuner (klasse 5 og 6).

    Sentralitetsklassene gjelder inndelingen fra 2024; for eldre år vises bare fylkene og antall kommuner.
    """
    register = _register()
    if year >= ATTRIBUTES_FROM:
        register.counties(year)
        content = [
            {
                "code": one.code,
                "name": one.name,
                **{f"class_{number}": count for number, count in enumerate(one.by_class, start=1)},
                "municipalities": one.municipalities,
                "district_share": float(one.district_share),
            }
            for one in register.county_summaries()
        ]
    else:
        content = [
            {
                "code": one.code,
                "name": one.name,
                "municipalities": len(register.municipalities(year, one.code)),
            }
            for one in register.counties(year)
        ]
    _show(form, content, {"schema": 1, "year": year, "counties": content}, COUNTY_TITLES)


@regions.command(short_help="Kommunene i et år.")
@_year
@_county
@_formats
def municipalities(year: int, county: str | None, form: Format | None) -> None:
    """Vis kommunene i et år, med kjennetegn for inndelingen fra 2024."""
    register = _register()
    content = [_municipality(register, one.code, year) for one in register.municipalities(year, county)]
    _show(form, content, {"schema": 1, "year": year, "municipalities": content}, MUNICIPALITY_TITLES)


@regions.command(short_help="Endringer i inndelingen.")
@click.option("--from", "from_year", type=int, metavar="ÅR", help="Endringer etter 1. januar dette året.")
@click.option("--to", "to_year", type=int, metavar="ÅR", help="Endringer til og med 1. januar dette året.")
@click.option("--year", type=int, metavar="ÅR", help="Bare endringer 1. januar dette året.")
@_county
@_formats
def changes(
    from_year: int | None, to_year: int | None, year: int | None, county: str | None, form: Format | None
) -> None:
    """Vis sammenslåinger, delinger, nye numre, nye navn og overførte deler mellom to år.

    Uten år vises alle endringer siden 1994. Andelen er den delen av folketallet som fulgte med; 0 betyr en del av
    ukjent størrelse eller uten folk.
    """
    if year is not None and (from_year is not None or to_year is not None):
        raise click.UsageError(reader().text(msg("Velg enten --year eller --from og --to.")))
    register = _register()
    if year is not None:
        from_year, to_year = year - 1, year
    found = register.changes(
        FIRST_YEAR if from_year is None else from_year, EDITION if to_year is None else to_year
    )
    if county is not None:
        found = register.changes_in_county(found, county)
    content = [_change(one) for one in found]
    _show(form, content, {"schema": 1, "changes": content}, CHANGE_TITLES)


@regions.command(short_help="Kommuner som ligner.")
@click.argument("municipality", metavar="KOMMUNE")
@click.option("--number", type=click.IntRange(1, 356), default=5, show_default=True, help="Hvor mange.")
@_year
@_county
@_formats
def similar(municipality: str, number: int, year: int, county: str | None, form: Format | None) -> None:
    """Vis kommunene som ligner mest på KOMMUNE i størrelse, sentralitet og KOSTRA-gruppe, den likeste først."""
    register = _register()
    one = register.municipality(municipality, year, county)
    content = [_municipality(register, other.code, EDITION) for other in register.similar(one.code, number)]
    asked = _municipality(register, one.code, EDITION)
    _show(form, content, {"schema": 1, "municipality": asked, "similar": content}, MUNICIPALITY_TITLES)


COUNTY_TITLES = {
    "code": msg("Nr."),
    "name": msg("Fylke"),
    **{f"class_{number}": msg("Klasse {number}", number=number) for number in range(1, 7)},
    "municipalities": msg("Kommuner"),
    "district_share": msg("Andel distrikt"),
}
MUNICIPALITY_TITLES = {
    "code": msg("Nr."),
    "name": msg("Kommune"),
    "official_name": msg("Offisielt navn"),
    "county_code": msg("Fylkesnr."),
    "county_name": msg("Fylke"),
    "centrality_class": msg("Klasse"),
    "centrality_index": msg("Sentralitet"),
    "kostra_group": msg("KOSTRA"),
    "labour_market_region": msg("Bo- og arbeidsmarked"),
    "language_form": msg("Målform"),
    "population": msg("Folketall"),
}
CHANGE_TITLES = {
    "year": msg("År"),
    "kind": msg("Endring"),
    "from_code": msg("Fra nr."),
    "from_name": msg("Fra"),
    "to_code": msg("Til nr."),
    "to_name": msg("Til"),
    "share": msg("Andel"),
    "persons": msg("Antall personer"),
    "note": msg("Merknad"),
}


NOTES = (
    msg("Brandasund, Haslevik og del av Aga"),
    msg("Stokke delt: Vear til Tønsberg; personer anslått fra bruddet i folketallet"),
    msg("Sørbrandal og Hakallestranda; personer anslått fra bruddet i folketallet"),
    msg("Vestvågan/Sørnes, Halsfjord og del av Bærøyvågen"),
    msg("Vågstranda (Våge og Hjelvik); personer anslått fra bruddet i folketallet"),
    msg("areal i Dal"),
    msg("areal i Ringøy"),
    msg("del av Skjel"),
    msg("fylkesgrensen Akershus/Buskerud; omtrentlig tall"),
)
"""Notes of the register that are more than names of places, so that translation reaches them."""


def _register() -> Regions:
    from fotfeste.regions import load_regions

    return load_regions()


def _show(
    form: Format | None, content: list[dict[str, Any]], json_content: object, titles: dict[str, Message]
) -> None:
    keys = list(content[0]) if content else list(titles)
    header = [reader().text(titles[key]) for key in keys] if form is None else keys
    rows = [[one[key] for key in keys] for one in content]
    if form is None:
        rows = [[_shown(key, cell) for key, cell in zip(keys, row, strict=True)] for row in rows]
    emit(form or "table", header, rows, json_content)


def _shown(key: str, cell: object) -> object:
    """Return a cell of a table for people; data for programs stay as they are."""
    words = reader()
    if key in {"district_share", "share"} and isinstance(cell, float | str):
        from fractions import Fraction

        return words.percent(Fraction(str(cell)))
    if key == "note" and isinstance(cell, str):
        return words.text(Message(cell))
    named = {"kind": KINDS, "language_form": FORMS}.get(key, {})
    return words.text(named[cell]) if isinstance(cell, str) and cell in named else cell


def _municipality(register: Regions, code: str, year: int) -> dict[str, Any]:
    one = register.municipality(code, year)
    content: dict[str, Any] = {
        "code": one.code,
        "name": one.name,
        "official_name": one.official_name,
        "county_code": one.county_code,
        "county_name": one.county_name,
    }
    if year < ATTRIBUTES_FROM:
        return content
    known = register.attributes(one.code)
    return content | {
        "centrality_class": known.centrality_class,
        "centrality_index": known.centrality_index,
        "kostra_group": known.kostra_group,
        "labour_market_region": known.labour_market_region.name,
        "language_form": known.language_form,
        "population": known.population,
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "year": one.year,
        "kind": one.kind,
        "from_code": one.from_code,
        "from_name": one.from_name,
        "to_code": one.to_code,
        "to_name": one.to_name,
        "share": one.share_text,
        "persons": one.persons,
        "note": one.note,
    }
