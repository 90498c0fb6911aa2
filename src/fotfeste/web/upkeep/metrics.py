"""What is counted while the workspace runs, for Prometheus: no person, address or question is a label."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, InterfaceError
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

REQUESTS = Counter("fotfeste_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "fotfeste_request_seconds",
    "Seconds from a request to its answer.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
DATABASE_ERRORS = Counter("fotfeste_database_errors", "Requests that the database failed.")


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def count_failure(sender: object, **about: Any) -> None:
    """Count a request that raised, when it was the database; a receiver of Django's ``got_request_exception``."""
    import sys

    del sender, about
    if isinstance(sys.exc_info()[1], DatabaseError | InterfaceError):
        DATABASE_ERRORS.inc()


class Jobs:
    """Counts background work by its state when it is asked for; says nothing while the database is away."""

    def collect(self) -> Iterator[Metric]:
        """Yield the counts."""
        from django.db.models import Count

        from fotfeste.web.jobs.models import Job, State

        family = GaugeMetricFamily("fotfeste_jobs", "Background work by its state.", labels=["state"])
        try:
            rows = Job.objects.order_by().values_list("state").annotate(Count("pk"))
            found = {str(state): int(count) for state, count in rows}
        except (DatabaseError, InterfaceError):
            DATABASE_ERRORS.inc()
            return
        for state in State:
            family.add_metric([state.value], found.get(state.value, 0))
        yield family


def written() -> bytes:
    """Return all that is counted, over all processes that serve, as Prometheus reads it."""
    counted = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client.multiprocess import MultiProcessCollector

        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    asked = CollectorRegistry()
    asked.register(Jobs())
    # What the second part counts (a database that is away) must stand in the first: it is asked first.
    jobs = generate_latest(asked)
    return generate_latest(counted) + jobs
