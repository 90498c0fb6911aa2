"""The words, numbers and signs of a written formula, one after another, and the place of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Never

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg

_SIGNS = {"*": "×", "·": "×", "/": "÷", "-": "−"}
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\W\d]\w*(?:\.\w+)*)|(?P<number>\d+(?:[.,]\d+)?(?!\w))|(?P<sign>\.\.|[-+−*×·/÷()\[\],=|]))"
)
_VALUE = re.compile(r'\s*(?:"(?P<quoted>[^"\n]*)"|(?P<plain>[^\s,|\]\[="]+))')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign with its place in the text, counted in letters from zero."""

    kind: str
    text: str
    place: int


class Tokens:
    """One formula on its way to a tree; ``_place`` is how far it has been read."""

    def __init__(self, text: str, where: str) -> None:
        self._text = text
        self._where = where
        self._place = 0
        self._depth = 0

    def _value(self) -> str:
        found = _VALUE.match(self._text, self._place)
        if found is None:
            return self._refuse(
                self._peek().place,
                msg("Her ventes verdien som kolonnen skal ha."),
                msg('Skriv kolonne=verdi. En verdi med mellomrom skrives mellom to ".'),
            )
        self._place = found.end()
        return found["quoted"] if found["quoted"] is not None else found["plain"]

    def _expect(self, sign: str) -> None:
        token = self._take()
        if token.text == sign:
            return
        here = msg("slutten av formelen") if token.kind == "end" else msg("«{text}»", text=token.text)
        self._refuse(
            token.place,
            msg("Her ventes «{sign}», men her er {found}.", sign=sign, found=here),
            msg("Sett inn «{sign}».", sign=sign),
        )

    def _peek(self) -> Token:
        return self._next()[0]

    def _take(self) -> Token:
        token, self._place = self._next()
        return token

    def _next(self) -> tuple[Token, int]:
        found = _TOKEN.match(self._text, self._place)
        if found is None:
            rest = self._text[self._place :]
            start = self._place + len(rest) - len(rest.lstrip())
            if start == len(self._text):
                return Token("end", "", start), start
            return self._refuse(
                start,
                msg("Tegnet «{sign}» kan ikke stå i en formel.", sign=self._text[start]),
                msg("Bruk tall, datasett, + − × ÷ og parenteser."),
            )
        kind = found.lastgroup or ""
        text = found[kind]
        return Token(kind, _SIGNS.get(text, text), found.start(kind)), found.end()

    def _refuse(self, place: int, what: Message, remedy: Message) -> Never:
        raise InputError(
            "formula.syntax", what, place=position(self._text, place, self._where), remedy=remedy
        )


def position(text: str, place: int, where: str) -> Message:
    """Return a place in a formula as people count: line and column from one."""
    before = text[:place]
    line, column = before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1
    if not where:
        return msg("formelen, linje {line}, tegn {column}", line=str(line), column=str(column))
    return msg(
        "{where}, formelen, linje {line}, tegn {column}", where=where, line=str(line), column=str(column)
    )
