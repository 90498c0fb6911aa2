"""The search in 20 000 passages: our index beside SQLite FTS5 and, where it is installed, Tantivy.

Usage: `python benchmarks/plan_search.py [--passages 20000] [--only NAME] [--whole]`. The passages are made up from the words of
`compounds.toml` with endings of bokmål and nynorsk, as common as words of a language are (Zipf). All three get the same
forms and parts of words from us. Our search is whole: the number of passages and the twenty best with their lines. The two
others find candidates by stems, parts and three letters in a row, and that alone is measured, in their favour; with
`--whole` also the time when every candidate is held against the text, as it must be to be right. Which passages are right is
what the patterns themselves find, run over every passage. Both the time on the clock and the time of the processor are told:
on a machine that others use, the latter is what the search needs.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from fotfeste.plans.coding.rule_index import PatternIndex
from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.search import Entry, connect, put, search
from fotfeste.plans.words import Pattern, normal, parts, read_words
from fotfeste.plans.words.leaves import LeafKind
from fotfeste.plans.words.nodes import All, Either, Near, Node, Words
from fotfeste.plans.words.rules import read_rules
from measuring import machine

SEED = 20261122
PASSAGES, ROUNDS, LIMIT, ALONE = 20_000, 7, 100, 200
"""Passages, how often each search is asked, the milliseconds that 95 of 100 searches are to keep within, and the passages in
which what is right is found by each pattern alone too."""
DOCUMENTS = 100
QUERIES = (
    "innv*", "*innv*", "innvandrer", "innvandrarar", "bosetting", "busetjing", "flyktning*", "*planlegging",
    "arbeids*innvandr*", '"lokalt arbeidsmarked"', '"regional plan"', "bosett* NÆR/5 distrikt*", "kommune",
    "kommune og tiltak", "kommune NÆR/10 innvandrer", "innvandrer IKKE kommune", "mangfold", "tolk*",
    "(flyktning eller innvandrer) og (bolig eller arbeid)", "kommun*", "*arbeid*", '"kommune* plan*"',
    "region* NÆR/50 kommun*", "kvalifisering eller sysselsetting eller kompetanse",
)  # fmt: skip
ENDINGS = ("", "", "", "en", "er", "ene", "a", "ar", "ane", "s", "et")
NYNORSK = {
    "innvandrer": "innvandrar",
    "bosetting": "busetjing",
    "skole": "skule",
    "bolig": "bustad",
    "marked": "marknad",
}
EXTRA = (
    "innvendinger",
    "innvilget",
    "innvirkning",
    "innviklet",
    "naturmangfold",
    "tolkning",
    "lokalt",
    "regionalt",
    "regional",
    "lokale",
)
SMALL = (
    "og", "i", "for", "av", "er", "til", "som", "å", "med", "på", "det", "har", "en", "at", "de", "kan", "skal", "et", "om",
    "vil", "fra", "også", "dette", "eller",
)  # fmt: skip


def vocabulary(chance: random.Random) -> list[str]:
    """Return some 60 000 words, the commonest first."""
    stems = [word for group in read_rules("compounds.toml")["words"].values() for word in group.split()]
    chance.shuffle(stems)
    words = dict.fromkeys(SMALL)
    words.update(dict.fromkeys(stem + chance.choice(ENDINGS) for stem in stems for _ in range(4)))
    words.update(dict.fromkeys(EXTRA))
    while len(words) < 60_000:
        first, last = chance.choice(stems), chance.choice(stems)
        if chance.random() < 0.3:
            first, last = NYNORSK.get(first, first), NYNORSK.get(last, last)
        words[first + chance.choice(("s", "", "")) + last + chance.choice(ENDINGS)] = None
    return list(words)


def documents(passages: int) -> list[Document]:
    """Return made-up plans with `passages` passages of 10 to 110 words in all."""
    chance = random.Random(SEED)
    words = vocabulary(chance)
    common = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    made = []
    for number in range(DOCUMENTS):
        texts = [
            " ".join(chance.choices(words, cum_weights=common, k=chance.randint(10, 110)))
            for _ in range(passages // DOCUMENTS)
        ]
        found, at = [], 0
        for text in texts:
            span = Span(at, at + len(text))
            found.append(Passage(span, PassageKind.PARAGRAPH, Language.BOKMAAL, (), (span,)))
            at = span.end + 2
        name = f"plan {number}"
        made.append(
            Document("\n\n".join(texts), Origin(name, "", "text/plain", "made up"), name, tuple(found))
        )
    return made


@dataclass(frozen=True)
class Engine:
    """A way to search: seconds to build, bytes on disk, and the search itself, which returns the passages' numbers.

    ``candidates`` is its first half, where there are two: the numbers, from 1, that the index returns before they are held
    against the text.
    """

    name: str
    seconds: float
    size: int
    find: Callable[[str], set[int]]
    candidates: Callable[[str], set[int]] | None = None


def truth(texts: Sequence[str], queries: Sequence[str]) -> dict[str, set[int]]:
    """Return what the patterns find in every passage, all of them at once as the codebooks are read.

    On the first passages that is held against each pattern run alone.
    """
    index = PatternIndex(queries)
    found: dict[str, set[int]] = {query: set() for query in queries}
    for number, text in enumerate(texts):
        for pattern, hit in index.hits(read_words(text).words):
            if hit.rule is None:
                found[index.written[pattern]].add(number)
    for query in queries:
        alone = Pattern.parse(query)
        for number, text in enumerate(texts[:ALONE]):
            here = any(match.excluded_by is None for match in alone.find(text))
            assert here == (number in found[query]), f"{query} in passage {number}"
    return found


def ours(made: Sequence[Document], folder: Path) -> Engine:
    """Return our index."""
    path = folder / "index.sqlite"
    started = time.process_time()
    connection = connect(path)
    for number, document in enumerate(made):
        put(connection, Entry(f"{number:03}", document, {"year": (2020 + number % 6,)}))
    seconds = time.process_time() - started
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    each = len(made[0].passages)

    def find(query: str) -> set[int]:
        answer = search(connection, query, most=20)
        found = {int(one.document) * each + one.place for one in answer.found}
        return (
            found if answer.passages <= 20 else found | {-number for number in range(1, answer.passages - 19)}
        )

    return Engine("Fotfeste (SQLite, words by number)", seconds, path.stat().st_size, find)


def fts5(texts: Sequence[str], folder: Path) -> Engine:
    """Return SQLite's full-text index: a column of stems, one of parts, and a table of three letters in a row."""
    path = folder / "fts5.sqlite"
    started = time.process_time()
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE forms USING fts5(stems, parts)")
    connection.execute("CREATE VIRTUAL TABLE letters USING fts5(text, tokenize='trigram')")
    for number, text in enumerate(texts, start=1):
        words = read_words(text).words
        row = number, " ".join(map(normal, words)), " ".join(part for word in words for part in parts(word))
        connection.execute("INSERT INTO forms(rowid, stems, parts) VALUES(?, ?, ?)", row)
        connection.execute("INSERT INTO letters(rowid, text) VALUES(?, ?)", (number, text))
    connection.commit()
    seconds = time.process_time() - started

    def candidates(node: Node) -> set[int]:
        if isinstance(node, All):
            return set.intersection(*(candidates(one) for one in node.must))
        if isinstance(node, Either):
            return set.union(*(candidates(one) for one in node.some))
        if isinstance(node, Near):
            return candidates(node.one) & candidates(node.other)
        assert isinstance(node, Words)
        if all(leaf.kind is LeafKind.WHOLE for leaf in node.each):
            query = 'stems : "' + " ".join(leaf.form for leaf in node.each) + '"'
            return {
                row[0] for row in connection.execute("SELECT rowid FROM forms WHERE forms MATCH ?", (query,))
            }
        found = []
        for leaf in node.each:
            if leaf.kind is LeafKind.LETTERS:
                some: set[int] = set()
                for core in leaf.cores:
                    rows = connection.execute(
                        "SELECT rowid FROM letters WHERE letters MATCH ?", (f'"{core}"',)
                    )
                    some |= {row[0] for row in rows}
                found.append(some)
            else:
                rows = connection.execute("SELECT rowid FROM forms WHERE forms MATCH ?", (f'"{leaf.form}"',))
                found.append({row[0] for row in rows})
        return set.intersection(*found)

    return Engine(
        "SQLite FTS5 (stems, parts, trigrams)", seconds, path.stat().st_size, *_checked(texts, candidates)
    )


def tantivy(texts: Sequence[str], folder: Path) -> Engine | None:
    """Return Tantivy's index of stems, parts and words; none where it is not installed."""
    try:
        import tantivy as engine
    except ImportError:
        return None
    place = folder / "tantivy"
    place.mkdir()
    started = time.process_time()
    builder = engine.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    for name in ("stems", "parts", "words"):
        builder.add_text_field(name, tokenizer_name="whitespace")
    schema = builder.build()
    index = engine.Index(schema, path=str(place))
    writer = index.writer(64_000_000, 1)
    for number, text in enumerate(texts, start=1):
        words = read_words(text).words
        writer.add_document(
            engine.Document(
                number=number,
                stems=" ".join(map(normal, words)),
                parts=" ".join(part for word in words for part in parts(word)),
                words=" ".join(words),
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.process_time() - started
    index.reload()
    searcher = index.searcher()

    def run(query: object) -> set[int]:
        hits = searcher.search(query, limit=max(1, len(texts))).hits
        return {searcher.doc(address)["number"][0] for _, address in hits}

    def candidates(node: Node) -> set[int]:
        if isinstance(node, All):
            return set.intersection(*(candidates(one) for one in node.must))
        if isinstance(node, Either):
            return set.union(*(candidates(one) for one in node.some))
        if isinstance(node, Near):
            return candidates(node.one) & candidates(node.other)
        assert isinstance(node, Words)
        if len(node.each) > 1 and all(leaf.kind is LeafKind.WHOLE for leaf in node.each):
            return run(engine.Query.phrase_query(schema, "stems", [leaf.form for leaf in node.each]))
        found = []
        for leaf in node.each:
            if leaf.kind is LeafKind.LETTERS:
                some = set()
                for core in leaf.cores:
                    for name in ("words", "stems"):
                        some |= run(engine.Query.regex_query(schema, name, f".*{core}.*"))
                found.append(some)
            else:
                some = run(engine.Query.term_query(schema, "stems", leaf.form))
                found.append(some | run(engine.Query.term_query(schema, "parts", leaf.form)))
        return set.intersection(*found)

    size = sum(file.stat().st_size for file in place.iterdir())
    return Engine("Tantivy (stems, parts, words)", seconds, size, *_checked(texts, candidates))


def _checked(
    texts: Sequence[str], candidates: Callable[[Node], set[int]]
) -> tuple[Callable[[str], set[int]], Callable[[str], set[int]]]:
    """Return a search that keeps the candidates (numbered from 1) which the pattern finds, and one that keeps all."""

    def find(query: str) -> set[int]:
        pattern = Pattern.parse(query)
        return {
            number - 1
            for number in candidates(pattern.tree)
            if any(match.excluded_by is None for match in pattern.find(texts[number - 1]))
        }

    return find, lambda query: candidates(Pattern.parse(query).tree)


def measured(
    find: Callable[[str], set[int]], rounds: int
) -> tuple[list[float], list[float], dict[str, float]]:
    """Return the seconds on the clock and of the processor of every search, and the processor's median for each query."""
    clock, work, each = [], [], {}
    for query in QUERIES:
        own = []
        for _ in range(rounds):
            began, worked = time.perf_counter(), time.process_time()
            find(query)
            clock.append(time.perf_counter() - began)
            own.append(time.process_time() - worked)
        work += own
        each[query] = statistics.median(own)
    return clock, work, each


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie, in milliseconds."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


@dataclass(frozen=True)
class Told:
    """A line of the table, and the processor's median milliseconds of the slowest searches."""

    line: str
    slowest: str


def tell(engine: Engine, right: dict[str, set[int]], rounds: int, whole: bool) -> Told:
    """Measure an index."""
    asked, does = engine.find, "all"
    if engine.candidates is None:
        found = {query: engine.find(query) for query in QUERIES}
        exact = sum(
            len(found[query]) == len(right[query]) and {n for n in found[query] if n >= 0} <= right[query]
            for query in QUERIES
        )
    else:
        if not whole:
            asked, does = engine.candidates, "candidates alone"
        exact = sum({one - 1 for one in engine.candidates(query)} == right[query] for query in QUERIES)
    clock, work, each = measured(asked, 1 if does == "all" and engine.candidates else rounds)
    p95 = percentile(clock, 0.95)
    holds = "–" if engine.candidates else "yes" if p95 < LIMIT else "**no**"
    worst = sorted(each.items(), key=lambda one: -one[1])[:6]
    return Told(
        f"| {engine.name} | {does} | {engine.seconds:.1f} | {engine.size / 1e6:.0f} | {percentile(clock, 0.5):.1f} | {p95:.1f} "
        f"| {percentile(work, 0.95):.1f} | {exact} of {len(QUERIES)} | {holds} |",
        f"{engine.name}: " + "; ".join(f"`{q}` {s * 1000:.0f} ({len(right[q])})" for q, s in worst),
    )


def table(
    passages: int = PASSAGES, rounds: int = ROUNDS, only: str = "", *, whole: bool = False
) -> Iterator[str]:
    """Yield what is searched, the lines of the table, and which searches are the slowest."""
    made = documents(passages)
    texts = [document.at(one.span) for document in made for one in document.passages]
    words = [word for text in texts for word in read_words(text).words]
    yield f"{len(texts)} passages, {len(words)} words, {len(set(words))} different; {len(QUERIES)} searches, {rounds} times each."
    yield ""
    right = truth(texts, QUERIES)
    slowest = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        makers: dict[str, Callable[[], Engine | None]] = {
            "fotfeste": lambda: ours(made, folder),
            "fts5": lambda: fts5(texts, folder),
            "tantivy": lambda: tantivy(texts, folder),
        }
        yield (
            "| index | finds | made in, s at work | MB | median, ms | p95, ms | p95 of the work, ms | searches right "
            f"| below {LIMIT} ms |"
        )
        yield "|---|---|---:|---:|---:|---:|---:|---:|---|"
        missing = ""
        for key, make in makers.items():
            if only not in ("", key):
                continue
            engine = make()
            if engine is None:
                missing = f"Not beside {key.capitalize()}: it is not installed."
                continue
            told = tell(engine, right, rounds, whole)
            yield told.line
            slowest.append(told.slowest)
    yield ""
    if missing:
        yield missing
        yield ""
    yield "Slowest, milliseconds at work and passages found. " + ". ".join(slowest) + "."


def main() -> None:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--passages", type=int, default=PASSAGES)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--only", default="")
    asked.add_argument("--whole", action="store_true")
    given = asked.parse_args()
    print(machine())
    for line in table(given.passages, given.rounds, given.only, whole=given.whole):
        print(line, flush=True)


if __name__ == "__main__":
    main()
