"""What an image costs to build and push, to change by one small package, and to build again elsewhere.

Beside ``docker build`` with uv, on a registry of this machine; bytes are counted in the registry. Needs root,
docker, docker-registry and debootstrap. ``python -m benchmarks.image --full`` takes torch and what is used
with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from benchmarks.environments import UV
from benchmarks.image_index import image_index
from samestack.image.building.locked_wheels import LockedWheel, locked_wheels
from samestack.image.building.target import Target
from samestack.lock.reading import read_lock
from samestack.oci.platform import AMD64
from tests.cli.images.actions import ACTION
from tests.services.base_archive import base_archive
from tests.services.container_engine import ContainerEngine
from tests.services.docker_daemon import daemon, short_directory
from tests.services.registry_server import RegistryServer, running_registry

SERIES = "3.11"
SMALL = ("flask", "idna", "numpy", "pandas", "pillow", "requests", "scikit-learn")
FULL = (
    *SMALL,
    *("accelerate", "datasets", "fastapi", "gradio-client", "matplotlib", "onnx", "opencv-python-headless"),
    *("seaborn", "sentencepiece", "tokenizers", "torch==2.13.0+cpu", "transformers", "uvicorn"),
)
OLDER, NEWER = "six<1.17", "six>=1.17"
"""The small package whose release is changed."""
PROMISE = (
    "What is promised of the full set: cold at most 1/8 of the time; the bump 1/100 of the time and 1/1000 "
    "of the bytes; again under 1 s, and nothing moved."
)

_MANIFEST = """\
[project]
name = "measured"
version = "1"
requires-python = "=={series}.*"
dependencies = [{dependencies}]

[tool.samestack]
python = "{series}"
platforms = ["linux-64"]
urls = false

[tool.samestack.image]
include = ["main.py"]
"""
_DOCKERFILE = """\
FROM {base}
COPY uv /usr/local/bin/uv
RUN uv venv --quiet --python /usr/bin/python{series} /opt/venv
COPY requirements.txt /tmp/
RUN uv pip install --quiet --python /opt/venv --no-cache --require-hashes --index-url {index} \\
    --requirements /tmp/requirements.txt
COPY main.py /app/
"""


class Cost(Struct, frozen=True, kw_only=True):
    """What one step took."""

    seconds: float
    bytes: int
    """That the registry has more of."""


class World(Struct, frozen=True, kw_only=True):
    """Where it is measured."""

    directory: Path
    engine: ContainerEngine
    registry: RegistryServer
    index: str
    base: str
    """The name of the base in the registry."""


def report(directory: Path, *, is_full: bool = False) -> str:
    """Build, measure, and say it in Markdown."""
    asked = FULL if is_full else SMALL
    projects = [
        _project(directory / name, (*asked, release)) for name, release in (("1", OLDER), ("2", NEWER))
    ]
    wheels = [one for project in projects for one in _wheels(project)]
    with _world(directory, wheels) as world:
        ours = _measured(world, projects, "ours", _build_ours)
        docker = _measured(world, projects, "docker", _build_docker)
        fetched = (directory / "index" / "simple").rglob("*.whl")
        size = sum(file.stat().st_size for file in fetched)
    return _text(ours, docker, len(_wheels(projects[0])), size)


def _project(place: Path, dependencies: tuple[str, ...]) -> Path:
    place.mkdir()
    listed = ", ".join(f'"{one}"' for one in dependencies)
    (place / "pyproject.toml").write_text(_MANIFEST.format(dependencies=listed, series=SERIES))
    (place / "main.py").write_text("print('measured')\n")
    samestack = str(Path(sys.executable).with_name("samestack"))
    subprocess.run([samestack, "lock"], cwd=place, check=True, stdout=subprocess.DEVNULL)
    exporting = [samestack, "lock", "--export", "requirements", "-o", "requirements.txt"]
    subprocess.run(exporting, cwd=place, check=True, stdout=subprocess.DEVNULL)
    return place


def _wheels(project: Path) -> tuple[LockedWheel, ...]:
    return locked_wheels(
        read_lock(project / "pylock.toml"), Target(platform=AMD64, python=SERIES, glibc=(2, 36))
    )


@contextmanager
def _world(directory: Path, wheels: list[LockedWheel]) -> Iterator[World]:
    with (
        image_index(directory / "index", wheels) as index,
        running_registry("") as registry,
        short_directory() as place,
        daemon(place),
    ):
        engine = ContainerEngine(directory=place)
        base = f"{registry.host}/base:bookworm"
        engine.docker("import", base_archive(), base)
        engine.docker("push", "--quiet", base)
        yield World(directory=directory, engine=engine, registry=registry, index=index, base=base)


class Build(Protocol):
    """Builds a project and pushes it by a name."""

    def __call__(self, world: World, project: Path, name: str, *, is_fresh: bool) -> None:
        """Build, on a fresh machine or on one that has built it before."""


def _measured(world: World, projects: list[Path], who: str, build: Build) -> Mapping[str, Cost]:
    name = f"{world.registry.host}/{who}:1"
    return {
        "cold": _cost(world, lambda: build(world, projects[0], name, is_fresh=True)),
        "bump": _cost(world, lambda: build(world, projects[1], name, is_fresh=False)),
        "again, on a fresh machine": _cost(world, lambda: build(world, projects[1], name, is_fresh=True)),
    }


def _cost(world: World, step: Callable[[], None]) -> Cost:
    before, start = world.registry.blob_bytes, time.monotonic()
    step()
    return Cost(seconds=time.monotonic() - start, bytes=world.registry.blob_bytes - before)


def _build_ours(world: World, project: Path, name: str, *, is_fresh: bool) -> None:
    # Of a fresh machine nothing needs to be removed, which would take its time.
    cache = world.directory / (f"cache-{project.name}" if is_fresh else "cache-1")
    words = [sys.executable, "-c", ACTION, "build", str(project), "-o", f"registry:{name}"]
    variables = {**os.environ, "SAMESTACK_CACHE": str(cache), "UV_DEFAULT_INDEX": world.index}
    base = ("--base", f"registry:{world.base}")
    subprocess.run([*words, *base], check=True, env=variables, stdout=subprocess.DEVNULL)


def _build_docker(world: World, project: Path, name: str, *, is_fresh: bool) -> None:
    shutil.copy(UV, project / "uv")
    text = _DOCKERFILE.format(base=world.base, series=SERIES, index=world.index)
    (project / "Dockerfile").write_text(text)
    more = ("--no-cache",) if is_fresh else ()
    world.engine.build(project, name, *more, has_buildkit=False)
    world.engine.docker("push", "--quiet", name, timeout=1800)


def _text(ours: Mapping[str, Cost], docker: Mapping[str, Cost], wheels: int, size: int) -> str:
    head = (
        "# What an image costs\n\n"
        f"{wheels} wheels, {size / 1e6:.0f} MB, on a base of Debian bookworm that the registry has; all on "
        "one machine, wheels from an index on it, one run, whole processes by the clock. The changed "
        "package is six; a fresh machine has no cache, but the registry has the image. Docker builds by its "
        "own builder, `uv pip install --require-hashes` in one RUN. Made by `python -m benchmarks image`.\n\n"
        "| | samestack: s | MB to the registry | docker and uv: s | MB to the registry | times | bytes |\n"
        "|---|---:|---:|---:|---:|---:|---:|"
    )
    return "\n".join((head, *(_row(step, ours[step], docker[step]) for step in ours), "", PROMISE, ""))


def _row(step: str, ours: Cost, docker: Cost) -> str:
    fewer = "none" if not ours.bytes else f"1/{docker.bytes / ours.bytes:.0f}"
    return (
        f"| {step} | {ours.seconds:.2f} | {ours.bytes / 1e6:.3f} | {docker.seconds:.1f} | "
        f"{docker.bytes / 1e6:.1f} | 1/{docker.seconds / ours.seconds:.0f} | {fewer} |"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="samestack-bench-") as place:
        print(report(Path(place), is_full="--full" in sys.argv[1:]))
