"""Generated Dockerfiles build on a real engine, from a lock by its hashes, and what runs is not root."""

import base64
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samestack.image.dockerfile.choices import Choices
from samestack.image.dockerfile.entry import dockerfile
from samestack.image.dockerfile.pinning import pinned
from samestack.image.dockerfile.saving import save
from samestack.image.dockerfile.words import pairs
from samestack.image.settings import image_settings
from samestack.lock.decision import Lock
from samestack.lock.reading import read_lock
from samestack.model import Layer
from samestack.project.reading import read_project
from samestack.tour.cast import example_directory
from tests.cli.images.actions import run_action
from tests.image.dockerfile.small_project import HEAVY_BYTES, made, small_project
from tests.image.wheels.wheel_maker import make_wheel
from tests.services.base_archive import kept_in
from tests.services.container_engine import ContainerEngine
from tests.services.image_builds import (
    TOKEN,
    USER,
    index_of,
    index_of_files,
    pushed,
    python_archive,
    with_python,
)
from tests.services.registry_server import RegistryServer
from tests.services.requirement import unavailable
from tests.solve.local_index import served

pytestmark = pytest.mark.service

RECOMMENDER = example_directory().parent / "recommender"
SETTINGS = """
[tool.samestack.image]
command = ["python", "-m", "recommender", "serve", "--host", "0.0.0.0"]
ports = [8002]
environment = {PRICE = "5 $ \\"net\\""}
"""
INSTALLED = """
import json, pandas, sklearn
from importlib.metadata import distributions
print(json.dumps([(one.metadata["Name"], one.version) for one in distributions()]))
"""
DEBIAN = """
[tool.samestack.image.debian]
suite = "bookworm"

[[tool.samestack.image.debian.packages.amd64]]
name = "{name}"
version = "{version}"
architecture = "amd64"
file = "pool/main/x/x.deb"
size = 1
sha256 = "{{digits}}"
""".replace("{{digits}}", "0" * 64)
COMMAND = 'command = ["python", "-m", "small"]'


@pytest.fixture(scope="module")
def registry(registry_server: RegistryServer) -> str:
    return registry_server.host


@pytest.fixture(scope="module")
def python_base(
    engine: ContainerEngine, base_image: str, registry: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """An image as Python's own, in a registry, by its digest."""
    local = with_python(engine, base_image, "3.9", tmp_path_factory.mktemp("python"))
    return pushed(engine, local, registry, "python:3.9-slim-bookworm")


@pytest.fixture(scope="module")
def index() -> Iterator[str]:
    """The address of an index that only shows itself to who has the token."""
    index = index_of(read_lock(RECOMMENDER / "pylock.toml"), "3.9")
    index.user = "Basic " + base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
    with served(index) as address:
        yield address.replace("://", f"://{USER}:{TOKEN}@")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recommender as somebody has it on disk, with what belongs into no image."""
    directory = tmp_path_factory.mktemp("recommender") / "project"
    shutil.copytree(RECOMMENDER, directory, ignore=shutil.ignore_patterns("__pycache__", ".venv", ".*_cache"))
    with (directory / "pyproject.toml").open("a") as manifest:
        manifest.write(SETTINGS)
    (directory / ".env").write_text("PASSWORD=of-the-database")
    return directory


@pytest.fixture(scope="module")
def base(engine: ContainerEngine, base_image: str, registry: str) -> str:
    """An image with a Python, in a registry, by its digest."""
    return pushed(engine, base_image, registry, "team/base:bookworm")


@pytest.fixture(scope="module")
def installer(engine: ContainerEngine, registry: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An image that holds uv and nothing else, as uv's own does."""
    directory = tmp_path_factory.mktemp("uv")
    shutil.copy(Path(sys.executable).parent / "uv", directory / "uv")
    (directory / "Dockerfile").write_text("FROM scratch\nCOPY uv /uv\n")
    engine.build(directory, "localhost/uv:1")
    return pushed(engine, "localhost/uv:1", registry, "uv:1")


def inspected(engine: ContainerEngine, image: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(engine.docker("image", "inspect", image).output)[0]
    return found


def ran(engine: ContainerEngine, image: str, *words: str) -> str:
    return engine.docker("run", "--rm", "--network=none", image, *words).output


def test_the_recommender_from_its_lock(
    engine: ContainerEngine, python_base: str, index: str, project: Path, tmp_path: Path
) -> None:
    lock = read_lock(project / "pylock.toml")
    found = read_project(project)
    save(dockerfile(found, lock, image_settings(found), Choices(base=python_base)), project)
    (tmp_path / "uv.toml").write_text(f'[[index]]\nurl = "{index}"\ndefault = true\n')
    (tmp_path / "pip.conf").write_text(f"[global]\nindex-url = {index}\n")
    secrets = [f"--secret=id={name},src={tmp_path / name}" for name in ("uv.toml", "pip.conf")]
    image = "localhost/recommender:1"
    engine.build(project, image, *secrets)
    _check_packages(engine, image, lock)
    _check_program(engine, image)
    _check_description(inspected(engine, image), lock, python_base)
    _check_nothing_else(engine, image, tmp_path)
    _check_every_file(tmp_path / "image.tar", project / "pylock.toml")


def _check_packages(engine: ContainerEngine, image: str, lock: Lock) -> None:
    """What is installed is what is locked."""
    said = ran(engine, image, "python", "-c", INSTALLED)
    installed = {name.lower().replace("_", "-"): version for name, version in json.loads(said)}
    locked = {one.name: one.version for one in lock.snapshot.stack.layer(Layer.PACKAGES)}
    assert installed == locked


def _check_program(engine: ContainerEngine, image: str) -> None:
    """It works, as nobody in particular, who can write to a home and not to the program."""
    assert (
        ran(engine, image, "sh", "-c", 'id -u; id -g; echo "$PRICE"; pwd')
        == '10001\n10001\n5 $ "net"\n/app\n'
    )
    words = "touch ~/x && ! touch /app/x 2>/dev/null && ! touch /opt/venv/x 2>/dev/null"
    ran(engine, image, "sh", "-c", words)
    drawn = "python -m recommender draw --output ~/r.csv && python -m recommender train --ratings ~/r.csv"
    assert ran(engine, image, "sh", "-c", f"{drawn} --output ~/m.npz && ls ~").split() == ["m.npz", "r.csv"]


def _check_description(image: dict[str, Any], lock: Lock, base: str) -> None:
    labels = image["Config"]["Labels"]
    assert labels["dev.samestack.stack.digest"] == lock.table.digests["linux-64"]
    assert (
        base
        == f"{labels['org.opencontainers.image.base.name']}@{labels['org.opencontainers.image.base.digest']}"
    )
    assert image["Config"]["User"] == "10001:10001"
    assert image["Config"]["Cmd"][:3] == ["python", "-m", "recommender"]
    assert "8002" in image["Config"]["Healthcheck"]["Test"][-1]


def _check_nothing_else(engine: ContainerEngine, image: str, directory: Path) -> None:
    """Neither what was left out of the project, nor anything of the index or of who may read it."""
    listed = ran(engine, image, "find", "/app", "-type", "f").splitlines()
    assert "/app/recommender/__main__.py" in listed
    assert not [path for path in listed if "test" in path or ".env" in path or "requirements.image" in path]
    archive = directory / "image.tar"
    engine.docker("save", "--output", archive, image)
    content = archive.read_bytes()
    assert not [text for text in (TOKEN, "of-the-database") if text.encode() in content]
    assert TOKEN not in engine.docker("history", "--no-trunc", image).output


def test_a_builder_without_buildkit(
    engine: ContainerEngine, base: str, installer: str, tmp_path: Path
) -> None:
    project = small_project(tmp_path, settings=COMMAND)
    save(made(project, Choices(base=base, installer=installer, has_buildkit=False)), project)
    with served(index_of_files(tmp_path / "wheels")) as address:
        argument = f"--build-arg=UV_DEFAULT_INDEX={address}"
        engine.build(project, "localhost/small:old", argument, has_buildkit=False)
    assert ran(engine, "localhost/small:old") == f"light 1.0 {HEAVY_BYTES}\n"
    assert ran(engine, "localhost/small:old", "say-light") == "light 1.0\n"
    assert ran(engine, "localhost/small:old", "id", "-u") == "10001\n"


def test_a_light_package_that_changes_moves_no_heavy_one(
    engine: ContainerEngine, base: str, installer: str, tmp_path: Path
) -> None:
    layers = []
    for version in ("1.0", "1.1"):
        project, image = (
            small_project(tmp_path, light=version, settings=COMMAND),
            f"localhost/small:{version}",
        )
        save(made(project, Choices(base=base, installer=installer)), project)
        with served(index_of_files(tmp_path / "wheels")) as address:
            engine.build(project, image, f"--build-arg=UV_DEFAULT_INDEX={address}")
        assert ran(engine, image) == f"light {version} {HEAVY_BYTES}\n"
        layers.append(inspected(engine, image)["RootFS"]["Layers"])
    # The base, the user, the skeleton of the environment, the heavy packages; then the light ones.
    assert layers[0][:4] == layers[1][:4]
    assert layers[0][4] != layers[1][4]


def test_a_python_that_uv_brings(engine: ContainerEngine, base: str, installer: str, tmp_path: Path) -> None:
    """As on NVIDIA's images, which have no Python of most series."""
    project = small_project(tmp_path, python="3.9", settings=f'{COMMAND}\npython = "copy"')
    save(made(project, Choices(base=base, installer=installer)), project)
    index = index_of_files(tmp_path / "wheels")
    with served(index) as address:
        files = address.replace("/simple", "/files")
        index.files["python.tar.gz"] = python_archive("3.9", tmp_path / "python.tar.gz").read_bytes()
        index.files["pythons.json"] = json.dumps(_downloads(f"{files}/python.tar.gz")).encode()
        lines = (f'python-downloads-json-url = "{files}/pythons.json"', "[[index]]", f'url = "{address}"')
        (tmp_path / "uv.toml").write_text("\n".join((*lines, "default = true\n")))
        engine.build(project, "localhost/copied:1", f"--secret=id=uv.toml,src={tmp_path / 'uv.toml'}")
    program = "import sys, ssl, light; print(sys.version_info[:2], sys.base_prefix)"
    said = ran(engine, "localhost/copied:1", "python", "-c", program)
    assert said.startswith("(3, 9) /opt/python/")


def _downloads(url: str) -> dict[str, Any]:
    """A list of Pythons as uv reads it."""
    return {
        "cpython-3.9.18-linux-x86_64-gnu": {
            "name": "cpython",
            "arch": {"family": "x86_64", "variant": None},
            "os": "linux",
            "libc": "gnu",
            "major": 3,
            "minor": 9,
            "patch": 18,
            "prerelease": "",
            "url": url,
            "sha256": None,
            "variant": None,
            "build": "20240224",
        }
    }


def _check_every_file(archive: Path, lock: Path) -> None:
    """Held against the wheels of the lock, nothing is missing, altered or more than is locked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMESTACK_CACHE", str(kept_in("test-wheels")))
        status, output, messages = run_action("verify", str(archive), str(lock))
    assert (status, messages) == (0, ""), output


def test_a_registry_tells_the_digest_of_a_tag(base: str) -> None:
    assert pinned(base.partition("@")[0]) == base


@pytest.mark.parametrize("has_buildkit", [True, False])
def test_values_are_read_as_they_were_written(
    engine: ContainerEngine, tmp_path: Path, *, has_buildkit: bool
) -> None:
    """Nothing of a value becomes a variable, an instruction or another value."""
    values = (
        "",
        "a b",
        'say "x"',
        "5 $ $HOME ${HOME} $(id)",
        "\\\\ \\n \\$ \\",
        "it's # `no` comment",
        "é=\\",
    )
    labels = {f"value{number}": value for number, value in enumerate(values)}
    (tmp_path / "Dockerfile").write_text(f"FROM scratch\nLABEL {' '.join(pairs(labels))}\n")
    engine.build(tmp_path, "localhost/labels:1", has_buildkit=has_buildkit)
    assert inspected(engine, "localhost/labels:1")["Config"]["Labels"] == labels


def test_a_wheel_that_is_not_the_locked_one(
    engine: ContainerEngine, base: str, installer: str, tmp_path: Path
) -> None:
    project = small_project(tmp_path)
    save(made(project, Choices(base=base, installer=installer)), project)
    index = index_of_files(tmp_path / "wheels")
    other = make_wheel(tmp_path, {"light.py": b"import os"}, name="light")
    index.files[other.name] = other.read_bytes()
    with served(index) as address:
        argument = f"--build-arg=UV_DEFAULT_INDEX={address}"
        finished = engine.build(project, "localhost/none:1", argument, "--progress=plain", check=False)
    assert finished.status != 0
    assert "Hash mismatch for `light==1.0`" in finished.messages


def test_packages_of_debian_in_the_versions_of_the_lock(
    engine: ContainerEngine, base_image: str, registry: str, installer: str, tmp_path: Path
) -> None:
    """Python is one of them, on an image that has the name of Debian's."""
    base = pushed(engine, base_image, registry, "debian:bookworm")
    project = small_project(tmp_path, system=["libltdl7"], settings=COMMAND)
    version = _candidate(engine, base_image, "libltdl7")
    with (project / "pylock.toml").open("a") as lock:
        lock.write(DEBIAN.format(name="libltdl7", version=version))
    save(made(project, Choices(base=base, installer=installer)), project)
    with served(index_of_files(tmp_path / "wheels")) as address:
        engine.build(project, "localhost/debian:1", f"--build-arg=UV_DEFAULT_INDEX={address}")
    words = ("dpkg-query", "--show", "--showformat=${Version}", "libltdl7")
    assert ran(engine, "localhost/debian:1", *words) == version
    left = ran(engine, "localhost/debian:1", "find", "/var/lib/apt/lists", "/var/cache/apt", "-type", "f")
    assert left == ""


def _candidate(engine: ContainerEngine, image: str, package: str) -> str:
    words = f"apt-get -qq update && apt-cache madison {package}"
    finished = engine.docker("run", "--rm", "--network=host", image, "sh", "-c", words, check=False)
    if finished.status != 0:
        unavailable("no mirror of Debian can be reached from a container")
    return finished.output.split("|")[1].strip()
