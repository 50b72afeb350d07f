"""A layer laid over those below it: its members, with what they say is to be removed."""

from collections.abc import Callable, Iterable
from typing import Final

from samestack.errors import InputError
from samestack.oci.layers.file_tree import FileTree
from samestack.oci.layers.merged_file import FileKind, MergedFile
from samestack.oci.layers.paths import (
    MAX_PATH_CHARACTERS,
    OPAQUE,
    WHITEOUT,
    is_metadata,
    parts_of,
    removed_name,
)
from samestack.oci.layers.tar_members import TarMember

_KINDS: Final = {
    "0": FileKind.FILE,
    "\0": FileKind.FILE,
    "2": FileKind.SYMLINK,
    "3": FileKind.CHARACTER_DEVICE,
    "4": FileKind.BLOCK_DEVICE,
    "5": FileKind.DIRECTORY,
    "6": FileKind.FIFO,
}
_HARD_LINK: Final = "1"
_SHOWN_CHARACTERS: Final = 200


def lay_over(tree: FileTree, members: Callable[[], Iterable[TarMember]], layer: int, *, where: str) -> None:
    """Lay the members of a layer over a tree; they are gone through twice.

    First the whiteouts, since they are of the layers below alone, wherever in the layer they stand.
    :class:`InputError` naming ``where`` and the member for a path that leads out, a link to nothing, or a
    whiteout of the directory that it stands in. Devices and pipes are kept as what they are.
    """
    for lay in (_remove, _put):
        for member in members():
            try:
                lay(tree, member, layer)
            except ValueError as error:
                place = repr(member.header.name[:_SHOWN_CHARACTERS])
                raise InputError(where, str(error), place=place) from None


def _remove(tree: FileTree, member: TarMember, layer: int) -> None:
    if WHITEOUT not in member.header.name:
        return
    parts = parts_of(member.header.name)
    if is_metadata(parts):
        return
    if parts[-1] == OPAQUE:
        tree.empty(parts[:-1], layer)
    elif parts[-1].startswith(WHITEOUT):
        tree.remove((*parts[:-1], removed_name(parts[-1])), layer)


def _put(tree: FileTree, member: TarMember, layer: int) -> None:
    parts = parts_of(member.header.name)
    if parts and (is_metadata(parts) or parts[-1].startswith(WHITEOUT)):
        return
    if member.header.type == _HARD_LINK:
        tree.link(parts, parts_of(member.header.target), layer)
    else:
        tree.put(parts, _file(member, layer))


def _file(member: TarMember, layer: int) -> MergedFile:
    header = member.header
    kind = FileKind.DIRECTORY if _is_old_directory(member) else _KINDS[header.type]
    is_link = kind is FileKind.SYMLINK
    if is_link and not 0 < len(header.target) <= MAX_PATH_CHARACTERS:
        raise ValueError("it is a link to nowhere, or longer than Linux allows")
    return MergedFile(
        kind=kind,
        mode=header.mode,
        user=header.user,
        group=header.group,
        size=member.size,
        target=header.target if is_link else "",
        layer=layer,
        offset=member.offset if kind is FileKind.FILE else -1,
    )


def _is_old_directory(member: TarMember) -> bool:
    """The oldest format has no type for directories."""
    return member.header.type == "\0" and member.header.name.endswith("/")
