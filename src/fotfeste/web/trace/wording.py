"""Words for what stands in the trace and in the journal."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.web.jobs.handlers import handler_of
from fotfeste.web.people.models import FROM_PROVIDER
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.trace.models import Copy, Post, Status
from fotfeste.work.tasks import TaskState, task_state_name
from fotfeste.work.requirements import Requirement, Stage, requirement_name
from fotfeste.work.stages import stage_name

KINDS: Mapping[str, Message] = {
    "account": msg("Konto"),
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
    "asked": msg("spurt om"),
    "attached": msg("vedlegg lagt ved"),
    "calculated": msg("beregnet"),
    "cancelled": msg("avbrutt"),
    "changed": msg("endret"),
    "decision_entered": msg("vedtak ført"),
    "deleted": msg("slettet"),
    "delivered": msg("levert"),
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
    "transferred": msg("overført til arkivet"),
    "viewed": msg("sett"),
    "withdrawn": msg("trukket tilbake"),
    "adopted": msg("vedtatt"),
    "deadlines_changed": msg("frister endret"),
    "kept_closed": msg("bestemt ikke publisert"),
    "lessons_written": msg("lærdom skrevet"),
    "moved": msg("flyttet til et annet steg"),
    "published": msg("publisert"),
    "shared": msg("delt"),
    "called_off": msg("avlyst"),
    "handed_over": msg("overlatt til en annen"),
    "held": msg("markert som holdt"),
    "minuted": msg("referat skrevet"),
    "planned": msg("planlagt"),
    "share_ended": msg("ikke lenger delt"),
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
    "change": msg("Endring"),
    "checksum": msg("Sjekksum"),
    "copy": msg("Eksemplar"),
    "count": msg("Antall"),
    "due": msg("Skulle slettes"),
    "fields": msg("Endrede felt"),
    "first": msg("Den første administratoren"),
    "kind": msg("Hva"),
    "language": msg("Språk"),
    "on": msg("Dato"),
    "page": msg("Side"),
    "purpose": msg("Formål"),
    "role": msg("Rolle"),
    "rule": msg("Regel"),
    "sha256": msg("Fingeravtrykk (SHA-256)"),
    "source": msg("Gitt gjennom"),
    "state": msg("Tilstand"),
    "version": msg("Utgave"),
    "deadlines": msg("Frister"),
    "minors": msg("Enslige mindreårige før"),
    "new_minors": msg("Enslige mindreårige etter"),
    "new_total": msg("Måltall etter"),
    "passed": msg("Manglet, men ble begrunnet"),
    "reason": msg("Grunn"),
    "stage": msg("Steg"),
    "total": msg("Måltall før"),
    "with": msg("Deles med"),
}
"""What the parts of an entry's detail are called."""

MACHINES = frozenset({"checksum", "sha256"})
"""The parts that are there to be compared, not read: they stand folded away."""

CHANGES: Mapping[str, Message] = {
    "set-total": msg("totalen"),
    "set-weight": msg("en vekt"),
    "set-key": msg("måten et kriterium regnes på"),
    "set-method": msg("fordelingsmetoden"),
    "set-suppressed-as": msg("hva skjulte tall regnes som"),
    "add-rule": msg("en ny regel"),
    "change-rule": msg("en regel"),
    "remove-rule": msg("en regel tatt bort"),
    "use-criteria": msg("kriteriene"),
    "override": msg("et tall satt"),
    "withdraw-override": msg("et tall trukket tilbake"),
    "restore-version": msg("gått tilbake til en tidligere versjon"),
}
"""What was changed in a weighing; the version holds the change itself."""

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
    "council_blank_rates": msg("filen med tomme satser"),
    "council_paper": msg("saksframlegget for kommunestyret"),
    "council_paper_docx": msg("saksframlegget for kommunestyret som fil"),
    "council_paper_pdf": msg("saksframlegget for kommunestyret som fil"),
    "council_rates": msg("skjemaet for kommunens satser"),
    "council_rates_file": msg("kommunens satser som fil"),
    "follow_up": msg("oppfølgingen"),
    "follow_up_csv": msg("oppfølgingen som fil"),
    "follow_up_decision": msg("skjemaet for et vedtak"),
    "follow_up_everywhere": msg("oppfølgingen av alle runder"),
    "follow_up_limits": msg("grensene for varsling"),
    "follow_up_municipality": msg("oppfølgingen av én kommune"),
    "follow_up_municipality_csv": msg("oppfølgingen av én kommune som fil"),
    "follow_up_municipality_xlsx": msg("oppfølgingen av én kommune som fil"),
    "follow_up_png": msg("oppfølgingen som bilde"),
    "follow_up_put_away": msg("oppfølgingen"),
    "follow_up_request": msg("skjemaet for en anmodning"),
    "follow_up_requests": msg("innlesingen av anmodninger"),
    "follow_up_status": msg("innlesingen av status"),
    "follow_up_svg": msg("oppfølgingen som bilde"),
    "follow_up_xlsx": msg("oppfølgingen som fil"),
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
    "round_documents_file": msg("dokumentene som fil"),
    "round_kart.png": msg("kartet som bilde"),
    "round_kart.svg": msg("kartet som bilde"),
    "round_municipality": msg("anbefalingen til én kommune"),
    "round_tabeller.xlsx": msg("tabellene som regneark"),
    "round_dialogue": msg("kommunenes svar"),
    "dialogue_everywhere": msg("listen over dialoger"),
    "round_replies_sheet": msg("samleskjemaet"),
    "round_reply": msg("svaret fra én kommune"),
    "round_delivery": msg("én levering"),
    "round_delivery_file": msg("én levering som fil"),
    "round_reply_sheet": msg("svarskjemaet som regneark"),
    "round_attachment": msg("ett vedlegg"),
    "all_meetings": msg("møtene med kommunene"),
    "meeting_kits": msg("møtearkene som fil"),
    "meetings_summary": msg("det samlede referatet"),
    "meetings": msg("møtene med én kommune"),
    "meeting_sheet": msg("møtearket for én kommune"),
    "meeting_sheet_file": msg("møtearket for én kommune"),
    "minutes_file": msg("ett referat som fil"),
    "change_meeting": msg("skjemaet for å endre et møte"),
    "write_minutes": msg("skjemaet for et referat"),
    "heard_in_meeting": msg("skjemaet for et behov"),
    "meeting_calendar": msg("møtet som kalenderfil"),
    "order_meeting_kits": msg("møtearkene"),
    "needs": msg("listen over behov"),
    "change_need": msg("skjemaet for å endre et behov"),
    "hand_over_needs": msg("skjemaet for å overlate oppgaver"),
    "partner_inputs": msg("listen over innspill"),
    "partner_input": msg("ett innspill"),
    "change_partner_input": msg("skjemaet for å endre et innspill"),
    "partner_answers": msg("skjemaet for svar i et innspill"),
    "partner_empty_table": msg("den tomme tabellen for et innspill"),
    "partner_file": msg("ett vedlegg til et innspill"),
    "municipal_inputs": msg("innspillene som gjelder én kommune"),
    "meeting": msg("ett møte"),
    "need": msg("ett behov"),
    "round_document": msg("ett av dokumentene"),
    "trace": msg("sporet"),
    "trace_file": msg("sporet som fil"),
    "transfer_document": msg("overføringen til arkivet"),
    "round_weighing": msg("avveiingen"),
    "weighing_alternatives": msg("alternativene i avveiingen"),
    "weighing_criteria": msg("kriteriene som fil"),
    "weighing_ledger": msg("overstyringene som fil"),
    "weighing_municipality": msg("én kommune i avveiingen"),
    "weighing_news": msg("om avveiingen er endret"),
    "weighing_rule": msg("en regel i avveiingen"),
    "weighing_versions": msg("versjonene i avveiingen"),
    "adopted_bundle": msg("det vedtatte som fil"),
    "adopted_file": msg("en vedtatt fil"),
    "adopted_package": msg("pakken til arkivet"),
    "check_adoption": msg("kontrollregningen"),
    "municipal_calendar": msg("fristene som kalenderfil"),
    "round_adoption": msg("et vedtak"),
    "round_adoptions": msg("vedtakene"),
    "round_calendar": msg("fristene som kalenderfil"),
    "round_deadlines": msg("fristene"),
    "round_lessons": msg("hva fylket lærte"),
    "round_request": msg("måltallet"),
    "round_room": msg("arbeidet med runden"),
    "round_sharing": msg("hvem som ser anbefalingen"),
    "choose_publication": msg("publiseringen"),
    "take_step": msg("stegene"),
    "order_adopted_papers": msg("dokumentene"),
    "order_revision": msg("revisjonen"),
    "open_round": msg("skjemaet for en ny runde"),
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
    "change": CHANGES,
    "copy": COPIES,
    "first": {"yes": msg("ja")},
    "kind": FACTORS,
    "language": LANGUAGES,
    "page": PAGES,
    "role": _ROLES,
    "source": SOURCES,
    "stage": {one.value: stage_name(one) for one in Stage},
}


def value_in_words(name: str, value: str) -> tuple[Message | str, ...]:
    """Return the value of one part of a detail in words, one for each of several; what has none as it is written."""
    if name == "fields":
        return tuple(FIELDS.get(one, one) for one in value.split())
    if name == "passed":
        known = {one.value: requirement_name(one) for one in Requirement}
        return tuple(known.get(one, one) for one in value.split())
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
