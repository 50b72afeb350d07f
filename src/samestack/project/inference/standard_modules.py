"""The modules of Python's own library, of whichever release.

Sources: "What's New in Python 3.7" to "3.13" on docs.python.org, the sections on new and on removed modules;
PEP 594; for Python 2 its "Library Reference".
"""

import sys
from collections.abc import Mapping
from typing import Final

ADDED: Final[Mapping[str, int]] = {
    "dataclasses": 7,
    "contextvars": 7,
    "graphlib": 9,
    "zoneinfo": 9,
    "tomllib": 11,
}
"""By module, the minor version of Python 3 that it came with, as far as that is still in use."""

REMOVED: Final[Mapping[str, int]] = {
    "macpath": 8,
    "dummy_threading": 9,
    "formatter": 10,
    "parser": 10,
    "symbol": 10,
    "binhex": 11,
    **dict.fromkeys(("asynchat", "asyncore", "distutils", "imp", "smtpd"), 12),
    **dict.fromkeys(
        (
            *("aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "lib2to3", "mailcap", "msilib"),
            *(
                "nis",
                "nntplib",
                "ossaudiodev",
                "pipes",
                "sndhdr",
                "spwd",
                "sunau",
                "telnetlib",
                "uu",
                "xdrlib",
            ),
        ),
        13,
    ),
}
"""By module, the first minor version of Python 3 that lacks it."""

PYTHON_2: Final = frozenset(
    {
        *("BaseHTTPServer", "ConfigParser", "Cookie", "HTMLParser", "Queue", "SocketServer", "StringIO"),
        *("Tkinter", "__builtin__", "cPickle", "cStringIO", "commands", "cookielib", "exceptions", "httplib"),
        *("md5", "sets", "sha", "thread", "tkMessageBox", "urllib2", "urlparse", "xmlrpclib"),
    }
)
"""Modules that only Python 2 had."""

_STANDARD: Final = sys.stdlib_module_names | ADDED.keys() | REMOVED.keys() | PYTHON_2


def is_standard(module: str) -> bool:
    """Whether any Python that is in use has, or had, a module of its own by this name."""
    return module.partition(".")[0] in _STANDARD
