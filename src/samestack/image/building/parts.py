"""What an image is put together of: layers that are there, and layers that can be written."""

from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.image.layers.entry import LayerEntry, WrittenLayer
from samestack.image.layers.writing import write_layer
from samestack.oci.documents import History
from samestack.oci.places import Blob

ANNOTATION: Final = "dev.samestack.layer."
KIND: Final = f"{ANNOTATION}kind"
KEY: Final = f"{ANNOTATION}key"
DIFF_ID: Final = f"{ANNOTATION}diff-id"
PACKAGES: Final = f"{ANNOTATION}packages"
SIZES: Final = f"{ANNOTATION}sizes"
MOMENT: Final = 315_532_800
"""The time of every file in every layer, 1980-01-01: a layer does not depend on when it was made. It is the
earliest that zip archives can say, and programs make some of installed files."""


class Part(Struct, frozen=True, kw_only=True):
    """A layer that can be written, if nobody has it already."""

    kind: str
    """``python``, ``venv``, ``wheel``, ``wheels``, ``bytecode``, ``model``, ``application`` or ``base``."""
    title: str
    """What is in it, for people."""
    key: str
    """The hash of all that it is a function of."""
    write: Callable[[BinaryIO], WrittenLayer]
    """Writes it, which is asked for only where nobody has it."""
    packages: str = ""
    """Of wheels: which, with their hashes."""
    sizes: str = ""
    """Of wheels: how large their files are, in the same order."""
    history: History | None = None
    """Of a base's layer, what its own image says of it."""

    @property
    def annotations(self) -> dict[str, str]:
        """What the manifest says of it beside its digests."""
        packages = {PACKAGES: self.packages, SIZES: self.sizes} if self.packages else {}
        return {KIND: self.kind, KEY: self.key, **packages}


Entries = Callable[[], Iterable[LayerEntry]]


def writing(entries: Entries) -> Callable[[BinaryIO], WrittenLayer]:
    """What writes a layer of these entries, which are asked for only then."""
    return lambda out: write_layer(entries(), out, moment=MOMENT)


class Ready(Struct, frozen=True, kw_only=True):
    """A layer that is there: its descriptor has its annotations, and its blob can be opened."""

    blob: Blob
    diff_id: str
    title: str
    history: History | None = None
    """Of a base's layer, what its own image says of it."""
    is_new: bool = False
    """Whether it was written just now, and not found."""


def ready(part: Part, blob: Blob, diff_id: str) -> Ready:
    """The layer of a part, which somebody has."""
    return Ready(blob=blob, diff_id=diff_id, title=part.title, history=part.history)
