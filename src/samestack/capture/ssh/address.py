"""What stands after ``ssh:``: a machine, and an environment on it."""

import re
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError
from samestack.model import Kind, Reference

KINDS: Final = (Kind.MACHINE, Kind.VENV, Kind.PYTHON, Kind.CONDA, Kind.ROOTFS, Kind.PATH)
"""What can be read there."""
EXAMPLE: Final = "ssh:USER@HOST/venv:/srv/app/.venv"
_LOCATOR: Final = re.compile(
    r"(?:(?P<user>[A-Za-z0-9_][\w.-]{0,255})@)?"
    r"(?P<host>[A-Za-z0-9_][\w.-]{0,255}|\[[0-9A-Fa-f:.]{2,45}(?:%[\w.-]{1,32})?\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/(?P<inner>.*))?",
    re.DOTALL | re.ASCII,
)
_MAX_PORT: Final = 65535


class Address(Struct, frozen=True, kw_only=True):
    """A machine as ssh knows it. No part of it begins with a dash, which ssh would take for an option."""

    host: str
    """A name, an address, or an alias of the user's ``~/.ssh/config``."""
    user: str = ""
    """Empty for the one that ssh chooses."""
    port: int = 0
    """0 for the one that ssh chooses."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"{self.user}@{host}{port}" if self.user else f"{host}{port}"

    @property
    def trial(self) -> str:
        """What a person types to see whether ssh gets there."""
        port = f"-p {self.port} " if self.port else ""
        user = f"{self.user}@" if self.user else ""
        return f"ssh {port}{user}{self.host} true"

    @property
    def words(self) -> tuple[str, ...]:
        """What tells ssh about it, the name of the machine last."""
        user = ("-l", self.user) if self.user else ()
        port = ("-p", str(self.port)) if self.port else ()
        return (*user, *port, "--", self.host)


class Remote(Struct, frozen=True):
    """An environment on another machine."""

    address: Address
    reference: Reference
    """As one would write it there."""


def remote(locator: str) -> Remote:
    """Read ``[USER@]HOST[:PORT]/REFERENCE``; :class:`RequestError` for what is none."""
    match = _LOCATOR.fullmatch(locator)
    if match is None:
        raise RequestError(f"'ssh:{locator}': no machine is named", hint=f"for example {EXAMPLE}")
    port = int(match["port"] or 0)
    if port > _MAX_PORT or match["port"] in {"0", "00"}:
        raise RequestError(f"'ssh:{locator}': there is no port {port}", hint=f"1 to {_MAX_PORT}")
    if not match["inner"]:
        hint = f"for example {EXAMPLE}, or ssh:{match['host']}/machine: for all of it"
        raise RequestError(f"'ssh:{locator}': no environment on {match['host']} is named", hint=hint)
    address = Address(host=match["host"].strip("[]"), user=match["user"] or "", port=port)
    return Remote(address, _inner(match["inner"], match["host"]))


def _inner(text: str, host: str) -> Reference:
    reference = Reference.parse(text)
    if reference.kind in KINDS:
        return reference
    if reference.kind in {Kind.CONTAINER, Kind.IMAGE}:
        hint = f"ask the engine there: DOCKER_HOST=ssh://{host} samestack capture {reference.kind}:NAME"
    else:
        hint = "an environment there is " + ", ".join(f"{kind}:" for kind in KINDS[:-1]) + " or a path"
    raise RequestError(f"'{reference.kind}:' is not read through ssh", hint=hint)
