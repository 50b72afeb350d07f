"""When an image was made, and of what: from SOURCE_DATE_EPOCH or the commit, never from a clock."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from samestack.capture.git.changes import changed_files
from samestack.capture.git.checkout import Checkout, checkout_around, head_commit
from samestack.capture.tree import MachineTree
from samestack.errors import OutsideError, RequestError
from samestack.process import run


class Origin(Struct, frozen=True, kw_only=True):
    """Where the project's files come from."""

    created: str = ""
    """RFC 3339, in UTC; empty where neither SOURCE_DATE_EPOCH nor a commit tells."""
    revision: str = ""
    """The commit, where the files are as it has them."""


def origin_of(directory: Path, environment: Mapping[str, str]) -> Origin:
    """The origin of a project; :class:`RequestError` for a SOURCE_DATE_EPOCH that is no time."""
    tree, place = MachineTree(), os.path.realpath(directory)
    checkout = checkout_around(tree, place)
    commit = None if checkout is None else head_commit(tree, checkout)
    if checkout is None or commit is None:
        return Origin(created=_said(environment))
    is_changed = bool(changed_files(tree, checkout, place))
    created = _said(environment) or _time_of(checkout, commit)
    return Origin(created=created, revision="" if is_changed else commit)


def _said(environment: Mapping[str, str]) -> str:
    said = environment.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return ""
    try:
        return _written(int(said))
    except (ValueError, OverflowError, OSError):
        hint = "seconds since 1970: 1767225600"
        raise RequestError(f"SOURCE_DATE_EPOCH is no time: '{said}'", hint=hint) from None


def _time_of(checkout: Checkout, commit: str) -> str:
    """The commit's time by its committer; git may be missing, or refuse another user's checkout."""
    words = ("git", f"--git-dir={checkout.directory}", "cat-file", "commit", commit)
    try:
        finished = run(words, environment={"GIT_CONFIG_NOSYSTEM": "1"}, timeout=30, check=False)
    except OutsideError:
        return ""
    head = finished.output.partition("\n\n")[0]
    line = next((one for one in head.splitlines() if one.startswith("committer ")), "")
    seconds = line.split(" ")[-2] if finished.status == 0 and line else ""
    return _written(int(seconds)) if seconds.isdecimal() else ""


def _written(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
