"""Findings in the document: those chosen by the rule, and the one that a person puts in, with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.reports.knowledge_base.conftest import TODAY, Place, section, words_of

from fotfeste.reports.blocks import Document, Heading
from fotfeste.reports.knowledge_base import gather, knowledge_base
from fotfeste.reports.profiles import Knowledge
from fotfeste.statistics.findings.rule import Follow, finding_rule
from fotfeste.statistics.findings.values import Replacement


def headings(document: Document) -> list[Heading]:
    return [one for one in section(document, "funn") if isinstance(one, Heading) and one.level == 2]


def test_five_findings_open_the_document_with_the_rule_that_chose_them(
    telemark: Document, place: Place
) -> None:
    numbered = [one for one in headings(telemark) if one.anchor.startswith("funn-") and one.text[0].isdigit()]
    assert [one.anchor for one in numbered] == [f"funn-{one.indicator.id}" for one in place("40").findings]
    assert len(numbered) == 5
    assert any(one.anchor == "funn-regel" for one in headings(telemark))
    assert "21. november 2026" in words_of(section(telemark, "funn"))


def test_a_place_where_nothing_lies_apart_says_so_and_gives_plans_no_finding(
    kviteseid: Document, place: Place
) -> None:
    assert place("4028").findings == ()
    told = words_of(section(kviteseid, "funn"))
    assert told.startswith("Ingen klare funn\nIngen av de ")
    assert "Det betyr ikke at Kviteseid er lik de andre" in told
    assert "Slik er funnene valgt" in told
    assert "Funnene og planene" not in words_of(section(kviteseid, "planer"))


def test_where_a_rule_lets_them_follow_those_not_clearly_apart_are_told_as_such(knowledge: Knowledge) -> None:
    rule = replace(finding_rule(), follow=Follow.ALL)
    gathered = gather(None, "4028", TODAY, knowledge=knowledge, rule=rule)
    told = words_of(section(knowledge_base(gathered, "nb"), "funn"))
    assert len(gathered.findings) == 5
    assert told.startswith("Tallene som ligger lengst fra lignende kommuner\nIngen tall skiller seg")
    assert "følger de av de andre som ligger lengst unna" in told


def test_a_person_replaces_a_finding_and_the_reason_stands_there(knowledge: Knowledge, place: Place) -> None:
    first = place("40").findings[0].indicator.id
    swap = Replacement(first, "refugee_share", "Fylkestinget har bedt om dette tallet.", date(2026, 11, 20))
    unused = Replacement("median_age", "refugee_share", "Ingen bruker denne.", date(2026, 11, 20))
    gathered = gather(None, "40", TODAY, knowledge=knowledge, replacements=(swap, unused))
    document = knowledge_base(gathered, "nb")
    told = words_of(section(document, "funn"))
    assert gathered.findings[0].indicator.id == "refugee_share"
    assert "Fylkestinget har bedt om dette tallet." in told
    assert "20. november 2026" in told
    assert "Et bytte er ikke brukt" in told
    assert "Ingen bruker denne." in told
    assert "Funnene og planene" in words_of(section(document, "planer"))
