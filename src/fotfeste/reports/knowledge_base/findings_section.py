"""The findings that a knowledge base opens with, how they were chosen, and what they do not say."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block, Heading, Paragraph, Strong
from fotfeste.reports.knowledge_base.own_text import own_blocks
from fotfeste.reports.knowledge_base.telling import Telling, day_of, headline_of, paragraph
from fotfeste.statistics.findings.choosing import is_judged
from fotfeste.statistics.findings.rule import Follow
from fotfeste.statistics.findings.sentences import about_finding, how_many, not_said, why_chosen
from fotfeste.statistics.findings.values import Finding
from fotfeste.statistics.series.sentences import about_trend, rounded
from fotfeste.statistics.series.trends import Verdict

ID = "funn"
TOLD = (Verdict.ROSE, Verdict.FELL, Verdict.AS_BEFORE)


def findings_section(telling: Telling) -> list[Block]:
    """Return the findings, farthest from those alike first, each with why it was chosen."""
    text, gathered = telling.text, telling.gathered
    clear = [one for one in gathered.findings if one.clear or one.replaced is not None]
    title = nmsg("Ett funn", "{count} funn", len(gathered.findings))
    if not gathered.findings:
        title = msg("Ingen klare funn")
    elif not clear:
        title = msg("Tallene som ligger lengst fra {alike}", alike=telling.alike)
    blocks: list[Block] = [Heading(1, text(title), ID)]
    judged = sum(is_judged(one) for one in gathered.comparisons.values())
    if not judged:
        none = msg("Ingen tall kan vurderes mot {alike}, så det er ingen funn.", alike=telling.alike)
        return [*blocks, paragraph(text(none))]
    if not gathered.findings:
        blocks.append(paragraph(_nothing_apart(telling, judged), lead=True))
    elif told := how_many(gathered.findings, gathered.rule.findings):
        blocks.append(paragraph(text(told), lead=True))
    for number, one in enumerate(gathered.findings, 1):
        blocks += _finding(telling, number, one)
    blocks += [Heading(2, text(msg("Slik er funnene valgt")), "funn-regel"), paragraph(_rule(telling))]
    blocks += [paragraph(_unused(telling, one)) for one in range(len(gathered.unused))]
    return blocks


def finding_id(one: Finding) -> str:
    """Return the id of a finding's place, for texts that belong to it: ``funn.old_age_share``."""
    return f"{ID}.{one.indicator.id}"


def _finding(telling: Telling, number: int, one: Finding) -> list[Block]:
    text, gathered = telling.text, telling.gathered
    headline = headline_of(telling, one.comparison).rstrip(".")
    names = {each.id: each.name for each in gathered.knowledge.indicators}
    blocks: list[Block] = [
        Heading(2, f"{number}. {headline}", f"funn-{one.indicator.id}"),
        paragraph(
            *(text(each) for each in about_finding(one, telling.names)), telling.caution(one.comparison)
        ),
    ]
    trend = gathered.trends.get(one.indicator.id)
    if trend is not None and trend.verdict in TOLD:
        blocks.append(paragraph(text(about_trend(trend))))
    if silent := [text(each) for each in not_said(one, names)[1:]]:
        blocks.append(Paragraph((Strong(text(msg("Forbehold:"))), " ", " ".join(silent))))
    source = text(msg("Kilde: {marks}.", marks=telling.marks([one.indicator.id])))
    blocks.append(paragraph(_why(telling, one), source))
    return [*blocks, *own_blocks(telling.own.of(finding_id(one)), telling.words)]


def _why(telling: Telling, one: Finding) -> str:
    """Return why a figure stands here; for one that only follows, the distance, since the rule tells the rest."""
    if one.place_in_order or one.replaced is not None:
        return telling.text(why_chosen(one))
    fields = {"alike": telling.alike, "distance": rounded(Fraction(abs(one.comparison.distance)), 1)}
    if not one.clear:
        return telling.text(msg("Avstand til {alike}: {distance}.", **fields))
    least = rounded(Fraction(str(telling.gathered.rule.least_distance)), 1)
    return telling.text(
        msg(
            "Avstand til {alike}: {distance}. Forskjellen er større enn tilfeldig variasjon, men ikke så stor som regelen helst vil ha "
            "({least}). Den er med fordi færre enn {findings} er så store.",
            least=least,
            findings=telling.gathered.rule.findings,
            **fields,
        )
    )


def _nothing_apart(telling: Telling, judged: int) -> str:
    """Return that no figure lies clearly apart, which does not say that the place is like the others."""
    return telling.text(
        msg(
            "Ingen av de {judged} tallene som kan vurderes mot {alike}, skiller seg klart ut, så det er ingen funn å løfte fram. Det "
            "betyr ikke at {place} er lik de andre: der det bor få, kan en forskjell være der uten at tallene kan vise den. "
            "Tallene står under temaene.",
            judged=judged,
            alike=telling.alike,
            place=telling.name,
        )
    )


FOLLOWED: Mapping[Follow, Message] = {
    Follow.NONE: msg("Der færre skiller seg klart ut, er det færre funn."),
    Follow.CLEAR: msg(
        "Der det er færre som ligger så langt unna, følger de som ligger nærmere, hvis også den forskjellen er større enn tilfeldig "
        "variasjon. Er det ikke nok av dem heller, er det færre funn."
    ),
    Follow.ALL: msg(
        "Der færre skiller seg klart ut, følger de av de andre som ligger lengst unna, og det står ved dem."
    ),
}


def _rule(telling: Telling) -> str:
    rule = telling.gathered.rule
    return telling.text(
        msg(
            "Funnene er de tallene som ligger lengst fra {alike}, blant dem der forskjellen er større enn tilfeldig variasjon: høyst "
            "{findings} i alt, {per_theme} fra hvert tema og ett av tall som sier nesten det samme. Alle forskjeller i dokumentet er "
            "vurdert samlet, slik at ventet andel falske er høyst {share}. {followed} Avstanden er målt i spredningen blant {alike} "
            "og den tilfeldige variasjonen til sammen. Ingen av tallene sier hvorfor en forskjell er der. Regelen er datert {dated} "
            "og er lik for alle steder.",
            followed=FOLLOWED[rule.follow],
            alike=telling.alike,
            findings=rule.findings,
            per_theme=rule.per_theme,
            share=telling.words.percent(Fraction(str(rule.false_share)), 0),
            dated=day_of(rule.dated),
        )
    )


def _unused(telling: Telling, place: int) -> str:
    gathered = telling.gathered
    one = gathered.unused[place]
    catalogue = gathered.knowledge.catalogue
    return telling.text(
        msg(
            "Et bytte er ikke brukt, fordi «{name}» ikke var blant funnene eller «{by}» alt var det. Begrunnelsen var: {reason}",
            name=catalogue[one.indicator].name,
            by=catalogue[one.by].name,
            reason=one.reason,
        )
    )
