"""What a municipality replied and how its reply was used; its own words stand as they were written."""

from __future__ import annotations

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.own_words import own_words, quotable_role
from fotfeste.reports.documents.sections import paragraph
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.wording import service_name

OWN_WORDS = ("capacity_note", "raise_capacity", "wish_note", "outcomes_note", "other_needs")
"""The fields a municipality answers in its own words, in the order they are quoted."""


def reply_in_short(one: MunicipalityResult, basis: Basis) -> str:
    """Return the reply's numbers in one sentence; nothing when there is no reply."""
    reply = basis.reply(one.code)
    if reply is None:
        return ""
    parts = []
    if reply.bottleneck is not None:
        service, capacity = reply.bottleneck
        parts.append(
            msg(
                "at den laveste kapasiteten er {count} ({service})",
                count=capacity,
                service=service_name(service),
            )
        )
    if len(reply.unlimited) == len(Service):
        parts.append(msg("at ingen av tjenestene setter en grense"))
    elif reply.unlimited:
        names = basis.words.join([basis.text(service_name(one)) for one in reply.unlimited])
        parts.append(msg("at det ikke er noen begrensning i {services}", services=names))
    if reply.own_wish is not None:
        parts.append(msg("at den ønsker å bosette {count}", count=reply.own_wish))
    if reply.minors is not None:
        parts.append(
            nmsg(
                "at den har plass til {count} enslig mindreårig",
                "at den har plass til {count} enslige mindreårige",
                reply.minors,
            )
            if reply.minors
            else msg("at den ikke har plass til enslige mindreårige")
        )
    if reply.extra is not None:
        parts.append(
            msg("at den kan ta imot {count} til hvis behovet øker", count=reply.extra)
            if reply.extra
            else msg("at den ikke kan ta imot flere hvis behovet øker")
        )
    if not parts:
        return basis.text(msg("Kommunen har svart uten å oppgi tall."))
    return basis.text(
        msg("Kommunen svarer {parts}.", parts=basis.words.join([basis.text(part) for part in parts]))
    )


def _extra(reply: Reply, basis: Basis) -> str:
    """Return what the municipality could take beyond its wish, or nothing."""
    if reply.extra is None:
        return ""
    if not reply.extra:
        return basis.text(msg("Kommunen kan ikke ta imot flere hvis behovet øker."))
    return basis.text(msg("Kommunen kan ta imot {count} til hvis behovet øker.", count=reply.extra))


def used_how(one: MunicipalityResult, basis: Basis) -> list[str]:
    """Return how the reply was used, and how the number stands beside wish and capacity."""
    reply = basis.reply(one.code)
    if reply is None:
        return []
    rules = {(rule.kind, rule.origin) for rule in basis.recommendation.criteria.rules}
    lines = []
    if (RuleKind.CAP, "replies") in rules and reply.bottleneck is not None:
        lines.append(_as_cap(one, *reply.bottleneck, basis))
        if one.minors:
            lines.append(_without_minors(one))
    elif reply.bottleneck is not None:
        lines.append(msg("Kapasiteten er vist her, men reglene bruker den ikke som tak."))
    if (RuleKind.CONTINUITY, "replies") in rules and reply.minimum_stock is not None:
        lines.append(
            msg(
                "Minstetallet kommunen oppga ({count}), er brukt i regelen om kontinuitet.",
                count=reply.minimum_stock,
            )
        )
    if reply.own_wish is not None:
        lines.append(_beside_wish(one.recommended - reply.own_wish))
    return [basis.text(line) for line in lines]


def _as_cap(one: MunicipalityResult, service: Service, capacity: int, basis: Basis) -> Message:
    """Return how the lowest capacity was used: it decided, it lies above, or another rule went before it."""
    name = service_name(service)
    floors = [
        rule.persons or 0
        for rule in basis.recommendation.criteria.rules
        if rule.kind is RuleKind.ZERO_OR_FLOOR and one.code in (rule.municipalities or (one.code,))
    ]
    if not one.recommended and 0 < capacity < max(floors, default=0):
        return msg(
            "Den laveste kapasiteten ({service}, {count}) er lavere enn minstetallet på {floor}. Derfor er tallet null.",
            service=name,
            count=capacity,
            floor=max(floors),
        )
    if any(binding.kind is RuleKind.CAP for binding in one.explanation.bindings):
        return msg(
            "Den laveste kapasiteten ({service}, {count}) er brukt som tak, og den avgjør tallet.",
            service=name,
            count=capacity,
        )
    if one.recommended - one.minors <= capacity:
        return msg(
            "Den laveste kapasiteten ({service}, {count}) er brukt som tak. Tallet er ikke over taket.",
            service=name,
            count=capacity,
        )
    return msg(
        "Den laveste kapasiteten ({service}, {count}) er lavere enn tallet, fordi tallet er bestemt av en annen regel.",
        service=name,
        count=capacity,
    )


def _without_minors(one: MunicipalityResult) -> Message:
    return nmsg(
        "Taket gjelder uten den {count} enslige mindreårige.",
        "Taket gjelder uten de {count} enslige mindreårige.",
        one.minors,
    )


def _beside_wish(difference: int) -> Message:
    if not difference:
        return msg("Anbefalingen er lik kommunens eget ønske.")
    if difference > 0:
        return nmsg(
            "Anbefalingen er {count} person over kommunens eget ønske.",
            "Anbefalingen er {count} personer over kommunens eget ønske.",
            difference,
        )
    return nmsg(
        "Anbefalingen er {count} person under kommunens eget ønske.",
        "Anbefalingen er {count} personer under kommunens eget ønske.",
        -difference,
    )


def reply_blocks(one: MunicipalityResult, basis: Basis, *, figures_shown: bool = False) -> list[Block]:
    """Return the reply: numbers, how they were used, and the municipality's own words, untranslated.

    ``figures_shown`` leaves out capacity and wish, where they already stand as key figures.
    """
    reply = basis.reply(one.code)
    if reply is None:
        return []
    told = (
        _extra(reply, basis) if figures_shown else reply_in_short(one, basis),
        *used_how(one, basis),
        outcomes_in_words(reply, basis),
        handling(one, basis),
        _approval(reply, basis),
    )
    blocks: list[Block] = [paragraph(*told)] if any(told) else []
    labels = _labels(basis)
    written = [
        (labels.get(field, field), said)
        for field in OWN_WORDS
        if (said := reply.texts.get(field, "").strip())
    ]
    return [*blocks, *own_words(written, basis.words)]


def outcomes_in_words(reply: Reply, basis: Basis) -> str:
    """Return what became of those settled in recent years, as the municipality counts them in groups."""
    labels = _labels(basis)
    parts = [
        f"{labels[field][:1].lower()}{labels[field][1:]} {basis.words.number(count)}"
        for field, count in reply.outcomes.items()
        if field in labels
    ]
    if not parts:
        return ""
    return basis.text(
        msg(
            "Av dem som er bosatt de siste tre årene, oppgir kommunen: {parts}.",
            parts=basis.words.join(parts),
        )
    )


def handling(one: MunicipalityResult, basis: Basis) -> str:
    """Return when the council is to handle the matter, as the municipality has said, or nothing."""
    reply = basis.reply(one.code)
    if reply is None or reply.council_on is None:
        return ""
    return basis.text(msg("Behandling i kommunestyret: {day}.", day=reply.council_on))


def _approval(reply: Reply, basis: Basis) -> str:
    if not reply.approved_by:
        return ""
    role, day = quotable_role(reply.approved_by), reply.approved_on
    if not role:
        return basis.text(
            msg("Svaret er godkjent {day}.", day=day) if day else msg("Svaret er godkjent i kommunen.")
        )
    if day is None:
        return basis.text(msg("Svaret er godkjent av {role}.", role=role))
    return basis.text(msg("Svaret er godkjent av {role} {day}.", role=role, day=day))


def _labels(basis: Basis) -> dict[str, str]:
    from fotfeste.settlement.reply_form import load_reply_form

    return {field.id: field.label[basis.locale] for field in load_reply_form().fields}
