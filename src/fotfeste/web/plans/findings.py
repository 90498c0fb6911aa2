"""What is found in each document, kept on disk by what it rests on: the text, the rules, and what a county has coded.

The pages that go through all documents (the matrix, how others have solved it) read only this. It lies beside the
suggestions, goes with them, and is made anew when a county has coded on: then for that document and that county alone.
Coders are not named in it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fotfeste.files import write_whole
from fotfeste.plans.coding import Strength
from fotfeste.plans.coverage import Coded, Evidence, ReadDocument, Said, read_document, shipped_settings
from fotfeste.plans.coverage.held import HeldDocument, Summary
from fotfeste.plans.coverage.rows import passages_of
from fotfeste.plans.coverage.settings import Column
from fotfeste.plans.documents import Span
from fotfeste.plans.gaps import Expectation, shipped_expectations
from fotfeste.plans.gaps.support import Ranked, said_well_in, solved_in
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.models import CodingEvent, PlanFile
from fotfeste.web.plans.standing import while_it_stands

SCHEMA = 1
SUMMARY = "summary"


@lru_cache(maxsize=1)
def _edition() -> str:
    """Return a mark of all that findings rest on besides the text and the codings."""
    whole = f"{SCHEMA}\n{stored.edition()}\n{shipped_settings()!r}\n{shipped_expectations()!r}"
    return sha256(whole.encode()).hexdigest()[:16]


def coded_by(county: str, files: Iterable[PlanFile]) -> dict[str, int]:
    """Return for the documents that a county has coded how many acts there are; the others are as nobody has judged them."""
    from django.db.models import Max

    if not county:
        return {}
    rows = CodingEvent.objects.filter(log__county=county, log__file__in=list(files))
    counted = rows.values_list("log__file").annotate(last=Max("number"))
    return {pk.hex: last for pk, last in counted}


@dataclass(frozen=True)
class Findings:
    """What is found in one document as a county sees it, ``acts`` after its coders began; no county for what nobody has judged."""

    file: PlanFile
    county: str = ""
    acts: int = 0

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return stored.suggested_for(self.file).folder / f"found-{self._whose}-{self.acts}-{_edition()}"

    @property
    def _whose(self) -> str:
        return self.county or "none"

    @cached_property
    def read(self) -> ReadDocument:
        """The document with its suggestions and codings: read only when something is not known yet."""
        some = [each for here in stored.suggestions_of(self.file).values() for each in here]
        log = services.log_of(self.file, self.county) if self.acts else None
        return read_document(self.file.pk.hex, stored.document_of(self.file), some, log)

    def summary(self) -> Summary:
        """Return what the document says in numbers."""
        return _summary_in(self._known(SUMMARY, lambda: _plain_summary(self.read)))

    def passages(self, column: Column) -> tuple[Evidence, ...]:
        """Return the passages of a column of the matrix."""
        plain = self._known(
            f"column-{column.id}",
            lambda: [_plain(one) for one in passages_of(self.read, column, stored.book())],
        )
        return tuple(_evidence(one, self.file) for one in plain)

    def solved(self, expectation: Expectation, missing: Iterable[str] = ()) -> tuple[Ranked, ...]:
        """Return the passages that say what is expected, ranked; ``missing`` are the codes that are asked for one by one."""
        codes, known = sorted(set(missing)), shipped_expectations()
        name = f"solved-{expectation.id}"
        if codes:
            name = f"{name}-{sha256(' '.join(codes).encode()).hexdigest()[:12]}"
        return self._ranked(name, lambda: solved_in(self.read, expectation, stored.book(), known, codes))

    def said_well(self, column: Column) -> tuple[Ranked, ...]:
        """Return the passages that say something of a column well, ranked."""
        book = stored.book()
        return self._ranked(
            f"said-{column.id}",
            lambda: said_well_in(self.read, book, column.asked(book), column.beside(book)),
        )

    def _ranked(self, name: str, make: Callable[[], tuple[Ranked, ...]]) -> tuple[Ranked, ...]:
        plain = self._known(name, lambda: [[list(one.rank), _plain(one.evidence)] for one in make()])
        return tuple(Ranked(tuple(rank), _evidence(one, self.file)) for rank, one in plain)

    def _known(self, name: str, make: Callable[[], Any]) -> Any:
        path = self.folder / f"{name}.json"
        try:
            return _loaded(str(path))
        except (OSError, ValueError):
            made = make()
        with while_it_stands(self.file.pk) as stands:
            if stands:
                self._drop_older()
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_whole(path, json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())
        return made

    def _drop_older(self) -> None:
        for one in self.folder.parent.glob(f"found-{self._whose}-*"):
            if one != self.folder:
                shutil.rmtree(one, ignore_errors=True)

    def make_all(self) -> None:
        """Find all that the pages ask for, if that is not done."""
        self.summary()
        for column in shipped_settings().columns:
            self.passages(column)
            self.said_well(column)
        for expectation in shipped_expectations().all:
            self.solved(expectation)


def findings_of(files: Iterable[PlanFile], county_of: Callable[[PlanFile], str]) -> list[Findings]:
    """Return the findings of documents, for each as the county that ``county_of`` says has coded it."""
    whole = list(files)
    counties = {one.pk: county_of(one) for one in whole}
    acts = {county: coded_by(county, whole) for county in set(counties.values()) if county}
    found = []
    for one in whole:
        county = counties[one.pk]
        number = acts.get(county, {}).get(one.pk.hex, 0)
        found.append(Findings(one, county if number else "", number))
    return found


def held(one: Findings, *, opened: bool) -> HeldDocument:
    """Return a document as the matrix needs it: with the words of its passages only where they are to be shown."""
    return HeldDocument(one.file.pk.hex, one.summary(), one.passages if opened else None)


@lru_cache(maxsize=4096)
def _loaded(path: str) -> Any:
    """Return what a file holds, which never changes: what it rests on is in its name."""
    return json.loads(Path(path).read_bytes())


def forget() -> None:
    """Let go of what is held in memory."""
    _loaded.cache_clear()


def _plain_summary(read: ReadDocument) -> dict[str, Any]:
    columns = {
        column.id: [[one.said.value, one.close] for one in passages_of(read, column, stored.book())]
        for column in shipped_settings().columns
    }
    whole = bool(read.readable) and set(read.readable) <= read.read_through
    return {"columns": columns, "whole": whole, "unseen": list(read.unseen_pages)}


def _summary_in(plain: dict[str, Any]) -> Summary:
    columns = {
        name: tuple((Said(said), bool(close)) for said, close in some)
        for name, some in plain["columns"].items()
    }
    return Summary(columns, bool(plain["whole"]), tuple(plain["unseen"]))


def _plain(one: Evidence) -> list[Any]:
    coded = [
        [
            each.code, each.said, each.rule, each.words, each.strength,
            [[place.start, place.end] for place in each.places],
        ]
        for each in one.coded
    ]  # fmt: skip
    return [
        one.passage,
        one.span.start,
        one.span.end,
        one.pages,
        one.headings,
        one.quote,
        coded,
        one.close,
        one.core,
    ]


def _evidence(plain: list[Any], file: PlanFile) -> Evidence:
    passage, start, end, pages, headings, quote, coded, close, core = plain
    found = Evidence(
        file.pk.hex, file.text_sha256, passage, Span(start, end), tuple(pages) if pages else None, tuple(headings), quote,
    )  # fmt: skip
    return replace(found, coded=tuple(map(_coded, coded)), close=close, core=core)


def _coded(plain: list[Any]) -> Coded:
    code, said, rule, words, strength, places = plain
    return Coded(
        code, Said(said), rule, tuple(words), (), Strength(strength) if strength else None,
        tuple(Span(start, end) for start, end in places),
    )  # fmt: skip
