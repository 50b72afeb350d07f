"""The C library is recognised by its own file, which is not loaded."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.c_library import read_c_library
from samestack.capture.tree import MachineTree, RootTree
from samestack.errors import InputError
from samestack.model import Component
from tests.capture.probes.memory_tree import MemoryTree

BANNER = b"\0GNU C Library (Debian GLIBC 2.36-9+deb12u10) stable release version 2.36.\nCopyright"
CENTOS_BANNER = b"\0GNU C Library (GNU libc) stable release version 2.17, by Roland McGrath et al.\n"
MUSL = b"\0musl libc (x86_64)\nVersion %s\nDynamic Program Loader\0\0" + b"\0" + b"1.2.4\0"
IS_GLIBC = "CS_GNU_LIBC_VERSION" in os.confstr_names and "glibc" in (os.confstr("CS_GNU_LIBC_VERSION") or "")


def elf(content: bytes, *, machine: int = 62, bits: int = 64) -> bytes:
    """A file with an ELF header as far as it is read, and content."""
    return b"\x7fELF" + bytes([bits // 32, 1]) + bytes(12) + machine.to_bytes(2, "little") + content


def read(files: dict[str, bytes]) -> list[Component]:
    return list(read_c_library(MemoryTree(files)).components)


@pytest.mark.parametrize(
    ("path", "data", "version"),
    [
        ("/lib/x86_64-linux-gnu/libc.so.6", elf(BANNER), "2.36"),
        ("/usr/lib64/libc.so.6", elf(CENTOS_BANNER), "2.17"),
        ("/lib64/libc.so.6", elf(b"\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0GLIBC_PRIVATE\0"), "2.34"),
        ("/usr/lib/libc.so.6", elf(b"nothing"), None),
    ],
)
def test_glibc_in_its_usual_places(path: str, data: bytes, version: str | None) -> None:
    (component,) = read({path: data})
    assert (component.name, component.version) == ("glibc", version)
    assert component.facts == {"architecture": "x86_64"}


def test_the_name_of_the_file_tells_the_version_where_its_text_does_not(tmp_path: Path) -> None:
    directory = tmp_path / "lib/aarch64-linux-gnu"
    directory.mkdir(parents=True)
    (directory / "libc-2.31.so").write_bytes(elf(b"stripped", machine=183))
    (directory / "libc.so.6").symlink_to("libc-2.31.so")
    (component,) = read_c_library(RootTree(tmp_path)).components
    assert component.label == "glibc 2.31"
    assert component.facts == {"architecture": "aarch64"}


def test_of_a_32_bit_and_a_64_bit_one_the_latter_is_the_system_s() -> None:
    (component,) = read(
        {
            "/lib/i386-linux-gnu/libc.so.6": elf(BANNER.replace(b"2.36", b"2.35"), machine=3, bits=32),
            "/lib/x86_64-linux-gnu/libc.so.6": elf(BANNER),
        }
    )
    assert (component.version, component.facts) == ("2.36", {"architecture": "x86_64"})


def test_musl() -> None:
    (component,) = read({"/lib/ld-musl-aarch64.so.1": elf(MUSL, machine=183)})
    assert component.label == "musl 1.2.4"
    assert component.facts == {"architecture": "aarch64"}


def test_a_system_can_have_both() -> None:
    both = {"/lib/x86_64-linux-gnu/libc.so.6": elf(BANNER), "/lib/ld-musl-x86_64.so.1": elf(MUSL)}
    assert [component.name for component in read(both)] == ["glibc", "musl"]


def test_a_root_without_one_is_remarked_on() -> None:
    observation = read_c_library(MemoryTree({"/app/server": b""}))
    assert [remark.code for remark in observation.remarks] == ["c-library-unknown"]


def test_a_huge_one_is_refused() -> None:
    with pytest.raises(InputError, match="larger than"):
        read({"/lib/libc.so.6": elf(bytes(33 * 1024 * 1024))})


@pytest.mark.skipif(not IS_GLIBC, reason="this machine's C library is not glibc")
def test_reading_this_machine_s_library_agrees_with_asking_it() -> None:
    (asked,) = read_c_library(MachineTree()).components
    found = [one for one in read_c_library(RootTree(Path("/"))).components if one.name == "glibc"]
    assert f"{asked.name} {asked.version}" == os.confstr("CS_GNU_LIBC_VERSION")
    assert found == [asked]


def test_where_the_c_library_is_not_glibc_its_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> str:
        raise ValueError(f"unrecognized configuration name: {name}")

    monkeypatch.setattr(os, "confstr", refuse)
    assert read_c_library(MachineTree()).components == read_c_library(RootTree(Path("/"))).components


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_whatever_the_files_hold_there_is_an_answer(glibc: bytes, musl: bytes) -> None:
    components = read({"/lib/libc.so.6": glibc, "/lib/ld-musl-x86_64.so.1": musl})
    assert [component.name for component in components] == ["glibc", "musl"]
