"""What was observed, and how, put together as a snapshot."""

import os
import time

from samestack import __version__
from samestack.capture.addresses import without_credentials
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.model import Configuration, Host, Layer, Origin, Reference, Snapshot, Stack, Standing


def origin_of(
    reference: Reference, kind: str, standing: Standing, complete: tuple[Layer, ...], options: Options
) -> Origin:
    """Where, when and how, as of now and on this machine."""
    return Origin(
        reference=without_credentials(str(reference)),
        kind=kind,
        standing=standing,
        complete=complete,
        captured_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        captured_by=f"samestack {__version__}",
        machine=os.uname().nodename,
        deep=options.deep,
    )


def assembled(origin: Origin, observation: Observation) -> Snapshot:
    """The snapshot of an observation: each component where its layer belongs."""
    return Snapshot(
        origin=origin,
        stack=Stack.of(observation.components),
        host=Host.of(observation.components),
        configuration=Configuration.of(observation.components),
        remarks=observation.remarks,
    )
