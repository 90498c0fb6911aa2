import io
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from fotfeste.errors import InputError
from fotfeste.reports import fill_docx
from fotfeste.reports.template_docx import docx_fields

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def opened(content):
    return docx.Document(io.BytesIO(content))


def control(tag, inside="<w:r><w:rPr><w:b/></w:rPr><w:t>Klikk her</w:t></w:r>", more=""):
    return parse_xml(
        f'<w:sdt {W}><w:sdtPr><w:tag w:val="{tag}"/><w:showingPlcHdr/>{more}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


@pytest.fixture
def template():
    document = docx.Document()
    document.add_paragraph("Til {{fylke}} om {{ år }}.")
    split = document.add_paragraph("Sum: ")
    for piece, bold in (("{", False), ("{to", True), ("tal", True), ("}} personer", False)):
        split.add_run(piece).bold = bold
    paragraph = document.add_paragraph("Sak: ")
    paragraph._p.append(control("sak"))
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Kommune", "Antall"
    table.rows[1].cells[0].text = "{{kommune.navn}}"
    table.rows[1].cells[1].paragraphs[0]._p.append(control("kommune.antall"))
    document.sections[0].header.paragraphs[0].text = "{{fylke}}"
    return document


FIELDS = {"fylke": "Telemark", "år": "2027", "total": "545", "sak": "26/1"}
ROWS = {"kommune": [{"navn": "Skien", "antall": "86"}, {"navn": "Tinn", "antall": "10"}]}


def filled(template, fields=None, rows=ROWS):
    return opened(fill_docx(saved(template), fields or {**FIELDS, "total": "545"}, rows))


def test_tokens_are_filled_also_when_word_has_split_them(template):
    made = filled(template)
    assert made.paragraphs[0].text == "Til Telemark om 2027."
    assert made.paragraphs[1].text == "Sum: 545 personer"


def test_content_controls_are_filled_by_their_tag_and_keep_their_looks(template):
    made = filled(template)
    xml = made.paragraphs[2]._p.xml
    assert "26/1" in xml
    assert "Klikk her" not in xml
    assert "showingPlcHdr" not in xml
    assert "<w:b/>" in xml


def test_headers_are_filled_too(template):
    assert filled(template).sections[0].header.paragraphs[0].text == "Telemark"


def test_a_row_with_fields_of_a_list_is_repeated_for_every_record(template):
    rows = filled(template).tables[0].rows
    texts = ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", row._tr.xml)) for row in rows]
    assert texts == ["KommuneAntall", "Skien86", "Tinn10"]


def test_an_empty_list_leaves_no_row(template):
    assert len(filled(template, rows={"kommune": []}).tables[0].rows) == 1


@pytest.mark.parametrize("value", ["</w:t><b>", "{{fylke}}", "=cmd|'x'", "&amp;", "a{{{{b}}}}", "\x00\x07ok"])
def test_values_stay_text_and_are_never_fields(template, value):
    made = filled(template, {**FIELDS, "total": value, "fylke": "Telemark", "sak": value})
    shown = re.sub("[\x00\x07]", "", value)
    assert made.paragraphs[1].text == f"Sum: {shown} personer"
    assert shown in "".join(
        node.text or "" for node in made.paragraphs[2]._p.iter() if node.tag.endswith("}t")
    )


def test_line_breaks_in_values_become_line_breaks(template):
    made = filled(template, {**FIELDS, "total": "a\nb", "sak": "c\nd"})
    assert made.paragraphs[1].text == "Sum: a\nb personer"
    assert made.paragraphs[2]._p.xml.count("<w:br/>") == 1


def test_unknown_fields_are_all_named_with_their_places_and_the_names_that_exist(template):
    template.add_paragraph("{{fylkket}}")
    template.tables[0].rows[1].cells[0].text = "{{kommune.nvan}}"
    template.add_paragraph()._p.append(control("sakk"))
    with pytest.raises(InputError) as caught:
        filled(template)
    error = caught.value
    assert error.code == "template.fields"
    text = str(error)
    assert all(name in text for name in ("fylkket", "kommune.nvan", "sakk", "kommune.antall", "total"))
    assert all(
        str(problem.place) and str(problem.place).startswith("mal.docx, ") for problem in error.problems
    )
    assert {"fylkket", "kommune.nvan", "sakk"} <= {
        str(problem.what).split("«")[1].split("»")[0] for problem in error.problems
    }


def test_content_controls_of_the_archive_system_are_left_alone(template):
    bound = '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    template.add_paragraph()._p.append(control("ToActivityContact", more=bound))
    assert "Klikk her" in filled(template).paragraphs[-1]._p.xml


def test_the_names_in_a_template_can_be_listed(template):
    assert set(docx_fields(saved(template))) == {
        "fylke",
        "år",
        "total",
        "kommune.navn",
        "kommune.antall",
        "sak",
    }


def test_a_control_without_text_gets_one(template):
    template.add_paragraph()._p.append(control("sak", inside=""))
    assert "26/1" in filled(template).paragraphs[-1]._p.xml


def with_part(content, name, data, replace=None):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            kept = old.read(entry)
            new.writestr(entry.filename, replace(kept) if replace and entry.filename == name else kept)
        if name not in old.namelist():
            new.writestr(name, data)
    return stream.getvalue()


def refused(content):
    with pytest.raises(InputError) as caught:
        fill_docx(content, FIELDS)
    return caught.value


def test_macros_are_refused(template):
    error = refused(with_part(saved(template), "word/vbaProject.bin", b"x"))
    assert [problem.code for problem in error.problems] == ["template.macro"]


def test_content_fetched_from_outside_is_refused_but_links_are_fine(template):
    template.part.relate_to(
        "https://example.org/logo.png",
        f"{'http://schemas.openxmlformats.org/officeDocument/2006/relationships'}/image",
        is_external=True,
    )
    error = refused(saved(template))
    assert "https://example.org/logo.png" in str(error)


def test_a_link_to_a_web_page_is_fine(template):
    template.part.relate_to(
        "https://example.org",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    assert filled(template).paragraphs[0].text.startswith("Til Telemark")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "template.kind"),
        (b"hei", "template.kind"),
        (b"PK\x03\x04broken", "template.kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "template.locked"),
    ],
)
def test_other_files_are_refused(content, code):
    assert refused(content).code == code


def test_a_workbook_is_not_a_document(template):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(stream.getvalue()).code == "template.kind"


def test_entities_are_refused(template):
    bomb = with_part(
        saved(template), "word/document.xml", b"", lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    )
    assert refused(bomb).code == "template.broken"


def test_a_huge_file_is_refused_before_it_is_unpacked(template):
    assert refused(with_part(saved(template), "word/big.xml", b"0" * 61_000_000)).code == "template.too_large"


def test_the_same_template_and_values_give_the_same_bytes(template):
    content, fields = saved(template), {**FIELDS, "total": "1"}
    assert fill_docx(content, fields, ROWS) == fill_docx(content, fields, ROWS)
