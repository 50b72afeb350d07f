"""What a suite says of itself: ``InRelease``, which names its indexes with their hashes, and is signed."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from msgspec import Struct

from samestack.errors import InputError
from samestack.image.debian.signatures import Signed

_FIELD: Final = re.compile(r"([A-Za-z0-9-]+):[ \t]*(.*)")
_ROW: Final = re.compile(r" ([0-9a-f]{64})[ \t]+([0-9]{1,12})[ \t]+([A-Za-z0-9._+/-]+)")
_ORIGIN: Final = "Debian"


class IndexFile(NamedTuple):
    """A file of a suite, by what it must be."""

    sha256: str
    size: int


class Release(Struct, frozen=True, kw_only=True):
    """A suite as its mirror has it."""

    suite: str
    """How it was asked for."""
    codename: str
    origin: str
    files: Mapping[str, IndexFile]
    """By path, relative to the suite: ``main/binary-amd64/Packages.xz``."""
    has_hashed_names: bool
    """Whether each file stands under its hash, too, where it stays when the mirror is updated."""
    valid_until: datetime | None = None
    signed: Signed

    @property
    def is_of_debian(self) -> bool:
        """Whether it is Debian's, and not of somebody who packages for Debian."""
        return self.origin == _ORIGIN


def read_release(signed: Signed, suite: str, *, where: str) -> Release:
    """Read a suite's text; :class:`InputError` where it is for another suite than was asked for."""
    lines = signed.text.splitlines()
    values = {found[1]: found[2].strip() for line in lines if (found := _FIELD.fullmatch(line))}
    # A mirror that gives another suite in its place would hold back updates for ever.
    if suite not in {values.get("Suite"), values.get("Codename")}:
        raise InputError(where, f"it is the suite {values.get('Codename', '?')} and not {suite}")
    return Release(
        suite=suite,
        codename=values.get("Codename", ""),
        origin=values.get("Origin", ""),
        files=dict(_files(lines)),
        has_hashed_names=values.get("Acquire-By-Hash", "").lower() == "yes",
        valid_until=_moment(values.get("Valid-Until", ""), where),
        signed=signed,
    )


def _files(lines: list[str]) -> Iterator[tuple[str, IndexFile]]:
    """The rows under ``SHA256:``; the section ends with the next field."""
    is_inside = False
    for line in lines:
        if not line.startswith(" "):
            is_inside = line.strip() == "SHA256:"
        elif is_inside and (found := _ROW.fullmatch(line)):
            yield found[3], IndexFile(found[1], int(found[2]))


def _moment(text: str, where: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        raise InputError(where, f"'{text}' is no date", place="Valid-Until") from None
