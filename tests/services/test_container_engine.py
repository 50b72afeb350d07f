"""The engines that other tests rely on are there, are nobody else's, and run what they are given."""

import os
from pathlib import Path

import pytest

from samestack.process import run
from tests.services.container_engine import ContainerEngine
from tests.services.requirement import require_program

pytestmark = pytest.mark.service


def test_the_engine_runs_python(engine: ContainerEngine, base_image: str) -> None:
    words = (
        "run",
        "--rm",
        "--network=none",
        base_image,
        "python3",
        "-c",
        "import ssl, sqlite3; print(6 * 7)",
    )
    assert engine.docker(*words).output == "42\n"


def test_every_client_is_led_to_it(engine: ContainerEngine, base_image: str) -> None:
    assert os.environ["DOCKER_HOST"] == engine.environment["DOCKER_HOST"]
    listed = run([require_program("docker"), "images", "--format={{.Repository}}:{{.Tag}}"]).output
    assert base_image in listed.splitlines()


@pytest.mark.parametrize("has_buildkit", [True, False])
def test_both_builders_build(
    engine: ContainerEngine, base_image: str, tmp_path: Path, *, has_buildkit: bool
) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM {base_image}\nRUN echo built > /built\nUSER 10001\n")
    engine.build(tmp_path, "localhost/built:1", has_buildkit=has_buildkit)
    said = engine.docker("run", "--rm", "localhost/built:1", "sh", "-c", "cat /built; id -u")
    assert said.output == "built\n10001\n"


def test_podman_runs_what_docker_saved(
    engine: ContainerEngine, base_image: str, podman: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "image.tar"
    engine.docker("save", "--output", archive, base_image)
    run([podman, "load", "--input", archive], timeout=120)
    assert run([podman, "run", "--rm", base_image, "python3", "-c", "print(6 * 7)"]).output == "42\n"
