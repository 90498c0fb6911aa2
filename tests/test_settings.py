"""Settings come from the environment and one file, once, with defaults that serve; every fault is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.settings import VARIABLES, OidcProvider, PlanLimits, Serving, Settings, unknown_language

FOLDER = {"FOTFESTE_DATA_DIR": "tall"}


def _with_file(folder: Path, text: str, **variables: str) -> Settings:
    path = folder / "innstillinger.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.from_environment({**FOLDER, "FOTFESTE_SETTINGS": str(path), **variables})


def _refused(folder: Path, text: str = "schema = 1", **variables: str) -> InputError:
    with pytest.raises(InputError) as caught:
        _with_file(folder, text, **variables)
    return caught.value


def test_folder_and_language_can_be_set() -> None:
    settings = Settings.from_environment({"FOTFESTE_DATA_DIR": "tall", "FOTFESTE_LANGUAGE": "nn"})
    assert settings == Settings(Path("tall"), "nn")


@pytest.mark.parametrize("chosen", ["", "sv", "NB", "nb_NO.UTF-8"])
def test_an_unknown_language_gives_bokmål(chosen: str) -> None:
    settings = Settings.from_environment({"FOTFESTE_DATA_DIR": "tall", "FOTFESTE_LANGUAGE": chosen})
    assert settings.locale == "nb"


def test_a_language_that_is_not_there_can_be_told() -> None:
    assert unknown_language({"FOTFESTE_LANGUAGE": "sv"}) == "sv"
    for known in ({}, {"FOTFESTE_LANGUAGE": ""}, {"FOTFESTE_LANGUAGE": "nn"}):
        assert unknown_language(known) == ""


def test_without_settings_imported_figures_live_with_the_users_own_data() -> None:
    settings = Settings.from_environment({})
    assert settings.data_dir.name == "fotfeste"
    assert settings.data_dir.is_absolute()


def test_without_settings_the_workspace_is_for_this_machine_only() -> None:
    serving = Settings.from_environment(FOLDER).serving
    assert serving == Serving()
    assert not serving.secure
    assert set(serving.answers_to) == {"localhost", "127.0.0.1", "[::1]"}


STATED: dict[str, tuple[str, Any]] = {
    "database_url": ("postgresql://fotfeste@db/fotfeste", "postgresql://fotfeste@db/fotfeste"),
    "secret_key": ("n" * 40, "n" * 40),
    "base_url": ("https://fotfeste.example.no/", "https://fotfeste.example.no"),
    "hosts": ("fotfeste.example.no, intern.example.no", ("fotfeste.example.no", "intern.example.no")),
    "proxies": ("1", 1),
    "email_url": ("smtp://post.example.no:25", "smtp://post.example.no:25"),
    "sender": ("fotfeste@example.no", "fotfeste@example.no"),
    "owner": ("Eksempel fylkeskommune", "Eksempel fylkeskommune"),
    "contact": ("hjelp@example.no", "hjelp@example.no"),
    "processes": ("2", 2),
    "threads": ("4", 4),
    "invitation_days": ("7", 7),
    "session_hours": ("8", 8),
    "api_per_minute": ("60", 60),
    "partner_inputs": ("20", 20),
    "partner_megabytes": ("50", 50),
    "metrics_token": ("m" * 20, "m" * 20),
    "log_format": ("json", "json"),
    "plan_megabytes": ("50", 50),
    "plan_pages": ("500", 500),
    "plan_seconds": ("30", 30),
}
OF_PLANS = {one.name for one in fields(PlanLimits)}


def test_the_settings_stated_here_are_all_there_are() -> None:
    missing = ({one.name for one in fields(Serving)} | OF_PLANS) - set(STATED) - {"oidc"}
    assert not missing, f"add these settings to the test and to docs/guide/drift.md: {sorted(missing)}"
    assert set(VARIABLES) == set(STATED)


@pytest.mark.parametrize("name", sorted(STATED))
def test_each_setting_is_read_from_its_variable_and_from_the_file(name: str, tmp_path: Path) -> None:
    given, expected = STATED[name]
    part = "plans" if name in OF_PLANS else "serving"
    from_variable = getattr(Settings.from_environment({**FOLDER, VARIABLES[name]: given}), part)
    from_file = getattr(_with_file(tmp_path, f'schema = 1\n{name} = "{given}"'), part)
    assert getattr(from_variable, name) == getattr(from_file, name) == expected
    assert getattr(type(from_file)(), name) != expected


def test_the_largest_plan_is_told_in_bytes_to_those_who_count_them() -> None:
    assert Settings(Path("tall")).plans.document_bytes == 100_000_000
    assert (
        Settings.from_environment({**FOLDER, "FOTFESTE_PLAN_MEGABYTES": "7"}).plans.document_bytes
        == 7_000_000
    )


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    settings = _with_file(
        tmp_path, 'schema = 1\nthreads = 4\nprocesses = 3\ndata_dir = "annet"', FOTFESTE_THREADS="16"
    )
    assert (settings.serving.threads, settings.serving.processes) == (16, 3)
    assert settings.data_dir == Path("tall")


def test_the_file_may_name_the_folder_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "i.toml"
    path.write_text('schema = 1\ndata_dir = "/srv/fotfeste"\nhosts = ["a.no", "b.no"]')
    settings = Settings.from_environment({"FOTFESTE_SETTINGS": str(path)})
    assert settings.data_dir == Path("/srv/fotfeste")
    assert settings.serving.hosts == ("a.no", "b.no")


def test_the_workspace_answers_to_the_name_of_its_own_address() -> None:
    serving = Serving(base_url="https://fotfeste.example.no:8443", hosts=("localhost",))
    assert serving.answers_to == ("localhost", "fotfeste.example.no")
    assert serving.secure


def test_secrets_are_not_shown_where_settings_are() -> None:
    secrets = {"secret_key": "hemmelig-nøkkel", "metrics_token": "hemmelig-merke", "database_url": "pw@db"}
    shown = repr(Settings(Path("tall"), serving=Serving(**secrets, email_url="smtp://u:pw@post")))  # type: ignore[arg-type]
    assert not any(one in shown for one in ("hemmelig", "pw@"))
    assert "hemmelig" not in repr(OidcProvider("a", "A", "https://a.no", "k", "hemmelig"))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("database_url", '"sqlite:///her.sqlite3"'),
        ("database_url", '"mysql://db/fotfeste"'),
        ("secret_key", '"kort"'),
        ("secret_key", "12345678901234567890123456789012345"),
        ("base_url", '"fotfeste.example.no"'),
        ("base_url", '"https://"'),
        ("base_url", '"https://example.no/fotfeste"'),
        ("base_url", '"https://example.no?a=b"'),
        ("base_url", '"javascript://example.no"'),
        ("hosts", '"*"'),
        ("hosts", '".example.no"'),
        ("hosts", '"https://example.no"'),
        ("hosts", "[1, 2]"),
        ("hosts", "7"),
        ("hosts", '"a.no,,b.no"'),
        ("proxies", "-1"),
        ("proxies", "true"),
        ("proxies", "1.5"),
        ("proxies", '"en"'),
        ("processes", "0"),
        ("threads", "65"),
        ("session_hours", '""" """'),
        ("invitation_days", "[1]"),
        ("api_per_minute", "0"),
        ("partner_inputs", "0"),
        ("partner_megabytes", "-1"),
        ("plan_megabytes", "0"),
        ("plan_pages", '"mange"'),
        ("plan_seconds", "3601"),
        ("log_format", '"xml"'),
        ("sender", '"fotfeste"'),
        ("sender", '"a@b.no\\nBcc: alle@b.no"'),
        ("owner", "12"),
        ("metrics_token", '"kort"'),
        ("data_dir", "12"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_place(name: str, given: str, tmp_path: Path) -> None:
    error = _refused(tmp_path, f"schema = 1\n{name} = {given}")
    assert [problem.code for problem in error.problems] == ["settings.value"]
    told = error.describe(language("nb"))
    assert f"innstillinger.toml: {name}" in told
    assert "Den skal være" in told
    assert "drift.md" in told


def test_every_fault_is_told_of_at_once_with_the_variable_or_the_field(tmp_path: Path) -> None:
    text = 'schema = 1\nthread = 4\nproxies = "en"\n[[oidc]]\nid = "a"\n'
    error = _refused(tmp_path, text, FOTFESTE_THREADS="mange")
    told = error.describe(language("nb"))
    assert error.exit_code == 3
    assert len(error.problems) == 4
    for part in ("thread:", "proxies:", "FOTFESTE_THREADS:", "oidc 1:", "«name»", "fra 1 til 64", "'mange'"):
        assert part in told


def test_a_secret_that_cannot_be_used_is_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_environment(
            {**FOLDER, "FOTFESTE_SECRET_KEY": "kort-men-hemmelig", "DATABASE_URL": "pg:pw@db"}
        )
    told = caught.value.describe(language("nb"))
    assert "FOTFESTE_SECRET_KEY" in told
    assert "hemmelig" not in told
    assert "pw@db" not in told


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"schema = ", "settings.not_toml"),
        (b"owner = '\xff'", "settings.not_toml"),
        (b"", "settings.schema"),
        (b"schema = 2", "settings.schema"),
        (b'schema = "1"', "settings.schema"),
    ],
)
def test_a_file_that_is_not_a_settings_file_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "i.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        Settings.from_environment({"FOTFESTE_SETTINGS": str(path)})
    assert caught.value.code == code
    assert str(path) in caught.value.describe(language("nb"))
    assert "drift.md" in caught.value.describe(language("nb"))


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    for path in (tmp_path / "mangler.toml", tmp_path):
        with pytest.raises(InputError) as caught:
            Settings.from_environment({"FOTFESTE_SETTINGS": str(path)})
        assert caught.value.code == "settings.unreadable"


PROVIDER = """
[[oidc]]
id = "ansattporten"
name = "Ansattporten"
issuer = "https://ansattporten.example.no"
client_id = "fotfeste"
client_secret = "hemmelig"
scopes = ["openid", "profile"]
extra = { acr_values = "substantial" }
claims = [{ claim = "groups", value = "imdi", role = "county_adviser", area = "40" }]
"""


def test_a_provider_of_sign_in_is_read_with_its_claims(tmp_path: Path) -> None:
    (provider,) = _with_file(tmp_path, f"schema = 1\n{PROVIDER}").serving.oidc
    assert provider.id == "ansattporten"
    assert provider.scopes == ("openid", "profile")
    assert provider.extra == (("acr_values", "substantial"),)
    assert provider.claims == (("groups", "imdi", "county_adviser", "40"),)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('id = "ansattporten"', 'id = "Ansatt porten"', "id"),
        ('id = "ansattporten"', "id = 7", "id"),
        ('name = "Ansattporten"', "", "name"),
        ("https://ansattporten", "http://ansattporten", "issuer"),
        ('client_id = "fotfeste"', "", "client_id"),
        ('["openid", "profile"]', '"openid"', "scopes"),
        ('{ acr_values = "substantial" }', '"acr_values"', "extra"),
        ('value = "imdi"', 'verdi = "imdi"', "claims"),
        ('role = "county_adviser", ', "", "claims"),
        ('client_secret = "hemmelig"', 'klient = "hemmelig"', "klient"),
    ],
)
def test_a_provider_that_is_not_described_is_refused_by_its_field(
    before: str, after: str, field: str, tmp_path: Path
) -> None:
    assert before in PROVIDER
    error = _refused(tmp_path, f"schema = 1\n{PROVIDER.replace(before, after)}")
    told = error.describe(language("nb"))
    assert f"«{field}»" in told
    assert "oidc 1" in told
    assert "hemmelig" not in told


def test_two_providers_cannot_have_the_same_id(tmp_path: Path) -> None:
    error = _refused(tmp_path, f"schema = 1\n{PROVIDER}{PROVIDER}")
    assert "oidc 2" in error.describe(language("nb"))


@pytest.mark.parametrize("given", ['oidc = "x"', "oidc = 3", "oidc = [1]"])
def test_a_provider_that_is_no_table_is_refused(given: str, tmp_path: Path) -> None:
    assert _refused(tmp_path, f"schema = 1\n{given}").problems[0].code == "settings.oidc"


def test_a_provider_on_this_machine_may_lack_https(tmp_path: Path) -> None:
    text = PROVIDER.replace("https://ansattporten.example.no", "http://localhost:3000")
    assert _with_file(tmp_path, f"schema = 1\n{text}").serving.oidc[0].issuer == "http://localhost:3000"
