"""What every file of an installed wheel must be, remembered by the wheel's own hash."""

import hashlib
import os
from collections.abc import Mapping
from typing import Final

from samestack.capture.cache import Cache, cache_directory
from samestack.image.layers.entry import Content
from samestack.image.layers.writing import LAYOUT_VERSION
from samestack.image.wheels.archive import Wheel
from samestack.image.wheels.installing import placed

_CHUNK: Final = 1 << 20


def installed_digests(wheel: Wheel, prefix: str, series: str) -> Mapping[str, str]:
    """SHA-256, in hexadecimal digits, of all that :func:`placed` puts into an environment, by path.

    The first time every file is read, so that RECORD need not be believed.
    """
    cache = Cache(cache_directory(os.environ, "wheel-digests"), dict[str, str])
    key = cache.key(str(LAYOUT_VERSION), wheel.sha256, prefix, series)
    known = cache.get(key)
    if known is None:
        entries = placed(wheel, prefix, series)
        known = {entry.path: _sha256(entry.content) for entry in entries if entry.content is not None}
        cache.put(key, known)
        cache.prune()
    return known


def _sha256(content: Content) -> str:
    hasher = hashlib.sha256()
    with content.open() as stream:
        while data := stream.read(_CHUNK):
            hasher.update(data)
    return hasher.hexdigest()
