"""What the catalogue says of the settlement data sets."""

from __future__ import annotations

from datetime import date

from tools.embed.writing import Description

LICENCE = "NLOD 2.0 (antatt, ikke oppgitt av IMDi)"
HIDDEN_BELOW = 5

SETTLEMENT = Description(
    id="settlement",
    title={
        "nb": "Anmodning, vedtak og bosetting av flyktninger etter kommune",
        "nn": "Oppmoding, vedtak og busetjing av flyktningar etter kommune",
        "en": "Refugee settlement by municipality: requested, decided, settled",
    },
    agency="IMDi",
    table="Bosettingstall; Figur1_bosatt_anmodede (1995–2023)",
    licence=LICENCE,
    period="1995–2026",
    unit="persons",
    retrieved=date(2026, 9, 28),
    remark=(
        "Kommunenumrene er fra sin egen tid. Bosatte finnes fra 2012. 2018–2020 mangler rader for om lag 145 "
        "kommuner: en rad som mangler, er ukjent, ikke null. 2023: anmodning og vedtak per høsten, bosatte bare til "
        "høsten (18 851; hele året står i et eget datasett). 2020 og 2022: anmodningen ble endret i løpet av året; den "
        "første er også tatt vare på. 2025: anmodningene ble senket fra 18 900 til 12 640 i løpet av året, "
        "derfor er vedtakene høyere enn anmodningene. 2026 er status per 28. september, ikke et helt år. Tallene for "
        "2024–2026 er avskrift av IMDis sider. Nordland 2026: kommunene har vedtatt 1 045, fylkesraden sier 1 050."
    ),
    checks=[
        "sum(2024, measure=requested) = 37000",
        "sum(2025, measure=requested) = 12640",
        "sum(2026, measure=requested) = 13000",
        "sum(2022, measure=settled) = 31253",
    ],
    suppress_below=HIDDEN_BELOW,
    suppressed_measures=("settled", "settled_collective_protection"),
)

FULL_YEAR_2023 = Description(
    id="settled_2023",
    title={
        "nb": "Bosatte flyktninger i hele 2023 etter kommune",
        "nn": "Busette flyktningar i heile 2023 etter kommune",
        "en": "Refugees settled in the whole of 2023 by municipality",
    },
    agency="IMDi",
    table="Bosettingstall 2023 (Samarbeidsdesken)",
    licence=LICENCE,
    period="2023",
    unit="persons",
    retrieved=date(2026, 11, 21),
    # The sum itself would tell the one number that is hidden here.
    remark=(
        "Fra en annen samling enn resten av serien. Nuller regnes som null: kommunene med null hadde null også i "
        "høsttallene, og summen er den publiserte. Evje og Hornnes har 26, mot 31 i høsttallene. Haram var en del av Ålesund (1507) i 2023."
    ),
    checks=["sum(2023, measure=settled) = 33420"],
    suppress_below=HIDDEN_BELOW,
    suppressed_measures=("settled", "settled_collective_protection"),
)

COUNTIES = Description(
    id="settlement_counties",
    title={
        "nb": "Anmodning, vedtak og bosetting av flyktninger etter fylke",
        "nn": "Oppmoding, vedtak og busetjing av flyktningar etter fylke",
        "en": "Refugee settlement by county: requested, decided, settled",
    },
    agency="IMDi",
    table="Bosettingstall",
    licence=LICENCE,
    period="2024–2026",
    unit="persons",
    retrieved=date(2026, 9, 28),
    remark=(
        "Fylkesradene slik IMDi viser dem, til kontroll av kommunetallene. 2026 er status per 28. september. Nordland "
        "2026: fylkesraden sier 1 050 vedtatt, kommunene summerer til 1 045."
    ),
    checks=["sum(2024, measure=requested) = 37000", "sum(2025, measure=requested) = 12640"],
    suppress_below=HIDDEN_BELOW,
    suppressed_measures=("settled", "settled_collective_protection"),
)
