"""What exports say of locks that are not as simple as most."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.pylock import Pylock

from samestack.errors import InputError, RequestError
from samestack.lock.decision import Lock
from samestack.lock.exports.entry import exported
from samestack.lock.exports.pins import pins
from samestack.lock.lock_table import LockTable
from samestack.lock.reading import read_lock
from samestack.model import Component, Ecosystem, Layer, Origin, Snapshot, Stack, Standing, Value

DIGITS = "0123456789abcdef" * 4
HASHES: dict[str, Value] = {"hashes": (f"sha256:{DIGITS}",)}
ORIGIN = Origin(reference="x", kind="poetry.lock", standing=Standing.DECIDED, captured_at="", captured_by="")


def package(name: str, version: str | None = "1.0", **said: object) -> Component:
    known = {"facts": HASHES, **said}
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=name,
        version=version,
        **known,  # type: ignore[arg-type]
    )


def lock_of(*components: Component, table: LockTable | None = None, kind: str = "poetry.lock") -> Lock:
    snapshot = Snapshot(origin=ORIGIN, stack=Stack.of(components))
    return Lock(path=Path("poetry.lock"), kind=kind, snapshot=snapshot, table=table or LockTable())


def text_of(*components: Component) -> str:
    return exported(lock_of(*components), "requirements").decode()


def test_one_line_where_several_groups_want_it() -> None:
    rows = [
        package("a", marker='os_name == "nt"'),
        package("a", marker='os_name == "posix"', circumstances={"group": ("dev",)}),
        package("b", circumstances={"group": ("docs",)}),
    ]
    assert [(one.name, one.marker) for one in pins(lock_of(*rows))] == [("a", 'os_name == "nt"')]
    found = pins(lock_of(*rows, table=LockTable(groups=("dev",), extras=("docs",))))
    assert [(one.name, one.marker) for one in found] == [
        ("a", 'os_name == "nt" or os_name == "posix"'),
        ("b", ""),
    ]


def test_wanted_everywhere_wins_over_a_marker() -> None:
    rows = [package("a"), package("a", marker='os_name == "nt"', circumstances={"group": ("dev",)})]
    (pin,) = pins(lock_of(*rows, table=LockTable(groups=("dev",))))
    assert pin.marker == ""


def test_two_releases_under_markers() -> None:
    text = text_of(
        package("a", "1.0", marker='python_version < "3.10"'),
        package("a", "2.0+cpu", marker='python_version >= "3.10"'),
    )
    assert text.splitlines()[1:] == [
        'a==1.0 ; python_version < "3.10" \\',
        f"    --hash=sha256:{DIGITS}",
        'a==2.0+cpu ; python_version >= "3.10" \\',
        f"    --hash=sha256:{DIGITS}",
    ]


def test_hashes_that_pip_does_not_check_are_left_out() -> None:
    facts: dict[str, Value] = {"hashes": ("md5:" + DIGITS[:32], "sha512:" + DIGITS * 2)}
    assert "md5" not in text_of(package("a", facts=facts))
    with pytest.raises(RequestError, match=r"no hash is given for a 1\.0"):
        text_of(package("a", facts={"hashes": ("md5:" + DIGITS[:32],)}))


def test_addresses_and_files() -> None:
    text = text_of(
        package("a", source="https://host.example/a-1.0.zip"),
        package("b", circumstances={"path": "wheels/b-1.0-py3-none-any.whl"}),
    )
    assert "a @ https://host.example/a-1.0.zip \\\n" in text
    assert "\n./wheels/b-1.0-py3-none-any.whl \\\n" in text


def test_a_repository_has_no_hash() -> None:
    source = f"git+https://host.example/a.git@{DIGITS[:40]}#subdirectory=part"
    of_git = package("a", source=source, facts={})
    with pytest.raises(RequestError, match="which no hash names"):
        text_of(of_git)


def test_projects_of_this_machine_are_named_and_left_out() -> None:
    text = text_of(package("own", circumstances={"editable": "../own"}, facts={}), package("a"))
    assert "# left out: own, which lies at ../own of the machine that locked it\n" in text
    assert "\nown" not in text


def test_what_has_no_version_is_no_lock() -> None:
    with pytest.raises(InputError, match="'a' has no version"):
        text_of(package("a", None))


def test_packages_of_conda_are_no_pins() -> None:
    other = Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.CONDA, name="a", version="1")
    assert pins(lock_of(other)) == ()


def test_a_conda_lock_is_no_requirements_file() -> None:
    with pytest.raises(RequestError, match="what conda installs cannot be said as requirements"):
        exported(lock_of(kind="pixi.lock"), "requirements")


def test_hashes_alone_make_no_standard_lock(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(f"a==1.0 --hash=sha256:{DIGITS}\n")
    with pytest.raises(RequestError, match="hashes of files and not their names"):
        exported(read_lock(path), "pylock")


POETRY_LOCK = f"""
[[package]]
name = "thing"
version = "1"
groups = ["main"]
[package.source]
type = "git"
url = "https://sarah:hunter2@host.example/thing.git"
reference = "main"
resolved_reference = "{DIGITS[:40]}"
subdirectory = "part"

[[package]]
name = "archive"
version = "2"
groups = ["main"]
files = [{{ file = "archive.zip", hash = "sha256:{DIGITS}" }}]
[package.source]
type = "url"
url = "https://host.example/archive.zip"

[[package]]
name = "own"
version = "3"
groups = ["main"]
[package.source]
type = "directory"
url = "../own"

[metadata]
lock-version = "2.1"
python-versions = "^3.9"
"""


def test_a_standard_lock_of_things_from_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "poetry.lock"
    path.write_text(POETRY_LOCK)
    data = exported(read_lock(path), "pylock")
    assert b"hunter2" not in data
    document = tomllib.loads(data.decode())
    Pylock.from_dict(document).validate()
    assert document["requires-python"] == "<4,>=3.9"
    archive, own, thing = document["packages"]
    assert archive["archive"] == {"url": "https://host.example/archive.zip", "hashes": {"sha256": DIGITS}}
    assert own["directory"] == {"path": "../own"}
    assert "version" not in own
    assert thing["vcs"] == {
        "type": "git",
        "url": "https://host.example/thing.git",
        "commit-id": DIGITS[:40],
        "subdirectory": "part",
    }


NAMES = st.from_regex(r"[a-z]([a-z0-9]{0,5}[a-z0-9])?", fullmatch=True)
VERSIONS = st.from_regex(r"[1-9][0-9]?(\.(0|[1-9][0-9]?)){0,2}(rc1|\.post2)?(\+cpu)?", fullmatch=True)


@given(st.dictionaries(NAMES, VERSIONS, max_size=6))
def test_requirements_are_read_back_as_what_they_were(
    tmp_path_factory: pytest.TempPathFactory, releases: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("law") / "requirements.txt"
    before = lock_of(*(package(name, version) for name, version in releases.items()))
    path.write_bytes(exported(before, "requirements"))
    after = pins(read_lock(path))
    assert [(one.name, one.version, one.hashes) for one in after] == [
        (name, version, HASHES["hashes"]) for name, version in sorted(releases.items())
    ]
