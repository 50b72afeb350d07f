"""Which packages have scripts whose work nothing here stands for."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from samestack.image.debian.archives.unpacking import Unpacked
from samestack.image.debian.settled.alternatives import stated

SETTLED: Final[Mapping[str, str]] = {
    "base-files": "its directories and first settings are made",
    "base-passwd": "the accounts are made",
    "bash": "/bin/sh is dash",
    "ca-certificates": "the bundle is made",
    "coreutils": "it mends what is older than any release that is still there",
    "dash": "/bin/sh is made",
    "debconf": "there is nobody to ask",
    "debianutils": "the list of shells and the name of which are made",
    "dpkg": "it mends databases of older versions",
    "gzip": "it mends what older versions left",
    "init-system-helpers": "it mends what debootstrap left",
    "libc-bin": "the names' settings and the loader's cache are made",
    "libc6": "it restarts services after an update",
    "libgcrypt20": "it removes what older versions left",
    "libgssapi-krb5-2": "it moves what older versions left",
    "libpam-modules": "nobody logs in to a container, and no password is kept",
    "libpam-runtime": "nobody logs in to a container: there are no stacks of PAM",
    "libpam0g": "it restarts services after an update",
    "libselinux1": "nothing in a container sets SELinux up",
    "libssl1.1": "it restarts services after an update",
    "login": "nobody logs in to a container: there is no log of it",
    "mawk": "the name awk is made",
    "netbase": "the engine writes /etc/hosts",
    "openssl": "its directory is there",
    "passwd": "nobody has a password",
    "readline-common": "its first settings are made",
    "tar": "the name of rmt is made",
    "tzdata": "the time zone is set to UTC",
    "usr-is-merged": "the directories are merged",
    "util-linux": "the name of the pager is made",
}
"""Packages whose scripts are stood for, and how."""

_OF_PYTHON: Final = re.compile(r"(?:lib)?python3(?:\.[0-9]+)?(?:-minimal|-stdlib|-venv|-distutils|-lib2to3)?")
"""Their scripts compile modules: an image does with those that its program imports, or not at all."""
_ADDED: Final = re.compile(
    r"^# Automatically added by (\w+).*?\n.*?^# End automatically added section$", re.DOTALL | re.MULTILINE
)
_SETTLED_ADDED: Final = frozenset(
    {
        "dh_installalternatives",  # read
        "dh_installdeb",  # what it moves was left by older versions
        "dh_installinit",  # nothing is started in an image
        "dh_installmenu",
        "dh_installsystemd",
        "dh_makeshlibs",  # the loader's cache is made
        "dh_python3",
    }
)
_DIVERTS: Final = "dpkg-divert "
_COMMAND: Final = re.compile(r"^[ \t]*update-alternatives(?:[^\n]*\\\n)*[^\n]*$", re.MULTILINE)
_DOES_NOTHING: Final = re.compile(
    r"(?:set -[eu]+|exit 0|:|#.*|fi|esac|;;|case .* in|if \[ .*; then|[a-z*|-]+\))?"
)


def unsettled(packages: Iterable[Unpacked]) -> tuple[str, ...]:
    """The packages that have a script of their own that nothing here stands for, by name."""
    return tuple(one.package.name for one in packages if _has_more(one))


def _has_more(unpacked: Unpacked) -> bool:
    name = unpacked.package.name
    if name in SETTLED or _OF_PYTHON.fullmatch(name):
        return False
    if _DIVERTS in unpacked.text("preinst"):
        return True
    script = unpacked.text("postinst")
    rest = _ADDED.sub(lambda found: "" if found[1] in _SETTLED_ADDED else found[0], script)
    rest = _COMMAND.sub("", rest) if next(stated(rest), None) is not None else rest
    return any(_DOES_NOTHING.fullmatch(line.strip()) is None for line in rest.splitlines())
