"""``environment.yml``: a lock of Python packages for people who use conda, to read and to go on from.

Python comes from conda and the packages from the index, each by its release. Hashes are left out: this is a
file that people edit, and conda would not check them.
"""

from collections.abc import Iterator
from typing import Any, Final

from samestack import __version__
from samestack.lock.decision import Lock
from samestack.lock.exports.pins import Pin, pins, project_notes
from samestack.model import Layer

_CHANNEL: Final = "conda-forge"


def environment(lock: Lock) -> bytes:
    """The text of an ``environment.yml`` without a name, which whoever makes the environment gives."""
    import yaml

    found = pins(lock)
    document: dict[str, Any] = {
        "channels": [_CHANNEL],
        "dependencies": [_python(lock), "pip", {"pip": [_line(pin) for pin in found if not pin.is_project]}],
    }
    about = f"exported from {lock.path.name} by samestack {__version__}; hashes are not in here"
    head = "".join(f"# {one}\n" for one in (about, *project_notes(found)))
    return (head + yaml.safe_dump(document, sort_keys=False, width=1000)).encode()


def _python(lock: Lock) -> str:
    """In conda's words; a series stands for its newest release."""
    said = lock.table.python or next(_stated_pythons(lock), "")
    return f"python={said}" if said[:1].isdigit() else f"python{said.replace(' ', '')}"


def _stated_pythons(lock: Lock) -> Iterator[str]:
    for one in lock.snapshot.stack.layer(Layer.PYTHON):
        if one.name == "python":
            yield one.version or one.requirement or ""


def _line(pin: Pin) -> str:
    bare = pin.path or f"{pin.name}=={pin.version}"
    said = f"{pin.name} @ {pin.source}" if pin.source else bare
    return f"{said} ; {pin.marker}" if pin.marker else said
