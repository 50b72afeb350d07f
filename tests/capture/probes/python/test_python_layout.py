"""Where Pythons keep their packages: upstream's, Debian's and Fedora's rules."""

from pathlib import Path

import pytest

from samestack.capture.probes.python.python_layout import (
    base_site_directories,
    library_names,
    series_of,
    standard_library,
    venv_site_directories,
)
from samestack.capture.tree import RootTree
from tests.capture.planted import write
from tests.capture.probes.memory_tree import MemoryTree


def tree(*paths: str) -> MemoryTree:
    return MemoryTree(dict.fromkeys(paths, ""))


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("python3.11", "3.11"),
        ("python3.13t", "3.13"),
        ("pypy3.10", "3.10"),
        ("python3", ""),
        ("python2.7", ""),
    ],
)
def test_names_of_directories(name: str, series: str) -> None:
    assert series_of(name) == series


def test_the_newest_stands_last() -> None:
    files = tree(
        "/usr/lib/python3.9/os.py",
        "/usr/lib/python3.10/os.py",
        "/usr/lib64/python3.9/x",
        "/usr/lib/python3/x",
    )
    assert library_names(files, "/usr") == ["python3.9", "python3.10"]


def test_a_standard_library_is_known_by_its_landmark() -> None:
    files = tree("/usr/lib/python3.12/site-packages/x", "/usr/lib64/python3.12/os.py")
    assert standard_library(files, "/usr", "python3.12") == "/usr/lib64/python3.12"
    assert standard_library(files, "/usr", "python3.11") is None


def test_debian() -> None:
    files = tree(
        "/usr/lib/python3.11/os.py",
        "/usr/lib/python3/dist-packages/x",
        "/usr/lib/python3.11/dist-packages/x",
        "/usr/local/lib/python3.11/dist-packages/x",
        "/usr/local/lib/python3.11/site-packages/x",
        "/usr/lib/python3.11/site-packages/x",
    )
    assert base_site_directories(files, "/usr", "python3.11") == (
        "/usr/local/lib/python3.11/dist-packages",
        "/usr/lib/python3/dist-packages",
        "/usr/lib/python3.11/dist-packages",
    )
    assert base_site_directories(files, "/usr/local", "python3.11") == (
        "/usr/local/lib/python3.11/site-packages",
    )


def test_fedora() -> None:
    files = tree(
        "/usr/lib64/python3.12/os.py",
        "/usr/lib64/python3.12/site-packages/x",
        "/usr/lib/python3.12/site-packages/x",
        "/usr/local/lib/python3.12/site-packages/x",
        "/usr/local/lib64/python3.12/site-packages/x",
    )
    assert base_site_directories(files, "/usr", "python3.12") == (
        "/usr/local/lib64/python3.12/site-packages",
        "/usr/local/lib/python3.12/site-packages",
        "/usr/lib64/python3.12/site-packages",
        "/usr/lib/python3.12/site-packages",
    )


def test_alpine() -> None:
    files = tree("/usr/lib/python3.11/os.py", "/usr/lib/python3.11/site-packages/x")
    assert base_site_directories(files, "/usr", "python3.11") == ("/usr/lib/python3.11/site-packages",)


def test_a_link_from_lib64_to_lib_counts_once(tmp_path: Path) -> None:
    write(tmp_path / "venv/lib/python3.11/site-packages/x")
    (tmp_path / "venv/lib64").symlink_to("lib")
    assert venv_site_directories(RootTree(tmp_path), "/venv", "python3.11") == (
        "/venv/lib/python3.11/site-packages",
    )


def test_a_circle_of_links_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "lib").symlink_to("lib")
    assert venv_site_directories(RootTree(tmp_path), "/", "python3.11") == ()
