"""A synthetic world to try every address in: somebody in every role here and elsewhere, and objects of theirs.

A route with a part in its address (``<int:number>``) registers here how its object is made: :data:`OPEN_VALUES` for open
pages, :data:`OBJECTS` for what is guarded. A route that registers nothing fails the test.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from fotfeste.web.people.models import Invitation, Membership, User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held, Thing
from fotfeste.web.rights.roles import Kind, Role
from tests.web.weighing.examples import weighings

HELD: dict[str, tuple[Held, ...]] = {
    "no role": (),
    "administrator": (Held(Role.ADMINISTRATOR),),
    "adviser": (Held(Role.COUNTY_ADVISER, county="40"),),
    "adviser elsewhere": (Held(Role.COUNTY_ADVISER, county="42"),),
    "reader": (Held(Role.COUNTY_READER, county="40"),),
    "reader elsewhere": (Held(Role.COUNTY_READER, county="42"),),
    "contact": (Held(Role.MUNICIPALITY_CONTACT, municipality="4003"),),
    "contact next door": (Held(Role.MUNICIPALITY_CONTACT, municipality="4001"),),
    "partner": (Held(Role.PARTNER, county="40", organisation="Nav"),),
    "partner elsewhere": (Held(Role.PARTNER, county="42", organisation="Nav"),),
    "partner without a share": (Held(Role.PARTNER, organisation="Husbanken"),),
}


@dataclass(frozen=True)
class Example:
    """One object: what its address has in its parts, the object as the rights see it, whom it gives what (``given``).

    With ``own_part`` a contact is let in to the part that is about their own municipality.
    """

    values: dict[str, object]
    thing: Thing
    given: Held | None = None
    label: str = ""
    own_part: bool = False

    def seen_by(self, actor: Actor) -> Thing:
        """Return what ``actor`` has before them."""
        within = (one.municipality for one in actor.held if one.municipality[:2] == self.thing.county)
        return replace(self.thing, municipality=next(within, "")) if self.own_part else self.thing


@dataclass
class World:
    """Everybody, with the cookie of their session, and one of each object."""

    people: dict[str, User] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """Return who acts."""
        return actor_for(self.people[who]) if who in self.people else NOBODY

    def client(self, who: str) -> Client:
        """Return a browser of theirs that nothing has happened in."""
        client = Client(raise_request_exception=False)
        if who in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[who]
        return client


def everybody() -> list[str]:
    """Return the names of all who try every address."""
    return ["anonymous", *HELD]


def make_world() -> World:
    """Make everybody."""
    from tests.web.people.persons import person, signed_in

    world = World()
    for number, (who, held) in enumerate(HELD.items()):
        user = person(f"p{number}@example.org", *held, name=f"Prøve {number}")
        world.people[who] = user
        world.cookies[who] = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    return world


def _area(held: Held) -> tuple[str, str]:
    return held.county or held.municipality[:2], held.municipality


def persons(world: World) -> list[Example]:
    """People in the county, elsewhere, and in none."""
    chosen = ["reader", "contact", "adviser elsewhere", "administrator", "no role"]
    found = []
    for who in chosen:
        user = world.people[who]
        county, municipality = _area(HELD[who][0]) if HELD[who] else ("", "")
        thing = Thing(Kind.PERSON, str(user.pk), county, municipality, owner_id=user.pk)
        found.append(Example({"number": user.pk}, thing, label=who))
    return found


def memberships(world: World) -> list[Example]:
    """Roles that people hold."""
    found = []
    for who in ("reader", "contact", "adviser", "adviser elsewhere", "partner", "administrator"):
        one = Membership.objects.get(user=world.people[who])
        thing = Thing(Kind.MEMBERSHIP, str(one.user_id), *_area(one.held), owner_id=one.user_id)
        found.append(Example({"number": one.pk}, thing, one.held, who))
    return found


def invitations(world: World) -> list[Example]:
    """Invitations to roles here and elsewhere."""
    found = []
    for number, who in enumerate(["reader", "reader elsewhere", "contact", "adviser", "administrator"]):
        held = HELD[who][0]
        one = Invitation.objects.create(
            token_hash=f"{number:064d}",
            email=f"i{number}@example.org",
            role=held.role.value,
            county=held.county,
            municipality=held.municipality,
            organisation=held.organisation,
            invited_by=world.people["administrator"],
            expires=timezone.now() + timedelta(days=3),
        )
        found.append(
            Example({"number": one.pk}, Thing(Kind.INVITATION, str(one.pk), *_area(held)), held, who)
        )
    return found


def keys(world: World) -> list[Example]:
    """A passkey of one's own, and somebody else's."""
    from allauth.mfa.models import Authenticator

    found = []
    for who in ("adviser", "reader"):
        one = Authenticator.objects.create(
            user=world.people[who],
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Nøkkel", "credential": {}},
        )
        thing = Thing(Kind.ACCOUNT, str(one.user_id), owner_id=one.user_id)
        found.append(Example({"pk": one.pk}, thing, label=who))
    return found


def jobs(world: World) -> list[Example]:
    """Work that an adviser ordered, that another did, and that the installation does by itself."""
    from fotfeste.web.jobs.models import Job

    found = []
    for who in ("adviser", "adviser elsewhere", ""):
        owner = world.people.get(who)
        one = Job.objects.create(kind="test.walk", key=f"walk {who}", submitted_by=owner)
        thing = Thing(Kind.JOB, str(one.pk), owner_id=owner.pk if owner else None)
        found.append(Example({"job": one.pk}, thing, label=who or "nobody"))
    return found


def figure_imports(world: World) -> list[Example]:
    """New figures that an adviser ordered and that wait; they belong to the whole installation."""
    from fotfeste.web.figures.models import FigureImport, State

    one = FigureImport.objects.create(
        table="ssb_06265",
        dataset="dwellings",
        way="file",
        state=State.READY,
        ordered_by=world.people["adviser"],
    )
    return [Example({"number": one.pk}, Thing(Kind.FIGURES, str(one.pk)))]


def rounds(world: World) -> list[Example]:
    """A round that is shared with some, and one elsewhere that is shared with nobody."""
    return _rounds(ready=False)


def ready_rounds(world: World) -> list[Example]:
    """The same with a recommendation, for what hands out files."""
    return _rounds(ready=True)


def _rounds(*, ready: bool) -> list[Example]:
    from fotfeste.files import write_whole
    from fotfeste.web.rounds.archives import documents_path
    from fotfeste.web.rounds.models import Round

    found = []
    for county, shared in (("40", ["Nav", "4003"]), ("42", [])):
        one = Round.objects.create(
            county=county, county_name="Prøve", year=2029, title="Prøve", total=10, shared_with=shared,
            **({"bundle": b"{}", "bundle_checksum": "ab"} if ready else {}),
        )  # fmt: skip
        if ready:
            write_whole(documents_path(one, "nb"), _archive("brev/4003-skien.pdf"))
        thing = Thing(Kind.ROUND, str(one.pk), county=county, shared_with=frozenset(shared))
        values = {"year": 2029, "name": county, "code": f"{county}03", "locale": "nb"}
        values["document"] = "brev/4003-skien.pdf"
        found.append(Example(values, thing, label=county))
    return found


def sent_rounds(world: World) -> list[Example]:
    """What became of a round, for the whole county."""
    return [_outcome(county, "") for county in ("40", "42")]


def municipal_outcomes(world: World) -> list[Example]:
    """What became of it in one municipality."""
    return [_outcome(county, f"{county}03") for county in ("40", "42")]


def municipal_outcomes_for_county(world: World) -> list[Example]:
    """What became of it in one municipality, as the county's own work."""
    return [_outcome(county, f"{county}03", own=False) for county in ("40", "42")]


def _outcome(county: str, municipality: str, *, own: bool = True) -> Example:
    """A round that is sent; sharing the round shares nothing of what became of it."""
    from fotfeste.web.follow_up.models import MunicipalRequest
    from fotfeste.web.rounds.models import Round

    one, made = Round.objects.get_or_create(
        county=county, year=2029, is_example=False,
        defaults={
            "county_name": "Prøve", "title": "Prøve", "total": 10, "state": "sent", "shared_with": ["Nav", "4003"],
        },
    )  # fmt: skip
    if made:
        MunicipalRequest.objects.create(
            round=one, municipality=f"{county}03", number=1, persons=10,
            minors=2, dated=date(2028, 12, 1), source="IMDi",
        )  # fmt: skip
    thing = Thing(Kind.OUTCOME, str(one.pk), county=county, municipality=municipality if own else "")
    values: dict[str, object] = {"year": 2029, "name": county, "code": municipality}
    return Example(values, thing, label=f"{county} {municipality}")


def municipal_rates(world: World) -> list[Example]:
    """A municipality's own rates, as somebody once wrote them."""
    from fotfeste.web.follow_up.models import OwnRates

    found = []
    for one in municipal_outcomes(world):
        code = str(one.values["code"])
        OwnRates.objects.get_or_create(
            municipality=code, number=1, defaults={"dated": date(2028, 1, 1), "text": "schema = 1"}
        )
        found.append(replace(one, thing=Thing(Kind.RATES, code, code[:2], code)))
    return found


def rounds_followed(world: World) -> list[Example]:
    """The follow-up of a round: the county sees all, a contact is led to their own."""
    return [replace(one, own_part=True) for one in sent_rounds(world)]


def all_replies(world: World) -> list[Example]:
    """The replies of a round: the county sees all, a contact is led to their own."""
    return [replace(one, own_part=True) for one in county_replies(world)]


def county_replies(world: World) -> list[Example]:
    """The replies of a round as the county's own work."""
    return [_reply(county, "") for county in ("40", "42")]


def municipal_replies(world: World) -> list[Example]:
    """The reply of one municipality, delivered and opened again, with an attachment; sharing the round shares none of it."""
    return [_reply(county, f"{county}03") for county in ("40", "42")]


def municipal_questions(world: World) -> list[Example]:
    """The questions between the county and one municipality."""
    return [replace(one, thing=replace(one.thing, kind=Kind.QUESTION)) for one in municipal_replies(world)]


def replies_to_open(world: World) -> list[Example]:
    """A reply as the county's own work with the round."""
    made = [(one, str(one.values["name"])) for one in municipal_replies(world)]
    return [replace(one, thing=Thing(Kind.ROUND, county=county)) for one, county in made]


def _reply(county: str, municipality: str) -> Example:
    from fotfeste.web.dialogue.attachments import attach
    from fotfeste.web.dialogue.models import Attachment, Delivery, Reply
    from fotfeste.web.dialogue.services import ask_all
    from fotfeste.web.rounds.models import Round

    one, made = Round.objects.get_or_create(
        county=county, year=2029, is_example=False,
        defaults={
            "county_name": "Prøve", "title": "Prøve", "total": 10, "state": "dialogue", "shared_with": ["Nav", "4003"],
        },
    )  # fmt: skip
    if made:
        ask_all(NOBODY, one)
        reply = Reply.objects.get(round=one, municipality=f"{county}03")
        Delivery.objects.create(reply=reply, number=1, values={"housing": 10}, checksum="ab")
        Reply.objects.filter(pk=reply.pk).update(reopened_at=timezone.now(), reopened_reason="Prøve")
        attach(NOBODY, one, reply.municipality, "prøve.pdf", b"%PDF-1.7 synthetic %%EOF")
    thing = Thing(Kind.INPUT, county=county, municipality=municipality)
    held = Attachment.objects.filter(round=one).first()
    values: dict[str, object] = {
        "year": 2029,
        "name": county,
        "code": municipality or f"{county}03",
        "number": 1,
    }
    values["attachment"] = held.pk if held else 0
    return Example(values, thing, label=f"{county} {municipality}")


def attached(world: World) -> list[Example]:
    """A file beside a reply."""
    return [
        replace(one, values={**one.values, "number": one.values["attachment"]})
        for one in municipal_replies(world)
    ]


def county_rounds(world: World) -> list[Example]:
    """The county's own work with its rounds: whoever they are shared with has no part in it."""
    return [replace(one, thing=replace(one.thing, shared_with=frozenset())) for one in _rounds(ready=False)]


def dates_of_municipalities(world: World) -> list[Example]:
    """What municipalities are told of a round."""
    return [
        replace(one, thing=Thing(Kind.INPUT, one.thing.id, one.thing.county, str(one.values["code"])))
        for one in _rounds(ready=False)
    ]


def adoptions(world: World) -> list[Example]:
    """What was adopted in rounds, with a file."""
    from fotfeste.web.rounds.models import AdoptedFile, Adoption

    found = _rounds(ready=True)
    for one in found:
        made = Adoption.objects.create(
            round_id=int(one.thing.id), number=1, decided_by="body", body="Prøve", case_number="1", total=10,
            decided_on=date(2026, 11, 21), bundle=b"{}", bundle_checksum="ab",
        )  # fmt: skip
        data = b"%PDF-1.7 synthetic %%EOF"
        sha256 = hashlib.sha256(data).hexdigest()
        AdoptedFile.objects.create(adoption=made, name="nb/sak.pdf", sha256=sha256, size=len(data), data=data)
        one.values.update({"number": 1, "file": "nb/sak.pdf"})
    return found


def adopted_files(world: World) -> list[Example]:
    """A file of what was adopted, as the county's own work."""
    return [replace(one, thing=replace(one.thing, shared_with=frozenset())) for one in adoptions(world)]


def sent_papers(world: World) -> list[Example]:
    """What was sent to one municipality: its contacts' and the county's, whoever else the round is shared with."""
    from fotfeste.web.rounds.models import AdoptedFile, Adoption, Round, Step

    found = []
    for one in adoptions(world):
        code = str(one.values["code"])
        adopted = Adoption.objects.get(round_id=int(one.thing.id))
        data = b"%PDF-1.7 synthetic %%EOF"
        sha256 = hashlib.sha256(data).hexdigest()
        for name in (f"nb/brev/{code}-prove.pdf", "nb/anbefaling-til-imdi.pdf"):
            AdoptedFile.objects.create(adoption=adopted, name=name, sha256=sha256, size=len(data), data=data)
        Step.objects.create(round_id=adopted.round_id, number=1, before="adopted", after="sent")
        Round.objects.filter(pk=adopted.round_id).update(state="sent")
        found.append(replace(one, thing=replace(one.thing, shared_with=frozenset({code}))))
    return found


def all_meetings(world: World) -> list[Example]:
    """The meetings of a round: the county sees all, a contact is led to their own."""
    return [replace(one, own_part=True) for one in county_meetings(world)]


def county_meetings(world: World) -> list[Example]:
    """The meetings of a round as the county's own work."""
    return [replace(one, thing=replace(one.thing, municipality="")) for one in municipal_meetings(world)]


def municipal_meetings(world: World) -> list[Example]:
    """A meeting with one municipality, held, with minutes that are not shared."""
    return [_meeting(county) for county in ("40", "42")]


def kits_at_hand(world: World) -> list[Example]:
    """The kits of a round, made."""
    from fotfeste.files import write_whole
    from fotfeste.web.dialogue.kit import kits_path
    from fotfeste.web.rounds.models import Round

    found = county_meetings(world)
    for one in found:
        round_ = Round.objects.get(county=one.thing.county, year=2029)
        write_whole(kits_path(round_, "nb"), _archive("ark/prove.pdf"))
    return found


def _meeting(county: str) -> Example:
    from fotfeste.web.dialogue.models import Meeting
    from fotfeste.web.rounds.models import Round

    example = _reply(county, f"{county}03")
    meeting, _ = Meeting.objects.get_or_create(
        round=Round.objects.get(county=county, year=2029), municipality=f"{county}03", number=1,
        defaults={
            "starts_at": timezone.now(), "held": True, "version": 1, "asked": [["goal", "Prøve"]],
            "minutes": {"met_on": "2029-01-15", "note": "Prøve"},
        },
    )  # fmt: skip
    thing = Thing(Kind.MEETING, str(meeting.pk), county=county, municipality=f"{county}03")
    return Example({**example.values, "ending": "pdf"}, thing, label=county)


def heard_needs(world: World) -> list[Example]:
    """A need that was heard: the county's own, whoever it is shared with."""
    from fotfeste.web.dialogue.models import Need
    from fotfeste.web.rounds.models import Round

    found = []
    for county in ("40", "42"):
        example = _reply(county, f"{county}03")
        need, _ = Need.objects.get_or_create(
            round=Round.objects.get(county=county, year=2029), municipality=f"{county}03",
            defaults={"number": 1, "text": "Prøve", "theme": "housing", "shared": True},
        )  # fmt: skip
        thing = Thing(Kind.NEED, str(need.pk), county=county)
        found.append(Example({**example.values, "number": need.number}, thing, label=county))
    return found


def all_inputs(world: World) -> list[Example]:
    """The partners' input: the county's and the partners', and a contact is led to what concerns them."""
    from fotfeste.web.rounds.models import Round

    found = []
    for one in county_replies(world):
        shared = Round.objects.get(county=one.thing.county, year=2029).shared_with
        thing = replace(one.thing, shared_with=frozenset(shared))
        found.append(replace(one, thing=thing, own_part=True))
    return found


def read_inputs(world: World) -> list[Example]:
    """Input from a partner about one municipality, which may read it, with a file."""
    found = []
    for one in own_inputs(world):
        about = f"{one.thing.county}03"
        found.append(replace(one, thing=replace(one.thing, municipality=about)))
    return found


def own_inputs(world: World) -> list[Example]:
    """Input from a partner, as the partner and the county have it."""
    from fotfeste.web.dialogue.models import Attachment, PartnerInput
    from fotfeste.web.rounds.models import Round

    found = []
    for county in ("40", "42"):
        example = _reply(county, f"{county}03")
        round_ = Round.objects.get(county=county, year=2029)
        one, made = PartnerInput.objects.get_or_create(
            round=round_, organisation="Nav", title="Prøve", municipality=f"{county}03"
        )
        if made:
            Attachment.objects.create(
                round=round_, municipality=one.municipality, partner_input=one, name="prove.pdf", kind="pdf",
                size=4, sha256="ab", data=b"%PDF",
            )  # fmt: skip
        file = Attachment.objects.get(partner_input=one)
        thing = Thing(Kind.INPUT, f"partner:{one.pk}", county=county, shared_with=frozenset({"Nav"}))
        values = {**example.values, "number": one.pk, "file": file.pk, "field": "housing"}
        found.append(Example(values, thing, label=county))
    return found


def _archive(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, b"%PDF-1.7 synthetic %%EOF")
    return stream.getvalue()


def example_round(world: World) -> list[Example]:
    """An example round is as open as places are."""
    from fotfeste.web.rounds.models import Round

    one = Round.objects.create(
        county="40", county_name="Prøve", year=2029, title="Prøve", total=10, is_example=True
    )
    values = {"year": 2029, "name": "eksempel-40", "code": "4003", "locale": "nb"}
    return [Example(values, Thing(Kind.PLACE, str(one.pk), county="40"), label="example")]


def documents(world: World) -> list[Example]:
    """Case documents of two counties."""
    from fotfeste.web.trace import documents as journal

    found = []
    for county in ("40", "42"):
        facts = journal.Facts(title="Prøve", county=county, post="U", document_date=date(2026, 11, 21))
        one = journal.add(NOBODY, facts, b"%PDF-1.7 synthetic %%EOF")
        found.append(Example({"document": one.pk}, Thing(Kind.JOURNAL, str(one.pk), county), label=county))
    return found


def own_plans(world: World) -> list[Example]:
    """A plan of a county and a confidential draft, with a document that is read; one of each is shared with a contact."""
    from datetime import date as day

    from fotfeste.plans.documents import read
    from fotfeste.plans.documents.stored import dump
    from fotfeste.plans.register import Owner, Plan, Register, Status, dump_register
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.web.plans.models import OwnPlan, PlanFile
    from fotfeste.web.plans.stored import ORIGINAL, text_of

    data = b"# Synthetic plan\n\nKommunen skal busetje innvandrarar.\n"
    document, sha256 = read("plan.md", data), hashlib.sha256(data).hexdigest()
    found = []
    for county, visibility, shared in (
        ("40", "county", ["4003"]), ("40", "draft", ["40", "Nav"]), ("42", "county", []), ("42", "draft", []),
    ):  # fmt: skip
        slug = f"prove-{county}-{visibility}"
        entry = Plan(slug, Owner(OwnerKind.COUNTY, county, "Prøve"), "regional_plan", "Prøve", Status.DRAFT)
        text = dump_register(Register((entry,)), day(2026, 11, 22)).decode()
        OwnPlan.objects.get_or_create(
            slug=slug,
            defaults={"entry": text, "county": county, "visibility": visibility, "shared_with": shared},
        )
        file, made = PlanFile.objects.get_or_create(
            plan=slug, number=1,
            defaults={
                "name": "plan.md", "sha256": sha256, "size": len(data), "county": county, "visibility": visibility,
                "shared_with": shared, "state": "ready", "text_sha256": document.text_sha256,
                "passages": len(document.passages), "pages": 1,
            },
        )  # fmt: skip
        if made:
            write = file.folder
            write.mkdir(parents=True, exist_ok=True)
            (write / ORIGINAL).write_bytes(data)
            text_of(file).write_bytes(dump(document))
        kind = Kind.PLAN_DRAFT if visibility == "draft" else Kind.PLAN
        thing = Thing(kind, slug, county, shared_with=frozenset(shared))
        found.append(Example({"slug": slug, "number": 1, "page": 1}, thing, label=slug))
    return found


def drawn_pages(world: World) -> list[Example]:
    """The same, with the page drawn."""
    from fotfeste.web.plans.models import PlanFile
    from fotfeste.web.plans.page_picture import FOLDER

    made = own_plans(world)
    for file in PlanFile.objects.all():
        folder = file.folder.parent.parent / FOLDER / file.sha256
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "1.png").write_bytes(b"\x89PNG synthetic")
    return made


def plan_codings(world: World) -> list[Example]:
    """The coding of a document that only one county sees: that county's."""
    return [
        Example(one.values, Thing(Kind.CODING, "", one.thing.county), label=one.label)
        for one in own_plans(world)
        if one.thing.kind is Kind.PLAN
    ]


@dataclass(frozen=True)
class StatementExample(Example):
    """The statement of a county on a document: nobody has one on a document that they do not see."""

    document: Thing = field(default_factory=lambda: Thing(Kind.PLAN))

    def seen_by(self, actor: Actor) -> Thing:
        """Return what ``actor`` has before them."""
        from fotfeste.web.rights.declared import allowed
        from fotfeste.web.rights.roles import Action

        return self.thing if allowed(actor, Action.VIEW, self.document) else replace(self.thing, county="")


def plan_statements(world: World) -> list[Example]:
    """The statements on plans of a municipality: each county's own, on what it sees."""
    from fotfeste.web.plans.models import OwnPlan

    found: list[Example] = []
    for one in own_plans(world):
        row = OwnPlan.objects.get(slug=one.values["slug"])
        municipality = {"40": "4003", "42": "4204"}[row.county]
        row.entry = row.entry.replace('"county"', '"municipality"').replace(
            f'"{row.county}"', f'"{municipality}"'
        )
        row.save()
        thing = Thing(Kind.STATEMENT, "", row.county)
        found.append(StatementExample(one.values, thing, label=one.label, document=one.thing))
    return found


OBJECTS: dict[str, Callable[[World], list[Example]]] = {
    "planer/<slug:slug>/": own_plans,
    "planer/<slug:slug>/les/<int:number>/side/": drawn_pages,
    "planer/<slug:slug>/les/<int:number>/koding/": plan_codings,
    "planer/<slug:slug>/les/<int:number>/uenighet/": plan_codings,
    "planer/<slug:slug>/les/<int:number>/utveksling/": plan_codings,
    "planer/<slug:slug>/les/<int:number>/tapte/": plan_codings,
    "planer/<slug:slug>/les/<int:number>/koding.csv": plan_codings,
    "planer/<slug:slug>/les/<int:number>/koding.xlsx": plan_codings,
    "planer/<slug:slug>/les/<int:number>/uttalelse": plan_statements,
    "konto/personer/<int:number>/": persons,
    "konto/personer/roller/<int:number>/": memberships,
    "konto/invitasjoner/<int:number>/": invitations,
    "konto/to-trinn/nokler/<int:pk>/": keys,
    "arbeid/<uuid:job>/": jobs,
    "tall/<uuid:number>/": figure_imports,
    "bosetting/<round_year:year>/<own_round:name>/pakke.json": ready_rounds,
    "bosetting/<round_year:year>/<own_round:name>/dokumenter/<language:locale>.zip": ready_rounds,
    "bosetting/<round_year:year>/<own_round:name>/dokumenter/<language:locale>/<path:document>": ready_rounds,
    "bosetting/<round_year:year>/<own_round:name>/arbeid/": county_rounds,
    "bosetting/<round_year:year>/<own_round:name>/arbeid/frister/<municipality:code>.ics": dates_of_municipalities,
    "bosetting/<round_year:year>/<own_round:name>/vedtak/": county_rounds,
    "bosetting/<round_year:year>/<own_round:name>/vedtak/<int:number>/": adoptions,
    "bosetting/<round_year:year>/<own_round:name>/vedtak/<int:number>/filer/": adopted_files,
    "bosetting/<round_year:year>/<own_round:name>/<municipality:code>/brev.pdf": sent_papers,
    "bosetting/<round_year:year>/<own_round:name>/<municipality:code>/anbefaling.pdf": sent_papers,
    "bosetting/<round_year:year>/<own_round:name>/": rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/": rounds_followed,
    "bosetting/<round_year:year>/<own_round:name>/etter/tavle": sent_rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/figur": sent_rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/varsler/": sent_rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/grenser/": sent_rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/anmodninger/": sent_rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/status/": sent_rounds,
    "bosetting/<round_year:year>/<own_round:name>/etter/<municipality:code>/": municipal_outcomes,
    "bosetting/<round_year:year>/<own_round:name>/etter/<municipality:code>/saksframlegg/satser": municipal_rates,
    "bosetting/<round_year:year>/<own_round:name>/etter/<municipality:code>/anmodning/": municipal_outcomes_for_county,
    "bosetting/<round_year:year>/<own_round:name>/dialog/": all_replies,
    "bosetting/<round_year:year>/<own_round:name>/dialog/samleskjema.xlsx": county_replies,
    "bosetting/<round_year:year>/<own_round:name>/dialog/les-inn/": county_replies,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/": municipal_replies,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/apne/": replies_to_open,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/paminnelse/": replies_to_open,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/sporsmal/": municipal_questions,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/vedlegg/<int:number>/": attached,
    "bosetting/<round_year:year>/<own_round:name>/dialog/moter/": all_meetings,
    "bosetting/<round_year:year>/<own_round:name>/dialog/moter/ark/bestill/": county_meetings,
    "bosetting/<round_year:year>/<own_round:name>/dialog/moter/ark.zip": kits_at_hand,
    "bosetting/<round_year:year>/<own_round:name>/dialog/moter/samlet.": county_meetings,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/moter/": municipal_meetings,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/moter/ark": county_meetings,
    "bosetting/<round_year:year>/<own_round:name>/dialog/<municipality:code>/moter/<int:number>/referat.": county_meetings,
    "bosetting/<round_year:year>/<own_round:name>/behov/": heard_needs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/": all_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/": read_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/endre/": own_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/svar/": own_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/tabell": own_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/trekk/": own_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/vedlegg/": own_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/vedlegg/<int:file>/": read_inputs,
    "bosetting/<round_year:year>/<own_round:name>/innspill/<int:number>/vedlegg/<int:file>/trekk/": own_inputs,
    "bosetting/<round_year:year>/<own_round:name>/avveiing/": weighings,
    "bosetting/<round_year:year>/<example_round:name>/": example_round,
    "spor/dokumenter/<uuid:document>/": documents,
}
"""How the object of a guarded route is made, by the beginning of the route; the longest that fits counts."""

OPEN_VALUES: dict[str, dict[str, object]] = {
    "kommune/": {"code": "4003"},
    "": {
        "code": "40",
        "theme": "demografi",
        "indicator": "befolkning",
        "dataset": "settled_2023",
        "name": "eksempel-40",
        "table": "csv",
        "file": "csv",
        "picture": "svg",
        "drawing": "figur",
        "ending": "csv",
        "year": 2029,
        "locale": "nb",
        "document": "saksframlegg.pdf",
        "rest": "finnes-ikke",
        "key": "abc",
        "uidb36": "1",
        "provider_id": "finnes-ikke",
        "token": "finnes-ikke",
        "wordlist": "bosetting",
        "job": uuid.UUID(int=1),
    },
}
"""What stands in the parts of open addresses."""


def examples_for(pattern: str, world: World) -> list[Example] | None:
    """Return the objects for a guarded route, or nothing when none are registered."""
    fitting = [start for start in OBJECTS if pattern.startswith(start)]
    return OBJECTS[max(fitting, key=len)](world) if fitting else None
