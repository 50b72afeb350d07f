"""The only place that starts a program."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from samestack.errors import OutsideError

_TAIL_LINES = 15


class Finished(Struct, frozen=True, kw_only=True):
    """A program that ran to its end: its exit status and what it said, as text."""

    status: int
    output: str
    messages: str


def run(
    command: Sequence[str | Path],
    *,
    directory: Path | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float | None = None,
    check: bool = True,
) -> Finished:
    """Run a program to its end, in a process group of its own that dies with the call.

    ``environment`` is added to this process's own; ``timeout`` is in seconds. :class:`OutsideError` when it
    cannot start, runs out of time or, with ``check``, exits with another status than 0.
    """
    words = [str(word) for word in command]
    process = _start(words, directory, {**os.environ, **(environment or {})})
    try:
        output, messages = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _kill_group(process)
        raise OutsideError(f"{words[0]} did not finish within {timeout:g} seconds") from None
    except BaseException:
        _kill_group(process)
        raise
    finished = Finished(status=process.returncode, output=output, messages=messages)
    if check and finished.status != 0:
        raise _failed(words, finished.status, messages or output)
    return finished


def lines(command: Sequence[str | Path], *, directory: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The lines that a program writes, as they come; it dies with the iteration, and its group with it.

    ``environment`` is all that it is given. :class:`OutsideError` as from :func:`run`.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as messages:
        process = _start(words, directory, environment, messages=messages)
        try:
            for line in process.stdout or ():  # noqa: UP028 - "yield from" would close the stream too early
                yield line
            status = process.wait()
        finally:
            _kill_group(process)
        if status != 0:
            messages.seek(0)
            raise _failed(words, status, messages.read())


def _failed(words: Sequence[str], status: int, said: str) -> OutsideError:
    tail = "\n".join(said.strip().splitlines()[-_TAIL_LINES:])
    return OutsideError(f"{Path(words[0]).name} ended with status {status}:\n{tail}")


def _start(
    words: list[str],
    directory: Path | None,
    environment: Mapping[str, str],
    *,
    messages: int | IO[str] = subprocess.PIPE,
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            words,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(f"{words[0]} cannot be started: {error.strerror}") from None


def _kill_group(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.communicate()
