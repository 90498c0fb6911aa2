"""What the register's own words are called to people, in one place for commands, pages and documents."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.plans.register.calendar import Entry, Rests, State, What
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.process import Step, plan_type
from fotfeste.plans.register.values import OwnerKind, Standing, Status

PLANNING_ACT = "plan- og bygningsloven "
STATUS: Mapping[Status, Message] = {
    Status.PLANNED: msg("planlagt"),
    Status.DRAFT: msg("under arbeid"),
    Status.HEARING: msg("på høring"),
    Status.ADOPTED: msg("vedtatt plan"),
    Status.EXPIRED: msg("gjelder ikke lenger"),
    Status.REPEALED: msg("opphevet"),
    Status.UNKNOWN: msg("ikke kjent"),
}
STANDING: Mapping[Standing, Message] = {
    Standing.PLANNED: msg("planlagt"),
    Standing.DRAFT: msg("under arbeid"),
    Standing.HEARING: msg("på høring"),
    Standing.IN_FORCE: msg("gjelder"),
    Standing.RUN_OUT: msg("perioden er ute"),
    Standing.ENDED: msg("gjelder ikke lenger"),
    Standing.UNKNOWN: msg("ikke kjent"),
}
TOPIC: Mapping[str, Message] = {
    "integration": msg("integrering og mangfold"),
    "business": msg("næring"),
    "competence": msg("kompetanse"),
}
RESTS: Mapping[Rests, Message] = {
    Rests.LAW: msg("loven"),
    Rests.STATED: msg("oppgitt"),
    Rests.ASSUMED: msg("antatt"),
}
STATE: Mapping[State, Message] = {
    State.LATER: msg("senere"),
    State.ALERT: msg("ta kontakt nå"),
    State.NOW: msg("skjer nå"),
    State.PASSED: msg("passert"),
}
OWNER: Mapping[OwnerKind, Message] = {
    OwnerKind.COUNTY: msg("fylke"),
    OwnerKind.MUNICIPALITY: msg("kommune"),
}
DECIDES: Mapping[str, Message] = {
    "county_council": msg("fylkestinget"),
    "municipal_council": msg("kommunestyret"),
    "council": msg("kommunestyret eller fylkestinget"),
    "state": msg("staten"),
}


def topic_name(topic: str) -> Message | str:
    """Return the name of a field; one that a user has made up is returned as it is written."""
    return TOPIC.get(topic, topic)


def decided_by(who: str) -> Message | str:
    """Return who decided; a body that a user has written is returned as it is."""
    return DECIDES.get(who, who)


def basis_told(basis: str) -> Message | str:
    """Return a legal basis with the act as each language calls it; one of another act, or of a user's own, as it is written."""
    section = basis.removeprefix(PLANNING_ACT)
    return basis if section == basis else msg("plan- og bygningsloven {section}", section=section)


def step_rests_on(step: Step) -> Message | str:
    """Return the legal basis of a step, or that it is a default to be confirmed."""
    if step.confirmed:
        return basis_told(step.basis) if step.basis else msg("ingen regel i loven")
    if step.basis:
        return msg("{basis} (må bekreftes)", basis=basis_told(step.basis))
    return msg("antatt, må bekreftes")


def entry_text(entry: Entry) -> Message:
    """Return what an entry of the calendar says happens."""
    name: Translated | str = entry.title or plan_type(entry.type).name
    if entry.what is What.BEGINS:
        return msg("Arbeidet begynner: {plan}", plan=name)
    if entry.what is What.PUBLIC_BY:
        return msg("Forslaget må være offentlig: {plan}", plan=name)
    if entry.what is What.DUE:
        return msg("Siste frist for vedtak: {plan}", plan=name)
    return msg("Høringen slutter: {plan}", plan=name)


def moment_text(moment: Moment, words: Language) -> str:
    """Return a point in time as it is written to people: ``desember 2027``, ``2. kvartal 2027``, a date, or a year."""
    _, _, part = moment.text.partition("-")
    year = str(moment.first.year)
    if moment.exact:
        return words.date(moment.first)
    if part.startswith("Q"):
        return words.text(msg("{number}. kvartal {year}", number=part[1:], year=year))
    if part.startswith("H"):
        return words.text(msg("{number}. halvår {year}", number=part[1:], year=year))
    if part:
        from babel.dates import format_date

        return format_date(moment.first, "MMMM y", locale="en_GB" if words.locale == "en" else words.locale)
    return year
