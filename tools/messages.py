"""Collect the texts for translation, bring the translations up to date and compile them.

Usage: `python tools/messages.py`. Bokmål is the source language (decision 0001), so the texts are the arguments
of `msg` and `nmsg`. The collection `src/fotfeste/locale/fotfeste.pot` is made anew each time and is not tracked;
each `locale/<language>/LC_MESSAGES/fotfeste.po` is a translation and is; its `.mo` is what the program reads. To
begin a language, make an empty `fotfeste.po` in its folder and run this.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "fotfeste"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"msg": None, "nmsg": (1, 2)}
# The same texts give the same bytes: the files carry no time of their own.
NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def collect(source: Path) -> Catalog:
    """Return every text of the package at ``source``, with the files it stands in."""
    catalogue = Catalog(project="Fotfeste", creation_date=NO_TIME, revision_date=NO_TIME, fuzzy=False)
    found = extract_from_dir(source, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Oversetter:",))
    for name, _, text, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        catalogue.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue in the form that translators edit."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def updated(translation: bytes, locale: str, texts: Catalog) -> Catalog:
    """Return a translation with the texts of today: new ones empty, those no longer used gone."""
    catalogue = read_po(BytesIO(translation), locale=locale)
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.creation_date = catalogue.revision_date = NO_TIME
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return a translation in the form that the program reads."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> None:
    """Write the collection and every translation."""
    folder = SOURCE / "locale"
    folder.mkdir(exist_ok=True)
    texts = collect(SOURCE)
    (folder / "fotfeste.pot").write_bytes(as_po(texts))
    print(f"{len(texts)} texts")
    for path in sorted(folder.glob("*/LC_MESSAGES/fotfeste.po")):
        locale = path.parents[1].name
        catalogue = updated(path.read_bytes(), locale, texts)
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{locale}: {sum(bool(text.string) for text in catalogue if text.id)} translated")


if __name__ == "__main__":
    main()
