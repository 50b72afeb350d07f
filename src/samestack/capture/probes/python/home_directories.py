"""Where the people of a system, and its administrator, keep what is theirs: passwd(5), read as text."""

from typing import Final

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.remarks import shown_path
from samestack.capture.tree import Tree

MAX_HOMES: Final = 200
"""How many home directories are looked into."""

_FILE: Final = "/etc/passwd"
_MAX_BYTES: Final = 1024 * 1024
_FIRST_PERSON: Final = 1000  # below, but for 0, are the accounts of services


def home_directories(tree: Tree) -> tuple[str, ...]:
    """The home directories of the administrator (the first, where there is one) and of people."""
    content = read_optional(tree, _FILE, limit=_MAX_BYTES).content or b""
    accounts = sorted(filter(None, map(_account, content.decode("utf-8", "replace").splitlines())))
    return tuple(dict.fromkeys(home for _, home in accounts))[:MAX_HOMES]


def _account(line: str) -> tuple[int, str] | None:
    """Number and home directory of an account that may be a person's."""
    fields = line.split(":")
    if len(fields) < 7 or not (fields[2].isascii() and fields[2].isdigit() and len(fields[2]) < 12):
        return None
    number, home = int(fields[2]), fields[5].rstrip("/")
    is_person = number == 0 or number >= _FIRST_PERSON
    return (number, home) if is_person and home.startswith("/") and home == shown_path(home) else None
