"""Pages about the workspace, the word list, and files for machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from fotfeste.errors import DataMissing, InputError
from fotfeste.web.front.wordlist import in_order, read_wordlist, term_of, wordlist

pytestmark = pytest.mark.django_db

PAGES = ["/om/", "/om/hjelp/", "/om/ordliste/", "/om/tilgjengelighet/", "/om/personvern/"]
ONE = """
schema = 1
[term.tak]
name = { nb = "tak", nn = "tak", en = "cap" }
explanation = { nb = "Det meste.", nn = "Det meste.", en = "The most." }
"""


def with_serving(settings: Any, **changed: Any) -> None:
    settings.FOTFESTE = replace(settings.FOTFESTE, serving=replace(settings.FOTFESTE.serving, **changed))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_pages_about_the_workspace_answer_in_every_language(client: Client, path: str, locale: str) -> None:
    answer = client.get(path, headers={"Accept-Language": locale})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == locale
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("path", [*PAGES, "/robots.txt"])
def test_pages_about_the_workspace_set_no_cookie_and_take_no_form(client: Client, path: str) -> None:
    assert not client.get(path).cookies
    assert client.post(path).status_code == 405


# The word list


def test_every_term_is_complete_and_refers_to_terms_that_are_there() -> None:
    terms = wordlist()
    known = {one.id for one in terms}
    assert len(terms) > 25
    assert [other for one in terms for other in one.see if other not in known] == []
    assert [one.id for one in terms if one.id in one.see] == []


def test_terms_stand_in_the_order_of_the_norwegian_alphabet() -> None:
    content = "schema = 1\n" + "".join(
        f'[term.t{n}]\nname = {{ nb = "{name}", nn = "a", en = "b" }}\nexplanation = {{ nb = "a", nn = "b", en = "c" }}\n'
        for n, name in enumerate(["åtte", "ære", "Zoo", "øre", "alt"])
    )
    ordered = in_order(read_wordlist(content, "x"), "nb")
    assert [str(one.name) for one in ordered] == ["alt", "Zoo", "ære", "øre", "åtte"]


def test_an_installation_can_change_a_term_and_add_its_own(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FOTFESTE = replace(settings.FOTFESTE, data_dir=tmp_path)
    before = len(wordlist())
    own = ONE + ONE.replace("schema = 1", "").replace("term.tak", "term.vertskommune")
    (tmp_path / "ordliste.toml").write_text(own, encoding="utf-8")
    assert str(term_of("tak").explanation) == "Det meste."
    assert len(wordlist()) == before + 1
    assert 'id="vertskommune"' in client.get("/om/ordliste/").content.decode()


@pytest.mark.parametrize("content", [b"schema = 2", b"\xff\xfe", b"schema = 1\n[term.tak]\nname = 3"])
def test_an_own_word_list_with_a_fault_is_told_in_the_log_and_leaves_ours(
    client: Client, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    before = wordlist()
    settings.FOTFESTE = replace(settings.FOTFESTE, data_dir=tmp_path)
    (tmp_path / "ordliste.toml").write_bytes(content)
    with caplog.at_level("ERROR", logger="fotfeste.web"):
        assert wordlist() == before
        assert client.get("/om/ordliste/").status_code == 200
    assert [one for one in caplog.messages if "word list" in one] != []


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("schema = 2", "wordlist.schema", "schema = 1"),
        ("schema = ", "wordlist.toml", "TOML"),
        (ONE.replace('nn = "tak", ', ""), "wordlist.wrong", "name.nn"),
        (ONE.replace('"Det meste.", nn', '" ", nn'), "wordlist.wrong", "explanation.nb"),
        ("schema = 1\n[term]\ntak = 3", "wordlist.wrong", "name.nb"),
    ],
)
def test_a_word_list_that_is_wrong_says_where(text: str, code: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_wordlist(text, "ordliste.toml")
    assert caught.value.code == code
    assert said in str(caught.value)
    assert "ordliste.toml" in str(caught.value)


def test_a_term_in_a_page_carries_its_explanation_and_a_name_of_its_own() -> None:
    request = RequestFactory().get("/")
    source = '{% term "bosetting" %} {% term "bosetting" "bosettingen" %}'
    with translation.override("nb"):
        shown = Template(source).render(Context({"request": request}))
    assert shown.count("popovertarget=") == 2
    assert 'popovertarget="ord-bosetting-1"' in shown
    assert 'id="ord-bosetting-2"' in shown
    assert ">bosettingen</button>" in shown
    with translation.override("en"):
        assert ">settlement</button>" in Template(source).render(Context({}))


def test_a_term_that_is_not_in_the_list_is_an_error_and_not_an_empty_word() -> None:
    with pytest.raises(DataMissing, match="ordlisten"):
        Template('{% term "finnes-ikke" %}').render(Context({}))


# For machines


def test_search_engines_are_kept_from_what_is_not_for_them(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /konto/" in answer.content.decode()
    assert "Disallow: /\n" not in answer.content.decode()


def test_security_txt_names_the_contact_and_a_date_within_a_year(client: Client, settings: Any) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    with_serving(settings, contact="sikkerhet@example.org", base_url="https://fotfeste.example.org")
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:sikkerhet@example.org"
    assert lines["Canonical"] == "https://fotfeste.example.org/.well-known/security.txt"
    until = datetime.fromisoformat(lines["Expires"])
    assert timezone.now() < until < timezone.now() + timedelta(days=365)


def test_a_contact_that_is_words_is_shown_and_is_no_link(client: Client, settings: Any) -> None:
    with_serving(settings, contact="Ring 35 91 70 00")
    assert "Kontakt: Ring 35 91 70 00" in client.get("/om/personvern/").content.decode()
    with_serving(settings, contact="javascript:alert(1)@x")
    assert 'href="javascript' not in client.get("/om/personvern/").content.decode()
