"""Everything that the program writes into the trace has words of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from fotfeste import web
from fotfeste.messages import Message
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import right_of
from fotfeste.web.rights.roles import Action, Kind, Role
from fotfeste.web.trace.acts import act_in_words
from fotfeste.web.trace.journal_words import FIELDS
from fotfeste.web.trace.page_names import PAGES
from fotfeste.web.trace.services import record
from fotfeste.web.trace.wording import DETAILS, value_in_words
from fotfeste.work.tasks import TaskState
from tests.web.people.persons import ADMINISTRATOR, person, signed_in

SOURCES = Path(web.__file__).parent
_ACT = re.compile(r"[a-z_]+\.[a-z_]+")


def written() -> Iterator[ast.Call]:
    """Every call of ``record`` in the workspace."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                yield node


def acts() -> set[str]:
    """Every act that a call names, that the accounts' signals lead to, and that the guard makes."""
    found = {one.args[1].value for one in written() if isinstance(one.args[1], ast.Constant)}
    from fotfeste.web.people.receivers import _ACTS

    found |= {act for _, act in _ACTS}
    return {str(one) for one in found} | {
        f"{kind.value}.{what}" for kind in Kind for what in ("viewed", "exported")
    }


def guarded() -> Iterator[str]:
    """The names of the addresses whose pages the guard writes into the trace."""

    def walk(patterns: Any) -> Iterator[URLPattern]:
        for one in patterns:
            yield from walk(one.url_patterns) if hasattr(one, "url_patterns") else [one]

    for pattern in walk(get_resolver().url_patterns):
        view: Callable[..., Any] = pattern.callback
        rights = [*(getattr(view, "rights", None) or {"": right_of(view)}).values()]
        if any(
            one
            and not one.open
            and one.kind not in {Kind.PLACE, Kind.ACCOUNT}
            and one.action in {Action.VIEW, Action.EXPORT}
            for one in rights
        ):
            yield str(pattern.name)


def test_the_calls_are_found() -> None:
    assert len(list(written())) > 15
    assert {"job.ordered", "membership.granted", "account.second_factor_added", "trace.viewed"} <= acts()


@pytest.mark.parametrize("act", sorted(acts()))
def test_every_act_has_words(act: str) -> None:
    assert _ACT.fullmatch(act)
    assert isinstance(act_in_words(act), Message), act


def test_every_part_of_a_detail_has_a_name() -> None:
    keys = {
        str(key.value)
        for path in SOURCES.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record"
        for node in ast.walk(call)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    assert keys >= {"role", "source", "page"}
    assert keys | {"document", "sha256", "version", "copy", "on", "case", "due", "purpose"} <= set(DETAILS)


def test_every_recorded_page_has_a_name() -> None:
    pages = set(guarded())
    assert "people" in pages
    assert pages <= set(PAGES), pages - set(PAGES)


def test_values_have_words_too() -> None:
    from dataclasses import fields

    from fotfeste.web.trace.documents import Facts

    assert {one.name for one in fields(Facts)} - {"county"} <= set(FIELDS)
    for role in Role:
        assert isinstance(value_in_words("role", role.value)[0], Message)
    for factor in ("recovery_codes", "totp", "webauthn"):
        assert isinstance(value_in_words("kind", factor)[0], Message)
    for work in ("people.forget", "trace.anchor", "trace.retention"):
        assert isinstance(value_in_words("kind", work)[0], Message), work
    for state in TaskState:
        assert isinstance(value_in_words("state", state.value)[0], Message)
    assert isinstance(value_in_words("source", "oidc:entra")[0], Message)


@pytest.mark.django_db
def test_the_page_speaks_of_places_by_name_and_folds_numbers_away() -> None:
    client = signed_in(person("ola@example.org", ADMINISTRATOR))
    record(NOBODY, "job.ordered", Thing(Kind.JOB, "et-nummer", county="40"), {"kind": "people.forget"})
    record(
        NOBODY, "round.calculated", Thing(Kind.ROUND, "en-runde", municipality="4003"), {"checksum": "abc123"}
    )
    record(NOBODY, "account.second_factor_added", Thing(Kind.ACCOUNT, "9"), {"kind": "recovery_codes"})
    page = client.get("/spor/").content.decode()
    table = page.partition("<tbody")[2].partition("</tbody>")[0]
    open_text = re.sub(r"<details.*?</details>", "", table, flags=re.S)
    for word in ("Telemark", "Skien", "Systemet", "gjenopprettingskoder", "Glemme økter"):
        assert word in open_text, word
    for raw in ("job.ordered", "recovery_codes", "people.forget", "abc123", "et-nummer", ">40<", "kind:"):
        assert raw not in open_text, raw
    assert "abc123" in table
    assert "et-nummer" in table
