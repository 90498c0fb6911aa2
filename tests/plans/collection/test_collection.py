"""A folder of plans: what is read in stays as it was read, belongs to a plan, and is found again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.coding import accept
from fotfeste.plans.collection import Collection
from fotfeste.plans.documents import Document
from fotfeste.plans.register import Owner, Plan, Status
from fotfeste.plans.register.values import OwnerKind
from fotfeste.plans.search import search

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "# Mål\n\nFlere innvandrere skal i arbeid.\n".encode()


def made(_document: Document) -> Plan:
    owner = Owner(OwnerKind.COUNTY, "40", "Telemark")
    return Plan("oppdiktet", owner, "regional_plan", "Oppdiktet plan", Status.ADOPTED)


def test_an_empty_folder_is_an_empty_collection(tmp_path: Path) -> None:
    kept = Collection(tmp_path / "ingen")
    assert kept.held() == ()
    assert kept.log("integrering").events == ()
    assert not (tmp_path / "ingen").exists()


def test_what_is_taken_in_is_the_same_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    first = Collection(tmp_path).take_in("plan.md", TEXT, DAY, made)
    again = Collection(tmp_path)
    (held,) = again.held()
    assert held.document == first.held.document
    assert held.plan is not None
    assert held.plan.title == "Oppdiktet plan"
    assert Collection(tmp_path).take_in("annet navn.md", TEXT, DAY).known


def test_a_document_is_found_by_id_file_and_plan_and_by_nothing_else(tmp_path: Path) -> None:
    kept = Collection(tmp_path)
    held = kept.take_in("Plan for alle.md", TEXT, DAY, made).held
    for name in (held.id, held.id[:6], "plan for alle.md", "plan for alle", "oppdiktet"):
        assert kept.find(name).id == held.id
    for name in ("", "pla", "../register", "*"):
        with pytest.raises(InputError):
            kept.find(name)


def test_two_files_of_the_same_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    kept = Collection(tmp_path)
    kept.take_in("plan.md", TEXT, DAY)
    kept.take_in("plan.md", TEXT + b"\nMer tekst.\n", DAY)
    with pytest.raises(InputError, match="kan være flere"):
        kept.find("plan.md")


def test_the_index_follows_what_is_taken_in(tmp_path: Path) -> None:
    kept = Collection(tmp_path)
    kept.take_in("plan.md", TEXT, DAY, made)
    with kept.index() as connection:
        assert search(connection, "innvandr*").passages == 1
    kept.take_in("mer.md", b"Innvandrarar bur her.", DAY)
    with kept.index() as connection:
        assert search(connection, "innvandr*").documents == 2


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    kept = Collection(tmp_path)
    with pytest.raises(InputError):
        kept.take_in("plan.pdf", b"%PDF-1.7 ikke en pdf", DAY, made)
    assert kept.names() == ()
    assert kept.register.plan("oppdiktet") is None


def test_a_stored_document_that_is_damaged_is_refused(tmp_path: Path) -> None:
    held = Collection(tmp_path).take_in("plan.md", TEXT, DAY).held
    (tmp_path / "documents" / f"{held.id}.json.gz").write_bytes(b"x")
    with pytest.raises(InputError, match="skadet"):
        Collection(tmp_path).held()


def test_two_who_code_at_once_do_not_lose_each_others_work(tmp_path: Path) -> None:
    kept = Collection(tmp_path)
    document = kept.take_in("plan.md", TEXT, DAY).held.document
    before = kept.log("integrering")
    span = document.passages[1].span
    after = accept(
        before, at=NOON, coder="k1", text_sha256=document.text_sha256, span=span, code="innvandrere"
    )
    kept.keep_log(before, after)
    with pytest.raises(InputError, match="i mellomtiden"):
        kept.keep_log(before, after)


def test_a_file_whose_plan_cannot_be_entered_is_not_kept(tmp_path: Path) -> None:
    def refused(_document: Document) -> Plan:
        raise InputError("plan.owner", msg("Nei."))

    kept = Collection(tmp_path)
    with pytest.raises(InputError):
        kept.take_in("plan.md", TEXT, DAY, refused)
    assert Collection(tmp_path).held() == ()
