"""What is done for people every day in the background: what has run out is forgotten."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, daily, handler

FORGET = "people.forget"


@handler(FORGET, msg("Glemme økter og invitasjoner som har gått ut"))
def forget(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Delete sessions that have run out, with where they were; forget addresses of invitations that came to nothing."""
    from fotfeste.web.people import invitations, services

    del arguments, cancelled
    progress(0, msg("Ser etter økter og invitasjoner som har gått ut"))
    return Outcome({"sessions": services.forget_sessions(), "invitations": invitations.forget_old()})


daily(FORGET)
