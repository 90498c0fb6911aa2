"""What a municipality has once the recommendation is sent: why its number is what it is, and the letter to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds import archives
from fotfeste.web.rounds.adoption import adopt
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.sent_out import sent_adoption
from fotfeste.web.rounds.stages import advance
from fotfeste.work.requirements import Stage
from tests.web.people.persons import ADVISER, CONTACT, READER, person, signed_in
from tests.web.rounds.adopting import DOCUMENTS, again, archive, recommended, weighed_round, with_documents
from tests.web.rounds.test_adoption import revised_text
from tests.web.rounds.test_case import adopted_as_written, write

pytestmark = pytest.mark.django_db
ROUND = "/bosetting/2027/40/"
OWN = f"{ROUND}4003/"


@pytest.fixture
def by(db: None) -> Actor:
    return actor_for(person("kari@example.org", ADVISER))


@pytest.fixture
def adopted(by: Actor) -> Round:
    """A round that is adopted, with whom to write to, and not sent."""
    weighed = weighed_round(by)
    write(by, weighed)
    with_documents(again(weighed))
    adopt(by, again(weighed), adopted_as_written(), 0, weighed.bundle_checksum)
    return again(weighed)


@pytest.fixture
def contact() -> Client:
    return signed_in(person("bente@example.org", CONTACT))


def text(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "nb"})
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_contact_sees_nothing_of_it_before_it_is_sent(adopted: Round, contact: Client) -> None:
    assert sent_adoption(adopted) is None
    for address in (OWN, f"{OWN}brev.pdf", f"{OWN}anbefaling.pdf"):
        assert contact.get(address).status_code == 404


def test_a_contact_sees_why_the_own_number_is_what_it_is_and_the_letter_once_it_is_sent(
    by: Actor, adopted: Round, contact: Client
) -> None:
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    page = text(contact, OWN)
    assert "Slik ble tallet til" in page
    assert "Skriv til postmottaket i fylkeskommunen innen 6. desember 2026." in page
    assert f'href="{ROUND}4001/"' not in page, "the neighbours' pages are not theirs"
    assert f'href="{OWN}brev.pdf"' in page
    assert contact.get(f"{OWN}brev.pdf").content == DOCUMENTS["brev/4003-skien.pdf"]
    assert contact.get(f"{OWN}anbefaling.pdf").content == DOCUMENTS["anbefaling-til-imdi.pdf"]
    for address in (ROUND, f"{ROUND}4001/", f"{ROUND}4001/brev.pdf", f"{ROUND}vedtak/1/"):
        assert contact.get(address).status_code == 404, address


def test_neither_a_partner_nor_a_neighbour_gets_the_letter_and_the_county_does(
    by: Actor, adopted: Round
) -> None:
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    Round.objects.filter(pk=adopted.pk).update(shared_with=["Nav"])
    neighbour = Held(Role.MUNICIPALITY_CONTACT, municipality="4001")
    partner = Held(Role.PARTNER, county="40", organisation="Nav")
    for number, (held, status) in enumerate(((neighbour, 404), (partner, 404), (READER, 200))):
        browser = signed_in(person(f"p{number}@example.org", held))
        assert browser.get(f"{OWN}brev.pdf").status_code == status


def test_a_contact_keeps_what_was_sent_until_the_revision_is_sent(
    by: Actor, adopted: Round, contact: Client
) -> None:
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    before = text(contact, OWN)
    recommended(by, again(adopted), *revised_text())
    write(by, again(adopted), decided_on=(timezone.localdate() - timedelta(days=0)).isoformat())
    now = again(adopted)
    files = DOCUMENTS | {"brev/4003-skien.pdf": b"%PDF-1.7 revidert %%EOF"}
    archives.documents_path(now, "nb").write_bytes(archive(files))
    details = replace(adopted_as_written(), decided_on=timezone.localdate(), reason="Halvert")
    adopt(by, now, details, 0, now.bundle_checksum)
    assert "123 personer" in before
    assert "123 personer" in text(contact, OWN)
    assert contact.get(f"{OWN}brev.pdf").content == DOCUMENTS["brev/4003-skien.pdf"]
    advance(by, again(adopted), Stage.SENT, sent_on=timezone.localdate())
    assert "123 personer" not in text(contact, OWN).split("</h1>")[1].split("<nav")[0][:400]
    assert b"revidert" in contact.get(f"{OWN}brev.pdf").content


def test_a_reader_of_the_county_reads_what_was_adopted(adopted: Round) -> None:
    reader = signed_in(person("leser@example.org", READER))
    assert "vedtak/1/filer/nb/saksframlegg.pdf" in text(reader, f"{ROUND}vedtak/1/")
    assert reader.get(f"{ROUND}vedtak/1/filer/nb/saksframlegg.pdf").content == DOCUMENTS["saksframlegg.pdf"]


def test_the_public_page_tells_who_decided_when_in_which_case_and_whom_to_ask(
    by: Actor, adopted: Round, client: Client
) -> None:
    from fotfeste.web.jobs.models import Job
    from fotfeste.web.rounds import changes, services
    from fotfeste.work.requirements import Publication

    changes.publish(by, adopted, Publication.PUBLIC)
    page = text(client, ROUND)
    assert "Vedtatt av Fylkesutvalget 20. november 2026, sak 26/1234." in page
    assert f'href="{ROUND}vedtak/1/"' in page
    assert "Kontakt: postmottaket i fylkeskommunen." in page
    assert "fotfeste verify" not in text(client, f"{ROUND}kontroll/")
    assert Job.objects.filter(kind=services.VERIFY).exists(), "it is checked when it is adopted"


def test_the_page_of_the_adoption_shows_what_is_adopted(by: Actor, adopted: Round) -> None:
    recommended(by, adopted, *revised_text())
    with_documents(again(adopted))
    page = text(signed_in(person("ola@example.org", ADVISER)), f"{ROUND}vedtak/")
    told = page[page.index('id="innhold-vedtas"') :]
    assert "272 flyktninger" in told
    assert "Forskjellen fra vedtak 1" in told
    assert "Porsgrunn" in told
    assert told.index("Vedtatt før") < told.index("checksum"), "the checksum comes last"


def test_the_page_of_the_adoption_tells_who_has_not_replied(by: Actor) -> None:
    from fotfeste.web.dialogue.models import Delivery

    weighed = weighed_round(by)
    Delivery.objects.filter(reply__round=weighed, reply__municipality="4003").delete()
    page = text(signed_in(person("ola@example.org", ADVISER)), f"{ROUND}vedtak/")
    assert "1 kommune har ikke svart: Skien." in page


def test_the_contacts_own_pages_lead_to_what_was_recommended_once_it_is_sent(
    by: Actor, adopted: Round, contact: Client
) -> None:
    pages = (f"{ROUND}dialog/4003/", f"{ROUND}etter/4003/")
    for page in pages:
        assert f'href="{OWN}"' not in text(contact, page)
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    for page in pages:
        assert f'<a class="ds-link" href="{OWN}">Anbefalingen for Skien</a>' in text(contact, page)


def test_the_way_to_the_contacts_page_goes_only_by_what_the_contact_may_see(
    by: Actor, adopted: Round, contact: Client
) -> None:
    advance(by, adopted, Stage.SENT, sent_on=timezone.localdate())
    way = re.search(r'<nav class="ds-breadcrumbs.*?</nav>', text(contact, OWN), re.S)
    assert way is not None
    addresses = re.findall(r'href="([^"]+)"', way[0])
    assert addresses
    assert [contact.get(one).status_code for one in addresses] == [200] * len(addresses)
    county = text(signed_in(person("leser@example.org", READER)), OWN)
    assert f'<a class="ds-link" href="{ROUND}">' in county
