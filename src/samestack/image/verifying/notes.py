"""What else is to be known of an image whose packages are held against a lock."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from samestack.capture.documents import read_bytes
from samestack.capture.image_tree import ImageTree
from samestack.errors import SamestackError
from samestack.image.building.config import LOCK_DIGEST
from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.lock.decision import Lock
from samestack.oci.digests import digest_of
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.places import Image

_LEADING: Final = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONUSERBASE",
    "LD_PRELOAD",
    "LD_LIBRARY_PATH",
)
"""Variables by which other code is loaded than what is installed."""
_SYSTEM: Final = re.compile(r"^include-system-site-packages\s*=\s*true\s*$", re.IGNORECASE | re.MULTILINE)


def notes(
    image: Image, lock: Lock, projects: Collection[str], files: MergedFiles, place: EnvironmentPlace
) -> Iterator[str]:
    """Each in a sentence."""
    tree = ImageTree(files)
    if interpreter := _interpreter(tree, place):
        yield f"Its Python is {interpreter}, which no wheel brings."
    if _SYSTEM.search(_configuration(tree, place)):
        yield f"/{place.root} also uses the packages of the system's Python, which the lock does not decide."
    for name in (one.partition("=")[0] for one in image.config.config.env):
        if name in _LEADING:
            yield f"The image sets {name}: what it names is loaded beside what is installed, or before it."
    if projects:
        yield f"The lock decides no content of {', '.join(sorted(projects))}: a directory of a machine."
    said = (image.config.config.labels or {}).get(LOCK_DIGEST, "")
    if said and said != digest_of(read_bytes(lock.path)):
        yield f"The image says that it was built from another lock: {said}."


def _interpreter(tree: ImageTree, place: EnvironmentPlace) -> str:
    try:
        found = tree.resolve(f"/{place.scripts}/python{place.series}")
    except OSError:  # a link that leads round in a circle
        return ""
    return found if tree.is_file(found) else ""


def _configuration(tree: ImageTree, place: EnvironmentPlace) -> str:
    try:
        return tree.read(f"/{place.root}/pyvenv.cfg").decode("utf-8", "replace")
    except (OSError, SamestackError):
        return ""
