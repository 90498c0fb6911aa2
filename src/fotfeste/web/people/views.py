"""Pages about others: people, one person, invitations. The guard writes every look at them into the trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.front.words import said
from fotfeste.web.people import invitations, services
from fotfeste.web.people.forms import Invite
from fotfeste.web.people.models import Invitation, Membership, User
from fotfeste.web.people.own_views import asks_again, user_of
from fotfeste.web.people.words import role_and_place
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import GIVES, Actor, Thing, allowed, may_give
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind, Role

A_PAGE = 50
_LINK = "people_invitation_link"
"""Where the link of a new invitation lies in the session until it has been shown."""


def counties_of(actor: Actor) -> list[str]:
    """Return the counties that ``actor`` is adviser in."""
    return sorted({one.county for one in actor.held if one.role is Role.COUNTY_ADVISER})


def _somewhere(kind: Kind) -> Any:
    def find(request: HttpRequest, **_parts: Any) -> Thing:
        """Return objects of the kind where the reader works: a county of theirs, or the whole installation."""
        return Thing(kind, county=next(iter(counties_of(actor_of(request))), ""))

    return find


def person_thing(request: HttpRequest, number: int) -> Thing:
    """Return a person as the reader sees them: in a county that both belong to, where there is one."""
    user = User.objects.filter(pk=number, is_active=True).first()
    if user is None:
        raise Http404
    counties = counties_of(actor_of(request))
    things = [services.thing_for(user, one.held) for one in user.memberships.all()] or [
        services.thing_for(user)
    ]
    return next((one for one in things if one.within in counties), things[0])


def membership_thing(_request: HttpRequest, number: int) -> Thing:
    """Return what gave a membership: whoever may take back an invitation to it may also end it."""
    return invitations.thing_of_held(get_object_or_404(Membership, pk=number).held, str(number))


def invitation_thing(_request: HttpRequest, number: int) -> Thing:
    """Return an invitation."""
    return invitations.thing_of(get_object_or_404(Invitation, pk=number))


def _near(actor: Actor) -> Q:
    """Return what holds for rows (memberships, invitations) that belong where ``actor`` works."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    near = Q(pk__in=[])
    for county in counties_of(actor):
        near |= Q(county=county) | Q(municipality__startswith=county)
    return near


@needs(Action.VIEW, Kind.PERSON, _somewhere(Kind.PERSON))
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Show the people who have access where the reader works."""
    actor = actor_of(request)
    found: QuerySet[User] = User.objects.filter(is_active=True).order_by("name", "pk")
    if not actor.has(Role.ADMINISTRATOR):
        found = found.filter(pk__in=Membership.objects.in_force().filter(_near(actor)).values("user"))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("side"))
    rows = [
        {
            "person": user,
            "roles": [role_and_place(one.held) for one in _memberships(actor, user).in_force()],
            "second": services.has_second_factor(user),
        }
        for user in page
    ]
    return render(request, "people/people.html", {"rows": rows, "page": page, "may_invite": _gives(actor)})


@needs(Action.VIEW, Kind.PERSON, person_thing)
@never_cache
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person: roles now and before, with what the reader may end."""
    actor = actor_of(request)
    user = get_object_or_404(User, pk=number)
    memberships = [
        {"membership": one, "role": role_and_place(one.held), "may_end": may_end(actor, one)}
        for one in _memberships(actor, user).order_by("until", "since")
    ]
    values = {
        "shown": user,
        "memberships": memberships,
        "second": services.has_second_factor(user),
        "mail": bool(settings.FOTFESTE.serving.email_url),
        "may_drop": allowed(actor, Action.CHANGE, Thing(Kind.PERSON, owner_id=user.pk))
        and user.pk != actor.user_id,
    }
    return render(request, "people/person.html", values)


def _memberships(actor: Actor, user: User) -> Any:
    """Return the memberships of ``user`` that ``actor`` may know of: an adviser those of the own county."""
    return user.memberships.filter(_near(actor))


def may_end(actor: Actor, membership: Membership) -> bool:
    """Whether ``actor`` may end ``membership``: whoever could give it may also take it back."""
    return membership.until is None and may_give(actor, membership.held)


@needs(Action.REMOVE, Kind.MEMBERSHIP, membership_thing)
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
@never_cache
def end_membership(request: HttpRequest, number: int) -> HttpResponse:
    """Tell what ending one role of one person means, and end it when that is confirmed."""
    actor = actor_of(request)
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=number)
    if not may_give(actor, membership.held):
        raise PermissionDenied
    if request.method != "POST":
        if membership.until is not None:
            return redirect("person", membership.user_id)
        values = {"shown": membership.user, "role": role_and_place(membership.held)}
        return render(request, "people/end_membership.html", values)
    try:
        services.end(membership, actor)
    except FotfesteError as error:
        messages.error(
            request, said(msg("{what} {way}", what=error.problem.what, way=error.problem.remedy or ""))
        )
    else:
        messages.success(request, said(msg("Rollen er avsluttet, og gjelder ikke lenger.")))
    return redirect("person", membership.user_id)


@needs(Action.CHANGE, Kind.PERSON, person_thing)
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
@never_cache
def drop_second_factors(request: HttpRequest, number: int) -> HttpResponse:
    """Tell what removing the second factors of somebody who has lost them means; remove them when that is confirmed."""
    user = get_object_or_404(User, pk=number)
    actor = actor_of(request)
    if user.pk == actor.user_id:
        raise PermissionDenied
    mail = bool(settings.FOTFESTE.serving.email_url)
    if request.method != "POST":
        return render(request, "people/drop_second_factors.html", {"shown": user, "mail": mail})
    services.drop_second_factors(user, actor)
    if mail:
        get_adapter().send_notification_mail("people/mail/second_factors_dropped", user)
    messages.success(request, said(msg("Personen må nå sette opp innlogging i to trinn på nytt.")))
    return redirect("person", number)


@needs(Action.CHANGE, Kind.PERSON, person_thing)
@require_POST
@asks_again
@never_cache
def recovery_link(request: HttpRequest, number: int) -> HttpResponse:
    """Show a link to set a new password with, to pass on, where there is no mail server to send it."""
    user = get_object_or_404(User, pk=number)
    actor = actor_of(request)
    if user.pk == actor.user_id or settings.FOTFESTE.serving.email_url:
        raise PermissionDenied
    link = f"{settings.FOTFESTE.serving.base_url}{services.recovery_path(user, actor)}"
    return render(request, "people/recovery_link.html", {"shown": user, "link": link})


@needs(Action.VIEW, Kind.INVITATION, _somewhere(Kind.INVITATION))
@never_cache
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Show the invitations where the reader works, newest first."""
    actor = actor_of(request)
    invitations.forget_old()
    found = (
        Invitation.objects.filter(_near(actor))
        .exclude(invited_by=None)
        .select_related("invited_by", "accepted_by")
    )
    page = Paginator(found.order_by("-created"), A_PAGE).get_page(request.GET.get("side"))
    waiting = set(Invitation.objects.open().values_list("pk", flat=True))
    rows = [
        {
            "invitation": one,
            "role": role_and_place(one.held),
            "open": one.pk in waiting,
            "may_change": one.accepted is None and one.revoked is None and may_give(actor, one.held),
        }
        for one in page
    ]
    values = {"rows": rows, "page": page, "may_invite": _gives(actor)}
    return render(request, "people/invitations.html", values)


@needs(Action.ADD, Kind.INVITATION, _somewhere(Kind.INVITATION))
@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    actor = actor_of(request)
    by = user_of(request)
    initial = {
        "language": by.language,
        "role": request.GET.get("rolle", ""),
        "municipality": request.GET.get("kommune", ""),
    }
    form = Invite(request.POST or None, actor=actor, gives=tuple(_gives(actor)), initial=initial)
    if request.method == "POST" and form.is_valid():
        held = form.held
        if not may_give(actor, held):
            raise PermissionDenied
        if held.role is Role.ADMINISTRATOR:
            raise_if_reauthentication_required(request, app="fotfeste.web.people")
        content = form.cleaned_data
        sent = invitations.invite(content["email"], held, content["language"], by, actor)
        return _tell(request, sent)
    return render(request, "people/invite.html", {"form": form, "submit": msg("Inviter")})


@needs(Action.REMOVE, Kind.INVITATION, invitation_thing)
@require_POST
def revoke_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Take back an invitation."""
    invitation = _mine_to_change(request, number)
    try:
        invitations.revoke(invitation, actor_of(request))
    except FotfesteError as error:
        messages.error(request, said(error.problem.what))
    else:
        messages.success(
            request, said(msg("Invitasjonen er trukket tilbake. Lenken åpner ingenting lenger."))
        )
    return redirect("invitations")


@needs(Action.ADD, Kind.INVITATION, invitation_thing)
@require_POST
def resend_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Send an invitation again, with a new link and a new time limit."""
    invitation = _mine_to_change(request, number)
    try:
        sent = invitations.resend(invitation, actor_of(request))
    except FotfesteError as error:
        messages.error(request, said(error.problem.what))
        return redirect("invitations")
    return _tell(request, sent)


def _mine_to_change(request: HttpRequest, number: int) -> Invitation:
    invitation = get_object_or_404(Invitation, pk=number)
    if not may_give(actor_of(request), invitation.held):
        raise PermissionDenied
    return invitation


def _tell(request: HttpRequest, sent: invitations.Sent) -> HttpResponse:
    if not sent.link:
        messages.success(request, said(msg("Invitasjonen er sendt.")))
        return redirect("invitations")
    request.session[_LINK] = {"invitation": sent.invitation.pk, "link": sent.link}
    return redirect("invitation_link")


@needs(Action.ADD, Kind.INVITATION, _somewhere(Kind.INVITATION))
@require_safe
@never_cache
def invitation_link(request: HttpRequest) -> HttpResponse:
    """Show once the link of the invitation that was just made, to pass on by hand."""
    kept = request.session.pop(_LINK, None)
    invitation = Invitation.objects.open().filter(pk=kept["invitation"]).first() if kept else None
    if kept is None or invitation is None:
        messages.info(
            request,
            said(
                msg("Lenken er vist én gang, og vises ikke igjen. Trenger du den, kan du lage en ny lenke.")
            ),
        )
        return redirect("invitations")
    mail = bool(settings.FOTFESTE.serving.email_url)
    values = {"invitation": invitation, "link": kept["link"], "mail": mail}
    return render(request, "people/invitation_link.html", values)


def _gives(actor: Actor) -> list[Role]:
    """Return the roles that ``actor`` may invite to, in their order."""
    given: Iterable[Role] = set().union(*(GIVES[one.role][0] for one in actor.held if one.role in GIVES))
    return [role for role in Role if role in given]
