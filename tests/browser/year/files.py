"""Files that are handed in during the year: good ones, and ones that are not what they say or do more than they should."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from functools import cache

MEGABYTE = 1_000_000
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def picture() -> bytes:
    """Return a picture of one dot (PNG)."""

    def part(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b"\0\0"))
        + part(b"IEND", b"")
    )


@cache
def bomb() -> bytes:
    """Return a document (DOCX) of some kilobytes that unpacks to a hundred megabytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        with archive.open("word/document.xml", "w") as part:
            for _ in range(100):
                part.write(b" " * MEGABYTE)
    return stream.getvalue()


def filled_in(sheet: bytes, answers: Mapping[str, int | str | date]) -> bytes:
    """Return a reply sheet with answers where the fields' ids stand, as somebody fills it in."""
    from openpyxl import load_workbook

    book, stream, left = load_workbook(io.BytesIO(sheet)), io.BytesIO(), dict(answers)
    for row in book.worksheets[0].iter_rows():
        name = row[3].value if len(row) > 3 else None
        if isinstance(name, str) and name in left:
            row[1].value = left.pop(name)
    assert not left, left
    book.save(stream)
    return stream.getvalue()


def with_link_outside(sheet: bytes) -> bytes:
    """Return a workbook that fetches something from another."""
    stream = io.BytesIO(sheet)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<a/>")
    return stream.getvalue()


def table(names: Mapping[str, str], heading: str, numbers: Mapping[str, int], usual: int) -> bytes:
    """Return a table (CSV) of all municipalities as IMDi publishes them; the numbers are made up."""
    rows = [f"{code};{name};{numbers.get(code, usual)};0" for code, name in names.items()]
    return "\n".join([f"kommunenummer;kommune;{heading};enslige mindreårige", *rows]).encode()
