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

    ``name`` names it in tests and files; ``role`` is who reads it (none: nobody known); ``status`` is what it answers, and ``after``
    what the form answers that its steps send.
    ``picture`` is whether `tools/screenshots.py` takes it.
    """

    name: str
    address: str
    role: str | None = None
    status: int = 200
    steps: tuple[Step, ...] = ()
    picture: bool = True
    after: int = 200


EXAMPLE_ROUND = "/bosetting/2027/eksempel-40/"
"""Calculated in the background when a workspace starts; the tests wait for it."""
OWN_ROUND = "/bosetting/2028/40/"
"""Opened by the adviser among the synthetic people (`people.py`)."""

WEIGHING = "/bosetting/2027/40/avveiing/"
"""Begun, with a changed weight, a number that is set and a version that has a name (`people.py`)."""
DIALOGUE = "/bosetting/2025/40/dialog/"
"""A dialogue under way, with replies of nobody."""
NEEDS, PARTNERS_INPUT = "/bosetting/2025/40/behov/", "/bosetting/2025/40/innspill/"

PLANS = "/planer/"
COUNTY_PLAN, DRAFT_PLAN, COMING_PLAN = (
    f"{PLANS}{one}/" for one in ("eksempel-fylkesplan", "eksempel-utkast", "eksempel-samfunnsdel")
)
"""Plans that nobody has made (`plans_entered.py`): one that is read and coded by two, a confidential draft, one that is coming."""
READER = COUNTY_PLAN + "les/1/"

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
    Page("tema-kommune", "/kommune/4003/tema/bosetting/", picture=False),
    Page("tema-fylke", "/fylke/40/tema/sysselsetting/", picture=False),
    Page("tema-landet", "/tema/demografi/", picture=False),
    Page("tema-tomt", "/kommune/4036/tema/kultur/?utgave=000000000000", picture=False),
    Page("kart-aar-for-aar", "/kommune/4003/settled_per_1000_1y/tid/?aar=2016", picture=False),
    Page("kart-aar-for-aar-landet", "/indikator/population/tid/", picture=False),
    Page("kommunene-side-ved-side", "/fylke/40/settled_per_1000_1y/kommuner/", picture=False),
    Page("alder", "/kommune/4003/alder/", picture=False),
    Page("alder-landet", "/alder/?aar=2010", picture=False),
    Page("sammenlign", "/sammenlign/?sted=4003&sted=4001"),
    Page("sammenlign-tom", "/sammenlign/", picture=False),
    Page("sok", "/sok/?q=sk"),
    Page("sok-sporsmal", "/sok/?q=arbeidsledige+i+Skien", picture=False),
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
    # What became of a round
    Page("oppfolging", "/bosetting/2026/40/etter/", "county_adviser", picture=False),
    Page("oppfolging-mindrearige", "/bosetting/2026/40/etter/?vis=mindrearige", "county_reader", picture=False),
    Page("oppfolging-kommune", "/bosetting/2026/40/etter/4032/", "county_adviser", picture=False),
    Page("oppfolging-egen-kommune", "/bosetting/2026/40/etter/4003/", "municipality_contact", picture=False),
    Page("vedtak-feil", "/bosetting/2026/40/etter/4003/vedtak/", "municipality_contact", picture=False, after=422,
         steps=(Step("fill", "#id_persons", "-1"), Step("press", "main form button[type=submit]"))),
    Page("anmodning", "/bosetting/2026/40/etter/4003/anmodning/", "county_adviser", picture=False),
    Page("anmodninger", "/bosetting/2026/40/etter/anmodninger/", "county_adviser", picture=False),
    Page("bosatt-status", "/bosetting/2026/40/etter/status/", "county_adviser", picture=False),
    Page("varsel-grenser", "/bosetting/2026/40/etter/grenser/", "county_adviser", picture=False),
    Page("saksframlegg", "/bosetting/2026/40/etter/4003/saksframlegg/", "municipality_contact", picture=False),
    Page("saksframlegg-fylket", "/bosetting/2026/40/etter/4032/saksframlegg/", "county_adviser", picture=False),
    Page("satser", "/bosetting/2026/40/etter/4003/saksframlegg/satser/", "municipality_contact", picture=False),
    Page("satser-feil", "/bosetting/2026/40/etter/4003/saksframlegg/satser/", "municipality_contact", picture=False,
         after=422, steps=(Step("fill", "#id_text", "schema = 1"), Step("press", "main form button[type=submit]"))),
    Page("oppfolging-alle-runder", "/bosetting/etter/", "county_adviser", picture=False),
    # The county's own round
    Page("runde-ny", "/bosetting/ny/", "county_adviser", picture=False),
    Page("runde-ny-feil", "/bosetting/ny/", "county_adviser", steps=(
        Step("fill", "main input[name=total]", "5"), Step("fill", "main input[name=minors]", "9"),
        Step("press", "main form button[type=submit]")), picture=False, after=422),
    Page("runde-arbeid", OWN_ROUND + "arbeid/", "county_adviser", picture=False),
    Page("runde-arbeid-leser", OWN_ROUND + "arbeid/", "county_reader", picture=False),
    Page("runde-arbeid-feil", OWN_ROUND + "arbeid/", "county_adviser",
         steps=(Step("press", "main section form button[type=submit]"),), picture=False, after=422),
    Page("runde-frister", OWN_ROUND + "arbeid/frister/", "county_adviser", picture=False),
    Page("runde-maltall", OWN_ROUND + "arbeid/maltall/", "county_adviser", picture=False),
    Page("runde-deling", OWN_ROUND + "arbeid/deling/", "county_adviser", picture=False),
    Page("runde-lerdom", OWN_ROUND + "arbeid/lerdom/", "county_adviser", picture=False),
    Page("runde-vedtak", OWN_ROUND + "vedtak/", "county_adviser", picture=False),
    # What is weighed together
    Page("avveiing", WEIGHING, "county_adviser"),
    Page("avveiing-leser", WEIGHING, "county_reader", picture=False),
    Page("avveiing-forklart", WEIGHING, "county_adviser", steps=(Step("press", "#tall-4003"),), picture=False),
    Page("avveiing-kommune", WEIGHING + "4003/?personer=80", "county_adviser", picture=False),
    Page("avveiing-regler", WEIGHING + "regel/", "county_adviser", picture=False),
    Page("avveiing-regel", WEIGHING + "regel/?slag=lock", "county_adviser", picture=False),
    Page("avveiing-regel-feil", WEIGHING + "regel/?slag=cap", "county_adviser", picture=False,
         steps=(Step("fill", "#id_personer", "70"), Step("press", "main form button[type=submit]"))),
    Page("avveiing-versjoner", WEIGHING + "versjoner/?fra=1&til=3", "county_adviser", picture=False),
    Page("avveiing-alternativer", WEIGHING + "alternativer/", "county_adviser", picture=False),
    Page("avveiing-stor", WEIGHING + "?visning=stor", "county_adviser"),
    # The dialogue
    Page("dialoger", "/bosetting/dialog/", "municipality_contact", picture=False),
    Page("dialog", DIALOGUE, "county_adviser", picture=False),
    Page("dialog-velg-kommune", DIALOGUE, "contact_of_two", picture=False),
    Page("dialog-leser", DIALOGUE + "?vis=sent", "county_reader", picture=False),
    Page("dialog-les-inn", DIALOGUE + "les-inn/", "county_adviser", picture=False),
    Page("svar-skjema", DIALOGUE + "4003/", "municipality_contact", picture=False),
    Page("svar-skjema-feil", DIALOGUE + "4003/", "municipality_contact",
         steps=(Step("press", "button[form=svar][value=lever]"),), picture=False, after=422),
    Page("svar-paa-vegne", DIALOGUE + "4005/?paa-vegne=1", "county_adviser", picture=False),
    Page("svar-levert", DIALOGUE + "4001/", "county_adviser", picture=False),
    Page("svar-levering", DIALOGUE + "4001/levert/2/", "county_reader", picture=False),
    # Meetings, needs and partners' input
    Page("moter", DIALOGUE + "moter/", "county_adviser", picture=False),
    Page("moter-kommune", DIALOGUE + "4003/moter/", "county_adviser", picture=False),
    Page("moter-egen-kommune", DIALOGUE + "4003/moter/", "municipality_contact", picture=False),
    Page("moter-feil", DIALOGUE + "4003/moter/", "county_adviser",
         steps=(Step("press", "main form button[type=submit]"),), picture=False, after=422),
    Page("moteark", DIALOGUE + "4003/moter/ark/", "county_reader", picture=False),
    Page("mote", DIALOGUE + "4003/moter/1/", "county_adviser", picture=False),
    Page("mote-egen-kommune", DIALOGUE + "4003/moter/1/", "municipality_contact", picture=False),
    Page("mote-endre", DIALOGUE + "4003/moter/2/endre/", "county_adviser", picture=False),
    Page("referat", DIALOGUE + "4003/moter/2/referat/", "county_adviser", picture=False),
    Page("referat-feil", DIALOGUE + "4003/moter/2/referat/", "county_adviser", steps=(
        Step("fill", "#id_capacity_said", "omtrent tretti"), Step("press", "button[name=hold]")), picture=False, after=422),
    Page("behov", NEEDS, "county_adviser", picture=False),
    Page("behov-leser", NEEDS + "?vis=alle", "county_reader", picture=False),
    Page("behov-ett", NEEDS + "1/", "county_adviser", picture=False),
    Page("behov-endre", NEEDS + "1/endre/", "county_adviser", picture=False),
    Page("behov-overlat", NEEDS + "overlat/", "county_adviser", picture=False),
    Page("innspill", PARTNERS_INPUT, "county_adviser", picture=False),
    Page("innspill-ett", PARTNERS_INPUT + "1/", "county_reader", picture=False),
    Page("innspill-egen-kommune", DIALOGUE + "4003/innspill/", "municipality_contact", picture=False),
    # Plans
    Page("planer", PLANS, "county_adviser"),
    Page("planer-alle", PLANS, picture=False),
    Page("planer-ingen", PLANS + "?tittel=zzzz", picture=False),
    Page("plan", COUNTY_PLAN, "county_adviser", picture=False),
    Page("plan-uten-dokument", "/planer/oppland-naeringsplan-2018/", picture=False),
    Page("plan-kommer", COMING_PLAN, "county_adviser", picture=False),
    Page("plan-utkast", DRAFT_PLAN, "municipality_contact", picture=False),
    Page("plan-ny", PLANS + "ny/", "county_adviser", picture=False),
    Page("plan-ny-feil", PLANS + "ny/", "county_adviser", picture=False, after=422, steps=(
        Step("fill", "#id_valid_from", "2030"), Step("fill", "#id_valid_to", "2020"), Step("fill", "#id_expected_start", "våren"),
        Step("press", "main form button[type=submit]"))),
    Page("plan-endre", DRAFT_PLAN + "endre/", "county_adviser", picture=False),
    Page("plan-legg-inn", COUNTY_PLAN + "legg-inn/", "county_adviser", picture=False),
    Page("plan-legg-inn-feil", COUNTY_PLAN + "legg-inn/", "county_adviser", picture=False, after=422,
         steps=(Step("press", "main form button[type=submit]"),)),
    Page("plan-leses", COMING_PLAN + "les/2/", "county_adviser", picture=False),
    Page("plan-ikke-lest", COMING_PLAN + "les/1/", "county_reader", picture=False),
    Page("plan-kalender", PLANS + "kalender/", picture=False),
    Page("plan-sok", PLANS + "sok/?q=innvandr*", picture=False),
    Page("plan-sok-lignende", PLANS + "sok/?q=innv*", "county_adviser", picture=False),
    Page("plan-sok-utelatt", PLANS + "sok/?q=innv*&utelatt=1", picture=False),
    Page("plan-sok-tom", PLANS + "sok/", picture=False),
    Page("plan-sok-uten-treff", PLANS + "sok/?q=zzzz", picture=False),
    Page("plan-sok-feil", PLANS + "sok/?q=%22uten+slutt", picture=False, status=422),
    Page("plan-les", READER + "?side=2", picture=False),
    Page("plan-les-nynorsk", PLANS + "eksempel-samfunnsdel-2027/les/1/", picture=False),
    Page("plan-koding", READER, "county_adviser"),
    Page("plan-koding-leser", READER, "county_reader", picture=False),
    Page("plan-uenighet", READER + "uenighet/", "county_adviser", picture=False),
    Page("plan-uenighet-ingen", DRAFT_PLAN + "les/1/uenighet/", "county_adviser", picture=False),
    Page("plan-matrise", PLANS + "matrise/", "county_adviser"),
    Page("plan-matrise-rute", PLANS + "matrise/?eier=40&plantype=integration&tema=kobling", "county_reader", picture=False),
    Page("plan-matrise-taus", PLANS + "matrise/?eier=4036&plantype=municipal_society&tema=levekar", picture=False),
    Page("plan-matrise-alle", PLANS + "matrise/?fylke=alle&felt=kobling", picture=False),
    Page("plan-matrise-tom", PLANS + "matrise/?fylke=03", picture=False),
    Page("plan-hull", DRAFT_PLAN + "les/1/hull/", "county_adviser"),
    Page("plan-hull-fylket", READER + "hull/", picture=False),
    Page("plan-ord", DRAFT_PLAN + "les/1/ord/", "county_adviser", picture=False),
    Page("plan-uttalelse", DRAFT_PLAN + "les/1/uttalelse/", "county_adviser", picture=False),
    Page("plan-uttalelse-ingen", READER + "uttalelse/", "county_adviser", picture=False),
    Page("plan-losninger", PLANS + "losninger/", picture=False),
    Page("plan-startpakke", PLANS + "kalender/4001/", "county_adviser", picture=False),
    Page("plan-kodebok", PLANS + "kodebok/", picture=False),
    Page("plan-endringer", PLANS + "eksempel-samfunnsdel-2027/endringer/", picture=False),
    Page("plan-mal", PLANS + "eksempel-samfunnsdel-2027/mal/", picture=False),
    Page("plan-utveksling", READER + "utveksling/", "county_adviser", picture=False),
    Page("plan-synlig", READER + "synlig/", "county_adviser", picture=False),
    Page("plan-trekk", READER + "trekk/", "county_adviser", picture=False),
    Page("plan-tapte", READER + "tapte/", "county_adviser", picture=False),
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
    Page("nye-tall", "/tall/", "county_adviser", picture=False),
    Page("nye-tall-ny", "/tall/ny/", "county_adviser", picture=False),
    Page("nye-tall-feil", "/tall/ny/", "administrator",
         steps=(Step("press", "main form button[type=submit]"),), picture=False, after=422),
    Page("nye-tall-venter", "/tall/00000000-0000-4000-8000-000000000001/", "county_adviser", picture=False),
    Page("arbeid", "/arbeid/", "county_adviser", picture=False),
    Page("spor", "/spor/", "administrator"),
    Page("saksdokumenter", "/spor/dokumenter/", "county_reader", picture=False),
)  # fmt: skip
