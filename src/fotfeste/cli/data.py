"""`fotfeste data`: what figures there are, what they say, whether they are whole, and new ones imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.output import Format, emit
from fotfeste.messages import Language, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.statistics import Dataset, Store

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_ROWS_IN_TABLE = 1_000
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


def _formats(command: Command) -> Command:
    command = click.option("--json", "form", flag_value="json", help="Skriv svaret som JSON.")(command)
    return click.option("--csv", "form", flag_value="csv", help="Skriv svaret som CSV.")(command)


def _store(settings: Settings) -> Store:
    from fotfeste.statistics import open_store

    return open_store(settings.data_dir)


@click.group(short_help="Datasett: se, kontroller og importer.")
def data() -> None:
    """Datasett: hva som finnes, hva tallene er, om de er hele, og import av nye."""


@data.command(name="list", short_help="Hvilke datasett som finnes.")
@click.option("--versions", is_flag=True, help="Ta med alle versjoner, ikke bare den nyeste.")
@_formats
@click.pass_obj
def list_datasets(settings: Settings, versions: bool, form: Format | None) -> None:
    """Vis datasettene med kilde, tabell, periode og når de ble tatt inn.

    «Tatt inn» er dagen tallene ble hentet fra kilden, eller, der den ikke er kjent, lagt inn i Fotfeste.
    """
    store, words = _store(settings), language(settings.locale)
    found = (
        [one for name in sorted(store.versions) for one in store.versions[name]]
        if versions
        else list(store.catalogue())
    )
    content = [_described(one, words) for one in found]
    header = [words.text(title) for title in _TITLES]
    rows = []
    for one in found:
        source = one.source.for_reader(words)
        shown = (source.title, source.agency, source.table, source.period)
        rows.append((one.id, one.version, *shown, one.retrieved.isoformat(), one.rows))
    emit(form or "table", header, rows, {"schema": 1, "datasets": content})


@data.command(short_help="Tallene i et datasett.")
@click.argument("dataset", metavar="ID")
@click.option("--municipality", metavar="KOMMUNE", help="Bare denne kommunen: navn eller nummer i dag.")
@click.option("--county", metavar="FYLKE", help="Bare dette fylket: navn eller nummer i dag.")
@click.option("--year", type=int, metavar="ÅR", help="Bare dette året.")
@click.option(
    "--version", metavar="VERSJON", help="En eldre versjon enn den nyeste (se data list --versions)."
)
@_formats
@click.pass_obj
def show(
    settings: Settings,
    dataset: str,
    municipality: str | None,
    county: str | None,
    year: int | None,
    version: str | None,
    form: Format | None,
) -> None:
    """Vis tallene i et datasett, med kilde. Tall fra 1 til 4 vises ikke der kilden ber om det.

    Tegnene i kolonnen mark: tom er et tall, . mangler, - er ikke spurt, : er skjult (low og high er grensene).
    """
    from fotfeste.regions import load_regions
    from fotfeste.statistics.selection import Choice, shown_rows

    store, words = _store(settings), language(settings.locale)
    described = store.dataset(dataset, version)
    frame = shown_rows(store, load_regions(), dataset, Choice(municipality, county, year, version))
    rows = frame.rows()
    if form is None:
        source = described.source.for_reader(words)
        click.echo(f"{source.title}\n{source.agency}, {source.table}, {source.period}")
        if source.remark:
            click.echo(source.remark)
        click.echo()
    shown = rows[:MOST_ROWS_IN_TABLE] if form is None else rows
    content = {
        "schema": 1,
        "dataset": _described(described, words),
        "columns": frame.columns,
        "rows": [list(row) for row in rows] if form == "json" else [],
    }
    emit(form or "table", frame.columns, shown, content)
    if len(shown) < len(rows):
        more = msg(
            "… {count} rader i alt. Velg kommune, fylke eller år, eller skriv alt med --csv.", count=len(rows)
        )
        click.echo(words.text(more), err=True)


@data.command(short_help="Er datasettene hele?")
@click.argument("datasets", nargs=-1, metavar="[ID]...")
@click.pass_obj
def check(settings: Settings, datasets: tuple[str, ...]) -> None:
    """Kontroller sjekksummer, antall rader og publiserte summer for alle versjoner av datasettene."""
    from fotfeste.errors import InputError
    from fotfeste.statistics.store import problems_of

    store = _store(settings)
    for name in datasets:
        store.dataset(name)
    chosen = [one for name in datasets or sorted(store.versions) for one in store.versions[name]]
    problems = [problem for one in chosen for problem in problems_of(store, one)]
    if problems:
        raise InputError(
            "data.check",
            msg("Kontrollen fant feil."),
            remedy=msg("Installer Fotfeste på nytt, eller importer datasettet på nytt."),
            problems=problems,
        )
    done = nmsg("{count} datasett er helt.", "{count} datasett er hele.", len(chosen))
    click.echo(language(settings.locale).text(done))


@data.command(name="import", short_help="Les inn en fil som ny versjon av et datasett.")
@click.argument("file", type=EXISTING, metavar="FIL")
@click.option("--mapping", required=True, type=EXISTING, metavar="FIL.toml", help="Beskrivelsen av filen.")
@click.option("--dataset", required=True, metavar="ID", help="Datasettet som får en ny versjon.")
@click.option(
    "--version", required=True, metavar="VERSJON", help="Navn på versjonen, for eksempel 2027-01-15."
)
@click.pass_obj
def import_(settings: Settings, file: Path, mapping: Path, dataset: str, version: str) -> None:
    """Les inn FIL og lagre den som en ny versjon. Er noe galt i filen, lagres ingenting.

    Hver feil vises med celle eller linje. Den gamle versjonen blir stående og kan fortsatt hentes fram.
    """
    from fotfeste.regions import load_regions
    from fotfeste.statistics.importing import import_file

    _, stored = import_file(_store(settings), load_regions(), file, mapping, dataset, version)
    text = msg(
        "{dataset}, versjon {version}: {rows} rader.",
        dataset=stored.id,
        version=stored.version,
        rows=stored.rows,
    )
    click.echo(language(settings.locale).text(text))


_TITLES = (
    msg("id"),
    msg("versjon"),
    msg("tittel"),
    msg("kilde"),
    msg("tabell"),
    msg("periode"),
    msg("tatt inn"),
    msg("rader"),
)


def _described(one: Dataset, words: Language) -> dict[str, object]:
    source = one.source.for_reader(words)
    return {
        "id": one.id,
        "version": one.version,
        "title": source.title,
        "agency": source.agency,
        "table": source.table,
        "licence": source.licence,
        "period": source.period,
        "unit": one.unit,
        "retrieved": one.retrieved.isoformat(),
        "remark": source.remark,
        "rows": one.rows,
        "checks": list(one.checks),
        "suppress_below": one.suppress_below,
    }
