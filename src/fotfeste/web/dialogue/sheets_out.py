"""Replies in workbooks as they are handed out: filled in as they stand, with what whoever fills them in alone must know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import Locale, Message, msg
from fotfeste.settlement.reply_form import reply_from
from fotfeste.web.dialogue.drafts import Draft
from fotfeste.web.dialogue.entered import told_value, values_from
from fotfeste.web.dialogue.partner_shown import values_beside
from fotfeste.web.dialogue.services import deadline_of, given, last_year, newest_deliveries
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of

if TYPE_CHECKING:
    from fotfeste.settlement.reply_sheet_write import Around

SHORT = 200
"""Letters of an earlier answer that are repeated in a form."""


def collected_sheet(round_: Round, locale: Locale, issued: date) -> bytes:
    """Return the county's collected workbook with what is delivered."""
    from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet

    addressees = [Addressee(code, name) for code, name in sorted(municipalities_of(round_).items())]
    delivered = {code: given(one) for code, one in newest_deliveries(round_).items()}
    return write_collected_sheet(
        addressees, round_.county, round_.county_name, round_.year, issued, locale=locale, replies=delivered
    )


def own_sheet(round_: Round, code: str, draft: Draft | None, locale: Locale, issued: date) -> bytes:
    """Return one municipality's form as a workbook, with the draft as far as it can be read."""
    from fotfeste.settlement.reply_sheet_write import Addressee, write_reply_form

    stated = reply_from(code, values_from(draft.values)) if draft else None
    return write_reply_form(
        Addressee(code, municipalities_of(round_)[code]),
        round_.county,
        round_.county_name,
        round_.year,
        issued,
        locale=locale,
        reply=stated,
        around=_around(round_, code, locale),
    )


def _around(round_: Round, code: str, locale: Locale) -> Around:
    """Return what a form that is filled in alone must tell of itself: until when, what it is, and what is known already."""
    from fotfeste.settlement.reply_sheet_write import Around

    top = (
        msg("Fristen er {day}.", day=deadline_of(round_)),
        msg("Svaret er et administrativt innspill til fylkeskommunens anbefaling, ikke et vedtak."),
        msg("Lagre filen, og les den inn på siden der den ble hentet, eller send den til fylkeskommunen."),
        msg("Det dere skriver med egne ord, kan bli gjengitt i brev og saksdokumenter som alle kan lese."),
    )
    under: dict[str, tuple[Message, ...]] = {}
    for name, value in last_year(round_, code).items():
        told = told_value(name, value, locale)
        if len(told) <= SHORT:
            under[name] = (msg("Svaret for {year}: {answer}", year=str(round_.year - 1), answer=told),)
    for name, heard in values_beside(round_, code).items():
        told = told_value(name, heard.value, locale)
        line = msg(
            "{organisation} fikk svaret {answer} ({day}). Skriv det her hvis det gjelder.",
            organisation=heard.organisation,
            answer=told if len(told) <= SHORT else f"{told[:SHORT]}…",
            day=heard.on,
        )
        under[name] = (*under.get(name, ()), line)
    return Around(top, under)
