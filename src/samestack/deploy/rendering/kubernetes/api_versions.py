"""The version of each API that all releases of Kubernetes in a range serve."""

from collections.abc import Iterator
from typing import Final

from packaging.specifiers import SpecifierSet

from samestack.errors import RequestError
from samestack.knowledge.kubernetes_apis import ServedApi, kubernetes_apis

_MINORS: Final = range(100)
"""Of Kubernetes 1: whatever is beyond the last release is one that is to come."""
_FIRST: Final = 19
"""The first that knows ``seccompProfile``; what pods may do has no other way to be said."""


class ApiVersions:
    """What to write as ``apiVersion``, for the clusters that a range of versions allows."""

    def __init__(self, versions: str) -> None:
        """``versions`` is a range: ``>=1.25,<1.36``.

        :class:`~samestack.errors.RequestError` where it allows no release, or one that is too old.
        """
        allowed = SpecifierSet(versions)
        self._versions = versions
        self._minors = [minor for minor in _MINORS if allowed.contains(f"1.{minor}")]
        if not self._minors:
            hint = 'write kubernetes = ">=1.25" in [tool.samestack.deploy]'
            raise RequestError(f"'{versions}' allows no release of Kubernetes", hint=hint)
        if self._minors[0] < _FIRST:
            said = (
                f"'{versions}' allows Kubernetes 1.{self._minors[0]}, which cannot hold pods in as it has to"
            )
            raise RequestError(
                said, hint=f'write kubernetes = ">=1.{_FIRST}" in [tool.samestack.deploy], or later'
            )

    def of(self, kind: str) -> str:
        """``apiVersion`` for a kind of object.

        Where the range has no end, the first release decides: what is not yet gone there may be gone later,
        which :meth:`notes` tells. :class:`~samestack.errors.RequestError` where no version is served
        throughout.
        """
        return self._chosen(kind).api

    def notes(self, kinds: Iterator[str]) -> Iterator[str]:
        """A sentence for each kind whose API is gone before the range ends."""
        for kind in dict.fromkeys(kinds):
            row = self._chosen(kind)
            if row.until and not row.is_served_by(self._minors[-1]):
                gone = f"{row.api} of {kind} is gone from Kubernetes {row.until} on"
                yield f"{gone}, which '{self._versions}' allows"

    def _chosen(self, kind: str) -> ServedApi:
        rows = kubernetes_apis().of(kind)
        is_open = self._minors[-1] == _MINORS[-1]
        wanted = self._minors[:1] if is_open else self._minors
        found = next((row for row in rows if all(map(row.is_served_by, wanted))), None)
        if found is None:
            spans = ", ".join(f"{row.api} from {row.since}{_until(row)}" for row in rows)
            said = f"no version of {kind} is served by all of Kubernetes {self._versions}"
            raise RequestError(said, hint=f"narrow kubernetes in [tool.samestack.deploy]: {spans}")
        return found


def _until(row: ServedApi) -> str:
    return f" to before {row.until}" if row.until else " on"
