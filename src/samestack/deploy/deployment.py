"""What is deployed into one environment, as all platforms need it: image, configuration and scale."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct, field

from samestack.deploy.scale import Scale
from samestack.oci.image_name import ImageName
from samestack.oci.platform import Platform
from samestack.sha256 import sha256_hex

CONFIGURATION_DIGEST: Final = "dev.samestack.configuration.digest"
PROFILE: Final = "dev.samestack.profile"
_LINUX: Final = Platform(os="linux", architecture="amd64")


class SecretReference(Struct, frozen=True, kw_only=True):
    """A variable whose value is secret, and where the platform has it; the value is never here."""

    variable: str
    secret: str = ""
    """The Secret of Kubernetes."""
    key: str = ""
    """What of it."""


class Configuration(Struct, frozen=True, kw_only=True):
    """What differs between environments: the variables of one profile."""

    profile: str = ""
    plain: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[SecretReference, ...] = ()
    """By the names of their variables, in order."""

    @property
    def digest(self) -> str:
        """``sha256:`` of the plain variables and of the names of the secret ones.

        Nothing of a secret's value is in it: a digest of something weak would tell it to who tries.
        """
        said = {"plain": self.plain, "secrets": [one.variable for one in self.secrets]}
        return f"sha256:{sha256_hex(msgspec.json.encode(said, order='deterministic'))}"


class Health(Struct, frozen=True, kw_only=True):
    """How the platform finds out whether the program works; durations are seconds."""

    path: str = ""
    """Asked for by HTTP; goes before the command."""
    command: tuple[str, ...] = ()
    """Run in the container; it fails where the program does not work."""
    interval: int = 30
    timeout: int = 5
    start: int = 60
    failures: int = 3


class Deployment(Struct, frozen=True, kw_only=True):
    """One workload in one environment."""

    name: str
    namespace: str = ""
    image: ImageName
    """With a digest, and no tag."""
    platform: Platform = _LINUX
    stack_digest: str = ""
    """That of the lock, for the platform; empty where the lock does not tell it."""
    configuration: Configuration = Configuration()
    scale: Scale = Scale()
    port: int = 0
    """0 where it answers at none."""
    health: Health = Health()
    gpus: int = 0
    driver: str = ""
    """The lowest NVIDIA driver that will do; empty where the lock asks for none."""
    user: int = 10001
    group: int = 10001
    writable: tuple[str, ...] = ()
    has_secret_files: bool = False
    """Whether secrets are files in ``/run/secrets`` rather than variables."""
    is_closed: bool = False
    """Whether nothing of it can be reached but its port."""
    kubernetes: str = ">=1.25"
    """The versions of Kubernetes that it is for."""
