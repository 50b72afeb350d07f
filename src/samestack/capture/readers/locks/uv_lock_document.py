"""The shape of ``uv.lock``, as far as it says what is installed where."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct, field


class UvSource(Struct, frozen=True):
    """Where a package comes from: exactly one of these, but for the subdirectory."""

    registry: str | None = None
    git: str | None = None
    url: str | None = None
    subdirectory: str | None = None
    path: str | None = None
    directory: str | None = None
    editable: str | None = None
    virtual: str | None = None
    """A project that is not installed itself, but of which the dependencies are."""


class UvEdge(Struct, frozen=True):
    """A dependency; version and source only where several packages of the lock have the name."""

    name: str
    version: str | None = None
    source: UvSource | None = None
    extra: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    """The same, in the manifest of a script."""
    marker: str | None = None


UvEdges = tuple[UvEdge, ...]


class UvFile(Struct, frozen=True):
    """A wheel or a source distribution."""

    hash: str | None = None


class UvPackage(Struct, frozen=True):
    """One version of one package; ``version`` is missing where a project computes its own."""

    name: str
    source: UvSource
    version: str | None = None
    resolution_markers: tuple[str, ...] = field(name="resolution-markers", default=())
    dependencies: UvEdges = ()
    optional_dependencies: Mapping[str, UvEdges] = field(name="optional-dependencies", default_factory=dict)
    dev_dependencies: Mapping[str, UvEdges] = field(name="dev-dependencies", default_factory=dict)
    sdist: UvFile | None = None
    wheels: tuple[UvFile, ...] = ()


class UvManifest(Struct, frozen=True):
    """What was locked: the members of a workspace, or the requirements of a script."""

    members: tuple[str, ...] = ()
    requirements: UvEdges = ()
    dependency_groups: Mapping[str, UvEdges] = field(name="dependency-groups", default_factory=dict)


class UvLock(Struct, frozen=True):
    """The document."""

    version: Annotated[int, Meta(ge=0, le=1_000_000)]
    requires_python: str | None = field(name="requires-python", default=None)
    supported_markers: tuple[str, ...] = field(name="supported-markers", default=())
    conflicts: tuple[Any, ...] = ()
    """Groups and extras that exclude each other; only whether there are any is looked at."""
    manifest: UvManifest = UvManifest()
    package: tuple[UvPackage, ...] = ()
