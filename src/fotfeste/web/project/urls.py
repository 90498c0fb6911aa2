"""Every address of the workspace: each app brings its own, and they stay what they are."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("fotfeste.web.front.urls")),
    path("", include("fotfeste.web.upkeep.urls")),
    path("", include("fotfeste.web.places.urls")),
    path("", include("fotfeste.web.api.catalogue_urls")),
    path("api/", include("fotfeste.web.api.urls")),
    path("tall/", include("fotfeste.web.figures.urls")),
    path("planer/", include("fotfeste.web.plans.urls")),
    path("konto/", include("fotfeste.web.people.urls")),
    path("spor/", include("fotfeste.web.trace.urls")),
    path("arbeid/", include("fotfeste.web.jobs.urls")),
    path("bosetting/", include("fotfeste.web.rounds.urls")),
    path("bosetting/", include("fotfeste.web.dialogue.urls")),
    path("bosetting/", include("fotfeste.web.weighing.urls")),
    path("bosetting/", include("fotfeste.web.follow_up.urls")),
]

handler400 = "fotfeste.web.front.views.bad_request"
handler403 = "fotfeste.web.front.views.forbidden"
handler404 = "fotfeste.web.front.views.not_found"
handler500 = "fotfeste.web.front.views.failed"
