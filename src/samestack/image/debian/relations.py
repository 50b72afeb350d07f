"""What packages say of each other: ``libc6 (>= 2.34), awk | mawk:any`` (Debian Policy, 7.1)."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.libraries import library

_RELATION: Final = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?\s*"
    r"(?:\((?P<operator><<|<=|=|>=|>>|<|>)\s*(?P<version>[^\s)]+)\s*\))?"
)
_ANSWERS: Final[Mapping[str, Callable[[int], bool]]] = {
    "<<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    "<": lambda order: order <= 0,  # as dpkg reads the old form
    "=": lambda order: order == 0,
    ">=": lambda order: order >= 0,
    ">": lambda order: order >= 0,
    ">>": lambda order: order > 0,
}


class Relation(Struct, frozen=True):
    """One package that is meant, with the versions that are."""

    name: str
    operator: str = ""
    version: str = ""

    def admits(self, version: str) -> bool:
        """Whether a version is meant."""
        return not self.operator or _ANSWERS[self.operator](compared(version, self.version))

    def __str__(self) -> str:
        return f"{self.name} ({self.operator} {self.version})" if self.operator else self.name


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[tuple[Relation, ...], ...]:
    """All clauses, each with its alternatives; :class:`InputError` for what is none."""
    written = (clause for clause in text.split(",") if clause.strip())
    return tuple(tuple(_relation(part.strip()) for part in clause.split("|")) for clause in written)


def compared(one: str, other: str) -> int:
    """Below 0 where the first version is older, above 0 where it is newer; :class:`InputError` for none."""
    try:
        return int(_compare()(one, other))
    except ValueError as error:
        raise InputError("the index of packages", str(error)) from None


@lru_cache(maxsize=1)
def _compare() -> Callable[[str, str], Any]:
    support = library("debian.debian_support", "comparing versions of Debian packages", extra="image")
    compare: Callable[[str, str], Any] = support.version_compare
    return compare


def _relation(text: str) -> Relation:
    found = _RELATION.fullmatch(text)
    if found is None:
        raise InputError("the index of packages", f"'{text}' is no relation to a package")
    return Relation(found["name"], found["operator"] or "", found["version"] or "")
