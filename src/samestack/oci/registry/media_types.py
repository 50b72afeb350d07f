"""What a registry says that a manifest is."""

import msgspec
from msgspec import Struct, field

from samestack.errors import InputError
from samestack.oci.registry.exchange import Answer
from samestack.oci.registry.repository import MANIFEST_TYPES


class _Typed(Struct, frozen=True):
    media_type: str | None = field(default=None, name="mediaType")


def media_type_of(answer: Answer, where: str) -> str:
    """The media type of a manifest; :class:`InputError` where the registry and itself disagree about it."""
    said = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    try:
        inside = msgspec.json.decode(answer.body, type=_Typed).media_type or ""
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise InputError(where, "what the registry sends is no manifest of an image") from None
    kind = said if said in MANIFEST_TYPES else inside
    if kind not in MANIFEST_TYPES:
        raise InputError(where, f"manifests of the kind '{kind or said}' are not read")
    # What is a manifest to one and an index to another is two images with one digest (CVE-2021-41190).
    if inside not in {"", kind}:
        raise InputError(where, f"the registry calls it '{kind}', and it calls itself '{inside}'")
    return kind
