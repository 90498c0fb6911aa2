"""What a reader must know of the sources, without what is said of municipalities in other counties alone."""

from __future__ import annotations

import re
from collections.abc import Collection

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, Heading
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.statistics.remarks import sentences


def source_remarks(basis: Basis) -> list[Block]:
    """Return breaks in series, status dates and transcription of each source; nothing where none has a remark."""
    lines, whole = [], True
    for one in basis.recommendation.sources:
        every = sentences(one.remark)
        kept = [sentence for sentence in every if concerns(sentence, basis)]
        whole = whole and kept == every
        if kept:
            lines.append(basis.text(msg("{title}: {remark}", title=one.title, remark=" ".join(kept))))
    if not lines:
        return []
    heading = Heading(2, basis.text(msg("Merknader til kildene")))
    left_out = msg("Merknader som bare gjelder andre fylker, er utelatt.")
    return [heading, bullets(lines), *([] if whole else [paragraph(basis.text(left_out))])]


def concerns(sentence: str, basis: Basis) -> bool:
    """Whether a sentence is not about places outside the county alone.

    It is when it names municipalities and none of them is the county's own, or begins with the name of another county.
    """
    own = {one.name for one in basis.results}
    if _named(sentence, {*own, basis.county}):
        return True
    if any(re.match(rf"{re.escape(name)}\b", sentence) for name in basis.counties):
        return False
    return not _named(sentence, {name for name in basis.names.values() if name not in own})


def _named(sentence: str, names: Collection[str]) -> bool:
    return any(name in sentence and re.search(rf"\b{re.escape(name)}\b", sentence) for name in names)
