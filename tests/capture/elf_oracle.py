"""The same file read by pyelftools, which takes the other way: by section headers."""

from typing import BinaryIO

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

from samestack.capture.elf import Elf


def assert_reads_like_pyelftools(file: BinaryIO, name: str) -> bool:
    """Hold what is read of a file with section headers against pyelftools; always true."""
    elf, other = Elf(file, name), ELFFile(file)
    assert elf.header.machine == other.header["e_machine"] or isinstance(other.header["e_machine"], str)
    assert (elf.header.width, elf.header.order == "<") == (other.elfclass, other.little_endian)
    assert [(one.name, one.offset, one.size) for one in elf.sections] == [
        (one.name, one["sh_offset"], 0 if one["sh_type"] == "SHT_NOBITS" else one["sh_size"])
        for one in other.iter_sections()
    ], name
    dynamic = other.get_section_by_name(".dynamic")
    assert isinstance(dynamic, DynamicSection)
    assert list(elf.dynamic.needed) == _texts(dynamic, "needed"), name
    assert [elf.dynamic.soname or ""] == (_texts(dynamic, "soname") or [""]), name
    paths = _texts(dynamic, "runpath") or _texts(dynamic, "rpath")
    assert elf.dynamic.search_path == tuple(part for path in paths for part in path.split(":") if part), name
    assert elf.dynamic.version_needs == _version_needs(other), name
    return True


def _texts(dynamic: DynamicSection, kind: str) -> list[str]:
    return [str(vars(tag)[kind]) for tag in dynamic.iter_tags(f"DT_{kind.upper()}")]


def _version_needs(other: ELFFile) -> dict[str, tuple[str, ...]]:
    section = other.get_section_by_name(".gnu.version_r")
    if not isinstance(section, GNUVerNeedSection) or not section["sh_size"]:
        return {}
    return {
        str(need.name): tuple(str(one.name) for one in versions) for need, versions in section.iter_versions()
    }
