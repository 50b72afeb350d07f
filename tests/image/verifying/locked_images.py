"""A small lock with its wheels, and the image that an installer makes of it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from samestack.image.building.wheel_files import WheelFiles
from samestack.image.layers.entry import LayerEntry
from samestack.image.verifying.verification import Deviation, Verification
from samestack.image.verifying.verifying import Terms, verify
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed
from samestack.lock.decision import Lock
from samestack.lock.reading import read_lock
from samestack.oci.places import Image
from tests.image.sizes.made_images import Files, Link, Made, MadeLayer, Moded, image
from tests.image.wheels.wheel_maker import make_wheel

SERIES = "3.11"
PREFIX = "/opt/venv"
SITE = f"opt/venv/lib/python{SERIES}/site-packages"
HEAD = 'lock-version = "1.0"\ncreated-by = "test"\nrequires-python = "==3.11.*"\n'

DEMO: Mapping[str, bytes] = {
    "demo/__init__.py": b"value = 1\n",
    "demo/core.py": b"def main():\n    return 0\n",
    "demo/data.bin": bytes(range(256)) * 40,
    "demo-1.0.data/scripts/demo-tool": b"#!python\nprint('tool')\n",
    "demo-1.0.data/headers/demo.h": b"#define DEMO 1\n",
    "demo-1.0.dist-info/entry_points.txt": b"[console_scripts]\ndemo = demo.core:main\n",
}
OTHER: Mapping[str, bytes] = {"other.py": b"x = 2\n", "shared/other/part.py": b"y = 3\n"}


def wheels_in(directory: Path) -> tuple[Path, ...]:
    """The wheels that the lock has."""
    return (
        make_wheel(directory, DEMO),
        make_wheel(directory, OTHER, name="other", version="2.0"),
    )


def lock_in(directory: Path, *, more: str = "") -> Lock:
    """The lock, beside its wheels."""
    text = "".join(map(_locked, wheels_in(directory)))
    path = directory / "pylock.toml"
    path.write_text(f"{HEAD}\n{text}{more}")
    return read_lock(path)


def _locked(wheel: Path) -> str:
    name, version, *_ = wheel.name.split("-")
    digits, size = hashlib.sha256(wheel.read_bytes()).hexdigest(), wheel.stat().st_size
    file = f'{{ path = "{wheel.name}", size = {size}, hashes = {{ sha256 = "{digits}" }} }}'
    return f'[[packages]]\nname = "{name}"\nversion = "{version}"\nwheels = [{file}]\n\n'


def base() -> MadeLayer:
    """A system that has Python and little else."""
    return MadeLayer(
        files={
            "etc/os-release": b"ID=debian\n",
            "usr/bin/python3.11": Moded(b"\x7fELF", 0o755),
            "opt/venv/pyvenv.cfg": b"home = /usr/bin\ninclude-system-site-packages = false\n",
            "opt/venv/bin/python": Link("/usr/bin/python3.11"),
            "opt/venv/bin/python3": Link("python"),
            "opt/venv/bin/python3.11": Link("python"),
            "opt/venv/bin/activate": b"# for a shell\n",
            "opt/venv/lib64": Link("lib"),
        },
        command="base",
    )


def installed(directory: Path) -> dict[str, Made]:
    """What an installer writes of the wheels, its own files and some bytecode with it."""
    files = {entry.path: _made(entry) for wheel in wheels_in(directory) for entry in placed_of(wheel)}
    files[f"{SITE}/demo-1.0.dist-info/REQUESTED"] = b""
    files[f"{SITE}/demo-1.0.dist-info/direct_url.json"] = b"{}"
    files[f"{SITE}/demo/__pycache__/core.cpython-311.pyc"] = b"compiled"
    return files


def placed_of(wheel: Path) -> tuple[LayerEntry, ...]:
    return placed(read_wheel(wheel), PREFIX, SERIES)


def _made(entry: LayerEntry) -> Made:
    assert entry.content is not None
    with entry.content.open() as stream:
        return Moded(stream.read(), entry.mode)


def built(directory: Path, *layers: MadeLayer | Files) -> Image:
    """An image of the lock, with layers on top."""
    return image(base(), MadeLayer(files=installed(directory), command="RUN pip install"), *layers)


def verified(made: Image, lock: Lock, *, prefix: str = "") -> Verification:
    """The image held against the lock; caches are those of the test."""
    with WheelFiles() as wheels:
        return verify(made, Terms(lock=lock, python=SERIES, prefix=prefix), wheels)


def told(verification: Verification) -> list[tuple[str, str]]:
    """The deviations as kind and subject."""
    return [(one.kind.value, one.subject) for one in verification.deviations]


def only(verification: Verification) -> Deviation:
    """The one deviation that there is."""
    (found,) = verification.deviations
    return found
