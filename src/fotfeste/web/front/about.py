"""Pages about the workspace itself: what it is, help, word list, accessibility, privacy; and files for machines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fotfeste import __version__
from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.front.wordlist import in_order, wordlist
from fotfeste.web.rights.guard import open_to_all

SECURITY_DAYS = 180
NOT_FOR_ROBOTS = ("/konto/", "/arbeid/", "/spor/", "/sprak/", "/sok/", "/metrics")


def _trail(name: Message) -> list[tuple[Message, str]]:
    return [(msg("Om Fotfeste"), "/om/"), (name, "")]


def _contact() -> str:
    return str(settings.FOTFESTE.serving.contact)


def _contact_address() -> str:
    """Return how the contact is reached as an address; empty where the setting is words, or nothing."""
    contact = _contact()
    if contact.startswith(("https://", "mailto:")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""


@open_to_all
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell what this is, who runs it, and where the figures come from."""
    return render(
        request, "front/about.html", {"version": __version__, "contact_address": _contact_address()}
    )


@open_to_all
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Tell in short how to find, compare, cite, download, and get access."""
    values = {"trail": _trail(msg("Hjelp")), "contact_address": _contact_address()}
    return render(request, "front/help.html", values)


@open_to_all
@require_safe
def word_list(request: HttpRequest) -> HttpResponse:
    """Show the terms of the field with what they mean."""
    terms = in_order(wordlist(), words_of(request).locale)
    known = {one.id: one for one in terms}
    rows = [(one, [known[other] for other in one.see if other in known]) for one in terms]
    return render(request, "front/wordlist.html", {"trail": _trail(msg("Ordliste")), "rows": rows})


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what is done so that everyone can use the pages, what is tested and what is not."""
    values = {"trail": _trail(msg("Tilgjengelighet")), "contact_address": _contact_address()}
    return render(request, "front/accessibility.html", values)


@open_to_all
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is stored about people, why, and for how long."""
    values = {
        "trail": _trail(msg("Personvern")),
        "session_hours": settings.FOTFESTE.serving.session_hours,
        "contact_address": _contact_address(),
    }
    return render(request, "front/privacy.html", values)


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not worth their while."""
    del request
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@open_to_all
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell where faults in security are reported (RFC 9116); nothing where no contact is set."""
    del request
    address = _contact_address()
    if not address:
        return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
    # The file must say until when it holds; a date that moves once a day keeps the answer the same for a day.
    today = timezone.now().astimezone(UTC).date()
    until = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=SECURITY_DAYS)
    base = settings.FOTFESTE.serving.base_url
    lines = [
        f"Contact: {address}",
        f"Expires: {until.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {base}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
