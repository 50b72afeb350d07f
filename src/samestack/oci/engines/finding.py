"""Which engine there is on this machine."""

import os
import shutil
from typing import Final

from samestack.errors import RequestError
from samestack.oci.engines.engine import Engine

VARIABLE: Final = "SAMESTACK_ENGINE"
_NAMES: Final = ("docker", "podman")


def engine(choice: str = "") -> Engine:
    """The engine of this choice, or of the variable ``SAMESTACK_ENGINE``, or the one that there is.

    Of two, docker, unless it does not answer. The choice is a name or a path. :class:`RequestError` where
    there is none.
    """
    chosen = choice or os.environ.get(VARIABLE, "")
    if chosen:
        return _chosen(chosen)
    found = [one for name in _NAMES if (one := _found(name)) is not None]
    if not found:
        raise RequestError(
            "there is neither docker nor podman here", hint="install one, or use oci: and registry:"
        )
    return next((one for one in found[:-1] if one.answers()), found[-1]) if len(found) > 1 else found[0]


def _chosen(choice: str) -> Engine:
    found = _found(choice)
    if found is None:
        raise RequestError(
            f"the engine '{choice}' is not installed", hint="name docker, podman or a path of one"
        )
    return found


def _found(choice: str) -> Engine | None:
    program = shutil.which(choice)
    if program is None:
        return None
    return Engine(name="podman" if "podman" in os.path.basename(choice) else "docker", program=program)  # noqa: PTH119
