"""Reading PDF: columns in order, no running lines, headings with levels, notes, tables; first known answers."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.documents import made
from tests.plans.documents.made import Plan, Text, in_order, interleaved, typeset, written

from fotfeste.plans.documents import Document, PassageKind, glyphs, pdf, read

RUNNING = (PassageKind.HEADING, PassageKind.TITLE, PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)


def flow(document: Document) -> list[str]:
    return [
        word
        for passage in document.passages
        if passage.kind in RUNNING
        for word in document.at(passage.span).split()
    ]


def headings(document: Document) -> Counter[tuple[int, str]]:
    return Counter(
        (one.level, document.at(one.span)) for one in document.passages if one.kind is PassageKind.HEADING
    )


@pytest.fixture(params=[True, False], ids=["tagged", "untagged"])
def tagged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """With what the file says of itself, and from the places of its letters alone."""
    if not request.param:
        monkeypatch.setattr(glyphs, "roles", lambda _: {})
        monkeypatch.setattr(pdf, "_bookmarks", lambda _: {})
    return bool(request.param)


@pytest.mark.parametrize(("columns", "form"), [(1, "nb"), (2, "nb"), (2, "nn"), (3, "nb")])
def test_a_typeset_plan_is_read_in_order_without_its_running_lines(
    tagged: bool, columns: int, form: str
) -> None:
    plan = typeset(columns, 4, form)
    document = read("plan.pdf", plan.file)
    assert in_order(plan.words, flow(document)) >= 0.99
    assert made.HEADER not in document.text
    assert made.FOOTER not in document.text
    found = headings(document)
    assert sum((found & Counter(plan.headings)).values()) >= 0.9 * len(plan.headings)
    assert set(found) - set(plan.headings) <= {(1, "Innhold"), (1, "Innhald")}


def test_notes_stand_as_notes_and_their_marks_in_the_text(tagged: bool) -> None:
    plan = typeset(2, 4)
    document = read("plan.pdf", plan.file)
    notes = [document.at(one.span) for one in document.passages if one.kind is PassageKind.FOOTNOTE]
    assert notes == [f"[{number}] {text}" for number, text in enumerate(plan.notes, start=1)]
    assert all(f"[{number}]" in " ".join(flow(document)) for number in range(1, len(plan.notes) + 1))


def test_cells_of_a_ruled_table_know_their_row_and_column(tagged: bool) -> None:
    document = read("plan.pdf", typeset(1, 1, outline=False).file)
    cells = {
        (one.cell.row, one.cell.column): document.at(one.span)
        for one in document.passages
        if one.cell is not None
    }
    assert len(cells) == 15
    assert [cells[0, column] for column in range(3)] == ["Tiltak", "Ansvarlig", "Frist"]
    assert [cells[row, 2] for row in range(1, 5)] == ["2024", "2025", "2026", "2027"]


def test_the_list_of_contents_is_no_running_text() -> None:
    document = read("plan.pdf", typeset(1, 4).file)
    entries = [document.at(one.span) for one in document.passages if one.kind is PassageKind.CONTENTS]
    assert len(entries) == 16
    assert all(entry.rstrip()[-1].isdigit() for entry in entries)


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_that_the_file_interleaves_come_out_whole(columns: int) -> None:
    plan = interleaved(6, columns)
    document = read("plan.pdf", plan.file)
    assert in_order(plan.words, flow(document)) >= 0.99
    assert in_order(plan.words, _plainly(plan)) < 0.5, "the file is not interleaved"
    assert made.HEADER not in document.text
    found = Counter(text for _, text in headings(document).elements())
    assert found == Counter(text for _, text in plan.headings)


def _plainly(plan: Plan) -> list[str]:
    import pypdfium2

    file = pypdfium2.PdfDocument(plan.file)
    return [word for page in file for word in page.get_textpage().get_text_range().split()]


def test_a_heading_that_returns_first_on_every_page_is_no_running_line() -> None:
    pages = [
        [
            Text(50, 810, "Plan for Fjordvik", 8),
            Text(50, 780, "Tiltak", 14, bold=True),
            Text(50, 764, f"Kommunen skal gjennomføre tiltak nummer {number} i løpet av året.", 10),
            Text(290, 30, str(number), 8),
        ]
        for number in range(1, 6)
    ]
    document = read("plan.pdf", written(pages))
    assert [document.at(one.span) for one in document.passages if one.level] == ["Tiltak"] * 5
    assert "Fjordvik" not in document.text
    assert {one.pages for one in document.passages} == {(number, number) for number in range(1, 6)}


def test_a_word_parted_at_the_end_of_a_line_becomes_whole_and_a_compound_keeps_its_hyphen() -> None:
    lines = [
        "Kommunen vil styrke bosettings-",
        "arbeidet, nærings- og arbeidslivet i Nord-",
        "Norge, og EU-",
        "borgere får råd.",
    ]
    page = [Text(50, 700 - 12 * place, line, 10) for place, line in enumerate(lines)]
    document = read("plan.pdf", written([page]))
    assert document.text == (
        "Kommunen vil styrke bosettingsarbeidet, nærings- og arbeidslivet i Nord-Norge, og EU-borgere får råd."
    )


def test_a_paragraph_goes_on_over_the_page_and_knows_both() -> None:
    one = [Text(50, 60, "Fylkeskommunen skal i hele perioden samarbeide tett med alle kommunene som", 10)]
    two = [Text(50, 780, "ønsker det. Dette gjelder også dem som ikke har egen flyktningtjeneste.", 10)]
    document = read("plan.pdf", written([one, two]))
    assert len(document.passages) == 1
    assert document.passages[0].pages == (1, 2)
    assert [box.page for box in document.passages[0].boxes] == [1, 2]
    assert len(document.passages[0].sentences) == 2


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_box_says_where_on_the_page_as_it_is_seen(rotate: int) -> None:
    document = read("plan.pdf", written([[Text(60, 700, "Bosetting av flyktninger", 12)]], rotate=rotate))
    page, box = document.pages[0], document.passages[0].boxes[0]
    assert (page.width, page.height) == ((595, 842) if rotate % 180 == 0 else (842, 595))
    assert 0 <= box.left < box.right <= page.width
    assert 0 <= box.top < box.bottom <= page.height
    if rotate == 0:
        assert box.left == pytest.approx(60, abs=2)
        assert box.bottom == pytest.approx(842 - 700 + 3, abs=3)


def test_a_crop_that_starts_elsewhere_moves_no_box_off_the_page() -> None:
    document = read("plan.pdf", written([[Text(160, 800, "Bosetting", 12)]], box="100 100 695 942"))
    assert document.passages[0].boxes[0].left == pytest.approx(60, abs=2)


def test_a_unit_keeps_its_power() -> None:
    page = [Text(50, 700, "Arealet er 120 km", 12), Text(145, 704, "2", 7), Text(155, 700, "og mer.", 12)]
    assert "km²" in read("plan.pdf", written([page])).text


def test_the_same_file_gives_the_same_text_and_names_its_reader() -> None:
    plan = typeset(2, 2)
    first, second = read("plan.pdf", plan.file), read("plan.pdf", plan.file)
    assert first == second
    assert first.origin.reader.startswith("fotfeste ")


@pytest.mark.parametrize("columns", [1, 2])
def test_every_passage_lies_in_the_text_and_every_sentence_in_its_passage(columns: int) -> None:
    document = read("plan.pdf", typeset(columns, 2).file)
    assert "\n\n".join(document.at(one.span) for one in document.passages) == document.text
    for one in document.passages:
        assert all(one.span.start <= part.start < part.end <= one.span.end for part in one.sentences)
        assert all(before.end <= after.start for before, after in pairwise(one.sentences))
        assert all(document.passages[place].kind is PassageKind.HEADING for place in one.headings)
        for box in one.boxes:
            page = document.pages[box.page - 1]
            assert 0 <= box.left < box.right <= page.width + 1
            assert 0 <= box.top < box.bottom <= page.height + 1


words = st.text("abcdefghijklmnoprstuvyæøå", min_size=3, max_size=10)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(words, min_size=2, max_size=4).map(" ".join), min_size=3, max_size=25), st.randoms())
def test_no_letter_is_lost_or_made_up_wherever_a_line_stands(texts: list[str], chance: object) -> None:
    heights = [700 - 22 * place for place in range(len(texts))]
    chance.shuffle(heights)  # type: ignore[attr-defined]
    page = [
        Text(chance.uniform(20, 300), height, text, chance.choice([8, 10, 16]))  # type: ignore[attr-defined]
        for text, height in zip(texts, heights, strict=True)
    ]
    read_back = read("plan.pdf", written([page])).text
    assert Counter("".join(read_back.split())) == Counter("".join(texts).replace(" ", ""))
