"""A reference of an environment on another machine becomes a snapshot."""

from msgspec import structs

from samestack.capture.assembly import assembled, origin_of
from samestack.capture.options import Options
from samestack.capture.ssh.address import remote
from samestack.capture.ssh.reading import read_remote
from samestack.model import Reference, Snapshot, Standing


def capture_remote(reference: Reference, options: Options) -> Snapshot:
    """The snapshot of an environment that is read through ssh; see :func:`.reading.read_remote`."""
    read = read_remote(remote(reference.locator), options)
    origin = origin_of(reference, read.kind, Standing.OBSERVED, read.complete, options)
    named = structs.replace(origin, machine=read.machine) if read.machine else origin
    return assembled(named, read.observation)
