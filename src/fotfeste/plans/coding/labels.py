"""Labels that stand apart from the text: which piece of which file a reader gave which codes; no text.

JSON Lines. First line: format, schema, codebook and who labelled. Each further line is a piece that was read: the
check sum of the file (empty for passages of our own), that of its text, start and end in code points, and the codes,
none when the reader found nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.documents.model import Span

SCHEMA = 1
FORMAT = "fotfeste-plan-labels"
LARGEST, MOST = 100_000_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Label:
    """One piece that was read, and the codes it was given."""

    file_sha256: str
    text_sha256: str
    span: Span
    codes: frozenset[str]


@dataclass(frozen=True)
class Labels:
    """All that one reader labelled with one codebook (its id and date)."""

    codebook: str
    labeller: str
    labels: tuple[Label, ...]


def labels_as_text(labels: Labels) -> str:
    """Return the labels as a file; the same labels give the same text."""
    head = {"format": FORMAT, "schema": SCHEMA, "codebook": labels.codebook, "labeller": labels.labeller}
    rows = (
        {
            "file": one.file_sha256,
            "text": one.text_sha256,
            "start": one.span.start,
            "end": one.span.end,
            "codes": sorted(one.codes),
        }
        for one in labels.labels
    )
    return "".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in (head, *rows))


def labels_of_text(text: str, place: str) -> Labels:
    """Return the labels that a text holds; raises :class:`InputError` with the line that is wrong."""
    lines = text.splitlines()
    line = 1
    try:
        head = json.loads(lines[0])
        if head["format"] != FORMAT or head["schema"] != SCHEMA or len(lines) > MOST:
            raise ValueError("not labels")
        found = []
        for row in lines[1:]:
            line += 1
            one = json.loads(row)
            codes = one["codes"]
            whole = isinstance(one["start"], int) and isinstance(one["end"], int)
            if not whole or not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
                raise TypeError("not a label")
            found.append(
                Label(str(one["file"]), str(one["text"]), Span(one["start"], one["end"]), frozenset(codes))
            )
        return Labels(str(head["codebook"]), str(head["labeller"]), tuple(found))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise InputError(
            "plan.labels.damaged",
            msg("Linje {line} er ikke en merking slik Fotfeste skriver den.", line=line),
            place=place,
            remedy=msg("Oppgi en fil med merkinger slik Fotfeste har skrevet den."),
        ) from error


def read_labels(path: Path) -> Labels:
    """Read a file of labels."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "plan.labels.unreadable",
            msg("Merkingene kunne ikke leses."),
            place=str(path),
            remedy=msg("Oppgi en fil med merkinger slik Fotfeste har skrevet den."),
        ) from error
    return labels_of_text(text[:LARGEST], str(path))
