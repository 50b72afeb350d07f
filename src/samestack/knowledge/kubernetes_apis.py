"""Which releases of Kubernetes serve which version of an API."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field

_FILE: Final = Path(__file__).parent / "data" / "kubernetes_apis.toml"


class ServedApi(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of object in one version of its API."""

    kind: str
    api: str
    """``apiVersion``: ``apps/v1``."""
    since: str
    """The first release that serves it: ``1.23``."""
    until: str = ""
    """The first that does not any more; empty where there is none yet."""

    def is_served_by(self, minor: int) -> bool:
        """Whether the release ``1.minor`` serves it."""
        return _minor(self.since) <= minor and (not self.until or minor < _minor(self.until))


class KubernetesApis(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them; of one kind, the best first."""

    dated: date
    sources: tuple[str, ...]
    rows: tuple[ServedApi, ...] = field(name="row")

    def of(self, kind: str) -> tuple[ServedApi, ...]:
        """Those of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)


@cache
def kubernetes_apis() -> KubernetesApis:
    """The table."""
    import tomllib  # little of samestack has to do with Kubernetes

    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), KubernetesApis)


def _minor(release: str) -> int:
    return int(release.partition(".")[2])
