"""Bringing an image from one place to another: only what is not there yet, and its tag at the very end."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from samestack.oci.carrying import Way, carry
from samestack.oci.documents import Descriptor
from samestack.oci.places import Destination, Source
from samestack.oci.platform import Platform
from samestack.oci.selecting import Part, select
from samestack.progress import SILENT, Reporter


class Amount(Struct, frozen=True, kw_only=True):
    """Some blobs, and how many bytes they are."""

    blobs: int = 0
    bytes: int = 0


class Copied(Struct, frozen=True, kw_only=True):
    """What a copy came to."""

    descriptor: Descriptor
    """What the tag means now."""
    moved: Amount
    mounted: Amount
    """What the destination took over from another repository of its own."""
    found: Amount
    """What was there already."""


def copy(  # noqa: PLR0913 - from where, to where, and what of it
    source: Source,
    version: str,
    destination: Destination,
    tag: str,
    *,
    platforms: Sequence[Platform] | None = None,
    host: str = "",
    reporter: Reporter = SILENT,
) -> Copied:
    """Bring an image, and all that refers to it, to a destination, and give it a tag there.

    ``platforms`` are those that are wanted of an index. ``host`` is the registry that the destination is in,
    if it is in one: what other repositories of it hold need not be moved. Whatever happens before the end,
    the tag means what it meant before.
    """
    selected = select(source, version, platforms)
    ways = carry(selected.parts, source, destination, host=host, reporter=reporter)
    for document in selected.documents:
        destination.add_document(document.data, document.descriptor)
    destination.name(selected.root, tag)
    return Copied(
        descriptor=selected.root,
        moved=_amount(selected.parts, ways, Way.MOVED),
        mounted=_amount(selected.parts, ways, Way.MOUNTED),
        found=_amount(selected.parts, ways, Way.FOUND),
    )


def _amount(parts: Sequence[Part], ways: Mapping[str, Way], wanted: Way) -> Amount:
    sizes = [part.descriptor.size for part in parts if ways[part.descriptor.digest] is wanted]
    return Amount(blobs=len(sizes), bytes=sum(sizes))
