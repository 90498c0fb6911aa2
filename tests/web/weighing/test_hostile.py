"""What nobody types by accident: every address of the weighing answers it, and nothing is changed by it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.web.weighing.models import Alternative, Version
from tests.daily import every_nth
from tests.web.weighing.conftest import PARTLY, ROOM

pytestmark = pytest.mark.django_db

STRANGE = [
    "", "-1", "1e9", "9" * 400, "NaN", "٣", "<script>alert(1)</script>", "'; DROP TABLE", "\x00", "😀", "../../etc/passwd",
    "%s{0}{total}", "[]",
]  # fmt: skip
FORMS = {
    "valg": (
        "total",
        "mindrearige",
        "til",
        "metode",
        "skjulte",
        "vekt-work",
        "nokkel-work-exponent",
        "nokkel-work-lowest",
    ),
    "kriterier": ("kriterier",),
    "regel-ny": ("slag", "personer", "kommuner", "grunn", "kilde", "nr"),
    "regel-endre": ("nr", "slag", "personer", "prosent", "ar"),
    "regel-bort": ("nr",),
    "vei": ("nr",),
    "sett": ("kommune", "personer", "begrunnelse", "rolle", "kostnad_vist"),
    "trekk": ("kommune", "begrunnelse", "rolle"),
    "likevel": ("endringer",),
    "noe annet": ("til",),
}
PLAIN = {
    "slag": "cap", "personer": "70", "kilde": "Møtet", "grunn": "", "kommune": "4003", "begrunnelse": "Prøve",
    "rolle": "rådgiver",
}  # fmt: skip


@pytest.mark.parametrize("what", every_nth(9, sorted(FORMS)))
def test_strange_fields_are_refused_or_passed_by_and_never_break(ready: Client, what: str) -> None:
    for field in FORMS[what]:
        for strange in STRANGE:
            if what == "regel-ny" and field in ("grunn", "kilde") and strange.strip(" \x00"):
                continue  # a text of the county's own
            version = Version.objects.order_by("-number").values_list("number", flat=True)[0]
            data = {"hva": what, "sett": version, **PLAIN, field: strange}
            answer = ready.post(ROOM + "endre/", data)
            assert answer.status_code in (200, 302, 409, 422), (field, strange)
            assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_versions_and_places_are_answered(ready: Client, strange: str) -> None:
    for tail in ("endre/", "angre/", "anbefal/"):
        for data in (
            {"sett": strange, "hva": "valg"},
            {"sett": 1, "til": strange, "hva": "regel-bort", "nr": strange},
        ):
            assert ready.post(ROOM + tail, data).status_code in (302, 409, 422), (tail, data)
    for tail, name in (("versjoner/", "fra"), ("nytt/", "sett"), ("regel/", "nr"), ("4003/", "personer")):
        for headers in ({}, PARTLY):
            answer = ready.get(ROOM + tail, {name: strange, "til": strange, "slag": strange}, headers=headers)
            assert answer.status_code in (200, 204), (tail, strange)
            assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\xff", b"schema = 1", b"a" * 1_000_001, b"PK\x03\x04", b"[[criterion]]\nid = 1",
        "schema = 1\ntitle = 'Å'".encode("latin-1"), b"<svg onload=alert(1)>",
    ],
    ids=["empty", "bytes", "nothing", "large", "zip", "half", "latin", "svg"],
)  # fmt: skip
def test_a_file_that_is_no_criteria_is_told_of_and_not_used(ready: Client, content: bytes) -> None:
    for name in ("kriterier.toml", "../../../x.toml", "<b>.toml"):
        answer = ready.post(
            ROOM + "endre/", {"sett": 1, "hva": "kriterier", "fil": SimpleUploadedFile(name, content)}
        )
        assert answer.status_code == 422, name
        assert b"<b>.toml" not in answer.content
    assert Version.objects.count() == 1


@pytest.mark.parametrize("strange", ["<b>fet</b>", "x" * 81, "\x00", "😀" * 40])
def test_a_strange_name_of_an_alternative_is_shown_as_text(ready: Client, strange: str) -> None:
    answer = ready.post(ROOM + "alternativer/", {"sett": 1, "navn": strange})
    assert answer.status_code in (302, 422)
    page = ready.get(ROOM + "alternativer/").content.decode()
    assert "<b>fet</b>" not in page
    assert not any("\x00" in one.name for one in Alternative.objects.all())


def test_other_methods_are_refused(ready: Client) -> None:
    for tail in ("", "4003/", "versjoner/", "nytt/", "regel/", "kriterier.toml"):
        assert ready.delete(ROOM + tail).status_code == 405
    for tail in ("endre/", "angre/", "anbefal/", "begynn/"):
        assert ready.get(ROOM + tail).status_code == 405
