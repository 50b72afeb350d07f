"""The same content at several paths. Hard links are one file with several names, and none of these."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from samestack.image.sizes.sizes import Duplicate
from samestack.image.sizes.weighed import WeighedFile

LEAST_BYTES: Final = 16 << 10
"""Smaller files are not looked at: they are many, and nobody would take them out one by one."""


def duplicates(files: Iterable[WeighedFile], digest_of: Callable[[str], str]) -> tuple[Duplicate, ...]:
    """What is there more than once, the most wasteful first; only files of equal sizes are read."""
    found = list(_equal(files, digest_of))
    return tuple(sorted(found, key=lambda one: (-one.wasted, one.paths)))


def _equal(files: Iterable[WeighedFile], digest_of: Callable[[str], str]) -> Iterator[Duplicate]:
    by_size: dict[int, list[str]] = {}
    for file in files:
        if file.size >= LEAST_BYTES:
            by_size.setdefault(file.size, []).append(file.path)
    for size, paths in by_size.items():
        yield from _of_one_size(size, paths, digest_of) if len(paths) > 1 else ()


def _of_one_size(size: int, paths: list[str], digest_of: Callable[[str], str]) -> Iterator[Duplicate]:
    by_digest: dict[str, list[str]] = {}
    for path in paths:
        by_digest.setdefault(digest_of(path), []).append(path)
    for digest, equal in by_digest.items():
        if len(equal) > 1:
            yield Duplicate(sha256=digest, unpacked=size, paths=tuple(sorted(equal)))
