"""The project's settings class asked in the project's environment, in a process that ends with the call."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from samestack.config.schema.refusals import Reading, Refusal, words_of
from samestack.config.settings import PLACE
from samestack.errors import InputError, OutsideError, RequestError
from samestack.process import answered

SCRIPT: Final = Path(__file__).with_name("pydantic_child.py")
_SECONDS: Final = 60.0
_MOST_BYTES: Final = 8 * 1024 * 1024
_CLASS: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")
_PASSED_ON: Final = re.compile(
    r"PATH|HOME|USER|TZ|TMPDIR|LANG|LC_\w+|LD_LIBRARY_PATH|PYTHONDONTWRITEBYTECODE"
)
"""What a class may need to be imported; anything else may be configuration, and the class is to read none."""


class Asked(Struct, frozen=True, kw_only=True):
    """A class, and where it is."""

    name: str
    """``package.module:Class``."""
    file: Path
    """The manifest that names it."""
    project: Path
    python: Path
    """The interpreter of the project's environment."""


class _Refused(Struct, frozen=True):
    refusal: Refusal | None = None


def asked_class(name: str, file: Path, project: Path, environment: Path | None) -> Asked:
    """The class by its name; errors say that the name is none, or what of the environment is missing."""
    if _CLASS.fullmatch(name) is None:
        hint = 'write "package.module:Class"'
        raise InputError(str(file), f"'{name}' names no class", place=f"{PLACE}.schema", hint=hint)
    if environment is None:
        hint = "make it with: samestack sync, or declare the variables in [tool.samestack.config.fields]"
        raise RequestError(
            f"{file}: {name} is read in the project's environment, and there is none", hint=hint
        )
    python = environment / "bin" / "python"
    if not python.exists():
        raise RequestError(
            f"{environment}: no environment with a Python", hint="make it with: samestack sync"
        )
    return Asked(name=name, file=file, project=project, python=python)


def answer_of(asked: Asked, request: Mapping[str, Any]) -> bytes:
    """What the class says to a request, in JSON.

    The request goes over the standard input alone. :class:`InputError` where the class cannot be read,
    :class:`OutsideError` where its interpreter does not answer.
    """
    said = msgspec.json.encode({"class": asked.name, **request})
    data = _said(asked, said)
    try:
        refusal = msgspec.json.decode(data, type=_Refused).refusal
    except (msgspec.DecodeError, UnicodeDecodeError):
        what = "said too much of" if len(data) >= _MOST_BYTES else "ended before it had read"
        raise OutsideError(f"{asked.python} {what} {asked.name}", hint=_reading(asked).trial) from None
    if refusal is not None:
        raise _error(asked, refusal)
    return data


def _said(asked: Asked, request: bytes) -> bytes:
    """The line that the child answers. What the project prints may hold values, and goes nowhere."""
    project = asked.project.resolve()
    environment = {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}
    environment["PYTHONPATH"] = os.pathsep.join((str(project), str(project / "src")))
    python = asked.python.absolute()  # not resolved: the link is what makes it the environment's
    return answered(
        (python, "-B", SCRIPT),  # nothing is written into the project
        request,
        directory=project,
        environment=environment,
        seconds=_SECONDS,
        most_bytes=_MOST_BYTES,
    )


def _reading(asked: Asked) -> Reading:
    return Reading(asked.name, asked.python)


def _error(asked: Asked, refusal: Refusal) -> InputError:
    message, hint = words_of(refusal, _reading(asked))
    return InputError(str(asked.file), message, place=f"{PLACE}.schema", hint=hint)
