"""The one settings object: everything that may differ between installations, with its default.

Values come from environment variables, and below them from one settings file (TOML, schema 1) that the variable
``FOTFESTE_SETTINGS`` points at. Every setting is described in ``docs/guide/drift.md``.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg

LocaleName = Literal["nb", "nn", "en"]
LOCALES: tuple[LocaleName, ...] = get_args(LocaleName)
LANGUAGE = "FOTFESTE_LANGUAGE"
FILE = "FOTFESTE_SETTINGS"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """One provider of sign-in over OpenID Connect (code flow with PKCE).

    ``extra`` are further parameters of the authorization request (``acr_values``, ``authorization_details``);
    ``claims`` says which claim value gives which role: ``((claim, value, role, area), …)``.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    extra: tuple[tuple[str, str], ...] = ()
    claims: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Serving:
    """Settings of the web workspace. Nothing here is policy of the field; all of it is about one installation.

    ``database_url`` empty means SQLite in the data folder; ``secret_key`` empty means one made and kept there.
    ``proxies`` is the number of own proxies in front, whose forwarded headers are trusted.
    """

    database_url: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    base_url: str = "http://localhost:8000"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    proxies: int = 0
    email_url: str = field(default="", repr=False)
    sender: str = "fotfeste@localhost"
    owner: str = ""
    contact: str = ""
    processes: int = 1
    threads: int = 8
    invitation_days: int = 14
    session_hours: int = 12
    api_per_minute: int = 120
    metrics_token: str = field(default="", repr=False)
    log_format: str = "text"
    oidc: tuple[OidcProvider, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people reach the workspace over HTTPS."""
        return self.base_url.startswith("https://")


VARIABLES: Mapping[str, str] = {
    "database_url": "DATABASE_URL",
    **{
        name: f"FOTFESTE_{name.upper()}"
        for name in (one.name for one in fields(Serving))
        if name not in {"database_url", "oidc"}
    },
}
"""Which environment variable sets which field of :class:`Serving`; providers stand in the settings file only."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one installation.

    ``data_dir`` holds imported figures and the embedded database (environment ``FOTFESTE_DATA_DIR``); ``locale`` is
    the language of messages and documents (``FOTFESTE_LANGUAGE``: ``nb``, ``nn`` or ``en``); ``serving`` is the
    web workspace.
    """

    data_dir: Path
    locale: LocaleName = "nb"
    serving: Serving = field(default_factory=Serving)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from ``environment`` (default: the process's own); unknown languages give bokmål.

        Raises :class:`InputError` when the settings file or a value cannot be used; every fault is named.
        """
        variables = os.environ if environment is None else environment
        stated = _file(variables.get(FILE, ""))
        serving = _serving(variables, stated, variables.get(FILE, ""))
        locale = locale_of(variables)
        if folder := variables.get("FOTFESTE_DATA_DIR") or str(stated.get("data_dir", "")):
            return cls(Path(folder).expanduser(), locale, serving)
        import platformdirs

        return cls(Path(platformdirs.user_data_dir("fotfeste")), locale, serving)


def _file(path: str) -> Mapping[str, Any]:
    if not path:
        return {}
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        what = msg("Innstillingsfilen kan ikke leses ({reason}).", reason=error.strerror or "")
        raise InputError("settings.unreadable", what, place=path, remedy=_way_out()) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        what = msg("Innstillingsfilen er ikke gyldig TOML: {reason}.", reason=str(error))
        raise InputError("settings.not_toml", what, place=path, remedy=_way_out()) from error
    if content.get("schema") != SCHEMA:
        what = msg("Innstillingsfilen må ha «schema = {number}» øverst.", number=SCHEMA)
        raise InputError("settings.schema", what, place=path, remedy=_way_out())
    return content


def _way_out() -> Any:
    return msg("Alle innstillinger er beskrevet i docs/guide/drift.md.")


def _serving(variables: Mapping[str, str], stated: Mapping[str, Any], path: str) -> Serving:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    known = {one.name for one in fields(Serving)}
    for name in sorted(set(stated) - known - {"schema", "data_dir"}):
        problems.append(
            Problem("settings.unknown", msg("Det finnes ingen innstilling som heter slik."), f"{path}: {name}")
        )
    for name, variable in VARIABLES.items():
        given = variables.get(variable) or stated.get(name)
        if given is None:
            continue
        place = variable if variables.get(variable) else f"{path}: {name}"
        try:
            values[name] = _as(name, given)
        except ValueError:
            problems.append(
                Problem("settings.value", msg("Verdien {value} kan ikke brukes.", value=repr(given)), place)
            )
    try:
        values["oidc"] = tuple(_provider(entry) for entry in stated.get("oidc", ()))
    except (TypeError, ValueError) as error:
        what = msg("En innloggingstjeneste er ikke beskrevet slik den må: {reason}.", reason=str(error))
        problems.append(Problem("settings.oidc", what, f"{path}: oidc"))
    if problems:
        head = msg("Innstillingene kan ikke brukes.")
        raise InputError("settings.wrong", head, remedy=_way_out(), problems=problems)
    return Serving(**values)


_KINDS: Mapping[str, Callable[[Any], Any]] = {
    "proxies": lambda given: _whole(given, 0, 10),
    "processes": lambda given: _whole(given, 1, 64),
    "threads": lambda given: _whole(given, 1, 64),
    "invitation_days": lambda given: _whole(given, 1, 365),
    "session_hours": lambda given: _whole(given, 1, 24 * 30),
    "api_per_minute": lambda given: _whole(given, 1, 100_000),
    "hosts": lambda given: tuple(
        one.strip() for one in (given.split(",") if isinstance(given, str) else given) if one.strip()
    ),
    "log_format": lambda given: _one_of(given, ("text", "json")),
    "base_url": lambda given: _address(given),
}


def _as(name: str, given: Any) -> Any:
    if name in _KINDS:
        return _KINDS[name](given)
    if not isinstance(given, str):
        raise ValueError(given)
    return given


def _whole(given: Any, low: int, high: int) -> int:
    value = int(given)
    if isinstance(given, bool) or not low <= value <= high:
        raise ValueError(given)
    return value


def _one_of(given: Any, choices: tuple[str, ...]) -> str:
    if given not in choices:
        raise ValueError(given)
    return str(given)


def _address(given: Any) -> str:
    if not isinstance(given, str) or not given.startswith(("http://", "https://")):
        raise ValueError(given)
    return given.rstrip("/")


def _provider(entry: Mapping[str, Any]) -> OidcProvider:
    changed = dict(entry)
    changed["scopes"] = tuple(entry.get("scopes", OidcProvider.__dataclass_fields__["scopes"].default))
    changed["extra"] = tuple(sorted((str(k), str(v)) for k, v in entry.get("extra", {}).items()))
    changed["claims"] = tuple(
        (str(one["claim"]), str(one["value"]), str(one["role"]), str(one.get("area", "")))
        for one in entry.get("claims", ())
    )
    return OidcProvider(**changed)


def locale_of(environment: Mapping[str, str] | None = None) -> LocaleName:
    """Return the language that ``environment`` asks for; bokmål when it asks for none, or for one that is not there."""
    chosen = (os.environ if environment is None else environment).get(LANGUAGE, "")
    return next((one for one in LOCALES if one == chosen), "nb")


def unknown_language(environment: Mapping[str, str] | None = None) -> str:
    """Return the language that ``environment`` asks for when it is not there; otherwise nothing."""
    chosen = (os.environ if environment is None else environment).get(LANGUAGE, "")
    return "" if chosen in LOCALES else chosen
