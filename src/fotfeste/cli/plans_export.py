"""`fotfeste plans export`: codings and codebook as files that other programs read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

import fotfeste
from fotfeste.cli.plans_kept import book_of, codebook_option, collection, compiled, log_name
from fotfeste.cli.usage import reader
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings


@click.command("export", short_help="Skriv kodinger og kodebok til filer for andre programmer.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="MAPPE", help="Skriv filene hit."
)
@click.option("--suggestions", is_flag=True, help="Ta også med forslag som ingen har avgjort.")
@click.option("--document", "named", metavar="ID", multiple=True, help="Bare dette dokumentet. Kan gjentas.")
@codebook_option
@click.pass_obj
def command(
    settings: Settings, /, out: Path, suggestions: bool, named: tuple[str, ...], codebook: str
) -> None:
    """Skriv kodingene som CSV og regneark, og kodeboken som TOML, REFI-QDA (.qdc) og for Taguette (CSV).

    Kodingene har sitat, side, kode, hvem og når. Regnearket og CSV-filen har ordene fra planene; ta hensyn til det når et
    utkast ikke er offentlig.

    \b
    Eksempel:
      fotfeste plans export --out koding
    """
    from fotfeste.files import write_whole
    from fotfeste.plans.codebooks import codebook_as_toml
    from fotfeste.plans.coding import Coding, codings, suggested_coding
    from fotfeste.plans.exchange import (
        codebook_as_qdc,
        codebook_as_taguette,
        codings_as_csv,
        codings_as_xlsx,
    )

    words, kept, book = reader(), collection(settings), book_of(codebook)
    held = [kept.find(one) for one in named] if named else list(kept.held())
    documents = [one.document for one in held]
    texts = {one.text_sha256 for one in documents}
    now = datetime.now(UTC).replace(microsecond=0)
    found: list[Coding] = [one for one in codings(kept.log(log_name(book))) if one.text_sha256 in texts]
    decided = {(one.text_sha256, one.span, one.code) for one in found}
    if suggestions:
        rules = compiled(book)
        for document in documents:
            found += [
                suggested_coding(one, now)
                for one in rules.suggest(document)
                if one.offered and (one.text_sha256, one.span, one.code) not in decided
            ]
    files = {
        "kodinger.csv": codings_as_csv(found, documents, book),
        "kodinger.xlsx": codings_as_xlsx(found, documents, book, now),
        "kodebok.toml": codebook_as_toml(book).encode(),
        "kodebok.qdc": codebook_as_qdc(book, origin=f"Fotfeste {fotfeste.__version__}"),
        "kodebok-taguette.csv": codebook_as_taguette(book),
    }
    for name, content in files.items():
        write_whole(out / name, content)
    said = msg(
        "{files} ligger i {folder}, med {codings}.",
        files=nmsg("Én fil", "{count} filer", len(files)),
        folder=str(out.resolve()),
        codings=nmsg("én koding", "{count} kodinger", len(found)),
    )
    click.echo(words.text(said))
