"""A wheel placed in an environment: what an installer would write, as entries of a layer.

As uv installs it, but for what would tell one installation from another: no REQUESTED, no
``direct_url.json``, and an INSTALLER that says who placed the files. So a wheel's entries are a function of
the wheel and the layout alone.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.image.layers.contents import PlainContent
from samestack.image.layers.entry import LayerEntry
from samestack.image.wheels.archive import Wheel
from samestack.image.wheels.entry_points import entry_points
from samestack.image.wheels.environment_layout import EnvironmentLayout
from samestack.image.wheels.record_rows import RecordRow, record_bytes
from samestack.image.wheels.scripts import has_placeholder, launcher, with_interpreter
from samestack.image.wheels.wheel_file import WheelFile

INSTALLER: Final = b"samestack"
_NOT_SHARED: Final = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""Files of the metadata that a wheel should not have, or that are written anew."""
_ENVIRONMENT: Final = re.compile(
    r"bin/(?:python[\d.]*|activate(?:\.\w+|_this\.py)?)|pyvenv\.cfg|lib64(?:/.*)?"
)
"""What the environment itself consists of, and no package replaces."""


class _Placed(Struct, frozen=True):
    content: WheelFile | PlainContent
    is_executable: bool = False


def placed(wheel: Wheel, prefix: str, series: str) -> tuple[LayerEntry, ...]:
    """What a wheel becomes in the environment at ``prefix`` for a Python series (``3.11``), by path.

    :class:`InputError` for a wheel whose files would be in each other's place, or in the environment's own.
    """
    layout = EnvironmentLayout(prefix, series)
    files = dict(_commands(wheel, layout))
    for path, file in _moved(wheel, layout, frozenset(files)):
        if path in files:
            raise InputError(str(wheel.path), "two of its files go to the same place", place=path)
        files[path] = file
    _check(files, layout, wheel)
    metadata = f"{layout.modules}/{wheel.dist_info}"
    files[f"{metadata}/INSTALLER"] = _Placed(PlainContent(INSTALLER))
    record = _Placed(PlainContent(_record(files, layout.modules, f"{metadata}/RECORD")))
    files[f"{metadata}/RECORD"] = record
    return tuple(_entry(path, files[path]) for path in sorted(files))


def _entry(path: str, file: _Placed) -> LayerEntry:
    return LayerEntry(path=path, mode=0o755 if file.is_executable else 0o644, content=file.content)


def _commands(wheel: Wheel, layout: EnvironmentLayout) -> Iterator[tuple[str, _Placed]]:
    text = wheel.described("entry_points.txt") or b""
    place = f"{wheel.dist_info}/entry_points.txt"
    for point in entry_points(text, series=layout.series, shown=str(wheel.path), place=place):
        script = PlainContent(launcher(point, layout.interpreter))
        yield f"{layout.scripts}/{point.name}", _Placed(script, is_executable=True)


def _moved(
    wheel: Wheel, layout: EnvironmentLayout, commands: frozenset[str]
) -> Iterator[tuple[str, _Placed]]:
    own = {f"{wheel.dist_info}/{name}" for name in _NOT_SHARED}
    scripts = f"{wheel.stem}.data/scripts/"
    for name, file in wheel.files.items():
        path = layout.place(name, stem=wheel.stem, package=wheel.name, shown=str(wheel.path))
        if name.startswith(scripts):
            if not _is_launcher_of(path, commands):
                yield path, _script(file, layout)
        elif name not in own:
            yield path, _Placed(file, is_executable=file.is_executable)


def _is_launcher_of(path: str, commands: frozenset[str]) -> bool:
    """Whether a script is what an old tool generated for an entry point, for one system or another."""
    for ending in (".exe", "-script.py", ".pya"):
        if path.endswith(ending):
            return path.removesuffix(ending) in commands
    return path in commands


def _script(file: WheelFile, layout: EnvironmentLayout) -> _Placed:
    with file.open() as stream:
        beginning = stream.read(16)
    if not has_placeholder(beginning):
        return _Placed(file, is_executable=True)
    return _Placed(PlainContent(with_interpreter(file.read(), layout.interpreter)), is_executable=True)


def _check(files: Mapping[str, _Placed], layout: EnvironmentLayout, wheel: Wheel) -> None:
    for path in files:
        if _ENVIRONMENT.fullmatch(path.removeprefix(f"{layout.root}/")):
            hint = "do not trust this wheel"
            raise InputError(str(wheel.path), "it would replace the environment's own", place=path, hint=hint)


def _record(files: Mapping[str, _Placed], modules: str, itself: str) -> bytes:
    below = f"{modules}/"
    rows = [
        RecordRow(_relative(path, below), _sha256(file.content), file.content.size)
        for path, file in files.items()
    ]
    return record_bytes([*rows, RecordRow(_relative(itself, below))])


def _relative(path: str, below: str) -> str:
    """As RECORD names it; nearly all files lie below, and are not worth a look at their parts."""
    return path.removeprefix(below) if path.startswith(below) else posixpath.relpath(path, below)


def _sha256(content: WheelFile | PlainContent) -> str:
    if isinstance(content, PlainContent):
        return hashlib.sha256(content.data).hexdigest()
    return content.sha256 or content.digest()
