"""The packages of a Debian base, decided and written into the lock, where they stay until asked for anew."""

from typing import Any, Final

from msgspec import structs

from samestack.errors import RequestError
from samestack.files import write_file
from samestack.image.building.base import DEBIAN
from samestack.image.building.bases import default_base
from samestack.image.building.debian_layers import requested_packages
from samestack.image.building.interpreter import FROM_BASE, python_libraries
from samestack.image.building.request import BuildRequest
from samestack.image.debian.base import decide
from samestack.image.debian.locked import PLACE, LockedDebian, to_table
from samestack.lock.reading import read_lock
from samestack.progress import Reporter

_MARK: Final = f"\n[{PLACE}]\n"
"""Where the table begins. It is the last one of the file, so that it can be replaced as text."""


def with_locked_base(request: BuildRequest, reporter: Reporter) -> tuple[BuildRequest, tuple[str, ...]]:
    """The same with a lock that has the base, too, and what to know of how it was decided.

    :class:`RequestError` for a base that is no suite of Debian, and for locks that have no room for tables.
    """
    text = request.settings.base or default_base(request.python)
    if not text.startswith(DEBIAN):
        raise RequestError(
            f"'{text}' is not made of Debian packages", hint="an image is pinned by its digest"
        )
    if request.lock.path.suffix != ".toml":
        raise RequestError(f"{request.lock.path}: only a standard lock holds a base", hint="samestack lock")
    suite, table = text.removeprefix(DEBIAN), request.lock.table
    decided = decide(
        suite,
        requested_packages(
            suite,
            request.project.manifest.system_packages or table.system_packages,
            needs_python=request.settings.python in FROM_BASE,
            libraries=python_libraries(request.settings, request.python, request.platforms[0]),
        ),
        [one.architecture for one in request.platforms],
        environment=request.environment,
        reporter=reporter,
    )
    path = request.lock.path
    write_file(with_base(path.read_text(encoding="utf-8"), decided.locked).encode(), path)
    return structs.replace(request, lock=read_lock(path)), decided.remarks


def with_base(text: str, locked: LockedDebian) -> str:
    """The text of a lock with these packages, in place of those that it may have had."""
    import tomli_w

    kept = text.partition(_MARK)[0].rstrip("\n")
    table: Any = to_table(locked)
    for key in reversed(PLACE.split(".")):
        table = {key: table}
    return f"{kept}\n\n{tomli_w.dumps(table)}"
