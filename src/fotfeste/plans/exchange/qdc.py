"""REFI-QDA codebooks (``.qdc``): read with all levels, sets and colours, and written so that other programs take them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fotfeste.messages import msg
from fotfeste.plans.codebooks.model import Code, Codebook
from fotfeste.plans.exchange.codes import Node, clean, codebook_of
from fotfeste.plans.exchange.elements import (
    CODEBOOK,
    Account,
    child,
    children,
    guid,
    local,
    refused,
    root_of,
)
from fotfeste.plans.exchange.model import CodeSet, Imported
from fotfeste.plans.exchange.report import Tally, Why

LARGEST = 50_000_000
_OURS = uuid.UUID("6d0f6c52-4b3b-5b0e-9f0a-6c1d5f0c7a11")
"""The space our own ids of codes are made in: the same code always gets the same one."""
_SCHEMA = "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"


def read_qdc(name: str, data: bytes, *, dated: date) -> Imported:
    """Return the codebook in a ``.qdc`` file; ``dated`` is the date it is given, as the format has none.

    Raises :class:`InputError` for a file that is no codebook or is not safe to read.
    """
    if len(data) > LARGEST:
        raise refused("huge", msg("Filen er større enn {most} byte.", most=LARGEST), name)
    root = root_of(data, name, "CodeBook")
    tally = Tally()
    account = Account(root, name, tally)
    account.carry(root, "origin")
    title = _stem(name)
    nodes = read_codes(child(root, "Codes"), account, {})
    book, ids = codebook_of(nodes, title, _origin(root), dated, tally)
    if book is None:
        raise refused("no_codes", msg("Filen har ingen koder."), name)
    sets = read_sets(child(root, "Sets"), ids, account)
    account.settle()
    return Imported(tally.report(), book, {ours: theirs for theirs, ours in ids.items()}, sets)


def read_codes(codes: Any | None, account: Account, notes: Mapping[str, str]) -> list[Node]:
    """Return the codes under an element ``Codes``, those above first; notes on a code come after its description."""
    if codes is None:
        return []
    account.carry(codes)
    nodes: list[Node] = []
    seen: set[str] = set()
    waiting: list[tuple[Any, str | None]] = [(one, None) for one in reversed(list(children(codes, "Code")))]
    while waiting:
        element, parent = waiting.pop()
        key = guid(element) or f"code {len(nodes)}"
        if key in seen:
            account.leave(element, Why.TWICE, element.get("name", ""))
            continue
        seen.add(key)
        account.carry(element, "name", "color", "isCodable")
        texts = [account.carry_text(child(element, "Description"))]
        for reference in children(element, "NoteRef"):
            if (note := notes.get(guid(reference, "targetGUID"))) is not None:
                account.carry(reference, "targetGUID")
                texts.append(note)
        definition = "\n\n".join(text.strip() for text in texts if text.strip())
        codable = (element.get("isCodable") or "true").strip().lower() not in ("false", "0")
        nodes.append(
            Node(key, element.get("name", ""), parent, definition, element.get("color", ""), not codable)
        )
        waiting += [(one, key) for one in reversed(list(children(element, "Code")))]
    return nodes


def read_sets(sets: Any | None, ids: Mapping[str, str], account: Account) -> tuple[CodeSet, ...]:
    """Return the sets of codes; members that are no codes stay behind."""
    if sets is None:
        return ()
    account.carry(sets)
    found = []
    for element in children(sets, "Set"):
        members = []
        for one in children(element, "MemberCode"):
            # The codebook calls the attribute guid, the project targetGUID.
            code = ids.get(guid(one, "targetGUID") or guid(one))
            if code is None:
                account.leave(one, Why.CODE_MISSING)
            else:
                account.carry(one, "targetGUID")
                members.append(code)
        account.carry(element, "name")
        described = clean(account.carry_text(child(element, "Description")))
        found.append(CodeSet(clean(element.get("name", "")), described, tuple(members)))
        account.tally.carry("Set")
    return tuple(found)


def codebook_as_qdc(
    book: Codebook, *, origin: str, guids: Mapping[str, str] | None = None, sets: Sequence[CodeSet] = ()
) -> bytes:
    """Return a codebook as a ``.qdc`` file; the same codebook gives the same bytes.

    ``origin`` names us and our release. Codes that came from a file keep its ids when they are given as ``guids``. The
    format has one text by a code: definition, what counts, what does not, and examples stand in it one after another.
    Patterns are ours alone and stay behind.
    """
    from lxml import etree

    schema = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
    root = etree.Element(
        f"{{{CODEBOOK}}}CodeBook",
        {"origin": _xml(origin), schema: f"{CODEBOOK} {_SCHEMA}"},
        nsmap={None: CODEBOOK, "xsi": "http://www.w3.org/2001/XMLSchema-instance"},
    )
    codes = etree.SubElement(root, f"{{{CODEBOOK}}}Codes")
    placed: dict[str | None, Any] = {None: codes}
    known = guids or {}
    written = {
        code.id: known.get(code.id) or str(uuid.uuid5(_OURS, f"{book.id} {code.id}")) for code in book.codes
    }
    for code in book.codes:
        element = etree.SubElement(
            placed[code.parent],
            f"{{{CODEBOOK}}}Code",
            {
                "guid": written[code.id].upper(),
                "name": _xml(code.name["nb"]),
                "isCodable": "false" if code.heading else "true",
                "color": code.colour.upper(),
            },
        )
        placed[code.id] = element
        if text := _described(code):
            etree.SubElement(element, f"{{{CODEBOOK}}}Description").text = _xml(text)
    if sets:
        all_sets = etree.SubElement(root, f"{{{CODEBOOK}}}Sets")
        for number, one in enumerate(sets):
            made = str(uuid.uuid5(_OURS, f"{book.id} set {number} {one.name}")).upper()
            element = etree.SubElement(all_sets, f"{{{CODEBOOK}}}Set", {"guid": made, "name": _xml(one.name)})
            if one.description:
                etree.SubElement(element, f"{{{CODEBOOK}}}Description").text = _xml(one.description)
            for member in one.codes:
                if member in written:
                    etree.SubElement(element, f"{{{CODEBOOK}}}MemberCode", {"guid": written[member].upper()})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _described(code: Code) -> str:
    """The texts of a code in bokmål, those about what counts behind words that say so."""
    parts = [code.definition.get("nb", "")]
    if code.include.get("nb"):
        parts.append(f"Tas med: {code.include['nb']}")
    if code.exclude.get("nb"):
        parts.append(f"Tas ikke med: {code.exclude['nb']}")
    parts += [f"Eksempel: {one.text}" for one in code.examples]
    return "\n\n".join(part for part in parts if part)


def _xml(text: str) -> str:
    """A text without the signs that XML 1.0 cannot hold."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign >= "\U00010000"
    )


def _stem(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name


def _origin(root: Any) -> str:
    stated = root.get("origin") or ""
    return f"REFI-QDA {local(root)}, {stated}".rstrip(", ")
