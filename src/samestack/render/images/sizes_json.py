"""What an image weighs, for programs, schema ``samestack/image-sizes/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.image.sizes.movement import MovedLayer, Movement, PackageChange
from samestack.image.sizes.sizes import Duplicate, Hidden, LayerSize, OwnerSize, Share, Sizes, Waste

SIZES_SCHEMA: Final = "samestack/image-sizes/1"
"""The schema that is written."""


class MovementDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a change to another image or lock moves."""

    against: str
    is_exact: bool
    """Whether manifests tell it; else it follows from the sizes of wheels and of layers now."""
    bytes: int
    """What is moved, compressed."""
    kept: int
    """What stays where it is, compressed."""
    moved: tuple[MovedLayer, ...]
    changes: tuple[PackageChange, ...]


class SizesDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An image by layer and by package. All sizes are bytes."""

    schema: Literal["samestack/image-sizes/1"]
    image: str
    platform: str
    moved: int
    """What a pull moves to a machine that has nothing of it."""
    unpacked: int
    """What can be seen of it."""
    files: int
    layers: tuple[LayerSize, ...]
    """From the lowest on."""
    packages: tuple[OwnerSize, ...]
    """Whose the files are, the largest first."""
    shares: tuple[Share, ...]
    """What each package has in each layer."""
    waste: tuple[Waste, ...]
    duplicates: tuple[Duplicate, ...]
    hidden: tuple[Hidden, ...]
    movement: MovementDocument | None = None


def encode_sizes(sizes: Sizes, movement: Movement | None = None) -> bytes:
    """All of it as indented JSON, ending with a line break."""
    document = SizesDocument(
        schema=SIZES_SCHEMA,
        image=sizes.shown,
        platform=sizes.platform,
        moved=sizes.moved,
        unpacked=sizes.unpacked,
        files=sizes.files,
        layers=sizes.layers,
        packages=sizes.owners,
        shares=sizes.shares,
        waste=sizes.waste,
        duplicates=sizes.duplicates,
        hidden=sizes.hidden,
        movement=None if movement is None else _movement(movement),
    )
    return encode(document)


def _movement(movement: Movement) -> MovementDocument:
    return MovementDocument(
        against=movement.against,
        is_exact=movement.is_exact,
        bytes=movement.bytes,
        kept=movement.kept,
        moved=movement.moved,
        changes=movement.changes,
    )
