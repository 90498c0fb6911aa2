"""The real addresses and one more, which saves what it is sent."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from fotfeste.web.project.urls import handler400, handler403, handler404, handler500
from fotfeste.web.project.urls import urlpatterns as real
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace import services
from fotfeste.web.trace.models import Content

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@csrf_exempt
def save(request: HttpRequest) -> HttpResponse:
    """Save the body and an entry of the trace, both or none; acknowledge when both stand."""
    with transaction.atomic():
        name = hashlib.sha256(request.body).hexdigest()
        Content.objects.create(sha256=name, data=request.body)
        services.record(Actor(), "probe.saved", Thing(Kind.JOURNAL, id=name[:20]))
    return JsonResponse({"saved": name}, status=201)


urlpatterns = [path("probe/", save, name="probe"), *real]
