"""The shape of ``poetry.lock``, from Poetry 1.0 to 2.x, as far as it says what is installed where."""

from collections.abc import Mapping

from msgspec import Struct, field


class PoetrySource(Struct, frozen=True):
    """Where a package comes from, if not from the default index."""

    type: str
    url: str
    reference: str | None = None
    resolved_reference: str | None = None
    subdirectory: str | None = None


class PoetryFile(Struct, frozen=True):
    """A wheel or a source distribution."""

    hash: str


class PoetryEdge(Struct, frozen=True):
    """What a package needs, where a version alone does not say it."""

    version: str = "*"
    extras: tuple[str, ...] = ()
    markers: str | None = None
    optional: bool = False


class LockedByPoetry(Struct, frozen=True):
    """One version of one package."""

    name: str
    version: str
    optional: bool = False
    category: str | None = None
    """``main`` or ``dev``: Poetry up to 1.4."""
    groups: tuple[str, ...] = ()
    """Poetry from 2.0 on."""
    markers: str | Mapping[str, str] | None = None
    """Poetry from 2.0 on: for all groups, or by group."""
    develop: bool = False
    source: PoetrySource | None = None
    files: tuple[PoetryFile, ...] = ()
    dependencies: Mapping[str, str | PoetryEdge | tuple[str | PoetryEdge, ...]] = field(default_factory=dict)
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class PoetryMetadata(Struct, frozen=True):
    """``[metadata]``."""

    lock_version: str = field(name="lock-version", default="1.0")
    python_versions: str | None = field(name="python-versions", default=None)
    files: Mapping[str, tuple[PoetryFile, ...]] = field(default_factory=dict)
    """By package: Poetry up to 1.2."""


class PoetryLock(Struct, frozen=True):
    """The document."""

    metadata: PoetryMetadata
    package: tuple[LockedByPoetry, ...] = ()
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
