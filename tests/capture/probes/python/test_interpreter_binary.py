"""What the binary of an interpreter says of itself, held against what it says when it runs."""

import platform
import struct
import sys
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.interpreter_binary import (
    InterpreterBinary,
    interpreter_constants,
    read_interpreter_binary,
)
from samestack.capture.tree import MachineTree
from tests.capture.probes.memory_tree import MemoryTree

SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"


def binary_of_this_interpreter() -> str:
    library = Path(sysconfig.get_config_var("LIBDIR") or "", sysconfig.get_config_var("INSTSONAME") or "")
    is_shared = bool(sysconfig.get_config_var("Py_ENABLE_SHARED")) and library.is_file()
    return str(library if is_shared else Path(sys.executable).resolve())


def test_version_and_compiler_of_this_interpreter() -> None:
    read = read_interpreter_binary(MachineTree(), binary_of_this_interpreter(), SERIES)
    assert read == InterpreterBinary(version=platform.python_version(), compiler=platform.python_compiler())


@pytest.mark.parametrize(
    ("data", "version", "compiler"),
    [
        (b"\x003.11.7\0\n[GCC 12.2.0]\0", "3.11.7", "GCC 12.2.0"),
        (b"3.11.7\0\0[Clang 18.1.8 ]\0", "3.11.7", "Clang 18.1.8"),
        (b"\x003.11.0rc2+\0", "3.11.0rc2+", ""),
        (b"\x003.11.2\x003.11.2\x0013.11.9\x000.3.11.9\x00", "3.11.2", ""),
        (b"\x003.11.2\0\x003.11.3\0", "", ""),
        (b"\x003.12.2\0 3.11\0 3.11.\0 [GCC] [gcc 1]\0", "", ""),
        (b"[GCC 11.4.1 20231218 (Red Hat 11.4.1-3)]\0", "", "GCC 11.4.1 20231218 (Red Hat 11.4.1-3)"),
        (b"", "", ""),
    ],
)
def test_constants(data: bytes, version: str, compiler: str) -> None:
    assert interpreter_constants(data, "3.11") == InterpreterBinary(version=version, compiler=compiler)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"#!/bin/sh\nexec python3\n",
        b"\x7fELF",
        b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<48B", *[255] * 48),
    ],
)
def test_what_is_no_binary_tells_nothing(content: bytes) -> None:
    assert read_interpreter_binary(MemoryTree({"/python": content}), "/python", "3.11") == InterpreterBinary()
    assert read_interpreter_binary(MemoryTree({}), "/python", "3.11") == InterpreterBinary()


@given(st.binary(max_size=300) | st.text("3.1\0[]GC ", max_size=80).map(str.encode))
def test_whatever_stands_in_it_there_is_no_exception(data: bytes) -> None:
    found = interpreter_constants(data, "3.11")
    assert found.compiler.isprintable()
