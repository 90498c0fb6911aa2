"""The catalogue of data sets: what each holds, where it comes from, and what it was checked against."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.sources import EMBEDDED, Source

CATALOGUE_FILE = "catalogue.toml"
SCHEMA = 1
CHECK = re.compile(r"sum\((?P<year>\d{4})(?P<where>(?:, \w+=[\w+-]+)*)\) = (?P<number>-?\d+)")


@dataclass(frozen=True, slots=True)
class Check:
    """A published number that a data set must reproduce: the sum of ``value`` over the rows chosen."""

    year: int
    where: tuple[tuple[str, str], ...]
    number: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """One version of one data set, as its catalogue describes it.

    ``titles`` has the keys ``nb``, ``nn`` and ``en``. ``path`` is the Parquet file. ``suppress_below`` is the
    number under which a count is never shown (zero: no limit; only the ``suppressed_measures`` when any are named)
    and ``smallest_base`` the smallest base for a rate.
    ``version`` is ``innebygd`` for embedded data, otherwise the id that the import gave; ``base`` is then the checksum
    of the version whose rows it took over (empty: none).
    """

    id: str
    path: Path
    titles: Mapping[str, str]
    agency: str
    table: str
    licence: str
    period: str
    unit: str
    retrieved: date
    remark: str
    sha256: str
    rows: int
    checks: tuple[str, ...] = ()
    suppress_below: int = 0
    suppressed_measures: tuple[str, ...] = ()
    smallest_base: int = 0
    version: str = EMBEDDED
    base: str = ""

    @property
    def source(self) -> Source:
        """Return the origin that figures from this data set carry."""
        return Source(
            dataset=self.id,
            version=self.version,
            title=self.titles["nb"],
            agency=self.agency,
            table=self.table,
            period=self.period,
            retrieved=self.retrieved,
            licence=self.licence,
            remark=self.remark,
            titles=tuple(sorted(self.titles.items())),
        )

    def sums(self) -> tuple[Check, ...]:
        """Return the checks that are sums; other checks are texts for people."""
        found = (CHECK.fullmatch(check) for check in self.checks)
        return tuple(
            Check(
                int(match["year"]),
                tuple(_pair(part) for part in match["where"].split(", ")[1:]),
                int(match["number"]),
            )
            for match in found
            if match
        )


def _pair(text: str) -> tuple[str, str]:
    column, _, value = text.partition("=")
    return column, value


def embedded_folder() -> Path:
    """Return the folder of the embedded data set."""
    return Path(str(resources.files("fotfeste.data")))


def embedded_datasets() -> tuple[Dataset, ...]:
    """Return all embedded data sets, in order of id."""
    files = sorted(embedded_folder().rglob(CATALOGUE_FILE))
    found = [dataset for file in files for dataset in read_catalogue(file)]
    return tuple(sorted(found, key=lambda dataset: dataset.id))


def read_catalogue(path: Path) -> tuple[Dataset, ...]:
    """Read one catalogue file; raises :class:`InputError` when it is of another schema or not whole."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        if content["schema"] != SCHEMA:
            raise ValueError(f"schema {content['schema']}")
        return tuple(dataset_of(entry, path.parent) for entry in content["dataset"])
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise InputError(
            "data.catalogue",
            msg("Katalogen over datasett kan ikke leses ({reason}).", reason=str(error)),
            place=str(path),
            remedy=msg("Installer Fotfeste på nytt, eller importer datasettet på nytt."),
        ) from error


def dataset_of(entry: Mapping[str, object], folder: Path, version: str = EMBEDDED) -> Dataset:
    """Return the data set that a catalogue entry describes; its file lies in ``folder``."""
    titles = entry["title"]
    checks = entry.get("checks", [])
    retrieved = entry["retrieved"]
    measures = entry.get("suppressed_measures", [])
    if not isinstance(titles, dict) or not isinstance(checks, list) or not isinstance(measures, list):
        raise TypeError("title, checks and suppressed_measures")
    return Dataset(
        id=str(entry["id"]),
        path=folder / str(entry["file"]),
        titles={str(name): str(text) for name, text in titles.items()},
        agency=str(entry["agency"]),
        table=str(entry["table"]),
        licence=str(entry["licence"]),
        period=str(entry["period"]),
        unit=str(entry["unit"]),
        retrieved=retrieved if isinstance(retrieved, date) else date.fromisoformat(str(retrieved)),
        remark=str(entry.get("remark", "")),
        sha256=str(entry["sha256"]),
        rows=int(str(entry["rows"])),
        checks=tuple(str(check) for check in checks),
        suppress_below=int(str(entry.get("suppress_below", 0))),
        suppressed_measures=tuple(str(measure) for measure in measures),
        smallest_base=int(str(entry.get("smallest_base", 0))),
        version=version,
        base=str(entry.get("base", "")),
    )
