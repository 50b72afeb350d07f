"""Where ``pip install --user`` installs (PEP 370)."""

import os
from collections.abc import Mapping


def user_base(environment: Mapping[str, str]) -> str:
    """The directory below which a user's own packages are; empty where Python is told not to look there."""
    if environment.get("PYTHONNOUSERSITE"):
        return ""
    stated = environment.get("PYTHONUSERBASE")
    return os.path.abspath(os.path.expanduser(stated or "~/.local"))
