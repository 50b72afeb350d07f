"""Which files a lock is decided from: those that ask for packages, what they include, and settings."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from samestack.capture.documents import read_text
from samestack.project.manifest import Project

_MANIFEST: Final = "pyproject.toml"
_MANIFESTS: Final = (_MANIFEST, "setup.cfg", "setup.py")
_INCLUDE = re.compile(r"^\s*(?:-r|-c|--requirements?|--constraints?)[\s=]*([^\s#]+)", re.MULTILINE)


def input_files(project: Project, directories: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Every file, each once; some of them may be missing.

    ``directories`` are projects of this machine that the lock leads to.
    """
    pending = [project.directory / name for name in project.wishes]
    if project.file:
        pending.append(project.directory / project.file)
    for directory in directories:
        pending += [directory / name for name in _MANIFESTS if (directory / name).is_file()]
    found: dict[Path, Path] = {}
    while pending:
        path = pending.pop(0)
        if path.resolve() not in found:
            found[path.resolve()] = path
            pending += _included(path)
    return tuple(found.values())


def _included(path: Path) -> Iterator[Path]:
    if not path.is_file():
        return
    if path.suffix in {".txt", ".in"}:
        names = (name for name in _INCLUDE.findall(read_text(path)) if "://" not in name)
        yield from (path.parent / name for name in names)
    elif path.name == _MANIFEST:
        yield from (path.parent / name for name in _dynamic_files(tomllib.loads(read_text(path))))


def _dynamic_files(manifest: Mapping[str, Any]) -> Iterator[str]:
    """The files that setuptools is told to read dependencies from."""
    dynamic = manifest.get("tool", {}).get("setuptools", {}).get("dynamic", {})
    extras = dynamic.get("optional-dependencies", {})
    for said in (dynamic.get("dependencies"), *(extras.values() if isinstance(extras, dict) else ())):
        files = said.get("file", ()) if isinstance(said, dict) else ()
        yield from [files] if isinstance(files, str) else files
