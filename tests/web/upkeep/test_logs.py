"""A log tells what happened, where and how long it took; never who, from where, or what they asked."""

from __future__ import annotations

import ast
import io
import json
import logging
import logging.config
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.people.models import User
from fotfeste.web.upkeep.logs import Lines, event, logging_settings

EMAIL, NAME, ADDRESS, TOKEN = "kari.syntetisk@example.no", "Kari Syntetisk", "203.0.113.77", "hemmelig0merke"
PERSONAL = (EMAIL, "kari.syntetisk", "kari%2Esyntetisk", NAME, "Syntetisk", ADDRESS, TOKEN)


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that any logger writes, as an installation writes it."""
    stream, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(stream)
    handler.setFormatter(Lines(request.param))
    names = ["", *logging.root.manager.loggerDict]
    before = {name: (logging.getLogger(name).level, logging.getLogger(name).disabled) for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).disabled = False
    logging.root.addHandler(handler)
    yield stream
    logging.root.removeHandler(handler)
    for name, (level, disabled) in before.items():
        logging.getLogger(name).setLevel(level)
        logging.getLogger(name).disabled = disabled


def _assert_silent(written: io.StringIO) -> None:
    text = written.getvalue()
    assert text, "nothing was logged, so nothing was tested"
    for one in PERSONAL:
        assert one.lower() not in text.lower(), text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("post", "/konto/logg-inn/", {"login": EMAIL, "password": TOKEN}),
        ("post", "/konto/glemt/", {"email": EMAIL}),
        ("post", "/konto/ny/", {"email": EMAIL, "name": NAME, "password1": TOKEN}),
        ("get", "/sok/", {"q": f"{NAME} {EMAIL}"}),
        ("get", f"/konto/invitasjon/{TOKEN}/", {}),
        ("get", f"/konto/glemt/{TOKEN}-{TOKEN}/", {}),
        ("get", f"/finnes-ikke/{EMAIL}/", {"token": TOKEN}),
        ("get", f"/kommune/{EMAIL}/", {}),
        ("get", "/api/v1/search", {"q": EMAIL}),
        ("get", f"/api/v1/places/{TOKEN}", {}),
        ("get", "/helse/", {"navn": NAME}),
        ("post", "/sprak/", {"tilbake": EMAIL}),
    ],
)
def test_no_page_brings_what_a_person_sends_into_the_log(
    method: str, path: str, data: dict[str, str], written: io.StringIO, client: Client
) -> None:
    User.objects.create(email=EMAIL, name=NAME)
    client.raise_request_exception = False
    headers = {"X-Forwarded-For": ADDRESS, "User-Agent": NAME, "Referer": f"http://testserver/?{EMAIL}"}
    getattr(client, method)(path, data, REMOTE_ADDR=ADDRESS, headers=headers)
    _assert_silent(written)
    assert "route" in written.getvalue()


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_not_repeated_in_the_log(written: io.StringIO, client: Client) -> None:
    answer = client.get("/", HTTP_HOST=f"{TOKEN}.example.no", REMOTE_ADDR=ADDRESS)
    assert answer.status_code == 400
    _assert_silent(written)


@pytest.mark.django_db
def test_an_error_in_a_page_is_told_by_its_place_not_by_its_words(
    written: io.StringIO, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ValueError(f"{NAME} <{EMAIL}> {TOKEN}")

    monkeypatch.setattr("fotfeste.web.upkeep.views.readiness", broken)
    client.raise_request_exception = False
    answer = client.get("/klar/", {"hvem": EMAIL}, REMOTE_ADDR=ADDRESS)
    assert answer.status_code == 500
    _assert_silent(written)
    text = written.getvalue()
    assert "ValueError" in text
    assert "test_logs.broken:" in text
    assert answer.headers["X-Request-Id"] in text


@pytest.mark.django_db
def test_what_the_database_says_of_a_person_stays_out_of_the_log(
    written: io.StringIO, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(*_arguments: object) -> None:
        User.objects.create(email=EMAIL, name=NAME)
        User.objects.create(email=EMAIL, name=NAME)

    monkeypatch.setattr("fotfeste.web.upkeep.views.readiness", twice)
    client.raise_request_exception = False
    assert client.get("/klar/").status_code == 500
    logged = written.getvalue()
    assert "IntegrityError" in logged
    for one in (EMAIL, NAME):
        assert one not in "\n".join(line for line in logged.splitlines() if "django.db.backends" not in line)


def test_lines_of_others_keep_their_constant_text_only() -> None:
    form = Lines("json")

    def line(*arguments: object, **more: object) -> dict[str, object]:
        record = logging.LogRecord(
            "gunicorn.error", logging.WARNING, "g.py", 7, arguments[0], arguments[1:], None
        )
        return dict(json.loads(form.format(record)))

    assert line("Invalid request from %s", ADDRESS)["text"] == "Invalid request from %s"
    assert line("Booting worker with pid: %s", 17)["text"] == "Booting worker with pid: 17"
    assert "text" not in line(f"Invalid request from ip={ADDRESS}")
    assert line("x")["logger"] == "gunicorn.error"


def test_our_own_lines_carry_fields_that_are_names_codes_and_numbers(written: io.StringIO) -> None:
    event("probe", status=200, ms=1.5, route="place", who=EMAIL, odd=f"{NAME}\nlevel=ERROR", none=None)
    logging.getLogger("fotfeste.probe").info(
        "done", extra={"job": "abc-1", "who": [EMAIL], "q": f"a?b={TOKEN}"}
    )
    _assert_silent(written)
    text = written.getvalue()
    assert len(text.splitlines()) == 2
    for part in ("probe", "200", "1.5", "place", "abc-1", "done"):
        assert part in text


def test_an_error_of_ours_is_told_by_its_code() -> None:
    try:
        raise InputError("place.unknown", msg("{name} finnes ikke.", name=NAME), place=EMAIL)
    except InputError as error:
        record = logging.LogRecord(
            "fotfeste.x", logging.ERROR, "x.py", 1, "failed", (), (InputError, error, None)
        )
    line = json.loads(Lines("json").format(record))
    assert line["code"] == "place.unknown"
    assert NAME not in json.dumps(line)
    assert EMAIL not in json.dumps(line)


def test_a_line_is_one_line_in_either_form() -> None:
    record = logging.makeLogRecord(
        {"name": "fotfeste.x", "msg": "to\nlinjer", "levelname": "INFO", "a": "b c"}
    )
    assert json.loads(Lines("json").format(record))["a"] == "b c"
    assert 'a="b c"' in Lines("text").format(record)
    for form in ("text", "json"):
        assert "\n" not in Lines(form).format(record)


def test_the_settings_of_logging_are_valid_and_send_everything_through_our_lines() -> None:
    described = logging_settings("json")
    assert set(described["handlers"]) == {"stderr", "none"}
    assert described["handlers"]["stderr"]["formatter"] == "lines"
    assert all(set(one.get("handlers", ())) <= {"none"} for one in described["loggers"].values())
    logging.config.DictConfigurator(described)


def test_our_own_modules_log_literal_texts_only(root: Path) -> None:
    """What stands in a text that is put together cannot be told from somebody's name afterwards."""
    found = 0
    for path in sorted((root / "src" / "fotfeste" / "web").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            whose = ast.unparse(node.func.value)
            levels = {"debug", "info", "warning", "error", "exception", "critical"}
            if node.func.attr in levels and re.fullmatch(r"(?i)_?log(ger)?", whose):
                found += 1
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
    assert found, "the test looks for the wrong thing"


def test_the_library_below_the_web_configures_no_logging(root: Path) -> None:
    for path in sorted((root / "src" / "fotfeste").rglob("*.py")):
        if "web" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert "basicConfig" not in text
            assert "dictConfig" not in text
