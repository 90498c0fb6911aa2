"""What is done with people: memberships granted and ended, accounts opened, kept and erased. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.people.models import FROM_PROVIDER, Membership, User
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held, Thing
from fotfeste.web.rights.roles import Kind, Role
from fotfeste.web.trace.services import erase_identity, record

__all__ = ["actor_for", "end", "erase", "follow_claims", "grant", "open_account", "thing_for"]


def actor_for(user: User) -> Actor:
    """Return ``user`` as whoever acts, with the roles held now."""
    return Actor(user.pk, str(user.pseudonym), tuple(one.held for one in user.memberships.in_force()))


def thing_for(user: User, held: Held | None = None) -> Thing:
    """Return ``user`` as the rights see a person, in the county of ``held``."""
    county, municipality = (held.county or held.municipality[:2], held.municipality) if held else ("", "")
    return Thing(Kind.PERSON, str(user.pk), county, municipality, owner_id=user.pk)


def grant(user: User, held: Held, source: str, by: Actor) -> Membership:
    """Give ``user`` the role ``held``; what holds already from the same source is left as it is."""
    with transaction.atomic():
        _lock(user)
        place = {"county": held.county, "municipality": held.municipality, "organisation": held.organisation}
        there = user.memberships.filter(role=held.role.value, source=source, until=None, **place).first()
        if there is not None:
            return there
        made = Membership.objects.create(user=user, role=held.role.value, source=source, **place)
        record(by, "membership.granted", thing_for(user, held), {"role": held.role.value, "source": source})
    return made


def end(membership: Membership, by: Actor) -> None:
    """End ``membership`` now. It stays as a row with its day of ending; ended ones are left alone.

    Raises :class:`InputError` when it is the last administrator's.
    """
    with transaction.atomic():
        _end(membership, by)


def _end(membership: Membership, by: Actor) -> None:
    _keep_an_administrator([membership])
    now = timezone.now()
    if not Membership.objects.filter(pk=membership.pk).in_force(now).update(until=now):
        return
    membership.until = now
    detail = {"role": membership.role, "source": membership.source}
    record(by, "membership.ended", thing_for(membership.user, membership.held), detail)


def _keep_an_administrator(ending: Iterable[Membership]) -> None:
    """Refuse to end the last administrator. Whoever ends another at the same moment waits here."""
    gone = {one.pk for one in ending if one.role == Role.ADMINISTRATOR}
    if not gone:
        return
    standing = Membership.objects.select_for_update(of=("self",)).filter(
        role=Role.ADMINISTRATOR.value, user__is_active=True
    )
    # The time is read when the rows are ours: one that ended while we waited ended after we began.
    held = list(standing.order_by("pk"))
    now = timezone.now()
    if not {one.pk for one in held if one.until is None or one.until > now} - gone:
        raise InputError(
            "people.last_administrator",
            msg("Dette er den siste administratoren, og noen må kunne gi andre tilgang."),
            remedy=msg("Inviter en ny administrator først, og vent til invitasjonen er tatt imot."),
        )


def open_account(*, email: str, name: str, hashed: str, language: str, verified: bool) -> User:
    """Open an account; within the caller's transaction. The address is its own, whatever the case of its letters.

    ``hashed`` is what ``make_password`` gives, made before the transaction: hashing takes long, and others wait for it.

    Raises :class:`InputError` when somebody has an account with the address.
    """
    from allauth.account.models import EmailAddress

    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise InputError("people.address_taken", msg("Det finnes allerede en konto med denne adressen."))
    user = User(email=address, name=name.strip(), language=language, password=hashed)
    user.save()
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=verified)
    record(NOBODY, "account.opened", Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk))
    return user


def follow_claims(user: User, provider: str, held: Sequence[Held]) -> None:
    """Let the roles that came from ``provider`` be those that it states now: new ones granted, others ended.

    The last administrator stays one, with a line in the trace, so that nobody can be locked out from outside.
    """
    source = f"{FROM_PROVIDER}{provider}"
    with transaction.atomic():
        _lock(user)
        by = actor_for(user)
        given = user.memberships.filter(source=source).in_force()
        leaving = [one for one in given if one.held not in held]
        # Administrators first: their rows are waited for before the trace's queue is joined, as `end` does, or two
        # could wait for each other.
        for membership in sorted(leaving, key=lambda one: one.role != Role.ADMINISTRATOR):
            try:
                with transaction.atomic():
                    _end(membership, by)
            except InputError:
                record(by, "membership.kept", thing_for(user, membership.held), {"source": source})
        for one in held:
            grant(user, one, source, by)


def erase(user: User, by: Actor) -> None:
    """Erase who ``user`` is: name, address, keys, sign-ins, sessions. Memberships end; the trace holds without a name.

    The row stays without identity, since what the person did for the county refers to it.
    Raises :class:`InputError` for the last administrator.
    """
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount

    from fotfeste.web.people.models import Invitation

    with transaction.atomic():
        _lock(user)
        _keep_an_administrator(user.memberships.in_force())
        for membership in user.memberships.in_force():
            _end(membership, by)
        record(by, "account.erased", Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk))
        end_sessions(user)
        for rows in (EmailAddress, Authenticator, SocialAccount):
            rows.objects.filter(user_id=user.pk).delete()
        Invitation.objects.filter(accepted_by=user).update(email="")
        Invitation.objects.filter(email__iexact=user.email).update(email="", revoked=timezone.now())
        pseudonym = str(user.pseudonym)
        user.email, user.name, user.is_active = f"{user.pk}@slettet.invalid", "", False
        user.last_login = None
        user.set_unusable_password()
        user.save()
        erase_identity(pseudonym)


def end_sessions(user: User, but: str = "") -> int:
    """End every session of ``user``, other than the one with key ``but``; return how many."""
    from allauth.usersessions.models import UserSession

    sessions = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=but))
    for one in sessions:
        one.end()
    return len(sessions)


def forget_sessions() -> int:
    """Delete the sessions that have run out, and where they were used from; return how many."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    with transaction.atomic():
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
        standing = Session.objects.values("session_key")
        return int(UserSession.objects.exclude(session_key__in=standing).delete()[0])


def drop_second_factors(user: User, by: Actor) -> None:
    """Remove every second factor of ``user``, who has lost them, and end the sessions; the next sign-in makes new ones."""
    from allauth.mfa.models import Authenticator

    with transaction.atomic():
        _lock(user)
        Authenticator.objects.filter(user_id=user.pk).delete()
        end_sessions(user)
        record(by, "account.second_factors_dropped", Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk))


def recovery_path(user: User, by: Actor) -> str:
    """Return the path of a link to set a new password with, for a person who cannot be sent a letter."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    with transaction.atomic():
        record(by, "account.recovery_link_made", Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk))
        parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=parts)


def change_profile(user: User, name: str, language: str) -> None:
    """Change what ``user`` is called and reads in."""
    with transaction.atomic():
        user.name, user.language = name.strip(), language
        user.save(update_fields=["name", "language"])
        thing = Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk)
        record(actor_for(user), "account.changed", thing, {"language": language})


def has_second_factor(user: User) -> bool:
    """Whether ``user`` has a passkey or an app for codes; recovery codes alone are none."""
    from allauth.mfa.models import Authenticator

    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


def _lock(user: User) -> None:
    """Let one change to ``user`` at a time go on, until the transaction ends; rows that point to the user need not wait."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=user.pk).values_list(
        "pk", flat=True
    ).first()


def first_administrator_link() -> str | None:
    """Return the one-time path of the first administrator, or nothing when there is one: what ``fotfeste serve`` shows."""
    from fotfeste.web.people import invitations

    return invitations.first_administrator_link()
