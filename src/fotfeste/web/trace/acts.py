"""Words for what was done, and with what: «Runde: sett»."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg

KINDS: Mapping[str, Message] = {
    "account": msg("Konto"),
    "figures": msg("Nye tall"),
    "identity": msg("Identitet"),
    "input": msg("Svar eller innspill"),
    "installation": msg("Installasjonen"),
    "invitation": msg("Invitasjon"),
    "invitations": msg("Invitasjoner"),
    "job": msg("Arbeid i bakgrunnen"),
    "journal": msg("Saksdokument"),
    "meeting": msg("Møte"),
    "membership": msg("Rolle"),
    "need": msg("Behov"),
    "outcome": msg("Anmodning, vedtak eller bosetting"),
    "people": msg("Personer"),
    "person": msg("Person"),
    "place": msg("Sted"),
    "question": msg("Spørsmål"),
    "rates": msg("Kommunens egne satser"),
    "round": msg("Runde"),
    "session": msg("Økt"),
    "trace": msg("Spor"),
    "weighing": msg("Avveiing"),
}

VERBS: Mapping[str, Message] = {
    "accepted": msg("tatt imot"),
    "added": msg("lagt inn"),
    "alert_dismissed": msg("varsel lagt bort"),
    "address_changed": msg("e-postadressen byttet"),
    "answered": msg("besvart"),
    "approved": msg("godkjent"),
    "asked": msg("spurt om"),
    "attached": msg("vedlegg lagt ved"),
    "calculated": msg("beregnet"),
    "cancelled": msg("avbrutt"),
    "case_changed": msg("opplysninger om saken endret"),
    "changed": msg("endret"),
    "decision_entered": msg("kommunestyrets vedtak ført"),
    "deleted": msg("slettet"),
    "delivered": msg("levert"),
    "discarded": msg("forkastet"),
    "ended": msg("avsluttet"),
    "erased": msg("slettet"),
    "exported": msg("hentet ut"),
    "failed": msg("mislykket"),
    "granted": msg("gitt"),
    "kept": msg("beholdt"),
    "made": msg("laget"),
    "named": msg("gitt navn"),
    "opened": msg("åpnet"),
    "ordered": msg("bestilt"),
    "password_changed": msg("passordet byttet"),
    "password_recovered": msg("nytt passord laget fra lenke"),
    "provider_connected": msg("innloggingstjeneste koblet til"),
    "provider_disconnected": msg("innloggingstjeneste koblet fra"),
    "recommended": msg("gjort til rundens anbefaling"),
    "recovery_codes_renewed": msg("nye gjenopprettingskoder laget"),
    "recovery_link_made": msg("lenke til nytt passord laget"),
    "reminded": msg("påminnet"),
    "renewed": msg("fornyet"),
    "reopened": msg("åpnet igjen"),
    "request_entered": msg("anmodning ført"),
    "requests_imported": msg("anmodninger lest inn"),
    "second_factor_added": msg("innlogging i to trinn lagt til"),
    "second_factor_removed": msg("en måte å logge inn i to trinn på fjernet"),
    "second_factors_dropped": msg("innlogging i to trinn fjernet"),
    "signed_in": msg("logget inn"),
    "signed_out": msg("logget ut"),
    "status_imported": msg("status over bosatte lest inn"),
    "taken_back": msg("trukket tilbake"),
    "thresholds_changed": msg("grenser for varsling endret"),
    "told": msg("skrevet til av fylket"),
    "transferred": msg("overført til arkivet"),
    "viewed": msg("sett"),
    "withdrawn": msg("trukket tilbake"),
    "adopted": msg("anbefalingen vedtatt av fylket"),
    "deadlines_changed": msg("frister endret"),
    "kept_closed": msg("bestemt ikke publisert"),
    "lessons_written": msg("lærdom skrevet"),
    "moved": msg("flyttet til et annet steg"),
    "prepared": msg("klargjort"),
    "published": msg("publisert"),
    "shared": msg("delt med andre"),
    "called_off": msg("avlyst"),
    "handed_over": msg("overlatt til en annen"),
    "held": msg("markert som holdt"),
    "minuted": msg("referat skrevet"),
    "planned": msg("planlagt"),
    "share_ended": msg("ikke lenger delt med andre"),
}


def act_in_words(act: str) -> Message | str:
    """Return an act in words, «Runde: sett»; one that has no words is given as it is written."""
    kind, _, verb = act.partition(".")
    if kind in KINDS and verb in VERBS:
        return msg("{kind}: {verb}", kind=KINDS[kind], verb=VERBS[verb])
    return act
