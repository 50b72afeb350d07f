"""The inputs of a program: one file, or the files of a directory."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from samestack.behaviour.recording.recording import Input
from samestack.errors import RequestError

MAX_INPUTS: Final = 100_000
_CHUNK: Final = 1024 * 1024


def inputs_at(path: Path) -> Mapping[Input, Path]:
    """Each input with where it is, in the order of their names; what is hidden is left out.

    :class:`RequestError` where there is none, or where they are too many.
    """
    if path.is_file():
        return {_input(path, path.name): path}
    if not path.is_dir():
        raise RequestError(f"'{path}': no such file or directory", hint="name the inputs with --inputs")
    files = _files(path)
    if not files:
        raise RequestError(f"'{path}' holds no files that could be inputs")
    return {_input(file, file.relative_to(path).as_posix()): file for file in files}


def _files(directory: Path) -> list[Path]:
    found: list[Path] = []
    for place, directories, names in os.walk(directory):
        directories[:] = [name for name in directories if not name.startswith(".")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
        if len(found) > MAX_INPUTS:
            raise RequestError(f"'{directory}' holds more than {MAX_INPUTS} files")
    return sorted((file for file in found if file.is_file()), key=lambda file: file.parts)


def _input(path: Path, name: str) -> Input:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise RequestError(f"'{path}' cannot be read: {error.strerror}") from None
    return Input(name=name, sha256=digest.hexdigest(), size=size)
