"""The files of an image as a tree: the probes of a capture read it as they read any root."""

import posixpath
from functools import cached_property
from typing import BinaryIO

from samestack.capture.links import followed
from samestack.capture.tree import MAX_TEXT_BYTES, Entry
from samestack.errors import InputError
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind, MergedFile


class ImageTree:
    """A :class:`~samestack.capture.tree.Tree` over an image's layers, laid over each other."""

    def __init__(self, merged: MergedFiles) -> None:
        self._merged = merged

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        """See :class:`~samestack.capture.tree.Tree`."""
        with self.open(path) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise InputError(self.shown(path), f"larger than the {limit} bytes that such a file may have")
        return data

    def open(self, path: str) -> BinaryIO:
        """See :class:`~samestack.capture.tree.Tree`."""
        return self._merged.open(self.resolve(path).lstrip("/"))

    def entries(self, path: str) -> list[Entry]:
        """See :class:`~samestack.capture.tree.Tree`."""
        try:
            inside = self.resolve(path)
        except OSError:  # a link that leads round in a circle is no directory
            return []
        prefix = path.rstrip("/")
        names = self._names.get(inside.lstrip("/"), ())
        return [self._entry(name, f"{prefix}/{name}") for name in sorted(names)]

    def is_file(self, path: str) -> bool:
        """See :class:`~samestack.capture.tree.Tree`."""
        return self._kind(path) is FileKind.FILE

    def is_directory(self, path: str) -> bool:
        """See :class:`~samestack.capture.tree.Tree`."""
        return self._kind(path) is FileKind.DIRECTORY

    def resolve(self, path: str) -> str:
        """See :class:`~samestack.capture.tree.Tree`."""
        return followed(path, self._target, shown=self.shown(path))

    def shown(self, path: str) -> str:
        """See :class:`~samestack.capture.tree.Tree`; what is in an image has the path that it has there."""
        return posixpath.normpath("/" + path.lstrip("/"))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """What is in each directory."""
        found: dict[str, list[str]] = {}
        for path in self._merged.files:
            directory, _, name = path.rpartition("/")
            found.setdefault(directory, []).append(name)
        return found

    def _entry(self, name: str, path: str) -> Entry:
        kind = self._kind(path)
        file = self._file(posixpath.join(self.resolve(posixpath.dirname(path)), name))
        is_link = file is not None and file.kind is FileKind.SYMLINK
        return Entry(name, path, kind is FileKind.DIRECTORY, kind is FileKind.FILE, is_link)

    def _kind(self, path: str) -> FileKind | None:
        try:
            inside = self.resolve(path)
        except OSError:
            return None
        file = self._file(inside)
        return FileKind.DIRECTORY if inside == "/" else file.kind if file else None

    def _file(self, inside: str) -> MergedFile | None:
        return self._merged.files.get(inside.lstrip("/"))

    def _target(self, inside: str) -> str | None:
        file = self._file(inside)
        return file.target if file is not None and file.kind is FileKind.SYMLINK else None
