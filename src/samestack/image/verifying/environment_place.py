"""Where in an image the environment is that a lock is for."""

import posixpath
import re
from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct
from packaging.utils import canonicalize_name

from samestack.errors import RequestError
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind

_METADATA: Final = re.compile(
    r"(?P<modules>.*/python3[^/]*/(?:site|dist)-packages)/(?P<stem>[^/]+)\.dist-info/.+"
)
_MODULES: Final = re.compile(r"(?P<root>.*)/lib(?:64)?/python3[^/]*/(?:site|dist)-packages")


class EnvironmentPlace(Struct, frozen=True, kw_only=True):
    """An environment in an image; all paths are relative to the image's root."""

    root: str
    """``opt/venv``; ``usr/local`` of a Python that is no virtual environment."""
    modules: str
    """``opt/venv/lib/python3.11/site-packages``."""
    series: str
    is_virtual: bool
    """Whether it has nothing but its packages, so that nothing else belongs among its commands."""

    @property
    def scripts(self) -> str:
        """Where its commands are."""
        return f"{self.root}/bin"

    @property
    def interpreters(self) -> frozenset[str]:
        """What the first line of its commands may say."""
        return frozenset(f"/{self.scripts}/python{one}" for one in ("", "3", self.series))

    def placed(self, path: str) -> str:
        """Where a file is here that a virtual environment of the same root has at ``path``."""
        site = f"{self.root}/lib/python{self.series}/site-packages/"
        headers = f"{self.root}/include/site/python{self.series}/"
        if path.startswith(site):
            return f"{self.modules}/{path.removeprefix(site)}"
        if path.startswith(headers) and not self.is_virtual:
            return f"{self.root}/include/python{self.series}/{path.removeprefix(headers)}"
        return path


def environment_in(
    files: MergedFiles, series: str, names: Collection[str], *, prefix: str = "", usual: str = ""
) -> EnvironmentPlace:
    """The environment at ``prefix``; without one that at ``usual``, else the one with most of the packages.

    :class:`RequestError` naming what there is, where none is for this Python.
    """
    found = {modules: stems for modules, stems in _metadata(files).items() if _is_for(modules, series)}
    modules = f"{(prefix or usual).strip('/')}/lib/python{series}/site-packages"
    if modules in found or modules in files.files:
        return _place(files, modules, series)
    if prefix or not found:
        raise _absent(prefix, series, [place for one in found if (place := _root_of(one))])
    best = max(sorted(found), key=lambda one: len(found[one] & set(names)))
    return _place(files, best, series)


def _metadata(files: MergedFiles) -> dict[str, set[str]]:
    """The packages in every directory of modules, by their names."""
    found: dict[str, set[str]] = {}
    for path in files.files:
        match = _METADATA.fullmatch(path) if ".dist-info/" in path else None
        if match is not None:
            name = canonicalize_name(match["stem"].partition("-")[0])
            found.setdefault(match["modules"], set()).add(name)
    return found


def _is_for(modules: str, series: str) -> bool:
    """Debian's own has the series not in its path, but is that of its Python."""
    return posixpath.basename(posixpath.dirname(modules)) in (f"python{series}", "python3")


def _root_of(modules: str) -> str:
    match = _MODULES.fullmatch(modules)
    return match["root"] if match else ""


def _place(files: MergedFiles, modules: str, series: str) -> EnvironmentPlace:
    root = _root_of(modules)
    configuration = files.files.get(f"{root}/pyvenv.cfg")
    return EnvironmentPlace(
        root=root,
        modules=modules,
        series=series,
        is_virtual=configuration is not None and configuration.kind is FileKind.FILE,
    )


def _absent(prefix: str, series: str, others: Sequence[str]) -> RequestError:
    where = f"at {prefix}" if prefix else "in it"
    hint = f"there is one at /{', /'.join(others)}: --prefix names it" if others else "is it the right image?"
    return RequestError(f"there is no environment for Python {series} {where}", hint=hint)
