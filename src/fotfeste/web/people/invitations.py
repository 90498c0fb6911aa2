"""Invitations: made, sent, renewed, taken back and accepted; and the first administrator's link."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.people.invitation_letter import letter_of
from fotfeste.web.people.models import Invitation, Membership, User
from fotfeste.web.people.services import grant, open_account
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held, Thing
from fotfeste.web.rights.roles import Kind, Role
from fotfeste.web.trace.services import record

FIRST_HOURS = 24
_FIRST = TimestampSigner(salt="fotfeste.people.first-administrator", sep="~")


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation that was just made or renewed; ``link`` is to be passed on by hand when it was not mailed."""

    invitation: Invitation
    link: str


def thing_of(invitation: Invitation) -> Thing:
    """Return an invitation as the rights see it, in the county that its role belongs to."""
    return thing_of_held(invitation.held, str(invitation.pk or ""))


def thing_of_held(held: Held, number: str = "") -> Thing:
    """Return an invitation to ``held`` as the rights see it."""
    return Thing(Kind.INVITATION, number, held.county or held.municipality[:2], held.municipality)


def invite(email: str, held: Held, reads: str, by: User, actor: Actor) -> Sent:
    """Invite ``email`` to ``held`` in the language ``reads``, and mail the link where there is a mail server."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            token_hash=hash_of(token),
            email=email.strip().lower(),
            role=held.role.value,
            county=held.county,
            municipality=held.municipality,
            organisation=held.organisation,
            language=reads,
            invited_by=by,
            expires=timezone.now() + timedelta(days=settings.FOTFESTE.serving.invitation_days),
        )
        record(actor, "invitation.made", thing_of(invitation), {"role": held.role.value})
    return _send(invitation, token)


def resend(invitation: Invitation, actor: Actor) -> Sent:
    """Make a new link with a new time limit; the old link no longer opens anything.

    Raises :class:`InputError` when the invitation is accepted or taken back.
    """
    token = secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=settings.FOTFESTE.serving.invitation_days)
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation.pk, accepted=None, revoked=None).exclude(email="")
        if not waiting.update(token_hash=hash_of(token), expires=expires, mailed=None):
            raise InputError(
                "people.invitation_closed", msg("Invitasjonen er tatt imot eller trukket tilbake.")
            )
        record(actor, "invitation.renewed", thing_of(invitation))
    invitation.refresh_from_db()
    return _send(invitation, token)


def revoke(invitation: Invitation, actor: Actor) -> None:
    """Take back ``invitation``. Raises :class:`InputError` when somebody has accepted it."""
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, accepted=None).update(revoked=timezone.now()):
            raise InputError(
                "people.invitation_accepted",
                msg("Invitasjonen er tatt imot. Avslutt rollen på siden om personen i stedet."),
            )
        record(actor, "invitation.taken_back", thing_of(invitation))


def find(token: str) -> Invitation | None:
    """Return the invitation that the link with ``token`` opens now, or nothing."""
    found = Invitation.objects.open().filter(token_hash=hash_of(token)).select_related("invited_by").first()
    if found is not None and found.invited_by is None:
        if has_administrator():
            return None
        try:
            _FIRST.unsign(token, max_age=timedelta(hours=FIRST_HOURS))
        except BadSignature:
            return None
    return found


def accept_as_new(token: str, *, email: str, name: str, password: str, reads: str) -> User:
    """Accept with a new account. ``email`` counts only for the first administrator; others have their invitation's.

    Raises :class:`InputError` when the link opens nothing (two clicks at once: one of them), or the address is taken.
    """
    if find(token) is None:
        raise _closed()
    hashed = make_password(password)
    try:
        with transaction.atomic():
            invitation = _take(token)
            user = open_account(
                email=invitation.email or email,
                name=name,
                hashed=hashed,
                language=reads,
                verified=invitation.mailed is not None,
            )
            _give(invitation, user)
    except IntegrityError as error:
        raise _closed() from error
    return user


def accept_as(token: str, user: User) -> None:
    """Accept with the account of ``user``, whose address must be the invitation's.

    Raises :class:`InputError` when the link opens nothing, or is for somebody else.
    """
    with transaction.atomic():
        invitation = _take(token)
        if invitation.email != user.email.lower():
            raise InputError("people.not_yours", msg("Invitasjonen gjelder en annen adresse enn din."))
        _give(invitation, user)


def first_administrator_link() -> str | None:
    """Return a path that opens the first administrator's account, or nothing when there is an administrator.

    It is signed, holds for a day and once; each call takes back what it gave before.
    """
    if has_administrator():
        return None
    now = timezone.now()
    token = _FIRST.sign(secrets.token_urlsafe(32))
    with transaction.atomic():
        Invitation.objects.filter(invited_by=None, accepted=None, revoked=None).update(revoked=now)
        made = Invitation.objects.create(
            token_hash=hash_of(token),
            role=Role.ADMINISTRATOR.value,
            language=settings.FOTFESTE.locale,
            expires=now + timedelta(hours=FIRST_HOURS),
        )
        record(NOBODY, "invitation.made", thing_of(made), {"role": made.role, "first": "yes"})
    return reverse("accept_invitation", args=[token])


def has_administrator() -> bool:
    """Whether somebody is administrator now."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR.value, user__is_active=True)
    return held.in_force().exists()


def forget_old() -> int:
    """Forget the addresses of invitations that came to nothing, as long after their limit as they were open."""
    before = timezone.now() - timedelta(days=settings.FOTFESTE.serving.invitation_days)
    return Invitation.objects.filter(accepted=None, expires__lt=before).exclude(email="").update(email="")


def hash_of(token: str) -> str:
    """Return what is kept of the secret in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _take(token: str) -> Invitation:
    """Mark the invitation as accepted, once: of two that come at the same moment, one finds it taken."""
    found = find(token)
    if found is None or not Invitation.objects.open().filter(pk=found.pk).update(accepted=timezone.now()):
        raise _closed()
    return found


def _give(invitation: Invitation, user: User) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    by = Actor(user.pk, str(user.pseudonym))
    grant(user, invitation.held, "invitation", by)
    record(by, "invitation.accepted", thing_of(invitation), {"role": invitation.role})


def _closed() -> InputError:
    return InputError(
        "people.invitation_closed",
        msg("Lenken gjelder ikke lenger: den er brukt, trukket tilbake eller for gammel."),
        remedy=msg("Be den som inviterte deg, om en ny."),
    )


def _send(invitation: Invitation, token: str) -> Sent:
    serving = settings.FOTFESTE.serving
    link = f"{serving.base_url}{reverse('accept_invitation', args=[token])}"
    if not serving.email_url:
        return Sent(invitation, link)
    try:
        letter_of(invitation, link).send()
    except OSError:
        return Sent(invitation, link)
    invitation.mailed = timezone.now()
    invitation.save(update_fields=["mailed"])
    return Sent(invitation, "")
