"""SVG pictures on their way into a document: checked, named apart, and turned into PNG."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from fotfeste.reports import typeface
from fotfeste.reports.png import pack

DRAWN = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"}
SHARED = {"svg", "g", "defs", "pattern", "clipPath", "use", "symbol", "linearGradient", "stop", "marker"}
ELEMENTS = frozenset(DRAWN | SHARED)
NAMESPACE = "{http://www.w3.org/2000/svg}"
DOTS_PER_INCH = 200
ROOT = re.compile(r'(<svg\b(?:[^>"]|"[^"]*")*?)>')


class UnsafePicture(ValueError):
    """A picture holds something that a drawing does not need (a program, an address, an entity)."""


@lru_cache(maxsize=512)
def check(svg: str) -> str:
    """Return ``svg`` when it is a plain drawing.

    Raises :class:`UnsafePicture` for elements other than shapes and text, event attributes, and addresses that
    lead out of the picture: a document must never carry a program or fetch anything.
    """
    if "<!" in svg or "<?" in svg:
        raise UnsafePicture("a picture must hold elements only")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise UnsafePicture(f"a picture is not well-formed: {error}") from error
    if root.tag != f"{NAMESPACE}svg":
        raise UnsafePicture("a picture must be an svg element")
    for element in root.iter():
        if element.tag.removeprefix(NAMESPACE) not in ELEMENTS:
            raise UnsafePicture(f"a picture must not hold {element.tag}")
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            outside = plain == "href" and not value.startswith("#")
            fetches = "url(" in value.replace("url(#", "") or "javascript:" in value.lower()
            if plain.startswith("on") or outside or fetches:
                raise UnsafePicture(f"a picture must not hold {name}={value!r}")
    return svg


def embed(svg: str, prefix: str, alternative: str) -> str:
    """Return ``svg`` for a page: ids begin with ``prefix``, and the picture is one image named ``alternative``."""
    text = check(svg)
    text = re.sub(r'\bid="', f'id="{prefix}-', text)
    text = re.sub(r"url\(#", f"url(#{prefix}-", text)
    text = re.sub(r'href="#', f'href="#{prefix}-', text)
    root = ROOT.match(text)
    if root is None:
        raise UnsafePicture("a picture must begin with its svg element")
    head = re.sub(r'\s(?:role|aria-[a-z]+|tabindex)="[^"]*"', "", root[1])
    return f'{head} role="img" aria-label={quoteattr(alternative)} focusable="false">{text[root.end() :]}'


@lru_cache(maxsize=512)
def to_png(svg: str, across: int) -> bytes:
    """Return ``svg`` as PNG, ``across`` pixels wide, with the embedded font."""
    import vl_convert

    _register_font()
    return pack(vl_convert.svg_to_png(check(svg), scale=across / size(svg)[0], ppi=72), DOTS_PER_INCH)


@lru_cache(maxsize=1)
def _register_font() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(typeface.folder()))


def size(svg: str) -> tuple[float, float]:
    """Return width and height of ``svg`` in its own units."""
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    if box is None:
        raise UnsafePicture("a picture must have a viewBox")
    return float(box[1]), float(box[2])
