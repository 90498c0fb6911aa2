"""Statements of RDF, and how they are written: Turtle and JSON-LD.

Only what the catalogue needs, so that nothing is needed at run time; the tests read both with rdflib and find the same
statements. Sources: https://www.w3.org/TR/turtle/ and https://www.w3.org/TR/json-ld11/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

SAFE = ":/?#[]@!$&'()*+,;=%~-._"
"""What may stand in an address as it is."""
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """What is named by an address; what cannot stand in one is written with per cent."""

    text: str

    @property
    def written(self) -> str:
        """Return the address as it may be written."""
        return quote(self.text, safe=SAFE)


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A text, with its language, or with what kind of value it is (as ``xsd:date``)."""

    text: str
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Something without an address of its own: its class and what is said of it."""

    kind: str
    said: Sequence[tuple[str, Value]]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an address: its class, and what is said of it, in order; ``None`` says nothing."""

    address: str
    kind: str
    said: Sequence[tuple[str, Value]]


Value = Address | Literal | Part


def as_turtle(things: Sequence[Thing], prefixes: Mapping[str, str]) -> bytes:
    """Return statements in Turtle, in the order given; names begin with one of ``prefixes``."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in sorted(prefixes.items())]
    for one in things:
        lines += ["", f"<{Address(one.address).written}>"]
        said = [f"    a {one.kind}", *(f"    {name} {_turtle(value)}" for name, value in one.said)]
        lines += [*(f"{line} ;" for line in said[:-1]), f"{said[-1]} ."]
    return ("\n".join(lines) + "\n").encode()


def _turtle(value: Value) -> str:
    if isinstance(value, Address):
        return f"<{value.written}>"
    if isinstance(value, Part):
        inside = "; ".join([f"a {value.kind}", *(f"{name} {_turtle(one)}" for name, one in value.said)])
        return f"[ {inside} ]"
    text = f'"{_CONTROL.sub("", value.text).translate(ESCAPES)}"'
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.kind}" if value.kind else text


def as_jsonld(things: Sequence[Thing], prefixes: Mapping[str, str]) -> bytes:
    """Return the same statements in JSON-LD 1.1."""
    content = {
        "@context": dict(sorted(prefixes.items())),
        "@graph": [
            {"@id": Address(one.address).written, "@type": one.kind, **dict(_grouped(one.said))}
            for one in things
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _grouped(said: Sequence[tuple[str, Value]]) -> Iterator[tuple[str, object]]:
    for name in dict.fromkeys(name for name, _ in said):
        values = [_json(value) for other, value in said if other == name]
        yield name, values if len(values) > 1 else values[0]


def _json(value: Value) -> object:
    if isinstance(value, Address):
        return {"@id": value.written}
    if isinstance(value, Part):
        return {"@type": value.kind, **dict(_grouped(value.said))}
    found = {"@value": _CONTROL.sub("", value.text)}
    if value.language:
        found["@language"] = value.language
    elif value.kind:
        found["@type"] = value.kind
    return found
