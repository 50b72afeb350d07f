"""What has to be moved so that one image becomes another: whole layers, since nothing smaller is moved."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from samestack.image.sizes.sizes import LayerSize


class PackageChange(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A package of another version, or one that comes or goes."""

    name: str
    before: str = ""
    after: str = ""


class MovedLayer(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A layer that is not there yet."""

    title: str
    moved: int
    """Bytes, compressed."""
    why: str = ""
    """What changes in it, or that it lies above something that changes."""


class Movement(Struct, frozen=True, kw_only=True):
    """What a change moves."""

    against: str
    """How a user would name the other image, or the lock."""
    is_exact: bool
    """Whether both manifests tell it; else it follows from the sizes of wheels and of layers now."""
    moved: tuple[MovedLayer, ...]
    """From the lowest on."""
    kept: int
    """Bytes of the layers that stay where they are, compressed."""
    changes: tuple[PackageChange, ...] = ()
    """By name."""

    @property
    def bytes(self) -> int:
        """What is moved, compressed."""
        return sum(one.moved for one in self.moved)


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[PackageChange, ...]:
    """What becomes of packages, told by name and version."""
    return tuple(
        PackageChange(name=name, before=before.get(name, ""), after=after.get(name, ""))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def between_layers(
    before: Iterable[LayerSize],
    after: Iterable[LayerSize],
    against: str,
    changes: tuple[PackageChange, ...] = (),
) -> Movement:
    """What a pull of ``after`` moves to a machine that has ``before``."""
    there = {one.digest for one in before}
    distinct = {one.digest: one for one in after}.values()
    return Movement(
        against=against,
        is_exact=True,
        moved=tuple(
            MovedLayer(title=one.title, moved=one.moved) for one in distinct if one.digest not in there
        ),
        kept=sum(one.moved for one in distinct if one.digest in there),
        changes=changes,
    )
