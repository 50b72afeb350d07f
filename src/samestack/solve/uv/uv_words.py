"""What uv's exit status and words mean: no solution, or a solver that could not be asked.

uv prints no machine-readable answer when there is no solution: status 1 and prose on standard error. Status 1
is also what it ends with when an index refuses to answer, so the words have to be read. Whatever is not
plainly "no solution" counts as not asked.
"""

import re
from typing import Final

from samestack.capture.addresses import without_credentials

_NO_SOLUTION: Final = "No solution found"
_INDEX_SILENT: Final = (
    "could not be queried",
    "403 Forbidden",
    "401 Unauthorized",
    "network was disabled",
    "were unavailable because",
)
"""What uv adds as a hint when packages were missing because the index did not show them."""

_NEEDS_BUILD: Final = ("no usable wheels", "uilding from source is disabled", "uilding source distributions")
_BUILD_FAILED: Final = ("Failed to build", "build backend returned an error", "build system")
_NAMED: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"


def is_no_solution(status: int, messages: str) -> bool:
    """Whether this says that the wishes cannot be met, rather than that something failed."""
    if status == 0 or _NO_SOLUTION not in messages:
        return False
    return not any(words in messages for words in _INDEX_SILENT)


def needs_build(messages: str) -> bool:
    """Whether source distributions that were not built might have been the way out."""
    return any(words in messages for words in _NEEDS_BUILD)


def is_failed_build(messages: str) -> bool:
    """Whether uv stopped at a source distribution that cannot be built here."""
    return any(words in messages for words in _BUILD_FAILED)


def said(messages: str) -> str:
    """What uv says, without what it says beside that, and without credentials."""
    text = without_credentials(messages)
    for beginning in ("Because ", "error: "):
        # What uv says before is about interpreters and downloads; how it draws the reasons changes.
        if beginning in text:
            text = text[text.find(beginning) :]
            break
    reasons, *hints = re.split(r"\n\s*hint: ", text)
    joined = " ".join(reasons.split())
    return "\n".join([joined, *(f"hint: {' '.join(one.split())}" for one in hints)])


def failure(messages: str) -> str:
    """The failure in a line: uv's first words, and what it names as the cause."""
    lines = [line.strip() for line in without_credentials(messages).splitlines()]
    wanted = [line for line in lines if line.startswith(("error: ", "cause: ", "hint: "))] or lines[-1:]
    words = [line.partition(": ")[2] if ": " in line else line for line in wanted]
    return ": ".join(dict.fromkeys(words[:3])) or "it says nothing"


def names_in(words: str) -> frozenset[str]:
    """Everything in these words that could be the name of a package, in its canonical form."""
    from packaging.utils import canonicalize_name  # read only where there is a conflict

    return frozenset(canonicalize_name(name) for name in re.findall(_NAMED, words))
