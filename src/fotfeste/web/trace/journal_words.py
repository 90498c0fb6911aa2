"""Words for the journal: what kind of document it is, how far it has come, and what its fields are called."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.web.trace.models import Copy, Post, Status

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

FIELDS: Mapping[str, Message] = {
    "about": msg("hva dokumentet gjelder"),
    "access_basis": msg("hjemmel"),
    "access_code": msg("tilgangskode"),
    "case_sequence": msg("saksnummer"),
    "case_year": msg("saksår"),
    "document_date": msg("dokumentdato"),
    "journal_date": msg("journaldato"),
    "post": msg("type"),
    "post_number": msg("dokumentnummer"),
    "public_title": msg("offentlig tittel"),
    "recipient": msg("mottaker"),
    "responsible": msg("saksansvarlig"),
    "sender": msg("avsender"),
    "status": msg("status"),
    "title": msg("tittel"),
    "unit": msg("enhet"),
    "municipality": msg("kommune"),
    "address": msg("adresse"),
    "case_number": msg("saksnummer"),
    "comments_by": msg("frist for merknader"),
    "comments_to": msg("hvor merknader sendes"),
    "council_by": msg("frist for vedtak i kommunestyret"),
    "decided_by": msg("hvem som vedtar"),
    "decided_on": msg("vedtaksdato"),
    "deciding_body": msg("organ som vedtar"),
    "handler": msg("saksbehandlers rolle"),
    "office": msg("avdeling"),
    "request_on": msg("når IMDi ber kommunene"),
    "sent_on": msg("dato for oversendelse"),
}
