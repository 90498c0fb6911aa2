"""Words for what stands in the trace and in the journal."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.web.jobs.handlers import handler_of
from fotfeste.web.people.models import FROM_PROVIDER
from fotfeste.web.people.words import ROLE_NAMES
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
    "place": msg("Sted"),
    "round": msg("Runde"),
    "session": msg("Økt"),
    "trace": msg("Spor"),
}

VERBS: Mapping[str, Message] = {
    "accepted": msg("tatt imot"),
    "added": msg("lagt inn"),
    "address_changed": msg("e-postadressen byttet"),
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
    "ordered": msg("bestilt"),
    "password_changed": msg("passordet byttet"),
    "password_recovered": msg("nytt passord laget fra lenke"),
    "provider_connected": msg("innloggingstjeneste koblet til"),
    "provider_disconnected": msg("innloggingstjeneste koblet fra"),
    "recovery_codes_renewed": msg("nye gjenopprettingskoder laget"),
    "recovery_link_made": msg("lenke til nytt passord laget"),
    "renewed": msg("fornyet"),
    "second_factor_added": msg("innlogging i to trinn lagt til"),
    "second_factor_removed": msg("en måte å logge inn i to trinn på fjernet"),
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


DETAILS: Mapping[str, Message] = {
    "case": msg("Sak"),
    "checksum": msg("Sjekksum"),
    "copy": msg("Eksemplar"),
    "due": msg("Skulle slettes"),
    "fields": msg("Endrede felt"),
    "first": msg("Den første administratoren"),
    "kind": msg("Hva"),
    "language": msg("Språk"),
    "on": msg("Dato"),
    "page": msg("Side"),
    "purpose": msg("Formål"),
    "role": msg("Rolle"),
    "sha256": msg("Fingeravtrykk (SHA-256)"),
    "source": msg("Gitt gjennom"),
    "version": msg("Utgave"),
}
"""What the parts of an entry's detail are called."""

MACHINES = frozenset({"checksum", "sha256"})
"""The parts that are there to be compared, not read: they stand folded away."""

FACTORS: Mapping[str, Message] = {
    "recovery_codes": msg("gjenopprettingskoder"),
    "totp": msg("koder fra en app"),
    "webauthn": msg("passnøkkel"),
}

PAGES: Mapping[str, Message] = {
    "document": msg("ett saksdokument"),
    "document_package": msg("pakken til arkivet"),
    "document_pdf": msg("dokumentet som PDF"),
    "change_document": msg("journalopplysningene"),
    "documents": msg("listen over saksdokumenter"),
    "invitations": msg("listen over invitasjoner"),
    "job": msg("ett arbeid i bakgrunnen"),
    "jobs": msg("listen over arbeid i bakgrunnen"),
    "end_membership": msg("spørsmålet om å avslutte en rolle"),
    "drop_second_factors": msg("spørsmålet om å fjerne passnøkler og koder"),
    "recovery_link": msg("lenken til nytt passord"),
    "people": msg("listen over personer"),
    "person": msg("siden om personen"),
    "round": msg("anbefalingen"),
    "round_alternatives": msg("alternativene"),
    "round_bundle": msg("hele anbefalingen som fil"),
    "round_check": msg("kontrollregningen"),
    "order_round_check": msg("kontrollregningen"),
    "round_documents": msg("dokumentene"),
    "order_round_documents": msg("dokumentene"),
    "round_document": msg("ett av dokumentene"),
    "round_documents_file": msg("dokumentene som fil"),
    "round_kart.png": msg("kartet som bilde"),
    "round_kart.svg": msg("kartet som bilde"),
    "round_municipality": msg("anbefalingen til én kommune"),
    "round_tabeller.xlsx": msg("tabellene som regneark"),
    "trace": msg("sporet"),
    "trace_file": msg("sporet som fil"),
    "transfer_document": msg("overføringen til arkivet"),
}
"""What the pages are called that show what is not open to all, by the names of their addresses."""

SOURCES: Mapping[str, Message] = {"invitation": msg("invitasjon")}
LANGUAGES: Mapping[str, Message] = {"nb": msg("bokmål"), "nn": msg("nynorsk"), "en": msg("engelsk")}
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
}
_ROLES: Mapping[str, Message] = {role.value: name for role, name in ROLE_NAMES.items()}
_VALUES: Mapping[str, Mapping[str, Message]] = {
    "copy": COPIES,
    "first": {"yes": msg("ja")},
    "kind": FACTORS,
    "language": LANGUAGES,
    "page": PAGES,
    "role": _ROLES,
    "source": SOURCES,
}


def value_in_words(name: str, value: str) -> tuple[Message | str, ...]:
    """Return the value of one part of a detail in words, one for each of several; what has none as it is written."""
    if name == "fields":
        return tuple(FIELDS.get(one, one) for one in value.split())
    if name == "kind" and value not in FACTORS and (doer := handler_of(value)):
        return (doer.title,)
    if name == "source" and value.startswith(FROM_PROVIDER):
        return (msg("innloggingstjenesten {name}", name=value.removeprefix(FROM_PROVIDER)),)
    return (_VALUES.get(name, {}).get(value, value),)


def act_in_words(act: str) -> Message | str:
    """Return an act in words, «Runde: sett»; one that has no words is given as it is written."""
    kind, _, verb = act.partition(".")
    if kind in KINDS and verb in VERBS:
        return msg("{kind}: {verb}", kind=KINDS[kind], verb=VERBS[verb])
    return act
