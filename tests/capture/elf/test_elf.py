"""What an ELF file says of itself, read from files of every shape and held against another reader."""

import io
import struct
import sysconfig
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from elftools.elf.elffile import ELFFile
from hypothesis import example, given
from hypothesis import strategies as st

from samestack.capture.elf import Elf, dynamic, is_elf
from samestack.capture.elf.dynamic import Dynamic
from samestack.capture.elf.versions import MAX_RECORDS
from samestack.errors import InputError
from tests.capture.elf_files import COMMON, SHAPES, Shape, elf_file
from tests.capture.elf_oracle import assert_reads_like_pyelftools

NEEDS = {"libc.so.6": ("GLIBC_2.17", "GLIBC_2.34"), "libstdc++.so.6": ("CXXABI_1.3", "GLIBCXX_3.4.29")}
SYSTEM_LIBRARIES = ("libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1")


def full(shape: Shape = COMMON, **changed: Any) -> bytes:
    said: dict[str, Any] = {
        "needed": ("libc.so.6", "libstdc++.so.6"),
        "soname": "libexample.so.1",
        "runpath": "$ORIGIN/../lib:/opt/lib",
        "version_needs": NEEDS,
        "symbols": ("PyInit_example", "PyCapsule_GetPointer"),
        "sections": {".rodata": b"x" * 3000 + b"the end", ".comment": b"GCC: (GNU) 12.2.0\0"},
    }
    return elf_file(shape=shape, **(said | changed))


def opened(content: bytes, **options: int) -> Elf:
    return Elf(io.BytesIO(content), "example.so", **options)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_library_needs_is_read_in_every_width_and_byte_order(shape: Shape) -> None:
    content = full(shape)
    elf = opened(content)
    assert (elf.header.width, elf.header.order, elf.header.machine) == (shape.width, shape.order, 62)
    assert elf.dynamic.needed == ("libc.so.6", "libstdc++.so.6")
    assert elf.dynamic.soname == "libexample.so.1"
    assert elf.dynamic.search_path == ("$ORIGIN/../lib", "/opt/lib")
    assert elf.dynamic.version_needs == NEEDS
    assert_reads_like_pyelftools(io.BytesIO(content), "example.so")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_stripped_of_section_headers_says_the_same(shape: Shape) -> None:
    stripped = opened(full(shape, section_headers=False))
    assert stripped.sections == ()
    assert stripped.section(".rodata") is None
    assert stripped.dynamic == opened(full(shape)).dynamic


def test_symbols_are_found_in_the_table_of_names() -> None:
    dynamic = opened(full()).dynamic
    assert dynamic.mentions(b"PyCapsule_GetPointer")
    assert not dynamic.mentions(b"PyCapsule_GetPoint")


def test_a_file_that_is_not_dynamic_needs_nothing() -> None:
    no_segments = bytearray(full())
    no_segments[56:58] = b"\0\0"
    assert opened(bytes(no_segments)).dynamic == Dynamic()


def test_a_section_is_read_as_far_as_is_asked() -> None:
    elf = opened(full())
    comment, data = elf.section(".comment"), elf.section(".rodata")
    assert comment is not None
    assert data is not None
    assert elf.beginning(comment, limit=100) == b"GCC: (GNU) 12.2.0\0"
    assert elf.beginning(comment, limit=3) == b"GCC"
    assert b"".join(elf.blocks(data, overlap=0)) == b"x" * 3000 + b"the end"


@given(st.integers(min_value=0, max_value=400), st.integers(min_value=0, max_value=7), st.integers(1, 50))
def test_blocks_cut_nothing_that_is_no_longer_than_their_overlap(size: int, overlap: int, block: int) -> None:
    content = bytes(number % 251 for number in range(size))
    elf = opened(full(sections={".rodata": content}))
    section = elf.section(".rodata")
    assert section is not None
    blocks = list(elf.source.blocks(section.offset, section.size, overlap=overlap, block=overlap + block))
    assert b"".join([blocks[0], *(one[overlap:] for one in blocks[1:])] if blocks else []) == content
    assert all(one.startswith(before[len(before) - overlap :]) for before, one in pairwise(blocks))


def test_no_more_is_read_than_is_allowed() -> None:
    elf = opened(full(), allowance=400)
    with pytest.raises(InputError, match=r"example\.so: offset 0x[0-9a-f]+: more than 400 bytes would have"):
        elf.beginning(elf.section(".rodata") or pytest.fail("no section"), limit=400)
    assert elf.source.bytes_read <= 400


@pytest.mark.parametrize(
    ("position", "content", "message"),
    [
        (0, b"\x7fELG", "not an ELF file"),
        (4, b"\3", "no known class or byte order"),
        (5, b"\0", "no known class or byte order"),
        (32, b"\xff" * 8, "beyond the end of the file"),
        (40, b"\xff" * 8, "beyond the end of the file"),
        (54, b"\x57\0", "rows of 87 bytes, not of 56"),
        (56, b"\xff\xff", "65535 rows are over the limit"),
        (58, b"\x01\0", "rows of 1 bytes, not of 64"),
        (62, b"\x20\0", "are in none of them"),
    ],
)
def test_what_is_wrong_is_named_with_its_offset(position: int, content: bytes, message: str) -> None:
    spoiled = bytearray(full())
    spoiled[position : position + len(content)] = content
    elf = opened(bytes(spoiled))
    with pytest.raises(InputError, match=message) as caught:
        read_everything(elf)
    assert caught.value.file == "example.so"
    assert (caught.value.place or "").startswith("offset 0x")


def test_more_version_records_than_any_library_has_are_refused() -> None:
    many = tuple(f"V_{number}" for number in range(MAX_RECORDS))
    with pytest.raises(InputError, match=f"more than {MAX_RECORDS} version records"):
        read_everything(opened(full(version_needs={"libc.so.6": many})))


def test_version_records_beyond_the_file_are_refused() -> None:
    content = full(version_needs={"libc.so.6": ("GLIBC_2.17",)}, section_headers=False)
    first = struct.pack("<II", 16, 0)  # the first version stands 16 bytes behind; there is no other library
    assert content.count(first) == 1
    spoiled = content.replace(first, struct.pack("<II", 0xFFFF, 0))
    with pytest.raises(InputError, match="a version record lies outside its table"):
        read_everything(opened(spoiled))


def test_more_needed_libraries_than_any_library_has_are_refused() -> None:
    many = tuple(f"lib{number}.so" for number in range(1025))
    with pytest.raises(InputError, match="1025 needed libraries are over the limit of 1024"):
        read_everything(opened(full(needed=many)))


def test_an_address_that_is_not_loaded_is_refused() -> None:
    content = bytearray(full())
    content[64:68] = b"\6\0\0\0"  # what was loaded is now of another kind
    with pytest.raises(InputError, match="is in no loaded segment"):
        read_everything(opened(bytes(content)))


def test_a_table_of_names_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dynamic, "MAX_NAMES_BYTES", 20)
    with pytest.raises(InputError, match="bytes are over the limit of 20"):
        read_everything(opened(full()))


def test_a_file_that_becomes_shorter_is_refused() -> None:
    file = io.BytesIO(full())
    elf = Elf(file, "example.so")
    file.truncate(80)
    with pytest.raises(InputError, match="became shorter while it was read"):
        read_everything(elf)


def read_everything(elf: Elf) -> None:
    """All that callers ask for."""
    elf.dynamic.mentions(b"PyCapsule_GetPointer")
    for section in elf.sections:
        elf.beginning(section, limit=64)
        for _ in elf.blocks(section, overlap=8):
            pass


def read_or_refused(elf: Elf) -> None:
    """InputError is the one way to fail."""
    with suppress(InputError):
        read_everything(elf)


@given(st.binary(max_size=600), st.sampled_from((b"", b"\x7fELF", b"\x7fELF\2\1\1", b"\x7fELF\1\2\1")))
def test_arbitrary_bytes_are_read_or_refused(content: bytes, beginning: bytes) -> None:
    elf = opened(beginning + content, allowance=10_000)
    read_or_refused(elf)
    assert elf.source.bytes_read <= 10_000
    assert is_elf(io.BytesIO(beginning + content)) == (beginning + content).startswith(b"\x7fELF")


@st.composite
def spoiled(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few numbers overwritten, or cut off."""
    data = bytearray(content)
    for _ in range(draw(st.integers(min_value=1, max_value=4))):
        position = draw(st.integers(min_value=4, max_value=len(data) - 1))
        number = draw(
            st.sampled_from((b"\0", b"\xff", b"\xff" * 4, b"\xff" * 8, b"\0" * 8)) | st.binary(max_size=8)
        )
        data[position : position + len(number)] = number
    return bytes(data[: draw(st.just(len(data)) | st.integers(min_value=0, max_value=len(data)))])


@given(st.sampled_from(SHAPES).flatmap(lambda shape: spoiled(full(shape))))
@example(full()[:100])
def test_a_spoiled_file_is_read_or_refused(content: bytes) -> None:
    elf = opened(content, allowance=100_000)
    read_or_refused(elf)
    assert elf.source.bytes_read <= 100_000


def real_libraries() -> list[Path]:
    """The extension modules of this environment and its interpreter, and some of the system's libraries."""
    directories = [Path(sysconfig.get_path(name)) for name in ("platlib", "platstdlib")]
    modules = [path for directory in directories for path in directory.rglob("*.so*")]
    system = [path for path in Path("/usr/lib").glob("*-linux-gnu/*") if path.name in SYSTEM_LIBRARIES]
    return sorted({*modules, *system})


def test_real_libraries_are_read_as_pyelftools_reads_them() -> None:
    compared = [path for path in real_libraries() if _compared(path)]
    assert len(compared) > 50


def _compared(path: Path) -> bool:
    with path.open("rb") as file:
        return is_elf(file) and assert_reads_like_pyelftools(file, str(path))


@pytest.fixture(scope="module")
def small_module() -> bytes:
    """The smallest extension module of the interpreter that has section headers."""
    modules = [path for path in real_libraries() if path.suffix == ".so" and path.stat().st_size > 8000]
    content = min(modules, key=lambda path: path.stat().st_size).read_bytes()
    assert ELFFile(io.BytesIO(content)).num_sections() > 10
    return content


@given(st.data())
def test_a_spoiled_real_module_is_read_or_refused(small_module: bytes, data: st.DataObject) -> None:
    elf = opened(data.draw(spoiled(small_module)), allowance=1_000_000)
    read_or_refused(elf)
    assert elf.source.bytes_read <= 1_000_000
