"""A file as an answer: every page that hands one out does it here, so that the guard knows it for a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_answer(content: str | bytes, kind: str, name: str, *, shown: bool = False) -> HttpResponse:
    """Return ``content`` as a file called ``name``, of the media type ``kind``: to be saved, or ``shown`` in the browser."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(not shown, name) or ""
    return answer
