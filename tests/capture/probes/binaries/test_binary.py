"""One compiled file, read."""

import pytest

from samestack.capture.probes.binaries.binary import read_binary
from samestack.capture.probes.binaries.compiled_files import CompiledFile
from samestack.capture.probes.binaries.numpy_c_api import NumpyAbi, NumpyUse
from samestack.errors import InputError
from tests.capture.elf_files import elf_file
from tests.capture.probes.memory_tree import MemoryTree

FILE = CompiledFile("/site/example/_core.so")
CONTENT = elf_file(
    needed=("libc.so.6",),
    version_needs={"libc.so.6": ("GLIBC_2.17",)},
    symbols=("PyCapsule_GetPointer",),
    sections={".rodata": b"_ARRAY_API\0module compiled against ABI version"},
)


def test_everything_is_read_at_once() -> None:
    binary = read_binary(MemoryTree({FILE.path: CONTENT}), FILE, allowance=10_000)
    assert binary is not None
    assert (binary.name, binary.soname, binary.needed) == ("_core.so", None, ("libc.so.6",))
    assert binary.version_needs == {"libc.so.6": ("GLIBC_2.17",)}
    assert binary.numpy == NumpyUse(NumpyAbi.ONE)
    assert binary.device_code is None
    assert 0 < binary.bytes_read < len(CONTENT) + 1000


@pytest.mark.parametrize("content", [b"", b"/* GNU ld script */ INPUT(libtbb.so.12)", b"\xcf\xfa\xed\xfe"])
def test_a_file_that_is_not_elf_is_none(content: bytes) -> None:
    assert read_binary(MemoryTree({FILE.path: content}), FILE, allowance=10_000) is None


def test_a_malformed_or_too_expensive_file_is_refused() -> None:
    with pytest.raises(InputError, match=r"/site/example/_core\.so: offset 0x"):
        read_binary(MemoryTree({FILE.path: CONTENT[:100]}), FILE, allowance=10_000)
    with pytest.raises(InputError, match="more than 200 bytes"):
        read_binary(MemoryTree({FILE.path: CONTENT}), FILE, allowance=200)


def test_a_module_is_told_from_a_library_and_where_it_has_the_loader_look() -> None:
    module = elf_file(symbols=("PyInit__core",), runpath="$ORIGIN/../x.libs:/opt/lib")
    binary = read_binary(MemoryTree({FILE.path: module}), FILE, allowance=10_000)
    assert binary is not None
    assert (binary.path, binary.is_module) == (FILE.path, True)
    assert binary.search_path == ("$ORIGIN/../x.libs", "/opt/lib")
    library = read_binary(MemoryTree({FILE.path: CONTENT}), FILE, allowance=10_000)
    assert library is not None
    assert not library.is_module
