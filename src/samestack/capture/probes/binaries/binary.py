"""What one compiled file says of itself, read for ``deep`` captures."""

import posixpath
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from samestack.capture.elf import Elf, is_elf
from samestack.capture.probes.binaries.compiled_files import CompiledFile
from samestack.capture.probes.binaries.gpu_architectures import DeviceCode, device_code
from samestack.capture.probes.binaries.numpy_c_api import NumpyUse, numpy_use
from samestack.capture.tree import Tree

_MODULE_START: Final = b"PyInit_"
"""How the function is called that every extension module of Python 3 has (PEP 489)."""


class Binary(Struct, frozen=True, kw_only=True):
    """A shared library or extension module."""

    path: str
    """Inside the tree."""
    soname: str | None
    needed: tuple[str, ...]
    search_path: tuple[str, ...] = ()
    """Where the loader looks for what it needs, as the file states it."""
    is_module: bool = False
    """Whether Python can import it: other libraries are there to be needed, or to be loaded on occasion."""
    version_needs: Mapping[str, tuple[str, ...]]
    numpy: NumpyUse | None
    device_code: DeviceCode | None
    bytes_read: int

    @property
    def name(self) -> str:
        """Of the file."""
        return posixpath.basename(self.path)


def read_binary(tree: Tree, file: CompiledFile, *, allowance: int) -> Binary | None:
    """The facts of one file, of which at most ``allowance`` bytes are read; None when it is no ELF file.

    InputError when it is malformed, OSError when it cannot be read.
    """
    with tree.open(file.path) as opened:
        if not is_elf(opened):
            return None
        elf = Elf(opened, tree.shown(file.path), allowance=allowance)
        return Binary(
            path=file.path,
            soname=elf.dynamic.soname,
            needed=elf.dynamic.needed,
            search_path=elf.dynamic.search_path,
            is_module=elf.dynamic.mentions_beginning(_MODULE_START),
            version_needs=elf.dynamic.version_needs,
            numpy=numpy_use(elf),
            device_code=device_code(elf),
            bytes_read=elf.source.bytes_read,
        )
