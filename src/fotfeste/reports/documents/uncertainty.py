"""What is uncertain and what the county does not know, found in the figures of this very recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import indicator_name
from fotfeste.reports.documents.old_figures import old_shown, old_used
from fotfeste.reports.documents.wording import listed, municipalities
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.result import Recommendation
from fotfeste.statistics.figure import Figure, Mark

FEW = 10


def uncertain(basis: Basis, *, shown_too: bool = True) -> list[str]:
    """Return what is uncertain in the figures: hidden, estimated, unfinished, old, small, and ties.

    ``shown_too`` also names old figures that are only shown and do not count.
    """
    found = [
        _hidden(basis),
        _estimated(basis),
        _unfinished(basis),
        *([] if basis.alone else old_used(basis)),
        old_shown(basis) if shown_too else "",
        _small(basis),
        *_ties(basis),
    ]
    return [line for line in found if line]


def unknown(basis: Basis) -> list[str]:
    """Return what the county does not know: answers not given, figures not in the data, years without rows."""
    found = [
        *_unanswered(basis),
        _lacking_indicators(basis),
        "" if basis.alone else _county_only(basis),
        _moves(basis),
        _years_without_rows(basis),
    ]
    return [line for line in found if line]


def notes(basis: Basis, *, own: bool = True) -> list[str]:
    """Return the recommendation's own notes as text; a list of all municipalities is said as such.

    ``own`` also returns what the county itself must do before it decides; that is not for others to read, and does not
    matter where the criteria share nothing out.
    """
    found = basis.recommendation
    own = own and not basis.alone
    return [
        basis.text(of_all(note, found)) for note in (*found.notes, *(found.before_deciding if own else ()))
    ]


def of_all(note: Message, found: Recommendation) -> Message:
    """Return a note in which a list of all the county's municipalities is said as such."""
    everyone = ", ".join(one.name for one in found.municipalities)
    several = len(found.municipalities) > 1
    fields = {
        name: msg("alle kommunene") if several and value == everyone else value
        for name, value in note.fields.items()
    }
    return replace(note, fields=fields)


def _hidden(basis: Basis) -> str:
    hidden = any(
        part.figure is not None and part.figure.mark is Mark.SUPPRESSED
        for one in basis.results
        for part in one.explanation.contributions
    )
    if not hidden:
        return ""
    tried = msg(
        "Der et tall er skjult i kilden, er beregningen prøvd med det minste og det største tallet det kan være."
    )
    changed = [
        f"{one.name} ({one.possible[0]}–{one.possible[1]})"
        for one in basis.results
        if one.possible is not None
    ]
    if not changed:
        return basis.text(msg("{tried} Anbefalingen blir den samme.", tried=tried))
    return basis.text(
        nmsg(
            "{tried} Det kan endre tallet i {count} kommune: {names}.",
            "{tried} Det kan endre tallet i {count} kommuner: {names}.",
            len(changed),
            tried=tried,
            names=listed(changed, basis.words, 10),
        )
    )


def _estimated(basis: Basis) -> str:
    names = [
        one.name
        for one in basis.results
        if any(
            figure.estimated
            for figure in (
                *(part.figure for part in one.explanation.contributions if part.figure is not None),
                *_measures(one.facts.history),
            )
        )
    ]
    if not names:
        return ""
    return basis.text(
        msg(
            "For {names} er noen tall beregnet, fordi kommunegrensene er endret eller kilden har anslått dem. De er merket med «*».",
            names=listed(names, basis.words),
        )
    )


def _measures(history: Iterable[YearFigures]) -> list[Figure]:
    return [figure for year in history for figure in (year.requested, year.decided, year.settled)]


def _unfinished(basis: Basis) -> str:
    if basis.status_date is None:
        return ""
    return basis.text(
        msg(
            "Tallene for {year} er status per {day}. Flere kan bli bosatt før året er over.",
            year=str(basis.last_year),
            day=basis.status_date,
        )
    )


def _small(basis: Basis) -> str:
    few = [one for one in basis.results if 0 < one.recommended <= FEW]
    if not few:
        return ""
    return basis.text(
        nmsg(
            "{count} kommune er anbefalt {few} eller færre. Med så små tall kan én familie bety mye.",
            "{count} kommuner er anbefalt {few} eller færre. Med så små tall kan én familie bety mye.",
            len(few),
            few=FEW,
        )
    )


def _ties(basis: Basis) -> list[str]:
    lines = []
    for tie in basis.recommendation.ties:
        lines.append(
            msg(
                "{names} sto helt likt om siste plass. Den gikk til {given}, etter regelen om at den med størst andel går foran, "
                "deretter den med lavest kommunenummer.",
                names=basis.words.join([basis.names.get(code, code) for code in tie.codes]),
                given=basis.words.join([basis.names.get(code, code) for code in tie.given]),
            )
        )
    return [basis.text(line) for line in lines]


def _unanswered(basis: Basis) -> list[str]:
    replies = basis.recommendation.replies
    if replies is None:
        return (
            []
            if basis.alone
            else [basis.text(msg("Svar fra kommunene om kapasitet og ønsker er ikke med i beregningen."))]
        )
    silent = [one.name for one in basis.results if one.code not in replies.by_code]
    without = [
        one.name
        for one in basis.results
        if (reply := replies.by_code.get(one.code)) is not None and reply.bottleneck is None
    ]
    lines = []
    if silent:
        lines.append(
            nmsg(
                "{count} kommune har ikke svart: {names}.",
                "{count} kommuner har ikke svart: {names}.",
                len(silent),
                names=basis.words.join(silent),
            )
        )
    if without:
        lines.append(
            nmsg(
                "{count} kommune har svart uten å oppgi kapasitet: {names}.",
                "{count} kommuner har svart uten å oppgi kapasitet: {names}.",
                len(without),
                names=basis.words.join(without),
            )
        )
    return [basis.text(line) for line in lines]


def _lacking_indicators(basis: Basis) -> str:
    lacking = []
    for place, found in enumerate(basis.results[0].facts.indicators):
        without = [one.name for one in basis.results if one.facts.indicators[place].own.mark is Mark.MISSING]
        if not without:
            continue
        name = indicator_name(found.indicator, basis.locale).name
        if len(without) == len(basis.results):
            lacking.append(basis.text(msg("«{name}» (alle kommuner)", name=name)))
        else:
            lacking.append(
                basis.text(msg("«{name}» ({names})", name=name, names=listed(without, basis.words, 3)))
            )
    if not lacking:
        return ""
    return basis.text(msg("Disse tallene mangler i dataene: {list}.", list=basis.words.join(lacking)))


def _county_only(basis: Basis) -> str:
    shown = {found.indicator for found in basis.results[0].facts.indicators}
    only = [
        basis.words.quoted(indicator_name(name, basis.locale).name)
        for name, *_ in basis.recommendation.county.indicators
        if name not in shown
    ]
    if not only:
        return ""
    return basis.text(
        msg("{names} finnes her bare for fylket, ikke for hver kommune.", names=basis.words.join(only))
    )


def _moves(basis: Basis) -> str:
    shown = {found.indicator for found in basis.results[0].facts.indicators}
    if not any("moved_in" in name for name in shown) or any("moved_out" in name for name in shown):
        return ""
    return basis.text(
        msg(
            "Dataene viser hvor mange flyktninger som har flyttet inn fra andre kommuner, men ikke hvor mange som har flyttet ut. "
            "Derfor vet vi ikke hvor mange som blir boende."
        )
    )


def _years_without_rows(basis: Basis) -> str:
    """Say for which years settled persons are not known for every municipality."""
    years = []
    for year in basis.recommendation.county.history:
        without = sum(
            own.year == year.year and own.settled.mark is Mark.MISSING
            for one in basis.results
            for own in one.facts.history
        )
        if without and year.year < basis.year:
            years.append(
                basis.text(msg("{year} ({count})", year=str(year.year), count=municipalities(without)))
            )
    if not years:
        return ""
    return basis.text(
        msg("Tall for bosatte mangler i kilden for noen år: {years}.", years=basis.words.join(years))
    )
