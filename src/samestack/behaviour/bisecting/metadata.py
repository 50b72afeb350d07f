"""The metadata of packages: as captured, as unpacked for trials, or as an index has them."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from samestack.behaviour.bisecting.side import Side
from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.layout import site_packages
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.store import Store, default_store
from samestack.envs.interpreters import Interpreter, find_interpreter
from samestack.solve.metadata import MetadataSource

_AT_ONCE: Final = 8
_MOST_BYTES: Final = 8 << 20


def requirements_in(side: Side, index: MetadataSource) -> Mapping[str, tuple[str, ...]]:
    """By name, the texts of what each package of an environment requires; empty where that is not known."""
    store, interpreter = default_store(), find_interpreter(side.asked_python)

    def texts(name: str) -> tuple[str, ...]:
        captured = side.components[name].facts.get("requires")
        if isinstance(captured, tuple):
            return captured
        return requirements_of(side.packages[name], index, store, interpreter)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(side.packages, pool.map(texts, side.packages), strict=True))


def requirements_of(
    package: Package, index: MetadataSource, store: Store | None, interpreter: Interpreter
) -> tuple[str, ...]:
    """What a package requires, from where it was unpacked, else from the index."""
    if store is not None and store.has(package, interpreter):
        file = next(_metadata_files(package, store, interpreter), None)
        if file is not None and file.stat().st_size <= _MOST_BYTES:
            headers = HeaderParser().parsestr(file.read_text("utf-8", "replace"))
            return tuple(str(value) for value in headers.get_all("Requires-Dist") or ())
    return index.requires(package.name, package.version) or () if package.version else ()


def _metadata_files(package: Package, store: Store, interpreter: Interpreter) -> Iterator[Path]:
    nowhere = Place(environment=Path(), scratch=Path(), variables={})  # nothing has to be unpacked any more
    prefix = store.unpacked(package, interpreter, nowhere).prefix
    return (prefix / site_packages(interpreter)).glob("*.dist-info/METADATA")
