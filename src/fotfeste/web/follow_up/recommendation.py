"""Which recommendation the follow-up builds on: for the county its own as it stands, for others what they have been sent."""

from __future__ import annotations

from itertools import pairwise

from fotfeste.settlement.follow_up.steps import COUNTY, Viewer
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import as_adopted, public_adoption, standing_adoption
from fotfeste.work.requirements import Stage

AFTER = frozenset({Stage.SENT.value, Stage.CLOSED.value})


def recommendation_for(viewer: Viewer, round_: Round) -> Round | None:
    """Return the round with the recommendation that ``viewer`` may see; nothing where there is none. Not to be saved.

    The county sees what it has adopted, and what it works on where nothing is. Others see only what is adopted and sent or
    open to all: nothing before that, what was sent while a revision of it waits to be sent, and nothing while it is
    annulled and made anew.
    """
    if viewer == COUNTY:
        adopted = standing_adoption(round_)
        if adopted is None:
            return round_ if round_.ready else None
    else:
        adopted = public_adoption(round_) if rounds.is_published(round_) else _sent(round_)
    return as_adopted(round_, adopted) if adopted is not None else None


def _sent(round_: Round) -> Adoption | None:
    """Return the newest adoption that is sent and stands: while a revision of it waits, the one before it."""
    if round_.state in AFTER:
        return standing_adoption(round_)
    adoptions = list(round_.adoptions.defer("bundle").filter(annulled_at=None).order_by("-number"))
    moments = list(round_.steps.filter(after=Stage.SENT.value).values_list("at", flat=True))
    return next(
        (
            before
            for after, before in pairwise(adoptions)
            if any(before.at < moment < after.at for moment in moments)
        ),
        None,
    )
