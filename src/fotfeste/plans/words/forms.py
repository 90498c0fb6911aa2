"""One form for all forms of a word: small letters, bokmål and nynorsk as one, endings taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from snowballstemmer.norwegian_stemmer import NorwegianStemmer  # type: ignore[import-untyped]

from fotfeste.plans.words.rules import is_one_of, read_rules
from fotfeste.plans.words.tokens import REMEMBERED, folded


@dataclass(frozen=True, slots=True)
class _Root:
    """Letters that stand for others in the other form of Norwegian, and the words that they do not hold for."""

    letters: str
    becomes: str
    at: str
    unless: tuple[str, ...]


@dataclass(frozen=True)
class _Variants:
    whole: Mapping[str, str]
    roots: Mapping[str, tuple[_Root, ...]]
    any_root: re.Pattern[str]
    agent: re.Pattern[str]
    families: tuple[tuple[re.Pattern[str], str], ...]
    final: Mapping[str, str]


@lru_cache(maxsize=REMEMBERED)
def bokmaal(word: str) -> str:
    """Return a word, or the beginning of one, with the letters of bokmål where nynorsk has others: ``busetj`` → ``bosett``.

    Endings stay, so that the first letters of a word can still be searched for. The rules stand in ``variants.toml``.
    """
    variants = _variants()
    word = folded(word)
    if word in variants.whole:
        return variants.whole[word]
    found = variants.any_root.search(word)
    while found:
        place = found.start()
        for root in variants.roots[word[place]]:
            if _stands(word, place, root):
                word = word[:place] + root.becomes + word[place + len(root.letters) :]
                place += max(len(root.becomes), 1) - 1
                break
        found = variants.any_root.search(word, place + 1)
    return word


@lru_cache(maxsize=REMEMBERED)
def normal(word: str) -> str:
    """Return the one form of a word, alike for bokmål and nynorsk and for all its endings.

    ``innvandrere``, ``innvandraren`` and ``innvandrarane`` are ``innvandrer``. The form is for comparing, not for
    reading. Order: exact words, letters of nynorsk, persons who do something (``-er``, ``-ar``), the endings of derived
    words (``-het``, ``-lig``), then the Snowball stemmer for Norwegian (Porter 2001). No word ends in «mm».
    """
    variants = _variants()
    word = bokmaal(word)
    if word in variants.final:
        return variants.final[word]
    if found := variants.agent.match(word):
        return f"{found['before']}{found['base']}er"
    for family, ending in variants.families:
        if found := family.match(word):
            return f"{found['stem']}{ending}"
    stem = str(NorwegianStemmer().stemWord(word))  # one for each word: a stemmer is not for two threads
    return stem[:-1] if stem.endswith("mm") else stem


def _stands(word: str, place: int, root: _Root) -> bool:
    if not word.startswith(root.letters, place):
        return False
    if root.at == "start" and place:
        return False
    if root.at == "inside" and not place:
        return False
    if root.at == "end" and place + len(root.letters) != len(word):
        return False
    if root.becomes.startswith(root.letters) and word.startswith(root.becomes, place):
        return False
    return not is_one_of(word, root.unless)


@cache
def _variants() -> _Variants:
    rules = read_rules("variants.toml")
    roots = [
        _Root(one["nn"], one["nb"], one.get("at", "any"), tuple(one.get("unless", ())))
        for one in rules["root"]
    ]
    agents = rules["agents"]
    roots += [
        _Root(base + joint + "ar", base + "er", "any", ()) for base in agents["bases"] for joint in ("", "j")
    ]
    by_letter: dict[str, list[_Root]] = {}
    for root in sorted(roots, key=lambda one: -len(one.letters)):
        by_letter.setdefault(root.letters[0], []).append(root)
    bases = "|".join(sorted(map(re.escape, agents["bases"]), key=lambda one: (-len(one), one)))
    endings = "|".join(agents["endings"])
    return _Variants(
        whole=rules["whole"],
        roots={letter: tuple(some) for letter, some in by_letter.items()},
        any_root=re.compile("|".join(re.escape(root.letters) for root in roots)),
        agent=re.compile(rf"(?P<before>.*?)(?P<base>{bases})er(?:{endings})?$"),
        families=tuple(
            (_family(one["ends"], one["endings"]), one.get("becomes", one["ends"])) for one in rules["family"]
        ),
        final={**_verbs(rules["verbs"]), **rules["final"]},
    )


def _family(ends: str, endings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?P<stem>(?=.{{2}}).*[aeiouyæøå].*?){ends}(?:{'|'.join(endings)})?$")


def _verbs(infinitives: Iterable[str]) -> dict[str, str]:
    return {
        form: one
        for one in infinitives
        for form in (one, f"{one}r", f"{one}s", f"{one[:-1]}ast", f"{one[:-1]}ar")
    }
