"""Make synthetic people in every role in a running installation, signed in; print their session keys as JSON.

Run as a program with the installation's own environment. Nobody here exists.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

PEOPLE = {
    "administrator": ("Ada Administrator", {}),
    "county_adviser": ("Åse Rådgiver", {"county": "40"}),
    "county_reader": ("Lars Leser", {"county": "40"}),
    "municipality_contact": ("Kari Kontakt", {"municipality": "4003"}),
    "partner": ("Pål Partner", {"organisation": "Nav"}),
    "new_person": ("Nora Ny", {}),
}
"""Name and place of each role; the last has an account, and no role and no second factor yet."""
OF_TWO, SECOND_ADVISER = "contact_of_two", "second_adviser"


def main() -> None:
    """Make the people, and print the key of a session of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.web.project.settings")
    import django

    django.setup()
    from django.db import transaction

    from tests.browser.plans_entered import files_read

    files = files_read()
    with transaction.atomic():
        keys = {role: signed_in(role, name, place) for role, (name, place) in PEOPLE.items()}
        keys[OF_TWO] = _contact_of_two()
        keys[SECOND_ADVISER] = signed_in("county_adviser", "Berit Berge", {"county": "40"}, SECOND_ADVISER)
        _own_round()  # before there is a round of the year before, which would ask what was learned
        _followed_year()
        _weighed_round()
        _dialogue()
        _new_figures()
        _plans(files)
    json.dump(keys, sys.stdout)


def _contact_of_two() -> str:
    """Make a contact of two municipalities, and return the key of their session."""
    from fotfeste.web.people.models import User
    from fotfeste.web.people.services import grant
    from fotfeste.web.rights.actor import NOBODY
    from fotfeste.web.rights.declared import Held
    from fotfeste.web.rights.roles import Role

    key = signed_in("municipality_contact", "Tuva To", {"municipality": "4001"}, OF_TWO)
    second = Held(Role.MUNICIPALITY_CONTACT, municipality="4003")
    grant(User.objects.get(email=f"{OF_TWO}@example.org"), second, "invitation", NOBODY)
    return key


def _new_figures() -> None:
    """Make an import that waits to be approved; nothing of it is real."""
    from fotfeste.web.figures.models import FigureImport, State
    from fotfeste.web.people.models import User

    FigureImport.objects.create(
        id="00000000-0000-4000-8000-000000000001",
        table="ssb_06265",
        dataset="dwellings",
        way="file",
        file_name="eksempel.json",
        state=State.READY,
        version="2026-11-23",
        ordered_by=User.objects.get(email="county_adviser@example.org"),
        preview={
            "cells": 8, "new_periods": ["2025"], "revised": 1, "lost": 0, "marks": 1, "new_rows": 4, "unchanged": 2,
            "told": [{"text": "Ny periode: {periods}.", "fields": {"periods": "2025"}}],
            "revisions": [{"code": "4028", "period": "2024", "others": ["01"], "before": "900", "now": "905"}],
        },
    )  # fmt: skip


def _plans(files: dict[str, Any]) -> None:
    """Enter plans that nobody has made, read, and coded by two."""
    from fotfeste.web.people.models import User
    from fotfeste.web.people.services import actor_for
    from tests.browser.plans_entered import plans_entered

    adviser, second = (
        actor_for(User.objects.get(email=f"{role}@example.org"))
        for role in ("county_adviser", SECOND_ADVISER)
    )
    plans_entered(adviser, second, files)


def _dialogue() -> None:
    """Make a dialogue with the municipalities that is under way."""
    from fotfeste.web.people.models import User
    from fotfeste.web.people.services import actor_for
    from tests.web.dialogue.seeded import dialogue_under_way
    from tests.web.dialogue.seeded_work import meetings_and_needs

    adviser, contact = (
        actor_for(User.objects.get(email=f"{role}@example.org"))
        for role in ("county_adviser", "municipality_contact")
    )
    meetings_and_needs(adviser, dialogue_under_way(adviser, contact, 2025))


def _followed_year() -> None:
    """Make a round of a year that is followed up, with numbers that nobody has published."""
    from fotfeste.web.follow_up import rates
    from fotfeste.web.people.models import User
    from fotfeste.web.people.services import actor_for
    from tests.web.follow_up.year import INVENTED_RATES, a_round, adopted_in, recommended_in, whole_year

    round_ = a_round()
    whole_year(actor_for(User.objects.get(email="county_adviser@example.org")), round_)
    recommended_in(round_)
    adopted_in(round_)
    contact = actor_for(User.objects.get(email="municipality_contact@example.org"))
    rates.enter(contact, "4003", INVENTED_RATES, "satser.toml", 0)


def _own_round() -> None:
    """Open a round of the county for the adviser: it is prepared, and its total is not known."""
    from fotfeste.web.people.models import User
    from fotfeste.web.people.services import actor_for
    from fotfeste.web.rounds.opening import open_round

    adviser = actor_for(User.objects.get(email="county_adviser@example.org"))
    open_round(adviser, "40", 2028, None)


def _weighed_round() -> None:
    """Make a round of the county that is being weighed, with a change, a number that somebody has set, and a name."""
    from fractions import Fraction

    from fotfeste.settlement.weighing.changes import Override, SetWeight
    from fotfeste.web.people.models import User
    from fotfeste.web.people.services import actor_for
    from fotfeste.web.rounds.models import Round
    from fotfeste.web.weighing import services
    from fotfeste.web.weighing.naming import name_alternative

    adviser = actor_for(User.objects.get(email="county_adviser@example.org"))
    round_ = Round.objects.create(county="40", county_name="Telemark", year=2027, total=545, state="weighing")
    services.begin(adviser, round_)
    name_alternative(adviser, round_, 1, "Slik vi begynte")
    services.change(adviser, round_, SetWeight("work", Fraction(40)), 1)
    number = Override("4003", 100, "Få boliger er ledige", "rådgiver", "Åse Rådgiver")
    services.change(adviser, round_, number, 2)


def signed_in(role: str, name: str, place: dict[str, str], called: str = "") -> str:
    """Make somebody in ``role``, known by ``called`` (the role), and return the key of their session."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.hashers import make_password
    from django.contrib.sessions.backends.db import SessionStore

    from fotfeste.web.people.services import grant, open_account
    from fotfeste.web.rights.actor import NOBODY
    from fotfeste.web.rights.declared import Held
    from fotfeste.web.rights.roles import Role

    user = open_account(
        email=f"{called or role}@example.org",
        name=name,
        hashed=make_password("et-langt-passord-11"),
        language="nb",
        verified=True,
    )
    if role in {one.value for one in Role}:
        grant(user, Held(Role(role), **place), "invitation", NOBODY)
        TOTP.activate(user, generate_totp_secret())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main()
