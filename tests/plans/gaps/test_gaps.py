"""What a plan forgets: what is expected of its type, follow-up, coupling, labour need, and words to be looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.plans.making import of_text, written

from fotfeste.errors import InputError
from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingLog, CodingRules, accept, mark_read
from fotfeste.plans.coverage import ReadDocument, read_document
from fotfeste.plans.documents.model import Cell, Document, Language, Passage, PassageKind, Span
from fotfeste.plans.gaps import GapReport, Outcome, Remark, gaps, shipped_expectations, shipped_terms
from fotfeste.plans.gaps.near import Near
from fotfeste.plans.gaps.reading import read_expectations, read_terms
from fotfeste.plans.gaps.support import solved, support
from fotfeste.plans.register.process import plan_types
from fotfeste.reports.plans.remark_blocks import unjudged

BOOK = load("integrering")
RULES = CodingRules(BOOK)
SOCIETY = "municipal_plan_society"


def read(*paragraphs: str) -> ReadDocument:
    made = written(*paragraphs)
    return read_document("utkast", made, RULES.suggest(made))


def report(*paragraphs: str, kind: str = SOCIETY, written: date | None = None) -> GapReport:
    return gaps(read(*paragraphs), kind, (), BOOK, written=written)


def of(found: GapReport, name: str) -> Remark:
    return next(one for one in found.remarks if one.expectation.id == name)


def test_a_plan_that_says_nothing_has_every_theme_missing_with_what_was_searched_for() -> None:
    found = of(report("Alle skal ha det godt her."), "sysselsetting")
    assert found.outcome is Outcome.MISSING
    assert found.passages == ()
    assert "sysselsett*" in found.searched


def test_a_theme_without_immigrants_is_told_apart_from_one_that_is_missing() -> None:
    found = of(
        report("Ledigheten er lav, og bedriftene mangler arbeidskraft.", "Flyktninger bor her."),
        "sysselsetting",
    )
    assert found.outcome is Outcome.APART
    assert [one.quote for one in found.passages] == ["Ledigheten er lav, og bedriftene mangler arbeidskraft."]


def test_a_theme_and_immigrants_in_one_sentence_are_met_and_in_one_passage_only_partly() -> None:
    met = report("Flere innvandrere skal inn i arbeidslivet i bedriftene her.")
    assert of(met, "sysselsetting").outcome is Outcome.MET
    partly = report("Flyktninger er bosatt i kommunen siden 2015. Ledigheten i bedriftene er lav for tiden.")
    assert of(partly, "sysselsetting").outcome is Outcome.PARTLY


def test_the_groups_that_are_missing_are_named() -> None:
    found = of(report("Flyktninger er bosatt i kommunen.", "Familieinnvandrere får norskkurs."), "grupper")
    assert found.outcome is Outcome.PARTLY
    assert set(found.missing) == {"arbeidsinnvandrere", "norskfodte"}
    assert "norskfødte med innvandrerforeldre" in str(found.said)


def test_where_one_group_is_enough_those_that_no_passage_names_are_told_of() -> None:
    found = of(report("Flyktninger er bosatt i kommunen.", kind="theme_plan"), "innvandrere")
    assert found.outcome is Outcome.MET
    assert str(found.said) == (
        "Står i ett avsnitt. Ikke nevnt: arbeidsinnvandrere, familieinnvandrere, norskfødte med innvandrerforeldre. "
        "Nevnt: flyktninger."
    )
    assert set(found.missing) == {"arbeidsinnvandrere", "familieinnvandrere", "norskfodte"}


def test_immigration_and_districts_apart_are_not_coupled() -> None:
    apart = of(report("Innvandrere bor her.", "Distriktene mister folk."), "kobling")
    assert apart.outcome is Outcome.APART
    assert len(apart.passages) == 2
    together = of(report("Innvandring holder folketallet oppe i distriktene."), "kobling")
    assert together.outcome is Outcome.MET


def test_goals_without_indicator_and_measures_without_responsible_are_listed() -> None:
    found = report(
        "# Mål",
        "- Flere flyktninger skal være i arbeid.",
        "- Færre barn skal vokse opp i fattigdom.",
        "# Tiltak",
        "- Kommunen skal etablere et nettverk med næringslivet.",
    )
    goals = of(found, "mal-indikator")
    assert goals.outcome is Outcome.MISSING
    assert goals.passages[0].quote == "Flere flyktninger skal være i arbeid."
    assert str(goals.said).startswith("Ingen av de 2 avsnittene med mål har")
    measures = of(found, "tiltak-ansvarlig")
    assert measures.outcome is not Outcome.MET
    assert str(measures.said).startswith("Det ene avsnittet med tiltak har ikke")


def test_only_goals_of_the_plan_itself_are_asked_for_an_indicator() -> None:
    found = report(
        "# 1 Bakgrunn",
        "Målet er at ordningen skal bli bedre i hele landet.",
        "# Mål og satsinger",
        "Overordnet mål",
        "Hovedmålet er todelt:",
        "Bærekraftsmålene er målet for all planlegging i kommunen.",
        "- Alle innbyggere skal ha et trygt sted å bo i 2035.",
        "# Tiltak for opplæring",
        "Mål:",
        "- Flere arbeidsgivere tar imot lærlinger.",
        "- Skole og arbeidsliv samarbeider tettere.",
        "Se også:",
        "- Målet for regional plan skal bli nådd sammen med andre.",
        "# Retningslinjer",
        "- Arealbruken skal være bærekraftig i alle områder.",
    )
    goals = of(found, "mal-indikator")
    assert [one.quote for one in goals.passages] == [
        "Alle innbyggere skal ha et trygt sted å bo i 2035.",
        "Flere arbeidsgivere tar imot lærlinger.",
        "Skole og arbeidsliv samarbeider tettere.",
    ]


def test_a_heading_that_says_whose_measures_they_are_answers_for_them() -> None:
    listed = ("- Etablere nettverk med næringslivet.", "- Ansette veileder.")
    assert of(report("# Kommunale tiltak", *listed), "tiltak-ansvarlig").outcome is Outcome.MET
    alone = of(report("# Tiltak", *listed), "tiltak-ansvarlig")
    assert str(alone.said).startswith("Ingen av de 2 avsnittene med tiltak har")


def test_a_goal_that_people_have_accepted_is_asked_for_an_indicator_wherever_it_stands() -> None:
    made = written("# Bakgrunn", "Målet er at ordningen skal bli bedre i hele landet.")
    log = accept(
        CodingLog("integrering"),
        at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        coder="k1",
        text_sha256=made.text_sha256,
        span=made.passages[1].span,
        code="mal",
    )
    found = gaps(read_document("utkast", made, RULES.suggest(made), log), SOCIETY, (), BOOK)
    assert of(found, "mal-indikator").outcome is Outcome.MISSING
    alone = gaps(read_document("utkast", made, RULES.suggest(made)), SOCIETY, (), BOOK)
    assert of(alone, "mal-indikator").outcome is Outcome.NOT_ASKED


def test_what_people_have_left_is_not_said_to_be_found_by_nobody() -> None:
    made = written("Kommunen skal ta imot flyktninger.", "Alle skal ha det godt her.")
    log = mark_read(
        CodingLog("integrering"),
        at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        coder="k1",
        text_sha256=made.text_sha256,
        span=Span(0, len(made.text)),
    )
    found = gaps(read_document("utkast", made, RULES.suggest(made), log), SOCIETY, (), BOOK)
    groups = of(found, "innvandrere")
    assert groups.outcome is Outcome.MISSING
    assert "Ett avsnitt er vurdert og valgt bort av folk." in str(groups.said)
    assert "valgt bort" not in str(of(found, "folkehelse").said)
    assert unjudged(found) == 0
    assert unjudged(report("Alle skal ha det godt her.")) > 0


def test_a_part_called_responsible_under_the_same_heading_answers_for_the_measures() -> None:
    sheet = (
        "# Tiltak",
        "- Kommunen skal etablere et nettverk med næringslivet.",
        "# Ansvarlig",
        "Næringssjefen",
    )
    assert of(report(*sheet), "tiltak-ansvarlig").outcome is Outcome.MET
    assert of(report(*sheet[:3]), "tiltak-ansvarlig").outcome is not Outcome.MET


def table(*rows: tuple[str, ...]) -> Document:
    """Return a document with one table; an empty cell has no passage, as readers leave it."""
    text, passages = "", []
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            if not words:
                continue
            text += "\n\n" if text else ""
            span = Span(len(text), len(text) + len(words))
            text += words
            passages.append(
                Passage(
                    span, PassageKind.TABLE_CELL, Language.BOKMAAL, (), (span,), cell=Cell(0, row, column)
                )
            )
    return of_text(text, tuple(passages))


def test_a_filled_cell_in_a_column_for_deadlines_answers_for_its_row_alone() -> None:
    made = table(
        ("Tiltak", "Frist"),
        ("Etablere nettverk for flyktninger", "2028"),
        ("Utarbeide boligplan", ""),
    )
    near = Near(read_document("t", made, RULES.suggest(made)), ["frist"], ["frist*"])
    assert [
        near.has(place) for place, one in enumerate(made.passages) if one.cell and one.cell.column == 0
    ] == [
        False,
        True,
        False,
    ]


def test_the_question_of_labour_need_has_three_answers() -> None:
    nothing = of(report("Alle skal ha det godt her."), "arbeidskraft")
    assert nothing.outcome is Outcome.MISSING
    known = report("Kommunen har kartlagt behovet for arbeidskraft i bedriftene.")
    assert of(known, "arbeidskraft").outcome is Outcome.PARTLY
    both = report(
        "Kommunen har kartlagt behovet for arbeidskraft i bedriftene.",
        "Norskkurs og praksis for flyktninger legges opp etter behovet for arbeidskraft i helsetjenesten.",
    )
    assert of(both, "arbeidskraft").outcome is Outcome.MET


def test_words_that_are_used_and_not_explained_are_remarked_on_only_when_used() -> None:
    assert of(report("Alle skal ha det godt her."), "definisjon").outcome is Outcome.NOT_ASKED
    assert of(report("Innvandrere bor her."), "definisjon").outcome is Outcome.MISSING


def test_outdated_words_are_found_in_both_written_forms_and_not_in_plans_older_than_the_new_word() -> None:
    words = ("Etter introduksjonslova skal flyktningar få opplæring.", "Fylkesmannen fører tilsyn.")
    assert {one.term.id for one in report(*words).terms} == {"introduksjonsloven", "fylkesmann"}
    assert report(*words, written=date(2018, 1, 1)).terms == ()
    assert report("Integreringsloven gjelder, og Statsforvalteren fører tilsyn.").terms == ()


def test_the_county_plan_is_leant_on_only_where_it_says_the_same_in_one_sentence() -> None:
    remark = of(report("Alle skal ha det godt her."), "sysselsetting")
    county = read(
        "Flere innvandrere skal inn i arbeidslivet i hele fylket, og fylkeskommunen skal bidra.",
        "Flyktninger er bosatt i alle kommuner i fylket. Ledigheten er lav i de fleste bransjer for tiden.",
    )
    found = support(remark, [county], BOOK, shipped_expectations())
    assert [one.passage for one in found] == [0]
    assert (
        support(
            remark,
            [read("Ledigheten er lav i alle deler av fylket for tiden.")],
            BOOK,
            shipped_expectations(),
        )
        == ()
    )


@pytest.mark.parametrize(
    ("name", "sentence", "held"),
    [
        ("levekar", "Fylket skal redusere andelen innvandrere med vedvarende lavinntekt.", True),
        ("levekar", "Vi skal forebygge utenforskap blant flyktninger som ikke har fullført opplæring.", False),
        ("levekar", "Integreringsarbeidet skal forebygge fattigdom i alle deler av fylket.", False),
        ("voksenopplaering", "Flyktninger skal få voksenopplæring som fører til fagbrev.", True),
        ("voksenopplaering", "Fullføring av videregående opplæring varierer med elevenes innvandringsbakgrunn.", False),
        ("oppvekst", "Barnehagene skal ta godt imot barn av flyktninger midt i året.", True),
        ("oppvekst", "Innvandrere med bare grunnskole har lavere sysselsetting enn de med fagbrev.", False),
        ("kultur", "Vi vil bruke eldre som ressurs i integrering og stimulere til frivillighet.", False),
        ("demografi", "Innvandringen har dempet nedgangen i folketallet i de fleste kommunene.", True),
        ("demografi", "Arbeidsinnvandrere er oftere i arbeid enn resten av befolkningen i fylket.", False),
        ("mal-indikator", "Økning i andelen innvandrere som er i arbeid ett år etter programmet.", True),
        ("mal-indikator", "Indikatorene om innvandrere er hentet fra tabellene til direktoratet, andelen også.", False),
    ],
)  # fmt: skip
def test_advice_leans_on_a_sentence_that_names_the_people_and_the_matter(
    name: str, sentence: str, held: bool
) -> None:
    remark = of(report("Alle skal ha det godt her, og vi skal ha gode mål."), name)
    found = support(remark, [read("# Mål", f"- {sentence}")], BOOK, shipped_expectations())
    assert bool(found) is held


def test_a_sentence_that_says_why_a_group_is_not_named_is_no_ground_for_advice() -> None:
    remark = of(report("Alle skal ha det godt her."), "levekar")
    why = "Innvandrere med dårlige levekår er ikke spesielt nevnt i planen, siden alle skal få det samme."
    assert support(remark, [read(why)], BOOK, shipped_expectations()) == ()


def test_a_sentence_that_says_why_a_group_is_not_named_says_nothing_about_it() -> None:
    found = of(
        report("Innvandrere med dårlige levekår er ikke spesielt nevnt, siden alle får det samme."), "levekar"
    )
    assert found.outcome is Outcome.PARTLY
    assert str(found.said).endswith("men setningen sier ikke noe om dem.")


def test_immigration_and_districts_in_two_sentences_are_no_ground_for_advice_to_couple_them() -> None:
    remark = of(report("Alle skal ha det godt her."), "kobling")
    apart = "Innvandring er en viktig trend i fylket vårt nå. Distriktene har hatt nedgang i mange år."
    together = "Innvandring holder folketallet oppe i distriktene, og det skal vi bygge videre på."
    assert support(remark, [read(apart)], BOOK, shipped_expectations()) == ()
    assert support(remark, [read(together)], BOOK, shipped_expectations())


def test_a_sentence_that_points_back_is_shown_with_the_one_before_it() -> None:
    remark = of(report("Alle skal ha det godt her."), "levekar")
    county = read(
        "Innvandrere er en ressurs for fylket vårt. Mange familier har det trangt. "
        "Dette gjelder særlig innvandrere med lav inntekt. Veiene er gode."
    )
    (found,) = support(remark, [county], BOOK, shipped_expectations())
    assert (
        found.core == "… Mange familier har det trangt. Dette gjelder særlig innvandrere med lav inntekt. …"
    )


def test_the_words_of_a_rule_that_holds_under_a_heading_only_do_not_make_a_sentence_about_refugees() -> None:
    """«Personer» means refugees under the heading «Flyktninger», and nobody in particular elsewhere."""
    remark = of(report("Alle skal ha det godt her."), "sysselsetting")
    county = read("Innvandrere bor her. Mange personer er utenfor arbeidslivet i fylket, også de unge.")
    assert support(remark, [county], BOOK, shipped_expectations()) == ()


def test_the_need_for_staff_in_health_is_no_ground_for_advice_about_the_health_of_immigrants() -> None:
    remark = of(report("Alle skal ha det godt her."), "folkehelse")
    expected = shipped_expectations()
    staff = read(
        "Lavere innvandring vil påvirke muligheten til å dekke behovet for ansatte innen helse og omsorg."
    )
    assert support(remark, [staff], BOOK, expected) == ()
    health = read(
        "Fylkeskommunen skal styrke den psykiske helsen til flyktninger i hele fylket.",
        "Folkehelse blant innvandrere skal følges opp i hver kommune i fylket.",
    )
    assert support(remark, [health], BOOK, expected)


def test_what_is_expected_has_a_source_a_date_and_codes_that_exist() -> None:
    shipped = shipped_expectations()
    assert shipped.dated == date(2026, 11, 22)
    known = set(plan_types())
    for one in shipped.all:
        assert one.sources
        assert set(one.types) <= known
        for code in (*one.codes, *one.together, *one.by, *one.coupling):
            assert BOOK.code(code)
        assert {"nb", "nn", "en"} <= one.advice.texts.keys()
    assert {one.check for one in shipped.all} >= {"said", "each", "coupled", "followed", "labour", "defined"}


def test_a_word_without_a_source_says_that_it_has_none() -> None:
    assert any(not one.sources for one in shipped_terms())
    assert all(one.since is None or one.sources for one in shipped_terms())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"schema = 1\n",
        b"schema = 1\ndated = 2026-01-01\n[source]\n",
        b'schema = 1\ndated = 2026-01-01\n[source]\n[[expectation]]\nid = "a"\ncheck = "magic"\n',
        b"\xff\xfe",
    ],
)
def test_a_wrong_file_of_expectations_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_expectations(content, "egen.toml")


def test_a_pattern_that_cannot_be_read_is_refused_where_it_stands() -> None:
    content = (
        'schema = 1\ndated = 2026-01-01\n[source]\n[[term]]\nid = "a"\nkind = "unclear"\npatterns = ["(("]\n'
        'instead = { nb = "b", nn = "b", en = "b" }\nwhy = { nb = "c", nn = "c", en = "c" }\n'
    )
    with pytest.raises(InputError):
        read_terms(content.encode(), "egen.toml")


def test_two_words_for_the_same_thing_are_remarked_on_and_one_alone_is_not() -> None:
    both = report("Nyankomne skal få hjelp til bolig. Tilflyttere skal bli sett.", "Nybosatte får en vert.")
    found = next(one for one in both.terms if one.term.id == "nyankomne-flere-ord")
    assert dict(zip(found.words, found.times, strict=True)) == {
        "nyankomne": 1,
        "nybosatte": 1,
        "tilflyttere": 1,
    }
    assert len(found.passages) == 2
    alone = report("Nyankomne skal få hjelp til bolig, og nyankomne skal bli sett.")
    assert "nyankomne-flere-ord" not in {one.term.id for one in alone.terms}


def test_a_mixed_word_needs_two_ways_in_the_file_and_no_other_kind_has_any() -> None:
    head = "schema = 1\ndated = 2026-11-22\n[source]\n[[term]]\nid = 'x'\nconfirmed = []\n"
    texts = "".join(f"{name} = {{nb = 'a', nn = 'a', en = 'a'}}\n" for name in ("instead", "why"))
    way = "[[term.way]]\npatterns = ['flyktning*']\n"
    assert read_terms(f"{head}kind = 'mixed'\n{texts}{way}{way}".encode(), "x")[0].ways == (
        ("flyktning*",),
        ("flyktning*",),
    )
    for wrong in (f"kind = 'mixed'\n{texts}{way}", f"kind = 'unclear'\n{texts}{way}{way}"):
        with pytest.raises(InputError):
            read_terms(f"{head}{wrong}".encode(), "x")


def test_what_others_have_solved_stands_in_one_sentence_and_no_plan_hides_the_others() -> None:
    said = "Flere innvandrere skal inn i arbeidslivet i bedriftene {}."
    long = read(*(said.format(place) for place in ("her i byen", "der ute på bygda", "i hele dalen vår")))
    other = replace(read(said.format("langs hele kysten")), id="kysten")
    weak = replace(
        read("Flyktninger er bosatt i kommunen siden 2015. Ledigheten i bedriftene er lav."), id="svak"
    )
    work = next(one for one in shipped_expectations().all if one.id == "sysselsetting")
    found = solved(work, [long, weak, other], BOOK, shipped_expectations())
    assert [one.document for one in found] == ["utkast", "utkast", "kysten"]
