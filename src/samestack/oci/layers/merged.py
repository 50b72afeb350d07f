"""An image as the files that a container of it would find; nothing is unpacked, and nothing is run."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO

from samestack.oci.layers.file_tree import FileTree
from samestack.oci.layers.merged_file import FileKind, HiddenFile, MergedFile
from samestack.oci.layers.merging import lay_over
from samestack.oci.layers.spool import Spool
from samestack.oci.layers.tar_members import members
from samestack.oci.places import Image
from samestack.oci.random_access import RandomAccessFile
from samestack.progress import SILENT, Reporter


class MergedFiles:
    """The files of an image, all layers laid over each other."""

    def __init__(
        self, files: Mapping[str, MergedFile], content: RandomAccessFile, hidden: tuple[HiddenFile, ...] = ()
    ) -> None:
        self.files = files
        """By path, relative to the root (``usr/bin/python3``), sorted."""
        self.hidden = hidden
        """What layers hold and no container sees."""
        self._content = content
        self._digests: dict[int, str] = {}

    def open(self, path: str) -> BinaryIO:
        """The content of a regular file, for reading and seeking; a link is not followed.

        ``FileNotFoundError`` for what is missing or anything else.
        """
        file = self._regular(path)
        return self._content.part(file.offset, file.size)

    def digest_of(self, path: str) -> str:
        """The digest (``sha256:``) of a regular file's content; what was asked for before is remembered."""
        file = self._regular(path)
        if file.offset not in self._digests:
            self._digests[file.offset] = self._content.digest(file.offset, file.size)
        return self._digests[file.offset]

    def _regular(self, path: str) -> MergedFile:
        file = self.files.get(path)
        if file is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if file.kind is not FileKind.FILE:
            raise FileNotFoundError(errno.ENOENT, "not a regular file", path)
        return file


@contextmanager
def merged(image: Image, reporter: Reporter = SILENT) -> Iterator[MergedFiles]:
    """The files of an image, for as long as the context lasts.

    Every layer is read once and checked against its digests; :class:`~samestack.errors.InputError` for a
    layer that is malformed or hostile. The uncompressed layers stand in a temporary file meanwhile.
    """
    spool, tree = Spool(), FileTree()
    reporter.started(f"read layers of {image.shown}", len(image.manifest.layers))
    for number, (layer, diff_id) in enumerate(
        zip(image.manifest.layers, image.config.rootfs.diff_ids, strict=True)
    ):
        where = f"{image.shown}: layer {number + 1}"
        with image.source.blob(layer) as stream:
            span = spool.add(stream, size=layer.size, diff_id=diff_id, where=where)
        lay_over(tree, partial(members, spool.file, *span, where=where), number, where=where)
        reporter.advanced(f"layer {number + 1}: {layer.size / 1e6:.1f} MB")
    reporter.finished()
    yield MergedFiles(tree.files(), spool.file, tuple(tree.hidden))
