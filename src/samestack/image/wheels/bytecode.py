"""Modules compiled beforehand, the same to the last bit whenever and wherever that is done."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.errors import OutsideError, RequestError
from samestack.image.layers.contents import BytesContent
from samestack.image.layers.entry import Content, LayerEntry
from samestack.process import lines

_SCRIPT: Final = Path(__file__).with_name("bytecode_child.py")
_MOST_SOURCE: Final = 64 << 20


class _Opening(Struct, frozen=True):
    series: str


class _Compiled(Struct, frozen=True):
    number: int
    path: str
    """Of the compiled file, beside the source."""


def compiled(sources: Mapping[str, Content], python: Path, series: str) -> tuple[LayerEntry, ...]:
    """The compiled form of source files by their paths in the image, for a Python series (``3.11``).

    ``python`` is an interpreter of that series; each module is compiled in a process of its own, since what
    a process has compiled before shows in the result (cpython#129724). Two patch releases may still differ,
    so whoever remembers the result does so by Python's whole version. The files are not checked against their
    sources when they are imported: both are in the image for good. What is no Python of this series is left
    out. :class:`RequestError` when ``python`` is of another one.
    """
    paths = sorted(sources)
    with tempfile.TemporaryDirectory(prefix="samestack-bytecode-") as name:
        directory = Path(name)
        for number, path in enumerate(paths):
            _write(sources[path], directory / f"{number}.py", path)
        (directory / "plan.json").write_bytes(msgspec.json.encode([f"/{path}" for path in paths]))
        # Hashes are not random then, and so the order of sets is not.
        told = lines(
            [python, "-s", "-S", "-B", _SCRIPT], directory=directory, environment={"PYTHONHASHSEED": "0"}
        )
        return tuple(_entries(told, directory, python, series))


def _write(content: Content, file: Path, path: str) -> None:
    if content.size > _MOST_SOURCE:
        raise RequestError(f"{path} is not compiled: {content.size:,} bytes are too many for a module")
    with content.open() as stream:
        file.write_bytes(stream.read())


def _entries(told: Iterator[str], directory: Path, python: Path, series: str) -> Iterator[LayerEntry]:
    try:
        opening = msgspec.json.decode(next(told, "null"), type=_Opening)
        if opening.series != series:
            raise RequestError(f"{python} is Python {opening.series}, and the image has {series}")
        for line in told:
            done = msgspec.json.decode(line, type=_Compiled)
            data = (directory / f"{done.number}.pyc").read_bytes()
            yield LayerEntry(path=done.path.lstrip("/"), content=BytesContent(data))
    except msgspec.DecodeError as error:
        raise OutsideError(f"{python} does not answer as a Python does: {error}") from None
