"""A conda channel of a few small packages, made and installed by rattler: real records and locks."""

import asyncio
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from rattler import Channel, MatchSpec, RepoDataRecord, install, solve
from rattler.index import index_fs

PLATFORM: Final = "linux-64"
SERIES: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHON: Final = f"{SERIES}.{sys.version_info.micro}"
"""The packages are of the Python that runs the tests, so that their prefix can be given its interpreter."""
SITE: Final = f"lib/python{SERIES}/site-packages"


class PackedFile(Struct, frozen=True, kw_only=True):
    """One file of a package."""

    data: bytes = b""
    link: str = ""
    """Where it leads, of a symbolic link."""
    is_program: bool = False
    placeholder: str = ""
    """The prefix that its text names, which the installer replaces."""


def add_package(
    channel: Path,
    stem: str,
    *,
    depends: Sequence[str] = (),
    files: Mapping[str, bytes | PackedFile] | None = None,
    noarch: str | None = None,
    uploaded: datetime | None = None,
    **more: Any,
) -> Path:
    """Put a package ``name-version-build`` into a channel, with its files by their paths in a prefix.

    ``more`` goes into its index: ``constrains``, ``subdir``, ``build_number``.
    """
    name, number, build = stem.rsplit("-", 2)
    subdir = str(more.pop("subdir", "noarch" if noarch else PLATFORM))
    index = {"name": name, "version": number, "build": build, "build_number": 0, "subdir": subdir}
    index |= {"depends": list(depends), "license": "MIT", **({"noarch": noarch} if noarch else {}), **more}
    if uploaded is not None:
        index["timestamp"] = int(uploaded.replace(tzinfo=UTC).timestamp() * 1000)
    content = {path: _packed(file) for path, file in (files or {}).items()}
    info = {
        "info/index.json": json.dumps(index).encode(),
        "info/paths.json": json.dumps({"paths_version": 1, "paths": list(_listed(content))}).encode(),
        "info/files": "\n".join(content).encode(),
    }
    (channel / subdir).mkdir(parents=True, exist_ok=True)
    path = channel / subdir / f"{stem}.tar.bz2"
    with tarfile.open(path, "w:bz2", compresslevel=1) as archive:
        for name, file in ({key: _packed(data) for key, data in info.items()} | content).items():
            _add(archive, name, file)
    return path


def _packed(file: bytes | PackedFile) -> PackedFile:
    return PackedFile(data=file) if isinstance(file, bytes) else file


def _listed(content: Mapping[str, PackedFile]) -> Iterator[dict[str, Any]]:
    for path, file in content.items():
        yield {
            "_path": path,
            "path_type": "softlink" if file.link else "hardlink",
            "sha256": hashlib.sha256(file.data).hexdigest(),
            "size_in_bytes": len(file.data),
            **({"prefix_placeholder": file.placeholder, "file_mode": "text"} if file.placeholder else {}),
        }


def _add(archive: tarfile.TarFile, name: str, file: PackedFile) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(file.data)
    member.mode = 0o755 if file.is_program else 0o644
    if file.link:
        member.type, member.linkname = tarfile.SYMTYPE, file.link
    archive.addfile(member, io.BytesIO(file.data))


def index_channel(directory: Path) -> str:
    """Make a directory of packages a channel; its address."""
    asyncio.run(index_fs(directory, write_zst=False))
    return directory.as_uri()


def distribution_files(name: str, site: str, installer: str) -> dict[str, bytes]:
    """The files of a distribution that is installed here, as they would lie in a site directory."""
    found = distribution(name)
    files = {
        f"{site}/{path}": Path(str(path.locate())).read_bytes()
        for path in found.files or ()
        if not str(path).startswith("..") and path.suffix != ".pyc"
    }
    return {
        path: installer.encode() if path.endswith(".dist-info/INSTALLER") else data
        for path, data in files.items()
    }


def make_channel(directory: Path) -> Path:
    """A channel with a Python, two real distributions as conda packages, a BLAS and a CUDA library."""
    add_package(
        directory,
        f"python-{PYTHON}-hab00c5b_0_cpython",
        files={f"{SITE}/README.txt": b"", f"bin/python{SERIES}": b"#!/bin/sh\n"},
    )
    add_package(
        directory,
        f"pluggy-{version('pluggy')}-py311h64a7726_0",
        depends=[f"python {SERIES}.*", "libblas"],
        files=distribution_files("pluggy", SITE, "conda\n"),
    )
    noarch_files = distribution_files("iniconfig", "site-packages", "conda\n")
    add_package(
        directory,
        f"iniconfig-{version('iniconfig')}-pyhd8ed1ab_0",
        depends=["python"],
        files=noarch_files,
        noarch="python",
    )
    add_package(directory, "libblas-3.9.0-20_linux64_mkl", files={"lib/libblas.so.3": b"not an ELF file"})
    add_package(directory, "cudatoolkit-11.8.0-h4ba93d1_12")
    index_channel(directory)
    return directory


def solve_packages(channel: Path, wanted: Sequence[str]) -> list[RepoDataRecord]:
    """What rattler chooses from the channel."""
    return asyncio.run(solve([Channel(channel.as_uri())], wanted, platforms=[PLATFORM, "noarch"]))


def make_prefix(directory: Path) -> Path:
    """A prefix ``vision`` with everything of the channel, installed by rattler on behalf of some of it."""
    prefix = directory / "envs/vision"
    wanted = [f"python={SERIES}", "pluggy", "iniconfig", "cudatoolkit=11.8"]
    records = solve_packages(make_channel(directory / "channel"), wanted)
    # rattler 0.28 takes the inner objects here, whatever its annotations say.
    requested: Any = [MatchSpec(one)._match_spec for one in wanted]
    asyncio.run(
        install(
            records,
            prefix,
            cache_dir=directory / "cache",
            show_progress=False,
            requested_specs=requested,
        )
    )
    return prefix
