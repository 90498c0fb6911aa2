"""Measure the coding against what readers labelled, and make the sheets that they label from.

    python -m tools.measure_coding sheet build/labelling [--plans ../shared/plans --every 12]
    python -m tools.measure_coding collect answers.txt reader-1 tests/plans/labelled/labels_1.jsonl
    python -m tools.measure_coding agreement labels_1.jsonl labels_2.jsonl
    python -m tools.measure_coding score labels_1.jsonl [labels_2.jsonl] [--part test] [--strength strong …]
    python -m tools.measure_coding learnt labels_1.jsonl labels_2.jsonl [--folds 5]

A sheet is the codebook without any pattern, our own passages by number, and every so-many-th passage of real plans; the
last is for reading at home and is no part of the project. An answer is a line ``12: flyktninger, bosetting``, and ``13:``
for a passage with no code; a passage of a plan is called by the beginning of the file's check sum and its place,
``1a2b3c4d/214:``. With two files of labels a
code counts on a passage where both readers agree on it; where they do not, it is left out, and how often is said.
Labels on real plans are scored when the files are given with ``--plans`` and are the same (by check sum).

``learnt`` teaches the classifier what both readers gave the passages of the tuning part, and scores rules, classifier
and both on the test part; with ``--folds`` it learns and scores within the tuning part, each passage by what is
learnt from the other folds, which is for trying things out without looking at the test part.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fotfeste.plans.codebooks import Codebook, load
from fotfeste.plans.coding.agreement import kappa_by_code, mean_kappa
from fotfeste.plans.coding.classifier import Learnt, learn
from fotfeste.plans.coding.features import features
from fotfeste.plans.coding.labels import Label, Labels, labels_as_text, read_labels
from fotfeste.plans.coding.measure import Score, Share, total
from fotfeste.plans.coding.model import SHOWN, Strength
from fotfeste.plans.coding.rules import NOT_READ, CodingRules
from fotfeste.plans.documents.model import Document, Span
from tools.labelled_passages import TryPassage, try_passages

BOOK = "integrering"
SHORTEST = 25
"""Characters of a passage of a plan that is worth labelling."""
Piece = tuple[str, Span]


def main(arguments: Sequence[str]) -> int:
    """Do one of the jobs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    jobs = parser.add_subparsers(dest="job", required=True)
    sheet = jobs.add_parser("sheet")
    sheet.add_argument("folder", type=Path)
    sheet.add_argument("--plans", type=Path)
    sheet.add_argument("--every", type=int, default=12)
    collect = jobs.add_parser("collect")
    collect.add_argument("answers", type=Path)
    collect.add_argument("labeller")
    collect.add_argument("out", type=Path)
    collect.add_argument("--plans", type=Path)
    for name in ("agreement", "score"):
        job = jobs.add_parser(name)
        job.add_argument("labels", type=Path, nargs="+")
        job.add_argument("--part", choices=("test", "tuning"))
    job.add_argument("--strength", nargs="+", choices=[*Strength], default=[*SHOWN])
    job.add_argument("--plans", type=Path)
    learnt = jobs.add_parser("learnt")
    learnt.add_argument("labels", type=Path, nargs=2)
    learnt.add_argument("--folds", type=int, default=0)
    job.add_argument("--faults", action="store_true", help="list what was wrong, by passage")
    given = parser.parse_args(arguments)
    book = load(BOOK)
    if given.job == "sheet":
        write_sheet(book, given.folder)
        rows = [row for document in _plans(given.plans) for row in plan_rows(document, given.every)]
        if rows:
            (given.folder / "plans.md").write_text("\n".join(rows), encoding="utf-8")
    elif given.job == "collect":
        text = labels_as_text(
            collected(book, given.answers.read_text("utf-8"), given.labeller, _plans(given.plans))
        )
        given.out.write_text(text, encoding="utf-8")
    elif given.job == "agreement":
        print(agreement_told(book, [read_labels(path) for path in given.labels], given.part))
    elif given.job == "learnt":
        print(learnt_told(book, [read_labels(path) for path in given.labels], given.folds))
    else:
        strengths = frozenset(Strength(one) for one in given.strength)
        documents = [*(one.document() for one in try_passages()), *_plans(given.plans)]
        labels = [read_labels(path) for path in given.labels]
        print(score_told(book, documents, labels, given.part, strengths, faults=given.faults))
    return 0


def write_sheet(book: Codebook, folder: Path) -> None:
    """Write what a reader labels from: the codebook without its patterns, and the passages by number."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"# {book.title['nb']} ({book.dated.isoformat()})", ""]
    for code in book.codes:
        level = "#" * (1 + len(book.path(code.id)))
        lines += [
            f"{level} {'' if code.heading else f'`{code.id}` '}{code.name['nb']}",
            "",
            code.definition["nb"],
            "",
        ]
        for name, texts in (("Tell med", code.include), ("Ikke", code.exclude)):
            if texts:
                lines += [f"*{name}:* {texts['nb']}", ""]
        for example in code.examples:
            lines += [f"- ({example.language.value}) {example.text}"]
        lines.append("")
    (folder / "codebook.md").write_text("\n".join(lines), encoding="utf-8")
    rows = [
        "# Passages",
        "",
        "Give each passage all codes that hold for the passage itself, read under its headings.",
        "",
    ]
    for one in try_passages():
        where = " › ".join(one.headings)
        rows += [f"{one.number}. [{one.kind.value}{f'; under: {where}' if where else ''}] {one.text}", ""]
    (folder / "passages.md").write_text("\n".join(rows), encoding="utf-8")


def plan_rows(document: Document, every: int) -> list[str]:
    """Return every so-many-th passage of a plan with what it is called in answers; short ones are passed over."""
    rows = []
    readable = [
        (place, passage)
        for place, passage in enumerate(document.passages)
        if passage.kind not in NOT_READ and passage.span.end - passage.span.start >= SHORTEST
    ]
    for place, passage in readable[::every]:
        where = " › ".join(document.heading_path(passage))
        kind = f"{passage.kind.value}{f'; under: {where}' if where else ''}"
        rows += [f"{document.origin.sha256[:8]}/{place}. [{kind}] {document.at(passage.span)}", ""]
    return rows


def collected(book: Codebook, answers: str, labeller: str, plans: Sequence[Document] = ()) -> Labels:
    """Return a reader's answers as labels; raises `SystemExit` that names every line that cannot be read."""
    own = {str(one.number): _label(one) for one in try_passages()}
    callable_as = own | {
        f"{document.origin.sha256[:8]}/{place}": Label(
            document.origin.sha256, document.text_sha256, passage.span, frozenset()
        )
        for document in plans
        for place, passage in enumerate(document.passages)
    }
    given = {code.id for code in book.given}
    labels: dict[str, Label] = {}
    wrong: list[str] = []
    for line in answers.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, codes = (part.strip() for part in line.partition(":"))
        named = frozenset(code.strip() for code in codes.split(",") if code.strip())
        if not colon or name not in callable_as or named - given or name in labels:
            wrong.append(line)
            continue
        labels[name] = replace(callable_as[name], codes=named)
    missing = [name for name in own if name not in labels] if own.keys() & labels.keys() else []
    if wrong or missing:
        told = f"{len(wrong)} lines wrong; {len(missing)} passages without answer: {' '.join(missing[:50])}"
        raise SystemExit("\n".join([*wrong[:50], told]))
    return Labels(f"{book.id} {book.dated.isoformat()}", labeller, tuple(labels.values()))


def agreement_told(book: Codebook, labels: Sequence[Labels], part: str | None) -> str:
    """Return Cohen's kappa for each code between two readers, as a table in Markdown."""
    first, second = (_by_piece(one, part) for one in labels[:2])
    common = [piece for piece in first if piece in second]
    codes = [code.id for code in book.given]
    found = kappa_by_code([first[piece] for piece in common], [second[piece] for piece in common], codes)
    rows = [
        f"{len(common)} passages read by both",
        "",
        "| code | first | second | both | kappa | 95 % | |",
        "|---|--:|--:|--:|--:|---|---|",
    ]
    for code, one in found.items():
        value = "–" if one.value is None else f"{one.value:.2f}"
        interval = "–" if one.low is None or one.high is None else f"{one.low:.2f}–{one.high:.2f}"
        rows.append(
            f"| {code} | {one.first} | {one.second} | {one.both} | {value} | {interval} | {one.why or ''} |"
        )
    mean = mean_kappa(found)
    return "\n".join([*rows, "", f"mean of the defined: {'–' if mean is None else f'{mean:.3f}'}"])


def score_told(
    book: Codebook,
    documents: Iterable[Document],
    labels: Sequence[Labels],
    part: str | None,
    strengths: frozenset[Strength],
    *,
    faults: bool = False,
) -> str:
    """Return precision and recall of the rules for each code, as a table in Markdown."""
    readers = [_by_piece(one, part) for one in labels]
    common = [piece for piece in readers[0] if all(piece in other for other in readers)]
    kept = list(documents)
    suggested = by_rules(CodingRules(book), kept, strengths)
    words = {
        (document.text_sha256, passage.span): document.at(passage.span)
        for document in kept
        for passage in document.passages
    }
    known = [piece for piece in common if piece in suggested]
    rows = [
        "| code | labelled | precision | 95 % | recall | 95 % | F1 | left out |",
        "|---|--:|--:|---|--:|---|--:|--:|",
    ]
    scores: dict[str, Score] = {}
    told: list[str] = []
    for code in (one.id for one in book.given):
        judged = _judged(code, known, suggested, readers)
        met = scores[code] = judged.score
        f1 = "–" if met.f1 is None else f"{met.f1:.2f}"
        rows.append(
            f"| {code} | {met.labelled} | {_share(met.precision)} | {_share(met.recall)} | {f1} | {judged.left_out} |"
        )
        told += [f"{code} EXTRA {words[piece]}" for piece in judged.extra] + [
            f"{code} MISSED {words[piece]}" for piece in judged.missed
        ]
    whole = total(scores)
    f1 = "–" if whole.f1 is None else f"{whole.f1:.2f}"
    rows.append(
        f"| **all** | {whole.labelled} | {_share(whole.precision)} | {_share(whole.recall)} | {f1} | |"
    )
    head = f"{len(known)} of {len(common)} labelled passages found"
    return "\n".join([head, "", *rows, *(["", *told] if faults else [])])


def learnt_told(book: Codebook, labels: Sequence[Labels], folds: int) -> str:
    """Return how rules, the classifier, and both do where the classifier has learnt from other passages."""
    part = "tuning" if folds else "test"
    readers = [_by_piece(one, part) for one in labels]
    teachers = [_by_piece(one, "tuning") for one in labels]
    documents = [one.document() for one in try_passages()]
    taught = [
        Learnt(*piece, features(document, document.passages[-1]), teachers[0][piece] & teachers[1][piece])
        for document in documents
        if (piece := (document.text_sha256, document.passages[-1].span)) in teachers[0]
    ]
    codes = [one.id for one in book.given]
    asked = [one for one in documents if (one.text_sha256, one.passages[-1].span) in readers[0]]
    learnt: dict[Piece, set[str]] = {}
    for fold in range(folds or 1):
        of_others = [one for number, one in enumerate(taught) if not folds or number % folds != fold]
        classifier = learn(of_others, codes)
        for number, document in enumerate(asked):
            if not folds or number % folds == fold:
                said = classifier.said_of(features(document, document.passages[-1]))
                learnt[document.text_sha256, document.passages[-1].span] = {one.code for one in said}
    rules = by_rules(CodingRules(book), asked, frozenset(SHOWN))
    both = {piece: rules[piece] | learnt[piece] for piece in learnt}
    heads = ("rules", "classifier", "both")
    rows = [
        f"{len(learnt)} passages; taught {len(taught)}",
        "",
        f"| code | labelled | {' | '.join(f'{head}: precision | recall' for head in heads)} |",
        f"|---|--:|{'--:|' * 2 * len(heads)}",
    ]
    scores: list[dict[str, Score]] = [{}, {}, {}]
    for code in codes:
        for which, suggested in enumerate((rules, learnt, both)):
            scores[which][code] = _judged(code, list(learnt), suggested, readers).score
        rows.append(_side_by_side(code, [each[code] for each in scores]))
    return "\n".join([*rows, _side_by_side("**all**", [total(each) for each in scores], intervals=True)])


def _side_by_side(name: str, scores: Sequence[Score], *, intervals: bool = False) -> str:
    cells = []
    for share in (share for score in scores for share in (score.precision, score.recall)):
        value = "–" if share.value is None else f"{share.value:.2f}"
        low_high = share.interval if intervals else None
        cells.append(f"{value} ({low_high[0]:.2f}–{low_high[1]:.2f})" if low_high else value)
    return f"| {name} | {scores[0].labelled} | {' | '.join(cells)} |"


def by_rules(
    rules: CodingRules, documents: Iterable[Document], strengths: frozenset[Strength]
) -> dict[Piece, set[str]]:
    """Return the codes of these strengths that rules suggest for each passage."""
    suggested: dict[Piece, set[str]] = {}
    for document in documents:
        for passage in document.passages:
            suggested[document.text_sha256, passage.span] = set()
        for one in rules.suggest(document):
            if one.strength in strengths:
                suggested[one.text_sha256, one.span].add(one.code)
    return suggested


@dataclass(frozen=True)
class _Judged:
    score: Score
    extra: tuple[Piece, ...]
    missed: tuple[Piece, ...]
    left_out: int


def _judged(
    code: str,
    pieces: Sequence[Piece],
    suggested: Mapping[Piece, set[str]],
    readers: Sequence[Mapping[Piece, frozenset[str]]],
) -> _Judged:
    """Return how one code was met where all readers agree on it."""
    agreed = [piece for piece in pieces if len({code in reader[piece] for reader in readers}) == 1]
    right = [piece for piece in agreed if code in suggested[piece] and code in readers[0][piece]]
    extra = [piece for piece in agreed if code in suggested[piece] and code not in readers[0][piece]]
    missed = [piece for piece in agreed if code not in suggested[piece] and code in readers[0][piece]]
    score = Score(len(right), len(right) + len(extra), len(right) + len(missed))
    return _Judged(score, tuple(extra), tuple(missed), len(pieces) - len(agreed))


def _label(passage: TryPassage) -> Label:
    document = passage.document()
    return Label("", document.text_sha256, document.passages[-1].span, frozenset())


def _by_piece(labels: Labels, part: str | None) -> Mapping[Piece, frozenset[str]]:
    parts = {one.document().text_sha256: one.part for one in try_passages()}
    return {
        (one.text_sha256, one.span): one.codes
        for one in labels.labels
        if part is None or parts.get(one.text_sha256, "test") == part
    }


def _plans(folder: Path | None) -> list[Document]:
    from fotfeste.plans.documents import read

    found = sorted(folder.iterdir()) if folder is not None else []
    return [
        read(path.name, path.read_bytes())
        for path in found
        if path.suffix in {".pdf", ".docx", ".html", ".odt"}
    ]


def _share(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "– | –"
    return f"{share.value:.2f} | {share.interval[0]:.2f}–{share.interval[1]:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
