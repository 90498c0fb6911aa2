"""What is adopted, in the journal: each document with its facts, and the package for the archive."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from fotfeste.messages import Language, Locale, language, msg
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import archives, papers, services
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.trace import documents as journal
from fotfeste.web.trace.models import CaseDocument, Post

RECEIVER = msg("Integrerings- og mangfoldsdirektoratet (IMDi)")
CASE = re.compile(r"\s*(\d{4}|\d{2})/(\d{1,9})(?:-\d{1,6})?\s*")
"""The number of a case as archives write it: ``2026/1234`` or ``26/1234``; with the number of a document it is the case's."""


def enter(
    by: Actor,
    round_: Round,
    made: Adoption,
    files: Iterable[tuple[str, bytes]],
    locale: Locale,
    dated: date,
) -> None:
    """Journal the PDFs among ``files`` in one language (``nb/saksframlegg.pdf``); a revision's are new versions.

    Everything is written before anything is recorded.
    """
    before = Adoption.objects.filter(round=round_, number__lt=made.number).defer("bundle")
    series = _series_of(before.order_by("-number").first())
    words = language(locale)
    entered: dict[str, journal.Entering] = {}
    for name, data in files:
        written_in, _, rest = name.partition("/")
        if written_in == locale and rest.endswith(".pdf"):
            facts = journal_facts(round_, made, PurePosixPath(rest), dated, words)
            entered[name] = journal.Entering(facts, data, series=series.get(name))
    for name, document in zip(entered, journal.add_all(by, list(entered.values())), strict=True):
        made.files.filter(name=name).update(document=document.pk)


def _series_of(adoption: Adoption | None) -> dict[str, UUID]:
    """Return the journal's series of each file that was journalled with an adoption, by the file's name."""
    if adoption is None:
        return {}
    rows = adoption.files.exclude(document=None).values_list("name", "document")
    named = {name: document for name, document in rows if document is not None}
    series = dict(CaseDocument.objects.filter(pk__in=list(named.values())).values_list("pk", "series"))
    return {name: series[document] for name, document in named.items() if document in series}


def journal_facts(
    round_: Round, made: Adoption, file: PurePosixPath, dated: date, words: Language
) -> journal.Facts:
    """Return what the journal needs to know of one document of the recommendation."""
    title = words.text(papers.TITLES.get(file.stem, msg("{name}", name=file.stem)))
    year = str(round_.year)
    post, municipality, recipient = Post.INTERNAL.value, "", ""
    if file.stem == "anbefaling-til-imdi":
        title = words.text(msg("Anbefaling til IMDi om bosetting i {year}", year=year))
        post, recipient = Post.OUTGOING.value, words.text(RECEIVER)
    elif file.stem == "saksframlegg":
        title = words.text(msg("Saksframlegg om bosetting i {year}", year=year))
        post = Post.CASE_PAPER.value
    elif file.parent.name == papers.LETTERS:
        municipality = file.stem[:4]
        recipient = services.municipalities_of(round_).get(municipality, municipality)
        title = words.text(
            msg("Brev til {municipality} om bosetting i {year}", municipality=recipient, year=year)
        )
        post = Post.OUTGOING.value
    case = CASE.fullmatch(made.case_number)
    facts = journal.Facts(
        title=title,
        county=round_.county,
        post=post,
        document_date=dated,
        municipality=municipality,
        about=f"bosetting:{year}",
        sender=round_.county_name,
        recipient=recipient,
        case_year=_year(case[1]) if case else None,
        case_sequence=int(case[2]) if case and int(case[2]) else None,
    )
    if papers.INTERNAL not in file.parts:
        return facts
    # The log of overrides names the advisers who made them.
    public = words.text(msg("Internt dokument om bosetting i {year}", year=year))
    return replace(facts, access_code="UO", access_basis="offl. § 14", public_title=public)


def _year(written: str) -> int:
    """Return the year of a case; two digits are of this century."""
    return int(written) if len(written) == 4 else 2000 + int(written)


def archive_package(adoption: Adoption) -> IO[bytes]:
    """Return the packages for the archive of everything that was journalled, as one archive; the same bytes each time.

    One document is in memory at a time: what is large lies in a temporary file, which goes when it is closed.
    """
    stream = TemporaryFile()  # noqa: SIM115 - whoever gets it closes it
    try:
        named = adoption.files.exclude(document=None).order_by("name").values_list("document", flat=True)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for key in named:
                document = CaseDocument.objects.filter(pk=key).first() if key is not None else None
                if document is not None:
                    name, content = journal.export(document)
                    archive.writestr(archives.member(name), content)
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    return stream
