"""Locks that speak of several platforms: which of them is read here."""

import os
import sys
from collections.abc import Sequence
from typing import Final

from samestack.capture.readers.conda.conda_records import shown_address
from samestack.model import Layer, Remark

_SYSTEMS: Final = {"linux": "linux", "darwin": "osx", "win32": "win"}
_MACHINES: Final = {"x86_64": "64", "AMD64": "64", "i686": "32", "aarch64": "aarch64", "arm64": "arm64"}


def this_platform() -> str:
    """What conda calls the platform of this machine: ``linux-64``, ``osx-arm64``."""
    machine = os.uname().machine
    return f"{_SYSTEMS.get(sys.platform, sys.platform)}-{_MACHINES.get(machine, machine)}"


def preferred(found: Sequence[str], wanted: str) -> str:
    """The wanted one of what is found, else the first; ``IndexError`` when nothing is."""
    return wanted if wanted in found else found[0]


def choice_remark(kind: str, chosen: str, wanted: str, found: Sequence[str], file: str) -> tuple[Remark, ...]:
    """What else the file holds, and whether what was wanted is not in it; nothing when there was no choice.

    ``kind`` is what is chosen: a platform, an environment.
    """
    others = [shown_address(one) for one in found if one != chosen]
    missing = "" if chosen == wanted else f"it has no {kind} {wanted}; "
    if not others and not missing:
        return ()
    also = (
        f"; it also holds {', '.join(others[:8])}{' and more' if len(others) > 8 else ''}" if others else ""
    )
    return (
        Remark(
            code=f"{kind}-absent" if missing else f"other-{kind}s",
            layer=Layer.PACKAGES,
            subject=shown_address(chosen),
            message=f"{missing}the {kind} {shown_address(chosen)} was read{also}",
            place=file,
        ),
    )
