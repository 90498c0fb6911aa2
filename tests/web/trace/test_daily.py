"""Work that is done every day is ordered once a day, by whichever worker is first."""

from __future__ import annotations

import pytest

from fotfeste.web.jobs import services
from fotfeste.web.jobs.models import Job
from fotfeste.web.trace import work

pytestmark = pytest.mark.django_db


def test_the_same_day_orders_the_same_work_once() -> None:
    services.order_daily()
    services.order_daily()
    kinds = list(Job.objects.values_list("kind", flat=True))
    assert kinds.count(work.RETENTION) == kinds.count(work.ANCHOR) == 1
