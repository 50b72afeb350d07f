"""The running kernel of this machine."""

import os

from samestack.capture.observation import Observation
from samestack.capture.probes.text import shown_text
from samestack.model import Component, Ecosystem, Layer


def read_kernel() -> Observation:
    """The kernel that this process runs on, as a component of layer kernel. In a container: the host's."""
    names = os.uname()
    kernel = Component(
        layer=Layer.KERNEL,
        ecosystem=Ecosystem.GENERIC,
        name=names.sysname.lower(),
        version=shown_text(names.release),
        circumstances={"compiled": shown_text(names.version)},
    )
    return Observation((kernel,))
