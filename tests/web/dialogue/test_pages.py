"""The pages of the dialogue: each sees their own, nothing typed is lost, and it is said plainly what a reply is."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from fotfeste.messages import Locale, language, msg
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.models import Delivery, PartnerInput, Reply
from fotfeste.web.people.models import User
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import ANSWERS, LATE, make_round, member, sent
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, PARTNER, READER, confirm, signed_in

pytestmark = pytest.mark.django_db

COUNTY, PAGE = "/bosetting/2027/40/dialog/", "/bosetting/2027/40/dialog/4003/"


@pytest.fixture
def client_of_skien(round_: Round) -> Client:
    return member("kari@example.org", CONTACT)[2]


@pytest.fixture
def county(round_: Round) -> Client:
    return member("ase@example.org", ADVISER)[2]


def text(answer: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def carried(answer: HttpResponse) -> dict[str, str]:
    """What the form carries: the version and the values that it was made from."""
    page = answer.content.decode()
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])  # type: ignore[index]
        for name in ("sett", "grunnlag")
    }


def value_of(answer: HttpResponse, field: str) -> str:
    page = answer.content.decode()
    found = re.search(rf'id="{field}" name="svar_{field}" value="([^"]*)"', page) or re.search(
        rf'id="{field}" name="svar_{field}"[^>]*>\n([^<]*)</textarea>', page
    )
    assert found, field
    return html.unescape(found[1])


def test_a_contact_goes_straight_to_their_own_municipality(client_of_skien: Client) -> None:
    answer = client_of_skien.get(COUNTY)
    assert answer.headers["Location"] == PAGE
    assert 'href="/bosetting/2027/40/dialog/"' in client_of_skien.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "held",
    [Held(Role.MUNICIPALITY_CONTACT, municipality="4001"), OTHER_ADVISER, PARTNER],
    ids=lambda one: str(one.role),
)
def test_others_see_nothing_there(round_: Round, held: Held) -> None:
    _, _, client = member("annen@example.org", held)
    for address in (PAGE, PAGE + "svarskjema.xlsx", PAGE + "levert/1/"):
        assert client.get(address).status_code == 404
    assert client.post(PAGE, sent(ANSWERS, gjor="lever")).status_code == 404
    assert not Delivery.objects.exists()


def test_the_form_has_every_field_with_its_words_in_three_languages(client_of_skien: Client) -> None:
    for locale in ("nb", "nn", "en"):
        client_of_skien.cookies["fotfeste_language"] = locale
        page = html.unescape(client_of_skien.get(PAGE).content.decode())
        for one in load_reply_form().fields:
            assert one.question[locale] in page  # type: ignore[index]
            assert one.help[locale] in page  # type: ignore[index]
            assert page.count(f'id="{one.id}"') == 1
            assert f'for="{one.id}"' in page


def test_it_is_said_that_a_reply_is_no_decision(client_of_skien: Client) -> None:
    assert "Det er ikke et vedtak i kommunestyret" in text(client_of_skien.get(PAGE))


def test_the_municipality_s_own_facts_stand_beside_with_their_sources(client_of_skien: Client) -> None:
    page = text(client_of_skien.get(PAGE))
    assert "Tall om Skien" in page
    assert "Anmodet, vedtatt og bosatt" in page
    assert "Kilde" in page


def test_only_what_is_narrow_stands_beside_the_form_and_the_rest_has_the_whole_page(
    client_of_skien: Client,
) -> None:
    page = client_of_skien.get(PAGE).content.decode()
    aside, _, below = page.partition('<aside class="facts-part"')[2].partition("</aside>")
    assert "<table" not in aside
    assert "<svg" not in aside
    assert 'href="#ar-for-ar"' in aside
    assert 'id="ar-for-ar"' in below
    assert below.count("<table") >= 1


def test_last_year_s_reply_stands_beside_this_year_s(client_of_skien: Client, contact: Actor) -> None:
    assert "Svaret for 2026" not in text(client_of_skien.get(PAGE))
    before = make_round(2026)
    deliver(
        contact, Reply.objects.get(round=before, municipality="4003"), {**ANSWERS, "housing": "41"}, 0, {}
    )
    page = client_of_skien.get(PAGE).content.decode()
    row = re.search(r'id="housing-i-fjor">(.*?)</p>', page, re.S)
    assert row
    assert "Svaret for 2026" in row[1]
    assert "41" in row[1]


def test_what_may_never_be_written_is_said_before_anything_is(client_of_skien: Client) -> None:
    assert "Skriv aldri navn, fødselsnummer eller annet om enkeltpersoner." in text(client_of_skien.get(PAGE))


def test_what_a_partner_has_asked_for_already_stands_by_the_field(
    client_of_skien: Client, round_: Round
) -> None:
    PartnerInput.objects.create(
        round=round_, organisation="Statsforvalteren", title="Kartlegging", values={"4003": {"minors": 7}}
    )
    page = client_of_skien.get(PAGE).content.decode()
    told = re.search(r'id="minors-alt-spurt">(.*?)</p>', page, re.S)
    assert told
    assert "Statsforvalteren har allerede spurt, og fikk svaret 7" in told[1]
    assert 'aria-describedby="minors-hjelp minors-alt-spurt"' in page


def test_a_contact_finds_the_dialogues_they_take_part_in(client_of_skien: Client, round_: Round) -> None:
    page = client_of_skien.get("/bosetting/dialog/")
    assert f'href="{COUNTY}"' in page.content.decode()
    assert "Svar fra Skien: spurt, ikke begynt. Fristen er 1. januar 2099." in text(page)
    _, _, elsewhere = member("nabo@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4203"))
    assert "Ingen har spurt ennå" in text(elsewhere.get("/bosetting/dialog/"))


PORSGRUNN = Held(Role.MUNICIPALITY_CONTACT, municipality="4001")


def test_a_contact_of_two_municipalities_reaches_both(round_: Round) -> None:
    _, _, both = member("begge@example.org", CONTACT, PORSGRUNN)
    inputs = "/bosetting/2027/40/innspill/"
    for address, there in ((COUNTY, ""), (COUNTY + "moter/", "moter/"), (inputs, "innspill/")):
        page = both.get(address)
        assert page.status_code == 200
        links = re.findall(rf'href="({COUNTY}\d\d\d\d/{there})"', page.content.decode())
        assert links == [f"{COUNTY}4001/{there}", f"{COUNTY}4003/{there}"]
        assert [both.get(one).status_code for one in links] == [200, 200]
    told = text(both.get("/bosetting/dialog/"))
    assert "Svar fra Porsgrunn: spurt, ikke begynt." in told
    assert "Svar fra Skien: spurt, ikke begynt." in told
    assert f'href="{COUNTY}"' in both.get(PAGE).content.decode(), "the way back leads to the choice"


def test_a_contact_of_a_municipality_outside_the_round_is_told_nothing_of_the_county(round_: Round) -> None:
    _, _, outside = member("utenfor@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4099"))
    page = text(outside.get("/bosetting/dialog/"))
    assert "Ingen har spurt ennå" in page
    assert "kommuner har svart" not in page
    assert outside.get(COUNTY).status_code == 404


def test_the_dates_of_a_municipality_can_be_put_in_a_calendar(client_of_skien: Client) -> None:
    found = re.search(r'href="([^"]+\.ics)"', client_of_skien.get(PAGE).content.decode())
    assert found
    assert client_of_skien.get(found[1]).content.startswith(b"BEGIN:VCALENDAR")


def test_what_is_typed_is_saved_without_javascript(client_of_skien: Client, skien: Reply) -> None:
    form = carried(client_of_skien.get(PAGE))
    answer = client_of_skien.post(
        PAGE, sent({"housing": "30", "own_wish": "ca. 20"}, gjor="lagre", **form), follow=True
    )
    assert "Kladden er lagret" in text(answer)
    assert (value_of(answer, "housing"), value_of(answer, "own_wish")) == ("30", "ca. 20")


def test_typing_saves_and_tells_when(client_of_skien: Client, skien: Reply) -> None:
    form = carried(client_of_skien.get(PAGE))
    answer = client_of_skien.post(
        PAGE + "kladd/", sent({"housing": "30"}, **form), headers={"HX-Request": "true"}
    )
    assert re.search(r"Lagret \d\d\.\d\d", text(answer))
    assert "<html" not in answer.content.decode()
    assert json.loads(carried(answer)["grunnlag"]) == {"housing": 30}
    skien.refresh_from_db()
    assert skien.values == {"housing": 30}


def test_saving_again_and_again_from_one_page_never_clashes_with_itself(client_of_skien: Client) -> None:
    form = carried(client_of_skien.get(PAGE))
    for typed in ("3", "30", "", "25"):
        answer = client_of_skien.post(
            PAGE + "kladd/", sent({"housing": typed}, **form), headers={"HX-Request": "true"}
        )
        assert "i mellomtiden" not in text(answer)
        form = carried(answer)
    assert value_of(client_of_skien.get(PAGE), "housing") == "25"


def test_a_session_that_has_ended_is_told_to_the_script_and_nothing_is_lost(
    round_: Round, skien: Reply
) -> None:
    answer = Client().post(PAGE + "kladd/", sent({"housing": "30"}), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    skien.refresh_from_db()
    assert skien.values == {}


def without_session(user: User) -> Client:
    """A browser whose session has run out while a page stood open in it; its other cookies are still there."""
    client = signed_in(user)
    client.get(PAGE)
    del client.cookies["fotfeste_session"]
    return client


def sign_in_again(client: Client, user: User) -> None:
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    confirm(client, user)


@pytest.mark.parametrize("how", ["button", "typing"])
def test_what_was_typed_when_the_session_ended_stands_there_after_sign_in(
    round_: Round, skien: Reply, how: str
) -> None:
    user, _, _ = member("kari@example.org", CONTACT)
    client = without_session(user)
    typed = sent({"housing": "33"}, gjor="lagre", sett="0", grunnlag="{}", page=PAGE)
    if how == "button":
        refused = client.post(PAGE, typed)
        assert refused.status_code == 302
        assert "logg-inn" in refused.headers["Location"]
    else:
        assert client.post(PAGE + "kladd/", typed, headers={"HX-Request": "true"}).status_code == 401
    skien.refresh_from_db()
    assert skien.values == {}
    sign_in_again(client, user)
    shown = client.get(PAGE)
    assert value_of(shown, "housing") == "33"
    assert "ikke lagret ennå" in text(shown)
    saved = sent({"housing": "34"}, page=PAGE, **carried(shown))
    client.post(PAGE + "kladd/", saved, headers={"HX-Request": "true"})
    again = client.get(PAGE)
    assert value_of(again, "housing") == "34"
    assert "ikke lagret ennå" not in text(again)


def test_a_reason_that_was_typed_when_the_session_ended_stands_there_after_sign_in(
    round_: Round, skien: Reply, contact: Actor
) -> None:
    deliver(contact, skien, ANSWERS, 0, {})
    user, _, _ = member("ase@example.org", ADVISER)
    client = without_session(user)
    refused = client.post(PAGE + "apne/", {"grunn": "Tallet mangler et siffer", "page": PAGE})
    assert "logg-inn" in refused.headers["Location"]
    sign_in_again(client, user)
    page = client.get(PAGE)
    assert 'value="Tallet mangler et siffer"' in page.content.decode()
    assert "Du ble logget ut mens du skrev." in text(page)
    skien.refresh_from_db()
    assert skien.reopened_at is None


def test_what_was_typed_is_shown_to_nobody_else(round_: Round) -> None:
    user, _, _ = member("kari@example.org", CONTACT)
    other, _, _ = member("per@example.org", CONTACT)
    client = without_session(user)
    client.post(PAGE, sent({"housing": "33"}, gjor="lagre", sett="0", grunnlag="{}", page=PAGE))
    sign_in_again(client, other)
    assert value_of(client.get(PAGE), "housing") == ""


def test_two_of_one_municipality_see_both_texts_and_choose(client_of_skien: Client, skien: Reply) -> None:
    _, _, colleague = member("per@example.org", CONTACT)
    first, second = carried(client_of_skien.get(PAGE)), carried(colleague.get(PAGE))
    client_of_skien.post(PAGE, sent({"housing": "30", "school": ""}, gjor="lagre", **first))
    asked = colleague.post(PAGE, sent({"housing": "25", "school": "12"}, gjor="lagre", **second))
    assert asked.status_code == 409
    assert value_of(asked, "housing") == "25"
    assert "Dette er lagret i feltet i mellomtiden: 30" in text(asked)
    skien.refresh_from_db()
    assert skien.values == {"housing": 30, "school": 12}
    again = colleague.post(PAGE, sent({"housing": "25", "school": "12"}, gjor="lagre", **carried(asked)))
    assert again.status_code == 302
    skien.refresh_from_db()
    assert skien.values == {"housing": 25, "school": 12}


def test_one_person_in_two_windows_is_not_told_of_anybody_else(client_of_skien: Client) -> None:
    first, second = carried(client_of_skien.get(PAGE)), carried(client_of_skien.get(PAGE))
    client_of_skien.post(PAGE, sent({"housing": "30"}, gjor="lagre", **first))
    typing = client_of_skien.post(PAGE + "kladd/", sent({"housing": "25"}, **second))
    asked = client_of_skien.post(PAGE, sent({"housing": "25"}, gjor="lagre", **second))
    assert "i mellomtiden" in text(typing)
    assert "Det samme er endret i mellomtiden" in text(asked)
    for page in (typing, asked):
        assert not re.search(r"en annen har|av en annen|andre har", text(page), re.I)


def test_while_typing_the_second_is_told_what_the_first_has_written(client_of_skien: Client) -> None:
    _, _, colleague = member("per@example.org", CONTACT)
    form = carried(colleague.get(PAGE))
    client_of_skien.post(PAGE + "kladd/", sent({"housing": "30", "school": "7"}, sett="0", grunnlag="{}"))
    told = text(colleague.post(PAGE + "kladd/", sent({"housing": "25", "school": ""}, **form)))
    assert "«Bolig» er i mellomtiden endret til: 30" in told
    assert "Skole: 7" in told


def test_delivering_shows_what_was_delivered_when_and_the_checksum(client_of_skien: Client) -> None:
    form = carried(client_of_skien.get(PAGE))
    answer = client_of_skien.post(PAGE, sent(ANSWERS, gjor="lever", **form), follow=True)
    one = Delivery.objects.get()
    page = text(answer)
    assert "Svaret er levert." in page
    assert one.checksum in page
    assert "kommunedirektør" in page
    assert 'id="svar"' not in answer.content.decode()
    file = client_of_skien.get(f"{PAGE}levert/1.json")
    assert json.loads(file.content)["values"]["housing"] == 30
    double = client_of_skien.post(PAGE, sent(ANSWERS, gjor="lever", **form))
    assert double.status_code == 302
    assert Delivery.objects.count() == 1


def test_what_is_wrong_is_listed_with_links_and_nothing_is_lost(client_of_skien: Client) -> None:
    form = carried(client_of_skien.get(PAGE))
    answer = client_of_skien.post(
        PAGE, sent({**ANSWERS, "housing": "mange", "approved_by": ""}, gjor="lever", **form)
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#housing"' in page
    assert 'href="#approved_by"' in page
    assert "la svaret stå tomt" in page
    assert value_of(answer, "housing") == "mange"
    assert value_of(answer, "own_wish") == "25"


def test_a_number_of_a_person_is_stopped_shown_again_and_kept_nowhere(
    client_of_skien: Client, skien: Reply
) -> None:
    form = carried(client_of_skien.get(PAGE))
    answer = client_of_skien.post(PAGE, sent({"capacity_note": "Ring 01019012345"}, gjor="lagre", **form))
    assert answer.status_code == 422
    assert value_of(answer, "capacity_note") == "Ring 01019012345"
    assert "fødselsnummer" in text(answer)
    assert "01019012345" not in carried(answer)["grunnlag"]
    skien.refresh_from_db()
    assert skien.values == {}


def test_words_about_somebody_are_to_be_seen_over_before_it_is_delivered(client_of_skien: Client) -> None:
    typed = {**ANSWERS, "other_needs": "Familien i Storgata venter på bolig"}
    form = carried(client_of_skien.get(PAGE))
    asked = client_of_skien.post(PAGE, sent(typed, gjor="lever", **form))
    assert asked.status_code == 422
    assert "en person eller en familie" in text(asked)
    done = client_of_skien.post(PAGE, sent(typed, gjor="lever", merknader_sett="1", **carried(asked)))
    assert done.status_code == 302
    assert Delivery.objects.count() == 1


def test_after_another_has_delivered_what_was_typed_can_be_copied(client_of_skien: Client) -> None:
    form = carried(client_of_skien.get(PAGE))
    client_of_skien.post(PAGE, sent(ANSWERS, gjor="lever", **form))
    answer = client_of_skien.post(PAGE, sent({**ANSWERS, "wish_note": "En lang tekst"}, gjor="lever", **form))
    assert answer.status_code == 409
    assert "En lang tekst" in text(answer)
    assert "Svaret er levert og kan ikke endres" in text(answer)


def test_the_county_enters_a_reply_on_behalf_and_it_is_marked(county: Client) -> None:
    assert 'id="svar"' not in county.get(PAGE).content.decode()
    form = carried(county.get(PAGE + "?paa-vegne=1"))
    answer = county.post(
        PAGE, sent(ANSWERS, gjor="lever", hentet_fra="e-post 3. september", **form), follow=True
    )
    assert "Ført inn av fylkeskommunen på vegne av kommunen, fra: e-post 3. september" in text(answer)


def test_the_county_opens_again_with_a_reason_that_the_municipality_sees(
    county: Client, client_of_skien: Client
) -> None:
    client_of_skien.post(PAGE, sent(ANSWERS, gjor="lever", sett="0", grunnlag="{}"))
    assert client_of_skien.post(PAGE + "apne/", {"grunn": "Vil endre"}).status_code == 404
    without = county.post(PAGE + "apne/", {"grunn": " "})
    assert without.status_code == 422
    county.post(PAGE + "apne/", {"grunn": "Tallet for bolig mangler et siffer"})
    page = client_of_skien.get(PAGE)
    assert "Tallet for bolig mangler et siffer" in text(page)
    assert value_of(page, "housing") == "30"
    client_of_skien.post(PAGE, sent({**ANSWERS, "housing": "300"}, gjor="lever", **carried(page)))
    shown = text(client_of_skien.get(PAGE))
    assert "Endret siden forrige levering" in shown
    assert "Bolig 30 300" in shown
    assert "Bolig 30 300" in text(client_of_skien.get(PAGE + "levert/2/"))
    assert "Levering 1" in shown


def test_a_reader_of_the_county_sees_what_is_delivered_and_changes_nothing(
    round_: Round, client_of_skien: Client
) -> None:
    _, _, reader = member("leser@example.org", READER)
    client_of_skien.post(PAGE + "kladd/", sent({"housing": "77"}, sett="0", grunnlag="{}"))
    assert "77" not in text(reader.get(PAGE))
    assert "<form" not in reader.get(PAGE + "?paa-vegne=1").content.decode().partition("<main")[2]
    assert reader.post(PAGE, sent(ANSWERS, gjor="lever")).status_code == 403
    assert reader.get(COUNTY).status_code == 200


def test_the_list_says_in_one_sentence_how_it_stands(county: Client, client_of_skien: Client) -> None:
    assert "0 av 17 kommuner har svart. Fristen er 1. januar 2099." in text(county.get(COUNTY))
    client_of_skien.post(PAGE, sent(ANSWERS, gjor="lever", sett="0", grunnlag="{}"))
    page = text(county.get(COUNTY))
    assert "1 av 17 kommuner har svart" in page
    row = re.search(r"<tr><th scope=\"row\"><a[^>]*>Skien.*?</tr>", county.get(COUNTY).content.decode(), re.S)
    assert row
    assert ">25<" in row[0]
    assert "20 (voksenopplæring)" in row[0]


def test_the_list_can_be_narrowed_and_names_whom_to_remind(contact: Actor) -> None:
    round_ = make_round(due=LATE)
    deliver(contact, Reply.objects.get(round=round_, municipality="4003"), ANSWERS, 0, {})
    _, _, county = member("ase@example.org", ADVISER)
    late = county.get(COUNTY + "?vis=sent").content.decode()
    assert "Skien</a></th>" in late
    assert "Levert etter fristen" in late
    assert "Porsgrunn</a></th>" not in late
    waiting = county.get(COUNTY + "?vis=mangler").content.decode()
    assert "Skien</a></th>" not in waiting
    member("nabo@example.org", Held(Role.MUNICIPALITY_CONTACT, municipality="4001"))
    reminded = text(county.get(COUNTY)).partition("Bør påminnes:")[2].partition(".")[0]
    assert "Porsgrunn" in reminded
    assert "Skien" not in reminded


def test_a_round_that_has_not_asked_tells_so(db: None) -> None:
    round_ = Round.objects.create(
        county="40", county_name="Telemark", year=2027, total=545, state=Stage.PREPARED.value
    )
    assert not round_.replies.exists()
    _, _, county = member("ase@example.org", ADVISER)
    assert "Kommunene er ikke spurt ennå" in text(county.get(COUNTY))
    _, _, contact = member("kari@example.org", CONTACT)
    assert "Fylkeskommunen har ikke spurt kommunen ennå" in text(contact.get(PAGE))
    assert contact.post(PAGE, sent(ANSWERS, gjor="lever")).status_code == 404


def test_a_municipality_outside_the_round_is_not_found(county: Client) -> None:
    for code in ("4203", "9999"):
        assert county.get(f"{COUNTY}{code}/").status_code == 404


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7|add:7 }}", "\x00\x01"]
)
def test_whatever_is_typed_stays_text(client_of_skien: Client, hostile: str) -> None:
    typed = {"capacity_note": hostile, "housing": hostile, "approved_by": hostile, "approved_on": hostile}
    answer = client_of_skien.post(PAGE, sent(typed, gjor="lever", sett=hostile, grunnlag=hostile))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert client_of_skien.get(PAGE).status_code == 200


@pytest.mark.parametrize("locale", ["nn", "en"])
def test_the_form_speaks_the_reader_s_language(client_of_skien: Client, locale: Locale) -> None:
    client_of_skien.cookies["fotfeste_language"] = locale
    page = text(client_of_skien.get(PAGE))
    for said in (msg("Lagre kladd"), msg("Still et spørsmål"), msg("Legg ved en fil")):
        assert language(locale).text(said) in page
    assert language(locale).text(msg("Still et spørsmål")) != "Still et spørsmål"
    answer = client_of_skien.post(PAGE, sent({"housing": "mange"}, gjor="lever", sett="0", grunnlag="{}"))
    wrong = language(locale).text(msg("Skriv et helt tall, eller la svaret stå tomt hvis dere ikke vet."))
    assert wrong in text(answer)
    assert "la svaret stå tomt" not in text(answer)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_page_can_be_read_in_each_language(
    county: Client, client_of_skien: Client, locale: str
) -> None:
    client_of_skien.post(PAGE, sent(ANSWERS, gjor="lever", sett="0", grunnlag="{}"))
    county.cookies["fotfeste_language"] = locale
    for address in (COUNTY, COUNTY + "les-inn/", PAGE, PAGE + "levert/1/", COUNTY + "4001/?paa-vegne=1"):
        answer = county.get(address)
        assert answer.status_code == 200
        assert f'lang="{locale}"' in answer.content.decode()
