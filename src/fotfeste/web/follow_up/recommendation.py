"""Which recommendation the follow-up builds on: for the county its own as it stands, for others what they have been sent."""

from __future__ import annotations

from fotfeste.settlement.follow_up.steps import COUNTY, Viewer
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.published import as_adopted, standing_adoption
from fotfeste.work.requirements import Stage

AFTER = frozenset({Stage.SENT.value, Stage.CLOSED.value})


def recommendation_for(viewer: Viewer, round_: Round) -> Round | None:
    """Return the round with the recommendation that ``viewer`` may see; nothing where there is none. Not to be saved.

    The county sees what it has adopted, and what it works on where nothing is. Others see only what is adopted and sent or
    open to all: nothing before that, and nothing while it is annulled and made anew.
    """
    adopted = standing_adoption(round_)
    if viewer == COUNTY and adopted is None:
        return round_ if round_.ready else None
    told = viewer == COUNTY or round_.state in AFTER or rounds.is_published(round_)
    return as_adopted(round_, adopted) if adopted is not None and told else None
