"""How to read an environment."""

from msgspec import Struct

from samestack.progress import SILENT, Reporter


class Options(Struct, frozen=True, kw_only=True):
    """What whoever asks for a capture may choose."""

    deep: bool = False
    """Read the binaries too (needed libraries, symbol versions, ABIs, GPU architectures) and all metadata."""
    files: bool = False
    """Hold every installed file against the hash that its installer wrote down."""
    reporter: Reporter = SILENT
