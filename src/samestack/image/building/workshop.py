"""What a build works with."""

from contextlib import ExitStack

from msgspec import Struct

from samestack.image.building.layer_cache import LayerCache
from samestack.image.building.outputs import Output
from samestack.image.building.sending import Sending
from samestack.image.building.wheel_files import WheelFiles
from samestack.progress import Reporter


class Workshop(Struct, frozen=True, kw_only=True):
    """Shared by the images of all platforms."""

    files: WheelFiles
    cache: LayerCache
    sending: Sending
    output: Output
    reporter: Reporter
    opened: ExitStack
    """Closes what is held until the image is at its place."""
