"""An image's bill of materials, CycloneDX 1.6: the bill of what is in it, about a container."""

from typing import Any

import msgspec

from samestack.model import Snapshot
from samestack.render.snapshot.cyclonedx import encode_cyclonedx


def encode_image_bill(material: Snapshot) -> bytes:
    """The bill of what an image holds, ending with a line break; the same image gives the same bill."""
    bill: dict[str, Any] = msgspec.json.decode(encode_cyclonedx(material))
    described = bill["metadata"]["component"]
    name, _, digest = str(described["name"]).rpartition("@")
    described |= {"type": "container", "name": name, "version": digest}
    return msgspec.json.format(msgspec.json.encode(bill), indent=1) + b"\n"
