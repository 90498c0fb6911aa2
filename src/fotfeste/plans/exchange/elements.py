"""The XML of REFI-QDA: opened safely, and with an account of every element and attribute that is not carried over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.office_gate import declares
from fotfeste.plans.documents.packages import parsed
from fotfeste.plans.exchange.report import Tally, Why

CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
MOST_ELEMENTS = 2_000_000
_OWN_ATTRIBUTES = frozenset({"guid", "schemaLocation"})


def refused(code: str, what: Message, place: str, remedy: Message | None = None) -> InputError:
    """Return the error for a file that is not imported; ``code`` comes after ``plan.exchange.``."""
    return InputError(
        f"plan.exchange.{code}",
        what,
        place=place,
        remedy=remedy or msg("Eksporter på nytt fra programmet filen kommer fra, og prøv igjen."),
    )


def root_of(content: bytes, place: str, name: str) -> Any:
    """Return the root of an XML file, which must be called ``name``; raises :class:`InputError`.

    A file that declares a document type or entities is refused, whatever they say.
    """
    if declares(content):
        raise refused("entities", msg("Filen inneholder noe en vanlig fil ikke har, og er ikke lest."), place)
    root = parsed(content, place)
    if local(root) != name:
        raise refused("kind", msg("Filen er ikke av et slag som kan leses."), place)
    return root


def local(element: Any) -> str:
    """Return the name of an element without its namespace; nothing for comments and what is not of REFI-QDA."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    return name if not space or space.startswith("{urn:QDA-XML:") else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements right under one, of the names given."""
    return (one for one in element if local(one) in names)


def child(element: Any, name: str) -> Any | None:
    """Return the first element of a name right under one."""
    return next(children(element, name), None)


def guid(element: Any, attribute: str = "guid") -> str:
    """Return an id as it is compared: without braces, in small letters."""
    return (element.get(attribute) or "").strip().strip("{}").lower()


class Account:
    """Which elements of a file were carried over, and why others were not."""

    def __init__(self, root: Any, place: str, tally: Tally) -> None:
        self.tally = tally
        self._all: list[Any] = []
        for element in root.iter():
            if isinstance(element.tag, str):
                self._all.append(element)
            if len(self._all) > MOST_ELEMENTS:
                raise refused("huge", msg("Filen har mer enn {most} elementer.", most=MOST_ELEMENTS), place)
        self._carried: dict[Any, frozenset[str]] = {}
        self._left: dict[Any, tuple[Why, str]] = {}

    def carry(self, element: Any, *attributes: str) -> None:
        """Note that an element came over, and which of its attributes besides its id."""
        self._carried[element] = frozenset(attributes) | self._carried.get(element, frozenset())

    def carry_text(self, element: Any | None) -> str:
        """Return the text of an element that comes over; nothing where there is none."""
        if element is None:
            return ""
        self.carry(element)
        return element.text or ""

    def leave(self, element: Any, why: Why, example: str = "") -> None:
        """Note why an element, and all under it that does not come over by itself, stays behind."""
        self._left.setdefault(element, (why, example))

    def settle(self) -> None:
        """Tell of every element that did not come over, with the reason of the nearest above that has one."""
        reasons: dict[Any, Why] = {}
        for element in self._all:
            kept = self._carried.get(element)
            parent = element.getparent()
            name = local(element) or element.tag[:100]
            if element in self._left:
                why, example = self._left[element]
                reasons[element] = why
                self.tally.leave(name, why, example or element.get("name", ""))
            elif kept is None:
                why = reasons.get(parent, Why.NO_PLACE)
                reasons[element] = why
                self.tally.leave(name, why, element.get("name", ""))
            else:
                for attribute in element.attrib:
                    plain = attribute.rpartition("}")[2]
                    if plain not in kept and plain not in _OWN_ATTRIBUTES:
                        self.tally.leave(f"@{plain}", Why.NO_PLACE)
