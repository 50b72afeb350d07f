"""The machine that samestack runs on as a host: what an environment that is only declared would run on."""

from samestack.capture.assembly import assembled, origin_of
from samestack.capture.options import Options
from samestack.capture.readers.environments.surroundings import surroundings
from samestack.model import CONFIGURATION_LAYERS, HOST_LAYERS, Kind, Layer, Reference, Snapshot, Standing

_TOLD = (*HOST_LAYERS, Layer.OS, Layer.SYSTEM, Layer.ACCELERATOR, *CONFIGURATION_LAYERS)


def host_of(snapshot: Snapshot) -> Snapshot:
    """Where an environment runs if nobody says: where it was read; a wish or a decision, on this machine."""
    return snapshot if snapshot.origin.standing is Standing.OBSERVED else own_machine()


def own_machine() -> Snapshot:
    """Hardware, driver, kernel and system of this machine, without the Pythons on it."""
    options = Options(deep=True)
    origin = origin_of(Reference(Kind.MACHINE, ""), Kind.MACHINE, Standing.OBSERVED, _TOLD, options)
    return assembled(origin, surroundings(deep=True))
