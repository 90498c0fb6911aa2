"""A backup is proved before anything is touched, and what comes back is what was saved."""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError, OutputError
from fotfeste.messages import language
from fotfeste.web.upkeep import archive, rows
from tests.daily import LONG_RUN
from tests.web.upkeep.conftest import Make
from tests.web.upkeep.installation import Installation

FILL = """
from fotfeste.web.people.models import Membership, User
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace import services
from fotfeste.web.trace.models import Content
from fotfeste.web.jobs.models import Job
from fotfeste.web.plans.models import CodingEvent, CodingLog, LostCoding, PlanFile
from django.db import transaction
from django.utils import timezone
for number in range(int(sys.argv[1])):
    with transaction.atomic():
        user = User.objects.create(email=f"syntetisk{number}@example.no", name=f"Syntetisk Æøå «{number}»")
        Membership.objects.create(user=user, role="county_adviser", county="40")
        services.record(Actor(), "probe.saved", Thing(Kind.JOURNAL, id=str(number)))
Content.objects.create(sha256="0" * 64, data=bytes(range(256)))
Job.objects.create(kind="probe", key="1", state="done", result={"andel": 0.1, "tom": None, "hel": 2.0, "æ": [True]})
old = PlanFile.objects.create(plan="prove", number=1, name="a.md", sha256="1" * 64, size=1, county="40")
new = PlanFile.objects.create(plan="prove", number=2, name="b.md", sha256="2" * 64, size=1, county="40", replaces=old)
log = CodingLog.objects.create(file=new, county="40", codebook="integrering 2026-11-01", carried=1)
for number in range(1, 4):
    CodingEvent.objects.create(
        log=log, number=number, at=timezone.now(), coder="p", act="accept", start=0, end=3, code="mal", memo="Æ")
LostCoding.objects.create(log=log, event=2, reason="absent")
"""
TOLD = """
import json
from django.apps import apps
from fotfeste.web.people.models import User
from fotfeste.web.trace.models import Content, Entry
from fotfeste.web.trace.verify import verify
from fotfeste.web.trace.fixed import standing
from fotfeste.web.jobs.models import Job
from fotfeste.web.plans import fixed
from fotfeste.web.plans.models import CodingEvent, LostCoding, PlanFile
from django.db import DatabaseError, connection
def refused():
    try:
        CodingEvent.objects.update(memo="")
    except DatabaseError:
        return True
print(json.dumps({
    "people": list(User.objects.order_by("pk").values_list("email", "name", "joined", "pseudonym")),
    "roles": list(User.objects.order_by("pk").values_list("memberships__role", "memberships__since")),
    "trace": list(Entry.objects.values_list("number", "at", "hash")),
    "content": Content.objects.values_list("data", flat=True).first() and bytes(Content.objects.get().data).hex(),
    "job": Job.objects.filter(kind="probe").values_list("result", flat=True).first(),
    "intact": verify().intact, "guarded": standing(connection),
    "versions": list(PlanFile.objects.order_by("number").values_list("number", "replaces__number")),
    "codings": list(CodingEvent.objects.order_by("pk").values_list("log__file", "number", "at", "code", "memo")),
    "lost": list(LostCoding.objects.values_list("event", "reason")),
    "codings_guarded": fixed.standing(connection) and refused(),
}, default=str))
"""


def told(installation: Installation) -> dict[str, Any]:
    """Return what an installation holds."""
    return dict(json.loads(installation.python(TOLD)))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An embedded installation as :func:`filled` makes it, made once for the file."""
    return _filled(Installation(tmp_path_factory.mktemp("filled") / "data"))


@pytest.fixture
def filled(installation: Installation, request: pytest.FixtureRequest) -> Installation:
    """An installation with synthetic people, a trace, a document, work done, and a file."""
    if installation.database_url:
        return _filled(installation)
    shutil.copytree(request.getfixturevalue("once").folder, installation.folder)
    return installation


def _filled(installation: Installation) -> Installation:
    installation.prepare()
    installation.python(FILL, "3")
    file = installation.folder / "files" / "bosetting" / "æ.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"fil")
    return installation


def test_what_was_saved_comes_back_with_people_trace_documents_and_files(
    filled: Installation, make_installation: Make, tmp_path: Path
) -> None:
    before, copy = told(filled), tmp_path / "kopi" / "a.zip"
    assert before["intact"]
    assert len(before["people"]) == 3
    done = filled.run("backup", "--out", str(copy))
    assert str(copy) in done.stdout
    assert "nøkkelen er ikke med" in done.stdout
    assert copy.stat().st_mode & 0o777 == 0o600
    other = make_installation(FOTFESTE_SECRET_KEY="n" * 40)
    done = other.run("restore", str(copy))
    assert "lagt tilbake" in done.stdout
    after = told(other)
    assert {**after, "intact": True} == before
    assert after["guarded"], "the database no longer refuses changes to the trace"
    assert (other.folder / "files" / "bosetting" / "æ.txt").read_bytes() == b"fil"
    assert not (other.folder / "secret_key").exists()
    other.python(
        FILL.replace("range(int(sys.argv[1]))", "range(3, 6)").partition("Content.objects.create")[0]
    )
    assert len(told(other)["people"]) == 6, "new rows collide with those that came back"


@LONG_RUN
def test_a_backup_goes_from_the_embedded_database_to_the_other_engine_and_back(
    make_installation: Make, tmp_path: Path
) -> None:
    embedded, large = make_installation("sqlite"), make_installation("postgresql")
    embedded.prepare()
    embedded.python(FILL, "2")
    held = told(embedded)
    embedded.run("backup", "--out", str(tmp_path / "a.zip"), "--with-key")
    large.run("restore", str(tmp_path / "a.zip"))
    assert told(large) == held
    large.run("backup", "--out", str(tmp_path / "b.zip"), "--with-key")
    again = make_installation("sqlite")
    again.run("restore", str(tmp_path / "b.zip"))
    assert told(again) == held
    with zipfile.ZipFile(tmp_path / "a.zip") as one, zipfile.ZipFile(tmp_path / "b.zip") as other:
        first, second = (json.loads(each.read("manifest.json")) for each in (one, other))
    assert first["contents"] == second["contents"]


@LONG_RUN
def test_what_stood_is_kept_and_can_be_put_back(filled: Installation, tmp_path: Path) -> None:
    filled.run("backup", "--out", str(tmp_path / "a.zip"))
    filled.python(
        "from fotfeste.web.people.models import User; User.objects.create(email='ny@example.no', name='Ny')"
    )
    later = told(filled)
    done = filled.run("restore", str(tmp_path / "a.zip"))
    assert len(told(filled)["people"]) == 3
    (before,) = filled.folder.glob("before-*")
    assert str(before) in done.stdout
    assert (before / "files" / "bosetting" / "æ.txt").exists()
    if filled.database_url:
        schema = f"fotfeste_{before.name.replace('-', '_')}"
        assert schema in done.stdout
        from fotfeste.web.upkeep.restoring import in_schema

        kept = Installation(filled.folder, in_schema(filled.database_url, schema))
    else:
        kept = Installation(before)
        shutil.copy(filled.folder / "secret_key", before)
    assert told(kept)["people"] == later["people"]
    assert not list(filled.folder.glob("restoring-*"))


@LONG_RUN
def test_the_key_goes_along_only_when_asked(
    filled: Installation, make_installation: Make, tmp_path: Path
) -> None:
    filled.run("backup", "--out", str(tmp_path / "uten.zip"))
    filled.run("backup", "--out", str(tmp_path / "med.zip"), "--with-key")
    key = (filled.folder / "secret_key").read_bytes()
    assert key not in (tmp_path / "uten.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "uten.zip") as one:
        assert all(key not in one.read(name) for name in one.namelist())
    other = make_installation()
    other.run("restore", str(tmp_path / "med.zip"))
    assert (other.folder / "secret_key").read_bytes() == key
    assert (other.folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert told(other)["intact"]


@LONG_RUN
def test_a_backup_taken_in_the_middle_of_saving_holds_all_or_nothing_of_each(
    installation: Installation, make_installation: Make, tmp_path: Path
) -> None:
    import threading

    installation.prepare()
    begun, program = threading.Event(), FILL.partition("Content.objects.create")[0]

    def write() -> None:
        begun.set()
        installation.python(program, "400")

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    counts = []
    for number in range(4):
        copy = tmp_path / f"{number}.zip"
        installation.run("backup", "--out", str(copy))
        with archive.reading(copy) as (_, manifest):
            counts.append(manifest.rows["people_user"])
            assert manifest.rows["people_user"] == manifest.rows["people_membership"]
            assert manifest.rows["trace_entry"] == manifest.rows["people_user"] == manifest.anchor["number"]
    writer.join()
    assert told(installation)["intact"]
    assert len(told(installation)["people"]) == 400, "the backup made somebody's saving fail"
    assert counts == sorted(counts)


@LONG_RUN
def test_nothing_is_put_back_while_the_workspace_runs(filled: Installation, tmp_path: Path) -> None:
    filled.run("backup", "--out", str(tmp_path / "a.zip"))
    with filled.serving("--no-worker"):
        done = filled.run("restore", str(tmp_path / "a.zip"), check=False)
    assert done.returncode == 8
    assert "Stopp" in done.stderr
    assert len(told(filled)["people"]) == 3
    assert not list(filled.folder.glob("before-*"))


def _changed(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(source) as one:
        parts = {name: one.read(name) for name in one.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as one:
        for name, content in parts.items():
            one.writestr(name, content)
    return target


def _sealed(parts: dict[str, bytes], **more: Any) -> None:
    """Make the manifest go with what was changed, as somebody who knows how would."""
    import hashlib

    content = json.loads(parts["manifest.json"])
    content["parts"] = {
        name: hashlib.sha256(one).hexdigest() for name, one in parts.items() if name != "manifest.json"
    }
    parts["manifest.json"] = json.dumps({**content, **more}).encode()


def _newer_step(parts: dict[str, bytes]) -> None:
    heads = json.loads(parts["manifest.json"])["heads"]
    _sealed(parts, heads=[*heads, ["people", "9999_fra_framtiden"]])


def _row_gone(parts: dict[str, bytes]) -> None:
    name = "database/people_membership.jsonl"
    parts[name] = b"".join(parts[name].splitlines(keepends=True)[:-1])
    _sealed(parts)


def _row_changed(parts: dict[str, bytes]) -> None:
    name = "database/people_user.jsonl"
    parts[name] = parts[name].replace(b"Syntetisk", b"Forfalsket")
    _sealed(parts)


def _column_strange(parts: dict[str, bytes]) -> None:
    name = "database/people_user.jsonl"
    parts[name] = parts[name].replace(b'"email"', b'"epost"')
    _sealed(parts)


def _row_broken(parts: dict[str, bytes]) -> None:
    parts["database/people_user.jsonl"] += b'["bare halv'
    _sealed(parts)


@LONG_RUN
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_newer_step, "9999_fra_framtiden"),
        (_row_gone, "ikke den samme"),
        (_row_changed, "ikke den samme"),
        (_column_strange, "ikke den samme"),
        (_row_broken, "ikke den samme"),
    ],
)
def test_a_restore_that_fails_leaves_what_stood(
    filled: Installation, tmp_path: Path, change: Callable[[dict[str, bytes]], None], says: str
) -> None:
    filled.run("backup", "--out", str(tmp_path / "a.zip"))
    held = told(filled)
    copy = _changed(tmp_path / "a.zip", tmp_path / "b.zip", change)
    done = filled.run("restore", str(copy), check=False)
    assert done.returncode == 8, f"{done.stdout}{done.stderr}"
    assert says in done.stderr
    assert not [one.name for one in filled.folder.iterdir() if one.name.startswith(("before-", "restoring-"))]
    assert told(filled) == held
    filled.run("restore", str(tmp_path / "a.zip"))


def test_an_installation_without_a_database_has_nothing_to_save(
    installation: Installation, tmp_path: Path
) -> None:
    done = installation.run("backup", "--out", str(tmp_path / "a.zip"), check=False)
    assert done.returncode == 8
    assert "ingen database" in done.stderr
    assert not (tmp_path / "a.zip").exists()


def test_a_backup_that_cannot_be_written_leaves_the_old_one(filled: Installation, tmp_path: Path) -> None:
    place = tmp_path / "fil" / "a.zip"
    place.parent.write_text("en fil, ikke en mappe")
    done = filled.run("backup", "--out", str(place), check=False)
    assert done.returncode == 6
    assert "disken har plass" in done.stderr


HEADS = (("people", "0001_initial"),)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small archive, as a backup writes it."""
    path = tmp_path / "liten.zip"
    with archive.writing(path) as writer:
        writer.put("database/people_user.jsonl", [b'["id"]\n', b"[1]\n"])
        writer.put("files/tall/a.parquet", [b"tall"])
        made = {"program": "0", "made": "2026-11-21T00:00:00+00:00", "engine": "sqlite", "heads": HEADS}
        writer.close(archive.Manifest(**made, rows={"people_user": 1}, contents={}, parts=writer.parts))  # type: ignore[arg-type]
    return path


def _refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught, archive.reading(path):
        raise AssertionError("opened")
    assert str(path) in caught.value.describe(language("nb"))
    assert caught.value.problem.remedy is not None
    return caught.value


def test_a_whole_archive_opens(small: Path) -> None:
    with archive.reading(small) as (opened, manifest):
        assert manifest.heads == HEADS
        assert opened.read("files/tall/a.parquet") == b"tall"


def _set(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def _escape(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = b"ond"
        _sealed(parts)

    return change


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_set("files/tall/a.parquet", b"andre"), "files/tall/a.parquet"),
        (lambda parts: parts.pop("files/tall/a.parquet"), "files/tall/a.parquet"),
        (_set("files/ny.txt", b"x"), "files/ny.txt"),
        (_escape("../utenfor"), "../utenfor"),
        (_escape("files/../../utenfor"), "utenfor"),
        (_escape("/etc/passwd"), "/etc/passwd"),
        (_escape("files/a\\..\\b"), "files/a"),
        (_escape("annet/a"), "annet/a"),
    ],
)
def test_an_archive_that_is_changed_is_refused_with_the_part(
    change: Callable[[dict[str, bytes]], None], named: str, small: Path, tmp_path: Path
) -> None:
    error = _refused(_changed(small, tmp_path / "endret.zip", change))
    assert error.code == "backup.damaged"
    assert named in error.describe(language("nb"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "backup.no_manifest"),
        (b"[]", "backup.no_manifest"),
        (b"{}", "backup.no_manifest"),
        (b'{"schema": 1}', "backup.no_manifest"),
        (b'{"schema": 2}', "backup.newer_schema"),
        (b'{"schema": "to"}', "backup.no_manifest"),
        (b"\xff", "backup.no_manifest"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(
    content: bytes, code: str, small: Path, tmp_path: Path
) -> None:
    assert _refused(_changed(small, tmp_path / "b.zip", _set("manifest.json", content))).code == code


@given(st.data())
def test_an_archive_with_any_byte_changed_or_cut_never_passes_unnoticed(data: st.DataObject) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liten.zip"
        with archive.writing(path) as writer:
            writer.put("database/people_user.jsonl", [b'["id"]\n', b"[1]\n"])
            made = {"program": "0", "made": "2026", "engine": "sqlite", "heads": HEADS}
            writer.close(archive.Manifest(**made, rows={"people_user": 1}, contents={}, parts=writer.parts))  # type: ignore[arg-type]
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        changed = data.draw(
            st.one_of(
                st.just(whole[:at]),
                st.integers(1, 255).map(lambda by: whole[:at] + bytes([whole[at] ^ by]) + whole[at + 1 :]),
            )
        )
        path.write_bytes(changed)
        try:
            with archive.reading(path) as (opened, manifest):
                # Bytes that carry nothing (times, versions in the headers of the ZIP) may differ; the contents may not.
                assert opened.read("database/people_user.jsonl") == b'["id"]\n[1]\n'
                assert manifest.rows == {"people_user": 1}
        except InputError:
            pass


def test_files_that_are_no_archives_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"PK", b"tekst", bytes(1000)):
        (tmp_path / "x.zip").write_bytes(content)
        assert _refused(tmp_path / "x.zip").code == "backup.not_zip"
    assert _refused(tmp_path).code == "backup.unreadable"


def test_an_archive_that_is_broken_off_leaves_what_stood(small: Path) -> None:
    before = small.read_bytes()

    def write() -> None:
        with archive.writing(small) as writer:
            writer.put("files/x", [b"x"])
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError):
        write()
    assert small.read_bytes() == before
    assert [one.name for one in small.parent.iterdir()] == [small.name]


moments = st.datetimes(timezones=st.just(UTC))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (models.TextField(), st.text()),
        (models.BooleanField(), st.booleans()),
        (models.BigIntegerField(), st.integers(-(2**63), 2**63 - 1)),
        (models.FloatField(), st.floats(allow_nan=False, allow_infinity=False)),
        (models.DecimalField(max_digits=12, decimal_places=2), st.decimals(-(10**9), 10**9, places=2)),
        (models.DateTimeField(), moments),
        (models.DateField(), st.dates()),
        (models.TimeField(), st.times()),
        (models.DurationField(), st.timedeltas()),
        (models.UUIDField(), st.uuids()),
        (models.BinaryField(), st.binary()),
        (models.JSONField(), JSON.filter(lambda one: one is not None)),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, models.Field) else "",
)
def test_each_kind_of_value_is_the_same_after_a_backup(
    column: models.Field[Any, Any], values: st.SearchStrategy[Any]
) -> None:
    column.set_attributes_from_name("verdi")

    @given(st.none() | values)
    def same(value: Any) -> None:
        text = json.loads(rows._line([rows._encoded(column, value)]))[0]
        assert rows._decoded(column, text) == value

    same()


def test_a_value_of_a_kind_nobody_knows_is_an_error_not_a_guess() -> None:
    column = models.TextField(name="verdi")
    with isolate_apps("fotfeste.web.upkeep"):

        class Strange(models.Model):
            class Meta:
                app_label = "upkeep"

        column.model = Strange
        with pytest.raises(TypeError, match="verdi"):
            rows._encoded(column, object())


def test_the_digest_is_the_same_for_equal_numbers_and_another_for_other_rows() -> None:
    assert rows.digest([b'["id"]\n', b'[1,{"json":2.0}]\n']) == rows.digest(
        [b'["id"]\n', b'[1,{"json":2}]\n']
    )
    assert rows.digest([b'["id"]\n', b"[1]\n"]) != rows.digest([b'["id"]\n', b"[2]\n"])
    assert rows.digest([b"[1]\n", b"[2]\n"]) != rows.digest([b"[2]\n", b"[1]\n"])


@pytest.mark.django_db
def test_every_table_is_either_saved_or_left_out_on_purpose() -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    saved = {one._meta.db_table for one in rows.tables_at(loader, rows.heads_applied(loader))}
    made_anew = {"django_migrations", "fotfeste_cache"}
    there = set(connection.introspection.table_names())
    assert there - saved - made_anew == rows.LEFT_OUT
    assert {"people_user", "trace_entry", "trace_content", "jobs_job", "mfa_authenticator"} <= saved


@pytest.mark.django_db
def test_whole_documents_are_not_held_in_memory_together() -> None:
    import tracemalloc

    from fotfeste.web.trace.models import Content

    for number in range(40):
        Content.objects.create(sha256=f"{number:064}", data=bytes([number]) * 1_000_000)
    tracemalloc.start()
    try:
        kept = b"".join(zlib.compress(one, 1) for one in rows.lines(Content))
        saving = tracemalloc.get_traced_memory()[1]
        Content.objects.all().delete()
        tracemalloc.reset_peak()
        assert rows.load(Content, _lines(kept)) == 40
        loading = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert bytes(Content.objects.get(sha256=f"{7:064}").data) == bytes([7]) * 1_000_000
    assert max(saving, loading) < 20_000_000


def _lines(kept: bytes) -> Iterator[bytes]:
    while kept:
        one = zlib.decompressobj()
        yield one.decompress(kept)
        kept = one.unused_data


@LONG_RUN
def test_a_backup_never_lies_where_the_next_one_would_take_it_along(make_installation: Make) -> None:
    installation = make_installation()
    installation.prepare()
    inside = installation.folder / "kopier" / "kopi.zip"
    done = installation.run("backup", "--out", str(inside), check=False)
    assert done.returncode == 3
    assert "datamappen" in done.stderr
    assert not inside.exists()
