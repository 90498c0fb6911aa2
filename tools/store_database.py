"""Store the database of this version, with synthetic people, for the test that upgrades it: run at each release.

    python tools/store_database.py

Writes ``tests/web/stored/<version>.zip``: a backup, which either engine can read. Everything in it is made up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "tests" / "web" / "stored"

FILL = """
import sys
from pathlib import Path

import django

django.setup()
from fotfeste import __version__
from fotfeste.web.people.models import Membership, User
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.services import ensure_example
from fotfeste.web.trace import services
from fotfeste.web.upkeep.preparing import prepare
from fotfeste.web.upkeep.saving import save

prepare(lambda one: None)
ensure_example()
for number in range(3):
    user = User.objects.create(email=f"syntetisk{number}@example.no", name=f"Syntetisk Person {number}")
    Membership.objects.create(user=user, role="county_adviser", county="40")
    services.record(Actor(), "round.viewed", Thing(Kind.ROUND, id=str(number), county="40"))
print(save(Path(sys.argv[1]) / f"{__version__}.zip").path)
"""


def main() -> None:
    """Store it."""
    STORED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        own = {name: value for name, value in os.environ.items() if not name.startswith("FOTFESTE_")}
        own.pop("DATABASE_URL", None)
        own |= {"FOTFESTE_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "fotfeste.web.project.settings"}
        subprocess.run([sys.executable, "-c", FILL, str(STORED)], env=own, check=True)


if __name__ == "__main__":
    main()
