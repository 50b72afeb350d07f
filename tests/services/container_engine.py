"""Real container engines of the tests' own: a dockerd that nobody else knows of, podman with its own storage.

Fixtures, which ``conftest.py`` here offers to every test of this directory: ``engine``, ``base_image`` and
``podman``. While a test uses ``engine``, ``DOCKER_HOST`` names it; what runs outside a
test (a fixture of a module) is given ``engine.environment``. There is no bridge: containers and builds have
the host's network, or none.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from samestack.process import Finished, run
from tests.services.base_archive import base_archive
from tests.services.docker_daemon import client_environment, daemon, short_directory
from tests.services.requirement import require_program, unavailable

BASE_IMAGE: Final = "localhost/samestack-base:bookworm"
_NOT_OURS: Final = ("DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH")


class ContainerEngine(Struct, frozen=True, kw_only=True):
    """A dockerd that runs, and what a program needs in order to speak with it and nobody else."""

    directory: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that lead every docker client to it, without anybody's credentials."""
        return client_environment(self.directory)

    def docker(self, *words: str | Path, timeout: float = 300, check: bool = True) -> Finished:
        """What ``docker WORDS`` says, run to its end."""
        command = [require_program("docker"), *words]
        return run(command, environment=self.environment, timeout=timeout, check=check)

    def build(
        self, context: Path, tag: str, *words: str | Path, has_buildkit: bool = True, check: bool = True
    ) -> Finished:
        """Build the image of a directory, by BuildKit or by the builder that Docker had before it."""
        program = buildkit_client() if has_buildkit else require_program("docker")
        command = [program, "build", "--network=host", f"--tag={tag}", *words, context]
        variables = {**self.environment, "DOCKER_BUILDKIT": "1" if has_buildkit else "0"}
        return run(command, environment=variables, timeout=600, check=check)


def buildkit_client() -> Path:
    """A docker client that can build by BuildKit: it has buildx, or is older than the need for it."""
    programs = (Path(directory) / "docker" for directory in os.get_exec_path())
    found = next((one for one in programs if one.is_file() and _has_buildkit(one)), None)
    return found or unavailable("no docker client here can build by BuildKit")


def _has_buildkit(program: Path) -> bool:
    major = run([program, "version", "--format={{.Client.Version}}"], check=False).output.partition(".")[0]
    if major.isdigit() and int(major) < 23:
        return True
    return run([program, "buildx", "version"], check=False).status == 0


@pytest.fixture(scope="session")
def engine() -> Iterator[ContainerEngine]:
    """The dockerd of this session."""
    if os.geteuid() != 0:
        unavailable("only root can run dockerd")
    require_program("docker")
    with short_directory() as directory, daemon(directory):
        yield ContainerEngine(directory=directory)


@pytest.fixture(autouse=True)
def docker_host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that uses the engine finds no other."""
    if "engine" in request.fixturenames:
        for name in _NOT_OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in request.getfixturevalue("engine").environment.items():
            monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def base_image(engine: ContainerEngine) -> str:
    """The name of an image of Debian bookworm with its python3, in the engine."""
    engine.docker("import", base_archive(), BASE_IMAGE)
    return BASE_IMAGE


@pytest.fixture
def podman(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The path of podman; for the time of this test it keeps its images in a directory of the test's own."""
    program = require_program("podman")
    with short_directory() as directory:
        for name, text in _podman_settings(directory).items():
            (directory / name).write_text(text)
        monkeypatch.setenv("CONTAINERS_STORAGE_CONF", str(directory / "storage.conf"))
        monkeypatch.setenv("CONTAINERS_CONF", str(directory / "containers.conf"))
        yield program
        run([program, "rm", "--all", "--force"], check=False)


def _podman_settings(directory: Path) -> Mapping[str, str]:
    storage = f'[storage]\ndriver = "overlay"\ngraphroot = "{directory}/root"\nrunroot = "{directory}/run"\n'
    # Its own limits may be above those that this machine can give.
    limits = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\nnetns = "host"\n'
    return {"storage.conf": storage, "containers.conf": limits + '[engine]\ncgroup_manager = "cgroupfs"\n'}
