"""The archives of a round's documents: ordered, where they lie, and removed when nothing refers to them any more."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from fotfeste.files import NO_TIME
from fotfeste.settings import LOCALES
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.models import Job
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import case_facts
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.papers import readable
from fotfeste.web.rounds.services import DOCUMENTS, arguments_of

log = logging.getLogger(__name__)


def archive_of(files: Iterable[Path], folder: Path) -> bytes:
    """Return ``files``, which lie in ``folder``, as one archive; the same files give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = member(path.relative_to(folder).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return stream.getvalue()


def member(name: str) -> zipfile.ZipInfo:
    """Return the head of a file in an archive: anyone may read it, and it has no time."""
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.external_attr = 0o644 << 16
    return entry


def order_documents(round_: Round, locale: str, by: Actor) -> Job:
    """Order the documents in one language; made anew when they were made once but are not at hand, or are damaged.

    They are made with the facts of the case as they stand: with others they are other documents.
    """
    case = case_facts.checksum_of(case_facts.values_of(round_))
    again = not readable(path_with(round_, locale, case))
    arguments = arguments_of(round_) | {"checksum": round_.bundle_checksum, "locale": locale}
    if case:
        arguments["case"] = case
    return jobs.submit(DOCUMENTS, arguments, _documents_key(round_, locale, case), by, again=again)


def documents_under_way(round_: Round, locale: str) -> Job | None:
    """Return the newest order of the documents in one language as they would be made now, however it went."""
    case = case_facts.checksum_of(case_facts.values_of(round_))
    return jobs.latest(DOCUMENTS, _documents_key(round_, locale, case))


def _documents_key(round_: Round, locale: str, case: str) -> str:
    return f"{round_.pk}:{round_.bundle_checksum}:{locale}" + (f":{case}" if case else "")


def documents_path(round_: Round, locale: str) -> Path:
    """Return where the documents lie: their name is given by what they are made from, so that no other ever lies there."""
    return path_with(round_, locale, case_facts.checksum_of(case_facts.values_of(round_)))


def path_with(round_: Round, locale: str, case: str) -> Path:
    """Return where the documents lie that are made with the facts of the case that ``case`` is the checksum of."""
    made_from = round_.bundle_checksum[:16] + (f"-{case}" if case else "")
    return _documents_folder() / f"{round_.year}-{round_.name}-{made_from}-{locale}.zip"


def _documents_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "bosetting"


def remove_unused_documents() -> None:
    """Remove the archives that no round has any use for: those of recommendations and rounds that are no more.

    The folder is read before the rounds, so that an archive that comes meanwhile is not taken for one of these. Who
    reads one that is removed, reads it to its end.
    """
    lying = list(_documents_folder().glob("*.zip"))
    used = set()
    for one in Round.objects.defer("bundle").exclude(bundle_checksum=""):
        case = case_facts.checksum_of(case_facts.values_of(one))
        used |= {path_with(one, locale, case) for locale in LOCALES}
    for path in lying:
        if path not in used:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("documents that nothing refers to could not be removed: %s", error)
