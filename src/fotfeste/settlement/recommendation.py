"""The settlement recommendation for a county and a year: the main job of Fotfeste."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.revision import Revision

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store


def recommend(
    county: str,
    year: int,
    total: int,
    *,
    minors: int = 0,
    criteria: Criteria | str | Path | None = None,
    replies: Replies | None = None,
    data: Path | None = None,
    store: Store | None = None,
    regions: Regions | None = None,
    ledger: Ledger | None = None,
    revision: Revision | None = None,
) -> Recommendation:
    """Recommend how many of ``total`` persons each municipality of ``county`` should settle in ``year``.

    ``minors`` unaccompanied minors are part of ``total`` and follow what municipalities have stated. ``criteria``
    is read criteria, a file, or the id of a shipped file (default: the shipped default for the newest year not
    after ``year``). ``data`` is a file with indicators that the embedded data lack. ``ledger`` holds numbers that
    people have set, ``revision`` the original recommendation and how far the year has come.

    Raises :class:`~fotfeste.errors.InputError` (unknown county, impossible numbers, wrong files),
    :class:`~fotfeste.errors.DataMissing` (a criterion needs a figure that is missing) and
    :class:`~fotfeste.errors.Infeasible` (the rules cannot all be met; the error names those in conflict).
    """
    return calculate(
        prepare(
            county,
            year,
            total,
            minors=minors,
            criteria=criteria,
            replies=replies,
            data=data,
            store=store,
            regions=regions,
            ledger=ledger,
            revision=revision,
        )
    )
