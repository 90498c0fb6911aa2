"""What is done for the trace every day in the background: working copies deleted on their day, an anchor kept."""

from __future__ import annotations

from django.utils import timezone

from fotfeste.messages import msg
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, daily, handler

RETENTION, ANCHOR = "trace.retention", "trace.anchor"


@handler(RETENTION, msg("Slette arbeidskopier som har ligget tiden ut"))
def delete_due(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Delete the working copies whose time is out; each in a transaction of its own, so that it can be taken up again."""
    from fotfeste.web.trace import documents

    del arguments, cancelled
    progress(0, msg("Ser etter arbeidskopier som har ligget tiden ut"))
    return Outcome({"deleted": documents.delete_due(timezone.now())})


@handler(ANCHOR, msg("Sikre slutten av sporet"))
def keep_anchor(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Keep an anchor of the trace as it is today."""
    from fotfeste.web.trace import verify

    del arguments, cancelled
    progress(0, msg("Skriver et anker for sporet"))
    return Outcome({"number": verify.keep_anchor().number})


daily(RETENTION)
daily(ANCHOR)
