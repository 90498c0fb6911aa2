"""Files: all formats, whole, the same every time, openable, with the recommendation's numbers in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import Regions
from fotfeste.reports.documents import build, write_documents
from fotfeste.reports.documents.basis import Basis
from fotfeste.settlement.result import Recommendation

ISSUED = date(2026, 11, 21)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dokumenter")


@pytest.fixture
def written(recommendation: Recommendation, regions: Regions, folder: Path) -> tuple[Path, ...]:
    existing = tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
    return existing or write_documents(recommendation, regions, folder, locale="nb", issued=ISSUED)


def test_all_files_are_written_under_plain_names(written: tuple[Path, ...], folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in written}
    assert {"anbefaling-til-imdi.pdf", "saksframlegg.docx", "tabeller.xlsx", "brev/4003-skien.html"} <= names
    assert len(names) == 3 * (2 + 6) + 1
    assert all(name.isascii() for name in names)


def test_the_same_recommendation_gives_the_same_bytes(
    written: tuple[Path, ...],
    folder: Path,
    make_basis: Callable[..., Basis],
    regions: Regions,
    tmp_path: Path,
) -> None:
    again = write_documents(make_basis().recommendation, regions, tmp_path, locale="nb", issued=ISSUED)
    for path in again:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path.name


def test_the_workbook_holds_numbers_live_sums_and_checks(
    written: tuple[Path, ...], folder: Path, recommendation: Recommendation
) -> None:
    from openpyxl import load_workbook

    formulas = load_workbook(folder / "tabeller.xlsx")
    values = load_workbook(folder / "tabeller.xlsx", data_only=True)
    assert formulas.sheetnames[:6] == [
        "Anbefaling",
        "Forklaring",
        "Historikk",
        "Indikatorer",
        "Kriterier",
        "Kilder",
    ]
    sheet = values["Anbefaling"]
    assert [sheet.cell(row, 3).value for row in range(2, 8)] == [
        one.recommended for one in recommendation.municipalities
    ]
    assert formulas["Anbefaling"].cell(8, 3).value == "=SUM(C2:C7)"
    assert sheet.cell(8, 3).value == recommendation.request.total
    explained, checked = formulas["Forklaring"], values["Forklaring"]
    titles = [cell.value for cell in explained[1]]
    total, number = titles.index("Sum av delene") + 1, titles.index("Anbefalt 2027") + 1
    for row in range(2, 8):
        assert str(explained.cell(row, total).value).startswith("=SUM(")
        parts = [checked.cell(row, column).value for column in range(3, total)]
        assert round(sum(parts), 6) == checked.cell(row, total).value == checked.cell(row, number).value


def test_word_documents_open_with_headings_and_alternative_texts(
    written: tuple[Path, ...], folder: Path
) -> None:
    from docx import Document

    opened = Document(str(folder / "saksframlegg.docx"))
    headings = [
        one.text for one in opened.paragraphs if one.style is not None and one.style.name == "Heading 1"
    ]
    assert "Forslag til vedtak" in headings
    assert "Dette vet ikke fylkeskommunen" in headings


def test_pdf_documents_open_with_title_and_language(written: tuple[Path, ...], folder: Path) -> None:
    from pypdf import PdfReader

    reader = PdfReader(folder / "anbefaling-til-imdi.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "Anbefaling om bosetting av flyktninger i Telemark i 2027"
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("nb")
    assert "Telemark fylkeskommune anbefaler" in reader.pages[0].extract_text().replace("\n", " ")


def test_hostile_text_runs_nowhere(make_basis: Callable[..., Basis], regions: Regions) -> None:
    from openpyxl import load_workbook

    from fotfeste.reports import render_html, render_xlsx

    hostile = "<script>alert(1)</script>"
    documents = build(make_basis(text=hostile).recommendation, regions, locale="nb", issued=ISSUED)
    page = render_html(documents.letters[0]).decode()
    assert hostile not in page
    assert "&lt;script&gt;" in page
    book = load_workbook(BytesIO(render_xlsx(documents.workbook)))
    formulas = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert all(str(formula).startswith("=SUM(") for formula in formulas)


def test_progress_is_told_file_by_file(
    recommendation: Recommendation, regions: Regions, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    files = write_documents(
        recommendation,
        regions,
        tmp_path,
        locale="nb",
        issued=ISSUED,
        progress=lambda done, of, name: told.append((done, of, name)),
    )
    assert [done for done, _, _ in told] == list(range(1, len(files) + 1))
    assert {of for _, of, _ in told} == {len(files)}


def word_template(text: str) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_template_is_filled_once_for_the_county(
    recommendation: Recommendation, regions: Regions, tmp_path: Path
) -> None:
    from docx import Document

    template = tmp_path / "mal.docx"
    template.write_bytes(word_template("{{fylke}} {{år}}: {{antall}} – {{anbefaling}}"))
    write_documents(
        recommendation, regions, tmp_path / "ut", locale="nb", issued=ISSUED, templates=(template,)
    )
    text = Document(str(tmp_path / "ut" / "maler" / "mal.docx")).paragraphs[0].text
    assert text.startswith("Telemark 2027: 100 – Telemark fylkeskommune anbefaler")


def test_a_letter_template_is_filled_once_per_municipality(
    recommendation: Recommendation, regions: Regions, tmp_path: Path
) -> None:
    from docx import Document

    template = tmp_path / "brev.docx"
    template.write_bytes(
        word_template("Til {{mottaker.kommune}}: {{mottaker.anbefalt}}, i fjor {{mottaker.anmodet}}")
    )
    write_documents(
        recommendation, regions, tmp_path / "ut", locale="nb", issued=ISSUED, templates=(template,)
    )
    found = sorted((tmp_path / "ut" / "maler").iterdir())
    assert len(found) == len(recommendation.municipalities)
    third, fourth = (Document(str(found[place])).paragraphs[0].text for place in (2, 3))
    assert (
        third == f"Til Notodden kommune: {recommendation.municipalities[2].recommended}, i fjor færre enn 5"
    )
    assert fourth.endswith("i fjor ikke anmodet")


def test_a_template_that_cannot_be_used_stops_everything_before_a_file_is_written(
    recommendation: Recommendation, regions: Regions, tmp_path: Path
) -> None:
    template = tmp_path / "mal.txt"
    template.write_text("{{fylke}}")
    with pytest.raises(InputError) as caught:
        write_documents(
            recommendation, regions, tmp_path / "ut", locale="nb", issued=ISSUED, templates=(template,)
        )
    assert caught.value.code == "template.kind"
    assert not (tmp_path / "ut").exists()
    with pytest.raises(InputError) as absent:
        write_documents(
            recommendation,
            regions,
            tmp_path / "ut",
            locale="nb",
            issued=ISSUED,
            templates=(tmp_path / "ikke.docx",),
        )
    assert absent.value.code == "template.absent"
