"""Lines become paragraphs, list items, notes and captions; words parted at the end of a line become whole."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fotfeste.plans.documents.glyphs import LINE_END_HYPHEN
from fotfeste.plans.documents.lines import Line
from fotfeste.plans.documents.model import Box, PassageKind

_BULLET = re.compile(r"^(?:[•●▪■□◦‣⁃∙·○◆►▶➢➤✓✔\uf000-\uf0ff*]|[-–—o§](?=\s))\s*(?=\S|$)")
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zæøå][.)]|\(?[ivx]{1,4}[.)])\s+(?=\S)")
_CAPTION = re.compile(
    r"^(?:figur|figure|tabell|table|kart|diagram|bilde|bilete|illustrasjon|boks)\s*\d+(?:[.:–-]\d*)*[.:]?\s"
    r"|^(?:foto|kilde|kjelde|photo|source|illustrasjon)\s*:",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^(?:\[(?=\d{1,3}\]))?(\d{1,3})\]?\s+(?=\S)")
_LISTED = re.compile(r"(?:[.·…_]\s?){3,}\s*\d{1,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
HEADINGS = frozenset(("Title", "H", "H1", "H2", "H3", "H4", "H5", "H6"))
_ENDS = (".", "!", "?", ":", "…")
_TOGETHER = frozenset(("og", "eller", "samt", "and", "or", "til"))


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, what they are, and what they say."""

    lines: list[Line]
    kind: PassageKind = PassageKind.PARAGRAPH
    text: str = ""
    level: int = 0
    boxes: tuple[Box, ...] = field(default=())

    @property
    def size(self) -> float:
        """The letters' size in most of it."""
        return max(self.lines, key=lambda one: len(one.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold > 0.8 for line in self.lines)


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """Return the size that most letters of the document have."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def pitches(pages: Iterable[Sequence[Line]]) -> dict[float, float]:
    """Return how far apart lines of each size usually stand."""
    found: dict[float, Counter[float]] = {}
    for lines in pages:
        for above, below in itertools.pairwise(lines):
            step = below.base - above.base
            if (
                above.column == below.column
                and abs(above.size - below.size) < 0.3
                and 0 < step < 3 * above.size
            ):
                found.setdefault(round(above.size), Counter())[round(step * 2) / 2] += 1
    return {size: steps.most_common(1)[0][0] for size, steps in found.items()}


def vocabulary(pages: Iterable[Sequence[Line]]) -> Counter[str]:
    """Return how often each word stands in the document, those at line ends left out."""
    words: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            found = _WORD.findall(line.text)
            words.update(word.casefold() for word in found[:-1])
    return words


def paragraphs(lines: Sequence[Line], body: float, pitch: dict[float, float]) -> list[Paragraph]:
    """Return the paragraphs of one page; its notes come last."""
    found: list[Paragraph] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _goes_on(before, line, pitch):
            before.lines.append(line)
        else:
            found.append(Paragraph([line]))
    notes = _notes(found, body)
    for one in found:
        if one.lines[0].cell is not None:
            one.kind = PassageKind.TABLE_CELL
        elif id(one) in notes:
            one.kind = PassageKind.FOOTNOTE
        elif _CAPTION.match(one.lines[0].text):
            one.kind = PassageKind.CAPTION
        elif _is_item(one.lines[0]):
            one.kind = PassageKind.LIST_ITEM
    return [one for one in found if id(one) not in notes] + [one for one in found if id(one) in notes]


def _goes_on(before: Paragraph, line: Line, pitch: dict[float, float]) -> bool:
    last = before.lines[-1]
    if last.column != line.column or abs(last.size - line.size) > 0.08 * max(last.size, line.size):
        return False
    if _LISTED.search(last.text[-60:]):
        return False
    if line.role != last.role and (line.role in HEADINGS or last.role in HEADINGS):
        return False
    step = line.base - last.base
    usual = pitch.get(round(line.size), 1.3 * line.size)
    if step > max(1.3 * usual, 1.4 * line.size) or step <= 0 or _next_note(before, line):
        return False
    if (last.bold > 0.8) != (line.bold > 0.8) and (
        last.bold > 0.8 or len(before.lines) > 1 or line.bold > 0.8
    ):
        wraps = last.right > line.edge - 4 * line.size and not last.text.endswith(_ENDS)
        if not wraps:
            return False
    if _is_item(line) and not (
        _NUMBERED.match(line.text) and not _is_item(before.lines[0]) and _full(last, line)
    ):
        return False
    if _is_item(before.lines[0]) and line.left < before.lines[0].left - 0.5 * line.size:
        return False
    indented = line.left - last.left
    first_line_indent = indented > 0.8 * line.size and not _is_item(before.lines[0])
    if first_line_indent and len(before.lines) >= 1 and last.text.rstrip().endswith(_ENDS):
        return False
    return _full(last, line) or (not last.text.endswith(_ENDS) and line.text[:1].islower())


def _next_note(before: Paragraph, line: Line) -> bool:
    """Whether a line begins the note after the one before it."""
    first, second = _NOTE.match(before.lines[0].text), _NOTE.match(line.text)
    return bool(first and second) and int(second[1]) == int(first[1]) + 1  # type: ignore[index]


def _full(last: Line, line: Line) -> bool:
    """Whether the next line's first word had no room on the last line; else a paragraph ended there."""
    first = line.text.split(" ", 1)[0]
    letters = max(len(line.text), 1)
    width = (line.right - line.left) * len(first) / letters + 0.3 * line.size
    if _parted(last.text):
        return True
    slack = 1.5 * line.size if not last.text.endswith(_ENDS) else 0.0
    return last.right + width + 0.2 * line.size > line.edge - slack


def _parted(text: str) -> bool:
    """Whether a line ends inside a word."""
    return text.endswith(LINE_END_HYPHEN) or bool(_LAST_PART.search(text[-3:]))


def _is_item(line: Line) -> bool:
    return bool(_BULLET.match(line.text) or _NUMBERED.match(line.text))


def _notes(found: Sequence[Paragraph], body: float) -> set[int]:
    """Notes stand last in their column, in small letters, and begin with their number."""
    notes: set[int] = set()
    by_column: dict[int, list[Paragraph]] = {}
    for one in found:
        by_column.setdefault(one.lines[0].column, []).append(one)
    for column in by_column.values():
        pending: list[Paragraph] = []
        for one in reversed(column):
            if one.size > 0.93 * body or one.lines[0].cell is not None:
                break
            pending.append(one)
            if _NOTE.match(one.lines[0].text) or one.lines[0].role in ("Note", "FENote"):
                notes.update(id(note) for note in pending)
                pending = []
    return notes


def joined(paragraph: Paragraph, words: Counter[str]) -> str:
    """Return the paragraph's text with words whole that the ends of lines had parted."""
    text = paragraph.lines[0].text
    for line in paragraph.lines[1:]:
        text = join(text, line.text, words)
    text = text.replace(LINE_END_HYPHEN, "-")
    if paragraph.kind is PassageKind.LIST_ITEM:
        text = _BULLET.sub("", text, count=1)
    elif paragraph.kind is PassageKind.FOOTNOTE:
        text = _NOTE.sub(r"[\1] ", text, count=1)
    return text


def join(text: str, after: str, words: Counter[str]) -> str:
    """Return two lines as one; a hyphen between them goes when the word is written without it."""
    if text.endswith((LINE_END_HYPHEN, "\u00ad")):
        text = text[:-1] + "-"
    part = _LAST_PART.search(text[-80:])
    if not part:
        return f"{text}{after}" if text.endswith(("-", "/")) and after[:1].isalnum() else f"{text} {after}"
    first = _WORD.match(after)
    if not first:
        return f"{text} {after}" if not after[:1].isdigit() else text + after
    head, tail = part[1], first[0]
    if tail.casefold() in _TOGETHER:
        return f"{text} {after}"
    whole, parted = words[(head + tail).casefold()], words[f"{head}-{tail}".casefold()]
    kept = parted > whole if parted or whole else not tail[:1].islower() or head.isupper()
    return text + after if kept else text[:-1] + after


def goes_on_over(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    last, first = before.lines[-1], after.lines[0]
    if (
        before.kind not in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
        or after.kind is not PassageKind.PARAGRAPH
    ):
        return False
    if (last.page, last.column) == (first.page, first.column) or abs(last.size - first.size) > 0.3:
        return False
    if (last.bold > 0.8) != (first.bold > 0.8):
        return False
    open_end = not last.text.endswith((*_ENDS, ";"))
    return last.text.endswith(LINE_END_HYPHEN) or (open_end and first.text[:1].islower())


def boxes(lines: Sequence[Line]) -> tuple[Box, ...]:
    """Return one box for each column that the lines stand in."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
    return tuple(
        Box(
            page,
            round(min(line.left for line in group), 1),
            round(min(line.top for line in group), 1),
            round(max(line.right for line in group), 1),
            round(max(line.bottom for line in group), 1),
        )
        for (page, _), group in groups.items()
    )
