"""`fotfeste plans import`: read files of plans and keep them, with whose they are; and what other programs have coded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import CountyName, MunicipalityName
from fotfeste.cli.output import Format, as_table, emit, in_lines
from fotfeste.cli.plans_exchange import Taken, Wishes, show, take_over
from fotfeste.cli.plans_kept import BOOK, collection, content_of, owner_in_years, shortened
from fotfeste.cli.plans_register import formats, harmless
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.collection import Collection, Held
    from fotfeste.plans.documents import Document
    from fotfeste.plans.register import Plan

ROLES = ("plan", "draft", "appendix")
STATES = ("draft", "hearing", "adopted", "unknown")
WIDEST = 46


@click.command("import", short_help="Les inn planer, eller se hva som er lest inn.")
@click.argument("files", metavar="[FIL]", type=click.Path(path_type=Path), nargs=-1)
@click.option("--plan", "name", metavar="ID", help="Planen i registeret som filene hører til.")
@click.option("--county", type=CountyName(), metavar="FYLKE", help="Ny plan: fylket som har laget den.")
@click.option(
    "--municipality", type=MunicipalityName(), metavar="KOMMUNE", help="Ny plan: kommunen som har laget den."
)
@click.option("--type", "kind", metavar="TYPE", help="Ny plan: plantypen, for eksempel regional_plan.")
@click.option("--title", metavar="TEKST", help="Ny plan: tittelen. Ellers: den som står i dokumentet.")
@click.option("--topic", "topics", metavar="FELT", multiple=True, help="Ny plan: feltet. Kan gjentas.")
@click.option(
    "--status", type=click.Choice(STATES), default="adopted", show_default=True, help="Ny plan: hvor langt den er kommet."
)  # fmt: skip
@click.option("--from", "first", type=click.IntRange(1965, 2100), metavar="ÅR", help="Ny plan: gjelder fra.")
@click.option("--to", "last", type=click.IntRange(1965, 2100), metavar="ÅR", help="Ny plan: gjelder til.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="plan",
    show_default=True,
    help="Hva filen er: planen, et utkast eller et vedlegg.",
)
@click.option(
    "--codebook",
    metavar="FIL",
    default=BOOK,
    help="Fra andre programmer: kodeboken kodingene føres etter. Ellers: den som følger med.",
)
@click.option(
    "--codebook-out",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Fra andre programmer: skriv filens egen kodebok hit (TOML), og før kodingene etter den.",
)
@click.option("--project", metavar="NAVN", help="Fra Taguette: prosjektet, når basen har flere.")
@click.option(
    "--coder", metavar="ID", help="Fra andre programmer: hvem som har kodet, når tabellen ikke sier det."
)
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    files: tuple[Path, ...],
    name: str | None,
    county: str | None,
    municipality: str | None,
    kind: str | None,
    title: str | None,
    topics: tuple[str, ...],
    status: str,
    first: int | None,
    last: int | None,
    role: str,
    codebook: str,
    codebook_out: Path | None,
    project: str | None,
    coder: str | None,
    form: Format | None,
) -> None:
    """Les inn filer (PDF, DOCX, ODT, HTML, Markdown, tekst) og ta vare på teksten.

    Uten filer vises det som er lest inn. Si hvem som eier planen, med --plan for en som står i registeret, eller med --county
    eller --municipality og --type for en ny. Det som ikke hører til noen plan, kan søkes i og kodes, men er ikke med i
    matrisen. Teksten forlater ikke maskinen.

    Fra andre programmer: prosjekter (REFI-QDA .qdpx, Taguette .sqlite3) gir tekster og kodinger, tabeller (CSV, XLSX) gir
    kodinger til tekster som er lest inn, og .qdc gir en kodebok. Det som ikke ble med, blir fortalt.

    \b
    Eksempel:
      fotfeste plans import strategi.pdf --plan vestfold-og-telemark-kompetanseplan-2021
      fotfeste plans import utkast.docx --municipality Kviteseid --type municipal_plan_society --status hearing --role draft
      fotfeste plans import prosjekt.qdpx --codebook-out kodebok.toml
    """
    words, kept = reader(), collection(settings)
    if not files:
        _show(kept.held(), form)
        return
    given = [one for one in (name, county, municipality) if one is not None]
    if len(given) > 1 or (kind is not None) != (county is not None or municipality is not None):
        raise click.UsageError(
            words.text(msg("Oppgi --plan, eller --type sammen med enten --county eller --municipality."))
        )
    if codebook_out is not None and codebook != BOOK:
        raise click.UsageError(words.text(msg("Oppgi enten --codebook eller --codebook-out.")))
    plan = _plan(
        kept, name, owner=(county, municipality), kind=kind, title=title, topics=topics, status=status,
        years=(first, last),
    )  # fmt: skip
    read: list[Held] = []
    taken: list[Taken] = []

    def take_in(file: str, content: bytes) -> Held:
        done = kept.take_in(file, content, today(), plan, role)
        read.append(done.held)
        for said in _told(done.held, known=done.known):
            click.echo(in_lines(words.text(said), "  "), err=form is not None)
        return done.held

    def take(path: Path) -> None:
        from fotfeste.plans.exchange import is_exchange

        content = content_of(path, _most(path, settings))
        if not is_exchange(path.name, content):
            take_in(path.name, content)
            return
        wishes = Wishes(codebook, codebook_out, project, coder)
        taken.append(
            take_over(path.name, content, kept, wishes, lambda one: take_in(one.file_name, one.content))
        )
        show(taken[-1], err=form is not None)

    _each(files, take)
    if form is not None:
        _show(tuple(read), form, taken)


def _each(files: Sequence[Path], take: Callable[[Path], None]) -> None:
    """Take every file in; those that cannot be are told of together when the others are in."""
    from fotfeste.errors import InputError, Problem

    wrong: list[Problem] = []
    failed = 0
    for path in files:
        try:
            take(path)
        except InputError as error:
            if len(files) == 1:
                raise
            failed += 1
            wrong += error.problems or [error.problem]
    if wrong:
        raise InputError(
            "plan.some_not_read",
            msg("{failed} av {all} filer ble ikke lest inn.", failed=failed, all=len(files)),
            problems=wrong,
        )


def _most(path: Path, settings: Settings) -> int:
    """Return how large a file may be: projects have room for pictures and sound, which are not read."""
    from fotfeste.plans.exchange.packages import Bounds
    from fotfeste.plans.exchange.reading import ENDINGS

    packed = path.suffix.lower().removeprefix(".") in ENDINGS
    return max(settings.plans.document_bytes, Bounds().file if packed else 0)


def _plan(
    kept: Collection,
    name: str | None,
    *,
    owner: tuple[str | None, str | None],
    kind: str | None,
    title: str | None,
    topics: tuple[str, ...],
    status: str,
    years: tuple[int | None, int | None],
) -> Callable[[Document], Plan] | None:
    """Return what gives the plan that documents belong to; what is asked for is checked before any file is read."""
    from fotfeste.plans.register import plan_type

    if name is not None:
        known = _known(kept, name)
        # A plan has its documents one by one, so it is looked up again for each.
        return lambda _: kept.register.plan(known.id) or known
    if kind is None:
        return None
    plan_type(kind)
    return partial(
        _new, owner=owner, kind=kind, title=title, topics=topics, status=status, years=years, kept=kept
    )


def _known(kept: Collection, name: str) -> Plan:
    from fotfeste.errors import InputError

    if (found := kept.register.plan(name)) is None:
        raise InputError(
            "plan.unknown",
            msg("Registeret har ingen plan med id-en «{name}».", name=name[:100]),
            remedy=msg("Se id-ene med «fotfeste plans register --csv»."),
        )
    return found


def _new(
    document: Document,
    *,
    owner: tuple[str | None, str | None],
    kind: str,
    title: str | None,
    topics: tuple[str, ...],
    status: str,
    years: tuple[int | None, int | None],
    kept: Collection,
) -> Plan:
    """Return a plan that is entered now; the same owner, type and title give the same id, so that it can be entered again."""
    from fotfeste.plans.register import Plan, Status, plan_type
    from fotfeste.reports.documents.letter import file_name

    made_by = owner_in_years(*owner, years)
    called = title or document.title or document.origin.name.rpartition(".")[0] or document.origin.name
    made = f"{made_by.code}-{file_name(made_by.name)}-{file_name(called, 60)}".strip("-")
    before = kept.register.plan(made)
    return Plan(
        made,
        made_by,
        plan_type(kind).id,
        called,
        Status(status),
        topics=topics,
        valid_from=years[0],
        valid_to=years[1],
        files=before.files if before else (),
    )


def _told(held: Held, *, known: bool) -> list[Message]:
    document = held.document
    passages = len(document.passages)
    said = (
        msg("{name}: var lest inn fra før ({id}).", name=document.origin.name, id=held.id)
        if known
        else nmsg("{name}: ett avsnitt lest inn ({id}).", "{name}: {count} avsnitt lest inn ({id}).", passages, name=document.origin.name, id=held.id)
    )  # fmt: skip
    found = [said]
    if held.plan is None:
        found.append(
            msg(
                "  Hører ikke til noen plan i registeret ennå. Si hvem som eier den, med --plan eller --type."
            )
        )
    else:
        found.append(msg("  {owner}: {title}", owner=held.plan.owner.name, title=held.plan.title))
    return [*found, *(msg("  {remark}", remark=one) for one in document.remarks)]


def _show(some: Sequence[Held], form: Format | None, taken: Sequence[Taken] = ()) -> None:
    words = reader()
    rows = [
        {
            "id": one.id,
            "file": one.document.origin.name,
            "plan": one.plan.id if one.plan else None,
            "owner": one.plan.owner.name if one.plan else None,
            "type": one.plan.type if one.plan else None,
            "role": one.role or None,
            "pages": len(one.document.pages) or None,
            "passages": len(one.document.passages),
            "title": one.plan.title if one.plan else one.document.title,
        }
        for one in some
    ]
    if form is not None:
        keys = ("id", "file", "plan", "owner", "type", "role", "pages", "passages", "title")
        content: dict[str, object] = {"schema": 1, "documents": rows}
        if taken:
            content["exchange"] = [one.data() for one in taken]
        emit(form, keys, [[harmless(row[key]) for key in keys] for row in rows], content)
        return
    if not rows:
        click.echo(words.text(msg("Ingen planer er lest inn. Les inn med «fotfeste plans import FIL».")))
        return
    heads = [
        words.text(one)
        for one in (msg("Id"), msg("Eier"), msg("Tittel"), msg("Fil"), msg("Sider"), msg("Avsnitt"))
    ]
    table = [
        [row["id"], row["owner"] or "–", row["title"], shortened(str(row["file"]), WIDEST), row["pages"], row["passages"]]
        for row in rows
    ]  # fmt: skip
    click.echo(as_table(heads, table, widest=WIDEST))
    click.echo(words.text(nmsg("Ett dokument.", "{count} dokumenter.", len(rows))))
