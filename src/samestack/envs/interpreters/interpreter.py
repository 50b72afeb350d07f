"""An interpreter that environments can be made with."""

from pathlib import Path

from msgspec import Struct


class Interpreter(Struct, frozen=True, kw_only=True):
    """A CPython of this machine that is no virtual environment."""

    path: Path
    """The executable, absolute, by the name that its own prefix gives it."""
    version: str
    """The release: ``3.9.18``."""
    source: str
    """Who brought it: ``pyenv``, ``uv``, ``system``, ``conda``, ``PATH`` and so on."""

    @property
    def series(self) -> str:
        """``3.9`` of ``3.9.18``."""
        return ".".join(self.version.split(".")[:2])
