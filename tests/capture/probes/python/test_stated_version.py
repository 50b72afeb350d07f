"""Versions that stand in headers and in dpkg's database."""

import sys
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.stated_version import (
    StatedVersion,
    dpkg_version,
    header_version,
    read_stated_version,
)
from tests.capture.probes.memory_tree import MemoryTree
from tests.malformed import corrupted_text

HEADER = """/* Version parsed out into numeric values */
#define PY_MAJOR_VERSION\t3
/* Version as a string */
#define PY_VERSION      \t"3.10.14"
#define PYPY_VERSION "7.3.17"
"""
STATUS = """Package: python3.11
Version: 9

Package: python3.11-minimal
Status: install ok installed
Version: 1:3.11.2-6+deb12u6

Package: zlib1g
Version: 1:1.2
"""


def test_a_header_states_language_and_implementation() -> None:
    assert header_version(HEADER.encode()) == StatedVersion("3.10.14", "7.3.17")
    assert header_version(b"") == StatedVersion()
    assert header_version(b'#define PY_VERSION "3.1; rm"\n') == StatedVersion()


def test_the_header_of_this_interpreter() -> None:
    header = Path(sysconfig.get_path("include"), "patchlevel.h")
    if not header.is_file():
        pytest.skip("this interpreter was installed without its headers")
    assert sys.version.startswith(header_version(header.read_bytes()).version)


def test_dpkg_states_the_upstream_version() -> None:
    assert dpkg_version(STATUS.encode(), "python3.11-minimal") == "3.11.2"
    assert dpkg_version(STATUS.encode(), "python3.12-minimal") == ""
    assert dpkg_version(b"Package: python3.11-minimal\n\nVersion: 1\n", "python3.11-minimal") == ""


def test_headers_come_first_and_dpkg_knows_of_the_system_only() -> None:
    tree = MemoryTree({"/var/lib/dpkg/status": STATUS, "/usr/local/include/python3.7m/patchlevel.h": HEADER})
    assert read_stated_version(tree, "/usr/local", "python3.7").version == "3.10.14"
    assert read_stated_version(tree, "/usr/local", "python3.11").version == ""
    assert read_stated_version(tree, "/usr", "python3.11").version == "3.11.2"


@given(corrupted_text(HEADER) | corrupted_text(STATUS) | st.binary(max_size=100))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    assert header_version(content).version.isprintable()
    assert dpkg_version(content, "python3.11-minimal").isprintable()
