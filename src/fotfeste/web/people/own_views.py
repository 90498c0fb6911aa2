"""A person's own account: overview, profile, sessions, sign-out, erasing; and accepting an invitation."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal import flows
from allauth.account.models import EmailAddress, Login
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.front.words import said
from fotfeste.web.people import invitations, provider, services
from fotfeste.web.people.adapters import SecondFactors
from fotfeste.web.people.duties import duty_of
from fotfeste.web.people.forms import Erase, OpenAccount, Profile
from fotfeste.web.people.models import User
from fotfeste.web.people.words import browser_name, role_and_place
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import View, needs, open_to_all
from fotfeste.web.rights.roles import Action, Kind

_ACCEPT = {"accept": "20/m/ip,10/m/key"}


def own(request: HttpRequest, **_parts: object) -> Thing:
    """Return the account of whoever asks."""
    return Thing(Kind.ACCOUNT, str(request.user.pk), owner_id=request.user.pk)


def user_of(request: HttpRequest) -> User:
    """Return whoever asks, who is signed in."""
    return cast(User, request.user)


def asks_again(view: View) -> View:
    """Let ``view`` run only for those who have just confirmed who they are; others are asked, and come back."""
    asked: View = reauthentication_required(app="fotfeste.web.people")(view)
    return asked


@needs(Action.VIEW, Kind.ACCOUNT, own)
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show the account: who it is, roles, ways to sign in."""
    user = user_of(request)
    held = user.memberships.in_force().order_by("since")
    here = set(held.in_session(request.session))
    roles = [(role_and_place(one.held), one, one in here) for one in held]
    values = {
        "roles": roles,
        "duties": [duty_of(one.held) for one in held if one in here],
        "keys": Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count(),
        "codes": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "providers": bool(settings.FOTFESTE.serving.oidc),
        "connected": SocialAccount.objects.filter(user=user).count(),
        "new_address": EmailAddress.objects.get_new(user),
        "mail": bool(settings.FOTFESTE.serving.email_url),
    }
    return render(request, "people/account.html", values)


@needs(Action.CHANGE, Kind.ACCOUNT, own)
def profile(request: HttpRequest) -> HttpResponse:
    """Change name and language."""
    user = user_of(request)
    form = Profile(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        services.change_profile(user, **form.cleaned_data)
        messages.success(request, said(msg("Lagret.")))
        response = redirect("account")
        # What the person has chosen for good goes before what the browser was told on one page.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response
    return render(request, "people/profile.html", {"form": form, "submit": msg("Lagre")})


@needs(Action.VIEW, Kind.ACCOUNT, own)
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the person is signed in."""
    found = UserSession.objects.purge_and_list(user_of(request))
    shown = [
        {"session": one, "browser": browser_name(one.user_agent), "here": one.is_current()}
        for one in sorted(found, key=lambda one: one.created_at, reverse=True)
    ]
    return render(request, "usersessions/usersession_list.html", {"sessions": shown})


@needs(Action.CHANGE, Kind.ACCOUNT, own)
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session, or all others."""
    user = user_of(request)
    if wanted := request.POST.get("session", ""):
        one = get_object_or_404(UserSession, user=user, pk=wanted if wanted.isdecimal() else 0)
        here = one.is_current()
        one.end()
        if here:
            end_session(request)
            return redirect("account_login")
        messages.success(request, said(msg("Økten er avsluttet.")))
    else:
        services.end_sessions(user, but=request.session.session_key or "")
        messages.success(request, said(msg("Du er logget ut alle andre steder.")))
    return redirect("usersessions_list")


@open_to_all
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here, and offer to sign out at the provider as well."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.method != "POST":
        return render(request, "account/logout.html")
    elsewhere = provider.sign_out_address(request, f"{settings.FOTFESTE.serving.base_url}/")
    flows.logout.logout(request)
    return render(request, "people/signed_out.html", {"elsewhere": elsewhere})


@needs(Action.REMOVE, Kind.ACCOUNT, own)
@asks_again
def erase(request: HttpRequest) -> HttpResponse:
    """Erase one's own account."""
    form = Erase(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        try:
            services.erase(user, services.actor_for(user))
        except FotfesteError as error:
            form.add_error(None, said(error.problem.what))
        else:
            request.session.flush()
            return render(request, "people/erased.html")
    return render(request, "people/erase.html", {"form": form, "submit": msg("Slett kontoen min")})


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, unless it is the last second factor."""

    def dispatch(self, request: HttpRequest, *args: object, **parts: object) -> HttpResponse:
        """Answer the request."""
        factor = Authenticator.objects.filter(user_id=request.user.pk, pk=self.kwargs["pk"]).first()
        if factor is not None and not SecondFactors().can_delete_authenticator(factor):
            messages.error(request, SecondFactors.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        answer: HttpResponse = super().dispatch(request, *args, **parts)
        return answer


@open_to_all
@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: open an account, or take the role into the one that is there."""
    key = invitations.hash_of(token)
    if not ratelimit.consume(request, app="people", action="accept", config=_ACCEPT, key=key, limit_get=True):
        return _too_many(request)
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "people/invitation_closed.html", status=410)
    values = {"invitation": invitation, "role": role_and_place(invitation.held), "token": token}
    there = bool(invitation.email) and User.objects.filter(email__iexact=invitation.email).exists()
    if request.user.is_authenticated or there:
        return _accept_as(request, token, {**values, "there": there})
    form = OpenAccount(
        request.POST or None, address=invitation.email, initial={"language": invitation.language}
    )
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data
        try:
            user = invitations.accept_as_new(
                token,
                email=content.get("email", ""),
                name=content["name"],
                password=content["password"],
                reads=content["language"],
            )
        except FotfesteError as error:
            form.add_error(None, said(error.problem.what))
        else:
            login = Login(user=user, email=user.email, redirect_url="/konto/")
            answer: HttpResponse = flows.login.perform_password_login(request, {"email": user.email}, login)
            return answer
    return render(request, "people/accept_new.html", {**values, "form": form, "submit": msg("Opprett konto")})


def _too_many(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer


def _accept_as(request: HttpRequest, token: str, values: dict[str, object]) -> HttpResponse:
    invitation = values["invitation"]
    if request.user.is_authenticated:
        values["yours"] = user_of(request).email.lower() == getattr(invitation, "email", "")
        if request.method == "POST" and values["yours"]:
            try:
                invitations.accept_as(token, user_of(request))
            except FotfesteError as error:
                messages.error(request, said(error.problem.what))
            else:
                messages.success(request, said(msg("Du har fått en ny rolle.")))
            return redirect("account")
    return render(request, "people/accept_known.html", values)
