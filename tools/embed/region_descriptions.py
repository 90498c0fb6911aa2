"""What the catalogue says of the data sets of the regions."""

from __future__ import annotations

from datetime import date

from tools.embed.writing import Description

CC_BY = "CC BY 4.0"
RETRIEVED = date(2026, 11, 21)

DESCRIPTIONS = {
    "municipalities": Description(
        id="regions.municipalities",
        title={
            "nb": "Kommuner 1994–2026: nummer, navn og gyldighet",
            "nn": "Kommunar 1994–2026: nummer, namn og gyldigheit",
            "en": "Municipalities 1994–2026: codes, names and validity",
        },
        agency="Statistisk sentralbyrå",
        table="KLASS 131 Kommuneinndeling",
        licence=CC_BY,
        period="1994–2026",
        unit="kommune",
        retrieved=RETRIEVED,
        remark="Navn før 2011 er de eldste i SSBs endringsliste; navn som først står i utgaven for 2026, gjelder fra 2026.",
        checks=(
            "435 kommuner i 1994, 434 i 2002, 433 i 2005, 431 i 2006, 430 i 2008, 429 i 2012, 428 i 2013",
            "426 kommuner i 2017, 422 i 2018, 356 i 2020, 357 i 2024",
            "sluttår for hver kode er likt SSBs harmoniseringsgrupper 1994–2024",
        ),
    ),
    "counties": Description(
        id="regions.counties",
        title={
            "nb": "Fylker 1994–2026: nummer, navn og gyldighet",
            "nn": "Fylke 1994–2026: nummer, namn og gyldigheit",
            "en": "Counties 1994–2026: codes, names and validity",
        },
        agency="Statistisk sentralbyrå",
        table="KLASS 104 Fylkesinndeling",
        licence=CC_BY,
        period="1994–2026",
        unit="fylke",
        retrieved=RETRIEVED,
        checks=("19 fylker til 2017, 18 fra 2018, 11 fra 2020, 15 fra 2024",),
    ),
    "steps": Description(
        id="regions.steps",
        title={
            "nb": "Kommuneendringer 1995–2024 med vekter",
            "nn": "Kommuneendringar 1995–2024 med vekter",
            "en": "Changes of municipalities 1995–2024 with weights",
        },
        agency="Statistisk sentralbyrå",
        table="KLASS 131 endringer; Rapporter 99/13; folketall 07459 og IMDi/SSB 1986–2015 til vekter",
        licence=CC_BY,
        period="1995–2024",
        unit="andel av folketallet",
        retrieved=RETRIEVED,
        remark="Vektene for Snillfjord, Tysfjord og Ålesund/Haram er anslag; delvise overføringer er anslått der SSB ikke "
        "oppgir antall personer.",
        checks=("andelene fra hver kommune summerer til 1",),
    ),
    "attributes": Description(
        id="regions.attributes",
        title={
            "nb": "Kjennetegn ved kommunene: sentralitet, KOSTRA-gruppe, bo- og arbeidsmarkedsregion, målform, areal",
            "nn": "Kjenneteikn ved kommunane: sentralitet, KOSTRA-gruppe, bu- og arbeidsmarknadsregion, målform, areal",
            "en": "Attributes of municipalities: centrality, KOSTRA group, housing and labour-market region, language form, area",
        },
        agency="Statistisk sentralbyrå; Kartverket; Kommunal- og distriktsdepartementet",
        table="KLASS 128 Sentralitet 2024; KOSTRA-gruppering 2024; bo- og arbeidsmarkedsregioner (TØI 2019); 07459",
        licence="CC BY 4.0; NLOD 2.0",
        period="2024; folketall 1. januar 2026",
        unit="kommune",
        retrieved=RETRIEVED,
        remark="Sentralitetsindeksen er avskrevet; bo- og arbeidsmarkedsregionene er fra 2020 omregnet til 2024.",
        checks=(
            "klassen følger av indeksen for alle 357 (grenser 925, 870, 775, 670, 565)",
            "5, 21, 54, 65, 104 og 108 kommuner i klasse 1 til 6",
            "folketallet summerer til 5 627 400 i 2026",
        ),
    ),
    "outlines": Description(
        id="regions.outlines",
        title={
            "nb": "Forenklede omriss av kommuner og fylker 2024",
            "nn": "Forenkla omriss av kommunar og fylke 2024",
            "en": "Simplified outlines of municipalities and counties 2024",
        },
        agency="Kartverket",
        table="Administrative enheter, kommuner 2024",
        licence=CC_BY,
        period="2024",
        unit="meter i UTM 33 (EPSG:25833)",
        retrieved=RETRIEVED,
        remark="Forenklet for små kart; felles grenser er felles. Skal ikke brukes til å måle.",
        checks=("357 kommuner og 15 fylker", "hver ring er lukket og har minst tre punkter"),
    ),
}
