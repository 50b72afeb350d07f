"""rpm's databases, in each of their formats, sound and damaged."""

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.capture.observation import Observation
from samestack.capture.probes.system.rpm_packages import read_rpm_packages
from samestack.capture.tree import RootTree
from samestack.model import Ecosystem, Stack
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.probes.rpm_samples import (
    PAGE_BYTES,
    berkeley_database,
    header,
    ndb_database,
    sqlite_database,
)

HEADERS = [
    header("bash", "5.1.8", "9.el9"),
    header("shadow-utils", "4.9", "8.el9", epoch=2),
    header("tzdata", "2024a", "1.el9", architecture="noarch"),
    header("glibc", "2.34", "100.el9"),
    header("glibc", "2.34", "100.el9", architecture="i686"),
    header("gpg-pubkey", "fd431d51", "4ae0493b", architecture="(none)"),
]
LABELS = [
    "bash 5.1.8-9.el9",
    "shadow-utils 2:4.9-8.el9",
    "tzdata 2024a-1.el9",
    "glibc 2.34-100.el9",
    "glibc 2.34-100.el9",
]
NDB = ndb_database(HEADERS)
BERKELEY = berkeley_database(HEADERS)


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sqlite_database(tmp_path_factory.mktemp("rpm") / "rpmdb.sqlite", HEADERS)


def read(path: str, data: bytes) -> Observation:
    return read_rpm_packages(MemoryTree({path: data}))


def assert_is_whole(observation: Observation) -> None:
    assert observation.remarks == ()
    assert [one.label for one in observation.components] == LABELS
    assert [one.at for one in observation.components] == ["", "", "", "", "i686"]
    assert {one.ecosystem for one in observation.components} == {Ecosystem.RPM}


def problem_of(observation: Observation) -> str:
    (remark,) = observation.remarks
    assert remark.code == "package-database-damaged"
    assert "rpm --rebuilddb" in remark.message
    return remark.message


def test_rpm_s_own_format() -> None:
    assert_is_whole(read("/usr/lib/sysimage/rpm/Packages.db", NDB))


@pytest.mark.parametrize("order", ["<", ">"])
def test_berkeley_db_in_either_byte_order(order: str) -> None:
    assert_is_whole(read("/var/lib/rpm/Packages", berkeley_database(HEADERS, order)))


def test_sqlite(sqlite: bytes) -> None:
    assert_is_whole(read("/var/lib/rpm/rpmdb.sqlite", sqlite))


def test_what_stands_only_in_sqlite_s_log_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    directory = tmp_path / "var/lib/rpm"
    directory.mkdir(parents=True)
    database = directory / "rpmdb.sqlite"
    sqlite_database(database, HEADERS[:2])
    writer = sqlite3.connect(database)
    writer.execute("PRAGMA journal_mode = WAL")
    with writer:
        writer.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in HEADERS[2:]])
    before = {path: path.read_bytes() for path in directory.iterdir()}
    assert_is_whole(read_rpm_packages(RootTree(tmp_path)))
    assert {path: path.read_bytes() for path in directory.iterdir()} == before
    writer.close()


def test_a_root_without_rpm_has_none() -> None:
    assert read("/elsewhere", NDB) == Observation()


@pytest.mark.parametrize("name", ["rpmdb.sqlite", "Packages.db", "Packages"])
@pytest.mark.parametrize("data", [b"", b"junk" * 2000, bytes(9000)])
def test_what_is_no_database_is_remarked_on(name: str, data: bytes) -> None:
    observation = read(f"/var/lib/rpm/{name}", data)
    assert observation.components == ()
    assert problem_of(observation)


def test_a_database_that_is_cut_off_gives_what_comes_before() -> None:
    observation = read("/var/lib/rpm/Packages.db", NDB[: len(NDB) // 2])
    assert [one.label for one in observation.components] == LABELS[:2]
    assert "claims more than it holds" in problem_of(observation)


def test_packages_that_lie_over_each_other_are_refused() -> None:
    one = ndb_database(HEADERS[:1])
    slot = one[32:48]
    assert "overlap" in problem_of(read("/var/lib/rpm/Packages.db", one[:32] + slot * 254 + one[PAGE_BYTES:]))


def test_a_chain_that_leads_round_ends() -> None:
    data = bytearray(BERKELEY)
    first = 2 * PAGE_BYTES
    data[first + 16 : first + 20] = (2).to_bytes(4, "little")
    assert problem_of(read("/var/lib/rpm/Packages", bytes(data)))


@pytest.mark.parametrize(
    ("place", "junk", "problem"),
    [
        (20, struct.pack("<I", 1000), "impossible size"),
        (32, struct.pack("<I", 2**31), "beyond its end"),
        (PAGE_BYTES + 20, struct.pack("<H", 60_000), "more entries than it has room for"),
        (PAGE_BYTES + 26 + 6, struct.pack("<H", PAGE_BYTES - 4), "outside its page"),
        (2 * PAGE_BYTES + 22, struct.pack("<H", 0), "do not hang together"),
        (2 * PAGE_BYTES + 16, struct.pack("<I", 2**31), "beyond its end"),
    ],
)
def test_berkeley_db_s_numbers_are_not_trusted(place: int, junk: bytes, problem: str) -> None:
    data = bytearray(BERKELEY)
    data[place : place + len(junk)] = junk
    assert problem in problem_of(read("/var/lib/rpm/Packages", bytes(data)))


def test_berkeley_db_s_packages_are_not_larger_than_the_file() -> None:
    whole = len(HEADERS[0])
    data = BERKELEY.replace(struct.pack("<II", 2, whole), struct.pack("<II", 2, 2**31))
    assert "larger than the file" in problem_of(read("/var/lib/rpm/Packages", data))


@pytest.mark.parametrize("name", ["rpmdb.sqlite", "Packages.db", "Packages"])
def test_a_huge_database_is_not_read(tmp_path: Path, name: str) -> None:
    directory = tmp_path / "var/lib/rpm"
    directory.mkdir(parents=True)
    with (directory / name).open("wb") as file:
        file.truncate(2**40)
    assert "larger than the 1073741824 bytes" in problem_of(read_rpm_packages(RootTree(tmp_path)))


def test_a_database_that_computes_for_ever_is_stopped(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "rpmdb.sqlite")
    with connection:
        connection.execute(
            "CREATE VIEW Packages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT CAST(i AS BLOB) AS blob FROM n WHERE i < 0"
        )
    connection.close()
    observation = read("/var/lib/rpm/rpmdb.sqlite", (tmp_path / "rpmdb.sqlite").read_bytes())
    assert "interrupted" in problem_of(observation)


def test_a_database_that_makes_up_large_values_is_stopped(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "rpmdb.sqlite")
    with connection:
        connection.execute("CREATE VIEW Packages AS SELECT zeroblob(200000000) AS blob")
    connection.close()
    observation = read("/var/lib/rpm/rpmdb.sqlite", (tmp_path / "rpmdb.sqlite").read_bytes())
    assert "too big" in problem_of(observation)


def test_a_link_out_of_the_root_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "Packages.db").write_bytes(NDB)
    directory = tmp_path / "root/var/lib/rpm"
    directory.mkdir(parents=True)
    (directory / "Packages.db").symlink_to(tmp_path / "Packages.db")
    (directory / "Packages").symlink_to("../../../../../Packages.db")
    assert read_rpm_packages(RootTree(tmp_path / "root")) == Observation()


@pytest.mark.parametrize(("name", "sound"), [("Packages.db", NDB), ("Packages", BERKELEY)])
@settings(deadline=None)
@given(st.data())
def test_a_damaged_database_is_read_as_far_as_it_goes(name: str, sound: bytes, data: st.DataObject) -> None:
    spoiled = bytearray(sound)
    interesting = st.integers(0, 2 * PAGE_BYTES) | st.integers(0, len(sound) - 1)
    for place in data.draw(st.lists(interesting, max_size=5)):
        spoiled[place : place + 4] = data.draw(st.binary(min_size=4, max_size=4))
    cut = data.draw(st.sampled_from([len(sound), len(sound) // 2, PAGE_BYTES + 1]))
    observation = read(f"/var/lib/rpm/{name}", bytes(spoiled[:cut]))
    assert Stack.of(observation.components).digest.startswith("sha256:")


@pytest.fixture(scope="module")
def read_spoiled(sqlite: bytes) -> Callable[[int, bytes], Observation]:
    def read_with(place: int, junk: bytes) -> Observation:
        spoiled = bytearray(sqlite)
        spoiled[place : place + len(junk)] = junk
        return read("/var/lib/rpm/rpmdb.sqlite", bytes(spoiled))

    return read_with


@settings(deadline=None)
@given(place=st.integers(0, 3 * PAGE_BYTES), junk=st.binary(min_size=1, max_size=8))
def test_a_damaged_sqlite_database_is_read_as_far_as_it_goes(
    read_spoiled: Callable[[int, bytes], Observation], place: int, junk: bytes
) -> None:
    observation = read_spoiled(place, junk)
    assert Stack.of(observation.components).digest.startswith("sha256:")
