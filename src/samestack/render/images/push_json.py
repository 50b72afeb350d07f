"""What a push came to, for programs, schema ``samestack/image-push/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.oci.copying import Amount, Copied
from samestack.oci.image_name import ImageName

PUSH_SCHEMA: Final = "samestack/image-push/1"
"""The schema that is written."""


class PushDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An image that was brought to a registry; layers and configurations are counted."""

    schema: Literal["samestack/image-push/1"]
    name: str
    digest: str
    """What the tag means now."""
    media_type: str
    moved: Amount
    mounted: Amount
    """What the registry took over from another repository of its own."""
    found: Amount
    """What was there already."""


def encode_push(copied: Copied, name: ImageName) -> bytes:
    """It as indented JSON, ending with a line break."""
    document = PushDocument(
        schema=PUSH_SCHEMA,
        name=str(name),
        digest=copied.descriptor.digest,
        media_type=copied.descriptor.media_type,
        moved=copied.moved,
        mounted=copied.mounted,
        found=copied.found,
    )
    return encode(document)
