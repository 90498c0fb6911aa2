"""The draft case paper in the workspace: who makes it, what they see of few people, and the municipality's own rates."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import lxml.html
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.messages import language
from fotfeste.reports.blocks import Table
from fotfeste.reports.documents.council_case import Part
from fotfeste.settlement.finances_file import LONGEST
from fotfeste.settlement.rates_blank import blank_rates
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.web.dialogue.models import Need
from fotfeste.web.follow_up import council, entering, rates
from fotfeste.web.follow_up.models import OwnRates
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from tests.daily import LONG_RUN
from tests.settlement.test_finances import RATES
from tests.web.follow_up.conftest import NEXT_DOOR
from tests.web.follow_up.year import SKIEN, adopted_in, asked, decided, recommended_in
from tests.web.people.persons import PARTNER, READER, person, signed_in

pytestmark = pytest.mark.django_db
PAPER = f"/bosetting/2027/40/etter/{SKIEN}/saksframlegg/"
COUNTED = {"valgt": "1", "proposal": "recommendation", "part": [one.value for one in Part]}
"""The whole paper, with the recommendation as what is proposed."""
WRITE = f"{PAPER}satser/"


@pytest.fixture
def sent(db: None) -> Round:
    """A round of 2027 that is adopted and sent, with its recommendation."""
    round_ = Round.objects.create(county="40", county_name="Telemark", year=2027, total=545, state="sent")
    recommended_in(round_)
    adopted_in(round_)
    return round_


@pytest.fixture
def theirs(contact_user: User) -> Client:
    return signed_in(contact_user)


@pytest.fixture
def countys(adviser_user: User) -> Client:
    return signed_in(adviser_user)


def page(answer: Any) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(answer.content.decode())


def text_of(answer: Any) -> str:
    return " ".join(page(answer).find(".//main").text_content().split())


def own(actor: Actor, text: str = RATES) -> OwnRates:
    standing = rates.newest(SKIEN)
    made = rates.enter(actor, SKIEN, text, "satser.toml", standing.number if standing else 0)
    assert isinstance(made, OwnRates)
    return made


@LONG_RUN
def test_the_contact_and_the_county_see_the_draft_and_take_it_along(
    sent: Round, theirs: Client, countys: Client
) -> None:
    from docx import Document as Word

    for client in (theirs, countys):
        answer = client.get(PAPER)
        assert answer.status_code == 200
        assert "Skien kommune bosetter [antall] flyktninger i 2027." in text_of(answer)
        assert "Velg hva det skal bygge på" in text_of(answer)
        chosen = client.get(PAPER, {"valgt": "1", "proposal": "recommendation"})
        assert "Kommunestyret vedtar: Skien kommune bosetter 123 flyktninger" in text_of(chosen)
        assert "Velg hva det skal bygge på" not in text_of(chosen)
        files = [one.get("href") for one in page(answer).iterfind(".//ul[@class='downloads']//a")]
        assert files == [f"{PAPER}saksframlegg.docx", f"{PAPER}saksframlegg.pdf"]
        word = Word(io.BytesIO(client.get(files[0]).content))
        assert "Forslag til vedtak" in [one.text for one in word.paragraphs]
        assert len(pypdfium2.PdfDocument(client.get(files[1]).content)) >= 3


def test_a_reader_looks_and_takes_nothing_and_others_find_nothing(sent: Round) -> None:
    reader = signed_in(person("reader@example.org", READER))
    answer = reader.get(PAPER)
    assert answer.status_code == 200
    assert "saksframlegg.docx" not in answer.content.decode()
    assert reader.get(f"{PAPER}saksframlegg.docx").status_code == 403
    for held in (NEXT_DOOR, PARTNER):
        other = signed_in(person(f"{held.role}@example.org", held))
        assert other.get(PAPER).status_code == 404
        assert other.get(WRITE).status_code == 404


def test_before_the_recommendation_is_sent_the_municipality_is_told_to_wait(
    sent: Round, theirs: Client, countys: Client
) -> None:
    Round.objects.update(state="weighing")
    answer = theirs.get(PAPER)
    assert "Utkastet kan lages når fylkeskommunen har sendt anbefalingen." in text_of(answer)
    assert "123" not in text_of(answer)
    assert theirs.get(f"{PAPER}saksframlegg.pdf").status_code == 302
    assert "anbefaler 123" in text_of(countys.get(PAPER)) or "bosetter 123" in text_of(countys.get(PAPER))


@pytest.mark.parametrize(
    ("proposal", "vedtar"),
    [
        ("request", "bosetter 90 flyktninger i 2027, herav 4 enslige mindreårige."),
        ("recommendation", "bosetter 123 flyktninger i 2027"),
        ("wish", "bosetter [antall] flyktninger i 2027."),
        ("blank", "bosetter [antall] flyktninger i 2027."),
        ("tull", "bosetter [antall] flyktninger i 2027."),
    ],
)
def test_the_municipality_chooses_what_the_proposal_builds_on(
    sent: Round, adviser: Actor, theirs: Client, proposal: str, vedtar: str
) -> None:
    from docx import Document as Word

    entering.enter_request(adviser, sent, asked(SKIEN, 90, 4), 0)
    answer = theirs.get(PAPER, {"valgt": "1", "proposal": proposal})
    told = text_of(answer)
    assert f"Kommunestyret vedtar: Skien kommune {vedtar}" in told
    assert "IMDi ber om 90. Fylkeskommunen anbefaler 123." in told
    assert told.index("IMDi ber om 90") < told.index("Kommunestyret vedtar")
    file = next(one.get("href") for one in page(answer).iterfind(".//ul[@class='downloads']//a"))
    assert f"proposal={proposal}" in file
    word = Word(io.BytesIO(theirs.get(file).content))
    assert any(vedtar in one.text for one in word.paragraphs), "the file has what was chosen"


def test_a_decision_that_is_entered_is_told_in_the_paper(sent: Round, contact: Actor, theirs: Client) -> None:
    assert "Kommunestyret har behandlet saken" not in text_of(theirs.get(PAPER))
    entering.decide(contact, sent, decided(SKIEN, 40, dated=date(2026, 4, 9)), 0)
    told = text_of(theirs.get(PAPER))
    assert "Kommunestyret har behandlet saken" in told
    assert "Vedtatt 40: kommunestyret, sak 26/12, 9. april 2026" in told


def test_only_the_parts_that_are_chosen_are_shown_and_go_along(sent: Round, theirs: Client) -> None:
    answer = theirs.get(PAPER, {"valgt": "1", "part": ["risk", "measures"]})
    headings = [one.text_content() for one in page(answer).iterfind(".//h3")]
    assert headings == [
        "Forslag til vedtak",
        "Tiltak, ansvar og frister",
        "Risiko hvis integreringen ikke lykkes",
    ]
    files = [one.get("href") for one in page(answer).iterfind(".//ul[@class='downloads']//a")]
    assert all("part=risk&part=measures" in one for one in files)
    short = pypdfium2.PdfDocument(theirs.get(files[1]).content)
    whole = pypdfium2.PdfDocument(theirs.get(f"{PAPER}saksframlegg.pdf").content)
    assert len(short) < len(whole)
    assert theirs.get(PAPER, {"valgt": "1", "part": "finnes-ikke"}).status_code == 200


def test_only_the_municipality_itself_gets_counts_of_few_people(
    sent: Round, adviser: Actor, contact: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.settlement.facts import YearFigures

    few = (YearFigures(2025, Figure.observed(9), Figure.observed(9), Figure.observed(3)),)
    monkeypatch.setattr(council, "_earlier", lambda *_: few)

    def settled(actor: Actor) -> Figure:
        paper = council.paper_for(actor, sent, SKIEN, Part)
        assert paper is not None
        shown = next(
            one for one in paper.blocks if isinstance(one, Table) and "vedtatt og bosatt" in one.caption
        )
        found = shown.rows[0][3]
        assert isinstance(found, Figure)
        return found

    assert settled(adviser).mark is Mark.SUPPRESSED
    assert settled(contact) == Figure.observed(3)
    assert settled(actor_for(person("reader@example.org", READER))).mark is Mark.SUPPRESSED


def test_what_was_heard_and_shared_becomes_measures_and_what_is_not_shared_does_not(
    sent: Round, theirs: Client
) -> None:
    for number, text, shared, state in (
        (1, "Flere tolker", True, "open"),
        (2, "Internt", False, "open"),
        (3, "Gjort", True, "done"),
    ):
        Need.objects.create(
            round=sent, number=number, municipality=SKIEN, text=text, shared=shared, state=state, follow_up="tolketjenesten",
            due=date(2027, 3, 1),
        )  # fmt: skip
    answer = theirs.get(PAPER)
    cells = [one.text_content() for one in page(answer).iterfind(".//tr/*")]
    place = cells.index("Flere tolker")
    assert cells[place + 1 : place + 3] == ["tolketjenesten", "1. mars 2027"]
    told = text_of(answer)
    assert "Internt" not in told
    assert "Gjort" not in told


def test_the_contact_writes_rates_and_the_paper_counts_with_them(
    sent: Round, theirs: Client, countys: Client
) -> None:
    assert "Økonomien er ikke regnet ut" in text_of(theirs.get(PAPER))
    form = page(theirs.get(WRITE))
    assert form.find(".//textarea").value.strip() == blank_rates(language("nb"), SKIEN).strip()
    answer = theirs.post(WRITE, {"text": RATES, "seen": "0"})
    assert answer.status_code == 302
    assert OwnRates.objects.get().dated == date(2027, 1, 15)
    entry = Entry.objects.filter(act="rates.added").get()
    assert entry.act == "rates.added"
    for client in (theirs, countys):
        assert "Økonomien regnes ut når forslaget har et tall." in text_of(client.get(PAPER))
        told = text_of(client.get(PAPER, COUNTED))
        assert "Utgifter og tilskudd for 123 personer, i kroner" in told
        assert client.get(f"{PAPER}satser.toml").content.decode().strip() == RATES.strip()
    assert theirs.post(WRITE, {"text": RATES, "seen": "0"}).status_code == 302, "the same once more"
    assert OwnRates.objects.count() == 1


def test_the_county_sees_rates_and_writes_none(sent: Round, contact: Actor, countys: Client) -> None:
    own(contact)
    assert countys.get(WRITE).status_code == 403
    assert countys.post(WRITE, {"text": RATES, "seen": "0"}).status_code == 403
    assert "satser/" not in countys.get(PAPER).content.decode().replace("tomme-satser", "")


def test_a_file_goes_before_the_field_and_other_files_are_refused(sent: Round, theirs: Client) -> None:
    file = SimpleUploadedFile("satser.toml", RATES.encode())
    assert theirs.post(WRITE, {"text": "tull", "file": file, "seen": "0"}).status_code == 302
    assert OwnRates.objects.get().text == RATES
    seen = str(OwnRates.objects.get().number)
    for name, data in (
        ("satser.toml", b"PK\x03\x04" + b"\0" * 60), ("satser.toml", b"\xff\xfe\x00"), ("a.pdf", b"%PDF-1.7"),
        ("lang.toml", b"#" * (5 * LONGEST)),
    ):  # fmt: skip
        answer = theirs.post(WRITE, {"file": SimpleUploadedFile(name, data), "seen": seen})
        assert answer.status_code == 422, name
    assert OwnRates.objects.count() == 1


def test_what_is_wrong_is_told_with_its_place_and_nothing_typed_is_lost(sent: Round, theirs: Client) -> None:
    typed = RATES.replace("[50000, 10000", '["[kr]", -5')
    answer = theirs.post(WRITE, {"text": typed, "seen": "0"})
    assert answer.status_code == 422
    told = text_of(answer)
    assert "cost[1].kroner[1]: er ikke fylt ut" in told
    assert "cost[1].kroner[2]: må være fra 0 til" in told
    assert page(answer).find(".//textarea").value.strip() == typed.strip()
    assert not OwnRates.objects.exists()


def test_rates_of_another_municipality_are_refused(sent: Round, theirs: Client) -> None:
    answer = theirs.post(WRITE, {"text": RATES.replace('"4003"', '"4001"'), "seen": "0"})
    assert answer.status_code == 422
    assert "satsene gjelder kommune 4001, ikke 4003" in text_of(answer)


def test_two_who_write_at_once_lose_nothing(sent: Round, contact: Actor, theirs: Client) -> None:
    own(contact)
    later = RATES.replace("2027-01-15", "2027-02-01")
    answer = theirs.post(WRITE, {"text": later, "seen": "0"})
    assert answer.status_code == 409
    assert "Noen andre har lagt inn satser mens du skrev" in text_of(answer)
    assert "2027-02-01" in page(answer).find(".//textarea").value
    seen = page(answer).find(".//input[@name='seen']").get("value")
    assert theirs.post(WRITE, {"text": later, "seen": seen}).status_code == 302
    assert OwnRates.objects.count() == 2
    assert rates.newest(SKIEN).dated == date(2027, 2, 1)  # type: ignore[union-attr]


def test_rates_that_the_library_no_longer_takes_are_left_out_and_said_so(sent: Round, theirs: Client) -> None:
    OwnRates.objects.create(municipality=SKIEN, number=1, dated=date(2026, 1, 1), text="schema = 1")
    told = text_of(theirs.get(PAPER))
    assert "Satsene fra 1. januar 2026 kan ikke brukes lenger." in told
    assert "Økonomien er ikke regnet ut" in told


def test_the_blank_file_has_the_municipalitys_number_and_no_amounts(sent: Round, theirs: Client) -> None:
    answer = theirs.get(f"{PAPER}tomme-satser.toml")
    assert 'municipality = "4003"' in answer.content.decode()
    assert "[kr]" in answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_words_in_rates_are_text_on_the_page(sent: Round, contact: Actor, theirs: Client) -> None:
    own(
        contact,
        RATES.replace("Mobilt helseteam", "<script>alert(1)</script>").replace("Oppdiktet kommune", "<b>"),
    )
    answer = theirs.get(PAPER, COUNTED)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


def test_the_municipalitys_page_leads_to_the_paper(sent: Round, theirs: Client) -> None:
    answer = theirs.get(f"/bosetting/2027/40/etter/{SKIEN}/")
    assert PAPER in {one.get("href") for one in page(answer).iterfind(".//main//a")}
