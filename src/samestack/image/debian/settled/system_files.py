"""The files of a system that no package brings as they are: accounts, links, directories, first settings."""

from collections.abc import Iterator
from typing import Final

from samestack.image.debian.placing import ALIASES
from samestack.image.debian.settled.root import Root, folder, link, text_file
from samestack.image.layers.entry import LayerEntry

_MAIL: Final = 8
"""The group ``mail``, by the number that every Debian has for it."""
_OF_EVERY_BASE: Final = ("bin", "lib", "sbin", "var/lock", "var/run")
_LOCAL: Final = ("bin", "etc", "games", "include", "lib", "sbin", "share", "share/man", "src")


def merged_directories(root: Root) -> Iterator[LayerEntry]:
    """``/bin`` and its like lead into ``/usr``, ``/var/run`` to ``/run``, as debootstrap makes them."""
    for alias, place in ALIASES.items():
        if alias in _OF_EVERY_BASE or root.has(place):
            yield link(alias, f"/{place}" if alias.startswith("var/") else place)


def accounts(root: Root) -> Iterator[LayerEntry]:
    """``/etc/passwd`` and ``/etc/group``; nobody has a password, so that none needs a file of its own."""
    for name in ("passwd", "group"):
        yield text_file(f"etc/{name}", root.read(f"usr/share/base-passwd/{name}.master"))


def directories(root: Root) -> Iterator[LayerEntry]:
    """The directories that the file system's standard wants and base-files makes by its script."""
    del root
    for name in ("etc/opt", "media", "mnt", "opt", "srv", "usr/local", "var/opt"):
        yield folder(name)
    for name in _LOCAL:
        yield folder(f"usr/local/{name}")
    yield folder("run/lock", 0o1777)
    yield folder("var/mail", 0o2775, _MAIL)
    yield link("var/spool/mail", "../mail")
    yield link("usr/local/man", "share/man")


def first_settings(root: Root) -> Iterator[LayerEntry]:
    """Settings that packages bring as examples and copy where there are none yet."""
    for source, path in (
        ("usr/share/base-files/dot.bashrc", "root/.bashrc"),
        ("usr/share/base-files/dot.profile", "root/.profile"),
        ("usr/share/base-files/motd", "etc/motd"),
        ("usr/share/base-files/profile", "etc/profile"),
        ("usr/share/libc-bin/nsswitch.conf", "etc/nsswitch.conf"),
        ("usr/share/readline/inputrc", "etc/inputrc"),
    ):
        if root.has(source) and not root.has(path):
            yield text_file(path, root.read(source))
    yield link("etc/dpkg/origins/default", "debian")


def shells(root: Root) -> Iterator[LayerEntry]:
    """``/etc/shells``: debianutils' own list, and what each package adds to it."""
    lines = _lines(root, "usr/share/debianutils/shells")
    for entry in root.below("usr/share/debianutils/shells.d"):
        lines += (line for line in _lines(root, entry.path) if line not in lines)
    yield text_file("etc/shells", "".join(f"{line}\n" for line in lines))


def posix_shell(root: Root) -> Iterator[LayerEntry]:
    """``/bin/sh`` is dash, whose script makes the link where its package does not bring it."""
    if not root.has("usr/bin/sh"):
        yield link("usr/bin/sh", "dash")


def time_zone(root: Root) -> Iterator[LayerEntry]:
    """The time is UTC's. Without tzdata there is nothing to set, and it is so as well."""
    if root.has("usr/share/zoneinfo/Etc/UTC"):
        yield link("etc/localtime", "/usr/share/zoneinfo/Etc/UTC")
        yield text_file("etc/timezone", "Etc/UTC\n")


def python(root: Root) -> Iterator[LayerEntry]:
    """What a Python of Debian's finds: an empty start-up file, and the place that pip installs to."""
    for path in sorted(root.files):
        series = path.removeprefix("usr/lib/").removesuffix("/sitecustomize.py")
        if series.startswith("python3.") and "/" not in series:
            yield text_file(f"etc/{series}/sitecustomize.py", _SITE_CUSTOMIZE)
            yield folder(f"usr/local/lib/{series}")
            yield folder(f"usr/local/lib/{series}/dist-packages")


_SITE_CUSTOMIZE: Final = "# Empty sitecustomize.py to avoid a dangling symlink\n"


def _lines(root: Root, path: str) -> list[str]:
    return root.read(path).decode("utf-8", "replace").splitlines()
