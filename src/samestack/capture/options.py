"""How to read an environment."""

from msgspec import Struct

from samestack.progress import SILENT, Reporter


class Options(Struct, frozen=True, kw_only=True):
    """What whoever asks for a capture may choose."""

    deep: bool = False
    """Read the binaries too: needed libraries, symbol versions, ABIs, GPU architectures."""
    reporter: Reporter = SILENT
