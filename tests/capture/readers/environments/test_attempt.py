"""A probe's failure becomes a remark, but only a failure of what is read."""

from collections.abc import Callable

import pytest

from samestack.capture.observation import Observation
from samestack.capture.readers.environments.attempt import attempted
from samestack.errors import InputError
from samestack.model import Layer


def failing(error: Exception) -> Callable[[], Observation]:
    def probe() -> Observation:
        raise error

    return probe


def test_what_a_probe_found() -> None:
    assert attempted(Layer.OS, "os-release", Observation) == Observation()


@pytest.mark.parametrize(
    ("error", "message", "place"),
    [
        (
            InputError("/etc/os-release", "larger than it may be"),
            "/etc/os-release: larger than it may be",
            "/etc/os-release",
        ),
        (PermissionError(13, "Permission denied", "/x"), "/x: cannot be read: Permission denied", "/x"),
        (InputError("/\x1b", "odd\n"), "/\N{REPLACEMENT CHARACTER}: odd", "/\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_what_cannot_be_read_is_a_remark(error: Exception, message: str, place: str) -> None:
    (remark,) = attempted(Layer.OS, "os-release", failing(error)).remarks
    assert (remark.code, remark.layer, remark.subject) == ("unreadable", Layer.OS, "os-release")
    assert (remark.message, remark.place) == (message, place)


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        attempted(Layer.OS, "os-release", failing(ZeroDivisionError()))
