"""Where a registry is spoken to, and over what."""

from typing import Final

from msgspec import Struct

from samestack.oci.image_name import ImageName

_LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")

# Docker's own registry answers under another name than the one that everybody writes, and its credentials
# stand under a third.
_HUB: Final = "docker.io"
_HUB_ADDRESS: Final = "registry-1.docker.io"
_HUB_KEY: Final = "index.docker.io"


class RegistryHost(Struct, frozen=True, kw_only=True):
    """A registry, by the host and the port that people write."""

    name: str
    is_insecure: bool = False
    """Whether plain HTTP is spoken with it. With this very machine it always is."""

    @property
    def is_local(self) -> bool:
        """Whether it is on this very machine."""
        return _without_port(self.name) in _LOCAL

    @property
    def is_plain(self) -> bool:
        """Whether nothing is encrypted on the way."""
        return self.is_insecure or self.is_local

    @property
    def address(self) -> str:
        """What the addresses of everything in it begin with."""
        scheme = "http" if self.is_plain else "https"
        return f"{scheme}://{_HUB_ADDRESS if self.name == _HUB else self.name}"

    @property
    def credential_keys(self) -> tuple[str, ...]:
        """The names that its credentials may stand under, the likeliest first."""
        return (f"https://{_HUB_KEY}/v1/", _HUB_KEY, _HUB) if self.name == _HUB else (self.name,)


def repository_in(name: ImageName) -> str:
    """The repository, as its registry calls it: Docker's own has a folder for those without one."""
    is_official = name.host == _HUB and "/" not in name.repository
    return f"library/{name.repository}" if is_official else name.repository


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
