"""Images that stand in an archive, to be read."""

from pathlib import Path
from typing import Final

from samestack.errors import InputError
from samestack.oci.archive.docker import MANIFEST_FILE, docker_source
from samestack.oci.archive.files import ArchiveFiles
from samestack.oci.layers.decompression import uncompressed
from samestack.oci.layers.spool import FREE_BYTES, MAX_RATIO
from samestack.oci.layout.files import INDEX_FILE, LAYOUT_FILE
from samestack.oci.layout.source import LayoutSource
from samestack.oci.places import Source
from samestack.oci.random_access import RandomAccessFile

_COMPRESSED: Final = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
"""How gzip and zstd begin."""


def archive_source(path: Path) -> Source:
    """The images of an archive: an OCI layout in a tar file, or what Docker and podman save.

    It may be compressed as a whole. :class:`InputError` for anything else.
    """
    return opened_archive(RandomAccessFile.of(path), str(path))


def opened_archive(file: RandomAccessFile, shown: str) -> Source:
    """The images of an archive that is open; ``shown`` is what the user calls it."""
    files = ArchiveFiles(_plain(file, shown), shown)
    if files.has(INDEX_FILE) and files.has(LAYOUT_FILE):
        return LayoutSource(files)
    if files.has(MANIFEST_FILE):
        return docker_source(files)
    raise InputError(
        shown, f"it is no archive of an image: neither {INDEX_FILE} nor {MANIFEST_FILE} is in it"
    )


def _plain(file: RandomAccessFile, shown: str) -> RandomAccessFile:
    """The archive itself; one that is compressed is uncompressed into a temporary file."""
    if not file.read_at(0, 4).startswith(_COMPRESSED):
        return file
    plain, left = RandomAccessFile.temporary(), FREE_BYTES + MAX_RATIO * file.size
    for piece in uncompressed(file.part(0, file.size), where=shown):
        left -= len(piece)
        if left < 0:
            raise InputError(shown, "it grows beyond all measure when it is uncompressed")
        plain.append(piece)
    return plain
