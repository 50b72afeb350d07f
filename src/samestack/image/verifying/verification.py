"""What holding an image against a lock came to: every deviation, and what was not held against anything."""

from enum import StrEnum

from msgspec import Struct


class DeviationKind(StrEnum):
    """How an image is not what its lock says."""

    MISSING_PACKAGE = "missing-package"
    EXTRA_PACKAGE = "extra-package"
    OTHER_VERSION = "other-version"
    MISSING_FILE = "missing-file"
    ALTERED_FILE = "altered-file"
    """Its content is not that of the locked wheel."""
    REPLACED_FILE = "replaced-file"
    """A link, a directory or a device stands where the locked wheel has a file."""
    EXTRA_FILE = "extra-file"
    """No package that is locked has it, and the environment's Python would find it."""
    PERMISSIONS = "permissions"
    MISSING_SYSTEM_PACKAGE = "missing-system-package"
    EXTRA_SYSTEM_PACKAGE = "extra-system-package"
    OTHER_SYSTEM_VERSION = "other-system-version"
    OTHER_LAYER = "other-layer"
    """A layer that samestack made is not what the lock makes of it."""


class Deviation(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that is not as the lock says."""

    kind: DeviationKind
    subject: str
    """A path in the image, beginning with a slash; of packages and layers, a name."""
    package: str = ""
    """Whose file it is, where the lock says that."""
    detail: str = ""
    """What is there instead, in a phrase."""
    layer: int = 0
    """The layer that did it, counted from 1; 0 where none did."""


class Unchecked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files that were seen and not held against anything."""

    what: str
    files: int
    reason: str


class Verification(Struct, frozen=True, kw_only=True):
    """All of it."""

    shown: str
    """How a user would name the image."""
    digest: str
    """Of its manifest."""
    platform: str
    lock: str
    environment: str
    """The environment in the image that was held against the lock: ``/opt/venv``."""
    packages: int
    """How many packages the lock has for it."""
    files: int
    """How many files were held against the locked wheels."""
    system_packages: int | None = None
    """How many packages of the operating system were held against the lock; ``None`` where it has none."""
    layers: int | None = None
    """How many layers were made again and compared; ``None`` where samestack did not make the image."""
    deviations: tuple[Deviation, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    notes: tuple[str, ...] = ()
    """What else is to be known, in a sentence each."""

    @property
    def is_whole(self) -> bool:
        """Whether the image is what the lock says."""
        return not self.deviations
