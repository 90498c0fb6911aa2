"""The board as its page shows it: in blocks, made by the library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from fotfeste.messages import Language
from fotfeste.reports.blocks import Block, Table
from fotfeste.reports.documents.follow_up_board import (
    board_pictures,
    minors_table,
    opening,
    status_paragraph,
    steps_table,
)
from fotfeste.reports.documents.follow_up_sources import (
    FollowUpReader,
    beside_blocks,
    missing_blocks,
    source_blocks,
)
from fotfeste.reports.documents.sections import paragraph
from fotfeste.settlement.follow_up.board import Board


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The board in the order it is read. ``codes`` are the municipalities by their row in ``numbers``."""

    answer: Block
    status: tuple[Block, ...]
    pictures: tuple[Block, ...]
    numbers: Table
    minors: Table | None
    codes: dict[int, str]
    beside: tuple[Block, ...]
    missing: tuple[Block, ...]
    sources: tuple[Block, ...]


def board_shown(board: Board, words: Language, today: date) -> BoardShown:
    """Return a board as blocks, made by the library."""
    reader = FollowUpReader(words, today)
    return BoardShown(
        paragraph(opening(board, reader), lead=True),
        tuple(status_paragraph(board, reader)),
        tuple(board_pictures(board, reader)),
        steps_table(board, reader),
        minors_table(board, reader),
        {place: row.code for place, row in enumerate(board.rows)},
        tuple(beside_blocks(board, reader)) if board.beside else (),
        tuple(missing_blocks(board, reader)[1:]),
        tuple(source_blocks(board, reader)[1:]),
    )


def only(board: Board, code: str) -> Board:
    """Return the board with one municipality alone: of the others not even a sum is left."""
    row = next(one for one in board.rows if one.code == code)
    return replace(board, rows=(row,), county_cells=row.cells, beside=())


def sentence_of(board: Board, words: Language) -> str:
    """Return a board in one sentence, as of today."""
    return opening(board, FollowUpReader(words, timezone.localdate()))


def answer_of(board: Board, words: Language) -> Block:
    """Return the sentence that a page opens with."""
    return paragraph(sentence_of(board, words), lead=True)
