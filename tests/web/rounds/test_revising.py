"""A revision of what is adopted: kept only while the round stands as it was read, and never a dead end."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.weighing.changes import AddRule, Override, SetTotal, WithdrawOverride
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import changes, revising, services
from fotfeste.web.rounds.adoption import adopt
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import public_adoption
from fotfeste.web.rounds.stages import advance, is_current
from fotfeste.web.weighing import services as weighing
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.recommending import make_recommendation
from fotfeste.work.requirements import Publication, Stage
from tests.web.people.persons import ADVISER, person, signed_in
from tests.web.rounds.adopting import DETAILS, again, weighed_round, with_documents
from tests.web.rounds.conftest import telemark, work_off

ROOM, ADOPTIONS = "/bosetting/2027/40/arbeid/", "/bosetting/2027/40/vedtak/"
REVISE = f"{ADOPTIONS}revider/"
ADVISERS = ("rådgiver", "Kari Prøve")


@pytest.fixture
def adviser(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def by(adviser: User) -> Actor:
    return actor_for(adviser)


@pytest.fixture
def adopted(by: Actor) -> Round:
    weighed = weighed_round(by)
    adopt(by, weighed, DETAILS, 0, weighed.bundle_checksum)
    return again(weighed)


def total_of(round_: Round, by: Actor, total: int) -> Round:
    """Change the total of the round, and return it as it stands."""
    now = changes.request_of(again(round_))
    changes.change_request(by, round_, now, now | {"total": total}, "Tallet for landet er endret.")
    return again(round_)


def ordered(round_: Round, by: Actor) -> Job:
    job = revising.order_revision(by, round_)
    assert job is not None
    return job


def done(job: Job) -> Job:
    """Do the work of one order, and nothing else."""
    Job.objects.exclude(pk=job.pk).delete()
    work_off()
    return Job.objects.get(pk=job.pk)


@pytest.mark.django_db
def test_a_revision_is_kept_with_what_it_was_made_from(by: Actor, adopted: Round) -> None:
    halved = total_of(adopted, by, 272)
    job = ordered(halved, by)
    made = revising.revised(halved, job.arguments)
    revising.keep_revision(halved, job.arguments, made)
    standing = again(halved)
    assert (standing.made_total, standing.made_minors, standing.bundle_checksum) == (272, 0, made.checksum)
    assert is_current(standing)
    assert not revising.needs_revision(standing)
    assert revising.open_to_choices(standing), "until it is adopted"


@pytest.mark.django_db
def test_a_revision_that_somebody_has_overtaken_is_not_kept(by: Actor, adopted: Round) -> None:
    first = total_of(adopted, by, 300)
    job = ordered(first, by)
    made = revising.revised(first, job.arguments)
    total_of(first, by, 350)
    with pytest.raises(InputError) as refused:
        revising.keep_revision(first, job.arguments, made)
    assert refused.value.code == "round.changed"
    assert again(first).bundle_checksum == telemark()[1]
    assert revising.needs_revision(again(first))


@pytest.mark.django_db(transaction=True)
def test_a_revision_of_a_total_that_was_changed_while_it_waited_fails_and_says_so(
    by: Actor, adopted: Round
) -> None:
    job = ordered(total_of(adopted, by, 300), by)
    total_of(adopted, by, 350)
    assert (done(job).state, Job.objects.get(pk=job.pk).error_code) == (State.FAILED, "round.changed")
    assert again(adopted).bundle_checksum == telemark()[1]


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_when_it_is_stored_is_told_as_what_it_is(
    by: Actor, adopted: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The total is changed after the numbers are worked out, before they are stored."""
    job = ordered(total_of(adopted, by, 300), by)
    work_out = revising.revised

    def overtaken(*given: object) -> revising.Revised:
        made = work_out(*given)  # type: ignore[arg-type]
        total_of(adopted, by, 350)
        return made

    monkeypatch.setattr(revising, "revised", overtaken)
    assert (done(job).state, Job.objects.get(pk=job.pk).error_code) == (State.FAILED, "round.changed")
    assert again(adopted).bundle_checksum == telemark()[1]


@pytest.mark.django_db
def test_a_revision_of_an_adoption_that_is_annulled_meanwhile_is_not_kept(by: Actor, adopted: Round) -> None:
    halved = total_of(adopted, by, 272)
    job = ordered(halved, by)
    made = revising.revised(halved, job.arguments)
    advance(by, halved, Stage.WEIGHING, "Vi vil avveie på nytt.")
    with pytest.raises(InputError):
        revising.keep_revision(halved, job.arguments, made)
    assert again(halved).bundle_checksum == telemark()[1]


@pytest.mark.django_db
def test_a_revision_never_takes_the_place_of_a_newer_one(by: Actor, adopted: Round) -> None:
    halved = total_of(adopted, by, 272)
    job = ordered(halved, by)
    slow = revising.revised(halved, job.arguments)
    revising.keep_revision(halved, job.arguments, slow)
    revising.keep_revision(halved, job.arguments, slow)  # the same once more is no harm
    other = bundle_of_text(telemark()[0], "prøve").checksum
    Round.objects.filter(pk=halved.pk).update(bundle_checksum="1" * 64)
    with pytest.raises(InputError):
        revising.keep_revision(halved, job.arguments, replace(slow, replaces=other))
    assert again(halved).bundle_checksum == "1" * 64


@pytest.mark.django_db
def test_a_reply_that_comes_while_the_revision_is_worked_out_asks_for_a_new_one(
    by: Actor, adopted: Round
) -> None:
    halved = total_of(adopted, by, 272)
    job = ordered(halved, by)
    made = revising.revised(halved, job.arguments)
    reply = Reply.objects.filter(round=halved).first()
    Delivery.objects.create(reply=reply, number=2, values={"housing": 7}, checksum="2")
    revising.keep_revision(halved, job.arguments, made)
    assert not is_current(again(halved))
    assert revising.needs_revision(again(halved))


@pytest.mark.django_db
def test_a_total_that_is_changed_and_changed_back_needs_no_revision(by: Actor, adopted: Round) -> None:
    assert revising.needs_revision(total_of(adopted, by, 272))
    assert not revising.needs_revision(total_of(adopted, by, 545))


@pytest.mark.django_db
def test_a_revision_ordered_before_midnight_is_the_same_after(
    by: Actor, adopted: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    halved = total_of(adopted, by, 272)
    first = ordered(halved, by)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert ordered(halved, by).pk == first.pk


@pytest.mark.django_db
def test_an_order_that_reads_the_decisions_otherwise_follows_the_one_under_way(
    by: Actor, adopted: Round
) -> None:
    halved = total_of(adopted, by, 272)
    first = revising.order_revision(by, halved, "cap")
    assert first is not None
    assert first.arguments["decided_as"] == "cap"
    assert ordered(halved, by).pk == first.pk
    Job.objects.filter(pk=first.pk).update(state=State.FAILED)
    second = revising.order_revision(by, halved, "tull")
    assert second is not None
    assert (second.pk == first.pk, second.arguments["decided_as"]) == (False, "")


@pytest.fixture
def overridden(by: Actor) -> Round:
    """A round adopted with an override of 300 in Porsgrunn, made in the weighing."""
    weighed = weighed_round(by)
    first = weighing.begin(by, weighed)
    change = Override("4001", 300, "Mange boliger står klare", *ADVISERS)
    made = weighing.change(by, weighed, change, first.number)
    assert isinstance(made, weighing.Changed)
    make_recommendation(by, weighed, made.version.number)
    with_documents(again(weighed))
    standing = again(weighed)
    adopt(by, standing, DETAILS, standing.weighed, standing.bundle_checksum)
    return again(weighed)


def test_choices_stand_while_nothing_is_to_be_revised(overridden: Round, by: Actor) -> None:
    newest = weighing.current(overridden)
    assert newest is not None
    with pytest.raises(InputError) as refused:
        weighing.change(by, overridden, SetTotal(200, 0), newest.number)
    assert refused.value.code == "weighing.closed"


@pytest.mark.django_db(transaction=True)
def test_a_revision_that_the_rules_do_not_allow_leads_to_the_weighing_and_from_there_to_the_revision(
    adviser: User, overridden: Round, by: Actor
) -> None:
    advance(by, overridden, Stage.SENT, sent_on=timezone.localdate())
    halved = total_of(overridden, by, 272)
    failed = done(ordered(halved, by))
    assert failed.state == State.FAILED, "300 of 272 cannot be"
    browser = signed_in(adviser)
    page = html.unescape(browser.get(ADOPTIONS).content.decode())
    told = page[page.index("Mislyktes") :]
    assert "Porsgrunn" in told, "the rule that stands in the way is named"
    assert "Veier videre" in told
    assert 'href="/bosetting/2027/40/avveiing/"' in told
    assert f'href="{ROOM}maltall/"' in told
    assert f'href="{ROOM}#steg"' in told
    room = browser.get("/bosetting/2027/40/avveiing/")
    assert room.status_code == 200
    assert 'id="bruk"' in room.content.decode(), "the choices can be changed"
    newest = weighing.current(halved)
    assert newest is not None
    change = WithdrawOverride("4001", "Måltallet er halvert", *ADVISERS)
    made = weighing.change(by, halved, change, newest.number)
    assert isinstance(made, weighing.Changed)
    assert done(ordered(again(halved), by)).state == State.DONE
    standing = again(halved)
    assert (standing.weighed, standing.state) == (made.version.number, "sent")
    revision = bundle_of_text(services.bundle_text(standing.pk), "prøve")
    assert sum(revision.outcome.numbers.values()) == 272
    assert revision.prepared.ledger is not None
    assert len(revision.prepared.ledger.entries) == 2, "the withdrawal stands in the log too"
    assert revision.prepared.revision is not None
    assert Adoption.objects.get().annulled_at is None, "what is adopted is not touched"
    with_documents(standing)
    second = adopt(
        by, standing, replace(DETAILS, reason="Halvert"), standing.weighed, standing.bundle_checksum
    )
    assert (second.number, second.total, second.weighed) == (2, 272, made.version.number)
    with pytest.raises(InputError) as refused:
        weighing.change(by, again(halved), SetTotal(200, 0), made.version.number)
    assert refused.value.code == "weighing.closed", "the choices stand again"


NO = Decision(
    "4001", "declined", dated=date(2026, 10, 1), body="kommunestyret", case_reference="PS 7/26", text="Nei"
)
LOCKED = Rule(RuleKind.LOCK, ("4003",), persons=150, reason="Avtale med kommunen", source="Møtet i mai")


@pytest.fixture
def held(by: Actor) -> Round:
    """A round adopted with two numbers set by hand: Porsgrunn lowered to 60 by an override, Skien to 150 by a lock."""
    weighed = weighed_round(by)
    first = weighing.begin(by, weighed)
    wanted = [Override("4001", 60, "Få ledige boliger", *ADVISERS), AddRule(LOCKED)]
    made = weighing.change(by, weighed, wanted, first.number)
    assert isinstance(made, weighing.Changed)
    make_recommendation(by, weighed, made.version.number)
    with_documents(again(weighed))
    standing = again(weighed)
    adopt(by, standing, DETAILS, standing.weighed, standing.bundle_checksum)
    advance(by, again(weighed), Stage.SENT, sent_on=timezone.localdate())
    return again(weighed)


def numbers_of(round_: Round) -> dict[str, int]:
    standing = again(round_)
    return dict(bundle_of_text(services.bundle_text(standing.pk), "prøve").outcome.numbers)


def test_no_revision_is_ordered_before_every_number_set_by_hand_is_kept_or_released(
    adviser: User, held: Round, by: Actor
) -> None:
    total_of(held, by, 272)
    browser = signed_in(adviser)
    seen = weighing.current(held)
    assert seen is not None
    answer = browser.post(REVISE, {"seen": seen.number, "override-4001-60": "behold"})
    assert answer.status_code == 422
    wrong = answer.context["form"].errors
    assert list(wrong) == ["lock-4003-150"]
    assert not Job.objects.filter(kind=services.REVISE).exists()


def test_it_is_told_what_a_number_set_by_hand_did_and_that_it_now_does_the_opposite(
    adviser: User, held: Round, by: Actor
) -> None:
    total_of(held, by, 200)
    page = html.unescape(signed_in(adviser).get(REVISE).content.decode())
    assert "Porsgrunn: 60 (Overstyring)" in page
    assert "«Få ledige boliger»" in page
    then, now = (re.search(rf"{words} tallet fra (\d+) til 60", page) for words in ("senket det", "heve"))
    assert then is not None
    assert now is not None
    assert int(then[1]) > 60 > int(now[1])
    assert "Virker motsatt vei nå: Porsgrunn" in page


@pytest.mark.django_db(transaction=True)
def test_what_is_released_is_taken_back_in_the_weighing_and_the_revision_shares_it_out(
    adviser: User, held: Round, by: Actor
) -> None:
    total_of(held, by, 200)
    before = weighing.current(held)
    assert before is not None
    sent = {"seen": before.number, "override-4001-60": "slipp", "lock-4003-150": "slipp"}
    assert signed_in(adviser).post(REVISE, sent).status_code == 302
    assert done(Job.objects.get(kind=services.REVISE)).state == State.DONE
    found = numbers_of(held)
    assert found["4001"] < 60
    assert found["4003"] < 150
    newest = weighing.current(held)
    assert newest is not None
    left = choices_of(newest.choices)
    assert not left.overrides
    assert LOCKED not in left.criteria.rules
    assert newest.number == before.number + 2, "each stands in the history"


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_follows_into_the_revision(adviser: User, held: Round, by: Actor) -> None:
    total_of(held, by, 272)
    seen = weighing.current(held)
    assert seen is not None
    sent = {"seen": seen.number, "override-4001-60": "behold", "lock-4003-150": "slipp"}
    signed_in(adviser).post(REVISE, sent)
    assert done(Job.objects.get(kind=services.REVISE)).state == State.DONE
    assert numbers_of(held)["4001"] == 60


def test_who_saw_other_numbers_set_by_hand_sees_those_that_stand_and_nothing_is_ordered(
    adviser: User, held: Round, by: Actor
) -> None:
    halved = total_of(held, by, 200)
    seen = weighing.current(held)
    assert seen is not None
    weighing.change(by, halved, WithdrawOverride("4001", "Ferdig", *ADVISERS), seen.number)
    sent = {"seen": seen.number, "override-4001-60": "behold", "lock-4003-150": "behold"}
    browser = signed_in(adviser)
    answer = browser.post(REVISE, sent)
    assert answer.status_code == 409
    assert not Job.objects.filter(kind=services.REVISE).exists()
    assert f'name="seen" value="{seen.number + 1}"' in answer.content.decode(), "sent again it is a choice"
    assert "Porsgrunn: 60" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_council_that_has_said_no_gets_nobody_unless_the_county_says_otherwise(
    adviser: User, adopted: Round, by: Actor
) -> None:
    from fotfeste.web.follow_up import entering
    from tests.web.follow_up.year import decided

    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    halved = total_of(adopted, by, 272)
    entering.decide(by, halved, NO, 0)
    entering.decide(by, halved, decided("4003", 50, dated=date(2026, 10, 1)), 0)
    page = html.unescape(signed_in(adviser).get(REVISE).content.decode())
    assert '<th scope="row">Porsgrunn</th><td>nei</td>' in page
    assert done(ordered(halved, by)).state == State.DONE
    assert numbers_of(halved)["4001"] == 0
    Round.objects.filter(pk=halved.pk).update(made_total=545)
    otherwise = revising.order_revision(by, again(halved), "floor")
    assert otherwise is not None
    assert done(otherwise).state == State.DONE
    assert numbers_of(halved)["4001"] > 0


@pytest.mark.django_db
def test_what_the_decisions_mean_is_asked_where_there_are_any(
    adviser: User, adopted: Round, by: Actor
) -> None:
    from fotfeste.web.follow_up import entering
    from tests.web.follow_up.year import decided

    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    halved = total_of(adopted, by, 272)
    browser = signed_in(adviser)
    assert 'name="decided_as"' not in browser.get(REVISE).content.decode()
    entering.decide(by, halved, decided("4003", 200, dated=date(2026, 10, 1)), 0)
    assert 'name="decided_as"' in browser.get(REVISE).content.decode()
    browser.post(REVISE, {"decided_as": "none", "seen": 0})
    assert Job.objects.get(kind=services.REVISE).arguments["decided_as"] == "none"
    made = revising.revised(halved, Job.objects.get(kind=services.REVISE).arguments)
    revision = bundle_of_text(made.text, "prøve").prepared.revision
    assert revision is not None
    assert revision.decided_as == "none"


def state_on(browser: Client, address: str = "/bosetting/2027/40/") -> str:
    found = re.search(r'data-color="info">([^<]+)<', browser.get(address).content.decode())
    return found[1] if found else ""


@pytest.mark.django_db(transaction=True)
def test_after_a_new_total_the_room_leads_to_the_revision_and_its_history_tells_all(
    adviser: User, adopted: Round, by: Actor
) -> None:
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    changes.publish(by, adopted, Publication.PUBLIC)
    halved = total_of(adopted, by, 272)
    browser = signed_in(adviser)
    page = html.unescape(browser.get(ROOM).content.decode())
    assert "Det neste: «Lag en revisjon»" in page
    assert f'class="ds-button" href="{REVISE}"' in page
    history = page[page.index('id="tatt"') :]
    assert "Måltallet endret fra 545 til 272" in history
    assert "Tallet for landet er endret." in history
    assert "Publisert" in history
    assert "Vedtak 1 ført inn: 545 personer, Fylkesutvalget, sak 2026/1234" in history
    assert done(ordered(halved, by)).state == State.DONE
    page = html.unescape(browser.get(ROOM).content.decode())
    assert "Det neste: «Før inn vedtaket om revisjonen»" in page


@pytest.mark.django_db(transaction=True)
def test_a_revision_is_named_for_what_it_is_and_is_open_to_all_when_it_is_sent(
    adviser: User, adopted: Round, by: Actor, client: Client
) -> None:
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    changes.publish(by, adopted, Publication.PUBLIC)
    browser = signed_in(adviser)
    assert (state_on(browser), state_on(client)) == ("Sendt", "Sendt")
    halved = total_of(adopted, by, 272)
    assert done(ordered(halved, by)).state == State.DONE
    assert (state_on(browser), state_on(client)) == ("Utkast til revisjon, ikke vedtatt", "Sendt")
    with_documents(again(halved))
    standing = again(halved)
    details = replace(DETAILS, reason="Halvert")
    adopt(by, standing, details, standing.weighed, standing.bundle_checksum)
    assert (state_on(browser), state_on(client)) == ("Revidert og vedtatt, ikke sendt", "Sendt")
    assert "545" in client.get("/bosetting/2027/40/").content.decode()
    assert "Den åpne siden viser vedtak 1" in html.unescape(browser.get(ROOM).content.decode())
    advance(by, again(halved), Stage.SENT, sent_on=timezone.localdate())
    shown = public_adoption(again(halved))
    assert shown is not None
    assert shown.number == 2


@pytest.mark.django_db(transaction=True)
def test_a_revision_can_be_published_before_it_is_sent(adviser: User, adopted: Round, by: Actor) -> None:
    changes.publish(by, adopted, Publication.PUBLIC)
    advance(by, again(adopted), Stage.SENT, sent_on=timezone.localdate())
    halved = total_of(adopted, by, 272)
    assert done(ordered(halved, by)).state == State.DONE
    with_documents(again(halved))
    standing = again(halved)
    details = replace(DETAILS, reason="Halvert")
    adopt(by, standing, details, standing.weighed, standing.bundle_checksum)
    first = public_adoption(again(halved))
    assert first is not None
    assert first.number == 1
    sent = signed_in(adviser).post("/bosetting/2027/40/arbeid/publisering/", {"publication": "public"})
    assert sent.status_code == 302
    now = public_adoption(again(halved))
    assert now is not None
    assert now.number == 2


@pytest.mark.django_db
def test_an_example_is_never_revised(by: Actor, adopted: Round) -> None:
    Round.objects.filter(pk=adopted.pk).update(is_example=True, state=Stage.ADOPTED)
    assert not revising.open_to_choices(again(adopted))
