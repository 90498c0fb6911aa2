"""How an installation is to be served: worked out once by the command, handed to the processes it starts."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass

MODULES = {"all": "supervision", "pages": "server", "work": "working"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the processes need to know: open sockets, their number, whether to do background work, what to say.

    ``behind_proxy``: forwarded headers from this machine are believed. ``opened`` is what is said when all is ready.
    ``folder`` is the data folder, which each process says that it uses.
    """

    sockets: tuple[int, ...]
    processes: int
    threads: int
    behind_proxy: bool
    log_format: str
    opened: str
    folder: str

    def written(self) -> str:
        """Return the plan as text."""
        return json.dumps(asdict(self))


def read(text: str) -> Plan:
    """Return the plan that :meth:`Plan.written` wrote."""
    content = json.loads(text)
    return Plan(**{**content, "sockets": tuple(content["sockets"])})


def command(part: str, plan: Plan) -> list[str]:
    """Return the command that starts ``part`` (``all``, ``pages`` or ``work``) in a Python of its own.

    A fresh process holds no threads of the data library, which do not live through a fork.
    """
    start = f"from fotfeste.web.upkeep.{MODULES[part]} import main; main()"
    return [sys.executable, "-P", "-c", start, plan.written(), str(os.getpid())]
