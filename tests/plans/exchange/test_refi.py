"""REFI-QDA codebooks and projects: what comes over, and that all else is told of."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.plans.exchange import made
from tests.plans.exchange.made import code, codebook, guid

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import language
from fotfeste.plans.codebooks import codebook_as_toml, codebook_of_text, load
from fotfeste.plans.coding import State
from fotfeste.plans.exchange import (
    CodeSet,
    Why,
    codebook_as_qdc,
    read_exchange,
    read_qdc,
    read_qdpx,
    told,
)
from fotfeste.plans.exchange.packages import Bounds

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 22)


def test_a_codebook_comes_over_with_levels_colours_and_descriptions() -> None:
    content = codebook(
        code("Tema", code("Arbeid", about="Om arbeid", colour="#FF8800"), code("Språk"), codable=False),
        code("Grupper", colour="#abc"),
    )
    found = read_qdc("kodebok.qdc", content, dated=DAY)
    book = found.codebook
    assert book is not None
    assert [(one.id, one.parent, one.heading, one.colour) for one in book.codes] == [
        ("tema", None, True, "#374151"),
        ("arbeid", "tema", False, "#ff8800"),
        ("sprak", "tema", False, "#374151"),
        ("grupper", None, False, "#aabbcc"),
    ]
    assert book.code("arbeid").definition == {"nb": "Om arbeid"}
    assert codebook_of_text(codebook_as_toml(book), "kodebok.toml") == book
    assert found.report.left == ()


def test_the_same_name_at_different_places_is_different_codes() -> None:
    content = codebook(
        code("By", code("Mål", key=guid("a")), code("Mål", key=guid("b"))),
        code("Bygd", code("Mål", key=guid("c"))),
        code("MÅL!", key=guid("d")),
    )
    found = read_qdc("kodebok.qdc", content, dated=DAY)
    assert found.codebook is not None
    assert [one.id for one in found.codebook.codes] == ["by", "mal", "by.mal", "bygd", "bygd.mal", "mal-2"]
    assert found.report.count("Code", Why.SAME_NAME) == 2
    assert found.guids["bygd.mal"] == guid("c").lower()


def test_seven_levels_come_over_and_thirty_are_told_of() -> None:
    def nested(depth: int) -> str:
        inside = ""
        for level in range(depth, 0, -1):
            inside = code(f"Nivå {level}", inside)
        return inside

    seven = read_qdc("a.qdc", codebook(nested(7)), dated=DAY)
    assert seven.codebook is not None
    assert len(seven.codebook.path("niva-7")) == 7
    assert seven.report.left == ()
    thirty = read_qdc("a.qdc", codebook(nested(30)), dated=DAY)
    assert thirty.codebook is not None
    assert len(thirty.codebook.codes) == 30
    assert thirty.report.count("Code", Why.TOO_DEEP) == 10
    assert codebook_of_text(codebook_as_toml(thirty.codebook), "a.toml") == thirty.codebook


def test_sets_are_kept_beside_the_codebook_and_handed_back() -> None:
    sets = (
        f'<Sets><Set guid="{guid("s")}" name="Viktige"><Description>De viktigste</Description>'
        f'<MemberCode guid="{guid("code A")}"/><MemberCode guid="{guid("gone")}"/></Set></Sets>'
    )
    found = read_qdc("a.qdc", codebook(code("A"), code("B"), after=sets), dated=DAY)
    assert found.sets == (CodeSet("Viktige", "De viktigste", ("a",)),)
    assert found.report.count("MemberCode", Why.CODE_MISSING) == 1
    assert found.codebook is not None
    again = read_qdc(
        "a.qdc",
        codebook_as_qdc(found.codebook, origin="Fotfeste", guids=found.guids, sets=found.sets),
        dated=DAY,
    )
    assert (again.codebook.codes, again.sets, again.guids) == (found.codebook.codes, found.sets, found.guids)


def test_the_shipped_codebook_survives_the_way_out_and_in() -> None:
    book = load("integrering")
    content = codebook_as_qdc(book, origin="Fotfeste 0.1.0")
    assert content == codebook_as_qdc(book, origin="Fotfeste 0.1.0")
    again = read_qdc("integrering.qdc", content, dated=DAY)
    assert again.codebook is not None
    assert again.report.left == () or {one.why for one in again.report.left} == {Why.SAME_NAME}
    assert [(one.name["nb"], one.heading, one.colour) for one in again.codebook.codes] == [
        (one.name["nb"], one.heading, one.colour) for one in book.codes
    ]
    ids = dict(zip(
        [one.id for one in again.codebook.codes], [one.id for one in book.codes], strict=True
    ))  # fmt: skip
    assert [ids.get(one.parent or "") for one in again.codebook.codes] == [one.parent for one in book.codes]


def test_what_is_written_has_the_form_of_the_schema() -> None:
    root = etree.fromstring(codebook_as_qdc(load("integrering"), origin="Fotfeste"))
    space = "{urn:QDA-XML:codebook:1.0}"
    assert root.tag == f"{space}CodeBook"
    assert [one.tag for one in root] == [f"{space}Codes"]
    for one in root.iter(f"{space}Code"):
        assert set(one.attrib) == {"guid", "name", "isCodable", "color"}
        assert len(one.get("guid")) == 36
        inside = [child.tag.removeprefix(space) for child in one]
        assert inside == sorted(inside, reverse=True), "the description stands before the codes below"
    guids = [one.get("guid") for one in root.iter(f"{space}Code")]
    assert len(set(guids)) == len(guids)


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
)


@given(st.lists(st.tuples(NAMES, st.integers(0, 5), NAMES), min_size=1, max_size=12))
def test_any_codebook_comes_back_as_it_went_out(nodes: list[tuple[str, int, str]]) -> None:
    from fotfeste.plans.exchange.codes import Node, codebook_of
    from fotfeste.plans.exchange.report import Tally

    given_nodes = [
        Node(str(number), name, str(above) if above < number else None, about)
        for number, (name, above, about) in enumerate(nodes)
    ]
    book, _ = codebook_of(given_nodes, "Bok", "", DAY, Tally())
    assert book is not None
    assert codebook_of_text(codebook_as_toml(book), "bok.toml") == book
    again = read_qdc("Bok.qdc", codebook_as_qdc(book, origin="Fotfeste"), dated=DAY)
    assert again.codebook is not None
    assert [(one.id, one.parent, one.name) for one in again.codebook.codes] == [
        (one.id, one.parent, one.name) for one in book.codes
    ]


def whole_project(habits: made.Habits = made.NVIVO) -> made.Project:
    """A project with all that the format has room for."""
    tema = guid("tema")
    project = made.Project(
        habits,
        codes=code("Tema", code("Arbeid", key=guid("arbeid")), key=tema, codable=False),
        users=((made.USER, "Oppdiktet Person"), (made.OTHER, "Annen Person")),
    )
    text = made.TEXT
    pieces = made.pieces_of(text)
    marked = project.selections(text, pieces, tema)
    marked += project.selections(text, pieces[:1], guid("arbeid"), made.OTHER)
    marked += project.selections(text, pieces[:1], guid("gone"))
    marked += f'<PlainTextSelection guid="{guid("n")}" startPosition="{habits.position(text, pieces[0][0])}" endPosition="{habits.position(text, pieces[0][1])}" name="merket"/>'
    marked += f'<PlainTextSelection guid="{guid("o")}" startPosition="90000" endPosition="90009"/>'
    marked += (
        f'<PlainTextSelection guid="{guid("p")}" startPosition="4" endPosition="{4 - habits.inclusive}"/>'
    )
    marked += f'<PlainTextSelection guid="{guid("q")}" startPosition="x" endPosition="4"/>'
    marked += f'<Coding guid="{guid("whole")}"><CodeRef targetGUID="{tema}"/></Coding>'
    marked += (
        f'<VariableValue><VariableRef targetGUID="{guid("v")}"/><TextValue>Vest</TextValue></VariableValue>'
    )
    project.text("Plan 1", text, marked)
    project.sources += [
        f'<TextSource guid="{guid("m")}" name="Borte" plainTextPath="internal://borte.txt">{project.selections(text, pieces[:2], tema)}</TextSource>',
        f'<TextSource guid="{guid("m2")}" name="Utenfor" plainTextPath="relative:///../../etc/passwd"/>',
        f'<PictureSource guid="{guid("pic")}" name="Kart" path="internal://kart.png"><PictureSelection guid="{guid("ps")}" firstX="0" firstY="0" secondX="9" secondY="9"><Coding guid="{guid("pc")}"><CodeRef targetGUID="{tema}"/></Coding></PictureSelection></PictureSource>',
        f'<AudioSource guid="{guid("au")}" name="Opptak" path="internal://lyd.m4a"><Transcript guid="{guid("tr")}"><SyncPoint guid="{guid("sy")}" timeStamp="1"/></Transcript></AudioSource>',
        f'<VideoSource guid="{guid("vi")}" name="Film"/>',
        f'<PDFSource guid="{guid("pdf")}" name="Vedlegg.pdf" path="internal://v.pdf"><PDFSelection guid="{guid("pd")}" page="1" firstX="1" firstY="1" secondX="2" secondY="2"/><Representation guid="{guid("rep")}"><PlainTextContent>Vedlegget handler om arbeid.</PlainTextContent><PlainTextSelection guid="{guid("rs")}" startPosition="21" endPosition="{27 - habits.inclusive}" creatingUser="{made.USER}"><Description>Sjå her</Description><Coding guid="{guid("rc")}"><CodeRef targetGUID="{tema}"/><NoteRef targetGUID="{guid("note")}"/></Coding></PlainTextSelection></Representation></PDFSource>',
    ]
    project.after = (
        f'<Notes><Note guid="{guid("note")}" name="Minne"><PlainTextContent>Eit notat</PlainTextContent></Note>'
        f'<Note guid="{guid("note2")}" plainTextPath="internal://borte2.txt"/></Notes>'
        f'<Links><Link guid="{guid("l")}" name="hører til" originGUID="{tema}" targetGUID="{guid("note")}"/></Links>'
        f'<Sets><Set guid="{guid("set")}" name="Sett"><MemberCode targetGUID="{tema}"/><MemberSource targetGUID="{guid("pdf")}"/></Set></Sets>'
        f'<Graphs><Graph guid="{guid("g")}" name="Kart"><Vertex guid="{guid("ve")}" firstX="1" firstY="1"/></Graph></Graphs>'
        "<Description>Om prosjektet</Description>"
        '<NoteRef targetGUID="00000000-0000-0000-0000-000000000000"/>'
    )
    project.parts |= {f"{habits.folder}/kart.png": b"\x89PNG", f"{habits.folder}/lyd.m4a": b"lyd"}
    return project


@pytest.mark.parametrize("habits", made.ALL, ids=lambda one: one.origin)
def test_everything_in_a_project_comes_over_or_is_told_of(habits: made.Habits) -> None:
    project = whole_project(habits)
    found = read_qdpx("p.qdpx", project.packed(), at=AT)
    report = found.report
    assert len(found.codings) == len(made.WORDS) + 2
    words = [one.document.at(coding.span) for coding in found.codings for one in found.sources if one.document.text_sha256 == coding.text_sha256]  # fmt: skip
    assert words == [*made.WORDS, made.WORDS[0], "arbeid"]
    assert found.codings[-1].memo == "Sjå her\n\nEit notat"
    assert found.codings[0].at == datetime(2024, 3, 1, 10, tzinfo=UTC)
    assert found.codings[-1].at == AT
    assert report.count("@creationDateTime", Why.NO_TIME) == 1
    assert report.count("Coding", Why.CODE_MISSING) == 1
    assert report.count("Coding", Why.WHOLE_SOURCE) == 1
    assert report.count("PlainTextSelection", Why.UNCODED) == 1
    assert report.count("PlainTextSelection", Why.OUTSIDE) == 1
    assert report.count("PlainTextSelection", Why.EMPTY) == 1
    assert report.count("PlainTextSelection", Why.INVALID) == 1
    assert report.count("TextSource", Why.SOURCE_MISSING) == 2
    assert report.count("PlainTextSelection", Why.SOURCE_MISSING) == 2
    assert report.count("Coding", Why.SOURCE_MISSING) == 2
    assert report.count("Coding", Why.NOT_TEXT) == 1
    assert {one.what for one in report.left if one.why is Why.NOT_TEXT} >= {"PictureSource", "AudioSource", "VideoSource"}  # fmt: skip
    assert report.count("PDFSelection", Why.RECTANGLE) == 1
    assert report.count("Link") == report.count("Graph") == report.count("Vertex") == 1
    assert report.count("MemberSource") == report.count("VariableValue") == 1
    assert report.count(".png", Why.UNREAD) == report.count(".m4a", Why.UNREAD) == 1
    assert report.count("Note", Why.SOURCE_MISSING) == 1
    assert [one.text for one in found.notes] == ["Eit notat", "Om prosjektet"]
    assert found.sets == (CodeSet("Sett", "", ("tema",)),)
    lines = [language("nb").text(one) for one in told(report)]
    assert any("Kart" in line for line in lines)
    assert not any("None" in line or "{" in line.replace("{" + "guid", "") for line in lines)


@pytest.mark.parametrize("habits", made.ALL, ids=lambda one: one.origin)
def test_no_element_is_lost_silently(habits: made.Habits) -> None:
    project = whole_project(habits)
    elements = sum(1 for _ in etree.fromstring(project.qde().encode()).iter())
    from fotfeste.plans.exchange.elements import Account, root_of
    from fotfeste.plans.exchange.report import Tally

    nothing = Tally()
    root = root_of(project.qde().encode(), "p", "Project")
    Account(root, "p", nothing).settle()
    assert sum(one.count for one in nothing.report().left) == elements
    report = read_qdpx("p.qdpx", project.packed(), at=AT).report
    left = sum(one.count for one in report.left if one.what[0] not in "@.")
    codings = len(made.WORDS) + 2
    carried = {
        "the project, its description, the codebook, its list": 4,
        "users and codes with their list": 5,
        "sources with their list, and the text of a PDF with its content": 5,
        "codings, each with its code and its piece; one piece whose code is gone": 3 * codings + 1,
        "a memo: its text and the note it points to": 2,
        "a note with its list and its text": 3,
        "a set with its list and its code": 3,
    }
    assert left + sum(carried.values()) == elements


def test_people_are_ids_and_their_names_stay_out_of_codings() -> None:
    found = read_qdpx("p.qdpx", whole_project().packed(), at=AT)
    coders = {one.coder for one in found.codings}
    assert coders == set(found.coders)
    assert set(found.coders.values()) == {"Oppdiktet Person", "Annen Person"}
    assert not any("Person" in repr(one) for one in found.codings)
    assert all(one.state is State.ACCEPTED for one in found.codings)
    assert found.report.count("@name (User)", Why.NAME_OF_PERSON) == 2
    again = read_qdpx("p.qdpx", whole_project().packed(), at=AT)
    assert again == found


def test_script_in_names_is_words_and_file_names_lead_nowhere() -> None:
    name = "../../<script>alert(1)</script>\\..\\con.txt"
    project = made.Project(made.QUALCODER, codes=code("<script>x</script>", key=guid("t")))
    project.text(name, made.TEXT, project.selections(made.TEXT, made.pieces_of(made.TEXT), guid("t")))
    found = read_qdpx("p.qdpx", project.packed(), at=AT)
    assert found.codebook is not None
    assert found.codebook.codes[0].name["nb"] == "<script>x</script>"
    assert found.codebook.codes[0].id == "script-x-script"
    assert not set(found.sources[0].file_name) & set("/\\<>:")
    assert not found.sources[0].file_name.startswith(".")


def test_two_sources_with_one_name_get_two_files() -> None:
    project = made.Project(made.QUALCODER, codes=code("T", key=guid("t")))
    project.text("Plan", made.TEXT, "")
    project.sources.append(
        f'<TextSource guid="{guid("z")}" name="plan"><PlainTextContent>Noe annet.</PlainTextContent></TextSource>'
    )
    assert [one.file_name for one in read_qdpx("p.qdpx", project.packed(), at=AT).sources] == [
        "Plan.txt",
        "plan (2).txt",
    ]


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0">&a;</Project>'
PLAIN = b'<Project xmlns="urn:QDA-XML:project:1.0"/>'


@pytest.mark.parametrize(
    ("code_of", "parts"),
    [
        ("plan.exchange.entities", {"project.qde": ENTITIES}),
        ("plan.exchange.entities", {"project.qde": ENTITIES.decode().encode("utf-16")}),
        ("plan.exchange.names", {"project.qde": PLAIN, "../ut.txt": b""}),
        ("plan.exchange.names", {"project.qde": PLAIN, "/etc/passwd": b""}),
        ("plan.exchange.names", {"project.qde": PLAIN, "c:/ut.txt": b""}),
        ("plan.exchange.names", {"project.qde": PLAIN, "Sources/..\\..\\ut.txt": b""}),
        ("plan.exchange.names", {"project.qde": PLAIN, "PROJECT.qde": b""}),
        ("plan.exchange.kind", {"noe.txt": b""}),
        ("plan.exchange.kind", {"project.qde": b"<CodeBook/>"}),
        ("plan.exchange.huge", {"project.qde": b"<Project>" + b" " * 5_000_000 + b"</Project>"}),
        ("plan.broken", {"project.qde": b"<Project>"}),
        ("plan.broken", {"project.qde": b"<Project>" + b"<Set>" * 5_000 + b"</Set>" * 5_000 + b"</Project>"}),
    ],
)
def test_what_is_not_safe_is_refused(code_of: str, parts: dict[str, bytes]) -> None:
    with pytest.raises(InputError) as error:
        read_qdpx("p.qdpx", made.package(parts), at=AT)
    assert error.value.code == code_of


def test_a_part_without_a_name_is_refused() -> None:
    content = made.package({"project.qde": PLAIN, "NAVN": b"x"}).replace(b"NAVN", b"\0AVN")
    with pytest.raises(InputError) as error:
        read_qdpx("p.qdpx", content, at=AT)
    assert error.value.code == "plan.exchange.names"


def test_a_part_larger_than_it_says_and_too_much_in_all_are_refused() -> None:
    project = made.Project(made.QUALCODER, codes=code("T"))
    for number in range(5):
        project.text(f"Plan {number}", made.TEXT * 50, "")
    with pytest.raises(InputError) as error:
        read_qdpx("p.qdpx", project.packed(), at=AT, bounds=Bounds(content=60_000))
    assert error.value.code == "plan.exchange.huge"
    with pytest.raises(InputError) as error:
        read_qdpx("p.qdpx", project.packed(), at=AT, bounds=Bounds(parts=3))
    assert error.value.code == "plan.exchange.huge"
    data = bytearray(project.packed())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(FotfesteError):
        read_qdpx("p.qdpx", bytes(data), at=AT)


def test_a_codebook_that_nests_without_end_or_declares_entities_is_refused() -> None:
    deep = codebook("<Code name='a'>" * 3_000 + "</Code>" * 3_000)
    with pytest.raises(InputError):
        read_qdc("a.qdc", deep, dated=DAY)
    with pytest.raises(InputError) as error:
        read_qdc("a.qdc", b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + codebook(code("A")), dated=DAY)
    assert error.value.code == "plan.exchange.entities"
    with pytest.raises(InputError) as error:
        read_qdc("a.qdc", codebook(), dated=DAY)
    assert error.value.code == "plan.exchange.no_codes"


PACKED = whole_project().packed()
QDE = whole_project().qde().encode()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_damaged_projects_are_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([PACKED, QDE])))
    whole = len(content) == len(PACKED)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.integers(0, 2))
        if kind == 0:
            content[place] = data.draw(st.integers(0, 255))
        elif kind == 1:
            del content[place : place + data.draw(st.integers(1, 60))]
        else:
            content[place:place] = content[place - 40 : place]
        if not content:
            return
    packed = bytes(content) if whole else made.package({"project.qde": bytes(content)})
    try:
        found = read_exchange("p.qdpx", packed, at=AT)
    except FotfesteError:
        return
    held = {one.document.text_sha256: one.document for one in found.sources}
    for one in found.codings:
        assert 0 <= one.span.start < one.span.end <= len(held[one.text_sha256].text)
        assert found.codebook is not None
        assert one.code in found.codebook.by_id
    list(told(found.report))


def test_the_same_project_with_its_elements_shuffled_never_fails() -> None:
    chance = random.Random(3)
    for _ in range(40):
        root = etree.parse(BytesIO(QDE)).getroot()
        every = [one for one in root.iter() if one is not root]
        for one in chance.sample(every, 12):
            target = chance.choice(every)
            if one is not target and one not in target.iterancestors() and one.getparent() is not None:
                target.append(one)
        parts = {"project.qde": etree.tostring(root), **whole_project().parts}
        list(told(read_qdpx("p.qdpx", made.package(parts), at=AT).report))
