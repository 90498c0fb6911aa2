"""The forms of sign-in: allauth's, with our words and without texts inside the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from fotfeste.messages import Message, msg
from fotfeste.web.front.words import said

PASSWORD_HINT = msg("Minst 12 tegn. En setning du husker, er bedre enn et kort ord med tall og tegn.")
ADDRESS, PASSWORD, CODE = msg("E-postadresse"), msg("Passord"), msg("Kode")
NEW_PASSWORD, AGAIN = msg("Nytt passord"), msg("Nytt passord en gang til")


class InOurWords:
    """Gives the fields of a form our labels and hints."""

    labels: ClassVar[Mapping[str, Message]] = {}
    hints: ClassVar[Mapping[str, Message]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = said(self.hints[name]) if name in self.hints else ""
            if name in self.labels:
                field.label = said(self.labels[name])


class SignIn(InOurWords, LoginForm):  # type: ignore[misc]
    """Sign in with address and password."""

    labels = {"login": ADDRESS, "password": PASSWORD}  # noqa: RUF012 - read only

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ConfirmByPassword(InOurWords, ReauthenticateForm):  # type: ignore[misc]
    """Confirm who it is by the password."""

    labels = {"password": PASSWORD}  # noqa: RUF012 - read only


class ChangePassword(InOurWords, ChangePasswordForm):  # type: ignore[misc]
    """Change the password."""

    labels = {"oldpassword": msg("Passordet du har nå"), "password1": NEW_PASSWORD, "password2": AGAIN}  # noqa: RUF012
    hints = {"password1": PASSWORD_HINT}  # noqa: RUF012 - read only


class SetPassword(InOurWords, SetPasswordForm):  # type: ignore[misc]
    """Set a password on an account that has none."""

    labels = {"password1": PASSWORD, "password2": msg("Passordet en gang til")}  # noqa: RUF012 - read only
    hints = {"password1": PASSWORD_HINT}  # noqa: RUF012 - read only


class Forgotten(InOurWords, ResetPasswordForm):  # type: ignore[misc]
    """Ask for a letter to set a new password with."""

    labels = {"email": ADDRESS}  # noqa: RUF012 - read only


class NewPassword(InOurWords, ResetPasswordKeyForm):  # type: ignore[misc]
    """Set a new password, by the link in the letter."""

    labels = {"password1": NEW_PASSWORD, "password2": AGAIN}  # noqa: RUF012 - read only
    hints = {"password1": PASSWORD_HINT}  # noqa: RUF012 - read only


class ChangeAddress(InOurWords, AddEmailForm):  # type: ignore[misc]
    """Change the address, which holds when it is confirmed."""

    labels = {"email": msg("Ny e-postadresse")}  # noqa: RUF012 - read only
    hints = {"email": msg("Vi sender en lenke dit. Adressen gjelder når du har åpnet den.")}  # noqa: RUF012


_CODE_HINT = msg("Seks sifre fra appen, eller en av gjenopprettingskodene dine.")


class Code(InOurWords, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    labels = {"code": CODE}  # noqa: RUF012 - read only
    hints = {"code": _CODE_HINT}  # noqa: RUF012 - read only


class ConfirmByCode(InOurWords, MfaReauthenticateForm):  # type: ignore[misc]
    """Confirm who it is by a code."""

    labels = {"code": CODE}  # noqa: RUF012 - read only
    hints = {"code": _CODE_HINT}  # noqa: RUF012 - read only


class StartCodes(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    """Begin to use an app for codes."""

    labels = {"code": msg("Kode fra appen")}  # noqa: RUF012 - read only
    hints = {"code": msg("Seks sifre. Koden skifter hvert halve minutt.")}  # noqa: RUF012 - read only


class AddKey(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    """Make a passkey."""

    labels = {"name": msg("Navn på passnøkkelen"), "passwordless": msg("Logg inn med passnøkkelen alene")}  # noqa: RUF012
    hints = {  # noqa: RUF012 - read only
        "name": msg("Slik kjenner du den igjen: «Kontormaskinen», «Telefonen»."),
        "passwordless": msg(
            "Da trengs verken adresse eller passord, men passnøkkelen må be om fingeravtrykk, ansikt eller PIN-kode."
        ),
    }

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["passwordless"].initial = True


class NameKey(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    """Rename a passkey."""

    labels = {"name": msg("Navn på passnøkkelen")}  # noqa: RUF012 - read only
