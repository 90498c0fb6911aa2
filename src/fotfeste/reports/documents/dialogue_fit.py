"""Keeping the sheet on two pages: what gives way, step by step, measured on the pages that the PDF really has."""

from __future__ import annotations

import re

from fotfeste.reports.blocks import Document
from fotfeste.reports.documents.dialogue_basis import DialogueBasis
from fotfeste.reports.documents.dialogue_sheet import STEPS, dialogue_sheet
from fotfeste.settlement.dialogue.facts import Case

MOST_PAGES = 2
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def fitted_sheet(case: Case, basis: DialogueBasis) -> tuple[Document, bytes]:
    """Return the fullest sheet that takes at most two pages, and its PDF.

    The last step is so short that it fits whatever was written; a test holds that.
    """
    from fotfeste.reports import render_pdf

    for room in STEPS:
        document = dialogue_sheet(case, basis, room)
        pdf = render_pdf(document)
        if pages_of(pdf) <= MOST_PAGES:
            break
    return document, pdf


def pages_of(pdf: bytes) -> int:
    """Return the number of pages of a PDF that we have made ourselves."""
    return max(int(found) for found in _PAGES.findall(pdf))
