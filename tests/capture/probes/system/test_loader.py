"""The C library with what can be loaded: circumstances, of which no difference is made."""

import os

import pytest

from samestack.capture.probes.system.c_library import read_c_library
from samestack.capture.probes.system.loader import read_loader
from samestack.capture.tree import MachineTree
from samestack.model import Component
from tests.capture.elf_files import elf_file
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.probes.system.test_c_library import BANNER, MUSL, elf

CPP = elf_file(
    soname="libstdc++.so.6", symbols=("GLIBCXX_3.4", "GLIBCXX_3.4.9", "GLIBCXX_3.4.30", "GLIBCXX_TUNABLES")
)


def read(files: dict[str, bytes]) -> Component:
    (component,) = read_loader(MemoryTree(files)).components
    return component


def test_glibc_with_the_systems_libraries_and_its_c_plus_plus() -> None:
    files = {"/lib64/libc.so.6": elf(BANNER), "/usr/lib64/libstdc++.so.6": CPP}
    component = read(files)
    assert component.circumstances == {"libraries": ("libc.so.6", "libstdc++.so.6"), "glibcxx": "3.4.30"}
    (plain,) = read_c_library(MemoryTree(files)).components
    assert (component.label, component.facts) == (plain.label, plain.facts)


@pytest.mark.parametrize("content", [b"", b"\x7fELF", CPP[:90]])
def test_a_malformed_c_plus_plus_library_tells_nothing(content: bytes) -> None:
    component = read({"/lib64/libc.so.6": elf(BANNER), "/lib64/libstdc++.so.6": content})
    assert set(component.circumstances) == {"libraries"}


def test_musl() -> None:
    component = read({"/lib/ld-musl-x86_64.so.1": elf(MUSL), "/usr/lib/libstdc++.so.6": CPP})
    assert component.circumstances == {"libraries": ("ld-musl-x86_64.so.1", "libstdc++.so.6")}


def test_without_a_c_library_there_is_only_the_remark() -> None:
    observation = read_loader(MemoryTree({"/app/server": b""}))
    assert [remark.code for remark in observation.remarks] == ["c-library-unknown"]


@pytest.mark.skipif("CS_GNU_LIBC_VERSION" not in os.confstr_names, reason="not glibc")
def test_this_machine() -> None:
    (component,) = read_loader(MachineTree()).components
    libraries = component.circumstances["libraries"]
    assert isinstance(libraries, tuple)
    assert "libc.so.6" in libraries
