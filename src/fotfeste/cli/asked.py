"""What `recommend` and `explain` ask in common: the options, their completion, and the recommendation they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from fotfeste.cli.usage import reader
from fotfeste.messages import msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.settlement.criteria import Criteria
    from fotfeste.settlement.ledger import Ledger
    from fotfeste.settlement.prepared import Prepared
    from fotfeste.settlement.replies import Replies
    from fotfeste.settlement.result import Recommendation

Command = TypeVar("Command", bound=Callable[..., Any])

METHODS = ("hamilton", "sainte-lague")
DECIDED = ("floor", "held", "cap", "none")


def _offered(incomplete: str, choices: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Return the choices that begin as typed; a name with spaces is offered as its number, which shells can take."""
    typed = incomplete.casefold().lstrip("\"'")
    return [
        CompletionItem(code if " " in name else name, help=f"{code} {name}")
        for code, name in choices
        if name.casefold().startswith(typed) or code.startswith(typed)
    ]


def _year(ctx: click.Context) -> int:
    from fotfeste.regions.registry import EDITION

    year = ctx.params.get("year")
    return year if isinstance(year, int) else EDITION


class CountyName(click.types.StringParamType):
    """A county by name or number, completed from the register.

    The text is passed on unchanged: the register explains what is wrong with a name better than the command line.
    """

    name = "county"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the counties of the year."""
        del param
        from fotfeste.regions import load_regions

        counties = load_regions().counties(_year(ctx))
        return _offered(incomplete, [(one.code, one.name) for one in counties])


class MunicipalityName(CountyName):
    """A municipality by name or number, completed within the county that is already typed."""

    name = "municipality"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the municipalities of the year, of the county where one is given."""
        del param
        from fotfeste.errors import InputError
        from fotfeste.regions import load_regions

        try:
            found = load_regions().municipalities(_year(ctx), ctx.params.get("county"))
        except InputError:
            return []
        return _offered(incomplete, [(one.code, one.name) for one in found])


class CriteriaName(CountyName):
    """A criteria file, or the id of one that is shipped."""

    name = "criteria"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the shipped files, then files in the folder."""
        del ctx, param
        from fotfeste.settlement import shipped_criteria

        shipped = [CompletionItem(name) for name in shipped_criteria() if name.startswith(incomplete)]
        return shipped or [CompletionItem(incomplete, type="file")]


class WholeNumber(click.ParamType[int, str | int]):
    """A whole number; whether it is a possible one is for the library to say."""

    name = "number"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail with what was written."""
        text = str(value).strip().replace("\u2212", "-")
        if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) <= 9:
            return int(text)
        words = msg(
            "«{value}» er ikke et helt tall. Skriv bare sifre, for eksempel 545.", value=str(value)[:40]
        )
        return self.fail(reader().text(words), param, ctx)


class Day(click.ParamType[date, str | date]):
    """A date as year-month-day."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with how one is written."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            words = msg(
                "«{value}» er ikke en dato. Skriv år-måned-dag, for eksempel 2026-11-21.",
                value=str(value)[:40],
            )
            return self.fail(reader().text(words), param, ctx)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of one call say.

    ``alternatives`` are criteria to set the recommendation beside: none named means all that are shipped, ``None``
    that nothing is compared.
    """

    county: str
    year: int
    total: int
    minors: int | None = None
    criteria: str | None = None
    replies: tuple[Path, ...] = ()
    data: Path | None = None
    method: str | None = None
    ledger: Path | None = None
    revises: Path | None = None
    status: Path | None = None
    as_of: date | None = None
    decided: str | None = None
    alternatives: tuple[str, ...] | None = None


def county_and_year(command: Command, *, required: bool = True) -> Command:
    """Add the two options that say for whom and for when."""
    for option in (
        click.option(
            "--year",
            type=WholeNumber(),
            required=required,
            metavar="ÅR",
            help="Året anbefalingen gjelder, for eksempel 2027.",
        ),
        click.option(
            "--county",
            type=CountyName(),
            required=required,
            metavar="FYLKE",
            help="Navn eller nummer, for eksempel Telemark.",
        ),
    ):
        command = option(command)
    return command


def request_options(command: Command) -> Command:
    """Add the options that decide the numbers; county and year are left to the bundle when one is revised."""
    revising = (
        click.option(
            "--decided",
            type=click.Choice(DECIDED),
            help="Hva vedtakene betyr i en revisjon: minstetall, minstetall og et nei er et nei, tak eller ingen grense. Ellers: minstetall når totalen rommer dem.",
        ),
        click.option(
            "--as-of", type=Day(), metavar="DATO", help="Dagen statusen i --status gjelder. Ellers: i dag."
        ),
        click.option(
            "--status",
            type=_path(),
            metavar="FIL",
            help="Vedtatt og bosatt så langt i året (CSV eller XLSX), til en revisjon. Ellers: det dataene har.",
        ),
        click.option(
            "--revises",
            type=_path(),
            metavar="PAKKE",
            help="Revider anbefalingen i denne pakken til en ny total. Fylke og år følger av pakken.",
        ),
        click.option(
            "--ledger", type=_path(), metavar="FIL", help="Overstyringer (se «fotfeste overrides»)."
        ),
    )
    for option in revising:
        command = option(command)
    return county_and_year(number_options(command), required=False)


def number_options(command: Command) -> Command:
    """Add the total, the minors and what the numbers rest on."""
    options = (
        click.option(
            "--method", type=click.Choice(METHODS), help="Fordelingsmetode, i stedet for den i kriteriene."
        ),
        click.option(
            "--data", type=_path(), metavar="FIL", help="Egne tall (CSV eller XLSX) som dataene ikke har."
        ),
        click.option(
            "--replies",
            type=_path(),
            multiple=True,
            metavar="FIL|MAPPE",
            help="Svarskjemaer fra kommunene (.xlsx). Kan gjentas; en mappe står for alle skjemaene i den.",
        ),
        click.option(
            "--criteria",
            type=CriteriaName(),
            metavar="FIL|NAVN",
            help="Kriteriefil, eller navnet på en som følger med. Ellers: standarden for året.",
        ),
        click.option(
            "--minors",
            type=WholeNumber(),
            metavar="TALL",
            help="Enslige mindreårige, som en del av totalen.",
        ),
        click.option(
            "--total",
            type=WholeNumber(),
            metavar="TALL",
            help="Alle som skal bosettes i fylket.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def alternative_option(command: Command) -> Command:
    """Add the option that names criteria to set the recommendation beside."""
    return click.option(
        "--alternative",
        "alternatives",
        type=CriteriaName(),
        multiple=True,
        metavar="FIL|NAVN",
        help="Kriterier som settes ved siden av. Kan gjentas. Ellers: alle som følger med.",
    )(command)


def asked_from(options: Mapping[str, Any]) -> Asked:
    """Return what the options say; without a bundle to revise, county and year must be given."""
    names = {one.name for one in fields(Asked)}
    given = {name: value for name, value in options.items() if name in names and value is not None}
    if "revises" not in given:
        _refuse_lacking(("county", "year", "total"), given)
        idle = [name for name in ("status", "as_of", "decided") if name in given]
        if idle:
            option = f"--{idle[0].replace('_', '-')}"
            raise click.UsageError(reader().text(msg("{option} trenger --revises.", option=option)))
    elif "total" not in given:
        _refuse_lacking(("total",), given)
    elif given.get("alternatives"):
        both = msg("--alternative kan ikke brukes med --revises: alternativene følger av pakken.")
        raise click.UsageError(reader().text(both))
    return Asked(**{"county": "", "year": 0, **given})


def _refuse_lacking(names: Iterable[str], given: Mapping[str, Any]) -> None:
    ctx = click.get_current_context()
    for name in names:
        if name not in given:
            param = next(one for one in ctx.command.params if one.name == name)
            raise click.MissingParameter(ctx=ctx, param=param)


def _path() -> click.Path:
    return click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Made:
    """What one call leads to: what was gathered, the recommendation, the regions, and notices about the replies."""

    prepared: Prepared
    recommendation: Recommendation
    regions: Regions
    notices: tuple[str, ...]


def recommended(asked: Asked, settings: Settings, *, ledger: Ledger | None = None) -> Made:
    """Return the recommendation that is asked for, with what it rests on; ``ledger`` goes before a named file."""
    from fotfeste.regions import load_regions
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.prepare import prepare
    from fotfeste.statistics import open_store

    regions = load_regions()
    if asked.revises is not None:
        from fotfeste.cli.revised import revised

        return revised(asked, settings, regions)
    replies, notices = replies_of(asked, settings, regions)
    prepared = prepare(
        asked.county,
        asked.year,
        asked.total,
        minors=asked.minors or 0,
        criteria=criteria_of(asked),
        replies=replies,
        data=asked.data,
        store=open_store(settings.data_dir),
        regions=regions,
        ledger=ledger or ledger_of(asked),
        beside=_beside(asked),
        past=asked.alternatives is not None,
    )
    return Made(prepared, calculate(prepared), regions, notices)


def _beside(asked: Asked) -> tuple[str, ...]:
    """Return the criteria to compare with: those named, otherwise all that are shipped but the chosen."""
    if asked.alternatives is None or asked.alternatives:
        return asked.alternatives or ()
    from fotfeste.settlement.alternatives import default_alternatives
    from fotfeste.settlement.criteria_file import shipped_criteria
    from fotfeste.settlement.prepare import default_criteria

    return default_alternatives(asked.criteria or default_criteria(asked.year, shipped_criteria()))


def replies_of(asked: Asked, settings: Settings, regions: Regions) -> tuple[Replies | None, tuple[str, ...]]:
    """Return the replies that are asked for, with notices about them."""
    if not asked.replies:
        return None, ()
    from fotfeste.messages import language
    from fotfeste.settlement.reply_sheet import read_reply_sheets

    words = language(settings.locale)
    reading = read_reply_sheets(asked.replies, asked.county, asked.year, regions)
    return reading.replies, tuple(one.describe(words) for one in reading.notices)


def ledger_of(asked: Asked) -> Ledger | None:
    """Return the overrides that are asked for."""
    if asked.ledger is None:
        return None
    from fotfeste.settlement.ledger_file import read_ledger

    return read_ledger(asked.ledger)


def criteria_of(asked: Asked) -> Criteria | str | None:
    """Return the criteria as named, with the method that was asked for in place of the file's own."""
    if asked.method is None:
        return asked.criteria
    from typing import cast

    from fotfeste.settlement.criteria import PageMethod
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
    from fotfeste.settlement.prepare import default_criteria

    named = asked.criteria or default_criteria(asked.year, shipped_criteria())
    return replace(read_criteria(named), method=cast(PageMethod, asked.method))
