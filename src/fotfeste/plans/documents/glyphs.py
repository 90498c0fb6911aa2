"""From a page of a PDF to fragments: letters that stand together on one baseline, with place, size and weight.

PDFium gives each letter with its box in the order the file has them; that order is not trusted. Only one page's
letters are held at a time.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from fotfeste.plans.documents.tags import Role, roles

GAP = 0.6
"""Of the letters' size: the widest space inside a fragment. What is further apart may belong to two columns."""
WORD_SPACE = 0.22
"""Of the letters' size: the narrowest gap that parts two words where the file has no space between them."""
LINE_END_HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen that parts a word at the end of a line; asked for one letter, it says 2."""
HYPHEN_CODE = 2
TURNED = 6.0
"""Points: how large letters that stand on their side are taken to be, so that they are read as one short line."""
SOFT_HYPHEN = "\xad"
LIFTED = 0.22
"""Of the letters' size: how far above the line a figure begins that is the mark of a note."""
_BOLD = re.compile(r"bold|black|heavy|semib|demi|(?:^|[-,])bd", re.IGNORECASE)
_UNITS = re.compile(r"(?:^|[\s\d])[kcdm]?m$")
_POWERS = {"2": "²", "3": "³"}
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_HIDDEN = (3, 7)
_FILLED_AND_STROKED = 2
FORMS_DEEP = 5


@dataclass(slots=True)
class Fragment:
    """Letters on one baseline; points from the page's upper left corner, y down. ``bold`` is a share of the letters.

    ``role`` is what the file's tags call it: nothing without tags, ``-`` for what a tagged page leaves out. ``cell`` is the
    table on the page, row and column that the tags state.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: float = 0.0
    mark: int = -1
    role: str = ""
    cell: tuple[int, int, int] | None = None

    @property
    def top(self) -> float:
        """The upper edge, about the height of a capital letter with its accent."""
        return self.base - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge, about where a ``g`` ends."""
        return self.base + 0.22 * self.size


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line, or a filled surface, by its box."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Sheet:
    """What stands on one page: its fragments in the file's order, strokes that may frame tables, and its pictures."""

    number: int
    label: str
    width: float
    height: float
    fragments: list[Fragment]
    strokes: list[Stroke]
    pictures: float = 0.0
    recognised: float = 0.0
    cut_short: bool = False
    objects: int = 0


def _call(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function with plain addresses for arguments: asked for every letter, so that its cost counts."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_letter = _call(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_box = _call(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_SHORTS = ctypes.POINTER(ctypes.c_ushort)
_object = _call(pdfium.FPDFText_GetTextObject, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int)
_matrix = _call(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_origin = _call(
    pdfium.FPDFText_GetCharOrigin,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
)
_size = _call(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_font = _call(pdfium.FPDFTextObj_GetFont, ctypes.c_size_t, ctypes.c_void_p)
_mode = _call(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_tag = _call(pdfium.FPDFPageObj_GetMarkedContentID, ctypes.c_int, ctypes.c_void_p)


@dataclass(slots=True)
class _Run:
    """What holds for every letter of one text object."""

    x: float
    y: float
    size: float
    bold: bool
    turned: int
    hidden: bool
    tag: int


class Frame:
    """Where a page's own coordinates lie on the sheet as it is seen: cropped, and turned by quarters."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.quarters = pdfium.FPDFPage_GetRotation(page) % 4
        self.left, self.bottom = box.left, box.bottom
        self.width, self.height = width, height

    def seen(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return points, or arrays of them, as seen: from the upper left corner."""
        x, y = x - self.left, y - self.bottom
        if self.quarters == 1:
            return y, x
        if self.quarters == 2:
            return self.width - x, y
        if self.quarters == 3:
            return self.width - y, self.height - x
        return x, self.height - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Stroke:
        """Return a box as seen."""
        (a, b), (c, d) = self.seen(left, bottom), self.seen(right, top)
        return Stroke(min(a, c), min(b, d), max(a, c), max(b, d))


def sheet(page: Any, number: int, label: str, most_letters: int, most_objects: int) -> Sheet:
    """Return what stands on ``page``, an open page of pypdfium2."""
    width, height = page.get_size()
    frame = Frame(page, width, height)
    text = page.get_textpage()
    told = roles(page)
    try:
        count = max(text.count_chars(), 0)
        whole = count <= most_letters
        fragments, recognised = _fragments(text.raw, min(count, most_letters), frame)
    finally:
        text.close()
    if told:
        _tell(fragments, told)
    fragments = [one for one in fragments if _on_page(one, width, height)]
    strokes, pictures, all_objects = _drawn(page, frame, most_objects)
    return Sheet(
        number,
        label,
        width,
        height,
        fragments,
        strokes,
        pictures,
        recognised,
        not (whole and all_objects),
        pdfium.FPDFPage_CountObjects(page),
    )


def _on_page(one: Fragment, width: float, height: float) -> bool:
    """Whether anything of a fragment is seen; its box then ends where the page does."""
    if one.right <= 0 or one.left >= width or one.bottom <= 0 or one.top >= height:
        return False
    one.left, one.right = max(one.left, 0.0), min(one.right, width)
    one.size = min(one.size, height)
    one.base = min(max(one.base, 0.78 * one.size), height - 0.22 * one.size)
    return True


def _tell(fragments: Sequence[Fragment], told: Mapping[int, Role]) -> None:
    for one in fragments:
        role = told.get(one.mark)
        one.role = role.name if role else "-"
        one.cell = role.cell if role else None


def _fragments(text: Any, count: int, frame: Frame) -> tuple[list[Fragment], float]:
    """The page's fragments, and the share of its letters that are drawn invisibly, as text recognition does."""
    if not count:
        return [], 0.0
    at = ctypes.cast(text, ctypes.c_void_p).value or 0
    codes = _codes(text, at, count)
    codes[codes == HYPHEN_CODE] = ord(LINE_END_HYPHEN)
    visible = np.flatnonzero((codes > 32) & (codes != 0xA0) & ~((codes >= 0x2000) & (codes <= 0x200B)))
    if not visible.size:
        return [], 0.0
    boxes = (pdfium.FS_RECTF * visible.size)()
    here, step = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    places = visible.tolist()
    deque(map(_box, repeat(at), places, range(here, here + step * len(places), step)), maxlen=0)
    objects = np.fromiter(map(_object, repeat(at), places), np.uint64, len(places))
    firsts = np.concatenate(([True], (objects[1:] != objects[:-1]) | (objects[1:] == 0)))
    owner = np.cumsum(firsts) - 1
    leaders = np.flatnonzero(firsts)
    runs = _runs(at, visible[leaders].tolist(), objects[leaders].tolist(), frame)
    lifted = _lifted(text, codes[visible].tolist(), places, owner.tolist(), runs)
    edges = np.frombuffer(boxes, np.float32).reshape(-1, 4).astype(np.float64)
    x0, y0 = frame.seen(edges[:, 0], edges[:, 3])
    x1, y1 = frame.seen(edges[:, 2], edges[:, 1])
    return list(_pieces(codes, visible, owner, runs, lifted, (x0, x1, y0, y1))), float(
        np.mean(np.array([one.hidden for one in runs])[owner])
    )


def _codes(text: Any, at: int, count: int) -> Any:
    """The page's letters; all at once where PDFium has one sign for each, as it mostly has."""
    buffer = np.zeros(count + 1, np.uint16)
    if pdfium.FPDFText_GetText(text, 0, count, buffer.ctypes.data_as(_SHORTS)) == count + 1:
        codes = buffer[:count].astype(np.uint32)
        if not ((codes >= 0xD800) & (codes <= 0xDFFF)).any():
            return codes
    return np.fromiter(map(_letter, repeat(at), range(count)), np.uint32, count)


def _lifted(text: Any, codes: list[int], places: list[int], owner: list[int], runs: list[_Run]) -> set[int]:
    """Figures right after or before a word that their font alone raises, on the line and in its size: marks of notes."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    lifted: set[int] = set()
    last = len(codes) - 1
    for order, code in enumerate(codes):
        if not 48 <= code <= 57:
            continue
        own = runs[owner[order]]
        after_word = order > 0 and places[order] == places[order - 1] + 1
        if after_word and 48 <= codes[order - 1] <= 57 and order - 1 not in lifted:
            continue
        end = order
        while (
            end < last
            and places[end + 1] == places[end] + 1
            and 48 <= codes[end + 1] <= 57
            and end < order + 3
        ):
            end += 1
        before_word = end < last and places[end + 1] == places[end] + 1 and codes[end + 1] > 57
        if own.turned or not (after_word or before_word or order - 1 in lifted):
            continue
        pdfium.FPDFText_GetCharBox(text, places[order], left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text, places[order], x, y)
        if LIFTED * own.size < bottom.value - y.value < own.size:
            lifted.add(order)
    return lifted


def _runs(at: int, places: Sequence[int], objects: Sequence[int], frame: Frame) -> list[_Run]:
    """What holds for each text object, asked for its first letter; 0 for the object that a letter has none."""
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    to_matrix, to_x, to_y = ctypes.addressof(matrix), ctypes.addressof(x), ctypes.addressof(y)
    fonts: dict[int, bool] = {}
    runs = []
    for place, own in zip(places, objects, strict=True):
        _matrix(at, place, to_matrix)
        _origin(at, place, to_x, to_y)
        a, b = matrix.a, matrix.b
        scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        size = min(max(abs(_size(at, place) * scale), 0.5), 2000.0)
        direction = (0 if a >= 0 else 2) if abs(a) >= abs(b) else 1 if b > 0 else 3
        seen = frame.seen(x.value, y.value)
        bold, hidden, tag = False, False, -1
        if own:
            if font := _font(own):
                if font not in fonts:
                    fonts[font] = _bold(font)
                bold = fonts[font]
            mode = _mode(own)
            bold = bold or mode == _FILLED_AND_STROKED
            hidden = mode in _HIDDEN
            tag = _tag(own)
        runs.append(_Run(seen[0], seen[1], size, bold, (direction - frame.quarters) % 4, hidden, tag))
    return runs


def _bold(address: int) -> bool:
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    buffer = ctypes.create_string_buffer(200)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.raw[: max(min(length, 200) - 1, 0)].decode("latin-1")
    return bool(_BOLD.search(name)) or pdfium.FPDFFont_GetWeight(font) >= 600


def _pieces(
    codes: Any,
    visible: Any,
    owner: Any,
    runs: list[_Run],
    lifted: set[int],
    boxes: tuple[Any, Any, Any, Any],
) -> Iterator[Fragment]:
    x0, x1, y0, y1 = boxes
    size = np.array([one.size for one in runs])[owner]
    base = np.array([one.y for one in runs])[owner]
    turned = np.array([one.turned for one in runs])[owner]
    left, right = np.minimum(x0, x1), np.maximum(x0, x1)
    spaced = np.diff(visible) > 1
    gap = left[1:] - right[:-1]
    larger = np.maximum(size[1:], size[:-1])
    drop = base[1:] - base[:-1]
    same_line = np.abs(drop) < 0.1 * larger
    raised = (np.abs(drop) < 0.65 * larger) & (np.abs(size[1:] - size[:-1]) > 0.15 * larger)
    together = (
        (same_line | raised) & (gap < GAP * larger) & (left[1:] > left[:-1] - 0.1 * larger) & (gap > -larger)
    )
    together &= (turned[1:] == 0) & (turned[:-1] == 0)
    sideways = (turned[1:] == turned[:-1]) & (turned[1:] != 0) & (np.diff(owner) == 0)
    starts = np.concatenate(([0], np.flatnonzero(~(together | sideways)) + 1)).tolist()
    spaces = np.append(spaced | ((gap > WORD_SPACE * larger) & ~sideways), False)
    letters = list(map(chr, codes[visible].tolist()))
    for place in np.flatnonzero(spaces).tolist():
        letters[place] += " "
    page = _Letters(
        letters, owner.tolist(), runs, lifted, left.tolist(), right.tolist(), y0.tolist(), y1.tolist()
    )
    for start, end in zip(starts, [*starts[1:], len(letters)], strict=True):
        yield page.fragment(start, end)


@dataclass(frozen=True, slots=True)
class _Letters:
    """The visible letters of a page, each with the space after it, its run and its box."""

    letters: list[str]
    owner: list[int]
    runs: list[_Run]
    lifted: set[int]
    left: list[float]
    right: list[float]
    low: list[float]
    high: list[float]

    def fragment(self, start: int, end: int) -> Fragment:
        """Return the letters from ``start`` to ``end``, which stand together."""
        owner, runs = self.owner, self.runs
        first = owner[start]
        if first == owner[end - 1] and not self.lifted:
            main = runs[first]
            text, bold = "".join(self.letters[start:end]), float(main.bold)
        else:
            weight = Counter(owner[start:end])
            main = runs[max(weight, key=lambda one: weight[one] * runs[one].size)]
            text = self._text(start, end, main)
            bold = sum(count for one, count in weight.items() if runs[one].bold) / (end - start)
        base, size = main.y, main.size
        if main.turned:
            base = max(max(self.low[start:end]), max(self.high[start:end])) - 0.22 * main.size
            size = min(size, TURNED)
        left, right = min(self.left[start:end]), max(self.right[start:end])
        return Fragment(_hyphenated(text.rstrip()), left, right, base, size, bold, main.tag)

    def _text(self, start: int, end: int, main: _Run) -> str:
        """The text of letters of several runs; raised figures become marks of notes."""
        pieces: list[str] = []
        place = start
        while place < end:
            own, high = self.runs[self.owner[place]], place in self.lifted
            last = place
            while (
                last + 1 < end
                and self.owner[last + 1] == self.owner[place]
                and (last + 1 in self.lifted) == high
            ):
                last += 1
            text = "".join(self.letters[place : last + 1])
            small = own.size < 0.85 * main.size or own.y < main.y - 0.2 * main.size
            if high or (small and own.y < main.y - 0.15 * main.size):
                text = _raised(text, "".join(pieces))
            pieces.append(text)
            place = last + 1
        return "".join(pieces)


def _hyphenated(text: str) -> str:
    """Soft hyphens are seen at the end of a line alone, and say there what a hyphen says."""
    if SOFT_HYPHEN not in text:
        return text
    ends = text.endswith(SOFT_HYPHEN)
    text = re.sub(rf"\s*{SOFT_HYPHEN}", "", text)
    return text + LINE_END_HYPHEN if ends else text


def _raised(text: str, before: str) -> str:
    """A raised figure as text: of a unit its power, else the mark of a note."""
    figure = text.strip()
    tail = text[len(text.rstrip()) :]
    if not figure.isdigit() or len(figure) > 3:
        return text
    if figure in _POWERS and _UNITS.search(before):
        return _POWERS[figure] + tail
    return f"[{figure}]{tail}" if before.strip() else f"[{figure}] "


def _drawn(page: Any, frame: Frame, most: int) -> tuple[list[Stroke], float, bool]:
    """The page's strokes, the share of it that pictures cover, and whether all was looked at."""
    strokes: list[Stroke] = []
    area, seen = 0.0, 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        seen += 1
        if seen > most:
            return strokes, area, False
        own = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(own)
        if kind == _TEXT or not pdfium.FPDFPageObj_GetBounds(own, left, bottom, right, top):
            continue
        box = frame.box(left.value, bottom.value, right.value, top.value)
        if kind == _PATH:
            strokes.append(box)
        elif kind in (_IMAGE, _FORM):
            wide = min(box.right, frame.width) - max(box.left, 0.0)
            high = min(box.bottom, frame.height) - max(box.top, 0.0)
            if kind == _IMAGE:
                area += max(wide, 0.0) * max(high, 0.0)
    return strokes, min(area / max(frame.width * frame.height, 1.0), 1.0), True
