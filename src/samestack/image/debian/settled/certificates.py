"""The certificates of authorities, where programs look for them."""

from collections.abc import Iterator
from typing import Final

from samestack.image.debian.settled.root import Root, link, text_file
from samestack.image.layers.entry import LayerEntry

_SOURCE: Final = "usr/share/ca-certificates"
_BUNDLE: Final = "etc/ssl/certs/ca-certificates.crt"
_OPENSSL: Final = "usr/lib/ssl"


def certificates(root: Root) -> Iterator[LayerEntry]:
    """All of Mozilla's list are trusted, as by default: one bundle, and a link for each.

    OpenSSL looks names up in the directory by a hash that ``openssl rehash`` makes; here its other default, a
    file with all of them (``cert.pem``), leads to the bundle. Python's ``ssl`` reads that.
    """
    found = [entry.path for entry in root.below(_SOURCE) if entry.path.endswith(".crt")]
    if not found:
        return
    names = [path.removeprefix(f"{_SOURCE}/") for path in found]
    yield text_file("etc/ca-certificates.conf", "".join(f"{name}\n" for name in names))
    yield text_file(_BUNDLE, b"".join(root.read(path).rstrip(b"\n") + b"\n" for path in found))
    for path, name in zip(found, names, strict=True):
        yield link(f"etc/ssl/certs/{_linked(name)}.pem", f"/{path}")
    if root.has(_OPENSSL) and not root.has(f"{_OPENSSL}/cert.pem"):
        yield link(f"{_OPENSSL}/cert.pem", f"/{_BUNDLE}")


def _linked(name: str) -> str:
    """As ``update-ca-certificates`` names its links."""
    base = name.rpartition("/")[2].removesuffix(".crt")
    return base.replace(" ", "_").replace("(", "=").replace(")", "=").replace(",", "_")
