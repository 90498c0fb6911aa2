"""What is wrong with the fields of a file that Fotfeste itself has written: ledgers and bundles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fotfeste.errors import Problem
from fotfeste.messages import msg
from fotfeste.settlement.criteria_faults import as_written

MOST = 10
"""So many faults are told of: a file with more of them is another file altogether."""


def field_faults(code: str, errors: Sequence[Any]) -> list[Problem]:
    """Return pydantic's first findings as problems with ``code``, each with the path of its field."""
    return [
        Problem(
            code,
            msg("feltet mangler")
            if one["type"] == "missing"
            else msg("{given} kan ikke brukes her", given=as_written(one["input"])),
            ".".join(map(str, one["loc"])),
        )
        for one in errors[:MOST]
    ]
