"""Pages about work in the background: with and without scripts, for those whose work it is."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.web.jobs import services
from fotfeste.web.jobs.handlers import Outcome, handler
from fotfeste.web.jobs.kept_messages import kept, kept_error
from fotfeste.web.jobs.leases import fail, finish, renew
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Held
from tests.web.jobs.conftest import LEASE, quick, taken
from tests.web.people.persons import ADMINISTRATOR, ADVISER, CONTACT, PARTNER, READER, person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]
PARTLY = {"HX-Request": "true"}


@pytest.fixture
def adviser(db: None) -> User:
    return person("kari@example.org", ADVISER)


@pytest.fixture
def job(adviser: User) -> Job:
    return services.submit("test.quick", {}, "k", actor_for(adviser))


def page(client: Client, job: Job, **more: object) -> str:
    return html.unescape(client.get(f"/arbeid/{job.pk}/", **more).content.decode())  # type: ignore[arg-type]


def test_work_under_way_shows_how_far_it_has_come_and_can_be_followed_without_scripts(
    adviser: User, job: Job
) -> None:
    renew(
        taken(),
        timezone.now() + LEASE,
        {"progress": 0.42, "message": kept(msg("Skriver {name}", name="a.pdf"))},
    )
    shown = page(signed_in(adviser), job)
    assert '<progress class="job-progress"' in shown
    assert 'value="42"' in shown
    assert "Skriver a.pdf" in shown
    assert f'href="/arbeid/{job.pk}/">Oppdater</a>' in shown
    assert "http-equiv" not in shown, (
        "a page that reloads by itself takes the reader away from where they read"
    )


def test_scripts_ask_once_a_second_only_while_there_is_something_to_ask_for(adviser: User, job: Job) -> None:
    client = signed_in(adviser)
    assert 'hx-trigger="every 1s"' in page(client, job)
    held = taken()
    assert client.get(f"/arbeid/{job.pk}/", headers=PARTLY).status_code == 200
    finish(held, Outcome({"address": "/bosetting/2027/"}))
    last = client.get(f"/arbeid/{job.pk}/", headers=PARTLY)
    assert last.status_code == 286
    assert 'id="arbeid-sagt" hx-swap-oob="innerHTML"' in last.content.decode(), "the end is said aloud"
    assert "hx-trigger" not in page(client, job)


def test_finished_work_leads_to_what_came_of_it(adviser: User, job: Job) -> None:
    finish(taken(), Outcome({"address": "/bosetting/2027/"}))
    assert '<a class="ds-link" href="/bosetting/2027/">Se resultatet</a>' in page(signed_in(adviser), job)


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org/", "javascript:alert(1)", 7, None]
)
def test_a_result_never_leads_elsewhere(adviser: User, job: Job, address: object) -> None:
    finish(taken(), Outcome({"address": address}))
    assert "Se resultatet" not in page(signed_in(adviser), job)


def test_work_that_failed_says_what_was_wrong_and_what_to_do(adviser: User, job: Job) -> None:
    error = InputError(
        "replies.wrong",
        msg("Svarene kan ikke leses."),
        remedy=msg("Rett dem, og last opp på nytt."),
        problems=[Problem("cell", msg("<b>Ikke et tall</b>"), "B7")],
    )
    fail(taken(), error.code, kept_error(error))
    shown = signed_in(adviser).get(f"/arbeid/{job.pk}/").content.decode()
    assert "Svarene kan ikke leses." in shown
    assert "B7: &lt;b&gt;Ikke et tall" in shown
    assert "Rett dem, og last opp på nytt." in shown


def test_a_message_is_told_in_the_readers_language(adviser: User, job: Job) -> None:
    renew(taken(), timezone.now() + LEASE, {"progress": 0.1, "message": kept(msg("Kommune"))})
    client = signed_in(adviser)
    client.cookies["fotfeste_language"] = "en"
    assert "Municipality" in page(client, job)


def test_cancelling_is_asked_for_by_a_form_and_shown(adviser: User, job: Job) -> None:
    client = signed_in(adviser)
    taken()
    answer = client.post(f"/arbeid/{job.pk}/avbryt/")
    assert answer.headers["Location"] == f"/arbeid/{job.pk}/"
    job.refresh_from_db()
    assert job.cancel_asked
    shown = page(client, job)
    assert "Avbrytes" in shown
    assert "Avbryt arbeidet" not in shown
    assert client.get(f"/arbeid/{job.pk}/avbryt/").status_code == 405


@pytest.mark.parametrize(
    "held", [[READER], [CONTACT], [PARTNER], []], ids=["reader", "contact", "partner", "none"]
)
def test_whoever_has_ordered_work_sees_it_and_may_give_it_up(held: list[Held]) -> None:
    user = person("eier@example.org", *held)
    mine = services.submit("test.quick", {}, "egen", actor_for(user))
    client = signed_in(user)
    assert str(mine.pk) in client.get("/arbeid/").content.decode()
    assert client.get(f"/arbeid/{mine.pk}/").status_code == 200
    client.post(f"/arbeid/{mine.pk}/avbryt/")
    mine.refresh_from_db()
    assert mine.state == State.CANCELLED


def test_cancelling_what_has_ended_changes_nothing_and_says_so(adviser: User, job: Job) -> None:
    finish(taken(), Outcome(1))
    client = signed_in(adviser)
    assert "Arbeidet var alt avsluttet." in html.unescape(
        client.post(f"/arbeid/{job.pk}/avbryt/", follow=True).content.decode()
    )
    assert Job.objects.get().state == State.DONE


def test_other_peoples_work_is_not_there(job: Job) -> None:
    other = signed_in(person("ola@example.org", ADVISER))
    assert other.get(f"/arbeid/{job.pk}/").status_code == 404
    assert other.post(f"/arbeid/{job.pk}/avbryt/").status_code == 404
    assert str(job.pk) not in other.get("/arbeid/").content.decode()


def test_administrators_see_everybodys_work(job: Job) -> None:
    administrator = signed_in(person("sjef@example.org", ADMINISTRATOR))
    assert str(job.pk) in administrator.get("/arbeid/").content.decode()
    assert administrator.get(f"/arbeid/{job.pk}/").status_code == 200


def test_whoever_is_not_signed_in_is_asked_to(client: Client, job: Job) -> None:
    for address in ("/arbeid/", f"/arbeid/{job.pk}/"):
        assert client.get(address).status_code == 302


def test_a_job_says_what_it_is_about(adviser: User) -> None:
    handler("test.about", msg("Prøvearbeid"), about=lambda arguments: str(arguments["county"]))(quick)
    services.submit("test.about", {"county": "Telemark"}, "k", actor_for(adviser))
    assert "Prøvearbeid – Telemark" in signed_in(adviser).get("/arbeid/").content.decode()


def test_an_empty_list_teaches_what_belongs_there(adviser: User) -> None:
    shown = html.unescape(signed_in(adviser).get("/arbeid/").content.decode())
    assert "Du har ikke bestilt noe ennå." in shown
    assert 'href="/bosetting/"' in shown


def test_the_list_is_newest_first_and_paged(adviser: User) -> None:
    made = [services.submit("test.quick", {}, str(number), actor_for(adviser)) for number in range(30)]
    for number, one in enumerate(made):
        Job.objects.filter(pk=one.pk).update(submitted_at=timezone.now() + timedelta(seconds=number))
    client = signed_in(adviser)
    first = client.get("/arbeid/").content.decode()
    assert str(made[-1].pk) in first
    assert str(made[0].pk) not in first
    assert 'href="?side=2"' in first
    assert str(made[0].pk) in client.get("/arbeid/?side=2").content.decode()
    assert client.get("/arbeid/?side=tull").status_code == 200
