"""Until when a round takes replies, and until when a reply is part of what is recommended."""

from __future__ import annotations

from fotfeste.work.requirements import Stage

TAKES_REPLIES = frozenset({Stage.DIALOGUE, Stage.WEIGHING, Stage.ADOPTED, Stage.SENT})
"""The stages in which a reply is taken in: also when it is too late to change anything, so that nothing is lost."""
RECOMMENDATION_STANDS = frozenset({Stage.ADOPTED, Stage.SENT, Stage.CLOSED})
"""The stages in which the recommendation is adopted: a reply that comes then does not change it by itself."""
