"""Three languages: nothing is left in bokmål by mistake, and nothing that people wrote is translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from fotfeste.errors import InputError
from fotfeste.messages import Locale, Message, language, msg, written_to
from fotfeste.regions import Regions, load_regions
from fotfeste.reports import render_html
from fotfeste.reports.documents import Documents, build
from fotfeste.settlement import recommend, shipped_criteria
from fotfeste.settlement.as_data import recommendation_as_data
from fotfeste.settlement.criteria_file import read_criteria, read_national
from fotfeste.settlement.for_reader import criteria_for
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.result import Recommendation
from fotfeste.statistics import open_store
from fotfeste.statistics.catalogue import embedded_datasets
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.indicators import load_catalogue
from tools import messages as tool

SOURCE = Path(__file__).resolve().parents[1] / "src" / "fotfeste"
ISSUED = date(2026, 11, 21)
TRANSLATED: tuple[Locale, ...] = ("nn", "en")
NEVER_NYNORSK = frozenset(
    """
    ikke hvor hvert hver hvem hva hvordan hvorfor hvilken hvilke hvilket jeg noen noe være ble gjøre gjør fra uten mer
    flere dere deres hvis bare sammen kommer sier gjelder finnes mangler virker vises brukes regnes settes skrives
    fordeles flyttes senkes heves overføres lav lavere lavest laveste høyere høyest høyeste kommuner kommunene
    kommunenes fylker flyktninger flyktningene innvandrere innbyggere innbyggerne personer personene voksne voksen
    bosetting bosettingen bosette bosetter bosatt bosatte anbefale anbefaler anbefales anbefaling anbefalinger
    anbefalingen anbefalt anbefalte anmodet anmodning anmodninger vedtatt tall tallet tallene antall andel andelen
    andeler minstetall regler reglene kriterier kriteriene verdier kilde kilder kilden kildene endringer endret
    opplysninger begrunnelse forskjell navn plasser plassene tjeneste tjenester tjenesten tjenestene bolig boliger
    skole skoler mappen mappene filen raden cellen linjen linjene årene måneder spørsmålene dem
    """.split()  # noqa: SIM905 - read as a list of words
)
"""Words of bokmål that are wrong in nynorsk, whatever the sentence."""
NOT_PROSE = re.compile(
    r"\b(?:imdi|ssb)-\w+|\{[^}]*\}|--[\w-]+|\b[\w-]+\.\w+\b|«[^»]*\{[^»]*»|«(?:tomt|anbefaling)»"
)
"""What stands in a sentence as it is typed: names of files and options, fields, and the two values of `--proposal`."""


def po_file(locale: Locale) -> Path:
    return SOURCE / "locale" / locale / "LC_MESSAGES" / "fotfeste.po"


@cache
def translation(locale: Locale) -> Catalog:
    return read_po(BytesIO(po_file(locale).read_bytes()), locale=locale)


@cache
def texts_of_today() -> Catalog:
    return tool.collect(SOURCE)


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(str(one) for one in text)  # type: ignore[attr-defined]


def pairs(locale: Locale) -> Iterator[tuple[str, str]]:
    """Every text in bokmål with its translation; plural forms one by one."""
    for one in translation(locale):
        if one.id and tool.translated(one):
            yield from zip(forms(one.id), forms(one.string), strict=True)


# The catalogue


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_text_is_translated_none_is_fuzzy_and_the_fields_agree(locale: Locale) -> None:
    assert tool.faults(po_file(locale).read_bytes(), locale, texts_of_today()) == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_what_the_program_reads_is_compiled_from_what_translators_wrote(locale: Locale) -> None:
    assert po_file(locale).with_suffix(".mo").read_bytes() == tool.compiled(translation(locale))


def bokmål_words(text: str) -> set[str]:
    return set(re.findall(r"[a-zæøå]+", NOT_PROSE.sub(" ", text.lower()))) & NEVER_NYNORSK


def test_no_word_of_bokmål_is_left_in_nynorsk() -> None:
    left = [(sorted(words), theirs) for _, theirs in pairs("nn") if (words := bokmål_words(theirs))]
    assert left == []


def test_no_norwegian_sentence_is_left_in_english() -> None:
    same = [ours for ours, theirs in pairs("en") if ours == theirs and bokmål_words(ours)]
    assert same == []


def test_the_words_that_mark_bokmål_would_find_it() -> None:
    assert bokmål_words("Kommunen har ikke svart, og {names} er ikke med.") == {"ikke"}
    assert bokmål_words("Kommunen har ikkje svara, sjå «fotfeste explain» og --noe.") == set()
    found = sum(bool(bokmål_words(ours)) for ours, _ in pairs("nn"))
    assert found > len(list(pairs("nn"))) / 2


@pytest.mark.parametrize(
    "broken", ["lacks", "fuzzy", "untranslated", "fields", "no longer used", "another plural"]
)
def test_the_check_finds_what_is_wrong(broken: str) -> None:
    texts = Catalog()
    texts.add("{name} får {number}.")
    texts.add(("{count} kommune", "{count} kommuner"))
    whole = Catalog(locale="nn", fuzzy=False)
    whole.add("{name} får {number}.", "{name} får {number}.")
    whole.add(("{count} kommune", "{count} kommuner"), ("Éin kommune", "{count} kommunar"))
    assert tool.faults(tool.as_po(whole), "nn", texts) == []
    match broken:
        case "lacks":
            texts.add("Ny tekst.")
        case "fuzzy":
            whole["{name} får {number}."].flags.add("fuzzy")
        case "untranslated":
            whole["{count} kommune"].string = ("Éin kommune", "")
        case "fields":
            whole["{name} får {number}."].string = "{name} får {tal}."
        case "no longer used":
            whole.add("Gammal tekst.", "Gammal tekst.")
        case _:
            texts["{count} kommune"].id = ("{count} kommune", "{count} kommuner i alt")
    found = tool.faults(tool.as_po(whole), "nn", texts)
    assert len(found) == 1
    assert broken in found[0]


def test_a_plural_must_tell_how_many() -> None:
    texts = Catalog()
    texts.add(("{count} kommune", "{count} kommuner"))
    wrong = Catalog(locale="nn", fuzzy=False)
    wrong.add(("{count} kommune", "{count} kommuner"), ("éin kommune", "kommunar"))
    assert tool.faults(tool.as_po(wrong), "nn", texts) == ["nn: fields count: '{count} kommune'"]


# What carries its own translations


def test_indicators_and_data_sets_are_named_in_all_three_languages() -> None:
    for one in load_catalogue():
        for texts in (one.names, one.definition, one.units):
            assert all(texts.get(locale) for locale in ("nb", "nn", "en")), one.id
        assert not bokmål_words(f"{one.names['nn']} {one.definition['nn']} {one.units['nn']}"), one.id
        assert language("en").text(one.name) == one.names["en"]
    for dataset in embedded_datasets():
        assert all(dataset.titles.get(locale) for locale in ("nb", "nn", "en")), dataset.id
        assert not bokmål_words(dataset.titles["nn"]), dataset.id
        assert dataset.source.for_reader(language("nn")).title == dataset.titles["nn"]


# Documents


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions()


@pytest.fixture(scope="module")
def telemark(regions: Regions) -> Recommendation:
    """One county with answers from two municipalities; the words they wrote (invented) are right in both forms."""
    said = {
        code: Reply(
            code,
            capacity={Service.HOUSING: 60, Service.SCHOOL: 45},
            own_wish=50,
            minimum_stock=80,
            minors=20,
            extra=5,
            texts={"raise_capacity": "Bussen må gå om kvelden", "wish_note": "Det er rom til folk her"},
            approved_by="kommunedirektør",
            outcomes={"in_work": 12, "moved_away": 0},
            approved_on=date(2026, 11, 2),
            council_on=date(2026, 12, 15),
        )
        for code in ("4003", "4036")
    }
    return recommend(
        "Telemark",
        2027,
        545,
        minors=20,
        replies=Replies("40", 2027, said, "svar"),
        store=open_store(),
        regions=regions,
    )


@pytest.fixture(scope="module", params=TRANSLATED)
def documents(request: pytest.FixtureRequest, telemark: Recommendation, regions: Regions) -> Documents:
    return build(telemark, regions, locale=request.param, issued=ISSUED)


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a block, document or workbook; pictures are SVG with text in them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value) and not isinstance(value, Figure):
        for one in fields(value):
            if one.name != "file_stem":
                yield from texts(getattr(value, one.name))


def left_in_bokmål(locale: Locale, text: str) -> list[str]:
    """The parts of our texts (between their fields) that stand in ``text`` and should have been translated."""
    everything = "\n".join(theirs for _, theirs in pairs(locale))
    own = {
        part.strip()
        for ours, theirs in pairs(locale)
        if ours != theirs
        for part in re.split(r"\{[^}]*\}", ours)
        if len(part.strip()) >= 18
    }
    return sorted(part for part in own if part in text and part not in everything)


def parts(documents: Documents) -> Iterator[tuple[Locale, str, str]]:
    for document in (documents.recommendation, documents.case_paper, *documents.letters):
        yield document.language, document.file_stem, "\n".join(texts(document))
    yield documents.workbook.language, documents.workbook.file_stem, "\n".join(texts(documents.workbook))


def test_no_text_of_ours_is_left_in_bokmål_in_any_document(documents: Documents) -> None:
    left = {
        (name, part)
        for locale, name, text in parts(documents)
        if locale != "nb"
        for part in left_in_bokmål(locale, text)
    }
    assert left == set()


def test_a_text_that_is_left_would_be_found() -> None:
    sentence = "Vekter og regler er et valg"
    assert (sentence, language("nn").text(Message(sentence))) in set(pairs("nn"))
    assert left_in_bokmål("nn", f"Her: {sentence}.") == [sentence]
    assert left_in_bokmål("nn", language("nn").text(msg("Vekter og regler er et valg"))) == []


def test_no_document_in_nynorsk_has_words_of_bokmål(telemark: Recommendation, regions: Regions) -> None:
    told = build(telemark, regions, locale="nn", issued=ISSUED)
    names = {one.table for one in telemark.sources}
    for locale, name, text in parts(told):
        if locale == "nn":
            for title in names:
                text = text.replace(title, "")
            assert bokmål_words(text) == set(), name


def test_a_page_says_which_language_it_is_in(documents: Documents) -> None:
    tags = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
    for document in (documents.recommendation, documents.letters[0], documents.letters[-1]):
        page = render_html(document).decode()
        assert f'lang="{tags[document.language]}"' in page


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_a_letter_is_in_the_form_of_the_municipality_that_receives_it(
    telemark: Recommendation, regions: Regions, locale: Locale
) -> None:
    letters = build(telemark, regions, locale=locale, issued=ISSUED).letters
    by_name = {letter.recipient[0]: letter for letter in letters}
    vinje, porsgrunn = by_name["Vinje kommune"], by_name["Porsgrunn kommune"]
    assert (vinje.language, porsgrunn.language) == ("nn", "nb")
    assert vinje.title == "Tilrådd busetjing av flyktningar i Vinje i 2027"
    assert porsgrunn.title == "Anbefalt bosetting av flyktninger i Porsgrunn i 2027"
    assert bokmål_words("\n".join(texts(porsgrunn)))
    assert "kommunar" not in "\n".join(texts(porsgrunn))
    assert by_name["Skien kommune"].language == ("nn" if locale == "nn" else "nb")


def test_letters_are_never_in_english() -> None:
    assert {written_to(decided, "en") for decided in ("bokmål", "nynorsk", "nøytral", "")} == {"nb", "nn"}


# What people wrote


@pytest.mark.parametrize("name", shipped_criteria())
@pytest.mark.parametrize("locale", TRANSLATED)
def test_criteria_that_come_with_the_program_follow_the_reader(name: str, locale: Locale) -> None:
    ours = read_criteria(name)
    told = criteria_for(ours, language(locale))
    assert told.note != ours.note
    for one, before in zip(told.criteria, ours.criteria, strict=True):
        for part in ("name", "source", "note"):
            assert getattr(one, part) == language(locale).text(Message(getattr(before, part)))
    assert criteria_for(ours, language("nb")) == ours
    assert replace(
        told, title="", owner="", source="", note="", criteria=(), rules=(), answers=(), national=None
    ) == (
        replace(
            ours, title="", owner="", source="", note="", criteria=(), rules=(), answers=(), national=None
        )
    )
    for one, before in zip(told.criteria, ours.criteria, strict=True):
        assert replace(one, name="", source="", note="") == replace(before, name="", source="", note="")


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_countys_own_criteria_stand_as_they_were_written_even_in_our_words(
    tmp_path: Path, locale: Locale
) -> None:
    copy = tmp_path / "standard-2027.toml"
    copy.write_bytes((SOURCE / "settlement" / "criteria_files" / "standard-2027.toml").read_bytes())
    own = read_criteria(copy)
    told = criteria_for(own, language(locale))
    assert replace(told, national=None) == replace(own, national=None)
    assert own.national is not None
    assert told.national is not None
    assert told.national.title == language(locale).text(Message(own.national.title)) != own.national.title


def test_a_changed_copy_of_the_national_criteria_stands_as_it_was_written() -> None:
    ours = read_national("national-2026")
    changed = replace(ours, note="Departementets egen tekst.")
    criteria = replace(read_criteria("standard-2027"), national=changed)
    assert criteria_for(criteria, language("nn")).national == changed


def test_data_name_criteria_and_sources_in_the_readers_language(telemark: Recommendation) -> None:
    told = str(recommendation_as_data(telemark, language("en")))
    assert left_in_bokmål("en", told) == []
    assert "Statistics Norway" in told
    own = replace(telemark, criteria=replace(telemark.criteria, origin="våre.toml"))
    assert own.criteria.owner in str(recommendation_as_data(own, language("en")))


def test_an_error_names_our_criteria_in_the_readers_language_and_a_countys_as_it_wrote_them(
    tmp_path: Path, regions: Regions
) -> None:
    copy = tmp_path / "egne.toml"
    copy.write_bytes((SOURCE / "settlement" / "criteria_files" / "district-growth.toml").read_bytes())
    said = {}
    for criteria in ("district-growth", copy):
        with pytest.raises(InputError) as caught:
            recommend("Oslo", 2027, 545, criteria=criteria, store=open_store(), regions=regions)
        said[criteria] = caught.value.describe(language("nn"))
    assert "«Distriktskommunar»" in said["district-growth"]
    assert "«Distriktskommuner»" in said[copy]
