"""Writing the facts of a round's case: what is proposed, who may when, and the documents that are made anew with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Locale, language, msg
from fotfeste.settings import LOCALES
from fotfeste.web.front.words import said
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import archives, services
from fotfeste.web.rounds.case_facts import DAYS, LASTING, NAMES, ROLES, last_number, stored, written
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.editing import Edit
from fotfeste.web.rounds.forms import day
from fotfeste.web.rounds.journalled import RECEIVER
from fotfeste.web.rounds.models import CaseFacts, Round
from fotfeste.web.rounds.revising import open_to_choices
from fotfeste.web.trace.detail import personal
from fotfeste.web.trace.services import record
from fotfeste.work.deadlines import settlement_year
from fotfeste.work.drafts import Merged, merged
from fotfeste.work.requirements import Stage

BEFORE_ADOPTION = (Stage.PREPARED, Stage.DIALOGUE, Stage.WEIGHING)


class CaseForm(Edit):
    """The facts of the case, begun from what is written (``stored``); ``proposed`` stands in fields that nobody has written."""

    case_number = forms.CharField(
        label=said(NAMES["case_number"]),
        max_length=40,
        required=False,
        help_text=said(msg("Slik det står i arkivet, 2026/1234.")),
    )
    decided_by = forms.ChoiceField(
        label=said(NAMES["decided_by"]),
        choices=[(one, said(name)) for one, name in ROLES.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    deciding_body = forms.CharField(
        label=said(NAMES["deciding_body"]),
        max_length=120,
        required=False,
        help_text=said(msg("For eksempel fylkestinget, fylkesutvalget eller fylkeskommunedirektøren.")),
    )
    decided_on = day(
        NAMES["decided_on"],
        required=False,
    )
    handler = forms.CharField(
        label=said(NAMES["handler"]),
        max_length=120,
        required=False,
        help_text=said(msg("En rolle, ikke et navn, for eksempel rådgiver for integrering.")),
    )
    access_basis = forms.CharField(
        label=said(NAMES["access_basis"]),
        max_length=120,
        required=False,
        help_text=said(msg("For eksempel «Offentlig», eller hjemmelen når dokumentene er unntatt.")),
    )
    office = forms.CharField(label=said(NAMES["office"]), max_length=120, required=False)
    address = forms.CharField(
        label=said(NAMES["address"]),
        max_length=300,
        required=False,
        help_text=said(msg("Fylkeskommunens adresse, en linje for hver del.")),
        widget=forms.Textarea({"rows": 3}),
    )
    recipient = forms.CharField(label=said(NAMES["recipient"]), max_length=120, required=False)
    sent_on = day(NAMES["sent_on"], required=False)
    request_on = forms.CharField(
        label=said(NAMES["request_on"]),
        max_length=60,
        required=False,
        help_text=said(msg("Slik det skal stå i brevet til kommunen, for eksempel januar 2027.")),
    )
    council_by = day(NAMES["council_by"], required=False)
    comments_by = day(NAMES["comments_by"], required=False)
    comments_to = forms.CharField(
        label=said(NAMES["comments_to"]),
        max_length=160,
        required=False,
        help_text=said(
            msg("Kommunene ser hvem de skal skrive til, for eksempel postmottaket til fylkeskommunen.")
        ),
    )

    def __init__(self, *args: Any, proposed: Mapping[str, str], **values: Any) -> None:
        super().__init__(*args, **values)
        for name, text in proposed.items():
            self.fields[name].initial = text
        self.fields["decided_on"].help_text = said(
            msg("La feltet stå tomt til vedtaket er gjort. Til da er dokumentene utkast.")
        )

    @property
    def mine(self) -> dict[str, object]:
        """What was typed, days in ISO form."""
        content = self.cleaned_data
        found = {name: content.get(name) for name in NAMES}
        return {
            name: value.isoformat() if isinstance(value, date) else _tidy(str(value or ""))
            for name, value in found.items()
        }


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def proposed(round_: Round) -> dict[str, str]:
    """Return what the round knows of facts that nobody has written; nothing once they are written."""
    if stored(round_) is not None:
        return {}
    found = {"recipient": language(settings.FOTFESTE.locale).text(RECEIVER)}
    before = (
        CaseFacts.objects.filter(
            round__county=round_.county, round__year__lt=round_.year, round__is_example=False
        )
        .order_by("-round__year")
        .first()
    )
    if before is not None:
        found |= {name: text for name in LASTING if (text := getattr(before, name))}
    days = {one.id: one.on.isoformat() for one in deadlines_of(round_)}
    found |= {name: days[one] for name, one in (("sent_on", "recommendation"), ("council_by", "council"))}
    return found


def may_be_written(round_: Round) -> bool:
    """Whether the facts may change: before the adoption, and while a revision is needed or waits to be adopted."""
    if round_.is_example:
        return False
    return round_.state in BEFORE_ADOPTION or open_to_choices(round_)


def write_case(
    by: Actor, round_: Round, base: Mapping[str, object], mine: Mapping[str, object], locale: Locale
) -> Merged:
    """Keep the facts of the case, and order anew the documents that were made with others, and those in ``locale``.

    Raises :class:`InputError` for what cannot be, and for a round whose recommendation is adopted.
    """
    with transaction.atomic():
        standing = services.held(round_)
        if not may_be_written(standing):
            raise InputError(
                "round.case_adopted",
                msg("Anbefalingen er vedtatt med opplysningene slik de står."),
                remedy=msg("De kan endres når det lages en revisjon."),
            )
        before: dict[str, object] = {**written(standing)}
        together = merged(base, mine, before)
        if together.conflicts or (dict(together.values) == before and stored(standing) is not None):
            return together
        values = {name: str(together.values[name]) for name in NAMES}
        _refuse_faults(standing, values)
        made = [one for one in LOCALES if archives.documents_path(standing, one).is_file()]
        CaseFacts.objects.update_or_create(
            round=standing,
            defaults={
                **{name: _column(name, text) for name, text in values.items()},
                "saved_after": last_number(standing),
                "at": timezone.now(),
                "by_id": by.user_id,
            },
        )
        changed = sorted(name for name in NAMES if values[name] != before[name])
        record(by, "round.case_changed", services.thing_of(standing), {"fields": " ".join(changed)})
    if standing.ready:
        for one in dict.fromkeys([*made, locale]):
            if not archives.documents_path(standing, one).is_file():
                archives.order_documents(standing, one, by)
    return together


def _column(name: str, text: str) -> str | date | None:
    if name not in DAYS:
        return text
    return date.fromisoformat(text) if text else None


def _refuse_faults(round_: Round, values: Mapping[str, str]) -> None:
    problems = []
    first, last = settlement_year().own_dates.of(round_.year)
    for name in sorted(DAYS):
        on = _column(name, values[name])
        if isinstance(on, date) and not first <= on.year <= last:
            wrong = msg("Datoen må være i årene {first}–{last}.", first=str(first), last=str(last))
            problems.append(Problem("round.case_day", wrong, name))
    if values["decided_on"] > timezone.localdate().isoformat():
        wrong = msg("Vedtaket kan ikke være gjort i framtiden.")
        problems.append(Problem("round.case_decided_on", wrong, "decided_on"))
    if values["handler"] and (personal(values["handler"]) or _is_somebody(values["handler"])):
        wrong = msg("Skriv en rolle, ikke et navn eller en adresse til noen.")
        problems.append(Problem("round.case_handler", wrong, "handler"))
    if problems:
        raise InputError("round.case_faults", msg("Opplysningene kan ikke lagres slik."), problems=problems)


def _is_somebody(text: str) -> bool:
    return get_user_model().objects.filter(name__iexact=text.strip()).exists()
