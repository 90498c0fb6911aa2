"""Where a sentence ends, in Norwegian and English text of plans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fotfeste.plans.documents.model import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never at the end of a sentence, or not when more of the same follows.
_INSIDE = _words(
    """adm adr alm ang ank anm avd avg avs bd beg bet bl bl.a bll ca cand cf co d.v.s dep dir disp div
    dok dr ds dvs e.g ekskl eks eksp el eng engl etabl evt f f.eks f.o.m fam fig fl.g fmk f.o.r forb
    foreg forf fork forts fr fung f.m følg g gj gl gr hhv hr i.e ibid if ift iht ill inkl innb innst int
    ib jf jfr jr kap kfr kgl kl kr kst lab lic meld merk mfl mht mill moh mrd ms nr nto o.a
    oppg oppl org ot ot.prp pga pkt pl p.g.a pr prof prop prp pst red reg resp s sam sek sen sml spm sr
    st st.meld st.prp stk str t.o.m tab tekn tilsv tit tlf trl u uk univ utg utr v vedk vedr vgs vha vit
    vol vs årg åpn øv øvr max maks mrs"""
)
# Abbreviations that also stand last in a sentence, or are words too («nå», «min»): it ends there when a capital follows.
_LAST = _words("osb osv etc m.m mm mv m.v m.fl mfl o.l ol e.l el.l o.s.v m.a d.d a.d nå no min art")
_MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember "
    "january february march may june july october december"
)
_MONTH = re.compile(rf"(?:{'|'.join(_MONTHS.split())})\b", re.IGNORECASE)
_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]+)(?P<close>[»”\"’')\]]{0,5}(?:\[\d{1,3}\]){0,5})\s+(?=(?P<next>\S{1,40}))"
)
_WORD_BEFORE = re.compile(r"\S{1,40}$")
_COUNTED = re.compile(r"\d+(?:\.\d+)*|[ivx]+|[a-zæøå]\)?", re.IGNORECASE)
_OPENING = "«“\"‘'([–—-•"


def sentences(text: str, start: int = 0) -> tuple[Span, ...]:
    """Return the sentences of ``text`` as spans moved by ``start``; they cover it all but the space between them."""
    found = []
    here = len(text) - len(text.lstrip())
    for end in _ends(text):
        piece = text[here:end]
        if piece.strip():
            found.append(Span(start + here, start + here + len(piece.rstrip())))
        here = end + (len(text[end:]) - len(text[end:].lstrip()))
    rest = text[here:].rstrip()
    if rest:
        found.append(Span(start + here, start + here + len(rest)))
    return tuple(found)


def _ends(text: str) -> Iterator[int]:
    begun = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        end = stop.end("close")
        if _ends_here(text, stop, begun):
            yield end
            begun = stop.end()


def _ends_here(text: str, stop: re.Match[str], begun: int) -> bool:
    first = stop["next"].lstrip(_OPENING)[:1]
    if first.islower() or not first:
        return False
    if stop["mark"] not in (".", "…"):
        return True
    place = stop.start()
    found = _WORD_BEFORE.search(text[max(begun, place - 40) : place])
    whole = found[0] if found else ""
    word = whole.lstrip(_OPENING)
    plain = word.lower()
    if plain in _LAST:
        return first.isupper()
    if plain in _INSIDE:
        return False
    if len(word) == 1 and word.isupper():
        return not _an_initial(text, place - 1)
    if _COUNTED.fullmatch(word):
        # A number first in the sentence numbers it; a day stands before its month.
        return place - len(whole) > begun and not (len(word) <= 2 and _MONTH.match(stop["next"]))
    return True


def _an_initial(text: str, place: int) -> bool:
    before = text[max(place - 60, 0) : place].rstrip()
    return not before or before[-1:] == "." or before.rsplit(None, 1)[-1][:1].isupper()
