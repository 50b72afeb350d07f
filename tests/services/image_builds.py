"""What builds of images from a Dockerfile take: a base with a digest, an index of wheels, a Python."""

import io
import os
import tarfile
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.image.building.locked_wheels import LockedWheel, locked_wheels
from samestack.image.building.target import Target
from samestack.image.building.wheel_files import WheelFiles
from samestack.knowledge.container_bases import container_bases
from samestack.lock.decision import Lock
from samestack.oci.platform import AMD64
from tests.capture.real_environments import interpreter_of_series
from tests.services.base_archive import kept_in
from tests.services.container_engine import ContainerEngine
from tests.services.requirement import unavailable
from tests.solve.local_index import LocalIndex

USER: Final = "reader"
TOKEN: Final = "a-token-that-is-nowhere-in-the-image"
_UV_FILE: Final = "uv-{}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"


def pushed(engine: ContainerEngine, image: str, registry: str, name: str) -> str:
    """An image of the engine as the registry has it: its name there, with its digest."""
    there = f"{registry}/{name}"
    engine.docker("tag", image, there)
    engine.docker("push", "--quiet", there)
    told = engine.docker("image", "inspect", "--format={{index .RepoDigests 0}}", there).output.strip()
    return f"{there}@{told.partition('@')[2]}"


def with_python(engine: ContainerEngine, base: str, series: str, directory: Path) -> str:
    """The base with another Python in ``/usr/local``, as Python's own images have it."""
    python_archive(series, directory / "python.tar.gz")
    lines = (f"FROM {base}", "ADD python.tar.gz /tmp/", "RUN cp -a /tmp/python/. /usr/local/")
    (directory / "Dockerfile").write_text("".join(f"{line}\n" for line in lines))
    name = f"localhost/python:{series}-slim-bookworm"
    engine.build(directory, name)
    return name


def python_archive(series: str, archive: Path) -> Path:
    """An installation of this machine, without its tests and packages, packed as uv downloads them."""
    prefix = interpreter_of_series(series).parent.parent
    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
        for name in ("include", "lib"):
            packed.add(prefix / name, f"python/{name}", filter=_without_ballast)
        program = _movable(prefix, series)
        member = tarfile.TarInfo(f"python/bin/python{series}")
        member.mode, member.size = 0o755, len(program)
        packed.addfile(member, io.BytesIO(program))
        for name in ("python", "python3"):
            link = tarfile.TarInfo(f"python/bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, f"python{series}"
            packed.addfile(link)
    return archive


def _movable(prefix: Path, series: str) -> bytes:
    """The interpreter; it looks for its library beside itself, as those do that uv downloads."""
    there = f"{prefix}/lib".encode()
    program = (prefix / f"bin/python{series}").read_bytes()
    return program.replace(there + b"\0", b"$ORIGIN/../lib".ljust(len(there), b"\0") + b"\0")


def _without_ballast(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    parts = member.name.split("/")
    is_package = "site-packages" in parts[:-1]
    return None if is_package or "__pycache__" in parts or parts[-1] in {"test", "pkgconfig"} else member


def index_of(lock: Lock, series: str) -> LocalIndex:
    """An index with the wheels of a lock and the uv of generated Dockerfiles, which are kept for weeks."""
    wheels = (*locked_wheels(lock, Target(platform=AMD64, python=series)), _uv())
    variables = {**os.environ, "SAMESTACK_CACHE": str(kept_in("test-wheels"))}
    index = LocalIndex(is_json=False, has_metadata=False)
    try:
        with WheelFiles(variables) as files:
            for wheel in wheels:
                put(index, wheel.file, files.one(wheel).read_bytes())
    except OutsideError as error:
        unavailable(f"the wheels cannot be had: {error.message}")
    return index


def index_of_files(directory: Path) -> LocalIndex:
    """An index with the wheels of a directory."""
    index = LocalIndex(is_json=False, has_metadata=False)
    for path in sorted(directory.glob("*.whl")):
        put(index, path.name, path.read_bytes())
    return index


def put(index: LocalIndex, file: str, content: bytes) -> None:
    """A wheel into an index."""
    index.files[file] = content
    index.details[file] = {"requires-python": ""}


def _uv() -> LockedWheel:
    uv = container_bases().uv
    digits = uv.hashes[0].removeprefix("sha256:")
    return LockedWheel(name="uv", version=uv.version, file=_UV_FILE.format(uv.version), sha256=digits)
