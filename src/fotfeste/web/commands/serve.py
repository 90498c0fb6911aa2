"""`fotfeste serve`: the workspace in the browser."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import sys

import click

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Language, Message, language, msg
from fotfeste.settings import VARIABLES, Serving, Settings
from fotfeste.web.upkeep.faults import InstallationFault

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PORT = 8000


@click.command(short_help="Åpne arbeidsflaten i nettleseren.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Port å lytte på."
)
@click.option(
    "--host",
    default="localhost",
    show_default=True,
    metavar="ADRESSE",
    help="Adresse å lytte på. «localhost» kan bare nås fra denne maskinen.",
)
@click.option(
    "--no-worker",
    is_flag=True,
    help="Ikke gjør bakgrunnsarbeid her; det gjør «fotfeste worker» i en egen prosess.",
)
@click.option(
    "--unprotected",
    is_flag=True,
    help="Lytt utenfor denne maskinen selv om HTTPS og nøkkel ikke er satt opp.",
)
@click.pass_obj
def serve(settings: Settings, port: int, host: str, no_worker: bool, unprotected: bool) -> None:
    """Åpne arbeidsflaten. Uten annet oppsett ligger alt i datamappen, og bare denne maskinen når den.

    Databasen lages eller oppgraderes, sidene gjøres klare, og den første administratoren får en lenke. Ctrl+C
    stopper.
    """
    from fotfeste.web.commands.starting import database_told_of, start_django

    words = language(settings.locale)
    if host not in LOOPBACK and not unprotected:
        _refuse_unprotected(settings.serving)
    sockets = listen(host, port)
    address = _address(settings.serving, port)
    start_django(settings)
    from fotfeste.web.project.database import MADE
    from fotfeste.web.upkeep.places import take_in_use
    from fotfeste.web.upkeep.plan import Plan, command
    from fotfeste.web.upkeep.preparing import prepare, welcome

    os.set_inheritable(take_in_use(settings.data_dir), True)

    def say(message: Message) -> None:
        click.echo(words.text(message))

    with database_told_of():
        prepare(say)
        welcome(say, address)
    os.environ[MADE] = "1"
    _count_together(settings)
    serving = settings.serving
    plan = Plan(
        sockets=tuple(one.fileno() for one in sockets),
        processes=serving.processes,
        threads=serving.threads,
        behind_proxy=serving.proxies > 0,
        log_format=serving.log_format,
        opened=_opened(words, address),
        folder=str(settings.data_dir),
    )
    for one in sockets:
        one.set_inheritable(True)
    sys.stdout.flush()
    sys.stderr.flush()
    start = command("pages" if no_worker else "all", plan)
    os.execv(start[0], start)


def _opened(words: Language, address: str) -> str:
    return words.text(msg("Arbeidsflaten er åpen: {address}/ (Ctrl+C stopper den)", address=address))


def _address(serving: Serving, port: int) -> str:
    """The address that people use; without a stated one it follows the port."""
    if serving.base_url != Serving().base_url:
        return serving.base_url
    address = f"http://localhost:{port}"
    os.environ[VARIABLES["base_url"]] = address
    return address


def _refuse_unprotected(serving: Serving) -> None:
    problems = []
    if not serving.secret_key:
        what = msg("Den hemmelige nøkkelen er ikke satt.")
        problems.append(Problem("serve.no_key", what, VARIABLES["secret_key"]))
    if not serving.secure:
        what = msg("Adressen begynner ikke med https://, så passord ville gå åpent over nettet.")
        problems.append(Problem("serve.no_https", what, VARIABLES["base_url"]))
    if problems:
        raise InputError(
            "serve.unprotected",
            msg("Arbeidsflaten åpnes ikke utenfor denne maskinen slik den er satt opp."),
            place="--host",
            remedy=msg(
                "Følg docs/guide/drift.md, la være å bruke --host, eller bruk --unprotected på et lukket nett."
            ),
            problems=problems,
        )


def listen(host: str, port: int) -> list[socket.socket]:
    """Open the sockets for ``host`` and ``port``: all addresses that the name stands for on this machine.

    Raises :class:`InstallationFault` when the port is taken or may not be used, :class:`InputError` for a wrong name.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        what = msg("Adressen {host} finnes ikke på denne maskinen.", host=host)
        raise InputError("serve.host", what, place="--host", remedy=msg("Bruk «localhost».")) from error
    opened: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            one = _bound(family, kind, protocol, address)
            opened += [one] if one else []
    except OSError as error:
        for one in opened:
            one.close()
        raise _cannot_listen(error, host, port) from error
    if not opened:
        raise _cannot_listen(OSError(0, host), host, port)
    return opened


def _bound(family: int, kind: int, protocol: int, address: object) -> socket.socket | None:
    """One open socket; nothing where the machine does not have this kind of address (IPv6 is often absent)."""
    try:
        one = socket.socket(family, kind, protocol)
    except OSError:
        return None
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind(address)  # type: ignore[arg-type]
        one.listen(512)
    except OSError as error:
        one.close()
        if family == socket.AF_INET6 and error.errno == errno.EADDRNOTAVAIL:
            return None
        raise
    return one


def _cannot_listen(error: OSError, host: str, port: int) -> InstallationFault:
    fields = {"port": str(port), "host": host}
    return InstallationFault(
        "serve.port",
        msg("Port {port} på {host} er opptatt.", **fields)
        if error.errno == errno.EADDRINUSE
        else msg("Port {port} på {host} kan ikke brukes ({reason}).", reason=error.strerror or "", **fields),
        place="--port",
        remedy=msg(
            "Kanskje kjører Fotfeste allerede. Stopp det andre programmet, eller velg en annen port, for eksempel --port {other}.",
            other=str(port + 1 if port < 65535 else PORT),
        ),
    )


def _count_together(settings: Settings) -> None:
    """Give the processes a folder in common for what they count; what an earlier run counted is let go."""
    folder = settings.data_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
