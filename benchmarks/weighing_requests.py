"""From a change in the workspace to the answer that redraws the page: sign-in, rights, trace, database, solving, drawing.

Usage: `python benchmarks/weighing_requests.py`. One process, Django's own client, SQLite in a temporary folder or the
empty database that ``DATABASE_URL`` names; htmx's request, so that the answer is the part of the page that changes. Every
municipality has replied. Each change is a new one, so that no answer is at hand. What it rests on without Django is
measured in `weighing.py`.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import machine

LIMIT = 300
ROUNDS = 9
COUNTIES = (("40", "Telemark", 545), ("34", "Innlandet", 1054))


@dataclass(frozen=True, slots=True)
class Answered:
    """What is asked for in a county of so many municipalities: median and slowest milliseconds, and kilobytes.

    ``processor`` is the median of the milliseconds that the process itself worked: on a machine that does other things
    too, it says what the answer takes.
    """

    size: int
    what: str
    median: float
    slowest: float
    processor: float
    kilobytes: float


def _start(folder: str) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    os.environ["FOTFESTE_DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "fotfeste.web.project.settings"
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore", message="No directory at")
    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _measure(size: int, what: str, ask: Callable[[int], object]) -> Answered:
    times, worked, sizes = [], [], []
    for turn in range(ROUNDS + 1):
        start, work = time.perf_counter(), time.process_time()
        answer = ask(turn)
        took, work = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - work)
        assert answer.status_code == 200, (what, answer.status_code)  # type: ignore[attr-defined]
        if turn:
            times.append(took)
            worked.append(work)
            sizes.append(len(answer.content) / 1000)  # type: ignore[attr-defined]
    return Answered(
        size, what, statistics.median(times), max(times), statistics.median(worked), statistics.median(sizes)
    )


def measured() -> Iterator[Answered]:
    """Measure in a county of 17 and one of 46 municipalities."""
    from django.utils import timezone
    from tests.web.people.persons import person, signed_in

    from fotfeste.web.dialogue.models import Delivery, Reply
    from fotfeste.web.people.services import actor_for
    from fotfeste.web.rights.declared import Held
    from fotfeste.web.rights.roles import Role
    from fotfeste.web.rounds.models import Round
    from fotfeste.web.weighing import services
    from fotfeste.web.weighing.inputs import choices_of

    held = [Held(Role.COUNTY_ADVISER, county=county) for county, _, _ in COUNTIES]
    user = person("maling@example.org", *held, name="Målt Prøve")
    client = signed_in(user)
    for county, name, total in COUNTIES:
        round_ = Round.objects.create(
            county=county, county_name=name, year=2027, total=total, state="weighing"
        )
        codes = choices_of(services.begin(actor_for(user), round_).choices).codes
        for place, code in enumerate(codes):
            reply = Reply.objects.create(round=round_, municipality=code)
            values = {"housing": 30 + 7 * place % 60, "own_wish": 20}
            Delivery.objects.create(reply=reply, number=1, values=values, checksum="", at=timezone.now())
        room = f"/bosetting/2027/{county}/avveiing/"
        newest = lambda round_=round_: services.current(round_).number  # noqa: E731
        code = codes[0]

        def post(fields: dict[str, object], room: str = room, newest: Callable[[], int] = newest) -> object:
            data = {"sett": newest(), **fields}
            return client.post(room + "endre/", data, headers={"HX-Request": "true"})

        asked: dict[str, Callable[[int], object]] = {
            "a weight": lambda turn, post=post: post({"hva": "valg", "vekt-work": f"{30 + turn}"}),
            "the total": lambda turn, post=post, total=total: post(
                {"hva": "valg", "total": f"{total + 1 + turn}"}
            ),
            "a lock": lambda turn, post=post, code=code: post(
                {
                    "hva": "regel-ny",
                    "slag": "lock",
                    "kommuner": code,
                    "personer": "30",
                    "grunn": f"Prøve {turn}",
                    "kilde": "Prøve",
                }
            ),
            "nothing, drawn again": lambda _, room=room: client.get(room, headers={"HX-Request": "true"}),
            "why one number is what it is": lambda turn, room=room, codes=codes: client.get(
                f"{room}{codes[turn % len(codes)]}/", headers={"HX-Request": "true"}
            ),
            "what a number would cost": lambda turn, room=room, codes=codes: client.get(
                f"{room}{codes[1]}/?del=kostnad&personer={20 + turn}", headers={"HX-Request": "true"}
            ),
        }
        for what, ask in asked.items():
            yield _measure(len(codes), what, ask)


def table() -> Iterator[str]:
    """Yield the measurements as a table."""
    yield f"| municipalities | what is changed or asked | until the answer is there, ms | slowest of {ROUNDS} | of it the process worked, ms | kB | limit |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as folder:
        _start(folder)
        for one in measured():
            yield f"| {one.size} | {one.what} | {one.median:.0f} | {one.slowest:.0f} | {one.processor:.0f} | {one.kilobytes:.0f} | {LIMIT} |"


if __name__ == "__main__":
    print(machine())
    print("\n".join(table()))
