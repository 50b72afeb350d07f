"""Constraints as texts: what they name, whether they exclude a release, and how bounds are written."""

from packaging.version import InvalidVersion, Version

from samestack.solve.wanted import wanted


def is_constraint(text: str) -> bool:
    """Whether a text narrows the versions of one package, on every platform."""
    said = wanted(text)
    return said is not None and bool(said.specifier) and not said.address and not said.marker


def package_of(text: str) -> str:
    """The normalised name of the package that a constraint is about."""
    said = wanted(text)
    return "" if said is None else said.key


def excludes(text: str, version: str) -> bool:
    """Whether a release does not meet a constraint."""
    said = wanted(text)
    return said is not None and not said.allows(version)


def joined(one: str, other: str) -> str:
    """Two constraints on one package as one: ``numpy>=1.20`` and ``numpy<2`` as ``numpy<2,>=1.20``."""
    first, second = wanted(one), wanted(other)
    if first is None or second is None:
        return one
    return f"{first.key}{first.specifier & second.specifier}"


def below(package: str, good: str, bad: str) -> str:
    """Everything before a bad release, said as shortly as the good one before it allows.

    After 3.20.3, what is before 4.21.1 is ``protobuf<4``; after 4.20.1 it is ``protobuf<4.21``.
    """
    parts = _public(bad).split(".")
    shorter = (".".join(parts[:count]) for count in range(1, len(parts)))
    bound = next((one for one in shorter if one.isascii() and is_older(good, one)), _public(bad))
    return f"{package}<{bound}"


def up_to(package: str, version: str) -> str:
    """Everything up to a release, and it."""
    return f"{package}<={_public(version)}"


def step(before: str, after: str) -> int:
    """How far one release is from another: 3 for another major version, 2 for a minor one, 1, or 0."""
    try:
        first, second = Version(before), Version(after)
    except InvalidVersion:
        return 1
    if first == second:
        return 0
    if first.major != second.major:
        return 3
    # A package that has no major version yet breaks with its minor ones.
    return (3 if first.major == 0 else 2) if first.minor != second.minor else 1


def is_older(one: str, other: str) -> bool:
    """Whether a release comes before another; false where that cannot be told."""
    try:
        return Version(one) < Version(other)
    except InvalidVersion:
        return False


def _public(version: str) -> str:
    """Without the part that names a build, ``+cu117``: specifiers that order releases do not take it."""
    return version.partition("+")[0]
