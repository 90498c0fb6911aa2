"""Adopting a recommendation: its bytes and those of its documents are frozen, journalled, and never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fotfeste.errors import InputError, NotTheSame, Problem
from fotfeste.messages import Locale, msg
from fotfeste.settings import LOCALES
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import archives, case_facts, checks, papers, services, stages
from fotfeste.web.rounds.journalled import enter
from fotfeste.web.rounds.models import AdoptedFile, Adoption, Round
from fotfeste.web.rounds.published import as_adopted, standing_adoption
from fotfeste.web.rounds.revising import REVISED_IN
from fotfeste.web.rounds.told_in_documents import check_told, open_fields_in
from fotfeste.web.trace.services import record
from fotfeste.work.municipal_stages import Open
from fotfeste.work.requirements import Adoption as Entered
from fotfeste.work.requirements import RoundFacts, Stage
from fotfeste.work.stages import Taken, step_between, take


@dataclass(frozen=True, slots=True)
class Details:
    """Who decided, and where: ``decided_by`` is ``body`` or ``delegation``; a revision has its reason.

    ``open_reason`` tells why the documents are adopted with blanks in them, where somebody means them to be.
    """

    decided_by: str
    body: str
    case_number: str
    decided_on: date
    reason: str = ""
    open_reason: str = ""

    @property
    def tidy(self) -> Details:
        """The same without blanks around what was typed, as it is kept."""
        return replace(
            self,
            body=self.body.strip(),
            case_number=self.case_number.strip(),
            reason=self.reason.strip(),
            open_reason=self.open_reason.strip(),
        )

    @property
    def entered(self) -> Entered:
        """What is entered, as the stages ask for it."""
        body, delegation = (self.body, "") if self.decided_by == "body" else ("", self.body)
        return Entered(body, delegation, self.case_number, self.decided_on)


class AdoptedByOther(InputError):
    """An adoption is entered already; ``adoption`` is that, by somebody else or by the same person (``own``)."""

    def __init__(self, adoption: Adoption, *, own: bool = False) -> None:
        super().__init__(
            "adoption.other",
            msg("Du har alt ført inn vedtaket, med andre opplysninger. Det du skrev nå, er ikke lagret.")
            if own
            else msg("Noen andre førte inn et vedtak mens du skrev. Ditt er ikke lagret."),
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
    case: dict[str, str]
    open_fields: tuple[str, ...]


def adopt(by: Actor, round_: Round, details: Details, weighed: int, seen: str) -> Adoption:
    """Freeze the recommendation ``seen`` (its checksum) with its documents as adopted, and return the adoption.

    ``weighed`` is the version of the weighing that it was made from. From the weighing the round goes on to adopted; a
    round that is adopted or sent gets a revision, which takes a reason, and must be sent in its turn. The same sent twice
    is one adoption. Raises :class:`AdoptedByOther` when somebody else was first, and :class:`InputError` for what lacks
    or cannot be.
    """
    origin = Stage(round_.state)
    if (before := _adopted_before(by, round_, details, origin, seen)) is not None:
        return before
    _check(round_, details)
    if round_.bundle_checksum != seen or round_.weighed != weighed:
        raise _changed()
    frozen, nothing_waits = _gather(round_), Open()
    check_told(_told_of(details.tidy), frozen.case, frozen.open_fields, details.open_reason)
    with transaction.atomic():
        standing = services.held(round_)
        if (before := _adopted_before(by, standing, details, origin, seen)) is not None:
            return before
        if standing.bundle_checksum != seen or case_facts.values_of(standing) != frozen.case:
            raise _changed()
        facts = stages.facts_of(standing, details.entered, nothing_waits)
        if origin in REVISED_IN:
            taken = _revising_step(facts, details)
        else:
            taken = take(step_between(origin, Stage.ADOPTED), facts)
        made = _keep(by, standing, details, weighed, frozen)
        # What is large is written before anything is recorded: others who write to the trace wait from there.
        enter(by, standing, made, frozen.files, frozen.locale, frozen.made)
        if taken is not None:
            stages.note(by, standing, taken)
        detail = {"version": str(made.number), "checksum": made.bundle_checksum}
        if made.open_fields:
            detail["open_fields"] = " ".join(made.open_fields)
        record(by, "round.adopted", services.thing_of(standing), detail)
    # So that whoever meets the decision meets an answer too.
    checks.order_check(as_adopted(round_, made), by)
    return made


def _adopted_before(by: Actor, round_: Round, details: Details, origin: Stage, seen: str) -> Adoption | None:
    """Return the standing adoption when it is the very one that is entered, by the same person: sent twice.

    Raises :class:`AdoptedByOther` when what is to be adopted is adopted otherwise, or something is in a round that was
    seen in weighing.
    """
    last = standing_adoption(round_)
    if last is None or not (last.bundle_checksum == seen or origin is Stage.WEIGHING):
        return None
    own = by.user_id is not None and last.by_id == by.user_id
    if own and last.bundle_checksum == seen and _details_of(last) == details.tidy:
        return last
    raise AdoptedByOther(last, own=own)


def _details_of(one: Adoption) -> Details:
    return Details(one.decided_by, one.body, one.case_number, one.decided_on, one.reason, one.open_reason)


def _told_of(details: Details) -> dict[str, str]:
    return {
        "decided_by": details.decided_by,
        "body": details.body,
        "case_number": details.case_number,
        "decided_on": details.decided_on.isoformat(),
    }


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


def _revising_step(facts: RoundFacts, details: Details) -> Taken | None:
    """Ask of a revision what is asked of the first adoption, and that what it follows still stands.

    Where the recommendation was sent, the revision is not: the round then goes back to adopted, also where it is open to
    all, since what is open is what is adopted. Nothing is annulled by that.
    """
    if facts.stage not in REVISED_IN:
        raise _changed()
    take(step_between(Stage.WEIGHING, Stage.ADOPTED), replace(facts, stage=Stage.WEIGHING), details.reason)
    if facts.stage is not Stage.SENT:
        return None
    return Taken(step_between(Stage.SENT, Stage.ADOPTED), details.reason.strip(), ())


def _gather(round_: Round) -> _Frozen:
    from fotfeste.settlement.bundle import bundle_of_text

    text = services.bundle_text(round_.pk)
    bundle = bundle_of_text(text, str(round_))
    if bundle.checksum != round_.bundle_checksum:
        raise _changed()
    case = case_facts.values_of(round_)
    checksum = case_facts.checksum_of(case)
    preferred: list[Locale] = [settings.FOTFESTE.locale, *LOCALES]
    made = [one for one in dict.fromkeys(preferred) if archives.path_with(round_, one, checksum).is_file()]
    files = [
        (f"{locale}/{name}", data)
        for locale in made
        for name, data in papers.contents_of(archives.path_with(round_, locale, checksum))
    ]
    request = bundle.prepared.request
    locale = made[0] if made else preferred[0]
    lacking = open_fields_in(files)
    return _Frozen(text, bundle.made, request.total, tuple(files), locale, case, lacking)


def _keep(by: Actor, round_: Round, details: Details, weighed: int, frozen: _Frozen) -> Adoption:
    number = (Adoption.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0) + 1
    entered = details.tidy
    made = Adoption.objects.create(
        round=round_,
        number=number,
        decided_by=entered.decided_by,
        body=entered.body,
        case_number=entered.case_number,
        decided_on=entered.decided_on,
        reason=entered.reason,
        case_facts=frozen.case,
        open_fields=list(frozen.open_fields),
        open_reason=entered.open_reason if frozen.open_fields else "",
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
