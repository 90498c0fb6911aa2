"""Synthetic plans for the browser: no such plan exists, nobody has decided anything of this, and every text is written for it.

A county's plan, the planning strategy of a municipality, two generations of another's plan in nynorsk, and a confidential draft.
«= » begins a chapter, «== » a section, «- » an item of a list, «| » a row of a table, «~» a new page.
"""

from __future__ import annotations

from functools import cache

COUNTY = """
= Om planen
Denne planen er oppdiktet. Den er skrevet for å prøve programmet, og ingen har vedtatt den.
Med innvandrere mener vi personer som er født i utlandet av utenlandske foreldre. Med distrikt mener vi kommuner på sentralitet 4 til 6.
== Hva som kom ut av den forrige planen
Evalueringen av den forrige planen viser at samarbeidet om språkopplæring fungerte, men at tiltakene for arbeid manglet ansvarlige.
Vi fikk mange innvendinger i høringen, og søknaden om mer tid ble innvilget. Fristen hadde liten innvirkning på innholdet.
= Folketall og flytting
Folketallet i distriktskommunene har gått ned i ti år. Uten innvandring ville nedgangen vært dobbelt så stor.
Innvandrere som blir boende, bidrar til vekst i bygdene og gjør at skoler og butikker består.
Flyktninger flytter oftere enn andre etter fem år. Da mister kommunene kompetanse som de har vært med på å bygge.
~
= Arbeid og kvalifisering
Næringslivet i distriktene trenger fagarbeidere. Fylkeskommunen har kartlagt hvilken kompetanse arbeidsgiverne etterspør fram mot 2030.
Kvalifiseringen av flyktninger skal bygge på det lokale arbeidsmarkedet, slik at introduksjonsprogrammet fører til fagbrev der det er ledige stillinger.
Arbeidsinnvandrere får sjelden tilbud om norskopplæring. Mange familieinnvandrere står utenfor arbeidslivet lenger enn de ønsker.
== Mål
- Innen 2030 skal 60 prosent av deltakerne i introduksjonsprogrammet være i arbeid eller utdanning ett år etter avsluttet program.
- Flere bosatte flyktninger skal få fagbrev mens de er i arbeid.
- Distriktskommunene skal ha et voksenopplæringstilbud innen en times reise.
== Tiltak
| Tiltak | Ansvarlig | Frist
| Felles karriereveiledning for voksne innvandrere | Fylkeskommunen | 2027
| Fagbrev på jobb i distriktene sammen med næringshagene | Næringshagene | 2028
| Bussrute mellom bygdene og læringssenteret | Fylkeskommunen | 2027
- Fylkeskommunen gir tilskudd til kommuner som samarbeider om voksenopplæring.
- Kommunene skal vurdere boliger for familier nær skole og barnehage.
~
= Bolig og lokalsamfunn
Det er få utleieboliger i de minste kommunene. Kommunene kan bruke startlån og samarbeid med Husbanken for at flyktninger skal bli boende.
Frivillige lag og bibliotek er møteplasser der innvandrere og andre innbyggere blir kjent.
= Helse og oppvekst
Helsestasjonen og fastlegen skal bruke tolk når det trengs. Barn av innvandrere skal ha barnehageplass fra første dag.
Enslige mindreårige flyktninger bosettes i kommuner med erfaring, og de får en fast voksen kontakt.
= Risiko og konsekvenser
Hvis bosettingen i distriktene ikke følges av arbeid og bolig, vil flere flytte, og tiltakene blir uten virkning.
Kommunene har plikt til å gi et forsvarlig tilbud. Det er også solidaritet med mennesker som har flyktet.
= Oppfølging
Fylkeskommunen rapporterer hvert år om andelen i arbeid, andelen som blir boende, og antall fagbrev.
"""

OLD = """
= Innleiing
Denne planen er oppdikta. Han er skriven for å prøve programmet, og ingen har vedteke han.
Kommunen skal vere ein god stad å bu for alle.
= Folketal og busetjing
Folketalet går ned, og kommunen vil at fleire skal flytte hit.
Kommunen buset flyktningar når staten spør om det.
= Mål
- Kommunen skal ha gode oppvekstvilkår for alle barn.
- Kommunen skal leggje til rette for næringsutvikling.
= Kultur og frivillig arbeid
Biblioteket og dei frivillige laga er møteplassar for alle.
"""

NEW = """
= Innleiing
Denne planen er oppdikta. Han er skriven for å prøve programmet, og ingen har vedteke han.
Kommunen skal vere ein god stad å bu for alle.
= Folketal og busetjing
Folketalet går ned, og utan innvandring ville nedgangen vore større. Innvandrarar og flyktningar er ein tidel av innbyggjarane.
Kommunen buset flyktningar etter ei vurdering av bustader, arbeid og tenester.
= Arbeid og kompetanse
Kommunen har kartlagt kva arbeidskraft bedriftene og omsorgstenesta treng dei neste ti åra.
Flyktningar som blir busette, får kvalifisering retta mot arbeidslivet i bygda, slik at dei kan bli buande i distriktet.
= Mål
- Kommunen skal ha gode oppvekstvilkår for alle barn.
- Kommunen skal leggje til rette for næringsutvikling.
- Innan 2032 skal halvparten av dei busette flyktningane vere i fast arbeid.
= Tiltak
- Næringshagen har ansvar for eit mottak for nye arbeidstakarar innan 2028.
- Vaksenopplæringa gir norskopplæring på kveldstid til arbeidsinnvandrarar.
= Kultur og frivillig arbeid
Biblioteket og dei frivillige laga er møteplassar for alle, òg for innvandrarar.
"""

STRATEGY = """
= Kommunal planstrategi
Denne planstrategien er oppdiktet. Den er skrevet for å prøve programmet, og ingen har vedtatt den.
== Utfordringer
Kommunen blir eldre, og det er vanskelig å rekruttere til helsetjenesten.
Det bor 400 flyktninger i kommunen. Hver tredje står utenfor arbeid og utdanning.
== Planbehov
- Kommuneplanens samfunnsdel skal revideres. Arbeidet begynner våren 2027.
- Temaplan for integrering skal vurderes i perioden.
"""

DRAFT = """
= Forord
Dette utkastet er oppdiktet. Det er skrevet for å prøve programmet, og ingen har lagt det ut på høring.
= Befolkning
Kommunen har flere eldre og færre barn enn for ti år siden. Folketallet skal være stabilt fram mot 2039, og det krever flere barnefamilier.
= Næring
Reiseliv og landbruk er bærende næringer. Kommunen skal være attraktiv for bedrifter som vil etablere seg.
== Mål
- Flere arbeidsplasser i reiselivet.
- Kommunen skal ta imot flyktninger.
~
= Tjenester
Skole og barnehage skal ligge nær der folk bor. Helsestasjonen skal ha åpen dag hver uke.
- Kommunen skal utrede et felles hus for bibliotek, kulturskole og frivillighet.
= Samferdsel
Det går få busser i helgene. Kommunen skal ta opp rutetilbudet med fylkeskommunen.
"""


@cache
def pdf(title: str, text: str, language: str = "nb") -> bytes:
    """Return a text as a PDF of its own, set by Typst with headings, lists and tables."""
    import typst

    body, rows = [], []
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("| "):
            rows.append(line[2:].split(" | "))
            continue
        if rows:
            cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
            body.append(f"#table(columns: {len(rows[0])}, {cells})\n")
            rows = []
        body.append("#pagebreak()" if line == "~" else line if line.startswith("- ") else f"{line}\n")
    head = f"""
#set document(title: "{title}", date: none)
#set page(paper: "a4", margin: 2.4cm, numbering: "1", header: [{title}])
#set text(lang: "{language}", size: 11pt, font: "Libertinus Serif")
#set heading(numbering: "1.1")
#text(size: 22pt, weight: "bold")[{title}]

"""
    made: bytes = typst.compile((head + "\n".join(body)).encode(), format="pdf", ignore_system_fonts=True)
    return made
