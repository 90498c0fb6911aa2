"""Templates: every text is said, written out and collected; no word stands outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.template_texts import faults, said

from tools import messages, template_texts

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fotfeste"
TEMPLATES = sorted((SOURCE / "web").rglob("templates/**/*.html"))
IN_ENGLISH_ONLY = {"api/templates/api/described.html": {"required"}}
"""Words in the description of the interface for programs, which is in English for every reader."""
LETTERS = sorted((SOURCE / "web").rglob("templates/**/*.txt"))


def test_texts_are_found_in_either_marks_and_with_their_plural() -> None:
    source = """
    <a title="{% say 'Rull sammen' %}">{% say "Kommuner i {fylke}" fylke=county.name|upper %}</a>
    {% say "{count} kommune" plural="{count} kommuner" count=n %}{% say "Lagre" as button %}
    {% say "Et \\"ord\\"" %}
    """
    assert said(source) == [
        "Rull sammen",
        "Kommuner i {fylke}",
        ("{count} kommune", "{count} kommuner"),
        "Lagre",
        'Et "ord"',
    ]


def test_what_is_held_back_is_not_collected() -> None:
    source = '{# {% say "A" %} #}{% comment %}{% say "Bb" %}{% endcomment %}{% verbatim %}{% say "Cc" %}{% endverbatim %}'
    assert said(source) == []


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{% say title %}", "not written out"),
        ('{% say "Kommune"|lower %}', "not written out"),
        ('{% say "Kommune %}', "not written out"),
        ('{% say "" %}', "not written out"),
        ("{% say %}", "without a text"),
        ('{% say "{count} kommune" plural=many count=n %}', "not written out"),
        ('{% say "{count} kommune" plural="{count} kommuner" %}', "without count="),
        ('{% translate "Kommune" %}', "said with say"),
        ("{% blocktranslate %}Kommune{% endblocktranslate %}", "said with say"),
    ],
)
def test_a_text_that_cannot_be_collected_is_an_error_with_its_line(source: str, why: str) -> None:
    with pytest.raises(ValueError, match=rf"line 2: .*{why}"):
        said("\n" + source)
    assert any(why in one.what and one.line == 2 for one in faults("\n" + source))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hei</p>",
        '<p>{% say "Hei" %} der</p>',
        '<img alt="Kart over Telemark">',
        "<button aria-label='Lukk'></button>",
        '<input type="submit" value="Lagre">',
        "{% if a %}ja{% endif %}",
        "<p>ja/nei</p>",
        "{% verbatim %}<p>Hei</p>{% endverbatim %}",
    ],
)
def test_a_word_outside_say_is_found(source: str) -> None:
    assert faults("\n\n" + source) != []
    assert {one.line for one in faults("\n\n" + source)} == {3}


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% say "Hei" %} – {{ name }} (1&nbsp;%)</p>',
        '<a class="ds-link" href="/kommune/{{ code }}/" data-size="sm">{{ name }}</a>',
        "<title>{{ title }} – Fotfeste</title>",
        '<input type="text" value="kode" name="kode">',
        "{% block canonical %}/indikator/{% endblock %}",
        "<p><code>fotfeste serve</code></p>",
        "{% comment %}<p>Hei</p>{% endcomment %}{# Hei #}<!-- Hei -->",
    ],
)
def test_names_values_and_remarks_may_stand_as_they_are(source: str) -> None:
    assert faults(source) == []


def test_every_word_of_a_letter_is_seen() -> None:
    assert [one.what for one in faults('{% say "Hei" %}\nHilsen <oss>', markup=False)] == ["Hilsen", "oss"]


@pytest.mark.parametrize(
    "path", TEMPLATES + LETTERS, ids=lambda path: path.relative_to(SOURCE / "web").as_posix()
)
def test_no_template_of_ours_has_words_outside_say(path: Path) -> None:
    found = faults(path.read_text("utf-8"), markup=path.suffix == ".html")
    known = IN_ENGLISH_ONLY.get(path.relative_to(SOURCE / "web").as_posix(), set())
    assert [f"{path.name}:{one.line}: {one.what}" for one in found if one.what not in known] == []


def test_the_catalogue_holds_what_the_templates_say() -> None:
    collected = messages.collect(SOURCE)
    texts = {
        (place, text if isinstance(text, str) else text[0])
        for path in TEMPLATES
        for place in [path.relative_to(SOURCE).as_posix()]
        for text in template_texts.said(path.read_text("utf-8"))
    }
    assert len(texts) > 50
    assert [one for one in texts if one[1] not in collected] == []
    assert any(
        place == "web/front/templates/front/base.html"
        for place, _ in collected["Hopp til innholdet"].locations
    )
