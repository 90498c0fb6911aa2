"""Whatever is written in a field, an address or a header stays what it is: text, and text that leads nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from fotfeste.web.rights.guard import right_of
from tests.daily import LONG_RUN, every_nth
from tests.web.rights.routes import Route, routes
from tests.web.rights.test_every_address import OPEN_LIBRARY_VIEWS, _open_values
from tests.web.rights.world import World, examples_for, make_world

pytestmark = pytest.mark.django_db

MARK = "zq7"
PROGRAM = f"<script>{MARK}()</script>"
PAYLOADS = (
    PROGRAM,
    f"\"'><img src=x onerror={MARK}()>",
    f"</title></textarea></template>{PROGRAM}",
    "{{ 7|add:7 }}{% debug %}",
    "\r\nSet-Cookie: evil=1\r\n\r\n" + PROGRAM,
    f"javascript:{MARK}()",
    "\u202e\ud7ff\ufffe" + "ø" * 300,
)
RAW = (PROGRAM, f"<img src=x onerror={MARK}", f'href="javascript:{MARK}', f"href='javascript:{MARK}")
ELSEWHERE = (
    "https://example.org/", "//example.org/", "///example.org/", "/\\example.org/", "\\\\example.org", "https:example.org",
    "http:///example.org", "javascript:alert(1)", "data:text/html,x", " //example.org", "/%09/example.org", "/\t/example.org",
    "//example.org\\@localhost/", "https://localhost@example.org/", "\r\nLocation: https://example.org/",
)  # fmt: skip
WRITTEN = {"text", "search", "email", "password", "url", "tel", "number", "date", "", None}
READERS = ("adviser", "anonymous", "administrator", "contact")
ROUTES = [one for one in routes() if str(one) not in OPEN_LIBRARY_VIEWS]


@pytest.fixture
def world() -> World:
    for name in ("near", "counts"):
        caches[name].clear()
    return make_world()


def address_of(route: Route, world: World) -> str:
    """An address of ``route`` that there is something at."""
    right = right_of(route.view)
    if right is None or right.open or not route.parts:
        return route.address(_open_values(route)) if route.parts else route.address({})
    return route.address(examples_for(route.pattern, world)[0].values)


def is_harmless(answer: HttpResponse, said: str) -> None:
    """Nothing failed, nothing that was sent stands in the page as anything but text, and nothing became a header."""
    assert answer.status_code < 500, said
    assert "evil" not in answer.cookies, said
    for name, value in answer.items():
        assert "\n" not in value, f"{said}: {name}"
    body = content_of(answer)
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        text = body.decode()
        for raw in RAW:
            assert raw not in text, f"{said}: {raw}"
        assert "{{ 7|add:7 }}" in text or "14{%" not in text, said


def content_of(answer: HttpResponse) -> bytes:
    """The whole answer, read to its end where it is a file."""
    return b"".join(answer) if answer.streaming else answer.content


def forms(page: str, address: str) -> list[tuple[str, str, dict[str, str], list[str]]]:
    """Every form of a page: where it goes, how, what stands in it, and the fields that people write in."""
    found = []
    for form in lxml.html.fromstring(page).forms:
        values, written = {}, []
        for field in form.iter("input", "select", "textarea", "button"):
            name = field.get("name")
            if not name or field.get("disabled") is not None:
                continue
            if field.tag == "textarea" or (field.tag == "input" and field.get("type") in WRITTEN):
                written.append(name)
            elif field.tag == "select":
                options = [one.get("value") or "" for one in field.iter("option")]
                values[name] = next((one for one in options if one), "")
            elif field.get("type") in ("radio", "checkbox"):
                values.setdefault(name, field.get("value") or "on")
            else:
                values[name] = field.get("value") or ""
        target = urljoin(address, form.get("action") or address)
        found.append((target, (form.get("method") or "get").lower(), values, written))
    return found


def send(client: Client, target: str, method: str, values: dict[str, str]) -> HttpResponse:
    path = urlsplit(target).path
    return client.post(target, values) if method == "post" else client.get(path, values)  # type: ignore[return-value]


@contextmanager
def left_as_it_was() -> Iterator[None]:
    """Let nothing that is done to the database stay."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("who", "step"), every_nth(len(READERS) + 1, [("adviser", 3), *((one, 1) for one in READERS)])
)
def test_what_is_written_in_any_field_of_any_form_stays_text(who: str, step: int, world: World) -> None:
    tried: set[tuple[str, ...]] = set()
    fields = 0
    for route in ROUTES[::step]:
        with left_as_it_was():
            fields += _try_forms(address_of(route, world), who, world, tried)
    assert fields >= {"anonymous": 4, "contact": 6}.get(who, 10), fields


def _try_forms(address: str, who: str, world: World, tried: set[tuple[str, ...]]) -> int:
    page = world.client(who).get(address)
    text = content_of(page)  # type: ignore[arg-type]
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return 0
    fields = 0
    for target, method, values, written in forms(text.decode(), address):
        if (key := (urlsplit(target).path, method, *sorted(written))) in tried or not written:
            continue
        tried.add(key)
        assert urlsplit(target).netloc in ("", "testserver"), f"{address}: a form leads to {target}"
        fields += len(written)
        for payload in PAYLOADS:
            with left_as_it_was():
                client = world.client(who)
                answer = send(client, target, method, {**values, **dict.fromkeys(written, payload)})
                said = f"{method} {target} by {who} with {payload!r}"
                is_harmless(answer, said)
                if 300 <= answer.status_code < 400:
                    where = answer.headers["Location"]
                    assert urlsplit(where).netloc in ("", "testserver"), f"{said} leads to {where}"
                    is_harmless(client.get(where), f"{said}, then {where}")
                is_harmless(client.get(address), f"{said}, then the page again")
    return fields


QUERIES = ("q", "sted", "indikator", "til", "tilbake", "next", "side", "fra", "kart", "v", "kind", "county", "limit", "offset",
           "fylke", "handling", "hvem", "process", "error", "code", "state", "iss")  # fmt: skip


@LONG_RUN
def test_what_is_written_in_the_query_of_any_address_stays_text(world: World) -> None:
    asked = 0
    for route in ROUTES:
        with left_as_it_was():
            address = address_of(route, world)
            for payload in (PAYLOADS[1], PAYLOADS[4], PAYLOADS[6]):
                caches["counts"].clear()
                query = urlencode(dict.fromkeys(QUERIES, payload))
                is_harmless(
                    world.client("administrator").get(f"{address}?{query}"), f"{address} with {payload!r}"
                )
                asked += 1
    assert asked > 250


def test_nothing_that_stands_in_an_address_leads_to_another_site(world: World) -> None:
    user = world.people["no role"]
    user.set_password("et langt passord til prøve")
    user.save()
    for elsewhere in ELSEWHERE:
        for address, name in (
            ("/sprak/", "tilbake"),
            ("/konto/logg-inn/", "next"),
            ("/konto/logg-ut/", "next"),
        ):
            for who in ("anonymous", "adviser"):
                client = world.client(who)
                for answer in (
                    client.get(address, {name: elsewhere, "til": "nn"}),
                    client.post(address, {name: elsewhere}),
                ):
                    where = urlsplit(answer.headers.get("Location", "/"))
                    assert (where.scheme, where.netloc) == ("", ""), (
                        f"{address}?{name}={elsewhere!r} leads to {where}"
                    )
                    assert not where.path.startswith("//"), f"{address}?{name}={elsewhere!r} leads to {where}"
        caches["default"].clear()
        signed = Client().post(
            "/konto/logg-inn/",
            {"login": user.email, "password": "et langt passord til prøve", "next": elsewhere},
        )
        assert signed.status_code == 302, elsewhere
        where = urlsplit(signed.headers["Location"])
        assert (where.scheme, where.netloc) == ("", ""), f"signing in leads to {where}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"login=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        ("&".join(f"f{number}=1" for number in range(6_000)).encode(), "application/x-www-form-urlencoded"),
        (b"\x00\xff" * 2_000, "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=login\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"[" * 100_000, "application/json"),
    ],
    ids=["large", "many fields", "not text", "cut short", "deep"],
)
def test_a_body_that_nobody_would_send_is_refused_and_nothing_fails(body: bytes, kind: str) -> None:
    for address in ("/konto/logg-inn/", "/api/v1/places", "/"):
        answer = Client(raise_request_exception=False).post(address, body, content_type=kind)
        assert 200 <= answer.status_code < 500, address


@pytest.mark.parametrize(
    "address",
    [
        "/kommune/4003%00/",
        "/fylke/../../etc/passwd",
        "/" + "a" * 5_000,
        "/kommune/%ff%fe/",
        "/static/../secret_key",
    ],
)
def test_an_address_that_is_not_one_is_not_found(address: str) -> None:
    assert Client(raise_request_exception=False).get(address).status_code in (301, 400, 404)
