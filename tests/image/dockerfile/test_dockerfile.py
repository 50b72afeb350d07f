"""Whole Dockerfiles, of every kind: hadolint has nothing to say, and nothing is in them that should not."""

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.image.dockerfile.choices import Choices, Dockerfile
from samestack.image.dockerfile.saving import save
from samestack.tour.cast import example_directory
from tests.image.dockerfile.parsed import instructions, labels
from tests.image.dockerfile.small_project import DIGEST, made, small_project, text_of

EXAMPLES = example_directory().parent
PROJECTS = ("defect-detection", "helpdesk-agent", "recommender")
BASES = ("", "debian:bookworm", "ubuntu:24.04", "registry.example.com/team/python:3")
SETTINGS = """
entrypoint = ["python", "-m"]
command = ["small"]
ports = [8000, 9000]
environment = {GREETING = "it's 5 $"}
labels = {"com.example.team" = "vision"}
health = {command = ["python", "-m", "small", "--check"], interval = 10}
"""


def of(made: Dockerfile, name: str) -> list[str]:
    return [value for instruction, value in instructions(text_of(made)) if instruction == name]


def linted(made: Dockerfile, directory: Path) -> str:
    """What hadolint says."""
    file = directory / "Dockerfile"
    file.write_text(text_of(made))
    command: list[str | Path] = [Path(sys.executable).parent / "hadolint", "--no-color", file]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode in {0, 1}, finished.stderr
    return finished.stdout


@pytest.mark.parametrize(
    ("base", "has_buildkit", "installer"), [*product(BASES, (True, False), ("", "uv:1"))]
)
def test_hadolint_has_nothing_to_say(base: str, has_buildkit: bool, installer: str, tmp_path: Path) -> None:  # noqa: FBT001
    project = small_project(tmp_path, settings=SETTINGS, system=["libgl1", "libglib2.0-0"])
    found = made(project, Choices(base=base, has_buildkit=has_buildkit, installer=installer))
    assert linted(found, tmp_path) == ""


@pytest.mark.parametrize(("name", "is_for_gpu"), [*product(PROJECTS, (False, True))])
def test_visionaryai(name: str, is_for_gpu: bool, tmp_path: Path) -> None:  # noqa: FBT001
    if is_for_gpu and name == "recommender":
        with pytest.raises(RequestError, match="nothing in the lock is known to use CUDA"):
            made(EXAMPLES / name, Choices(is_for_gpu=True))
        return
    found = made(EXAMPLES / name, Choices(is_for_gpu=is_for_gpu))
    assert linted(found, tmp_path) == ""
    on_the_cpu = "debian:bookworm" if name == "helpdesk-agent" else "python:3."  # as its settings say
    assert found.base.startswith("nvidia/cuda:11." if is_for_gpu else on_the_cpu)
    assert b"\ntensorflow==" not in found.files["requirements.image/light.txt"]


def test_everything_below_is_pinned_and_nothing_runs_as_root(tmp_path: Path) -> None:
    found = made(small_project(tmp_path), Choices(installer="uv:1"))
    outside = [value.split()[0] for value in of(found, "FROM")]
    assert outside == [f"python:3.11-slim-bookworm{DIGEST}", "base", "tools", "tools", "base"]
    assert f"--from=uv:1{DIGEST} /uv /usr/local/bin/uv" in of(found, "COPY")
    assert of(found, "USER") == ["10001:10001"]


def test_no_index_is_named(tmp_path: Path) -> None:
    for data in made(small_project(tmp_path)).files.values():
        assert b"://" not in data


def test_heavy_and_light_packages_are_apart(tmp_path: Path) -> None:
    files = made(small_project(tmp_path)).files
    assert re.findall(rb"^(\w+)==", files["requirements.image/heavy.txt"], re.MULTILINE) == [b"heavy"]
    assert re.findall(rb"^(\w+)==", files["requirements.image/light.txt"], re.MULTILINE) == [b"light"]
    assert all(b"--hash=sha256:" in data for name, data in files.items() if name.endswith(".txt"))


def test_how_it_is_run(tmp_path: Path) -> None:
    found = made(small_project(tmp_path, settings=SETTINGS))
    assert of(found, "ENTRYPOINT") == ['["python", "-m"]']
    assert of(found, "CMD") == ['["small"]']
    assert of(found, "EXPOSE") == ["8000", "9000"]
    assert "--interval=10s" in of(found, "HEALTHCHECK")[0]
    said = labels(text_of(found))
    assert said["com.example.team"] == "vision"
    assert said["dev.samestack.stack.digest"].startswith("sha256:")
    assert said["org.opencontainers.image.version"] == "2.0"


def test_the_first_port_is_the_health_where_none_is_said(tmp_path: Path) -> None:
    assert "8000" in of(made(small_project(tmp_path, settings="ports = [8000]")), "HEALTHCHECK")[0]
    assert of(made(small_project(tmp_path)), "HEALTHCHECK") == ["NONE"]


def test_what_is_copied_and_what_the_builder_sees(tmp_path: Path) -> None:
    found = made(small_project(tmp_path))
    copied = [value for value in of(found, "COPY") if not value.startswith(("--from", "requirements.image"))]
    assert copied == [
        "models/a.bin /app/models/a.bin",
        "small/ /app/small/",
        "pylock.toml pyproject.toml /app/",
    ]
    ignored = found.files[".dockerignore"].decode().splitlines()
    assert ignored[1] == "**"
    assert ignored.index("!small") < ignored.index("**/.env") < ignored.index("!**/.env.example")
    assert "!tests" not in ignored


def test_what_was_left_out_is_told(tmp_path: Path) -> None:
    notes = " ".join(made(small_project(tmp_path)).notes)
    assert "left out, since they are named as secrets are: .env" in notes
    assert "tool.samestack.image.command" in notes


def test_a_wheel_that_takes_a_new_glibc_moves_the_base(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    lock = project / "pylock.toml"
    text = lock.read_text().replace("light-1.0-py3-none-any", "light-1.0-cp311-cp311-manylinux_2_39_x86_64")
    lock.write_text(f'{text}\n[tool.samestack]\nhost = {{ glibc = "2.39" }}\n')
    assert made(project).base == f"python:3.11-slim-trixie{DIGEST}"


def test_the_same_each_time(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert made(project) == made(project)


def test_versions_of_debian_that_the_lock_decides(tmp_path: Path) -> None:
    project = small_project(tmp_path, system=["libgl1"])
    package = 'name = "libgl1", version = "1.6.0-1", architecture = "amd64", file = "pool/a.deb", size = 1'
    with (project / "pylock.toml").open("a") as lock:
        table = f'[{{ {package}, sha256 = "{"0" * 64}" }}]'
        lock.write(f'\n[tool.samestack.image.debian]\nsuite = "bookworm"\npackages = {{ amd64 = {table} }}\n')
    assert "libgl1=1.6.0-1" in text_of(made(project))
    assert "DL3008" not in text_of(made(project))
    other = text_of(made(project, Choices(base="python:3.11-slim-trixie")))
    assert "libgl1=" not in other
    assert "DL3008" in other


@pytest.mark.parametrize("user", ["root", "0", "0:10001", "app:app", ""])
def test_a_user_that_may_be_root(user: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"tool\.samestack\.image\.user"):
        made(small_project(tmp_path, settings=f'user = "{user}"'))


def test_a_package_of_the_system_that_is_more_than_a_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no name of a package"):
        made(small_project(tmp_path, system=["libgl1 && rm -rf /"]))


def test_nobodys_files_are_overwritten(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    found = made(project)
    (project / ".dockerignore").write_text("mine\n")
    with pytest.raises(RequestError, match="was not written by samestack"):
        save(found, project)
    assert not (project / "Dockerfile").exists()
    save(found, project, is_forced=True)
    assert [path.name for path in save(found, project)][-1] == "Dockerfile"
    assert (project / ".dockerignore").read_bytes() == found.files[".dockerignore"]
