"""Draw a page of a stranger's PDF, in a process that may use so much time and memory and no more.

``python -m fotfeste.web.plans.drawing`` reads a line with the page's number and the file from standard input, and writes a PNG.
"""

from __future__ import annotations

import os
import resource
import struct
import sys
import zlib

WIDTH, TALLEST = 1000, 4000
"""Dots across a page, and the most that it may be high."""
SECONDS, MEMORY, LARGEST = 10, 1_500_000_000, 8_000_000
"""Seconds of work, bytes of address space, and bytes of a picture."""


def png(data: bytes, page: int) -> bytes:
    """Return page number ``page`` (from 1) of the PDF ``data`` as PNG; raises whatever PDFium does."""
    import pypdfium2

    one = pypdfium2.PdfDocument(data)[page - 1]
    width, height = one.get_size()
    scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
    drawn = one.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    rows, bytes_of_dot = bytes(drawn.buffer), drawn.n_channels
    lines = b"".join(
        b"\0" + rows[place : place + drawn.width * bytes_of_dot]
        for place in range(0, drawn.height * drawn.stride, drawn.stride)
    )
    kind = {1: 0, 3: 2, 4: 6}[bytes_of_dot]
    head = struct.pack(">IIBBBBB", drawn.width, drawn.height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_part(b"IHDR", head), _part(b"IDAT", zlib.compress(lines, 6)), _part(b"IEND", b""))
    )


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _work() -> int:
    page = int(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = png(sys.stdin.buffer.read(), page)
    with os.fdopen(os.dup(1), "wb") as stream:
        stream.write(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(_work())
