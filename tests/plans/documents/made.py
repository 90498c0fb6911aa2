"""Invented plans as files, with what a reader should find in them. All text is made up for these tests."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

_NB = {
    "who": [
        "kommunen",
        "fylkeskommunen",
        "næringslivet",
        "voksenopplæringen",
        "flyktningtjenesten",
        "frivilligheten",
        "skolen",
        "helsestasjonen",
        "introduksjonsprogrammet",
        "arbeidsgiverne",
        "idrettslaget",
        "distriktskommunene",
        "planleggerne",
        "innbyggerne",
        "barnehagen",
    ],
    "does": "styrker samordner utvikler vurderer planlegger gjennomfører følger opp|prioriterer|bygger videre på|legger til "
    "rette for|tar vare på|utvider|kartlegger|beskriver|evaluerer".replace(" følger", "|følger").split("|"),
    "what": [
        "bosettingsarbeidet",
        "språkopplæringen",
        "arbeidsmarkedstilknytningen",
        "kompetansehevingen",
        "boligtilbudet",
        "næringsutviklingen",
        "inkluderingsarbeidet",
        "mangfoldsarbeidet",
        "tilflyttingen",
        "folkehelsearbeidet",
        "kollektivtilbudet",
        "samfunnsutviklingen",
        "kvalifiseringstiltakene",
        "karriereveiledningen",
        "medvirkningsprosessene",
    ],
    "how": [
        "sammen med de frivillige organisasjonene",
        "i tråd med den regionale planstrategien",
        "i løpet av planperioden",
        "etter innspill fra høringen",
        "uten å øke de samlede utgiftene",
        "i nært samarbeid med nabokommunene",
        "for alle som er bosatt",
        "slik at flere kommer i arbeid",
        "fra og med neste skoleår",
        "innenfor rammen av økonomiplanen",
    ],
}
_NN = {
    "who": [
        "kommunen",
        "fylkeskommunen",
        "næringslivet",
        "vaksenopplæringa",
        "flyktningtenesta",
        "frivilligsentralen",
        "skulen",
        "helsestasjonen",
        "introduksjonsprogrammet",
        "arbeidsgivarane",
        "idrettslaget",
        "distriktskommunane",
        "planleggjarane",
        "innbyggjarane",
    ],
    "does": [
        "styrkjer",
        "samordnar",
        "utviklar",
        "vurderer",
        "planlegg",
        "gjennomfører",
        "følgjer opp",
        "prioriterer",
        "byggjer vidare på",
        "legg til rette for",
        "tek vare på",
        "utvidar",
        "kartlegg",
        "skildrar",
        "evaluerer",
    ],
    "what": [
        "busetjingsarbeidet",
        "språkopplæringa",
        "arbeidsmarknadstilknytinga",
        "kompetansehevinga",
        "bustadtilbodet",
        "næringsutviklinga",
        "inkluderingsarbeidet",
        "mangfaldsarbeidet",
        "tilflyttinga",
        "folkehelsearbeidet",
        "kollektivtilbodet",
        "samfunnsutviklinga",
        "kvalifiseringstiltaka",
        "karriererettleiinga",
        "medverknadsprosessane",
    ],
    "how": [
        "saman med dei frivillige organisasjonane",
        "i tråd med den regionale planstrategien",
        "i løpet av planperioden",
        "etter innspel frå høyringa",
        "utan å auke dei samla utgiftene",
        "i nært samarbeid med nabokommunane",
        "for alle som er busette",
        "slik at fleire kjem i arbeid",
        "frå og med neste skuleår",
        "innanfor ramma av økonomiplanen",
    ],
}
_TITLES = {
    "nb": [
        "Bakgrunn og formål",
        "Utfordringer i regionen",
        "Arbeid og kvalifisering",
        "Bosetting i distriktene",
        "Mål for perioden",
        "Tiltak og ansvar",
        "Samarbeid med frivilligheten",
        "Kunnskapsgrunnlag",
        "Medvirkning og høring",
        "Oppfølging av planen",
    ],
    "nn": [
        "Bakgrunn og føremål",
        "Utfordringar i regionen",
        "Arbeid og kvalifisering",
        "Busetjing i distrikta",
        "Mål for perioden",
        "Tiltak og ansvar",
        "Samarbeid med frivillige",
        "Kunnskapsgrunnlag",
        "Medverknad og høyring",
        "Oppfølging av planen",
    ],
}
HEADER = "Regional plan for inkludering i Fjordfylket"
FOOTER = "Vedtatt i fylkestinget"


def sentence(chance: random.Random, form: str = "nb") -> str:
    """One sentence of an invented plan."""
    words = _NN if form == "nn" else _NB
    joint = " og " if chance.random() < 0.5 else ", mens " if form == "nb" else ", medan "
    one = f"{chance.choice(words['who'])} {chance.choice(words['does'])} {chance.choice(words['what'])}"
    two = f"{chance.choice(words['who'])} {chance.choice(words['does'])} {chance.choice(words['what'])}"
    text = f"{one}{joint}{two} {chance.choice(words['how'])}"
    return f"{text[0].upper()}{text[1:]} i {chance.randint(2021, 2035)}."


def paragraph(chance: random.Random, form: str = "nb", sentences: int = 4) -> str:
    return " ".join(sentence(chance, form) for _ in range(sentences))


@dataclass
class Plan:
    """What a file should say: its headings with levels, and all words of the running text in order."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    flow: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    source: str = ""
    file: bytes = b""

    @property
    def words(self) -> list[str]:
        return [word for piece in self.flow for word in piece.split()]


def in_order(truth: Sequence[str], read: Sequence[str], length: int = 5) -> float:
    """The share of the truth's runs of five words that the reading also has, each as often."""
    from collections import Counter

    def runs(words: Sequence[str]) -> Counter[tuple[str, ...]]:
        return Counter(tuple(words[place : place + length]) for place in range(len(words) - length + 1))

    wanted, found = runs(truth), runs(read)
    return sum(min(count, found[run]) for run, count in wanted.items()) / max(sum(wanted.values()), 1)


@cache
def typeset(
    columns: int = 1,
    chapters: int = 3,
    form: str = "nb",
    *,
    outline: bool = True,
    seed: int = 1,
    size: float = 10.5,
) -> Plan:
    """A plan set by Typst: running head and foot, numbered headings, hyphens, notes, lists and tables."""
    import typst

    chance = random.Random(seed)
    plan = Plan()
    body: list[str] = []
    for chapter in range(1, chapters + 1):
        title = chance.choice(_TITLES[form])
        plan.headings.append((1, f"{chapter} {title}"))
        plan.flow.append(f"{chapter} {title}")
        body.append(f"= {title}")
        for section in range(1, 4):
            title = chance.choice(_TITLES[form])
            plan.headings.append((2, f"{chapter}.{section} {title}"))
            plan.flow.append(f"{chapter}.{section} {title}")
            body.append(f"== {title}")
            for number in range(4):
                text = paragraph(chance, form, chance.randint(2, 5))
                if number == 1:
                    note = sentence(chance, form)
                    mark = len(plan.notes) + 1
                    plan.notes.append(note)
                    plan.flow.append(f"{text}[{mark}]")
                    body.append(f"{text}#footnote[{note}]\n")
                else:
                    plan.flow.append(text)
                    body.append(f"{text}\n")
            items = [sentence(chance, form) for _ in range(3)]
            plan.flow += items
            body.append("\n".join(f"- {item}" for item in items) + "\n")
        rows = [[f"Tiltak {chapter}.{row}", chance.choice(_NB["who"]), str(2024 + row)] for row in range(4)]
        plan.cells += ["Tiltak", "Ansvarlig", "Frist", *(cell for row in rows for cell in row)]
        cells = ", ".join(f"[{cell}]" for row in [["Tiltak", "Ansvarlig", "Frist"], *rows] for cell in row)
        body.append(f"#table(columns: 3, {cells})\n")
    head = f"""
#set document(title: "{HEADER}", date: none)
#set page(paper: "a4", columns: {columns}, margin: 2.2cm, numbering: "1",
  header: [{HEADER} #h(1fr) #context counter(page).display()], footer: [{FOOTER} #h(1fr) #context counter(page).display()])
#set text(lang: "{form}", size: {size}pt, hyphenate: true, font: "Libertinus Serif")
#set par(justify: true)
#set heading(numbering: "1.1")
"""
    plan.source = head + ("#outline()\n#pagebreak()\n" if outline else "") + "\n".join(body)
    plan.file = typst.compile(plan.source.encode(), format="pdf", ignore_system_fonts=True)
    return plan


@dataclass(frozen=True)
class Text:
    """A line of text on a page, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10.0
    bold: bool = False


def written(
    pages: Sequence[Sequence[Text]], drawn: str = "", rotate: int = 0, box: str = "0 0 595 842"
) -> bytes:
    """A PDF with each line exactly where and in the order that is asked for; without tags, bookmarks or spaces between."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        )
    kids = []
    for page in pages:
        content = drawn.encode() + b"\n"
        for one in page:
            words = (
                one.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            )
            font = "F2" if one.bold else "F1"
            content += (
                f"BT /{font} {one.size} Tf {one.x:.2f} {one.y:.2f} Td (".encode() + words + b") Tj ET\n"
            )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"endstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {rotate} /Contents {len(objects)} 0 R "
            f"/Resources << /Font {fonts} >> >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return assembled(objects)


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Objects as a PDF file with its table of places."""
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    )


_WIDTHS = (
    dict.fromkeys("abdeghnopqu0123456789åéL", 0.556)
    | dict.fromkeys("cksvxyzJ", 0.5)
    | dict.fromkeys("fItj.,:;- ", 0.278)
)
_WIDTHS |= dict.fromkeys("il", 0.222) | {
    "m": 0.833,
    "M": 0.833,
    "w": 0.722,
    "r": 0.333,
    "æ": 0.889,
    "ø": 0.611,
    "t": 0.278,
    "Æ": 1.0,
}


def wrapped(text: str, width: float, size: float, *, hyphens: bool = False) -> list[str]:
    """The text in lines of a width, about as Helvetica fills them; long words may be parted."""
    lines, line, used = [], "", 0.0
    for word in text.split():
        long = sum(_WIDTHS.get(letter, 0.722) for letter in word) * size
        if line and used + long > width:
            room = width - used
            if hyphens and room > 5 * size * 0.5 and len(word) > 9 and word.isalpha():
                lines.append(f"{line} {word[:4]}-")
                line, used = word[4:], long * (1 - 4 / len(word))
            else:
                lines.append(line)
                line, used = word, long
            used += 0.28 * size
            continue
        line = f"{line} {word}".strip()
        used += long + 0.28 * size
    return [*lines, line] if line else lines


def interleaved(
    pages: int = 4, columns: int = 2, seed: int = 1, *, heading: bool = True, hyphens: bool = True
) -> Plan:
    """A plan whose file writes the first line of each column, then the second of each: the order is only in the places."""
    chance = random.Random(seed)
    plan = Plan()
    sheets: list[list[Text]] = []
    wide = (595 - 100 - 20 * (columns - 1)) / columns
    for number in range(1, pages + 1):
        sheet = [Text(50, 805, HEADER, 8), Text(280, 30, str(number), 8)]
        top = 770.0
        if heading:
            title = f"{number} {chance.choice(_TITLES['nb'])}"
            plan.headings.append((1, title))
            plan.flow.append(title)
            sheet.append(Text(50, 760, title, 18, bold=True))
            top = 730.0
        lines: list[list[Text]] = []
        for column in range(columns):
            x, y, own = 50 + column * (wide + 20), top, []
            while y > 160:
                section = chance.choice(_TITLES["nb"])
                plan.headings.append((2, section))
                plan.flow.append(section)
                own.append(Text(x, y, section, 11, bold=True))
                y -= 16
                text = paragraph(chance, "nb", 3)
                plan.flow.append(text)
                for line in wrapped(text, wide, 9.5, hyphens=hyphens):
                    own.append(Text(x, y, line, 9.5))
                    y -= 12
                y -= 10
            lines.append(own)
        for place in range(max(map(len, lines))):
            sheet += [own[place] for own in lines if place < len(own)]
        sheets.append(sheet)
    plan.file = written(sheets)
    return plan
