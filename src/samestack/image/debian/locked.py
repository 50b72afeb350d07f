"""The Debian packages of a lock: with these, a base is the same for ever."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from samestack.errors import InputError

PLACE: Final = "tool.samestack.image.debian"
_SAFE_FILE: Final = re.compile(r"(?!.*(?:^|/)\.\.?(?:/|$))[A-Za-z0-9][A-Za-z0-9._+~%/-]*\.deb")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9+.-]+")
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+~:-]*")
_SUITE: Final = re.compile(r"[a-z][a-z0-9-]*")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class LockedPackage(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One package, and which file of the archive it is."""

    name: str
    version: str
    architecture: str
    """``amd64``, ``arm64`` or ``all``."""
    file: str
    """Where it stands below the address of a mirror: ``pool/main/...``."""
    size: int
    """Bytes."""
    sha256: str
    suite: str = ""
    """Where it was found, if that is not the suite itself: ``bookworm-security``."""

    def __post_init__(self) -> None:
        # msgspec turns this into an error of the document, with the place in it.
        if not (_NAME.fullmatch(self.name) and _VERSION.fullmatch(self.version)):
            raise ValueError("it is no name and version of a package")
        if not (_SAFE_FILE.fullmatch(self.file) and _SHA256.fullmatch(self.sha256) and self.size >= 0):
            raise ValueError(f"the file of {self.name} is no file of an archive")
        if not (_SUITE.fullmatch(self.suite or "a") and _NAME.fullmatch(self.architecture)):
            raise ValueError(f"{self.name} has no architecture or suite of Debian")

    @property
    def text(self) -> str:
        """``python3=3.11.2-1+b1``, as apt writes it."""
        return f"{self.name}={self.version}"


class LockedDebian(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All packages of a base, for each architecture that was locked."""

    suite: str
    """``bookworm``."""
    requested: tuple[str, ...] = ()
    """The packages that were asked for, beside those that every base has."""
    packages: Mapping[str, tuple[LockedPackage, ...]] = field(default_factory=dict)
    """By architecture (``amd64``), sorted by name."""

    def __post_init__(self) -> None:
        if not _SUITE.fullmatch(self.suite):
            raise ValueError("it is no suite of Debian")

    def of(self, architecture: str) -> tuple[LockedPackage, ...]:
        """The packages for an architecture; :class:`InputError` where the lock has none for it."""
        if architecture not in self.packages:
            hint = f"it has: {', '.join(self.packages) or 'none'}; lock again"
            raise InputError("the lock", f"it has no Debian packages for {architecture}", hint=hint)
        return self.packages[architecture]


def to_table(locked: LockedDebian) -> dict[str, Any]:
    """What stands in the lock, under ``[tool.samestack.image.debian]``."""
    table: dict[str, Any] = msgspec.to_builtins(locked)
    return table


def from_table(table: Mapping[str, Any], *, file: str) -> LockedDebian:
    """What a lock says; :class:`InputError` names the key."""
    try:
        return msgspec.convert(table, LockedDebian)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$")
        raise InputError(file, message, place=f"{PLACE}{key}", hint="lock again") from None
