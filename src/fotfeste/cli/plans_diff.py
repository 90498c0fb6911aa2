"""`fotfeste plans diff`: two or more versions or generations of a plan beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.output import Format, as_json, as_table, emit, in_lines
from fotfeste.cli.plans_kept import read_plan, shortened
from fotfeste.cli.plans_register import formats, harmless
from fotfeste.cli.usage import reader
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.documents.model import Document, Passage
    from fotfeste.plans.generations import Comparison, GoalRow, Pair

KINDS = ("stayed", "changed", "moved", "vanished", "new")
WIDEST = 60
SHOWN = 400
"""Letters of a passage that a table shows; files and data have it whole."""


@click.command("diff", short_help="Sammenlign versjoner eller generasjoner av en plan.")
@click.argument("files", metavar="FIL", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--goals", is_flag=True, help="Bare målene: hvilke er gjentatt uendret, omskrevet, borte eller nye."
)
@click.option(
    "--about", metavar="MØNSTER", help="Bare avsnitt der disse ordene står, for eksempel «innvandr*»."
)
@click.option("--only", type=click.Choice(KINDS), multiple=True, help="Bare denne endringen. Kan gjentas.")
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    files: tuple[Path, ...],
    goals: bool,
    about: str | None,
    only: tuple[str, ...],
    form: Format | None,
) -> None:
    """Vis hva som er uendret, endret, flyttet, forsvunnet og nytt fra den ene filen til den andre.

    Filene oppgis med den eldste først. Med --goals kan det være flere enn to: målene følges gjennom alle. Bokmål og nynorsk
    sammenlignes som like. Hva som er et mål, leses av overskriftene; en person avgjør.

    \b
    Eksempel:
      fotfeste plans diff utkast.docx vedtatt.pdf
      fotfeste plans diff plan-2018.pdf plan-2024.pdf --about «innvandr*» --only vanished
      fotfeste plans diff plan-2014.pdf plan-2018.pdf plan-2024.pdf --goals
    """
    words = reader()
    if len(files) < 2 or (len(files) > 2 and not goals):
        raise click.UsageError(
            words.text(msg("Oppgi to filer, den eldste først. Med --goals kan det være flere."))
        )
    from fotfeste.plans.generations import compare, goals_over_time

    documents = [read_plan(settings, path) for path in files]
    if goals:
        _show_goals(files, documents, goals_over_time(documents), form)
        return
    comparison = compare(documents[0], documents[1])
    pairs = [one for one in comparison.pairs if not only or one.change.value in only]
    if about is not None:
        told = [_matching(document, about) for document in documents]
        pairs = [one for one in pairs if one.before in told[0] or one.after in told[1]]
    _show_pairs(comparison, pairs, form)


def _matching(document: Document, about: str) -> set[int | None]:
    """Return the passages that hold the pattern; look-alikes that a rule excludes do not count."""
    from fotfeste.plans.words import Pattern

    places = [one.span.start for one in Pattern.parse(about).find(document) if one.excluded_by is None]
    return {
        number
        for number, passage in enumerate(document.passages)
        if any(passage.span.start <= place < passage.span.end for place in places)
    }


def page_of(passage: Passage | None) -> str:
    """Return the page or pages of a passage, empty where the file knows none."""
    if passage is None or passage.pages is None:
        return ""
    first, last = passage.pages
    return str(first) if first == last else f"{first}–{last}"


def _show_pairs(comparison: Comparison, pairs: list[Pair], form: Format | None) -> None:
    from fotfeste.plans.generations.told import CHANGES, counted_changes

    words, counts = reader(), comparison.counts()

    def row(one: Pair) -> dict[str, Any]:
        return {
            "change": one.change.value,
            "likeness": round(float(one.likeness), 3),
            "page_before": page_of(comparison.before(one)),
            "before": comparison.words_before(one),
            "page_after": page_of(comparison.after(one)),
            "after": comparison.words_after(one),
        }

    if form is not None:
        rows = [row(one) for one in pairs]
        keys = ("change", "likeness", "page_before", "before", "page_after", "after")
        table = [[harmless(one[key]) for key in keys] for one in rows]
        content = {
            "schema": 1,
            "counts": {one.value: count for one, count in counts.items()},
            "passages": rows,
        }
        emit(form, keys, table, content)
        return
    header = [words.text(one) for one in (msg("Endring"), msg("Før"), msg("Etter"))]
    shown = [
        [
            words.text(CHANGES[one.change]),
            _cell(comparison.words_before(one), page_of(comparison.before(one))),
            _cell(comparison.words_after(one), page_of(comparison.after(one))) if not one.same_words else "=",
        ]
        for one in pairs
        if one.change.value != "stayed"
    ]
    if shown:
        click.echo(as_table(header, shown, widest=WIDEST))
    told = [words.text(counted_changes(change, count)) for change, count in counts.items()]
    click.echo(in_lines(words.text(msg("Avsnitt i alt: {counts}.", counts=words.join(told)))))


def _cell(text: str, page: str) -> str:
    flat = " ".join(text.split())
    flat = shortened(flat, SHOWN)
    return f"{flat} ({reader().text(msg('s. {page}', page=page))})" if page else flat


def _show_goals(
    files: tuple[Path, ...], documents: list[Document], rows: tuple[GoalRow, ...], form: Format | None
) -> None:
    from fotfeste.plans.generations.told import goal_marks

    words = reader()

    def text(row: GoalRow) -> str:
        document, place = next(
            (document, place)
            for document, place in zip(documents, row.places, strict=True)
            if place is not None
        )
        return " ".join(document.at(document.passages[place].span).split())

    content = [
        {
            "goal": text(row),
            "repeated_unchanged": row.repeated,
            "in": [
                None if place is None else page_of(document.passages[place]) or True
                for document, place in zip(documents, row.places, strict=True)
            ],
            "likeness": [round(float(share), 3) for share in row.likeness],
        }
        for row in rows
    ]
    names = [path.name for path in files]
    if form == "json":
        click.echo(as_json({"schema": 1, "files": names, "goals": content}))
        return
    shown = [
        [
            harmless(text(row)) if form else shortened(text(row), SHOWN),
            *(words.text(one) if one else "" for one in goal_marks(row)),
            str(row.repeated),
        ]
        for row in rows
    ]
    header = [words.text(msg("Mål")), *names, words.text(msg("Gjentatt uendret"))]
    if form == "csv":
        emit(form, ["goal", *names, "repeated_unchanged"], shown, None)
        return
    click.echo(as_table(header, shown, widest=WIDEST))
    same = sum(1 for row in rows if row.repeated)
    click.echo(
        in_lines(
            words.text(
                nmsg(
                    "Ett av {all} mål er gjentatt uendret.",
                    "{count} av {all} mål er gjentatt uendret.",
                    same,
                    all=len(rows),
                )
            )
        )
    )
