"""The record of a fetch: what was fetched from where and when, and what the source said of it. It stands with the version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fotfeste.messages import Message, msg
from fotfeste.statistics.store import RECORD

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Said:
    """What the source said of its table: title, when it was updated, notes, and each variable with its labels and units."""

    title: str = ""
    updated: str = ""
    notes: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One fetch: the declared table and its number, the address, the moment, the cells, and what the source said."""

    table: str
    number: str
    api: str
    where: str
    fetched: datetime
    cells: int
    said: Said

    def content(self) -> bytes:
        """Return the record as it is stored."""
        said = self.said
        told = {
            "schema": SCHEMA,
            "table": self.table,
            "number": self.number,
            "api": self.api,
            "where": self.where,
            "fetched": self.fetched.isoformat(timespec="seconds"),
            "cells": self.cells,
            "said": {
                "title": said.title,
                "updated": said.updated,
                "notes": list(said.notes),
                "variables": dict(said.variables),
                "labels": {name: dict(codes) for name, codes in said.labels.items()},
                "units": dict(said.units),
            },
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def record_path(folder: Path, version: str) -> Path:
    """Return where the record of a version stands: beside its table."""
    return folder / f"{version}{RECORD}"


def read_record(path: Path) -> Record | None:
    """Return the record of a version, or ``None`` where there is none that can be read (embedded data, files by hand)."""
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema"] != SCHEMA:
            return None
        said = told["said"]
        return Record(
            told["table"],
            told["number"],
            told["api"],
            told["where"],
            datetime.fromisoformat(told["fetched"]),
            int(told["cells"]),
            Said(
                said["title"],
                said["updated"],
                tuple(said["notes"]),
                said["variables"],
                said["labels"],
                said["units"],
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def said_anew(before: Said, now: Said) -> Iterator[Message]:
    """Say what the source says otherwise than at the fetch before: title, notes, variables, labels, units."""
    if before.title != now.title:
        yield msg("Tabellen het «{before}», og heter nå «{now}».", before=before.title, now=now.title)
    for name in sorted(set(before.variables) - set(now.variables)):
        yield msg("Variabelen «{name}» er borte.", name=before.variables[name])
    for name in sorted(set(now.variables) - set(before.variables)):
        yield msg("Variabelen «{name}» er ny.", name=now.variables[name])
    for name in sorted(set(before.variables) & set(now.variables)):
        if before.variables[name] != now.variables[name]:
            yield msg(
                "Variabelen «{before}» heter nå «{now}».",
                before=before.variables[name],
                now=now.variables[name],
            )
        yield from _labels(now.variables[name], before.labels.get(name, {}), now.labels.get(name, {}))
    for code in sorted(set(before.units) & set(now.units)):
        if before.units[code] != now.units[code]:
            yield msg(
                "Enheten for «{code}» var «{before}», og er nå «{now}».",
                code=code,
                before=before.units[code],
                now=now.units[code],
            )
    for note in now.notes:
        if note not in before.notes:
            yield msg("Ny merknad fra kilden: «{note}»", note=note)
    for note in before.notes:
        if note not in now.notes:
            yield msg("Kilden har tatt bort merknaden: «{note}»", note=note)


def _labels(variable: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Message]:
    for code in sorted(set(before) & set(now)):
        if before[code] != now[code]:
            yield msg(
                "{variable}: koden {code} het «{before}», og heter nå «{now}».",
                variable=variable,
                code=code,
                before=before[code],
                now=now[code],
            )
