"""pyvenv.cfg as venv, virtualenv and uv write it, and as it should not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.venv_configuration import (
    VenvConfiguration,
    read_venv_configuration,
    venv_configuration,
)
from tests.capture.probes.memory_tree import MemoryTree
from tests.malformed import STRANGE_TEXTS, corrupted_text

VENV = """home = /usr/bin
include-system-site-packages = false
version = 3.11.2
executable = /usr/bin/python3.11
command = /usr/bin/python3 -m venv /opt/venv
"""
VIRTUALENV = """home = /usr/bin
implementation = CPython
version_info = 3.13.0.candidate.1
virtualenv = 20.25.0
include-system-site-packages = true
base-prefix = /usr
base-exec-prefix = /usr
base-executable = /usr/bin/python3.13
version = 3.13.0rc1
"""
UV = """home = /opt/python/bin
implementation = CPython
uv = 0.9.2
version_info = 3.12.7
include-system-site-packages = false
prompt = demo
"""


def test_what_three_tools_write() -> None:
    assert venv_configuration(VENV.encode()) == VenvConfiguration(
        home="/usr/bin", executable="/usr/bin/python3.11", version="3.11.2"
    )
    assert venv_configuration(VIRTUALENV.encode()) == VenvConfiguration(
        home="/usr/bin",
        executable="/usr/bin/python3.13",
        version="3.13.0rc1",
        created_by="virtualenv 20.25.0",
        uses_base_packages=True,
    )
    assert venv_configuration(UV.replace("\n", "\r\n").encode()) == VenvConfiguration(
        home="/opt/python/bin", version="3.12.7", created_by="uv 0.9.2"
    )


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("version = 3.8", "3.8"),
        ("VERSION=3.8.1", "3.8.1"),
        ("version = 3.11.2+", "3.11.2+"),
        ("version_info = 3.9.1.final.0\nversion = 3.9.0", "3.9.1"),
        ("version_info = 3.14.0.alpha.2", "3.14.0a2"),
        ("version_info = 3.14.0.beta.2", "3.14.0b2"),
        ("version = three", ""),
        ("version = 3.9; rm -rf", ""),
        ("version = 3.8\nversion = 3.9", "3.9"),
    ],
)
def test_versions(text: str, version: str) -> None:
    assert venv_configuration(text.encode()).version == version


@pytest.mark.parametrize("home", ["", "relative/bin", "/a\0b", "/a\x1b[31m", "/" + "x" * 5000])
def test_a_home_that_is_none_is_a_problem(home: str) -> None:
    configuration = venv_configuration(f"home = {home}\nversion = 3.11.2".encode())
    assert configuration.home == ""
    assert configuration.problem == "it names no home"
    assert configuration.version == "3.11.2"


def test_a_file_that_is_missing_or_too_large_is_a_problem() -> None:
    assert read_venv_configuration(MemoryTree({}), "/venv").problem == "it is missing"
    large = MemoryTree({"/venv/pyvenv.cfg": b"home = /usr/bin\n" * 10_000})
    assert "larger than" in read_venv_configuration(large, "/venv").problem


@given(corrupted_text(VIRTUALENV) | st.binary(max_size=200))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    configuration = venv_configuration(content)
    assert not {"\0", "\n", "\r"} & set(configuration.home + configuration.executable)


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_strange_texts(text: str) -> None:
    keys = ("home", "version", "version_info", "uv", "executable")
    lines = "".join(f"{key} = {text}\n" for key in keys)
    configuration = venv_configuration(lines.encode("utf-8", "surrogatepass"))
    assert "hunter2" not in configuration.created_by + configuration.version
