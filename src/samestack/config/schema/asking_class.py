"""The project's settings class asked in the project's own environment, in a process that ends with the call."""

import contextlib
import os
import re
import signal
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from samestack.check.suggestion import did_you_mean
from samestack.config.settings import PLACE
from samestack.errors import InputError, OutsideError, RequestError

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


class _Refusal(Struct, frozen=True):
    kind: str
    name: str = ""
    place: str = ""
    near: tuple[str, ...] = ()


class _Refused(Struct, frozen=True):
    refusal: _Refusal | None = None


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
        message = f"{asked.python} ended before it had read {asked.name}"
        raise OutsideError(message, hint=f'try: {asked.python} -c "import {_module(asked)}"') from None
    if refusal is not None:
        raise _error(asked, refusal)
    return data


def _said(asked: Asked, request: bytes) -> bytes:
    """The line that the process writes; it and all that it started are gone when this returns."""
    process = _started(asked)
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(_SECONDS, end)
    timer.start()
    try:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(request)  # type: ignore[union-attr]
            process.stdin.close()  # type: ignore[union-attr]
        data: bytes = process.stdout.readline(_MOST_BYTES)  # type: ignore[union-attr]
    finally:
        timer.cancel()
        _kill(process)
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]
    if late.is_set():
        raise OutsideError(f"{asked.name} was not read within {_SECONDS:g} seconds")
    return data


def _started(asked: Asked) -> "subprocess.Popen[bytes]":
    environment = {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}
    project = asked.project.resolve()
    environment["PYTHONPATH"] = os.pathsep.join((str(project), str(project / "src")))
    python = asked.python.absolute()  # not resolved: the link is what makes it the environment's
    try:
        return subprocess.Popen(
            (str(python), str(SCRIPT)),
            cwd=project,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what the project prints may hold values
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(f"{asked.python} cannot be started: {error.strerror}") from None


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _module(asked: Asked) -> str:
    return asked.name.partition(":")[0]


def _error(asked: Asked, refusal: _Refusal) -> InputError:
    message, hint = _words(asked, refusal)
    return InputError(str(asked.file), message, place=f"{PLACE}.schema", hint=hint)


def _words(asked: Asked, refusal: _Refusal) -> tuple[str, str | None]:
    """What is wrong with the class, and what to do."""
    module, name = _module(asked), refusal.name
    match refusal.kind:
        case "no-module" if f"{module}.".startswith(f"{name}."):
            return f"there is no module '{name}' in the project or in {asked.python.parent.parent}", (
                'write "package.module:Class" as a program of the project would import it'
            )
        case "no-module":
            return f"importing {module} takes '{name}', which its environment has not", (
                "add it to the project's requirements, and: samestack sync"
            )
        case "no-class":
            near = did_you_mean(name, refusal.near) if refusal.near else "it has no class at all"
            return f"{module} has no class '{name}'", near
        case "no-pydantic-class":
            return f"'{asked.name}' is no class of pydantic's", "name a BaseModel, or a BaseSettings"
        case "case":
            return f"{asked.name} is case-sensitive, and would read '{name}' by no name in capitals", (
                "remove case_sensitive, or give it an alias in capitals"
            )
        case "no-name":
            return f"no variable can be called like its field '{name}'", "give it an alias of letters and _"
        case _:
            where = f" at {refusal.place}" if refusal.place else ""
            return f"reading {asked.name} failed with {name}{where}", (
                f'try: {asked.python} -c "import {module}"'
            )
