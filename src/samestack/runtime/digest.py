"""The stack digest on packages, byte for byte as the tool makes it of a lock."""

from __future__ import annotations

import hashlib
import json

from samestack.runtime.versions import normal_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from samestack.runtime.distributions import Distribution

_FORM = b"samestack.stack/1\n"


def packages_digest(distributions: Iterable[Distribution]) -> str:
    """``sha256:`` over name, version and source of each, in any order."""
    return "sha256:" + hashlib.sha256(_FORM + b"".join(sorted(map(_line, distributions)))).hexdigest()


def _line(distribution: Distribution) -> bytes:
    said = {"ecosystem": "pypi", "layer": "packages", "name": distribution.name}
    if distribution.version:
        said["version"] = normal_version(distribution.version)
    if distribution.source:
        said["source"] = distribution.source
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8") + b"\n"
