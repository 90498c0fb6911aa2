"""Which form of language a passage is written in: bokmål, nynorsk or English, by its small words and endings."""

from __future__ import annotations

import re
from functools import lru_cache

from fotfeste.plans.documents.model import Language


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NYNORSK = _words(
    """ikkje eg ein ei eit følgande frå dei deira dykk dykkar me vere vera verte vert vart vore korleis kva kven kvar
    kvart kvifor når noko nokon nokre mykje meir òg medan berre saman sjølv sjølve slik saka heile hjå
    utan mellom anna annan andre gjere gjer gjev gje gjeve gir ho han høg høgare høgt auke auka aukar
    auken skule skulen skular heim heime eigen eiga eige eigne kome kjem kome seier seie difor dersom
    fleire fleste færre inkje ingen tilhøve leggje legg leggja innbyggjarar innbyggjarane fylke fylket
    kommunar kommunane tenester tenesta tenestene verksemd verksemder bustad bustader busetjing
    busetjinga busetje busett einskilde enkelte sidan tidlegare vidare vidaregåande framleis arbeidsliv
    heilskapleg heilskaplege mogleg moglegheit moglegheiter samstundes ynskje ønskje ønskjer tryggleik
    utvikle byggje byggja byggjer brukar brukast vurderast skape skapast då no fyrst første
    dette desse nyttast oppleving kjenneteikn utfordringar løysing løysingar løysa løyse
    målsetjing målsetjingar stader staden rettleiing kyrkje ungdomar vaksne vaksen lærarar
    synast syner syne tek teke tek ligg vegar"""
)
_BOKMAAL = _words(
    """ikke jeg en et fra de deres dere være blir ble blitt vært hvordan hva hvem hvor hver hvert
    hvorfor når noe noen mye mer også mens bare sammen selv slik hele uten mellom annet annen andre
    gjør gjøre gi gir hun han høy høyere høyt øke øker økt økning skole skolen skoler hjem hjemme egen
    eget egne komme kommer sier derfor dersom flere fleste færre ingen forhold legge legger innbyggere
    innbyggerne fylke fylket kommuner kommunene tjenester tjenesten tjenestene virksomhet virksomheter
    bolig boliger bosetting bosettingen bosette bosatt bosatte enkelte siden tidligere videre
    videregående fremdeles fortsatt helhetlig helhetlige mulig mulighet muligheter samtidig ønske ønsker
    trygghet utvikle bygge bygger brukes vurderes skapes benytte benyttes utfordringer løsning løsninger
    løse målsetting steder stedet veiledning kirke vei veien voksne voksen lærere tar tas
    ligger først første dette disse hvilke hvilken nærmere sørge"""
)
_ENGLISH = _words(
    """the of and in is that with are as this which from have were not it their will should more between these its
    they we our such also been new into than other how what who through there both where when about would may
    refugees county municipality municipalities"""
)
_NORWEGIAN = _words(
    "og i på som av til med for at det den er har kan skal vil om å ved må seg ut ned opp alle ny nye"
)
_WORD = re.compile(r"[a-zæøåéèêòóôàäöü]+", re.IGNORECASE)
# What the two forms write differently wherever it stands in a word, and endings that one of them has.
_NYNORSK_PART = re.compile(
    r"bustad|buset[jt]|skule(?!rt)|sjuk|tenest|tilsko|vaks(?:en|ne)|høgsk|høyring|auk[aei]|tryggleik|verksemd|mogleg"
    r"|framand|rettleii?ng|flyktningar|innvandrar|utan(?:for|land)|innanfor|nykom|røyst|rekneska|foreini|einsleg"
    r"|heilskap|eige[nt]|tettstad|barnetal|måltal|[kg]j(?:e|a|er|ast|om)$|setj"
    r"|(?:leg|(?<!fast|tann|over|dyre)lege|legare|legast|leik|heit|heita|heiter)$|(?<!sv)(?<=[^aeiouyæøå])ar$|[^aeiouyæøå](?:ane|ast)$"
    r"|.{4}inga$|.{2}[^bs]ande$"
)
_BOKMAAL_PART = re.compile(
    r"bolig|bosat|boset|skole|syk(?![kl])|tjenest|tilskudd|voks(?:en|ne)|høysk|høring|økt|øker|øking|økning|økende|trygghet"
    r"|virksomhet|mulig|fremm|veiled|innbygger|flyktninger|innvandrere?n?e?$|utenfor|utenland|innenfor|foreninge|enslig"
    r"|helhet|hel[te]$|steder|mennesker|ansatt|familier|midler|oppgang|nedgangen|gjengs"
    r"|(?:lig|lige|ligere|ligst|else|elsen|elser|elsene|ningen|inger|ingene|sjoner|sjonene|het|heten|heter|erne)$"
    r"|(?:[^aeiouyæøå]ere|somme|ansen?e|tter|ndes|[trkps]es|[ae]des|plasser)$|.{2}[^svj]ende$"
    r"|^(?:hv|gjeld(?:er|ende)|anbefal)|^(?:del|mot|ivare|opp|inn|over|fore|ved|an|fra)tar$"
)
_NEITHER = _words(
    """januar februar oktober ansvar samfunnsansvar seminar radar kommentar arkivar klar svar par far var tar kar bar
    altar dollar notar nektar flere fleire være videre større mindre lengre yngre eldre ingen fast kast last gast plast
    kontrast ballast foreldre interesse adresse presse prosess første leser havet etter"""
)
# Endings that look like one form's and are both's: verbs in -ere, and some common words with compounds.
_BOTH_PART = re.compile(
    r"frivillig(?:e|t)?$|helse$|(?:gr|form|it|lud|is|vurd|abl|rutt|ul|tiv|in|vest|just|us)ere$"
)
_LONGEST = 20_000
_MARGIN = 1.2


def language_of(text: str) -> Language:
    """Return the form of language of ``text``; :attr:`Language.UNKNOWN` when too little in it tells."""
    nynorsk = bokmaal = english = norwegian = 0.0
    for word in _WORD.findall(text[:_LONGEST].lower()):
        one, two, three, four = _weights(word)
        nynorsk, bokmaal, english, norwegian = nynorsk + one, bokmaal + two, english + three, norwegian + four
    larger, smaller = max(nynorsk, bokmaal), min(nynorsk, bokmaal)
    if english >= 2 and english > 2 * (norwegian + larger):
        return Language.ENGLISH
    if larger < 1 or larger <= _MARGIN * smaller or english > larger + norwegian:
        return Language.UNKNOWN
    return Language.NYNORSK if nynorsk > bokmaal else Language.BOKMAAL


@lru_cache(maxsize=50_000)
def _weights(word: str) -> tuple[float, float, float, float]:
    """What a word says for nynorsk, bokmål, English, and Norwegian of either form."""
    if word in _NORWEGIAN:
        return 0, 0, 0, 1
    nynorsk, bokmaal = word in _NYNORSK, word in _BOKMAAL
    if nynorsk != bokmaal:
        return 2.0 * nynorsk, 2.0 * bokmaal, 0, 0
    if nynorsk or word in _NEITHER or _BOTH_PART.search(word):
        return 0, 0, 0, 1
    if word in _ENGLISH:
        return 0, 0, 1, 0
    if len(word) < 5:
        return 0, 0, 0, 0
    return float(bool(_NYNORSK_PART.search(word))), float(bool(_BOKMAAL_PART.search(word))), 0, 0
