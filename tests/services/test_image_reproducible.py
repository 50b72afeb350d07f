"""The same lock is the same image: by another Python, from another directory, owner, umask and time zone."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.solve.uv.uv_program import uv_program
from tests.capture.real_environments import interpreter_of_series

pytestmark = pytest.mark.service

REPOSITORY = Path(__file__).parent.parent.parent
SERIES = "3.13"
MOST_MEMORY = 300_000
"""Kibibytes."""
MANIFEST = """\
[project]
name = "shop"
version = "1.0"
requires-python = "==3.11.*"
dependencies = ["numpy", "flask"]

[tool.samestack]
python = "3.11"
platforms = ["linux-64", "linux-aarch64"]

[tool.samestack.image]
base = "debian:bookworm"
"""
BUILD = """\
import os, re, sys
os.umask(int(sys.argv[1], 8))
from samestack.cli.main import main
status = main(["image", "build", sys.argv[2], "-o", sys.argv[3], "--format=json"])
# Not what getrusage tells: that begins with the memory of the process that started this one.
print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose lock has its base, too; the tests build copies of it."""
    directory = tmp_path_factory.mktemp("shop")
    (directory / "pyproject.toml").write_text(MANIFEST)
    for name in ("b.py", "a.py", "data/c.json"):
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text("1\n")
    assert main(["lock", str(directory)]) == 0
    words = ["image", "build", str(directory), "-o", f"oci:{directory.parent / 'first'}", "--lock-base"]
    assert main(words) == 0
    return directory


@pytest.fixture(scope="module")
def other_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """samestack on another Python than that of the tests."""
    environment = tmp_path_factory.mktemp("samestack") / SERIES
    uv, interpreter = uv_program(), interpreter_of_series(SERIES)
    quiet = ("--quiet", "--no-config")
    subprocess.run((uv, "venv", *quiet, "--python", interpreter, environment), check=True)
    installing = (uv, "pip", "install", "--quiet", "--python", environment / "bin/python")
    subprocess.run((*installing, f"{REPOSITORY}[envs,image]"), check=True)
    return environment / "bin/python"


def test_another_python_owner_umask_and_place_make_the_same_digests(
    project: Path, other_python: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "somewhere/else"
    copy.mkdir(parents=True)
    for path in sorted(project.rglob("*"), reverse=True):  # another order in its directory
        if path.is_file():
            (copy / path.relative_to(project)).parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy / path.relative_to(project))
    if os.geteuid() == 0:
        for path in (copy, *copy.rglob("*")):
            os.chown(path, 12345, 12345)
    own = {"SAMESTACK_CACHE": str(tmp_path / "cache"), "TZ": "Asia/Kolkata", "PYTHONHASHSEED": "7"}
    output = f"oci:{tmp_path / 'image'}"
    finished = subprocess.run(
        (other_python, "-c", BUILD, "077", copy, output),
        env={**os.environ, **own},
        capture_output=True,
        check=True,
    )
    assert any(layer["was_written"] for layer in json.loads(finished.stdout)["images"][0]["layers"])
    assert int(finished.stderr.split()[-1]) < MOST_MEMORY
    first, second = (
        (place / "index.json").read_bytes() for place in (project.parent / "first", tmp_path / "image")
    )
    assert second == first
