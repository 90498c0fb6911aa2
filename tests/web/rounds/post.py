"""A real mail server on this machine that takes what Fotfeste sends."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from fotfeste.settings import Serving
from fotfeste.web.people.sign_in import sign_in_settings


@dataclass
class PostBox:
    """A mail server: what it has taken, and whether it refuses."""

    taken: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        if self.refuses:
            return "451 try again later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        assert envelope.rcpt_tos == [message["To"]]
        self.taken.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.taken if one["To"] == address]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture
def post(settings: Any) -> Iterator[PostBox]:
    box = PostBox()
    port = _free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        serving = replace(
            settings.FOTFESTE.serving,
            email_url=f"smtp://127.0.0.1:{port}?timeout=5",
            base_url="https://fotfeste.example.org",
            owner="Telemark fylkeskommune (prøve)",
            sender="Fotfeste <fotfeste@example.org>",
        )
        settings.FOTFESTE = replace(settings.FOTFESTE, serving=serving)
        for name, value in sign_in_settings(
            Serving(email_url=serving.email_url, sender=serving.sender)
        ).items():
            if name.startswith(("EMAIL", "DEFAULT_FROM")):
                setattr(settings, name, value)
        yield box
    finally:
        server.stop()
