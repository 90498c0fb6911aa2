"""Exchange with programs for qualitative analysis: what comes in, what goes out, and an account of what did not come over."""

from fotfeste.plans.exchange.codebook_tables import (
    codebook_as_taguette,
    codebook_as_xlsx,
    read_codebook_table,
)
from fotfeste.plans.exchange.coding_tables import codings_as_csv, codings_as_xlsx, read_codings
from fotfeste.plans.exchange.entering import Entered, entered, same_codes
from fotfeste.plans.exchange.model import CodeSet, Imported, Note, Source
from fotfeste.plans.exchange.outward import left_by_qdc, left_by_taguette
from fotfeste.plans.exchange.qdc import codebook_as_qdc, read_qdc
from fotfeste.plans.exchange.qdpx import read_qdpx
from fotfeste.plans.exchange.reading import holds_codings, is_exchange, read_exchange
from fotfeste.plans.exchange.report import Counting, Detected, Left, Newline, Report, Unit, Why, told
from fotfeste.plans.exchange.taguette import read_taguette

__all__ = [
    "CodeSet", "Counting", "Detected", "Entered", "Imported", "Left", "Newline", "Note", "Report", "Source", "Unit", "Why",
    "codebook_as_qdc", "codebook_as_taguette", "codebook_as_xlsx", "codings_as_csv", "codings_as_xlsx", "entered",
    "holds_codings", "is_exchange", "left_by_qdc", "left_by_taguette",
    "read_codebook_table", "read_codings", "read_exchange", "read_qdc", "read_qdpx", "read_taguette", "same_codes", "told",
]  # fmt: skip
