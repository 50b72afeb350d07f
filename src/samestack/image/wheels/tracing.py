"""Which modules a program imports: it is tried, with the Python of an environment that is as the image's."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.check.imports.surroundings import surroundings_for
from samestack.errors import OutsideError
from samestack.process import lines

_SCRIPT: Final = Path(__file__).with_name("tracing_child.py")
SECONDS: Final = 120.0


class Traced(Struct, frozen=True, kw_only=True):
    """The source files of the modules that were imported."""

    packages: tuple[str, ...] = ()
    """Relative to the environment's directory of modules."""
    project: tuple[str, ...] = ()
    """Relative to the project's directory."""


def traced(modules: Sequence[str], python: Path, *, directory: Path, seconds: float = SECONDS) -> Traced:
    """What the import of these modules imports, with the project's ``directory`` on the path.

    They get no secrets and an empty directory as their home. :class:`OutsideError`, with the end of the
    traceback, when an import fails or takes more than ``seconds``.
    """
    prefix = str(python.parent.parent)
    with tempfile.TemporaryDirectory(prefix="samestack-tracing-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        told = "".join(
            lines(
                [python, "-s", _SCRIPT, directory.absolute(), str(seconds), *modules],
                directory=home,
                environment=surroundings_for(prefix, home, os.environ),
            )
        )
    try:
        return msgspec.json.decode(told, type=Traced)
    except msgspec.DecodeError as error:
        raise OutsideError(f"{python} does not answer as a Python does: {error}") from None
