"""Roots of a few files, as rules see them."""

from collections.abc import Mapping

from samestack.image.debian.archives.unpacking import Unpacked
from samestack.image.debian.locked import LockedPackage
from samestack.image.debian.settled.root import Root
from samestack.image.layers.contents import BytesContent
from samestack.image.layers.entry import EntryKind, LayerEntry


def package(name: str, **scripts: str) -> Unpacked:
    locked = LockedPackage(
        name=name, version="1.0", architecture="amd64", file="a.deb", size=0, sha256="0" * 64
    )
    return Unpacked(package=locked, control={k: v.encode() for k, v in scripts.items()}, entries=())


def root(files: Mapping[str, bytes], links: Mapping[str, str] | None = None, *packages: Unpacked) -> Root:
    entries = [LayerEntry(path=path, content=BytesContent(data)) for path, data in files.items()]
    for path, target in (links or {}).items():
        entries.append(LayerEntry(path=path, kind=EntryKind.SYMLINK, target=target))
    return Root(
        files={one.path: one for one in entries}, packages={one.package.name: one for one in packages}
    )
