"""`fotfeste verify`: recompute bundles, and say whether the numbers are the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.output import as_json, in_lines
from fotfeste.messages import Language, Message, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.settlement.verify import Verification


@click.command(short_help="Regn en anbefaling på nytt og se om tallene er de samme.")
@click.argument("bundles", metavar="PAKKE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def verify(settings: Settings, /, bundles: tuple[Path, ...], json_wanted: bool) -> None:
    """Regn anbefalingspakker på nytt, og si om hvert tall og hver forklaring er de samme.

    Pakken holder alt den bygger på, så svaret blir det samme også når dataene er oppdatert. Er noe ulikt, er
    avslutningskoden 7.

    \b
    Eksempel:
      fotfeste recommend --county Telemark --year 2027 --total 545 --bundle telemark-2027.json
      fotfeste verify telemark-2027.json
    """
    from fotfeste.errors import NotTheSame
    from fotfeste.settlement.bundle import read_bundle
    from fotfeste.settlement.verify import verify as recompute
    from fotfeste.statistics import open_store

    words, store = language(settings.locale), open_store(settings.data_dir)
    found = [(path, recompute(read_bundle(path), store)) for path in bundles]
    if json_wanted:
        click.echo(as_json([_as_data(path, one, words) for path, one in found]))
    else:
        click.echo("\n\n".join(_in_words(path, one, words) for path, one in found))
    different = [str(path) for path, one in found if not one.same]
    if different:
        raise NotTheSame(
            "bundle.differs",
            msg("Ikke det samme: {files}.", files=", ".join(different)),
            remedy=msg(
                "Meld fra med pakken: en anbefaling skal alltid kunne regnes på nytt til de samme tallene."
            ),
        )


def _in_words(path: Path, found: Verification, words: Language) -> str:
    bundle, request = found.bundle, found.bundle.prepared.request
    lines = [
        nmsg(
            "{file}: {county} {year}, {total} personer, {count} kommune. Laget {made} med Fotfeste {program}, beregning {engine}.",
            "{file}: {county} {year}, {total} personer, {count} kommuner. Laget {made} med Fotfeste {program}, beregning {engine}.",
            len(bundle.prepared.names),
            file=path.name,
            county=request.county_name,
            year=str(request.year),
            total=request.total,
            made=bundle.made,
            program=bundle.program,
            engine=bundle.engine,
        ),
        msg("Det samme: hvert tall og hver forklaring.") if found.same else msg("Ikke det samme:"),
        *(msg("• {difference}", difference=one) for one in found.differences),
        *_about_data(found),
        msg("Sjekksum: {checksum}", checksum=bundle.checksum),
    ]
    return "\n".join(in_lines(words.text(line), "  ") for line in lines)


def _about_data(found: Verification) -> list[Message]:
    """Say which data are no longer the ones the bundle was made from."""
    names = {
        state: ", ".join(one.data.dataset for one in found.data if one.found == state)
        for state in ("changed", "absent", "own")
    }
    told = []
    if names["changed"]:
        told.append(msg("Data med samme versjon, men annet innhold her: {names}.", names=names["changed"]))
    if names["absent"]:
        told.append(msg("Data som ikke finnes her lenger: {names}.", names=names["absent"]))
    if names["own"]:
        told.append(msg("Fylkets egne tall, bare i pakken: {names}.", names=names["own"]))
    newer = [one.data.dataset for one in found.data if one.newer]
    if newer:
        told.append(
            msg("Nyere tall finnes nå for: {names}. Pakken er regnet med sine egne.", names=", ".join(newer))
        )
    return told or [msg("Dataene den bygger på, ligger her uendret.")]


def _as_data(path: Path, found: Verification, words: Language) -> object:
    bundle, request = found.bundle, found.bundle.prepared.request
    return {
        "file": str(path),
        "same": found.same,
        "county_code": request.county_code,
        "year": request.year,
        "total": request.total,
        "made": bundle.made.isoformat(),
        "engine": bundle.engine,
        "program": bundle.program,
        "checksum": bundle.checksum,
        "differences": [words.text(one) for one in found.differences],
        "data": [
            {"dataset": one.data.dataset, "version": one.data.version, "found": one.found, "newer": one.newer}
            for one in found.data
        ],
    }
