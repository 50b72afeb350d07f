"""Distributions in setuptools' own forms, older than wheels: ``*.egg-info``, ``*.egg`` and ``*.egg-link``.

Debian's packages, ``setup.py install`` and ``setup.py develop`` leave them. None of them records hashes.
"""

import posixpath
from typing import Final

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.python.core_metadata import (
    Identity,
    differ,
    directory_identity,
    identity_oddities,
    read_metadata,
)
from samestack.capture.probes.python.distribution import Distribution, Found
from samestack.capture.probes.remarks import MAX_PATH_CHARACTERS, package_remark, shown_path
from samestack.capture.tree import Entry, Tree
from samestack.model import normalized_python_name

_MAX_LINK_BYTES: Final = 64 * 1024


def read_egg_info(tree: Tree, entry: Entry, site_directory: str) -> Found:
    """The distribution of a ``*.egg-info`` directory, or of a file that is PKG-INFO itself."""
    path = entry.path if entry.is_file else f"{entry.path}/PKG-INFO"
    return _described(tree, entry, site_directory, path)


def read_egg(tree: Tree, entry: Entry, site_directory: str) -> Found:
    """The distribution of a ``*.egg`` directory; of a zipped one only what its name says is known."""
    if entry.is_directory:
        path = f"{entry.path}/EGG-INFO/PKG-INFO"
        return _described(tree, entry, site_directory, path)
    found = _distribution(directory_identity(entry.name), Identity(), entry.path, site_directory)
    message = "a zipped egg is known by its name alone: nothing imports from it but setuptools"
    return Found(found, (package_remark(tree, "zipped-egg", entry.name, message, entry.path),))


def read_egg_link(tree: Tree, entry: Entry, site_directory: str) -> Found:
    """The distribution that ``setup.py develop`` linked to: its metadata stands beside its sources."""
    link = read_optional(tree, entry.path, limit=_MAX_LINK_BYTES)
    named = directory_identity(entry.name)
    directory = _linked_directory(link.content or b"", site_directory)
    beside = tree.entries(directory) if directory else []
    described = [one for one in beside if one.name.endswith(".egg-info") and _is_of(one.name, named)]
    if not described:
        reason = link.problem or "what it links to is not there"
        found = _distribution(named, Identity(), entry.path, site_directory, linked=directory or "")
        return Found(
            found, (package_remark(tree, "egg-link", entry.name, f"a broken link: {reason}", entry.path),)
        )
    path = f"{described[0].path}/PKG-INFO"
    return _described(tree, described[0], site_directory, path, linked=directory or "")


def _linked_directory(content: bytes, site_directory: str) -> str | None:
    """The first line of the link: a path, of which nobody has said that it makes sense."""
    line = content.decode("utf-8", "replace").partition("\n")[0].strip()
    if not line or line != shown_path(line) or len(line) > MAX_PATH_CHARACTERS:
        return None
    return posixpath.normpath(posixpath.join(site_directory, line))


def _is_of(entry_name: str, named: Identity) -> bool:
    stated = directory_identity(entry_name).name
    return None not in {stated, named.name} and not differ(Identity(stated), Identity(named.name))


def _described(tree: Tree, entry: Entry, site_directory: str, path: str, *, linked: str = "") -> Found:
    """The distribution that the PKG-INFO at a path describes, which ``entry`` stores."""
    named, metadata = directory_identity(entry.name), read_metadata(tree, path)
    remarks = tuple(
        package_remark(tree, code, entry.name, message, path)
        for code, message in identity_oddities(metadata, named, "PKG-INFO")
    )
    return Found(_distribution(named, metadata.stated, entry.path, site_directory, linked=linked), remarks)


def _distribution(
    named: Identity, stated: Identity, path: str, site_directory: str, *, linked: str = ""
) -> Distribution | None:
    name = stated.name or named.name
    if name is None:
        return None
    return Distribution(
        name=normalized_python_name(name),
        version=stated.version or named.version,
        site_directory=site_directory,
        metadata_directory=path,
        is_editable=bool(linked),
        path=shown_path(linked),
    )
