"""Taguette's part of `plan_exchange.py`, run by a Python that has Taguette: the same text in, codings, and out.

What Taguette does in the browser is done here with its own functions, without the web server between: converting the file,
cutting out the piece that is marked, writing it to the database, and exporting.
"""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path

from clocks import RUNS, middle, now, since

warnings.simplefilter("ignore")


def main(page: Path, places: Path, folder: Path, codebook: Path) -> dict[str, object]:
    """Import `page`, mark every place in `places` (counted in bytes) and export to `folder`; return the seconds."""
    from taguette import convert, database, exact_version, export, extract, import_codebook

    body = page.read_bytes()
    wanted = json.loads(places.read_text("utf-8"))
    reading = []
    for run in range(RUNS):
        db = database.connect(f"sqlite:///{folder / f'taguette{run}.sqlite3'}")()
        user = database.User(login="admin")
        project = database.Project(name="Oppdiktet", description="")
        db.add_all([user, project])
        db.flush()
        db.add(database.ProjectMember(project=project, user=user, privileges=database.Privileges.ADMIN))
        tag = database.Tag(project=project, path="tema.arbeid", description="")
        db.add(tag)
        db.commit()
        start = now()
        html = asyncio.run(convert.to_html_chunks(body, "text/html", page.name, {}))
        document = database.Document(
            name="Plan", description="", filename=page.name, project=project, contents=html,
            text_direction=database.TextDirection.LEFT_TO_RIGHT,
        )  # fmt: skip
        db.add(document)
        db.commit()
        reading.append(since(start))
    coding = []
    for first, last in wanted:
        start = now()
        snippet = extract.extract(document.contents, first, last)
        mark = database.Highlight(document=document, start_offset=first, end_offset=last, snippet=snippet)
        db.add(mark)
        db.flush()
        db.execute(database.highlight_tags.insert(), [{"highlight_id": mark.id, "tag_id": tag.id}])
        db.add(database.Command.highlight_add("admin", document, mark, [tag.id]))
        db.commit()
        coding.append(since(start))
    table = []
    for _ in range(RUNS):
        start = now()
        with (folder / "taguette.csv").open("w", encoding="utf-8", newline="") as stream:
            export.highlights_csv(db, project.id, "", stream)
        export.codebook_xml(list(project.tags), str(folder / "taguette.qdc"))
        table.append(since(start))
    copy = database.connect(f"sqlite:///{folder / 'taguette_export.sqlite3'}")()
    copy.add(database.User(login="admin"))
    copy.commit()
    database.copy_project(db, copy, project.id, "admin")
    copy.commit()
    with codebook.open("rb") as stream:
        tags = import_codebook.list_tags(stream)
    return {
        "version": exact_version(),
        "import": middle(reading),
        "coding": middle(coding),
        "export": middle(table),
        "tags": len(tags),
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(Path, sys.argv[1:5]))))
