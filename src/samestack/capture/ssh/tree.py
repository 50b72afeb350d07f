"""The files of another machine as a tree: the probes of a capture read it as they read any root."""

import errno
import io
import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final

from samestack.capture.links import followed
from samestack.capture.ssh.packets import Attributes, Named
from samestack.capture.ssh.reading_ahead import MAX_AHEAD_BYTES, files_ahead, is_listed_ahead
from samestack.capture.ssh.remote_file import BUFFER_BYTES, RemoteFile
from samestack.capture.ssh.transfer import Transfer
from samestack.capture.tree import MAX_TEXT_BYTES, Entry
from samestack.errors import InputError

_NOTHING: Final = Attributes()
_MANY_NAMES: Final = 4


class RemoteTree:
    """A :class:`~samestack.capture.tree.Tree` over the files of a machine, or of a root in a directory there.

    In a root no link leads out. What is asked of a path is remembered: the tree is one look at the machine.
    """

    def __init__(self, transfer: Transfer, host: str, root: str = "") -> None:
        self._transfer = transfer
        self._host = host
        self._root = root
        self._attributes: dict[str, Attributes] = {}
        """By path there, links followed."""
        self._listings: dict[str, Mapping[str, Named] | None] = {}
        """What is in each directory, by name; ``None`` for one that is missing or may not be read."""
        self._asked_in: Counter[str] = Counter()
        """How many names were asked for in each directory that is not listed."""
        self._contents: dict[str, bytes] = {}
        self._resolved: dict[str, str] = {}
        self._targets: dict[str, str | None] = {}

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        """See :class:`~samestack.capture.tree.Tree`."""
        there = self._there(path)
        data = self._contents.pop(there, None)
        if data is None:
            size = self._regular(there).size
            data = self._transfer.contents({there: size}, limit).get(there)
        if data is None:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), self.shown(path))
        if len(data) > limit:
            raise InputError(self.shown(path), f"larger than the {limit} bytes that such a file may have")
        return data

    def open(self, path: str) -> BinaryIO:
        """See :class:`~samestack.capture.tree.Tree`."""
        there = self._there(path)
        size = self._regular(there).size
        handle = self._transfer.opened(there)
        return io.BufferedReader(RemoteFile(self._transfer, handle, size), BUFFER_BYTES)

    def entries(self, path: str) -> list[Entry]:
        """See :class:`~samestack.capture.tree.Tree`."""
        try:
            there = self._there(path)
        except OSError:  # a link that leads round in a circle is no directory
            return []
        if there not in self._listings:
            self._list([there])
            self._read_ahead(there)
        prefix = path.rstrip("/")
        found = [one for _, one in sorted((self._listings[there] or {}).items())]
        self._look_at(f"{prefix}/{one.name}" for one in found if one.attributes.is_link)
        return [self._entry(one, f"{prefix}/{one.name}") for one in found]

    def is_file(self, path: str) -> bool:
        """See :class:`~samestack.capture.tree.Tree`."""
        return self._looked_at(path).is_file

    def is_directory(self, path: str) -> bool:
        """See :class:`~samestack.capture.tree.Tree`."""
        return self._looked_at(path).is_directory

    def resolve(self, path: str) -> str:
        """See :class:`~samestack.capture.tree.Tree`."""
        if self._root:
            return self._followed(path)
        if path not in self._resolved:
            self._resolved[path] = self._transfer.resolved(path) or posixpath.normpath(path)
        return self._resolved[path]

    def shown(self, path: str) -> str:
        """See :class:`~samestack.capture.tree.Tree`; what is elsewhere has the machine's name before it."""
        return f"{self._host}:{self._root}{posixpath.normpath('/' + path.lstrip('/'))}"

    def _entry(self, one: Named, path: str) -> Entry:
        what = self._looked_at(path) if one.attributes.is_link else one.attributes
        return Entry(one.name, path, what.is_directory, what.is_file, one.attributes.is_link)

    def _looked_at(self, path: str) -> Attributes:
        (found,) = self._look_at([path])
        return found

    def _look_at(self, paths: Iterable[str]) -> list[Attributes]:
        """What is said of each path, links followed; a link that leads round in a circle is nothing."""
        there: list[str] = []
        for path in paths:
            try:
                there.append(self._there(path))
            except OSError:
                there.append("")
        self._learn(filter(None, there))
        return [self._attributes.get(one, _NOTHING) for one in there]

    def _regular(self, there: str) -> Attributes:
        # Not opened to see: a pipe would make the machine wait for its writer.
        self._learn([there])
        attributes = self._attributes[there]
        if attributes.is_file:
            return attributes
        problem = os.strerror(errno.ENOENT) if attributes == _NOTHING else "not a regular file"
        raise FileNotFoundError(errno.ENOENT, problem, f"{self._host}:{there}")

    def _there(self, path: str) -> str:
        """The path on the machine. Outside of a root the machine follows the links itself."""
        return self._root + self._followed(path) if self._root else path

    def _followed(self, path: str) -> str:
        return followed(path, lambda inside: self._target(self._root + inside), shown=self.shown(path))

    def _target(self, there: str) -> str | None:
        directory, name = posixpath.split(there)
        listing = self._listings.get(directory)
        if listing is not None and not (name in listing and listing[name].attributes.is_link):
            return None
        if there not in self._targets:
            self._targets[there] = self._transfer.target(there)
        return self._targets[there]

    def _learn(self, paths: Iterable[str]) -> None:
        unknown = [path for path in dict.fromkeys(paths) if path not in self._attributes]
        self._list_where_much_is_asked(unknown)
        asked = [path for path in unknown if not self._is_known_missing(path)]
        found = self._transfer.attributes(asked) if asked else {}
        self._attributes |= {path: found.get(path, _NOTHING) for path in unknown}

    def _list_where_much_is_asked(self, paths: list[str]) -> None:
        """One listing tells of every name that is not there, too."""
        directories = [posixpath.dirname(path) for path in paths]
        self._asked_in.update(one for one in directories if one not in self._listings)
        self._list([one for one in set(directories) if self._asked_in[one] >= _MANY_NAMES])
        for one in directories:
            if one in self._listings:
                del self._asked_in[one]

    def _is_known_missing(self, there: str) -> bool:
        directory, name = posixpath.split(there)
        listing = self._listings.get(directory)
        return listing is not None and name not in listing and name not in {"", ".", ".."}

    def _list(self, directories: list[str]) -> None:
        found = self._transfer.listings(directories)
        for directory in directories:
            listing = found.get(directory)
            self._listings[directory] = None if listing is None else {one.name: one for one in listing}
            for one in listing or ():
                if not one.attributes.is_link:
                    self._attributes[f"{directory.rstrip('/')}/{one.name}"] = one.attributes

    def _read_ahead(self, directory: str) -> None:
        """Get what is certainly asked for next, all at once."""
        prefix = directory.rstrip("/")
        inner = [
            f"{prefix}/{one.name}"
            for one in (self._listings[directory] or {}).values()
            if one.attributes.is_directory and is_listed_ahead(one.name)
        ]
        self._list([path for path in inner if path not in self._listings])
        sizes = {
            f"{where.rstrip('/')}/{one.name}": one.attributes.size
            for where in (directory, *inner)
            for one in files_ahead(where, (self._listings[where] or {}).values())
        }
        self._contents |= self._transfer.contents(sizes, MAX_AHEAD_BYTES)
