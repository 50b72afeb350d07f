"""An ELF file: each part of it is read when it is first asked for."""

from collections.abc import Iterator
from functools import cached_property
from typing import BinaryIO

from samestack.capture.elf.dynamic import Dynamic, read_dynamic
from samestack.capture.elf.header import MAGIC, Header, read_header
from samestack.capture.elf.sections import Section, read_sections
from samestack.capture.elf.source import ALLOWANCE, Source


def is_elf(file: BinaryIO) -> bool:
    """Whether a file begins as ELF files do. Wheels also hold linker scripts and other systems' libraries."""
    file.seek(0)
    return file.read(len(MAGIC)) == MAGIC


class Elf:
    """An ELF file. ``name`` is how errors name it; ``allowance`` how many bytes may be read of it in all.

    Any property and method raises InputError when the file is malformed in what it needs.
    """

    def __init__(self, file: BinaryIO, name: str, *, allowance: int = ALLOWANCE) -> None:
        self.source = Source(file, name, allowance=allowance)

    @cached_property
    def header(self) -> Header:
        """The header of the file."""
        return read_header(self.source)

    @cached_property
    def dynamic(self) -> Dynamic:
        """What it needs of other files."""
        return read_dynamic(self.source, self.header)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its sections; none where they were stripped."""
        return read_sections(self.source, self.header)

    def section(self, name: str) -> Section | None:
        """The first section of that name."""
        return next((section for section in self.sections if section.name == name), None)

    def beginning(self, section: Section, *, limit: int) -> bytes:
        """The first ``limit`` bytes of a section, or all of it when it has fewer."""
        return self.source.read(section.offset, min(section.size, limit))

    def blocks(self, section: Section, *, overlap: int) -> Iterator[bytes]:
        """The content of a section in blocks; each repeats the last ``overlap`` bytes of the one before."""
        return self.source.blocks(section.offset, section.size, overlap=overlap)
