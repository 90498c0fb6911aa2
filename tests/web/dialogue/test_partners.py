"""What partners add: seen by the county, by themselves, and by the municipality as far as it concerns it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from fotfeste.errors import InputError
from fotfeste.settings import Settings
from fotfeste.web.dialogue import partner_answers, partner_files, partner_rights, partner_shown, partners
from fotfeste.web.dialogue.attachments import limits
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.partners import Stated
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.letters_of_invitation import invitations
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import make_round, member
from tests.web.dialogue.forms import carried, text
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, READER, confirm

pytestmark = pytest.mark.django_db

PAGE = "/bosetting/2027/40/innspill/"
OF_SKIEN = "/bosetting/2027/40/dialog/4003/innspill/"
STATE = "Statsforvalteren"
GOVERNOR = Held(Role.PARTNER, county="40", organisation=STATE)
OTHER = Held(Role.PARTNER, county="40", organisation="Husbanken")
ELSEWHERE = Held(Role.PARTNER, county="42", organisation=STATE)
SURVEY = Stated(STATE, "Kartlegging av botilbud", "Spurt i september.", dated=date(2026, 9, 3))
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def shared(round_: Round) -> Round:
    """The round, shared with two partners."""
    round_.shared_with = [STATE, "Husbanken"]
    round_.save()
    return round_


@pytest.fixture
def governor(shared: Round) -> Actor:
    return member("sf@example.org", GOVERNOR)[1]


@pytest.fixture
def survey(governor: Actor, shared: Round) -> PartnerInput:
    return partners.add(governor, shared, SURVEY)


def table(text_: str) -> bytes:
    return text_.encode()


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def test_the_same_input_added_twice_is_one(governor: Actor, shared: Round, survey: PartnerInput) -> None:
    assert partners.add(governor, shared, SURVEY).pk == survey.pk
    assert not survey.on_behalf


def test_a_partner_adds_only_for_their_own_organisation_and_only_where_the_round_is_shared(
    governor: Actor, shared: Round
) -> None:
    with pytest.raises(InputError):
        partners.add(governor, shared, Stated("Husbanken", "Ikke vårt"))
    with pytest.raises(InputError):
        partners.add(governor, make_round(2026), SURVEY)
    with pytest.raises(InputError):
        partners.add(member("x@example.org", ELSEWHERE)[1], shared, SURVEY)


def test_the_county_enters_for_a_partner_and_that_is_said(adviser: Actor, shared: Round) -> None:
    one = partners.add(adviser, shared, Stated("Kreftforeningen", "Brev"))
    assert one.on_behalf
    assert partner_rights.may_change(adviser, one)


def test_the_county_does_not_write_in_what_a_partner_has_said(adviser: Actor, survey: PartnerInput) -> None:
    with pytest.raises(InputError, match="bare de kan endre"):
        partners.change(adviser, survey, partners.stated_in(survey).as_stored, Stated(STATE, "Annet"))


def test_a_table_stands_beside_the_reply_and_the_newest_counts(
    governor: Actor, adviser: Actor, shared: Round, survey: PartnerInput
) -> None:
    taken = partner_answers.take_table(
        governor, survey, 0, "svar.csv", table("kommune;minors;housing\n4003;25;\nPorsgrunn;4;40\n")
    )
    assert (taken.answers, taken.municipalities) == (3, 2)
    beside = partner_shown.values_beside(shared, "4003")
    assert {name: (one.value, one.organisation, one.on) for name, one in beside.items()} == {
        "minors": (25, STATE, date(2026, 9, 3))
    }
    newer = partners.add(
        adviser, shared, Stated("Husbanken", "Nyere", dated=date(2026, 10, 1), municipality="4003")
    )
    partner_answers.take_table(adviser, newer, 0, "a.csv", table("kommune;minors\n4003;20\n"))
    assert partner_shown.values_beside(shared, "4003")["minors"].value == 20
    partners.withdraw(adviser, newer)
    assert partner_shown.values_beside(shared, "4003")["minors"].value == 25
    assert partner_shown.values_beside(shared, "4012") == {}


def test_the_same_table_twice_changes_nothing_and_one_from_an_old_page_is_told(
    governor: Actor, survey: PartnerInput
) -> None:
    first = table("kommune;minors\n4003;25\n")
    partner_answers.take_table(governor, survey, 0, "a.csv", first)
    assert not partner_answers.take_table(governor, survey, 0, "a.csv", first).meanwhile
    assert partner_answers.take_table(
        governor, survey, 0, "a.csv", table("kommune;minors\n4003;26\n")
    ).meanwhile
    survey.refresh_from_db()
    assert (survey.version, survey.values) == (1, {"4003": {"minors": 25}})


def test_a_workbook_is_read_as_well_and_nothing_when_a_cell_is_wrong(
    governor: Actor, survey: PartnerInput
) -> None:
    right = workbook(("Kommune", "Navn", "minors"), (4003, "Skien", 25), (4001, "Porsgrunn", None))
    assert partner_answers.take_table(governor, survey, 0, "svar.xlsx", right).answers == 1
    wrong = workbook(("kommune", "minors", "tull"), (4003, "=1+1", None), (9999, 3, None), (4003, -2, None))
    with pytest.raises(InputError) as refused:
        partner_answers.take_table(governor, survey, 1, "svar.xlsx", wrong)
    assert {one.code for one in refused.value.problems} == {
        "asked.column", "reply.formula", "asked.municipality", "asked.twice",
    }  # fmt: skip
    survey.refresh_from_db()
    assert survey.values == {"4003": {"minors": 25}}


def zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 70_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tom.csv", b""),
        ("lyver.csv", b"PK\x03\x04 ikke csv"),
        ("lyver.xlsx", b"kommune;minors\n4003;2\n"),
        ("nuller.csv", b"kommune;minors\0\n4003;2\n"),
        ("program.exe", b"MZ\x90"),
        ("ingen.csv", b"navn;minors\nSkien;2\n"),
        ("person.csv", b"kommune;capacity_note\n4003;Gjelder 01010112345\n"),
        ("../../etc/passwd.csv", b"\xff\xfe\x00"),
        ("stor.csv", b"kommune;minors\n" + b"4003;1\n" * 400_000),
        ("for-mange.csv", ("kommune" + ";x" * 60_000 + "\n").encode()),
    ],
)
def test_a_table_that_lies_or_is_broken_is_refused(
    governor: Actor, survey: PartnerInput, name: str, data: bytes
) -> None:
    with pytest.raises(InputError):
        partner_answers.take_table(governor, survey, 0, name, data)
    survey.refresh_from_db()
    assert survey.values == {}


def test_a_zip_bomb_is_refused(governor: Actor, survey: PartnerInput) -> None:
    with pytest.raises(InputError):
        partner_answers.take_table(governor, survey, 0, "bombe.xlsx", zip_bomb())


def test_answers_are_typed_for_each_municipality_and_two_at_once_are_told(
    governor: Actor, survey: PartnerInput
) -> None:
    partner_answers.type_answers(governor, survey, "minors", {}, {"4003": "25", "4001": "4"})
    clash = partner_answers.type_answers(governor, survey, "minors", {}, {"4003": "26"})
    assert [one.field for one in clash.conflicts] == ["4003"]
    base = {"4003": "25", "4001": "4"}
    partner_answers.type_answers(governor, survey, "minors", base, {"4003": "25"})
    survey.refresh_from_db()
    assert survey.values == {"4003": {"minors": 25}}
    with pytest.raises(InputError) as refused:
        partner_answers.type_answers(governor, survey, "minors", {}, {"4003": "mange"})
    assert refused.value.problems[0].place == "4003"
    with pytest.raises(InputError):
        partner_answers.type_answers(governor, survey, "approved_by", {}, {"4003": "Kari"})


def test_an_input_about_one_municipality_takes_no_answers_about_others(
    governor: Actor, shared: Round
) -> None:
    one = partners.add(governor, shared, Stated(STATE, "Om Skien", municipality="4003"))
    with pytest.raises(InputError):
        partner_answers.take_table(governor, one, 0, "a.csv", table("kommune;minors\n4001;4\n"))


def test_a_file_is_kept_once_and_withdrawn_rather_than_deleted(governor: Actor, survey: PartnerInput) -> None:
    kept = partner_files.attach(governor, survey, "rapport.pdf", PDF)
    assert partner_files.attach(governor, survey, "rapport.pdf", PDF).pk == kept.pk
    with pytest.raises(InputError):
        partner_files.attach(governor, survey, "rapport.pdf", b"MZ\x90 program")
    assert partner_files.withdraw_file(governor, survey, kept.pk)
    assert partner_files.files_of(survey) == []
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_what_is_withdrawn_takes_no_changes_and_stays(governor: Actor, survey: PartnerInput) -> None:
    partners.withdraw(governor, survey)
    partners.withdraw(governor, survey)
    survey.refresh_from_db()
    with pytest.raises(InputError):
        partners.change(governor, survey, {}, SURVEY)
    assert Entry.objects.filter(act="input.withdrawn").count() == 1


def unshare(round_: Round, *left: str) -> None:
    """The county lets only those who are ``left`` have a part in the round."""
    Round.objects.filter(pk=round_.pk).update(shared_with=list(left))


def test_a_partner_the_round_is_no_longer_shared_with_writes_nothing(
    governor: Actor, adviser: Actor, shared: Round, survey: PartnerInput
) -> None:
    file = partner_files.attach(governor, survey, "rapport.pdf", PDF)
    unshare(shared, "Husbanken")
    stale = PartnerInput.objects.select_related("round").get()
    stale.round.shared_with = [STATE]
    for attempt in (
        lambda: partners.add(governor, stale.round, Stated(STATE, "Nytt")),
        lambda: partners.change(
            governor, stale, partners.stated_in(stale).as_stored, Stated(STATE, "Endret")
        ),
        lambda: partners.withdraw(governor, stale),
        lambda: partner_answers.type_answers(governor, stale, "minors", {}, {"4003": "25"}),
        lambda: partner_answers.take_table(governor, stale, 0, "a.csv", table("kommune;minors\n4003;25\n")),
        lambda: partner_files.attach(governor, stale, "ny.pdf", PDF),
        lambda: partner_files.withdraw_file(governor, stale, file.pk),
    ):
        with pytest.raises(InputError):
            attempt()
    left = PartnerInput.objects.get()
    assert (left.title, left.values, left.withdrawn_at) == (SURVEY.title, {}, None)
    assert [one.pk for one in partner_files.files_of(left)] == [file.pk]
    assert [one.input.pk for one in partner_shown.concerning(shared, "4003")] == [survey.pk], (
        "what was said stays said"
    )
    partners.withdraw(adviser, stale)


def test_the_county_entering_for_a_partner_gives_them_nothing_before_the_round_is_shared(
    adviser: Actor, shared: Round
) -> None:
    one = partners.add(adviser, shared, Stated("Kreftforeningen", "Brev"))
    them = member("kf@example.org", Held(Role.PARTNER, county="40", organisation="Kreftforeningen"))[1]
    assert not partner_rights.may_change(them, one)
    with pytest.raises(InputError):
        partners.change(them, one, partners.stated_in(one).as_stored, Stated("Kreftforeningen", "Annet"))


def test_whoever_has_no_part_in_an_input_does_not_withdraw_it(shared: Round, survey: PartnerInput) -> None:
    for number, held in enumerate((OTHER, ELSEWHERE, OTHER_ADVISER, READER, CONTACT)):
        with pytest.raises(InputError, match="bare de kan endre"):
            partners.withdraw(member(f"n{number}@example.org", held)[1], survey)
    assert PartnerInput.objects.get().withdrawn_at is None


def test_nothing_is_withdrawn_or_added_in_a_round_that_is_closed(
    governor: Actor, adviser: Actor, shared: Round, survey: PartnerInput
) -> None:
    file = partner_files.attach(governor, survey, "rapport.pdf", PDF)
    Round.objects.filter(pk=shared.pk).update(state=Stage.CLOSED.value)
    for attempt in (
        lambda: partners.withdraw(governor, survey),
        lambda: partners.withdraw(adviser, survey),
        lambda: partners.add(governor, shared, Stated(STATE, "Nytt")),
        lambda: partner_files.withdraw_file(governor, survey, file.pk),
    ):
        with pytest.raises(InputError, match="avsluttet"):
            attempt()
    assert PartnerInput.objects.get().withdrawn_at is None


def test_answers_about_others_than_the_input_has_come_to_be_about_are_refused(
    governor: Actor, survey: PartnerInput
) -> None:
    before = PartnerInput.objects.select_related("round").get()
    base = partners.stated_in(survey).as_stored
    partners.change(governor, survey, base, Stated(STATE, SURVEY.title, SURVEY.text, "4003", SURVEY.dated))
    with pytest.raises(InputError, match="bare Skien"):
        partner_answers.type_answers(governor, before, "minors", {}, {"4001": "4"})
    with pytest.raises(InputError, match="bare Skien"):
        partner_answers.take_table(governor, before, 1, "a.csv", table("kommune;minors\n4001;4\n"))
    assert PartnerInput.objects.get().values == {}


def test_what_one_wrote_for_the_county_alone_is_not_shown_to_the_municipality_by_another(
    governor: Actor, survey: PartnerInput
) -> None:
    base = partners.stated_in(survey).as_stored
    partners.change(governor, survey, base, Stated(STATE, SURVEY.title, SURVEY.text, "4003", SURVEY.dated))
    late = Stated(STATE, SURVEY.title, "Bamble strever", dated=SURVEY.dated)
    together = partners.change(governor, survey, base, late)
    assert {one.field for one in together.conflicts} == {"municipality", "text"}
    assert partners.stated_in(PartnerInput.objects.get()).text == SURVEY.text


def test_an_organisation_has_room_for_so_many_inputs_also_counting_those_withdrawn(
    governor: Actor, adviser: Actor, shared: Round, survey: PartnerInput, settings: Any
) -> None:
    settings.FOTFESTE = with_room(settings.FOTFESTE, partner_inputs=2)
    partners.withdraw(governor, partners.add(governor, shared, Stated(STATE, "To")))
    with pytest.raises(InputError, match="2 innspill"):
        partners.add(governor, shared, Stated(STATE, "Tre"))
    assert partners.add(governor, shared, SURVEY).pk == survey.pk, "the same once more is no more"
    partners.add(adviser, shared, Stated("Husbanken", "Andre har sin egen plass"))


def test_a_partner_is_told_of_a_file_as_a_municipality_is(governor: Actor, survey: PartnerInput) -> None:
    with pytest.raises(InputError) as caught:
        partner_files.attach(governor, survey, "bilde.HEIC", b"\0\0\0\x18ftypheic")
    assert caught.value.code == "upload.heic"
    with pytest.raises(InputError) as caught:
        partner_files.attach(governor, survey, "stor.pdf", PDF + b" " * limits().largest)
    assert caught.value.code == "upload.huge"


def test_the_files_of_an_organisation_fill_so_much_also_counting_those_withdrawn(
    governor: Actor, shared: Round, survey: PartnerInput, settings: Any
) -> None:
    settings.FOTFESTE = with_room(settings.FOTFESTE, partner_megabytes=1)
    large = PDF.replace(b"trailer", b"%" + b"x" * 600_000 + b"\ntrailer")
    kept = partner_files.attach(governor, survey, "stor.pdf", large)
    partner_files.withdraw_file(governor, survey, kept.pk)
    another = partners.add(governor, shared, Stated(STATE, "Et annet innspill"))
    with pytest.raises(InputError, match="1 MB"):
        partner_files.attach(governor, another, "to.pdf", large)
    partner_files.attach(governor, another, "liten.pdf", PDF)


def with_room(stated: Settings, **room: int) -> Settings:
    """The settings with other room for partners."""
    return replace(stated, serving=replace(stated.serving, **room))


def test_how_much_there_is_room_for_stands_where_it_is_added(of_state: Client) -> None:
    assert "100 innspill fra hver organisasjon" in text(of_state.get(PAGE))
    where = of_state.post(PAGE, sent()).headers["Location"]
    assert "til sammen være på 200 MB" in text(of_state.get(where))


def test_the_invitation_leads_a_partner_to_where_input_is_added(governor: Actor, shared: Round) -> None:
    assert [one.address for one in invitations(shared, timezone.localdate())] == [PAGE]


@pytest.fixture
def of_state(shared: Round) -> Client:
    return member("state@example.org", GOVERNOR)[2]


@pytest.fixture
def county(shared: Round) -> Client:
    return member("ase@example.org", ADVISER)[2]


@pytest.fixture
def skien(shared: Round) -> Client:
    return member("per@example.org", CONTACT)[2]


def sent(**more: str) -> dict[str, str]:
    return {"title": "Kartlegging", "text": "Til fylket", "dated": "2026-09-03", "municipality": "", **more}


def test_a_partner_adds_uploads_and_changes_and_the_county_reads(of_state: Client, county: Client) -> None:
    answer = of_state.post(PAGE, sent())
    where = answer.headers["Location"]
    assert of_state.post(PAGE, sent()).headers["Location"] == where
    upload = {
        "seen": carried(of_state.get(where)),
        "fil": SimpleUploadedFile("svar.csv", table("kommune;minors\n4003;25\n")),
    }
    assert of_state.post(where + "tabell/", upload).status_code == 302
    shown = text(county.get(where))
    assert "Til fylket" in shown
    assert "25" in shown
    assert "Kartlegging" in text(county.get(PAGE))
    file = {"fil": SimpleUploadedFile("rapport.pdf", PDF)}
    assert of_state.post(where + "vedlegg/", file).status_code == 302
    number = Attachment.objects.get().pk
    given = county.get(f"{where}vedlegg/{number}/")
    assert given.content == PDF
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert of_state.get(where + "tabell.csv").content.startswith("\ufeffkommune;navn;Bolig;".encode())


def test_a_wrong_table_is_told_cell_by_cell_on_the_page(of_state: Client) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"]
    file = SimpleUploadedFile("svar.csv", table("kommune;minors\nAtlantis;25\n4001;mange\n"))
    answer = of_state.post(where + "tabell/", {"seen": "0", "fil": file})
    assert answer.status_code == 422
    assert "Atlantis" in text(answer)
    assert "linje 3" in text(answer)
    assert of_state.post(where + "tabell/", {"seen": "0"}).status_code == 422


def test_typed_answers_that_clash_are_shown_with_both(of_state: Client) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"] + "svar/minors/"
    base = carried(of_state.get(where))
    assert of_state.post(where, {"seen": base, "svar_4003": "25"}).status_code == 302
    clash = of_state.post(where, {"seen": base, "svar_4003": "26"})
    assert clash.status_code == 409
    assert "25" in text(clash)
    wrong = of_state.post(where, {"seen": carried(clash), "svar_4003": "mange"})
    assert wrong.status_code == 422
    assert of_state.get(where.replace("minors", "finnes-ikke")).status_code == 404


def test_a_chosen_field_has_its_own_address(of_state: Client) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"] + "svar/"
    assert of_state.get(where, {"felt": "minors"}).headers["Location"] == where + "minors/"
    assert of_state.get(where).headers["Location"] == where + "housing/"
    assert of_state.get(where, {"felt": "../../2026"}).status_code == 404
    assert of_state.post(where, {"svar_4003": "25"}).status_code == 405


def test_answers_typed_when_the_session_had_ended_come_back_under_their_own_field_only(shared: Round) -> None:
    user, _, browser = member("ute@example.org", GOVERNOR)
    where = browser.post(PAGE, sent()).headers["Location"] + "svar/"
    seen = carried(browser.get(where + "minors/"))
    Session.objects.all().delete()
    answer = browser.post(where + "minors/", {"seen": seen, "svar_4003": "257"})
    assert answer.headers["Location"].endswith(f"next={quote(where, safe='')}minors%2F")
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    confirm(browser, user)
    assert "257" not in browser.get(where + "housing/").content.decode()
    back = browser.get(where + "minors/")
    assert 'value="257"' in back.content.decode()
    assert browser.post(where + "minors/", {"seen": carried(back), "svar_4003": "257"}).status_code == 302
    assert PartnerInput.objects.get().values == {"4003": {"minors": 257}}


def test_what_a_form_was_made_from_counts_only_for_its_own_field_and_input(of_state: Client) -> None:
    first = of_state.post(PAGE, sent()).headers["Location"]
    second = of_state.post(PAGE, sent(title="Et annet")).headers["Location"]
    seen = carried(of_state.get(first + "svar/minors/"))
    for elsewhere in (first + "svar/housing/", second + "svar/minors/"):
        assert of_state.post(elsewhere, {"seen": seen, "svar_4003": "25"}).status_code == 422
    changed = carried(of_state.get(first + "endre/"))
    assert of_state.post(second + "endre/", {"seen": changed, **sent()}).status_code == 422
    assert [one.values for one in PartnerInput.objects.all()] == [{}, {}]


def test_the_municipality_sees_its_own_answers_and_not_the_text_about_the_county(
    of_state: Client, skien: Client
) -> None:
    whole = of_state.post(PAGE, sent(text="Bamble har problemer")).headers["Location"]
    file = SimpleUploadedFile("svar.csv", table("kommune;minors\n4003;25\n4001;77\n"))
    of_state.post(whole + "tabell/", {"seen": "0", "fil": file})
    own = of_state.post(PAGE, sent(title="Bare Skien", text="Til Skien", municipality="4003")).headers[
        "Location"
    ]
    page = text(skien.get(OF_SKIEN))
    for seen in ("Kartlegging", "25", "Bare Skien", "Til Skien"):
        assert seen in page
    for hidden in ("Bamble har problemer", "77"):
        assert hidden not in page
    assert skien.get(whole).status_code == 404
    assert "Til Skien" in text(skien.get(own))
    assert skien.post(own + "endre/", {}).status_code == 404
    assert skien.get(PAGE).headers["Location"] == OF_SKIEN
    of_state.post(own + "trekk/")
    assert "Til Skien" not in text(skien.get(OF_SKIEN))
    assert skien.get(own).status_code == 404


@pytest.mark.parametrize(
    ("held", "all_", "one", "writes"),
    [
        (READER, 200, 200, 403),
        (OTHER_ADVISER, 404, 404, 404),
        (OTHER, 200, 404, 404),
        (ELSEWHERE, 404, 404, 404),
        (GOVERNOR, 200, 200, 422),
    ],
)
def test_who_sees_and_who_writes(of_state: Client, held: Held, all_: int, one: int, writes: int) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"]
    client = member("noen@example.org", held)[2]
    assert (client.get(PAGE).status_code, client.get(where).status_code) == (all_, one)
    assert client.post(where + "endre/", {}).status_code == writes
    if held is OTHER:
        assert "Kartlegging" not in text(client.get(PAGE)).split("Legg inn")[0].replace(
            "Statsforvalterens kartlegging", ""
        )


def test_a_partner_the_round_is_no_longer_shared_with_finds_nothing(
    of_state: Client, county: Client, shared: Round
) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"]
    of_state.post(where + "vedlegg/", {"fil": SimpleUploadedFile("rapport.pdf", PDF)})
    file = f"{where}vedlegg/{Attachment.objects.get().pk}/"
    seen = carried(of_state.get(where + "endre/"))
    unshare(shared)
    for page in (PAGE, where, where + "endre/", where + "svar/minors/", where + "tabell.csv", file):
        assert of_state.get(page).status_code == 404, page
    for page in ("", "endre/", "svar/minors/", "tabell/", "trekk/", "vedlegg/"):
        assert of_state.post(where + page, {"seen": seen, **sent(title="Endret")}).status_code in (
            404,
            405,
        ), page
    assert of_state.post(PAGE, sent(title="Nytt")).status_code == 404
    assert [one.title for one in PartnerInput.objects.all()] == ["Kartlegging"]
    assert "Kartlegging" in text(county.get(where)), "the county still has it"
    unshare(shared, STATE)
    assert of_state.get(where).status_code == 200


def test_whom_a_text_is_for_is_told_by_name_when_two_change_at_once(of_state: Client) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"] + "endre/"
    seen = carried(of_state.get(where))
    assert of_state.post(where, {"seen": seen, **sent(municipality="4003")}).status_code == 302
    late = of_state.post(where, {"seen": seen, **sent(text="Bare til fylket")})
    assert late.status_code == 409
    assert "Hvem det gjelder Skien" in text(late)
    assert PartnerInput.objects.get().text == "Til fylket"


def test_a_closed_round_says_that_nothing_is_withdrawn(of_state: Client, shared: Round) -> None:
    where = of_state.post(PAGE, sent()).headers["Location"]
    assert "Trekk innspillet tilbake" in text(of_state.get(where))
    Round.objects.filter(pk=shared.pk).update(state=Stage.CLOSED.value)
    assert "Trekk innspillet tilbake" not in text(of_state.get(where))
    answer = of_state.post(where + "trekk/", follow=True)
    assert "Runden er avsluttet." in text(answer)
    assert "er trukket tilbake" not in text(answer)


def test_the_page_of_input_stands_in_the_navigation_of_those_who_have_a_part_in_it(
    of_state: Client, county: Client
) -> None:
    assert PAGE in of_state.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in county.get("/bosetting/2027/40/behov/").content.decode()
    assert "/bosetting/2027/40/behov/" not in of_state.get(PAGE).content.decode()


def test_a_reader_and_a_contact_cannot_add(shared: Round, skien: Client) -> None:
    reader = member("leser@example.org", READER)[2]
    assert reader.post(PAGE, sent()).status_code == 403
    skien.post(PAGE, sent())
    assert not PartnerInput.objects.exists()
