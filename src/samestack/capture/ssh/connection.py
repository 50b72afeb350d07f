"""The ordinary ssh client as a program that is written to and read from, within limits of time and size."""

import contextlib
import os
import select
import time
from collections.abc import Iterator, Mapping
from typing import IO, Final

from samestack.capture.ssh.address import Address
from samestack.outside.source_error import Reason, SourceError
from samestack.process import conversation

ANSWER_SECONDS: Final = 30.0
"""How long one answer may take."""
SECONDS: Final = 600.0
"""How long all of it may take."""
MAX_BYTES: Final = 4 * 1024**3
"""How much may come in all: a deep capture reads every binary."""
_CONNECT_SECONDS: Final = 15
_SAID_BYTES: Final = 16 * 1024

OPTIONS: Final[Mapping[str, str]] = {
    "BatchMode": "yes",  # nothing is asked of a person
    "ConnectTimeout": str(_CONNECT_SECONDS),
    "ServerAliveInterval": "10",
    "ServerAliveCountMax": "3",
    "ClearAllForwardings": "yes",
    "ForwardAgent": "no",
    "ForwardX11": "no",
    "PermitLocalCommand": "no",
    "RequestTTY": "no",
    "ControlMaster": "no",  # one that is there is used; ours would outlive us
}
"""What samestack wants of ssh. All else is the user's own configuration, keys and known hosts."""

_FAULTS: Final = (
    ("Host key verification failed", Reason.DENIED, "its host key is not known, or has changed"),
    ("Permission denied", Reason.DENIED, "it does not let us in"),
    ("Too many authentication failures", Reason.DENIED, "it does not let us in"),
    ("Could not resolve hostname", Reason.UNREACHABLE, "there is no host of that name"),
    ("subsystem request failed", Reason.UNREACHABLE, "its ssh server offers no SFTP"),
    ("Connection refused", Reason.UNREACHABLE, "nobody answers there"),
    ("timed out", Reason.UNREACHABLE, "nobody answers there in time"),
    ("No route to host", Reason.UNREACHABLE, "there is no way to it"),
    ("Network is unreachable", Reason.UNREACHABLE, "there is no way to it"),
)
"""What ssh says, and what it means. Its words are not repeated: a server or a proxy chose some."""


def ssh_command(address: Address, *, subsystem: str = "", command: str = "") -> list[str]:
    """The words that start ssh for a subsystem of a machine, or for a command in its shell."""
    options = [word for name, value in OPTIONS.items() for word in ("-o", f"{name}={value}")]
    wanted = ["-s", *address.words, subsystem] if subsystem else [*address.words, command]
    return ["ssh", "-T", *options, *wanted]


class Connection:
    """Bytes to and from ssh. :class:`SourceError` where it ends, says too much or is silent for too long."""

    def __init__(self, process_input: int, output: int, messages: IO[bytes], address: Address) -> None:
        self._address = address
        self._input = process_input
        self._output = output
        self._messages = messages
        self._end = time.monotonic() + SECONDS
        self._left = MAX_BYTES
        self._buffer = bytearray()

    def send(self, data: bytes) -> None:
        """Write all of it."""
        limit = self._limit()
        view = memoryview(data)
        while view:
            self._wait(self._input, select.POLLOUT, limit)
            try:
                view = view[os.write(self._input, view) :]
            except OSError:
                raise self.ended() from None

    def receive(self, count: int) -> bytes:
        """So many bytes."""
        limit = self._limit()
        while len(self._buffer) < count:
            self._wait(self._output, select.POLLIN, limit)
            piece = os.read(self._output, 256 * 1024)
            if not piece:
                raise self.ended()
            self._left -= len(piece)
            if self._left < 0:
                raise self._failure(f"more than {MAX_BYTES:,} bytes came", hint="name a smaller environment")
            self._buffer += piece
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    def ended(self) -> SourceError:
        """Why ssh has ended, as far as it says."""
        self._messages.seek(0)
        said = self._messages.read(_SAID_BYTES).decode("utf-8", "replace")
        hint = f"see what it says: {self._address.trial}"
        for words, reason, message in _FAULTS:
            if words in said:
                return SourceError(f"ssh:{self._address}", reason, message, hint=hint)
        return self._failure("the connection broke off", hint=hint)

    def _limit(self) -> float:
        return min(time.monotonic() + ANSWER_SECONDS, self._end)

    def _wait(self, descriptor: int, event: int, limit: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        if not poll.poll(max(0.0, limit - time.monotonic()) * 1000):
            raise self._failure("no answer in time", hint=f"see whether it is slow: {self._address.trial}")

    def _failure(self, message: str, *, hint: str) -> SourceError:
        return SourceError(f"ssh:{self._address}", Reason.UNREACHABLE, message, hint=hint)


@contextlib.contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """A connection to a machine's file transfer, which ends with the block."""
    with conversation(ssh_command(address, subsystem="sftp")) as talk:
        os.set_blocking(talk.question, False)
        yield Connection(talk.question, talk.answer, talk.messages, address)
