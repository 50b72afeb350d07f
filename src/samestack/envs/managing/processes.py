"""The programs that run in an environment, as far as the kernel tells this user of them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

_PROCESSES: Final = Path("/proc")


class Running(Struct, frozen=True):
    """A process, with the words that it was started with."""

    number: int
    command: str


def processes_in(environment: Path) -> tuple[Running, ...]:
    """The processes whose program is in the environment, or that have loaded a library from it.

    This process is left out. A shell in which the environment is activated runs nothing of it.
    """
    start = f"{environment}{os.sep}"
    numbers = (int(entry.name) for entry in _PROCESSES.glob("[0-9]*") if entry.name.isdecimal())
    return tuple(
        Running(number, " ".join(words))
        for number in sorted(numbers)
        if number != os.getpid()
        and (words := _words(number, "cmdline"))
        and (_program(number, words).startswith(start) or _has_loaded(number, start))
    )


def _program(number: int, words: list[str]) -> str:
    """The file that was started. The kernel knows the base interpreter only, to which a venv's one links."""
    if os.sep not in words[0]:
        return next(_found_on_path(number, words[0]), "")
    started = Path(_directory(number), words[0])
    return str(started.parent.resolve() / started.name)


def _found_on_path(number: int, name: str) -> Iterator[str]:
    path = next((one for one in _words(number, "environ") if one.startswith("PATH=")), "PATH=")
    candidates = (f"{directory}/{name}" for directory in path.removeprefix("PATH=").split(os.pathsep))
    return (candidate for candidate in candidates if os.access(candidate, os.X_OK))


def _directory(number: int) -> str:
    try:
        return str((_PROCESSES / str(number) / "cwd").readlink())
    except OSError:
        return os.sep


def _has_loaded(number: int, start: str) -> bool:
    try:
        return f" {start}" in (_PROCESSES / str(number) / "maps").read_text("utf-8", "replace")
    except OSError:  # another user's, or ended meanwhile
        return False


def _words(number: int, file: str) -> list[str]:
    try:
        data = (_PROCESSES / str(number) / file).read_bytes()
    except OSError:
        return []
    return [word for word in data.decode("utf-8", "surrogateescape").split("\0") if word]
