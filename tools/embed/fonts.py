"""Make the embedded font: Inter (SIL Open Font License 1.1) as small static files with a table of widths.

Input is the folder of Inter's static OpenType files (Debian's package ``fonts-inter`` puts them in
``/usr/share/fonts/opentype/inter``). The subset holds Latin with all letters of Norwegian, the Sámi languages and
Kven, punctuation, and the signs that charts and documents draw. The family is renamed, so that a copy of Inter on
the reader's or the server's machine can never be taken instead. The same input gives the same bytes.

    python tools/embed/fonts.py /usr/share/fonts/opentype/inter
"""

from __future__ import annotations

import argparse
import json
import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[2] / "src" / "fotfeste" / "reports" / "fonts"
FAMILY = "Fotfeste Inter"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
SIGNS = (
    "ƏəƎǝǤǥǦǧǨǩǪǫǬǭƷʒǮǯȘșȚț"  # Sámi letters beyond Latin Extended-A, and a few neighbours
    "ʹʼˈ"
    "\u2002\u2003\u2007\u2008\u2009\u200a\u202f"
    "‐‑‒–—‘’‚“”„†‡•…‰′″‹›⁄€№™"
    "←↑→↓↔−×÷±≈≠≤≥√∞∑"
    "■□▪▲△▶▼▽◀◆◇○●✓✗"
    "₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹"
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]


def characters() -> set[int]:
    """Return the code points that the embedded font must hold."""
    latin = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
    return latin | {ord(sign) for sign in SIGNS}


def subset(source: Path, style: str) -> TTFont:
    """Return the font file ``source`` cut down to :func:`characters` and renamed."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.recalc_timestamp = False
    cutter = Subsetter(options)
    cutter.populate(unicodes=sorted(characters()))
    cutter.subset(font)
    _rename(font, style)
    return font


def _rename(font: TTFont, style: str) -> None:
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    bold = WEIGHTS[style] >= 600
    names = {
        1: FAMILY,
        2: "Bold" if bold else "Regular",
        3: postscript,
        4: f"{FAMILY} {style}",
        6: postscript,
        16: FAMILY,
        17: style,
    }
    table = font["name"]
    for identity, text in names.items():
        table.setName(text, identity, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = postscript
        top = cff.topDictIndex[0]
        top.FamilyName = FAMILY
        top.FullName = names[4]


def widths(font: TTFont) -> dict[str, int]:
    """Return the advance width of every character, in thousandths of the font size."""
    units = font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    return {
        chr(code): round(1000 * metrics[glyph][0] / units)
        for code, glyph in sorted(font.getBestCmap().items())
    }


def build(folder: Path) -> dict[str, bytes]:
    """Return the files to write, by name: both weights as OTF and WOFF2, and the widths."""
    files: dict[str, bytes] = {}
    table: dict[str, dict[str, int]] = {}
    for style, weight in WEIGHTS.items():
        font = subset(folder / f"Inter-{style}.otf", style)
        table[str(weight)] = widths(font)
        for flavour, ending in ((None, "otf"), ("woff2", "woff2")):
            stream = BytesIO()
            font.flavor = flavour
            font.save(stream, reorderTables=True)
            files[f"FotfesteInter-{style}.{ending}"] = stream.getvalue()
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    files["widths.json"] = f"{text}\n".encode()
    return files


def main() -> None:
    """Write the font files beside the renderers that use them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="folder with Inter-Regular.otf and Inter-SemiBold.otf")
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    missing = [style for style in WEIGHTS if not (arguments.folder / f"Inter-{style}.otf").is_file()]
    if missing:
        sys.exit(f"{arguments.folder}: no Inter-{missing[0]}.otf; install the package fonts-inter")
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, content in build(arguments.folder).items():
        (arguments.out / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
