"""The kernel that a machine runs."""

import os

from samestack.capture.observation import Observation
from samestack.capture.probes.text import shown_text
from samestack.model import Component, Ecosystem, Layer


def read_kernel() -> Observation:
    """The kernel that this process runs on, as a component of layer kernel. In a container: the host's."""
    names = os.uname()
    return kernel_of(names.sysname, names.release, names.version)


def kernel_of(system: str, release: str, compiled: str) -> Observation:
    """The kernel that uname names so: ``Linux``, ``6.1.0-18-amd64``, and which build of that it is."""
    kernel = Component(
        layer=Layer.KERNEL,
        ecosystem=Ecosystem.GENERIC,
        name=shown_text(system).lower(),
        version=shown_text(release),
        circumstances={"compiled": shown_text(compiled)},
    )
    return Observation((kernel,))
