"""The main pages of the workspace, once: the browser tests open each of them, and so does `tools/screenshots.py`.

To add a page: one `Page` in `PAGES`. `steps` brings it into a state that its address alone does not give (a form
sent with faults, a menu open), each state a page of its own here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Do = Literal["press", "open", "fill"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done on a page: ``press`` an element, ``open`` a fold, ``fill`` a field with ``text``."""

    do: Do
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One main page, in one state.

    ``name`` names it in tests and files; ``role`` is who reads it (none: nobody known); ``status`` is what it answers.
    ``picture`` is whether `tools/screenshots.py` takes it.
    """

    name: str
    address: str
    role: str | None = None
    status: int = 200
    steps: tuple[Step, ...] = ()
    picture: bool = True


EXAMPLE_ROUND = "/bosetting/2027/eksempel-40/"
"""Calculated in the background when a workspace starts; the tests wait for it."""

PAGES: tuple[Page, ...] = (
    # Open pages
    Page("landet", "/"),
    Page("fylke", "/fylke/40/"),
    Page("kommune", "/kommune/4003/"),
    Page("kommune-liten", "/kommune/4036/", picture=False),
    Page("kommuner", "/kommune/", picture=False),
    Page("indikatorer", "/indikator/", picture=False),
    Page("indikator-fylke", "/fylke/40/settled_per_1000_5y/"),
    Page("indikator-kommune", "/kommune/4003/settled_per_1000_5y/", picture=False),
    Page("indikator-landet", "/indikator/settled_per_1000_5y/", picture=False),
    Page("sammenlign", "/sammenlign/?sted=4003&sted=4001"),
    Page("sammenlign-tom", "/sammenlign/", picture=False),
    Page("sok", "/sok/?q=sk"),
    Page("sok-uten-treff", "/sok/?q=zzzz", picture=False),
    Page("data", "/api/"),
    Page("om", "/om/", picture=False),
    Page("hjelp", "/om/hjelp/", picture=False),
    Page("ordliste", "/om/ordliste/"),
    Page("tilgjengelighet", "/om/tilgjengelighet/", picture=False),
    Page("personvern", "/om/personvern/", picture=False),
    Page("finnes-ikke", "/finnes-ikke/", status=404, picture=False),
    # The example round
    Page("bosetting", "/bosetting/", picture=False),
    Page("runde", EXAMPLE_ROUND),
    Page("runde-kommune", EXAMPLE_ROUND + "4003/"),
    Page("runde-alternativer", EXAMPLE_ROUND + "alternativer/"),
    Page("runde-kontroll", EXAMPLE_ROUND + "kontroll/", picture=False),
    Page("runde-dokumenter", EXAMPLE_ROUND + "dokumenter/"),
    # One's own account
    Page("logg-inn", "/konto/logg-inn/"),
    Page("logg-inn-feil", "/konto/logg-inn/", steps=(Step("press", "main form button[type=submit]"),), picture=False),
    Page("glemt-passord", "/konto/glemt/", picture=False),
    Page("konto", "/konto/", "new_person"),
    Page("profil-feil", "/konto/profil/", "new_person", steps=(
        Step("fill", "main input[type=text]", " "), Step("press", "main form button[type=submit]")), picture=False),
    Page("okter", "/konto/okter/", "new_person", picture=False),
    Page("to-trinn", "/konto/to-trinn/", "new_person", picture=False),
    # People, work and trace
    Page("personer", "/konto/personer/", "administrator"),
    Page("invitasjoner", "/konto/invitasjoner/", "county_adviser", picture=False),
    Page("inviter", "/konto/invitasjoner/ny/", "county_adviser"),
    Page("inviter-feil", "/konto/invitasjoner/ny/", "administrator",
         steps=(Step("press", "main form button[type=submit]"),), picture=False),
    Page("arbeid", "/arbeid/", "county_adviser", picture=False),
    Page("spor", "/spor/", "administrator"),
    Page("saksdokumenter", "/spor/dokumenter/", "county_reader", picture=False),
)  # fmt: skip
