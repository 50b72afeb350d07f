"""ELF files, read piece by piece: headers, what a library needs of others, parts of sections.

Written for files that are not trusted and may be large: only what is asked for is read, and every offset and
count in the file is held against its size and against limits. Whatever is wrong with a file becomes an
:class:`~samestack.errors.InputError` that names the file and the offset in it.

The format: System V ABI, "Object Files"; version needs: Linux Standard Base, "Symbol Versioning".
"""

from samestack.capture.elf.dynamic import Dynamic
from samestack.capture.elf.elf import Elf, is_elf
from samestack.capture.elf.header import Header
from samestack.capture.elf.sections import Section
from samestack.capture.elf.source import Source

__all__ = ["Dynamic", "Elf", "Header", "Section", "Source", "is_elf"]
