"""Which base an image is to have, and for what."""

from collections.abc import Mapping

from msgspec import Struct

from samestack.lock.decision import Lock
from samestack.oci.platform import Platform


class WantedBase(Struct, frozen=True, kw_only=True):
    """Which base, and for what."""

    text: str
    """As the settings name it; empty for packages of the suite that has this Python."""
    platform: Platform
    python: str
    system_packages: tuple[str, ...] = ()
    needs_python: bool = True
    """Whether the interpreter is to come from the base."""
    libraries: tuple[str, ...] = ()
    """What the interpreter needs of the base where it comes from elsewhere: ``libssl.so.3``."""
    lock: Lock
    environment: Mapping[str, str]
    host: str = ""
    """The registry that the image goes to."""
    known: tuple[Mapping[str, str], ...] = ()
    """Annotations of earlier images, which may tell what their base offers."""
