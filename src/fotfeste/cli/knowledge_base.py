"""`fotfeste knowledge-base`: one document about a municipality or county, made of figures with their sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from fotfeste.cli.asked import CountyName, Day, MunicipalityName
from fotfeste.cli.writing import today
from fotfeste.messages import Language, language, msg, nmsg
from fotfeste.settings import LOCALES, LocaleName, Settings

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base import Gathered
    from fotfeste.statistics.findings.values import Replacement

ALL = "alle"
Chosen = Literal["nb", "nn", "en", "alle"]
FILE = click.Path(path_type=Path)


@click.command("knowledge-base", short_help="Lag kunnskapsgrunnlag for en kommune eller et fylke.")
@click.option("--municipality", type=MunicipalityName(), metavar="KOMMUNE", help="Kommunen det gjelder.")
@click.option("--county", type=CountyName(), metavar="FYLKE", help="Fylket det gjelder.")
@click.option(
    "--language",
    "chosen",
    type=click.Choice(get_args(Chosen)),
    help="Språket i dokumentet, eller alle tre. Ellers: språket i svarene.",
)
@click.option("--own-text", type=FILE, metavar="FIL", help="Egne tekster (TOML), som blir stående i sin del.")
@click.option("--replace", type=FILE, metavar="FIL", help="Bytt ut funn, med begrunnelse (TOML).")
@click.option(
    "--since",
    type=FILE,
    metavar="FIL",
    help="Forrige utgave (JSON), eller mappen den ligger i: vis hva som er endret.",
)
@click.option(
    "--framework", type=FILE, metavar="FIL", help="Egne rammer: hjemler, medvirkning og sjekkliste (TOML)."
)
@click.option("--issued", type=Day(), metavar="DATO", help="Datoen på dokumentet. Ellers: i dag.")
@click.option("--blank-own-text", type=FILE, metavar="FIL", help="Skriv en tom fil for egne tekster hit.")
@click.option(
    "--out",
    type=FILE,
    metavar="MAPPE",
    help="Skriv dokumentet hit, som HTML, PDF og Word, med en maskinfil (JSON).",
)
@click.pass_obj
def knowledge_base(
    settings: Settings,
    /,
    municipality: str | None,
    county: str | None,
    chosen: Chosen | None,
    own_text: Path | None,
    replace: Path | None,
    since: Path | None,
    framework: Path | None,
    issued: date | None,
    blank_own_text: Path | None,
    out: Path | None,
) -> None:
    """Lag kunnskapsgrunnlag: klare funn, rettslig grunnlag, medvirkning, sju temaer, bosetting og hva planene bør ta opp.

    Hvert tall har kilde, periode og dataversjon. Det som mangler, blir sagt, med kommandoen som henter det. Ta vare på
    maskinfilen (JSON): neste år viser den hva som er endret.

    \b
    Eksempel:
      fotfeste knowledge-base --municipality Kviteseid --out kunnskap
      fotfeste knowledge-base --county Telemark --language alle --since kunnskap-2025 --out kunnskap
    """
    words = language(settings.locale)
    if (municipality is None) == (county is None):
        raise click.UsageError(words.text(msg("Oppgi enten --municipality eller --county.")))
    if out is None and blank_own_text is None:
        raise click.UsageError(words.text(msg("Oppgi mappen dokumentet skal ligge i, med --out.")))
    from fotfeste.reports.knowledge_base import (
        gather,
        read_framework,
        read_own_text,
        read_previous,
        write_knowledge_base,
    )

    own = read_own_text(own_text) if own_text else None
    frame = read_framework(framework) if framework else None
    code = _code(municipality, county)
    previous = read_previous(since, code) if since else None
    found = gather(
        settings.data_dir,
        code,
        issued or today(),
        replacements=_replacements(replace) if replace else (),
    )
    if blank_own_text is not None:
        _write_blank(blank_own_text, found, words)
    if out is None:
        return
    written = write_knowledge_base(
        found, out, _locales(chosen, settings.locale), framework=frame, own=own, previous=previous
    )
    told = nmsg(
        "Én fil ligger i {folder}", "{count} filer ligger i {folder}", len(written), folder=str(out.resolve())
    )
    click.echo(words.text(told))


def _locales(chosen: Chosen | None, otherwise: LocaleName) -> tuple[LocaleName, ...]:
    if chosen == ALL:
        return LOCALES
    return (chosen or otherwise,)  # type: ignore[return-value]


def _code(municipality: str | None, county: str | None) -> str:
    """Return the number of the place, so that Oslo is the municipality or the county that was asked for."""
    from fotfeste.regions import load_regions
    from fotfeste.statistics.borders import CURRENT

    regions = load_regions()
    if municipality is not None:
        return regions.municipality(municipality, CURRENT).code
    return regions.county(county or "", CURRENT).code


def _replacements(path: Path) -> tuple[Replacement, ...]:
    from fotfeste.errors import InputError
    from fotfeste.statistics.findings.replacements import read_replacements

    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            "findings.absent",
            msg("Filen med bytter kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error
    return read_replacements(content, str(path))


def _write_blank(path: Path, found: Gathered, words: Language) -> None:
    from fotfeste.errors import OutputError
    from fotfeste.files import write_whole
    from fotfeste.reports.knowledge_base.compose import sections_of
    from fotfeste.reports.knowledge_base.own_text import blank_own_text

    if path.exists():
        raise OutputError(
            "own_text.exists",
            msg("Filen finnes fra før og blir ikke skrevet over."),
            place=str(path),
            remedy=msg("Velg et annet navn, eller flytt filen."),
        )
    sections = [(name, words.text(title)) for name, title in sections_of(found)]
    write_whole(path, blank_own_text(sections, words).encode())
    click.echo(words.text(msg("Filen for egne tekster ligger i {file}", file=str(path.resolve()))))
