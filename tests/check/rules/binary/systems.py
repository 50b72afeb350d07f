"""Systems with the libraries that their loaders find, for the tests of rules about compiled files."""

from samestack.model import Component, Ecosystem, Layer, Snapshot, Value
from tests.check.subjects import generic, snapshot

USUAL = ("libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1")


def c_library(name: str, version: str, *libraries: str, glibcxx: str = "") -> Component:
    """A C library whose loader finds some libraries."""
    circumstances: dict[str, Value] = {"libraries": tuple(sorted(libraries))} if libraries else {}
    return Component(
        layer=Layer.OS,
        ecosystem=Ecosystem.GENERIC,
        name=name,
        version=version,
        circumstances={**circumstances, "glibcxx": glibcxx} if glibcxx else circumstances,
    )


def distribution(name: str, version: str | None, *like: str) -> Component:
    """An operating system by its os-release file."""
    return generic(Layer.OS, name, version, "", like=like) if like else generic(Layer.OS, name, version)


def system(
    *libraries: str, name: str = "debian", version: str | None = "12", kind: str = "machine"
) -> Snapshot:
    """A system with glibc 2.36, the usual libraries and some more."""
    return snapshot(
        c_library("glibc", "2.36", *USUAL, *libraries, glibcxx="3.4.30"),
        distribution(name, version),
        kind=kind,
    )
