"""DOCX, ODT, HTML, Markdown and plain text become the same kind of document; sentences, languages, the stored form."""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.plans.documents import Document, read
from fotfeste.plans.documents.languages import language_of
from fotfeste.plans.documents.model import Language
from fotfeste.plans.documents.sentences import sentences
from fotfeste.plans.documents.stored import dump, load

LABELLED = Path(__file__).parents[1] / "labelled" / "passages.toml"


def rows(document: Document) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for one in document.passages:
        cell = (one.cell.table, one.cell.row, one.cell.column) if one.cell else None
        found.append((one.kind.value, one.level, cell, document.at(one.span)))
    return found


WANTED = [
    ("heading", 1, None, "Plan for busetjing"),
    ("paragraph", 0, None, "Kommunen skal busetje.[1] Alle er med."),
    ("footnote", 0, None, "[1] Sjå vedtaket."),
    ("list_item", 0, None, "fyrste tiltak"),
    ("heading", 2, None, "Mål"),
    ("table_cell", 0, (0, 0, 0), "Mål"),
    ("table_cell", 0, (0, 0, 1), "Frist"),
    ("table_cell", 0, (0, 1, 1), "2027"),
]


def word() -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def p(text: str, style: str = "", more: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>'

    note = '<w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>borte</w:delText></w:r></w:del>'
    tail = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r><w:r><w:t xml:space='preserve'> Alle er med.</w:t></w:r>"
    cells = f"<w:tr><w:tc>{p('Mål')}</w:tc><w:tc>{p('Frist')}</w:tc></w:tr><w:tr><w:tc>{p('')}</w:tc><w:tc>{p('2027')}</w:tc></w:tr>"
    body = (
        f"{p('Plan for busetjing', 'Overskrift1')}{p('Kommunen skal busetje.', '', note + tail)}"
        f"{p('fyrste tiltak', 'Liste')}{p('Mål', 'Overskrift2')}<w:tbl>{cells}</w:tbl>"
    )
    styles = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in (
            ("Overskrift1", "heading 1", ""), ("Overskrift2", "heading 2", ""),
            ("Liste", "List Bullet", ""),
        )
    )  # fmt: skip
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{w}">{styles}</w:styles>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="2">{p("Sjå vedtaket.")}</w:footnote></w:footnotes>',
    }
    return packed(parts)


def packed(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def open_text() -> bytes:
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "text", "table", "style")
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Sjå vedtaket.</text:p></text:note-body></text:note>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    content = (
        f"<office:document-content {spaces}><office:body><office:text>"
        "<text:tracked-changes><text:p>borte</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Plan for busetjing</text:h>'
        f"<text:p>Kommunen skal busetje.{note}<text:s/>Alle er med.</text:p>"
        "<text:list><text:list-item><text:p>fyrste tiltak</text:p></text:list-item></text:list>"
        '<text:h text:outline-level="2">Mål</text:h><table:table>'
        + row.format(cell.format("Mål") + cell.format("Frist"))
        + row.format(cell.format("") + cell.format("2027"))
        + "</table:table></office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


MARKDOWN = """---
title: ikkje tekst
---
# Plan for busetjing

Kommunen skal *busetje*.[^1] Alle
er med.

[^1]: Sjå vedtaket.

- fyrste tiltak

## Mål

| Mål | Frist |
|---|---|
| | 2027 |
"""
HTML = """<!doctype html><meta charset="utf-8"><title>Plan</title><script>borte()</script><nav>meny</nav>
<h1>Plan for busetjing</h1><p>Kommunen skal <b>busetje</b>.<sup>1</sup> Alle
er med.<p hidden>skjult</p><ul><li>fyrste tiltak</li></ul><h2>Mål</h2>
<table><tr><th>Mål<th>Frist<tr><td><td>2027</table><footer>bunn</footer>"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.docx", word()),
        ("plan.odt", open_text()),
        ("plan.md", MARKDOWN.encode()),
        ("plan.html", HTML.encode()),
    ],
)
def test_the_same_plan_is_read_alike_from_every_kind_of_file(name: str, data: bytes) -> None:
    wanted = [row for row in WANTED if name != "plan.html" or row[0] != "footnote"]
    assert rows(read(name, data)) == wanted


def test_plain_text_keeps_paragraphs_lists_and_numbered_headings() -> None:
    text = "PLAN FOR BUSETJING\r\n\r\n1.1 Bakgrunn\r\n\r\nKommunen skal busetje og byggje bustad-\r\nområde for alle.\r\n- fyrste tiltak\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert rows(read("plan.txt", text.encode(encoding))) == [
            ("heading", 1, None, "PLAN FOR BUSETJING"),
            ("heading", 2, None, "1.1 Bakgrunn"),
            ("paragraph", 0, None, "Kommunen skal busetje og byggje bustadområde for alle."),
            ("list_item", 0, None, "fyrste tiltak"),
        ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Vi bosetter 20. Det er nok.", ["Vi bosetter 20.", "Det er nok."]),
        (
            "Planen gjelder fra 1. januar 2026. Den varer.",
            ["Planen gjelder fra 1. januar 2026.", "Den varer."],
        ),
        (
            "Jf. nr. 5 og kap. 3 i bl.a. Meld. St. 17, f.eks. Tiltak 2.",
            ["Jf. nr. 5 og kap. 3 i bl.a. Meld. St. 17, f.eks. Tiltak 2."],
        ),
        ("Se integreringsloven § 4. Kommunen svarer.", ["Se integreringsloven § 4.", "Kommunen svarer."]),
        ("1. Kommunen svarer. 2. Fylket spør.", ["1. Kommunen svarer.", "2. Fylket spør."]),
        ("Bolig, skole osv. Alle får det.", ["Bolig, skole osv.", "Alle får det."]),
        ("Vi trenger folk nå. De finnes.", ["Vi trenger folk nå.", "De finnes."]),
        ("Slik er det no. Min. 5 år.", ["Slik er det no.", "Min. 5 år."]),
        ("Det står i loven.[3] Hva så? «Ja!» sa de.", ["Det står i loven.[3]", "Hva så?", "«Ja!» sa de."]),
        (
            "A. Hansen (red.) skrev det i pkt. 2.1. Ingen svarte.",
            ["A. Hansen (red.) skrev det i pkt. 2.1.", "Ingen svarte."],
        ),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, wanted: list[str]) -> None:
    assert [text[one.start : one.end] for one in sentences(text)] == wanted


@given(st.text("aB .!?1«»[]§\n", max_size=80), st.integers(0, 9))
def test_sentences_cover_all_but_the_space_between_them(text: str, start: int) -> None:
    found = sentences(text, start)
    assert "".join("".join(text[one.start - start : one.end - start].split()) for one in found) == "".join(
        text.split()
    )
    assert all(
        text[one.start - start : one.end - start].strip() == text[one.start - start : one.end - start]
        for one in found
    )


def test_the_form_of_language_is_told_where_it_can_be_and_seldom_wrongly() -> None:
    passages = tomllib.loads(LABELLED.read_text(encoding="utf-8"))["passage"]
    pairs = [(one["language"], language_of(one["text"]).value) for one in passages if one["number"] % 2 == 0]
    told = [pair for pair in pairs if pair[1]]
    assert len(told) >= 0.88 * len(pairs)
    assert sum(own == other for own, other in told) >= 0.99 * len(told)


@pytest.mark.parametrize(
    ("text", "not_this"),
    [
        ("Kommunen skal ta imot flyktninger.", Language.NYNORSK),
        ("Kvinner deltar mindre enn menn.", Language.NYNORSK),
        ("Alle barn skal ta del i fritidsaktiviteter.", Language.NYNORSK),
        ("Vi skal ta vare på naturen.", Language.NYNORSK),
        ("Kommunen skal bruke tolk.", Language.NYNORSK),
        ("Jobben er godt betalt.", Language.NYNORSK),
        ("Rådmannen har hovedansvar, og vegen ligger nær sentrum.", Language.NYNORSK),
        ("Planen gjeld til 2030.", Language.BOKMAAL),
        ("Kommunalsjef helse", Language.BOKMAAL),
        ("Kommunen skal integrere klimaomsyn i alle saker.", Language.BOKMAAL),
        ("Vi må nå måla gjennom samarbeid med frivillige.", Language.BOKMAAL),
    ],
)
def test_words_that_both_forms_have_do_not_tell_a_short_sentence(text: str, not_this: Language) -> None:
    assert language_of(text) is not not_this


def test_a_short_sentence_is_told_by_what_only_one_form_has() -> None:
    assert language_of("Kommunen skal ta imot flyktninger.") is Language.BOKMAAL
    assert language_of("Kommunen skal ta imot flyktningar.") is Language.NYNORSK
    assert language_of("Løpende arbeid med gjeldende planer.") is Language.BOKMAAL
    assert language_of("Løpande arbeid med gjeldande planar.") is Language.NYNORSK


def test_english_is_told_and_a_number_is_no_language() -> None:
    assert language_of("The county will help refugees and their families into work.") is Language.ENGLISH
    assert language_of("2024 – 2028") is Language.UNKNOWN


@pytest.mark.parametrize(("name", "data"), [("plan.docx", word()), ("plan.md", MARKDOWN.encode())])
def test_a_stored_plan_comes_back_as_it_was(name: str, data: bytes) -> None:
    document = read(name, data)
    stored = dump(document)
    assert load(stored) == document
    assert dump(load(stored)) == stored
    for damaged in (stored[:-9], b"", b"x", stored[:50] + bytes([stored[50] ^ 1]) + stored[51:]):
        with pytest.raises(InputError) as caught:
            load(damaged)
        assert caught.value.code == "plan.damaged"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("# Kompetanse i", "# Vestfold og", "# Telemark", "# Innhold"), "Kompetanse i Vestfold og Telemark"),
        (("# Regional plan", "# Innhold"), "Regional plan"),
        (("# Plan for", "Et avsnitt."), "Plan for"),
    ],
)
def test_a_title_that_breaks_off_goes_on_in_the_next_heading(lines: tuple[str, ...], wanted: str) -> None:
    assert read("plan.md", "\n\n".join((*lines, "Et avsnitt til.")).encode()).title == wanted
