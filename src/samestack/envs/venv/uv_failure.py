"""What uv says when it could not fill an environment, in a line with a remedy."""

import re
from pathlib import Path
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError
from samestack.solve.uv.uv_words import failure as first_words

_REMEDIES: Final = (
    (
        r"[Hh]ash mismatch|--require-hashes|Hash-checking",
        "its file is not the one that was locked: do not install it; if the index has replaced it, lock anew",
    ),
    (r"failed to read directory .*archive-v", "uv's cache has lost files: uv cache clean, then run this again"),
    (r"No space left on device", "make room on that disk, then run this again"),
    (
        r"error sending request|Failed to fetch|Could not connect|dns error|timed out|Network is unreachable",
        "look at the network and at the index that uv or pip is configured for, then run this again",
    ),
    (r"network was disabled|offline", "it is not in uv's cache: let uv use the network"),
    (r"compatible tags|not compatible|no wheels|has no usable", "lock it for this platform: samestack lock"),
    (r"[Ff]ailed to build|build backend", "its source cannot be built here: lock a release with a wheel"),
)


def failure(messages: str, lock: Path) -> OutsideError:
    """The error for what uv said, without credentials."""
    said = without_credentials(messages)
    remedy = next((hint for pattern, hint in _REMEDIES if re.search(pattern, said)), None)
    return OutsideError(f"{lock}: {first_words(said)}", hint=remedy)
