"""What a case officer has chosen for a hearing statement, from a file and to one; for `fotfeste plans statement`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.output import in_lines
from fotfeste.cli.plans_kept import coded
from fotfeste.cli.usage import reader
from fotfeste.messages import msg

if TYPE_CHECKING:
    from fotfeste.plans.codebooks import Codebook
    from fotfeste.plans.coding import CodingLog
    from fotfeste.plans.collection import Collection, Held
    from fotfeste.plans.coverage import Evidence, ReadDocument
    from fotfeste.plans.gaps import Expectations, GapReport
    from fotfeste.reports.plans import Leaning
    from fotfeste.reports.plans.choices import Choices

DRAFT = "draft"
OFFERED = 6
"""Passages of other plans that the file offers under one piece of advice."""


class Others:
    """The plans that may be quoted to show how others have solved it: no drafts, and not the plan that is heard. Read when asked for."""

    def __init__(self, kept: Collection, held: Held, book: Codebook, log: CodingLog) -> None:
        but = held.plan.id if held.plan is not None else None
        self._held = [
            one
            for one in kept.held()
            if one.plan is not None and one.id != held.id and one.role != DRAFT and one.plan.id != but
        ]
        self._book, self._log = book, log

    @cached_property
    def titles(self) -> dict[str, str]:
        """What the documents are called where they are quoted."""
        from fotfeste.regions import load_regions
        from fotfeste.reports.plans.hearing_values import title_of

        regions, words = load_regions(), reader()
        return {one.id: title_of(one.plan, regions, words) for one in self._held if one.plan is not None}

    @cached_property
    def _read(self) -> dict[str, ReadDocument]:
        return {one.id: one for one in coded(self._held, self._book, self._log)}

    def passages(self, keys: Sequence[str]) -> tuple[Evidence, ...]:
        """Return the passages with these keys; those that no longer stand are told of and left out."""
        from fotfeste.reports.plans.choices import passage_in

        found = []
        for key in keys:
            if (one := passage_in(self._read, key)) is not None:
                found.append(one)
            else:
                told = msg(
                    "Avsnittet «{key}» finnes ikke blant planene som er lest inn. Det er ikke med.",
                    key=key[:100],
                )
                click.echo(in_lines(reader().text(told)), err=True)
        return tuple(found)

    def offered(self, found: Sequence[Leaning], expected: Expectations) -> dict[str, Sequence[Evidence]]:
        """Return for each piece of advice passages of other plans to choose from."""
        from fotfeste.plans.gaps import solved
        from fotfeste.reports.plans.chosen import passage_key

        offered: dict[str, Sequence[Evidence]] = {}
        for one in found:
            known = {passage_key(each) for each in one.support}
            some = solved(
                one.remark.expectation, list(self._read.values()), self._book, expected, one.remark.missing
            )
            more = [each for each in some if passage_key(each) not in known]
            offered[one.remark.expectation.id] = more[:OFFERED]
        return offered


def choices_in(path: Path | None) -> Choices:
    """Return what a file of choices says; without a file, that everything is taken with."""
    from fotfeste.plans.register.reading import content_of
    from fotfeste.reports.plans.choices import Choices, read_choices

    return Choices() if path is None else read_choices(content_of(path), str(path))


def tell_unused(choices: Choices, report: GapReport, found: Sequence[Leaning]) -> None:
    """Tell of choices that concern nothing in the statement: most often they are misspelt, or the draft has changed."""
    from fotfeste.reports.plans.chosen import TERM

    known = {one.remark.expectation.id for one in found if one.support}
    known |= {f"{TERM}{one.term.id}" for one in report.terms}
    if unused := sorted(choices.named - known):
        told = msg("Valgene gjelder noe som ikke er med i uttalelsen: {names}.", names=", ".join(unused))
        click.echo(in_lines(reader().text(told)), err=True)


def write_choices(
    path: Path,
    report: GapReport,
    found: Sequence[Leaning],
    others: Others,
    expected: Expectations,
    before: Choices,
) -> None:
    """Write everything that can be chosen, as it is chosen now."""
    from fotfeste.files import write_whole
    from fotfeste.reports.plans.choices import choices_file

    offered = others.offered([one for one in found if one.support], expected)
    content = choices_file(found, report.terms, others.titles, reader(), offered, before)
    write_whole(path, content.encode())
    click.echo(reader().text(msg("Valgene står i {path}", path=str(path.resolve()))), err=True)
