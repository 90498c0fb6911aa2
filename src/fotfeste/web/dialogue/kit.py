"""The meeting kit: the sheet of two pages for each municipality, and the questions that are put to it.

Made by the library from the figures and from what the workspace knows of the year before: the recommendation, the
replies, and the needs that were heard.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from fotfeste import __version__
from fotfeste.errors import FotfesteError, InputError
from fotfeste.files import write_whole
from fotfeste.messages import Locale, language, msg, written_to
from fotfeste.web.dialogue import minutes
from fotfeste.web.dialogue.facts import known
from fotfeste.web.dialogue.models import Need
from fotfeste.web.dialogue.own_years import last_round, own_years
from fotfeste.web.dialogue.services import newest_deliveries, replies_of
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, handler
from fotfeste.web.jobs.models import Job
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.archives import archive_of
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.published import standing_adoption
from fotfeste.web.rounds.services import numbers_of
from fotfeste.web.rounds.work import about

if TYPE_CHECKING:
    from fotfeste.reports.documents.dialogue_basis import DialogueBasis
    from fotfeste.settlement.dialogue.facts import Case
    from fotfeste.settlement.dialogue.facts import Round as Known

KITS = "dialogue.kits"
FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def sheet_in(round_: Round, code: str, locale: Locale) -> tuple[Case, DialogueBasis] | None:
    """Return what the sheet of a municipality is made from; nothing when the figures do not cover the year."""
    try:
        whole = _with_last_year(round_)
    except FotfesteError:
        return None
    case = next((one for one in whole.cases if one.code == code), None)
    return None if case is None else (case, _basis(whole, locale, case))


def sheet_file(round_: Round, code: str, ending: str, locale: Locale) -> tuple[str, bytes] | None:
    """Return the sheet of one municipality as a file: its name and content; in the municipality's own Norwegian."""
    try:
        digest = digest_of(round_, locale)
    except FotfesteError:
        return None
    name, made = _sheet(round_.pk, code, locale, digest)
    return (f"{name}.{ending}", made[ending]) if ending in made else None


@made_once(24)
def _sheet(pk: int, code: str, locale: Locale, digest: str) -> tuple[str, Mapping[str, bytes]]:
    from fotfeste.reports import render_docx, render_html
    from fotfeste.reports.documents.dialogue_fit import fitted_sheet

    del digest
    found = sheet_in(Round.objects.defer("bundle").get(pk=pk), code, locale)
    if found is None:
        return "", {}
    document, pdf = fitted_sheet(*found)
    made = {"pdf": pdf, "docx": render_docx(document), "html": render_html(document)}
    return Path(document.file_stem).name, made


def asked_in(round_: Round, code: str) -> tuple[tuple[str, str], ...]:
    """Return id and text of every question that is put to a municipality, those its figures raise first."""
    from fotfeste.reports.documents.dialogue_form import asked_of

    found = sheet_in(round_, code, settings.FOTFESTE.locale)
    if found is not None:
        return asked_of(*found)
    words, form = language(settings.FOTFESTE.locale), minutes.form()
    return tuple(
        (one.id, one.text[words.locale].replace("{year}", str(round_.year)))
        for one in form.questions_for(alone=False)
    )


def _with_last_year(round_: Round) -> Known:
    """Return the facts with what is known of the year before, and of the round's own, by municipality."""
    from fotfeste.settlement.dialogue.facts import with_own_years

    whole, own = known(round_), own_years(round_)
    whole = replace(whole, cases=tuple(with_own_years(one, *own.of(one.code)) for one in whole.cases))
    last = last_round(round_)
    if last is None:
        return whole
    numbers, replies, needs = _recommended(last), replies_of(last), _needs(last)
    cases = tuple(
        replace(
            one,
            recommended=numbers.get(one.code),
            reply=replies.by_code.get(one.code) if replies else None,
            asked=replies is not None,
            needs=tuple(minutes.heard(need, settings.FOTFESTE.locale) for need in needs.get(one.code, ())),
        )
        for one in whole.cases
    )
    return replace(whole, cases=cases)


def _recommended(last: Round) -> Mapping[str, int]:
    adopted = standing_adoption(last)
    checksum = adopted.bundle_checksum if adopted else last.bundle_checksum
    return numbers_of(last.pk, checksum) if checksum else {}


def _needs(last: Round) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for one in Need.objects.filter(round=last).exclude(municipality="").order_by("pk"):
        found.setdefault(one.municipality, []).append(one)
    return found


def _basis(whole: Known, locale: Locale, case: Case | None = None) -> DialogueBasis:
    from fotfeste.reports.documents.dialogue_folder import round_basis

    own = written_to(case.language_form, locale) if case else locale
    return round_basis(whole, minutes.form(), locale=own, issued=timezone.localdate())


def digest_of(round_: Round, locale: Locale) -> str:
    """Return what tells the sheets of a round from others: figures, the county's own, the year before, language, day and program."""
    last, own = last_round(round_), own_years(round_)
    told: dict[str, object] = {
        "locale": locale,
        "day": timezone.localdate().isoformat(),
        "program": __version__,
    }
    told["figures"] = str(knowledge().stored)
    told["own"] = [sorted((code, repr(one)) for code, one in of.items()) for of in (own.last, own.now)]
    if last is not None:
        told["recommended"] = dict(_recommended(last))
        told["replies"] = {code: one.checksum for code, one in sorted(newest_deliveries(last).items())}
        told["needs"] = [
            [code, one.theme, one.text, one.follow_up, str(one.due), one.owner_id is None]
            for code, needs in sorted(_needs(last).items())
            for one in needs
        ]
    told["round"] = [round_.county, round_.year]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def order_kits(by: Actor, round_: Round, locale: Locale) -> Job:
    """Order the sheets and the forms for the minutes of every municipality, as one archive."""
    arguments = {
        "round": round_.pk,
        "county": round_.county_name,
        "year": round_.year,
        "locale": locale,
    }
    again = not kits_path(round_, locale).is_file()
    return jobs.submit(KITS, arguments, _key(round_, locale), by, again=again)


def kits_under_way(round_: Round, locale: Locale) -> Job | None:
    """Return the newest order of the archive as it would be made now, however it went."""
    return jobs.latest(KITS, _key(round_, locale))


def _key(round_: Round, locale: Locale) -> str:
    return f"{round_.pk}:{locale}:{digest_of(round_, locale)[:16]}"


def kits_path(round_: Round, locale: Locale) -> Path:
    """Return where the archive lies; its name tells what it was made from."""
    folder = Path(settings.MEDIA_ROOT) / "dialog"
    return folder / f"{round_.year}-{round_.county}-{digest_of(round_, locale)[:16]}-{locale}.zip"


@handler(KITS, msg("Lage møtearkene"), about=about)
def make_kits(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Write the sheet and the form for the minutes of every municipality, and keep them as one archive."""
    del cancelled
    from fotfeste.reports.documents.dialogue_folder import write_before

    round_ = Round.objects.defer("bundle").filter(pk=arguments["round"]).first()
    if round_ is None:
        raise InputError("round.gone", msg("Runden finnes ikke lenger."))
    locale: Locale = arguments["locale"]
    progress(0.02, msg("Henter tallene"))
    path = kits_path(round_, locale)
    with TemporaryDirectory(prefix="fotfeste-") as folder:
        written = write_before(
            _with_last_year(round_),
            minutes.form(),
            Path(folder),
            locale=locale,
            issued=timezone.localdate(),
            progress=lambda done, number, name: progress(
                Fraction(5, 100) + Fraction(94 * done, 100 * number), msg("Har skrevet {name}", name=name)
            ),
        )
        content = archive_of(written.files, Path(folder))
    write_whole(path, content)
    _remove_older(round_, path)
    return Outcome({"files": len(written.files)})


def _remove_older(round_: Round, kept: Path) -> None:
    """Remove archives of the round from other days: they can be made anew."""
    for path in kept.parent.glob(f"{round_.year}-{round_.county}-*-{kept.stem[-2:]}.zip"):
        if path != kept:
            path.unlink(missing_ok=True)
