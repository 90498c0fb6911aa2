"""A round that can be adopted: weighed, with a recommendation and its (synthetic) documents."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.utils import timezone

from fotfeste.files import write_whole
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.services import checksum_of, replies_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import archives, services
from fotfeste.web.rounds.adoption import Details
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.opening import open_round
from fotfeste.web.rounds.stages import advance
from fotfeste.work.requirements import Stage
from tests.web.rounds.conftest import telemark

DETAILS = Details("body", "Fylkesutvalget", "2026/1234", date(2026, 11, 20))
DOCUMENTS = {
    "anbefaling-til-imdi.pdf": b"%PDF-1.7 til IMDi %%EOF",
    "saksframlegg.pdf": b"%PDF-1.7 sak %%EOF",
    "saksframlegg.docx": b"PK sak",
    "brev/4003-skien.pdf": b"%PDF-1.7 til Skien %%EOF",
    "brev/4001-porsgrunn.pdf": b"%PDF-1.7 til Porsgrunn %%EOF",
}


def archive(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as held:
        for name, data in files.items():
            held.writestr(name, data)
    return stream.getvalue()


def weighed_round(by: Actor, year: int = 2027) -> Round:
    """A round in weighing, with everything in place but the adoption."""
    opened = open_round(by, "40", year, 545, reason="Prøve")
    advance(by, opened, Stage.DIALOGUE, "Prøve")
    for reply in Reply.objects.filter(round=opened):
        Delivery.objects.create(reply=reply, number=1, values={}, checksum="0")
    advance(by, again(opened), Stage.WEIGHING, "Prøve")
    recommended(by, opened, *telemark())
    with_documents(again(opened))
    return again(opened)


def recommended(by: Actor, round_: Round, text: str, checksum: str) -> None:
    """Keep a recommendation as made from the round as it stands."""
    standing = again(round_)
    replied = checksum_of(replies_of(standing))
    made_from = services.MadeFrom(standing.total or 0, standing.minors, 0, replied, timezone.now())
    services.replace_recommendation(by, standing, text, checksum, made_from)


def with_documents(round_: Round) -> None:
    """Make the documents of the recommendation as it stands, in two languages."""
    write_whole(archives.documents_path(round_, "nb"), archive(DOCUMENTS))
    write_whole(
        archives.documents_path(round_, "nn"), archive({"saksframlegg.pdf": b"%PDF-1.7 nynorsk %%EOF"})
    )


def again(round_: Round) -> Round:
    return Round.objects.get(pk=round_.pk)
