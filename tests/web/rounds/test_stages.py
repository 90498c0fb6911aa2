"""The stages of a round in the database: what is in place, steps forward and back, and two who step at once."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.files import write_whole
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.jobs.models import Job
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import archives, changes, services
from fotfeste.web.rounds.models import OwnDeadline, RequestChange, Round, Step
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.stages import advance, facts_of
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Publication, Stage
from tests.web.people.persons import ADVISER, CONTACT, PARTNER, READER, person, signed_in
from tests.web.rounds.adopting import recommended
from tests.web.rounds.conftest import MADE_FROM, telemark

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def by(adviser: User) -> Actor:
    return actor_for(adviser)


@pytest.fixture
def opened(by: Actor) -> Round:
    return with_time_to_answer(open_round(by, "40", 2027, 545))


def with_time_to_answer(round_: Round) -> Round:
    """Let the municipalities of a round have some days yet to answer in."""
    soon = timezone.localdate() + timedelta(days=30)
    OwnDeadline.objects.create(round=round_, kind="reply", on=soon)
    return round_


def again(round_: Round) -> Round:
    return Round.objects.get(pk=round_.pk)


def deliver_all(round_: Round, leave: int = 0) -> None:
    for reply in list(Reply.objects.filter(round=round_))[leave:]:
        Delivery.objects.create(reply=reply, number=1, values={}, checksum="0")


def to_weighing(by: Actor, round_: Round) -> Round:
    advance(by, round_, Stage.DIALOGUE)
    deliver_all(round_)
    advance(by, again(round_), Stage.WEIGHING)
    return again(round_)


def test_a_round_goes_into_dialogue_and_every_municipality_is_asked(by: Actor, opened: Round) -> None:
    step = advance(by, opened, Stage.DIALOGUE)
    assert (step.number, step.before, step.after) == (2, "prepared", "dialogue")
    assert again(opened).state == "dialogue"
    assert Reply.objects.filter(round=opened).exclude(asked_at=None).count() == 17
    assert Job.objects.filter(kind="round.letters").count() == 1
    assert json.loads(Entry.objects.get(act="round.moved").detail)["stage"] == "dialogue"


def test_what_warns_takes_a_reason_and_what_stops_cannot_be_passed(by: Actor) -> None:
    unknown = open_round(by, "40", 2027, None)
    with pytest.raises(InputError) as refused:
        advance(by, unknown, Stage.DIALOGUE)
    assert refused.value.code == "round.reason"
    assert (
        advance(by, unknown, Stage.DIALOGUE, "Måltallet kommer i mars.").reason == "Måltallet kommer i mars."
    )
    with pytest.raises(InputError) as refused:
        advance(by, again(unknown), Stage.WEIGHING, "Vi vil videre.")
    assert refused.value.code == "round.requirement"
    assert "round.total_known" in {one.code for one in refused.value.problems}


def test_a_refused_step_leaves_nothing_behind(by: Actor) -> None:
    unknown = open_round(by, "40", 2027, None)
    with pytest.raises(InputError):
        advance(by, unknown, Stage.DIALOGUE)
    assert Step.objects.count() == 1
    assert not Reply.objects.exists()
    assert not Entry.objects.filter(act="round.moved").exists()


def test_replies_that_lack_are_passed_with_a_reason_and_the_trace_says_what_was_passed(
    by: Actor, opened: Round
) -> None:
    advance(by, opened, Stage.DIALOGUE)
    deliver_all(opened, leave=2)
    facts = facts_of(again(opened))
    assert (facts.replies_delivered + facts.replies_late, facts.replies_missing) == (15, 2)
    with pytest.raises(InputError):
        advance(by, again(opened), Stage.WEIGHING)
    advance(by, again(opened), Stage.WEIGHING, "To svarer aldri.")
    assert "all_replied" in Entry.objects.filter(act="round.moved").order_by("-number")[0].detail


def test_going_back_takes_a_reason(by: Actor, opened: Round) -> None:
    advance(by, opened, Stage.DIALOGUE)
    with pytest.raises(InputError):
        advance(by, again(opened), Stage.PREPARED)
    advance(by, again(opened), Stage.PREPARED, "Feil måltall.")
    advance(by, again(opened), Stage.DIALOGUE)
    assert [one.number for one in Step.objects.all()] == [1, 2, 3, 4]
    assert Reply.objects.count() == 17, "nobody is asked twice"


def test_of_two_who_step_at_once_the_second_is_told_where_the_round_stands(by: Actor, opened: Round) -> None:
    seen, other = again(opened), actor_for(person("ola@example.org", ADVISER))
    advance(by, opened, Stage.DIALOGUE)
    with pytest.raises(InputError) as refused:
        advance(other, seen, Stage.DIALOGUE)
    assert refused.value.code == "round.stage"
    assert "«dialog»" in str(refused.value)


def test_the_same_step_sent_twice_is_taken_once(by: Actor, opened: Round) -> None:
    seen = again(opened)
    first = advance(by, opened, Stage.DIALOGUE)
    assert advance(by, seen, Stage.DIALOGUE).pk == first.pk
    with pytest.raises(InputError):
        advance(by, seen, Stage.DIALOGUE, "Med en annen grunn")
    advance(by, again(opened), Stage.PREPARED, "Feil måltall.")
    assert advance(by, again(opened), Stage.DIALOGUE).number == 4, "a new step, not the one before"
    assert Entry.objects.filter(act="round.moved").count() == 3


@pytest.mark.django_db(transaction=True)
def test_figures_are_read_before_the_round_is_held(
    by: Actor, opened: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.web.follow_up import services as follow_up

    held: list[bool] = []
    read = follow_up.outcomes
    monkeypatch.setattr(
        follow_up, "outcomes", lambda one: (held.append(connection.in_atomic_block), read(one))[1]
    )
    advance(by, opened, Stage.DIALOGUE)
    assert held == [False]


def test_a_recommendation_does_not_move_a_countys_own_round(by: Actor, opened: Round) -> None:
    services.keep_recommendation(opened.pk, *telemark(), MADE_FROM)
    assert again(opened).state == "prepared"


def test_a_recommendation_is_current_until_the_request_or_a_reply_changes(by: Actor, opened: Round) -> None:
    weighed = to_weighing(by, opened)
    assert not facts_of(weighed).recommendation_current
    recommended(by, weighed, *telemark())
    assert facts_of(again(weighed)).recommendation_current
    changes.change_request(
        by, again(weighed), changes.request_of(weighed), {"total": 272, "minors": 0, "title": ""}, "Halvert"
    )
    assert not facts_of(again(weighed)).recommendation_current
    recommended(by, weighed, *telemark())
    reply = Reply.objects.filter(round=weighed).first()
    Delivery.objects.create(reply=reply, number=2, values={}, checksum="1")
    assert facts_of(again(weighed)).recommendation_current, "the same words delivered once more"
    Delivery.objects.create(reply=reply, number=3, values={"housing": 7}, checksum="2")
    assert not facts_of(again(weighed)).recommendation_current


def test_documents_are_made_when_they_are_of_the_recommendation_as_it_stands(
    by: Actor, opened: Round
) -> None:
    recommended(by, opened, *telemark())
    standing = again(opened)
    assert not facts_of(standing).documents_made
    write_whole(archives.documents_path(standing, "nn"), b"PK")
    assert facts_of(standing).documents_made


REASON = "IMDi har skrevet:\r\n" + "Måltallet er halvert.\n" * 20 + "Spør post@example.org, sak 202612-12345."


def test_a_reason_of_many_lines_is_kept_whole_with_the_change_and_not_in_the_trace(
    adviser: User, by: Actor, opened: Round
) -> None:
    browser = signed_in(adviser)
    address = "/bosetting/2027/40/arbeid/maltall/"
    seen = browser.get(address).context["form"]["seen"].value()
    sent = {"seen": seen, "total": "272", "minors": "3", "reason": REASON}
    assert browser.post(address, sent).status_code == 302
    kept = RequestChange.objects.get(round=opened)
    assert (kept.number, kept.total_before, kept.minors_before, kept.total, kept.minors) == (
        1,
        545,
        0,
        272,
        3,
    )
    assert " ".join(kept.reason.split()) == " ".join(REASON.split())
    traced = json.loads(Entry.objects.get(act="round.changed").detail)
    assert traced == {"total": "545", "new_total": "272", "minors": "0", "new_minors": "3"}
    room = browser.get("/bosetting/2027/40/arbeid/").content.decode()
    assert "Måltallet endret fra 545 til 272" in room
    assert "post@example.org, sak 202612-12345" in room


def test_a_reason_that_is_too_long_is_told_and_changes_nothing(by: Actor, opened: Round) -> None:
    base = changes.request_of(opened)
    with pytest.raises(InputError) as refused:
        changes.change_request(by, opened, base, base | {"total": 1}, "x" * 501)
    assert [one.place for one in refused.value.problems] == ["reason"]
    assert again(opened).total == 545
    changes.change_request(by, opened, base, base | {"total": 1}, "x" * 500)
    assert RequestChange.objects.get(round=opened).reason == "x" * 500


def test_a_new_name_alone_is_no_change_of_the_request(by: Actor, opened: Round) -> None:
    base = changes.request_of(opened)
    changes.change_request(by, opened, base, base | {"title": "Vår runde"}, "")
    assert not RequestChange.objects.exists()
    assert again(opened).title == "Vår runde"


def test_many_may_see_the_recommendation_and_the_trace_holds_no_names(by: Actor, opened: Round) -> None:
    partners = [f"Etat {number} (post{number}@example.org)" for number in range(20)]
    changes.share(by, opened, [], ["4003", *partners], ["4001", "4003", *partners])
    assert len(again(opened).shared_with) == 21
    assert json.loads(Entry.objects.get(act="round.shared").detail) == {"with": "4003", "count": "21"}


def test_nothing_is_adopted_by_a_step_alone(by: Actor, opened: Round) -> None:
    weighed = to_weighing(by, opened)
    with pytest.raises(InputError) as refused:
        advance(by, weighed, Stage.ADOPTED, "Nå")
    assert "round.adoption_filled" in {one.code for one in refused.value.problems}


def test_the_day_of_sending_is_asked_for_and_cannot_lie_ahead(by: Actor, opened: Round) -> None:
    Round.objects.filter(pk=opened.pk).update(state="adopted")
    today = timezone.localdate()
    for day in (None, today + timedelta(days=1)):
        with pytest.raises(InputError):
            advance(by, again(opened), Stage.SENT, sent_on=day)
    assert not Job.objects.filter(kind="round.letters").exists()
    advance(by, again(opened), Stage.SENT, sent_on=today)
    assert again(opened).sent_on == today
    assert Job.objects.get(kind="round.letters").arguments["round"] == opened.pk, "they are told at once"
    advance(by, again(opened), Stage.ADOPTED, "Sendt til feil adresse")
    assert again(opened).sent_on is None
    assert Job.objects.filter(kind="round.letters").count() == 1, "nobody is told of a step back"


def test_last_years_lessons_are_asked_for_when_the_dialogue_opens(by: Actor, opened: Round) -> None:
    assert facts_of(opened).lessons_written is None
    second = open_round(by, "40", 2028, 300, reason="Ikke ferdig")
    assert facts_of(second).lessons_written is False


def test_the_countys_own_dates_hold_and_an_empty_one_goes_back_to_the_default(
    by: Actor, opened: Round
) -> None:
    OwnDeadline.objects.all().delete()
    base = changes.dates_of(opened)
    changes.change_deadlines(by, opened, base, {**base, "reply": "2026-09-01"})
    assert changes.own_dates(opened) == {"reply": date(2026, 9, 1)}
    changes.change_deadlines(by, opened, changes.dates_of(opened), {})
    assert changes.own_dates(opened) == {}
    with pytest.raises(InputError):
        changes.change_deadlines(by, opened, base, {**base, "reply": "1926-09-01"})


def test_nothing_is_published_before_it_is_adopted(by: Actor, opened: Round) -> None:
    with pytest.raises(InputError):
        changes.publish(by, opened, Publication.PUBLIC)
    changes.publish(by, opened, Publication.NOT_PUBLIC)
    assert facts_of(again(opened)).publication is Publication.NOT_PUBLIC


def test_the_room_shows_what_lacks_and_takes_the_step(adviser: User, by: Actor) -> None:
    opened = open_round(by, "40", 2027, None)
    browser = signed_in(adviser)
    room = "/bosetting/2027/40/arbeid/"
    page = browser.get(room).content.decode()
    assert "Fylkets måltall er ikke kjent." in page
    assert f'href="{room}maltall/"' in page
    sent = {"origin": "prepared", "target": "dialogue", "page": room}
    refused = browser.post(f"{room}steg/", sent)
    assert refused.status_code == 422
    assert "Det må oppgis en grunn" in refused.content.decode()
    assert browser.post(f"{room}steg/", sent | {"reason": "Kommer"}).headers["Location"] == room
    told = browser.post(f"{room}steg/", sent | {"reason": "Det jeg skrev"})
    assert told.status_code == 409
    assert "«dialog»" in told.content.decode()
    assert "Det jeg skrev" in told.content.decode(), "nothing that was typed is lost"
    assert "0 av 17 kommuner har svart" in browser.get(room).content.decode()
    assert again(opened).steps.count() == 2


def test_a_dialogue_with_a_deadline_that_has_passed_asks_for_a_new_one_on_the_spot(
    adviser: User, by: Actor
) -> None:
    late = open_round(by, "40", 2027, 545)
    yesterday, soon = (timezone.localdate() + timedelta(days=one) for one in (-1, 20))
    OwnDeadline.objects.create(round=late, kind="reply", on=yesterday)
    browser = signed_in(adviser)
    room = "/bosetting/2027/40/arbeid/"
    page = browser.get(room).content.decode()
    assert "Svarfristen er ute før kommunene er spurt." in page
    assert 'name="reply_by"' in page
    sent = {"origin": "prepared", "target": "dialogue", "page": room}
    for refused in (sent, sent | {"reply_by": yesterday.isoformat()}):
        assert browser.post(f"{room}steg/", refused).status_code == 422
        assert changes.own_dates(late) == {"reply": yesterday}
    assert browser.post(f"{room}steg/", sent | {"reply_by": soon.isoformat()}).status_code == 302
    assert (again(late).state, changes.own_dates(late)) == ("dialogue", {"reply": soon})
    assert Reply.objects.filter(round=late).exists()


def test_what_cannot_be_known_yet_is_not_said_to_be_in_place(adviser: User, by: Actor, opened: Round) -> None:
    Round.objects.filter(pk=opened.pk).update(state="sent", sent_on=timezone.localdate())
    page = signed_in(adviser).get("/bosetting/2027/40/arbeid/").content.decode()
    told = page[page.index("Det neste: Avslutt runden") :]
    for name in ("ingen kommuner mangler vedtak", "bosettingen er fullført"):
        assert "gjelder ikke ennå" in told[: told.index(name)].rpartition("<li>")[2], name
    assert "Året er ikke omme." in told


def test_a_reader_is_told_that_they_only_read_and_not_what_to_do(opened: Round) -> None:
    page = signed_in(person("l@example.org", READER)).get("/bosetting/2027/40/arbeid/").content.decode()
    assert "Du kan lese, ikke endre." in page
    assert "Det neste" not in page


def test_steps_that_do_not_exist_are_refused(adviser: User, opened: Round) -> None:
    browser = signed_in(adviser)
    for origin, target in (("x", "dialogue"), ("prepared", "<script>"), ("prepared", "closed")):
        answer = browser.post("/bosetting/2027/40/arbeid/steg/", {"origin": origin, "target": target})
        assert answer.status_code in (404, 422)
    assert again(opened).state == "prepared"


def test_only_advisers_change_and_whoever_it_is_shared_with_does_not_see_the_room(opened: Round) -> None:
    Round.objects.filter(pk=opened.pk).update(shared_with=["4003"])
    reader, contact = signed_in(person("l@example.org", READER)), signed_in(person("k@example.org", CONTACT))
    room = "/bosetting/2027/40/arbeid/"
    assert reader.get(room).status_code == 200
    assert "Åpne dialogen</button>" not in reader.get(room).content.decode()
    assert reader.post(f"{room}steg/", {"origin": "prepared", "target": "dialogue"}).status_code == 403
    assert contact.get(room).status_code == 404
    assert contact.post(f"{room}steg/", {"origin": "prepared", "target": "dialogue"}).status_code == 404
    assert contact.get("/bosetting/2027/40/").status_code == 200


def test_a_contact_takes_the_own_municipalitys_deadlines_to_the_calendar(opened: Round) -> None:
    contact = signed_in(person("k@example.org", CONTACT))
    answer = contact.get("/bosetting/2027/40/arbeid/frister/4003.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "Dialogm" not in text
    assert contact.get("/bosetting/2027/40/arbeid/frister/4001.ics").status_code == 404
    assert contact.get("/bosetting/2027/40/arbeid/frister.ics").status_code == 404


def test_two_who_change_the_same_are_told_and_see_both(adviser: User, opened: Round) -> None:
    browser = signed_in(adviser)
    address = "/bosetting/2027/40/arbeid/maltall/"
    seen = browser.get(address).context["form"]["seen"].value()
    assert (
        browser.post(address, {"seen": seen, "total": "500", "minors": "5", "reason": "IMDi"}).status_code
        == 302
    )
    clash = browser.post(
        address, {"seen": seen, "total": "400", "minors": "0", "title": "Vår", "reason": "Jeg"}
    )
    assert clash.status_code == 409
    page = clash.content.decode()
    assert 'value="400"' in page
    assert '<pre class="clash">500</pre>' in page
    assert again(opened).total == 500
    fresh = clash.context["form"]["seen"].value()
    assert (
        browser.post(address, {"seen": fresh, "total": "400", "minors": "5", "reason": "Jeg"}).status_code
        == 302
    )
    assert again(opened).total == 400
    assert browser.post(address, {"seen": "forged", "total": "1"}).status_code == 422


def test_changes_of_different_answers_are_put_together(adviser: User, opened: Round) -> None:
    browser = signed_in(adviser)
    address = "/bosetting/2027/40/arbeid/lerdom/"
    form = browser.get(address).context["form"]
    seen, (first, second, *_) = form["seen"].value(), [one for one in form.fields if one != "seen"]
    assert browser.post(address, {"seen": seen, first: "Én"}).status_code == 302
    assert browser.post(address, {"seen": seen, second: "To"}).status_code == 302
    assert again(opened).lessons == {first: "Én", second: "To"}
    assert again(opened).lessons_version == 2
    clash = browser.post(address, {"seen": seen, first: "Noe annet"})
    assert clash.status_code == 409
    assert again(opened).lessons[first] == "Én"


def test_a_lesson_that_must_be_answered_is_not_called_optional(adviser: User, opened: Round) -> None:
    page = signed_in(adviser).get("/bosetting/2027/40/arbeid/lerdom/")
    fields = [one for one in page.context["form"] if one.name != "seen"]
    must = sum(1 for one in fields if one.help_text)
    assert must
    assert page.content.decode().count("(valgfritt)") == len(fields) - must


def test_whether_to_publish_is_not_asked_before_there_is_something_to_publish(
    adviser: User, opened: Round
) -> None:
    page = signed_in(adviser).get("/bosetting/2027/40/arbeid/").content.decode()
    assert 'value="not_public"' not in page
    assert "Det kan velges når anbefalingen er vedtatt." in page


def test_who_sees_the_recommendation_is_chosen_with_boxes(adviser: User, opened: Round) -> None:
    browser = signed_in(adviser)
    address = "/bosetting/2027/40/arbeid/deling/"
    seen = browser.get(address).context["form"]["seen"].value()
    assert browser.post(address, {"seen": seen, "municipalities": ["4003", "4001"]}).status_code == 302
    assert again(opened).shared_with == ["4001", "4003"]
    assert browser.post(address, {"seen": seen, "municipalities": ["0301"]}).status_code == 422
    assert again(opened).shared_with == ["4001", "4003"]


def test_a_partner_may_add_input_without_seeing_the_recommendation(adviser: User, opened: Round) -> None:
    partner = person("p@example.org", PARTNER)
    recommendation, inputs = "/bosetting/2027/40/", "/bosetting/2027/40/innspill/"
    assert signed_in(partner).get(inputs).status_code == 404
    address = "/bosetting/2027/40/arbeid/deling/"
    browser = signed_in(adviser)
    seen = browser.get(address).context["form"]["seen"].value()
    assert browser.post(address, {"seen": seen, "inputs": ["Nav"]}).status_code == 302
    assert (again(opened).shared_with, again(opened).input_from) == ([], ["Nav"])
    theirs = signed_in(partner)
    assert theirs.get(recommendation).status_code == 404
    assert theirs.get(inputs).status_code == 200
    seen = browser.get(address).context["form"]["seen"].value()
    browser.post(address, {"seen": seen, "inputs": ["Nav"], "organisations": ["Nav"]})
    page = theirs.get(recommendation)
    assert page.status_code == 200
    assert f'href="{inputs}"' in page.content.decode(), "also before there is a recommendation"


def test_two_who_share_with_different_partners_at_once_are_put_together(by: Actor, opened: Round) -> None:
    known = ["4003", "Nav", "Husbanken"]
    changes.share(by, opened, [], ["Nav"], known)
    changes.share(by, opened, [], ["4003"], known, ([], ["Husbanken"]))
    assert (again(opened).shared_with, again(opened).input_from) == (["4003", "Nav"], ["Husbanken"])
