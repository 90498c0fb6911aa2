import json

import pytest
from fontTools.ttLib import TTFont

from fotfeste.reports import typeface

SAMI_AND_KVEN = "ÁáČčĐđŊŋŠšŦŧŽžÆæØøÅåÄäÖöÏïǤǥǦǧǨǩƷʒǮǯÑñ"
SIGNS = "–—«»„“”‘’…•·§°½²³−×÷±≤≥≈←→↑↓○●■□▲△◆\u00a0\u202f€%‰"


def test_the_font_holds_all_letters_of_norwegian_sami_and_kven_and_the_signs_in_use():
    for name in typeface.FILES.values():
        letters = TTFont(typeface.folder() / f"{name}.otf").getBestCmap()
        assert [sign for sign in SAMI_AND_KVEN + SIGNS if ord(sign) not in letters] == []


def test_the_widths_are_those_of_the_font():
    table = json.loads((typeface.folder() / "widths.json").read_text("utf-8"))
    for weight, name in typeface.FILES.items():
        font = TTFont(typeface.folder() / f"{name}.otf")
        for code, glyph in font.getBestCmap().items():
            width = font["hmtx"].metrics[glyph][0] / font["head"].unitsPerEm
            assert abs(table[str(weight)][chr(code)] / 1000 - width) < 0.001


def test_the_font_files_are_small_and_carry_their_licence():
    folder = typeface.folder()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 400_000
    licence = (folder / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Inter Project Authors" in licence


def test_the_family_has_its_own_name_so_that_no_installed_font_is_taken_instead():
    for name in typeface.FILES.values():
        assert TTFont(typeface.folder() / f"{name}.otf")["name"].getDebugName(16) == typeface.FAMILY


def test_bold_text_is_wider():
    assert typeface.text_width("Kommune", 10, 600) > typeface.text_width("Kommune", 10) > 0
    assert typeface.text_width("", 10) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kárášjohka – Čáhcesuolu", "Kárášjohka – Čáhcesuolu"),
        ("A\u030as", "Ås"),
        ("Ạ", "A"),
        ("a\u2028b\tc", "a b c"),
        ("日本", "□□"),
        ("\x00a\u200b", "a"),
        ("to\nlinjer", "to\nlinjer"),
    ],
)
def test_only_signs_that_the_font_has_are_left(text, shown):
    assert typeface.displayable(text) == shown
