"""Addresses of this app: the account, sign-in, people, invitations. allauth's views stand at our addresses.

Each of allauth's views gets its right here, since every view says who may use it.
"""

from __future__ import annotations

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as services
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.cache import never_cache

from fotfeste.web.people import own_views, provider, views
from fotfeste.web.rights.guard import View, needs, open_to_all
from fotfeste.web.rights.roles import Action, Kind


def _own(view: View) -> View:
    return needs(Action.CHANGE, Kind.ACCOUNT, own_views.own)(never_cache(view))


def _open(view: View) -> View:
    @never_cache
    def opened(request, *args, **parts):  # type: ignore[no-untyped-def]
        return view(request, *args, **parts)

    return open_to_all(opened)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", own_views.account, name="account"),
    path("profil/", own_views.profile, name="profile"),
    path("slett/", own_views.erase, name="erase_account"),
    path("okter/", own_views.sessions, name="usersessions_list"),
    path("okter/avslutt/", own_views.end_sessions, name="end_sessions"),
    path("logg-inn/", _open(accounts.login), name="account_login"),
    path("logg-inn/to-trinn/", _open(factors.authenticate), name="mfa_authenticate"),
    path("logg-inn/nokkel/", _open(keys.login_webauthn), name="mfa_login_webauthn"),
    path("logg-ut/", own_views.sign_out, name="account_logout"),
    path("stengt/", _open(accounts.account_inactive), name="account_inactive"),
    path("ny/", _open(accounts.signup), name="account_signup"),
    path("bekreft/", _own(accounts.reauthenticate), name="account_reauthenticate"),
    path("bekreft/kode/", _own(factors.reauthenticate), name="mfa_reauthenticate"),
    path("bekreft/nokkel/", _own(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("e-post/", _own(accounts.email), name="account_email"),
    path("e-post/sendt/", _open(accounts.email_verification_sent), name="account_email_verification_sent"),
    re_path(
        r"^e-post/bekreft/(?P<key>[-:\w]+)/$", _open(accounts.confirm_email), name="account_confirm_email"
    ),
    path("passord/", _own(accounts.password_change), name="account_change_password"),
    path("passord/nytt/", _own(accounts.password_set), name="account_set_password"),
    path("glemt/", _open(accounts.password_reset), name="account_reset_password"),
    path("glemt/sendt/", _open(accounts.password_reset_done), name="account_reset_password_done"),
    path(
        "glemt/ferdig/",
        _open(accounts.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _open(accounts.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("to-trinn/", _own(factors.index), name="mfa_index"),
    path("to-trinn/app/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path("to-trinn/app/fjern/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("to-trinn/koder/", _own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("to-trinn/koder/nye/", _own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("to-trinn/nokler/", _own(keys.list_webauthn), name="mfa_list_webauthn"),
    path("to-trinn/nokler/ny/", _own(keys.add_webauthn), name="mfa_add_webauthn"),
    path("to-trinn/nokler/<int:pk>/", _own(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("to-trinn/nokler/<int:pk>/fjern/", _own(own_views.RemoveKey.as_view()), name="mfa_remove_webauthn"),
    path("tjenester/", _own(services.connections), name="socialaccount_connections"),
    path("tjenester/avbrutt/", _open(services.login_cancelled), name="socialaccount_login_cancelled"),
    path("tjenester/feil/", _open(services.login_error), name="socialaccount_login_error"),
    path("tjenester/ny/", _open(services.signup), name="socialaccount_signup"),
    path("tjenester/<slug:provider_id>/", _open(provider.begin), name="openid_connect_login"),
    path("tjenester/<slug:provider_id>/svar/", _open(provider.answered), name="openid_connect_callback"),
    path("invitasjon/<str:token>/", own_views.accept, name="accept_invitation"),
    path("invitasjoner/", views.invitation_list, name="invitations"),
    path("invitasjoner/ny/", views.invite, name="invite"),
    path("invitasjoner/lenke/", views.invitation_link, name="invitation_link"),
    path("invitasjoner/<int:number>/trekk/", views.revoke_invitation, name="revoke_invitation"),
    path("invitasjoner/<int:number>/send/", views.resend_invitation, name="resend_invitation"),
    path("personer/", views.people, name="people"),
    path("personer/<int:number>/", views.person, name="person"),
    path("personer/<int:number>/to-trinn/", views.drop_second_factors, name="drop_second_factors"),
    path("personer/<int:number>/nytt-passord/", views.recovery_link, name="recovery_link"),
    path("personer/roller/<int:number>/avslutt/", views.end_membership, name="end_membership"),
]
