"""Files of a mirror, each by its hash, kept in the user's cache."""

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from samestack.errors import OutsideError
from samestack.image.building.content_store import ContentStore
from samestack.image.building.downloading import Downloader, Wanted
from samestack.image.debian.locked import LockedPackage
from samestack.image.debian.mirror import VARIABLE, Mirror
from samestack.image.debian.release import Release
from samestack.progress import SILENT, Reporter

_AT_ONCE: Final = 4
STORE: Final = "debian"
"""The name of the cache."""
LIMIT: Final = 4 << 30
"""Bytes that the cache keeps."""


class Fetching:
    """What is fetched of mirrors, and where it is kept. Each file is checked as it comes."""

    def __init__(self, environment: Mapping[str, str], reporter: Reporter = SILENT) -> None:
        self._store = ContentStore(STORE, environment)
        self._downloader = Downloader()
        self._reporter = reporter

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._downloader.close()
        self._store.close()

    def index(self, address: str, release: Release, path: str) -> Path:
        """A file that a suite names; it stands under its hash, too, when the mirror is just being updated."""
        file = release.files[path]
        folder, _, name = path.rpartition("/")
        hashed = f"{folder}/by-hash/SHA256/{file.sha256}"
        paths = (hashed, path) if release.has_hashed_names else (path,)
        wanted = Wanted(name=f"{release.suite} {name}", sha256=file.sha256, size=file.size)
        return self._kept([f"{address}/dists/{release.suite}/{one}" for one in paths], wanted)

    def packages(
        self, packages: Iterable[LockedPackage], mirror: Mirror, suite: str
    ) -> dict[LockedPackage, Path]:
        """The files of packages, several at once; :class:`OutsideError` for one that no mirror has."""
        wanted = list(packages)
        self._reporter.started("fetching Debian packages", total=len(wanted))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = pool.map(lambda one: self._package(one, mirror, suite), wanted)
            files = dict(zip(wanted, found, strict=True))
        self._reporter.finished()
        self._store.prune(LIMIT)
        return files

    def _package(self, package: LockedPackage, mirror: Mirror, suite: str) -> Path:
        places = mirror.places(package.suite or suite)
        wanted = Wanted(name=package.text, sha256=package.sha256, size=package.size)
        file = self._kept([f"{place.address}/{quote(package.file)}" for place in places], wanted)
        self._reporter.advanced(package.text)
        return file

    def _kept(self, addresses: list[str], wanted: Wanted) -> Path:
        found = self._store.find(wanted.sha256, wanted.size)
        if found is not None and _has_hash(found, wanted.sha256):
            return found
        with self._store.aside() as file:
            for address in addresses:
                if self._downloader.fetch(address, wanted, file):
                    return self._store.keep(file, wanted.sha256)
        hint = f"lock again: mirrors keep the newest version alone; or name one of the past in {VARIABLE}"
        raise OutsideError(f"no mirror has {wanted.name} any more", hint=hint)


def _has_hash(path: Path, sha256: str) -> bool:
    """A disk may have altered what was whole when it was kept; a base is as good as its packages."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
