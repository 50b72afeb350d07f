"""Where a command writes to when secrets are masked: a pipe, or a terminal of its own where ours is one."""

import contextlib
import os
import termios
import threading
from typing import Final

from samestack.config.running.redaction import Redactor

_PIECE: Final = 65536


class Outlet:
    """One stream of a command, masked on its way to a descriptor of ours.

    A terminal stays one for the command, which would else write in blocks and without colours.
    """

    def __init__(self, descriptor: int, redactor: Redactor) -> None:
        self._to = descriptor
        self._redactor = redactor
        self._is_terminal = os.isatty(descriptor)
        self._from, self.inner = os.openpty() if self._is_terminal else os.pipe()
        if self._is_terminal:
            self.take_size()
            _plain(self.inner)
        os.set_inheritable(self._from, False)  # noqa: FBT003 - it takes no keyword
        self._thread = threading.Thread(target=self._pass_on, daemon=True)

    def begin(self) -> None:
        """Pass on what comes; the command has its own copy of the inner end from here on."""
        os.close(self.inner)
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Wait until everything is passed on; not for ever, since a child of the command may keep writing."""
        self._thread.join(seconds)

    def take_size(self) -> None:
        """The size of our terminal is that of the command's."""
        if self._is_terminal:
            with contextlib.suppress(termios.error):
                termios.tcsetwinsize(self._from, termios.tcgetwinsize(self._to))

    def _pass_on(self) -> None:
        while data := self._read():
            self._write(self._redactor.feed(data))
        self._write(self._redactor.rest())
        os.close(self._from)

    def _read(self) -> bytes:
        try:
            return os.read(self._from, _PIECE)
        except OSError:  # how Linux says that nobody holds the other end of a terminal any more
            return b""

    def _write(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._to, data) :]
            except BrokenPipeError:  # whoever reads has seen enough; the command is to run on
                return


def _plain(descriptor: int) -> None:
    """Let our terminal alone make the ends of lines."""
    attributes = termios.tcgetattr(descriptor)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
