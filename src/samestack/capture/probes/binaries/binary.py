"""What one compiled file says of itself, read for ``deep`` captures."""

from collections.abc import Mapping

from msgspec import Struct

from samestack.capture.elf import Elf, is_elf
from samestack.capture.probes.binaries.compiled_files import CompiledFile
from samestack.capture.probes.binaries.gpu_architectures import DeviceCode, device_code
from samestack.capture.probes.binaries.numpy_c_api import NumpyUse, numpy_use
from samestack.capture.tree import Tree


class Binary(Struct, frozen=True, kw_only=True):
    """A shared library or extension module."""

    name: str
    """Of the file."""
    soname: str | None
    needed: tuple[str, ...]
    version_needs: Mapping[str, tuple[str, ...]]
    numpy: NumpyUse | None
    device_code: DeviceCode | None
    bytes_read: int


def read_binary(tree: Tree, file: CompiledFile, *, allowance: int) -> Binary | None:
    """The facts of one file, of which at most ``allowance`` bytes are read; None when it is no ELF file.

    InputError when it is malformed, OSError when it cannot be read.
    """
    with tree.open(file.path) as opened:
        if not is_elf(opened):
            return None
        elf = Elf(opened, tree.shown(file.path), allowance=allowance)
        return Binary(
            name=file.name,
            soname=elf.dynamic.soname,
            needed=elf.dynamic.needed,
            version_needs=elf.dynamic.version_needs,
            numpy=numpy_use(elf),
            device_code=device_code(elf),
            bytes_read=elf.source.bytes_read,
        )
