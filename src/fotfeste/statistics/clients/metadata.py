"""What a source says of a table: its variables and their codes, and which edition of it this is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from fotfeste.errors import InputError
from fotfeste.messages import msg


class Edition(Enum):
    """How it is told which edition of a table an answer is from.

    ``IN_BOTH``: metadata and answers carry the same time of update. ``IN_ANSWERS``: only answers carry it. ``IN_METADATA``: only
    metadata do, so they are read again when all is fetched.
    """

    IN_BOTH = "both"
    IN_ANSWERS = "answers"
    IN_METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a table: its codes in the table's order, oldest period first.

    ``required``: a query must choose among its codes; one that is not required is summed away by the source when nothing
    is chosen. ``codelists`` are the groupings and sets of values that the source offers, by id.
    """

    code: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    required: bool = True
    time: bool = False
    codelists: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableMetadata:
    """A table at a source: what it is called, when it was updated, and its variables.

    ``updated`` is the source's own text, empty where it states none. ``codelists`` are those that were asked for, by
    variable; the codes of such a variable are the list's. ``notes`` are the source's, ``must_be_shown`` those of them that
    the source says must follow the figures. ``edition`` says where the time of update stands.
    """

    table: str
    label: str
    source: str
    language: str
    updated: str
    variables: tuple[Variable, ...]
    codelists: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    must_be_shown: tuple[str, ...] = ()
    edition: Edition = Edition.IN_BOTH

    @property
    def version(self) -> str:
        """A checksum of all that figures depend on: time of update, variables and codes, but no labels."""
        variables = [[one.code, one.required, list(one.codes)] for one in self.variables]
        return checksum([self.table, self.updated, sorted(self.codelists.items()), variables])

    def variable(self, code: str) -> Variable:
        """Return the variable with this code; raises :class:`InputError` when there is none."""
        for one in self.variables:
            if one.code == code:
                return one
        raise InputError(
            "selection.variable",
            msg("Tabellen har ingen variabel «{code}».", code=code),
            place=self.table,
            remedy=msg("Variablene er: {names}.", names=", ".join(one.code for one in self.variables)),
        )


def checksum(value: object) -> str:
    """Return a checksum of a value that JSON can tell, the same on every machine."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
