"""When and by what a recording is made."""

import time

from samestack import __version__
from samestack.behaviour.recording.recording import RecordingOrigin


def origin_now() -> RecordingOrigin:
    """That of a recording which is made now, by this version."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return RecordingOrigin(recorded_at=now, recorded_by=f"samestack {__version__}")
