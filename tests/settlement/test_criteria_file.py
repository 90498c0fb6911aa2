from fractions import Fraction
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.settlement.criteria import KeyForm, RuleKind
from fotfeste.settlement.criteria_file import read_criteria, read_national, shipped_criteria, shipped_national

GOOD = """
schema = 1
id = "test"
title = "Test"
year = 2027
dated = 2026-11-21
owner = "Fylkeskommunen"
source = "Fylkestinget"
method = "hamilton"
national = "national-2024"

[answers]
fast = "Vi bosetter innen fristen."

[[criterion]]
id = "size"
name = "Folketall"
weight = 0.1
answers = ["capacity"]
source = "Valg"
[criterion.key]
form = "power"
base = "population"
exponent = 0.7

[[criterion]]
id = "equal"
name = "Likt"
weight = 0.3
source = "Valg"
[criterion.key]
form = "equal"

[[rule]]
kind = "floor"
persons = 10
source = "Valg"
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "kriterier.toml"
    file.write_bytes(text.encode(encoding))
    return file


def test_weights_are_read_exactly_and_become_shares(tmp_path: Path) -> None:
    read = read_criteria(written(tmp_path, GOOD))
    assert read.criteria[0].weight == Fraction(1, 10)
    assert [one.share for one in read.criteria] == [Fraction(1, 4), Fraction(3, 4)]
    assert read.criteria[0].key.exponent == Fraction(7, 10)
    assert read.rules[0].kind is RuleKind.FLOOR
    assert read.national is not None
    assert dict(read.answers) == {"fast": "Vi bosetter innen fristen."}


@pytest.mark.parametrize("name", shipped_criteria())
def test_every_shipped_file_is_dated_sourced_and_an_example(name: str) -> None:
    read = read_criteria(name)
    assert read.id == name
    assert sum(one.share for one in read.criteria) == 1
    assert all(one.source for one in read.criteria)
    assert all(one.source for one in read.rules)
    assert "eier" in read.owner


def test_the_five_principles_the_danish_rule_and_a_default_are_shipped() -> None:
    assert set(shipped_criteria()) >= {
        "equal-burden",
        "capacity",
        "labour-market",
        "district-growth",
        "continuity",
        "danish-rule",
        "standard-2027",
    }
    assert read_criteria("danish-rule").criteria[0].key.form is KeyForm.DOUBLE_SHARE


def test_national_criteria_are_shipped_and_marked_incomplete() -> None:
    assert set(shipped_national()) >= {"national-2018", "national-2019", "national-2022", "national-2024"}
    assert not any(read_national(name).complete for name in shipped_national())


def test_a_national_file_may_stand_beside_the_criteria(tmp_path: Path) -> None:
    national = tmp_path / "nasjonale.toml"
    national.write_text(
        'schema = 1\nid = "n"\nyear = 2027\ntitle = "T"\ndated = 2026-11-01\nsource = "S"\ncomplete = true\n'
        '[[criterion]]\nid = "fast"\ntext = "Raskt"\n[[criterion]]\nid = "capacity"\ntext = "Kapasitet"\n'
    )
    read = read_criteria(written(tmp_path, GOOD.replace('"national-2024"', '"nasjonale.toml"')))
    assert read.national is not None
    assert read.national.complete


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("schema = 1", "schema = 9"), "skjemanummer 9"),
        (("weight = 0.1", 'weight = "mye"'), "criterion[1].weight: 'mye' er ikke et tall"),
        (("weight = 0.1", "weight = -1"), "criterion[1].weight"),
        (('form = "power"', 'form = "potens"'), "criterion[1].key.form"),
        (('base = "population"', ""), "trenger base"),
        (
            ("exponent = 0.7", "exponent = 0.7\nkoeffisient = 1"),
            "criterion[1].key.koeffisient: feltet er ukjent",
        ),
        (("exponent = 0.7", "base_exponent = 0.7"), "formen «power» bruker ikke base_exponent"),
        (("exponent = 0.7", "exponent = inf"), "ikke et endelig tall"),
        (("persons = 10", "persons = 10\nyears = 3"), "floor bruker ikke years"),
        (("persons = 10", "persons = true"), "rule[1].persons"),
        (('title = "Test"', ""), "title: feltet mangler"),
        (('kind = "floor"\npersons = 10', 'kind = "floor"'), "floor trenger persons"),
        (('kind = "floor"\npersons = 10', 'kind = "lock"\npersons = 10'), "lock må nevne kommunene"),
        (('kind = "floor"', 'kind = "continuity"'), "continuity trenger years"),
        (('kind = "floor"\npersons = 10', 'kind = "max_change"'), "max_change trenger enten"),
        (('id = "equal"', 'id = "size"'), "flere ganger: size"),
        (('answers = ["capacity"]', 'answers = ["kapasitet"]'), "kapasitet"),
        (("weight = 0.1", "weight = 0"), None),
        (("dated = 2026-11-21", 'dated = "i fjor"'), "er ikke en dato"),
        (("[[rule]]", "[[rule"), "ikke gyldig TOML"),
        (('national = "national-2024"', 'national = "national-1999"'), "finnes ikke"),
        (('national = "national-2024"', f'national = "{"x" * 5000}.toml"'), "finnes ikke"),
        (("weight = 0.1", "weight = -1.5"), "criterion[1].weight: -1.5 er utenfor"),
        (("weight = 0.1", "weight = 1e99999999999999999999999"), "er for langt"),
        (("year = 2027", "year = 20e100000000"), "tallet 20e100000000 er for langt"),
        (("weight = 0.1", f"weight = {'9' * 5000}"), "ikke gyldig TOML"),
        (("weight = 0.1", "weight = 0.1\nweight = 0.2"), "ikke gyldig TOML: feil i linje"),
        (('title = "Test"', f"title = {'[' * 3000}"), "i for mange nivåer"),
        (('title = "Test"', "title = 3"), "title: 3 er ikke tekst"),
        (('owner = "Fylkeskommunen"', 'owner = ""'), "owner: teksten er tom"),
        (('[criterion.key]\nform = "equal"', "key = 3"), "criterion[2].key: 3 er ikke en tabell"),
        (('id = "test"', 'id = "Årets"'), "'Årets' kan bare ha små bokstaver"),
        (("persons = 10", 'persons = 10\nmunicipalities = "4001"'), "'4001' er ikke en liste"),
        (("persons = 10", 'persons = 10\nmunicipalities = ["401"]'), "'401' er ikke et kommunenummer"),
        (
            ('[answers]\nfast = "Vi bosetter innen fristen."', 'minors = { "xx" = 3 }'),
            "minors.xx: 'xx' er ikke et kommunenummer",
        ),
        (
            (
                'kind = "floor"\npersons = 10',
                'kind = "transfer"\npersons = 1\nmunicipalities = ["4001"]\nreceiver = "x"\nreason = "fordi"',
            ),
            "rule[1].receiver: 'x' er ikke et kommunenummer",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, change: tuple[str, str], told: str | None
) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    file = written(tmp_path, text)
    if told is None:
        assert read_criteria(file).criteria[0].share == 0
        return
    with pytest.raises(InputError) as caught:
        read_criteria(file)
    assert told in str(caught.value)


def test_weights_of_many_digits_still_share_out_everything(tmp_path: Path) -> None:
    text = GOOD.replace("weight = 0.3", f"weight = 0.{'6' * 39}7")
    text = text.replace("weight = 0.1", f"weight = 0.{'3' * 40}")
    assert sum(one.share for one in read_criteria(written(tmp_path, text)).criteria) == 1


def test_all_errors_in_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("weight = 0.1", "weight = -1").replace("persons = 10", "persons = -3")
    with pytest.raises(InputError) as caught:
        read_criteria(written(tmp_path, text))
    assert len(caught.value.problems) == 2


def test_an_error_in_the_only_criterion_is_told_once(tmp_path: Path) -> None:
    start = GOOD.index('[[criterion]]\nid = "equal"')
    text = GOOD[:start].replace("weight = 0.1", "weight = -1")
    with pytest.raises(InputError) as caught:
        read_criteria(written(tmp_path, text))
    assert len(caught.value.problems) == 1


def test_weights_all_zero_are_refused(tmp_path: Path) -> None:
    text = GOOD.replace("weight = 0.1", "weight = 0").replace("weight = 0.3", "weight = 0")
    with pytest.raises(InputError) as caught:
        read_criteria(written(tmp_path, text))
    assert caught.value.code == "criteria.weights"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_criteria(written(tmp_path, GOOD.replace("Fylkestinget", "Fylkesrådet"), "latin-1"))
    assert "UTF-8" in str(caught.value)


def test_an_unknown_name_lists_those_that_exist() -> None:
    with pytest.raises(InputError) as caught:
        read_criteria("standard-1999")
    assert "standard-2027" in str(caught.value)


def test_criteria_are_told_by_the_name_of_their_file_and_never_by_its_folders(tmp_path: Path) -> None:
    home = tmp_path / "oppdiktet.navnesen"
    home.mkdir()
    assert read_criteria(written(home, GOOD)).origin == "kriterier.toml"
    assert read_criteria(str(written(home, GOOD))).origin == "kriterier.toml"
    with pytest.raises(InputError) as caught:
        read_criteria(written(home, GOOD.replace("schema = 1", "schema = 99")))
    assert str(home) in str(caught.value)


def test_a_countys_file_called_as_a_shipped_one_is_still_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "standard-2027"
    own.write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)
    for where in (own, str(own), "./standard-2027"):
        read = read_criteria(where)
        assert read.title == "Test"
        assert read.origin == "./standard-2027"
        assert read.origin not in shipped_criteria()
    assert read_criteria("standard-2027").origin == "standard-2027"
