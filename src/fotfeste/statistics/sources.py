"""Where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Origin of a figure: the agency, its table, the period, when it was retrieved and under which licence.

    ``dataset`` is the id in the catalogue and ``version`` the stored version that was read. ``title`` is in
    bokmål. ``remark`` names what a reader must know (break in series, status date, transcription).
    """

    dataset: str
    version: str
    title: str
    agency: str
    table: str
    period: str
    retrieved: date
    licence: str
    remark: str = ""
