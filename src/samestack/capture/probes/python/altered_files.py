"""Files that are not as they were installed: RECORD's hashes held against what the files contain.

The only probe that reads every file of an environment, and so only when it is asked to.
"""

import base64
import hashlib
import os
import posixpath
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.capture.options import Options
from samestack.capture.probes.python.dist_info import OTHER_MANAGERS
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.record import OF_THE_INSTALLER
from samestack.capture.probes.python.record_rows import RecordedFile, record_rows, recorded_file
from samestack.capture.probes.remarks import package_remark, shown_path
from samestack.capture.tree import Tree
from samestack.errors import InputError
from samestack.model import Remark

MAX_FILE_BYTES: Final = 16 * 1024 * 1024 * 1024
"""A larger file is not read. The largest seen, torch's library of GPU code, has 1.5 GB."""

_ALGORITHMS: Final = frozenset({"sha256", "sha384", "sha512"})
_MAX_RELOCATED_BYTES: Final = 64 * 1024 * 1024
_PIECE_BYTES: Final = 1024 * 1024
_NAMES_SHOWN: Final = 3
_CONDA: Final = "conda"
_INSTALLER_FILES: Final = frozenset(name.decode() for name in OF_THE_INSTALLER)


class _Verdict(Struct, frozen=True):
    """The paths of a distribution's files that are not as RECORD says."""

    altered: tuple[str, ...]
    missing: tuple[str, ...]


def altered_files(tree: Tree, distributions: Sequence[Distribution], options: Options) -> tuple[Remark, ...]:
    """A remark ``altered-files`` on each distribution of which a file was changed or removed since.

    Not looked at are rows without a hash, compiled Python files, what the installer itself writes, files
    outside the site directory (scripts hold the path of their interpreter), and what a system's package
    manager installed.
    """
    recorded = [one for one in distributions if one.record and not _is_of_the_system(one)]
    options.reporter.started("verifying files", len(recorded))
    remarks = []
    for distribution in recorded:
        verdict = _verdict(tree, distribution)
        if verdict.altered or verdict.missing:
            remarks.append(_remark(tree, distribution, verdict))
        options.reporter.advanced(distribution.name)
    options.reporter.finished()
    return tuple(remarks)


def _is_of_the_system(distribution: Distribution) -> bool:
    """Debian strips and moves files after RECORD was written, whatever INSTALLER says there."""
    if distribution.installer in OTHER_MANAGERS - {_CONDA}:
        return True
    site = distribution.site_directory
    is_pip = distribution.installer in {"pip", "uv"}
    return site.startswith("/usr/lib") and (site.endswith("/dist-packages") or not is_pip)


def _verdict(tree: Tree, distribution: Distribution) -> _Verdict:
    altered: list[str] = []
    missing: list[str] = []
    for path, file in _verifiable(distribution):
        try:
            if not _is_as_recorded(tree, path, file) and not _is_relocated(tree, path, distribution):
                altered.append(file.path)
        except FileNotFoundError:
            missing.append(file.path)
        except (OSError, InputError):  # not ours to read: nothing is known of it
            continue
    return _Verdict(tuple(altered), tuple(missing))


def _verifiable(distribution: Distribution) -> Iterator[tuple[str, RecordedFile]]:
    """The files of which RECORD states a hash that counts, with their paths inside the tree."""
    site = distribution.site_directory.rstrip("/")
    own = posixpath.basename(distribution.metadata_directory)
    written_later = {f"{own}/{name}" for name in _INSTALLER_FILES}
    ends = (
        (".pyc", ".so") if distribution.installer == _CONDA else (".pyc",)
    )  # it rewrites where these search
    for row in record_rows(distribution.record):
        file = recorded_file(row)
        if file is None or not file.hash or file.path.endswith(ends) or file.path in written_later:
            continue
        path = posixpath.normpath(posixpath.join(site, file.path))
        if path.startswith(f"{site}/") and path == shown_path(path):
            yield path, file


def _is_as_recorded(tree: Tree, path: str, file: RecordedFile) -> bool:
    """Also where the hash is of an algorithm that installers do not use, or the file too large to be read."""
    algorithm, _, stated = file.hash.partition("=")
    with tree.open(path) as opened:
        size = opened.seek(0, os.SEEK_END)
        if file.size and file.size != str(size):
            return False
        if algorithm not in _ALGORITHMS or size > MAX_FILE_BYTES:
            return True
        return _digest(opened, algorithm) == stated.rstrip("=")


def _digest(opened: BinaryIO, algorithm: str) -> str:
    opened.seek(0)
    digest = hashlib.new(algorithm)
    while piece := opened.read(_PIECE_BYTES):
        digest.update(piece)
    return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")


def _is_relocated(tree: Tree, path: str, distribution: Distribution) -> bool:
    """Whether conda wrote the place of the environment into the file, as it does when it installs."""
    if distribution.installer != _CONDA:
        return False
    prefix = posixpath.normpath(posixpath.join(distribution.site_directory, "../../.."))
    return prefix.encode() in tree.read(path, limit=_MAX_RELOCATED_BYTES)


def _remark(tree: Tree, distribution: Distribution, verdict: _Verdict) -> Remark:
    counts = [f"{len(verdict.altered)} altered"] if verdict.altered else []
    counts += [f"{len(verdict.missing)} missing"] if verdict.missing else []
    names = (*verdict.altered, *verdict.missing)
    more = ", ..." if len(names) > _NAMES_SHOWN else ""
    shown = ", ".join(shown_path(name) for name in names[:_NAMES_SHOWN])
    message = f"files are not as they were installed: {' and '.join(counts)} ({shown}{more})"
    return package_remark(tree, "altered-files", distribution.name, message, distribution.metadata_directory)
