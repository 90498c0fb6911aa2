"""Addresses of the dialogue in a round: ``dialog/`` is the county's list, ``dialog/4003/`` one municipality's reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from fotfeste.web.dialogue import (
    beside_views,
    county_views,
    reminder_views,
    reply_views,
    sheet_views,
    work_urls,
)
from fotfeste.web.rounds import urls as _converters  # noqa: F401 - registers the converters

ROUND = "<round_year:year>/<own_round:name>/"


def _of(tail: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"{ROUND}dialog/{tail}", view, name=name)


ONE = "<municipality:code>/"
_views: list[tuple[str, Any, str]] = [
    ("", county_views.replies, "round_dialogue"),
    ("samleskjema.xlsx", sheet_views.collected_sheet, "round_replies_sheet"),
    ("les-inn/", sheet_views.read_sheets, "round_replies_read"),
    (ONE, reply_views.reply, "round_reply"),
    (f"{ONE}kladd/", reply_views.save_while_typing, "round_reply_draft"),
    (f"{ONE}paminnelse/", reminder_views.remind, "round_reminder"),
    (f"{ONE}apne/", reply_views.open_again, "round_reply_reopen"),
    (f"{ONE}levert/<int:number>/", reply_views.delivered, "round_delivery"),
    (f"{ONE}levert/<int:number>.json", reply_views.delivered_file, "round_delivery_file"),
    (f"{ONE}svarskjema.xlsx", sheet_views.own_sheet, "round_reply_sheet"),
    (f"{ONE}svarskjema/", sheet_views.read_own_sheet, "round_reply_sheet_read"),
    (f"{ONE}vedlegg/", beside_views.attach, "round_attach"),
    (f"{ONE}vedlegg/<int:number>/", beside_views.attachment, "round_attachment"),
    (f"{ONE}vedlegg/<int:number>/trekk/", beside_views.withdraw, "round_attachment_withdraw"),
    (f"{ONE}sporsmal/", beside_views.question, "round_question"),
]
urlpatterns: list[URLPattern] = [
    path("dialog/", county_views.everywhere, name="dialogue_everywhere"),
    *(_of(*one) for one in _views),
    *work_urls.urlpatterns,
]
