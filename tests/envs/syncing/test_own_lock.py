"""Read by its lines, a lock says the same as parsed; what its lines do not tell is not read by them."""

from pathlib import Path

import pytest

from samestack.envs.syncing.own_lock import own_lock
from samestack.lock.markers import holds
from samestack.lock.reading import read_lock
from samestack.model import Component, Stack
from tests.envs.small_wheels import lock_text, wheel

TABLE = """
[tool.samestack]
created-by = "samestack 0"
python = "3.9"
platforms = ["linux-64"]

[tool.samestack.host]
glibc = "2.31"
"""
REGULAR = (
    'lock-version = "1.0"\ncreated-by = "samestack"\nrequires-python = "==3.9.*"\n\n'
    '[[packages]]\nname = "alpha"\nversion = "1.0"\n'
    "marker = \"sys_platform == 'linux' and python_full_version >= '3.9.2'\"\n"
    'sdist = { url = "https://example.org/alpha-1.0.tar.gz", upload-time = 2022-01-01T00:00:00Z, size = 3, '
    f'hashes = {{ sha256 = "{"a" * 64}" }} }}\n'
    'wheels = [\n    { url = "https://example.org/alpha-1.0-py3-none-any.whl", '
    f'hashes = {{ sha256 = "{"b" * 64}" }} }},\n    {{ path = "alpha-1.0-cp39-cp39-linux_x86_64.whl", '
    f'hashes = {{ sha256 = "{"c" * 64}" }} }},\n]\n\n'
    '[[packages]]\nname = "beta"\nversion = "2.0.post1"\n'
    f'wheels = [{{ path = "beta-2.0.post1-py3-none-any.whl", hashes = {{ sha256 = "{"d" * 64}" }} }}]\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "pylock.toml"
    file.write_text(REGULAR + TABLE)
    return file


def said(component: Component) -> tuple[object, ...]:
    """All but the marker, which is written with other quotes."""
    one = component
    return one.layer, one.name, one.version, one.requirement, one.facts, one.source


def meant(stack: Stack) -> list[bool]:
    return [holds(one.marker or "", "linux-64", "3.9.1") for one in stack]


def test_the_lines_say_what_a_parser_reads(path: Path) -> None:
    quick, parsed = own_lock(path), read_lock(path)
    assert quick is not None
    assert (quick.path, quick.kind, quick.table) == (parsed.path, parsed.kind, parsed.table)
    assert list(map(said, quick.snapshot.stack)) == list(map(said, parsed.snapshot.stack))
    assert meant(quick.snapshot.stack) == meant(parsed.snapshot.stack) == [True, False, True]
    assert quick.snapshot.origin.complete == parsed.snapshot.origin.complete


@pytest.mark.parametrize(
    ("regular", "odd"),
    [
        ('created-by = "samestack"', 'created-by = "uv"'),
        (TABLE, ""),
        ('version = "2.0.post1"\n', ""),
        ('wheels = [{ path = "beta', 'archive = { path = "beta'),
        (', hashes = { sha256 = "' + "d" * 64, ', hashes = { sha512 = "' + "d" * 64),
        ('{ sha256 = "' + "d" * 64, '{ md5 = "e", sha256 = "' + "d" * 64),
    ],
)
def test_what_is_not_regular_is_left_to_the_parser(path: Path, regular: str, odd: str) -> None:
    text = path.read_text()
    assert regular in text
    path.write_text(text.replace(regular, odd))
    assert own_lock(path) is None


def test_other_names_are_left_to_the_parser(path: Path, tmp_path: Path) -> None:
    other = path.rename(tmp_path / "pylock.dev.toml")
    assert own_lock(other) is None
    assert own_lock(path) is None, "it is gone"


def test_a_lock_with_a_table_of_nothing_else_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pylock.toml"
    path.write_text(lock_text([wheel(tmp_path, "alpha", "1")], python="3.9"))
    found = own_lock(path)
    assert found is not None
    assert found.table.python == "3.9"
    assert [(one.name, one.version) for one in found.snapshot.stack] == [("python", None), ("alpha", "1")]
