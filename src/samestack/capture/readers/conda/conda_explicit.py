"""Lists that conda writes: ``@EXPLICIT`` addresses, ``conda list --export`` and ``conda list --json``."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.documents import decode_json, read_text
from samestack.capture.observation import Observation
from samestack.capture.readers.conda.conda_records import CondaRecord, archive_of, component_of
from samestack.capture.readers.conda.locked_wheels import locked_wheel
from samestack.capture.readers.requirements.packaging_values import placed
from samestack.capture.readers.requirements.requirement_lines import logical_lines
from samestack.model import Component

_MARK: Final = "@EXPLICIT"
_PYPI: Final = "pypi"
# conda-lock appends what pip has to install in comments, which conda passes over.
_OF_PIP = re.compile(r"# pip (?P<name>\S+) @ (?P<address>\S+)(?: --hash=sha256:(?P<sha256>\S+))?\s*")


class _Listed(Struct):
    """One row of ``conda list --json``."""

    name: str
    version: str
    build_string: str = ""
    channel: str = ""


def read(path: Path) -> Observation:
    """Every package that the list names, whichever of the three forms it has."""
    text, file = read_text(path), str(path)
    if text.lstrip().startswith("["):
        rows = decode_json(text.encode(), tuple[_Listed, ...], file=file)
        return Observation(tuple(_of_rows(rows, file)))
    lines = list(logical_lines(text))
    if any(line == _MARK for _, line in lines):
        return Observation((*_of_addresses(lines, file), *_of_comments(text, file)))
    return Observation(tuple(_of_export(lines, file)))


def _of_addresses(lines: list[tuple[int, str]], file: str) -> Iterator[Component]:
    for number, line in lines:
        if line != _MARK:
            with placed(file, f"line {number}"):
                yield _of_address(line)


def _of_address(line: str) -> Component:
    """``address#md5`` or ``address#sha256:digest``."""
    address, _, fragment = line.partition("#")
    archive = archive_of(address)
    digest = fragment.removeprefix("sha256:")
    is_sha256 = len(digest) == 64
    record = CondaRecord(
        name=archive.name,
        version=archive.version,
        build=archive.build,
        channel=archive.channel,
        sha256=digest if is_sha256 else None,
        md5=digest if digest and not is_sha256 else None,
    )
    return component_of(record)


def _of_comments(text: str, file: str) -> Iterator[Component]:
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _OF_PIP.fullmatch(line):
            with placed(file, f"line {number}"):
                yield locked_wheel(match["address"], match["name"], None, match["sha256"])


def _of_export(lines: list[tuple[int, str]], file: str) -> Iterator[Component]:
    for number, line in lines:
        with placed(file, f"line {number}"):
            if line.count("=") != 2:
                raise ValueError("not name=version=build")
            name, version, build = line.split("=")
            yield _listed(name, version, build, "")


def _of_rows(rows: tuple[_Listed, ...], file: str) -> Iterator[Component]:
    for index, row in enumerate(rows):
        with placed(file, f"$[{index}]"):
            yield _listed(row.name, row.version, row.build_string, row.channel)


def _listed(name: str, version: str, build: str, channel: str) -> Component:
    """A package of a list, in which conda counts those that pip installed under the build ``pypi_0``."""
    if channel == _PYPI or build.startswith(f"{_PYPI}_"):
        return locked_wheel("", name, version, None)
    return component_of(CondaRecord(name=name, version=version, build=build, channel=channel))
