"""Learning from codings in the background."""

from __future__ import annotations

from fotfeste.messages import Message, msg
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, handler
from fotfeste.web.plans import learning


@handler(learning.LEARN, msg("Lære av kodingen av planer"))
def learn(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Learn from the codings of one county."""
    del cancelled

    def tell(share: float) -> None:
        progress(share, told)

    told: Message = msg("Lærer av avsnitt som er kodet")
    return Outcome({"passages": learning.learn_for(str(arguments["county"]), tell)})
