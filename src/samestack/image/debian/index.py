"""Which packages there are: the indexes of a suite and of its updates, each held against what is signed."""

import gzip
import lzma
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.system.stanzas import read_stanzas
from samestack.errors import InputError, RequestError
from samestack.image.debian.fetching import Fetching
from samestack.image.debian.mirror import VARIABLE, Mirror, Place, keyring_of
from samestack.image.debian.package import Package
from samestack.image.debian.release import Release, read_release
from samestack.image.debian.signatures import checked
from samestack.solve.index.fetching import read

POCKETS: Final = ("updates", "security")
"""The suites beside a release from which its packages are mended; unstable ones have none."""

_FIELDS: Final = (
    *("Package", "Version", "Architecture", "Filename", "Size", "SHA256"),
    *("Essential", "Priority", "Pre-Depends", "Depends", "Provides", "Conflicts", "Breaks"),
)
_MOST_RELEASE_BYTES: Final = 8 << 20
_MOST_INDEX_BYTES: Final = 512 << 20
"""Of an index, unpacked: Debian's main has 50 MB."""
_SIZE: Final = re.compile(r"[0-9]{1,12}")
_CHUNK: Final = 1 << 20


class Found(Struct, frozen=True, kw_only=True):
    """A suite, and the mirror that has it."""

    release: Release
    place: Place


def find_suites(mirror: Mirror, suite: str) -> tuple[Found, ...]:
    """A suite, and those that mend it, as far as they are there; :class:`RequestError` without the suite."""
    first = _find(mirror, suite)
    if first is None:
        asked = ", ".join(without_credentials(place.address) for place in mirror.places(suite))
        hint = f"ask for a release of Debian, or name a mirror that has it in {VARIABLE}"
        raise RequestError(
            f"no mirror here has Debian's suite '{suite}' (asked: {asked or 'none'})", hint=hint
        )
    more = (_find(mirror, f"{first.release.codename}-{pocket}") for pocket in POCKETS)
    return (first, *(found for found in more if found is not None))


def read_packages(found: Found, architecture: str, fetching: Fetching) -> Iterator[Package]:
    """Every package of a suite for an architecture; its hash is checked before any of it is read."""
    where = f"{without_credentials(found.place.address)} {found.release.suite}"
    for suffix, unpack in _UNPACK.items():
        path = f"main/binary-{architecture}/Packages{suffix}"
        if path in found.release.files:
            file = fetching.index(found.place.address, found.release, path)
            with file.open("rb") as packed:
                yield from _packages(_texts(unpack(packed), where), found.release.suite, where)
            return
    raise RequestError(f"{where} has no packages for {architecture}", hint="for example amd64 or arm64")


def _find(mirror: Mirror, suite: str) -> Found | None:
    for place in mirror.places(suite):
        address = f"{place.address}/dists/{suite}/InRelease"
        page = read(address, _MOST_RELEASE_BYTES)
        if page is not None:
            where = without_credentials(address)
            signed = checked(page.content, keyring_of(place), where=where)
            release = read_release(signed, suite, where=where)
            if release.is_of_debian:
                return Found(release=release, place=place)
    return None


def _texts(stream: BinaryIO, where: str) -> Iterator[str]:
    """The text in parts that end with a stanza each, so that little of it is held at once."""
    rest, size = b"", 0
    try:
        while data := stream.read(_CHUNK):
            size += len(data)
            if size > _MOST_INDEX_BYTES:
                raise InputError(where, f"its index is larger than {_MOST_INDEX_BYTES} bytes")
            whole, end, last = (rest + data).rpartition(b"\n\n")
            rest = last
            yield (whole + end).decode("utf-8", "replace")
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise InputError(where, f"its index is packed in a broken way: {error}") from None
    yield rest.decode("utf-8", "replace")


def _packages(texts: Iterator[str], suite: str, where: str) -> Iterator[Package]:
    for text in texts:
        for values in read_stanzas(text, _FIELDS):
            yield _package(dict(zip(_FIELDS, values, strict=True)), suite, where)


def _package(values: Mapping[str, str], suite: str, where: str) -> Package:
    if not (values["Package"] and values["Version"] and _SIZE.fullmatch(values["Size"]) and values["SHA256"]):
        raise InputError(where, "its index describes a package only in part", place=values["Package"])
    return Package(
        name=values["Package"],
        version=values["Version"],
        architecture=values["Architecture"],
        file=values["Filename"],
        size=int(values["Size"]),
        sha256=values["SHA256"],
        suite=suite,
        is_essential=values["Essential"] == "yes",
        priority=values["Priority"],
        pre_depends=values["Pre-Depends"],
        depends=values["Depends"],
        provides=values["Provides"],
        conflicts=values["Conflicts"],
        breaks=values["Breaks"],
    )


def _unpacked_xz(file: BinaryIO) -> BinaryIO:
    return lzma.open(file)  # type: ignore[return-value]


def _unpacked_gz(file: BinaryIO) -> BinaryIO:
    return gzip.open(file)  # type: ignore[return-value]


_UNPACK: Final = {".xz": _unpacked_xz, ".gz": _unpacked_gz}
