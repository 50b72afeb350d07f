"""Which mirror the packages come from: the one that this machine's apt uses, or one that is named.

``SAMESTACK_DEBIAN_MIRROR`` holds addresses of mirrors with spaces between, in the order in which they are
asked for a suite; ``SAMESTACK_DEBIAN_KEYRING`` the file of the keys that sign them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct, structs

from samestack.capture.documents import read_text
from samestack.errors import RequestError
from samestack.image.debian.apt_sources import AptSource, from_list, from_stanzas

VARIABLE: Final = "SAMESTACK_DEBIAN_MIRROR"
KEYRING_VARIABLE: Final = "SAMESTACK_DEBIAN_KEYRING"
_KEYRINGS: Final = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)
"""Where Debian's own package, and those of other distributions, put Debian's keys."""
_COMPONENT: Final = "main"


class Place(Struct, frozen=True, kw_only=True):
    """A mirror, and who signs what is on it."""

    address: str
    keyring: str = ""


class Mirror(Struct, frozen=True, kw_only=True):
    """All places that packages may come from."""

    named: tuple[Place, ...] = ()
    """Those that the user names; they are asked for every suite."""
    sources: tuple[AptSource, ...] = ()
    """Those of apt, used where none is named."""

    def places(self, suite: str) -> tuple[Place, ...]:
        """Where a suite may be found, the likeliest first.

        A mirror of one release has the others, too: a machine with ``bookworm-security`` knows where
        ``trixie-security`` stands.
        """
        if self.named:
            return self.named
        alike = [one for one in self.sources if _pocket(one.suite) == _pocket(suite)]
        ordered = sorted(alike, key=lambda one: one.suite != suite)
        return tuple(dict.fromkeys(Place(address=one.address, keyring=one.keyring) for one in ordered))


def machine_mirror(environment: Mapping[str, str], *, root: Path = Path("/")) -> Mirror:
    """The mirror of this machine; :class:`RequestError` where none is known."""
    named = environment.get(VARIABLE, "").split()
    keyring = environment.get(KEYRING_VARIABLE, "")
    mirror = Mirror(
        named=tuple(Place(address=one.rstrip("/"), keyring=keyring) for one in named),
        sources=() if named else tuple(_apt_sources(root / "etc/apt")),
    )
    if not mirror.named and not mirror.sources:
        hint = f"name the address of a mirror in {VARIABLE}"
        raise RequestError("this machine's apt knows no mirror of Debian", hint=hint)
    return mirror


def keyring_of(place: Place, *, root: Path = Path("/")) -> Path | None:
    """The keys that a place is held against: its own, else Debian's where this machine has them."""
    if place.keyring:
        return root / place.keyring.lstrip("/")
    found = (root / path.lstrip("/") for path in _KEYRINGS)
    return next((path for path in found if path.is_file()), None)


def _apt_sources(directory: Path) -> Iterator[AptSource]:
    files = [directory / "sources.list", *sorted((directory / "sources.list.d").glob("*"))]
    for file in filter(Path.is_file, files):
        read = {".list": from_list, ".sources": from_stanzas}.get(file.suffix)
        for source in read(read_text(file)) if read else ():
            if _COMPONENT in source.components:
                yield from _resolved(source, directory.parent.parent)


def _resolved(source: AptSource, root: Path) -> Iterator[AptSource]:
    """A source by addresses that can be read: all of a list of mirrors, as Debian's cloud images have it."""
    parts = urlsplit(source.address)
    if parts.scheme == "mirror+file":
        listed = root / unquote(parts.path).lstrip("/")
        lines = read_text(listed).splitlines() if listed.is_file() else []
        addresses = [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
    else:
        addresses = [source.address.replace("copy:", "file:", 1)]
    for address in addresses:
        if urlsplit(address).scheme in {"http", "https", "file"}:
            yield structs.replace(source, address=address.rstrip("/"))


def _pocket(suite: str) -> str:
    """What a suite is to its release: ``security`` of ``bookworm-security``, nothing of ``bookworm``."""
    return suite.partition("-")[2]
