"""An image held against its lock, for programs, schema ``samestack/image-verification/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.image.verifying.verification import Deviation, Unchecked, Verification

IMAGE_VERIFICATION_SCHEMA: Final = "samestack/image-verification/1"
"""The schema that is written."""


class ImageVerificationDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether an image is what its lock says, and each deviation."""

    schema: Literal["samestack/image-verification/1"]
    is_whole: bool
    """Whether there is no deviation."""
    image: str
    digest: str
    """Of the image's manifest."""
    platform: str
    lock: str
    environment: str
    """The environment in the image that was held against the lock."""
    packages: int
    """How many packages the lock has for it."""
    files: int
    """How many files were held against the locked wheels."""
    system_packages: int | None
    """How many packages of the operating system were held against the lock; null where it has none."""
    layers: int | None
    """How many layers were made again and compared; null where samestack did not make the image."""
    deviations: tuple[Deviation, ...]
    unchecked: tuple[Unchecked, ...]
    notes: tuple[str, ...]
    """Sentences: what else is to be known."""


def encode_verification(verification: Verification) -> bytes:
    """All of it as indented JSON, ending with a line break."""
    document = ImageVerificationDocument(
        schema=IMAGE_VERIFICATION_SCHEMA,
        is_whole=verification.is_whole,
        image=verification.shown,
        digest=verification.digest,
        platform=verification.platform,
        lock=verification.lock,
        environment=verification.environment,
        packages=verification.packages,
        files=verification.files,
        system_packages=verification.system_packages,
        layers=verification.layers,
        deviations=verification.deviations,
        unchecked=verification.unchecked,
        notes=verification.notes,
    )
    return encode(document)
