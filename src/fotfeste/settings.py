"""The one settings object: everything that may differ between installations, with its default.

Values come from environment variables, and below them from one settings file (TOML, schema 1) that the variable
``FOTFESTE_SETTINGS`` points at. Every setting is described in ``docs/guide/drift.md``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg

LocaleName = Literal["nb", "nn", "en"]
LOCALES: tuple[LocaleName, ...] = get_args(LocaleName)
LANGUAGE = "FOTFESTE_LANGUAGE"
FILE = "FOTFESTE_SETTINGS"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """One provider of sign-in over OpenID Connect (code flow with PKCE).

    ``extra`` are further parameters of the authorization request (``acr_values``, ``authorization_details``);
    ``claims`` says which claim value gives which role: ``((claim, value, role, area), …)``. ``trusted_email``: an
    account is found by the verified address that the provider states; otherwise only by its subject.
    ``second_factor``: the provider asks for one itself, so that none is needed here.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    extra: tuple[tuple[str, str], ...] = ()
    claims: tuple[tuple[str, str, str, str], ...] = ()
    trusted_email: bool = False
    second_factor: bool = False


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
    partner_inputs: int = 100
    partner_megabytes: int = 200
    metrics_token: str = field(default="", repr=False)
    log_format: str = "text"
    oidc: tuple[OidcProvider, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people reach the workspace over HTTPS."""
        return self.base_url.startswith("https://")

    @property
    def answers_to(self) -> tuple[str, ...]:
        """The names that the workspace answers to: those stated, and that of its own address."""
        own = urlsplit(self.base_url).hostname or ""
        own = f"[{own}]" if ":" in own else own
        return tuple(dict.fromkeys(one for one in (*self.hosts, own) if one))


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """The largest plan document that is read, on the command line and in the workspace alike.

    Megabytes of the file, pages, and seconds of work that the reading of one document may take.
    """

    plan_megabytes: int = 100
    plan_pages: int = 2_000
    plan_seconds: int = 60

    @property
    def document_bytes(self) -> int:
        """Bytes of the largest document."""
        return self.plan_megabytes * 1_000_000


VARIABLES: Mapping[str, str] = {
    "database_url": "DATABASE_URL",
    **{
        name: f"FOTFESTE_{name.upper()}"
        for name in (one.name for one in (*fields(Serving), *fields(PlanLimits)))
        if name not in {"database_url", "oidc"}
    },
}
"""Which environment variable sets which field of :class:`Serving` and :class:`PlanLimits`; providers stand in the file only."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one installation.

    ``data_dir`` holds imported figures and the embedded database (environment ``FOTFESTE_DATA_DIR``); ``locale`` is
    the language of messages and documents (``FOTFESTE_LANGUAGE``: ``nb``, ``nn`` or ``en``); ``serving`` is the
    web workspace; ``proxy`` is what stands between this machine and the agencies' figures (``HTTPS_PROXY``); ``plans``
    bounds the documents of plans.
    """

    data_dir: Path
    locale: LocaleName = "nb"
    serving: Serving = field(default_factory=Serving)
    proxy: str = field(default="", repr=False)
    plans: PlanLimits = field(default_factory=PlanLimits)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from ``environment`` (default: the process's own); unknown languages give bokmål.

        Raises :class:`InputError` when the settings file or a value cannot be used; every fault is named.
        """
        variables = os.environ if environment is None else environment
        stated = _file(variables.get(FILE, ""))
        serving, plans = _read(variables, stated, variables.get(FILE, ""))
        locale = locale_of(variables)
        proxy = variables.get("HTTPS_PROXY") or variables.get("https_proxy") or ""
        if folder := variables.get("FOTFESTE_DATA_DIR") or str(stated.get("data_dir", "")):
            return cls(Path(folder).expanduser(), locale, serving, proxy, plans)
        import platformdirs

        return cls(Path(platformdirs.user_data_dir("fotfeste")), locale, serving, proxy, plans)


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


def _read(variables: Mapping[str, str], stated: Mapping[str, Any], path: str) -> tuple[Serving, PlanLimits]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in sorted(set(stated) - set(VARIABLES) - {"oidc", "schema", "data_dir"}):
        what = msg("Det finnes ingen innstilling som heter slik.")
        problems.append(Problem("settings.unknown", what, f"{path}: {name}"))
    if not isinstance(stated.get("data_dir", ""), str):
        what = msg("Verdien kan ikke brukes. Den skal være {expected}.", expected=msg("tekst"))
        problems.append(Problem("settings.value", what, f"{path}: data_dir"))
    for name, variable in VARIABLES.items():
        given = variables.get(variable) or stated.get(name)
        if given is None:
            continue
        place = variable if variables.get(variable) else f"{path}: {name}"
        use, expected = _KINDS.get(name, _TEXT)
        try:
            values[name] = use(given)
        except (ValueError, TypeError):
            problems.append(Problem("settings.value", _not_usable(name, given, expected), place))
    providers, faults = _providers(stated.get("oidc", []), path)
    values["oidc"] = providers
    problems += faults
    if problems:
        head = msg("Innstillingene kan ikke brukes.")
        raise InputError("settings.wrong", head, remedy=_way_out(), problems=problems)
    of_plans = {one.name: values.pop(one.name) for one in fields(PlanLimits) if one.name in values}
    return Serving(**values), PlanLimits(**of_plans)


def _not_usable(name: str, given: Any, expected: Message) -> Message:
    """What is wrong with a value; one that may be secret is not shown."""
    if not next(one.repr for one in (*fields(Serving), *fields(PlanLimits)) if one.name == name):
        return msg("Verdien kan ikke brukes. Den skal være {expected}.", expected=expected)
    return msg(
        "Verdien {value} kan ikke brukes. Den skal være {expected}.",
        value=repr(given)[:80],
        expected=expected,
    )


Use = Callable[[Any], Any]


def _text(given: Any) -> str:
    if not isinstance(given, str) or any(ord(letter) < 32 for letter in given):
        raise ValueError(given)
    return given


def _whole(low: int, high: int) -> tuple[Use, Message]:
    def use(given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int | str) or not low <= int(given) <= high:
            raise ValueError(given)
        return int(given)

    return use, msg("et helt tall fra {low} til {high}", low=low, high=high)


def _long(least: int) -> tuple[Use, Message]:
    def use(given: Any) -> str:
        if len(_text(given)) < least:
            raise ValueError(given)
        return str(given)

    return use, msg("tekst på minst {least} tegn", least=least)


def _begins(*starts: str) -> tuple[Use, Message]:
    def use(given: Any) -> str:
        if not _text(given).startswith(starts):
            raise ValueError(given)
        return str(given)

    return use, msg("tekst som begynner med {starts}", starts=" / ".join(starts))


def _log_format(given: Any) -> str:
    if given not in ("text", "json"):
        raise ValueError(given)
    return str(given)


def _hosts(given: Any) -> tuple[str, ...]:
    names = tuple(_text(one).strip() for one in (given.split(",") if isinstance(given, str) else given))
    if not all(names) or any("/" in one or "*" in one or one[0] == "." for one in names):
        raise ValueError(given)
    return names


def _address(given: Any) -> str:
    parts = urlsplit(_text(given).rstrip("/"))
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.fragment
    ):
        raise ValueError(given)
    return f"{parts.scheme}://{parts.netloc}"


def _sender(given: Any) -> str:
    if "@" not in _text(given):
        raise ValueError(given)
    return str(given)


_TEXT: tuple[Use, Message] = (_text, msg("tekst"))
_KINDS: Mapping[str, tuple[Use, Message]] = {
    "database_url": _begins("postgresql://", "postgres://"),
    "secret_key": _long(32),
    "metrics_token": _long(16),
    "proxies": _whole(0, 10),
    "processes": _whole(1, 64),
    "threads": _whole(1, 64),
    "invitation_days": _whole(1, 365),
    "session_hours": _whole(1, 24 * 30),
    "api_per_minute": _whole(1, 100_000),
    "partner_inputs": _whole(1, 10_000),
    "partner_megabytes": _whole(1, 100_000),
    "plan_megabytes": _whole(1, 500),
    "plan_pages": _whole(1, 100_000),
    "plan_seconds": _whole(1, 3_600),
    "hosts": (_hosts, msg("navn uten «https://» og uten jokertegn")),
    "log_format": (_log_format, msg("text eller json")),
    "base_url": (_address, msg("en adresse uten sti, for eksempel https://fotfeste.example.no")),
    "sender": (_sender, msg("en e-postadresse")),
}
"""How each setting is read, and what it should be; the others are any text."""

_PROVIDER_TEXTS = ("id", "name", "issuer", "client_id", "client_secret")
_PROVIDER_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def _providers(stated: Any, path: str) -> tuple[tuple[OidcProvider, ...], list[Problem]]:
    """Read the providers of sign-in; each that is wrong is told of with its number."""
    entries = stated if isinstance(stated, list) else [stated]
    found: list[OidcProvider] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, 1):
        try:
            one = _provider(entry)
            if one.id in {earlier.id for earlier in found}:
                raise _Wrong("id")
            found.append(one)
        except _Wrong as wrong:
            what = msg(
                "En innloggingstjeneste er ikke beskrevet slik den må: se på «{field}».", field=wrong.field
            )
            problems.append(Problem("settings.oidc", what, f"{path}: oidc {number}"))
    return tuple(found), problems


class _Wrong(Exception):
    """A field of a provider that cannot be used."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


def _provider(entry: Any) -> OidcProvider:
    if not isinstance(entry, dict):
        raise _Wrong("oidc")
    known = {one.name: one for one in fields(OidcProvider)}
    values: dict[str, Any] = {}
    for name, given in entry.items():
        if name not in known:
            raise _Wrong(name)
        use: Use = _PROVIDER.get(name, _flag)
        try:
            values[name] = use(given)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _Wrong(name) from error
    for name in ("id", "name", "issuer", "client_id"):
        if not values.get(name):
            raise _Wrong(name)
    return OidcProvider(**values)


def _provider_id(given: Any) -> str:
    if not _PROVIDER_ID.fullmatch(_text(given)):
        raise ValueError(given)
    return str(given)


def _issuer(given: Any) -> str:
    parts = urlsplit(_text(given))
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.scheme not in (("https", "http") if here else ("https",)):
        raise ValueError(given)
    return str(given)


def _flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise ValueError(given)
    return given


def _words(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise ValueError(given)
    return tuple(_text(one) for one in given)


def _extra(given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((_text(key), _text(value)) for key, value in given.items()))


def _claims(given: Any) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(_claim(one) for one in given)


def _claim(one: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if set(one) - {"claim", "value", "role", "area"}:
        raise ValueError(one)
    return (_text(one["claim"]), _text(one["value"]), _text(one["role"]), _text(one.get("area", "")))


_PROVIDER: Mapping[str, Use] = {
    **dict.fromkeys(_PROVIDER_TEXTS, _text),
    "id": _provider_id,
    "issuer": _issuer,
    "scopes": _words,
    "extra": _extra,
    "claims": _claims,
}


def locale_of(environment: Mapping[str, str] | None = None) -> LocaleName:
    """Return the language that ``environment`` asks for; bokmål when it asks for none, or for one that is not there."""
    chosen = (os.environ if environment is None else environment).get(LANGUAGE, "")
    return next((one for one in LOCALES if one == chosen), "nb")


def unknown_language(environment: Mapping[str, str] | None = None) -> str:
    """Return the language that ``environment`` asks for when it is not there; otherwise nothing."""
    chosen = (os.environ if environment is None else environment).get(LANGUAGE, "")
    return "" if chosen in LOCALES else chosen
