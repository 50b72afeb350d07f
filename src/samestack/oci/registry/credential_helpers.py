"""Docker's credential helpers: programs that keep credentials and are asked for one of them."""

import re
from typing import Final

import msgspec
from msgspec import Struct, field

from samestack.errors import OutsideError, RequestError
from samestack.oci.registry.credentials import Credential
from samestack.process import run

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SECONDS: Final = 60
_NOBODY: Final = "<token>"
# The helper reads the name of the registry from its standard input.
_ASK: Final = 'printf %s "$1" | "$0" get'


class _Answer(Struct, frozen=True):
    user: str = field(default="", name="Username")
    secret: str = field(default="", name="Secret")


def credential_from(helper: str, key: str) -> Credential | None:
    """What ``docker-credential-HELPER`` knows of a registry; ``None`` where it knows nothing.

    :class:`OutsideError` when it is missing or says something else than a credential. What it says is never
    shown.
    """
    if not _NAME.fullmatch(helper):
        raise RequestError("Docker's configuration names a credential helper that no program is called")
    program = f"docker-credential-{helper}"
    finished = run(["sh", "-c", _ASK, program, key], timeout=_SECONDS, check=False)
    if finished.status == 127:
        hint = "install it, or take it out of Docker's configuration"
        raise OutsideError(f"{program}, which keeps the credentials for {key}, is not installed", hint=hint)
    # Helpers tell a failure and that they know nothing by the same status, and only in words apart.
    return None if finished.status != 0 else _read(finished.output, program)


def _read(output: str, program: str) -> Credential | None:
    try:
        answer = msgspec.json.decode(output, type=_Answer)
    except (msgspec.MsgspecError, UnicodeError):
        raise OutsideError(f"{program} says something else than a credential") from None
    if answer.user == _NOBODY:
        return Credential(identity_token=answer.secret)
    return Credential(user=answer.user, password=answer.secret) if answer.user else None
