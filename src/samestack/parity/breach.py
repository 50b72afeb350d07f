"""One way in which the law does not hold, before anybody asks whether that is allowed."""

from collections.abc import Iterable

from msgspec import Struct, structs

from samestack.check.finding import Finding


class Breach(Struct, frozen=True, kw_only=True):
    """A finding with the environments that it is about, and the name by which it may be allowed."""

    finding: Finding
    environments: tuple[str, ...] = ()
    """Those that would have to change; empty for what is about the project as a whole."""
    difference: str = ""
    """``packages/opencv-python``; empty for what cannot be allowed."""


def breach(finding: Finding, environments: Iterable[str], difference: str = "") -> Breach:
    """A breach; its finding names the environment where it is about one alone."""
    names = tuple(environments)
    at = names[0] if len(names) == 1 else ""
    return Breach(finding=structs.replace(finding, at=at), environments=names, difference=difference)
