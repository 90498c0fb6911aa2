"""What others may see of counts of settled persons and of the parts of them.

A count from one to four is hidden. So is a part when what is left of its whole is one to four: 7 settled with 5 minors
would tell of 2 adults. A part of a hidden whole is hidden unless it is nobody. The bounds that a hidden part is shown with
depend on what is shown of the whole alone, and leave at least four possible counts: whoever knows this rule learns no more.
Sums are made of what is shown (``figure.total``), so that they cannot tell more than it does.
"""

from __future__ import annotations

from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.history import HIDDEN_BELOW


def hide_whole(count: Figure) -> Figure:
    """Return a count as others may see it."""
    return hide_small(count, HIDDEN_BELOW)


def hide_part(part: Figure, whole: Figure, shown: Figure) -> Figure:
    """Return a part of ``whole`` as others may see it; ``shown`` is what they see of the whole.

    A part of a whole that is not known is hidden as a count of its own.
    """
    if part.value is None or not part.value:
        return part
    most = HIDDEN_BELOW - 1
    if shown.mark is Mark.SUPPRESSED:
        high = int(shown.high) if shown.high is not None else int(part.value)
        return Figure(None, Mark.SUPPRESSED, 1, max(high, 1), part.estimated)
    if whole.value is None or shown.value is None:
        return hide_whole(part)
    left = whole.value - part.value
    if not (part.value <= most or 0 < left <= most):
        return part
    if whole.value <= 2 * most:
        low, high = 1, int(whole.value) - 1
    elif part.value <= most:
        low, high = 1, most
    else:
        low, high = int(whole.value) - most, int(whole.value) - 1
    return Figure(None, Mark.SUPPRESSED, low, high, part.estimated)
