"""Several version specifiers as one: whether a version can meet all of them, and how one writes that."""

from collections.abc import Iterable, Iterator

from packaging.specifiers import Specifier
from packaging.version import InvalidVersion, Version

from samestack.check.applying_requirements import specifier_set

_HIGHEST_COUNTS = (">=", ">")
_LOWEST_COUNTS = ("<", "<=")
_ORDER = ("===", "==", "~=", ">=", ">", "<=", "<", "!=")


def combined(texts: Iterable[str]) -> str | None:
    """All specifiers as one, ``>=1.23,<2``, without what others imply; ``None`` if they exclude one another.

    InvalidSpecifier where one of them cannot be read. What exists of a package is not known here, so a range
    in which nothing was ever released counts as one that can be met.
    """
    parts = dict.fromkeys(one for text in texts for one in specifier_set(text))
    kept = sorted(_needed(parts), key=lambda one: (_ORDER.index(one.operator), one.version))
    text = ",".join(map(str, kept))
    # What === names may be no version at all, so that nothing can be tried.
    is_any_text = any(one.operator == "===" for one in kept)
    return text if not kept or is_any_text or any(_candidates_in(text, kept)) else None


def _needed(parts: Iterable[Specifier]) -> Iterator[Specifier]:
    """Of lower bounds the highest, of upper bounds the lowest, and everything else."""
    by_operator: dict[str, list[Specifier]] = {}
    for one in parts:
        by_operator.setdefault(one.operator, []).append(one)
    for operator, several in by_operator.items():
        if operator in _HIGHEST_COUNTS:
            yield max(several, key=_bound)
        elif operator in _LOWEST_COUNTS:
            yield min(several, key=_bound)
        else:
            yield from several


def _bound(specifier: Specifier) -> Version:
    return Version(specifier.version)


def _candidates_in(text: str, parts: Iterable[Specifier]) -> Iterator[bool]:
    accepted = specifier_set(text)
    return (
        accepted.contains(candidate, prereleases=True)
        for part in parts
        for candidate in (Version("0"), *_near(part.version.removesuffix(".*")))
    )


def _near(text: str) -> Iterator[Version]:
    """A version, what follows closely on it, and the next of its series: any range holds one of these."""
    try:
        version = Version(text)
    except InvalidVersion:
        return
    yield version
    yield Version(version.base_version)
    yield Version(f"{version.base_version}.0.0.1")
    *before, last = version.release
    yield Version(f"{version.epoch}!{'.'.join(map(str, (*before, last + 1)))}")
