"""Hold a document against what is expected of its type: one remark for each expectation, met or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fotfeste.messages import Message, Translated, msg, nmsg, one_after_another
from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coverage.coded import ReadDocument, Said
from fotfeste.plans.coverage.quoting import Evidence, evidence_of
from fotfeste.plans.gaps.counted import counted, named
from fotfeste.plans.gaps.model import (
    Check,
    Expectation,
    Expectations,
    GapReport,
    Outcome,
    Remark,
    Term,
)
from fotfeste.plans.gaps.near import HEADINGS, Near
from fotfeste.plans.gaps.reading import shipped_expectations, shipped_terms
from fotfeste.plans.gaps.terms import terms_found
from fotfeste.plans.words import Pattern


def gaps(
    read: ReadDocument,
    plan_type: str,
    topics: tuple[str, ...],
    book: Codebook,
    *,
    expectations: Expectations | None = None,
    terms: Sequence[Term] | None = None,
    written: date | None = None,
) -> GapReport:
    """Return what a plan or draft of a type says and forgets, by the codes that people and rules have given it.

    ``written`` is when the plan was made: words that were right by then are not remarked on. Nothing means now. Raises :class:`InputError` when an expectation asks for a code that the codebook does not have.
    """
    chosen = expectations or shipped_expectations()
    empty = tuple(Pattern.parse(one) for one in chosen.unless)
    at = _Looking(read, book, frozenset(_under(book, chosen.immigrants)), empty)
    remarks = tuple(
        _left_by_people(at, _CHECKS[one.check](at, one)) for one in chosen.all if one.of(plan_type, topics)
    )
    asked = shipped_terms() if terms is None else terms
    found = terms_found(
        read, [one for one in asked if not written or one.since is None or one.since <= written]
    )
    return GapReport(read, plan_type, topics, chosen.dated, remarks, found)


@dataclass(frozen=True)
class _Looking:
    read: ReadDocument
    book: Codebook
    immigrants: frozenset[str]
    empty: tuple[Pattern, ...] = ()

    def says(self, sentence: str) -> bool:
        """Whether a sentence that names somebody says something about them, and not only why they are not named."""
        return not any(one.counts(sentence) for one in self.empty)

    def codes(self, some: Iterable[str]) -> frozenset[str]:
        return frozenset(_under(self.book, some))

    def in_text(self, places: Iterable[int]) -> list[int]:
        """The passages without headings; the headings where there is nothing else."""
        some = list(places)
        return [one for one in some if not _is_heading(self.read, one)] or some

    def given(self, codes: frozenset[str]) -> list[int]:
        """The passages with one of the codes, headings left out where there is text."""
        return self.in_text(self.read.with_code(codes))

    def with_both(self, first: frozenset[str], second: frozenset[str]) -> list[int]:
        """The passages with one of the first and, where there are any, one of the second."""
        others = set(self.read.with_code(second)) if second else None
        return self.in_text(
            place for place in self.read.with_code(first) if others is None or place in others
        )

    def quoted(
        self,
        places: Iterable[int],
        *codes: frozenset[str],
        fits: Callable[[str], bool] | None = None,
    ) -> tuple[Evidence, ...]:
        """The passages as evidence, those about immigrants first, each text once; ``fits`` as :func:`evidence_of` has it."""
        about = set(self.read.with_code(self.immigrants))
        ordered = sorted(self.in_text(places), key=lambda one: (one not in about, one))
        first, second = (*codes, frozenset[str](), frozenset[str]())[:2]
        found: dict[str, Evidence] = {}
        for place in ordered:
            one = evidence_of(self.read, place, first, second, self.book, fits)
            found.setdefault(one.quote.casefold(), one)
        return tuple(found.values())

    def searched(self, *some: Iterable[str]) -> tuple[str, ...]:
        """The patterns of the codes' rules: what was looked for."""
        codes = [code for each in some for code in _under(self.book, each)]
        return tuple(
            dict.fromkeys(
                pattern for code in codes for rule in self.book.code(code).rules for pattern in rule.patterns
            )
        )


def _left_by_people(at: _Looking, remark: Remark) -> Remark:
    """Return a remark on silence with what people have looked at and left, which is not the same as nothing found."""
    if remark.outcome is not Outcome.MISSING or remark.passages:
        return remark
    one = remark.expectation
    codes = at.codes((*one.codes, *one.by) if one.check is Check.LABOUR else one.codes)
    left = at.in_text(at.read.with_code(codes, (Said.REJECTED,)))
    if not left:
        return remark
    told = nmsg(
        "Ett avsnitt er vurdert og valgt bort av folk.",
        "{count} avsnitt er vurdert og valgt bort av folk.",
        len(left),
    )
    return replace(remark, said=Message("{before} {after}", {"before": remark.said, "after": told}))


def _under(book: Codebook, codes: Iterable[str]) -> list[str]:
    return [below for code in codes for below in book.under(code)]


def _said(at: _Looking, one: Expectation) -> Remark:
    asked, beside = at.codes(one.codes), at.codes(one.together)
    searched = at.searched(one.codes, one.together)
    if both := at.with_both(asked, beside):
        passages = at.quoted(both, asked, beside, fits=at.says if beside else None)
        close = tuple(each for each in passages if each.close)
        if close:
            said = nmsg("Står i ett avsnitt.", "Står i {count} avsnitt.", len(close))
            missing, told = _named(at, one.names)
            if one.names:
                said = Message("{before} {after}", {"before": said, "after": told})
            return Remark(one, Outcome.MET, said, close, searched=searched, missing=missing)
        together = tuple(each for each in at.quoted(both, asked, beside) if each.close)
        if together:
            said = nmsg(
                "Temaet og innvandrere står i samme setning i ett avsnitt, men setningen sier ikke noe om dem.",
                "Temaet og innvandrere står i samme setning i {count} avsnitt, men setningene sier ikke noe om dem.",
                len(together),
            )
            return Remark(one, Outcome.PARTLY, said, together, searched=searched)
        said = nmsg(
            "Temaet og innvandrere er nevnt i ett og samme avsnitt, men ikke i samme setning.",
            "Temaet og innvandrere er nevnt i de samme {count} avsnittene, men ikke i samme setning.",
            len(passages),
        )
        return Remark(one, Outcome.PARTLY, said, passages, searched=searched)
    if alone := at.given(asked):
        said = nmsg(
            "Temaet står i ett avsnitt, men innvandrere er ikke nevnt der.",
            "Temaet står i {count} avsnitt, men innvandrere er ikke nevnt i noen av dem.",
            len(alone),
        )
        return Remark(one, Outcome.APART, said, at.quoted(alone, asked), searched=searched)
    return Remark(one, Outcome.MISSING, msg("Vi finner ikke noe om dette."), searched=searched)


def _each(at: _Looking, one: Expectation) -> Remark:
    missing, said = _named(at, one.codes)
    there = [code for code in one.codes if code not in missing]
    places = at.read.with_code(at.codes(there))
    passages = at.quoted(places, at.codes(there)) if places else ()
    searched = at.searched(missing or one.codes)
    if not missing:
        return Remark(one, Outcome.MET, said, passages, searched=searched)
    outcome = Outcome.PARTLY if there else Outcome.MISSING
    return Remark(one, outcome, said, passages, searched=searched, missing=missing)


def _named(at: _Looking, codes: Sequence[str]) -> tuple[tuple[str, ...], Message]:
    """Return which of the codes no passage has, and that in words."""
    there = [code for code in codes if at.read.with_code(at.codes([code]))]
    missing = tuple(code for code in codes if code not in there)
    names = [_titles(at.book, some) for some in (missing, there)]
    if not missing:
        return missing, msg("Alle gruppene er nevnt.")
    if not there:
        return missing, msg("Ingen av gruppene er nevnt: {missing}.", missing=names[0])
    return missing, msg("Ikke nevnt: {missing}. Nevnt: {there}.", missing=names[0], there=names[1])


def _titles(book: Codebook, codes: Sequence[str]) -> Message | Translated | str:
    return one_after_another(_lower(book.code(code).title) for code in codes)


def _lower(title: Translated) -> Translated:
    return Translated({locale: text[:1].lower() + text[1:] for locale, text in title.texts.items()})


def _coupled(at: _Looking, one: Expectation) -> Remark:
    first, second, both = at.codes(one.codes), at.codes(one.by), at.codes(one.coupling)
    searched = at.searched(one.codes, one.by)
    if coupled := at.given(both):
        said = nmsg("Knyttet sammen i ett avsnitt.", "Knyttet sammen i {count} avsnitt.", len(coupled))
        return Remark(one, Outcome.MET, said, at.quoted(coupled, both), searched=searched)
    some, other = at.given(first), at.given(second)
    if some and other:
        said = msg(
            "Innvandrere er nevnt i {some} avsnitt og distrikt i {other}, men ikke i samme tanke.",
            some=len(some),
            other=len(other),
        )
        passages = (*at.quoted(some, first)[:3], *at.quoted(other, second)[:3])
        return Remark(one, Outcome.APART, said, passages, searched=searched)
    if some:
        said = msg("Innvandrere er nevnt, men verken distrikt, bygd eller små steder.")
        return Remark(one, Outcome.APART, said, at.quoted(some, first), searched=searched)
    if other:
        said = msg("Distriktene er nevnt, men ikke innvandrere.")
        return Remark(one, Outcome.APART, said, at.quoted(other, second), searched=searched)
    return Remark(one, Outcome.MISSING, msg("Verken innvandrere eller distrikt er nevnt."), searched=searched)


def _followed(at: _Looking, one: Expectation) -> Remark:
    asked, by = at.codes(one.codes), at.codes(one.by)
    near = Near(at.read, by, one.labels)
    searched = at.searched(one.by)
    first, second = _titles(at.book, one.codes), _titles(at.book, one.by)
    places = counted(at.read, asked, one.counts)
    if not places:
        said = msg("Vi finner ingen avsnitt med {first} å spørre om.", first=first)
        return Remark(one, Outcome.NOT_ASKED, said, searched=at.searched(one.codes))
    lacking = [place for place in places if not (near.has(place) or named(at.read, place, one.counts))]
    elsewhere = at.quoted(near.places, by)
    if not lacking:
        said = nmsg(
            "Det ene avsnittet med {first} har {second} ved siden av seg.",
            "Alle {count} avsnitt med {first} har {second} ved siden av seg.",
            len(places),
            first=first,
            second=second,
        )
        return Remark(one, Outcome.MET, said, at.quoted(places, asked), searched=searched)
    if len(lacking) == len(places):
        said = nmsg(
            "Det ene avsnittet med {first} har ikke {second} ved siden av seg.",
            "Ingen av de {count} avsnittene med {first} har {second} ved siden av seg.",
            len(places),
            first=first,
            second=second,
        )
    else:
        said = msg(
            "{lacking} av {all} avsnitt med {first} har ikke {second} ved siden av seg.",
            lacking=len(lacking),
            all=len(places),
            first=first,
            second=second,
        )
    outcome = Outcome.MISSING if len(lacking) == len(places) and not elsewhere else Outcome.PARTLY
    return Remark(one, outcome, said, at.quoted(lacking, asked), elsewhere, searched)


def _is_heading(read: ReadDocument, place: int) -> bool:
    return read.document.passages[place].kind in HEADINGS


def _defined(at: _Looking, one: Expectation) -> Remark:
    asked, by = at.codes(one.codes), at.codes(one.by)
    used = at.given(asked)
    searched = at.searched(one.by)
    if not used:
        return Remark(one, Outcome.NOT_ASKED, msg("Ordene er ikke brukt."), searched=searched)
    if both := at.with_both(asked, by):
        said = nmsg("Forklart i ett avsnitt.", "Forklart i {count} avsnitt.", len(both))
        return Remark(one, Outcome.MET, said, at.quoted(both, by, asked), searched=searched)
    said = nmsg(
        "Ordene er brukt i ett avsnitt, men vi finner ingen forklaring på hva planen mener med dem.",
        "Ordene er brukt i {count} avsnitt, men vi finner ingen forklaring på hva planen mener med dem.",
        len(used),
    )
    return Remark(one, Outcome.MISSING, said, at.quoted(used, asked), searched=searched)


def _labour(at: _Looking, one: Expectation) -> Remark:
    asked, by = at.codes(one.codes), at.codes(one.by)
    known, used = at.given(asked), at.read.with_code(by)
    searched = at.searched(one.codes, one.by)
    if known and used:
        said = msg("Behovet er undersøkt, og svaret er brukt.")
        return Remark(one, Outcome.MET, said, at.quoted((*known, *used), asked, by), searched=searched)
    if known:
        said = msg(
            "Behovet er undersøkt, men vi finner ikke at svaret brukes når flyktninger tas imot og kvalifiseres."
        )
        return Remark(one, Outcome.PARTLY, said, at.quoted(known, asked), searched=at.searched(one.by))
    if used:
        said = msg(
            "Behovet er brukt som grunn, men vi finner ikke at kommunen har undersøkt hvilken arbeidskraft den trenger."
        )
        return Remark(one, Outcome.PARTLY, said, at.quoted(used, by), searched=at.searched(one.codes))
    said = msg("Vi finner ikke at kommunen har undersøkt hvilken arbeidskraft den selv trenger.")
    return Remark(one, Outcome.MISSING, said, searched=searched)


_CHECKS: Mapping[Check, Callable[[_Looking, Expectation], Remark]] = {
    Check.SAID: _said,
    Check.EACH: _each,
    Check.COUPLED: _coupled,
    Check.FOLLOWED: _followed,
    Check.DEFINED: _defined,
    Check.LABOUR: _labour,
}
