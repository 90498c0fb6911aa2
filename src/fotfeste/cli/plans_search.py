"""`fotfeste plans search`: find words in all plans that are read in, with the words around them."""

from __future__ import annotations

import click

from fotfeste.cli.asked import CountyName
from fotfeste.cli.output import Format, emit, in_lines
from fotfeste.cli.plans_kept import collection, titles_of
from fotfeste.cli.plans_register import formats, harmless
from fotfeste.cli.usage import reader
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings


@click.command("search", short_help="Søk i planene som er lest inn.")
@click.argument("query", metavar="MØNSTER")
@click.option("--document", "named", metavar="ID", help="Bare dette dokumentet.")
@click.option("--county", type=CountyName(), metavar="FYLKE", help="Bare planer som dette fylket har laget.")
@click.option("--type", "kind", metavar="TYPE", help="Bare denne plantypen.")
@click.option("--written", type=click.Choice(["nb", "nn", "en"]), help="Bare avsnitt på denne målformen.")
@click.option("--look-alikes", is_flag=True, help="Vis i stedet det som ligner og er holdt utenfor.")
@click.option(
    "--most",
    type=click.IntRange(1, 200),
    default=20,
    show_default=True,
    metavar="ANTALL",
    help="Høyst så mange avsnitt.",
)
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    query: str,
    named: str | None,
    county: str | None,
    kind: str | None,
    written: str | None,
    look_alikes: bool,
    most: int,
    form: Format | None,
) -> None:
    """Søk etter ord, begynnelser (innvandr*), ordledd (*innvandrere), uttrykk («lokalt arbeidsmarked») og nærhet (NÆR/5).

    Bokmål og nynorsk finnes om hverandre. Ord som ligner (innvilget, innvendinger), er holdt utenfor ved regler som kan ses.

    \b
    Eksempel:
      fotfeste plans search «innvandr*»
      fotfeste plans search «bosett* NÆR/8 distrikt*» --county Telemark
    """
    from fotfeste.plans.documents.model import Language
    from fotfeste.plans.register.process import plan_type
    from fotfeste.plans.search import Chosen, search
    from fotfeste.plans.words import Pattern

    words, kept = reader(), collection(settings)
    pattern = Pattern.parse(query.strip("«»") if query.count("«") == 1 and query.startswith("«") else query)
    keys: dict[str, tuple[str | int, ...]] = {}
    if county is not None:
        from fotfeste.regions import load_regions
        from fotfeste.regions.registry import EDITION

        keys["owner"] = (load_regions().county(county, EDITION).code,)
    if kind is not None:
        keys["type"] = (plan_type(kind).id,)
    chosen = Chosen(
        documents=(kept.find(named).id,) if named else None,
        languages=(Language(written),) if written else None,
        keys=keys,
    )
    with kept.index() as connection:
        answer = search(connection, pattern, chosen, most=most, left_out=look_alikes)
    if not kept.names():
        click.echo(
            words.text(msg("Ingen planer er lest inn. Les inn med «fotfeste plans import FIL».")),
            err=form is not None,
        )
    titles = titles_of(kept.held())
    rows = [
        {
            "document": one.document,
            "title": titles.get(one.document, ""),
            "page": None if one.pages is None else one.pages[0],
            "heading": one.headings[-1] if one.headings else None,
            "start": one.span.start,
            "end": one.span.end,
            "text": " ".join(one.text.split()),
            "hits": [line.hit for line in (one.left_out if look_alikes else one.lines)],
        }
        for one in answer.found
    ]
    if form is not None:
        heads = ("document", "title", "page", "heading", "start", "end", "text")
        content = {"schema": 1, "passages": answer.passages, "documents": answer.documents, "found": rows}
        emit(form, heads, [[harmless(row[key]) for key in heads] for row in rows], content)
        return
    for one in answer.found:
        place = f", {words.text(msg('s. {page}', page=str(one.pages[0])))}" if one.pages else ""
        click.echo(click.style(f"{titles.get(one.document, one.document)}{place}", bold=True))
        for line in one.left_out if look_alikes else one.lines:
            click.echo(f"  {line.left}{click.style(line.hit, underline=True, bold=True)}{line.right}")
    said = msg(
        "{passages} i {documents}.",
        passages=nmsg("Ett avsnitt", "{count} avsnitt", answer.passages),
        documents=nmsg("ett dokument", "{count} dokumenter", answer.documents),
    )
    if kept.names():
        click.echo(words.text(said))
    if answer.left_out and not look_alikes:
        for rule in answer.left_out:
            shown = words.join([f"{word} ({words.number(times)})" for word, times in rule.words[:5]])
            told = nmsg(
                "Holdt utenfor ved regelen «{rule}» i ett avsnitt: {words}.",
                "Holdt utenfor ved regelen «{rule}» i {count} avsnitt: {words}.",
                rule.passages,
                rule=rule.rule,
                words=shown,
            )
            click.echo(in_lines(words.text(told), "  "))
