"""A probe that fails does not fail the capture: what it could not read is a remark."""

from collections.abc import Callable

from samestack.capture.observation import Observation
from samestack.capture.probes.remarks import shown_path
from samestack.capture.probes.text import shown_text
from samestack.errors import InputError
from samestack.model import Layer, Remark

_MAX_MESSAGE_CHARACTERS = 1000


def attempted(layer: Layer, subject: str, probe: Callable[[], Observation]) -> Observation:
    """What a probe found, or a remark ``unreadable`` that says why it found nothing."""
    try:
        return probe()
    except InputError as error:
        message, place = error.message, error.file
    except OSError as error:
        message, place = f"{error.filename}: cannot be read: {error.strerror}", str(error.filename)
    remark = Remark(
        code="unreadable",
        layer=layer,
        subject=shown_text(subject),
        message=shown_text(message, _MAX_MESSAGE_CHARACTERS),
        place=shown_path(place),
    )
    return Observation(remarks=(remark,))
