"""`fotfeste compare`: the recommendation beside other ways to share the total out, what weights do, what rules cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.asked import Day, alternative_option, asked_from, recommended, request_options
from fotfeste.cli.output import as_csv, as_json, as_table, in_lines
from fotfeste.cli.writing import today
from fotfeste.messages import Language, language, msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.reports.blocks import Table
    from fotfeste.reports.documents.basis import Basis
    from fotfeste.settlement.alternatives import Comparison

NAME_WIDTH = 30
"""Letters in a column of words, before it is broken into lines."""
CSV_NAME, WORKBOOK_NAME = "alternativer.csv", "alternativer.xlsx"


@click.command(short_help="Sett anbefalingen ved siden av andre måter å fordele på.")
@request_options
@alternative_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv tabellene hit også, som regneark og som CSV.",
)
@click.option("--issued", type=Day(), metavar="DATO", help="Datoen i regnearket. Ellers: i dag.")
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def compare(
    settings: Settings,
    /,
    out: Path | None,
    issued: date | None,
    json_wanted: bool,
    alternatives: tuple[str, ...],
    **options: Any,
) -> None:
    """Sett anbefalingen ved siden av andre måter å fordele totalen på.

    Viser tallet i hver kommune under hvert alternativ, hvor mange personer som skiller dem, hva alle er enige om, hva
    hver vekt egentlig betyr, og hva hver regel koster de andre. Uten --alternative brukes alle kriteriene som
    følger med. Samme kriterier uten regler, den andre metoden og tidligere praksis er alltid med.

    \b
    Eksempel:
      fotfeste compare --county Telemark --year 2027 --total 545
      fotfeste compare --county Telemark --year 2027 --total 545 --alternative egne.toml
    """
    from fotfeste.reports.documents.basis import basis_of
    from fotfeste.settlement.discuss import discuss

    words, day = language(settings.locale), issued or today()
    made = recommended(asked_from({**options, "alternatives": alternatives}), settings)
    for notice in made.notices:
        click.echo(notice, err=True)
    found = discuss(made.prepared, made.recommendation, drawn=False)
    basis = basis_of(made.recommendation, made.regions, locale=settings.locale, issued=day, discussion=found)
    if json_wanted:
        from fotfeste.settlement.discussion_as_data import discussion_as_data

        click.echo(as_json(discussion_as_data(found, made.recommendation, words)))
    else:
        click.echo(discussion_in_words(basis))
    if out is not None and found.comparison is not None:
        _write(found.comparison, basis, out)
        files = msg("Tabellene ligger i {folder}", folder=str(out.resolve()))
        click.echo(words.text(files), err=json_wanted)


def discussion_in_words(basis: Basis) -> str:
    """Return the comparison, the effective weights and the rule costs as tables and sentences for a terminal."""
    from fotfeste.reports.documents import alternatives as told
    from fotfeste.reports.documents import alternatives_tables as tables
    from fotfeste.reports.documents import costs_tables as costs
    from fotfeste.reports.documents import weights_and_costs as meant

    text, found = basis.text, basis.discussion
    if found.comparison is None or found.weights is None:
        return text(msg("Det er bare én kommune å fordele på, så det er ikke noe å sammenligne."))
    comparison = found.comparison
    parts = [
        in_lines(" ".join(told.deciding(comparison, basis))),
        in_lines(told.introduction(comparison, basis)),
        table_in_words(tables.alternatives_table(comparison, basis), basis.words),
        *(
            in_lines(f"• {text(tables.refusal(one))}", "  ")
            for one in comparison.alternatives
            if one.refused is not None
        ),
        *(table_in_words(one, basis.words) for one in tables.numbers_tables(comparison, basis)),
        in_lines(" ".join(told.agreement_in_words(comparison, basis))),
        "\n".join(
            in_lines(f"• {told.gains_in_words(comparison, one, basis)}", "  ")
            for one in comparison.counted[1:]
        ),
        table_in_words(tables.distances_table(comparison, basis), basis.words),
        *(
            in_lines(f"{text(one.title)}: {' '.join(text(note) for note in one.notes)}")
            for one in comparison.counted
            if one.notes
        ),
        table_in_words(costs.weights_table(found.weights, basis), basis.words),
        in_lines(" ".join(meant.weights_in_words(found.weights, basis))),
    ]
    if found.costs:
        held = costs.held_table(found.costs, basis)
        parts += [
            table_in_words(costs.kinds_table(found.costs, basis), basis.words),
            *([table_in_words(held, basis.words)] if held else []),
            in_lines(" ".join(meant.costs_in_words(found.costs, basis))),
        ]
    return "\n\n".join(parts)


def table_in_words(table: Table, words: Language) -> str:
    """Return a table of a document for a terminal: caption, columns, rows and note."""
    from fotfeste.reports.cells import format_cell

    rows = [
        [format_cell(value, column, words) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    shown = as_table([column.title for column in table.columns], rows, widest=NAME_WIDTH)
    return "\n".join([table.caption, shown, *([in_lines(table.note)] if table.note else [])])


def _write(comparison: Comparison, basis: Basis, out: Path) -> None:
    from fotfeste.files import write_whole
    from fotfeste.reports import render_xlsx
    from fotfeste.reports.blocks import Workbook
    from fotfeste.reports.documents.alternatives_tables import discussion_sheets

    title = msg("Alternativer: bosetting i {county} i {year}", county=basis.county, year=str(basis.year))
    book = Workbook(
        basis.text(title), basis.locale, basis.issued, tuple(discussion_sheets(basis)), "alternativer"
    )
    rows = [
        [code, name, one.id, one.numbers[code]]
        for one in comparison.counted
        for code, name in comparison.names.items()
    ]
    table = as_csv(["code", "name", "alternative", "persons"], rows)
    write_whole(out / WORKBOOK_NAME, render_xlsx(book))
    write_whole(out / CSV_NAME, f"{table}\n".encode())
