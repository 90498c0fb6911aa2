"""What may be wrong with an installation, apart from what was given to it."""

from __future__ import annotations

from typing import ClassVar

from fotfeste.errors import FotfesteError


class InstallationFault(FotfesteError):
    """The installation cannot run, or not as it must: a package, the database, the disk, a key."""

    exit_code: ClassVar[int] = 8
