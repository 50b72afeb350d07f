"""Hosts for rules, read by the probe itself from the recorded answers of NVIDIA's library."""

from samestack.check.subject import Subject
from samestack.model import HOST_LAYERS, Component, Layer, Snapshot
from tests.capture.probes.host.test_nvidia import observed
from tests.check.subjects import snapshot


def recorded_host(name: str, *system: Component) -> Snapshot:
    """The host of a file below ``tests/recorded/nvidia``, with what its system has installed."""
    observation = observed(name)
    return snapshot(
        *observation.components,
        *system,
        kind="machine",
        complete=(*HOST_LAYERS, Layer.OS, Layer.SYSTEM, Layer.ACCELERATOR),
        remarks=observation.remarks,
    )


def on_recorded(name: str, *components: Component) -> Subject:
    """A deep snapshot of these components that is to run on a recorded host."""
    return Subject(snapshot(*components), recorded_host(name))


def unknown_host(*components: Component) -> Subject:
    """A deep snapshot of a root file system, of whose host nothing is told."""
    return Subject(snapshot(*components, kind="rootfs", complete=(Layer.OS, Layer.PACKAGES)))
