"""The letter with an invitation: what Fotfeste is, in which county's name it comes, and what is waited for."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from fotfeste.messages import language
from fotfeste.web.people.letter_sender import answers_to, asked_at
from fotfeste.web.people.models import Invitation
from fotfeste.web.people.words import place_name, role_and_place


def letter_of(invitation: Invitation, link: str) -> EmailMessage:
    """Return the letter, in the language that was chosen; ``link`` opens the invitation and stands nowhere else."""
    from fotfeste.web.rounds.letters_of_invitation import asked_of
    from fotfeste.web.rounds.models import Round
    from fotfeste.web.rounds.services import county_municipality

    words = language(invitation.language)
    held = invitation.held
    code = held.county or held.municipality[:2]
    county = county_municipality(Round(county=code, county_name=place_name(code))) if code else None
    values = {
        "invitation": invitation,
        "place": words.text(role_and_place(held)),
        "county": words.text(county) if county else "",
        "municipality": place_name(held.municipality),
        "asked": asked_of(held.municipality, timezone.localdate()) if held.municipality else None,
        "link": link,
        "owner": settings.FOTFESTE.serving.owner,
        "contact": asked_at(),
        "answers_to": answers_to(),
    }
    with translation.override(invitation.language):
        subject = render_to_string("people/mail/invitation_subject.txt", values)
        body = render_to_string("people/mail/invitation.txt", values)
    return EmailMessage(
        " ".join(subject.split()), body.strip() + "\n", None, [invitation.email], reply_to=answers_to()
    )
