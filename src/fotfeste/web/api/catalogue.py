"""The catalogue of everything that is given out, as data catalogues read it (DCAT-AP-NO)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fotfeste.reports.profiles.published import published
from fotfeste.statistics.publishing.dcat import Publisher, catalogue_jsonld, catalogue_turtle
from fotfeste.web.api.limits import limited
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.guard import open_to_all

NAMELESS = "Fotfeste"


@open_to_all
@limited
@open_answer()
def turtle(request: HttpRequest) -> HttpResponse:
    """Return the catalogue in Turtle."""
    del request
    content = catalogue_turtle(published(knowledge()), publisher())
    return file_answer(content, "text/turtle; charset=utf-8", "katalog.ttl", shown=True)


@open_to_all
@limited
@open_answer()
def jsonld(request: HttpRequest) -> HttpResponse:
    """Return the catalogue in JSON-LD."""
    del request
    content = catalogue_jsonld(published(knowledge()), publisher())
    return file_answer(content, "application/ld+json; charset=utf-8", "katalog.jsonld", shown=True)


def publisher() -> Publisher:
    """Return who runs this installation; where no contact is set, the page about it is the way to them."""
    serving = settings.FOTFESTE.serving
    base = str(serving.base_url).rstrip("/")
    contact = str(serving.contact)
    if "@" in contact and " " not in contact and not contact.startswith(("https://", "mailto:")):
        contact = f"mailto:{contact}"
    if not contact.startswith(("https://", "mailto:")):
        contact = f"{base}/om/"
    return Publisher(serving.owner or NAMELESS, base, contact)
