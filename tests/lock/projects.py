"""Projects of the tests, and an index that only they use."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from samestack.lock.deciding import decide, write
from samestack.lock.decision import Decision, LockOptions
from samestack.progress import SILENT
from samestack.project.reading import read_project
from tests.solve.local_index import LocalIndex, served

_OTHERS = (
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_NO_CONFIG",
    "UV_CONFIG_FILE",
)

MANIFEST = """\
[project]
name = "example"
version = "1"
requires-python = ">=3.9"
dependencies = ["app", "tool; sys_platform == 'win32'"]

[project.optional-dependencies]
gpu = ["fast"]

[dependency-groups]
test = ["checker"]

[tool.samestack]
python = "3.9"
platforms = ["linux-64", "osx-arm64"]
"""
REQUIREMENTS = "app==1.0\nbase<2  # older\n"


def small_index() -> LocalIndex:
    """An application and what it needs, in a few releases."""
    index = LocalIndex()
    index.add("app", "1.0", "base>=1", uploaded="2022-01-01T12:00:00Z")
    index.add("app", "1.1", "base>=1", "only-mac; sys_platform == 'darwin'", uploaded="2023-01-01T12:00:00Z")
    for version, year in (("1.0", 2021), ("1.5", 2022), ("2.0", 2024)):
        index.add("base", version, tag="cp39-cp39-manylinux_2_17_x86_64", uploaded=f"{year}-02-01T12:00:00Z")
        index.add(
            "base", version, tag="cp310-cp310-manylinux_2_28_x86_64", uploaded=f"{year}-02-01T12:00:00Z"
        )
        index.add("base", version, tag="cp39-cp39-macosx_11_0_arm64", uploaded=f"{year}-02-01T12:00:00Z")
    index.add("only-mac", "1.0")
    index.add("tool", "1.0")
    index.add("fast", "3.0+cu118", "base<2")
    index.add("checker", "7.0")
    index.add("needs-old-base", "1.0", "base<1.5")
    return index


@contextmanager
def alone(index: LocalIndex, patch: pytest.MonkeyPatch, cache: Path) -> Iterator[str]:
    """Let every uv that is started use this index and no other, and a cache that nobody else uses."""
    with served(index) as address:
        for name in _OTHERS:
            patch.delenv(name, raising=False)
        settings = {"UV_DEFAULT_INDEX": address, "UV_CACHE_DIR": str(cache), "UV_HTTP_RETRIES": "0"}
        for name, value in settings.items():
            patch.setenv(name, value)
        yield address


def write_files(directory: Path, files: Mapping[str, str]) -> Path:
    """A directory with these files."""
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)
    return directory


def decided(directory: Path, options: LockOptions | None = None) -> Decision:
    """The decision for a project, as it stands there now."""
    return decide(read_project(directory), options or LockOptions(), SILENT)


def locked(directory: Path, options: LockOptions | None = None) -> Decision:
    """The same, written."""
    decision = decided(directory, options)
    write(decision)
    return decision
