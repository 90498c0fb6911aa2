"""Synthetic plans for the tests: no such plan exists, and the words are written for this."""

from __future__ import annotations

from django.test import Client

from fotfeste.web.plans.models import OwnPlan, PlanFile
from tests.web.rounds.conftest import work_off

TEXT = """# Samfunnsdelen for Prøveby

## Innvandring og arbeid

Kommunen skal kvalifisere innvandrere for det lokale arbeidsmarkedet i distriktet. Bosatte flyktninger bidrar til vekst.

Vi fikk mange innvendinger mot forslaget, og søknaden er innvilget.

## Mål

- Alle bosatte flyktninger får tilbud om språkopplæring innen 2030.
- Kommunen har ikke egne tiltak for integrering av barn.
"""

NYNORSK = """# Plan for Øydalen

## Busetjing

Kommunen vil busetje innvandrarar og styrkje lokalsamfunnet i distriktet.
"""


def entered(client: Client, **more: object) -> OwnPlan:
    """Enter a plan through the form, and return it."""
    form = {
        "owner": "4003",
        "type": "municipal_plan_society",
        "title": "Samfunnsdelen",
        "status": "hearing",
        "visibility": "county",
        **more,
    }
    answer = client.post("/planer/ny/", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return OwnPlan.objects.latest("pk")


def handed_in(
    client: Client, slug: str, data: bytes = TEXT.encode(), name: str = "plan.md", visibility: str = "county",
    shared_with: tuple[str, ...] = (), replaces: str = "",
) -> PlanFile:  # fmt: skip
    """Hand in a document through the form, let it be read, and return it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {
        "file": SimpleUploadedFile(name, data),
        "role": "plan",
        "visibility": visibility,
        "shared_with": list(shared_with),
        "replaces": replaces,
    }
    answer = client.post(f"/planer/{slug}/legg-inn/", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    work_off()
    return PlanFile.objects.latest("added_at")
