"""`fotfeste data export`: data sets and indicators as files, the same that the open service gives out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.messages import Language, Message, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.reports.profiles import Knowledge
    from fotfeste.statistics.publishing import PublishedTable

FORMATS = ("csv", "json", "xlsx", "parquet")
ALL = "alle"


@click.command(name="export", short_help="Skriv datasett og indikatorer til filer.")
@click.argument("datasets", nargs=-1, metavar="[ID]...")
@click.option(
    "--indicator", "indicators", multiple=True, metavar="ID", help="En indikator. «alle» gir alle med tall."
)
@click.option("--years", is_flag=True, help="Indikatorene fra år til år, der de har tall for flere år.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("csv",),
    help="Format; kan gjentas. json er JSON-stat 2. Ellers: csv.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Mappen filene skrives til.",
)
@click.pass_obj
def export(
    settings: Settings,
    /,
    datasets: tuple[str, ...],
    indicators: tuple[str, ...],
    years: bool,
    formats: tuple[str, ...],
    out: Path,
) -> None:
    """Skriv datasett og indikatorer for alle steder til filer, med merker, grenser, kilde og versjon av tallene.

    Uten ID og uten --indicator skrives alle datasettene og alle indikatorene. Små tall er skjult som på sidene. Med hver
    CSV-fil følger en fil som forklarer kolonnene.

    \b
    Eksempel:
      fotfeste data export settlement --format csv --format xlsx --out tall
      fotfeste data export --indicator immigrant_share --years --out tall
    """
    from fotfeste.files import write_whole
    from fotfeste.reports.profiles import open_knowledge
    from fotfeste.statistics.publishing import csv_metadata, file_name, formats_of, written

    words = language(settings.locale)
    known = open_knowledge(settings.data_dir, date.today())  # noqa: DTZ011 - the date where the user sits
    count = 0
    for folder, table in _tables(known, datasets, indicators, years):
        given = formats_of(table.about)
        for ending in dict.fromkeys(formats):
            if ending not in given:
                click.echo(words.text(_too_large(table)), err=True)
                continue
            write_whole(out / folder / file_name(table.about, ending), written(table, ending, words))
            count += 1
            if ending == "csv":
                path = out / folder / file_name(table.about, "csv-metadata.json")
                write_whole(path, csv_metadata(table, words))
    _tell(count, out, words)


def _tables(
    known: Knowledge, datasets: tuple[str, ...], indicators: tuple[str, ...], years: bool
) -> Iterator[tuple[str, PublishedTable]]:
    """Return what was asked for, one at a time, each with the folder it belongs in."""
    from fotfeste.reports.profiles.published import described_series, published_indicator, published_series
    from fotfeste.statistics.publishing import dataset_table

    everything = not datasets and not indicators
    store = known.store
    chosen = [store.dataset(one).id for one in datasets] or (
        [one.id for one in store.catalogue()] if everything else []
    )
    asked = known.indicator_ids if everything or ALL in indicators else indicators
    asked = tuple(known.indicator(one).id for one in dict.fromkeys(asked))
    for name in dict.fromkeys(chosen):
        yield "datasett", dataset_table(store, name)
    for name in asked:
        if not years:
            yield "indikatorer", published_indicator(known, name)
        elif described_series(known, name) is not None or name in indicators:
            yield "indikatorer", published_series(known, name)


def _too_large(table: PublishedTable) -> Message:
    return msg("• {name}: for mange rader til et regneark, ikke skrevet som XLSX.", name=table.about.id)


def _tell(count: int, out: Path, words: Language) -> None:
    click.echo(
        words.text(nmsg("{count} fil i {folder}.", "{count} filer i {folder}.", count, folder=str(out)))
    )
