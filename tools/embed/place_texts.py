"""What the catalogue says of the small tables per municipality."""

from __future__ import annotations

from datetime import date

from tools.embed.writing import Description

COMPILED = date(2026, 11, 21)
NAV_LICENCE = "NLOD 2.0"

WORK_CAPACITY = Description(
    id="reduced_work_capacity",
    title={
        "nb": "Personer med nedsatt arbeidsevne etter kommune, januar 2024",
        "nn": "Personar med nedsett arbeidsevne etter kommune, januar 2024",
        "en": "People with reduced work capacity by municipality, January 2024",
    },
    agency="NAV",
    table="NED155",
    licence=NAV_LICENCE,
    period="januar 2024",
    unit="persons",
    retrieved=COMPILED,
    remark="NAV viser ikke tall under 4 (Utsira).",
    suppress_below=4,
)

UNEMPLOYED = Description(
    id="unemployment_2022",
    title={
        "nb": "Registrerte helt ledige etter kommune, januar–oktober 2022",
        "nn": "Registrerte heilt ledige etter kommune, januar–oktober 2022",
        "en": "Registered unemployed by municipality, January–October 2022",
    },
    agency="NAV",
    table="HL060",
    licence=NAV_LICENCE,
    period="januar–oktober 2022",
    unit="persons",
    retrieved=COMPILED,
    remark=(
        "Kommunenummer fra 2022. NAV viser ikke tall under 4. Nyere månedstall for alle kommuner er ikke med; NAV melder "
        "om brudd i serien i april 2025."
    ),
    suppress_below=4,
)

FLOWS = Description(
    id="population_flows",
    title={
        "nb": "Fødselsoverskudd og nettoinnflytting etter kommune, sum 2011–2025",
        "nn": "Fødselsoverskot og nettoinnflytting etter kommune, sum 2011–2025",
        "en": "Natural increase and net migration by municipality, sums 2011–2025",
    },
    agency="Statistisk sentralbyrå",
    table="06913",
    licence="CC BY 4.0",
    period="2011–2025",
    unit="persons",
    retrieved=date(2026, 8, 11),
    remark="For 34 kommuner er grensene endret i perioden; tallene er merket som anslag.",
    checks=["sum(2025, measure=natural_increase) = 214715", "sum(2025, measure=net_migration) = 490010"],
)

NEED = Description(
    id="need_index",
    title={
        "nb": "Beregnet utgiftsbehov (behovsindeks) etter kommune",
        "nn": "Berekna utgiftsbehov (behovsindeks) etter kommune",
        "en": "Calculated expenditure need (need index) by municipality",
    },
    agency="Kommunal- og distriktsdepartementet",
    table="Grønt hefte, tabell A-k",
    licence="NLOD 2.0",
    period="2025–2026",
    unit="index_10000",
    retrieved=COMPILED,
    remark="Tideltusendeler: 10 000 er landsgjennomsnittet. Utsira og Modalen mangler i kilden.",
)

TRAVEL = Description(
    id="travel_time",
    title={
        "nb": "Reisetid til senteret i bo- og arbeidsmarkedsregionen",
        "nn": "Reisetid til senteret i bu- og arbeidsmarknadsregionen",
        "en": "Travel time to the centre of the housing and labour-market region",
    },
    agency="Transportøkonomisk institutt for Kommunal- og moderniseringsdepartementet",
    table="Inndeling i bo- og arbeidsmarkedsregioner 2020",
    licence="NLOD 2.0",
    period="2020",
    unit="minutes_100",
    retrieved=COMPILED,
    remark="Hundredeler av minutter, regnet i 2019, ført om til kommunene fra 2024. Haram har tallene til Ålesund.",
)
