"""A layout as one tar file, which is also what ``docker load`` reads; equal images are equal bytes."""

import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec

from samestack.oci.archive.docker import MANIFEST_FILE, DockerEntry
from samestack.oci.documents import MAX_DOCUMENT_BYTES, Descriptor, Index, read_document
from samestack.oci.images import images_of
from samestack.oci.layout.files import INDEX_FILE, LAYOUT_FILE, DirectoryFiles, blob_file, read
from samestack.oci.layout.names import is_image, names_of, tag_of
from samestack.oci.layout.source import LayoutSource

_DIRECTORIES: Final = ("blobs", "blobs/sha256")


def pack(directory: Path, archive: Path) -> None:
    """Write the archive of a layout. What is to be known first comes first, then the blobs by their names."""
    with archive.open("xb") as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in (LAYOUT_FILE, INDEX_FILE):
            _add(tar, name, directory)
        manifest = msgspec.json.encode(tuple(_docker_entries(directory)))
        tar.addfile(_member(MANIFEST_FILE, len(manifest)), BytesIO(manifest))
        for name in _DIRECTORIES:
            tar.addfile(_directory(name))
        for blob in sorted((directory / _DIRECTORIES[-1]).iterdir()):
            _add(tar, f"{_DIRECTORIES[-1]}/{blob.name}", directory)


def _add(tar: tarfile.TarFile, name: str, directory: Path) -> None:
    with (directory / name).open("rb") as file:
        tar.addfile(_member(name, (directory / name).stat().st_size), file)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    return member


def _directory(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.mode = tarfile.DIRTYPE, 0o755
    return member


def _docker_entries(directory: Path) -> Iterator[DockerEntry]:
    """Docker knows no platforms here: the first of an index has the name, and the others have none."""
    files = DirectoryFiles(directory)
    index = read_document(read(files, INDEX_FILE, MAX_DOCUMENT_BYTES), Index, where=str(directory))
    for entry in filter(is_image, index.manifests):
        names = _docker_names(entry)
        for image in images_of(LayoutSource(files), entry.digest):
            config, layers = image.manifest.config, image.manifest.layers
            yield DockerEntry(
                config=blob_file(config.digest),
                repo_tags=names,
                layers=tuple(blob_file(layer.digest) for layer in layers),
            )
            names = None


def _docker_names(entry: Descriptor) -> tuple[str, ...] | None:
    """Docker has no name that is a tag alone."""
    return tuple(name for name in names_of(entry) if tag_of(name) != name) or None
