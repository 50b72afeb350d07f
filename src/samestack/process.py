"""The only place that starts a program."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn

from samestack.errors import OutsideError

if TYPE_CHECKING:
    import subprocess

_TAIL_LINES = 15


_NOT_FOUND = 127
_NOT_EXECUTABLE = 126
_PATIENCE = 2.0
"""Seconds that a program has to end when it is told to."""


class CommandError(OutsideError):
    """A user's command that cannot be started, with the exit status that a shell has for it."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_status = status


class Finished(NamedTuple):
    """A program that ran to its end: its exit status and what it said, as text.

    No msgspec struct: ``samestack run`` starts nothing and becomes its command without loading that.
    """

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
    import subprocess

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
    import tempfile

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


@contextmanager
def piped(command: Sequence[str | Path], *, directory: Path, data: bytes) -> "Iterator[IO[bytes]]":
    """What a program writes, as bytes, given ``data`` to read; it dies with the block, its group with it.

    The program may write more than a pipe holds before it has read all: ``data`` comes from a file. Whether
    it ended well is for the caller to tell from what it wrote. :class:`OutsideError` when it cannot start.
    """
    import subprocess
    import tempfile

    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        try:
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=directory,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise OutsideError(f"{command[0]} cannot be started: {error.strerror}") from None
    try:
        if process.stdout is not None:
            yield process.stdout
    finally:
        _kill_group(process)


class Conversation(NamedTuple):
    """A program that is written to and read from, by descriptor, and the file that it complains in."""

    question: int
    answer: int
    messages: IO[bytes]


@contextmanager
def conversation(command: Sequence[str | Path]) -> Iterator[Conversation]:
    """A program to be talked to for as long as the block lasts; it dies with it, its group with it.

    Limits of time are for the caller to keep. :class:`OutsideError` when it cannot start.
    """
    import subprocess
    import tempfile

    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as messages:
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=messages,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise OutsideError(f"{words[0]} cannot be started: {error.strerror}") from None
        try:
            if process.stdin is not None and process.stdout is not None:
                yield Conversation(process.stdin.fileno(), process.stdout.fileno(), messages)
        finally:
            _kill_group(process)


def answered(  # noqa: PLR0913 - what a program is given, and its limits
    command: Sequence[str | Path],
    question: bytes,
    *,
    directory: Path,
    environment: Mapping[str, str],
    seconds: float,
    most_bytes: int,
) -> bytes:
    """The first line that a program answers to a question on its standard input, of so many bytes at most.

    ``environment`` is all that it is given; what it says elsewhere is thrown away, since either may hold
    values that nobody may see. It dies with the call, and its group with it. :class:`OutsideError` when it
    cannot start, or does not answer in time.
    """
    import subprocess
    import threading

    words = [str(word) for word in command]
    try:
        process = subprocess.Popen(
            words,
            cwd=directory,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(f"{words[0]} cannot be started: {error.strerror}") from None
    late = threading.Event()

    def end() -> None:
        late.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:  # type: ignore[union-attr]
            stream.write(question)
        line: bytes = process.stdout.readline(most_bytes)  # type: ignore[union-attr]
    finally:
        timer.cancel()
        process.stdin = None  # which is closed, and would be closed again
        _kill_group(process)
    if late.is_set():
        raise OutsideError(f"{words[0]} did not answer within {seconds:g} seconds")
    return line


def attended(command: Sequence[str | Path]) -> int:
    """The exit status of a program that somebody uses on this terminal; it is ended when this process is.

    :class:`OSError` when it cannot start.
    """
    import subprocess

    process = subprocess.Popen([str(word) for word in command])
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def spawn(command: Sequence[str], environment: Mapping[str, str], outputs: Mapping[int, int]) -> int:
    """The id of a process that a command runs in, in this process's group and on its terminal.

    ``environment`` is all that it is given; it is looked for on the ``PATH`` in there. ``outputs`` are
    descriptors of ours by its own. :class:`CommandError` as from :func:`become`.
    """
    import shutil

    program = shutil.which(command[0], path=environment.get("PATH", os.defpath))
    try:
        return os.posix_spawn(
            program or command[0],
            list(command),
            environment,
            file_actions=[(os.POSIX_SPAWN_DUP2, inner, number) for number, inner in outputs.items()],
            setsigmask=(),
            setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),
        )
    except OSError as error:
        raise _unstartable(command[0], environment, error) from None


def become(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """End as this program and go on as another in its place: its signals and its exit status are its own.

    ``environment`` is all that it is given; it is looked for on the ``PATH`` in there. :class:`CommandError`,
    with the status 127 or 126, when it cannot be started.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    # Python ignores these two for itself, and what is ignored stays so: "run -- yes | head" would not end.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvpe(command[0], list(command), environment)  # noqa: S606 - no shell is what is wanted
    except OSError as error:
        raise _unstartable(command[0], environment, error) from None


def _unstartable(name: str, environment: Mapping[str, str], error: OSError) -> CommandError:
    import shutil

    path = shutil.which(name, path=environment.get("PATH", ""))
    if path is not None and isinstance(error, FileNotFoundError):
        return CommandError(f"{path}: the interpreter that its first line names is missing", _NOT_EXECUTABLE)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return CommandError(f"{name}: command not found", _NOT_FOUND)
    return CommandError(f"{name}: cannot be started: {error.strerror}", _NOT_EXECUTABLE)


def _failed(words: Sequence[str], status: int, said: str) -> OutsideError:
    tail = "\n".join(said.strip().splitlines()[-_TAIL_LINES:])
    return OutsideError(f"{Path(words[0]).name} ended with status {status}:\n{tail}")


def _start(
    words: list[str],
    directory: Path | None,
    environment: Mapping[str, str],
    *,
    messages: IO[str] | None = None,
) -> "subprocess.Popen[str]":
    import subprocess

    try:
        return subprocess.Popen(
            words,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if messages is None else messages,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(f"{words[0]} cannot be started: {error.strerror}") from None


def _kill_group(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.communicate()
