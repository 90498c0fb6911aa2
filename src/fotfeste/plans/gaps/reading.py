"""The files of expectations and of words: dated TOML with sources, shipped with Fotfeste or a user's own."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from fotfeste.messages import Translated
from fotfeste.plans.gaps.model import Check, Counts, Expectation, Expectations, Leans, Term, TermKind
from fotfeste.plans.register.process import plan_type
from fotfeste.plans.register.reading import Table, content_of, table_of, unusable
from fotfeste.plans.words import Pattern, PatternError

SCHEMA = 1
EXPECTATIONS, TERMS = "expectations.toml", "terms.toml"
MOST = 1_000


@cache
def shipped_expectations() -> Expectations:
    """Return the expectations that come with Fotfeste."""
    return read_expectations(_shipped(EXPECTATIONS), EXPECTATIONS)


@cache
def shipped_terms() -> tuple[Term, ...]:
    """Return the words that come with Fotfeste."""
    return read_terms(_shipped(TERMS), TERMS)


def expectations_in(path: Path) -> Expectations:
    """Return the expectations in a user's file; raises :class:`InputError`."""
    return read_expectations(content_of(path), str(path))


def terms_in(path: Path) -> tuple[Term, ...]:
    """Return the words in a user's file; raises :class:`InputError`."""
    return read_terms(content_of(path), str(path))


def read_expectations(content: bytes, origin: str) -> Expectations:
    """Return the expectations in a file of the form of ``expectations.toml``; raises :class:`InputError`."""
    table = table_of(content, origin, SCHEMA)
    try:
        table.only("schema", "dated", "immigrants", "groups", "unless", "source", "expectation")
        sources = _sources(table)
        found = tuple(_expectation(one, sources) for one in table.tables("expectation"))
        if not found or len(found) > MOST or len({one.id for one in found}) < len(found):
            raise table.wrong("expectation")
        immigrants = table.texts("immigrants")
        groups = table.texts("groups") or immigrants
        return Expectations(table.day("dated"), immigrants, found, groups, _patterns(table, "unless"))
    except (KeyError, TypeError, ValueError, PatternError) as error:
        raise unusable(origin, str(error)) from error


def read_terms(content: bytes, origin: str) -> tuple[Term, ...]:
    """Return the words in a file of the form of ``terms.toml``; raises :class:`InputError`."""
    table = table_of(content, origin, SCHEMA)
    try:
        table.only("schema", "dated", "source", "term")
        table.day("dated")
        sources = _sources(table)
        found = tuple(_term(one, sources) for one in table.tables("term"))
        if len(found) > MOST or len({one.id for one in found}) < len(found):
            raise table.wrong("term")
        return found
    except (KeyError, TypeError, ValueError, PatternError) as error:
        raise unusable(origin, str(error)) from error


def _shipped(name: str) -> bytes:
    return (resources.files("fotfeste.plans.gaps") / name).read_bytes()


def _sources(table: Table) -> dict[str, str]:
    found = table.inner("source")
    return {name: found.text(name) for name in found.content}


def _expectation(entry: Table, sources: dict[str, str]) -> Expectation:
    entry.only(
        "id", "check", "codes", "together", "by", "coupling", "labels", "theme", "types", "topics", "confirmed", "name", "why",
        "advice", "figures", "ask", "leans", "counts", "names",
    )  # fmt: skip
    found = Expectation(
        entry.text("id"),
        Check(entry.text("check")),
        entry.translated("name"),
        entry.translated("why"),
        entry.translated("advice"),
        entry.texts("codes"),
        entry.texts("together"),
        entry.texts("by"),
        entry.texts("coupling"),
        _patterns(entry, "labels"),
        entry.text("theme", ""),
        tuple(plan_type(one).id for one in entry.texts("types")),
        entry.texts("topics"),
        tuple(sources[one] for one in entry.texts("confirmed")),
        entry.texts("figures"),
        tuple(_question(one) for one in entry.tables("ask")),
        _leans(entry.inner("leans")) if "leans" in entry.content else Leans(),
        _counts(entry.inner("counts")) if "counts" in entry.content else Counts(),
        entry.texts("names"),
    )
    needs_other = found.check in (Check.COUPLED, Check.FOLLOWED, Check.DEFINED, Check.LABOUR)
    if (
        not found.codes
        or (needs_other and not found.by)
        or (found.check is Check.COUPLED) != bool(found.coupling)
    ):
        raise entry.wrong("codes")
    return found


def _leans(entry: Table) -> Leans:
    entry.only("codes", "beside", "words", "unless")
    words, unless = _patterns(entry, "words"), _patterns(entry, "unless")
    return Leans(entry.texts("codes"), entry.texts("beside"), words, unless)


def _counts(entry: Table) -> Counts:
    names = ("within", "outside", "unless", "named")
    entry.only(*names)
    return Counts(*(_patterns(entry, name) for name in names))


def _question(entry: Table) -> Translated:
    entry.only("nb", "nn", "en")
    return entry.translated()


def _patterns(entry: Table, name: str) -> tuple[str, ...]:
    found = entry.texts(name)
    for one in found:
        Pattern.parse(one)
    return found


def _term(entry: Table, sources: dict[str, str]) -> Term:
    entry.only("id", "kind", "patterns", "way", "since", "confirmed", "instead", "why")
    kind, ways = TermKind(entry.text("kind")), tuple(_way(one) for one in entry.tables("way"))
    patterns = (*_patterns(entry, "patterns"), *(pattern for way in ways for pattern in way))
    if not patterns or (kind is TermKind.MIXED) != (len(ways) > 1):
        raise entry.wrong("patterns, way")
    since: date | None = entry.day("since") if "since" in entry.content else None
    return Term(
        entry.text("id"),
        kind,
        patterns,
        entry.translated("instead"),
        entry.translated("why"),
        since,
        tuple(sources[one] for one in entry.texts("confirmed")),
        ways,
    )


def _way(entry: Table) -> tuple[str, ...]:
    entry.only("patterns")
    return _patterns(entry, "patterns")
