"""What is done for a round in the background: the recommendation, its documents, and computing it anew.

Nothing here is stored on the way; see :mod:`fotfeste.web.jobs.handlers` for what a handler may do.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from fotfeste import __version__
from fotfeste.errors import InputError, NotTheSame
from fotfeste.files import write_whole
from fotfeste.messages import Message, Translated, msg, nmsg
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, daily, handler
from fotfeste.web.jobs.kept_messages import kept
from fotfeste.web.rounds import archives, case_facts, checks, services
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import as_adopted
from fotfeste.web.rounds.showing import details_of

if TYPE_CHECKING:
    from fotfeste.settlement.bundle import Bundle
    from fotfeste.settlement.prepared import Prepared


def about(arguments: Arguments) -> Message:
    """Return which round a piece of work is for."""
    return msg("{county} {year}", county=arguments.get("county", ""), year=str(arguments.get("year", "")))


@handler(services.CALCULATE, msg("Beregne anbefalingen"), about=about)
def calculate(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Compute the recommendation that the round asks for, with alternatives beside it."""
    del cancelled
    from fotfeste.settlement.bundle import bundle_as_text, bundle_of
    from fotfeste.settlement.calculate import calculate as recommendation_of

    round_, read_at = _round(arguments), timezone.now()
    progress(0.05, msg("Henter tallene"))
    total = _total(round_)
    made_from = services.MadeFrom(total, round_.minors, 0, "", read_at)
    prepared = _prepared(round_, total)
    progress(
        0.5,
        nmsg(
            "Fordeler måltallet {total} på {count} kommune",
            "Fordeler måltallet {total} på {count} kommuner",
            len(prepared.codes),
            total=total,
        ),
    )
    recommendation = recommendation_of(prepared)
    progress(0.9, msg("Setter sammen anbefalingspakken"))
    bundle = bundle_of(prepared, recommendation, date.fromisoformat(arguments["made"]), __version__)
    text = bundle_as_text(bundle)
    return Outcome(
        {"address": _address("round", round_), "checksum": bundle.checksum},
        lambda: services.keep_recommendation(round_.pk, text, bundle.checksum, made_from),
    )


def _total(round_: Round) -> int:
    if round_.total is None:
        raise InputError(
            "round.total",
            msg("Fylkets måltall er ikke kjent."),
            remedy=msg("Før inn hvor mange som skal bosettes i fylket i alt."),
        )
    return round_.total


def _prepared(round_: Round, total: int) -> Prepared:
    from fotfeste.settlement.alternatives import default_alternatives
    from fotfeste.settlement.criteria_file import shipped_criteria
    from fotfeste.settlement.last_year_entered import with_last_year
    from fotfeste.settlement.prepare import default_criteria, prepare
    from fotfeste.statistics import open_store
    from fotfeste.web.dialogue.own_years import last_year_of

    criteria = round_.criteria or default_criteria(round_.year, shipped_criteria())
    prepared = prepare(
        round_.county,
        round_.year,
        total,
        minors=round_.minors,
        criteria=criteria,
        store=open_store(settings.FOTFESTE.data_dir),
        beside=default_alternatives(criteria),
        past=True,
    )
    return with_last_year(prepared, {} if round_.is_example else last_year_of(round_))


@handler(services.DOCUMENTS, msg("Lage dokumentene"), about=about)
def documents(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Write all documents of the recommendation, and keep them as one archive: whole or not at all."""
    del cancelled
    from fotfeste.regions import load_regions
    from fotfeste.reports.documents import write_documents
    from fotfeste.settlement.discuss import discuss
    from fotfeste.settlement.engines import engine
    from fotfeste.settlement.verify import verify
    from fotfeste.web.dialogue.own_years import entered_until

    round_ = _round(arguments)
    values = case_facts.values_of(round_)
    case = case_facts.checksum_of(values)
    if case != arguments.get("case", ""):
        raise InputError(
            "round.changed",
            msg("Opplysningene om saken er endret etter at dette ble bestilt."),
            remedy=msg("Bestill det på nytt."),
        )
    path = archives.path_with(round_, arguments["locale"], case)
    progress(0.01, msg("Regner anbefalingen på nytt"))
    bundle = _bundle(round_)
    if not verify(bundle).same:
        raise NotTheSame(
            "bundle.differs",
            msg("Anbefalingen ble ikke den samme da den ble regnet på nytt. Ingenting er skrevet."),
            remedy=msg("Se hva som er ulikt, på siden «Kontroll»."),
        )
    recommendation = engine(bundle.engine)(bundle.prepared)
    progress(0.03, msg("Setter anbefalingen ved siden av alternativene"))
    discussion = discuss(bundle.prepared, recommendation)
    with TemporaryDirectory(prefix="fotfeste-") as folder:
        written = write_documents(
            recommendation,
            load_regions(),
            Path(folder),
            locale=arguments["locale"],
            issued=bundle.made,
            details=details_of(round_.is_example, arguments["locale"], values),
            ledger=bundle.prepared.ledger,
            discussion=discussion,
            entered=entered_until(round_, bundle.made),
            progress=lambda done, number, name: progress(
                Fraction(5, 100) + Fraction(94 * done, 100 * number), msg("Har skrevet {name}", name=name)
            ),
        )
        content = archives.archive_of(written, Path(folder))
    write_whole(path, content)
    archives.remove_unused_documents()
    return Outcome({"address": _address("round", round_), "files": len(written)})


@handler(services.VERIFY, msg("Regne anbefalingen på nytt"), about=about)
def check(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Compute the recommendation anew from what is in its bundle, and compare every number and explanation."""
    del cancelled
    from fotfeste.settlement.verify import changed_by_newer_engine, verify
    from fotfeste.statistics import open_store

    round_ = _round(arguments)
    progress(0.1, msg("Leser anbefalingspakken"))
    bundle = _bundle(round_)
    progress(0.3, msg("Regner hvert tall på nytt"))
    found = verify(bundle, open_store(settings.FOTFESTE.data_dir))
    progress(0.8, msg("Sammenligner"))
    titles = {
        one.dataset: Translated({"nb": one.title, **dict(one.titles)}) for one in bundle.prepared.sources
    }
    result: dict[str, Any] = {
        "schema": 1,
        "same": found.same,
        "municipalities": len(bundle.prepared.names),
        "program": bundle.program,
        "engine": bundle.engine,
        "made": bundle.made.isoformat(),
        "differences": [kept(one) for one in found.differences],
        "by_newer_engine": [kept(one) for one in changed_by_newer_engine(bundle)],
        "data": [
            {
                "dataset": one.data.dataset,
                "title": kept(titles.get(one.data.dataset, one.data.dataset)),
                "version": one.data.version,
                "found": one.found,
                "newer": one.newer,
            }
            for one in found.data
        ],
    }
    return Outcome(
        {"address": _address("round_check", round_), "same": found.same},
        lambda: checks.keep_check(round_.pk, round_.bundle_checksum, result),
    )


@handler(services.REVISE, msg("Revidere anbefalingen"), schema=2, about=about)
def revise(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Revise what is adopted to the round's new total, by the choices as they stand."""
    from fotfeste.web.rounds.revising import keep_revision, revised

    del cancelled
    round_ = _round(arguments)
    progress(0.1, msg("Regner ut revisjonen"))
    made = revised(round_, arguments)
    return Outcome(
        {"address": _address("round_adoptions", round_), "checksum": made.checksum},
        lambda: keep_revision(round_, arguments, made),
    )


@handler(services.REMINDERS, msg("Sende påminnelser om frister"))
def reminders(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Send what is due today in all rounds; each letter is marked by itself, so that it can be taken up again."""
    from fotfeste.web.rounds.letters import send_due

    del arguments, cancelled
    progress(0, msg("Ser etter frister som nærmer seg"))
    return Outcome({"sent": send_due(timezone.now())})


@handler(services.LETTERS, msg("Sende e-post om runden"), about=about)
def letters(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Send at once what follows from a step: the invitation to answer, or what was recommended."""
    from fotfeste.web.rounds.letters import send_due

    del cancelled
    progress(0, msg("Sender e-post"))
    return Outcome({"sent": send_due(timezone.now(), _round(arguments))})


@handler(services.FORGET, msg("Slette det som ble skrevet da økter gikk ut"))
def forget(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Delete what was typed when sessions ended and nobody has come back for."""
    from fotfeste.web.rounds.kept import forget_old

    del arguments, cancelled
    progress(0, msg("Ser etter det som ingen kom tilbake for"))
    return Outcome({"deleted": forget_old()})


daily(services.REMINDERS)
daily(services.FORGET)


def _round(arguments: Arguments) -> Round:
    round_ = Round.objects.defer("bundle").filter(pk=arguments["round"]).first()
    if round_ is None:
        raise InputError("round.gone", msg("Runden finnes ikke lenger."))
    wanted = arguments.get("checksum", round_.bundle_checksum)
    if wanted != round_.bundle_checksum:
        adopted = Adoption.objects.filter(round=round_, bundle_checksum=wanted).defer("bundle").first()
        if adopted is not None:
            return as_adopted(round_, adopted)
        raise InputError(
            "round.changed",
            msg("Anbefalingen er endret etter at dette ble bestilt."),
            remedy=msg("Bestill det på nytt."),
        )
    return round_


def _bundle(round_: Round) -> Bundle:
    from fotfeste.settlement.bundle import bundle_of_text

    return bundle_of_text(services.bundle_text(round_.pk, round_.bundle_checksum), str(round_))


def _address(name: str, round_: Round) -> str:
    from django.urls import reverse

    return reverse(name, kwargs={"year": round_.year, "name": round_.name})
