"""The files of all packages together, as rules see them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.image.debian.archives.unpacking import Unpacked
from samestack.image.layers.contents import BytesContent
from samestack.image.layers.entry import EntryKind, LayerEntry

_MOST_BYTES: Final = 64 << 20


class Root(Struct, frozen=True, kw_only=True):
    """Everything that is unpacked, by its path in the base."""

    files: Mapping[str, LayerEntry]
    packages: Mapping[str, Unpacked]

    def has(self, path: str) -> bool:
        """Whether a package brings something there."""
        return path in self.files

    def read(self, path: str) -> bytes:
        """The content of a file; :class:`InputError` where there is none, as when a package has changed."""
        entry = self.files.get(path)
        if entry is None or entry.content is None or entry.content.size > _MOST_BYTES:
            hint = "this release of Debian is not known well enough: leave the package out, and tell us"
            raise InputError(f"/{path}", "no package has this file, by which the base is set up", hint=hint)
        with entry.content.open() as content:
            return content.read()

    def below(self, directory: str) -> Iterator[LayerEntry]:
        """Everything in a directory and below it, by path."""
        start = f"{directory}/"
        yield from (self.files[path] for path in sorted(self.files) if path.startswith(start))


def united(packages: Iterable[tuple[Unpacked, Iterable[LayerEntry]]]) -> Root:
    """All packages with their placed entries; :class:`InputError` where two bring different things."""
    files: dict[str, LayerEntry] = {}
    owners: dict[str, str] = {}
    by_name: dict[str, Unpacked] = {}
    for unpacked, entries in packages:
        by_name[unpacked.package.name] = unpacked
        for entry in entries:
            other = files.setdefault(entry.path, entry)
            owner = owners.setdefault(entry.path, unpacked.package.name)
            if other is not entry and not other.kind is entry.kind is EntryKind.DIRECTORY:
                raise InputError(f"/{entry.path}", f"{owner} and {unpacked.package.name} both bring it")
    _check_links(files, owners)
    return Root(files=files, packages=by_name)


def text_file(path: str, content: str | bytes, mode: int = 0o644) -> LayerEntry:
    """A file that a rule makes."""
    data = content.encode() if isinstance(content, str) else content
    return LayerEntry(path=path, mode=mode, content=BytesContent(data))


def link(path: str, target: str) -> LayerEntry:
    """A symbolic link that a rule makes."""
    return LayerEntry(path=path, kind=EntryKind.SYMLINK, mode=0o777, target=target)


def folder(path: str, mode: int = 0o755, group: int = 0) -> LayerEntry:
    """A directory that a rule makes."""
    return LayerEntry(path=path, kind=EntryKind.DIRECTORY, mode=mode, group=group)


def _check_links(files: Mapping[str, LayerEntry], owners: Mapping[str, str]) -> None:
    """A file below another package's link would land elsewhere in dpkg's hands than in a layer."""
    links = {path for path, entry in files.items() if entry.kind is not EntryKind.DIRECTORY}
    for path in files:
        parent = path.rpartition("/")[0]
        while parent:
            if parent in links:
                message = f"{owners[path]} brings it below what {owners[parent]} has as no directory"
                raise InputError(f"/{path}", message)
            parent = parent.rpartition("/")[0]
