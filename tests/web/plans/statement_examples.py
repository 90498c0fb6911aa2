"""A synthetic county with plans that say something, and a municipality's draft that forgets it."""

from __future__ import annotations

from django.test import Client

from fotfeste.web.plans.models import PlanFile
from tests.web.plans.examples import entered, handed_in

COUNTY_PLAN = """# Regional plan for Prøvefylket

## Mål

Fylkeskommunen skal bidra til at flere innvandrere kommer inn i arbeidslivet i hele fylket.

## Folketall

Innvandring har dempet nedgangen i folketallet i de fleste kommunene i fylket.

## Bolig

Flere flyktninger skal få kjøpe egen bolig i bygdene, og kommunene skal skaffe boliger sammen.
"""

DRAFT = """# Samfunnsdelen for Prøveby

## Folketall

Folketallet går ned, og fødselstallene er lave.

## Arbeid

Ledigheten er lav, og bedriftene mangler arbeidskraft.

## Innbyggerne

Innvandrerbefolkningen er en ressurs. Nyankomne skal bli sett, og tilflyttere skal bli godt mottatt.
"""


def county_plan(client: Client, **more: object) -> PlanFile:
    """Enter a plan of the county, and hand in its text."""
    one = entered(
        client, owner="40", type="regional_plan", title="Regional prøveplan", status="adopted", **more
    )
    return handed_in(client, one.slug, COUNTY_PLAN.encode(), "regional.md")


def municipal_draft(client: Client, visibility: str = "county") -> PlanFile:
    """Enter a plan of a municipality that is heard, and hand in the draft."""
    one = entered(client, visibility=visibility)
    return handed_in(client, one.slug, DRAFT.encode(), "utkast.md", visibility=visibility)
