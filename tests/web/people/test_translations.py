"""Texts of the packages that sign-in rests on: none that people can meet is lacking in bokmål or nynorsk."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import trans_real

from fotfeste.web import people

ALLAUTH = Path(allauth.__file__).parent
DJANGO = Path(django.__file__).parent
LOCALE = Path(people.__file__).parents[1] / "locale"

PARTS = (
    *(ALLAUTH / name for name in ("account", "core", "mfa", "usersessions")),
    *(
        ALLAUTH / "socialaccount" / name
        for name in ("adapter.py", "forms.py", "models.py", "internal", "helpers.py")
    ),
    *(ALLAUTH / "socialaccount" / "providers" / name for name in ("base", "oauth2", "openid_connect")),
    DJANGO / "forms",
    DJANGO / "core" / "validators.py",
    DJANGO / "contrib" / "auth" / "password_validation.py",
)
"""What people can meet the texts of; pages and letters are our own (test_templates)."""

MARKS = {
    "_": 0,
    "gettext": 0,
    "gettext_lazy": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
}


def texts(path: Path) -> Iterator[str]:
    """Return the texts that are marked for translation in one module, as the catalogue has them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MARKS:
            continue
        words = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if MARKS[node.func.id] and len(words) > 1:
            yield f"{words[0]}\x04{words[1]}"
        elif words and words[0]:
            yield words[0]


def reachable() -> set[str]:
    """Return every text that people can meet."""
    files = [one for part in PARTS for one in (part.rglob("*.py") if part.is_dir() else [part])]
    return {text for one in files if "tests" not in one.parts for text in texts(one)}


def known(locale: str) -> set[str]:
    """Return the texts that ``locale`` has a translation of, its fallback left out."""
    catalogue = trans_real.translation(locale)._catalog
    return {
        key if isinstance(key, str) else key[0] for part in catalogue._catalogs for key in part if part[key]
    }


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_every_text_that_people_can_meet_is_translated(locale: str) -> None:
    wanted = reachable()
    assert len(wanted) > 150
    assert sorted(wanted - known(locale)) == []


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_what_the_program_reads_is_what_translators_edit(locale: str) -> None:
    folder = LOCALE / locale / "LC_MESSAGES"
    compiled = BytesIO()
    with (folder / "django.po").open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=locale))
    # When this fails: make messages
    assert (folder / "django.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_translations_keep_the_places_that_are_filled_in(locale: str) -> None:
    with (LOCALE / locale / "LC_MESSAGES" / "django.po").open("rb") as stream:
        wrong = [str(error) for message in read_po(stream, locale=locale) for error in message.check()]
    assert wrong == []
