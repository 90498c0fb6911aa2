"""`fotfeste plans statement`: a draft hearing statement on a municipality's draft plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import CountyName, MunicipalityName
from fotfeste.cli.output import in_lines
from fotfeste.cli.plans_choices import DRAFT, Others, choices_in, tell_unused, write_choices
from fotfeste.cli.plans_gaps import gap_options, gap_report, titled, write_document
from fotfeste.cli.plans_kept import (
    book_of,
    chosen_document,
    codebook_option,
    coded,
    collection,
    log_name,
)
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.collection import Collection, Held


@click.command("statement", short_help="Lag utkast til høringsuttalelse om et planutkast.")
@click.argument("document", metavar="DOKUMENT")
@click.option(
    "--municipality",
    type=MunicipalityName(),
    metavar="KOMMUNE",
    required=True,
    help="Kommunen som har planen på høring.",
)
@click.option(
    "--county",
    type=CountyName(),
    metavar="FYLKE",
    help="Fylket som uttaler seg. Ellers: det kommunen ligger i.",
)
@gap_options
@click.option("--without-figures", is_flag=True, help="Uten kommunens egne tall som vedlegg.")
@click.option(
    "--choices",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Hvilke råd, avsnitt og ord som er med, og egne ord (TOML). Ellers: alle, uten egne ord.",
)
@click.option(
    "--choices-out",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv alt som kan velges, til denne filen (TOML). Rediger den, og gi den til --choices.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv uttalelsen hit, som Word, PDF og HTML.",
)
@codebook_option
@click.pass_obj
def command(
    settings: Settings,
    /,
    document: str,
    municipality: str,
    county: str | None,
    kind: str | None,
    topics: tuple[str, ...],
    title: str | None,
    expectations: Path | None,
    terms: Path | None,
    issued: date | None,
    without_figures: bool,
    choices: Path | None,
    choices_out: Path | None,
    out: Path | None,
    codebook: str,
) -> None:
    """Lag utkast til høringsuttalelse. Hvert råd viser siden i utkastet og avsnittet i fylkets egne planer som det bygger på.

    Rådene er råd, aldri innsigelse. Fylkets planer må være lest inn med «fotfeste plans import». Det som ingen av dem sier noe
    om, blir ikke med i uttalelsen; det blir nevnt for saksbehandleren. Les avsnittene før uttalelsen sendes.

    Med --choices-out får du en fil med alt som kan velges. Si der hva som skal være med, skriv egne ord, og lag uttalelsen med --choices.

    \b
    Eksempel:
      fotfeste plans statement utkast.docx --type municipal_plan_society --municipality Kviteseid --choices-out valg.toml
      fotfeste plans statement utkast.docx --type municipal_plan_society --municipality Kviteseid --out uttalelse
    """
    from fotfeste.regions import load_regions
    from fotfeste.reports.plans import leanings, statement
    from fotfeste.statistics.borders import CURRENT

    words, kept, book, regions = reader(), collection(settings), book_of(codebook), load_regions()
    if out is None and choices_out is None:
        raise click.UsageError(words.text(msg("Oppgi --out, --choices-out eller begge.")))
    place = regions.municipality(municipality, CURRENT, county)
    whose = regions.county(county or place.county_code, CURRENT)
    chosen = choices_in(choices)
    held = chosen_document(settings, kept, document)
    report, expected = gap_report(kept, held, book, kind, topics, expectations, terms)
    day = issued or today()
    own = _own_plans(kept, held, whose.code, day.year)
    if not own:
        told = msg(
            "Ingen av planene til {county} er lest inn, så ingen råd kan vise til dem.", county=whose.name
        )
        click.echo(in_lines(words.text(told)), err=True)
    log = kept.log(log_name(book))
    read = coded(own, book, log)
    found = leanings(report, read, book, expected)
    others = Others(kept, held, book, log)
    tell_unused(chosen, report, found)
    if choices_out is not None:
        write_choices(choices_out, report, found, others, expected, chosen)
    if out is None:
        return
    gathered = None
    if chosen.figures and not without_figures:
        from fotfeste.reports.knowledge_base import gather

        gathered = gather(settings.data_dir, place.code, day)
    made = statement(
        report,
        found,
        title=titled(held, title),
        county=whose.name,
        municipality=place.name,
        titles=others.titles,
        locale=words.locale,
        issued=day,
        gathered=gathered,
        chosen=(taken := chosen.chosen(others.passages)),
    )
    write_document(made, out)
    left = taken.leanings(found)
    carried = sum(bool(one.support) for one in left)
    click.echo(words.text(nmsg("Ett råd er med.", "{count} råd er med.", carried)))
    with_it = {one.remark.expectation.id for one in left if one.support}
    for some, said in (
        (
            [one for one in found if not one.support],
            msg("Ikke med, siden fylkets planer som er lest inn, ikke sier noe om det: {names}."),
        ),
        (
            [one for one in found if one.support and one.remark.expectation.id not in with_it],
            msg("Valgt bort: {names}."),
        ),
    ):
        if some:
            names = "; ".join(words.text(one.remark.expectation.name) for one in some)
            click.echo(in_lines(words.text(replace(said, fields={"names": names}))))


def _own_plans(kept: Collection, held: Held, county: str, year: int) -> list[Held]:
    """Return what the county can lean on: its own plans and those it has inherited, no drafts, in the order it leans on them."""
    from fotfeste.plans.register.owners import belongs_to
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.regions import load_regions
    from fotfeste.reports.plans.hearing_values import in_order

    found = [
        (in_order(one.plan, county, year), one)
        for one in kept.held()
        if one.plan is not None
        and one.plan.owner.kind is OwnerKind.COUNTY
        and one.id != held.id
        and one.role != DRAFT
        and belongs_to(load_regions(), one.plan.owner, county)
    ]
    return [one for _, one in sorted(found, key=lambda each: (each[0], each[1].id))]
