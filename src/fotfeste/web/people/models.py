"""People, what they are, and invitations to become it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
FROM_PROVIDER = "oidc:"
ROLES = [(one.value, one.value) for one in Role]


class Users(BaseUserManager["User"]):
    """People, found by their address."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this address, whatever the case of its letters."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """One person with an account. The address is the name to sign in with; ``pseudonym`` stands in the trace."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the person's name."""
        return self.name

    def get_short_name(self) -> str:
        """Return the person's name."""
        return self.name


def _role_has_its_place(table: str) -> list[models.BaseConstraint]:
    """Return what holds wherever a role stands with its place: county, municipality or organisation."""
    return [
        models.CheckConstraint(name=f"{table}_role_known", condition=Q(role__in=[one.value for one in Role])),
        models.CheckConstraint(
            name=f"{table}_county_role",
            condition=~Q(role__in=["county_adviser", "county_reader"]) | ~Q(county=""),
        ),
        models.CheckConstraint(
            name=f"{table}_contact", condition=~Q(role="municipality_contact") | ~Q(municipality="")
        ),
        models.CheckConstraint(name=f"{table}_partner", condition=~Q(role="partner") | ~Q(organisation="")),
    ]


class Memberships(models.QuerySet["Membership"]):
    """Memberships, and those that hold now."""

    def in_force(self, at: datetime | None = None) -> Memberships:
        """Return those that have not ended at ``at`` (now)."""
        return self.filter(Q(until=None) | Q(until__gt=at or timezone.now()))

    def in_session(self, session: Mapping[str, Any]) -> Memberships:
        """Return those that count in ``session``: what a provider gave counts only where that provider signed in.

        Otherwise somebody who has left could go on with a password, and keep what the provider would have ended.
        """
        records = session.get("account_authentication_methods") or ()
        providers = {str(one.get("provider")) for one in records if one.get("method") == "socialaccount"}
        sources = [f"{FROM_PROVIDER}{one}" for one in sorted(providers)]
        return self.exclude(Q(source__startswith=FROM_PROVIDER) & ~Q(source__in=sources))


class Membership(models.Model):
    """One role that a person holds, where, since when and until when; ended, never removed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=ROLES)
    county = models.CharField(max_length=2, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    organisation = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=60, default="invitation")

    objects = Memberships.as_manager()

    class Meta:
        """What must hold."""

        constraints: ClassVar = [
            *_role_has_its_place("membership"),
            models.UniqueConstraint(
                name="one_membership_in_force",
                fields=["user", "role", "county", "municipality", "organisation", "source"],
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.county or self.municipality or self.organisation}".strip()

    @property
    def held(self) -> Held:
        """The role and its place, as the rights see it."""
        return Held(Role(self.role), self.county, self.municipality, self.organisation)


class Invitations(models.QuerySet["Invitation"]):
    """Invitations, and those that can still be accepted."""

    def open(self, at: datetime | None = None) -> Invitations:
        """Return those that are neither accepted, taken back nor too old at ``at`` (now)."""
        return self.filter(accepted=None, revoked=None, expires__gt=at or timezone.now())


class Invitation(models.Model):
    """An invitation to a role. The secret of its link is kept as a hash only.

    ``email`` is empty only in the first administrator's, and when it has been forgotten. ``mailed`` is when it was
    sent; otherwise the link was shown once to whoever invited.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    role = models.CharField(max_length=24, choices=ROLES)
    county = models.CharField(max_length=2, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    organisation = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="invitations")
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    mailed = models.DateTimeField(null=True, blank=True)
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked = models.DateTimeField(null=True, blank=True)

    objects = Invitations.as_manager()

    class Meta:
        """What must hold."""

        constraints: ClassVar = _role_has_its_place("invitation")

    def __str__(self) -> str:
        return f"{self.role} {self.county or self.municipality or self.organisation}".strip()

    @property
    def held(self) -> Held:
        """The role and its place, as the rights see it."""
        return Held(Role(self.role), self.county, self.municipality, self.organisation)
