"""Adopting a recommendation: its bytes and those of its documents are frozen, journalled, and never changed."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fotfeste.errors import InputError, NotTheSame, Problem
from fotfeste.messages import Language, Locale, language, msg
from fotfeste.settings import LOCALES
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import papers, services, stages
from fotfeste.web.rounds.models import AdoptedFile, Adoption, Round
from fotfeste.web.rounds.published import standing_adoption
from fotfeste.web.trace import documents as journal
from fotfeste.web.trace.models import CaseDocument, Post
from fotfeste.web.trace.services import record
from fotfeste.work.requirements import Adoption as Entered
from fotfeste.work.requirements import RoundFacts, Stage
from fotfeste.work.stages import step_between, take

REVISED_IN = (Stage.ADOPTED, Stage.SENT)
"""Where a recommendation that is adopted can be followed by a revision, without going back."""
RECEIVER = msg("Integrerings- og mangfoldsdirektoratet (IMDi)")


@dataclass(frozen=True, slots=True)
class Details:
    """Who decided, and where: ``decided_by`` is ``body`` or ``delegation``; a revision has its reason."""

    decided_by: str
    body: str
    case_number: str
    decided_on: date
    reason: str = ""

    @property
    def entered(self) -> Entered:
        """What is entered, as the stages ask for it."""
        body, delegation = (self.body, "") if self.decided_by == "body" else ("", self.body)
        return Entered(body, delegation, self.case_number, self.decided_on)


class AdoptedByOther(InputError):
    """Somebody else was first; ``adoption`` is what they entered."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(
            "adoption.other",
            msg("Noen andre førte inn et vedtak mens du skrev. Ditt er ikke lagret."),
            remedy=msg("Se vedtaket som er ført inn. Skal noe endres, lages en revisjon."),
        )
        self.adoption = adoption


@dataclass(frozen=True, slots=True)
class _Frozen:
    """All that is frozen, gathered before the transaction."""

    text: str
    made: date
    total: int
    files: tuple[tuple[str, bytes], ...]
    locale: Locale


def adopt(by: Actor, round_: Round, details: Details, weighed: int, seen: str) -> Adoption:
    """Freeze the recommendation ``seen`` (its checksum) with its documents as adopted, and return the adoption.

    ``weighed`` is the version of the weighing that it was made from. From the weighing the round goes on to adopted; a
    round that is adopted or sent gets a revision, which takes a reason. Raises :class:`AdoptedByOther` when somebody
    else was first, and :class:`InputError` for what lacks or cannot be.
    """
    origin = Stage(round_.state)
    _refuse_second(round_, origin, seen)
    _check(round_, details)
    if round_.bundle_checksum != seen or round_.weighed != weighed:
        raise _changed()
    frozen = _gather(round_)
    with transaction.atomic():
        standing = services.held(round_)
        _refuse_second(standing, origin, seen)
        if standing.bundle_checksum != seen:
            raise _changed()
        facts = stages.facts_of(standing, details.entered)
        taken = None
        if origin in REVISED_IN:
            _refuse_unmet(facts, details)
        else:
            taken = take(step_between(origin, Stage.ADOPTED), facts)
        made = _keep(by, standing, details, weighed, frozen)
        # What is large is written before anything is recorded: others who write to the trace wait from there.
        if taken is not None:
            stages.note(by, standing, taken)
        _journal(by, standing, made, frozen)
        detail = {"version": str(made.number), "checksum": made.bundle_checksum, "case": made.case_number}
        record(by, "round.adopted", services.thing_of(standing), detail)
    return made


def _refuse_second(round_: Round, origin: Stage, seen: str) -> None:
    """Raise when what is to be adopted is adopted already, or something is in a round that was seen in weighing."""
    last = standing_adoption(round_)
    if last is not None and (last.bundle_checksum == seen or origin is Stage.WEIGHING):
        raise AdoptedByOther(last)


def _changed() -> InputError:
    return InputError(
        "adoption.changed",
        msg("Anbefalingen er endret etter at du åpnet siden. Ingenting er vedtatt."),
        remedy=msg("Se anbefalingen som den står nå, og før inn vedtaket på nytt."),
    )


def _check(round_: Round, details: Details) -> None:
    problems = []
    if details.decided_on > timezone.localdate():
        what = msg("Vedtaket kan ikke være gjort i framtiden.")
        problems.append(Problem("adoption.decided_on", what, "decided_on"))
    if details.decided_by not in ("body", "delegation"):
        problems.append(Problem("adoption.decided_by", msg("Velg hvem som vedtok."), "decided_by"))
    if _revises(round_) and not details.reason.strip():
        what = msg("Skriv hvorfor anbefalingen er revidert. Det blir stående ved vedtaket.")
        problems.append(Problem("adoption.reason", what, "reason"))
    if problems:
        raise InputError("adoption.faults", msg("Vedtaket kan ikke føres inn slik."), problems=problems)


def _revises(round_: Round) -> bool:
    return Adoption.objects.filter(round=round_).exists()


def _refuse_unmet(facts: RoundFacts, details: Details) -> None:
    """Ask of a revision what is asked of the first adoption, and that what it follows still stands."""
    if facts.stage not in REVISED_IN:
        raise _changed()
    take(step_between(Stage.WEIGHING, Stage.ADOPTED), replace(facts, stage=Stage.WEIGHING), details.reason)


def _gather(round_: Round) -> _Frozen:
    from fotfeste.settlement.bundle import bundle_of_text

    text = services.bundle_text(round_.pk)
    bundle = bundle_of_text(text, str(round_))
    if bundle.checksum != round_.bundle_checksum:
        raise _changed()
    preferred: list[Locale] = [settings.FOTFESTE.locale, *LOCALES]
    made = [one for one in dict.fromkeys(preferred) if services.documents_path(round_, one).is_file()]
    files = []
    for locale in made:
        with zipfile.ZipFile(services.documents_path(round_, locale)) as archive:
            names = sorted(one.filename for one in archive.infolist() if not one.is_dir())
            files += [(f"{locale}/{name}", archive.read(name)) for name in names]
    request = bundle.prepared.request
    return _Frozen(text, bundle.made, request.total, tuple(files), made[0] if made else preferred[0])


def _keep(by: Actor, round_: Round, details: Details, weighed: int, frozen: _Frozen) -> Adoption:
    number = (Adoption.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Adoption.objects.create(
        round=round_,
        number=number,
        decided_by=details.decided_by,
        body=details.body.strip(),
        case_number=details.case_number.strip(),
        decided_on=details.decided_on,
        reason=details.reason.strip(),
        weighed=weighed,
        total=frozen.total,
        bundle=frozen.text.encode(),
        bundle_checksum=round_.bundle_checksum,
        check_result=round_.check_result,
        checked_at=round_.checked_at,
        by_id=by.user_id,
    )
    AdoptedFile.objects.bulk_create(
        (
            AdoptedFile(
                adoption=made, name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), data=data
            )
            for name, data in frozen.files
        ),
        batch_size=5,
    )
    return made


def _journal(by: Actor, round_: Round, made: Adoption, frozen: _Frozen) -> None:
    """Journal the PDFs of the first language; a revision's are new versions of those before."""
    before = Adoption.objects.filter(round=round_, number__lt=made.number).defer("bundle")
    series = _series_of(before.order_by("-number").first())
    words = language(frozen.locale)
    for name, data in frozen.files:
        locale, _, rest = name.partition("/")
        if locale == frozen.locale and rest.endswith(".pdf"):
            facts = journal_facts(round_, made, PurePosixPath(rest), frozen.made, words)
            document = journal.add(by, facts, data, series=series.get(name))
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
    case = re.fullmatch(r"\s*(\d{4})/(\d{1,9})\s*", made.case_number)
    return journal.Facts(
        title=title,
        county=round_.county,
        post=post,
        document_date=dated,
        municipality=municipality,
        about=f"bosetting:{year}",
        sender=round_.county_name,
        recipient=recipient,
        case_year=int(case[1]) if case else None,
        case_sequence=int(case[2]) if case and int(case[2]) else None,
    )


def content_of(file: AdoptedFile) -> bytes:
    """Return the file's bytes. Raises :class:`NotTheSame` when they are not those that were adopted."""
    data = bytes(file.data)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise NotTheSame(
            "adoption.file",
            msg("Filen er ikke den som ble vedtatt."),
            place=file.name,
            remedy=msg("Hent den fra en sikkerhetskopi."),
        )
    return data


def archive_package(adoption: Adoption) -> bytes:
    """Return the packages for the archive of everything that was journalled, as one archive; the same bytes each time."""
    import io

    stream = io.BytesIO()
    named = adoption.files.exclude(document=None).order_by("name").values_list("document", flat=True)
    found = CaseDocument.objects.in_bulk(list(named))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for key in named:
            if key in found:
                name, content = journal.export(found[key])
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()
