"""Make the README's picture from real output: pages of the documents side by side.

Usage: `python tools/make_picture.py`. Runs the main job on the embedded data in a temporary folder, renders the
chosen pages of its PDF files and sets them beside each other in `docs/pictures/documents.png`.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

TARGET = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "documents.png"
JOB = (
    "recommend",
    "--county",
    "Telemark",
    "--year",
    "2027",
    "--total",
    "545",
    "--issued",
    "2026-11-21",
    "--out",
)
# The first page of a file on which these words stand.
PAGES = (
    ("anbefaling-til-imdi.pdf", "Anbefalt tall per kommune"),
    ("anbefaling-til-imdi.pdf", "Kilde: Kartverket"),
    ("brev/4003-skien.pdf", "Hvorfor dette tallet"),
)
WIDTH = 560
GAP = 24
PAPER = 255
DESK = 232
EDGE = 190

Picture = NDArray[np.uint8]


def page(path: Path, words: str) -> Picture:
    """Return one page as an array of height x width x 3, ``WIDTH`` pixels wide with a thin edge."""
    with pypdfium2.PdfDocument(path) as document:
        sheet = next((sheet for sheet in document if words in sheet.get_textpage().get_text_range()), None)
        if sheet is None:
            sys.exit(f"no page of {path.name} says {words!r}")
        drawn = sheet.render(scale=WIDTH / sheet.get_width(), rev_byteorder=True).to_numpy()
        picture: Picture = np.array(drawn[:, :, :3], dtype=np.uint8)
    picture[[0, -1], :] = EDGE
    picture[:, [0, -1]] = EDGE
    return picture


def beside(pages: list[Picture]) -> Picture:
    """Return the pages side by side on a plain ground."""
    height = max(len(sheet) for sheet in pages) + 2 * GAP
    width = sum(sheet.shape[1] for sheet in pages) + GAP * (len(pages) + 1)
    picture = np.full((height, width, 3), DESK, dtype=np.uint8)
    left = GAP
    for sheet in pages:
        picture[GAP : GAP + len(sheet), left : left + sheet.shape[1]] = sheet
        left += sheet.shape[1] + GAP
    return picture


def as_png(picture: Picture) -> bytes:
    """Return a picture as PNG with a palette of its 256 most used colours; the same picture gives the same bytes."""
    rough = picture & 0xF8
    flat = rough.reshape(-1, 3).astype(np.uint32)
    codes = (flat[:, 0] << 16) | (flat[:, 1] << 8) | flat[:, 2]
    colours, place, used = np.unique(codes, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(-used, kind="stable")[:256])
    palette = np.stack([(colours[kept] >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
    every = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
    nearest = np.array([np.argmin(((palette - colour) ** 2).sum(axis=1)) for colour in every], dtype=np.uint8)
    height, width = picture.shape[:2]
    rows = np.zeros((height, width + 1), dtype=np.uint8)
    rows[:, 1:] = nearest[place].reshape(height, width)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", np.where(palette >= 0xF8, 0xFF, palette).astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def main() -> None:
    """Run the job and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([str(Path(sys.executable).parent / "fotfeste"), *JOB, folder], check=True)
        picture = beside([page(Path(folder) / name, words) for name, words in PAGES])
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(as_png(picture))
    print(f"{TARGET.name}: {picture.shape[1]} x {picture.shape[0]}, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
