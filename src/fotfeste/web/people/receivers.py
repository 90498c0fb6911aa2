"""What happens at sign-in and to accounts, written into the trace."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.socialaccount import signals as social_signals
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal

from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.services import record

_ACTS: tuple[tuple[Signal, str], ...] = (
    (account_signals.user_logged_in, "account.signed_in"),
    (user_logged_out, "account.signed_out"),
    (account_signals.password_changed, "account.password_changed"),
    (account_signals.password_set, "account.password_changed"),
    (account_signals.password_reset, "account.password_recovered"),
    (mfa_signals.authenticator_added, "account.second_factor_added"),
    (mfa_signals.authenticator_removed, "account.second_factor_removed"),
    (mfa_signals.authenticator_reset, "account.recovery_codes_renewed"),
    (social_signals.social_account_added, "account.provider_connected"),
    (social_signals.social_account_removed, "account.provider_disconnected"),
)


def connect() -> None:
    """Listen to allauth and Django."""
    for signal, act in _ACTS:
        signal.connect(_writer(act), weak=False, dispatch_uid=f"fotfeste.people.{id(signal)}")


def _writer(act: str) -> Any:
    def write(sender: Any, **values: Any) -> None:
        del sender
        login, account = values.get("sociallogin"), values.get("socialaccount")
        user = values.get("user") or (login.user if login else account.user if account else None)
        if not isinstance(user, User):
            return
        factor = values.get("authenticator")
        detail = {"kind": str(factor.type)} if factor is not None else None
        record(actor_for(user), act, Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk), detail)

    return write
