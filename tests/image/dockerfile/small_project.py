"""A project with a lock of small wheels, a heavy one among them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from samestack.image.dockerfile.choices import Choices, Dockerfile
from samestack.image.dockerfile.entry import dockerfile
from samestack.image.settings import image_settings
from samestack.lock.reading import read_lock
from samestack.project.reading import read_project
from tests.image.wheels.wheel_maker import make_wheel

DIGEST: Final = "@sha256:" + "5a" * 32
HEAVY_BYTES: Final = 9_000_000
_MANIFEST: Final = """\
[project]
name = "small"
version = "2.0"
dependencies = ["light"]

[tool.samestack]
python = "{python}"
platforms = ["linux-64"]
system-packages = [{system}]
models = ["models/*.bin"]

[tool.samestack.image]
{settings}
"""
_LOCK: Final = """\
lock-version = "1.0"
created-by = "test"
requires-python = "=={python}.*"
"""
_PACKAGE: Final = """
[[packages]]
name = "{name}"
version = "{version}"
wheels = [{{ path = "{file}", size = {size}, hashes = {{ sha256 = "{digits}" }} }}]
"""


def small_project(
    directory: Path,
    *,
    settings: str = "",
    python: str = "3.11",
    system: Iterable[str] = (),
    light: str = "1.0",
) -> Path:
    """The project's directory; its wheels are in ``wheels`` beside it."""
    wheels = directory / "wheels"
    project = directory / "project"
    for path in (wheels, project / "small", project / "models", project / "tests"):
        path.mkdir(parents=True, exist_ok=True)
    names = ", ".join(f'"{one}"' for one in system)
    (project / "pyproject.toml").write_text(_MANIFEST.format(python=python, system=names, settings=settings))
    (project / "small/__main__.py").write_text("import heavy, light\nprint(light.VALUE, len(heavy.DATA))\n")
    (project / "models/a.bin").write_bytes(b"weights")
    (project / "tests/test_small.py").write_text("")
    (project / ".env").write_text("PASSWORD=1\n")
    made = (_heavy(wheels), _light(wheels, light))
    (project / "pylock.toml").write_text(_LOCK.format(python=python) + "".join(map(_locked, made)))
    return project


def made(project: Path, choices: Choices | None = None) -> Dockerfile:
    """Its Dockerfile, with a digest for each image that has none."""
    found = read_project(project)
    return dockerfile(
        found,
        read_lock(project / "pylock.toml"),
        image_settings(found),
        choices or Choices(),
        pin=lambda name: name if "@" in name else name + DIGEST,
    )


def text_of(made: Dockerfile) -> str:
    """The Dockerfile itself."""
    return made.files["Dockerfile"].decode()


def _heavy(wheels: Path) -> Path:
    files = {
        "heavy.py": b"DATA = open(__file__[:-2] + 'bin', 'rb').read()\n",
        "heavy.bin": bytes(HEAVY_BYTES),
    }
    return make_wheel(wheels, files, name="heavy", stored=["heavy.bin"])


def _light(wheels: Path, version: str) -> Path:
    commands = b"[console_scripts]\nsay-light = light:say\n"
    text = f"VALUE = 'light {version}'\n\n\ndef say():\n    print(VALUE)\n".encode()
    files = {"light.py": text, f"light-{version}.dist-info/entry_points.txt": commands}
    return make_wheel(wheels, files, name="light", version=version)


def _locked(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    digits, size = hashlib.sha256(wheel.read_bytes()).hexdigest(), wheel.stat().st_size
    return _PACKAGE.format(name=name, version=version, file=wheel.name, size=size, digits=digits)
