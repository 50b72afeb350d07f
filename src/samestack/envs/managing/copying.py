"""An environment that no lock is known of, made a second time: the same releases on the same interpreter."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError, RequestError
from samestack.model import Component, Layer, Stack
from samestack.process import run
from samestack.progress import Reporter
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from samestack.solve.uv.uv_words import failure

_QUIET: Final = ("--no-progress", "--color=never", "--no-python-downloads")
_EDITABLE: Final = "editable"


class CopyInstaller:
    """Fills an environment with what another one holds; see :class:`~samestack.envs.installer.Installer`."""

    is_movable: ClassVar[bool] = True

    def __init__(self, python: Path, stack: Stack) -> None:
        self._python = python
        self._pins = pins(stack)
        self._uv = uv_program()

    def create(self, place: Path) -> None:
        """See :class:`~samestack.envs.installer.Installer`."""
        self._run(("venv", "--no-project", "--relocatable", "--python", self._python, place))

    def install(self, place: Path, reporter: Reporter) -> None:
        """See :class:`~samestack.envs.installer.Installer`."""
        reporter.started(f"install {len(self._pins)} packages")
        with tempfile.TemporaryDirectory(prefix="samestack-clone-") as directory:
            file = Path(directory, "requirements.txt")
            file.write_text("".join(f"{pin}\n" for pin in self._pins))
            # All that is there is named: nothing is resolved, and what did not fit does not fit here.
            self._run(
                ("pip", "install", "--no-deps", "--python", place / "bin/python", "--requirement", file)
            )
        reporter.finished()

    def _run(self, words: Sequence[str | Path]) -> None:
        settings = index_settings(self._uv).environment
        finished = run((self._uv, *words, *_QUIET), environment=settings, check=False)
        if finished.status != 0:
            raise OutsideError(f"the copy cannot be made: {without_credentials(failure(finished.messages))}")


def pins(stack: Stack) -> tuple[str, ...]:
    """Every package as a line of a requirements file; :class:`RequestError` for one without a release."""
    return tuple(_pin(component) for component in stack.layer(Layer.PACKAGES))


def _pin(component: Component) -> str:
    editable, path = (component.circumstances.get(key) for key in (_EDITABLE, "path"))
    if isinstance(editable, str):
        return f"-e {Path(editable).as_uri()}"
    if component.source is not None:
        return f"{component.name} @ {component.source}"
    if isinstance(path, str):
        return f"{component.name} @ {Path(path).as_uri()}"
    if component.version is None or editable:
        raise RequestError(f"'{component.name}' cannot be copied: it is not known what was installed")
    return f"{component.name}=={component.version}"
