"""The index file: written plan by plan, read by many at once, made anew when it is another's."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.search import Chosen, Entry, connect, fingerprint_of, held, put, remove, search


def plan(*passages: str) -> Document:
    whole, made, at = "\n\n".join(passages), [], 0
    for text in passages:
        span = Span(at, at + len(text))
        made.append(Passage(span, PassageKind.PARAGRAPH, Language.BOKMAAL, (), (span,)))
        at = span.end + 2
    return Document(whole, Origin("oppdiktet", "", "text/plain", "test"), "Oppdiktet", tuple(made))


def test_a_plan_that_is_the_same_is_not_indexed_again_but_gets_its_keys(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        assert put(connection, Entry("a", plan("bosetting"), {"year": (2020,)}))
        assert not put(connection, Entry("a", plan("bosetting"), {"year": (2024,)}))
        assert search(connection, "bosetting", Chosen(ranges={"year": (2024, 2024)})).passages == 1
        assert search(connection, "bosetting", Chosen(ranges={"year": (2020, 2020)})).passages == 0


def test_a_new_version_takes_the_place_of_the_old_and_leaves_the_others(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        put(connection, Entry("a", plan("bosetting av flyktninger")))
        put(connection, Entry("b", plan("bosetting i distriktene")))
        assert put(connection, Entry("a", plan("kvalifisering", "arbeid")))
        assert [one.document for one in search(connection, "bosetting").found] == ["b"]
        assert [one.place for one in search(connection, "arbeid").found] == [1]
        assert held(connection) == {
            "a": fingerprint_of(plan("kvalifisering", "arbeid")),
            "b": fingerprint_of(plan("bosetting i distriktene")),
        }


def test_a_plan_that_is_withdrawn_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with closing(connect(path)) as connection:
        put(connection, Entry("a", plan("hemmelegheitsfull omtale av Utopia")))
        put(connection, Entry("b", plan("omtale av bosetting")))
        assert remove(connection, "a")
        assert not remove(connection, "a")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"bosetting" in content
    assert b"hemmelegheitsfull" not in content
    assert b"utopia" not in content.lower()


def test_the_index_is_kept_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mappe" / "index.sqlite"
    with closing(connect(path)) as connection:
        put(connection, Entry("a", plan("bosetting")))
    with closing(connect(path)) as connection:
        assert search(connection, "busetjing").passages == 1


@pytest.mark.parametrize("change", ["PRAGMA user_version = 99", "UPDATE edition SET words = 'en annen'"])
def test_an_index_of_another_schema_or_edition_of_the_rules_is_emptied(tmp_path: Path, change: str) -> None:
    path = tmp_path / "index.sqlite"
    with closing(connect(path)) as connection:
        put(connection, Entry("a", plan("bosetting")))
        connection.execute(change)
    with closing(connect(path)) as connection:
        assert held(connection) == {}
        assert put(connection, Entry("a", plan("bosetting")))
        assert search(connection, "bosetting").passages == 1


def test_a_file_that_is_no_index_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"dette er ikke en database" * 100)
    with pytest.raises(InputError) as caught:
        connect(path)
    assert caught.value.code == "plan.index.unreadable"
    assert path.read_bytes().startswith(b"dette")


def test_a_folder_cannot_be_an_index(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        connect(tmp_path)
    assert caught.value.code == "plan.index.unreadable"


def test_an_index_that_is_not_as_its_text_says_so(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        put(connection, Entry("a", plan("bosetting")))
        connection.execute("UPDATE content SET text = 'noe annet'")
        with pytest.raises(InputError) as caught:
            search(connection, "bosetting")
        assert caught.value.code == "plan.index.damaged"
        assert not connection.in_transaction


def test_a_put_that_fails_changes_nothing(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "index.sqlite")) as connection:
        put(connection, Entry("a", plan("bosetting")))
        unwritable = {"owner": (object(),)}
        with pytest.raises(sqlite3.Error):
            put(connection, Entry("a", plan("kvalifisering"), unwritable))  # type: ignore[arg-type]
        assert search(connection, "bosetting").passages == 1
        assert search(connection, "kvalifisering").passages == 0


def test_many_read_while_one_writes_and_all_see_whole_plans(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with closing(connect(path)) as connection:
        put(connection, Entry("a", plan("bosetting", "bosetting")))
    faults: list[str] = []
    done = threading.Event()

    def read() -> None:
        with closing(connect(path)) as connection:
            while not done.is_set():
                answer = search(connection, "bosetting")
                if answer.passages % 2 or answer.passages != len(answer.found):
                    faults.append(f"{answer.passages} passages, {len(answer.found)} shown")

    def write(name: str) -> None:
        with closing(connect(path)) as connection:
            for number in range(6):
                put(
                    connection, Entry(name, plan(*["bosetting av noen"] * (2 * (number % 3)), f"år {number}"))
                )

    readers = [threading.Thread(target=read) for _ in range(3)]
    writers = [threading.Thread(target=write, args=(name,)) for name in ("b", "c")]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join(60)
    done.set()
    for thread in readers:
        thread.join(60)
    assert faults == []
    with closing(connect(path)) as connection:
        assert set(held(connection)) == {"a", "b", "c"}


def test_two_who_open_a_new_index_at_once_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    faults: list[BaseException] = []

    def opened(name: str) -> None:
        try:
            with closing(connect(path)) as connection:
                put(connection, Entry(name, plan("bosetting")))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=opened, args=(f"plan {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    with closing(connect(path)) as connection:
        assert len(held(connection)) == 6
