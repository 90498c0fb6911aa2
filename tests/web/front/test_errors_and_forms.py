"""Errors keep what was typed and give nothing away; forms say what is wrong where it is wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from fotfeste.messages import msg
from fotfeste.web.front.urls import urlpatterns as own_addresses
from fotfeste.web.front.words import said
from fotfeste.web.places.urls import urlpatterns as places

pytestmark = pytest.mark.django_db

RAISED: dict[str, Exception] = {
    "400": SuspiciousOperation("secret detail"),
    "403": PermissionDenied("secret detail"),
    "413": RequestDataTooBig("secret detail"),
    "500": ZeroDivisionError("secret detail"),
    "503": OperationalError("secret detail"),
}


def raising(request: HttpRequest, status: str) -> HttpResponse:
    raise RAISED[status]


urlpatterns = [path("raises/<status>/", raising), *own_addresses, *places]
handler400 = "fotfeste.web.front.views.bad_request"
handler403 = "fotfeste.web.front.views.forbidden"
handler404 = "fotfeste.web.front.views.not_found"
handler500 = "fotfeste.web.front.views.failed"


@pytest.fixture
def failing(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", [400, 403, 413, 500, 503])
@pytest.mark.parametrize(("locale", "words"), [("nb", "Til forsiden"), ("en", "")])
def test_an_error_is_told_in_plain_words_with_a_way_on(
    failing: Client, status: int, locale: str, words: str
) -> None:
    answer = failing.get(f"/raises/{status}/", headers={"Accept-Language": locale})
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{locale}"' in page
    assert page.count("<h1") == 1
    assert 'href="/"' in page
    assert words in page
    assert "secret detail" not in page
    assert "Traceback" not in page
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_nothing_at_an_address_is_told_and_search_is_offered(failing: Client) -> None:
    answer = failing.get("/finnes-ikke/")
    assert answer.status_code == 404
    assert 'href="/sok/"' in answer.content.decode()


def test_the_page_for_a_failure_asks_no_database(failing: Client, django_assert_num_queries: Any) -> None:
    failing.cookies["fotfeste_session"] = "x"
    with django_assert_num_queries(0):
        failing.get("/raises/500/")


def test_a_failure_keeps_what_was_typed_but_nothing_secret(failing: Client) -> None:
    sent = {
        "reason": "Skolen <b>er full",
        "password": "hemmelig-1",
        "csrfmiddlewaretoken": "hemmelig-2",
        "empty": " ",
    }
    page = failing.post("/raises/500/", sent, headers={"Sec-Fetch-Site": "same-origin"}).content.decode()
    assert "Skolen &lt;b&gt;er full" in page
    assert "hemmelig" not in page
    assert page.count("<textarea") == 1


@pytest.mark.parametrize("site", [None, "cross-site", "same-site"])
def test_what_comes_from_elsewhere_is_not_shown_as_typed_here(failing: Client, site: str | None) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    page = failing.post("/raises/500/", {"reason": "Send penger"}, headers=headers).content.decode()
    assert "Send penger" not in page


def test_a_form_that_is_too_old_keeps_what_was_typed(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/raises/500/", {"reason": "Vi har plass"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 403
    assert "Vi har plass" in answer.content.decode()
    assert "for gammelt" in answer.content.decode()


# Forms


class Reply(forms.Form):
    name = forms.CharField(label=said(msg("Navn")), help_text=said(msg("Kommune")), max_length=5)
    note = forms.CharField(label="Merknad", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Ja")
    track = forms.ChoiceField(label="Spor", choices=[("a", "Alfa"), ("b", "Beta")], widget=forms.RadioSelect)
    county = forms.ChoiceField(label="Fylke", choices=[("40", "Telemark")])
    round = forms.CharField(widget=forms.HiddenInput, initial="2027")


def shown(form: forms.Form, **more: Any) -> str:
    with translation.override("nb"):
        return render_to_string(
            "front/form.html", {"form": form, "submit": "Lagre", **more}, RequestFactory().get("/")
        )


def test_every_control_has_a_label_and_its_hint() -> None:
    page = shown(Reply())
    for name in ("name", "note", "agree", "county"):
        assert page.count(f'for="id_{name}"') == 1
        assert page.count(f'id="id_{name}"') == 1
    assert 'aria-describedby="id_name_helptext"' in page
    assert 'id="id_name_helptext"' in page
    assert page.count("(valgfritt)") == 1
    assert "<fieldset" in page
    assert (
        re.findall(r'for="(id_track_\d)"', page)
        == re.findall(r'id="(id_track_\d)"', page)
        == ["id_track_0", "id_track_1"]
    )
    assert 'type="hidden" name="round"' in page
    assert "ds-error-summary" not in page


def test_what_is_wrong_stands_first_with_links_and_by_the_field_and_what_was_typed_stays() -> None:
    page = shown(Reply({"name": "Skien kommune", "note": "<i>"}))
    summary = page[page.index("ds-error-summary") : page.index("ds-field")]
    assert 'href="#id_name"' in summary
    assert 'href="#id_agree"' in summary
    # The group is reached by its first button.
    assert 'href="#id_track_0"' in summary or 'href="#id_track"' in summary
    target = re.search(r'href="#(id_track\w*)"', summary)
    assert target is not None
    assert f'id="{target.group(1)}"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert page.count('aria-invalid="true"') >= 3
    assert 'value="Skien kommune"' in page
    assert "&lt;i&gt;" in page


def test_labels_follow_the_reader_who_sees_them_not_the_process_that_read_the_form() -> None:
    label = Reply.base_fields["name"].label
    with translation.override("nb"):
        assert str(label) == "Navn"
    with translation.override("en"):
        assert str(label) == "Name"


def test_a_wrong_host_is_refused_alike_with_and_without_a_session() -> None:
    for cookies in ({}, {"fotfeste_session": "somebody"}):
        client = Client(raise_request_exception=False)
        client.cookies.load(cookies)
        assert client.get("/om/", headers={"Host": "somewhere.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/om/", "/finnes-ikke/", "/bosetting/", "/konto/profil/", "/sprak/"])
def test_answers_that_say_nothing_else_are_kept_by_nobody_for_the_signed_in(address: str) -> None:
    client = Client()
    assert client.get(address).headers["Cache-Control"] in {"no-cache", "private, no-store"}
    client.cookies.load({"fotfeste_session": "somebody"})
    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_an_answer_that_sets_a_cookie_is_kept_by_nobody() -> None:
    answer = Client().get("/sprak/", {"til": "nn"})
    assert answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"
