"""`fotfeste plans statement`: a draft hearing statement on a municipality's draft plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fotfeste.cli.asked import CountyName, MunicipalityName
from fotfeste.cli.output import in_lines
from fotfeste.cli.plans_gaps import gap_options, gap_report, titled, write_document
from fotfeste.cli.plans_kept import (
    book_of,
    chosen_document,
    codebook_option,
    coded,
    collection,
    log_name,
    titles_of,
)
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings


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
    "--out",
    type=click.Path(path_type=Path),
    required=True,
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
    out: Path,
    codebook: str,
) -> None:
    """Lag utkast til høringsuttalelse. Hvert råd viser siden i utkastet og avsnittet i fylkets egne planer som det bygger på.

    Rådene er råd, aldri innsigelse. Fylkets planer må være lest inn med «fotfeste plans import». Det som ingen av dem sier noe
    om, blir ikke med i uttalelsen; det blir nevnt for saksbehandleren. Les avsnittene før uttalelsen sendes.

    \b
    Eksempel:
      fotfeste plans statement utkast.docx --type municipal_plan_society --municipality Kviteseid --out uttalelse
    """
    from fotfeste.plans.register.owners import belongs_to
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.regions import load_regions
    from fotfeste.reports.plans import leanings, statement
    from fotfeste.statistics.borders import CURRENT

    words, kept, book, regions = reader(), collection(settings), book_of(codebook), load_regions()
    place = regions.municipality(municipality, CURRENT, county)
    whose = regions.county(county or place.county_code, CURRENT)
    held = chosen_document(settings, kept, document)
    report, expected = gap_report(kept, held, book, kind, topics, expectations, terms)
    own = [
        one
        for one in kept.held()
        if one.plan is not None
        and one.plan.owner.kind is OwnerKind.COUNTY
        and one.id != held.id
        and belongs_to(regions, one.plan.owner, whose.code)
    ]
    if not own:
        told = msg(
            "Ingen av planene til {county} er lest inn, så ingen råd kan vise til dem.", county=whose.name
        )
        click.echo(in_lines(words.text(told)), err=True)
    read = coded(own, book, kept.log(log_name(book)))
    found = leanings(report, read, book, expected)
    gathered = None
    if not without_figures:
        from fotfeste.reports.knowledge_base import gather

        gathered = gather(settings.data_dir, place.code, issued or today())
    made = statement(
        report,
        found,
        title=titled(held, title),
        county=whose.name,
        municipality=place.name,
        titles=titles_of(own),
        locale=words.locale,
        issued=issued or today(),
        gathered=gathered,
    )
    write_document(made, out)
    carried = sum(bool(one.support) for one in found)
    click.echo(words.text(nmsg("Ett råd er med.", "{count} råd er med.", carried)))
    if left := [one for one in found if not one.support]:
        names = "; ".join(words.text(one.remark.expectation.name) for one in left)
        click.echo(
            in_lines(
                words.text(
                    msg(
                        "Ikke med, siden fylkets planer som er lest inn, ikke sier noe om det: {names}.",
                        names=names,
                    )
                )
            )
        )
