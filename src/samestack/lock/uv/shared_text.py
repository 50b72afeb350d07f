"""uv's text as the lock of a project: for its environments only, without what only this machine can use.

What stays is uv's, word by word. Every package of it has a marker that repeats the Python and the platforms;
``environments``, which installers have to heed, says the same once.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.lock.markers import holds, is_settled
from samestack.lock.platforms import environment_markers
from samestack.lock.terms import Terms
from samestack.lock.uv.addresses import moved_paths, shared_files
from samestack.lock.uv.fitting_wheels import with_fitting_wheels
from samestack.lock.uv.locked_text import LockedPackage, LockedText, rejoined

_CREATOR: Final = "samestack"


def shared_text(locked: LockedText, terms: Terms, directory: Path) -> str:
    """The text of the lock; paths in ``locked`` are relative to ``directory``."""
    return rejoined(_head(locked.head, terms), _blocks(locked, terms, directory))


def _head(head: str, terms: Terms) -> str:
    import json

    series = ".".join(terms.python.split(".")[:2])
    markers = environment_markers(terms.platforms, terms.python)
    environments = "".join(f"    {json.dumps(marker)},\n" for marker in markers)
    said = re.sub(r'^created-by = ".*"$', f'created-by = "{_CREATOR}"', head, flags=re.MULTILINE)
    return re.sub(
        r'^requires-python = ".*"$',
        f'environments = [\n{environments}]\nrequires-python = "=={series}.*"',
        said,
        flags=re.MULTILINE,
    )


def _blocks(locked: LockedText, terms: Terms, directory: Path) -> Iterator[str]:
    destination = terms.path.absolute().parent
    is_needless = {one.marker: _is_needless(one.marker, terms) for one in locked.packages}
    for package in locked.packages:
        text = _without_marker(package) if is_needless[package.marker] else package.text
        if package.is_odd:
            yield moved_paths(text, directory, destination)
        else:
            yield shared_files(with_fitting_wheels(text, terms.python), urls=terms.urls)


def _is_needless(marker: str, terms: Terms) -> bool:
    """Whether a marker holds in all environments of the lock."""
    if not marker or not terms.platforms or not is_settled(marker):
        return _is_series(marker, terms)
    return all(holds(marker, platform, terms.python) for platform in terms.platforms)


def _is_series(marker: str, terms: Terms) -> bool:
    series = ".".join(terms.python.split(".")[:2])
    return marker in {f"python_full_version == '{series}.*'", f"python_version == '{series}'"}


def _without_marker(package: LockedPackage) -> str:
    return re.sub(r"^marker = .*\n", "", package.text, count=1, flags=re.MULTILINE)
