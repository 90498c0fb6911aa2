"""Words for what stands in the trace and in the journal."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.web.trace.models import Copy, Post, Status

KINDS: Mapping[str, Message] = {
    "account": msg("Konto"),
    "identity": msg("Identitet"),
    "input": msg("Innspill"),
    "installation": msg("Installasjonen"),
    "invitation": msg("Invitasjon"),
    "invitations": msg("Invitasjoner"),
    "job": msg("Arbeid i bakgrunnen"),
    "journal": msg("Saksdokument"),
    "membership": msg("Rolle"),
    "people": msg("Personer"),
    "person": msg("Person"),
    "round": msg("Runde"),
    "session": msg("Økt"),
    "trace": msg("Spor"),
}

VERBS: Mapping[str, Message] = {
    "accepted": msg("tatt imot"),
    "added": msg("lagt inn"),
    "calculated": msg("beregnet"),
    "cancelled": msg("avbrutt"),
    "changed": msg("endret"),
    "deleted": msg("slettet"),
    "ended": msg("avsluttet"),
    "erased": msg("slettet"),
    "exported": msg("hentet ut"),
    "failed": msg("mislykket"),
    "granted": msg("gitt"),
    "kept": msg("beholdt"),
    "made": msg("laget"),
    "opened": msg("åpnet"),
    "renewed": msg("fornyet"),
    "second_factors_dropped": msg("innlogging i to trinn fjernet"),
    "signed_in": msg("logget inn"),
    "signed_out": msg("logget ut"),
    "taken_back": msg("trukket tilbake"),
    "transferred": msg("overført til arkivet"),
    "viewed": msg("sett"),
}

POSTS: Mapping[str, Message] = {
    Post.INCOMING: msg("Inngående dokument"),
    Post.OUTGOING: msg("Utgående dokument"),
    Post.INTERNAL_FOLLOWED: msg("Internt dokument for oppfølging"),
    Post.INTERNAL: msg("Internt dokument uten oppfølging"),
    Post.CASE_PAPER: msg("Saksframlegg"),
}

STATUSES: Mapping[str, Message] = {
    Status.FINISHED: msg("Ferdig fra saksbehandler"),
    Status.APPROVED: msg("Godkjent av leder"),
    Status.DISPATCHED: msg("Ekspedert"),
    Status.JOURNALLED: msg("Journalført"),
    Status.ARCHIVED: msg("Arkivert"),
    Status.VOID: msg("Utgår"),
}

COPIES: Mapping[str, Message] = {
    Copy.ARCHIVE: msg("Arkiveksemplar"),
    Copy.WORKING: msg("Arbeidskopi"),
}


def act_in_words(act: str) -> Message | str:
    """Return an act in words, «Runde: sett»; one that has no words is given as it is written."""
    kind, _, verb = act.partition(".")
    if kind in KINDS and verb in VERBS:
        return msg("{kind}: {verb}", kind=KINDS[kind], verb=VERBS[verb])
    return act
