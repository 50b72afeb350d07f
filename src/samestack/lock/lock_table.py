"""What samestack keeps in a lock for itself: ``[tool.samestack]``, which other tools leave alone.

In ``pylock.toml`` it is a table, as PEP 751 allows: disposable, it changes nothing of what is installed. In
locks of other tools, which have no room for such tables, it stands in comment lines at the end of the file.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, to_builtins

from samestack.project.manifest import HostNeeds


class LockTable(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=False, rename="kebab"
):
    """What is known of a lock beside its packages."""

    created_by: str = ""
    """The tool and its version."""
    python: str = ""
    """The interpreter that it was decided for: a series or a release."""
    platforms: tuple[str, ...] = ()
    """Those that were named; empty where the lock is for all that its solver knows."""
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Extras and groups of the project that are in it."""
    as_of: str = ""
    """The day that it was decided as of, ``2022-03-01``."""
    urls: bool = True
    """Whether it was asked to keep the addresses of files."""
    digest: str = ""
    """``sha256:`` of the whole decided stack, all platforms together."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """By platform, the stack digest on packages (:func:`samestack.compare.releases.packages_digest`).

    Projects of this machine are not in it: a lock does not decide their version.
    """
    inputs: Mapping[str, str] = field(default_factory=dict)
    """By file, relative to the lock, the ``sha256:`` of what of it the lock was decided from."""
    host: HostNeeds = HostNeeds()
    system_packages: tuple[str, ...] = ()
    image: Mapping[str, Any] = field(default_factory=dict)
    """What images of it have below, which :mod:`samestack.image` reads."""
    verified: str = ""
    """Where the locked stack was built and imported: ``linux-64, Python 3.9.18``; empty where it was not."""


def table_document(table: LockTable) -> dict[str, Any]:
    """The table as TOML can hold it, without what it does not say."""
    document = to_builtins(table)
    return {key: value for key, value in document.items() if value != {}}
