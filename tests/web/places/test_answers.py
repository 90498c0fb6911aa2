"""Answers that need not be made or sent twice, and what is kept in memory."""

from __future__ import annotations

import gzip
import os
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.reports.profiles import Knowledge
from fotfeste.web.places import answers
from fotfeste.web.places import knowledge as known
from fotfeste.web.places.answers import SHELF
from fotfeste.web.places.shelf import OVERHEAD, Kept, Shelf

PAGE = "/kommune/4003/"


def test_who_has_the_page_gets_304(client: Client) -> None:
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    assert first.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("name", ["language", "address", "part", "figures", "installation"])
def test_the_tag_differs_with_everything_that_the_page_shows(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    headers = {"If-None-Match": client.get(PAGE).headers["ETag"]}
    if name == "language":
        answer = client.get(PAGE, headers={**headers, "Accept-Language": "nn"})
    elif name == "address":
        answer = client.get(PAGE + "?indikator=population", headers=headers)
    elif name == "part":
        answer = client.get(PAGE, headers={**headers, "HX-Request": "true"})
    elif name == "figures":
        monkeypatch.setattr(answers.fotfeste, "__version__", "99.0")
        answer = client.get(PAGE, headers=headers)
    else:
        monkeypatch.setattr(answers, "_installation", lambda: "another owner")
        answer = client.get(PAGE, headers=headers)
    assert answer.status_code == 200


def test_a_page_is_kept_compressed_and_the_same_both_ways(client: Client) -> None:
    made = client.get(PAGE)
    kept = client.get(PAGE)
    packed = client.get(PAGE, headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(PAGE, headers={"Accept-Encoding": "gzip;q=0"})
    assert made.content == kept.content == gzip.decompress(packed.content) == refused.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in refused.headers
    assert int(packed.headers["Content-Length"]) == len(packed.content)
    assert "Accept-Encoding" in made.headers["Vary"]


def test_a_reader_with_a_session_gets_nothing_that_others_share(client: Client) -> None:
    shared = client.get(PAGE)
    client.cookies[settings.SESSION_COOKIE_NAME] = ""
    client.cookies["messages"] = "x"
    own = client.get(PAGE)
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in own.headers
    assert shared.headers["Cache-Control"].startswith("public")


def test_reading_sets_no_cookie(client: Client) -> None:
    for address in ("/", PAGE, "/sok/?q=bø", "/sammenlign/", "/kommune/4003/population/"):
        assert not client.get(address).cookies


def test_the_address_of_a_picture_stands_for_these_figures_for_ever(client: Client) -> None:
    page = client.get("/indikator/population/").content.decode()
    address = page.partition('class="map-image" src="')[2].partition('"')[0]
    assert "?v=" in address
    assert client.get(address).headers["Cache-Control"].endswith("immutable")
    bare = address.partition("?")[0]
    assert client.get(bare).headers["Cache-Control"] == "public, max-age=60"
    assert client.get(bare + "?v=old").headers["Cache-Control"] == "public, max-age=60"


def test_only_pictures_are_kept_for_ever_and_no_longer_than_the_program_that_drew_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/indikator/population/").content.decode()
    address = page.partition('class="map-image" src="')[2].partition('"')[0]
    stated = address.partition("?")[2]
    assert client.get(f"{PAGE}?{stated}").headers["Cache-Control"] == "public, max-age=60"
    monkeypatch.setattr(answers.fotfeste, "__version__", "99.0")
    assert client.get(address).headers["Cache-Control"] == "public, max-age=60"


def test_invented_parameters_fill_no_memory(client: Client) -> None:
    client.get(PAGE)
    used = SHELF.used
    for number in range(5):
        assert client.get(f"{PAGE}?utm={number}").status_code == 200
        assert client.get("/sok/", {"q": f"b{number}"}).status_code == 200
    assert SHELF.used == used


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    assert "ETag" not in client.get("/kommune/9999/").headers
    assert client.get("/kommune/9999/", headers={"If-None-Match": '"x"'}).status_code == 404
    assert SHELF.used == 0


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_open_pages_are_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(PAGE).status_code == 405


def test_head_tells_what_get_would(client: Client) -> None:
    assert client.head(PAGE).headers["ETag"] == client.get(PAGE).headers["ETag"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3_000)), max_size=60))
def test_the_shelf_never_holds_more_than_its_room(kept: list[tuple[int, int]]) -> None:
    shelf = Shelf(16_000)
    for key, size in kept:
        shelf.keep(str(key), Kept(b"x" * size, False, ()))
        assert shelf.used <= 16_000
        held = [one for number in range(10) if (one := shelf.take(str(number))) is not None]
        assert shelf.used == sum(len(one.body) + OVERHEAD for one in held)


def test_what_was_used_last_stays_longest() -> None:
    shelf = Shelf(8 * (1_000 + OVERHEAD))
    for number in range(8):
        shelf.keep(str(number), Kept(b"x" * 1_000, False, ()))
    shelf.take("0")
    shelf.keep("8", Kept(b"x" * 1_000, False, ()))
    assert shelf.take("0") is not None
    assert shelf.take("1") is None


def test_threads_read_the_figures_once(monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge) -> None:
    times: list[int] = []
    monkeypatch.setattr(known, "_held", None)
    monkeypatch.setattr(known, "open_knowledge", lambda *asked: times.append(len(asked)) or knowledge)
    threads = [threading.Thread(target=known.knowledge) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(times) == 1


def test_imported_figures_are_read_and_faulty_ones_leave_the_former_standing(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    from fotfeste.errors import DataMissing
    from fotfeste.messages import msg

    read: list[Path] = []
    monkeypatch.setattr(known, "_held", None)
    monkeypatch.setattr(known, "open_knowledge", lambda *asked: read.append(asked[0]) or knowledge)
    assert known.knowledge() is known.knowledge() is knowledge
    assert len(read) == 1
    folder = settings.FOTFESTE.data_dir / "population"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / known.MANIFEST
    manifest.write_text("{}", "utf-8")
    try:
        assert known.knowledge() is knowledge
        assert len(read) == 2

        def broken(folder: Path, day: object) -> Knowledge:
            read.append(folder)
            raise DataMissing("store.broken", msg("Tallene kan ikke leses."))

        monkeypatch.setattr(known, "open_knowledge", broken)
        manifest.write_text('{"a": 1}', "utf-8")
        os.utime(manifest, (1, 1))
        assert known.knowledge() is knowledge
        assert known.knowledge() is knowledge
        assert len(read) == 3
    finally:
        manifest.unlink()
        folder.rmdir()
