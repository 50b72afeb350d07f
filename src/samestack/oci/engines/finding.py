"""Which engine there is on this machine."""

import os
import shutil
from typing import Final

from samestack.errors import RequestError
from samestack.oci.engines.engine import Engine

VARIABLE: Final = "SAMESTACK_ENGINE"
_NAMES: Final = ("docker", "podman")


def engines(choice: str = "") -> tuple[Engine, ...]:
    """Those that are here, of this choice or of the variable ``SAMESTACK_ENGINE`` where either is said."""
    chosen = choice or os.environ.get(VARIABLE, "")
    names = (chosen,) if chosen else _NAMES
    return tuple(one for name in names if (one := _found(name)) is not None)


def engine(choice: str = "") -> Engine:
    """The engine of this choice, or of the variable ``SAMESTACK_ENGINE``, or the one that there is.

    Of two, docker, unless it does not answer. The choice is a name or a path. :class:`RequestError` where
    there is none.
    """
    found = engines(choice)
    if not found:
        raise _missing(choice or os.environ.get(VARIABLE, ""))
    return next((one for one in found[:-1] if one.answers()), found[-1]) if len(found) > 1 else found[0]


def _missing(chosen: str) -> RequestError:
    if chosen:
        hint = "name docker, podman or a path of one"
        return RequestError(f"the engine '{chosen}' is not installed", hint=hint)
    hint = "install one, or use oci: and registry:"
    return RequestError("there is neither docker nor podman here", hint=hint)


def _found(choice: str) -> Engine | None:
    program = shutil.which(choice)
    if program is None:
        return None
    return Engine(name="podman" if "podman" in os.path.basename(choice) else "docker", program=program)  # noqa: PTH119
