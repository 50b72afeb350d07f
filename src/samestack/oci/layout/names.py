"""Which entry of a layout's index is meant."""

from collections.abc import Mapping
from typing import Final

from samestack.errors import RequestError
from samestack.oci.digests import is_digest
from samestack.oci.documents import Descriptor, Index

REFERENCE_NAME: Final = "org.opencontainers.image.ref.name"
"""The annotation by which a layout names an image: a tag, and with podman a whole name."""
CONTAINERD_NAME: Final = "io.containerd.image.name"
"""The annotation by which Docker and containerd keep an image's whole name."""

_LATEST: Final = "latest"
_SHOWN: Final = 10


def entry_of(index: Index, version: str, *, where: str) -> Descriptor:
    """The entry that a tag, a whole name or a digest means; an empty version is the only or latest image.

    :class:`RequestError` where there is none, or where several could be meant, naming those that there are.
    """
    found = _with_digest(index, version) if is_digest(version) else _named(index, version)
    if len({one.digest for one in found}) == 1:
        return found[0]
    problem = "several images could be meant" if found else f"there is no image '{version or _LATEST}'"
    raise RequestError(f"{where}: {problem}", hint=_choices(index))


def names_of(descriptor: Descriptor) -> tuple[str, ...]:
    """Every name that an entry has."""
    names = (descriptor.annotations.get(key, "") for key in (CONTAINERD_NAME, REFERENCE_NAME))
    return tuple(name for name in names if name)


def tag_of(name: str) -> str:
    """The tag that a whole name ends with; a bare tag is itself."""
    last = name.rpartition("/")[2]
    return last.partition(":")[2] if ":" in last else last


def is_image(entry: Descriptor) -> bool:
    """Whether an entry is no artifact, and no list of what refers to an image either."""
    return not entry.artifact_type and not any(map(is_fallback_tag, names_of(entry)))


def naming(name: str) -> Mapping[str, str]:
    """The annotations by which an entry has a tag or a whole name; none for no name at all."""
    if not name:
        return {}
    whole = {CONTAINERD_NAME: name} if tag_of(name) != name else {}
    return {**whole, REFERENCE_NAME: tag_of(name)}


def _with_digest(index: Index, digest: str) -> list[Descriptor]:
    return [one for one in index.manifests if one.digest == digest]


def _named(index: Index, version: str) -> list[Descriptor]:
    if not version:
        images = list(filter(is_image, index.manifests))
        return images if len({one.digest for one in images}) == 1 else _named(index, _LATEST)
    exact = [one for one in index.manifests if version in names_of(one)]
    return exact or [one for one in index.manifests if version in map(tag_of, names_of(one))]


def fallback_tag(digest: str) -> str:
    """The tag under which what refers to a manifest is listed."""
    return digest.replace(":", "-", 1)


def is_fallback_tag(name: str) -> bool:
    """Whether a name is such a tag."""
    return is_digest(name.replace("sha256-", "sha256:", 1))


def _choices(index: Index) -> str:
    names = list(dict.fromkeys(name for one in index.manifests for name in names_of(one)))
    digests = [one.digest for one in index.manifests]
    shown = (names or digests)[:_SHOWN]
    return f"there are: {', '.join(shown)}" if shown else "nothing is in it"
