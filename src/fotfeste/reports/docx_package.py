"""A DOCX file as a package: its parts, their relations, and bytes that are the same every time.

The parts are written directly (ECMA-376, transitional), so that nothing but what Fotfeste chose stands in the
file; decision record 0010.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from io import BytesIO

from fotfeste.files import NO_TIME
from fotfeste.messages import Language
from fotfeste.reports import words
from fotfeste.reports.blocks import Document
from fotfeste.reports.xml_text import attribute, text

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
FIXED_PARTS = {
    "styles": "wordprocessingml.styles+xml",
    "numbering": "wordprocessingml.numbering+xml",
    "settings": "wordprocessingml.settings+xml",
    "fontTable": "wordprocessingml.fontTable+xml",
    "theme": "theme+xml",
}
PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1304" w:right="1247" w:bottom="1304" w:left="1247" w:header="709" w:footer="624" '
    'w:gutter="0"/></w:sectPr>'
)
TEXT_WIDTH = 11906 - 2 * 1247
"""Width of the text in twentieths of a point (A4 with 22 mm margins)."""


@dataclass(slots=True)
class Relations:
    """What the text of a document points to: pictures (by content) and addresses, and how many lists it numbers."""

    pictures: dict[bytes, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    numbered_lists: int = 0

    def picture(self, png: bytes) -> str:
        """Return the relation to a picture; the same picture is stored once."""
        return self.pictures.setdefault(png, f"rIdPicture{len(self.pictures) + 1}")

    def address(self, target: str) -> str:
        """Return the relation to an address outside the document."""
        return self.addresses.setdefault(target, f"rIdLink{len(self.addresses) + 1}")

    def numbered_list(self) -> int:
        """Return the number of a new list that counts from one."""
        self.numbered_lists += 1
        return self.numbered_lists + 2


def package(document: Document, body: str, relations: Relations, reader: Language) -> bytes:
    """Return the DOCX file whose text is ``body`` (the content of ``w:body`` without page settings)."""
    tag = words.LANGUAGE_TAGS[document.language]
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(document, tag),
        "docProps/app.xml": _app(),
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{PAGE}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": _document_relations(relations),
        "word/footer1.xml": _footer(document, reader),
    }
    numbered = "".join(
        f'<w:num w:numId="{number + 3}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in range(relations.numbered_lists)
    )
    for name in FIXED_PARTS:
        content = _asset(name).replace("LANGUAGE", tag).replace("NUMBERED", numbered)
        parts[f"word/{name}.xml"] = content.replace("DECIMAL", "." if tag == "en-GB" else ",").encode()
    for number, png in enumerate(relations.pictures, start=1):
        parts[f"word/media/picture{number}.png"] = png
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP file of ``parts`` in their order, with a fixed time, so that equal parts give equal bytes."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
    return stream.getvalue()


@cache
def _asset(name: str) -> str:
    return (resources.files("fotfeste.reports") / "assets" / "docx" / f"{name}.xml").read_text("utf-8")


def _content_types() -> bytes:
    overrides = {f"/word/{name}.xml": f"{TYPES}.{kind}" for name, kind in FIXED_PARTS.items()}
    overrides |= {
        "/word/document.xml": f"{TYPES}.wordprocessingml.document.main+xml",
        "/word/footer1.xml": f"{TYPES}.wordprocessingml.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{TYPES}.extended-properties+xml",
    }
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{listed}</Types>"
    ).encode()


def _relation(name: str, kind: str, target: str, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{name}" Type="{kind}" Target="{attribute(target)}"{mode}/>'


def _relationships(items: list[str]) -> bytes:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(items)}</Relationships>'.encode()


def _root_relations() -> bytes:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return _relationships(
        [
            _relation("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
            _relation("rId2", core, "docProps/core.xml"),
            _relation("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations(relations: Relations) -> bytes:
    items = [_relation(f"rId{name}", f"{OFFICE}/{name}", f"{name}.xml") for name in FIXED_PARTS]
    items.append(_relation("rIdFooter", f"{OFFICE}/footer", "footer1.xml"))
    for number, name in enumerate(relations.pictures.values(), start=1):
        items.append(_relation(name, f"{OFFICE}/image", f"media/picture{number}.png"))
    for target, name in relations.addresses.items():
        items.append(_relation(name, f"{OFFICE}/hyperlink", target, outside=True))
    return _relationships(items)


def _core(document: Document, tag: str) -> bytes:
    moment = f"{document.issued.isoformat()}T12:00:00Z"
    author = document.sender[0] if document.sender else ""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(document.title)}</dc:title><dc:subject>{text(document.subtitle)}</dc:subject>"
        f"<dc:creator>{text(author)}</dc:creator><dc:description>{text(document.description)}</dc:description>"
        f"<dc:language>{tag}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _app() -> bytes:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{namespace}"><Application>Fotfeste</Application></Properties>'.encode()


def _footer(document: Document, reader: Language) -> bytes:
    before, between, after = words.page_parts(reader)

    def run(content: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text(content)}</w:t></w:r>' if content else ""

    def number(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run(document.title)}'
        f"<w:r><w:tab/></w:r>{run(before)}{number('PAGE')}{run(between)}{number('NUMPAGES')}{run(after)}</w:p></w:ftr>"
    ).encode()
