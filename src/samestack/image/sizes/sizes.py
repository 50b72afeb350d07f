"""What an image weighs: layers, whose the files in them are, and what of them is of no use.

Sizes are bytes: ``moved`` as a registry moves a layer, compressed; ``unpacked`` the content of the files.
"""

from enum import StrEnum

from msgspec import Struct


class OwnerKind(StrEnum):
    """What says whose a file is."""

    PYTHON = "python"
    """The RECORD of an installed package."""
    CONDA = "conda"
    """The record of conda, in ``conda-meta``."""
    SYSTEM = "system"
    """The database of the operating system's package manager."""
    PLACE = "place"
    """Nobody: such files are told by the directory that they are in."""


class Owner(Struct, frozen=True, kw_only=True, order=True, omit_defaults=True, forbid_unknown_fields=True):
    """A package, or a directory whose files belong to none."""

    kind: OwnerKind
    name: str
    version: str = ""

    @property
    def label(self) -> str:
        """As a person would write it: ``numpy 1.26.4``, ``/app``."""
        return f"{self.name} {self.version}".rstrip()


class LayerSize(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layer, from the lowest on."""

    number: int
    """From 1."""
    digest: str
    kind: str
    """What samestack says of its own (``base``, ``wheel``, ...); empty where another tool made it."""
    title: str
    """The packages in it, or the command that made it."""
    moved: int
    unpacked: int = 0
    """Of every file in it, also of those that a layer above hides."""
    hidden: int = 0
    """Of those that a layer above hides."""
    files: int = 0


class Share(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one owner has in one layer, and can be seen in the image."""

    owner: Owner
    layer: int
    unpacked: int
    files: int


class OwnerSize(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one owner has in all layers together."""

    owner: Owner
    unpacked: int
    files: int
    layers: tuple[int, ...]


class Hidden(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that is moved with its layer and cannot be seen: one above replaces or removes it."""

    path: str
    unpacked: int
    layer: int
    by: int
    """The layer that hides it."""


class Duplicate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same content at several paths."""

    sha256: str
    unpacked: int
    """Of one of them."""
    paths: tuple[str, ...]

    @property
    def wasted(self) -> int:
        """What one of them alone would not take."""
        return self.unpacked * (len(self.paths) - 1)


class Waste(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files that a program hardly needs when it runs."""

    kind: str
    unpacked: int
    files: int
    example: str
    """The path of the largest."""
    remedy: str
    """How an image gets along without them."""


class Sizes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    shown: str
    """How a user would name the image."""
    platform: str
    layers: tuple[LayerSize, ...]
    shares: tuple[Share, ...]
    hidden: tuple[Hidden, ...] = ()
    """The largest first."""
    duplicates: tuple[Duplicate, ...] = ()
    """The most wasteful first."""
    waste: tuple[Waste, ...] = ()
    """The largest first."""

    @property
    def moved(self) -> int:
        """What a pull moves to a machine that has nothing of it."""
        return sum({one.digest: one.moved for one in self.layers}.values())

    @property
    def unpacked(self) -> int:
        """What can be seen of it."""
        return sum(one.unpacked for one in self.shares)

    @property
    def files(self) -> int:
        """How many files can be seen."""
        return sum(one.files for one in self.shares)

    @property
    def owners(self) -> tuple[OwnerSize, ...]:
        """Whose it is, the largest first."""
        owners = sorted({one.owner for one in self.shares})
        found = [_together(one, [share for share in self.shares if share.owner == one]) for one in owners]
        return tuple(sorted(found, key=lambda one: (-one.unpacked, one.owner)))


def _together(owner: Owner, shares: list[Share]) -> OwnerSize:
    return OwnerSize(
        owner=owner,
        unpacked=sum(one.unpacked for one in shares),
        files=sum(one.files for one in shares),
        layers=tuple(sorted({one.layer for one in shares})),
    )
