"""A codebook from its file: dated TOML with a schema number, every fault told at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.plans.codebooks.model import Code, Codebook, Example, Rule, Texts, Within
from fotfeste.plans.documents.model import Language, PassageKind

SCHEMA = 1
LARGEST, MOST_CODES, DEEPEST, MOST_PATTERNS, LONGEST_TEXT = 5_000_000, 5_000, 20, 500, 20_000
"""Bytes of a file, codes in it, levels of codes, patterns of a code, characters of a text."""
DEFAULT_COLOUR = "#374151"
LANGUAGES = ("nb", "nn", "en")
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_CODE_KEYS = {
    "id",
    "name",
    "parent",
    "heading",
    "colour",
    "definition",
    "include",
    "exclude",
    "examples",
    "rule",
}
_RULE_KEYS = {
    "patterns",
    "together",
    "within",
    "apart_from",
    "unless",
    "asserted",
    "under",
    "kinds",
    "inherited",
    "couples",
}


def shipped() -> tuple[str, ...]:
    """Return the names of the codebooks that come with Fotfeste, the newest last."""
    folder = resources.files("fotfeste.plans.codebooks") / "books"
    return tuple(
        sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml"))
    )


def load(which: str | Path) -> Codebook:
    """Return a codebook: one that comes with Fotfeste by name (``integrering``: the newest), or one in a file.

    Raises :class:`InputError` that names every fault of the file.
    """
    names = shipped()
    wanted = str(which)
    known = (
        [name for name in names if wanted in (name, name.rpartition("_")[0])]
        if isinstance(which, str)
        else []
    )
    if known:
        return _shipped(known[-1])
    path = Path(which)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            "plan.codebook_missing",
            msg("Kodeboken «{name}» kunne ikke leses.", name=wanted[:200]),
            remedy=msg(
                "Oppgi en fil, eller en av kodebøkene som følger med: {names}.", names=", ".join(names)
            ),
        ) from error
    if len(content) > LARGEST:
        raise _refused(msg("Filen er større enn {most} byte.", most=LARGEST), wanted)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(msg("Filen er ikke tekst i UTF-8."), wanted) from error
    return codebook_of_text(text, wanted)


@cache
def _shipped(name: str) -> Codebook:
    file = resources.files("fotfeste.plans.codebooks") / "books" / f"{name}.toml"
    return codebook_of_text(file.read_text("utf-8"), f"{name}.toml")


def codebook_of_text(text: str, place: str) -> Codebook:
    """Return the codebook that a text in TOML holds; ``place`` names it in errors."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise _refused(msg("Filen er ikke gyldig TOML: {reason}.", reason=str(error)[:200]), place) from error
    if content.get("schema") != SCHEMA:
        raise InputError(
            "plan.codebook_schema",
            msg("Kodeboken har et ukjent skjema."),
            place=place,
            remedy=msg("Skriv schema = {known}, eller oppgrader Fotfeste.", known=str(SCHEMA)),
        )
    return _Reading(place).codebook(content)


def _refused(what: Message, place: str) -> InputError:
    return InputError(
        "plan.codebook_unreadable",
        what,
        place=place,
        remedy=msg("Oppgi en kodebok slik den er beskrevet i dokumentasjonen."),
    )


class _Reading:
    """One reading of one file; gathers what is wrong, so that all of it is told."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.problems: list[Problem] = []

    def wrong(self, where: str, what: Message) -> None:
        if len(self.problems) < 200:
            self.problems.append(Problem("plan.codebook_fault", what, where))

    def codebook(self, content: Mapping[str, object]) -> Codebook:
        dated = content.get("dated")
        if not isinstance(dated, date) or isinstance(dated, datetime):
            self.wrong("dated", msg("Datoen mangler eller er ikke en dato, som 2026-11-22."))
            dated = date.min
        entries = content.get("code")
        tables = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
        if not isinstance(entries, list) or len(tables) != len(entries) or not tables:
            self.wrong("code", msg("Kodene mangler. Hver kode skrives under [[code]]."))
        if len(tables) > MOST_CODES:
            self.wrong(
                "code",
                msg("Det er {count} koder; en kodebok kan ha {most}.", count=len(tables), most=MOST_CODES),
            )
            tables = []
        book_id = self.identity(content.get("id"), "id")
        title = self.texts(content.get("title"), "title", needed=True)
        codes = self.codes(tables)
        if self.problems:
            raise InputError(
                "plan.codebook_faults",
                msg("Kodeboken kan ikke brukes."),
                place=self.place,
                remedy=msg("Rett det som står her, og les filen på nytt."),
                problems=self.problems,
            )
        return Codebook(book_id, dated, title, codes, self.text(content.get("source", ""), "source"))

    def codes(self, tables: Sequence[Mapping[str, object]]) -> tuple[Code, ...]:
        known: dict[str, Code] = {}
        depth: dict[str, int] = {}
        all_ids = {str(table.get("id")) for table in tables}
        for number, table in enumerate(tables, start=1):
            code_id = self.identity(table.get("id"), f"code {number}: id")
            where = f"code {code_id}"
            if code_id in known:
                self.wrong(where, msg("To koder heter det samme."))
            for extra in sorted(table.keys() - _CODE_KEYS):
                self.wrong(where, msg("Feltet «{name}» er ukjent.", name=extra[:100]))
            parent = table.get("parent")
            if parent is not None and parent not in known:
                self.wrong(
                    where,
                    msg(
                        "Koden over, «{parent}», mangler eller står lenger ned i filen.",
                        parent=str(parent)[:100],
                    ),
                )
                parent = None
            above = known.get(str(parent))
            depth[code_id] = depth.get(str(parent), 0) + 1
            if depth[code_id] > DEEPEST:
                self.wrong(where, msg("Kodene står i mer enn {most} nivåer.", most=DEEPEST))
            colour = str(table.get("colour", above.colour if above else DEFAULT_COLOUR)).lower()
            if not _COLOUR.fullmatch(colour):
                self.wrong(where, msg("Fargen skrives som #0b5c8a."))
            known[code_id] = Code(
                code_id,
                self.texts(table.get("name"), f"{where}: name", needed=True),
                str(parent) if above else None,
                self.truth(table.get("heading", False), f"{where}: heading"),
                colour,
                self.texts(table.get("definition"), f"{where}: definition"),
                self.texts(table.get("include"), f"{where}: include"),
                self.texts(table.get("exclude"), f"{where}: exclude"),
                self.examples(table.get("examples", []), f"{where}: examples"),
                self.rules(table.get("rule", []), code_id, all_ids),
            )
        return tuple(known.values())

    def rules(self, entries: object, code_id: str, known: set[str]) -> tuple[Rule, ...]:
        where = f"code {code_id}: rule"
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            self.wrong(where, msg("Regler skrives under [[code.rule]]."))
            return ()
        return tuple(
            self.rule(entry, f"{code_id}/{number}", f"{where} {number}", known)
            for number, entry in enumerate(entries, start=1)
        )

    def rule(self, entry: Mapping[str, object], rule_id: str, where: str, known: set[str]) -> Rule:
        for extra in sorted(entry.keys() - _RULE_KEYS):
            self.wrong(where, msg("Feltet «{name}» er ukjent.", name=str(extra)[:100]))
        patterns = self.words(entry.get("patterns", []), where)
        couples = self.words(entry.get("couples", []), where)
        together = self.words(entry.get("together", []), where)
        for code in (*couples, *together):
            if code not in known:
                self.wrong(where, msg("Koden «{code}» finnes ikke i kodeboken.", code=code[:100]))
        apart_from, unless, under = (
            self.words(entry.get(name, []), where) for name in ("apart_from", "unless", "under")
        )
        if (len(couples) != 2 or patterns) if couples else not (patterns or under):
            self.wrong(where, msg("En regel har enten mønstre eller to koder som skal stå sammen."))
        for pattern in (*patterns, *apart_from, *unless, *under):
            self.pattern(pattern, where)
        kinds = self.words(entry.get("kinds", []), where)
        wrong_kinds = [kind for kind in kinds if kind not in set(PassageKind)]
        if wrong_kinds:
            self.wrong(where, msg("Ukjent slags avsnitt: {names}.", names=", ".join(wrong_kinds)[:200]))
        within = entry.get("within", Within.SENTENCE.value)
        if within not in set(Within):
            self.wrong(where, msg("«within» er enten «sentence» eller «passage»."))
            within = Within.SENTENCE.value
        return Rule(
            rule_id,
            patterns,
            together,
            Within(str(within)),
            apart_from,
            unless,
            self.truth(entry.get("asserted", False), where),
            under,
            tuple(PassageKind(kind) for kind in kinds if kind not in wrong_kinds),
            self.truth(entry.get("inherited", False), where),
            couples,
        )

    def pattern(self, pattern: str, where: str) -> None:
        from fotfeste.plans.words import Pattern

        try:
            Pattern.parse(pattern)
        except InputError as error:
            self.wrong(where, error.problem.what)

    def examples(self, entries: object, where: str) -> tuple[Example, ...]:
        found = []
        for entry in entries if isinstance(entries, list) else [None]:
            language = entry.get("language", "") if isinstance(entry, dict) else None
            if not isinstance(entry, dict) or language not in set(Language):
                self.wrong(where, msg("Et eksempel har en tekst og et språk: nb, nn eller en."))
                continue
            found.append(Example(self.text(entry.get("text"), where), Language(str(language))))
        return tuple(found)

    def words(self, value: object, where: str) -> tuple[str, ...]:
        if (
            not isinstance(value, list)
            or not all(isinstance(one, str) for one in value)
            or len(value) > MOST_PATTERNS
        ):
            self.wrong(where, msg("Her skal det stå en liste av tekster, høyst {most}.", most=MOST_PATTERNS))
            return ()
        return tuple(value)

    def texts(self, value: object, where: str, *, needed: bool = False) -> Texts:
        if value is None and not needed:
            return {}
        if not isinstance(value, dict) or "nb" not in value or value.keys() - set(LANGUAGES):
            self.wrong(
                where, msg("Teksten skrives på bokmål (nb), og gjerne på nynorsk (nn) og engelsk (en).")
            )
            return {"nb": ""}
        return {language: self.text(value[language], where) for language in LANGUAGES if language in value}

    def text(self, value: object, where: str) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            self.wrong(where, msg("Her skal det stå en tekst på høyst {most} tegn.", most=LONGEST_TEXT))
            return ""
        return value

    def truth(self, value: object, where: str) -> bool:
        if not isinstance(value, bool):
            self.wrong(where, msg("Her skal det stå true eller false."))
        return value is True

    def identity(self, value: object, where: str) -> str:
        if not isinstance(value, str) or not _ID.fullmatch(value):
            self.wrong(where, msg("Navnet skrives med små bokstaver a–z, tall, punktum og bindestrek."))
            return str(value)[:100]
        return value
