"""Which form of language a passage is written in: bokmål, nynorsk or English, by its small words and endings."""

from __future__ import annotations

import re

from fotfeste.plans.documents.model import Language


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NYNORSK = _words(
    """ikkje eg ein eit frå dei deira dykk dykkar me vere vera verte vert vart vore korleis kva kven kvar
    kvart kvifor når noko nokon nokre mykje meir òg medan berre saman sjølv sjølve slik saka heile hjå
    utan mellom anna annan andre gjere gjer gjev gje gjeve gir ho han høg høgare høgt auke auka aukar
    auken skule skulen skular heim heime eigen eiga eige eigne kome kjem kome seier seie difor dersom
    fleire fleste færre inkje ingen tilhøve leggje legg leggja innbyggjarar innbyggjarane fylke fylket
    kommunar kommunane tenester tenesta tenestene verksemd verksemder bustad bustader busetjing
    busetjinga busetje busett einskilde enkelte sidan tidlegare vidare vidaregåande framleis arbeidsliv
    heilskapleg heilskaplege mogleg moglegheit moglegheiter samstundes ynskje ønskje ønskjer tryggleik
    utvikle byggje byggja byggjer brukar brukast vurderast skape skapast bruke godt då no fyrst første
    dette desse nytte nyttast oppleving kjenneteikn utfordringar løysing løysingar løysa løyse
    målsetjing målsetjingar stader staden rettleiing kyrkje veg vegen ungdomar vaksne vaksen lærarar
    synast syner syne tek teke ta tek ligg vegar nær"""
)
_BOKMAAL = _words(
    """ikke jeg en et fra de deres dere vi være blir ble blitt vært hvordan hva hvem hvor hver hvert
    hvorfor når noe noen mye mer også mens bare sammen selv slik hele hos uten mellom annet annen andre
    gjør gjøre gi gir hun han høy høyere høyt øke øker økt økning skole skolen skoler hjem hjemme egen
    eget egne komme kommer sier derfor dersom flere fleste færre ingen forhold legge legger innbyggere
    innbyggerne fylke fylket kommuner kommunene tjenester tjenesten tjenestene virksomhet virksomheter
    bolig boliger bosetting bosettingen bosette bosatt bosatte enkelte siden tidligere videre
    videregående fremdeles fortsatt helhetlig helhetlige mulig mulighet muligheter samtidig ønske ønsker
    trygghet utvikle bygge bygger brukes vurderes skapes benytte benyttes utfordringer løsning løsninger
    løse målsetting steder stedet veiledning kirke vei veien voksne voksen lærere viser vise tar tas
    ligger nå først første dette disse hvilke hvilken ettersom fordi nærmere gjennom dagens sørge eller
    etter"""
)
_BOTH = _NYNORSK & _BOKMAAL
_ENGLISH = _words(
    """the of and to in is that with are by on as this be which from have has was were not it their an or
    at will can should more between these its they we our such also been new into than other how what
    who for through there all both where when about would may integration immigrants refugees county
    municipality municipalities"""
) - {"for", "to", "at", "all", "by", "be", "on", "an", "or", "has", "was", "can", "her"}
_NORWEGIAN = _words("og i på som av til med for at det den er har kan skal vil om å og/eller ved må seg")
_WORD = re.compile(r"[a-zæøåéèêòóôàäöü]+", re.IGNORECASE)
_NYNORSK_ENDING = tuple(sorted(_words("ane leg lege legare heit heita heiter ingar arar sla sle istar unga")))
_BOKMAAL_ENDING = tuple(sorted(_words("ene lig lige ligere else elsen elser inger erne het heten heter")))
_LONGEST = 20_000
_MARGIN = 1.25


def language_of(text: str) -> Language:
    """Return the form of language of ``text``; :attr:`Language.UNKNOWN` when too little in it tells."""
    words = [word.lower() for word in _WORD.findall(text[:_LONGEST])]
    nynorsk = bokmaal = english = norwegian = 0.0
    for word in words:
        if word in _NORWEGIAN:
            norwegian += 1
        if word in _BOTH:
            norwegian += 1
        elif word in _NYNORSK:
            nynorsk += 2
        elif word in _BOKMAAL:
            bokmaal += 2
        elif word in _ENGLISH:
            english += 2
        elif len(word) > 5 and word.endswith(_NYNORSK_ENDING):
            nynorsk += 1
        elif len(word) > 5 and word.endswith(_BOKMAAL_ENDING):
            bokmaal += 1
    if english > norwegian + nynorsk + bokmaal and english >= 4:
        return Language.ENGLISH
    larger, smaller = max(nynorsk, bokmaal), min(nynorsk, bokmaal)
    if larger < 1 or larger <= _MARGIN * smaller or english > larger + norwegian:
        return Language.UNKNOWN
    return Language.NYNORSK if nynorsk > bokmaal else Language.BOKMAAL
