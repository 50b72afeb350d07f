"""Who deploys: as git knows them, else by the name they are logged in with."""

import contextlib
import getpass
import socket
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.process import run

_SECONDS: Final = 5.0
_MAX: Final = 200


def author(project: Path) -> str:
    """``Ada Lovelace <ada@example.com>``; ``ada@host`` where git says nothing."""
    name, email = (_git(project, f"user.{key}") for key in ("name", "email"))
    said = f"{name} <{email}>" if name and email else name or email or f"{_login()}@{socket.gethostname()}"
    return "".join(letter for letter in said if letter.isprintable())[:_MAX]


def email_of(who: str) -> str:
    """What signatures know them by: the address, or all of it where there is none."""
    _, bracket, rest = who.rpartition("<")
    return rest.removesuffix(">") if bracket else who


def _git(project: Path, key: str) -> str:
    try:
        return run(
            ["git", "config", "--get", key], directory=project, timeout=_SECONDS, check=False
        ).output.strip()
    except OutsideError:  # there is no git
        return ""


def _login() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):  # a user without a name, in a container
        return getpass.getuser()
    return "somebody"
