"""The virtual environment that the packages lie in, as ``uv venv`` makes it, less scripts for shells."""

import posixpath
from collections.abc import Iterable

from msgspec import Struct

from samestack.image.building.parts import Part, writing
from samestack.image.building.plan import layer_key
from samestack.image.layers.contents import PlainContent
from samestack.image.layers.entry import EntryKind, LayerEntry


class ImagePython(Struct, frozen=True, kw_only=True):
    """The interpreter in the image."""

    executable: str
    """``/usr/bin/python3.11``."""
    version: str
    """Its release, or its series where no more is known."""

    @property
    def series(self) -> str:
        """``3.11`` of ``3.11.2``."""
        return ".".join(self.version.split(".")[:2])


def venv_part(prefix: str, python: ImagePython) -> Part:
    """The layer with nothing but the environment itself."""

    def entries() -> Iterable[LayerEntry]:
        return venv_entries(prefix, python)

    key = layer_key("venv", prefix, python.executable, python.version)
    return Part(kind="venv", title=f"environment {prefix}", key=key, write=writing(entries))


def venv_entries(prefix: str, python: ImagePython) -> tuple[LayerEntry, ...]:
    """Its configuration, its links to the interpreter, and the directory for packages."""
    root, series = prefix.strip("/"), python.series
    modules = f"{root}/lib/python{series}/site-packages"
    return (
        LayerEntry(path=f"{root}/pyvenv.cfg", content=PlainContent(_configuration(python))),
        LayerEntry(path=modules, kind=EntryKind.DIRECTORY, mode=0o755),
        _link(f"{root}/lib64", "lib"),
        _link(f"{root}/bin/python", python.executable),
        _link(f"{root}/bin/python3", "python"),
        _link(f"{root}/bin/python{series}", "python"),
    )


def _configuration(python: ImagePython) -> bytes:
    lines = (
        f"home = {posixpath.dirname(python.executable)}",
        "implementation = CPython",
        f"version_info = {python.version}",
        "include-system-site-packages = false",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _link(path: str, target: str) -> LayerEntry:
    return LayerEntry(path=path, kind=EntryKind.SYMLINK, mode=0o777, target=target)
