"""A profile's age file: read, changed as a whole, and never anything between two versions."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from samestack.config.age.identities import identities
from samestack.config.age.recipients import recipients_of
from samestack.config.age.sealing import opened, sealed
from samestack.config.age.secret_document import Secrets, decode_secrets, encode_secrets
from samestack.errors import OutsideError, RequestError
from samestack.files import write_file
from samestack.outside.local_file import MAX_BYTES, read_local

_PATIENCE: Final = 10.0
"""Seconds that somebody else may take to write."""


class Store(Struct, frozen=True, kw_only=True):
    """The file, and who it is for."""

    path: Path
    shown: str
    """As errors and origins call it: ``age:config/production.secrets.age``."""
    recipients: tuple[str, ...]
    """Those that a new version is encrypted to."""
    manifest: str
    """The file that names them."""
    variables: Mapping[str, str]
    """Those of this process, which say where one's identity is."""

    def __repr__(self) -> str:
        return f"Store({self.shown})"

    def read(self) -> Secrets:
        """What is in it; nothing where there is no file yet."""
        return read_secrets(self.path, self.shown, self.variables) if self.path.exists() else Secrets()

    def change(
        self, change: Callable[[Secrets], Secrets], *, always: bool = False
    ) -> tuple[Secrets, Secrets]:
        """Put what ``change`` makes of the secrets in their place; what was there, and what is now.

        The file is written only where its secrets or its recipients are others than before, or ``always``.
        """
        recipients = self.checked_recipients()
        with _alone(self.path.parent):
            before = self.read()
            after = msgspec.structs.replace(change(before), recipients=self.recipients)
            if always or after != before:
                _write(sealed(encode_secrets(after), recipients), self.path)
        return before, after

    def checked_recipients(self) -> tuple[Any, ...]:
        """The recipients for pyrage; :class:`~samestack.errors.RequestError` for none, or a bad one."""
        return recipients_of(self.recipients, self.manifest)


def read_secrets(path: Path, shown: str, variables: Mapping[str, str]) -> Secrets:
    """The secrets of a file, decrypted by one's identities.

    :class:`~samestack.config.sources.kind.SourceError` where it is not there, or not for us;
    :class:`~samestack.errors.InputError` where it is damaged, or holds something else.
    """
    text = read_local(path, shown)
    return decode_secrets(opened(text, identities(variables, shown), shown), shown)


def _write(data: bytes, path: Path) -> None:
    if len(data) > MAX_BYTES:
        hint = "split it over several files, or keep large values elsewhere"
        raise RequestError(f"{path}: it would be larger than {MAX_BYTES:,} bytes", hint=hint)
    write_file(data, path)


@contextlib.contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Hold others off who change a file in the directory, which is made where it is not there."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be written to: {error.strerror}") from None
    try:
        _lock(descriptor, directory)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, directory: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise RequestError(f"{directory}: somebody else is changing a file there") from None
            time.sleep(0.05)
        except OSError:  # a file system without locks: the rename alone keeps the file whole
            return
        else:
            return
