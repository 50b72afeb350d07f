"""Files that a program hardly needs when it runs, by the paths that give them away."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from samestack.image.sizes.sizes import Waste
from samestack.image.sizes.weighed import WeighedFile


class _Rule(Struct, frozen=True):
    kind: str
    pattern: re.Pattern[str]
    remedy: str


def _rule(kind: str, pattern: str, remedy: str) -> _Rule:
    return _Rule(kind, re.compile(pattern), remedy)


_SITE: Final = r"(?:site|dist)-packages/"
_FROM_WHEELS: Final = "they come with wheels; without them, verify calls them missing"

_RULES: Final = (
    _rule(
        "installers' caches",
        r"(?:root|home/[^/]+)/\.(?:cache|npm|conda/pkgs)/|opt/conda/pkgs/|root/\.local/share/uv/cache/",
        "install with a cache mount, or without a cache (pip --no-cache-dir, uv --no-cache)",
    ),
    _rule(
        "package lists",
        r"var/lib/apt/lists/(?!partial/?$)|var/cache/apt/|var/cache/(?:dnf|yum|apk)/",
        "remove /var/lib/apt/lists in the RUN that fetched them, or use a cache mount",
    ),
    _rule(
        "version control",
        r"(?:.*/)?\.(?:git|hg|svn)/",
        "name .git in the .dockerignore",
    ),
    _rule(
        "compilers",
        r"usr/(?:lib|libexec)/gcc/.*/(?:cc1|cc1plus|lto1|lto-wrapper|collect2)$|usr/bin/[^/]*(?:gcc|g\+\+)-\d+$",
        "compile in a stage of its own and copy what came of it",
    ),
    _rule(
        "debug symbols",
        r"usr/lib/debug/|.*\.(?:debug|pdb|dSYM)$",
        "leave the packages with -dbg or -dbgsym out",
    ),
    _rule(
        "compiled bytecode",
        r"(?:.*/)?__pycache__/|.*\.py[co]$",
        "compile what the program imports, and nothing else: bytecode in [tool.samestack.image]",
    ),
    _rule(
        "static libraries", r".*\.(?:a|la|lib)$", _FROM_WHEELS + "; of the system, leave -dev packages out"
    ),
    _rule(
        "headers",
        r"usr/(?:local/)?include/|.*"
        + _SITE
        + r".*\.(?:h|hh|hpp|hxx|cuh|inl|pxd)$|.*/include/.*\.(?:h|hpp)$",
        _FROM_WHEELS + "; of the system, leave -dev packages out",
    ),
    _rule("tests of packages", r".*" + _SITE + r"(?:.*/)?tests?/", _FROM_WHEELS),
    _rule(
        "manuals",
        r"usr/(?:local/)?share/(?:doc/.*/(?!copyright$)[^/]+$|man/|info/|doc-base/|gtk-doc/)",
        "tell dpkg to leave them out (path-exclude), or take a slim base",
    ),
    _rule(
        "translations",
        r"usr/(?:local/)?share/(?:locale|i18n)/|.*\.mo$",
        "tell dpkg to leave them out (path-exclude), or take a slim base",
    ),
    _rule(
        "logs and scratch",
        r"(?:var/log|var/tmp|tmp)/",
        "remove them in the RUN that wrote them, or mount a tmpfs there",
    ),
)
"""A file is of the first kind that matches."""


def wasted(files: Iterable[WeighedFile]) -> tuple[Waste, ...]:
    """What of the files that can be seen is hardly needed, the largest first."""
    found: dict[str, list[WeighedFile]] = {}
    for file in files:
        kind = next((rule.kind for rule in _RULES if rule.pattern.match(file.path)), None)
        if kind is not None:
            found.setdefault(kind, []).append(file)
    return tuple(sorted(_summed(found), key=lambda one: (-one.unpacked, one.kind)))


def _summed(found: dict[str, list[WeighedFile]]) -> Iterator[Waste]:
    for rule in _RULES:
        if files := found.get(rule.kind):
            yield Waste(
                kind=rule.kind,
                unpacked=sum(one.size for one in files),
                files=len(files),
                example=max(files, key=lambda one: (one.size, one.path)).path,
                remedy=rule.remedy,
            )
