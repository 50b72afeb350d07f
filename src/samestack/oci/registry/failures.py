"""What went wrong with a registry, as errors: never with a credential in them."""

from collections.abc import Set as AbstractSet
from typing import Final

import msgspec
from msgspec import Struct

from samestack.errors import OutsideError

PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""The statuses after which the same question may well be answered."""

_MEANINGS: Final = {
    401: "it wants credentials that it accepts",
    403: "it does not permit that",
    404: "it does not know that",
    413: "it does not take anything so large",
    429: "it wants to be asked less often",
}
_UNPROVEN: Final = (401, 403)
_MOST_CHARACTERS: Final = 200


class PassingError(OutsideError):
    """A failure that may be gone the next time; ``wait`` is how many seconds the registry asks for."""

    def __init__(self, message: str, *, wait: float = 0.0, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.wait = wait


class RefusedError(OutsideError):
    """A registry says no, and would say so again; ``status`` is HTTP's."""

    def __init__(self, message: str, *, status: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class _Error(Struct, frozen=True):
    code: str = ""
    message: str = ""


class _Body(Struct, frozen=True):
    errors: tuple[_Error, ...] = ()


def refusal(status: int, body: bytes, *, host: str, work: str, secrets: AbstractSet[str]) -> RefusedError:
    """The error for an answer that is none."""
    meaning = _MEANINGS.get(status, "it fails" if status >= 500 else "it refuses that")
    said = "".join(f", {word}" for word in _words(body) if _is_showable(word, secrets))
    hint = f"docker login {host}" if status in _UNPROVEN else None
    return RefusedError(f"{host}: {work}: {meaning} (HTTP {status}{said})", status=status, hint=hint)


def passing(failure: OutsideError, *, wait: float = 0.0) -> PassingError:
    """The same failure, as one that may be gone the next time."""
    return PassingError(failure.message, wait=wait, hint=failure.hint)


def _words(body: bytes) -> tuple[str, ...]:
    """What a registry says of its refusal: a code and a sentence."""
    try:
        errors = msgspec.json.decode(body, type=_Body).errors
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ()
    return (errors[0].code, errors[0].message) if errors else ()


def _is_showable(word: str, secrets: AbstractSet[str]) -> bool:
    is_short = 0 < len(word) <= _MOST_CHARACTERS and word.isprintable()
    return is_short and not any(secret in word for secret in secrets)
