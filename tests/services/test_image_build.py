"""Images of real packages, built without an engine: loaded into a real one, pulled, and run."""

import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from samestack.cli.main import main
from samestack.image.building.building import build
from samestack.image.building.outputs import output_of
from samestack.image.building.request import BuildRequest, Built
from samestack.image.settings import image_settings
from samestack.lock.reading import read_lock
from samestack.oci.platform import AMD64
from samestack.progress import SILENT
from samestack.project.reading import read_project
from tests.services.container_engine import ContainerEngine
from tests.services.registry_server import RegistryServer
from tests.services.requirement import require_program, unavailable

pytestmark = [pytest.mark.service, pytest.mark.registry]

MANIFEST = """\
[project]
name = "shop"
version = "1.0"
requires-python = "==3.11.*"
dependencies = ["numpy", "pillow", "scikit-learn", "flask", "six"]

[tool.samestack]
python = "3.11"
platforms = ["linux-64"]

[tool.samestack.image]
command = ["python", "main.py"]
"""
PROGRAM = """\
import os, sqlite3, ssl
import PIL.Image, numpy, sklearn.linear_model
fitted = sklearn.linear_model.LinearRegression().fit([[0], [1]], [0, 1])
image = PIL.Image.fromarray(numpy.zeros((2, 3), dtype="uint8"))
print(os.getuid(), os.getcwd(), image.size, round(float(fitted.predict([[2]])[0]), 6))
"""
ANSWER = "10001 /app (3, 2) 2.0"


class Shop(NamedTuple):
    """A project with its lock, and where the caches of its builds are."""

    directory: Path
    cache: Path

    def build(self, place: str, base: str, cache: Path | None = None) -> Built:
        """Build it to a place."""
        project = read_project(self.directory)
        request = BuildRequest(
            project=project,
            lock=read_lock(self.directory / "pylock.toml"),
            settings=replace(image_settings(project), base=base),
            platforms=(AMD64,),
            environment={"SAMESTACK_CACHE": str(cache or self.cache)},
            python="3.11",
        )
        return build(request, output_of(place, title="shop"), SILENT)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    directory = tmp_path_factory.mktemp("shop")
    (directory / "pyproject.toml").write_text(MANIFEST)
    (directory / "main.py").write_text(PROGRAM)
    assert main(["lock", str(directory)]) == 0
    return Shop(directory, tmp_path_factory.mktemp("shop-cache"))


@pytest.fixture(scope="module")
def base(base_image: str, engine: ContainerEngine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The debootstrapped image as a layout, by skopeo: our own reading is tested elsewhere."""
    place = tmp_path_factory.mktemp("base") / "archive.tar"
    engine.docker("save", "--output", place, base_image)
    return str(place)


@pytest.fixture(scope="module")
def archive(shop: Shop, base: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    place = tmp_path_factory.mktemp("archive") / "shop.tar"
    return place, shop.build(str(place), base)


def answer(engine: ContainerEngine, *words: str) -> str:
    return engine.docker("run", "--rm", "--network=none", *words).output.strip()


def test_docker_loads_and_runs_it(engine: ContainerEngine, archive: tuple[Path, Built]) -> None:
    engine.docker("load", "--input", archive[0])
    assert answer(engine, "shop:latest") == ANSWER
    assert answer(engine, "shop:latest", "flask", "--version").startswith("Python 3.11")


def test_skopeo_keeps_its_digest(archive: tuple[Path, Built], tmp_path: Path) -> None:
    skopeo, copied = str(require_program("skopeo")), f"oci:{tmp_path / 'copy'}:x"
    subprocess.run((skopeo, "copy", "--quiet", f"oci-archive:{archive[0]}", copied), check=True)
    inspecting = (skopeo, "inspect", "--format={{.Digest}}", copied)
    digest = subprocess.run(inspecting, check=True, capture_output=True, text=True).stdout.strip()
    assert digest == archive[1].descriptor.digest


@pytest.fixture(scope="module")
def in_registry(base: str, registry_server: RegistryServer) -> str:
    """The base in a repository of a registry, and its name there."""
    name = f"{registry_server.host}/bases/python:bookworm"
    words = ("copy", "--quiet", "--dest-tls-verify=false", f"docker-archive:{base}", f"docker://{name}")
    subprocess.run((require_program("skopeo"), *words), check=True)
    return f"registry:{name}"


def test_a_registry_gives_it_to_docker(
    engine: ContainerEngine, shop: Shop, in_registry: str, registry_server: RegistryServer
) -> None:
    name = f"{registry_server.host}/team/shop:1.0"
    before = registry_server.blob_bytes
    built = shop.build(f"registry:{name}", in_registry)
    (image,) = built.images
    assert not any(layer.was_moved for layer in image.layers if layer.kind == "base"), "it is mounted"
    moved = sum(layer.size for layer in image.layers if layer.was_moved)
    assert 0 <= registry_server.blob_bytes - before - moved < 64_000, "documents, beside layers"
    engine.docker("pull", "--quiet", name)
    assert answer(engine, name) == ANSWER
    digests = engine.docker("image", "inspect", '--format={{join .RepoDigests " "}}', name).output
    assert built.descriptor.digest in digests


def test_a_fresh_machine_moves_nothing(
    shop: Shop, in_registry: str, registry_server: RegistryServer, tmp_path: Path
) -> None:
    place = f"registry:{registry_server.host}/team/again:1.0"
    built = shop.build(place, in_registry)
    before = registry_server.blob_bytes
    again = shop.build(place, in_registry, cache=tmp_path / "fresh")
    assert again.descriptor == built.descriptor
    assert not any(layer.was_written or layer.was_moved for layer in again.images[0].layers)
    assert registry_server.blob_bytes == before
    assert not (tmp_path / "fresh/wheels").exists()


def test_on_packages_of_debian_it_runs(engine: ContainerEngine, shop: Shop, tmp_path: Path) -> None:
    place = tmp_path / "shop.tar"
    shop.build(str(place), "debian:bookworm")
    engine.docker("load", "--input", place)
    assert answer(engine, "shop:latest") == ANSWER
    assert "libc6" in answer(engine, "--user=0", "shop:latest", "dpkg-query", "--show")


FRAMEWORKS = """\
[project]
name = "frameworks"
version = "1.0"
requires-python = "==3.11.*"
dependencies = ["torch==2.13.0+cpu", "opencv-python-headless", "scikit-learn"]

[tool.samestack]
python = "3.11"
platforms = ["linux-64"]

[tool.samestack.image]
command = ["python", "main.py"]
"""
THREE = """\
import cv2, numpy, sklearn.linear_model, torch
print(torch.ones(2, 3).sum().item(), cv2.resize(numpy.zeros((4, 4, 3), "uint8"), (2, 2)).shape)
print(sklearn.linear_model.LinearRegression().fit([[0], [1]], [0, 1]).predict([[2]]).round(6))
"""


def test_torch_opencv_and_scikit_learn_run(engine: ContainerEngine, tmp_path: Path) -> None:
    project = tmp_path / "frameworks"
    project.mkdir()
    (project / "pyproject.toml").write_text(FRAMEWORKS)
    (project / "main.py").write_text(THREE)
    if main(["lock", str(project)]) != 0:
        unavailable("no index here has torch for the CPU")
    Shop(project, tmp_path / "cache").build(f"{tmp_path}/image.tar", "debian:bookworm")
    engine.docker("load", "--input", tmp_path / "image.tar")
    assert answer(engine, "shop:latest") == "6.0 (2, 2, 3)\n[2.]"
    assert answer(engine, "shop:latest", "torchrun", "--help").startswith("usage: torchrun")
    engine.docker("rmi", "--force", "shop:latest")
