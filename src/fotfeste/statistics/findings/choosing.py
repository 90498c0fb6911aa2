"""The findings of a knowledge base: those farthest from the places alike among all that lie beyond the noise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.findings.comparing import compared
from fotfeste.statistics.findings.rule import FindingRule, Follow, context_of
from fotfeste.statistics.findings.values import Candidate, Comparison, Finding, Replacement, Verdict

DIGITS = 9
"""Distances are compared to so many decimals, so that the order is the same on every machine."""


def findings(
    candidates: Sequence[Candidate], rule: FindingRule, replacements: Sequence[Replacement] = ()
) -> tuple[Finding, ...]:
    """Return at most ``rule.findings`` findings, the farthest from those alike first; see :func:`findings_among`."""
    return findings_among(compared(candidates, rule), rule, replacements)


def findings_among(
    comparisons: Sequence[Comparison], rule: FindingRule, replacements: Sequence[Replacement] = ()
) -> tuple[Finding, ...]:
    """Return the findings among comparisons that were judged together.

    A comparison qualifies when the figure lies beyond the noise from the median of those alike, at least
    ``rule.least_distance`` away in units of their spread and the noise together, is not left out, and is not open to
    chance. The farthest come first, equal ones by id; at most ``rule.per_theme`` of a theme and one of a family. Where
    fewer than ``rule.findings`` qualify, ``rule.follow`` says which of the others follow, those beyond the noise before those
    that are told as not clearly apart (their ``place_in_order`` is 0). A replacement takes the place of the finding it names, whatever its own
    distance; one that names no chosen finding changes nothing (:func:`unused`). Raises :class:`InputError` for one that
    has no reason or names a figure that is not there.
    """
    by_id = {one.candidate.indicator.id: one for one in comparisons}
    order = _farthest_first(one for one in comparisons if qualifies(one, rule))
    followers = _farthest_first(one for one in comparisons if may_follow(one, rule))
    rest = sorted(followers, key=lambda one: not _apart(one))
    chosen = _chosen(order, rest, rule)
    swaps = _swaps(replacements, by_id)
    taken = {one.candidate.indicator.id for one in chosen}
    found = []
    for one in chosen:
        swap = swaps.get(one.candidate.indicator.id)
        if swap is not None and swap.by not in taken:
            found.append(_finding(by_id[swap.by], 0, len(order), rule, swap))
            taken.add(swap.by)
        else:
            found.append(_finding(one, order.index(one) + 1 if one in order else 0, len(order), rule, None))
    return tuple(found)


def qualifies(one: Comparison, rule: FindingRule) -> bool:
    """Whether a comparison lies so clearly apart from those alike that it may become a finding."""
    return _apart(one) and abs(one.distance) >= rule.least_distance and _usable(one, rule)


def may_follow(one: Comparison, rule: FindingRule) -> bool:
    """Whether a comparison that does not qualify may follow where too few do, as ``rule.follow`` says."""
    if rule.follow is Follow.NONE or qualifies(one, rule) or not _usable(one, rule):
        return False
    return _apart(one) or (rule.follow is Follow.ALL and is_judged(one))


def is_judged(one: Comparison) -> bool:
    """Whether it could be told if the figure lies beyond the noise from those alike."""
    return one.beside_alike is not None and one.beside_alike.verdict is not Verdict.UNTOLD


def _apart(one: Comparison) -> bool:
    """Whether the difference from those alike is beyond the noise."""
    return one.beside_alike is not None and one.beside_alike.verdict in (Verdict.HIGHER, Verdict.LOWER)


def _usable(one: Comparison, rule: FindingRule) -> bool:
    return one.candidate.indicator.id not in rule.left_out and not one.open_to_chance


def _farthest_first(several: Iterable[Comparison]) -> list[Comparison]:
    return sorted(several, key=lambda one: (-round(abs(one.distance), DIGITS), one.candidate.indicator.id))


def _chosen(order: Sequence[Comparison], rest: Sequence[Comparison], rule: FindingRule) -> list[Comparison]:
    found: list[Comparison] = []
    families: set[str] = set()
    themes: dict[str, int] = {}
    for one in (*order, *rest):
        family, theme = rule.family(one.candidate.indicator.id), one.candidate.theme
        if family in families or themes.get(theme, 0) >= rule.per_theme or len(found) >= rule.findings:
            continue
        families.add(family)
        themes[theme] = themes.get(theme, 0) + 1
        found.append(one)
    return found


def _swaps(replacements: Sequence[Replacement], known: Mapping[str, Comparison]) -> dict[str, Replacement]:
    found: dict[str, Replacement] = {}
    for one in replacements:
        if not one.reason.strip():
            raise InputError(
                "findings.reason",
                msg("Byttet av funnet «{indicator}» mangler begrunnelse.", indicator=one.indicator),
                remedy=msg("Skriv hvorfor, så leseren kan se det."),
            )
        if one.by not in known or known[one.by].candidate.own.value is None:
            raise InputError(
                "findings.replacement",
                msg("Funnet «{by}» kan ikke settes inn: stedet har ikke et slikt tall.", by=one.by),
                remedy=msg("Velg en indikator som har et tall for stedet."),
            )
        found[one.indicator] = one
    return found


def _finding(
    one: Comparison, order: int, of: int, rule: FindingRule, replaced: Replacement | None
) -> Finding:
    name = one.candidate.indicator.id
    context = context_of(name)
    return Finding(one, order, of, rule.silence(name), () if context is None else context.all, replaced)


def unused(replacements: Sequence[Replacement], found: Sequence[Finding]) -> tuple[Replacement, ...]:
    """Return the replacements that changed nothing, since what they replace was not chosen (or theirs was already)."""
    used = {one.replaced for one in found}
    return tuple(one for one in replacements if one not in used)
