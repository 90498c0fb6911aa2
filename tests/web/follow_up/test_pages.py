"""The pages: the board, one municipality, and the forms that tell what is wrong and lose nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import lxml.html
import pytest
from django.test import Client

from fotfeste.web.follow_up import attention, entering, models, services
from fotfeste.web.people.models import User
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.acts import VERBS, act_in_words
from fotfeste.web.trace.page_names import PAGES
from tests.web.follow_up.conftest import NEXT_DOOR, after_the_session_ended
from tests.web.follow_up.year import FYRESDAL, RESERVED, SKIEN, a_round, asked, decided, names, whole_year
from tests.web.people.persons import CONTACT, PARTNER, person, signed_in

pytestmark = pytest.mark.django_db
BOARD = "/bosetting/2026/40/etter/"
ONE = f"{BOARD}{SKIEN}/"


@pytest.fixture
def client(adviser_user: User) -> Client:
    return signed_in(adviser_user)


def text_of(answer: Any) -> str:
    main = lxml.html.fromstring(answer.content.decode()).find(".//main")
    return " ".join(main.text_content().split())


def test_the_board_tells_first_and_leads_to_every_municipality(
    client: Client, sent: Round, adviser: Actor
) -> None:
    whole_year(adviser, sent)
    answer = client.get(BOARD)
    page = lxml.html.fromstring(answer.content.decode())
    assert "som IMDi har anmodet om for 2026" in page.find(".//p[@class='ds-paragraph lead']").text_content()
    links = {one.get("href") for one in page.iterfind(".//table//th/a")}
    assert links == {f"{BOARD}{code}/" for code in names()}
    assert page.find(".//svg") is not None
    assert "Det som trengs" in text_of(answer), "what nobody has supplied says who could"
    assert {one.get("href") for one in page.iterfind(".//ul[@class='downloads']//a")} >= {
        f"{BOARD}tavle.csv", f"{BOARD}tavle.xlsx", f"{BOARD}figur.svg", f"{BOARD}figur.png",
    }  # fmt: skip


@pytest.mark.parametrize(
    "file", ["tavle.csv", "tavle.xlsx", "figur.svg", "figur.png", "4003/tall.csv", "4003/tall.xlsx"]
)
def test_the_board_can_be_taken_along(client: Client, sent: Round, adviser: Actor, file: str) -> None:
    whole_year(adviser, sent)
    answer = client.get(BOARD + file)
    assert answer.status_code == 200
    assert len(answer.content) > 300
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_table_has_heads_and_steps_in_the_language_of_the_reader(
    client: Client, sent: Round, adviser: Actor
) -> None:
    whole_year(adviser, sent)
    head, *rows = client.get(f"{BOARD}tavle.csv").content.decode("utf-8-sig").splitlines()
    assert head.startswith("Kommunenummer,Kommune,Gruppe,Steg,Bosettingsår,Antall personer,Hva tallet er,")
    assert f"{SKIEN},Skien,Alle,Vedtatt,2026,10,kjent,,,nei,2026-04-09," in "\n".join(rows)
    assert not {"still_here", "observed", "minors"} & {cell for row in rows for cell in row.split(",")}


def test_earlier_years_are_told_by_the_data_and_by_their_own_round(client: Client, adviser: Actor) -> None:
    round_ = a_round(2027)
    answer = client.get(f"/bosetting/{round_.year}/40/etter/?kull=2024")
    assert "bosatte i 2024" in text_of(answer)
    assert "Trenger oppmerksomhet" not in text_of(answer)
    before = a_round(2026)
    entering.enter_request(adviser, before, asked(SKIEN, 777), 0)
    assert "777" in text_of(client.get(f"/bosetting/{round_.year}/40/etter/?kull=2026"))
    assert "777" not in text_of(client.get(f"/bosetting/{round_.year}/40/etter/"))
    assert client.get(f"/bosetting/{round_.year}/40/etter/?kull=tull").status_code == 200


def test_minors_stand_apart(client: Client, sent: Round, adviser: Actor) -> None:
    assert "Ingen tall om enslige mindreårige" in text_of(client.get(f"{BOARD}?vis=mindrearige"))
    whole_year(adviser, sent)
    assert "Enslige mindreårige blant dem" in text_of(client.get(f"{BOARD}?vis=mindrearige"))


def test_before_the_recommendation_is_sent_the_board_says_what_comes(client: Client) -> None:
    a_round(2027, "weighing")
    page = "/bosetting/2027/40/etter/"
    assert "Oppfølgingen begynner når anbefalingen er sendt" in text_of(client.get(page))
    refused = client.post(f"{page}{SKIEN}/anmodning/", _request(10))
    assert refused.status_code == 422
    assert not models.MunicipalRequest.objects.exists()


def _request(persons: int, seen: int = 0) -> dict[str, str]:
    return {
        "persons": str(persons),
        "minors": "2",
        "dated": "2026-02-01",
        "source": "brev fra IMDi",
        "seen": str(seen),
    }


def _decision(persons: int | str, seen: int = 0, **more: str) -> dict[str, str]:
    return {
        "answer": "decided", "persons": str(persons), "minors": "", "decided_on": "2026-04-09", "body": "kommunestyret",
        "case_reference": "26/12", "extra": "", "expected_on": "", "text": "", "seen": str(seen), **more,
    }  # fmt: skip


def test_a_contact_writes_down_the_decision_and_sees_it(sent: Round, contact_user: User) -> None:
    client = signed_in(contact_user)
    done = client.post(f"{ONE}vedtak/", _decision(40, text=RESERVED))
    assert (done.status_code, done.headers["Location"]) == (302, ONE)
    page = text_of(client.get(ONE))
    assert page.count("Vedtatt 40: kommunestyret, sak 26/12") == 2, "as what holds, and in what was entered"
    assert page.index("Vedtaket i kommunestyret") < page.index("Det som er ført inn")
    assert "Gjeldende" in page
    assert page.count("Ord i vedtaket som kan leses som forbehold") == 1
    assert "bør leses" not in page, "what stands beside the decision is not told once more"
    assert page.count(RESERVED) == 2, "as it was decided, and as the passage that is pointed to"
    assert "Kommunen svarer IMDi selv, slik anmodningen ber om." in page
    assert "kontakt i kommunen" in page


def test_a_form_sent_twice_leads_to_the_same_page(client: Client, sent: Round) -> None:
    for _ in range(2):
        assert client.post(f"{ONE}vedtak/", _decision(40)).status_code == 302
        assert client.post(f"{ONE}anmodning/", _request(50)).status_code == 302
    assert models.Decision.objects.count() == models.MunicipalRequest.objects.count() == 1


def test_who_is_too_late_sees_both_and_may_save_anew(client: Client, sent: Round, contact: Actor) -> None:
    entering.decide(contact, sent, decided(SKIEN, 40), 0)
    clash = client.post(f"{ONE}vedtak/", _decision(41, text="Det jeg skrev."))
    assert clash.status_code == 409
    told = text_of(clash)
    assert "Vedtatt 40: kommunestyret" in told
    assert "Det jeg skrev." in told
    seen = clash.context["form"]["seen"].value()
    assert client.post(f"{ONE}vedtak/", _decision(41, int(seen))).status_code == 302
    assert [one.persons for one in models.Decision.objects.all()] == [40, 41]


@pytest.mark.parametrize(
    ("sent_form", "field"),
    [
        (_decision(""), "persons"), (_decision("mange"), "persons"), (_decision(10, minors="11"), "minors"),
        (_decision(10, decided_on=""), "decided_on"), (_decision(10, decided_on="2999-01-01"), "decided_on"),
        (_decision(10, body=" "), "body"), (_decision(10, case_reference=""), "case_reference"),
        (_decision("", answer="awaited", decided_on=""), "expected_on"), (_decision(10, answer="tull"), "answer"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Client, sent: Round, sent_form: dict[str, str], field: str
) -> None:
    refused = client.post(f"{ONE}vedtak/", {**sent_form, "text": "Det jeg hadde skrevet."})
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    page = refused.content.decode()
    assert f'href="#id_{field}' in page
    assert "Det jeg hadde skrevet." in page
    assert not models.Decision.objects.exists()


def test_the_number_is_demanded_in_its_own_words_and_nothing_false_is_said_of_minors(
    client: Client, sent: Round
) -> None:
    form = lxml.html.fromstring(client.get(f"{ONE}vedtak/").content.decode())
    assert "valgfritt" not in form.find(".//label[@for='id_persons']").text_content()
    assert form.find(".//input[@name='early']") is None, "asked only where it has to be"
    refused = client.post(f"{ONE}vedtak/", _decision("", minors="3"))
    assert list(refused.context["form"].errors) == ["persons"]


def test_a_decision_dated_before_the_request_is_asked_about_and_may_be_right(
    client: Client, sent: Round, adviser: Actor
) -> None:
    entering.enter_request(adviser, sent, asked(SKIEN, 50), 0)
    early = _decision(40, decided_on="2026-01-15")
    question = client.post(f"{ONE}vedtak/", early)
    assert question.status_code == 422
    assert "Vedtaket er datert 15. januar 2026, før anmodningen fra IMDi 1. februar 2026" in text_of(question)
    assert 'name="early"' in question.content.decode()
    assert not models.Decision.objects.exists()
    assert client.post(f"{ONE}vedtak/", {**early, "early": "on"}).status_code == 302
    assert models.Decision.objects.get().decided_on == date(2026, 1, 15)


def test_a_day_on_which_the_request_came_is_no_question(client: Client, sent: Round, adviser: Actor) -> None:
    entering.enter_request(adviser, sent, asked(SKIEN, 50), 0)
    assert client.post(f"{ONE}vedtak/", _decision(40, decided_on="2026-02-01")).status_code == 302


def test_where_group_figures_come_from_is_told_with_the_way_there(client: Client, sent: Round) -> None:
    page = lxml.html.fromstring(client.get(ONE).content.decode())
    assert "kommer tidligst i svarskjemaet for 2027" in " ".join(page.text_content().split())
    assert f"/bosetting/2026/40/dialog/{SKIEN}/" in [one.get("href") for one in page.iterfind(".//main//a")]


def test_a_form_that_is_found_again_half_typed_says_nothing_is_wrong(sent: Round, contact_user: User) -> None:
    client, page = signed_in(contact_user), f"{ONE}vedtak/"
    client.post("/bosetting/skrevet/", {**_decision("", answer="", text=LONG), "page": page})
    shown = client.get(page)
    assert LONG in shown.content.decode()
    assert "Dette må rettes" not in text_of(shown)


def test_a_refusal_and_a_day_of_handling_are_answers_too(client: Client, sent: Round) -> None:
    awaited = _decision(
        "", answer="awaited", decided_on="", body="", case_reference="", expected_on="2026-06-01"
    )
    assert client.post(f"{ONE}vedtak/", awaited).status_code == 302
    assert "Ventes behandlet 1. juni 2026" in text_of(client.get(ONE))
    declined = _decision("", 1, answer="declined")
    assert client.post(f"{ONE}vedtak/", declined).status_code == 302
    assert "sagt nei" in text_of(client.get(ONE)).lower()


@pytest.mark.parametrize(
    "wrong",
    [
        {**_request(10), "persons": ""}, {**_request(10), "not_asked": "on"}, {**_request(10), "minors": "11"},
        {**_request(10), "dated": "i går"}, {**_request(10), "dated": "2999-01-01"}, {**_request(10), "source": ""}, {**_request(10), "persons": "-1"},
        {**_request(10), "seen": "99999999999999999999"},
    ],
)  # fmt: skip
def test_a_wrong_request_is_refused(client: Client, sent: Round, wrong: dict[str, str]) -> None:
    assert client.post(f"{ONE}anmodning/", wrong).status_code == 422
    assert not models.MunicipalRequest.objects.exists()


def test_a_municipality_that_is_not_asked_is_another_than_one_asked_for_nobody(
    client: Client, sent: Round
) -> None:
    assert (
        client.post(
            f"{ONE}anmodning/", {**_request(0), "persons": "", "minors": "", "not_asked": "on"}
        ).status_code
        == 302
    )
    assert "Ikke anmodet" in text_of(client.get(ONE))


LONG = "En lang tekst som ingen vil skrive en gang til."
TYPED = {
    "decision": (f"{ONE}vedtak/", _decision(40, text=LONG)),
    "half a decision": (f"{ONE}vedtak/", _decision("", answer="", text=LONG)),
    "request": (f"{ONE}anmodning/", {**_request(40), "source": LONG}),
    "limits": (f"{BOARD}grenser/", {"behind_pace": "4711", "seen": "0"}),
    "alert": (f"{BOARD}varsler/", {"page": BOARD, "reason": LONG}),
    "rates": (f"{ONE}saksframlegg/satser/", {"text": LONG, "seen": "0"}),
}


@pytest.mark.parametrize("what", TYPED)
@pytest.mark.parametrize("ended", [True, False], ids=["the session ends", "the page is left"])
def test_what_is_typed_is_found_again(
    sent: Round, adviser: Actor, adviser_user: User, contact_user: User, what: str, ended: bool
) -> None:
    whole_year(adviser, sent)
    before = models.Decision.objects.count(), models.MunicipalRequest.objects.count()
    address, typed = TYPED[what]
    if what == "alert":
        standing = attention.attention(sent, services.board_of(sent, "county")).standing
        typed = {**typed, "key": standing[0].key}
    user = contact_user if what in ("decision", "half a decision", "rates") else adviser_user
    page = str(typed.get("page", address))
    client = signed_in(user)
    assert client.get(page).status_code == 200
    if ended:
        client = after_the_session_ended(client, user, address, typed)
    else:
        assert client.post("/bosetting/skrevet/", {**typed, "page": page}).status_code == 204
    shown = client.get(page).content.decode()
    assert ("Du ble logget ut mens du skrev" if ended else "Du forlot siden uten å lagre") in shown
    assert (LONG if LONG in typed.values() else "4711") in shown
    assert before == (models.Decision.objects.count(), models.MunicipalRequest.objects.count())
    assert not models.Dismissal.objects.exists()
    assert not models.Thresholds.objects.exists()


def test_a_reason_for_an_alert_that_is_gone_meanwhile_is_shown_all_the_same(
    sent: Round, adviser_user: User
) -> None:
    client = signed_in(adviser_user)
    client.post("/bosetting/skrevet/", {"page": BOARD, "key": "behind_pace:2026:4003:9", "reason": LONG})
    shown = text_of(client.get(BOARD))
    assert LONG in client.get(BOARD).content.decode()
    assert "står i skjemaet" not in shown


def test_the_page_across_rounds_tells_of_each_round_that_is_sent(
    client: Client, sent: Round, adviser: Actor
) -> None:
    a_round(2027)
    a_round(2028, "dialogue")
    whole_year(adviser, sent)
    page = text_of(client.get("/bosetting/etter/"))
    assert "2026" in page
    assert "2027" in page
    assert "2028" not in page
    assert "anmodet om" in page
    assert "varsler til" in page


def test_the_tab_leads_a_contact_to_their_own_municipality(sent: Round, contact_user: User) -> None:
    client = signed_in(contact_user)
    led = client.get(BOARD)
    assert (led.status_code, led.headers["Location"]) == (302, ONE)
    page = lxml.html.fromstring(client.get(ONE).content.decode())
    tabs = page.find(".//ul[@class='row round-links']")
    assert BOARD in [one.get("href") for one in tabs.iter("a")], "and the tabs stand on the page it leads to"
    assert [one.get("href") for one in tabs.iterfind(".//a[@aria-current]")] == [BOARD]
    assert client.get(f"{BOARD}tavle.csv").status_code in (403, 404)
    partner = signed_in(person("partner@example.org", PARTNER))
    assert partner.get(BOARD).status_code == 404


def test_who_is_the_contact_of_several_municipalities_chooses_between_them(sent: Round) -> None:
    client = signed_in(person("both@example.org", CONTACT, NEXT_DOOR))
    answer = client.get(BOARD)
    page = lxml.html.fromstring(answer.content.decode())
    assert answer.status_code == 200
    assert "Velg kommune" in text_of(answer)
    links = {one.get("href") for one in page.iterfind(".//main//a")}
    assert {ONE, f"{BOARD}4001/"} <= links
    assert f"{BOARD}{FYRESDAL}/" not in links


@pytest.mark.parametrize(
    "page",
    [
        "",
        "grenser/",
        "anmodninger/",
        "status/",
        "4003/",
        "4003/vedtak/",
        "4003/anmodning/",
        "4003/saksframlegg/",
    ],
)
def test_every_page_of_the_follow_up_has_the_tabs_of_the_round(
    client: Client, sent: Round, page: str
) -> None:
    found = lxml.html.fromstring(client.get(BOARD + page).content.decode())
    tabs = found.find(".//ul[@class='row round-links']")
    assert tabs is not None
    assert [one.get("href") for one in tabs.iterfind(".//a[@aria-current]")] == [BOARD]


def test_a_municipality_outside_the_county_is_not_there(client: Client, sent: Round) -> None:
    assert client.get(f"{BOARD}4203/").status_code == 404
    assert client.get("/bosetting/2031/40/etter/").status_code == 404


def test_everything_that_is_recorded_has_words(client: Client, sent: Round, adviser: Actor) -> None:
    from fotfeste.web.follow_up.urls import urlpatterns
    from fotfeste.web.trace.models import Entry

    whole_year(adviser, sent)
    acts = set(Entry.objects.values_list("act", flat=True))
    assert not [one for one in acts if act_in_words(one) == one]
    assert {one.name for one in urlpatterns} <= set(PAGES)
    assert {"requests_imported", "status_imported", "alert_dismissed", "thresholds_changed"} <= set(VERBS)


def test_the_line_tells_when_each_step_was(client: Client, sent: Round, adviser: Actor) -> None:
    whole_year(adviser, sent)
    page = text_of(client.get(f"{BOARD}{FYRESDAL}/"))
    assert "30 9. april 2026. kommunestyret, sak 26/12" in page
    assert "28.9.2026" in page
    assert services.statuses_of(sent)[0].as_of == date(2026, 9, 28)  # type: ignore[union-attr]
