"""The worker: takes one job after another and does it, until it is told to stop.

Several may run at once, on several machines. A worker that is killed leaves its job behind; when the lease has run
out, the next one takes it. A worker that is told to stop (SIGTERM) gives its job back.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid

from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection

from fotfeste.errors import FotfesteError
from fotfeste.web.jobs import services
from fotfeste.web.jobs.handlers import Handler, Interrupted, Outcome, handler_of
from fotfeste.web.jobs.kept_messages import kept_error
from fotfeste.web.jobs.leases import UNEXPECTED, Held, cancelled, fail, finish, give_back, take
from fotfeste.web.jobs.watch import Pace, Watch

log = logging.getLogger("fotfeste.jobs")

CLEAN_EVERY = 3600.0
"""Seconds between two times that old finished work is removed."""
LONGEST_WAIT = 30.0
"""Seconds that a worker waits at most before it tries a database again that did not answer."""


def run(stop: threading.Event, once: bool = False, pace: Pace | None = None) -> int:
    """Do work until ``stop`` is set, or until none is left (``once``); return how many jobs were begun.

    A database that is away is waited for. The job in hand when ``stop`` is set is given back if it heeds the call;
    one that does not is given back after the grace of ``pace``, and its late result is refused.
    """
    how = pace or Pace()
    name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
    begun, wait, cleaned = 0, how.idle.total_seconds(), None
    log.info("worker started", extra={"worker": name})
    while not stop.is_set():
        try:
            close_old_connections()
            if cleaned is None or time.monotonic() - cleaned > CLEAN_EVERY:
                services.remove_old()
                if not once:
                    services.order_daily()
                cleaned = time.monotonic()
            held = take(name, how.lease, how.attempts)
            wait = how.idle.total_seconds()
        except (OperationalError, InterfaceError):
            log.warning("database away", exc_info=True)
            connection.close()
            if once:
                raise
            stop.wait(wait)
            wait = min(2 * wait, LONGEST_WAIT)
            continue
        if held is not None:
            begun += 1
            perform(held, stop, how)
        elif once:
            break
        else:
            stop.wait(wait)
    log.info("worker stopped", extra={"worker": name})
    return begun


def perform(held: Held, stop: threading.Event, pace: Pace) -> None:
    """Do one job outside any transaction, and store what came of it if the worker still has it."""
    if connection.in_atomic_block:
        raise RuntimeError("work must not be done inside a transaction")
    job = held.job
    about = {"job": str(job.pk), "kind": job.kind, "attempt": job.attempts}
    started = time.monotonic()
    found = handler_of(job.kind)
    if found is None:  # pragma: no cover - take() looks for known kinds only
        raise RuntimeError(f"no handler for {job.kind}")
    try:
        came = _work(found, held, stop, pace)
    except Error:
        log.warning("job lost the database", extra=about, exc_info=True)
        came = _after_lost_database(held)
    log.info("job ended", extra={**about, "outcome": came, "seconds": round(time.monotonic() - started, 3)})


def _after_lost_database(held: Held) -> str:
    """Put the job back; where the database is still away, it is taken again when its lease has run out."""
    connection.close()
    try:
        return "given back" if give_back(held) else "lost"
    except Error:
        connection.close()
        return "left"


def _work(found: Handler, held: Held, stop: threading.Event, pace: Pace) -> str:
    """Do the work and store its outcome; return in a word how it went."""
    with Watch(held, pace, stop) as watch:
        try:
            given = found.work(held.job.arguments, watch.tell, watch.must_stop)
            outcome = given if isinstance(given, Outcome) else Outcome(given)
            error = None
        except Interrupted:
            outcome, error = None, None
        except (OperationalError, InterfaceError):
            raise
        except FotfesteError as refused:
            outcome, error = None, (refused.code, kept_error(refused))
        except Exception:
            log.exception("job failed", extra={"job": str(held.job.pk), "kind": held.job.kind})
            outcome, error = None, (UNEXPECTED.code, kept_error(UNEXPECTED))
    close_old_connections()  # one that died while nobody used it must not cost the work its result
    if connection.in_atomic_block:
        raise RuntimeError(f"the handler of {found.kind} left a transaction open")
    if error is not None:
        return "failed" if fail(held, *error) else "lost"
    if outcome is None or watch.interrupted:
        return _let_go(held)
    try:
        return "done" if finish(held, outcome) else _let_go(held)
    except (OperationalError, InterfaceError):
        raise
    except FotfesteError as refused:
        return "failed" if fail(held, refused.code, kept_error(refused)) else "lost"
    except Exception:
        log.exception("job not stored", extra={"job": str(held.job.pk), "kind": held.job.kind})
        return "failed" if fail(held, UNEXPECTED.code, kept_error(UNEXPECTED)) else "lost"


def _let_go(held: Held) -> str:
    """End a job that was cancelled, or put one back that was not this worker's to end."""
    if cancelled(held):
        return "cancelled"
    return "given back" if give_back(held, uncounted=True) else "lost"
