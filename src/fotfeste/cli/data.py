"""`fotfeste data`: what figures there are, what they say, whether they are whole, and new ones imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.asked import Day
from fotfeste.cli.data_export import export
from fotfeste.cli.data_update import update
from fotfeste.cli.output import Format, as_table, emit
from fotfeste.messages import Language, Message, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.statistics import Dataset, Store
    from fotfeste.statistics.renewing import Renewed

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_ROWS_IN_TABLE = 1_000
WIDEST = 32
"""Letters in a column of the list, so that it can be read on a screen."""
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
    if form is None:
        click.echo(as_table(header, rows, widest=WIDEST))
    else:
        emit(form, header, rows, {"schema": 1, "datasets": content})


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
        more = nmsg(
            "… {count} rad i alt. Velg kommune, fylke eller år, eller skriv alt med --csv.",
            "… {count} rader i alt. Velg kommune, fylke eller år, eller skriv alt med --csv.",
            len(rows),
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


@data.command(name="import", short_help="Les inn filer som ny versjon av et datasett.")
@click.argument("files", type=EXISTING, metavar="FIL...", nargs=-1, required=True)
@click.option(
    "--mapping",
    required=True,
    metavar="NAVN|FIL.toml",
    help="Hva slags filer det er: imdi-bosetting, ssb-07459 eller en egen beskrivelse (TOML).",
)
@click.option(
    "--dataset", metavar="ID", help="Datasettet som får en ny versjon. Ellers: det filene hører til."
)
@click.option("--version", metavar="VERSJON", help="Navn på versjonen. Ellers: dagen i --retrieved.")
@click.option("--retrieved", type=Day(), metavar="DATO", help="Dagen filene ble hentet. Ellers: i dag.")
@click.option(
    "--as-of",
    type=Day(),
    metavar="DATO",
    help="Dagen tallene gjelder. Et år som ikke var omme den dagen, er ikke et helt år. Ellers: det kilden sier, eller --retrieved.",
)
@click.pass_obj
def import_(
    settings: Settings,
    /,
    files: tuple[Path, ...],
    mapping: str,
    dataset: str | None,
    version: str | None,
    retrieved: date | None,
    as_of: date | None,
) -> None:
    """Les inn filene og lagre dem som én ny versjon. Er noe galt i en fil, lagres ingenting.

    Den nye versjonen har med seg alle tallene fra før; bare de kommunene og årene filene handler om, byttes ut. Hver
    feil vises med celle eller linje. Den gamle versjonen blir stående og kan hentes fram igjen.

    \b
    Eksempel:
      fotfeste data import bosetting-2026.html bosetting-2027.html --mapping imdi-bosetting
      fotfeste data import folketall-2027.csv --mapping ssb-07459
    """
    from fotfeste.regions import load_regions
    from fotfeste.statistics.importing import dataset_of_mapping, import_files, unused
    from fotfeste.statistics.updating.alone import alone_in

    words = language(settings.locale)
    fetched = retrieved or date.today()  # noqa: DTZ011 - the date where the user sits
    name = dataset_of_mapping(mapping, dataset)
    with alone_in(settings.data_dir):
        _, done = import_files(
            _store(settings),
            load_regions(),
            files,
            mapping,
            name,
            version or fetched.isoformat(),
            as_of=as_of,
            retrieved=fetched,
        )
    for line in (*_told(done), unused(name)):
        if line is not None:
            click.echo(words.text(line))


def _told(done: Renewed) -> Iterator[Message]:
    """Say what an import did, and how it is undone."""
    stored = done.dataset
    yield nmsg(
        "{dataset}, versjon {version}: {count} rad.",
        "{dataset}, versjon {version}: {count} rader.",
        stored.rows,
        dataset=stored.id,
        version=stored.version,
    )
    for year in (*done.added, *done.replaced):
        day = done.unfinished.get(year)
        state = (
            msg("status per {day}, ikke et helt år", day=date.fromisoformat(day)) if day else msg("helt år")
        )
        if stored.id != "settlement":
            yield (
                msg("• {year}: nytt.", year=str(year))
                if year in done.added
                else msg("• {year}: byttet ut.", year=str(year))
            )
        elif year in done.added:
            yield msg("• {year}: nytt, {state}.", year=str(year), state=state)
        else:
            yield msg("• {year}: byttet ut, {state}.", year=str(year), state=state)
    if done.kept:
        yield nmsg(
            "• Uendret: ett annet år, {first}.",
            "• Uendret: {count} andre år, {first}–{last}.",
            len(done.kept),
            first=str(done.kept[0]),
            last=str(done.kept[-1]),
        )
    yield msg(
        "Angre: fotfeste data remove {dataset} --version {version}", dataset=stored.id, version=stored.version
    )


@data.command(short_help="Fjern en versjon som er importert ved en feil.")
@click.argument("dataset", metavar="ID")
@click.option("--version", required=True, metavar="VERSJON", help="Versjonen som skal bort: den nyeste.")
@click.pass_obj
def remove(settings: Settings, /, dataset: str, version: str) -> None:
    """Fjern den nyeste importerte versjonen av et datasett, så den forrige gjelder igjen.

    De innebygde tallene kan ikke fjernes. Anbefalingspakker som er laget med versjonen, kan fortsatt regnes etter.
    """
    from fotfeste.statistics.importing import remove_import
    from fotfeste.statistics.updating.alone import alone_in

    words = language(settings.locale)
    with alone_in(settings.data_dir):
        removed = remove_import(_store(settings), dataset, version)
    for one in removed:
        text = (
            msg(
                "{dataset}, versjon {version} er fjernet. Nå gjelder {now}.",
                dataset=one.id,
                version=version,
                now=one.now,
            )
            if one.now
            else msg(
                "{dataset}, versjon {version} er fjernet. Datasettet finnes ikke lenger.",
                dataset=one.id,
                version=version,
            )
        )
        click.echo(words.text(text))


data.add_command(export)
data.add_command(update)

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
