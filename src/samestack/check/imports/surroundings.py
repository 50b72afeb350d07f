"""What a process that imports is given: little, and nothing that is secret."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from samestack.capture.readers.environments.user_packages import user_base
from samestack.knowledge.variables import VARIABLES

_STANDARD_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_TAKEN_CARE_OF: Final = ("PYTHON", "HF_")
"""Python's own are chosen here, and the cache of models is an empty one."""

_MORE: Final = ("CUDA_HOME", "CUDA_PATH", "NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES")


def surroundings_for(prefix: str, directory: Path, given: Mapping[str, str]) -> dict[str, str]:
    """All variables of such a process; whatever it writes at home goes into ``directory``.

    Of the ``given`` ones those are handed on that decide which libraries are loaded and how they compute.
    """
    names = (*_MORE, *(row.name for row in VARIABLES if not row.name.startswith(_TAKEN_CARE_OF)))
    handed_on = {name: given[name] for name in names if name in given}
    return {
        **handed_on,
        "PATH": f"{prefix}/bin:{_STANDARD_PATH}",
        "HOME": str(directory),
        "TMPDIR": str(directory),
        "XDG_CACHE_HOME": str(directory / "cache"),
        "XDG_CONFIG_HOME": str(directory / "config"),
        "MPLBACKEND": "Agg",  # no window is opened
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # what is examined stays as it is
        **_users_packages(given),
    }


def _users_packages(given: Mapping[str, str]) -> dict[str, str]:
    """Those that ``pip install --user`` put below the real home belong to the environment."""
    base = user_base(given)
    return {"PYTHONUSERBASE": base} if base else {"PYTHONNOUSERSITE": "1"}
