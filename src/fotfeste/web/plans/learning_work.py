"""Learning from codings in the background."""

from __future__ import annotations

from fotfeste.messages import Message, msg
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, handler
from fotfeste.web.plans import findings, learning
from fotfeste.web.plans.standing import coded_by


@handler(learning.LEARN, msg("Lære av kodingen av planer"))
def learn(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Learn from the codings of one county."""
    del cancelled

    def tell(share: float) -> None:
        progress(share, told)

    told: Message = msg("Lærer av avsnitt som er kodet")
    county = str(arguments["county"])
    passages = learning.learn_for(county, tell)
    # The pages of all documents are not to wait for what coders have done meanwhile.
    for one in findings.findings_of(coded_by(county).values(), lambda _: county):
        if one.acts:
            one.make_all()
    return Outcome({"passages": passages})
