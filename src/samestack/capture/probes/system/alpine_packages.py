"""Installed packages of Alpine and other distributions with apk: its database, read without apk."""

from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.system.stanzas import read_stanzas
from samestack.capture.probes.system.system_packages import (
    MAX_DATABASE_BYTES,
    SystemPackage,
    observe_packages,
)
from samestack.capture.tree import Tree
from samestack.model import Ecosystem

_DATABASES: Final = ("/lib/apk/db/installed", "/usr/lib/apk/db/installed")


def read_alpine_packages(tree: Tree) -> Observation:
    """Every package that apk has installed; nothing where apk is not the package manager.

    A name that begins with a dot is no package: ``apk add --virtual`` made it up, with the time as version.
    """
    database = next((path for path in _DATABASES if tree.is_file(path)), None)
    if database is None:
        return Observation()
    text = tree.read(database, limit=MAX_DATABASE_BYTES).decode("utf-8", "replace")
    packages = (
        SystemPackage(name, version, architecture)
        for name, version, architecture in read_stanzas(text, ("P", "V", "A"))
        if not name.startswith(".")
    )
    return observe_packages(Ecosystem.ALPINE, packages, place=tree.shown(database))
