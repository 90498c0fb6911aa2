"""Addresses of the meetings (``dialog/moter/``, ``dialog/4003/moter/``), the needs (``behov/``) and the partners' input (``innspill/``)."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from fotfeste.web.dialogue import (
    meeting_county_views,
    meeting_views,
    minutes_views,
    need_change_views,
    need_views,
    partner_answer_views,
    partner_file_views,
    partner_views,
)
from fotfeste.web.dialogue.kit import FORMATS
from fotfeste.web.rounds import urls as _converters  # noqa: F401 - registers the converters

ROUND = "<round_year:year>/<own_round:name>/"
ALL, ONE = "dialog/moter/", "dialog/<municipality:code>/moter/"
MEETING = f"{ONE}<int:number>/"
NEED, INPUT = "behov/<int:number>/", "innspill/<int:number>/"


class SheetEnding(StringConverter):
    """What a meeting sheet can be fetched as."""

    regex = "|".join(FORMATS)


class MinutesEnding(StringConverter):
    """What minutes can be fetched as."""

    regex = "pdf|docx"


class SummaryEnding(StringConverter):
    """What the summary of the meetings can be fetched as."""

    regex = "|".join(meeting_county_views.SUMMARY)


register_converter(SheetEnding, "sheet_ending")
register_converter(MinutesEnding, "minutes_ending")
register_converter(SummaryEnding, "summary_ending")

_views: list[tuple[str, Any, str]] = [
    (ALL, meeting_county_views.all_meetings, "all_meetings"),
    (f"{ALL}ark/bestill/", meeting_county_views.order_kits, "order_meeting_kits"),
    (f"{ALL}ark.zip", meeting_county_views.kits_file, "meeting_kits"),
    (ONE, meeting_views.of_municipality, "meetings"),
    (f"{ALL}samlet.<summary_ending:ending>", meeting_county_views.summary, "meetings_summary"),
    (f"{ONE}ark.<sheet_ending:ending>", meeting_views.sheet_file, "meeting_sheet_file"),
    (f"{MEETING}referat.<minutes_ending:ending>", minutes_views.file_of_minutes, "minutes_file"),
    (f"{ONE}ark/", meeting_views.sheet, "meeting_sheet"),
    (MEETING, meeting_views.meeting, "meeting"),
    (f"{MEETING}endre/", meeting_views.change_meeting, "change_meeting"),
    (f"{MEETING}avlys/", meeting_views.call_off, "call_off_meeting"),
    (f"{MEETING}mote.ics", meeting_views.calendar, "meeting_calendar"),
    (f"{MEETING}referat/", minutes_views.write_minutes, "write_minutes"),
    (f"{MEETING}referat/kladd/", minutes_views.save_while_typing, "save_minutes"),
    (f"{MEETING}referat/behov/", need_views.heard_in_meeting, "heard_in_meeting"),
    (f"{MEETING}referat/deling/", minutes_views.share, "share_minutes"),
    ("behov/", need_views.all_needs, "needs"),
    ("behov/overlat/", need_change_views.hand_over, "hand_over_needs"),
    (NEED, need_views.one_need, "need"),
    (f"{NEED}endre/", need_change_views.change_need, "change_need"),
    (f"{NEED}steg/", need_views.step, "move_need"),
    ("innspill/", partner_views.all_inputs, "partner_inputs"),
    (INPUT, partner_views.one_input, "partner_input"),
    (f"{INPUT}endre/", partner_views.change_input, "change_partner_input"),
    (f"{INPUT}svar/", partner_answer_views.choose_field, "partner_answers"),
    (f"{INPUT}svar/<slug:field>/", partner_answer_views.type_answers, "partner_answers"),
    (f"{INPUT}tabell/", partner_answer_views.take_table, "partner_table"),
    (f"{INPUT}tabell.csv", partner_answer_views.empty, "partner_empty_table"),
    (f"{INPUT}trekk/", partner_views.withdraw, "withdraw_partner_input"),
    (f"{INPUT}vedlegg/", partner_file_views.attach, "attach_to_input"),
    (f"{INPUT}vedlegg/<int:file>/", partner_file_views.one_file, "partner_file"),
    (f"{INPUT}vedlegg/<int:file>/trekk/", partner_file_views.withdraw_file, "withdraw_partner_file"),
    ("dialog/<municipality:code>/innspill/", partner_views.of_municipality, "municipal_inputs"),
]
urlpatterns: list[URLPattern] = [path(f"{ROUND}{tail}", view, name=name) for tail, view, name in _views]
