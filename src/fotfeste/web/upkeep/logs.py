"""Logs with structure and without personal data: what happened, where, how long, never who.

Our own lines are events with named fields. Of lines that others write (Django, gunicorn) only the place, the kind of
error and the text that is the same every time are kept: what they fill in may be an address, a name or a question.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from fotfeste.errors import FotfesteError

Value = str | int | float | bool | None

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The mark of the request that is being answered, also shown to the reader when something goes wrong."""

_LOG = logging.getLogger("fotfeste.events")
_SAFE = re.compile(r"[A-Za-z0-9_.:/ \-]{0,120}")
_WORD = re.compile(r"[A-Za-z0-9_.:/\-]+")
_FRAMES = 8
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def event(name: str, level: int = logging.INFO, **fields: Value) -> None:
    """Write one line: what happened, with ``fields`` that hold no personal data (names of routes, codes, counts)."""
    _LOG.log(level, "%s", name, extra={"event": name, "fields": fields})


def logging_settings(form: str) -> dict[str, Any]:
    """Return the settings of logging for ``form`` ``"text"`` or ``"json"``; only a running installation uses them."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines, "form": form}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "lines"},
            "none": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "fotfeste": {"level": "INFO"},
            "gunicorn.error": {"level": "WARNING"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # One line for each request is written by RequestLog; only what failed is told of here.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.server": {"handlers": ["none"], "level": "ERROR", "propagate": False},
        },
    }


class Lines(logging.Formatter):
    """One line for each record: ``key=value`` for people, or JSON for programs."""

    def __init__(self, form: str = "text") -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        content = described(record)
        if self.form == "json":
            return json.dumps(content, ensure_ascii=True)
        head = f"{content.pop('time')} {content.pop('level')} {content.pop('event')}"
        return " ".join([head, *(f"{name}={_written(value)}" for name, value in content.items())])


def described(record: logging.LogRecord) -> dict[str, Value]:
    """Return what of ``record`` may stand in a log."""
    name, own = getattr(record, "event", None), getattr(record, "fields", None)
    content: dict[str, Value] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "event": name if isinstance(name, str) else "log",
    }
    if isinstance(own, Mapping):
        content |= {key: _safe(value) for key, value in own.items()}
    else:
        content |= {"logger": record.name, "where": f"{record.module}.{record.funcName}:{record.lineno}"}
        content |= _text(record)
    content["process"] = record.process
    if mark := request_id.get():
        content["request"] = mark
    if record.exc_info and record.exc_info[1] is not None:
        content |= _error(record.exc_info[1])
    return content


def _text(record: logging.LogRecord) -> dict[str, Value]:
    """The text of a line that is no event: the part of it that is the same every time.

    Our own modules log literal texts (a test holds them to it) and what they add as extra fields. Others may have
    filled the text in already; it is kept only where it still has places to fill, and those are filled with numbers.
    """
    content: dict[str, Value] = {}
    own = record.name.partition(".")[0] == "fotfeste"
    if isinstance(record.msg, str) and (own or record.args):
        numbers = isinstance(record.args, tuple) and all(type(one) is int for one in record.args)
        content["text"] = record.getMessage() if numbers else record.msg
    if own:
        content |= {name: _safe(value) for name, value in vars(record).items() if name not in _STANDARD}
    return content


def _error(error: BaseException) -> dict[str, Value]:
    """The kind of the error and where it arose; never its text, which may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    at = " < ".join(f"{_module(frame.filename)}.{frame.name}:{frame.lineno}" for frame in reversed(frames))
    content: dict[str, Value] = {"error": f"{type(error).__module__}.{type(error).__qualname__}", "at": at}
    if isinstance(error, FotfesteError):
        content["code"] = error.code
    if error.__cause__ is not None:
        content["cause"] = type(error.__cause__).__qualname__
    return content


def _module(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:]).removesuffix(".py")


def _safe(value: object) -> Value:
    """A number as it is, a name or code as it is; anything else could be somebody's words."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return value if isinstance(value, str) and _SAFE.fullmatch(value) else "?"


def _written(value: Value) -> str:
    text = "" if value is None else str(value)
    return text if _WORD.fullmatch(text) else json.dumps(text)
