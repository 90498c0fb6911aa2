"""A municipality's own words where documents quote them: said to be its own, without telephone numbers and addresses.

What is sent out is public. What is left out of a quotation is said where it stood, and is listed for the county itself,
which has the reply.
"""

from __future__ import annotations

from fotfeste.messages import Language, Message, msg
from fotfeste.reports.blocks import Block, CellValue, Column, Document, Paragraph, Strong, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.settlement.reply_check import EMAIL, PHONE, reads_as_a_name

STEM = "internt/utelatt"
KINDS = ((EMAIL, msg("e-postadresse")), (PHONE, msg("telefonnummer")))


def quotable(text: str, words: Language) -> str:
    """Return ``text`` with what looks like a telephone number or an e-mail address said to be left out."""
    for pattern, kind in KINDS:
        told = words.text(msg("[{kind} utelatt]", kind=kind))
        text = pattern.sub(lambda _, told=told: told, text)  # type: ignore[misc]
    return text


def left_out_of(text: str) -> tuple[Message, ...]:
    """Return the kinds of what :func:`quotable` leaves out."""
    return tuple(kind for pattern, kind in KINDS if pattern.search(text))


def quotation(label: str, text: str, words: Language) -> Paragraph:
    """Return what a municipality has answered to one question, as a quotation."""
    return Paragraph((Strong(f"{label}: "), words.quoted(quotable(text, words))))


def quotable_role(role: str) -> str:
    """Return a role as it may stand in what everybody can read: nothing where it reads as a person's name."""
    return "" if reads_as_a_name(role) or left_out_of(role) else role


def left_out_document(basis: Basis) -> Document | None:
    """Return the internal list of what quotations leave out, and of which reply; ``None`` where that is nothing.

    It says where something was left out and of what kind, never what.
    """
    rows = _left_out(basis)
    if not rows:
        return None
    text = basis.text
    about = msg(
        "Svar som er gjengitt i dokumentene, men uten det som ser ut som kontaktopplysninger og navn. Alt står i svarene. "
        "Be kommunen rette svaret hvis det ikke skulle stått der."
    )
    return Document(
        title=text(
            msg(
                "Utelatt av svarene fra kommunene: {county} {year}", county=basis.county, year=str(basis.year)
            )
        ),
        subtitle=text(msg("Til bruk i fylkeskommunen")),
        language=basis.locale,
        issued=basis.issued,
        blocks=(Paragraph((text(about),)), _table(rows, basis)),
        file_stem=STEM,
        sender=(basis.sender,),
        description=text(about),
    )


def _table(rows: list[tuple[CellValue, ...]], basis: Basis) -> Table:
    text = basis.text
    return Table(
        text(msg("Hva som er utelatt")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Felt i svaret"))),
            Column(text(msg("Utelatt"))),
        ),
        tuple(rows),
    )


def _left_out(basis: Basis) -> list[tuple[CellValue, ...]]:
    from fotfeste.settlement.reply_form import load_reply_form

    labels = {field.id: field.label[basis.locale] for field in load_reply_form().fields}
    found: list[tuple[CellValue, ...]] = []
    for one in basis.results:
        reply = basis.reply(one.code)
        if reply is None:
            continue
        for field, written in reply.texts.items():
            if kinds := [basis.text(kind) for kind in left_out_of(written)]:
                found.append((one.name, labels.get(field, field), basis.words.join(kinds)))
        if reply.approved_by and not quotable_role(reply.approved_by):
            named = basis.text(msg("det som ser ut som et navn"))
            found.append((one.name, labels.get("approved_by", "approved_by"), named))
    return found


def own_words(label_texts: list[tuple[str, str]], words: Language) -> list[Block]:
    """Return answers (label and text) as quotations, after a line that says whose words they are."""
    if not label_texts:
        return []
    whose = words.text(msg("Kommunen skriver selv:"))
    return [Paragraph((whose,)), *(quotation(label, text, words) for label, text in label_texts)]
