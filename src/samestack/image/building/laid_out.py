"""An environment of this machine with the packages of an image: what they import can be tried in it."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from samestack.envs.interpreters.finding import find_interpreter
from samestack.errors import OutsideError
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.venv import ImagePython, venv_entries
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.layers.entry import EntryKind, LayerEntry
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed


@contextmanager
def laid_out(wheels: Iterable[LockedWheel], files: WheelFiles, series: str) -> Iterator[Path]:
    """The interpreter of an environment with these wheels; all of it is gone at the end.

    :class:`OutsideError` where there is no room for it, or no Python of the series.
    """
    found = find_interpreter(series)
    python = ImagePython(executable=str(found.path), version=found.version)
    with TemporaryDirectory(prefix="samestack-image-", ignore_cleanup_errors=True) as name:
        root = Path(name).resolve()
        try:
            _write(venv_entries(str(root), python))
            for wheel in wheels:
                opened = read_wheel(files.one(wheel), sha256=wheel.sha256)
                _write(placed(opened, str(root), series))
        except OSError as error:
            raise OutsideError(f"{root}: cannot be written: {error.strerror}", hint="make room") from None
        yield root / "bin/python"


def _write(entries: Iterable[LayerEntry]) -> None:
    for entry in entries:
        path = Path("/", entry.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.kind is EntryKind.DIRECTORY:
            path.mkdir(exist_ok=True)
        elif entry.kind is EntryKind.SYMLINK:
            path.symlink_to(entry.target)
        elif entry.content is not None:
            with entry.content.open() as stream, path.open("wb") as file:
                shutil.copyfileobj(stream, file, 1 << 20)
            path.chmod(entry.mode)
