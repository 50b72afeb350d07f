"""Python packages in conda's locks, which give each one the address of its file."""

from samestack.capture.readers.locks.provenance import UNSTATED, is_path, of_address
from samestack.capture.readers.locks.python_packages import package
from samestack.capture.readers.requirements.packaging_values import hash_texts, package_name, version_text
from samestack.capture.readers.requirements.wishes import file_name_tells
from samestack.model import Component


def locked_wheel(address: str, name: str | None, version: str | None, sha256: str | None) -> Component:
    """The package at an address, which tells its name and version where the lock does not.

    An address on the web is that of a file in an index: only a repository is the package's source.
    ``ValueError`` for what cannot be read.
    """
    told_name, told_version = file_name_tells(address) or (None, None)
    if not (name or told_name):
        raise ValueError("it has no name")
    is_elsewhere = bool(address) and (is_path(address) or not address.startswith(("http://", "https://")))
    return package(
        package_name(name or told_name or ""),
        version_text(version) if version else told_version,
        provenance=of_address(address) if is_elsewhere else UNSTATED,
        hashes=hash_texts((f"sha256:{sha256}",) if sha256 else ()),
    )
