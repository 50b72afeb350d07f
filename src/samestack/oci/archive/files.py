"""The files of a tar archive, read where they stand in it."""

import posixpath
from typing import BinaryIO, Final

from samestack.errors import InputError
from samestack.oci.layers.paths import parts_of
from samestack.oci.layers.tar_members import TarMember, members
from samestack.oci.random_access import RandomAccessFile

_MAX_MEMBERS: Final = 20_000
_MAX_LINKS: Final = 10
_HARD_LINK: Final = "1"
_SYMLINK: Final = "2"


class ArchiveFiles:
    """They are :class:`~samestack.oci.layout.files.LayoutFiles`; links lead to other members, never out."""

    def __init__(self, file: RandomAccessFile, shown: str) -> None:
        self._file = file
        self._shown = shown
        self._members: dict[str, TarMember] = {}
        for member in members(file, 0, file.size, where=shown):
            self._members[_name(member.header.name, shown)] = member
            if len(self._members) > _MAX_MEMBERS:
                raise InputError(shown, f"an archive of an image has no {_MAX_MEMBERS} files")

    def open(self, name: str) -> BinaryIO:
        """See :class:`~samestack.oci.layout.files.LayoutFiles`."""
        member = self._existing(name)
        return self._file.part(member.offset, member.size)

    def has(self, name: str) -> bool:
        """See :class:`~samestack.oci.layout.files.LayoutFiles`."""
        return self._found(name) is not None

    def size_of(self, name: str) -> int:
        """Bytes of a file."""
        return self._existing(name).size

    def digest_of(self, name: str) -> str:
        """The digest of a file."""
        member = self._existing(name)
        return self._file.digest(member.offset, member.size)

    def shown(self) -> str:
        """See :class:`~samestack.oci.layout.files.LayoutFiles`."""
        return self._shown

    def _existing(self, name: str) -> TarMember:
        member = self._found(name)
        if member is None:
            raise InputError(self._shown, "it is missing", place=name)
        return member

    def _found(self, name: str) -> TarMember | None:
        """The regular file of a name; old Dockers save a layer that comes twice as a link to the first."""
        for _ in range(_MAX_LINKS):
            name = posixpath.normpath(name)
            member = self._members.get(name)
            if member is None or member.header.type not in (_HARD_LINK, _SYMLINK):
                return member if member and member.header.type in ("0", "\0") else None
            is_symlink = member.header.type == _SYMLINK
            target = member.header.target
            name = posixpath.join(posixpath.dirname(name), target) if is_symlink else target
        return None


def _name(name: str, shown: str) -> str:
    try:
        return "/".join(parts_of(name))
    except ValueError as error:
        raise InputError(shown, str(error)) from None
