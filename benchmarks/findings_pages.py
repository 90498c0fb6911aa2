"""What the pages of findings cost in the workspace: the matrix of all counties and how others have solved it, on made-up plans.

Usage: ``python benchmarks/findings_pages.py [plans …]`` (24 and 100 when nothing is said). SQLite in a folder of its own. The
plans are those of ``benchmarks/plan_coverage.py``, in Markdown, read and suggested for before anything is counted; half
of them are coded by somebody. Requests go through Django's test client with the whole middleware. Seconds of the processor
stand beside those of the clock: the clock also tells what else the machine was doing. The first request of each kind is
told apart: a process that has just begun holds nothing of the plans.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TURNS = 10


def main() -> None:
    """Print a table for each number of plans, measured in a process that did not make them."""
    told = sys.argv[1:]
    if told[:1] in (["--made"], ["--asked"]):
        _django(told[1])
        _make(int(told[2])) if told[0] == "--made" else _measure()
        return
    for plans in [int(one) for one in told] or [24, 100]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, __file__, "--made", folder, str(plans)], check=True)
            subprocess.run([sys.executable, __file__, "--asked", folder], check=True)


def _django(folder: str) -> None:
    os.environ["FOTFESTE_DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "fotfeste.web.project.settings"
    import django
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LOGGING_CONFIG = None
    django.setup()


def _make(plans: int) -> None:
    """Enter plans of all counties, with an open document each, as the worker leaves them; and code half of them."""
    from benchmarks.plan_coverage import plan
    from django.core.management import call_command
    from tests.web.people.persons import ADVISER, person

    from fotfeste.plans import coding
    from fotfeste.plans.register import Owner, Plan, Status
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.regions import load_regions
    from fotfeste.regions.registry import EDITION
    from fotfeste.web.people.services import actor_for
    from fotfeste.web.plans import services, stored
    from fotfeste.web.plans.models import Visibility
    from fotfeste.web.plans.seeing import find

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    user = person("raadgiver@example.org", ADVISER)
    actor = actor_for(user)
    counties = load_regions().counties(EDITION)
    types = ("regional_plan", "regional_planning_strategy", "regional_strategy")
    began, passages = time.perf_counter(), 0
    for number in range(plans):
        owner = counties[number % len(counties)]
        whose = Owner(OwnerKind.COUNTY, owner.code, owner.name)
        one = Plan(f"plan-{number}", whose, types[number % 3], f"Oppdiktet plan {number}", Status.ADOPTED)
        services.enter(actor, one, "40", "", services.Seen(Visibility.OPEN))
        entry = find(one.id)
        assert entry is not None
        file = services.take_in(
            actor, entry, f"plan-{number}.md", plan(number), "plan", services.Seen(Visibility.OPEN)
        )
        _read(file)
        file.refresh_from_db()
        passages += file.passages
        if number % 2:
            document = stored.document_of(file)
            for place in range(1, file.passages, 40):
                about = {"at": file.added_at, "coder": actor.pseudonym, "text_sha256": file.text_sha256}
                span = document.passages[place].span
                services.act(actor, file, lambda log, about=about, span=span: coding.accept(log, code="tiltak", span=span, **about), "added")  # type: ignore[misc]  # fmt: skip
    print(f"\n{plans} plans, {passages} passages, made in {time.perf_counter() - began:.0f} s", flush=True)


def _read(file: object) -> None:
    from fotfeste.web.plans import work

    outcome = work.read({"id": str(file.pk)}, lambda *_: None, lambda: False)  # type: ignore[attr-defined]
    outcome.store()


def _measure() -> None:
    from django.test import Client
    from tests.web.people.persons import signed_in

    from fotfeste.web.people.models import User

    client = signed_in(User.objects.get())
    for who in (client, Client()):
        who.get("/planer/kodebok/")  # what every page takes the first time is not what is asked about
    print("| page | who | first ms | median ms | slowest ms | processor: median ms |")
    print("|---|---|---:|---:|---:|---:|")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pages = {
        "the matrix, all counties": "/planer/matrise/?fylke=alle",
        "the matrix, one county": "/planer/matrise/?fylke=40",
        "a cell of it": "/planer/matrise/?fylke=40&eier=40&plantype=other&tema=integration",
        "others have solved it": "/planer/losninger/?hva=labour-need",
        "others say of a theme": "/planer/losninger/?tema=integration",
    }
    from fotfeste.plans.coverage import shipped_settings
    from fotfeste.plans.gaps import shipped_expectations

    columns, asked = shipped_settings().columns, shipped_expectations().all
    pages["others have solved it"] = f"/planer/losninger/?hva={asked[0].id}"
    pages["others say of a theme"] = f"/planer/losninger/?tema={columns[0].id}"
    pages["a cell of it"] = f"/planer/matrise/?fylke=40&eier=40&plantype={shipped_settings().kinds[0].id}&tema={columns[0].id}"  # fmt: skip
    for name, address in pages.items():
        for who, browser in (("adviser", client), ("anybody", Client())):
            times = [
                _timed(lambda browser=browser, address=address: browser.get(address)) for _ in range(TURNS)
            ]  # type: ignore[misc]
            first, *later = [clock * 1000 for clock, _ in times]
            work = statistics.median(1000 * one for _, one in times[1:])
            print(f"| {name} | {who} | {first:.0f} | {statistics.median(later):.0f} | {max(later):.0f} | {work:.0f} |", flush=True)  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory: {before // 1000} MB before the first of these pages, at most {after // 1000} MB after")


def _timed(ask: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    answer = ask()
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    main()
