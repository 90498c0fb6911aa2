"""Write the description of the workspace's API into `docs/reference/openapi.json`.

Usage: `python tools/api_description.py`. A test compares it with what is served, so that the API never changes unseen.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"


def description() -> str:
    """Return the description as it is committed: sorted, indented, the same bytes twice."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOTFESTE_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "fotfeste.web.project.settings"
        import django

        django.setup()
        from fotfeste.web.api.operations import api

        schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(description(), encoding="utf-8")
