"""Addresses: which may be asked, and where a redirect may lead."""

from __future__ import annotations

import ipaddress
from urllib.parse import urljoin, urlsplit

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.clients.answers import Answer
from fotfeste.statistics.clients.faults import moved

SAME_METHOD = {307, 308}


def checked_address(url: str) -> str:
    """Return an address that we may ask: HTTPS, or anything on this machine. Raises :class:`InputError` otherwise."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise no_address(url) from error
    if not host or parts.scheme not in {"http", "https"} or parts.username or parts.password:
        raise no_address(url)
    if parts.scheme == "http" and not _is_here(host):
        raise InputError(
            "source.plain",
            msg("Adressen er ikke kryptert."),
            place=url,
            remedy=msg("Bruk en adresse som begynner med «https://»."),
        )
    return url


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def next_address(address: str, answer: Answer, *, posted: bool) -> str:
    """Return where a redirect leads, when it is within the same host and keeps what was asked."""
    stated = answer.headers.get("location", "")
    here = urlsplit(address)
    try:
        target = urljoin(address, stated)
        there = urlsplit(target)
        same = (there.hostname, there.port) == (here.hostname, here.port)
    except ValueError as error:
        raise moved(msg("Kilden er flyttet til «{target}».", target=stated), answer.url) from error
    if not stated or not same:
        raise moved(msg("Kilden er flyttet til «{target}».", target=target), answer.url)
    if here.scheme == "https" and there.scheme != "https":
        raise moved(
            msg("Kilden viser til en adresse uten kryptering («{target}»).", target=target), answer.url
        )
    if posted and answer.status not in SAME_METHOD:
        raise moved(msg("Spørringen er flyttet til «{target}».", target=target), answer.url)
    return target


def no_address(url: str) -> InputError:
    """Return the fault of something that is no address."""
    return InputError(
        "source.address",
        msg("Dette er ikke en adresse som kan spørres."),
        place=url,
        remedy=msg("Skriv hele adressen, med «https://» foran."),
    )
