"""`fotfeste criteria`: which criteria there are, a start for a new year, and what a file still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import CountyName, CriteriaName, Day, WholeNumber
from fotfeste.cli.output import as_json, as_table, in_lines
from fotfeste.messages import Language, Message, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.settlement.criteria import Criteria
    from fotfeste.settlement.criteria_review import Answered, Used

WIDEST = 60


@click.group(short_help="Kriterier: se, begynn på et nytt år og sjekk.")
def criteria() -> None:
    """Kriterier: hvilke som følger med, en begynnelse på et nytt år, og hva en fil mangler."""


@criteria.command(name="list", short_help="Kriteriene som følger med.")
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def list_criteria(settings: Settings, /, json_wanted: bool) -> None:
    """Vis kriteriene som følger med: eksempler på fylkets valg, og departementets kriterier så langt de er kjent."""
    from fotfeste.settlement.criteria_file import (
        read_criteria,
        read_national,
        shipped_criteria,
        shipped_national,
    )
    from fotfeste.settlement.for_reader import criteria_for, national_for

    words = language(settings.locale)
    own = [criteria_for(read_criteria(name), words) for name in shipped_criteria()]
    national = [national_for(read_national(name), words) for name in shipped_national()]
    if json_wanted:
        content = {
            "schema": 1,
            "criteria": [
                {"id": one.id, "year": one.year, "title": one.title, "note": one.note} for one in own
            ],
            "national": [
                {"id": one.id, "year": one.year, "title": one.title, "complete": one.complete}
                for one in national
            ],
        }
        click.echo(as_json(content))
        return
    header = [words.text(one) for one in (msg("navn"), msg("år"), msg("tittel"), msg("merknad"))]
    click.echo(as_table(header, [(one.id, one.year, one.title, one.note) for one in own], widest=WIDEST))
    header = [words.text(one) for one in (msg("navn"), msg("år"), msg("nasjonale kriterier"), msg("tekst"))]
    state = {True: words.text(msg("hele teksten")), False: words.text(msg("ufullstendig"))}
    click.echo()
    click.echo(as_table(header, [(one.id, one.year, one.title, state[one.complete]) for one in national]))


@criteria.command(short_help="Begynn på kriteriene for et nytt år.")
@click.option(
    "--from",
    "start",
    type=CriteriaName(),
    required=True,
    metavar="FIL|NAVN",
    help="Kriteriene som skal videreføres: fjorårets fil, eller navnet på en som følger med.",
)
@click.option("--year", type=WholeNumber(), required=True, metavar="ÅR", help="Året de nye gjelder.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FIL", help="Den nye kriteriefilen."
)
@click.option(
    "--national-out",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Filen til departementets kriterier. Ellers: nasjonale-ÅR.toml i samme mappe.",
)
@click.option("--dated", type=Day(), metavar="DATO", help="Datoen i filene. Ellers: i dag.")
@click.pass_obj
def new(
    settings: Settings, /, start: str, year: int, out: Path, national_out: Path | None, dated: date | None
) -> None:
    """Skriv to filer å gå videre med: fylkets kriterier og departementets kriterier for et nytt år.

    Vekter, nøkler og regler er de gamle til noen endrer dem. Det som må skrives, står i hakeparenteser. En fil som finnes,
    skrives ikke over.

    \b
    Eksempel:
      fotfeste criteria new --from standard-2027 --year 2028 --out kriterier-2028.toml
    """
    import os

    from fotfeste.files import write_whole
    from fotfeste.settlement.criteria_file import read_criteria
    from fotfeste.settlement.criteria_write import begun, criteria_as_toml, national_as_toml
    from fotfeste.settlement.for_reader import criteria_for

    words = language(settings.locale)
    _refuse_year(year)
    old = criteria_for(read_criteria(start), words)
    day = dated or date.today()  # noqa: DTZ011 - the date where the user sits
    made = begun(old, year, day, words)
    beside = (national_out or out.parent / f"nasjonale-{year}.toml") if made.national else None
    files: list[tuple[Path, str]] = []
    named = ""
    if made.national is not None and beside is not None:
        named = Path(os.path.relpath(beside.resolve(), out.resolve().parent)).as_posix()
        files.append((beside, national_as_toml(made.national, [words.text(_NATIONAL_HEAD)])))
    files.append((out, criteria_as_toml(made, named, [words.text(_HEAD)])))
    _refuse_existing([path for path, _ in files])
    for path, text in files:
        write_whole(path, text.encode())
        click.echo(words.text(msg("Skrevet: {file}", file=str(path))))
    click.echo(
        in_lines(
            words.text(
                msg(
                    "Skriv inn teksten fra departementet og fylkets valg, og sjekk med: fotfeste criteria check {file}",
                    file=str(out),
                )
            )
        )
    )


_HEAD = msg(
    "Fylkets kriterier. Endre vekter, regler og svar, og fyll ut det som står i hakeparenteser.\n"
    "weight er vekten i forhold til de andre; answers er de nasjonale kriteriene som kriteriet svarer på.\n"
    "Under [answers] står fylkets egne ord om nasjonale kriterier."
)
_NATIONAL_HEAD = msg(
    "Departementets kriterier. Bytt ut tekstene med dem som gjelder, ett [[criterion]] for hvert.\n"
    "Skriv complete = true når hele teksten er lagt inn. Endres en id, må den endres i kriteriefilen også."
)


def _refuse_year(year: int) -> None:
    from fotfeste.errors import InputError

    if not 1990 <= year <= 2100:
        raise InputError("criteria.year", msg("{year} er ikke et år kriterier kan gjelde.", year=str(year)))


def _refuse_existing(paths: list[Path]) -> None:
    from fotfeste.errors import OutputError

    for path in paths:
        if path.exists() or paths.count(path) > 1:
            raise OutputError(
                "criteria.exists",
                msg("Filen finnes fra før og skrives ikke over."),
                place=str(path),
                remedy=msg("Velg et annet navn, eller flytt den gamle filen."),
            )


@criteria.command(short_help="Hva en kriteriefil mangler.")
@click.argument("file", type=CriteriaName(), metavar="FIL|NAVN")
@click.option("--county", type=CountyName(), metavar="FYLKE", help="Sjekk også tallene for dette fylket.")
@click.option(
    "--year", type=WholeNumber(), metavar="ÅR", help="Året anbefalingen gjelder. Ellers: året i filen."
)
@click.option("--data", type=click.Path(path_type=Path), metavar="FIL", help="Fylkets egne tall.")
@click.pass_obj
def check(settings: Settings, /, file: str, county: str | None, year: int | None, data: Path | None) -> None:
    """Les en kriteriefil og si hvilke nasjonale kriterier den svarer på, hva som må fylles ut, og hvilke tall den bruker.

    Er filen gal, vises hvert felt som må rettes. Mangler tall som en anbefaling ikke kan lages uten, er avslutningskoden 4.
    """
    from fotfeste.errors import DataMissing
    from fotfeste.settlement.criteria_file import read_criteria
    from fotfeste.settlement.criteria_review import holes, national_answers
    from fotfeste.settlement.for_reader import criteria_for

    words = language(settings.locale)
    read = criteria_for(read_criteria(file), words)
    when = read.year if year is None else year
    for line in _about(read, when, words):
        click.echo(in_lines(words.text(line), "  "))
    for answered in national_answers(read):
        click.echo(in_lines(words.text(_answer(answered, words)), "  "))
    for place, text in holes(read):
        click.echo(in_lines(words.text(msg("• Fyll ut {place}: {text}", place=place, text=text)), "  "))
    if county is None:
        return
    used = _figures(settings, read, county, when, data)
    for line in _figure_lines(used):
        click.echo(in_lines(words.text(line), "  "))
    stopping = sorted({one.indicator for one in used if one.stops})
    if stopping:
        raise DataMissing(
            "criteria.figures",
            msg("En anbefaling kan ikke lages uten disse tallene: {names}.", names=", ".join(stopping)),
            place=file,
            remedy=msg("Oppgi dem med --data, importer dem, eller endre kriteriet."),
        )


def _about(read: Criteria, year: int, words: Language) -> Iterator[Message]:
    parts = ", ".join(f"{one.name} {words.percent(one.share, 0)}" for one in read.criteria)
    yield msg("{title} (gjelder {year}): {parts}.", title=read.title, year=str(read.year), parts=parts)
    if read.year != year:
        yield msg("• Kriteriene er laget for {made}, ikke for {year}.", made=str(read.year), year=str(year))
    if read.national is None:
        yield msg("• Filen nevner ingen nasjonale kriterier.")
        return
    if read.national.year != read.year:
        yield msg(
            "• De nasjonale kriteriene er for {given}, ikke for {year}.",
            given=str(read.national.year),
            year=str(read.year),
        )
    if not read.national.complete:
        yield msg("• Teksten til de nasjonale kriteriene er ufullstendig (complete = false).")


def _answer(one: Answered, words: Language) -> Message:
    by = words.join([part.name for part in one.by])
    if one.silent:
        return msg("• Ikke besvart: {id}, «{text}»", id=one.national.id, text=one.national.text)
    if not one.by:
        return msg("• Besvart med ord: {id}, «{text}»", id=one.national.id, text=one.national.text)
    return msg("• Besvart av {by}: {id}, «{text}»", by=by, id=one.national.id, text=one.national.text)


def _figures(
    settings: Settings, read: Criteria, county: str, year: int, data: Path | None
) -> tuple[Used, ...]:
    from fotfeste.regions import load_regions
    from fotfeste.settlement.criteria_review import figures_used
    from fotfeste.statistics import open_store, read_user_indicators

    regions = load_regions()
    codes = tuple(one.code for one in regions.municipalities(year, county))
    user = None if data is None else read_user_indicators(data, codes, year)
    return figures_used(read, open_store(settings.data_dir), regions, county, year, user)


def _figure_lines(used: tuple[Used, ...]) -> Iterator[Message]:
    from fotfeste.statistics import load_catalogue

    known = load_catalogue()
    for one in {one.indicator: one for one in used}.values():
        name = known[one.indicator].name if one.indicator in known else one.indicator
        if not one.period:
            yield msg("• {name}: finnes ikke i dataene.", name=name)
            continue
        yield msg("• {name}: {period}.", name=name, period=one.period)
        if one.lacking:
            yield nmsg(
                "  Mangler for {names}.",
                "  Mangler for {count} kommuner: {names}.",
                len(one.lacking),
                names=", ".join(one.lacking),
            )
