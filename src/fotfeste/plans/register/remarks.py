"""The words for the remarks of the register: conflicts between sources and other things a reader must know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter

from fotfeste.messages import Message, msg
from fotfeste.plans.register.values import Remark

NOTE = "note"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

TEXTS: Mapping[str, Message] = {
    "year_conflict": msg("Kilden oppgir to år: vedtatt {adopted}, utgitt {published}. Sjekk i vedtaket."),
    "published_in_last_year": msg(
        "Kilden oppgir at den er utgitt i {published}, som er det siste året den gjelder for. Sjekk året."
    ),
    "owner_formed_later": msg("Fylket ble til etter at planen kom i {year}. Da sto {stood}."),
    "listed_under": msg("Kilden fører den under {county}."),
    "listed_twice": msg("Kilden fører den to ganger, som {first} og som {second}."),
    "title_misprint": msg("Tittelen har en trykkfeil i kilden («{printed}»)."),
    "other_title": msg("Kalles også «{title}» i kilden."),
    "type_from_title": msg("Kilden sier ikke formen; den er lest av tittelen."),
    "type_unknown": msg("Kilden sier ikke om den er regional plan, strategi eller noe annet."),
    "adoption_not_stated": msg("Kilden sier ikke når den ble vedtatt."),
    "draft_was_read": msg(
        "Studien leste høringsutkastet fra {draft}, med høringsfrist {deadline}. Planen kan være endret siden."
    ),
    "no_longer_valid": msg("Kilden sier at den ikke gjelder lenger."),
    "old_plan": msg("Kilden kaller den en gammel plan. Fylket finnes ikke lenger."),
    "counted_with": msg("Kilden regner den med til {county}."),
    "under_revision": msg("Kilden sier at den er under revisjon."),
    "to_be_phased_out": msg("Kilden sier at den skal gå inn i andre planer."),
    "made_by": msg("Laget av {who}, ikke av fylkeskommunen selv."),
    "qualification_plan_inside": msg(
        "Plan for kvalifisering av innvandrere skal etter kilden legges inn her."
    ),
    "study_disagrees": msg("Kilden sier to ting om hva planen inneholder ({about}). Les planen."),
    "study_misprint": msg("Et tall eller ord er trolig snudd i kilden ({about})."),
}
"""Words by code, with the names of the values that each needs. Values are text: a year has no separator."""

ABOUT: Mapping[str, Message] = {
    "immigrants": msg("om innvandrere er nevnt"),
    "districts": msg("om distrikt er nevnt"),
    "outside_work": msg("unge utenfor arbeid og utdanning"),
}
"""What the value ``about`` can be."""


def remark_text(remark: Remark) -> Message | str:
    """Return a remark in words; one in somebody's own words is returned as it was written, never translated.

    Raises :class:`KeyError` for a code or a value that there are no words for, :class:`ValueError` for an impossible day.
    """
    if remark.code == NOTE:
        return remark.fields["text"]
    text = TEXTS[remark.code].text
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    return Message(text, {name: _value(name, remark.fields[name]) for name in names})


def _value(name: str, value: str) -> Message | date | str:
    if name == "about":
        return ABOUT[value]
    return date.fromisoformat(value) if _DAY.fullmatch(value) else value
