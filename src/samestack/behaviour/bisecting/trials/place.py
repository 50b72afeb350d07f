"""Where a trial is carried out."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class Place(Struct, frozen=True, kw_only=True):
    """An environment that was made for a trial, and a directory that goes with it."""

    environment: Path
    """Its prefix: ``bin/python`` is there, and the scripts of its packages."""
    scratch: Path
    """A directory for whatever the trial writes. It is removed after the trial, whatever is in it."""
    variables: Mapping[str, str]
    """All that a program is given: the environment is activated, and the variables of the trial are set."""
