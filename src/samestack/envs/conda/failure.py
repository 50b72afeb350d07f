"""What rattler says when it could not fill a prefix, in a line with a remedy."""

import re
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.lock.conda.channels import without_secrets

_REMEDIES: Final = (
    (
        r"hash mismatch",
        "do not install it; if the channel has replaced the file, lock anew",
    ),
    (r"[Nn]o space left|os error 28", "make room on that disk, then run this again"),
    (r"os error 13|[Pp]ermission denied", "its directory has to be one that you may write to"),
    (
        r"error sending request|[Cc]onnection|dns error|timed out|(?:client|server) error|os error 2\b",
        "look at the network and at the channels of the lock, then run this again",
    ),
)


def failure(message: str, lock: Path) -> OutsideError:
    """The error for what rattler said: its first and its last words, without credentials."""
    said = without_secrets(message)
    lines = [re.sub(r"^Caused by: ", "", line.strip()) for line in said.splitlines() if line.strip()]
    remedy = next((hint for pattern, hint in _REMEDIES if re.search(pattern, said)), None)
    words = ": ".join(dict.fromkeys((lines[0], lines[-1]))) if lines else "rattler says nothing"
    return OutsideError(f"{lock}: {words}", hint=remedy)
