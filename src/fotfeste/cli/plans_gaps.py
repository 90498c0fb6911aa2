"""`fotfeste plans gaps`: what one plan or draft forgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.asked import Day, MunicipalityName
from fotfeste.cli.output import Format, as_table, emit, in_lines
from fotfeste.cli.plans_kept import (
    book_of,
    chosen_document,
    codebook_option,
    coded,
    collection,
    log_name,
    shortened,
)
from fotfeste.cli.plans_register import formats, harmless
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.codebooks import Codebook
    from fotfeste.plans.collection import Collection, Held
    from fotfeste.plans.gaps import Expectations, GapReport, Remark

Command = TypeVar("Command", bound=Callable[..., Any])
WIDEST = 60


def gap_options(command: Command) -> Command:
    """Add the options that say what a draft is held against."""
    for option in (
        click.option("--type", "kind", metavar="TYPE", help="Plantypen, når dokumentet ikke hører til en plan i registeret."),
        click.option("--topic", "topics", metavar="FELT", multiple=True, help="Feltet planen gjelder. Kan gjentas."),
        click.option("--title", metavar="TEKST", help="Tittelen. Ellers: planens, eller den som står i dokumentet."),
        click.option("--expectations", metavar="FIL", type=click.Path(path_type=Path), help="Egne forventninger (TOML)."),
        click.option("--terms", metavar="FIL", type=click.Path(path_type=Path), help="Egne ord å se på (TOML)."),
        click.option("--issued", type=Day(), metavar="DATO", help="Datoen på dokumentet. Ellers: i dag."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("gaps", short_help="Hva en plan eller et utkast har glemt.")
@click.argument("document", metavar="DOKUMENT")
@gap_options
@click.option(
    "--municipality",
    type=MunicipalityName(),
    metavar="KOMMUNE",
    help="Sett kommunens egne tall ved siden av.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv rapporten hit, som Word, PDF og HTML.",
)
@codebook_option
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    document: str,
    kind: str | None,
    topics: tuple[str, ...],
    title: str | None,
    expectations: Path | None,
    terms: Path | None,
    issued: date | None,
    municipality: str | None,
    out: Path | None,
    codebook: str,
    form: Format | None,
) -> None:
    """Vis hva en plan er ventet å si og ikke sier: temaer, grupper, kobling, oppfølging, behovet for arbeidskraft, og ord å se på.

    DOKUMENT er en fil, eller noe som er lest inn. Hver merknad viser avsnittene den bygger på, eller hva det er søkt etter.

    \b
    Eksempel:
      fotfeste plans gaps utkast.docx --type municipal_plan_society --municipality Kviteseid --out mangler
    """
    kept, book = collection(settings), book_of(codebook)
    held = chosen_document(settings, kept, document)
    report, _ = gap_report(kept, held, book, kind, topics, expectations, terms)
    if out is not None:
        from fotfeste.reports.plans import gap_document

        gathered = None
        if municipality is not None:
            from fotfeste.regions import load_regions
            from fotfeste.reports.knowledge_base import gather
            from fotfeste.statistics.borders import CURRENT

            code = load_regions().municipality(municipality, CURRENT).code
            gathered = gather(settings.data_dir, code, issued or today())
        made = gap_document(report, titled(held, title), reader().locale, issued or today(), gathered)
        write_document(made, out)
    _show(report, form)


def titled(held: Held, title: str | None) -> str:
    """Return what a draft is called."""
    return title or (held.plan.title if held.plan else "") or held.document.title or held.document.origin.name


def gap_report(
    kept: Collection,
    held: Held,
    book: Codebook,
    kind: str | None,
    topics: tuple[str, ...],
    expectations: Path | None,
    terms: Path | None,
) -> tuple[GapReport, Expectations]:
    """Return what a draft forgets, with the expectations it was held against."""
    from fotfeste.plans.gaps import expectations_in, gaps, shipped_expectations, terms_in
    from fotfeste.plans.register import Status, plan_type

    plan = held.plan
    if kind is None and plan is None:
        raise click.UsageError(
            reader().text(
                msg("Oppgi plantypen med --type: dokumentet hører ikke til noen plan i registeret.")
            )
        )
    expected = expectations_in(expectations) if expectations else shipped_expectations()
    when = (plan.adopted or plan.published) if plan is not None and plan.status is Status.ADOPTED else None
    report = gaps(
        coded([held], book, kept.log(log_name(book)))[0],
        plan_type(kind).id if kind else plan.type if plan else "",
        topics or (plan.topics if plan else ()),
        book,
        expectations=expected,
        terms=terms_in(terms) if terms else None,
        written=when.last if when is not None else None,
    )
    return report, expected


def write_document(made: Any, folder: Path) -> None:
    """Write a document as Word, PDF and HTML, each whole or not at all."""
    from fotfeste.files import write_whole
    from fotfeste.reports import render_docx, render_html, render_pdf

    for ending, render in (("docx", render_docx), ("pdf", render_pdf), ("html", render_html)):
        write_whole(folder / f"{made.file_stem}.{ending}", render(made))
    said = msg("Dokumentet ligger i {folder} som Word, PDF og HTML", folder=str(folder.resolve()))
    click.echo(reader().text(said), err=True)


def remark_data(one: Remark) -> dict[str, Any]:
    """Return a remark for programs."""
    words = reader()
    return {
        "id": one.expectation.id,
        "name": words.text(one.expectation.name),
        "outcome": one.outcome.value,
        "said": words.text(one.said),
        "passages": [
            {
                "document": each.document,
                "page": each.pages[0] if each.pages else None,
                "start": each.span.start,
                "end": each.span.end,
                "state": each.said.value,
                "text": each.quote,
            }
            for each in one.passages
        ],
        "searched": list(one.searched),
        "advice": words.text(one.expectation.advice),
        "sources": list(one.expectation.sources),
    }


def _show(report: GapReport, form: Format | None) -> None:
    from fotfeste.plans.gaps.wording import OUTCOME, TERM

    words = reader()
    rows = [remark_data(one) for one in report.remarks]
    if form is not None:
        heads = ("id", "name", "outcome", "said", "page", "text")
        table = [
            [
                row["id"], row["name"], row["outcome"], row["said"],
                row["passages"][0]["page"] if row["passages"] else None,
                harmless(row["passages"][0]["text"]) if row["passages"] else None,
            ]
            for row in rows
        ]  # fmt: skip
        terms = [
            {
                "id": one.term.id,
                "kind": one.term.kind.value,
                "words": list(one.words),
                "passages": len(one.passages),
            }
            for one in report.terms
        ]
        content = {
            "schema": 1,
            "document": report.read.id,
            "type": report.plan_type,
            "remarks": rows,
            "terms": terms,
        }
        emit(form, heads, table, content)
        return
    heads_told = [words.text(one) for one in (msg("Hva"), msg("Funn"), msg("Hva vi så"))]
    shown = [
        [row["name"], words.text(OUTCOME[one.outcome]), row["said"]]
        for row, one in zip(rows, report.remarks, strict=True)
    ]
    click.echo(as_table(heads_told, shown, widest=WIDEST))
    for one in report.terms:
        told = msg(
            "{kind}: {words} i {passages}. Skriv heller {instead}.",
            kind=TERM[one.term.kind],
            words=words.join([words.quoted(each) for each in one.words[:3]]),
            passages=nmsg("ett avsnitt", "{count} avsnitt", len(one.passages)),
            instead=one.term.instead,
        )
        click.echo(in_lines(shortened(_capital(words.text(told)), 400), "  "))
    number = len(report.forgotten)
    click.echo(
        words.text(
            nmsg(
                "Én ting er glemt eller bare delvis der.",
                "{count} ting er glemt eller bare delvis der.",
                number,
            )
        )
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
