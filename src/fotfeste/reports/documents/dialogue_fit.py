"""Keeping the sheet on two pages: what gives way, step by step, measured on the pages that the PDF really has."""

from __future__ import annotations

import re

from fotfeste.reports.blocks import Document
from fotfeste.reports.documents.dialogue_basis import DialogueBasis
from fotfeste.reports.documents.dialogue_sheet import STEPS, dialogue_sheet
from fotfeste.settlement.dialogue.facts import Case

MOST_PAGES = 2
TRIED_FIRST = 3
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def fitted_sheet(case: Case, basis: DialogueBasis) -> tuple[Document, bytes]:
    """Return the fullest sheet that takes at most two pages, and its PDF.

    The last step is so short that it fits whatever was written; a test holds that. Most sheets fit one of the first
    steps; beyond them the step is found by halving, since each holds less than the one before.
    """
    for place in range(TRIED_FIRST):
        document, pdf = _made(case, basis, place)
        if pages_of(pdf) <= MOST_PAGES:
            return document, pdf
    low, high = TRIED_FIRST, len(STEPS) - 1
    found = _made(case, basis, high)
    while low < high:
        middle = (low + high) // 2
        tried = _made(case, basis, middle)
        if pages_of(tried[1]) <= MOST_PAGES:
            high, found = middle, tried
        else:
            low = middle + 1
    return found


def _made(case: Case, basis: DialogueBasis, place: int) -> tuple[Document, bytes]:
    from fotfeste.reports import render_pdf

    document = dialogue_sheet(case, basis, STEPS[place])
    return document, render_pdf(document)


def pages_of(pdf: bytes) -> int:
    """Return the number of pages of a PDF that we have made ourselves."""
    return max(int(found) for found in _PAGES.findall(pdf))
