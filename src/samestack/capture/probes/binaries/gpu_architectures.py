"""Which GPU architectures a library holds code for, read from the headers of CUDA's fat binaries.

A fat binary is a container of images, each with a header that says what it is and how long: the reader goes
from header to header and reads no image. The layout is not published; this is what nvcc 11 to 13 write, and
what the wheels of torch, cupy, cuDNN, cuBLAS, cuSPARSE and NCCL hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from struct import Struct as Layout
from typing import Final

from msgspec import Struct

from samestack.capture.elf import Elf, Section

MAX_HEADERS: Final = 200_000
"""The most headers that are read in a section. cuDNN 9.1's largest library has 6,600."""

_SECTIONS = (".nv_fatbin", "__nv_relfatbin")
_CONTAINER = Layout("<IHHQ")  # magic, version, size of this header, size of all images
_MAGIC = 0xBA55ED50
_IMAGE = Layout("<HHIQIIHHIIIQ")  # kind, version, size of this header, size of the image, ..., flags
_PTX, _MACHINE_CODE = 1, 2
_KINDS = {_PTX: "compute", _MACHINE_CODE: "sm"}
_ARCHITECTURE_SPECIFIC, _FAMILY_SPECIFIC = 0x100000, 0x200000
_MAX_ARCHITECTURE = 999
_RARE = 20


class DeviceCode(Struct, frozen=True):
    """The GPU code of one file: how many bytes, and how many images for each architecture."""

    size: int
    images: Mapping[str, int]


def device_code(elf: Elf) -> DeviceCode | None:
    """The GPU code in a file; None when it has none."""
    sections = [section for name in _SECTIONS if (section := elf.section(name)) and section.size]
    if not sections:
        return None
    images = Counter(
        f"{_KINDS[kind]}_{architecture}{_suffix(flags)}"
        for section in sections
        for kind, architecture, flags in _images(elf, section)
        if kind in _KINDS
    )
    return DeviceCode(sum(section.size for section in sections), images)


def gpu_architectures(codes: Iterable[DeviceCode]) -> tuple[str, ...]:
    """What a distribution runs on: ``sm_80`` is machine code, ``compute_80`` PTX for that and later ones.

    The file with the most GPU code speaks for the distribution (a small library bundled with it may know
    more architectures, and would not make it run on them). For the same reason an architecture counts when
    it has at least a twentieth of the images that the commonest one has.
    """
    images = max(codes, key=lambda code: code.size).images
    most = max(images.values(), default=0)
    return tuple(sorted((name for name, count in images.items() if count * _RARE >= most), key=_order))


def _order(name: str) -> tuple[bool, int, str]:
    kind, _, number = name.partition("_")
    return (kind != "sm", int(number.rstrip("af")), name)


def _images(elf: Elf, section: Section) -> Iterator[tuple[int, int, int]]:
    """Kind, architecture and flags of every image, container after container."""
    position = container_end = section.offset
    end = section.offset + section.size
    for _ in range(MAX_HEADERS):
        if position + _CONTAINER.size > end:
            return
        if position == container_end:
            position, container_end = _entered(elf, position, end)
            continue
        fields = _IMAGE.unpack(elf.source.read(position, _IMAGE.size))
        kind, header_size, size, architecture, flags = fields[0], fields[2], fields[3], fields[8], fields[11]
        if header_size < _IMAGE.size or position + header_size + size > container_end:
            raise elf.source.malformed("an image of a fat binary is longer than its container", position)
        if architecture > _MAX_ARCHITECTURE:
            raise elf.source.malformed(f"there is no GPU architecture {architecture}", position)
        yield kind, architecture, flags
        position += header_size + size
    raise elf.source.malformed(f"more than {MAX_HEADERS} headers of GPU code", position)


def _entered(elf: Elf, position: int, end: int) -> tuple[int, int]:
    """Where the images of the container begin that stands at a position, and where they end."""
    magic, _, header_size, size = _CONTAINER.unpack(elf.source.read(position, _CONTAINER.size))
    first = position + header_size
    if magic == 0:  # the linker's padding
        return position + 8, position + 8
    if magic != _MAGIC or header_size < _CONTAINER.size or first + size > end:
        raise elf.source.malformed("not a fat binary of a known layout", position)
    return first, first + size


def _suffix(flags: int) -> str:
    """``sm_90a`` runs on that architecture alone, ``sm_100f`` on its family alone."""
    if flags & _ARCHITECTURE_SPECIFIC:
        return "a"
    return "f" if flags & _FAMILY_SPECIFIC else ""
